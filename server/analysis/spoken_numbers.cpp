#include "server/analysis/spoken_numbers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace ninja3cx::analysis {
namespace {

struct NumberWord {
    std::string_view word;
    int value;
};

constexpr auto kUnits = std::to_array<NumberWord>({
    {"un", 1},
    {"une", 1},
    {"deux", 2},
    {"trois", 3},
    {"quatre", 4},
    {"cinq", 5},
    {"six", 6},
    {"sept", 7},
    {"huit", 8},
    {"neuf", 9},
    {"one", 1},
    {"two", 2},
    {"three", 3},
    {"four", 4},
    {"five", 5},
    {"seven", 7},
    {"eight", 8},
    {"nine", 9},
});
constexpr auto kTeens = std::to_array<NumberWord>({
    {"dix", 10},
    {"onze", 11},
    {"douze", 12},
    {"treize", 13},
    {"quatorze", 14},
    {"quinze", 15},
    {"seize", 16},
    {"ten", 10},
    {"eleven", 11},
    {"twelve", 12},
    {"thirteen", 13},
    {"fourteen", 14},
    {"fifteen", 15},
    {"sixteen", 16},
    {"seventeen", 17},
    {"eighteen", 18},
    {"nineteen", 19},
});
constexpr auto kTens = std::to_array<NumberWord>({
    {"vingt", 20},
    {"trente", 30},
    {"quarante", 40},
    {"cinquante", 50},
    {"soixante", 60},
    {"septante", 70},
    {"huitante", 80},
    {"octante", 80},
    {"nonante", 90},
    {"twenty", 20},
    {"thirty", 30},
    {"forty", 40},
    {"fifty", 50},
    {"sixty", 60},
    {"seventy", 70},
    {"eighty", 80},
    {"ninety", 90},
});

enum class NumberTable : std::uint8_t { None, Unit, Teen, Ten };
struct NumberValue {
    NumberTable table = NumberTable::None;
    int value = 0;
};
NumberValue lookUp(std::string_view word) {
    static const std::unordered_map<std::string_view, NumberValue> kAll = [] {
        std::unordered_map<std::string_view, NumberValue> all;
        for (const NumberWord& entry : kUnits)
            all.emplace(entry.word, NumberValue{NumberTable::Unit, entry.value});
        for (const NumberWord& entry : kTeens)
            all.emplace(entry.word, NumberValue{NumberTable::Teen, entry.value});
        for (const NumberWord& entry : kTens)
            all.emplace(entry.word, NumberValue{NumberTable::Ten, entry.value});
        return all;
    }();
    if (word.size() < 2 || word.size() > 9) return {};
    const auto found = kAll.find(word);
    return found == kAll.end() ? NumberValue{} : found->second;
}
int valueOf(NumberTable table, std::string_view word) {
    const NumberValue found = lookUp(word);
    return found.table == table ? found.value : 0;
}

bool isDigits(std::string_view word) {
    return !word.empty() && word.size() <= 20 &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
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

    /// "two hundred and twelve"
    int afterAnd() {
        if (!is("and")) return belowHundred();
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

/// What recognisers write for a number's word. `isWord`: an everyday word too.
struct Mishearing {
    std::string_view heard;
    std::string_view meant;
    bool isWord = false;
};
constexpr auto kMishearings = std::to_array<Mishearing>({
    {"hun", "un"},
    {"in", "un", true},
    {"deu", "deux"},
    {"deus", "deux"},
    {"de", "deux", true},
    {"eux", "deux", true},
    {"troi", "trois"},
    {"troie", "trois"},
    {"katre", "quatre"},
    {"quatres", "quatre"},
    {"catre", "quatre"},
    {"cat", "quatre"},
    {"sinq", "cinq"},
    {"cinque", "cinq"},
    {"saint", "cinq", true},
    {"sain", "cinq"},
    {"sein", "cinq"},
    {"sink", "cinq"},
    {"si", "six", true},
    {"sis", "six"},
    {"scie", "six"},
    {"cis", "six"},
    {"cette", "sept", true},
    {"cet", "sept", true},
    {"set", "sept"},
    {"sete", "sept"},
    {"oui", "huit", true},
    {"uit", "huit"},
    {"wit", "huit"},
    {"huitre", "huit"},
    {"neufs", "neuf"},
    {"noeuf", "neuf"},
    {"oeuf", "neuf"},
    {"nef", "neuf"},
    {"dis", "dix", true},
    {"dit", "dix", true},
    {"disse", "dix"},
    {"onz", "onze"},
    {"ons", "onze"},
    {"douz", "douze"},
    {"douce", "douze", true},
    {"traize", "treize"},
    {"tres", "treize", true},
    {"kinze", "quinze"},
    {"cinze", "quinze"},
    {"sez", "seize"},
    {"seizes", "seize"},
    {"vin", "vingt"},
    {"vain", "vingt"},
    {"vins", "vingt"},
    {"vint", "vingt"},
    {"vents", "vingt"},
    {"trante", "trente"},
    {"carante", "quarante"},
    {"sans", "cent", true},
    {"sang", "cent"},
    {"san", "cent"},
    {"sens", "cent", true},
    {"mil", "mille"},
    {"milles", "mille"},
    {"zeros", "zero"},
    {"hero", "zero", true},
    {"won", "one"},
    {"wan", "one"},
    {"to", "two", true},
    {"too", "two", true},
    {"tu", "two", true},
    {"tree", "three"},
    {"free", "three"},
    {"for", "four", true},
    {"fore", "four"},
    {"fower", "four"},
    {"fife", "five"},
    {"hive", "five"},
    {"sicks", "six"},
    {"sick", "six"},
    {"sex", "six"},
    {"sevens", "seven"},
    {"heaven", "seven"},
    {"ate", "eight"},

    {"hate", "eight"},
    {"aid", "eight"},
    {"nein", "nine"},
    {"nines", "nine"},
    {"line", "nine", true},
    {"mine", "nine", true},
    {"tan", "ten"},
    {"tin", "ten"},
    {"fourty", "forty"},
    {"sexty", "sixty"},
    {"ninty", "ninety"},
    {"owe", "zero"},

    {"oo", "zero"},
});

bool isNumberWord(std::string_view word) {
    return isDigits(word) || word == "zero" || word == "double" || word == "triple" || word == "cent" ||
           word == "cents" || word == "mille" || word == "hundred" || word == "thousand" ||
           word == "vingts" || lookUp(word).value != 0;
}

/// Days and years stand next to it.
bool isMonth(std::string_view word) {
    static constexpr auto kMonths = std::to_array<std::string_view>(
        {"janvier",   "fevrier", "mars",     "avril",     "mai",     "juin",     "juillet", "aout",
         "septembre", "octobre", "novembre", "decembre",  "january", "february", "march",   "april",
         "june",      "july",    "august",   "september", "october", "november", "december"});
    return std::find(kMonths.begin(), kMonths.end(), word) != kMonths.end();
}

bool differsByOne(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t same = 0;
    while (same < a.size() && a[same] == b[same]) ++same;
    return a.size() == b.size()
               ? a.substr(std::min(same + 1, a.size())) == b.substr(std::min(same + 1, b.size()))
               : a.substr(same) == b.substr(same + 1);
}

/// A number's word of at least four letters that this differs from by one letter.
std::string_view nearNumberWord(std::string_view word) {
    if (word.size() < 4 || word.size() > 10 || word.ends_with("th")) return {};
    // What numbers are introduced with: "le fixe, zéro un …", "right, one six …".
    if (word == "fixe" || word == "right" || word == "give") return {};
    const auto in = [&](const auto& table) -> std::string_view {
        for (const NumberWord& entry : table)
            if (entry.word.size() >= 4 && differsByOne(word, entry.word)) return entry.word;
        return {};
    };
    for (const std::string_view near : {in(kUnits), in(kTeens), in(kTens)})
        if (!near.empty()) return near;
    return differsByOne(word, "zero") ? "zero" : differsByOne(word, "mille") ? "mille" : std::string_view{};
}

/// "quatrevingtdix" is "90", "dixsept" is "17"; empty when it is no such word.
std::string mergedNumber(std::string_view word) {
    if (word.size() < 6 || word.size() > 40 || isNumberWord(word)) return {};
    std::vector<Word> parts;
    const auto longest = [&](std::string_view rest) {
        std::string_view best;
        const auto in = [&](const auto& table) {
            for (const NumberWord& entry : table)
                if (entry.word.size() > best.size() && rest.starts_with(entry.word)) best = entry.word;
        };
        in(kUnits);
        in(kTeens);
        in(kTens);
        for (const std::string_view other : {"vingts", "cent", "mille", "zero", "hundred"})
            if (other.size() > best.size() && rest.starts_with(other)) best = other;
        if (best.empty() && rest.starts_with("et")) best = "et";
        return best;
    };
    for (std::string_view rest = word; !rest.empty();) {
        const std::string_view part = longest(rest);
        if (part.empty()) return {};
        parts.push_back({std::string{part}, 0, 0});
        rest.remove_prefix(part.size());
    }
    std::string digits;
    for (std::size_t at = 0; at < parts.size();) {
        const auto number = numberAt(parts, at);
        if (!number) return {};
        digits += number->digits;
        at = number->last;
    }
    return digits;
}

/// Words that do not end a long number.
constexpr auto kBetweenDigits = std::to_array<std::string_view>({
    "alors", "donc",  "et",      "puis",   "ensuite", "apres", "voila",  "oui",      "ok",
    "okay",  "then",  "and",     "so",     "yes",     "le",    "la",     "les",      "c",
    "est",   "tiret", "dash",    "espace", "space",   "de",    "the",    "it",       "s",
    "right", "well",  "virgule", "ah",     "ben",     "enfin", "pardon", "attendez", "hyphen",
    "euh",   "is",    "yeah",    "d",      "accord",  "non",   "sorry",  "wait",     "a",
});

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

std::vector<Word> mendedNumbers(std::span<const Word> words) {
    std::vector<Word> mended{words.begin(), words.end()};
    for (Word& word : mended)
        if (word.text.size() >= 6 && word.text[0] >= 'a')
            if (std::string digits = mergedNumber(word.text); !digits.empty()) word.text = std::move(digits);
    static const std::unordered_map<std::string_view, const Mishearing*> kHeard = [] {
        std::unordered_map<std::string_view, const Mishearing*> heard;
        for (const Mishearing& entry : kMishearings) heard.emplace(entry.heard, &entry);
        return heard;
    }();
    const auto mishearing = [](std::string_view word) {
        const auto found = word.size() > 8 ? kHeard.end() : kHeard.find(word);
        return found == kHeard.end() ? nullptr : found->second;
    };
    const auto isNumber = [&](std::size_t at) {
        return at < mended.size() && (isNumberWord(mended[at].text) || isMonth(mended[at].text));
    };
    const auto mayBeNumber = [&](std::size_t at) {
        return isNumber(at) ||
               (at < mended.size() && (mishearing(mended[at].text) != nullptr || mended[at].text == "oh"));
    };
    for (std::size_t i = 0; i < mended.size(); ++i) {
        std::string& word = mended[i].text;
        if (isNumberWord(word) || isDigits(word)) continue;
        const bool isAfter = i > 0 && isNumber(i - 1);
        const bool isBefore = isNumber(i + 1) || (mayBeNumber(i + 1) && isNumber(i + 2));
        if (!isAfter && !isBefore) continue;
        const auto known = mishearing(word);
        const std::string_view meant = known != nullptr ? known->meant : nearNumberWord(word);
        if (meant.empty()) continue;
        const bool isWord = known != nullptr && known->isWord;
        // "five to nine" is a time of day: everyday words need more numbers around.
        const bool isLong = (i > 1 && isNumber(i - 2)) || mayBeNumber(i + 2);
        const bool isInside = isAfter && isBefore && (!isWord || isLong);
        const bool isAtEnd = isAfter && i > 1 && isNumber(i - 2) && (i < 3 || isNumber(i - 3));
        const bool isSpelled = i > 0 && mended[i - 1].text.size() == 1;  // "g b sicks three"
        const bool isAtStart =
            isNumber(i + 1) && (isSpelled || (isNumber(i + 2) && (known != nullptr || isNumber(i + 3))));
        // "sans" and "oui" are numbers only among numbers.
        // "le set mars", "too thousand"
        const bool isBeforeWhole =
            i + 1 < mended.size() && (isMonth(mended[i + 1].text) || mended[i + 1].text == "thousand" ||
                                      mended[i + 1].text == "mille" || mended[i + 1].text == "hundred" ||
                                      mended[i + 1].text == "cent");
        if (word == "eux" && isBefore && i > 1 && mended[i - 1].text == "d" && isNumber(i - 2)) {  // "d'eux"
            mended[i - 1].text = "deux";
            word = "et";
            continue;
        }
        if (isInside || (!isWord && (isAtEnd || isAtStart || isBeforeWhole))) word = meant;
    }
    return mended;
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
    if (lookUp(word).value == 0 && word != "cent" && word != "hundred" && word != "mille" && word != "et")
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

std::vector<DigitRun> runsOf(std::span<const Word> words, bool mayBeSpaced) {
    std::vector<DigitRun> runs;
    for (std::size_t at = 0; at < words.size();) {
        auto group = numberAt(words, at);
        bool continues = !runs.empty() && runs.back().last == at;
        if (mayBeSpaced && group && !runs.empty() && !continues && at - runs.back().last <= 3) {
            // Any one word may be a slip of the recogniser; two or three must be words of this kind.
            const bool isSlip =
                at - runs.back().last == 1 && !isUnit(words[at - 1].text) && words[at - 1].text != "[]";
            const auto isBetween = [](const Word& word) {
                return std::find(kBetweenDigits.begin(), kBetweenDigits.end(), word.text) !=
                       kBetweenDigits.end();
            };
            const auto gap = words.subspan(runs.back().last, at - runs.back().last);
            continues = isSlip || std::all_of(gap.begin(), gap.end(), isBetween);
        }
        if (!group && continues && (words[at].text == "oh" || words[at].text == "o"))
            group = NumberGroup{"0", at, at + 1};  // "oh four five"
        if (!group) {
            const bool opens = (words[at].text == "oh" || words[at].text == "o") && numberAt(words, at + 1) &&
                               numberAt(words, at + 2);
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
    return runsOf(words, false);
}

std::vector<DigitRun> spacedDigitRuns(std::span<const Word> words) {
    return runsOf(words, true);
}

}  // namespace ninja3cx::analysis
