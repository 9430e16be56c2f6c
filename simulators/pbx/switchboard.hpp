#pragma once

#include "simulators/pbx/call_history.hpp"
#include "simulators/pbx/event_feed.hpp"
#include "simulators/pbx/participant.hpp"
#include "simulators/pbx/scenario.hpp"
#include "simulators/pbx/timeline.hpp"

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

struct Phone {
    std::string dn;
    std::string id;
    std::string userAgent;
};

/// Why an action was not done; `status` is HTTP's.
struct ActionRefusal {
    int status;
    std::string text;
};

/// What a call switchboard works with; all of it outlives the switchboard.
struct SwitchboardParts {
    const Clock& clock;
    Timeline& timeline;
    EventFeed& feed;
    const Site& site;
    const Profile& profile;
    const UserBoard& users;
    CallHistory& history;
};

/// The calls of the simulated PBX: plays their scripts on a timeline, obeys actions, and tells each change as
/// an event. State changes first, the event follows.
class Switchboard {
public:
    explicit Switchboard(const SwitchboardParts& parts)
        : clock_(parts.clock),
          timeline_(parts.timeline),
          feed_(parts.feed),
          site_(parts.site),
          profile_(parts.profile),
          users_(parts.users),
          history_(parts.history) {}

    using LegWatcher = std::function<void(const Participant& leg, bool isGone)>;
    /// Told of every change to a leg, monitored or not, before the event goes out. One only.
    void watchLegs(LegWatcher watcher) { watcher_ = std::move(watcher); }

    void play(const CallScript& script);  // at its time, counted from now

    using Done = boost::system::result<Participant, ActionRefusal>;
    /// The leg that dials.
    Done makeCall(const std::string& dn, const std::string& deviceId, const std::string& destination);
    Done drop(int leg);
    Done answer(int leg);
    Done divert(int leg, const std::string& destination);
    Done routeTo(int leg, const std::string& destination);
    Done transfer(int leg, const std::string& destination);

    std::vector<Phone> devicesOf(const std::string& dn) const;  // none while it is not registered
    std::vector<Participant> legsOf(const std::string& dn) const;
    const Participant* findLeg(int id) const;

    /// The PBX restarts: no calls any more, no event tells it, and call numbers begin again.
    void restart();
    /// Connected legs show another status from now on, and an Upsert says that something changed.
    void showStatus(const std::string& status);
    void setUnmonitored(const std::string& dn, bool isUnmonitored);
    bool isMonitored(const std::string& dn) const;

    boost::json::array activeCalls() const;  // rows of XAPI
    boost::json::array state() const;        // of every call, the ended ones of late included

private:
    struct Segment {
        int number;
        SystemTime startedAt;
        std::optional<SystemTime> answeredAt;
        SteadyTime answeredSteady{};
    };
    struct Hold {
        double fromS;  // since the answer
        std::optional<double> toS;
    };
    struct Call {
        int key;     // ours, never reused
        int callId;  // the PBX's
        CallScript script;
        std::string state = "ringing";  // ringing, dialing, waiting, talking, held, parked, ended
        std::string outcome;            // answered, missed, rejected, abandoned, transferred, dropped
        SystemTime startedAt;
        std::optional<SystemTime> answeredAt, endedAt;
        SteadyTime answeredSteady{};
        SystemTime changedAt;
        std::string answeredBy;
        int lastLegId = 2;                        // 1 and 2 are the caller and the inbound rule
        std::map<std::string, Segment> segments;  // open ones, by DN
        int lastSegment = 0;
        std::vector<Hold> holds;
    };

    // The script of a call.
    Call& start(const CallScript& script);
    void beginQueue(Call& call);
    void ringMembers(Call& call);
    void answerQueue(Call& call);
    void answerByScript(Call& call);
    void scheduleTalk(Call& call);
    void scheduleVariant(Call& call);
    void consult(Call& call);
    void endConsultation(Call& call, int consultationKey);
    void startConference(Call& call);
    void park(Call& call);
    void hold(Call& call, bool isHeld);

    // Legs and calls.
    void later(double s, const Call& call, std::function<void(Call&)> action);  // if it lives by then
    Call* findCall(int key);
    Call* live(int key);
    Call* callOfLeg(int legId);
    Participant* legOf(const Call& call, const std::string& dn, const std::string& status);
    Participant& addLeg(Call& call, const std::string& dn, const std::string& status,
                        const std::string& deviceId);
    void ring(Call& call, const std::string& dn, const std::string& referredBy, const std::string& queue);
    void connect(Call& call, int legId);
    void removeLeg(int legId);
    void removeLegsOf(Call& call);
    void removeLegsOf(Call& call, const std::string& dn);
    void moveTo(Call& call, int fromLeg, const std::string& destination, bool isTransfer);
    void hangUp(Call& call, const std::string& outcome);
    bool hasLegs(const Call& call) const;
    void finishIfEmpty(Call& call, const std::string& outcome);
    void upsert(const Participant& leg);
    void chatter(int legId);
    void change(Call& call, const std::string& state);
    void noteSegment(Call& call, const Participant& leg);
    void closeSegment(Call& call, const std::string& dn);

    const Clock& clock_;
    Timeline& timeline_;
    EventFeed& feed_;
    const Site& site_;
    const Profile& profile_;
    const UserBoard& users_;
    CallHistory& history_;
    LegWatcher watcher_;
    std::deque<Call> calls_;
    std::map<int, Participant> legs_;  // by participant id
    std::map<int, int> callOf_;        // participant id to Call::key
    std::set<std::string> unmonitored_;
    int lastKey_ = 0;
    int lastCallId_ = 4710;
    int lastLeg_ = 8105;
};

}  // namespace ninja3cx::simulators
