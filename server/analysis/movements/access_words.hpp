#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <optional>

/// What is said of somebody's account, access or mailbox.
namespace ninja3cx::analysis {

struct AccessWords {
    Phrase::Match match;
    /// "votre compte", "my access": of those who speak, who may well be locked out.
    bool isOwn = false;
    /// "ses accès", "le compte de Julien", "remove him": of somebody else.
    bool isOfAnother = false;
    /// "désactivé", "disabled": it is so already.
    bool isPast = false;
    /// "sa boîte", "access to her mailbox": of mail alone.
    bool isOfMail = false;
    /// "fermer la session", "close her sessions": whoever is to log in again may.
    bool isOfSession = false;
};

/// Access is taken away, or is to be: "couper ses accès", "removing him from the groups", "his account's disabled". Not
/// "je ne coupe pas". Of several the first that does more than end a session: "je ferme sa session et je bloque son
/// compte" is of the account.
std::optional<AccessWords> cutIn(const Line& line);

/// Access is given, or is to be: "je crée son compte", "je vous donne accès à sa boîte", "set up her login".
std::optional<AccessWords> grantIn(const Line& line);

/// Access that was cut is given back: "je réactive son compte", "re-enable her login".
std::optional<AccessWords> restoreIn(const Line& line);

/// "j'ai coupé Paul et préparé Julie", "I've disabled Tom and set up Emma", with either verb's place: it is done. Not "I have to
/// disable him", "I've disabled Tom and I'll set up Emma".
bool isToldAsDone(const Line& line, std::size_t verb);

/// One of the verbs of these, whatever it is done to: "je le réactive", "i'm closing it now".
bool saysCut(const Line& line);
bool saysGrant(const Line& line);
bool saysRestore(const Line& line);

}  // namespace ninja3cx::analysis
