#pragma once

#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/ticketing/delivery_flow.hpp"
#include "server/ticketing/ticket_delivery.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/delivery_rules.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// A delivery, and the NinjaOne that it meets.
namespace ninja3cx::ticketing {

using namespace std::chrono_literals;
using protocol::DeliveryDecision;
using protocol::DeliveryState;

inline constexpr const char* kBoards =
    R"([{"id":5,"name":"Deleted tickets","system":true,"ticketCount":9},
        {"id":2,"name":"All tickets","system":true,"ticketCount":3}])";

inline net::HttpResponse boardRows(const std::string& rows) {
    return answer(200, R"({"data":[)" + rows + R"(],"metadata":{"lastCursorId":0}})");
}
inline std::string row(int id, const std::string& description) {
    return R"({"id":)" + std::to_string(id) +
           R"(,"createTime":1767225600.5,"summary":"Imprimante","description":")" + description +
           R"(","tags":[],"attributeValues":[]})";
}

struct DeliveryTest : testing::Test {
    DeliveryTest()
        : tokens{account(), folder.path, clock, ninja, io.get_executor()},
          client{account(), tokens, clock, ninja} {
        start();
    }
    static NinjaAccount account() {
        NinjaAccount account;
        account.apiUrl = "https://app.ninjarmm.com/api/v2";
        account.seedRefreshToken = "seed-token";
        account.clientId = "client";
        account.clientSecret = "very-secret";
        return account;
    }
    void start() {
        TicketDelivery::Options options;
        options.jitter = 0;
        options.technicianFor = [](const Extension& extension) -> std::optional<std::int64_t> {
            if (extension == Extension{"201"}) return 4;
            return std::nullopt;
        };
        delivery = std::make_unique<TicketDelivery>(
            io.get_executor(), options,
            TicketDelivery::Ports{client, store, clock, scheduler,
                                  [this](const std::string& problem) { problems.push_back(problem); }},
            [this](const DraftId& draftId, const protocol::Delivery& seen) {
                if (seen.state == breaksAt) {
                    breaksAt = DeliveryState::None;
                    throw std::runtime_error{"surprise"};
                }
                states.push_back(seen.state);
                last[draftId] = seen;
            });
    }
    /// The server stops and starts again with what is stored.
    void restart() {
        const calls::OutboxEntry stored = store.history.back();
        delivery.reset();
        scheduler.run();
        start();
        delivery->deliver(stored);
    }
    calls::OutboxEntry entry(const std::string& id = "draft-1", const std::string& note = "") {
        calls::OutboxEntry made;
        made.draftId = DraftId{id};
        made.callId = CallId{"call-1"};
        made.extension = Extension{"201"};
        made.marker = "3CX-7f3a9c21";
        made.fields.subject = "Imprimante";
        made.fields.organizationId = 12;
        made.fields.organizationName = "Exemple SARL";
        made.fields.requesterUid = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11";
        made.fields.priority = protocol::Priority::Medium;
        made.fields.type = protocol::TicketType::ServiceRequest;
        made.fields.tags = {"appel"};
        made.description = "Résumé <b>\n\nRef: 3CX-7f3a9c21";
        made.transcriptNote = note;
        made.createdAtMs = toEpochMs(clock.now());
        return made;
    }
    /// Rules in order; what is given first wins.
    void ready() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":86400})")});
        ninja.on("trigger/boards", {answer(200, kBoards)});
        ninja.on("ticket-form", {answer(200,
                                        R"([{"id":3,"default":true,"active":false},
                        {"id":1,"default":true,"active":true,"content":{"fields":[54]}}])")});
        ninja.on("statuses",
                 {answer(200, R"([{"statusId":1000,"parentId":1000},{"statusId":5001,"parentId":5000}])")});
        ninja.on("ticketing/attributes",
                 {answer(200, R"([{"id":54,"attributeType":"TEXT","name":"Call ID","active":true}])")});
    }
    void creates(std::vector<Result<net::HttpResponse>> replies) {
        auto queue = std::make_shared<std::deque<Result<net::HttpResponse>>>(replies.begin(), replies.end());
        ninja.on("POST https://app.ninjarmm.com/api/v2/ticketing/ticket",
                 [this, queue](const net::ClientRequest& request) {
                     if (request.url.ends_with("/comment")) return noteReply(request);
                     ++posts;
                     ticketBody = request.body;
                     const auto reply = queue->front();
                     if (queue->size() > 1) queue->pop_front();
                     return reply;
                 });
    }
    void boardShows(std::vector<Result<net::HttpResponse>> replies) { ninja.on("/run", std::move(replies)); }
    void ticketExists(int id) {
        ninja.on(
            "GET https://app.ninjarmm.com/api/v2/ticketing/ticket/" + std::to_string(id),
            {answer(
                200,
                R"({"id":)" + std::to_string(id) +
                    R"(,"clientId":12,"subject":"Imprimante","requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"})")});
    }

    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    FakeScheduler scheduler{io, clock};
    FakeStore store{io};
    NinjaTokens tokens;
    NinjaClient client;
    std::unique_ptr<TicketDelivery> delivery;
    std::vector<DeliveryState> states;
    std::map<DraftId, protocol::Delivery> last;
    std::vector<std::string> problems;
    DeliveryState breaksAt = DeliveryState::None;  // the first report of this state throws
    int posts = 0;
    std::string ticketBody;
    std::function<Result<net::HttpResponse>(const net::ClientRequest&)> noteReply =
        [](const net::ClientRequest&) { return answer(204, "", ""); };
    const DraftId draft{"draft-1"};
};

/// NinjaOne has ticket 1042 or 77, shows it, lets it be changed, and keeps its comments.
struct ClosingTest : DeliveryTest {
    void has(int ticketId) {
        id = ticketId;
        const std::string ticket = "https://app.ninjarmm.com/api/v2/ticketing/ticket/" + std::to_string(id);
        ninja.on("GET " + ticket + "/log-entry", [this](const net::ClientRequest&) {
            return Result<net::HttpResponse>{isLogReadable ? answer(200, "[" + log + "]")
                                                           : answer(404, "{}")};
        });
        ninja.on("GET " + ticket, [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
            if (!reads.empty()) {
                const auto reply = reads.front();
                reads.pop_front();
                return reply;
            }
            return answer(200, shown());
        });
        ninja.on("PUT " + ticket, [this](const net::ClientRequest& request) -> Result<net::HttpResponse> {
            const auto sent = boost::json::parse(request.body);
            puts.push_back(sent);
            std::optional<Result<net::HttpResponse>> reply;
            if (!putReplies.empty()) {
                reply = putReplies.front();
                putReplies.pop_front();
            }
            if (reply && !storesPut) return *reply;
            status = std::string{sent.at("status").as_string()};
            if (reply) return *reply;
            return answer(200, shown());
        });
    }
    std::string shown() const {
        return R"({"id":)" + std::to_string(id) + R"(,"version":)" + std::to_string(version) +
               R"(,"clientId":)" + std::to_string(clientId) +
               R"(,"subject":"Imprimante","ticketFormId":1,"requesterUid":")" + requester +
               R"(","status":{"statusId":)" + status + R"(,"parentId":)" + status.substr(0, 1) +
               R"(000},"tags":["vip"],"attributeValues":[{"id":1,"attributeId":54,"value":"3CX-7f3a9c21"}]})";
    }
    calls::OutboxEntry solved(const std::string& note = "") {
        auto made = entry("draft-1", note);
        made.fields.isSolved = true;
        return made;
    }
    calls::OutboxEntry comment(const std::string& note = "") {
        auto made = entry("draft-1", note);
        made.fields.commentOn = TicketId{77};
        return made;
    }
    /// A solved status is refused for a new ticket.
    void startsOpen() {
        creates({answer(400, R"({"errorMessage":"status not allowed"})"), answer(200, R"({"id":1042})")});
    }
    std::vector<std::string> sentInOrder() const {
        std::vector<std::string> sent;
        for (const auto& request : ninja.requests) {
            if (request.url.ends_with("ticketing/ticket")) sent.emplace_back("create");
            if (request.url.ends_with("/comment")) sent.emplace_back("comment");
            if (request.method == "PUT") sent.emplace_back("put");
        }
        return sent;
    }

    int id = 0;
    int version = 3;
    int clientId = 12;
    std::string requester = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11";
    std::string status = "1000";
    std::string log;
    bool isLogReadable = true;
    std::deque<Result<net::HttpResponse>> reads;  // in place of the ticket
    std::deque<Result<net::HttpResponse>> putReplies;
    bool storesPut = false;  // although putReplies says something else
    std::vector<boost::json::value> puts;
};

}  // namespace ninja3cx::ticketing
