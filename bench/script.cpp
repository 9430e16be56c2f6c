#include "bench/script.hpp"

#include <algorithm>
#include <cctype>

namespace ninja3cx::bench {

using transcription::DecodeKind;
using transcription::Token;

Script::Script(const Tapes& tapes, const Tokenise& tokenise) : tapes_{tapes} {
    for (const auto& [callId, tape] : tapes) {
        for (const std::size_t channel : {0U, 1U}) {
            for (const TimedWord& word : tape.words(channel)) {
                if (whole_.contains(word.text)) continue;
                whole_.emplace(word.text, tokenise(std::string{word.text}));
                const std::string half = firstHalf(word.text);
                cut_.emplace(word.text, half.empty() ? Tokens{} : tokenise(half));
            }
        }
    }
}

std::vector<Token> Script::tokens(const transcription::DecodeRequest& request) const {
    const auto tape = tapes_.find(request.callId);
    if (tape == tapes_.end()) return request.prefix;
    const std::int64_t end = request.start + static_cast<std::int64_t>(request.samples.size());
    const auto words = tape->second.wordsWithin(channelIndex(request.channel), request.start, end);
    Tokens all;
    for (const TimedWord& word : words) {
        const bool isCutOff = request.kind == DecodeKind::Partial && word.end > end;
        const auto& tokens = (isCutOff ? cut_ : whole_).find(word.text)->second;
        all.insert(all.end(), tokens.begin(), tokens.end());
    }
    const Tokens& prefix = request.prefix;
    if (all.size() < prefix.size() || !std::equal(prefix.begin(), prefix.end(), all.begin())) return prefix;
    return all;
}

std::vector<Token> Script::tokensWithin(const CallTape& tape, std::size_t channel, std::int64_t from,
                                        std::int64_t to) const {
    Tokens all;
    for (const TimedWord& word : tape.wordsWithin(channel, from, to)) {
        const auto& tokens = whole_.find(word.text)->second;
        all.insert(all.end(), tokens.begin(), tokens.end());
    }
    return all;
}

std::string firstHalf(std::string_view word) {
    const auto isLetterStart = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto letters = std::count_if(word.begin(), word.end(), isLetterStart);
    if (letters < 4) return {};
    std::size_t end = 0;
    for (std::ptrdiff_t seen = 0; end < word.size(); ++end) {
        if (isLetterStart(word[end]) && seen++ == letters / 2) break;
    }
    return std::string{word.substr(0, end)};
}

std::size_t channelIndex(protocol::Speaker speaker) {
    return speaker == protocol::Speaker::Agent ? 0 : 1;
}

}  // namespace ninja3cx::bench
