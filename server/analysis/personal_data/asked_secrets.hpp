#pragma once

#include "server/analysis/conversation/conversation.hpp"

/// Lines behind which a secret is told.
namespace ninja3cx::analysis {

/// Of passwords and keys of wireless networks.
bool speaksOfPassword(const Line& line);

/// The value is asked for ("vous avez le mot de passe ?", "what password did you set?") or announced ("votre nouveau mot de
/// passe sera", "je vous donne mon mot de passe"): a password that somebody has. Not one that is to be made ("il me faut un
/// nouveau mot de passe"), that the speaker wants to be told ("j'ai oublié mon mot de passe"), or that arrives otherwise
/// ("par sms").
bool asksForPassword(const Line& line);

/// Another short question of a password: "vous l'auriez ?", "il est accepté, le mot de passe ?". A word behind it may answer
/// anything.
bool mayAskForPassword(const Line& line);

/// "vous tapez quoi ?", "the temporary one is", "choisissez-le et dites-le moi": the same of a password that was spoken of before.
bool asksForSpokenPassword(const Line& line);

/// "il me faut un nouveau mot de passe", "pouvez-vous me dire mon mot de passe": there is none to be told.
bool wantsPassword(const Line& line);

/// "quel est le code de la porte ?", "your PIN?", "le code reçu par sms": the same of digits that open something. The line's
/// own digits answer it already.
bool asksForCode(const Line& line);
/// "le code du coffre a changé", "the door code": of a lock.
bool namesCodeOfLock(const Line& line);
/// "c'est quoi le nouveau", "what's the new one": of the code that was named right before.
bool asksForNamedCode(const Line& line);

/// "vous pouvez l'épeler ?", "letter by letter".
bool asksToSpell(const Line& line);

/// What happens to a password, or how it is sent: none is said now.
bool tellsAboutPassword(const Line& line);

}  // namespace ninja3cx::analysis
