#include "server/discovery/publishing_flow.hpp"

#include <utility>

namespace ninja3cx::discovery {
namespace {

/// With the word to people, if it is news for them.
PublishStep telling(PublishStep step, PublishNews news, PublishAction say) {
    if (std::exchange(step.next.told, news) != news) step.actions.push_back(say);
    return step;
}

}  // namespace

PublishStep advance(const PublishState& state, PublishEvent event) {
    using enum PublishEvent;
    using enum PublishAction;
    // After "it is gone" nobody needs to hear that it is not there.
    const bool isAwaySaid = state.told == PublishNews::Lost;
    switch (event) {
        case BusAbsent: {
            const PublishStep step{{false, state.told}, {ReconnectLater}};
            return isAwaySaid ? step : telling(step, PublishNews::Absent, SayAbsent);
        }
        case DaemonAbsent: {
            const PublishStep step{{false, state.told}, {}};
            return isAwaySaid ? step : telling(step, PublishNews::Absent, SayAbsent);
        }
        case DaemonBusy:
            return {{false, state.told}, {Withdraw}};
        case DaemonRuns:
            return {{true, state.told}, {Register}};
        case DaemonLost: {
            const PublishStep step{{false, state.told}, {ReconnectSoon}};
            return state.told == PublishNews::Published ? telling(step, PublishNews::Lost, SayLost) : step;
        }
        case NameTaken:
            if (!state.isRegistering) return {state, {}};
            return {state, {TakeOtherName, Register}};
        case Established:
            if (!state.isRegistering) return {state, {}};
            return telling({state, {}}, PublishNews::Published, SayPublished);
        case Refused:
            return telling({{false, state.told}, {ReconnectLater}}, PublishNews::Refused, SayRefused);
    }
    return {state, {}};
}

}  // namespace ninja3cx::discovery
