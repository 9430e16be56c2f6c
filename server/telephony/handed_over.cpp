#include "server/telephony/handed_over.hpp"

#include "server/telephony/phone_keys.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>

namespace ninja3cx::telephony {
namespace {

/// "3cx/201/4711/8106": "3cx/" and "201".
std::string prefixOf(std::string_view key) {
    return std::string{key.substr(0, key.find('/') + 1)};
}
std::string extensionOf(std::string_view key) {
    key.remove_prefix(std::min(key.find('/') + 1, key.size()));
    return std::string{key.substr(0, key.find('/'))};
}
bool isOfPbx(const std::string& key) {
    return key.starts_with(kEventKeys) || key.starts_with(kListKeys);
}

}  // namespace

void HandedOver::begin(std::string prefix) {
    prefix_ = std::move(prefix);
}

std::vector<std::string> HandedOver::open() const {
    std::vector<std::string> open;
    std::ranges::copy_if(known_, std::back_inserter(open),
                         [&](const std::string& key) { return key.starts_with(prefix_); });
    return open;
}

std::vector<std::pair<std::string, std::vector<std::string>>> HandedOver::look(
    const std::vector<std::string>& live) {
    std::set<std::string> busy;
    for (const std::string& key : live) busy.insert(extensionOf(key));
    std::map<std::string, std::vector<std::string>> others;
    for (const std::string& key : known_) {
        if (!isOfPbx(key) || key.starts_with(prefix_)) continue;
        auto& kept = others[prefixOf(key)];
        if (busy.contains(extensionOf(key))) kept.push_back(key);
    }
    known_ = live;
    for (const auto& [prefix, kept] : others) known_.insert(known_.end(), kept.begin(), kept.end());
    return {others.begin(), others.end()};
}

}  // namespace ninja3cx::telephony
