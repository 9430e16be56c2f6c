#pragma once

#include "shared/core/ids.hpp"
#include "shared/json/codec.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::auth {

/// Agent: an agent program, its own extension's calls only. Dashboard: the live view. Supervisor: also the
/// history and single calls, audited. Admin: also the audit trail.
enum class Role { Agent = 1, Dashboard, Supervisor, Admin };
BOOST_DESCRIBE_ENUM(Role, Agent, Dashboard, Supervisor, Admin)

std::string nameOf(Role role);
std::optional<Role> roleNamed(std::string_view name);

/// Who is asking, as proven by a key.
struct Principal {
    Role role{};
    std::optional<Extension> extension;  // of an agent's key; absent on a key for any extension
    bool isSiteKey = false;              // API_KEY: agent and dashboard in one
    std::string keyId;                   // "key-3fa2…", "API_KEY", "link"
    bool operator==(const Principal&) const = default;
};
BOOST_DESCRIBE_STRUCT(Principal, (), (role, extension, isSiteKey, keyId))

/// Let in by a one-time login link, and not by a key that could be revoked.
inline constexpr const char* kLinkKeyId = "link";

bool mayBeAgent(const Principal& principal);
bool mayBeBoard(const Principal& principal);
bool maySupervise(const Principal& principal);
bool mayAudit(const Principal& principal);

/// For the audit trail: "agent:201", "supervisor:key-3fa2".
std::string actorOf(const Principal& principal, const std::optional<Extension>& speaksFor = std::nullopt);

}  // namespace ninja3cx::auth
