#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <optional>

/// What is said round a dictation, whatever is dictated.
namespace ninja3cx::analysis {

/// Its mask stands in the line.
bool isMaskedAs(const Line& line, protocol::PersonalDataKind kind);

/// "vous avez de quoi noter ?", "je vous la dicte", "read me what it says": what was spoken of last may be dictated next.
bool offersToDictate(const Line& line);

/// "ne me la donnez pas", "hold on": who dictates may go on all the same.
bool interruptsDictation(const Line& line);

/// "votre poste c'est lequel", "quel est votre nom déjà": asks something else before the dictation goes on.
bool asksAside(const Line& line);

/// "combien de personnes", "vous partez à quelle heure", "votre poste c'est lequel": one number at most answers it, in one line.
bool asksForOneNumber(const Line& line);

/// "votre nom c'est bien Durand", "elle est à votre nom", "is it the company card or yours": "oui" answers it.
bool asksToConfirm(const Line& line);

/// "vous pouvez répéter": what was said last.
bool asksAgain(const Line& line);

/// "is that the windows password or outlook": of the one that is dictated.
bool asksWhichSecret(const Line& line);

/// "ok reprenez", "d'accord la suite", "go on": behind such a question.
bool resumesDictation(const Line& line);

/// "le mot de passe c'est m a r": where in the line the value begins; none: it tells none.
std::optional<std::size_t> secretToldFrom(const Line& line);

/// "on peut mettre Tournesol": where a word begins that is proposed as a password; 0: none is.
std::size_t secretProposedAt(const Line& line);

/// "c'est tout", "j'y suis", "that's it".
bool endsDictation(const Line& line);

/// "merci", "ça marche": over, or only heard.
bool acknowledgesPiece(const Line& line);

/// "attendez je cherche", "c'est marqué quelque part", "prenez votre temps": the next piece is waited for.
bool isWaitedFor(const Line& line);

/// "je ne m'en souviens plus": nothing will be said.
bool refusesToDictate(const Line& line);

}  // namespace ninja3cx::analysis
