#include "shared/protocol/corrections.hpp"

namespace ninja3cx::protocol {

std::string uncorrected(std::string text, const std::vector<Correction>& corrections) {
    std::size_t end = text.size();
    for (auto correction = corrections.rbegin(); correction != corrections.rend(); ++correction) {
        if (correction->at < 0 || correction->length < 0) continue;
        const auto at = static_cast<std::size_t>(correction->at);
        const auto length = static_cast<std::size_t>(correction->length);
        if (at > end || length > end - at) continue;
        text.replace(at, length, correction->heard);
        end = at;
    }
    return text;
}

}  // namespace ninja3cx::protocol
