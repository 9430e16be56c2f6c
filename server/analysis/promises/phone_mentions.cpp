#include "server/analysis/promises/phone_mentions.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/spoken_dates.hpp"
#include "server/analysis/promises/denied_deeds.hpp"
#include "server/analysis/promises/phone_words.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

std::vector<Phrase::Match> matchesOf(CueList PhoneCues::*cues, const Line& line) {
    std::vector<Phrase::Match> matches;
    for (const PhoneCues* ofLanguage : {&frenchPhoneCues(), &englishPhoneCues()})
        for (const CueList::Hit& hit : (ofLanguage->*cues).all(line)) matches.push_back(hit.match);
    return matches;
}

bool liesIn(CueList PhoneCues::*cues, const Line& line, const Phrase::Match& match) {
    return std::ranges::any_of(matchesOf(cues, line), [&](const Phrase::Match& other) {
        return match.first < other.last && other.first < match.last;
    });
}

/// "je vous appelle à treize heures pour vérifier" is for later.
bool isForLater(const Line& line) {
    return std::ranges::any_of(findDates(line.words, line.text, std::nullopt),
                               [](const SpokenDate& date) { return date.namesDay || date.namesClock; });
}

Phoning grammarOf(const Line& line, std::size_t at) {
    const Place place{line, at};
    if (const auto meaning = frenchPhoning(place)) return *meaning;
    if (const auto meaning = englishPhoning(place)) return *meaning;
    return Phoning::Unclear;
}

/// Whole phrases know more than the words around a verb, but for "je vous rappelle moi-même".
Phoning meaningOf(const Line& line, const Phrase::Match& match) {
    if (liesIn(&PhoneCues::testing, line, match) && !isForLater(line)) return Phoning::TestNow;
    if (liesIn(&PhoneCues::reminding, line, match)) return Phoning::Reminder;
    const Phoning meaning = grammarOf(line, match.first);
    // "je ne peux pas vous rappeler"; "… avant quinze heures" is for later.
    const std::string_view next = Place{line, match.last - 1}.after(1);
    if (meaning == Phoning::Promised && deniedDeedWords(line)[match.first] &&
        !isOneOf(next, {"avant", "before", "until"}))
        return Phoning::Denied;
    if (meaning == Phoning::Promised)
        return matchesOf(&PhoneCues::doubting, line).empty() ? Phoning::Promised : Phoning::Doubtful;
    return liesIn(&PhoneCues::leftToCustomer, line, match) ? Phoning::LeftToCustomer : meaning;
}

}  // namespace

std::string_view Place::after(std::size_t steps) const {
    return at_ + steps < line_.words.size() ? std::string_view{line_.words[at_ + steps].text}
                                            : std::string_view{};
}
std::string_view Place::before(std::size_t steps) const {
    return at_ >= steps ? std::string_view{line_.words[at_ - steps].text} : std::string_view{};
}
bool Place::hasBefore(std::size_t most, std::initializer_list<std::string_view> words) const {
    for (std::size_t steps = 1; steps <= most && steps <= at_; ++steps) {
        if (isCutAfter(at_ - steps)) return false;
        if (isOneOf(before(steps), words)) return true;
    }
    return false;
}
bool Place::isCutAfter(std::size_t at) const {
    const auto from = static_cast<std::size_t>(line_.words[at].end);
    const auto to = static_cast<std::size_t>(line_.words[at + 1].begin);
    return line_.text.substr(from, to - from).find_first_of(",;:.!?") != std::string_view::npos;
}

std::vector<PhoneMention> phoneMentionsIn(const Line& line) {
    const bool isCustomer = line.speaker == protocol::Speaker::Customer;
    std::vector<PhoneMention> mentions;
    for (const Phrase::Match& match :
         matchesOf(isCustomer ? &PhoneCues::byCustomer : &PhoneCues::phoning, line))
        mentions.push_back({isCustomer ? Phoning::LeftToCustomer : meaningOf(line, match), match});
    std::ranges::stable_sort(mentions, {}, [](const PhoneMention& mention) { return mention.match.first; });
    // "i'll call you" has two cues of the customer's.
    const auto isSameWord = [](const PhoneMention& mention, const PhoneMention& next) {
        return next.match.first < mention.match.last;
    };
    if (isCustomer) mentions.erase(std::ranges::unique(mentions, isSameWord).begin(), mentions.end());
    return mentions;
}

bool speaksOf(Phoning meaning, const std::vector<PhoneMention>& mentions) {
    return std::ranges::find(mentions, meaning, &PhoneMention::meaning) != mentions.end();
}

bool areUnclear(const std::vector<PhoneMention>& mentions) {
    return std::ranges::all_of(
        mentions, [](const PhoneMention& mention) { return mention.meaning == Phoning::Unclear; });
}

}  // namespace ninja3cx::analysis
