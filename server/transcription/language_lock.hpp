#pragma once

#include <map>
#include <optional>
#include <string>

namespace ninja3cx::transcription {

/// Which language a channel speaks, where it is to be recognised ("auto"). A short utterance is easily mistaken
/// ("ok", "allô"), so the utterances vote, weighted by their length and their certainty; once one language is far
/// ahead it is kept for the rest of the call. Pure.
class LanguageLock {
public:
    static constexpr double kEnoughSeconds = 3.0;  // certain speech of the first language beyond the second

    /// `wanted`: "auto", or a language that is kept from the beginning.
    explicit LanguageLock(std::string wanted);

    /// What to ask the decoder for: "auto" as long as it is open.
    const std::string& language() const { return language_; }
    bool isOpen() const { return language_ == "auto"; }
    /// The decoder heard `language` in an utterance of `seconds`.
    void vote(const std::string& language, float probability, double seconds);

private:
    std::string language_;
    std::map<std::string, double> votes_;
};

}  // namespace ninja3cx::transcription
