#include "server/transcription/speech_decoder.hpp"

#include <algorithm>

namespace ninja3cx::transcription {

std::string textOf(const std::vector<Token>& tokens) {
    std::string text;
    for (const Token& token : tokens) text += token.piece;
    return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace ninja3cx::transcription
