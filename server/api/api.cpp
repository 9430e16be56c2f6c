#include "server/api/api.hpp"

#include "server/api/filters.hpp"
#include "server/api/notes.hpp"
#include "shared/json/codec.hpp"

#include <boost/asio/steady_timer.hpp>

#include <spdlog/logger.h>

#include <chrono>
#include <utility>

namespace ninja3cx::api {

namespace asio = boost::asio;

Api::Api(asio::any_io_executor executor, Options options, Ports ports)
    : executor_(std::move(executor)),
      options_(std::move(options)),
      ports_(std::move(ports)),
      reception_(ports_.access, options_.corsOrigins),
      files_(options_.dashboardDir),
      around_{ports_.hub,
              ports_.events,
              counters_,
              *ports_.log,
              options_.version,
              options_.serverId,
              [this](std::uint64_t number) {
                  const auto found = sessions_.find(number);
                  return found == sessions_.end() ? nullptr : found->second;
              },
              [this](const Extension& extension, const CallId& callId,
                     std::function<void(std::optional<protocol::Call>)> answer) {
                  ports_.store.callDetail(
                      callId, [extension, answer = std::move(answer)](Result<storage::CallDetail> detail) {
                          const bool isOurs = detail && detail->call.extension == extension;
                          answer(isOurs ? std::optional{std::move(detail->call)} : std::nullopt);
                      });
              }},
      checkedAt_(ports_.clock.steady()) {}

Api::~Api() = default;

void Api::addRoutes(net::Router& router) {
    router.answerErrorsWith(layerErrorResponse);
    router.addFilter(countAnswers());
    router.addFilter(securityHeaders());
    router.addFilter(crossOrigin(reception_));
    router.add("GET", "/health", [this](net::HttpRequest) -> Answer {
        // For monitors and for the owner's `curl /health`: that it lives and which version, nothing about
        // calls. Degraded is still 200: a restart would not help, and agents spool what is not taken.
        boost::json::object health{{"program", "3cx-ninja-server"},
                                   {"status", "ok"},
                                   {"version", options_.version},
                                   {"ninja", json::encode(ports_.hub.status().ninja)}};
        std::optional<std::string> warning;
        if (ports_.ninjaWarning) warning = ports_.ninjaWarning();
        if (warning) health["ninjaWarning"] = *warning;
        std::optional<std::string> problem;
        if (ports_.problem) problem = ports_.problem();
        if (ports_.store.problem()) problem = "the database cannot be written; the log says why";
        if (problem) {
            health["status"] = "degraded";
            health["problem"] = *problem;
        }
        co_return net::jsonResponse(200, boost::json::serialize(health));
    });
    addSessionRoutes(router);
    addCallRoutes(router);
    addSocket(router);
    router.add("GET", "/api/{rest*}", [](net::HttpRequest) -> Answer {
        co_return errorResponse(404, wordOf(protocol::RefusalCode::NotFound),
                                "there is no such address; docs/PROTOCOL.md lists all");
    });
    router.add("GET", "/{rest*}",
               [this](net::HttpRequest request) -> Answer { co_return files_.get(request.path); });
}

net::Router::Filter Api::countAnswers() {
    return [this](net::HttpRequest request, const net::HttpHandler& next) -> Answer {
        net::HttpResponse response{500, {}, {}};
        try {
            response = co_await next(std::move(request));
        } catch (const std::exception& failure) {
            ports_.log->error("a request failed: {}", failure.what());
            response = errorResponse(Error{ErrorKind::Io, ""});
        }
        (response.status >= 500   ? counters_.answers5xx
         : response.status >= 400 ? counters_.answers4xx
                                  : counters_.answers2xx)++;
        co_return response;
    };
}

net::HttpResponse Api::refusal(const Error& error) const {
    if (isServerError(error.kind)) ports_.log->error("a request failed: {}", error.detail);
    return errorResponse(error);
}

void Api::addSocket(net::Router& router) {
    router.addWebSocket(
        "/ws",
        [this](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
            auto visitor = reception_.identify(request, true);
            if (!visitor) return refusal(visitor.error());
            return std::nullopt;
        },
        [this](net::HttpRequest request, std::shared_ptr<net::WebSocketConnection> connection) {
            return serve(std::move(request), std::move(connection));
        });
}

net::asio::awaitable<void> Api::serve(net::HttpRequest request,
                                      std::shared_ptr<net::WebSocketConnection> connection) {
    auto visitor = reception_.identify(request, true);
    if (!visitor) {
        connection->close(1008, "unauthorized");
        co_return;
    }
    Session session{around_, std::move(*visitor), connection};
    struct Registered {
        Api& api;
        Session& session;
        Registered(Api& a, Session& s) : api(a), session(s) {
            api.sessions_.emplace(session.number(), &session);
        }
        ~Registered() {
            api.sessions_.erase(session.number());
            if (session.hasGreeted()) api.ended(session);
        }
    } registered{*this, session};

    asio::steady_timer helloDeadline{executor_, options_.helloTimeout};
    helloDeadline.async_wait([weak = std::weak_ptr{connection}](boost::system::error_code cancelled) {
        const auto late = weak.lock();
        if (cancelled || !late) return;
        const std::string code = wordOf(protocol::RefusalCode::HelloTimeout);
        late->sendText(protocol::encodeMessage(
            protocol::ErrorReply{code, "no 'hello' came in time", std::nullopt, true}));
        late->close(1008, code);
    });

    while (true) {
        auto message = co_await connection->receive();
        if (!message) break;
        const bool wasGreeted = session.hasGreeted();
        if (message->isBinary)
            session.onBinary(message->data);
        else
            session.onText(message->data);
        if (!wasGreeted && session.hasGreeted()) {
            helloDeadline.cancel();
            greeted(session, request.remoteAddress);
        }
    }
}

void Api::greeted(const Session& session, const std::string& address) {
    if (session.face() == protocol::Face::Board) {
        ++counters_.boards;
        noteBoard(session.visitor(), address);
        return;
    }
    noteAgent({ports_.store, ports_.clock, polledAt_, ports_.log}, session.visitor().principal,
              *session.extension());
    ++counters_.agents;
    if (++agents_[*session.extension()] == 1) ports_.hub.onAgentOnline(*session.extension());
}

void Api::ended(Session& session) {
    if (session.face() == protocol::Face::Board) {
        --counters_.boards;
        return;
    }
    --counters_.agents;
    session.leaveStreams();
    const Extension extension = *session.extension();
    if (--agents_[extension] > 0) return;
    agents_.erase(extension);
    ports_.hub.onAgentOffline(extension);
}

void Api::tick() {
    using namespace std::chrono_literals;
    const bool isCheckDue = ports_.clock.steady() - checkedAt_ >= 1s;
    if (isCheckDue) checkedAt_ = ports_.clock.steady();
    for (const auto& [number, session] : std::map<std::uint64_t, Session*>{sessions_}) {
        if (isCheckDue && !reception_.isStillWelcome(session->visitor()))
            session->sendAway(1008, protocol::RefusalCode::Unauthorized,
                              "this key or login is no longer valid");
        if (session->face() != protocol::Face::Agent) continue;
        const Extension& extension = *session->extension();
        if (session->takeHeard()) ports_.hub.onAgentHeard(extension);
        if (isCheckDue && ports_.hub.isCounting(extension)) session->ping();
        for (const CallId& callId : session->streaming()) {
            if (const auto next = ports_.hub.takeAck(callId)) session->acknowledge(callId, *next);
            if (!isCheckDue) continue;  // a full disk is tried again every second, not without end
            if (const auto grant = ports_.hub.takeRewind(callId)) session->startFrom(callId, *grant);
        }
        if (isCheckDue) session->sweepCalls();
    }
}

}  // namespace ninja3cx::api
