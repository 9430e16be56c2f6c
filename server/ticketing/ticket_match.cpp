#include "server/ticketing/ticket_match.hpp"

#include "server/calls/outbox_text.hpp"
#include "server/ticketing/ticket_payload.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <cctype>

namespace ninja3cx::ticketing {
namespace {

/// Blanks do not count: NinjaOne may trim them.
std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool isBlank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!isBlank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

/// Whether a text is of a call of ours, and of another than this.
bool holdsOtherMarker(std::string_view text, const std::string& marker) {
    constexpr std::string_view kPrefix = "3CX-";
    constexpr std::size_t kDigits = 12;
    const auto isDigit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    for (std::size_t at = text.find(kPrefix); at != std::string_view::npos; at = text.find(kPrefix, at + 1)) {
        const std::string_view digits = text.substr(at + kPrefix.size(), kDigits);
        const bool isMarker = digits.size() == kDigits && std::all_of(digits.begin(), digits.end(), isDigit);
        if (isMarker && !text.substr(at).starts_with(marker)) return true;
    }
    return false;
}

/// Whether a text that holds the marker is of another call, with which this one was joined: its last line names that one
/// first.
bool isOfCallJoinedWith(std::string_view text, const std::string& marker) {
    constexpr std::string_view kReference = "Ref: ";
    const std::size_t at = text.rfind(kReference);
    if (at == std::string_view::npos) return false;
    const std::string_view markers = text.substr(at + kReference.size());
    const std::size_t first = markers.find(marker);
    return first != std::string_view::npos && holdsOtherMarker(markers.substr(0, first), marker);
}

/// What the entry's note says, as `text` may hold it: without its heads.
std::vector<std::string> linesOfNote(const calls::OutboxEntry& entry) {
    std::vector<std::string> lines;
    const std::string note = toValidUtf8(calls::noteToSend(entry));
    for (std::size_t at = 0; at < note.size();) {
        const std::size_t end = std::min(note.find('\n', at), note.size());
        std::string line = squeezed(std::string_view{note}.substr(at, end - at));
        at = end + 1;
        const bool isHead = line.starts_with("Transcription de") || line.starts_with("Appel du ");
        if (!line.empty() && !isHead) lines.push_back(std::move(line));
    }
    return lines;
}

/// Whether all of them stand in it, in their order. What did not fit into a note any more is in the file with it.
bool holdsLines(std::string_view text, const std::vector<std::string>& lines) {
    const std::string squeezedText = squeezed(text);
    const std::string_view all = squeezedText;
    std::size_t at = 0;
    for (const std::string& line : lines) {
        const std::size_t found = all.find(line, at);
        if (found == std::string_view::npos) {
            const std::size_t cut = all.find("…", at);
            const bool isCutHere = at > 0 && cut != std::string_view::npos &&
                                   line.starts_with(trimmed(all.substr(at, cut - at)));
            return isCutHere;
        }
        at = found + line.size();
    }
    return !lines.empty();
}

bool logHoldsLines(const LogEntry& log, const std::vector<std::string>& lines) {
    if (!log.body.empty()) return holdsLines(log.body, lines);
    constexpr std::string_view kBefore = "<p>";
    constexpr std::string_view kAfter = "</p>";
    std::vector<std::string> asHtml;
    for (const std::string& line : lines) {
        const std::string html = toHtml(line);
        asHtml.push_back(html.substr(kBefore.size(), html.size() - kBefore.size() - kAfter.size()));
    }
    return holdsLines(log.htmlBody, asHtml);
}

/// NinjaOne may set lines and blanks anew.
std::string withoutBlanks(std::string_view text) {
    std::string all;
    for (const char c : text)
        if (std::isspace(static_cast<unsigned char>(c)) == 0) all += c;
    return all;
}

bool logSays(const LogEntry& log, const std::string& text) {
    if (!log.body.empty()) return withoutBlanks(log.body) == withoutBlanks(text);
    return withoutBlanks(log.htmlBody) == withoutBlanks(toHtml(text));
}

/// Of the fields that NinjaOne does not change by itself; a word that it does not tell says nothing.
bool hasFieldsOf(const Ticket& ticket, const protocol::DraftFields& fields) {
    const auto is = [](const std::string& told, const boost::json::value& wanted) {
        return told.empty() || !wanted.is_string() || told == std::string_view{wanted.get_string()};
    };
    return is(ticket.type, json::encode(fields.type)) &&
           is(ticket.priority, boost::json::string{priorityToSend(fields)}) &&
           is(ticket.severity, json::encode(fields.severity)) &&
           ticket.locationId == fields.locationId.value_or(ticket.locationId) &&
           ticket.deviceId == fields.deviceId.value_or(0);
}

}  // namespace

bool isSubjectOf(const std::string& text, const calls::OutboxEntry& entry) {
    return squeezed(toValidUtf8(text)) == squeezed(subjectToSend(entry));
}

bool logHolds(const LogEntry& log, const std::string& marker) {
    return holdsMarker(log.body, marker) || holdsMarker(log.htmlBody, marker);
}

bool rowHolds(const BoardRow& row, const std::string& marker) {
    const auto holds = [&](const std::string& text) { return holdsMarker(text, marker); };
    return std::any_of(row.attributeValues.begin(), row.attributeValues.end(), holds) ||
           std::any_of(row.tags.begin(), row.tags.end(), holds) ||
           (row.description && holds(*row.description));
}

std::string_view textOf(const LogEntry& log) {
    return log.body.empty() ? log.htmlBody : log.body;
}

bool logHoldsOther(const LogEntry& log, const std::string& marker) {
    return holdsOtherMarker(log.body, marker) || holdsOtherMarker(log.htmlBody, marker);
}

bool rowHoldsOther(const BoardRow& row, const std::string& marker) {
    const auto holds = [&](const std::string& text) { return holdsOtherMarker(text, marker); };
    return std::any_of(row.attributeValues.begin(), row.attributeValues.end(), holds) ||
           (row.description && holds(*row.description));
}

Place placeIn(std::string_view text, const std::string& marker) {
    return isOfCallJoinedWith(text, marker) ? Place::Joined : Place::Own;
}

Place placeIn(const BoardRow& row, const std::string& marker) {
    const bool isOwn = std::any_of(row.attributeValues.begin(), row.attributeValues.end(),
                                   [&](const std::string& text) { return holdsMarker(text, marker); });
    return isOwn ? Place::Own : placeIn(row.description.value_or(""), marker);
}

bool areLinesIn(const std::vector<LogEntry>& comments, const calls::OutboxEntry& entry) {
    const std::vector<std::string> lines = linesOfNote(entry);
    return std::any_of(comments.begin(), comments.end(),
                       [&](const LogEntry& log) { return logHoldsLines(log, lines); });
}

bool anySays(const std::vector<LogEntry>& logs, const calls::OutboxEntry& entry) {
    const std::string text = descriptionToSend(entry);
    return std::any_of(logs.begin(), logs.end(), [&](const LogEntry& log) { return logSays(log, text); });
}

bool saysAllOf(const Ticket& ticket, const std::vector<LogEntry>& logs, const calls::OutboxEntry& entry) {
    return hasFieldsOf(ticket, entry.fields) && isSubjectOf(ticket.subject, entry) && anySays(logs, entry);
}

bool isAnother(const std::string& shown, const std::string& wanted) {
    return !shown.empty() && !wanted.empty() && !isSameWord(squeezed(shown), squeezed(toValidUtf8(wanted)));
}

bool isCertainlyAnothers(const BoardRow& row, const calls::OutboxEntry& entry) {
    const bool isOfOthers = isAnother(row.organization, entry.fields.organizationName);
    const bool isOfAnother = isAnother(row.requester, entry.fields.requesterName);
    if (rowHoldsOther(row, entry.marker)) return isOfOthers || isOfAnother;
    return isOfOthers && isOfAnother && !row.summary.empty() && !isSubjectOf(row.summary, entry);
}

std::string mismatchOf(const Ticket& ticket, const calls::OutboxEntry& entry) {
    if (ticket.isDeleted) return "was deleted in NinjaOne";
    if (!entry.fields.organizationId) return "cannot be compared: the draft names no organisation";
    if (ticket.clientId != *entry.fields.organizationId)
        return "is of another organisation (number " + std::to_string(ticket.clientId) + ", the call's is " +
               std::to_string(*entry.fields.organizationId) + ")";
    return {};
}

bool isOfRequester(const Ticket& ticket, const calls::OutboxEntry& entry) {
    return isSameWord(ticket.requesterUid, entry.fields.requesterUid.value_or(""));
}

}  // namespace ninja3cx::ticketing
