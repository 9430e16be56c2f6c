#pragma once

#include "agent/app/blind_limit.hpp"
#include "agent/app/command_line.hpp"
#include "agent/app/texts.hpp"
#include "agent/call_tracking/tracked_calls.hpp"
#include "agent/link/server_trust.hpp"
#include "shared/protocol/messages.hpp"

#include <iosfwd>
#include <map>
#include <optional>
#include <string>
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

/// Writes what happens to a terminal: text in the technician's language, or each message as one line of JSON, whose
/// words never depend on the language. Of an utterance each revision is written once, in growing order, and nothing
/// after its final text; partial text only in JSON.
class TerminalFace {
public:
    TerminalFace(std::ostream& out, OutputFormat format, Language language = Language::French)
        : out_(out), format_(format), texts_(language) {}

    void showConnected(const protocol::Welcome& welcome);
    /// The server's link to NinjaOne, whenever it is told: written when a login becomes needed, and when it no longer is.
    void showNinja(protocol::LinkState link);
    /// What the server cannot put on its disk, whenever it is told: written when that begins, changes and is over.
    void showStorage(const std::optional<std::string>& problem);
    /// `stopsCountdown`: a draft's countdown ran, and now stands still until the connection is back.
    void showDown(const Error& why, std::int64_t retryInMs, bool stopsCountdown);
    /// Why a server's certificate is not taken, and what to do; once, however often it is tried.
    void showDistrust(const Distrust& distrust);
    /// Also when a supervisor begins to read along, and when the last one leaves; and when the customer begins to be
    /// heard in the microphone, and no longer is, however loud; and, while the call goes on, what it is taken to be.
    void showCall(const protocol::Call& call);
    void showUtterance(const protocol::Utterance& utterance);
    void showDraft(const protocol::Draft& draft, const DraftMark& mark = {});
    /// Commands are about this one from now on.
    void showChoice(const protocol::Draft& draft, const DraftMark& mark);
    /// An edit of a field to what it is already.
    void showUnchanged(const protocol::Draft& draft, const std::string& field, const DraftMark& mark);
    /// All that wait, none of which is meant more than another; `isAsked`: a command needs to know which.
    void showSeveral(const std::vector<std::pair<protocol::Draft, DraftMark>>& waiting, bool isAsked);
    /// `draft`: the one the reply is about, if it is about one.
    void showRefused(const protocol::ErrorReply& reply, const protocol::Draft* draft,
                     const DraftMark& mark = {});
    /// `detail` is for the administrator and in English.
    void showProblem(LocalProblem problem, const std::string& detail = "");
    /// The disk's trouble is over.
    void showDiskWell();
    /// How a command is to be written that was not written so.
    void showUsage(std::string_view verb);
    void showUnknownCommand(const std::string& verb);
    /// `edit` with a field that does not exist, or a value that it cannot have.
    void showBadEdit(const std::string& field, const std::string& value, const std::string& detail);
    /// Why the session's keyring cannot keep the key of the recordings, and how many calls wait for a key that lies in it.
    /// Nothing is written where there is no trouble.
    void showKeyring(const std::optional<Error>& problem, std::size_t sealedCalls);
    /// Of the device that captured a channel, parts in a million: more than is usual.
    void showDrift(protocol::Speaker channel, double ppm);
    /// Frames of both channels that the server does not have, while it is out of reach.
    void showUndelivered(const CallId& callId, std::int64_t frames, bool isRecording);
    /// The same call's audio is with the server again, but for what is on its way.
    void showCaughtUp(const CallId& callId);
    /// Audio that is gone for good, of one side at least; `isDiskFull`: for want of room on this PC.
    void showLost(const CallId& callId, std::int64_t lostMs, bool isDiskFull);
    /// Audio of an earlier call that stays on this PC until it is so old; `why`: "otherExtension",
    /// "otherServer", "unknownCall".
    void showKept(const CallId& callId, const std::string& why, std::chrono::hours maxAge);
    /// Audio that was never delivered is gone; `why`: "tooOld", "noRoom".
    void showErased(const CallId& callId, const std::string& why, std::chrono::hours maxAge);
    /// The same of so many calls whose key was never there again.
    void showErasedSealed(std::size_t calls);
    /// The recording is paused, or goes on, on this PC; the server does not know of it yet.
    void showPausedHere(const CallId& callId, bool isPaused);
    /// Capture has ended because nobody could see for `limit` whether the call goes on, or it goes on.
    void showStoppedUnseen(const CallId& callId, BlindEnd why, std::chrono::milliseconds limit);
    void showSeenAgain(const CallId& callId);
    void showAudio(const CallId& callId, const std::string& what);
    /// A call as this PC sees it; as text only where the server does not show it, or it was transferred.
    void showPhone(const TrackedCall& call, bool isServerAway);
    /// The phone program records, and no call is known.
    void showTalkUnannounced();
    /// What is to be pasted into 3CX.
    void showContactUrl(const std::string& url);
    void showSoftphone(bool isConnected);
    void showHelp();
    /// It will not be shown any more.
    void forget(const CallId& callId);
    void forget(const DraftId& draftId) { shownDrafts_.erase(draftId); }

private:
    void showInsight(const protocol::Call& call, std::string& shown);
    void line(const std::string& text);
    void event(const std::string& name, boost::json::object fields);
    void problem(const std::string& code, const std::string& message, const std::string& text);
    void showPhoneProblem(LocalProblem problem, const std::string& detail);

    std::ostream& out_;
    OutputFormat format_;
    Texts texts_;
    std::optional<std::string> storageProblem_;
    std::optional<Distrust> shownDistrust_;
    struct Shown {
        std::int32_t revision = -1;
        bool isFinal = false;
    };
    std::map<CallId, std::map<UtteranceId, Shown>> shownUtterances_;
    struct ShownCall {
        std::string text;
        std::string insight;
        bool isWatched = false;
        bool hasEcho = false;
        bool isFromRecording = false;  // who speaks is not sure
    };
    std::map<CallId, ShownCall> shownCalls_;
    struct ShownDraft {
        std::string text;
        std::string state;
        std::optional<protocol::DraftFields> fields = {};
        std::string proposal = {};
    };
    std::map<DraftId, ShownDraft> shownDrafts_;
    bool needsNinjaLogin_ = false;  // as written last
};

}  // namespace ninja3cx::agent
