#pragma once

#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/tenant_rules.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::ticketing {

/// What the configuration says of the tenant.
struct TenantWishes {
    std::int64_t boardId = 0;
    std::optional<std::int64_t> ticketFormId;  // none: the tenant's default form
    std::string newStatus;
    std::string solvedStatus;
    /// By extension, where the configuration tells: the number, else the e-mail address.
    std::map<std::string, std::int64_t> technicianIds;
    std::map<std::string, std::string> technicianEmails;
    std::map<std::string, std::string> technicianNames = {};
    std::string callIdAttribute = {};
    /// By the key of the configuration that wants it: what a draft gets by that rule.
    std::map<std::string, protocol::DraftFields> rules = {};
};

/// What was found of one thing.
struct TenantFinding {
    enum class Level { Good = 1, Warning, Failed };
    Level level{};
    std::string detail;
    std::string remedy;      // empty where all is well
    bool isOfBoard = false;  // of ninja.boardId: its remedy names nobody
};

/// The self-test: whether there is a login that may write, and whether the tenant has the boards, the forms, the
/// statuses, the attributes and the technicians that the configuration speaks of. Reads only. Ends at the first failure that hides the rest. On the thread of `ninja`.
net::asio::awaitable<std::vector<TenantFinding>> checkTenant(NinjaClient& ninja, TenantWishes wishes);

}  // namespace ninja3cx::ticketing
