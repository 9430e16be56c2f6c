#include "server/transcription/attempt.hpp"

#include "server/transcription/text_guard.hpp"

namespace ninja3cx::transcription {

std::string Attempt::text() const {
    return tidy(textOf(tokens));
}

bool Attempt::isBroken() const {
    return isCut || isLooping(text());
}

bool isBetter(const Attempt& again, const Attempt& first, std::size_t prefixTokens) {
    if (again.tokens.size() <= prefixTokens || again.isLikelySilence || again.isBroken()) return false;
    if (isHallucination(again.text())) return false;
    return again.meanLogProb > first.meanLogProb;
}

}  // namespace ninja3cx::transcription
