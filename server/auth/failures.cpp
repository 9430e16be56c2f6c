#include "server/auth/failures.hpp"

#include <algorithm>

namespace ninja3cx::auth {

int Failures::current(const Count& count) const {
    const auto forgiven = (clock_.steady() - count.since) /
                          std::chrono::duration_cast<std::chrono::milliseconds>(kForgiveEvery);
    return forgiven >= count.failures ? 0 : count.failures - static_cast<int>(forgiven);
}

bool Failures::isBlocked(const std::string& address) const {
    const auto found = counts_.find(address);
    return found != counts_.end() && current(found->second) >= kAllowed;
}

void Failures::note(const std::string& address) {
    if (counts_.size() >= kMaxAddresses) forget();
    Count& count = counts_[address];
    count = Count{std::min(current(count) + 1, kAllowed), clock_.steady()};
}

void Failures::forget() {
    std::erase_if(counts_, [&](const auto& entry) { return current(entry.second) == 0; });
    if (counts_.size() >= kMaxAddresses) counts_.clear();
}

}  // namespace ninja3cx::auth
