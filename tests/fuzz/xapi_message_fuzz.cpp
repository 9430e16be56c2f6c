#include "server/telephony/recording_hunt.hpp"
#include "server/telephony/site_view.hpp"

#include <cstdint>
#include <cstdlib>

/// Users have numbers, and a call is given one recording at most.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx;
    using namespace ninja3cx::telephony;
    constexpr std::int64_t kNowMs = 1'768'208'400'000;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto users = parseXapiUsers(text)) {
        if (users->items.size() > users->rows) std::abort();
        for (const XapiUser& user : users->items)
            if (user.number.empty() || pbxUserOf(user).name.size() > 200) std::abort();
    }
    if (const auto recordings = parseXapiRecordings(text)) {
        const calls::SilentCall call{CallId{"call-1"}, Extension{"201"}, "+33142345678", kNowMs,
                                     kNowMs + 60'000};
        if (matchRecordings({call}, recordings->items, {}, 0).size() > 1) std::abort();
    }
    return 0;
}
