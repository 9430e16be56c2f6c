#pragma once

#include "agent/call_tracking/observation.hpp"
#include "shared/protocol/call_states.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::agent {

/// One call of this PC, as the technician's face shows it.
struct TrackedCall {
    std::string localId;
    Source source{};  // that noticed it first
    protocol::CallState state{};
    protocol::Direction direction{};
    std::string number;  // empty: withheld, or not known
    std::string name;
    std::optional<std::string> beside = {};  // localId of the call that was connected when this one began
    bool isTransferred = false;              // to the call that began beside it
};

/// What the tracker remembers of a call, and the rules that need nothing else.
struct CallEntry {
    TrackedCall call;
    std::map<Source, std::string> ids;  // of each source that spoke of it
    std::vector<SteadyTime> heardAt;    // the latest moments at which somebody did
    SteadyTime startedAt{};
    std::optional<SteadyTime> answeredAt;
    std::optional<SteadyTime> overAt;
    Source numberFrom{};
    bool isServerLed = false;     // the server told of it first
    bool isSeenByServer = false;  // it said what this program had not reported
    bool isOnSoftphone = false;   // which has not said its end
    bool hasAudio = false;        // the phone program records for it
    std::optional<SteadyTime> softphoneLostAt;
    std::optional<SteadyTime> serverOverAt;  // while the softphone still has it
    std::optional<SteadyTime> toldFrom;      // what was before is another call's, for the server
    std::set<protocol::CallState> reported;

    bool isOver() const { return overAt.has_value(); }
    bool isAnswered() const { return answeredAt.has_value(); }
    /// Somebody will see its end.
    bool hasWitness() const { return isSeenByServer || (isOnSoftphone && !softphoneLostAt); }

    void noteHeard(SteadyTime at);
    /// Number, name and direction; true where something is new.
    bool takeDetails(const Observation& seen);
    void noteSource(const Observation& seen);

private:
    protocol::Direction directionBy(const Observation& seen) const;
};

/// Whether the observation speaks of this call, though its source has not spoken of it before.
bool isSameCall(const CallEntry& entry, const Observation& seen, std::chrono::milliseconds within);

}  // namespace ninja3cx::agent
