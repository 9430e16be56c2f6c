#pragma once

#include "shared/protocol/corrections.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

/// Names and products as they are written: shown to Whisper before it listens, and set right in the text it gives.
namespace ninja3cx::transcription {

struct Dictionary {
    std::string prompt;                              // a sentence of the administrator's
    std::vector<std::string> words;                  // names and products, the important ones first
    std::map<std::string, std::string> corrections;  // by people: what was written, and what was meant
    std::vector<std::string> organizations;          // of the directory
    std::vector<std::string> people;                 // of the directory, first and last name
};

struct Corrected {
    std::string text;
    std::vector<protocol::Correction> corrections;  // see protocol::uncorrected
    bool operator==(const Corrected&) const = default;
};

/// A text that goes on. Its first `firmBytes` are those of the whole text as well, whatever words follow.
struct CorrectedBeginning {
    std::string text;
    std::size_t firmBytes = 0;
    bool operator==(const CorrectedBeginning&) const = default;
};

/// A dictionary made searchable. Pure; never changes.
///
/// Prompt:     the sentence, then the words of the call, then those of the dictionary, as far as about 80 tokens
///             carry. Of the directory only what belongs to the call: Whisper writes what it is shown.
/// Correction: one to three words that sound like an entry, or are spelled almost like it, become the entry. Careful:
///             a common word, a word that is another entry and a number stay as they are, as does what could be
///             two entries; a short word must sound the same; capitals alone are no reason. People of the directory
///             are recognised by first and last name together.
class Vocabulary {
public:
    explicit Vocabulary(Dictionary dictionary = {});
    ~Vocabulary();
    Vocabulary(Vocabulary&&) noexcept;
    Vocabulary& operator=(Vocabulary&&) noexcept;

    /// `callWords`: whom this call is with, the most telling first.
    std::string promptFor(const std::vector<std::string>& callWords) const;
    Corrected correct(std::string text) const;
    /// Of whole words. Its last two are left as they are: with the next ones they may be a name.
    CorrectedBeginning correctBeginning(std::string text) const;

private:
    class Impl;
    std::unique_ptr<const Impl> impl_;
};

/// The vocabulary in force; the directory changes while calls go on.
///
/// Threads: any. `replace` takes some 10 ms for each thousand names: not on the network thread.
class CurrentVocabulary {
public:
    explicit CurrentVocabulary(Dictionary dictionary = {});

    void replace(Dictionary dictionary);
    std::string promptFor(const std::vector<std::string>& callWords) const;
    Corrected correct(std::string text) const;
    /// Of whole words. Its last two are left as they are: with the next ones they may be a name.
    CorrectedBeginning correctBeginning(std::string text) const;

private:
    std::shared_ptr<const Vocabulary> current() const;

    mutable std::mutex mutex_;
    std::shared_ptr<const Vocabulary> vocabulary_;
};

/// What to tell those who gave names to a model that is shown none (`takesPrompt`); empty: nothing. `prompt`: without words
/// of a call.
std::string noteOnPrompt(bool takesPrompt, const std::string& prompt);

/// How many tokens Whisper makes of it, rather too many than too few.
std::size_t estimatedTokens(std::string_view text);

/// Tokens that `promptFor` may take. The decoder shows Whisper the last 200 of a prompt; but 84 make a final text of base a
/// third dearer, 169 by half.
inline constexpr std::size_t kPromptTokens = 80;

}  // namespace ninja3cx::transcription
