#include "server/analysis/spoken_numbers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

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

template <std::size_t n>
int valueOf(const std::array<NumberWord, n>& table, std::string_view word) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const NumberWord& entry) { return entry.word == word; });
    return found == table.end() ? 0 : found->value;
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
        if (const int tens = valueOf(kTens, word())) {
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
            if (value < 1 || value > 9 || !(is("cent") || is("cents") || is("hundred"))) return value;
        }
        ++at_;
        return value * 100 + belowHundred();
    }

    int number() {
        int thousands = is("mille") ? 1 : belowThousand();
        if (thousands == 0 || !(is("mille") || is("thousand"))) return thousands;
        ++at_;
        return thousands * 1000 + belowThousand();
    }

private:
    std::string_view word(std::size_t ahead = 0) const {
        return at_ + ahead < words_.size() ? std::string_view{words_[at_ + ahead].text} : std::string_view{};
    }
    bool is(std::string_view text, std::size_t ahead = 0) const { return word(ahead) == text; }

    int teenOrUnit() {
        if (is("et") && (is("onze", 1) || is("un", 1) || is("une", 1))) ++at_;
        if (const int teen = valueOf(kTeens, word())) {
            ++at_;
            if (teen != 10) return teen;
            const int unit = valueOf(kUnits, word());
            if (unit < 7) return teen;
            ++at_;
            return teen + unit;
        }
        if (const int unit = valueOf(kUnits, word())) {
            ++at_;
            return unit;
        }
        return 0;
    }

    int unitAfterTens() {
        const std::size_t skipped = is("et") && (is("un", 1) || is("une", 1)) ? 1 : 0;
        const int unit = valueOf(kUnits, word(skipped));
        if (unit == 0) return 0;
        at_ += skipped + 1;
        return unit;
    }

    std::span<const Word> words_;
    std::size_t at_;
};

}  // namespace

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

std::vector<DigitRun> digitRuns(std::span<const Word> words) {
    std::vector<DigitRun> runs;
    for (std::size_t at = 0; at < words.size();) {
        auto group = numberAt(words, at);
        const bool continues = !runs.empty() && runs.back().last == at;
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

}  // namespace ninja3cx::analysis
