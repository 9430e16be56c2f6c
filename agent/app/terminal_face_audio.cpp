#include "agent/app/terminal_face.hpp"

#include <cmath>

/// The part of the face that is about recorded audio and its devices.
namespace ninja3cx::agent {

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
