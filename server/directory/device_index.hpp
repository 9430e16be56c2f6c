#pragma once

#include "server/directory/directory_lists.hpp"
#include "shared/protocol/records.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ninja3cx::directory {

/// The sites and computers of organisations, made searchable. Pure; does not change.
class DeviceIndex {
public:
    DeviceIndex() = default;
    explicit DeviceIndex(const Lists& lists);

    /// Those of the organisation, at most `limit`. First the ones that NinjaOne ties to `caller`, a person of that
    /// organisation: what an end user is assigned, then what has the caller for owner; where there is none of these, where
    /// somebody of the name before the @ of the caller's address was logged on last. Then those with something wrong.
    std::vector<protocol::Device> devicesOf(std::int64_t organizationId,
                                            const std::optional<protocol::Contact>& caller,
                                            std::size_t limit) const;
    std::optional<protocol::Device> device(std::int64_t id) const;
    bool isEmpty() const { return devices_.empty(); }
    /// By name.
    std::vector<protocol::Location> locationsOf(std::int64_t organizationId) const;

private:
    using Places = std::vector<std::size_t>;  // in devices_
    struct Owned {
        protocol::Device device;
        std::string ownerUid;
        std::string lastUser;  // comparable
        std::int64_t loggedOnAt = 0;
    };
    Places tiedTo(std::int64_t organizationId, const protocol::Contact& caller) const;

    std::vector<Owned> devices_;
    std::unordered_map<std::int64_t, std::size_t> byId_;
    std::unordered_map<std::int64_t, Places> byOrganization_;  // in the order in which they are shown
    std::unordered_map<std::string, Places> byOwner_;
    std::unordered_map<std::string, Places> byLastUser_;                   // the last logged on first
    std::unordered_map<std::string, std::vector<std::int64_t>> assigned_;  // to an end user, by uid
    std::unordered_map<std::int64_t, std::vector<protocol::Location>> locations_;
};

/// An account's or an address's own part, comparable: "cmartin" of "EXEMPLE\\c-martin" and of "C.Martin@exemple.fr".
std::string accountName(std::string_view written);

}  // namespace ninja3cx::directory
