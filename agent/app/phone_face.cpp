#include "agent/app/terminal_face.hpp"

/// What the terminal shows of the telephone on this PC, as opposed to the server's view of it.
namespace ninja3cx::agent {

void TerminalFace::showPhone(const TrackedCall& call, bool isServerAway) {
    if (format_ == OutputFormat::Json)
        return event("phone", {{"localId", call.localId},
                               {"source", nameOf(call.source)},
                               {"state", protocol::wordOf(call.state)},
                               {"direction", protocol::wordOf(call.direction)},
                               {"remoteNumber", call.number},
                               {"remoteName", call.name},
                               {"isTransferred", call.isTransferred},
                               {"isServerAway", isServerAway}});
    if (!isServerAway && !call.isTransferred) return;  // the server shows the call
    const std::string number =
        call.number.empty() ? texts_.pick("numéro masqué", "number withheld") : call.number;
    line(texts_.of(call.direction) + " " + (call.name.empty() ? number : call.name + " (" + number + ")") +
         texts_.colon() +
         (call.isTransferred ? texts_.pick("transféré", "transferred") : texts_.of(call.state)) +
         (isServerAway ? texts_.pick(", vu sur ce poste ; le serveur ne répond pas",
                                     ", seen on this PC; the server cannot be reached")
                       : ""));
}

void TerminalFace::showTalkUnannounced() {
    if (format_ == OutputFormat::Json) return event("talkUnannounced", {});
    line(texts_.pick(
        "Le téléphone est en communication, mais aucun appel n'est connu : 'start NUMÉRO' le signale",
        "The telephone is in a call that nothing announced: 'start NUMBER' reports it"));
}

void TerminalFace::showContactUrl(const std::string& url) {
    if (format_ == OutputFormat::Json) return event("contactUrl", {{"url", url}});
    line(texts_.pick(
        "Adresse à coller dans 3CX (Réglages > Intégration > Ouvrir le contact dans un CRM personnalisé, "
        "informer lors de la sonnerie) :",
        "URL to paste into 3CX (Settings > Integration > Open contact in custom CRM, notify when "
        "ringing):"));
    line("  " + url);
}

void TerminalFace::showSoftphone(bool isConnected) {
    if (format_ == OutputFormat::Json) return event("softphone", {{"isConnected", isConnected}});
    line(isConnected ? texts_.pick("Softphone 3CX connecté : ses appels sont suivis",
                                   "3CX softphone connected: its calls are followed")
                     : texts_.pick("Softphone 3CX déconnecté", "3CX softphone disconnected"));
}

void TerminalFace::showPhoneProblem(LocalProblem kind, const std::string& detail) {
    const std::string technical = texts_.pick(" (détail technique : ", " (") + detail + ")";
    switch (kind) {
        case LocalProblem::IsTalking:
            return problem(
                "isTalking", "a call is connected already",
                texts_.pick(
                    "Un appel est déjà en cours : 'stop' le termine, 'start NUMÉRO' en signale un autre",
                    "A call is connected already: 'stop' ends it, 'start NUMBER' reports another"));
        case LocalProblem::NoCallOfOurs:
            return problem(
                "noCallOfOurs", "no call that this program reported goes on",
                texts_.pick(
                    "Aucun appel signalé par ce poste n'est en cours ; les autres se terminent dans 3CX",
                    "No call that this PC reported goes on; others are ended in 3CX"));
        case LocalProblem::NoSoftphone:
            return problem("noSoftphone", "the softphone is not connected",
                           texts_.pick("Le softphone 3CX n'est pas connecté : rien n'a été composé",
                                       "The 3CX softphone is not connected: nothing was dialled"));
        case LocalProblem::ContactUrl:
            return problem(
                "contactUrl", detail,
                texts_.pick(
                    "L'adresse de contact ne peut pas être ouverte : 3CX ne signalera pas d'appel par "
                    "elle ; \"contactUrlPort\" choisit un autre port",
                    "The contact URL cannot be opened: 3CX will announce no call through it; "
                    "\"contactUrlPort\" chooses another port") +
                    technical);
        case LocalProblem::HandOver:
            return problem("handOver", detail,
                           texts_.pick("Un deuxième démarrage avec --ring ne pourra pas remettre son appel",
                                       "A second start with --ring will not be able to hand its call over") +
                               technical);
        case LocalProblem::SoftphonePipe:
            return problem(
                "softphonePipe", detail,
                texts_.pick("Le softphone 3CX ne peut pas se connecter", "The 3CX softphone cannot connect") +
                    technical);
        case LocalProblem::CallNotKept:
            return problem(
                "callNotKept", "the server has been away for too many calls: the oldest is forgotten",
                texts_.pick("Le serveur est absent depuis trop d'appels : le plus ancien qu'il ne connaît "
                            "pas ne lui sera pas signalé",
                            "The server has been away for too many calls: the oldest that it does not "
                            "know will not be reported to it"));
        default:
            return;
    }
}

}  // namespace ninja3cx::agent
