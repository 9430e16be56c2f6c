#pragma once

#include "server/api/metrics.hpp"
#include "server/api/notes.hpp"
#include "server/api/ports.hpp"
#include "server/api/session.hpp"
#include "server/api/static_files.hpp"
#include "server/api/visitor.hpp"
#include "server/auth/access.hpp"
#include "server/broadcast/event_hub.hpp"
#include "server/calls/call_hub.hpp"
#include "server/net/http.hpp"
#include "server/storage/sqlite_store.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::api {

/// Everything that is reached through the port: REST, /ws, /metrics and the dashboard's files.
///
/// Without a valid key: /health, /login, the dashboard's files (which hold no data) and 401 for all the rest.
/// Threads: network thread only. Must outlive the HttpServer that serves its routes.
class Api {
public:
    struct Ports {
        const Clock& clock;
        auth::Access& access;
        calls::CallHub& hub;
        broadcast::EventHub& events;
        storage::SqliteStore& store;
        FindContacts findContacts;
        MoreMetrics moreMetrics;  // may be empty
        std::shared_ptr<spdlog::logger> log;
        Problem problem{};       // may be empty
        Problem ninjaWarning{};  // what /health says beside the link to NinjaOne; may be empty
    };
    Api(boost::asio::any_io_executor executor, Options options, Ports ports);
    ~Api();
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    void addRoutes(net::Router& router);
    /// Sends acknowledgements that are due and closes sessions whose key is gone. About every 100 ms.
    void tick();

private:
    using Answer = net::asio::awaitable<net::HttpResponse>;
    void addSessionRoutes(net::Router& router);
    void addCallRoutes(net::Router& router);
    void addSocket(net::Router& router);
    net::Router::Filter countAnswers();
    /// The answer to a request that failed; what broke in here is logged.
    net::HttpResponse refusal(const Error& error) const;
    Answer searchCalls(net::HttpRequest request);
    Answer callDetail(net::HttpRequest request);
    Answer auditTrail(net::HttpRequest request);
    /// On disk when it answers well: before what was read is given away.
    net::asio::awaitable<Result<void>> audited(std::vector<calls::Change> lines);
    void noteLogin(const auth::Principal& principal, const std::string& address);
    /// A view that is asked for again and again and is not the technician's own: one line for each key, view and hour.
    void notePoll(const Visitor& visitor, const std::optional<Extension>& view, std::string address);
    void noteBoard(const Visitor& visitor, const std::string& address);
    calls::AuditEntry auditLine(const Visitor& visitor, std::string action, std::string about) const;
    net::asio::awaitable<void> serve(net::HttpRequest request,
                                     std::shared_ptr<net::WebSocketConnection> connection);
    void greeted(const Session& session, const std::string& address);
    void ended(Session& session);

    boost::asio::any_io_executor executor_;
    Options options_;
    Ports ports_;
    Reception reception_;
    StaticFiles files_;
    Counters counters_;
    SessionSurroundings around_;
    std::map<std::uint64_t, Session*> sessions_;  // by number
    std::map<Extension, int> agents_;             // open connections
    NotedAt polledAt_;                            // each view's last line in the trail
    SteadyTime checkedAt_;
};

}  // namespace ninja3cx::api
