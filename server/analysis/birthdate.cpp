#include "server/analysis/birthdate.hpp"

#include "server/analysis/cue_list.hpp"
#include "server/analysis/spoken_numbers.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace ninja3cx::analysis {
namespace {

const CueList& birthCues() {
    static const CueList kCues{{"ne le"},
                               {"nee le"},
                               {"ne en"},
                               {"nee en"},
                               {"nes le"},
                               {"est ne"},
                               {"est nee"},
                               {"date de naissance"},
                               {"naissance"},
                               {"born"},
                               {"date of birth"},
                               {"birth date"},
                               {"birthday"},
                               {"d o b"},
                               {"dob"}};
    return kCues;
}

struct Month {
    std::string_view name;
    int number;
};
constexpr auto kMonths = std::to_array<Month>({
    {"janvier", 1}, {"fevrier", 2},  {"mars", 3},      {"avril", 4},    {"mai", 5},       {"juin", 6},
    {"juillet", 7}, {"aout", 8},     {"septembre", 9}, {"octobre", 10}, {"novembre", 11}, {"decembre", 12},
    {"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
    {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
});
struct Ordinal {
    std::string_view word;
    int day;
};
constexpr auto kOrdinals = std::to_array<Ordinal>({
    {"premier", 1},     {"1er", 1},        {"first", 1},      {"second", 2},       {"third", 3},
    {"fourth", 4},      {"fifth", 5},      {"sixth", 6},      {"seventh", 7},      {"eighth", 8},
    {"ninth", 9},       {"tenth", 10},     {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13},
    {"fourteenth", 14}, {"fifteenth", 15}, {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18},
    {"nineteenth", 19}, {"twentieth", 20}, {"thirtieth", 30}, {"1st", 1},          {"2nd", 2},
    {"3rd", 3},
});

int monthOf(std::string_view word) {
    const auto found =
        std::find_if(kMonths.begin(), kMonths.end(), [&](const Month& month) { return month.name == word; });
    return found == kMonths.end() ? 0 : found->number;
}

struct Part {
    int value = 0;
    std::size_t last = 0;
};

int toInt(const std::string& digits) {
    return digits.size() > 6 ? 0 : std::stoi(digits);
}

Part dayAt(std::span<const Word> words, std::size_t at) {
    if (at >= words.size()) return {};
    const std::string& word = words[at].text;
    for (const Ordinal& ordinal : kOrdinals)
        if (ordinal.word == word) return {ordinal.day, at + 1};
    if (word.size() > 2 && word.ends_with("th") && word.size() <= 4 && word[0] >= '0' && word[0] <= '9')
        return {toInt(word.substr(0, 1)) * (word.size() == 4 ? 10 : 1) +
                    (word.size() == 4 && word[1] >= '0' && word[1] <= '9' ? word[1] - '0' : 0),
                at + 1};
    const auto number = numberAt(words, at);
    if (!number) return {};
    Part day{toInt(number->digits), number->last};
    if (day.value % 10 == 0 && day.value >= 20 && day.last < words.size())
        for (const Ordinal& ordinal : kOrdinals)
            if (ordinal.day < 10 && ordinal.word == words[day.last].text)
                return {day.value + ordinal.day, day.last + 1};
    return day;
}

Part yearAt(std::span<const Word> words, std::size_t at) {
    const auto first = numberAt(words, at);
    if (!first) return {};
    const int value = toInt(first->digits);
    if (value >= 1900 && value <= 2030) return {value, first->last};
    if (value == 2 && first->last < words.size() && words[first->last].text == "thousand") return {};
    const auto second = numberAt(words, first->last);
    if ((value == 19 || value == 20) && second && second->digits.size() == 2)
        return {value * 100 + toInt(second->digits), second->last};  // "nineteen eighty four"
    if (first->digits.size() == 2 || value > 29)
        return value < 100 ? Part{value + (value <= 30 ? 2000 : 1900), first->last} : Part{};
    return {};
}

std::optional<SpokenDate> dateFrom(int day, int month, Part year, std::size_t first) {
    if (day < 1 || day > 31 || month < 1 || month > 12 || year.value == 0) return std::nullopt;
    char iso[32];
    std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year.value, month, day);
    return SpokenDate{iso, first, year.last};
}

std::optional<SpokenDate> dateAt(std::span<const Word> words, std::size_t at) {
    // "march the fourteenth, two thousand and one"
    if (const int month = monthOf(words[at].text)) {
        const std::size_t next = at + 1 < words.size() && words[at + 1].text == "the" ? at + 2 : at + 1;
        const Part day = dayAt(words, next);
        return day.value ? dateFrom(day.value, month, yearAt(words, day.last), at) : std::nullopt;
    }
    // "14 03 2001" may be one run of digits
    if (words[at].text.size() == 8 && numberAt(words, at)) {
        const std::string& d = words[at].text;
        if (d[0] <= '3')
            return dateFrom(toInt(d.substr(0, 2)), toInt(d.substr(2, 2)), {toInt(d.substr(4)), at + 1}, at);
    }
    Part day = dayAt(words, at);
    if (day.value == 0 || day.last >= words.size()) return std::nullopt;
    std::size_t next = day.last;
    if (words[next].text == "of" && next + 1 < words.size()) ++next;
    if (const int month = monthOf(words[next].text))
        return dateFrom(day.value, month, yearAt(words, next + 1), at);
    const std::size_t monthFrom = words[next].text == "zero" ? next + 1 : next;
    const auto month = numberAt(words, monthFrom);
    if (!month) return std::nullopt;
    return dateFrom(day.value, toInt(month->digits), yearAt(words, month->last), at);
}

}  // namespace

std::vector<SpokenDate> findBirthdates(const Conversation& conversation, std::size_t index) {
    const Line& line = conversation.lines[index];
    std::size_t from = 0;
    if (const auto cue = birthCues().first(line))
        from = cue->match.last;
    else if (index == 0 || !birthCues().first(conversation.lines[index - 1]))
        return {};
    std::vector<SpokenDate> dates;
    for (std::size_t at = from; at < line.words.size(); ++at) {
        const auto date = dateAt(line.words, at);
        if (!date) continue;
        dates.push_back(*date);
        break;
    }
    return dates;
}

}  // namespace ninja3cx::analysis
