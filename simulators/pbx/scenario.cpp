#include "simulators/pbx/scenario.hpp"

#include "shared/json/codec.hpp"
#include "simulators/pbx/checks.hpp"
#include "simulators/pbx/fault_kinds.hpp"

namespace ninja3cx::simulators {
namespace {

struct ScenarioFile {
    std::optional<ProfileChanges> profile;
    std::optional<std::string> clientId, clientSecret, trunk;
    std::optional<std::vector<std::string>> monitored;
    std::optional<std::vector<ExtensionSetup>> extensions;
    std::optional<std::vector<QueueSetup>> queues;
    std::vector<UserChange> users;
    std::vector<CallFile> calls;
    std::optional<double> repeatEveryS;
    std::vector<Fault> faults;
    std::vector<ContactUrl> contactUrls;
    std::vector<SoftphonePipe> softphonePipes;
};
BOOST_DESCRIBE_STRUCT(ScenarioFile, (),
                      (profile, clientId, clientSecret, trunk, monitored, extensions, queues, users, calls,
                       repeatEveryS, faults, contactUrls, softphonePipes))

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

std::string place(const char* list, std::size_t index) {
    return std::string{list} + "[" + std::to_string(index) + "].";
}

Result<Site> siteOf(const ScenarioFile& file) {
    Site site = builtInSite();
    site.clientId = file.clientId.value_or(site.clientId);
    site.clientSecret = file.clientSecret.value_or(site.clientSecret);
    site.trunk = file.trunk.value_or(site.trunk);
    if (file.extensions) {
        site.extensions = *file.extensions;
        site.monitored.clear();
        for (const ExtensionSetup& extension : site.extensions) site.monitored.push_back(extension.number);
    }
    if (file.queues) site.queues = *file.queues;
    if (file.monitored) site.monitored = *file.monitored;
    if (auto problem = problemOf(site)) return *problem;
    return site;
}

/// What happens: calls, users, faults, and on the desktops.
Result<void> addEvents(PbxScenario& scenario, const ScenarioFile& file, const AudioLookup& audio) {
    if (file.calls.size() > kMostCalls) return wrong("calls: more than 10000");
    for (std::size_t i = 0; i < file.calls.size(); ++i) {
        auto call = toCall(file.calls[i], scenario.site, audio);
        if (!call) return wrong(place("calls", i) + call.error().detail);
        scenario.calls.push_back(std::move(*call));
    }
    for (std::size_t i = 0; i < file.users.size(); ++i)
        if (auto e = problemOf(place("users", i), file.users[i], scenario.site)) return *e;
    scenario.users = file.users;
    for (std::size_t i = 0; i < file.faults.size(); ++i)
        if (auto e = problemOf(file.faults[i])) return wrong(place("faults", i) + e->detail);
    scenario.faults = file.faults;
    for (std::size_t i = 0; i < file.contactUrls.size(); ++i)
        if (auto e = problemOf(place("contactUrls", i), file.contactUrls[i], scenario.site)) return *e;
    scenario.contactUrls = file.contactUrls;
    for (std::size_t i = 0; i < file.softphonePipes.size(); ++i)
        if (auto e = problemOf(place("softphonePipes", i), file.softphonePipes[i], scenario.site)) return *e;
    scenario.softphonePipes = file.softphonePipes;
    return {};
}

/// The first field of `file` that only a scenario at the start may have.
const char* onlyAtStart(const ScenarioFile& file) {
    if (file.profile) return "profile";
    if (file.clientId || file.clientSecret) return "clientId, clientSecret";
    if (file.trunk) return "trunk";
    if (file.monitored) return "monitored";
    if (file.extensions) return "extensions";
    if (file.queues) return "queues";
    if (file.repeatEveryS) return "repeatEveryS";
    return nullptr;
}

}  // namespace

Result<PbxScenario> parsePbxScenario(std::string_view text, const AudioLookup& audio) {
    auto file = json::decodeText<ScenarioFile>(text, json::UnknownFields::Refused);
    if (!file) return file.error();
    PbxScenario scenario;
    if (file->profile)
        if (auto applied = apply(*file->profile, scenario.profile); !applied) return applied.error();
    auto site = siteOf(*file);
    if (!site) return site.error();
    scenario.site = std::move(*site);
    if (auto added = addEvents(scenario, *file, audio); !added) return added.error();
    scenario.repeatEveryS = file->repeatEveryS;
    if (scenario.repeatEveryS)
        if (auto e = unlessTime("repeatEveryS", *scenario.repeatEveryS, 1)) return *e;
    return scenario;
}

Result<PbxScenario> parsePbxAddition(std::string_view text, const AudioLookup& audio, const Site& site) {
    auto file = json::decodeText<ScenarioFile>(text, json::UnknownFields::Refused);
    if (!file) return file.error();
    if (const char* field = onlyAtStart(*file))
        return wrong(std::string{field} + ": only the scenario that the PBX starts with may have it");
    PbxScenario scenario;
    scenario.site = site;
    if (auto added = addEvents(scenario, *file, audio); !added) return added.error();
    return scenario;
}

Result<PbxScenario> demoScenario(const AudioLookup& audio) {
    return parsePbxScenario(kDemo, audio);
}

}  // namespace ninja3cx::simulators
