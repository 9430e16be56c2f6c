#include "agent/app/terminal_face.hpp"
#include "shared/protocol/codes.hpp"

#include <cmath>
#include <utility>

/// The part of the face that is about recorded audio and its devices.
namespace ninja3cx::agent {
namespace {

std::string daysText(const Texts& texts, std::chrono::hours age) {
    const auto days = std::chrono::duration_cast<std::chrono::days>(age).count();
    return std::to_string(days) + (days == 1 ? texts.pick(" jour", " day") : texts.pick(" jours", " days"));
}

}  // namespace

void TerminalFace::showStorage(const std::optional<std::string>& problem) {
    if (std::exchange(storageProblem_, problem) == problem) return;
    if (format_ == OutputFormat::Json)
        return event("serverStorage", {{"problem", problem ? boost::json::value(*problem) : nullptr}});
    if (!problem)
        return line(texts_.pick("C'est réglé : le disque du serveur accepte de nouveau tout",
                                "This is over: the disk of the server takes everything again"));
    const auto known = protocol::codeNamed<protocol::StorageProblem>(*problem);
    line(known == protocol::StorageProblem::AudioNotStored
             ? texts_.pick(
                   "Le serveur ne peut plus enregistrer l'audio (disque plein ?) : ce poste le garde et le "
                   "transmet ensuite",
                   "The server cannot store audio (disk full?): this PC keeps it and sends it afterwards")
         : known == protocol::StorageProblem::DatabaseNotWritten
             ? texts_.pick("Le serveur ne peut plus écrire sa base de données (disque plein ?) : les appels "
                           "sont affichés "
                           "et enregistrés ici, sans être encore stockés ; texte et brouillons attendent",
                           "The server cannot write its database (disk full?): calls are shown and recorded "
                           "here, but not "
                           "stored yet; text and drafts wait")
             : texts_.pick("Le serveur a un problème de disque", "The server has trouble with its disk"));
}

void TerminalFace::showKeyring(const std::optional<Error>& why, std::size_t sealedCalls) {
    if (why)
        problem("keyring", why->detail,
                texts_.pick(
                    "Le trousseau de clés de la session ne peut pas servir : la clé des enregistrements est "
                    "dans un fichier que vous seul pouvez lire (détail technique : ",
                    "The session's keyring cannot be used: the key of the recordings is in a file that you "
                    "alone can read (") +
                    why->detail + ")");
    if (sealedCalls == 0) return;
    const std::string count = std::to_string(sealedCalls);
    problem(
        "sealed", "recordings of " + count + " call(s) wait for the key that they are sealed with",
        texts_.pick("Enregistrements conservés, en attente de leur clé : ",
                    "Recordings kept, waiting for their key: ") +
            count +
            texts_.pick(
                " appel(s). Déverrouillez le trousseau de la session, puis relancez l'agent : ils partiront",
                " call(s). Unlock the session's keyring, then start the agent again: they will be sent"));
}

void TerminalFace::showUndelivered(const CallId& callId, std::int64_t frames, bool isRecording) {
    if (format_ == OutputFormat::Json)
        return event("undelivered",
                     {{"callId", callId.value()}, {"frames", frames}, {"isRecording", isRecording}});
    constexpr std::int64_t kFramesPerSecond = 20;  // of both channels
    const std::int64_t seconds = (frames + kFramesPerSecond - 1) / kFramesPerSecond;
    line((isRecording ? texts_.pick("Enregistrement en cours, pas encore transmis : ",
                                    "Recording, not yet delivered: ")
                      : texts_.pick("Enregistré, pas encore transmis : ", "Recorded, not yet delivered: ")) +
         std::to_string(seconds) + texts_.pick(" s d'appel", " s of the call"));
}

void TerminalFace::showCaughtUp(const CallId& callId) {
    if (format_ == OutputFormat::Json) return event("caughtUp", {{"callId", callId.value()}});
    line(texts_.pick("Transmis : le serveur a tout l'enregistrement, le texte suit",
                     "Delivered: the server has all of the recording, the text follows"));
}

void TerminalFace::showLost(const CallId& callId, std::int64_t lostMs, bool isDiskFull) {
    if (format_ == OutputFormat::Json)
        return event("audioLost",
                     {{"callId", callId.value()}, {"lostMs", lostMs}, {"isDiskFull", isDiskFull}});
    const std::string seconds = std::to_string((lostMs + 999) / 1000);
    line(isDiskFull ? seconds + texts_.pick(" s de cet appel n'ont pas pu être conservées : disque plein",
                                            " s of this call could not be kept: disk full")
                    : seconds + texts_.pick(" s de l'enregistrement de cet appel sont perdues",
                                            " s of this call's recording are lost"));
}

void TerminalFace::showKept(const CallId& callId, const std::string& why, std::chrono::hours maxAge) {
    if (format_ == OutputFormat::Json) return event("kept", {{"callId", callId.value()}, {"why", why}});
    const char* reason = texts_.pick("il est d'un autre poste et part quand ce poste se connecte",
                                     "it is of another extension and is sent when that one connects");
    if (why == "unknownCall")
        reason = texts_.pick("le serveur ne connaît pas cet appel", "the server does not know this call");
    if (why == "otherServer")
        reason = texts_.pick("il est d'un autre serveur et part quand l'agent s'y connecte",
                             "it is of another server and is sent when the agent connects to that one");
    line(texts_.pick("Enregistrement conservé (", "Recording kept (") + callId.value() + ")" +
         texts_.colon() + reason + texts_.pick(", effacé ", ", erased ") + daysText(texts_, maxAge) +
         texts_.pick(" après l'appel", " after the call"));
}

void TerminalFace::showErased(const CallId& callId, const std::string& why, std::chrono::hours maxAge) {
    const bool isOld = why == "tooOld";
    problem(
        "erased",
        "the recording of call " + callId.value() + " was erased, never delivered: " +
            (isOld ? "it is older than spool.maxAgeDays" : "the server does not know it, and room is needed"),
        texts_.pick("Enregistrement effacé sans avoir été transmis (",
                    "Recording erased, never delivered (") +
            callId.value() + ")" + texts_.colon() +
            (isOld ? texts_.pick("l'appel a plus de ", "the call is more than ") + daysText(texts_, maxAge) +
                         texts_.pick("", " old")
                   : std::string{
                         texts_.pick("le serveur ne connaît pas cet appel, et la place manque sur ce poste",
                                     "the server does not know this call, and this PC lacks the room")}));
}

void TerminalFace::showErasedSealed(std::size_t calls) {
    const std::string count = std::to_string(calls);
    problem("erased",
            "recordings of " + count + " call(s) were erased, never delivered: their key was not there again",
            texts_.pick("Enregistrements effacés sans avoir été transmis, leur clé n'étant pas revenue : ",
                        "Recordings erased, never delivered, for their key was not there again: ") +
                count + texts_.pick(" appel(s)", " call(s)"));
}

void TerminalFace::showDrift(protocol::Speaker channel, double ppm) {
    const bool isAgent = channel == protocol::Speaker::Agent;
    const std::string amount = std::to_string(std::lround(std::abs(ppm)));
    const bool isFast = ppm > 0;
    problem("deviceClock",
            std::string{"the sound device of the "} + (isAgent ? "agent" : "customer") + " channel runs " +
                amount + " ppm too " + (isFast ? "fast" : "slow"),
            std::string{isAgent ? texts_.pick("Le microphone", "The microphone")
                                : texts_.pick("Le son du client", "The sound of the customer")} +
                (isFast ? texts_.pick(" court trop vite de ", " runs fast by ")
                        : texts_.pick(" est trop lent de ", " runs slow by ")) +
                amount +
                texts_.pick(" ppm : la fréquence de la carte son est à vérifier, le texte peut se décaler",
                            " ppm: check the sample rate of the sound card, the text may be out of step"));
}

}  // namespace ninja3cx::agent
