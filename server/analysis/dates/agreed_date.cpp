#include "server/analysis/dates/agreed_date.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/said_date.hpp"
#include "server/analysis/lexicon/number_lexicon.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// Why a day does not suit.
const CueList& refusalCues() {
    static const CueList kCues{{"pas la"},           {"pas libre*"},    {"pas dispo*"},
                               {"pas possible"},     {"impossible"},    {"peux pas"},
                               {"peut pas"},         {"pourrai* pas"},  {"absent*"},
                               {"en conge*"},        {"en repos"},      {"est complet"},
                               {"sommes complets"},  {"fully booked"},  {"m arrange pas"},
                               {"nous arrange pas"}, {"convient pas"},  {"ca va pas"},
                               {"ira pas"},          {"on est ferme*"}, {"nous sommes ferme*"},
                               {"suis ferme*"},      {"tombe mal"},     {"trop tard"},
                               {"trop tot"},         {"suis pris*"},    {"en deplacement"},
                               {"booked"},           {"can t do"},      {"can t make"},
                               {"cannot do"},        {"cannot make"},   {"won t be"},
                               {"not in"},           {"not here"},      {"not there"},
                               {"not free"},         {"m away"},        {"re away"},
                               {"i am away"},        {"we are away"},   {"m off"},
                               {"doesn t work"},     {"doesn t suit"},  {"won t work"},
                               {"no good"},          {"not possible"},  {"we re closed"},
                               {"are closed"},       {"too late"},      {"too early"},
                               {"m busy"},           {"ferie*"},        {"c est ferme"},
                               {"bank holiday"},     {"day off"},       {"no can do"},
                               {"isn t good"},       {"is no use"},     {"m out"}};
    return kCues;
}

/// Another date is asked for.
const CueList& counterCues() {
    static const CueList kCues{
        {"plutot"},          {"m arrangerai*"},   {"nous arrangerai*"},   {"m arrange mieux"},
        {"conviendrait"},    {"serait mieux"},    {"irait mieux"},        {"mieux pour moi"},
        {"prefer*"},         {"decale*"},         {"repousse*"},          {"reporte*"},
        {"vous pourriez"},   {"c est possible"},  {"ca serait possible"}, {"rather"},
        {"instead"},         {"would be better"}, {"is better"},          {"d be better"},
        {"suit* me better"}, {"make it"},         {"could you do"},       {"could we do"},
        {"can you do"},      {"can we do"},       {"how about"},          {"what about"},
        {"move it"},         {"push it"}};
    return kCues;
}

/// The technician changes his own mind.
const CueList& changeCues() {
    static const CueList kCues{{"plutot"},       {"finalement"}, {"en fait"},
                               {"je me trompe"}, {"je corrige"}, {"actually"},
                               {"rather"},       {"instead"},    {"on second thought*"}};
    return kCues;
}

/// "non jeudi", "no, Thursday": just before the date.
bool isOpposed(const Line& line, const SpokenDate& date) {
    for (std::size_t back = 1; back <= 2 && back <= date.first; ++back)
        if (isOneOf(line.words[date.first - back].text,
                    {"non", "no", "plutot", "pardon", "sorry", "rather", "finalement", "actually"}))
            return true;
    return false;
}

/// "pas demain", but not "pas avant demain".
bool isDenied(const Line& line, const SpokenDate& date) {
    return date.first > 0 &&
           isOneOf(line.words[date.first - 1].text, {"pas", "ni", "not", "sauf", "except"}) &&
           !isOneOf(line.words[date.first].text, {"avant", "before", "until"});
}

constexpr std::size_t kReach = 6;  // words, from a date to what is said of it

/// "demain je suis absent": up to the next date.
bool isRefused(const Line& line, const SpokenDate& date, std::size_t until) {
    const auto isOfDate = [&](const CueList::Hit& hit) {
        if (hit.match.first < date.last || hit.match.first >= until || hit.match.first - date.last >= kReach)
            return false;
        const auto from = static_cast<std::size_t>(line.words[date.last - 1].end);
        const auto to = static_cast<std::size_t>(line.words[hit.match.first].begin);
        return line.text.substr(from, to - from).find_first_of(".;!?") == std::string_view::npos;
    };
    return std::ranges::any_of(refusalCues().all(line), isOfDate);
}

bool isSameDay(const SpokenDate& one, const SpokenDate& other) {
    if (one.meant && other.meant) return one.meant->substr(0, 10) == other.meant->substr(0, 10);
    const std::vector<Word> a = wordsOf(one.spoken);
    const std::vector<Word> b = wordsOf(other.spoken);
    return !a.empty() && !b.empty() && a[0].text == b[0].text;
}

/// `said` after `before`: "seize heures" is still the day that was meant, "jeudi" again still its hour.
SpokenDate updated(const SpokenDate& before, const SpokenDate& said) {
    if (said.meant && said.meant == before.meant) return before;
    if (said.namesDay) return isSameDay(before, said) && !said.namesClock ? before : said;
    if (!said.namesClock || !said.meant || !before.meant || !before.namesDay) return said;
    SpokenDate both = said;
    both.meant = before.meant->substr(0, 10) + said.meant->substr(10);
    both.namesDay = true;
    return both;
}

/// The last date of a turn that is another one than what was offered.
std::optional<SpokenDate> otherDate(const std::vector<SpokenDate>& dates, const SpokenDate& offered) {
    for (auto date = dates.rbegin(); date != dates.rend(); ++date)
        if (!date->namesDay || !isSameDay(*date, offered) || date->namesClock) return *date;
    return std::nullopt;
}

/// "mardi on est fermé le matin": the day itself is not refused.
bool namesPart(const Line& line) {
    return std::ranges::any_of(line.words, [](const Word& word) {
        return isOneOf(word.text,
                       {"matin", "matinee", "midi", "aprem", "soir", "morning", "afternoon", "evening"});
    });
}

/// What is under discussion.
struct Appointment {
    SpokenDate agreed;
    std::optional<SpokenDate> wanted;  // by the customer, not answered yet
    bool isRefused = false;

    /// False: the customer asks for nothing else.
    bool customer(const Line& line, const std::optional<CallStart>& start) {
        const std::vector<SpokenDate> all = findDates(line.words, line.text, start);
        const bool namesAgreed =
            std::ranges::any_of(all, [&](const SpokenDate& date) { return isSameDay(date, agreed); });
        const bool refuses = namesAgreed && refusalCues().first(line).has_value();
        const auto other = otherDate(standingDates(line, start), agreed);
        if (!other) {
            isRefused = isRefused || (refuses && !line.isQuestion && !namesPart(line));
            return refuses;
        }
        if (!refuses && !counterCues().first(line) && !isOpposed(line, *other)) return false;
        wanted = updated(agreed, *other);
        isRefused = true;
        return true;
    }
    void technician(const Line& line, const std::optional<CallStart>& start) {
        const std::vector<SpokenDate> standing = standingDates(line, start);
        const bool isOwnChange =
            !standing.empty() && isOpposed(line, standing.back()) && changeCues().first(line);
        if (!wanted && !isRefused && !isOwnChange) return;
        const bool isAnswer = !standing.empty() || (wanted && !refusalCues().first(line));
        if (isAnswer) {
            const SpokenDate before = wanted.value_or(agreed);
            agreed = standing.empty() ? before : updated(before, standing.back());
            isRefused = false;
        }
        wanted.reset();
    }
};

}  // namespace

std::vector<SpokenDate> standingDates(const Line& line, const std::optional<CallStart>& start) {
    const std::vector<SpokenDate> dates = findDates(line.words, line.text, start);
    std::vector<SpokenDate> standing;
    constexpr std::size_t kNear = 4;  // words between a date and the one that takes its place
    for (std::size_t i = 0; i < dates.size(); ++i) {
        const bool hasNext = i + 1 < dates.size();
        const bool isTakenBack =
            hasNext && dates[i + 1].first - dates[i].last <= kNear && isOpposed(line, dates[i + 1]);
        const std::size_t until = hasNext ? dates[i + 1].first : line.words.size();
        if (!isTakenBack && !isDenied(line, dates[i]) && !isRefused(line, dates[i], until))
            standing.push_back(dates[i]);
    }
    return standing;
}

std::optional<SpokenDate> agreedDate(const SpokenDate& offered, std::size_t offeredIn,
                                     const Conversation& conversation,
                                     const std::optional<CallStart>& start) {
    constexpr std::size_t kMostTurns = 8;
    constexpr std::size_t kMostContent = 2;  // turns of a customer who takes what is offered
    Appointment appointment{offered, std::nullopt, false};
    std::size_t content = 0;
    const std::size_t end = std::min(conversation.lines.size(), offeredIn + 1 + kMostTurns);
    for (std::size_t turn = offeredIn + 1; turn < end; ++turn) {
        const Line& line = conversation.lines[turn];
        if (line.speaker != Speaker::Customer)
            appointment.technician(line, start);
        else if (!appointment.customer(line, start) && ++content == kMostContent)
            break;
    }
    if (appointment.wanted) return appointment.wanted;
    if (appointment.isRefused) return std::nullopt;
    return appointment.agreed;
}

bool isLaterDay(const Line& line, const SpokenDate& date) {
    if (!date.namesDay) return false;
    for (std::size_t at = date.first; at < date.last; ++at) {
        const std::string_view word = line.words[at].text;
        if (weekdayNamed(word) != 0 || monthNamed(word) != 0 || ordinalNamed(word) != 0 ||
            isOneOf(word, {"demain", "tomorrow", "prochain", "prochaine", "next"}))
            return true;
    }
    return date.last - date.first > 1 && line.words[date.first].text == "le" &&
           isNumberWord(line.words[date.first + 1].text);
}

bool namesLaterDay(const Line& line) {
    return std::ranges::any_of(findDates(line.words, line.text, std::nullopt),
                               [&](const SpokenDate& date) { return isLaterDay(line, date); });
}

bool onlyAgreesToDate(const Line& line) {
    const std::vector<SpokenDate> dates = findDates(line.words, line.text, std::nullopt);
    if (dates.empty()) return false;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const bool isInDate = std::ranges::any_of(
            dates, [&](const SpokenDate& date) { return at >= date.first && at < date.last; });
        if (!isInDate &&
            !isOneOf(line.words[at].text,
                     {"d",     "accord", "ok",     "okay",    "oui", "bon",    "bien",   "tres",  "parfait",
                      "c",     "est",    "note",   "entendu", "ca",  "marche", "va",     "pour",  "alors",
                      "donc",  "je",     "le",     "a",       "on",  "dit",    "fine",   "right", "sure",
                      "yes",   "good",   "great",  "that",    "s",   "it",     "is",     "then",  "all",
                      "well",  "noted",  "lovely", "perfect", "so",  "at",     "plutot", "the",   "vous",
                      "merci", "thank",  "you",    "thanks"}))
            return false;
    }
    return true;
}

}  // namespace ninja3cx::analysis
