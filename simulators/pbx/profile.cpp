#include "simulators/pbx/profile.hpp"

#include "simulators/pbx/checks.hpp"

#include <vector>

namespace ninja3cx::simulators {
namespace {

struct Choice {
    const char* field;
    std::optional<std::string> ProfileChanges::*change;
    std::string Profile::*value;
    std::vector<const char*> allowed;
};

const std::vector<Choice>& choices() {
    using C = ProfileChanges;
    using P = Profile;
    static const std::vector<Choice> all{
        {"version", &C::version, &P::version, {"v18", "v20.0.7", "v20.0.9"}},
        {"expiresIn", &C::expiresIn, &P::expiresIn, {"seconds", "minutes"}},
        {"keyCase", &C::keyCase, &P::keyCase, {"snake", "pascal"}},
        {"ids", &C::ids, &P::ids, {"number", "string"}},
        {"hold", &C::hold, &P::hold, {"silent", "upsert-connected", "status-held"}},
        {"callControl", &C::callControl, &P::callControl, {"on", "off"}},
        {"xapi", &C::xapi, &P::xapi, {"on", "off"}},
        {"licence", &C::licence, &P::licence, {"full", "missing"}},
        {"role", &C::role, &P::role, {"owner", "user"}},
        {"tls", &C::tls, &P::tls, {"off", "valid", "self-signed", "wrong-name", "expired"}}};
    return all;
}

}  // namespace

Result<void> apply(const ProfileChanges& changes, Profile& profile) {
    Profile next = profile;
    for (const Choice& choice : choices()) {
        const auto& value = changes.*choice.change;
        if (!value) continue;
        if (auto e = unlessOneOf(std::string{"profile."} + choice.field, *value, choice.allowed)) return *e;
        next.*choice.value = *value;
    }
    next.singleToken = changes.singleToken.value_or(next.singleToken);
    next.chatter = changes.chatter.value_or(next.chatter);
    next.devices = changes.devices.value_or(next.devices);
    next.tokenLifeS = changes.tokenLifeS.value_or(next.tokenLifeS);
    next.clockSkewS = changes.clockSkewS.value_or(next.clockSkewS);
    if (next.devices < 0 || next.devices > 9) return wrong("profile.devices: must be 0 to 9");
    if (next.tokenLifeS < 1 || next.tokenLifeS > 86'400)
        return wrong("profile.tokenLifeS: must be 1 to 86400");
    if (auto e = unlessTime("profile.clockSkewS", next.clockSkewS, -604'800)) return *e;
    profile = std::move(next);
    return {};
}

}  // namespace ninja3cx::simulators
