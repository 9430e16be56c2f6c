#include "server/directory/directory_copy.hpp"
#include "server/directory/phone_number.hpp"
#include "shared/core/text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// A number that was read is read again as itself; names fold without harm.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::directory;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const char* country : {"FR", "BE", "US", "IT", "AR", "MX", "RE"}) {
        const DialPlan plan{country};
        if (!text.empty() && formsOf(text, plan).empty()) std::abort();
        const auto number = readPhoneNumber(text, plan);
        if (!number) continue;
        if (number->tail.empty() || number->tail.size() > 9) std::abort();
        if (number->e164.empty()) continue;
        const auto again = readPhoneNumber(number->e164, plan);
        if (!again || again->e164 != number->e164) std::abort();
    }
    const std::string plain = ninja3cx::plainLetters(ninja3cx::lowered(text));
    if (!ninja3cx::isSameWord(plain, plain)) std::abort();
    return 0;
}
