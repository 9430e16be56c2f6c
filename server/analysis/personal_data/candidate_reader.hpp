#pragma once

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/candidate_tally.hpp"
#include "server/analysis/personal_data/secret_candidate.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

/// Inside `candidateAt`.
namespace ninja3cx::analysis {

/// Reads one candidate, word by word. The line must outlive this.
class CandidateReader {
public:
    CandidateReader(const Line& line, std::size_t at);

    std::optional<Candidate> read();

private:
    static constexpr std::size_t kMostWords = 40;

    struct Step {
        enum class Kind { NotMine = 1, Ends, Takes } kind;
        std::size_t last = 0;  // one past what is taken
    };
    static Step notMine() { return {Step::Kind::NotMine}; }
    static Step ends() { return {Step::Kind::Ends}; }
    static Step takes(std::size_t last) { return {Step::Kind::Takes, last}; }

    /// The word that is read now.
    struct Here {
        std::size_t at;
        std::string_view text;
        std::optional<NumberGroup> number;
    };
    /// The first form that knows what stands there takes it, or ends the secret before it.
    Step take(std::size_t at);

    // The forms, in their order.

    /// "quarante pour cent"
    Step endsAtShare(const Here& here);
    Step takeCase(const Here& here);
    Step takeLetter(const Here& here);
    /// "bravo"
    Step takeAlphabet(const Here& here);
    Step takeSign(const Here& here);
    /// "oh", "double oh": zeros
    Step takeOh(const Here& here);
    /// "tout attaché"
    Step takeForm(const Here& here);
    /// "quatre fois zéro"
    Step takeRepeated(const Here& here);
    Step takeNumber(const Here& here);
    Step takeJoint(const Here& here);
    /// An everyday word, or one that was masked.
    Step endsAtStop(const Here& here);
    /// "x7k2"
    Step takeMixed(const Here& here);
    /// A letter that nothing tells: of another word, "l'", "c'".
    Step passLetter(const Here& here);
    /// The first few, or one that a sign joins.
    Step takePlain(const Here& here);

    /// A word behind the letter that describes it: "capital T, trowel"; and one that was cut: "capital w inter hash two".
    Step takeDescribedWord(const Here& here);
    /// "soleil, S majuscule", "trowel, T-R-O-W-E-L": the letter describes the word before.
    Step takeLetterOfWord(const Here& here, std::size_t example);
    Step addZeros(std::size_t count, std::size_t last);

    /// The part up to `last` is one of the value.
    Step keep(std::size_t last);
    void closeDescription();
    bool isNumbered() const;

    std::string_view word(std::size_t at) const {
        return at < line_.words.size() ? std::string_view{line_.words[at].text} : std::string_view{};
    }
    bool isOh(std::size_t at) const { return word(at) == "oh" || word(at) == "o"; }
    bool isLetter(std::size_t at) const { return word(at).size() == 1 && hasLetter(word(at)); }
    bool isNumber(std::size_t at) const { return numberAt(line_.words, at).has_value(); }
    bool isDescribed() const { return tally_.isDescribed(); }

    /// "A comme André", "B as in bravo", "N for November": how many words follow the letter.
    std::size_t exampleAfter(std::size_t letter) const;
    /// "l'", "c'", "'s": no letter of its own.
    bool isElided(std::size_t at) const;
    /// "x sept t deux z quatre", "r t sept neuf q": letters and digits in turn.
    bool isInTurn(std::size_t at) const;
    /// Behind its case: "capital k seven".
    bool isLetterFirst() const;
    /// "s o l e i l": a letter among letters, or one that is described.
    bool isSpelled(std::size_t at, std::size_t example) const;
    bool isSign(std::size_t at, const SignWord& sign) const;
    /// "un tiret", "avec une majuscule", "un grand H"
    bool isArticle(std::size_t at, const NumberGroup& number) const;
    bool isZero(const Here& here) const;
    /// "the password is house oh seven"
    bool isLastOh(std::size_t at) const;
    /// "Marmotte 88 Bleue", "quarante-sept, Érable": the last word, behind a number.
    bool closesNumber(std::size_t at) const;
    /// Whether the secret goes on behind a comma.
    bool goesOn(std::size_t at) const;
    /// "le mot de passe c'est bonjour 2026 dièse", "le code wifi c'est bienvenue at 25"
    bool isTold() const;
    bool isWeakStart(std::size_t at) const;
    /// "Monday underscore 77", "Bonjour-2026": an everyday word that begins a secret nevertheless.
    bool isStartOfSecret(const Here& here) const;

    const Line& line_;
    std::size_t first_;
    std::size_t end_;
    Secret secret_;
    CandidateTally tally_;
    std::size_t joints_ = 0;   // since the last part of the value
    std::size_t content_ = 0;  // one past the last part of the value
    bool lastIsSign_ = false;
    bool lastIsNumber_ = false;
};

}  // namespace ninja3cx::analysis
