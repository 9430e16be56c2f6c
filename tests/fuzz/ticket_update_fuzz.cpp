#include "server/ticketing/ninja_records.hpp"
#include "server/ticketing/ninja_reply.hpp"
#include "server/ticketing/ticket_lookup.hpp"
#include "server/ticketing/ticket_update.hpp"
#include "server/ticketing/ticket_watch.hpp"
#include "simulators/ninja_schema/ninja_api.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace ninja3cx;
using namespace ninja3cx::ticketing;

/// What NinjaOne itself let into the ticket goes back as it came: only of what shape it is can be told here.
bool isOfTheTenant(const simulators::Violation& violation) {
    static constexpr std::array<std::string_view, 4> kValues{"must be one of", "must be a UUID",
                                                             "must not be there twice", "size must be"};
    return std::ranges::any_of(kValues,
                               [&](std::string_view value) { return violation.expected.starts_with(value); });
}

/// A ticket of any shape is changed by a request that NinjaOne can read, or not at all.
void change(const boost::json::value& ticket) {
    const TicketUpdate update = ticketUpdate(ticket, {"5000"});
    if (update.lacks.empty() == update.json.empty()) std::abort();
    if (!update.lacks.empty()) return;
    simulators::Request request{"PUT", "/api/v2/ticketing/ticket/1042", {}, {}, update.json};
    request.headers = {{"Authorization", "Bearer x"}, {"Content-Type", "application/json"}};
    for (const auto& violation : simulators::NinjaApi::builtIn().check(request).violations)
        if (!isOfTheTenant(violation)) std::abort();
}

/// Nothing is changed for a call but a ticket with its number, organisation and requester.
void compare(const boost::json::value& ticket) {
    calls::OutboxEntry entry;
    entry.fields.organizationId = 12;
    entry.fields.requesterUid = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11";
    entry.fields.commentOn = TicketId{1042};
    const std::string why = whyNotToChange(ticket, 1042, entry);
    const auto seen = readSeenTicket(ticket);
    const bool isOurs = seen && seen->id == 1042 && seen->clientId == 12 && !seen->isDeleted;
    if (why.empty() && !isOurs) std::abort();
    const Checked checked = checkedTarget(ticket, entry);
    if ((checked.kind == Checked::Kind::Ours) != why.empty()) std::abort();
    if (checked.isGone && checked.kind != Checked::Kind::NotOurs) std::abort();
}

void watch(const boost::json::value& body) {
    constexpr std::int64_t kNow = 1'767'225'600'000;
    TicketWatch watch;
    watch.follow(TicketId{1042}, kNow, std::nullopt);
    for (int look = 0; look < 2; ++look) {
        watch.beginLook(kNow + look);
        if (const auto page = readSeenPage(body)) {
            if (page->rows.size() > page->rowsSent) std::abort();
            const bool wantsMore = watch.take(page->rows);
            watch.takeDeleted(page->rows);
            watch.endLook(!wantsMore);
        }
        if (const auto ticket = readSeenTicket(body)) watch.read(*ticket, kNow + look);
        for (const std::int64_t id : watch.toRead(30, kNow + look)) watch.unreadable(id, kNow + look);
        for (const TicketWatch::News& news : watch.takeNews())
            if (news.ticketId != TicketId{1042} || news.progress.changedAtMs < 0) std::abort();
    }
    if (!watch.takeNews().empty()) std::abort();  // told once
    for (const auto& open : watch.openTicketsOf("5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"))
        if (open.ticketId.value() <= 0 || open.changedAtMs < 0) std::abort();
}

}  // namespace

/// The first two bytes choose the status of the answer, the rest is a ticket or a board's page.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    net::HttpResponse response;
    response.status = 100 + (data[0] * 256 + data[1]) % 500;
    response.body.assign(reinterpret_cast<const char*>(data) + 2, size - 2);
    const Reply reply = readReply(response, fromEpochMs(1'767'225'600'000));
    if (isVersionConflict(reply) && reply.kind != ReplyKind::Refused) std::abort();
    const auto seen = readSeenTicket(reply.body);
    if (seen && seen->status.has_value() != isClosed(reply.body).has_value()) std::abort();
    change(reply.body);
    compare(reply.body);
    watch(reply.body);
    return 0;
}
