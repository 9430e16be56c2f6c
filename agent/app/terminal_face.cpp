#include "agent/app/terminal_face.hpp"

#include "agent/app/terminal_words.hpp"
#include "shared/protocol/call_states.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kSpeakerWidth = 10;  // of the longest

}  // namespace

void TerminalFace::line(const std::string& text) {
    out_ << text << std::endl;
}

void TerminalFace::event(const std::string& name, boost::json::object fields) {
    fields["event"] = name;
    out_ << boost::json::serialize(fields) << std::endl;
}

void TerminalFace::problem(const std::string& code, const std::string& message, const std::string& text) {
    if (format_ == OutputFormat::Json) return event("problem", {{"code", code}, {"message", message}});
    line(text);
}

void TerminalFace::showConnected(const protocol::Welcome& welcome) {
    shownDistrust_.reset();
    if (format_ == OutputFormat::Json) return event("connected", {{"epoch", welcome.epoch}});
    line(texts_.pick("Connecté au serveur ", "Connected to the server ") + welcome.serverVersion +
         (welcome.extension ? texts_.pick(", poste ", ", extension ") + welcome.extension->value() : ""));
}

void TerminalFace::showDown(const Error& why, std::int64_t retryInMs, bool stopsCountdown) {
    if (format_ == OutputFormat::Json)
        return event("disconnected", {{"why", why.detail}, {"retryInMs", retryInMs}});
    line(texts_.pick("Pas de connexion : ", "No connection: ") + texts_.of(why.kind) +
         texts_.pick(", nouvel essai dans ", ", next attempt in ") + secondsText(retryInMs) +
         (why.detail.empty() ? "" : texts_.pick(" (détail technique : ", " (") + why.detail + ")"));
    if (stopsCountdown)
        line(texts_.pick(
            "  → hors d'atteinte du serveur : le compte à rebours attend le retour de la connexion",
            "  → out of the server's reach: the countdown waits until the connection is back"));
}

void TerminalFace::showCall(const protocol::Call& call) {
    if (format_ == OutputFormat::Json) return event("call", {{"call", json::encode(call)}});
    const std::string text = callText(texts_, call);
    ShownCall& shown = shownCalls_[call.callId];
    shown.isFromRecording = call.isFromRecording.value_or(false);
    if (std::exchange(shown.text, text) != text) line(text);
    const bool isWatched = call.watchers > 0;
    if (std::exchange(shown.isWatched, isWatched) != isWatched)
        line((isWatched ? texts_.pick("Un superviseur lit maintenant cet appel : ",
                                      "A supervisor now reads along with this call: ")
                        : texts_.pick("Plus aucun superviseur ne lit cet appel : ",
                                      "No supervisor reads along with this call any more: ")) +
             callerText(texts_, call));
    // With the end of the call there is nothing left to do about the microphone.
    if (isOver(call.state)) return;
    showInsight(call, shown.insight);
    const bool hasEcho = call.echo.has_value();
    if (std::exchange(shown.hasEcho, hasEcho) == hasEcho) return;
    line(hasEcho ? texts_.pick("Votre micro capte la voix du client : mettez un casque ou baissez le "
                               "haut-parleur ; rien n'est doublé dans le texte",
                               "Your microphone hears the customer: use a headset or turn the loudspeaker "
                               "down; nothing is doubled in the text")
                 : texts_.pick("Votre micro ne capte plus la voix du client",
                               "Your microphone no longer hears the customer"));
}

/// Nothing is said of a call that looks like any other: neutral, and about nothing yet.
void TerminalFace::showInsight(const protocol::Call& call, std::string& shown) {
    const bool isNews = call.insight && (!shown.empty() || *call.insight != protocol::CallInsight{});
    const std::string text = isNews ? insightText(texts_, *call.insight) : shown;
    if (std::exchange(shown, text) != text) line("  → " + text);
}

void TerminalFace::showUtterance(const protocol::Utterance& utterance) {
    // A reconnect brings everything once more; a restarted server counts revisions anew, yet final is final.
    Shown& shown = shownUtterances_[utterance.callId][utterance.utteranceId];
    if (shown.isFinal || (!utterance.isFinal && utterance.revision <= shown.revision)) return;
    shown = {utterance.revision, utterance.isFinal};
    if (format_ == OutputFormat::Json) return event("utterance", {{"utterance", json::encode(utterance)}});
    if (!utterance.isFinal || utterance.text.empty()) return;
    const auto call = shownCalls_.find(utterance.callId);
    const bool isRecording = call != shownCalls_.end() && call->second.isFromRecording;
    std::string speaker = isRecording ? texts_.pick("Enregist.", "Recording") : texts_.of(utterance.channel);
    speaker.resize(std::max<std::size_t>(speaker.size(), kSpeakerWidth), ' ');
    line("[" + clockText(utterance.startMs) + "] " + speaker + texts_.colon() + utterance.text);
}

void TerminalFace::showProblem(LocalProblem kind, const std::string& detail) {
    switch (kind) {
        case LocalProblem::Offline:
            return problem("offline", "no connection to the server; nothing was sent",
                           texts_.pick("Pas de connexion au serveur : rien n'a été envoyé",
                                       "No connection to the server: nothing was sent"));
        case LocalProblem::SaidLater:
            return problem(
                "saidLater",
                "no connection to the server; the decision is said once connected, if the draft is still the "
                "same",
                texts_.pick("Pas de connexion au serveur : votre décision sera dite à la reconnexion, si le "
                            "brouillon est encore le même",
                            "No connection to the server: your decision is said once connected, if the draft "
                            "is still the same"));
        case LocalProblem::Unanswered:
            return problem(
                "unanswered",
                "the server has not answered a decision on a draft; it is said again once connected, if the "
                "draft is still the same",
                texts_.pick(
                    "Le serveur n'a pas répondu à votre décision : elle sera redite à la reconnexion, "
                    "si le brouillon est encore le même",
                    "The server has not answered your decision: it is said again once connected, if "
                    "the draft is still the same"));
        case LocalProblem::DecideAgain:
            return problem(
                "decideAgain",
                "the server has not answered a decision on a draft; it is not said again by itself: look, "
                "then decide again",
                texts_.pick(
                    "Le serveur n'a pas répondu à votre décision, et elle n'est pas redite d'elle-même : "
                    "une fois connecté, regardez ('drafts'), puis décidez de nouveau",
                    "The server has not answered your decision, and it is not said again by itself: "
                    "once connected, look ('drafts'), then decide again"));
        case LocalProblem::NoDraft:
            return problem(
                "noDraft", "there is no draft to decide on",
                texts_.pick("Il n'y a pas de brouillon à décider", "There is no draft to decide on"));
        case LocalProblem::NoSuchDraft:
            return problem(
                "noSuchDraft", "no draft of that number waits for a decision",
                texts_.pick("Aucun brouillon de ce numéro n'attend de décision ('drafts' les montre)",
                            "No draft of that number waits for a decision ('drafts' shows them)"));
        case LocalProblem::IsSent:
            return problem(
                "isSent", "the draft was sent; its line says what can still be decided",
                texts_.pick("Ce brouillon a déjà été envoyé : sa ligne ('drafts') dit ce qui reste à décider",
                            "This draft was sent already: its line ('drafts') says what is left to decide"));
        case LocalProblem::NoSuchOffer:
            return problem(
                "noSuchOffer", "the draft has no offer of that number",
                texts_.pick("Ce brouillon n'a pas de proposition de ce numéro ('drafts' les montre)",
                            "This draft has no offer of that number ('drafts' shows them)"));
        case LocalProblem::NoSuchCandidate:
            return problem(
                "noSuchCandidate", "the draft's call has no candidate of that number",
                texts_.pick("Personne de ce numéro n'est proposé pour cet appel ('drafts' montre qui l'est)",
                            "Nobody of that number is proposed for this call ('drafts' shows who is)"));
        case LocalProblem::NoProposal:
            return problem("noProposal", "no other text is proposed for the draft",
                           texts_.pick("Aucun autre texte n'est proposé pour ce brouillon",
                                       "No other text is proposed for this draft"));
        case LocalProblem::NoCall:
            return problem(
                "noCall", "no call is being recorded",
                texts_.pick("Aucun appel n'est en cours d'enregistrement", "No call is being recorded"));
        case LocalProblem::Spool:
            return problem(
                "spool", detail,
                texts_.pick("L'enregistrement de l'appel sur ce poste a un problème (détail technique : ",
                            "The recording of the call on this PC has a problem (") +
                    detail + ")");
        case LocalProblem::IsTalking:
        case LocalProblem::NoCallOfOurs:
        case LocalProblem::NoSoftphone:
        case LocalProblem::ContactUrl:
        case LocalProblem::HandOver:
        case LocalProblem::SoftphonePipe:
        case LocalProblem::CallNotKept:
            return showPhoneProblem(kind, detail);
    }
}

void TerminalFace::showNinja(protocol::LinkState link) {
    const bool isNeeded = link == protocol::LinkState::NeedsLogin;
    if (std::exchange(needsNinjaLogin_, isNeeded) == isNeeded) return;
    if (format_ == OutputFormat::Json) return event("ninjaOne", {{"needsLogin", isNeeded}});
    line(isNeeded
             ? texts_.pick("La connexion à NinjaOne est à refaire : les tickets sont conservés et partent "
                           "ensuite (l'administrateur lance '3cx-ninja-server ninja login')",
                           "NinjaOne needs a new login: tickets are kept and sent afterwards (the "
                           "administrator runs '3cx-ninja-server ninja login')")
             : texts_.pick("La connexion à NinjaOne est refaite", "NinjaOne has its login again"));
}

void TerminalFace::showDiskWell() {
    if (format_ == OutputFormat::Json) return event("diskWell", {});
    line(texts_.pick("C'est réglé : le disque de ce poste accepte de nouveau l'enregistrement de l'appel",
                     "This is over: the disk of this PC takes the recording of the call again"));
}

void TerminalFace::showPausedHere(const CallId& callId, bool isPaused) {
    if (format_ == OutputFormat::Json)
        return event("pausedHere", {{"callId", callId.value()}, {"isPaused", isPaused}});
    line(std::string{isPaused ? texts_.pick("Enregistrement suspendu", "Recording paused")
                              : texts_.pick("Enregistrement repris", "Recording goes on")} +
         texts_.pick(
             " sur ce poste ; le serveur ne le sait pas encore, il en sera averti à la prochaine connexion",
             " on this PC; the server does not know yet and is told at the next connection"));
}

void TerminalFace::showStoppedUnseen(const CallId& callId, BlindEnd why, std::chrono::milliseconds limit) {
    if (format_ == OutputFormat::Json)
        return event("stoppedUnseen",
                     {{"callId", callId.value()}, {"why", why == BlindEnd::Silent ? "silent" : "tooLong"}});
    const std::string time = durationText(limit);
    const std::string silence =
        why == BlindEnd::Silent
            ? texts_.pick(", et le client se tait depuis ", ", and the customer has been silent for ") + time
            : "";
    const std::string since = why == BlindEnd::Silent ? "" : texts_.pick("depuis ", "for ") + time + ", ";
    line(texts_.pick("Micro fermé : ", "Microphone closed: ") + since +
         texts_.pick("le serveur ne voit plus si l'appel continue",
                     "the server has not seen whether the call goes on") +
         silence +
         texts_.pick(
             ". Ce qui est enregistré est conservé ; l'enregistrement reprend dès que l'appel est revu",
             ". What was recorded is kept; recording goes on once the call is seen again"));
}

void TerminalFace::showSeenAgain(const CallId& callId) {
    if (format_ == OutputFormat::Json) return event("seenAgain", {{"callId", callId.value()}});
    line(texts_.pick("Micro rouvert : le serveur revoit l'appel, l'enregistrement reprend",
                     "Microphone open again: the server sees the call, recording goes on"));
}

void TerminalFace::showAudio(const CallId& callId, const std::string& what) {
    if (format_ == OutputFormat::Json) event("audio", {{"callId", callId.value()}, {"what", what}});
}

void TerminalFace::forget(const CallId& callId) {
    shownCalls_.erase(callId);
    shownUtterances_.erase(callId);
}

}  // namespace ninja3cx::agent
