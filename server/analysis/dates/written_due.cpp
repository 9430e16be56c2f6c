#include "server/analysis/dates/written_due.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/words/words.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"lundi",    "mardi",  "mercredi", "jeudi",
                                                       "vendredi", "samedi", "dimanche"};
constexpr std::array<std::string_view, 7> kWeekdaysEn = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                         "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> kMonths = {"janvier",   "février", "mars",     "avril",
                                                      "mai",       "juin",    "juillet",  "août",
                                                      "septembre", "octobre", "novembre", "décembre"};
constexpr std::array<std::string_view, 12> kMonthsEn = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};

int numberIn(const std::string& due, std::size_t at, std::size_t length) {
    return std::stoi(due.substr(at, length));
}

/// "mardi 1er décembre", "Tuesday 1 December"
std::string writtenDay(const std::string& due, bool isEnglish) {
    const std::chrono::year_month_day date{std::chrono::year{numberIn(due, 0, 4)},
                                           std::chrono::month{static_cast<unsigned>(numberIn(due, 5, 2))},
                                           std::chrono::day{static_cast<unsigned>(numberIn(due, 8, 2))}};
    const std::size_t weekday = std::chrono::weekday{std::chrono::local_days{date}}.iso_encoding() - 1;
    const std::size_t month = static_cast<unsigned>(date.month()) - 1;
    const std::string day = std::to_string(numberIn(due, 8, 2));
    return isEnglish ? std::string{kWeekdaysEn[weekday]} + " " + day + " " + std::string{kMonthsEn[month]}
                     : std::string{kWeekdays[weekday]} + " " + (day == "1" ? "1er" : day) + " " +
                           std::string{kMonths[month]};
}

/// " à 14 h", " at 14:00"
std::string writtenClock(const std::string& due, bool isEnglish) {
    const std::string minutes = due.substr(14, 2);
    const std::string hour = std::to_string(numberIn(due, 11, 2));
    if (isEnglish) return " at " + hour + ":" + minutes;
    return " à " + hour + " h" + (minutes == "00" ? "" : " " + minutes);
}

/// " au matin", ", in the morning"; "" where no part of the day was said.
std::string_view writtenPart(const std::string& dueSpoken, bool isEnglish) {
    const std::vector<Word> spoken = wordsOf(dueSpoken);
    const auto says = [&](std::initializer_list<std::string_view> parts) {
        return std::any_of(spoken.begin(), spoken.end(),
                           [&](const Word& word) { return isOneOf(word.text, parts); });
    };
    if (says({"matin", "matinee", "morning"})) return isEnglish ? ", in the morning" : " au matin";
    if (says({"midi", "aprem", "afternoon"})) return isEnglish ? ", in the afternoon" : " dans l'après-midi";
    if (says({"soir", "soiree", "evening", "tonight"})) return isEnglish ? ", in the evening" : " au soir";
    return {};
}

}  // namespace

std::string writtenDue(const protocol::AnalysisAction& action, bool isEnglish) {
    const std::string& due = *action.due;
    if (!action.dueSpoken || due.size() < 10) return due;
    const std::string day = writtenDay(due, isEnglish);
    if (due.size() >= 16) return day + writtenClock(due, isEnglish);
    return day + std::string{writtenPart(*action.dueSpoken, isEnglish)};
}

}  // namespace ninja3cx::analysis
