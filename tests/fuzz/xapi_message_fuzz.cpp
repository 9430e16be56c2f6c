#include "server/telephony/recording_hunt.hpp"
#include "server/telephony/site_view.hpp"

#include <cstdint>
#include <cstdlib>

/// A time is one that a calendar has; whoever waits does so in a queue that is named.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx;
    using namespace ninja3cx::telephony;
    constexpr std::int64_t kNowMs = 1'768'208'400'000;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto time = parseXapiTime(text);
        time && (*time < -63'000'000'000'000 || *time > 254'000'000'000'000))
        std::abort();
    if (const auto users = parseXapiUsers(text)) {
        if (users->items.size() > users->rows) std::abort();
        for (const XapiUser& user : users->items)
            if (user.number.empty() || pbxUserOf(user).name.size() > 200) std::abort();
    }
    if (const auto calls = parseXapiCalls(text)) {
        QueueBoard board;
        board.look(calls->items, {}, kNowMs);
        for (const auto& queue : board.queues())
            if (queue.queue.empty() || queue.waiting < 0 || queue.oldestSinceMs.value_or(kNowMs) > kNowMs)
                std::abort();
    }
    if (const auto recordings = parseXapiRecordings(text)) {
        const calls::SilentCall call{CallId{"call-1"}, Extension{"201"}, "+33142345678", kNowMs,
                                     kNowMs + 60'000};
        if (matchRecordings({call}, recordings->items, {}, 0).size() > 1) std::abort();
    }
    return 0;
}
