#include "simulators/ninja_one/ninja_one.hpp"

#include "shared/json/codec.hpp"
#include "simulators/ninja_one/directory.hpp"
#include "simulators/ninja_one/generated.hpp"
#include "simulators/ninja_one/ticket_desk.hpp"
#include "simulators/ninja_one/token_desk.hpp"
#include "simulators/ninja_schema/ninja_api.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <functional>

namespace ninja3cx::simulators {
namespace {

using Ids = std::vector<std::string>;

enum class Access { Read = 1, Write, TicketWrite };

/// The usual target of each kind of fault, and how often it strikes.
struct FaultKind {
    const char* name;
    const char* method;  // "": any
    const char* path;
    int times;
};
constexpr const char* kToken = "/oauth/token$";
constexpr const char* kCreate = "/ticketing/ticket$";
constexpr const char* kTicketWrite = "/ticketing/ticket($|/[0-9]+(/comment)?$)";
constexpr const char* kApi = "^(/api)?/v2/";
constexpr std::array kFaultKinds{
    FaultKind{"429", "", kApi, 1},
    FaultKind{"html", "", kApi, 1},
    FaultKind{"drop", "", kApi, 1},
    FaultKind{"slow", "", kApi, 1},
    FaultKind{"500", "", kApi, 1},
    FaultKind{"502", "", kApi, 1},
    FaultKind{"503", "", kApi, 1},
    FaultKind{"expired", "", kApi, 1},
    FaultKind{"expired-forever", "", kApi, -1},
    FaultKind{"refresh-dead", "POST", kToken, -1},
    FaultKind{"token-5xx", "POST", kToken, 1},
    FaultKind{"rotate-crash", "POST", kToken, 1},
    FaultKind{"5xx-then-ok", "POST", kCreate, 1},
    FaultKind{"commit-timeout", "POST", kCreate, 1},
    FaultKind{"commit-502", "POST", kCreate, 1},
    FaultKind{"commit-reset", "POST", kCreate, 1},
    FaultKind{"commit-truncated", "POST", kCreate, 1},
    FaultKind{"lookup-400", "POST", "/trigger/board/[0-9]+/run$", 1},
    FaultKind{"403-user-context", "", kTicketWrite, 1},
    FaultKind{"403-permission", "", kTicketWrite, 1},
    FaultKind{"conflict", "PUT", kTicketWrite, 1},
};

/// The reply to a control request.
Reply done(const boost::json::value& body) {
    return jsonReply(200, body);
}
Reply refused(const Error& error) {
    return jsonReply(400, {{"error", error.detail}});
}

/// A scenario file as it is written.
struct ScenarioFile {
    std::optional<NinjaOneChanges> options;
    std::optional<Seed> seed;
    std::optional<GeneratedTenant> tenant;  // instead of `seed`
    std::vector<OldTicket> tickets;         // in addition to those of `seed`
    std::vector<Fault> faults;
};
BOOST_DESCRIBE_STRUCT(ScenarioFile, (), (options, seed, tenant, tickets, faults))

/// The fault with everything its kind leaves to be assumed. An error if the kind is unknown.
Result<Fault> completed(Fault fault) {
    const auto kind = std::find_if(kFaultKinds.begin(), kFaultKinds.end(),
                                   [&](const FaultKind& known) { return fault.kind == known.name; });
    if (kind == kFaultKinds.end())
        return Error{ErrorKind::BadMessage, "kind: '" + fault.kind + "' is no fault of this simulator"};
    if (!fault.match) fault.match = FaultMatch{};
    if (!fault.match->method && kind->method[0] != '\0') fault.match->method = kind->method;
    if (!fault.match->pathRegex) fault.match->pathRegex = kind->path;
    if (!fault.times) fault.times = fault.probability ? -1 : kind->times;
    return fault;
}

}  // namespace

Result<NinjaOneScenario> parseNinjaOneScenario(std::string_view text) {
    auto file = json::decodeText<ScenarioFile>(text, json::UnknownFields::Refused);
    if (!file) return file.error();
    NinjaOneScenario scenario;
    if (file->options) apply(*file->options, scenario.options);
    if (file->seed && file->tenant)
        return Error{ErrorKind::BadMessage, "tenant: there is a seed as well; leave one out"};
    if (file->seed) scenario.seed = std::move(*file->seed);
    if (file->tenant) {
        auto tenant = generatedSeed(*file->tenant);
        if (!tenant) return tenant.error();
        scenario.seed = std::move(*tenant);
    }
    auto& tickets = scenario.seed.tickets;
    tickets.insert(tickets.end(), file->tickets.begin(), file->tickets.end());
    for (std::size_t i = 0; i < file->faults.size(); ++i) {
        auto fault = completed(file->faults[i]);
        if (!fault) return inContext("faults[" + std::to_string(i) + "]", fault.error());
        scenario.faults.push_back(std::move(*fault));
    }
    return scenario;
}

/// The requests that NinjaOne's interface does not describe: all counted, the latest kept.
class ViolationLog {
public:
    void add(const Request& request, const Verdict& verdict) {
        ++count_;
        boost::json::array what;
        for (const Violation& violation : verdict.violations) what.emplace_back(textOf(violation));
        latest_.push_back({{"method", request.method},
                           {"path", request.path},
                           {"operation", verdict.operation},
                           {"status", verdict.status},
                           {"violations", std::move(what)}});
        if (latest_.size() > kMostKept) latest_.pop_front();
    }
    boost::json::object state() const {
        boost::json::array latest;
        for (const boost::json::object& entry : latest_) latest.push_back(entry);
        return {{"count", count_}, {"latest", std::move(latest)}};
    }
    void clear() {
        count_ = 0;
        latest_.clear();
    }

private:
    static constexpr std::size_t kMostKept = 100;
    std::int64_t count_ = 0;
    std::deque<boost::json::object> latest_;
};

class NinjaOne::Impl {
public:
    Impl(const Clock& clock, NinjaOneScenario scenario)
        : clock_(clock), scenario_(std::move(scenario)), options_(scenario_.options), journal_(clock) {
        reset();
        addRoutes();
    }

    Reply handle(const Request& request) {
        if (request.path == "/_sim/state" && request.method == "GET") return done(state());
        if (request.path.starts_with("/__sim/")) return control(request);
        std::string route = "unknown";
        Reply reply = answer(request, route);
        reply.headers.emplace_back("Date", httpDate(clock_.now()));
        journal_.add(request, route, reply);
        return reply;
    }

private:
    struct Route {
        const char* method;
        const char* pattern;
        Access access;
        std::function<Reply(const Request&, const Ids&, const Grant&)> handler;
    };

    void reset() {
        options_ = scenario_.options;
        tokens_ = std::make_unique<TokenDesk>(clock_, options_);
        directory_ = std::make_unique<Directory>(clock_, scenario_.seed, options_.seed);
        tickets_ = std::make_unique<TicketDesk>(clock_, options_, *directory_, scenario_.seed.tickets);
        faults_.clear();
        faults_.setSeed(options_.seed);
        journal_.clear();
        violations_.clear();
        webhook_ = nullptr;
        for (const Fault& fault : scenario_.faults) (void)addFault(fault);
    }

    void addRoutes() {
        const auto read = [this](const char* pattern,
                                 Reply (Directory::*handler)(const Request&, const Ids&) const) {
            routes_.push_back({"GET", pattern, Access::Read,
                               [this, handler](const Request& request, const Ids& ids, const Grant&) {
                                   return (directory_.get()->*handler)(request, ids);
                               }});
        };
        read("/organizations", &Directory::organizations);
        read("/organization/{id}", &Directory::organization);
        read("/organization/{id}/locations", &Directory::organizationLocations);
        read("/organization/{id}/end-users", &Directory::organizationEndUsers);
        read("/organization/{id}/custom-fields", &Directory::organizationCustomFields);
        read("/organization/{id}/devices", &Directory::organizationDevices);
        read("/locations", &Directory::locations);
        read("/contacts", &Directory::contacts);
        read("/contact/{id}", &Directory::contact);
        read("/ticketing/contact/contacts", &Directory::ticketingContacts);
        read("/ticketing/app-user-contact", &Directory::appUserContacts);
        read("/users", &Directory::users);
        read("/user/end-users", &Directory::endUsers);
        read("/user/technicians", &Directory::technicians);
        read("/devices", &Directory::devices);
        read("/devices/search", &Directory::searchDevices);
        read("/device/{id}", &Directory::device);
        read("/device/{id}/last-logged-on-user", &Directory::lastLoggedOnUser);
        read("/device/{id}/alerts", &Directory::deviceAlerts);
        read("/alerts", &Directory::alerts);
        read("/queries/logged-on-users", &Directory::loggedOnUsers);
        read("/queries/device-health", &Directory::deviceHealth);
        read("/queries/scoped-custom-fields", &Directory::scopedCustomFields);
        add("POST", "/contacts", Access::Write, [this](const Request& request, const Ids& ids, const Grant&) {
            return directory_->createContact(request, ids);
        });
        add("PATCH", "/contact/{id}", Access::Write,
            [this](const Request& request, const Ids& ids, const Grant&) {
                return directory_->changeContact(request, ids);
            });
        add("GET", "/activities", Access::Read, [this](const Request& request, const Ids&, const Grant&) {
            return tickets_->activities(request);
        });
        add("PUT", "/webhook", Access::Write, [this](const Request& request, const Ids&, const Grant& grant) {
            auto webhook = json::parse(request.body);
            if (!webhook || !webhook->is_object()) return applicationError(400, "FAILURE", "invalid JSON");
            return setWebhook(std::move(*webhook), grant);
        });
        add("DELETE", "/webhook", Access::Write,
            [this](const Request&, const Ids&, const Grant& grant) { return setWebhook(nullptr, grant); });
        addTicketRoutes();
    }

    /// One for each client app; only a system administrator, here technician 1, may say it.
    Reply setWebhook(boost::json::value webhook, const Grant& grant) {
        if (grant.technicianId != 1)
            return applicationError(403, "permission_denied", "not an administrator");
        webhook_ = std::move(webhook);
        Reply reply;
        reply.status = 204;
        return reply;
    }

    void addTicketRoutes() {
        add("GET", "/ticketing/statuses", Access::Read, [](const Request&, const Ids&, const Grant&) {
            boost::json::array all;
            for (const Status& status : kStatuses) all.push_back(statusJson(status));
            return jsonReply(200, all);
        });
        add("GET", "/ticketing/attributes", Access::Read,
            [](const Request&, const Ids&, const Grant&) { return jsonReply(200, attributesJson()); });
        add("GET", "/ticketing/ticket-form", Access::Read,
            [](const Request&, const Ids&, const Grant&) { return jsonReply(200, formsJson()); });
        add("GET", "/ticketing/ticket-form/{id}", Access::Read,
            [](const Request&, const Ids& ids, const Grant&) {
                for (const auto& form : formsJson())
                    if (form.at("id").get_int64() == toInteger(ids[0]).value_or(0))
                        return jsonReply(200, form);
                return applicationError(404, "ticket_form_not_found", "no such form");
            });
        add("GET", "/ticketing/trigger/boards", Access::Read,
            [this](const Request&, const Ids&, const Grant&) { return tickets_->boards(); });
        add("POST", "/ticketing/trigger/board/{id}/run", Access::Read,
            [this](const Request& request, const Ids& ids, const Grant& grant) {
                return tickets_->runBoard(request, grant, ids[0]);
            });
        add("POST", "/ticketing/ticket", Access::TicketWrite,
            [this](const Request& request, const Ids&, const Grant& grant) {
                return tickets_->create(request, grant);
            });
        add("GET", "/ticketing/ticket/{id}", Access::Read,
            [this](const Request&, const Ids& ids, const Grant&) { return tickets_->get(ids[0]); });
        add("PUT", "/ticketing/ticket/{id}", Access::TicketWrite,
            [this](const Request& request, const Ids& ids, const Grant& grant) {
                return tickets_->change(request, grant, ids[0]);
            });
        add("POST", "/ticketing/ticket/{id}/comment", Access::TicketWrite,
            [this](const Request& request, const Ids& ids, const Grant& grant) {
                return tickets_->comment(request, grant, ids[0]);
            });
        add("GET", "/ticketing/ticket/{id}/log-entry", Access::Read,
            [this](const Request& request, const Ids& ids, const Grant&) {
                return tickets_->logEntries(request, ids[0]);
            });
    }

    void add(const char* method, const char* pattern, Access access,
             std::function<Reply(const Request&, const Ids&, const Grant&)> handler) {
        routes_.push_back({method, pattern, access, std::move(handler)});
    }

    /// The reply with whatever trouble is scripted for it.
    Reply answer(const Request& request, std::string& route) {
        const Verdict verdict = NinjaApi::builtIn().check(request);
        if (verdict.status != 0) violations_.add(request, verdict);
        std::chrono::milliseconds delay{0};
        std::optional<Fault> after;  // strikes when the request was handled
        int afterNumber = 0;
        std::optional<Reply> before;
        std::vector<int> struck;
        for (const FaultList::Waiting* waiting : faults_.matching(request)) {
            const Fault& fault = waiting->fault;
            if (fault.kind == "slow") {
                delay += std::chrono::milliseconds{static_cast<std::int64_t>(numberParam(fault, "ms", 1000))};
                struck.push_back(waiting->number);
            } else if (fault.kind == "conflict") {
                const std::string id = request.path.substr(request.path.rfind('/') + 1);
                tickets_->editBySomebodyElse(id);
                struck.push_back(waiting->number);
            } else if (fault.kind == "expired") {
                tokens_->expireAccessTokens();
                struck.push_back(waiting->number);
            } else if (isAfter(fault.kind)) {
                if (!after) {
                    after = fault;
                    afterNumber = waiting->number;
                }
            } else if (!before) {
                before = replyBefore(fault);
                struck.push_back(waiting->number);
            }
        }
        for (const int number : struck) faults_.struck(number);
        if (before) nameRoute(request, route);
        Reply normal = before ? std::move(*before) : handleRoute(request, verdict, route);
        if (after && !before && normal.status < 300) {
            faults_.struck(afterNumber);
            normal = replyAfter(*after, std::move(normal));
        }
        normal.delay += delay;
        return normal;
    }

    static bool isAfter(const std::string& kind) {
        return kind.starts_with("commit-") || kind == "rotate-crash";
    }

    static Reply replyAfter(const Fault& fault, Reply reply) {
        if (fault.kind == "commit-502")
            return htmlReply(502, "<html><body><h1>502 Bad Gateway</h1></body></html>");
        if (fault.kind == "commit-timeout")
            reply.delivery = Delivery::Never;
        else if (fault.kind == "commit-truncated")
            reply.delivery = Delivery::Truncated;
        else
            reply.delivery = Delivery::Reset;
        return reply;
    }

    Reply replyBefore(const Fault& fault) const {
        if (auto common = commonFaultReply(fault, clock_.now())) return *common;
        if (fault.kind == "expired-forever")
            return jsonReply(401, {{"error", "not_authenticated"},
                                   {"error_description", "Invalid credentials"},
                                   {"error_code", 10}});
        if (fault.kind == "refresh-dead")
            return jsonReply(
                400, {{"error", "invalid_token"}, {"error_description", "the refresh token is dead"}});
        if (fault.kind == "token-5xx") return htmlReply(503, "<html><body><h1>503</h1></body></html>");
        if (fault.kind == "5xx-then-ok") return applicationError(500, "FAILURE", "NullPointerException");
        if (fault.kind == "lookup-400")
            return jsonReply(400, {{"resultCode", "FAILURE"}, {"errorMessage", "HTTP 400 Bad Request"}});
        if (fault.kind == "403-user-context")
            return applicationError(403, "user_context_required", "user context required");
        return applicationError(403, "permission_denied", "missing ticketing permission");
    }

    static std::string_view withoutPrefix(std::string_view path) {
        for (const std::string_view prefix : {"/api/v2/", "/v2/"})
            if (path.starts_with(prefix)) return path.substr(prefix.size() - 1);
        return {};
    }

    const Route* findRoute(const Request& request, Ids& ids) const {
        const std::string_view path = withoutPrefix(request.path);
        for (const Route& route : routes_) {
            if (request.method != route.method) continue;
            if (auto values = matchPath(route.pattern, path)) {
                ids = std::move(*values);
                return &route;
            }
        }
        return nullptr;
    }

    static bool isTokenRoute(const Request& request, const char* name) {
        return request.path == std::string{"/ws/oauth/"} + name ||
               request.path == std::string{"/oauth/"} + name;
    }

    void nameRoute(const Request& request, std::string& route) const {
        Ids ids;
        if (isTokenRoute(request, "token")) route = "/ws/oauth/token";
        if (const Route* found = findRoute(request, ids)) route = found->pattern;
    }

    static Reply violated(const Verdict& verdict) {
        return applicationError(
            verdict.status, "FAILURE",
            verdict.status == 415 ? "HTTP 415 Unsupported Media Type" : textOf(verdict.violations.front()));
    }

    Reply handleRoute(const Request& request, const Verdict& verdict, std::string& route) {
        if (request.method == "POST" && isTokenRoute(request, "token")) {
            route = "/ws/oauth/token";
            if (options_.isStrict && verdict.status == 415) return violated(verdict);
            return tokens_->token(request);
        }
        if (request.method == "GET" && isTokenRoute(request, "authorize")) {
            route = "/ws/oauth/authorize";
            return tokens_->authorize(request);
        }
        if (withoutPrefix(request.path).empty()) return unknownRoute();
        Ids ids;
        const Route* found = findRoute(request, ids);
        if (found) route = found->pattern;
        if (auto refusal = tokens_->refusal(request)) return *refusal;
        if (!found) return unknownRoute();
        const Grant grant = tokens_->grantOf(request);
        if (found->access == Access::TicketWrite && !grant.isUser())
            return applicationError(403, "user_context_required", "user context required");
        const char* scope = found->access == Access::Read ? "monitoring" : "management";
        if (!grant.scopes.contains(scope) && !grant.scopes.contains("management"))
            return applicationError(403, "insufficient_scope",
                                    std::string{"the token lacks the scope "} + scope);
        if (options_.isStrict && verdict.status != 0) return violated(verdict);
        return found->handler(request, ids, grant);
    }

    Result<int> addFault(Fault fault) {
        auto whole = completed(std::move(fault));
        if (!whole) return whole.error();
        if (whole->kind == "expired" && !whole->probability) {  // the tokens of this moment are dead
            tokens_->expireAccessTokens();
            return 0;
        }
        return faults_.add(std::move(*whole));
    }

    Reply control(const Request& request) {
        const std::string what = request.method + " " + request.path;
        if (what == "GET /__sim/journal") return done(journal_.entries());
        if (what == "DELETE /__sim/journal") {
            journal_.clear();
            return done({{"cleared", true}});
        }
        if (what == "GET /__sim/faults") return done(faults_.list());
        if (what == "DELETE /__sim/faults") {
            faults_.clear();
            return done({{"cleared", true}});
        }
        if (what == "POST /__sim/faults") {
            auto fault = json::decodeText<Fault>(request.body, json::UnknownFields::Refused);
            if (!fault) return refused(fault.error());
            auto number = addFault(std::move(*fault));
            return number ? done({{"id", *number}}) : refused(number.error());
        }
        if (what == "POST /__sim/options") {
            auto changes = json::decodeText<NinjaOneChanges>(request.body, json::UnknownFields::Refused);
            if (!changes) return refused(changes.error());
            apply(*changes, options_);
            return done({{"applied", true}});
        }
        if (what == "POST /__sim/work") {
            auto work = json::decodeText<TicketWork>(request.body, json::UnknownFields::Refused);
            if (!work) return refused(work.error());
            const auto worked = tickets_->work(*work);
            return worked ? done({{"done", true}}) : refused(worked.error());
        }
        if (what == "POST /__sim/reset") {
            reset();
            return done({{"reset", true}});
        }
        return unknownRoute();
    }

    boost::json::object state() const {
        return {{"simulator", "ninja"},
                {"tokens", tokens_->state()},
                {"tickets", tickets_->state()},
                {"requests", journal_.counts()},
                {"violations", violations_.state()},
                {"webhook", webhook_},
                {"faults", faults_.list()}};
    }

    const Clock& clock_;
    const NinjaOneScenario scenario_;
    NinjaOneOptions options_;
    Journal journal_;
    ViolationLog violations_;
    boost::json::value webhook_;  // null: none
    FaultList faults_;
    std::unique_ptr<TokenDesk> tokens_;
    std::unique_ptr<Directory> directory_;
    std::unique_ptr<TicketDesk> tickets_;
    std::vector<Route> routes_;
};

NinjaOne::NinjaOne(const Clock& clock, NinjaOneScenario scenario)
    : impl_(std::make_unique<Impl>(clock, std::move(scenario))) {}
NinjaOne::~NinjaOne() = default;
Reply NinjaOne::handle(const Request& request) {
    return impl_->handle(request);
}

}  // namespace ninja3cx::simulators
