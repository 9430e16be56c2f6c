#include "bench/tickets/score.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::bench {
namespace {

using boost::json::object;

std::string textOf(const object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::int64_t numberOf(const object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

/// Every log entry of a kind, with what was attached to it.
std::vector<const object*> entriesOf(const object& ticket, std::string_view type) {
    std::vector<const object*> found;
    const auto* entries = ticket.if_contains("logEntries");
    if (entries && entries->is_array())
        for (const auto& entry : entries->get_array())
            if (textOf(entry.as_object(), "type") == type) found.push_back(&entry.as_object());
    return found;
}

bool isAnyPublic(const std::vector<const object*>& entries) {
    for (const object* entry : entries)
        if (const auto* isPublic = entry->if_contains("publicEntry"); isPublic && isPublic->as_bool())
            return true;
    return false;
}

/// The word behind "Ref: " in the description: whose ticket it is.
std::string markerOf(const object& ticket) {
    for (const object* entry : entriesOf(ticket, "DESCRIPTION")) {
        const std::string body = textOf(*entry, "body");
        const std::size_t at = body.rfind("Ref: ");
        if (at != std::string::npos)
            return body.substr(at + 5, body.find_first_of(" \r\n", at + 5) - (at + 5));
    }
    return {};
}

class Scorer {
public:
    Scorer(const TicketWorld& world, int firstAssignee) : firstAssignee_(firstAssignee) {
        for (const TicketCase& one : world.cases) byMarker_.emplace(one.marker, Counted{&one});
    }

    TicketScore score(const boost::json::array& tickets) {
        for (const auto& ticket : tickets) count(ticket.as_object());
        for (const auto& [marker, counted] : byMarker_)
            if (counted.tickets == 0) ++score_.lost;
        return score_;
    }

private:
    struct Counted {
        const TicketCase* of;
        std::size_t tickets = 0;
    };

    void count(const object& ticket) {
        ++score_.tickets;
        const auto found = byMarker_.find(markerOf(ticket));
        if (found == byMarker_.end()) {
            ++score_.unknown;
            return;
        }
        const TicketCase& wanted = *found->second.of;
        if (++found->second.tickets > 1) ++score_.doubled;
        const auto notes = entriesOf(ticket, "COMMENT");
        if (!isOf(ticket, wanted) || holdsOthersWords(ticket, notes, wanted)) ++score_.wrongRequester;
        if (numberOf(ticket, "assignedAppUserId") != assigneeOf(wanted)) ++score_.wrongAssignee;
        if (isResolved(ticket) != wanted.draft.fields.isSolved) ++score_.wrongStatus;
        std::size_t own = 0;
        for (const object* note : notes)
            if (isNoteOf(*note, wanted)) ++own;
        if (own == 0) ++score_.withoutNote;
        if (own > 1) score_.doubledNotes += own - 1;
        if (isAnyPublic(notes) || isAnyPublic(entriesOf(ticket, "DESCRIPTION"))) ++score_.publicTexts;
    }

    static bool isOf(const object& ticket, const TicketCase& wanted) {
        return numberOf(ticket, "clientId") == wanted.requester.organizationId &&
               textOf(ticket, "requesterUid") == wanted.requester.uid &&
               textOf(ticket, "subject") == wanted.draft.fields.subject;
    }

    static bool isResolved(const object& ticket) {
        constexpr std::int64_t kResolved = 5000;
        const auto* status = ticket.if_contains("status");
        return status && status->is_object() && numberOf(status->get_object(), "parentId") == kResolved;
    }

    std::int64_t assigneeOf(const TicketCase& wanted) const {
        return firstAssignee_ + std::stoi(wanted.call.extension.value()) -
               std::stoi(agentExtension(0).value());
    }

    static bool isNoteOf(const object& note, const TicketCase& wanted) {
        const std::string body = textOf(note, "body");
        return body.find(wanted.spoken) != std::string::npos &&
               body.find(wanted.noteMarker()) != std::string::npos;
    }

    /// A reference in any text that is another call's.
    bool holdsOthersWords(const object& ticket, const std::vector<const object*>& notes,
                          const TicketCase& wanted) const {
        std::string all = textOf(ticket, "subject");
        for (const object* note : notes) all += "\n" + textOf(*note, "body");
        for (std::size_t at = all.find("3CX-"); at != std::string::npos; at = all.find("3CX-", at + 1)) {
            const std::string marker = all.substr(at, wanted.marker.size());
            if (marker != wanted.marker && byMarker_.contains(marker)) return true;
        }
        return false;
    }

    const int firstAssignee_;
    std::map<std::string, Counted> byMarker_;
    TicketScore score_;
};

}  // namespace

TicketScore scoreTickets(const TicketWorld& world, const boost::json::array& tickets, int firstAssignee) {
    return Scorer{world, firstAssignee}.score(tickets);
}

Fails failsOfTickets(const TicketScore& score, std::size_t confirmed, std::size_t unsettled) {
    Fails fails;
    const auto none = [&fails](std::size_t count, const std::string& what) {
        if (count > 0) fails.push_back(std::to_string(count) + " " + what);
    };
    if (score.tickets != confirmed)
        fails.push_back(std::to_string(score.tickets) + " tickets of " + std::to_string(confirmed) +
                        " confirmed drafts");
    none(score.lost, "confirmed drafts have no ticket");
    none(score.doubled, "tickets are there twice");
    none(score.unknown, "tickets belong to no draft");
    none(score.wrongRequester, "tickets are in another caller's name or hold another call's words");
    none(score.wrongAssignee, "tickets are another technician's");
    none(score.wrongStatus, "tickets have not the status that was confirmed");
    none(score.withoutNote, "tickets lack their note");
    none(score.doubledNotes, "notes are there twice");
    none(score.publicTexts, "tickets hold a public text");
    none(unsettled, "drafts were still under way at the end");
    return fails;
}

}  // namespace ninja3cx::bench
