#pragma once

#include "agent/app/face.hpp"

#include <map>
#include <optional>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::agent {

/// Passes all on to another face, and writes for the administrator what became of links, calls and their audio: ids, states and
/// errors; no name, no number, no word of a call, nothing that the technician typed, no secret.
class LoggedFace final : public Face {
public:
    LoggedFace(Face& shown, spdlog::logger& log) : shown_(shown), log_(log) {}

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
    Face& shown_;
    spdlog::logger& log_;
    std::optional<std::string> whyDown_;  // as logged last
    std::optional<Distrust> distrust_;
    std::optional<std::string> storageProblem_;
    std::optional<protocol::LinkState> ninja_;
    std::map<CallId, std::string> calls_;
    std::map<DraftId, std::string> drafts_;
};

}  // namespace ninja3cx::agent
