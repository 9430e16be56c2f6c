#include "agent/app/terminal_face.hpp"

#include <cstdio>
#include <ostream>

namespace ninja3cx::agent {
namespace {

std::string clockText(std::int64_t ms) {
    char text[24];
    std::snprintf(text, sizeof text, "%02d:%02d", static_cast<int>(ms / 60'000),
                  static_cast<int>(ms / 1000 % 60));
    return text;
}

std::string callerText(const protocol::Call& call) {
    if (call.caller.state == protocol::CallerMatchState::One && !call.caller.contacts.empty()) {
        const protocol::Contact& contact = call.caller.contacts.front();
        return contact.name + ", " + contact.organizationName + " (" + call.remoteNumber + ")";
    }
    if (!call.remoteName.empty()) return call.remoteName + " (" + call.remoteNumber + ")";
    return call.remoteNumber.empty() ? "numéro masqué" : call.remoteNumber;
}

std::string stateText(const protocol::Call& call) {
    using enum protocol::CallState;
    switch (call.state) {
        case Ringing:
            return "sonne";
        case Dialing:
            return "numérotation";
        case Connected:
            return call.recording == protocol::Recording::Blocked  ? "en ligne, non enregistré"
                   : call.recording == protocol::Recording::Paused ? "en ligne, enregistrement suspendu"
                                                                   : "en ligne";
        case Held:
            return "en attente";
        case Ended:
            return "terminé";
        case Missed:
            return "manqué";
    }
    return "";
}

std::string draftText(const protocol::Draft& draft) {
    using enum protocol::DeliveryState;
    switch (draft.delivery.state) {
        case Created:
            return "ticket n° " +
                   std::to_string(draft.delivery.ticketId ? draft.delivery.ticketId->value() : 0) + " créé";
        case Queued:
        case Sending:
            return "envoi à NinjaOne";
        case Unknown:
            return "envoyé, réponse perdue : recherche du ticket";
        case Waiting:
            return "NinjaOne injoignable, conservé, nouvel essai à venir";
        case Unconfirmed:
            return "NON CONFIRMÉ : à vous de décider ('again', 'exists NUMÉRO' ou 'giveup')";
        case Rejected:
            return "refusé par NinjaOne : " + draft.delivery.problem;
        case None:
            break;
    }
    switch (draft.state) {
        case protocol::DraftState::Inbox:
            return draft.heldBecause.empty() ? "à valider" : "à valider (" + draft.heldBecause + ")";
        case protocol::DraftState::Counting:
            return "création dans " + std::to_string(draft.countdownLeftMs / 1000) + " s";
        case protocol::DraftState::Paused:
            return "en pause";
        case protocol::DraftState::Confirmed:
            return "confirmé";
        case protocol::DraftState::Discarded:
            return "abandonné : " + draft.discardReason;
    }
    return "";
}

}  // namespace

void TerminalFace::line(const std::string& text) {
    out_ << text << std::endl;
}

void TerminalFace::event(const std::string& name, boost::json::object fields) {
    fields["event"] = name;
    out_ << boost::json::serialize(fields) << std::endl;
}

void TerminalFace::showConnected(const protocol::Welcome& welcome) {
    if (format_ == OutputFormat::Json) return event("connected", {{"epoch", welcome.epoch}});
    line("Connecté au serveur " + welcome.serverVersion +
         (welcome.extension ? ", poste " + welcome.extension->value() : ""));
}

void TerminalFace::showDown(const std::string& why, std::int64_t retryInMs) {
    if (format_ == OutputFormat::Json) return event("disconnected", {{"why", why}, {"retryInMs", retryInMs}});
    line("Serveur injoignable : " + why + " (nouvel essai dans " + std::to_string((retryInMs + 999) / 1000) +
         " s)");
}

void TerminalFace::showCall(const protocol::Call& call) {
    if (format_ == OutputFormat::Json) return event("call", {{"call", json::encode(call)}});
    const std::string text = "Appel " + callerText(call) + " : " + stateText(call);
    if (std::exchange(shownCalls_[call.callId], text) != text) line(text);
}

void TerminalFace::showUtterance(const protocol::Utterance& utterance) {
    // A reconnect brings everything once more; a restarted server counts revisions anew, yet final is final.
    Shown& shown = shownUtterances_[utterance.callId][utterance.utteranceId];
    if (shown.isFinal || (!utterance.isFinal && utterance.revision <= shown.revision)) return;
    shown = {utterance.revision, utterance.isFinal};
    if (format_ == OutputFormat::Json) return event("utterance", {{"utterance", json::encode(utterance)}});
    if (!utterance.isFinal) return;
    line("[" + clockText(utterance.startMs) + "] " +
         (utterance.channel == protocol::Speaker::Agent ? "Technicien : " : "Client     : ") +
         utterance.text);
}

void TerminalFace::showDraft(const protocol::Draft& draft) {
    if (format_ == OutputFormat::Json) return event("draft", {{"draft", json::encode(draft)}});
    const std::string text =
        "Ticket proposé : " + draft.fields.subject + "\n  " + draft.fields.summary +
        "\n  demandeur : " + (draft.fields.requesterName.empty() ? "inconnu" : draft.fields.requesterName) +
        ", organisation : " +
        (draft.fields.organizationName.empty() ? "inconnue" : draft.fields.organizationName) +
        ", priorité : " + json::detail::enumName(draft.fields.priority);
    if (std::exchange(shownDrafts_[draft.draftId], text) != text) line(text);
    line("  → " + draftText(draft));
}

void TerminalFace::showProblem(const std::string& code, const std::string& message) {
    if (format_ == OutputFormat::Json) return event("problem", {{"code", code}, {"message", message}});
    line("Refusé (" + code + ") : " + message);
}

void TerminalFace::showUndelivered(const CallId& callId, std::int64_t frames) {
    if (format_ == OutputFormat::Json)
        return event("undelivered", {{"callId", callId.value()}, {"frames", frames}});
    line("Enregistré, pas encore transmis : " + std::to_string(frames / 20) + " s d'appel");
}

void TerminalFace::showKept(const CallId& callId, const std::string& why) {
    if (format_ == OutputFormat::Json) return event("kept", {{"callId", callId.value()}, {"why", why}});
    line("Enregistrement conservé (" + callId.value() + ") : " +
         (why == "unknownCall"
              ? "le serveur ne connaît pas cet appel, effacé 7 jours après l'appel"
              : "il est d'un autre poste et part quand ce poste se connecte, effacé 7 jours après l'appel"));
}

void TerminalFace::showPausedHere(const CallId& callId, bool isPaused) {
    if (format_ == OutputFormat::Json)
        return event("pausedHere", {{"callId", callId.value()}, {"isPaused", isPaused}});
    line(std::string{isPaused ? "Enregistrement suspendu" : "Enregistrement repris"} +
         " sur ce poste ; le serveur ne le sait pas encore, il en sera averti à la prochaine connexion");
}

void TerminalFace::showAudio(const CallId& callId, const std::string& what) {
    if (format_ == OutputFormat::Json) event("audio", {{"callId", callId.value()}, {"what", what}});
}

void TerminalFace::forget(const CallId& callId) {
    shownCalls_.erase(callId);
    shownUtterances_.erase(callId);
}

void TerminalFace::showHelp() {
    line(
        "Commandes : confirm | later | pause | resume | discard RAISON | edit CHAMP=VALEUR | drafts\n"
        "            again | exists NUMÉRO | giveup      (ticket non confirmé ou refusé)\n"
        "            record off | record on              (enregistrement de l'appel en cours)\n"
        "            ring NUMÉRO | help | quit\n"
        "Champs : subject, summary, requesterUid, requesterName, organizationId, organizationName, priority, "
        "type,\n"
        "         severity, category, tags, isSolved, isPublic, includesTranscript");
}

}  // namespace ninja3cx::agent
