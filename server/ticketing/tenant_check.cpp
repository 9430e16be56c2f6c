#include "server/ticketing/tenant_check.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;
using Level = TenantFinding::Level;
using Findings = std::vector<TenantFinding>;

void checkBoards(const std::vector<Board>& boards, std::int64_t wanted, Findings& findings) {
    if (!allTicketsBoard(boards))
        findings.push_back({Level::Warning, "no board can be told to show all tickets",
                            "let the technician see the system board 'All tickets': tickets in doubt are "
                            "looked up there"});
    const auto board =
        std::ranges::find_if(boards, [&](const Board& candidate) { return candidate.id == wanted; });
    if (board == boards.end())
        findings.push_back({Level::Warning, "there is no board " + std::to_string(wanted),
                            "set ninja.boardId to one of the tenant's boards", true});
    else if (isDeletedTicketsBoard(*board))
        findings.push_back({Level::Warning, "board " + board->name,
                            "ninja.boardId shows deleted tickets; choose another board", true});
    else
        findings.push_back({Level::Good, "board " + board->name, "", true});
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

void checkStatuses(const TenantSettings& tenant, Findings& findings) {
    const auto& statuses = tenant.facts.statuses;
    if (!findStatus(statuses, tenant.newStatus))
        findings.push_back({Level::Failed, "there is no ticket status " + tenant.newStatus,
                            "set ninja.newStatus to one of the tenant's statuses"});
    const std::string used = solvedStatus(tenant);
    const TicketStatus* solved = findStatus(statuses, tenant.solvedStatus);
    if (!solved)
        findings.push_back({Level::Warning, "there is no ticket status " + tenant.solvedStatus,
                            "set ninja.solvedStatus to one of the tenant's statuses; until then a solved "
                            "call's ticket gets the status " +
                                used});
    else if (used != std::to_string(solved->id))
        findings.push_back(
            {Level::Warning,
             "the ticket status " + tenant.solvedStatus +
                 (blockOf(*solved) == kClosed ? " is given by NinjaOne itself" : " is not a resolved one"),
             "set ninja.solvedStatus to a resolved one; until then a solved call's ticket gets "
             "the status " +
                 used});
}

/// Of what every draft gets: a fault there keeps all tickets back. What checkForms and checkStatuses say is not said
/// twice.
void checkDefaults(const TenantSettings& tenant, Findings& findings) {
    for (const TenantFault& fault : faultsOf(tenant, {})) {
        if (fault.field != "attributes") continue;
        findings.push_back(
            {Level::Warning, fault.detail,
             "give it a value by ticket.categories, or set ninja.ticketFormId to another form: "
             "drafts without one wait for a person"});
    }
    const auto formId = formOf(tenant, {});
    TenantSettings anyForm = tenant;
    std::vector<std::int64_t> all;
    for (const TicketAttribute& attribute : tenant.facts.attributes) all.push_back(attribute.id);
    for (TicketForm& form : anyForm.facts.forms) form.attributes = all;
    if (!callIdAttributeOf(tenant, formId) && callIdAttributeOf(anyForm, formId))
        findings.push_back({Level::Warning,
                            "the attribute " + tenant.callIdAttribute + " is not on the ticket form",
                            "put it there: until then tickets carry our mark in their text alone"});
}

void checkRules(const TenantSettings& tenant, const TenantWishes& wishes, Findings& findings) {
    for (const auto& [key, fields] : wishes.rules)
        for (const TenantFault& fault : faultsOf(tenant, fields)) {
            const bool isOfRule = fault.field == "ticketFormId" ? fields.ticketFormId.has_value()
                                  : fault.field == "status"     ? fields.status.has_value()
                                                                : fields.attributes || fields.ticketFormId;
            if (isOfRule)
                findings.push_back({Level::Warning, key + ": " + fault.detail,
                                    "correct " + key + ": such drafts wait for a person"});
        }
}

/// Two people, one address: whose tickets they are cannot be told.
void checkAddresses(const std::vector<Person>& people, const TenantWishes& wishes, Findings& findings) {
    for (const auto& [extension, email] : wishes.technicianEmails) {
        if (wishes.technicianIds.contains(extension)) continue;
        const auto owners = std::ranges::count_if(
            people, [&](const Person& one) { return one.isEnabled && isSameWord(one.email, email); });
        if (owners > 1)
            findings.push_back(
                {Level::Warning,
                 "NinjaOne has " + std::to_string(owners) + " technicians with the address " + email,
                 "set technicians." + extension + ".ninjaUserId: it says whose tickets they are"});
        for (const auto& [other, otherEmail] : wishes.technicianEmails) {
            if (other <= extension || !isSameWord(email, otherEmail)) continue;
            const auto name = wishes.technicianNames.find(extension);
            const auto otherName = wishes.technicianNames.find(other);
            if (name == wishes.technicianNames.end() || otherName == wishes.technicianNames.end()) continue;
            if (name->second != otherName->second)
                findings.push_back({Level::Warning,
                                    "the technicians of extensions " + extension + " and " + other +
                                        " have one address, " + email,
                                    "correct technicians." + other + ".email: tickets get one assignee"});
        }
    }
}

void checkTechnicians(const std::vector<Person>& people, const TenantWishes& wishes, Findings& findings) {
    const auto missing = [&](const std::string& extension, const std::string& who) {
        findings.push_back({Level::Warning,
                            "the technician of extension " + extension + ", " + who + ", is not in NinjaOne",
                            "correct technicians." + extension + ": such tickets have no assignee"});
    };
    for (const auto& [extension, name] : wishes.technicianNames)
        if (!wishes.technicianIds.contains(extension) && !wishes.technicianEmails.contains(extension))
            findings.push_back(
                {Level::Warning,
                 "the technician of extension " + extension + ", " + name + ", is nobody in NinjaOne",
                 "set technicians." + extension + ".email or .ninjaUserId: such tickets have no assignee"});
    for (const auto& [extension, id] : wishes.technicianIds)
        if (std::ranges::none_of(people, [&](const Person& one) { return one.isEnabled && one.id == id; }))
            missing(extension, "number " + std::to_string(id));
    for (const auto& [extension, email] : wishes.technicianEmails) {
        if (wishes.technicianIds.contains(extension)) continue;
        if (std::ranges::none_of(
                people, [&](const Person& one) { return one.isEnabled && isSameWord(one.email, email); }))
            missing(extension, email);
    }
}

void checkPeople(const std::vector<Person>& people, const TenantWishes& wishes, Findings& findings) {
    checkTechnicians(people, wishes, findings);
    checkAddresses(people, wishes, findings);
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
    TenantSettings tenant{wishes.ticketFormId, wishes.newStatus, wishes.solvedStatus, wishes.callIdAttribute};
    auto forms = co_await ninja.forms();
    if (forms)
        checkForms(*forms, wishes.ticketFormId, findings);
    else if (!noteFailed("ticket forms", forms.error(), findings))
        co_return findings;
    if (forms) tenant.facts.forms = std::move(*forms);
    auto statuses = co_await ninja.statuses();
    if (statuses) {
        tenant.facts.statuses = std::move(*statuses);
        checkStatuses(tenant, findings);
    } else if (!noteFailed("ticket statuses", statuses.error(), findings)) {
        co_return findings;
    }
    auto attributes = co_await ninja.attributes();
    if (attributes)
        tenant.facts.attributes = std::move(*attributes);
    else if (!noteFailed("ticket attributes", attributes.error(), findings))
        co_return findings;
    checkDefaults(tenant, findings);
    checkRules(tenant, wishes, findings);
    const bool hasTechnicians =
        !wishes.technicianIds.empty() || !wishes.technicianEmails.empty() || !wishes.technicianNames.empty();
    if (!hasTechnicians) co_return findings;
    const auto technicians = co_await ninja.technicians();
    if (technicians)
        checkPeople(*technicians, wishes, findings);
    else
        noteFailed("technicians", technicians.error(), findings);
    co_return findings;
}

}  // namespace ninja3cx::ticketing
