#include "server/api/api.hpp"
#include "server/api/await.hpp"
#include "server/api/notes.hpp"
#include "shared/core/extension.hpp"
#include "shared/json/codec.hpp"

#include <spdlog/logger.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

namespace ninja3cx::api {
namespace {

struct LoginBody {
    std::string key;
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (key))

/// {"role":"supervisor"} and, for an agent's key, "extension".
struct SessionInfo {
    std::string role;
    std::optional<Extension> extension;
    std::string version;
};
BOOST_DESCRIBE_STRUCT(SessionInfo, (), (role, extension, version))

struct DraftList {
    std::vector<protocol::Draft> drafts;
};
BOOST_DESCRIBE_STRUCT(DraftList, (), (drafts))
struct ContactList {
    std::vector<protocol::Contact> contacts;
};
BOOST_DESCRIBE_STRUCT(ContactList, (), (contacts))

const Error kNeedsSupervisor{ErrorKind::Rejected, "this needs a supervisor's key"};

std::string queried(const net::HttpRequest& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

template <class T>
Result<std::optional<T>> queriedNumber(const net::HttpRequest& request, const std::string& name) {
    const std::string text = queried(request, name);
    if (text.empty()) return std::optional<T>{};
    T number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || number < 0)
        return Error{ErrorKind::BadMessage, "query '" + name + "' must be a whole number"};
    return std::optional{number};
}

Result<storage::HistoryFilter> historyFilterOf(const net::HttpRequest& request) {
    storage::HistoryFilter filter;
    filter.text = queried(request, "text");
    if (filter.text.size() > 200) return Error{ErrorKind::BadMessage, "query 'text' may have 200 bytes"};
    if (const std::string extension = queried(request, "extension"); !extension.empty())
        filter.extension = Extension{extension};
    if (const std::string category = queried(request, "category"); !category.empty()) {
        auto known = json::decode<protocol::Category>(boost::json::value(boost::json::string_view{category}),
                                                      "category");
        if (!known) return known.error();
        filter.category = *known;
    }
    if (const std::string hasTicket = queried(request, "hasTicket"); !hasTicket.empty()) {
        if (hasTicket != "true" && hasTicket != "false")
            return Error{ErrorKind::BadMessage, "query 'hasTicket' must be true or false"};
        filter.hasTicket = hasTicket == "true";
    }
    const auto from = queriedNumber<std::int64_t>(request, "from");
    const auto to = queriedNumber<std::int64_t>(request, "to");
    const auto offset = queriedNumber<std::int32_t>(request, "offset");
    const auto limit = queriedNumber<std::int32_t>(request, "limit");
    if (!from) return from.error();
    if (!to) return to.error();
    if (!offset) return offset.error();
    if (!limit) return limit.error();
    filter.fromMs = *from;
    filter.toMs = *to;
    filter.offset = offset->value_or(0);
    filter.limit = std::clamp(limit->value_or(50), 1, 200);
    return filter;
}

/// Whose calls a request may see: one extension's, or all of them.
Result<std::optional<Extension>> viewOf(const auth::Principal& principal, const net::HttpRequest& request) {
    const std::string named = queried(request, "extension");
    if (auth::mayBeAgent(principal) && (principal.extension || !named.empty())) {
        if (principal.extension && !named.empty() && principal.extension->value() != named)
            return Error{ErrorKind::Rejected, "this key is for extension " + principal.extension->value()};
        // It comes into the audit trail, which takes no other words from an address.
        if (!principal.extension && !isExtension(named))
            return Error{ErrorKind::BadMessage, "query 'extension' is no extension's name"};
        return std::optional{principal.extension ? *principal.extension : Extension{named}};
    }
    if (auth::mayBeBoard(principal)) return std::optional<Extension>{};
    return Error{ErrorKind::BadMessage, "this key is for any extension: add ?extension= to the address"};
}

bool isToken(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// A link in a chat or a mail is fetched by previews and scanners: looking at it must not use it up.
std::string loginPage(const std::string& once) {
    return "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>3CX-NinjaOne Realtime</title>"
           "<body style=\"font:1.25rem system-ui;display:grid;place-items:center;height:90vh\">"
           "<form method=\"post\" action=\"/login\"><input type=\"hidden\" name=\"once\" value=\"" +
           once +
           "\"><button autofocus style=\"font:inherit;padding:1rem 2rem\">Ouvrir le tableau de bord · "
           "Open the dashboard</button></form></body></html>";
}

}  // namespace

void Api::addSessionRoutes(net::Router& router) {
    const auto info = [this](const auth::Principal& principal) {
        return json::encodeText(
            SessionInfo{auth::nameOf(principal.role), principal.extension, options_.version});
    };
    router.add("POST", "/api/session", [this, info](net::HttpRequest request) -> Answer {
        if (!reception_.isOwnPage(request))
            co_return refusal(Error{ErrorKind::Rejected,
                                    "this page may not log in here; add its origin to "
                                    "server.cors.origins"});
        auto body = json::decodeText<LoginBody>(request.body);
        if (!body) co_return refusal(body.error());
        auto principal = ports_.access.byKey(body->key, request.remoteAddress);
        if (!principal) co_return refusal(principal.error());
        noteLogin(*principal, request.remoteAddress);
        auto response = net::jsonResponse(200, info(*principal));
        response.headers.set("Set-Cookie",
                             sessionCookie(ports_.access.openSession(*principal), *principal, request.isTls));
        co_return response;
    });
    router.add("GET", "/api/session", [this, info](net::HttpRequest request) -> Answer {
        auto visitor = reception_.identify(request);
        // A page that asks whether its browser is logged in has done nothing wrong when it is not.
        const bool hasKey = request.headers.get("Authorization") || request.headers.get("X-API-Key");
        if (!visitor && !hasKey) co_return net::HttpResponse{204, {}, {}};
        if (!visitor) co_return refusal(visitor.error());
        co_return net::jsonResponse(200, info(visitor->principal));
    });
    router.add("DELETE", "/api/session", [this](net::HttpRequest request) -> Answer {
        auto visitor = reception_.identify(request);
        if (!visitor) co_return refusal(visitor.error());
        if (visitor->sessionToken) ports_.access.closeSession(*visitor->sessionToken);
        net::HttpResponse response{204, {}, {}};
        response.headers.set("Set-Cookie", expiredCookie(request.isTls));
        co_return response;
    });
    router.add("GET", "/login", [this](net::HttpRequest request) -> Answer {
        const std::string once = queried(request, "once");
        if (once.empty()) co_return files_.get(request.path);
        if (!isToken(once)) co_return refusal(Error{ErrorKind::BadMessage, "this is no login link"});
        net::HttpResponse response{200, {}, loginPage(once)};
        response.headers.set("Content-Type", "text/html; charset=utf-8");
        response.headers.set("Cache-Control", "no-store");
        co_return response;
    });
    // Our own Referrer-Policy makes browsers send "Origin: null" with this form. The token is proof enough.
    router.add("POST", "/login", [this](net::HttpRequest request) -> Answer {
        constexpr std::string_view kField = "once=";
        const std::string once = request.body.starts_with(kField) ? request.body.substr(kField.size()) : "";
        net::HttpResponse response{303, {}, {}};
        response.headers.set("Location", "/");
        response.headers.set("Cache-Control", "no-store");
        // A link that is spent leads to the dashboard all the same: it asks for a key there.
        if (const auto principal = ports_.access.redeemLink(once, request.remoteAddress)) {
            noteLogin(*principal, request.remoteAddress);
            response.headers.set("Set-Cookie", sessionCookie(ports_.access.openSession(*principal),
                                                             *principal, request.isTls));
        }
        co_return response;
    });
}

void Api::addCallRoutes(net::Router& router) {
    router.add("GET", "/metrics", [this](net::HttpRequest request) -> Answer {
        // The number of live calls says that calls exist: a key is needed, also on this machine.
        auto visitor = reception_.identify(request);
        if (!visitor) co_return refusal(visitor.error());
        if (!auth::mayBeBoard(visitor->principal))
            co_return refusal(Error{ErrorKind::Rejected, "an agent's key reads no metrics"});
        net::HttpResponse response{
            200, {}, metricsText(counters_, ports_.hub.status(), !ports_.store.problem())};
        if (ports_.moreMetrics) response.body += ports_.moreMetrics();
        response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        response.headers.set("Cache-Control", "no-store");
        co_return response;
    });
    router.add("GET", "/api/state", [this](net::HttpRequest request) -> Answer {
        auto visitor = reception_.identify(request);
        if (!visitor) co_return refusal(visitor.error());
        auto view = viewOf(visitor->principal, request);
        if (!view) co_return refusal(view.error());
        notePoll(*visitor, *view, request.remoteAddress);
        // The same message that a socket begins with.
        std::string snapshot;
        (void)ports_.events.attach(
            *view, std::nullopt, [this, &view] { return ports_.hub.snapshot(*view); },
            [&snapshot](std::string text) {
                snapshot = std::move(text);
                return true;
            });
        co_return net::jsonResponse(200, std::move(snapshot));
    });
    router.add("GET", "/api/drafts", [this](net::HttpRequest request) -> Answer {
        auto visitor = reception_.identify(request);
        if (!visitor) co_return refusal(visitor.error());
        auto view = viewOf(visitor->principal, request);
        if (!view) co_return refusal(view.error());
        notePoll(*visitor, *view, request.remoteAddress);
        co_return net::jsonResponse(200, json::encodeText(DraftList{ports_.hub.snapshot(*view).drafts}));
    });
    router.add("GET", "/api/contacts", [this](net::HttpRequest request) -> Answer {
        auto visitor = reception_.identify(request);
        if (!visitor) co_return refusal(visitor.error());
        if (!auth::mayBeAgent(visitor->principal) && !auth::maySupervise(visitor->principal))
            co_return refusal(Error{ErrorKind::Rejected, "contacts need an agent's or a supervisor's key"});
        const std::string query = queried(request, "query");
        if (query.size() < 2 || query.size() > 100)
            co_return refusal(Error{ErrorKind::BadMessage, "query 'query' must have 2 to 100 bytes"});
        co_return net::jsonResponse(200, json::encodeText(ContactList{ports_.findContacts(query, 20)}));
    });
    router.add("GET", "/api/calls",
               [this](net::HttpRequest request) { return searchCalls(std::move(request)); });
    router.add("GET", "/api/calls/{id}",
               [this](net::HttpRequest request) { return callDetail(std::move(request)); });
    router.add("GET", "/api/audit",
               [this](net::HttpRequest request) { return auditTrail(std::move(request)); });
}

/// Nobody waits for it: while the database cannot be written, people must get in to see that.
void Api::noteLogin(const auth::Principal& principal, const std::string& address) {
    std::vector<calls::Change> lines;
    lines.emplace_back(
        calls::AuditEntry{toEpochMs(ports_.clock.now()), auth::actorOf(principal), "login", address});
    ports_.store.commit(std::move(lines), [](const Result<void>&) {});
}

void Api::notePoll(const Visitor& visitor, const std::optional<Extension>& view, std::string address) {
    if (view && visitor.principal.extension) return;  // a technician's own
    noteHourly({ports_.store, ports_.clock, polledAt_, ports_.log}, view ? view->value() : "",
               view ? extensionLine(ports_.clock, visitor.principal, *view)
                    : auditLine(visitor, "board.opened", std::move(address)));
}

/// The wall waits for no line: while the database cannot be written, it is where people see that.
void Api::noteBoard(const Visitor& visitor, const std::string& address) {
    std::vector<calls::Change> lines;
    lines.emplace_back(auditLine(visitor, "board.opened", address));
    ports_.store.commit(std::move(lines), [log = ports_.log, actor = auth::actorOf(visitor.principal)](
                                              const Result<void>& noted) {
        if (!noted) log->error("not in the audit trail: board.opened by {}: {}", actor, noted.error().detail);
    });
}

calls::AuditEntry Api::auditLine(const Visitor& visitor, std::string action, std::string about) const {
    return {toEpochMs(ports_.clock.now()), auth::actorOf(visitor.principal), std::move(action),
            std::move(about)};
}

net::asio::awaitable<Result<void>> Api::audited(std::vector<calls::Change> lines) {
    const Start<void> note = [this, &lines](auto done) {
        ports_.store.commit(std::move(lines), std::move(done));
    };
    co_return co_await answerOf(note);
}

Api::Answer Api::searchCalls(net::HttpRequest request) {
    auto visitor = reception_.identify(request);
    if (!visitor) co_return refusal(visitor.error());
    if (!auth::maySupervise(visitor->principal)) co_return refusal(kNeedsSupervisor);
    auto filter = historyFilterOf(request);
    if (!filter) co_return refusal(filter.error());
    const bool isSearch = !filter->text.empty();
    const Start<storage::HistoryPage> search = [this, &filter](auto done) {
        ports_.store.history(std::move(*filter), std::move(done));
    };
    auto page = co_await answerOf(search);
    if (!page) co_return refusal(page.error());
    // The words that were searched for are not kept: as a rule they name a person, and the trail outlives an
    // erasure of that person. Which calls were shown answers the same question, "who has seen this call?".
    std::vector<calls::Change> lines;
    lines.emplace_back(
        auditLine(*visitor, isSearch ? "history.search" : "history.list",
                  std::to_string(page->items.size()) + " of " + std::to_string(page->total) + " calls"));
    if (isSearch)
        for (const storage::HistoryItem& item : page->items)
            lines.emplace_back(auditLine(*visitor, "call.found", item.call.callId.value()));
    auto noted = co_await audited(std::move(lines));
    if (!noted) co_return refusal(noted.error());
    co_return net::jsonResponse(200, json::encodeText(*page));
}

Api::Answer Api::callDetail(net::HttpRequest request) {
    auto visitor = reception_.identify(request);
    if (!visitor) co_return refusal(visitor.error());
    if (!auth::maySupervise(visitor->principal)) co_return refusal(kNeedsSupervisor);
    const CallId callId{request.pathParameters["id"]};
    const Start<storage::CallDetail> read = [this, &callId](auto done) {
        ports_.store.callDetail(callId, std::move(done));
    };
    const auto known = co_await answerOf(read);
    if (!known) co_return refusal(known.error());
    // Who reads a call is on disk before a word of it is given; what is no call's id is not kept there.
    std::vector<calls::Change> lines;
    lines.emplace_back(auditLine(*visitor, "call.read", callId.value()));
    auto noted = co_await audited(std::move(lines));
    if (!noted) co_return refusal(noted.error());
    const auto detail = co_await answerOf(read);  // with this reading in it
    if (!detail) co_return refusal(detail.error());
    co_return net::jsonResponse(200, json::encodeText(*detail));
}

Api::Answer Api::auditTrail(net::HttpRequest request) {
    auto visitor = reception_.identify(request);
    if (!visitor) co_return refusal(visitor.error());
    if (!auth::mayAudit(visitor->principal))
        co_return refusal(Error{ErrorKind::Rejected, "this needs an admin's key"});
    const auto before = queriedNumber<std::int64_t>(request, "before");
    const auto limit = queriedNumber<std::int32_t>(request, "limit");
    if (!before) co_return refusal(before.error());
    if (!limit) co_return refusal(limit.error());
    storage::AuditFilter filter;
    filter.beforeId = *before;
    filter.limit = std::clamp(limit->value_or(100), 1, 1'000);
    const Start<storage::AuditPage> read = [this, &filter](auto done) {
        ports_.store.audit(filter, std::move(done));
    };
    auto page = co_await answerOf(read);
    if (!page) co_return refusal(page.error());
    std::vector<calls::Change> lines;
    lines.emplace_back(auditLine(*visitor, "audit.read", std::to_string(page->lines.size()) + " lines"));
    auto noted = co_await audited(std::move(lines));
    if (!noted) co_return refusal(noted.error());
    co_return net::jsonResponse(200, json::encodeText(*page));
}

}  // namespace ninja3cx::api
