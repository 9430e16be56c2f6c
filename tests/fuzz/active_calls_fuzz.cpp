#include "server/telephony/active_calls.hpp"
#include "server/telephony/active_calls_tracker.hpp"
#include "server/telephony/pbx_time.hpp"
#include "server/telephony/site_view.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

/// Whatever a list says, each call has a key of its own, whoever waits does so in a queue that is named, and an empty list
/// ends all calls. A time is one that a calendar has.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx;
    using namespace ninja3cx::telephony;
    constexpr std::int64_t kNowMs = 1'768'208'400'000;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    (void)parseExtensions(text);
    if (const auto time = readPbxTime(text);
        time && (toEpochMs(*time) < -63'000'000'000'000 || toEpochMs(*time) > 254'000'000'000'000))
        std::abort();
    const auto calls = parseActiveCalls(text);
    if (!calls) return 0;
    QueueBoard board;
    board.look(*calls, {}, kNowMs);
    for (const auto& queue : board.queues())
        if (queue.queue.empty() || queue.waiting < 0 || queue.oldestSinceMs.value_or(kNowMs) > kNowMs)
            std::abort();
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
