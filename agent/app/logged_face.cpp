#include "agent/app/logged_face.hpp"

#include "shared/protocol/codes.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <spdlog/logger.h>

#include <utility>

namespace ninja3cx::agent {
namespace {

/// Whether it is another text than the one that was logged of this id.
template <class Id>
bool isNews(std::map<Id, std::string>& logged, const Id& id, const std::string& text) {
    return std::exchange(logged[id], text) != text;
}

}  // namespace

void LoggedFace::showConnected(const protocol::Welcome& welcome) {
    whyDown_.reset();
    distrust_.reset();
    log_.info("connected as extension {}; server {}",
              welcome.extension ? welcome.extension->value() : std::string{"(none)"}, welcome.serverVersion);
    shown_.showConnected(welcome);
}

void LoggedFace::showNinja(protocol::LinkState link) {
    if (std::exchange(ninja_, link) != link) log_.info("NinjaOne, as the server says: {}", wordOf(link));
    shown_.showNinja(link);
}

void LoggedFace::showStorage(const std::optional<std::string>& problem) {
    if (std::exchange(storageProblem_, problem) != problem)
        log_.warn("the server's disk: {}", problem.value_or("takes all again"));
    shown_.showStorage(problem);
}

void LoggedFace::showDown(const Error& why, std::int64_t retryInMs, bool stopsCountdown) {
    if (std::exchange(whyDown_, why.detail) != why.detail) log_.warn("no connection: {}", why.detail);
    shown_.showDown(why, retryInMs, stopsCountdown);
}

void LoggedFace::showDistrust(const Distrust& distrust) {
    if (std::exchange(distrust_, distrust) != distrust) log_.error("{}", errorOf(distrust).detail);
    shown_.showDistrust(distrust);
}

void LoggedFace::showCall(const protocol::Call& call) {
    const std::string text =
        wordOf(call.state) + ", " + wordOf(call.stage) + ", recording " + wordOf(call.recording);
    if (isNews(calls_, call.callId, text)) log_.info("call {}: {}", call.callId.value(), text);
    shown_.showCall(call);
}

void LoggedFace::showUtterance(const protocol::Utterance& utterance) {
    shown_.showUtterance(utterance);
}

void LoggedFace::showDraft(const protocol::Draft& draft, const DraftMark& mark) {
    const std::string text = wordOf(draft.state) + ", delivery " + wordOf(draft.delivery.state);
    if (isNews(drafts_, draft.draftId, text))
        log_.info("draft {} of call {}: {}", draft.draftId.value(), draft.callId.value(), text);
    shown_.showDraft(draft, mark);
}

void LoggedFace::showChoice(const protocol::Draft& draft, const DraftMark& mark) {
    shown_.showChoice(draft, mark);
}

void LoggedFace::showUnchanged(const protocol::Draft& draft, const std::string& field,
                               const DraftMark& mark) {
    shown_.showUnchanged(draft, field, mark);
}

void LoggedFace::showSeveral(const std::vector<std::pair<protocol::Draft, DraftMark>>& waiting,
                             bool isAsked) {
    shown_.showSeveral(waiting, isAsked);
}

/// The message may name what stands in a draft.
void LoggedFace::showRefused(const protocol::ErrorReply& reply, const protocol::Draft* draft,
                             const DraftMark& mark) {
    log_.warn("the server refused something of {}: {}", reply.about.value_or("this connection"), reply.code);
    shown_.showRefused(reply, draft, mark);
}

void LoggedFace::showProblem(LocalProblem problem, const std::string& detail) {
    log_.warn("{}{}{}", boost::describe::enum_to_string(problem, ""), detail.empty() ? "" : ": ", detail);
    shown_.showProblem(problem, detail);
}

void LoggedFace::showDiskWell() {
    log_.info("the disk takes recordings again");
    shown_.showDiskWell();
}

void LoggedFace::showUsage(std::string_view verb) {
    shown_.showUsage(verb);
}

void LoggedFace::showUnknownCommand(const std::string& verb) {
    shown_.showUnknownCommand(verb);
}

void LoggedFace::showBadEdit(const std::string& field, const std::string& value, const std::string& detail) {
    shown_.showBadEdit(field, value, detail);
}

void LoggedFace::showKeyring(const std::optional<Error>& problem, std::size_t sealedCalls) {
    if (problem) log_.warn("keyring: {}", problem->detail);
    if (sealedCalls > 0) log_.warn("recordings of {} calls wait for their key", sealedCalls);
    shown_.showKeyring(problem, sealedCalls);
}

void LoggedFace::showDrift(protocol::Speaker channel, double ppm) {
    log_.warn("the {} channel's device is off by {:.0f} ppm", wordOf(channel), ppm);
    shown_.showDrift(channel, ppm);
}

void LoggedFace::showUndelivered(const CallId& callId, std::int64_t frames, bool isRecording) {
    log_.info("call {}: {} frames are not delivered yet", callId.value(), frames);
    shown_.showUndelivered(callId, frames, isRecording);
}

void LoggedFace::showCaughtUp(const CallId& callId) {
    log_.info("call {}: the server has all of its audio again", callId.value());
    shown_.showCaughtUp(callId);
}

void LoggedFace::showLost(const CallId& callId, std::int64_t lostMs, bool isDiskFull) {
    log_.error("call {}: {} ms of its audio are lost{}", callId.value(), lostMs,
               isDiskFull ? ": disk full" : "");
    shown_.showLost(callId, lostMs, isDiskFull);
}

void LoggedFace::showKept(const CallId& callId, const std::string& why, std::chrono::hours maxAge) {
    log_.warn("call {}: its audio is kept, not delivered: {}", callId.value(), why);
    shown_.showKept(callId, why, maxAge);
}

void LoggedFace::showErased(const CallId& callId, const std::string& why, std::chrono::hours maxAge) {
    log_.error("call {}: its audio was erased, never delivered: {}", callId.value(), why);
    shown_.showErased(callId, why, maxAge);
}

void LoggedFace::showErasedSealed(std::size_t calls) {
    log_.error("the audio of {} calls was erased, never delivered: their key was not there again", calls);
    shown_.showErasedSealed(calls);
}

void LoggedFace::showPausedHere(const CallId& callId, bool isPaused) {
    log_.info("call {}: recording {} here; the server does not know yet", callId.value(),
              isPaused ? "paused" : "resumed");
    shown_.showPausedHere(callId, isPaused);
}

void LoggedFace::showStoppedUnseen(const CallId& callId, BlindEnd why, std::chrono::milliseconds limit) {
    log_.warn("call {}: capture stopped, {} s unseen", callId.value(), limit.count() / 1000);
    shown_.showStoppedUnseen(callId, why, limit);
}

void LoggedFace::showSeenAgain(const CallId& callId) {
    log_.info("call {}: seen again", callId.value());
    shown_.showSeenAgain(callId);
}

void LoggedFace::showAudio(const CallId& callId, const std::string& what) {
    log_.info("call {}: audio {}", callId.value(), what);
    shown_.showAudio(callId, what);
}

void LoggedFace::showPhone(const TrackedCall& call, bool isServerAway) {
    log_.info("{} saw call {}: {} {}{}", nameOf(call.source), call.localId, wordOf(call.direction),
              wordOf(call.state), call.isTransferred ? ", transferred" : "");
    shown_.showPhone(call, isServerAway);
}

void LoggedFace::showTalkUnannounced() {
    log_.info("the phone program records, and no call is known");
    shown_.showTalkUnannounced();
}

void LoggedFace::showContactUrl(const std::string& url) {
    shown_.showContactUrl(url);
}

void LoggedFace::showSoftphone(bool isConnected) {
    log_.info("softphone {}", isConnected ? "connected" : "disconnected");
    shown_.showSoftphone(isConnected);
}

void LoggedFace::showHelp() {
    shown_.showHelp();
}

void LoggedFace::forget(const CallId& callId) {
    calls_.erase(callId);
    shown_.forget(callId);
}

void LoggedFace::forget(const DraftId& draftId) {
    drafts_.erase(draftId);
    shown_.forget(draftId);
}

}  // namespace ninja3cx::agent
