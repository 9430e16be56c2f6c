#pragma once

#include "bench/call_tape.hpp"
#include "server/transcription/speech_decoder.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// What a model of random weights is made to say: the words of the calls, as if it had heard them. The same sound
/// always has the same words, so partial texts agree as far as those of a good model would. Only read after it
/// was made: any thread.
class Script {
public:
    using Tokenise = std::function<std::vector<transcription::Token>(const std::string&)>;
    using Tapes = std::map<CallId, CallTape>;

    /// `tapes` must outlive it.
    Script(const Tapes& tapes, const Tokenise& tokenise);

    /// The words whose middle lies within the sound, behind the prefix. A partial hears half of a word that goes on
    /// beyond its sound.
    std::vector<transcription::Token> tokens(const transcription::DecodeRequest& request) const;
    /// Without any of that, for a window of a call.
    std::vector<transcription::Token> tokensWithin(const CallTape& tape, std::size_t channel,
                                                   std::int64_t from, std::int64_t to) const;

private:
    using Tokens = std::vector<transcription::Token>;
    const Tapes& tapes_;
    std::map<std::string, Tokens, std::less<>> whole_;  // by word
    std::map<std::string, Tokens, std::less<>> cut_;
};

/// The first half of a word, of whole letters; empty where little would be left.
std::string firstHalf(std::string_view word);

/// 0 agent, 1 customer.
std::size_t channelIndex(protocol::Speaker speaker);

}  // namespace ninja3cx::bench
