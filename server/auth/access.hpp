#pragma once

#include "server/auth/failures.hpp"
#include "server/auth/principal.hpp"
#include "server/auth/refusals.hpp"
#include "server/auth/sessions.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::auth {

/// One key as it is stored: never the key itself.
struct KeyRecord {
    std::string id;  // "key-3fa2…"
    Role role{};
    std::optional<Extension> extension;
    std::string hash;  // sha256Hex of the key
};

/// A new key: 256 random bits with a prefix that tells people and secret scanners what it is, "3cxn_…".
std::string makeKey();

struct AccessOptions {
    std::string apiKey;                 // from the environment; empty: none
    std::filesystem::path sessionFile;  // empty: sessions end with the process
    /// Looks up a key that is not among those of `setKeys`: it may have been made a moment ago. May be empty.
    std::function<std::optional<KeyRecord>(const std::string& hash)> findKey{};
    /// Told that one of these keys let somebody in, at most once a minute for each. May be empty.
    std::function<void(const std::string& keyId)> onKeyUsed{};
    /// Told of wrong keys and spent links: an address, perhaps with a count; a flood of them seldom. May be
    /// empty.
    std::function<void(const std::string& about)> onRefused{};
    /// Runs what it is given on another thread, in order: the session file is written there. Empty: at once.
    std::function<void(std::function<void()>)> onDisk{};
    /// Told there why the session file could not be written. May be empty.
    std::function<void(const Error&)> onDiskProblem{};
};

/// Decides who may come in: keys, browser sessions, one-time login links. Network thread only.
class Access {
public:
    static constexpr std::chrono::minutes kLinkLife{30};
    static constexpr std::chrono::minutes kUseToldEvery{1};

    Access(AccessOptions options, const Clock& clock);

    /// All keys that are valid now. Sessions of keys that are gone end.
    void setKeys(std::vector<KeyRecord> keys);

    /// Unauthorized, or Busy when this address failed too often. Keys made by us cannot be guessed and
    /// therefore always get in; API_KEY, which a person chose, waits with its address.
    Result<Principal> byKey(const std::string& key, const std::string& address);

    std::string openSession(const Principal& principal) { return sessions_.open(principal); }
    std::optional<Principal> bySession(const std::string& token) { return sessions_.find(token); }
    void closeSession(const std::string& token) { sessions_.close(token); }

    /// A token for /login?once=…, good for one use. Nothing revokes such a login, so it is short and ends with
    /// the process at the latest.
    std::string makeLink(Role role);
    std::optional<Principal> redeemLink(const std::string& once, const std::string& address);

    /// Whether what let this principal in still stands: open connections ask now and then.
    bool isValid(const Principal& principal) const;

private:
    struct Link {
        Role role{};
        SteadyTime until;
    };
    Principal used(const KeyRecord& key);
    void refused(const std::string& address);

    AccessOptions options_;
    const Clock& clock_;
    std::string apiKeyHash_;
    std::vector<KeyRecord> keys_;
    std::map<std::string, SteadyTime> useToldAt_;  // by key id
    Failures failures_;
    Refusals refusals_;
    Sessions sessions_;
    std::map<std::string, Link> links_;  // by hash
};

}  // namespace ninja3cx::auth
