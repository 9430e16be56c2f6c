#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace ninja3cx::simulators {

/// What a refresh does to the refresh token it was made with.
enum class Rotation {
    Strict = 1,  // dead at once
    Grace,       // valid for another minute
    Static,      // never replaced
};
BOOST_DESCRIBE_ENUM(Rotation, Strict, Grace, Static)

enum class LogOrder { NewestFirst = 1, OldestFirst };
BOOST_DESCRIBE_ENUM(LogOrder, NewestFirst, OldestFirst)

/// Where tenants differ or nobody knows what the real one does.
struct NinjaOneOptions {
    std::string clientId = "sim-client";
    std::string clientSecret = "sim-secret";
    std::string refreshToken = "sim-refresh-token";  // the first one, of technician 1
    Rotation rotation = Rotation::Strict;
    int accessTokenS = 3600;
    int lagMs = 0;             // until a created ticket is seen on boards
    int lagUpToMs = 0;         // above lagMs: each ticket waits for a time of its own between the two
    int logLagMs = 0;          // until a description or comment is among the log entries
    int conflictStatus = 409;  // of a PUT with a stale version
    LogOrder logOrder = LogOrder::NewestFirst;
    bool isStrict = true;  // what NinjaOne's published interface does not describe is refused
    bool requiresFormAttributes = true;
    bool attributesOnlyOfForm = true;  // an attribute that the ticket's form does not have is refused
    bool boardRowsHaveText = true;     // description, tags and attributeValues
    bool mayBeginResolved = true;      // a new ticket may have a resolved status
    std::uint64_t seed = 1;
};

/// The same, each one left as it is where absent: scenario files and `POST /__sim/options`.
struct NinjaOneChanges {
    std::optional<std::string> clientId, clientSecret, refreshToken;
    std::optional<Rotation> rotation;
    std::optional<int> accessTokenS, lagMs, lagUpToMs, logLagMs, conflictStatus;
    std::optional<LogOrder> logOrder;
    std::optional<bool> isStrict, requiresFormAttributes, attributesOnlyOfForm, boardRowsHaveText,
        mayBeginResolved;
    std::optional<std::uint64_t> seed;
};
BOOST_DESCRIBE_STRUCT(NinjaOneChanges, (),
                      (clientId, clientSecret, refreshToken, rotation, accessTokenS, lagMs, lagUpToMs,
                       logLagMs, conflictStatus, logOrder, isStrict, requiresFormAttributes,
                       attributesOnlyOfForm, boardRowsHaveText, mayBeginResolved, seed))

inline void apply(const NinjaOneChanges& changes, NinjaOneOptions& options) {
    options.clientId = changes.clientId.value_or(options.clientId);
    options.clientSecret = changes.clientSecret.value_or(options.clientSecret);
    options.refreshToken = changes.refreshToken.value_or(options.refreshToken);
    options.rotation = changes.rotation.value_or(options.rotation);
    options.accessTokenS = changes.accessTokenS.value_or(options.accessTokenS);
    options.lagMs = changes.lagMs.value_or(options.lagMs);
    options.lagUpToMs = changes.lagUpToMs.value_or(options.lagUpToMs);
    options.logLagMs = changes.logLagMs.value_or(options.logLagMs);
    options.conflictStatus = changes.conflictStatus.value_or(options.conflictStatus);
    options.logOrder = changes.logOrder.value_or(options.logOrder);
    options.isStrict = changes.isStrict.value_or(options.isStrict);
    options.requiresFormAttributes = changes.requiresFormAttributes.value_or(options.requiresFormAttributes);
    options.attributesOnlyOfForm = changes.attributesOnlyOfForm.value_or(options.attributesOnlyOfForm);
    options.boardRowsHaveText = changes.boardRowsHaveText.value_or(options.boardRowsHaveText);
    options.mayBeginResolved = changes.mayBeginResolved.value_or(options.mayBeginResolved);
    options.seed = changes.seed.value_or(options.seed);
}

}  // namespace ninja3cx::simulators
