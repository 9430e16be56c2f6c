#pragma once

#include "server/calls/ports.hpp"
#include "server/telephony/pbx_messages.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::telephony {

/// Turns what the PBX shows of participants into the life of calls: pure, idempotent, any order.
///
/// A call is (dn, callid); several participants of one dn are its devices. The key of a call is
/// "3cx/<dn>/<callid>/<first participant>": callids start again when the PBX restarts, and what then comes under a key
/// of before gets "~2" after it. A call that was announced before it could be looked at keeps
/// "3cx/<dn>/new/<participant>". A leg that goes over to another callid, as in an attended transfer, stays one call, unless
/// a customer comes in a colleague's place: what is said from then on is a call of its own, since what colleagues say
/// among themselves may not be recorded. In a conference the other side stays who it was before. A call that a colleague
/// takes while it rings here, as a queue's, is not missed here.
class PbxTracker {
public:
    /// Keys of calls that were open before this program restarted: they are taken up instead of made anew.
    explicit PbxTracker(std::vector<std::string> openKeys = {});

    using Events = std::vector<calls::PhoneEvent>;
    Events upsert(const Participant& participant);
    /// The PBX has named a participant but cannot be asked about it now. On a dn without calls that is a new
    /// one: tentative, until `upsert` or `resync` tells the rest. Elsewhere it may be one more device of a
    /// known call, or its answer: nothing is said, it is a `mark`.
    Events announce(const std::string& dn, std::int64_t participantId);
    /// The PBX has named a participant that is yet to be asked about: until `upsert` or `resync` shows it, an
    /// end of its call is not called Missed. What belongs to no known call may belong to any of its dn.
    void mark(const std::string& dn, std::int64_t participantId);
    Events remove(const std::string& dn, std::int64_t participantId);
    /// The PBX says that it does not know a participant, but did not tell that it removed it: unless the next `resync`
    /// shows its call, that has ended. False: it is of no known call.
    bool doubt(const std::string& dn, std::int64_t participantId);
    /// Whether the PBX also tells what it removes: then the news of a call that is missing may be under way.
    enum class Removals { Unheard = 1, Heard };
    /// The whole truth: calls that are missing in it have ended at some unknown time, answered or not; where
    /// removals are heard, calls that are missing twice in a row. Where they are not, the PBX may have begun anew: a
    /// call that talked and now rings is another one.
    Events resync(const std::vector<Dn>& dns, Removals removals = Removals::Unheard);
    /// Whether a call is missing once: another look is due.
    bool hasMissing() const;

    std::vector<std::string> liveKeys() const;

private:
    struct Call {
        std::string key;
        protocol::CallState state = protocol::CallState::Ringing;
        protocol::Direction direction{};
        std::set<std::int64_t> participants;
        std::set<std::int64_t> unseen;  // marked, not yet looked at
        bool isMissing = false;         // in the last look, and no removal was heard
        std::uint64_t begunAt = 0;      // by `steps_`, as the next
        std::uint64_t answeredAt = 0;   // 0: not yet
        Participant last;
    };
    using CallKey = std::pair<std::string, std::int64_t>;  // dn, callid
    /// It stopped ringing, and whether a colleague took it is still to be asked.
    struct Leaving {
        CallKey id;
        Call call;
        bool isAnswerUnknown = false;  // a colleague's
    };
    enum class Elsewhere { Answered = 1, NotAnswered, Unread };

    struct Announced {
        std::int64_t participantId = 0;
        std::string key;
    };

    std::string keyFor(const Participant& participant);
    std::string unused(std::string key) const;
    void beginAnew(const std::map<CallKey, std::vector<const Participant*>>& seen, Events& events);
    void noteEnded(const std::string& key);
    void forgetEnded();
    void forget(std::string key);
    Events take(const Participant& participant);
    Events carryOver(const Participant& participant);
    Events endInquiry(const Participant& participant);
    void sawParticipant(const std::string& dn, std::int64_t participantId);
    Events end(std::map<CallKey, Call>::iterator call, bool isEstimated);
    Events stopRinging(std::map<CallKey, Call>::iterator call);
    Elsewhere elsewhere(const CallKey& id, const Call& call) const;
    void settleLeaving(Events& events);
    Events end(std::map<std::string, Announced>::iterator announced, bool isEstimated);

    std::map<CallKey, Call> calls_;
    std::vector<Leaving> leaving_;
    std::uint64_t steps_ = 0;
    std::map<std::string, Announced> announced_;  // by dn
    std::vector<std::string> openKeys_;
    std::deque<std::string> ended_;             // since the last connection began, the latest
    std::deque<std::string> endedBeforeOrder_;  // and before: such keys now mean other calls
    std::set<std::string> endedBefore_;
};

/// Whether this program knows what the status means; what it does not know changes nothing.
bool isKnownStatus(const std::string& status);

}  // namespace ninja3cx::telephony
