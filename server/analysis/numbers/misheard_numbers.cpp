#include "server/analysis/lexicon/number_lexicon.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace ninja3cx::analysis {
namespace {

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

/// Days and years stand next to it; "may" is a verb more often.
bool isMonth(std::string_view word) {
    return word != "may" && monthNumber(word) != 0;
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
    const auto in = [&](std::span<const NumberWord> table) -> std::string_view {
        for (const NumberWord& entry : table)
            if (entry.word.size() >= 4 && differsByOne(word, entry.word)) return entry.word;
        return {};
    };
    for (const std::string_view near : {in(numberUnits()), in(numberTeens()), in(numberTens())})
        if (!near.empty()) return near;
    return differsByOne(word, "zero") ? "zero" : differsByOne(word, "mille") ? "mille" : std::string_view{};
}

/// "quatrevingtdix" is "90", "dixsept" is "17"; empty when it is no such word.
std::string mergedNumber(std::string_view word) {
    if (word.size() < 6 || word.size() > 40 || isNumberWord(word)) return {};
    std::vector<Word> parts;
    const auto longest = [&](std::string_view rest) {
        std::string_view best;
        const auto in = [&](std::span<const NumberWord> table) {
            for (const NumberWord& entry : table)
                if (entry.word.size() > best.size() && rest.starts_with(entry.word)) best = entry.word;
        };
        in(numberUnits());
        in(numberTeens());
        in(numberTens());
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

const Mishearing* mishearingOf(std::string_view word) {
    static const std::unordered_map<std::string_view, const Mishearing*> kHeard = [] {
        std::unordered_map<std::string_view, const Mishearing*> heard;
        for (const Mishearing& entry : kMishearings) heard.emplace(entry.heard, &entry);
        return heard;
    }();
    const auto found = word.size() > 8 ? kHeard.end() : kHeard.find(word);
    return found == kHeard.end() ? nullptr : found->second;
}

/// Mends one word after the other, so that what was mended already counts as a number.
class Mender {
public:
    explicit Mender(std::vector<Word>& words) : words_{words} {}

    void mend() {
        for (Word& word : words_)
            if (word.text.size() >= 6 && word.text[0] >= 'a')
                if (std::string digits = mergedNumber(word.text); !digits.empty())
                    word.text = std::move(digits);
        for (std::size_t at = 0; at < words_.size(); ++at)
            if (!isNumberWord(words_[at].text)) mendAt(at);
    }

private:
    bool isNumber(std::size_t at) const {
        return at < words_.size() && (isNumberWord(words_[at].text) || isMonth(words_[at].text));
    }
    bool mayBeNumber(std::size_t at) const {
        return isNumber(at) ||
               (at < words_.size() && (mishearingOf(words_[at].text) != nullptr || words_[at].text == "oh"));
    }
    bool isNumberBefore(std::size_t at, std::size_t back) const { return at >= back && isNumber(at - back); }

    void mendAt(std::size_t at) {
        const bool isBefore = isNumber(at + 1) || (mayBeNumber(at + 1) && isNumber(at + 2));
        if (!isNumberBefore(at, 1) && !isBefore) return;
        std::string& word = words_[at].text;
        const Mishearing* known = mishearingOf(word);
        const std::string_view meant = known != nullptr ? known->meant : nearNumberWord(word);
        if (meant.empty()) return;
        if (word == "eux" && isBefore && at > 1 && words_[at - 1].text == "d" &&
            isNumber(at - 2)) {  // "d'eux"
            words_[at - 1].text = "deux";
            word = "et";
            return;
        }
        // "sans" and "oui" are numbers only among numbers.
        const bool isWord = known != nullptr && known->isWord;
        if (isInside(at, isBefore, isWord) ||
            (!isWord && (isAtEnd(at) || isAtStart(at, known != nullptr) || isBeforeWhole(at))))
            word = meant;
    }

    /// "five to nine" is a time of day: everyday words need more numbers around.
    bool isInside(std::size_t at, bool isBefore, bool isWord) const {
        const bool isLong = isNumberBefore(at, 2) || mayBeNumber(at + 2);
        return isNumberBefore(at, 1) && isBefore && (!isWord || isLong);
    }
    bool isAtEnd(std::size_t at) const {
        return isNumberBefore(at, 1) && isNumberBefore(at, 2) && (at < 3 || isNumber(at - 3));
    }
    bool isAtStart(std::size_t at, bool isKnown) const {
        const bool isSpelled = at > 0 && words_[at - 1].text.size() == 1;  // "g b sicks three"
        return isNumber(at + 1) && (isSpelled || (isNumber(at + 2) && (isKnown || isNumber(at + 3))));
    }
    /// "le set mars", "too thousand"
    bool isBeforeWhole(std::size_t at) const {
        static constexpr auto kWholes =
            std::to_array<std::string_view>({"thousand", "mille", "hundred", "cent"});
        return at + 1 < words_.size() &&
               (isMonth(words_[at + 1].text) ||
                std::find(kWholes.begin(), kWholes.end(), words_[at + 1].text) != kWholes.end());
    }

    std::vector<Word>& words_;
};

}  // namespace

std::vector<Word> mendedNumbers(std::span<const Word> words) {
    std::vector<Word> mended{words.begin(), words.end()};
    Mender{mended}.mend();
    return mended;
}

}  // namespace ninja3cx::analysis
