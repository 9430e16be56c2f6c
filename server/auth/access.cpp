#include "server/auth/access.hpp"

#include "server/auth/hash.hpp"
#include "shared/core/ids.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::auth {
namespace {

constexpr const char* kPrefix = "3cxn_";
constexpr const char* kSiteKeyId = "API_KEY";

}  // namespace

std::string makeKey() {
    return kPrefix + randomHex(32);
}

Access::Access(AccessOptions options, const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      failures_(clock),
      refusals_(clock),
      sessions_(clock, options_.sessionFile, options_.onDisk, options_.onDiskProblem) {
    if (!options_.apiKey.empty()) apiKeyHash_ = sha256Hex(options_.apiKey);
}

void Access::setKeys(std::vector<KeyRecord> keys) {
    keys_ = std::move(keys);
    std::erase_if(useToldAt_, [this](const auto& told) {
        return std::none_of(keys_.begin(), keys_.end(),
                            [&](const auto& key) { return key.id == told.first; });
    });
    sessions_.keepOnly([this](const Principal& principal) { return isValid(principal); });
}

Result<Principal> Access::byKey(const std::string& key, const std::string& address) {
    const std::string hash = sha256Hex(key);
    const KeyRecord* found = nullptr;
    for (const KeyRecord& record : keys_)
        if (equalInConstantTime(record.hash, hash)) found = &record;
    if (found) return used(*found);
    if (failures_.isBlocked(address)) {
        refused(address);
        return Error{ErrorKind::Busy, "too many wrong keys from this address; wait a minute"};
    }
    if (!apiKeyHash_.empty() && equalInConstantTime(apiKeyHash_, hash))
        return Principal{Role::Dashboard, std::nullopt, true, kSiteKeyId};
    if (options_.findKey && key.starts_with(kPrefix)) {
        if (auto fresh = options_.findKey(hash)) {
            keys_.push_back(*fresh);
            return used(*fresh);
        }
    }
    failures_.note(address);
    refused(address);
    return Error{ErrorKind::Unauthorized, "this key is not known here"};
}

void Access::refused(const std::string& address) {
    const auto about = refusals_.note(address);
    if (about && options_.onRefused) options_.onRefused(*about);
}

Principal Access::used(const KeyRecord& key) {
    const auto told = useToldAt_.find(key.id);
    if (options_.onKeyUsed && (told == useToldAt_.end() || clock_.steady() - told->second >= kUseToldEvery)) {
        useToldAt_[key.id] = clock_.steady();
        options_.onKeyUsed(key.id);
    }
    return Principal{key.role, key.extension, false, key.id};
}

std::string Access::makeLink(Role role) {
    const std::string once = randomHex(32);
    links_[sha256Hex(once)] = Link{role, clock_.steady() + kLinkLife};
    return once;
}

std::optional<Principal> Access::redeemLink(const std::string& once, const std::string& address) {
    std::erase_if(links_, [&](const auto& link) { return link.second.until <= clock_.steady(); });
    const auto found = links_.find(sha256Hex(once));
    if (found == links_.end() || failures_.isBlocked(address)) {
        failures_.note(address);
        refused(address);
        return std::nullopt;
    }
    const Principal principal{found->second.role, std::nullopt, false, kLinkKeyId};
    links_.erase(found);
    return principal;
}

bool Access::isValid(const Principal& principal) const {
    if (principal.keyId == kLinkKeyId) return true;
    if (principal.keyId == kSiteKeyId) return !apiKeyHash_.empty();
    return std::any_of(keys_.begin(), keys_.end(), [&](const KeyRecord& record) {
        return record.id == principal.keyId && record.role == principal.role &&
               record.extension == principal.extension;
    });
}

}  // namespace ninja3cx::auth
