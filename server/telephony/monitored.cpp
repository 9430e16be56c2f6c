#include "server/telephony/monitored.hpp"

#include <algorithm>

namespace ninja3cx::telephony {

std::vector<std::string> Monitored::look(const std::set<std::string>& seen) {
    std::erase_if(told_, [&](const std::string& dn) { return seen.contains(dn); });
    std::vector<std::string> missing;
    for (const std::string& dn : expected_)
        if (!seen.contains(dn) && told_.insert(dn).second) missing.push_back(dn);
    return missing;
}

void Monitored::doubt(const std::string& dn) {
    if (std::find(expected_.begin(), expected_.end(), dn) == expected_.end()) expected_.push_back(dn);
}

std::string unmonitoredText(const std::vector<std::string>& extensions) {
    std::string names;
    for (const std::string& extension : extensions) names += (names.empty() ? "" : ", ") + extension;
    return extensions.size() == 1 ? "extension " + names + " is not monitored: its calls are not seen"
                                  : "extensions " + names + " are not monitored: their calls are not seen";
}

}  // namespace ninja3cx::telephony
