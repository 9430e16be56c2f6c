#pragma once

#include "agent/app/blind_limit.hpp"
#include "agent/app/draft_choice.hpp"
#include "agent/app/face.hpp"
#include "agent/app/phone_watch.hpp"
#include "agent/app/unanswered_decisions.hpp"
#include "agent/audio_capture/audio_source.hpp"
#include "agent/audio_capture/drift.hpp"
#include "agent/audio_capture/piece_placer.hpp"
#include "agent/link/call_uplink.hpp"
#include "agent/link/server_line.hpp"
#include "shared/core/clock.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ninja3cx::agent {

/// The agent without a window: follows the server's calls of one extension, streams their audio, shows text
/// and drafts through a Face and passes the technician's commands on. headless_agent.cpp: the server's news;
/// headless_audio.cpp: capture and delivery; headless_drafts.cpp: drafts; headless_commands.cpp: typed lines.
///
/// Threads: the network thread only.
class HeadlessAgent {
public:
    /// `source` may be null: calls are then followed without audio.
    HeadlessAgent(const Clock& clock, Spool& spool, AudioSource* source, Face& face, BlindLimits limits = {},
                  InternalCalls internalCalls = InternalCalls::Report, UplinkCodec codec = UplinkCodec::Pcm);

    /// Must be called once, before anything else; the line outlives nothing of this.
    void use(ServerLine& line) {
        link_ = &line;
        phone_.use(line);
    }
    /// What the sources on this PC say goes here.
    PhoneWatch& phone() { return phone_; }
    LinkHandlers handlers();
    /// About once a second: ends a capture that nobody could see the end of; now and then deletes recordings that are
    /// over age, and, where the room for others is used up, those that the server does not know.
    void tick();

    // What the technician wants, whichever face it was said through; of the telephone: `phone`.
    /// On a draft. What cannot be said now is said later, where that is safe; what cannot be, is shown as a problem.
    void decide(const protocol::ClientMessage& decision);
    /// Of the call that is captured; false: there is none.
    bool pauseRecording(bool isPaused);
    /// One line the technician typed; see `help`. False: quit.
    bool onCommand(const std::string& line);

private:
    struct CapturedChannel {
        PiecePlacer placer;
        DriftEstimator drift;
    };
    struct LiveCall {
        protocol::Call call;
        CapturedChannel agent{};
        CapturedChannel customer{};
        std::unique_ptr<CallUplink> uplink;
        bool isCapturing = false;
        bool isStartUnanswered = false;  // AudioStart was said on this connection
        bool isRefused = false;          // the server wanted no audio of it when last asked
        std::optional<bool> pauseWish;   // the technician's, until the server has followed it
        std::uint64_t turn = 0;          // when it became connected, among this PC's calls
        bool isRemoved = false;          // from the server's live view: kept until its audio is delivered
        bool isKeptSaid = false;
        bool isUnknown = false;            // its own server has said so
        std::int64_t undeliveredSaid = 0;  // frames, as the technician was last told; 0: nothing to be told
        std::int64_t lostMs = 0;           // when last looked at
        std::int64_t lostSaidMs = 0;
        SteadyTime lostSaidAt{};
        bool isStoppedUnseen = false;  // by the limit; goes on when the call is seen again
    };
    struct KnownDraft {
        protocol::Draft draft;
        SteadyTime heardAt{};  // when the server said so
        UnansweredDecisions decisions;
        bool wasShown = false;
        bool popsUp = false;     // since the choice was last followed
        bool isRemoved = false;  // kept while it is the chosen one
    };

    void onWelcome(const protocol::Welcome& welcome);
    void onMessage(const protocol::ServerMessage& message);
    void noteSight(const protocol::ServerMessage& message);
    void note(const protocol::SystemStatus& system);
    void onEvent(const protocol::EventBody& event);
    void onSnapshot(const protocol::Snapshot& snapshot);
    void onCall(const protocol::Call& call);
    void onDraft(const protocol::Draft& draft);
    void tellAgain();
    protocol::Draft asOfNow(const KnownDraft& known) const;
    void onRefusal(const protocol::ErrorReply& error);
    void onDown(const Error& why, std::chrono::milliseconds retryIn);

    /// Opens the audio of the call that is to be captured now and closes any other's.
    void followCapture();
    LiveCall* toCapture();
    std::optional<BlindEnd> unseenTooLong();
    void sayStoppedUnseen(const LiveCall& live, BlindEnd why);
    void pauseRecording(LiveCall& live, bool isPaused);
    void onPauseRefused(LiveCall& live);
    void openAudio(LiveCall& live);
    void onPiece(const CallId& callId, CapturedPiece piece);
    /// Its audio may be opened again.
    void stopCapture(LiveCall& live);
    /// What was captured is still delivered.
    void closeAudio(LiveCall& live);
    /// Nothing of the call's audio is kept.
    void dropAudio(LiveCall& live);
    /// The same of audio that nobody has; the technician is told why.
    void eraseAudio(LiveCall& live, const std::string& why);
    void tidySpool();
    /// While there is no connection; and when all of it is with the server again.
    void sayUndelivered();
    void sayCaughtUp(LiveCall& live);
    enum class Lost { MayGrow, IsAll };
    void sayLost(LiveCall& live, Lost lost);
    LiveCall* oldestUnknown();
    /// Asks for the stream of a call of this connection's extension; another's is kept for its own, but not for ever.
    void startStream(LiveCall& live);
    /// Also where the label is lost: the server knows whose call it was.
    bool isOurs(const LiveCall& live) const;
    /// Another server's answers say nothing about the call.
    bool isOfThisServer(const LiveCall& live) const;
    bool isOld(const LiveCall& live) const;
    void sayKept(LiveCall& live, const std::string& why);
    void pump();
    void removeDraftsOf(const CallId& callId);
    /// Forgets calls and drafts that nobody needs any more.
    void sweep();
    DraftMark markOf(const protocol::Draft& draft);
    /// Says so where a command would be about another draft than before.
    void followChoice();
    void sayChoice();
    void sayWaiting(bool isAsked);
    void use(const std::string& number);
    /// False: no command about the telephone.
    bool onPhoneCommand(const std::string& verb, const std::string& rest);
    /// None: it is said why.
    protocol::Draft* chosenDraft(Concern concern);
    /// Empty also for a word that is no decision on the draft, and for one said twice by mistake.
    protocol::Draft* decidedBy(const std::string& verb, Concern concern);
    void editDraft(const std::string& assignment);
    void takeProposal();
    void takeCandidate(const std::string& which);
    void joinOffer(const std::string& which);

    const Clock& clock_;
    Spool& spool_;
    AudioSource* source_;
    Face& face_;
    UplinkCodec codec_;
    ServerLine* link_ = nullptr;
    std::map<CallId, LiveCall> calls_;
    std::map<DraftId, KnownDraft> drafts_;
    std::optional<CallId> capturing_;  // the one call whose audio is open
    bool isPaused_ = false;            // its recording
    std::uint64_t turn_ = 0;           // one per message that may connect calls
    DraftChoice choice_;
    struct LastWord {
        std::string verb;
        DraftId draftId;
        SteadyTime saidAt{};
    };
    std::optional<LastWord> lastWord_;     // on a draft, since the technician last chose one
    std::optional<Extension> extension_;   // of this connection
    std::optional<std::string> serverId_;  // the same
    std::int64_t serverAheadMs_ = 0;       // server's clock minus ours
    std::optional<SteadyTime> downSince_;  // the link
    PhoneWatch phone_;
    BlindLimit blind_;
    SteadyTime tidyAt_;           // the spool, next
    SteadyTime undeliveredAt_{};  // told
    bool isCaughtUp_ = false;     // nothing that happened while the link was down is still to come
    protocol::LinkState pbx_{};   // as the server last said
};

}  // namespace ninja3cx::agent
