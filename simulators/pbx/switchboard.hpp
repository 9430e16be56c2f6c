#pragma once

#include "simulators/pbx/event_feed.hpp"
#include "simulators/pbx/participant.hpp"
#include "simulators/pbx/scenario.hpp"
#include "simulators/pbx/timeline.hpp"

#include <deque>
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

/// The calls of the simulated PBX: plays their scripts on a timeline, obeys actions, and tells each change as
/// an event. State changes first, the event follows.
class Switchboard {
public:
    Switchboard(const Clock& clock, Timeline& timeline, EventFeed& feed, const PbxScenario& site,
                const Profile& profile)
        : clock_(clock), timeline_(timeline), feed_(feed), site_(site), profile_(profile) {}

    void play(const CallScript& script);  // at its time, counted from now

    /// The leg that dials.
    boost::system::result<Participant, ActionRefusal> makeCall(const std::string& dn,
                                                               const std::string& deviceId,
                                                               const std::string& destination);
    using Done = boost::system::result<Participant, ActionRefusal>;
    Done drop(int leg);
    Done answer(int leg);
    Done divert(int leg, const std::string& destination);
    Done routeTo(int leg, const std::string& destination);
    Done transfer(int leg, const std::string& destination);

    std::vector<Phone> devicesOf(const std::string& dn) const;
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
    struct Call {
        int key;     // ours, never reused
        int callId;  // the PBX's
        CallScript script;
        std::string state = "ringing";  // ringing, dialing, talking, held, ended
        std::string outcome;            // answered, missed, rejected, transferred, dropped
        SystemTime startedAt;
        std::optional<SystemTime> answeredAt, endedAt;
        SystemTime changedAt;
        std::string answeredBy;
        int lastLegId = 2;  // 1 and 2 are the caller and the inbound rule
    };

    void start(const CallScript& script);
    Call* live(int key);
    Participant& addLeg(Call& call, const std::string& dn, const std::string& status,
                        const std::string& deviceId);
    void ring(Call& call, const std::string& dn, const std::string& referredBy, const std::string& queue);
    void connect(Call& call, int legId);
    void removeLeg(int legId);
    void removeLegsOf(Call& call);
    void scheduleTalk(Call& call);
    void hold(Call& call, bool isHeld);
    void moveTo(Call& call, int fromLeg, const std::string& destination, bool isTransfer);
    void hangUp(Call& call, const std::string& outcome);
    void finishIfEmpty(Call& call, const std::string& outcome);
    void upsert(const Participant& leg);
    void chatter(int legId);
    void change(Call& call, const std::string& state);
    const ExtensionSetup* findExtension(const std::string& number) const;
    Call* callOfLeg(int legId);

    const Clock& clock_;
    Timeline& timeline_;
    EventFeed& feed_;
    const PbxScenario& site_;
    const Profile& profile_;
    std::deque<Call> calls_;
    std::map<int, Participant> legs_;  // by participant id
    std::map<int, int> callOf_;        // participant id to Call::key
    std::set<std::string> unmonitored_;
    int lastKey_ = 0;
    int lastCallId_ = 4710;
    int lastLeg_ = 8105;
};

}  // namespace ninja3cx::simulators
