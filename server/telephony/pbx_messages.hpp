#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What 3CX's Call Control API says, read leniently: field names in snake_case or PascalCase, ids as number
/// or string, null or missing for an empty string, unknown fields ignored. Source: 3CX's published Call
/// Control examples and what live V20 systems send.
namespace ninja3cx::telephony {

/// One DN's leg in one call.
struct Participant {
    std::int64_t id = 0;
    std::string status;  // "Ringing", "Dialing", "Connected", and whatever a build may add
    std::string dn;
    std::string partyCallerName;
    std::string partyDn;
    std::string partyCallerId;
    std::string partyDid;
    std::string partyDnType;  // "Wexternalline", "Wextension", …
    std::string originatedByDn;
    std::string referredByDn;
    std::int64_t callId = 0;  // restarts with the PBX
    std::int64_t legId = 0;
    bool operator==(const Participant&) const = default;
};

struct Dn {
    std::string dn;
    std::string type;
    std::vector<Participant> participants;
};

/// Whether it is somebody's telephone. Queues, ring groups, menues, parking places … are not: who is there is nobody's call
/// yet. A type that is not told is taken for one.
bool isTelephone(const Dn& dn);

struct PbxEvent {
    enum class Type { Upsert, Remove, Other };
    Type type{};
    std::int64_t sequence = 0;
    std::string dn;                             // of the entity
    std::optional<std::int64_t> participantId;  // absent: the entity is the DN itself or one of its devices
};

Result<Participant> parseParticipant(std::string_view json);
Result<std::vector<Dn>> parseCallControl(std::string_view json);
/// Entities that are no path of the expected shape are Type::Other: they are never used as a request path.
Result<PbxEvent> parseEvent(std::string_view json);

struct Token {
    std::string value;
    std::chrono::seconds lifetime{};
    std::optional<SystemTime> issuedAt = {};  // by the PBX's clock
};
/// The lifetime is `exp - iat` of the JWT; where that cannot be read, expires_in (60 is minutes, 3600
/// seconds: 3CX changed the unit at 20.0.9), at most 55 minutes.
Result<Token> parseToken(std::string_view json);

}  // namespace ninja3cx::telephony
