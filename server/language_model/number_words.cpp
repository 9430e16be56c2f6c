#include "server/language_model/number_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;
using Named = std::pair<std::string_view, int>;

constexpr std::array kFrenchUnits{
    Named{"zero", 0},      Named{"un", 1},      Named{"une", 1},   Named{"deux", 2},   Named{"trois", 3},
    Named{"quatre", 4},    Named{"cinq", 5},    Named{"six", 6},   Named{"sept", 7},   Named{"huit", 8},
    Named{"neuf", 9},      Named{"dix", 10},    Named{"onze", 11}, Named{"douze", 12}, Named{"treize", 13},
    Named{"quatorze", 14}, Named{"quinze", 15}, Named{"seize", 16}};
constexpr std::array kFrenchTens{Named{"vingt", 20},    Named{"vingts", 20},    Named{"trente", 30},
                                 Named{"quarante", 40}, Named{"cinquante", 50}, Named{"soixante", 60},
                                 Named{"septante", 70}, Named{"huitante", 80},  Named{"octante", 80},
                                 Named{"nonante", 90}};
constexpr std::array kEnglishUnits{
    Named{"zero", 0},     Named{"one", 1},        Named{"two", 2},       Named{"three", 3},
    Named{"four", 4},     Named{"five", 5},       Named{"six", 6},       Named{"seven", 7},
    Named{"eight", 8},    Named{"nine", 9},       Named{"ten", 10},      Named{"eleven", 11},
    Named{"twelve", 12},  Named{"thirteen", 13},  Named{"fourteen", 14}, Named{"fifteen", 15},
    Named{"sixteen", 16}, Named{"seventeen", 17}, Named{"eighteen", 18}, Named{"nineteen", 19}};
constexpr std::array kEnglishTens{Named{"twenty", 20}, Named{"thirty", 30}, Named{"forty", 40},
                                  Named{"fifty", 50},  Named{"sixty", 60},  Named{"seventy", 70},
                                  Named{"eighty", 80}, Named{"ninety", 90}};

template <class Table>
std::optional<int> valueIn(const Table& table, const std::string& word) {
    const auto found = std::ranges::find(table, word, &Named::first);
    return found == table.end() ? std::nullopt : std::optional{found->second};
}

bool isFigures(const std::string& word) {
    return word.find_first_not_of("0123456789") == std::string::npos && !word.empty();
}

/// Reads one number from `at` on, and moves behind it.
class Reader {
public:
    Reader(const std::vector<Word>& words, bool isEnglish) : words_(words), isEnglish_(isEnglish) {}

    std::size_t at = 0;

    std::optional<std::string> next() {
        if (isFigures(word())) return words_[at++].text;
        const auto below = hundreds();
        const bool isThousand = word() == (isEnglish_ ? "thousand" : "mille");
        if (!isThousand) return below ? std::optional{std::to_string(*below)} : std::nullopt;
        ++at;
        const int rest = hundreds().value_or(0);
        return std::to_string(below.value_or(1) * 1'000 + rest);
    }

private:
    const std::string& word(std::size_t ahead = 0) const {
        static const std::string kNone;
        return at + ahead < words_.size() ? words_[at + ahead].text : kNone;
    }
    std::optional<int> unit(std::size_t ahead = 0) const {
        return isEnglish_ ? valueIn(kEnglishUnits, word(ahead)) : valueIn(kFrenchUnits, word(ahead));
    }

    std::optional<int> hundreds() {
        const bool beginsWithHundred = !isEnglish_ && isHundred();
        const std::optional<int> count = beginsWithHundred ? std::optional{1} : small();
        if (!count || *count == 0 || *count > 9 || !isHundred()) return count;
        ++at;
        const std::size_t before = at;
        if (isEnglish_ && word() == "and") ++at;
        const auto rest = small();
        if (!rest) at = before;
        return *count * 100 + rest.value_or(0);
    }
    bool isHundred() const {
        return isEnglish_ ? word() == "hundred" : word() == "cent" || word() == "cents";
    }

    std::optional<int> small() { return isEnglish_ ? smallEnglish() : smallFrench(); }

    std::optional<int> smallEnglish() {
        if (const auto tens = valueIn(kEnglishTens, word())) {
            ++at;
            const auto one = unit();
            if (!one || *one == 0 || *one > 9) return tens;
            ++at;
            return *tens + *one;
        }
        const auto one = unit();
        if (one) ++at;
        return one;
    }

    std::optional<int> smallFrench() {
        auto tens = valueIn(kFrenchTens, word());
        if (word() == "quatre" && (word(1) == "vingt" || word(1) == "vingts")) {
            tens = 80;
            ++at;
        }
        if (!tens) {
            const auto one = unit();
            if (!one) return std::nullopt;
            ++at;
            return *one == 10 ? 10 + afterTen() : *one;
        }
        ++at;
        const bool reachesTwenty = *tens == 60 || *tens == 80;
        const std::size_t skipped = word() == "et" ? 1 : 0;
        const auto one = unit(skipped);
        const bool isJoined = skipped == 0 || one == 1 || one == 11;
        if (!one || *one == 0 || !isJoined || (*one > 9 && !reachesTwenty)) return tens;
        at += skipped + 1;
        return *tens + (*one == 10 ? 10 + afterTen() : *one);
    }
    /// "dix sept"
    int afterTen() {
        const auto one = unit();
        if (!one || *one < 7 || *one > 9) return 0;
        ++at;
        return *one;
    }

    const std::vector<Word>& words_;
    const bool isEnglish_;
};

}  // namespace

std::string NumberRun::digits() const {
    std::string all;
    for (const std::string& number : numbers) all += number;
    return all;
}

std::vector<NumberRun> numberRuns(const std::vector<Word>& words, std::string_view language) {
    std::vector<NumberRun> runs;
    Reader reader{words, language == "en"};
    bool isOpen = false;
    while (reader.at < words.size()) {
        const std::size_t from = reader.at;
        const auto number = reader.next();
        if (!number) {
            isOpen = false;
            reader.at = from + 1;
            continue;
        }
        if (!isOpen) runs.push_back({{}, from, 0, false});
        isOpen = true;
        NumberRun& run = runs.back();
        run.numbers.push_back(*number);
        run.wordCount = reader.at - run.firstWord;
        for (std::size_t at = from; at < reader.at; ++at)
            run.hasFigures = run.hasFigures || isFigures(words[at].text);
    }
    return runs;
}

}  // namespace ninja3cx::language_model
