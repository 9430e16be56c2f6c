#pragma once

#include "agent/app/blind_limit.hpp"
#include "agent/call_tracking/tracked_calls.hpp"
#include "agent/link/server_trust.hpp"
#include "shared/protocol/messages.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ninja3cx::agent {

/// What this program itself cannot do, as opposed to what the server refuses.
enum class LocalProblem {
    Offline,
    SaidLater,
    Unanswered,
    DecideAgain,
    NoDraft,
    NoSuchDraft,
    IsSent,
    NoSuchOffer,
    NoSuchCandidate,
    NoProposal,
    NoCall,
    Spool,
    IsTalking,
    NoCallOfOurs,
    NoSoftphone,
    ContactUrl,
    HandOver,
    SoftphonePipe,
    CallNotKept
};
BOOST_DESCRIBE_ENUM(LocalProblem, Offline, SaidLater, Unanswered, DecideAgain, NoDraft, NoSuchDraft, IsSent,
                    NoSuchOffer, NoSuchCandidate, NoProposal, NoCall, Spool, IsTalking, NoCallOfOurs,
                    NoSoftphone, ContactUrl, HandOver, SoftphonePipe, CallNotKept)

/// What tells a draft's lines from those of another.
struct DraftMark {
    int number = 0;                        // what `use` knows it by
    const protocol::Call* call = nullptr;  // where it is still known
    bool isCurrent = false;
};

/// What a technician is shown: a terminal's lines, a window, the log. It is told what is, and decides itself what of it is new
/// and in which words; what the technician wants goes to HeadlessAgent (`decide`, `pauseRecording`, `phone`).
///
/// Threads: the network thread only.
class Face {
public:
    virtual ~Face() = default;

    virtual void showConnected(const protocol::Welcome& welcome) = 0;
    /// The server's link to NinjaOne, whenever it is told: written when a login becomes needed, and when it no longer is.
    virtual void showNinja(protocol::LinkState link) = 0;
    /// What the server cannot put on its disk, whenever it is told: written when that begins, changes and is over.
    virtual void showStorage(const std::optional<std::string>& problem) = 0;
    /// `stopsCountdown`: a draft's countdown ran, and now stands still until the connection is back.
    virtual void showDown(const Error& why, std::int64_t retryInMs, bool stopsCountdown) = 0;
    /// Why a server's certificate is not taken, and what to do; once, however often it is tried.
    virtual void showDistrust(const Distrust& distrust) = 0;
    /// Also when a supervisor begins to read along, and when the last one leaves; and when the customer begins to be
    /// heard in the microphone, and no longer is, however loud; and, while the call goes on, what it is taken to be.
    virtual void showCall(const protocol::Call& call) = 0;
    virtual void showUtterance(const protocol::Utterance& utterance) = 0;
    virtual void showDraft(const protocol::Draft& draft, const DraftMark& mark) = 0;
    void showDraft(const protocol::Draft& draft) { showDraft(draft, {}); }
    /// Commands are about this one from now on.
    virtual void showChoice(const protocol::Draft& draft, const DraftMark& mark) = 0;
    /// An edit of a field to what it is already.
    virtual void showUnchanged(const protocol::Draft& draft, const std::string& field,
                               const DraftMark& mark) = 0;
    /// All that wait, none of which is meant more than another; `isAsked`: a command needs to know which.
    virtual void showSeveral(const std::vector<std::pair<protocol::Draft, DraftMark>>& waiting,
                             bool isAsked) = 0;
    /// `draft`: the one the reply is about, if it is about one.
    virtual void showRefused(const protocol::ErrorReply& reply, const protocol::Draft* draft,
                             const DraftMark& mark) = 0;
    void showRefused(const protocol::ErrorReply& reply, const protocol::Draft* draft) {
        showRefused(reply, draft, {});
    }
    /// `detail` is for the administrator and in English.
    virtual void showProblem(LocalProblem problem, const std::string& detail) = 0;
    void showProblem(LocalProblem problem) { showProblem(problem, ""); }
    /// The disk's trouble is over.
    virtual void showDiskWell() = 0;
    /// How a command is to be written that was not written so.
    virtual void showUsage(std::string_view verb) = 0;
    virtual void showUnknownCommand(const std::string& verb) = 0;
    /// `edit` with a field that does not exist, or a value that it cannot have.
    virtual void showBadEdit(const std::string& field, const std::string& value,
                             const std::string& detail) = 0;
    /// Why the session's keyring cannot keep the key of the recordings, and how many calls wait for a key that lies in it.
    /// Nothing is written where there is no trouble.
    virtual void showKeyring(const std::optional<Error>& problem, std::size_t sealedCalls) = 0;
    /// Of the device that captured a channel, parts in a million: more than is usual.
    virtual void showDrift(protocol::Speaker channel, double ppm) = 0;
    /// Frames of both channels that the server does not have, while it is out of reach.
    virtual void showUndelivered(const CallId& callId, std::int64_t frames, bool isRecording) = 0;
    /// The same call's audio is with the server again, but for what is on its way.
    virtual void showCaughtUp(const CallId& callId) = 0;
    /// Audio that is gone for good, of one side at least; `isDiskFull`: for want of room on this PC.
    virtual void showLost(const CallId& callId, std::int64_t lostMs, bool isDiskFull) = 0;
    /// Audio of an earlier call that stays on this PC until it is so old; `why`: "otherExtension",
    /// "otherServer", "unknownCall".
    virtual void showKept(const CallId& callId, const std::string& why, std::chrono::hours maxAge) = 0;
    /// Audio that was never delivered is gone; `why`: "tooOld", "noRoom".
    virtual void showErased(const CallId& callId, const std::string& why, std::chrono::hours maxAge) = 0;
    /// The same of so many calls whose key was never there again.
    virtual void showErasedSealed(std::size_t calls) = 0;
    /// The recording is paused, or goes on, on this PC; the server does not know of it yet.
    virtual void showPausedHere(const CallId& callId, bool isPaused) = 0;
    /// Capture has ended because nobody could see for `limit` whether the call goes on, or it goes on.
    virtual void showStoppedUnseen(const CallId& callId, BlindEnd why, std::chrono::milliseconds limit) = 0;
    virtual void showSeenAgain(const CallId& callId) = 0;
    virtual void showAudio(const CallId& callId, const std::string& what) = 0;
    /// A call as this PC sees it; as text only where the server does not show it, or it was transferred.
    virtual void showPhone(const TrackedCall& call, bool isServerAway) = 0;
    /// The phone program records, and no call is known.
    virtual void showTalkUnannounced() = 0;
    /// What is to be pasted into 3CX.
    virtual void showContactUrl(const std::string& url) = 0;
    virtual void showSoftphone(bool isConnected) = 0;
    virtual void showHelp() = 0;
    /// It will not be shown any more.
    virtual void forget(const CallId& callId) = 0;
    virtual void forget(const DraftId& draftId) = 0;
};

}  // namespace ninja3cx::agent
