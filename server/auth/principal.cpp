#include "server/auth/principal.hpp"

namespace ninja3cx::auth {

std::string nameOf(Role role) {
    return json::detail::enumName(role);
}

std::optional<Role> roleNamed(std::string_view name) {
    for (const Role role : {Role::Agent, Role::Dashboard, Role::Supervisor, Role::Admin})
        if (nameOf(role) == name) return role;
    return std::nullopt;
}

bool mayBeAgent(const Principal& principal) {
    return principal.role == Role::Agent || principal.isSiteKey;
}
bool mayBeBoard(const Principal& principal) {
    return principal.role != Role::Agent || principal.isSiteKey;
}
bool maySupervise(const Principal& principal) {
    return principal.role == Role::Supervisor || principal.role == Role::Admin;
}

bool mayAudit(const Principal& principal) {
    return principal.role == Role::Admin;
}

std::string actorOf(const Principal& principal, const std::optional<Extension>& speaksFor) {
    const auto& extension = speaksFor ? speaksFor : principal.extension;
    if (mayBeAgent(principal) && extension) return "agent:" + extension->value();
    return nameOf(principal.role) + ":" + principal.keyId;
}

}  // namespace ninja3cx::auth
