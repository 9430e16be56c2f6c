#include "server/telephony/active_calls.hpp"
#include "server/telephony/active_calls_tracker.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

/// Whatever a list says, each call has a key of its own, and an empty list ends all of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx;
    using namespace ninja3cx::telephony;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    (void)parseExtensions(text);
    (void)readIsoTime(text);
    const auto calls = parseActiveCalls(text);
    if (!calls) return 0;
    ActiveCallsTracker tracker{{}, [](const std::string& dn) { return dn.size() < 5; }};
    const SystemTime now{};
    for (int times = 0; times < 2; ++times) {
        (void)tracker.look(*calls, ActiveCallsTracker::Gap::None, now);
        auto keys = tracker.liveKeys();
        std::ranges::sort(keys);
        if (std::ranges::adjacent_find(keys) != keys.end()) std::abort();
    }
    const std::size_t live = tracker.liveKeys().size();
    if (tracker.look({}, ActiveCallsTracker::Gap::None, now).size() != live || tracker.hasCalls())
        std::abort();
    return 0;
}
