#include "server/analysis/personal_data/birthdate.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace ninja3cx::analysis {
namespace {

const CueList& birthCues() {
    static const CueList kCues{
        {"ne le"},       {"nee le"},     {"ne en"},           {"nee en"},         {"nes le"},
        {"nez le"},      {"ne les"},     {"nee les"},         {"est ne"},         {"est nee"},
        {"suis ne"},     {"suis nee"},   {"date ~ naissan*"}, {"naissance*"},     {"naissence*"},
        {"naissanse"},   {"born"},       {"date of birth"},   {"dates of birth"}, {"date birth"},
        {"birth date*"}, {"birthdate*"}, {"birthday*"},       {"d o b"},          {"dob"},
        {"of birth"}};
    return kCues;
}

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

/// Without a long announcement, only a date right behind is meant: "il ne marche plus depuis le 3 mars".
const CueList& shortCues() {
    static const CueList kCues{{"ne"},     {"nee"},     {"nez"},   {"n est le"},
                               {"net le"}, {"suis le"}, {"i was"}, {"was on"}};
    return kCues;
}

int monthOf(std::string_view word) {
    if (const int month = monthNumber(word)) return month;
    // Misheard.
    if (word == "out" || word == "oute" || word == "aou") return 8;
    if (word.size() < 5) return 0;
    // "juilet", "fevriers": one letter more, less or other.
    for (const MonthName& month : monthNames()) {
        const std::string_view a = month.name.size() < word.size() ? month.name : word;
        const std::string_view b = month.name.size() < word.size() ? word : month.name;
        if (b.size() - a.size() > 1 || a.size() < 4) continue;
        std::size_t same = 0;
        while (same < a.size() && a[same] == b[same]) ++same;
        if (same >= 3 && a.substr(same + (a.size() == b.size() && same < a.size() ? 1 : 0)) ==
                             b.substr(std::min(same + 1, b.size())))
            return month.number;
    }
    return 0;
}

struct Part {
    int value = 0;
    std::size_t last = 0;
    bool isShort = false;  // a year of two digits
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
    auto number = word == "oh" ? numberAt(words, at + 1) : numberAt(words, at);
    if (number && number->digits == "0") number = numberAt(words, number->last);  // "zéro deux"
    if (!number) return {};
    Part day{toInt(number->digits), number->last};
    if (day.value % 10 == 0 && day.value >= 20 && day.last < words.size())
        for (const Ordinal& ordinal : kOrdinals)
            if (ordinal.day < 10 && ordinal.word == words[day.last].text)
                return {day.value + ordinal.day, day.last + 1};
    return day;
}

/// So far ahead a year is still one that somebody says.
int latestSaid(int now) {
    return now + 4;
}

/// "84" is 1984, "26" the year 2026.
int inFull(int twoDigits, int now) {
    const int latest = latestSaid(now);
    const int year = latest - latest % 100 + twoDigits;
    return year <= latest ? year : year - 100;
}

/// What an ISO date must be below to be of `year` or before.
std::string behind(int year) {
    return std::to_string(year + 1);
}

Part yearAt(std::span<const Word> words, std::size_t at, int now) {
    const std::size_t from = at < words.size() && (words[at].text == "of" || words[at].text == "en" ||
                                                   words[at].text == "in" || words[at].text == "de")
                                 ? at + 1
                                 : at;
    const auto first = numberAt(words, from);
    if (!first) return {};
    const int value = toInt(first->digits);
    if (value >= 1900 && value <= latestSaid(now)) return {value, first->last};
    const bool isOh =
        first->last < words.size() && (words[first->last].text == "oh" || words[first->last].text == "o");
    const auto second = numberAt(words, isOh ? first->last + 1 : first->last);
    if ((value == 19 || value == 20) && isOh && second && second->digits.size() == 1)
        return {value * 100 + toInt(second->digits), second->last};  // "nineteen oh four"
    if (value == 1 && second && second->digits.size() == 1) {        // "1 9 8 4"
        std::string digits = first->digits;
        std::size_t last = first->last;
        while (digits.size() < 4) {
            const auto next = numberAt(words, last);
            if (!next || next->digits.size() != 1) return {};
            digits += next->digits;
            last = next->last;
        }
        return {toInt(digits), last};
    }
    if ((value == 19 || value == 20) && second && second->digits.size() == 2)
        return {value * 100 + toInt(second->digits), second->last};  // "nineteen eighty four"
    if (first->digits.size() == 2 || value > 29)
        return value < 100 ? Part{inFull(value, now), first->last, true} : Part{};
    return {};
}

std::optional<SpokenBirthdate> dateFrom(int day, int month, Part year, std::size_t first) {
    if (day < 1 || day > 31 || month < 1 || month > 12 || year.value == 0) return std::nullopt;
    char iso[32];
    std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year.value, month, day);
    return SpokenBirthdate{iso, first, year.last, !year.isShort};
}

/// Day, month and, unless `mayLackYear`, year from word `at` on.
std::optional<SpokenBirthdate> dateAt(std::span<const Word> words, std::size_t at, bool mayLackYear,
                                      int now) {
    const auto finish = [&](int day, int month, std::size_t yearFrom) -> std::optional<SpokenBirthdate> {
        auto date = dateFrom(day, month, yearAt(words, yearFrom, now), at);
        if (date || !mayLackYear || day < 1 || day > 31 || month < 1 || month > 12) return date;
        char iso[32];
        std::snprintf(iso, sizeof iso, "%02d-%02d", month, day);
        // What is left of a year belongs to it: "deux euh un" for "deux mille un".
        std::size_t last = yearFrom;
        for (std::size_t next = last; next < std::min(yearFrom + 4, words.size()); ++next)
            if (numberAt(words, next)) last = next + 1;
        return SpokenBirthdate{iso, at, last, false};
    };
    // "march the fourteenth, two thousand and one"
    if (const int month = monthOf(words[at].text)) {
        const std::size_t next = at + 1 < words.size() && words[at + 1].text == "the" ? at + 2 : at + 1;
        const Part day = dayAt(words, next);
        return day.value ? finish(day.value, month, day.last) : std::nullopt;
    }
    // "14 03 2001" may be one run of digits
    if (const std::string& d = words[at].text;
        (d.size() == 8 || d.size() == 6) && numberAt(words, at) && d[0] >= '0' && d[0] <= '3') {
        const int year = toInt(d.substr(4));
        return dateFrom(toInt(d.substr(0, 2)), toInt(d.substr(2, 2)),
                        {d.size() == 8 ? year : inFull(year, now), at + 1, d.size() == 6}, at);
    }
    const Part whole = dayAt(words, at);
    // "vingt trois soixante-quatre" may be the 20th of March.
    const Part alone = dayAt(words.first(at + 1), at);
    for (const Part& day : {whole, alone}) {
        if (day.value == 0 || day.last >= words.size()) continue;
        std::size_t next = day.last;
        if ((words[next].text == "of" || words[next].text == "de") && next + 1 < words.size()) ++next;
        if (const int month = monthOf(words[next].text)) return finish(day.value, month, next + 1);
        const bool isZero = words[next].text == "zero" || words[next].text == "oh";
        const std::size_t monthFrom = isZero ? next + 1 : next;
        const auto month = numberAt(words, monthFrom);
        if (!month) continue;
        if (auto date = dateFrom(day.value, toInt(month->digits), yearAt(words, month->last, now), at))
            return date;
        // "quatorze dix soixante-quatre": the month and the year may have been read as one number.
        // The month's name may be lost: "né le quatorze deux mille un".
        if (const Part year = yearAt(words, next, now);
            mayLackYear && day.value <= 31 && !year.isShort && year.value >= 1900 && year.value <= now)
            return SpokenBirthdate{std::to_string(year.value), at, year.last, false};
        const auto shortMonth = numberAt(words.first(monthFrom + 1), monthFrom);
        if (!shortMonth) continue;
        if (auto date =
                dateFrom(day.value, toInt(shortMonth->digits), yearAt(words, shortMonth->last, now), at))
            return date;
    }
    return std::nullopt;
}

/// Nobody who is spoken of on the phone was born before, and few dates of other events are older.
bool isBirthYear(const SpokenBirthdate& date, int now) {
    return date.iso.size() < 10 || (date.iso >= "1900" && date.iso < behind(now));
}

bool isKin(std::string_view word) {
    static constexpr auto kKin = std::to_array<std::string_view>(
        {"femme",   "epouse",   "mari",      "epoux",  "conjoint", "conjointe", "fils",  "fille",    "enfant",
         "enfants", "compagne", "compagnon", "pere",   "mere",     "frere",     "soeur", "petit",    "petite",
         "wife",    "husband",  "partner",   "spouse", "son",      "daughter",  "child", "children", "kids",
         "mother",  "father",   "brother",   "sister", "sienne",   "leur",      "hers",  "theirs",   "his",
         "wives",   "husbands", "partners",  "sons",   "daughters"});
    return std::find(kKin.begin(), kKin.end(), word) != kKin.end();
}
/// "et celle de votre épouse ?", after a date of birth was spoken of.
bool asksOfKin(const Conversation& conversation, std::size_t index) {
    constexpr std::size_t kLongest = 9;  // words
    constexpr std::size_t kReach = 8;    // lines
    const Line& line = conversation.lines[index];
    const bool isShort = line.words.size() <= kLongest;
    if (!isShort ||
        std::none_of(line.words.begin(), line.words.end(), [](const Word& word) { return isKin(word.text); }))
        return false;
    for (std::size_t back = 1; back <= kReach && back <= index; ++back)
        if (birthCues().first(conversation.lines[index - back])) return true;
    return false;
}

}  // namespace

std::vector<SpokenBirthdate> findBirthdatesAgain(const Conversation& conversation, std::size_t index,
                                                 const std::vector<std::string>& isos) {
    const Line& line = conversation.lines[index];
    std::vector<SpokenBirthdate> dates;
    if (isos.empty()) return dates;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const auto date = dateAt(line.words, at, false, conversation.year);
        if (!date || std::find(isos.begin(), isos.end(), date->iso) == isos.end()) continue;
        dates.push_back(*date);
        at = date->last - 1;
    }
    return dates;
}

std::vector<std::pair<std::size_t, SpokenBirthdate>> findBirthdateInPieces(const Conversation& conversation,
                                                                           std::size_t index) {
    constexpr std::size_t kReach = 7;      // lines
    constexpr std::size_t kMostWords = 5;  // of a piece
    std::vector<std::pair<std::size_t, SpokenBirthdate>> pieces;
    const Line& asking = conversation.lines[index];
    if (!birthCues().first(asking)) return pieces;
    std::vector<Word> words;
    std::vector<std::pair<std::size_t, std::size_t>> origins;  // line and word of each
    for (std::size_t next = index + 1; next < conversation.lines.size() && next <= index + kReach; ++next) {
        const Line& line = conversation.lines[next];
        if (line.words.size() > kMostWords) break;
        if (line.speaker == asking.speaker) continue;
        for (std::size_t at = 0; at < line.words.size(); ++at) {
            words.push_back(line.words[at]);
            origins.emplace_back(next, at);
        }
    }
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto date = dateAt(words, at, false, conversation.year);
        if (!date || date->iso.size() < 10 || !isBirthYear(*date, conversation.year)) continue;
        for (std::size_t i = date->first; i < date->last; ++i) {
            const auto [line, word] = origins[i];
            if (pieces.empty() || pieces.back().first != line)
                pieces.push_back({line, {date->iso, word, word, date->saysYear}});
            pieces.back().second.last = word + 1;
        }
        return pieces;
    }
    return pieces;
}

std::vector<SpokenBirthdate> findBirthdates(const Conversation& conversation, std::size_t index) {
    // Who calls a help desk, or is spoken of there, has a job; younger dates are of something else.
    constexpr int kChildhood = 11;
    constexpr int kYouth = 18;
    const Line& line = conversation.lines[index];
    const int now = conversation.year;
    const auto firstFrom = [&](std::size_t from, std::size_t to,
                               std::size_t direct) -> std::optional<SpokenBirthdate> {
        for (std::size_t at = from; at < std::min(to, line.words.size()); ++at)
            if (const auto date = dateAt(line.words, at, at <= direct, now); date && isBirthYear(*date, now))
                return date;
        return std::nullopt;
    };
    std::vector<SpokenBirthdate> dates;
    // "né le 1er avril 1970, et ma femme le 2 octobre 73"
    const auto addOfKin = [&] {
        for (std::size_t at = dates.empty() ? line.words.size() : dates.back().last; at < line.words.size();
             ++at)
            if (isKin(line.words[at].text) || line.words[at].text == "moi" || line.words[at].text == "mine")
                if (const auto date = firstFrom(at + 1, at + 6, 0); date && date->iso.size() == 10) {
                    dates.push_back(*date);
                    at = date->last - 1;
                }
    };
    std::optional<CueList::Hit> cue = birthCues().first(line);
    if (cue) {
        const std::size_t after = cue->match.last;
        if (const auto date = firstFrom(after, line.words.size(), after + 1))
            dates.push_back(*date);
        else if (const auto before = firstFrom(0, cue->match.first, 0))
            dates.push_back(*before);
        addOfKin();
        // "né le 12 mars 1980 et je suis née le 3 mai 1982"
        for (const CueList::Hit& hit : birthCues().all(line)) {
            const std::size_t from = hit.match.last;
            if (dates.empty() || from < dates.front().last) continue;
            const auto date = firstFrom(from, from + 3, 0);
            const bool isKnown =
                date && std::any_of(dates.begin(), dates.end(), [&](const SpokenBirthdate& other) {
                    return date->first < other.last && other.first < date->last;
                });
            if (date && !isKnown && date->iso.size() == 10) dates.push_back(*date);
        }
    } else {
        for (const CueList::Hit& hit : shortCues().all(line))
            if (const auto date = firstFrom(hit.match.last, hit.match.last + 3, 0);
                date && date->iso.size() == 10 && date->iso < behind(now - kChildhood)) {
                dates.push_back(*date);
                return dates;
            }
        for (std::size_t back = 1; back <= 3 && back <= index && !cue; ++back)
            cue = birthCues().first(conversation.lines[index - back]);
        // "the certificate expires on 31 December 2026"
        static const CueList kOther{{"expir*"},       {"valable"}, {"valid until"},
                                    {"valide jusqu"}, {"renew*"},  {"echeance"}};
        if (cue && kOther.first(line)) cue.reset();
        const bool isOfKin = !cue && ((index > 0 && asksOfKin(conversation, index - 1)) ||
                                      (index > 1 && asksOfKin(conversation, index - 2)));
        const auto isOld = [&](const SpokenBirthdate& date) {
            const bool isWhole =
                date.iso.size() == 10 && date.iso >= "1920" && date.iso < behind(now - kYouth);
            return isWhole && date.saysYear;
        };
        if (!cue && !isOfKin) {
            // Hardly any other date in a call is this old.
            const bool hasYear = std::any_of(line.words.begin(), line.words.end(), [](const Word& word) {
                return word.text == "mille" || word.text == "cent" || word.text == "nineteen" ||
                       word.text == "thousand" || word.text == "twenty" ||
                       (word.text.size() >= 4 && word.text[0] >= '0' && word.text[0] <= '9');
            });
            for (std::size_t at = 0; hasYear && at < line.words.size(); ++at)
                if (const auto date = dateAt(line.words, at, false, now); date && isOld(*date)) {
                    dates.push_back(*date);
                    break;
                }
            return dates;
        }
        if (const auto date = firstFrom(0, line.words.size(), 0); date && date->iso.size() == 10)
            dates.push_back(*date);
        addOfKin();
    }
    return dates;
}

bool asksForBirthdate(const Line& line) {
    static const CueList kCues{{"date ~ naissance"}, {"date of birth"}, {"d o b"}, {"dob"},
                               {"birth date"},       {"birthdate"}};
    static const CueList kOther{{"pas"}, {"not"}, {"format"}, {"champ"}, {"field"}, {"formulaire"}, {"form"}};
    constexpr std::size_t kMost = 9;  // words
    return line.words.size() <= kMost && kCues.first(line) && !kOther.first(line) &&
           digitRuns(line.words).empty();
}

std::vector<std::pair<std::size_t, std::size_t>> birthdatePartsIn(const Line& line, bool isBehindCue) {
    static constexpr auto kRound =
        std::to_array<std::string_view>({"le", "the", "of", "de", "en", "in", "c", "est", "oui", "yes",
                                         "alors", "euh", "it", "s", "et", "and", "du"});
    constexpr std::size_t kMostDigits = 4;
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    std::size_t at = 0;
    if (isBehindCue) {
        const auto cue = birthCues().first(line);
        if (!cue) return parts;
        at = cue->match.last;
    }
    std::size_t digits = 0;
    while (at < line.words.size()) {
        const std::string_view word = line.words[at].text;
        const auto number = numberAt(line.words, at);
        const Part day = dayAt(line.words, at);  // "fourth"
        const bool isDay = !number && day.value != 0;
        const std::size_t last = number ? number->last : isDay ? day.last : at + 1;
        if (number || isDay)
            digits += number ? number->digits.size() : 2;
        else if (monthOf(word) == 0 && std::ranges::find(kRound, word) == kRound.end())
            return {};
        const bool isOf = at > 0 && line.words[at - 1].text == "of";  // "fourth of May"
        const bool isJoined = !parts.empty() && parts.back().second + (isOf ? 1U : 0U) == at;
        if (number || isDay || monthOf(word) != 0) {
            if (isJoined)
                parts.back().second = last;
            else
                parts.emplace_back(at, last);
        }
        at = last;
    }
    if (digits > 2 * kMostDigits) parts.clear();
    return parts;
}

}  // namespace ninja3cx::analysis
