#include "server/auth/refusals.hpp"

#include <utility>

namespace ninja3cx::auth {
namespace {

bool isPowerOfTen(std::int64_t number) {
    while (number % 10 == 0) number /= 10;
    return number == 1;
}

}  // namespace

std::optional<std::string> Refusals::note(const std::string& address) {
    if (clock_.steady() - began_ >= kWindow) {
        counts_.clear();
        hasToldOfMore_ = false;
        began_ = clock_.steady();
    }
    if (!counts_.contains(address) && counts_.size() >= kMostAddresses) {
        if (std::exchange(hasToldOfMore_, true)) return std::nullopt;
        return "more addresses";
    }
    const std::int64_t count = ++counts_[address];
    if (!isPowerOfTen(count)) return std::nullopt;
    return count == 1 ? address : address + ", " + std::to_string(count) + " times";
}

}  // namespace ninja3cx::auth
