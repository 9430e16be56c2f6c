#pragma once

#include "agent/app/command_line.hpp"
#include "agent/app/face.hpp"
#include "agent/app/texts.hpp"

#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::agent {

/// Writes what happens to a terminal: text in the technician's language, or each message as one line of JSON, whose
/// words never depend on the language. Of an utterance each revision is written once, in growing order, and nothing
/// after its final text; partial text only in JSON.
class TerminalFace final : public Face {
public:
    TerminalFace(std::ostream& out, OutputFormat format, Language language = Language::French)
        : out_(out), format_(format), texts_(language) {}

    using Face::showDraft;
    using Face::showProblem;
    using Face::showRefused;

    void showConnected(const protocol::Welcome& welcome) override;
    void showNinja(protocol::LinkState link) override;
    void showStorage(const std::optional<std::string>& problem) override;
    void showDown(const Error& why, std::int64_t retryInMs, bool stopsCountdown) override;
    void showDistrust(const Distrust& distrust) override;
    void showCall(const protocol::Call& call) override;
    void showUtterance(const protocol::Utterance& utterance) override;
    void showDraft(const protocol::Draft& draft, const DraftMark& mark) override;
    void showChoice(const protocol::Draft& draft, const DraftMark& mark) override;
    void showUnchanged(const protocol::Draft& draft, const std::string& field,
                       const DraftMark& mark) override;
    void showSeveral(const std::vector<std::pair<protocol::Draft, DraftMark>>& waiting,
                     bool isAsked) override;
    void showRefused(const protocol::ErrorReply& reply, const protocol::Draft* draft,
                     const DraftMark& mark) override;
    void showProblem(LocalProblem problem, const std::string& detail) override;
    void showDiskWell() override;
    void showUsage(std::string_view verb) override;
    void showUnknownCommand(const std::string& verb) override;
    void showBadEdit(const std::string& field, const std::string& value, const std::string& detail) override;
    void showKeyring(const std::optional<Error>& problem, std::size_t sealedCalls) override;
    void showDrift(protocol::Speaker channel, double ppm) override;
    void showUndelivered(const CallId& callId, std::int64_t frames, bool isRecording) override;
    void showCaughtUp(const CallId& callId) override;
    void showLost(const CallId& callId, std::int64_t lostMs, bool isDiskFull) override;
    void showKept(const CallId& callId, const std::string& why, std::chrono::hours maxAge) override;
    void showErased(const CallId& callId, const std::string& why, std::chrono::hours maxAge) override;
    void showErasedSealed(std::size_t calls) override;
    void showPausedHere(const CallId& callId, bool isPaused) override;
    void showStoppedUnseen(const CallId& callId, BlindEnd why, std::chrono::milliseconds limit) override;
    void showSeenAgain(const CallId& callId) override;
    void showAudio(const CallId& callId, const std::string& what) override;
    void showPhone(const TrackedCall& call, bool isServerAway) override;
    void showTalkUnannounced() override;
    void showContactUrl(const std::string& url) override;
    void showSoftphone(bool isConnected) override;
    void showHelp() override;
    void forget(const CallId& callId) override;
    void forget(const DraftId& draftId) override;

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
