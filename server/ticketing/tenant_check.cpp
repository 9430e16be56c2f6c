#include "server/ticketing/tenant_check.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;
using Level = TenantFinding::Level;
using Findings = std::vector<TenantFinding>;

bool isSameAddress(const std::string& a, const std::string& b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void checkBoards(const std::vector<Board>& boards, std::int64_t wanted, Findings& findings) {
    if (!allTicketsBoard(boards))
        findings.push_back({Level::Warning, "no board can be told to show all tickets",
                            "let the technician see the system board 'All tickets': tickets in doubt are "
                            "looked up there"});
    const auto board =
        std::ranges::find_if(boards, [&](const Board& candidate) { return candidate.id == wanted; });
    if (board == boards.end())
        findings.push_back({Level::Warning, "there is no board " + std::to_string(wanted),
                            "set ninja.boardId to one of the tenant's boards"});
    else if (isDeletedTicketsBoard(*board))
        findings.push_back({Level::Warning, "board " + board->name,
                            "ninja.boardId shows deleted tickets; choose another board"});
    else
        findings.push_back({Level::Good, "board " + board->name, ""});
}

void checkForms(const std::vector<TicketForm>& forms, std::optional<std::int64_t> wanted,
                Findings& findings) {
    const bool isThere = std::ranges::any_of(forms, [&](const TicketForm& form) {
        return form.isActive && (wanted ? form.id == *wanted : form.isDefault);
    });
    if (isThere) return;
    findings.push_back({Level::Failed,
                        wanted ? "there is no active ticket form " + std::to_string(*wanted)
                               : std::string{"there is no active default ticket form"},
                        "set ninja.ticketFormId to one of the tenant's forms"});
}

void checkStatuses(const std::vector<TicketStatus>& statuses, const TenantWishes& wishes,
                   Findings& findings) {
    const auto isThere = [&](const std::string& wanted) {
        return std::ranges::any_of(statuses, [&](const TicketStatus& status) {
            return std::to_string(status.id) == wanted || status.name == wanted;
        });
    };
    if (!isThere(wishes.newStatus))
        findings.push_back({Level::Failed, "there is no ticket status " + wishes.newStatus,
                            "set ninja.newStatus to one of the tenant's statuses"});
    if (!isThere(wishes.solvedStatus))
        findings.push_back({Level::Warning, "there is no ticket status " + wishes.solvedStatus,
                            "set ninja.solvedStatus to one of the tenant's statuses"});
}

void checkTechnicians(const std::vector<Person>& people, const TenantWishes& wishes, Findings& findings) {
    const auto missing = [&](const std::string& extension, const std::string& who) {
        findings.push_back({Level::Warning,
                            "the technician of extension " + extension + ", " + who + ", is not in NinjaOne",
                            "correct technicians." + extension + ": such tickets have no assignee"});
    };
    for (const auto& [extension, id] : wishes.technicianIds)
        if (std::ranges::none_of(people, [&](const Person& one) { return one.isEnabled && one.id == id; }))
            missing(extension, "number " + std::to_string(id));
    for (const auto& [extension, email] : wishes.technicianEmails) {
        if (wishes.technicianIds.contains(extension)) continue;
        if (std::ranges::none_of(
                people, [&](const Person& one) { return one.isEnabled && isSameAddress(one.email, email); }))
            missing(extension, email);
    }
}

/// False when nothing else can be learnt.
bool noteFailed(const char* what, const Reply& reply, Findings& findings) {
    const bool mayTheRest = reply.kind == ReplyKind::Forbidden || reply.kind == ReplyKind::Refused;
    findings.push_back({mayTheRest ? Level::Warning : Level::Failed,
                        std::string{"the "} + what + " cannot be read: " + reply.detail,
                        mayTheRest ? "give the technician the right to use ticketing" : "see the detail"});
    return mayTheRest;
}

}  // namespace

awaitable<std::vector<TenantFinding>> checkTenant(NinjaClient& ninja, TenantWishes wishes) {
    Findings findings;
    const Reply login = co_await ninja.prepareToWrite();
    if (login.kind != ReplyKind::Ok) {
        const Trouble trouble = ninja.trouble();
        findings.push_back({Level::Failed, login.detail, textOf(trouble)});
        if (trouble != Trouble::NeedsLogin) co_return findings;
    }
    const auto boards = co_await ninja.boards();
    if (boards)
        checkBoards(*boards, wishes.boardId, findings);
    else if (!noteFailed("boards", boards.error(), findings))
        co_return findings;
    const auto forms = co_await ninja.forms();
    if (forms)
        checkForms(*forms, wishes.ticketFormId, findings);
    else if (!noteFailed("ticket forms", forms.error(), findings))
        co_return findings;
    const auto statuses = co_await ninja.statuses();
    if (statuses)
        checkStatuses(*statuses, wishes, findings);
    else if (!noteFailed("ticket statuses", statuses.error(), findings))
        co_return findings;
    if (wishes.technicianIds.empty() && wishes.technicianEmails.empty()) co_return findings;
    const auto technicians = co_await ninja.technicians();
    if (technicians)
        checkTechnicians(*technicians, wishes, findings);
    else
        noteFailed("technicians", technicians.error(), findings);
    co_return findings;
}

}  // namespace ninja3cx::ticketing
