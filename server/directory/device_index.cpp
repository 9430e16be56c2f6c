#include "server/directory/device_index.hpp"

#include "server/directory/directory_copy.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace ninja3cx::directory {
namespace {

constexpr std::size_t kMostAlerts = 5;
/// An account that is logged on on more computers than this is no person's: "administrator", "accueil".
constexpr std::size_t kMostLogOns = 3;

/// What is wrong with each device, in NinjaOne's words: its alerts, and what its health says beside them.
std::unordered_map<std::int64_t, std::vector<std::string>> troublesOf(const Lists& lists) {
    std::unordered_map<std::int64_t, std::vector<std::string>> troubles;
    for (const AlertRecord& alert : *lists.alerts) {
        auto& texts = troubles[alert.deviceId];
        const bool isKnown = std::find(texts.begin(), texts.end(), alert.message) != texts.end();
        if (!alert.message.empty() && !isKnown && texts.size() < kMostAlerts) texts.push_back(alert.message);
    }
    for (const HealthRecord& health : *lists.health) {
        auto& texts = troubles[health.deviceId];
        const bool isIll = health.status == "UNHEALTHY" || health.status == "NEEDS_ATTENTION";
        if (isIll && texts.empty()) texts.push_back(health.status);
        if (!health.rebootReason.empty() && texts.size() < kMostAlerts) texts.push_back(health.rebootReason);
    }
    return troubles;
}

}  // namespace

std::string accountName(std::string_view written) {
    if (const auto at = written.find('@'); at != std::string_view::npos) written = written.substr(0, at);
    if (const auto at = written.rfind('\\'); at != std::string_view::npos) written = written.substr(at + 1);
    std::string name = plainLetters(written);
    std::erase_if(name, [](char c) { return c == '.' || c == '-' || c == '_' || c == ' '; });
    return name;
}

DeviceIndex::DeviceIndex(const Lists& lists) {
    const auto troubles = troublesOf(lists);
    std::unordered_map<std::int64_t, const LoggedOnRecord*> loggedOn;
    for (const LoggedOnRecord& record : *lists.loggedOn) loggedOn.emplace(record.deviceId, &record);
    devices_.reserve(lists.devices->size());
    for (const DeviceRecord& record : *lists.devices) {
        Owned owned;
        owned.device.id = record.id;
        owned.device.name = record.name;
        owned.device.organizationId = record.organizationId;
        if (record.locationId != 0) owned.device.locationId = record.locationId;
        owned.device.isOffline = record.isOffline;
        if (const auto found = troubles.find(record.id); found != troubles.end())
            owned.device.alerts = found->second;
        owned.ownerUid = record.ownerUid;
        if (const auto found = loggedOn.find(record.id); found != loggedOn.end()) {
            owned.lastUser = accountName(found->second->userName);
            owned.loggedOnAt = found->second->atS;
        }
        const std::size_t place = devices_.size();
        byId_.emplace(record.id, place);
        byOrganization_[record.organizationId].push_back(place);
        if (!owned.ownerUid.empty()) byOwner_[owned.ownerUid].push_back(place);
        if (!owned.lastUser.empty()) byLastUser_[owned.lastUser].push_back(place);
        devices_.push_back(std::move(owned));
    }
    for (auto& [organization, places] : byOrganization_)
        std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
            const auto rank = [&](std::size_t i) {
                const protocol::Device& device = devices_[i].device;
                return std::tuple<bool, const std::string&, std::size_t>{device.alerts.empty(), device.name,
                                                                         i};
            };
            return rank(a) < rank(b);
        });
    for (auto& [user, places] : byLastUser_)
        std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
            return devices_[a].loggedOnAt > devices_[b].loggedOnAt;
        });
    for (const auto& people : {lists.endUsers, lists.contacts})
        for (const PersonRecord& person : *people)
            if (!person.deviceIds.empty()) assigned_.emplace(person.uid, person.deviceIds);
    for (const LocationRecord& record : *lists.locations)
        locations_[record.organizationId].push_back({record.id, record.name});
    for (auto& [organization, locations] : locations_)
        std::stable_sort(locations.begin(), locations.end(),
                         [](const auto& a, const auto& b) { return a.name < b.name; });
}

DeviceIndex::Places DeviceIndex::tiedTo(std::int64_t organizationId, const protocol::Contact& caller) const {
    Places tied;
    const auto add = [&](std::size_t place) {
        const bool isKnown = std::find(tied.begin(), tied.end(), place) != tied.end();
        if (!isKnown && devices_[place].device.organizationId == organizationId) tied.push_back(place);
    };
    if (const auto assigned = assigned_.find(caller.uid); assigned != assigned_.end())
        for (const std::int64_t id : assigned->second)
            if (const auto found = byId_.find(id); found != byId_.end()) add(found->second);
    if (const auto owned = byOwner_.find(caller.uid); owned != byOwner_.end())
        for (const std::size_t place : owned->second) add(place);
    const std::string account = accountName(caller.email.value_or(""));
    if (!tied.empty() || account.empty()) return tied;
    if (const auto used = byLastUser_.find(account); used != byLastUser_.end())
        for (const std::size_t place : used->second) add(place);
    if (tied.size() > kMostLogOns) tied.clear();
    return tied;
}

std::vector<protocol::Device> DeviceIndex::devicesOf(std::int64_t organizationId,
                                                     const std::optional<protocol::Contact>& caller,
                                                     std::size_t limit) const {
    std::vector<protocol::Device> devices;
    std::set<std::size_t> given;
    if (caller && caller->organizationId == organizationId && !caller->uid.empty()) {
        for (const std::size_t place : tiedTo(organizationId, *caller)) {
            if (devices.size() == limit) break;
            given.insert(place);
            devices.push_back(devices_[place].device);
            devices.back().isCallers = true;
        }
    }
    const auto found = byOrganization_.find(organizationId);
    if (found == byOrganization_.end()) return devices;
    for (const std::size_t place : found->second) {
        if (devices.size() >= limit) break;
        if (!given.contains(place)) devices.push_back(devices_[place].device);
    }
    return devices;
}

std::optional<protocol::Device> DeviceIndex::device(std::int64_t id) const {
    const auto found = byId_.find(id);
    return found == byId_.end() ? std::nullopt : std::optional{devices_[found->second].device};
}

std::vector<protocol::Location> DeviceIndex::locationsOf(std::int64_t organizationId) const {
    const auto found = locations_.find(organizationId);
    return found == locations_.end() ? std::vector<protocol::Location>{} : found->second;
}

}  // namespace ninja3cx::directory
