#include "server/analysis/numbers/spoken_numbers.hpp"

#include "server/analysis/lexicon/number_lexicon.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace ninja3cx::analysis {
namespace {

int valueOf(NumberTable table, std::string_view word) {
    const NumberValue found = numberValueOf(word);
    return found.table == table ? found.value : 0;
}

class Reader {
public:
    Reader(std::span<const Word> words, std::size_t at) : words_{words}, at_{at} {}

    std::size_t at() const { return at_; }

    /// 1 to 99; 0 when there is none.
    int belowHundred() {
        if (is("quatre") && (is("vingt", 1) || is("vingts", 1))) {
            at_ += 2;
            const bool isAnotherOne = is("quatre") && (is("vingt", 1) || is("vingts", 1));
            return isAnotherOne ? 80 : 80 + teenOrUnit();
        }
        if (const int tens = valueOf(NumberTable::Ten, word())) {
            ++at_;
            if (tens == 60) return 60 + teenOrUnit();
            return tens + unitAfterTens();
        }
        return teenOrUnit();
    }

    /// 1 to 999; 0 when there is none.
    int belowThousand() {
        int value = 0;
        if (is("cent") || is("hundred")) {
            value = 1;
        } else {
            value = belowHundred();
            if (value < 1 || value > 19 || !(is("cent") || is("cents") || is("hundred"))) return value;
        }
        ++at_;
        return value * 100 + afterAnd();
    }

    int number() {
        int thousands = is("mille") ? 1 : belowThousand();
        if (thousands == 0 || !(is("mille") || is("thousand"))) return thousands;
        ++at_;
        return thousands * 1000 + (is("and") ? afterAnd() : belowThousand());
    }

private:
    std::string_view word(std::size_t ahead = 0) const {
        return at_ + ahead < words_.size() ? std::string_view{words_[at_ + ahead].text} : std::string_view{};
    }
    bool is(std::string_view text, std::size_t ahead = 0) const { return word(ahead) == text; }

    /// "two hundred and twelve"; "seven hundred nine hundred" is two numbers.
    int afterAnd() {
        if (!is("and")) {
            const std::size_t before = at_;
            const int value = belowHundred();
            if (!is("hundred")) return value;
            at_ = before;
            return 0;
        }
        ++at_;
        const int value = belowHundred();
        if (value == 0) --at_;
        return value;
    }

    int teenOrUnit() {
        if (is("et") && (is("onze", 1) || is("un", 1) || is("une", 1))) ++at_;
        if (const int teen = valueOf(NumberTable::Teen, word())) {
            ++at_;
            if (teen != 10) return teen;
            const int unit = valueOf(NumberTable::Unit, word());
            if (unit < 7) return teen;
            ++at_;
            return teen + unit;
        }
        if (const int unit = valueOf(NumberTable::Unit, word())) {
            ++at_;
            return unit;
        }
        return 0;
    }

    int unitAfterTens() {
        const std::size_t skipped = is("et") && (is("un", 1) || is("une", 1)) ? 1 : 0;
        const int unit = valueOf(NumberTable::Unit, word(skipped));
        if (unit == 0 || (unit == 4 && is("vingts", skipped + 1))) return 0;  // "quarante, quatre-vingts"
        at_ += skipped + 1;
        return unit;
    }

    std::span<const Word> words_;
    std::size_t at_;
};

/// Beside what goes on: words that do not end a long number.
constexpr auto kBetweenDigits = std::to_array<std::string_view>(
    {"le",       "la",     "les", "c",     "est",  "tiret",   "dash", "espace", "space", "de",
     "the",      "it",     "s",   "right", "well", "virgule", "ah",   "ben",    "enfin", "pardon",
     "attendez", "hyphen", "euh", "is",    "d",    "accord",  "non",  "sorry",  "wait",  "a"});

}  // namespace

char spelledLetter(std::string_view word) {
    static constexpr auto kAlphabet = std::to_array<std::string_view>(
        {"alpha",   "alfa",   "bravo",  "charlie", "delta",  "echo",  "foxtrot", "golf",
         "hotel",   "india",  "juliet", "juliett", "kilo",   "lima",  "mike",    "november",
         "oscar",   "papa",   "quebec", "romeo",   "sierra", "tango", "uniform", "victor",
         "whiskey", "whisky", "xray",   "yankee",  "zulu"});
    return std::find(kAlphabet.begin(), kAlphabet.end(), word) != kAlphabet.end() ? word[0] : '\0';
}

bool isUnit(std::string_view word) {
    static constexpr auto kUnitWords = std::to_array<std::string_view>({
        "minute",     "minutes",   "heure",     "heures",       "h",          "jour",
        "jours",      "semaine",   "semaines",  "mois",         "an",         "ans",
        "annee",      "annees",    "seconde",   "secondes",     "fois",       "euro",
        "euros",      "pour",      "pourcent",  "percent",      "per",        "caractere",
        "caracteres", "chiffre",   "chiffres",  "lettre",       "lettres",    "majuscule",
        "majuscules", "signe",     "signes",    "symbole",      "symboles",   "poste",
        "postes",     "personne",  "personnes", "utilisateurs", "users",      "people",
        "minutes",    "hour",      "hours",     "day",          "days",       "week",
        "weeks",      "month",     "months",    "year",         "years",      "second",
        "seconds",    "times",     "time",      "character",    "characters", "digit",
        "digits",     "letter",    "letters",   "pounds",       "ko",         "mo",
        "go",         "gigas",     "giga",      "megas",        "mega",       "kilos",
        "metres",     "km",        "messages",  "mails",        "tentatives", "essais",
        "attempts",   "tries",     "emails",    "am",           "pm",         "clock",
        "premiers",   "dernieres", "derniers",  "autres",       "others",     "comptes",
        "pc",         "pages",     "lignes",    "fichiers",     "files",      "bars",
        "barres",     "degres",    "virgule",   "first",        "last",
    });
    return std::find(kUnitWords.begin(), kUnitWords.end(), word) != kUnitWords.end();
}

std::optional<NumberGroup> numberAt(std::span<const Word> words, std::size_t at) {
    if (at >= words.size()) return std::nullopt;
    const std::string_view word = words[at].text;
    if (isDigits(word)) return NumberGroup{std::string{word}, at, at + 1};
    if (word == "zero") return NumberGroup{"0", at, at + 1};
    if ((word == "double" || word == "triple") && at + 1 < words.size()) {
        const auto repeated = numberAt(words.subspan(0, at + 2), at + 1);
        if (repeated && repeated->digits.size() == 1)
            return NumberGroup{std::string(word == "double" ? 2 : 3, repeated->digits[0]), at, at + 2};
        return std::nullopt;
    }
    if (numberValueOf(word).value == 0 && word != "cent" && word != "hundred" && word != "mille" &&
        word != "et")
        return std::nullopt;
    Reader reader{words, at};
    const int value = word == "et" ? 0 : reader.number();
    if (value == 0) return std::nullopt;
    return NumberGroup{std::to_string(value), at, reader.at()};
}

std::string DigitRun::digits() const {
    std::string all;
    for (const NumberGroup& group : groups) all += group.digits;
    return all;
}

std::optional<std::size_t> DigitRun::lastFor(std::size_t count) const {
    std::size_t sum = 0;
    for (const NumberGroup& group : groups) {
        sum += group.digits.size();
        if (sum == count) return group.last;
    }
    return std::nullopt;
}

namespace {

enum class RunKind { Plain, Dialled, Spaced };

std::vector<DigitRun> runsOf(std::span<const Word> words, RunKind kind) {
    const bool mayBeSpaced = kind == RunKind::Spaced;
    const auto isOh = [](std::string_view word) { return word == "oh" || word == "o"; };
    const auto isDoubleOh = [&](std::size_t at) {
        return at + 1 < words.size() && words[at].text == "double" && isOh(words[at + 1].text);
    };
    std::vector<DigitRun> runs;
    for (std::size_t at = 0; at < words.size();) {
        auto group = numberAt(words, at);
        bool continues = !runs.empty() && runs.back().last == at;
        if (mayBeSpaced && group && !runs.empty() && !continues && at - runs.back().last <= 3) {
            // Any one word may be a slip of the recogniser; two or three must be words of this kind.
            const bool isSlip =
                at - runs.back().last == 1 && !isUnit(words[at - 1].text) && words[at - 1].text != "[]";
            const auto isBetween = [](const Word& word) {
                return isGoingOn(word.text) || std::find(kBetweenDigits.begin(), kBetweenDigits.end(),
                                                         word.text) != kBetweenDigits.end();
            };
            const auto gap = words.subspan(runs.back().last, at - runs.back().last);
            continues = isSlip || std::all_of(gap.begin(), gap.end(), isBetween);
        }
        if (!group && continues && isOh(words[at].text))
            group = NumberGroup{"0", at, at + 1};  // "oh four five"
        // Known to be long, or a phone's; "double oh" may be of an error's code otherwise.
        if (!group && kind != RunKind::Plain && continues && isDoubleOh(at))
            group = NumberGroup{"00", at, at + 2};
        if (!group) {
            const bool goesOn =
                numberAt(words, at + 2) ||
                (kind == RunKind::Dialled && at + 2 < words.size() && isOh(words[at + 2].text));
            const bool opens = isOh(words[at].text) && numberAt(words, at + 1) && goesOn;
            if (!opens) {
                ++at;
                continue;
            }
            group = NumberGroup{"0", at, at + 1};
        }
        if (!continues) runs.push_back({{}, at, at});
        at = group->last;
        runs.back().last = at;
        runs.back().groups.push_back(std::move(*group));
    }
    return runs;
}

}  // namespace

std::vector<DigitRun> digitRuns(std::span<const Word> words) {
    return runsOf(words, RunKind::Plain);
}

std::vector<DigitRun> spacedDigitRuns(std::span<const Word> words) {
    return runsOf(words, RunKind::Spaced);
}

std::vector<DigitRun> dialledDigitRuns(std::span<const Word> words) {
    return runsOf(words, RunKind::Dialled);
}

}  // namespace ninja3cx::analysis
