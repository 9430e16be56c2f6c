#include "agent/app/terminal_face.hpp"

#include <utility>

/// The part of the face that is about which server this is.
namespace ninja3cx::agent {

void TerminalFace::showDistrust(const Distrust& distrust) {
    if (std::exchange(shownDistrust_, distrust) == distrust) return;  // each attempt comes here
    const std::string seen = distrust.seen.text();
    if (format_ == OutputFormat::Json)
        return event("problem",
                     {{"code", distrust.pinned ? "serverKeyChanged" : "serverUntrusted"},
                      {"message", errorOf(distrust).detail},
                      {"server", distrust.server},
                      {"seen", seen},
                      {"expected", distrust.pinned ? boost::json::value(distrust.pinned->text()) : nullptr}});
    const std::string pair = "    3cx-ninja-agent pair " + distrust.server;
    if (distrust.pinned) {
        line(distrust.server + texts_.pick(" n'a pas la clé du serveur auquel ce poste est associé : rien ne "
                                           "lui est envoyé, les enregistrements restent ici",
                                           " has not the key of the server that this PC is paired with: "
                                           "nothing is sent to it, recordings stay here"));
        line(texts_.pick("  attendue : ", "  expected: ") + distrust.pinned->text());
        line(texts_.pick("  reçue :    ", "  seen:     ") + seen);
        line(texts_.pick(
            "  Si l'administrateur confirme la nouvelle clé ('3cx-ninja-server doctor' l'affiche) :",
            "  If the administrator confirms the new key ('3cx-ninja-server doctor' shows it):"));
        return line(pair + " --fingerprint " + seen);
    }
    line(texts_.pick("Rien ne garantit le certificat de ", "Nobody vouches for the certificate of ") +
         distrust.server + " (" + distrust.why + ")" +
         texts_.pick(", et ce poste n'y est pas associé : rien ne lui est envoyé",
                     ", and this PC is not paired with it: nothing is sent to it"));
    line(texts_.pick("  sa clé : ", "  its key: ") + seen);
    line(texts_.pick("  Pour l'associer, après l'avoir comparée à ce que dit '3cx-ninja-server doctor' :",
                     "  To pair it, once compared with what '3cx-ninja-server doctor' says:"));
    line(pair);
}

}  // namespace ninja3cx::agent
