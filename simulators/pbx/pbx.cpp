#include "simulators/pbx/pbx.hpp"

#include "shared/json/codec.hpp"
#include "simulators/exchange/journal.hpp"
#include "simulators/pbx/odata.hpp"
#include "simulators/pbx/pbx_tokens.hpp"
#include "simulators/pbx/switchboard.hpp"

#include <algorithm>
#include <functional>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using Ids = std::vector<std::string>;

constexpr auto kTokenDelay = 20ms;
constexpr const char* kBuild = "20.0.9.995";
constexpr const char* kOlderBuild = "20.0.7.1080";

Reply plain(int status) {
    Reply reply;
    reply.status = status;
    return reply;
}
Reply done(const boost::json::value& body) {
    return jsonReply(200, body);
}
Reply refused(const Error& error) {
    return jsonReply(400, {{"error", error.detail}});
}

/// `name` in an object, whatever the case of the key.
const boost::json::value* anyCase(const boost::json::object& object, std::string_view name) {
    for (const auto& [key, value] : object)
        if (equalIgnoringCase(key, name)) return &value;
    return nullptr;
}

std::string textOf(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = anyCase(object, name);
    return value && value->is_string() ? std::string{value->get_string()} : std::string{};
}

boost::json::object deviceJson(const Phone& device) {
    return {{"dn", device.dn}, {"device_id", device.id}, {"user_agent", device.userAgent}};
}

}  // namespace

class Pbx::Impl {
public:
    Impl(const Clock& clock, PbxScenario scenario, AudioLookup audio, double speed)
        : clock_(clock),
          site_(std::move(scenario)),
          profile_(site_.profile),
          audio_(std::move(audio)),
          timeline_(clock, speed),
          feed_(timeline_, 1),
          tokens_(clock, site_, profile_),
          switchboard_(clock, timeline_, feed_, site_, profile_),
          journal_(clock) {
        addRoutes();
        playAll();
        for (const Fault& fault : site_.faults)
            timeline_.after(seconds(fault.at.value_or(0)), [this, fault] { (void)strike(fault); });
    }

    Reply handle(const Request& request) {
        timeline_.run();
        if (request.path == "/_sim/state") return done(state());
        if (request.path.starts_with("/sim/")) return control(request);
        std::string route = "unknown";
        Reply reply = answer(request, route);
        journal_.add(request, route, reply);
        return reply;
    }

    std::optional<Reply> socketRefusal(const Request& request) {
        timeline_.run();
        Reply reply = plain(101);
        if (isOld())
            reply = plain(404);
        else if (!tokens_.isAlive(request))
            reply = plain(401);
        journal_.add(request, "/callcontrol/ws", reply);
        if (reply.status == 101) return std::nullopt;
        return reply;
    }

    void socketText(SocketId id, const std::string& text) {
        auto message = json::parse(text);
        if (!message || !message->is_object()) return;
        const boost::json::object& fields = message->get_object();
        const boost::json::value* data = anyCase(fields, "RequestData");
        Request request;
        request.path = textOf(fields, "Path");
        request.method = data && data->is_object() ? "POST" : "GET";
        if (data && data->is_object()) request.body = boost::json::serialize(*data);
        std::string route;
        const Reply reply = dispatch(request, route);
        auto body = json::parse(reply.body);
        boost::json::value response = nullptr;
        if (body) response = *body;
        feed_.eventTo(id, 4, request.path,
                      {{"RequestID", textOf(fields, "RequestID")},
                       {"Path", request.path},
                       {"StatusCode", reply.status},
                       {"Response", std::move(response)}});
    }

    Timeline& timeline() { return timeline_; }
    EventFeed& feed() { return feed_; }

private:
    struct Route {
        const char* method;
        const char* pattern;
        std::function<Reply(const Request&, const Ids&)> handler;
    };

    bool isOld() const { return profile_.version == "v18"; }

    void playAll() {
        for (const CallScript& script : site_.calls) switchboard_.play(script);
        if (site_.repeatEveryS) timeline_.after(seconds(*site_.repeatEveryS), [this] { playAll(); });
    }

    void add(const char* method, const char* pattern,
             std::function<Reply(const Request&, const Ids&)> handler) {
        routes_.push_back({method, pattern, std::move(handler)});
    }

    void addRoutes() {
        add("GET", "/callcontrol", [this](const Request&, const Ids&) { return callControl(); });
        add("GET", "/callcontrol/{dn}", [this](const Request&, const Ids& ids) {
            return checked(ids[0], [&] { return shown(dnJson(ids[0])); });
        });
        add("GET", "/callcontrol/{dn}/devices", [this](const Request&, const Ids& ids) {
            return checked(ids[0], [&] { return shown(devicesJson(ids[0])); });
        });
        add("GET", "/callcontrol/{dn}/devices/{device}", [this](const Request&, const Ids& ids) {
            return checked(ids[0], [&] {
                for (const Phone& device : switchboard_.devicesOf(ids[0]))
                    if (device.id == ids[1]) return shown(deviceJson(device));
                return plain(404);
            });
        });
        add("GET", "/callcontrol/{dn}/participants", [this](const Request&, const Ids& ids) {
            return checked(ids[0], [&] { return shown(legsJson(ids[0])); });
        });
        add("GET", "/callcontrol/{dn}/participants/{id}", [this](const Request&, const Ids& ids) {
            return checked(ids[0], [&] {
                const Participant* leg = legOf(ids);
                return leg ? shown(participantJson(*leg)) : plain(404);
            });
        });
        add("POST", "/callcontrol/{dn}/makecall",
            [this](const Request& request, const Ids& ids) { return makeCall(request, ids[0], ""); });
        add("POST", "/callcontrol/{dn}/devices/{device}/makecall",
            [this](const Request& request, const Ids& ids) { return makeCall(request, ids[0], ids[1]); });
        add("GET", "/callcontrol/{dn}/participants/{id}/stream", [this](const Request&, const Ids& ids) {
            return checked(ids[0], [&] { return plain(legOf(ids) ? 424 : 404); });
        });
        add("POST", "/callcontrol/{dn}/participants/{id}/{action}",
            [this](const Request& request, const Ids& ids) { return act(request, ids); });
        addXapi();
    }

    void addXapi() {
        add("GET", "/xapi/v1/Defs", [](const Request& request, const Ids&) {
            boost::json::array rows;
            rows.push_back(boost::json::object{{"Id", 1}});
            return odataReply(request, "Defs", std::move(rows));
        });
        add("GET", "/xapi/v1/SystemStatus",
            [this](const Request&, const Ids&) { return done(systemStatus()); });
        add("GET", "/xapi/v1/Users",
            [this](const Request& request, const Ids&) { return odataReply(request, "Users", users()); });
        add("GET", "/xapi/v1/ActiveCalls", [this](const Request& request, const Ids&) {
            return odataReply(request, "ActiveCalls", switchboard_.activeCalls());
        });
        add("GET", "/xapi/v1/Recordings",
            [](const Request& request, const Ids&) { return odataReply(request, "Recordings", {}); });
    }

    Reply answer(const Request& request, std::string& route) {
        std::chrono::milliseconds delay{0};
        std::optional<Reply> trouble;
        std::vector<int> struck;
        for (const FaultList::Waiting* waiting : faults_.matching(request)) {
            if (waiting->fault.kind == "slow")
                delay += std::chrono::milliseconds{
                    static_cast<std::int64_t>(numberParam(waiting->fault, "ms", 5000))};
            else if (!trouble)
                trouble = waiting->fault.kind == "401" ? plain(401)
                                                       : commonFaultReply(waiting->fault, clock_.now());
            else
                continue;
            struck.push_back(waiting->number);
        }
        for (const int number : struck) faults_.struck(number);
        Reply reply;
        if (trouble) {
            Ids ids;
            if (const Route* found = findRoute(request, ids)) route = found->pattern;
            reply = std::move(*trouble);
        } else {
            reply = authorised(request, route);
        }
        reply.delay += delay;
        return reply;
    }

    Reply authorised(const Request& request, std::string& route) {
        if (request.path.starts_with("/api/")) return legacy(request, route);
        if (isOld()) return plain(404);
        if (request.method == "POST" && request.path == "/connect/token") {
            route = request.path;
            Reply reply = tokens_.token(request);
            reply.delay = timeline_.scaled(kTokenDelay);
            return reply;
        }
        const bool isApi = request.path.starts_with("/callcontrol") || request.path.starts_with("/xapi/");
        if (isApi && !tokens_.isAlive(request)) {
            Ids ids;
            if (const Route* found = findRoute(request, ids)) route = found->pattern;
            return plain(401);
        }
        Reply reply = dispatch(request, route);
        if (request.path.starts_with("/xapi/"))
            reply.headers.emplace_back("X-3CX-Version", profile_.version == "v20.0.7" ? kOlderBuild : kBuild);
        return reply;
    }

    const Route* findRoute(const Request& request, Ids& ids) const {
        for (const Route& route : routes_) {
            if (request.method != route.method) continue;
            if (auto values = matchPath(route.pattern, request.path)) {
                ids = std::move(*values);
                return &route;
            }
        }
        return nullptr;
    }

    Reply dispatch(const Request& request, std::string& route) {
        Ids ids;
        const Route* found = findRoute(request, ids);
        if (!found)
            return request.path.starts_with("/xapi/") ? odataError(404, "Not found in this simulator")
                                                      : plain(404);
        route = found->pattern;
        return found->handler(request, ids);
    }

    /// The console API of V16 and V18, with its cookie.
    Reply legacy(const Request& request, std::string& route) {
        route = request.path;
        if (!isOld()) return plain(404);
        constexpr const char* kCookie = ".AspNetCore.Cookies=simulated";
        if (request.method == "POST" && request.path == "/api/login") {
            auto body = json::parse(request.body);
            const bool isRight = body && body->is_object() &&
                                 !textOf(body->get_object(), "Username").empty() &&
                                 textOf(body->get_object(), "Password") == site_.clientSecret;
            Reply reply = plain(200);
            reply.headers.emplace_back("Content-Type", "text/plain");
            reply.body = isRight ? "AuthSuccess" : "AuthFailed";
            if (isRight)
                reply.headers.emplace_back("Set-Cookie", std::string{kCookie} + "; path=/; httponly");
            return reply;
        }
        if (request.header("Cookie").value_or("").find(kCookie) == std::string::npos) return plain(401);
        if (request.path == "/api/SystemStatus") return done(systemStatus());
        if (request.path == "/api/activeCalls") return done({{"list", switchboard_.activeCalls()}});
        return plain(404);
    }

    Reply shown(const boost::json::value& body) const {
        return done(inProfile(body, profile_, hasOddities_));
    }

    template <class Handler>
    Reply checked(const std::string& dn, Handler handler) {
        const bool isKnown =
            dn == site_.clientId ||
            std::any_of(site_.extensions.begin(), site_.extensions.end(),
                        [&](const ExtensionSetup& extension) { return extension.number == dn; });
        if (!isKnown) return plain(404);
        if (!switchboard_.isMonitored(dn)) return plain(403);
        return handler();
    }

    boost::json::array devicesJson(const std::string& dn) const {
        boost::json::array all;
        for (const Phone& device : switchboard_.devicesOf(dn)) all.push_back(deviceJson(device));
        return all;
    }
    boost::json::array legsJson(const std::string& dn) const {
        boost::json::array all;
        for (const Participant& leg : switchboard_.legsOf(dn)) all.push_back(participantJson(leg));
        return all;
    }
    boost::json::object dnJson(const std::string& dn) const {
        return {{"dn", dn},
                {"type", dn == site_.clientId ? "Wroutepoint" : "Wextension"},
                {"devices", devicesJson(dn)},
                {"participants", legsJson(dn)}};
    }
    const Participant* legOf(const Ids& ids) const {
        const auto id = toInteger(ids[1]);
        const Participant* leg =
            id && std::in_range<int>(*id) ? switchboard_.findLeg(static_cast<int>(*id)) : nullptr;
        return leg && leg->dn == ids[0] ? leg : nullptr;
    }

    Reply callControl() const {
        boost::json::array all;
        all.push_back(dnJson(site_.clientId));
        for (const std::string& dn : site_.monitored)
            if (switchboard_.isMonitored(dn)) all.push_back(dnJson(dn));
        return shown(all);
    }

    Reply result(const Switchboard::Done& outcome) const {
        if (outcome)
            return shown(boost::json::object{{"finalstatus", "Success"},
                                             {"reason", "Success"},
                                             {"reasontext", ""},
                                             {"result", participantJson(*outcome)}});
        Reply reply = shown(boost::json::object{
            {"finalstatus", "Failed"}, {"reason", "InvalidState"}, {"reasontext", outcome.error().text}});
        reply.status = outcome.error().status;
        return reply;
    }

    Reply makeCall(const Request& request, const std::string& dn, const std::string& device) {
        return checked(dn, [&] {
            auto body = json::parse(request.body);
            if (!body || !body->is_object()) return plain(400);
            const std::string destination = textOf(body->get_object(), "destination");
            if (destination.empty()) return plain(400);
            return result(switchboard_.makeCall(dn, device, destination));
        });
    }

    Reply act(const Request& request, const Ids& ids) {
        return checked(ids[0], [&] {
            const Participant* leg = legOf(ids);
            if (!leg) return plain(404);
            const std::string& action = ids[2];
            if (action == "stream") return plain(424);
            auto body = json::parse(request.body);
            if (!body || !body->is_object()) return plain(400);
            const int id = leg->id;
            const std::string destination = textOf(body->get_object(), "destination");
            if (action == "drop") return result(switchboard_.drop(id));
            if (action == "answer") return result(switchboard_.answer(id));
            if (action == "attach_participant_data" || action == "attach_party_data")
                return result(Switchboard::Done{*leg});
            if (action != "divert" && action != "routeto" && action != "transferto") return plain(404);
            if (destination.empty()) return plain(400);
            if (action == "divert") return result(switchboard_.divert(id, destination));
            if (action == "routeto") return result(switchboard_.routeTo(id, destination));
            return result(switchboard_.transfer(id, destination));
        });
    }

    boost::json::object systemStatus() const {
        const auto count = static_cast<std::int64_t>(site_.extensions.size());
        return {{"FQDN", "pbx.example"},
                {"Version", isOld()                         ? "18.0.9.20"
                            : profile_.version == "v20.0.7" ? kOlderBuild
                                                            : kBuild},
                {"Activated", true},
                {"LicenseActive", true},
                {"ProductCode", "3CXENT"},
                {"MaxSimCalls", 16},
                {"CallsActive", switchboard_.activeCalls().size()},
                {"ExtensionsRegistered", count},
                {"ExtensionsTotal", count},
                {"UserExtensions", count},
                {"TrunksRegistered", 1},
                {"TrunksTotal", 1},
                {"HasNotRunningServices", false},
                {"DiskUsage", 12},
                {"OS", "Linux"}};
    }

    boost::json::array users() const {
        boost::json::array rows;
        std::int64_t id = 100;
        for (const ExtensionSetup& extension : site_.extensions)
            rows.push_back({{"Id", ++id},
                            {"Number", extension.number},
                            {"FirstName", extension.firstName},
                            {"LastName", extension.lastName},
                            {"DisplayName", extension.firstName + " " + extension.lastName},
                            {"EmailAddress", extension.email},
                            {"IsRegistered", !switchboard_.devicesOf(extension.number).empty()},
                            {"CurrentProfileName", "Available"},
                            {"QueueStatus", "LoggedIn"}});
        return rows;
    }

    boost::json::object state() const {
        return {
            {"simulator", "pbx"},          {"tokens", tokens_.state()},     {"sockets", feed_.openCount()},
            {"events", feed_.sentCount()}, {"calls", switchboard_.state()}, {"requests", journal_.counts()},
            {"faults", faults_.list()}};
    }

    Reply control(const Request& request) {
        const std::string what = request.method + " " + request.path;
        if (what == "GET /sim/log") return done(journal_.entries());
        if (what == "GET /sim/fault") return done(faults_.list());
        if (what == "DELETE /sim/fault") {
            faults_.clear();
            hasOddities_ = false;
            return done({{"cleared", true}});
        }
        if (what == "POST /sim/fault") {
            auto fault = json::decodeText<Fault>(request.body, json::UnknownFields::Refused);
            if (!fault) return refused(fault.error());
            const auto struck = strike(std::move(*fault));
            return struck ? done({{"struck", true}}) : refused(struck.error());
        }
        if (what == "POST /sim/profile") {
            auto changes = json::decodeText<ProfileChanges>(request.body, json::UnknownFields::Refused);
            if (!changes) return refused(changes.error());
            const auto applied = apply(*changes, profile_);
            return applied ? done({{"applied", true}}) : refused(applied.error());
        }
        if (what == "POST /sim/scenario") return playMore(request.body);
        return plain(404);
    }

    /// Calls and faults of another scenario, on this site, from now on.
    Reply playMore(const std::string& text) {
        auto more = parsePbxScenario(text, audio_, site_);
        if (!more) return refused(more.error());
        for (const CallScript& script : more->calls) switchboard_.play(script);
        for (const Fault& fault : more->faults)
            timeline_.after(seconds(fault.at.value_or(0)), [this, fault] { (void)strike(fault); });
        timeline_.run();
        return done({{"calls", more->calls.size()}});
    }

    /// A fault of a request waits for it; all others happen now.
    Result<void> strike(Fault fault) {
        const int times = fault.times.value_or(1);
        const std::string& kind = fault.kind;
        for (const char* waiting : {"429", "html", "500", "502", "503", "drop", "slow", "401"}) {
            if (kind != waiting) continue;
            if (!fault.match) fault.match = FaultMatch{};
            if (!fault.match->pathRegex) fault.match->pathRegex = "^/(callcontrol|xapi)";
            fault.times = times;
            auto added = faults_.add(std::move(fault));
            if (!added) return added.error();
            return {};
        }
        if (kind == "expire-token") {
            tokens_.expireAll();
            const std::string sockets = textParam(fault, "sockets", "stay");
            if (sockets == "close") feed_.closeAll(1008);
            if (sockets == "reset") feed_.breakAll();
        } else if (kind == "ws-close") {
            feed_.closeAll(
                static_cast<std::uint16_t>(std::clamp(numberParam(fault, "code", 1001), 1000.0, 4999.0)));
        } else if (kind == "ws-reset") {
            feed_.breakAll();
        } else if (kind == "ws-silence") {
            feed_.silenceAll();
        } else if (kind == "skip-sequence") {
            feed_.skip(times);
        } else if (kind == "duplicate") {
            feed_.repeat(times);
        } else if (kind == "reorder") {
            feed_.swapNext(times);
        } else if (kind == "event") {
            const boost::json::object* params = fault.params.if_object();
            const boost::json::value* attached = params ? params->if_contains("attached") : nullptr;
            feed_.event(static_cast<int>(numberParam(fault, "type", 0)), textParam(fault, "entity", ""),
                        attached ? *attached : boost::json::value{});
        } else if (kind == "frame") {
            const auto bytes =
                static_cast<std::size_t>(std::clamp(numberParam(fault, "bytes", 0), 0.0, 64e6));
            feed_.raw(bytes > 0 ? std::string(bytes, 'x') : textParam(fault, "text", ""),
                      textParam(fault, "as", "text") == "binary");
        } else if (kind == "unknown-fields") {
            hasOddities_ = true;
        } else if (kind == "status") {
            switchboard_.showStatus(textParam(fault, "status", "Negotiating"));
        } else if (kind == "unmonitor" || kind == "monitor") {
            switchboard_.setUnmonitored(textParam(fault, "dn", ""), kind == "unmonitor");
        } else if (kind == "restart") {
            feed_.breakAll();
            tokens_.expireAll();
            switchboard_.restart();
        } else {
            return Error{ErrorKind::BadMessage, "kind: '" + kind + "' is no fault of this simulator"};
        }
        return {};
    }

    const Clock& clock_;
    const PbxScenario site_;
    Profile profile_;
    const AudioLookup audio_;
    Timeline timeline_;
    EventFeed feed_;
    PbxTokens tokens_;
    Switchboard switchboard_;
    Journal journal_;
    FaultList faults_;
    std::vector<Route> routes_;
    bool hasOddities_ = false;
};

Pbx::Pbx(const Clock& clock, PbxScenario scenario, AudioLookup audio, double speed)
    : impl_(std::make_unique<Impl>(clock, std::move(scenario), std::move(audio), speed)) {}
Pbx::~Pbx() = default;
Reply Pbx::handle(const Request& request) {
    return impl_->handle(request);
}
std::optional<Reply> Pbx::socketRefusal(const Request& request) {
    return impl_->socketRefusal(request);
}
SocketId Pbx::openSocket(std::shared_ptr<SocketSink> sink) {
    return impl_->feed().open(std::move(sink));
}
void Pbx::socketClosed(SocketId id) {
    impl_->feed().closed(id);
}
void Pbx::socketText(SocketId id, const std::string& text) {
    impl_->socketText(id, text);
}
void Pbx::run() {
    impl_->timeline().run();
}
std::optional<SteadyTime> Pbx::nextDue() const {
    return impl_->timeline().nextDue();
}

}  // namespace ninja3cx::simulators
