#include "simulators/pbx/user_board.hpp"

#include "simulators/pbx/checks.hpp"

namespace ninja3cx::simulators {

std::optional<Error> problemOf(const std::string& place, const UserChange& change, const Site& site) {
    if (auto e = unlessExtension(place + "number", change.number, site)) return e;
    if (change.queueStatus)
        if (auto e = unlessOneOf(place + "queueStatus", *change.queueStatus, {"LoggedIn", "LoggedOut"}))
            return e;
    if (change.profile && (change.profile->empty() || change.profile->size() > 64))
        return wrong(place + "profile: must have 1 to 64 characters");
    return unlessTime(place + "at", change.at.value_or(0));
}

void UserBoard::change(const UserChange& change) {
    User& user = users_[change.number];
    if (change.queueStatus) user.isLoggedIn = *change.queueStatus == "LoggedIn";
    if (change.registered) user.isRegistered = *change.registered;
    if (change.profile) user.profile = *change.profile;
}

const UserBoard::User& UserBoard::of(const std::string& number) const {
    const auto found = users_.find(number);
    return found == users_.end() ? untouched_ : found->second;
}

}  // namespace ninja3cx::simulators
