#include "simulators/pbx/scenario.hpp"

#include "shared/json/codec.hpp"

#include <algorithm>
#include <cmath>

namespace ninja3cx::simulators {
namespace {

/// A call and a scenario as they are written in a file.
struct CallFile {
    std::optional<std::string> name;
    std::optional<double> at;
    std::string extension;
    std::string callerNumber;
    std::optional<std::string> callerName, did, direction, variant, endsBy, audio, queueDn, transferTo;
    std::optional<double> ringS, durationS, transferAtS, holdAtS, holdForS;
    std::vector<std::string> members;
};
BOOST_DESCRIBE_STRUCT(CallFile, (),
                      (name, at, extension, callerNumber, callerName, did, direction, variant, endsBy, audio,
                       queueDn, transferTo, ringS, durationS, transferAtS, holdAtS, holdForS, members))

struct ScenarioFile {
    std::optional<ProfileChanges> profile;
    std::optional<std::string> clientId, clientSecret, trunk;
    std::optional<std::vector<std::string>> monitored;
    std::optional<std::vector<ExtensionSetup>> extensions;
    std::vector<CallFile> calls;
    std::optional<double> repeatEveryS;
    std::vector<Fault> faults;
};
BOOST_DESCRIBE_STRUCT(ScenarioFile, (),
                      (profile, clientId, clientSecret, trunk, monitored, extensions, calls, repeatEveryS,
                       faults))

constexpr double kLongestS = 7 * 86'400;
constexpr std::size_t kMostCalls = 10'000;

/// Each extension plays one sample call, so that its agent program needs one file only.
constexpr const char* kDemo = R"json({
 "repeatEveryS": 240,
 "calls": [
  {"name": "01", "at": 3, "extension": "201", "callerNumber": "+33639981001", "callerName": "Claire Fontaine", "did": "+33199000000",
   "ringS": 4, "audio": "samples/calls/01-vpn-panne.flac"},
  {"name": "02", "at": 14, "extension": "202", "callerNumber": "+33465712002", "callerName": "", "did": "+33199000000",
   "ringS": 4, "audio": "samples/calls/02-imprimante.flac", "endsBy": "agent"},
  {"name": "03", "at": 50, "extension": "203", "callerNumber": "+33199003003", "callerName": "Nathalie Perrin", "did": "+33199000000",
   "ringS": 5, "audio": "samples/calls/03-mot-de-passe.flac"},
  {"name": "04", "at": 75, "extension": "204", "callerNumber": "+33639984004", "callerName": "Transports Girard", "did": "+33199000001",
   "ringS": 3, "audio": "samples/calls/04-serveur-urgent.flac", "variant": "queue", "members": ["203", "204"]},
  {"name": "05", "at": 100, "extension": "205", "callerNumber": "+33261915005", "callerName": "", "did": "+33199000000",
   "ringS": 5, "audio": "samples/calls/05-nouveau-poste.flac"},
  {"name": "missed", "at": 120, "extension": "201", "callerNumber": "+33199009999", "callerName": "", "did": "+33199000000",
   "ringS": 9, "variant": "missed"},
  {"name": "06", "at": 135, "extension": "206", "callerNumber": "+33536496006", "callerName": "Hôtel Bellevue", "did": "+33199000000",
   "ringS": 4, "audio": "samples/calls/06-suivi-satisfait.flac"}
 ]
})json";

Error wrong(std::string what) {
    return {ErrorKind::BadMessage, std::move(what)};
}

std::optional<Error> unlessOneOf(const std::string& place, const std::string& value,
                                 std::initializer_list<const char*> allowed) {
    std::string known;
    for (const char* name : allowed) {
        if (value == name) return std::nullopt;
        known += (known.empty() ? "" : ", ") + std::string{name};
    }
    return wrong(place + ": '" + value + "' is none of " + known);
}

std::optional<Error> unlessTime(const std::string& place, double s, double least = 0) {
    if (std::isfinite(s) && s >= least && s <= kLongestS) return std::nullopt;
    return wrong(place + ": must be a number of seconds from " + std::to_string(static_cast<int>(least)) +
                 " to 604800");
}

const ExtensionSetup* findExtension(const PbxScenario& site, const std::string& number) {
    const auto found =
        std::find_if(site.extensions.begin(), site.extensions.end(),
                     [&](const ExtensionSetup& extension) { return extension.number == number; });
    return found == site.extensions.end() ? nullptr : &*found;
}

std::optional<Error> unlessExtension(const std::string& place, const std::string& number,
                                     const PbxScenario& site) {
    if (findExtension(site, number)) return std::nullopt;
    return wrong(place + ": '" + number + "' is no extension of the site");
}

std::optional<Error> problemOf(const CallScript& call, const PbxScenario& site) {
    if (auto e = unlessOneOf("direction", call.direction, {"inbound", "outbound", "internal"})) return e;
    if (auto e = unlessOneOf("variant", call.variant,
                             {"answered", "missed", "rejected", "queue", "transfer", "hold"}))
        return e;
    if (auto e = unlessOneOf("endsBy", call.endsBy, {"customer", "agent"})) return e;
    if (auto e = unlessTime("at", call.at, -86'400)) return e;
    if (auto e = unlessTime("ringS", call.ringS)) return e;
    if (auto e = unlessTime("durationS", call.durationS)) return e;
    if (auto e = unlessTime("transferAtS", call.transferAtS)) return e;
    if (auto e = unlessTime("holdAtS", call.holdAtS)) return e;
    if (auto e = unlessTime("holdForS", call.holdForS)) return e;
    if (auto e = unlessExtension("extension", call.extension, site)) return e;
    if (call.direction == "internal")
        if (auto e = unlessExtension("callerNumber", call.callerNumber, site)) return e;
    if (call.variant == "transfer")
        if (auto e = unlessExtension("transferTo", call.transferTo, site)) return e;
    for (std::size_t i = 0; i < call.members.size(); ++i)
        if (auto e = unlessExtension("members[" + std::to_string(i) + "]", call.members[i], site)) return e;
    if (call.variant == "queue" && call.direction != "inbound")
        return wrong("variant: only inbound calls have a queue");
    return std::nullopt;
}

Result<CallScript> toCall(const CallFile& file, const PbxScenario& site, const AudioLookup& audio) {
    CallScript call;
    call.name = file.name;
    call.at = file.at.value_or(0);
    call.extension = file.extension;
    call.callerNumber = file.callerNumber;
    call.callerName = file.callerName.value_or("");
    call.did = file.did.value_or("");
    call.direction = file.direction.value_or(call.direction);
    call.variant = file.variant.value_or(call.variant);
    call.endsBy = file.endsBy.value_or(call.endsBy);
    call.queueDn = file.queueDn.value_or(call.queueDn);
    call.transferTo = file.transferTo.value_or("");
    call.ringS = file.ringS.value_or(call.ringS);
    call.members = file.members;
    std::optional<double> duration = file.durationS;
    if (file.audio) {
        const AudioInfo info = audio(*file.audio);
        call.audio = info.path;
        if (!duration) duration = info.durationS;
    }
    const bool isNeverAnswered = call.variant == "missed" || call.variant == "rejected";
    if (!duration && !isNeverAnswered)
        return wrong("durationS: is missing, and no script beside the audio tells it");
    call.durationS = duration.value_or(0);
    call.transferAtS = file.transferAtS.value_or(call.transferAtS);
    call.holdAtS = file.holdAtS.value_or(call.durationS / 3);
    call.holdForS = file.holdForS.value_or(call.durationS / 8);
    if (call.variant == "queue") {
        if (call.members.empty()) call.members = site.monitored;
        if (std::find(call.members.begin(), call.members.end(), call.extension) == call.members.end())
            call.members.push_back(call.extension);
    }
    if (auto problem = problemOf(call, site)) return *problem;
    return call;
}

}  // namespace

Result<void> apply(const ProfileChanges& changes, Profile& profile) {
    Profile next = profile;
    next.version = changes.version.value_or(next.version);
    next.expiresIn = changes.expiresIn.value_or(next.expiresIn);
    next.keyCase = changes.keyCase.value_or(next.keyCase);
    next.ids = changes.ids.value_or(next.ids);
    next.hold = changes.hold.value_or(next.hold);
    next.singleToken = changes.singleToken.value_or(next.singleToken);
    next.chatter = changes.chatter.value_or(next.chatter);
    next.devices = changes.devices.value_or(next.devices);
    next.tokenLifeS = changes.tokenLifeS.value_or(next.tokenLifeS);
    if (auto e = unlessOneOf("profile.version", next.version, {"v18", "v20.0.7", "v20.0.9"})) return *e;
    if (auto e = unlessOneOf("profile.expiresIn", next.expiresIn, {"seconds", "minutes"})) return *e;
    if (auto e = unlessOneOf("profile.keyCase", next.keyCase, {"snake", "pascal"})) return *e;
    if (auto e = unlessOneOf("profile.ids", next.ids, {"number", "string"})) return *e;
    if (auto e = unlessOneOf("profile.hold", next.hold, {"silent", "upsert-connected", "status-held"}))
        return *e;
    if (next.devices < 0 || next.devices > 9) return wrong("profile.devices: must be 0 to 9");
    if (next.tokenLifeS < 1 || next.tokenLifeS > 86'400)
        return wrong("profile.tokenLifeS: must be 1 to 86400");
    profile = std::move(next);
    return {};
}

Result<PbxScenario> parsePbxScenario(std::string_view text, const AudioLookup& audio,
                                     const PbxScenario& site) {
    auto file = json::decodeText<ScenarioFile>(text, json::UnknownFields::Refused);
    if (!file) return file.error();
    PbxScenario scenario = site;
    scenario.calls.clear();
    if (file->profile)
        if (auto applied = apply(*file->profile, scenario.profile); !applied) return applied.error();
    scenario.clientId = file->clientId.value_or(scenario.clientId);
    scenario.clientSecret = file->clientSecret.value_or(scenario.clientSecret);
    scenario.trunk = file->trunk.value_or(scenario.trunk);
    if (file->extensions) {
        scenario.extensions = *file->extensions;
        scenario.monitored.clear();
        for (const ExtensionSetup& extension : scenario.extensions) {
            if (extension.devices.value_or(1) < 0 || extension.devices.value_or(1) > 9)
                return wrong("extensions: " + extension.number + " must have 0 to 9 devices");
            scenario.monitored.push_back(extension.number);
        }
    }
    if (file->monitored) scenario.monitored = *file->monitored;
    for (std::size_t i = 0; i < scenario.monitored.size(); ++i)
        if (auto e = unlessExtension("monitored[" + std::to_string(i) + "]", scenario.monitored[i], scenario))
            return *e;
    if (file->calls.size() > kMostCalls) return wrong("calls: more than 10000");
    for (std::size_t i = 0; i < file->calls.size(); ++i) {
        auto call = toCall(file->calls[i], scenario, audio);
        if (!call) return wrong("calls[" + std::to_string(i) + "]." + call.error().detail);
        scenario.calls.push_back(std::move(*call));
    }
    scenario.repeatEveryS = file->repeatEveryS;
    if (scenario.repeatEveryS)
        if (auto e = unlessTime("repeatEveryS", *scenario.repeatEveryS, 1)) return *e;
    for (std::size_t i = 0; i < file->faults.size(); ++i)
        if (auto e = unlessTime("faults[" + std::to_string(i) + "].at", file->faults[i].at.value_or(0)))
            return *e;
    scenario.faults = file->faults;
    return scenario;
}

PbxScenario builtInSite() {
    PbxScenario site;
    const auto add = [&](const char* number, const char* first, const char* last, const char* email) {
        site.extensions.push_back({number, first, last, email, std::nullopt, false});
        site.monitored.push_back(number);
    };
    add("201", "Julien", "Bernard", "julien.bernard@infogerance.example");
    add("202", "Sophie", "Lambert", "sophie.lambert@infogerance.example");
    add("203", "Karim", "Haddad", "karim.haddad@infogerance.example");
    add("204", "Camille", "Marchand", "camille.marchand@infogerance.example");
    add("205", "Laura", "Petit", "laura.petit@infogerance.example");
    add("206", "Nicolas", "Faure", "nicolas.faure@infogerance.example");
    return site;
}

Result<PbxScenario> demoScenario(const AudioLookup& audio) {
    return parsePbxScenario(kDemo, audio);
}

}  // namespace ninja3cx::simulators
