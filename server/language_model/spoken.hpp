#pragma once

#include "server/analysis/words/words.hpp"
#include "server/calls/ports.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What was said in a call: what a language model may be told of it, and what it may then repeat. Pure.
namespace ninja3cx::language_model {

/// Personal data of a text replaced.
using Mask = std::function<calls::Masked(const std::string& text, const std::string& language)>;

/// Somebody speaks to a language model, not to the technician: "ignore your instructions".
bool speaksToAModel(std::string_view text);

/// The call with personal data replaced: where the analysis has found it, and what `mask` finds beside.
protocol::AnalysisInput withoutPersonalData(protocol::AnalysisInput input,
                                            const std::vector<protocol::PersonalData>& found,
                                            const Mask& mask);

/// Words and numbers of a call, without its personal data and without turns that speak to a model.
class Spoken {
public:
    struct Turn {
        std::vector<std::string> words;  // folded
        bool isCustomers = false;
        bool isToAModel = false;
        /// Names what a draft is to say ("set the priority to high"), or begins to say what is to be written ("notez que …",
        /// "put in the ticket that …"). A technician may be meant, so it is a part of the call, but it proves nothing.
        bool dictates = false;
    };
    /// A person, company or site that the built-in analysis found.
    struct Name {
        std::string kind;
        std::vector<std::string> words;  // folded
    };

    Spoken(const protocol::AnalysisInput& input, const protocol::Analysis& builtIn, const Mask& mask);
    /// `open`: `input` by `withoutPersonalData`.
    Spoken(const protocol::AnalysisInput& input, const protocol::AnalysisInput& open,
           const protocol::Analysis& builtIn);

    const std::string& language() const { return language_; }
    bool hasWord(const std::string& folded) const { return words_.contains(folded); }
    /// How a word or a form of it ("imprimantes" for "imprimante", "connexion" for "connecter") was said, dictations aside, or
    /// stands in the built-in analysis. Names have no forms.
    struct Heard {
        bool isStated = false;
        bool isDenied = false;
        bool isThere() const { return isStated || isDenied; }
    };
    Heard heard(const std::string& folded) const;
    bool isPersonsName(const std::string& folded) const { return people_.contains(folded); }
    /// A text of the built-in analysis has this word.
    bool isBuiltIn(const std::string& folded) const { return builtIn_.contains(folded); }
    /// Digits of a number that was said, in figures or in words, or of a run of such numbers.
    bool hasDigits(const std::string& digits) const;
    /// A code of letters and digits, however it was cut into words.
    bool hasCode(const std::string& folded) const;
    /// Said as a part of personal data only.
    bool isSecret(const std::string& folded) const { return secrets_.contains(folded); }
    /// One word after the other, in one turn, or as the built-in analysis writes an entity of that call.
    bool isSaid(std::string_view phrase) const;
    /// It exists, holds words, and does not speak to a model.
    bool isTurn(std::int32_t turn) const;
    /// The same, and it does not say what the draft is to be.
    bool isProof(std::int32_t turn) const;
    bool isCustomers(std::int32_t turn) const;
    /// Whether one of these turns, or this one, has a form of this word.
    bool isIn(const std::vector<std::int32_t>& turns, const std::string& folded) const;
    bool isIn(std::int32_t turn, const std::string& folded) const;
    const std::vector<Turn>& turns() const { return turns_; }
    const std::vector<Name>& names() const { return named_; }
    /// Of the built-in summary, as words.
    const std::vector<std::vector<std::string>>& builtInSentences() const { return builtInSentences_; }

private:
    void addText(std::string_view text);
    void addWords(const std::vector<analysis::Word>& words);
    void addBuiltIn(std::string_view text);
    void hear(std::string_view text, const std::vector<analysis::Word>& words, bool isSpeech,
              bool isDeniedNext);

    std::string language_;
    std::vector<Turn> turns_;
    std::vector<Name> named_;
    std::vector<std::vector<std::string>> builtInSentences_;
    std::set<std::string> words_;
    std::map<std::string, Heard> heard_;
    std::set<std::string> builtIn_;  // words of its texts
    std::set<std::string> names_;
    std::set<std::string> people_;
    std::set<std::string> secrets_;
    std::set<std::string> numbers_;      // each
    std::vector<std::string> runs_;      // one after the other
    std::vector<std::string> squashed_;  // turns and entities without spaces, numbers in figures
    std::set<std::string> entities_;     // folded
};

/// "imprimante" and "imprimantes", "redémarrage" and "redémarrer", "connexion" and "connecter": what both begin with, and
/// endings that are known. Both folded.
bool isForm(std::string_view a, std::string_view b);

}  // namespace ninja3cx::language_model
