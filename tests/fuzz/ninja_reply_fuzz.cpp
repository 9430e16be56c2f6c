#include "server/ticketing/ninja_records.hpp"
#include "server/ticketing/ninja_reply.hpp"
#include "server/ticketing/tenant_rules.hpp"
#include "server/ticketing/ticket_payload.hpp"
#include "shared/core/text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

namespace {

/// A tenant of any forms and attributes: what the rules let through is sent, each attribute once and none empty.
void judge(const boost::json::value& body) {
    using namespace ninja3cx;
    using namespace ninja3cx::ticketing;
    TenantSettings tenant;
    if (const auto forms = readForms(body)) tenant.facts.forms = *forms;
    if (const auto statuses = readStatuses(body)) tenant.facts.statuses = *statuses;
    if (const auto attributes = readAttributes(body)) tenant.facts.attributes = *attributes;
    protocol::DraftFields fields;
    fields.attributes.emplace();
    for (const TicketAttribute& attribute : tenant.facts.attributes)
        fields.attributes->push_back(
            {attribute.id, attribute.options.empty() ? attribute.name : attribute.options.front().name});
    (void)problemsOf(tenant, fields);
    if (firstStatus(tenant, fields, false).id.empty()) std::abort();
    std::set<std::int64_t> seen;
    for (const protocol::AttributeValue& value : attributesToSend(tenant, fields, "3CX-7f3a9c21"))
        if (value.value.empty() || !isUtf8(value.value) || !seen.insert(value.attributeId).second)
            std::abort();
}

}  // namespace

/// Any bytes as NinjaOne's answer: the first two choose the status, up to the first line end is Retry-After.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx;
    using namespace ninja3cx::ticketing;
    if (size < 2) return 0;
    std::string input{reinterpret_cast<const char*>(data) + 2, size - 2};
    net::HttpResponse response;
    response.status = 100 + (data[0] * 256 + data[1]) % 500;
    const std::size_t lineEnd = input.find('\n');
    if (lineEnd != std::string::npos) {
        response.headers.set("Retry-After", input.substr(0, lineEnd));
        input.erase(0, lineEnd + 1);
    }
    response.body = input;
    const Reply reply = readReply(response, fromEpochMs(1'767'225'600'000));
    if (!isUtf8(reply.detail) || reply.detail.size() > 1000) std::abort();
    if (reply.retryAfter && (reply.retryAfter->count() < 0 || reply.retryAfter->count() > 3'600'000))
        std::abort();
    const bool isGood = response.status >= 200 && response.status < 300;
    if ((reply.kind == ReplyKind::Ok) && !isGood) std::abort();
    (void)readOrganizations(reply.body);
    (void)readPeople(reply.body);
    (void)readLocations(reply.body);
    (void)readDevices(reply.body);
    (void)readAlerts(reply.body);
    if (const auto page = readDeviceHealth(reply.body); page && page->rows.size() > page->rowsSent)
        std::abort();
    if (const auto page = readLoggedOnUsers(reply.body); page && page->cursor && page->cursor->empty())
        std::abort();
    if (const auto page = readOrganizationNumbers(reply.body, "phone"))
        for (const auto& number : page->rows)
            if (number.phone.empty()) std::abort();
    if (const auto boards = readBoards(reply.body))
        if (const auto board = allTicketsBoard(*boards); board && isDeletedTicketsBoard(*board)) std::abort();
    (void)readBoardPage(reply.body);
    (void)readStatuses(reply.body);
    judge(reply.body);
    (void)readLogEntries(reply.body);
    if (const auto ticket = readTicket(reply.body); ticket && ticket->id <= 0) std::abort();
    if (toHtml(input).find("<script") != std::string::npos) std::abort();
    return 0;
}
