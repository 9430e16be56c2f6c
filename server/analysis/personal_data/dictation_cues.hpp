#pragma once

#include "server/analysis/conversation/conversation.hpp"

/// What is said round a dictation, whatever is dictated.
namespace ninja3cx::analysis {

/// "vous avez de quoi noter ?", "je vous la dicte", "read me what it says": what was spoken of last may be dictated next.
bool offersToDictate(const Line& line);

/// "ne me la donnez pas", "hold on": who dictates may go on all the same.
bool interruptsDictation(const Line& line);

/// "votre poste c'est lequel", "quel est votre nom déjà": asks something else before the dictation goes on.
bool asksAside(const Line& line);

/// "is that the windows password or outlook": of the one that is dictated.
bool asksWhichSecret(const Line& line);

/// "ok reprenez", "d'accord la suite", "go on": behind such a question.
bool resumesDictation(const Line& line);

}  // namespace ninja3cx::analysis
