#include "simulators/pbx/pbx.hpp"

#include "shared/json/codec.hpp"
#include "simulators/exchange/journal.hpp"
#include "simulators/pbx/any_case.hpp"
#include "simulators/pbx/odata.hpp"
#include "simulators/pbx/skewed_clock.hpp"
#include "simulators/pbx/troubles.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto kTokenDelay = 20ms;

Reply done(const boost::json::value& body) {
    return jsonReply(200, body);
}
Reply refused(const Error& error) {
    return jsonReply(400, {{"error", error.detail}});
}

}  // namespace

class Pbx::Impl {
public:
    Impl(const Clock& clock, PbxScenario scenario, AudioLookup audio, double speed,
         RecordingReader recordings)
        : scenario_(std::move(scenario)),
          site_(scenario_.site),
          profile_(scenario_.profile),
          clock_(clock, profile_),
          audio_(std::move(audio)),
          timeline_(clock, speed),
          feed_(timeline_, 1),
          tokens_(clock_, site_, profile_),
          parts_{clock_, timeline_, feed_, site_, profile_, users_, history_},
          switchboard_(parts_),
          callControl_(site_, profile_, switchboard_),
          xapi_(parts_, switchboard_, std::move(recordings)),
          desktop_(timeline_, site_, switchboard_),
          troubles_(clock_, timeline_, feed_, tokens_, switchboard_, callControl_),
          journal_(clock) {
        schedule(scenario_);
        playAll();
    }

    Reply handle(const Request& request) {
        timeline_.run();
        if (request.path == "/_sim/state") return done(state());
        if (request.path.starts_with("/sim/")) return control(request);
        Reply reply = answer(request);
        reply.headers.emplace_back("Date", httpDate(clock_.now()));
        journal_.add(request, routeOf(request), reply);
        return reply;
    }

    std::optional<Reply> socketRefusal(const Request& request) {
        timeline_.run();
        Reply reply = plainReply(101);
        if (auto trouble = troubles_.meet(request).instead)
            reply = *trouble;
        else if (isOld())
            reply = plainReply(404);
        else if (!tokens_.isAlive(request))
            reply = plainReply(401);
        else if (!mayUse("/callcontrol"))
            reply = plainReply(403);
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
        request.path = anyCaseText(fields, "Path");
        request.method = data && data->is_object() ? "POST" : "GET";
        if (data && data->is_object()) request.body = boost::json::serialize(*data);
        const Reply reply = callControl_.routes().dispatch(request).value_or(plainReply(404));
        auto body = json::parse(reply.body);
        boost::json::value response = nullptr;
        if (body) response = *body;
        feed_.eventTo(id, 4, request.path,
                      {{"RequestID", anyCaseText(fields, "RequestID")},
                       {"Path", request.path},
                       {"StatusCode", reply.status},
                       {"Response", std::move(response)}});
    }

    Timeline& timeline() { return timeline_; }
    EventFeed& feed() { return feed_; }
    Desktop& desktop() { return desktop_; }

private:
    bool isOld() const { return profile_.version == "v18"; }
    bool mayUse(std::string_view api) const {
        if (profile_.licence == "missing") return false;
        return (api == "/callcontrol" ? profile_.callControl : profile_.xapi) == "on";
    }

    void playAll() {
        for (const CallScript& script : scenario_.calls) switchboard_.play(script);
        if (scenario_.repeatEveryS) timeline_.after(seconds(*scenario_.repeatEveryS), [this] { playAll(); });
    }

    /// What is no call.
    void schedule(const PbxScenario& scenario) {
        for (const ContactUrl& hook : scenario.contactUrls) desktop_.add(hook);
        for (const SoftphonePipe& pipe : scenario.softphonePipes) desktop_.add(pipe);
        for (const UserChange& change : scenario.users)
            timeline_.after(seconds(change.at.value_or(0)), [this, change] { users_.change(change); });
        for (const Fault& fault : scenario.faults)
            timeline_.after(seconds(fault.at.value_or(0)), [this, fault] { (void)troubles_.strike(fault); });
    }

    std::string routeOf(const Request& request) const {
        if (request.path.starts_with("/api/") || request.path == "/connect/token") return request.path;
        if (auto pattern = callControl_.routes().patternOf(request)) return *pattern;
        return xapi_.routes().patternOf(request).value_or("unknown");
    }

    Reply answer(const Request& request) {
        const Troubles::Met met = troubles_.meet(request);
        Reply reply = met.instead ? *met.instead : undisturbed(request);
        Troubles::apply(met, reply);
        return reply;
    }

    Reply undisturbed(const Request& request) {
        if (request.path.starts_with("/api/")) return legacy(request);
        if (isOld()) return plainReply(404);
        if (request.method == "POST" && request.path == "/connect/token") {
            Reply reply = tokens_.token(request);
            reply.delay = timeline_.scaled(kTokenDelay);
            return reply;
        }
        if (request.path.starts_with("/callcontrol")) {
            if (!tokens_.isAlive(request)) return plainReply(401);
            if (!mayUse("/callcontrol")) return notAllowed("Call Control API");
            return callControl_.routes().dispatch(request).value_or(plainReply(404));
        }
        if (!request.path.starts_with("/xapi/")) return plainReply(404);
        if (!tokens_.isAlive(request)) return plainReply(401);
        if (!mayUse("/xapi")) return notAllowed("Configuration API");
        Reply reply =
            xapi_.routes().dispatch(request).value_or(odataError(404, "Not found in this simulator"));
        reply.headers.emplace_back("X-3CX-Version", xapi_.build());
        return reply;
    }

    Reply notAllowed(const std::string& api) const {
        const bool isLicence = profile_.licence == "missing";
        return odataError(403, isLicence ? "The licence of this PBX does not include the " + api
                                         : "The " + api + " is not enabled for this client");
    }

    /// The console API of V16 and V18, with its cookie.
    Reply legacy(const Request& request) {
        if (!isOld()) return plainReply(404);
        constexpr const char* kCookie = ".AspNetCore.Cookies=simulated";
        if (request.method == "POST" && request.path == "/api/login") {
            auto body = json::parse(request.body);
            const bool isRight = body && body->is_object() &&
                                 !anyCaseText(body->get_object(), "Username").empty() &&
                                 anyCaseText(body->get_object(), "Password") == site_.clientSecret;
            Reply reply = plainReply(200);
            reply.headers.emplace_back("Content-Type", "text/plain");
            reply.body = isRight ? "AuthSuccess" : "AuthFailed";
            if (isRight)
                reply.headers.emplace_back("Set-Cookie", std::string{kCookie} + "; path=/; httponly");
            return reply;
        }
        if (request.header("Cookie").value_or("").find(kCookie) == std::string::npos) return plainReply(401);
        if (request.path == "/api/SystemStatus") return done(xapi_.systemStatus());
        if (request.path == "/api/activeCalls") return done({{"list", switchboard_.activeCalls()}});
        if (request.path == "/api/ExtensionList") return done({{"list", extensionList()}});
        return plainReply(404);
    }

    boost::json::array extensionList() const {
        boost::json::array rows;
        for (const ExtensionSetup& extension : site_.extensions)
            rows.push_back({{"Number", extension.number},
                            {"FirstName", extension.firstName},
                            {"LastName", extension.lastName}});
        return rows;
    }

    boost::json::object state() const {
        return {
            {"simulator", "pbx"},          {"tokens", tokens_.state()},     {"sockets", feed_.openCount()},
            {"events", feed_.sentCount()}, {"calls", switchboard_.state()}, {"requests", journal_.counts()},
            {"faults", troubles_.list()},  {"desktop", desktop_.state()}};
    }

    Reply control(const Request& request) {
        const std::string what = request.method + " " + request.path;
        if (what == "GET /sim/log") return done(journal_.entries());
        if (what == "GET /sim/fault") return done(troubles_.list());
        if (what == "DELETE /sim/fault") {
            troubles_.clear();
            return done({{"cleared", true}});
        }
        if (what == "POST /sim/fault") {
            auto fault = json::decodeText<Fault>(request.body, json::UnknownFields::Refused);
            if (!fault) return refused(fault.error());
            const auto struck = troubles_.strike(std::move(*fault));
            return struck ? done({{"struck", true}}) : refused(struck.error());
        }
        if (what == "POST /sim/profile") return changeProfile(request.body);
        if (what == "POST /sim/user") return changeUser(request.body);
        if (what == "POST /sim/scenario") return playMore(request.body);
        return plainReply(404);
    }

    Reply changeProfile(const std::string& text) {
        auto changes = json::decodeText<ProfileChanges>(text, json::UnknownFields::Refused);
        if (!changes) return refused(changes.error());
        if (changes->tls && *changes->tls != profile_.tls)
            return refused({ErrorKind::BadMessage, "profile.tls: cannot change while the PBX runs"});
        const auto applied = apply(*changes, profile_);
        return applied ? done({{"applied", true}}) : refused(applied.error());
    }

    Reply changeUser(const std::string& text) {
        auto change = json::decodeText<UserChange>(text, json::UnknownFields::Refused);
        if (!change) return refused(change.error());
        if (auto problem = problemOf("", *change, site_)) return refused(*problem);
        if (change->at) return refused({ErrorKind::BadMessage, "at: only scenarios have a time"});
        users_.change(*change);
        return done({{"changed", true}});
    }

    /// What another scenario has, on this site, from now on.
    Reply playMore(const std::string& text) {
        auto more = parsePbxAddition(text, audio_, site_);
        if (!more) return refused(more.error());
        schedule(*more);
        for (const CallScript& script : more->calls) switchboard_.play(script);
        timeline_.run();
        return done({{"calls", more->calls.size()}});
    }

    const PbxScenario scenario_;
    const Site& site_;
    Profile profile_;
    const SkewedClock clock_;
    const AudioLookup audio_;
    Timeline timeline_;
    EventFeed feed_;
    UserBoard users_;
    CallHistory history_;
    PbxTokens tokens_;
    const SwitchboardParts parts_;
    Switchboard switchboard_;
    CallControl callControl_;
    Xapi xapi_;
    Desktop desktop_;
    Troubles troubles_;
    Journal journal_;
};

Pbx::Pbx(const Clock& clock, PbxScenario scenario, AudioLookup audio, double speed,
         RecordingReader recordings)
    : impl_(std::make_unique<Impl>(clock, std::move(scenario), std::move(audio), speed,
                                   std::move(recordings))) {}
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
void Pbx::openUrlsWith(std::function<void(const std::string& url)> open) {
    impl_->desktop().openUrlsWith(std::move(open));
}
std::vector<SoftphonePipe> Pbx::softphonePipes() const {
    return impl_->desktop().pipes();
}
PipeId Pbx::openPipe(const std::string& extension, std::shared_ptr<PipeSink> sink) {
    return impl_->desktop().openPipe(extension, std::move(sink));
}
void Pbx::pipeBytes(PipeId id, std::string_view bytes) {
    impl_->timeline().run();
    impl_->desktop().pipeBytes(id, bytes);
}
void Pbx::pipeClosed(PipeId id) {
    impl_->desktop().pipeClosed(id);
}
void Pbx::run() {
    impl_->timeline().run();
}
std::optional<SteadyTime> Pbx::nextDue() const {
    return impl_->timeline().nextDue();
}

}  // namespace ninja3cx::simulators
