#include "server/ticketing/ninja_records.hpp"
#include "server/ticketing/ninja_reply.hpp"
#include "server/ticketing/ticket_payload.hpp"
#include "shared/core/text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

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
    if (const auto boards = readBoards(reply.body))
        if (const auto board = allTicketsBoard(*boards); board && isDeletedTicketsBoard(*board)) std::abort();
    (void)readBoardPage(reply.body);
    (void)readStatuses(reply.body);
    (void)readForms(reply.body);
    (void)readAttributes(reply.body);
    (void)readLogEntries(reply.body);
    if (const auto ticket = readTicket(reply.body); ticket && ticket->id <= 0) std::abort();
    if (toHtml(input).find("<script") != std::string::npos) std::abort();
    return 0;
}
