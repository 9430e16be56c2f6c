#include "server/analysis/actions/callback_promise.hpp"

#include "server/analysis/conclusions/promise.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/spoken_dates.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// Words for phoning and getting in touch, now or later.
const CueList& phoningCues() {
    static const CueList kCues{{"rappel*"},      {"appel*"},       {"telephon*"},  {"recontact*"},
                               {"contact*"},     {"revien* vers"}, {"au courant"}, {"des nouvelles"},
                               {"coup de fil"},  {"call*"},        {"ring*"},      {"phone"},
                               {"phoning"},      {"back to you"},  {"in touch"},   {"hear from"},
                               {"let you know"}, {"follow* up"},   {"update you"}, {"you posted"},
                               {"joindre"},      {"joint"}};
    return kCues;
}
/// A call that is made while they speak.
const CueList& testCues() {
    static const CueList kCues{{"appelle ~ pour tester"},
                               {"appelle ~ pour essayer"},
                               {"appelle ~ pour un essai"},
                               {"appelle ~ pour un test"},
                               {"appelle ~ pour faire un test"},
                               {"appelle ~ pour faire un essai"},
                               {"appelle ~ pour verifier"},
                               {"appelle ~ pour voir si"},
                               {"vous appelle dessus"},
                               {"l appelle ~ maintenant"},
                               {"vous appelle ~ maintenant"},
                               {"vous appelle la"},
                               {"vous appelle tout de suite"},
                               {"l appelle"},
                               {"call it"},
                               {"ring it"},
                               {"calling it"},
                               {"ringing it"},
                               {"ring that"},
                               {"call that"},
                               {"calling you now"},
                               {"ringing you now"},
                               {"call you now to test"},
                               {"ring you now to test"},
                               {"call you now to check"},
                               {"ring you now to check"},
                               {"call you ~ to test"},
                               {"ring you ~ to test"}};
    return kCues;
}
/// What reminds.
const CueList& reminderCues() {
    static const CueList kCues{{"vous rappelle que"},
                               {"vous rappelle qu"},
                               {"vous rappelez que"},
                               {"vous rappelez qu"},
                               {"vous rappelez"},
                               {"vous rappeler que"},
                               {"lui rappelle que"},
                               {"ca vous rappelle"},
                               {"vous rappelle quelque chose"},
                               {"vous rappelle la regle"},
                               {"vous rappelle les regles"},
                               {"vous rappelle la consigne"}};
    return kCues;
}
/// By the customer: "je vous rappelle si ça recommence".
const CueList& customersCues() {
    static const CueList kCues{{"je ~ rappelle"},     {"je ~ rappellerai"}, {"on vous rappelle*"},
                               {"nous vous rappel*"}, {"i ll call"},        {"i ll ring"},
                               {"i ll phone"},        {"i will call"},      {"i will ring"},
                               {"we ll call"},        {"we ll ring"}};
    return kCues;
}
/// The technician leaves it to the customer: "rappelez-moi".
const CueList& askedCues() {
    static const CueList kCues{{"rappelez"}, {"rappelle moi"}, {"vous nous rappel*"}, {"vous me rappel*"},
                               {"call us"},  {"ring us"},      {"call me"},           {"ring me"},
                               {"phone us"}, {"us a call"},    {"us a ring"},         {"me a call"},
                               {"me a ring"}};
    return kCues;
}

bool overlaps(const Phrase::Match& one, const Phrase::Match& other) {
    return one.first < other.last && other.first < one.last;
}
bool liesIn(const CueList& cues, const Line& line, const Phrase::Match& match) {
    return std::ranges::any_of(cues.all(line),
                               [&](const CueList::Hit& hit) { return overlaps(hit.match, match); });
}

/// "je vous appelle à treize heures pour vérifier" is for later.
bool isTestNow(const Line& line, const Phrase::Match& match) {
    if (!liesIn(testCues(), line, match)) return false;
    const std::vector<SpokenDate> dates = findDates(line.words, line.text, std::nullopt);
    return std::ranges::none_of(dates,
                                [](const SpokenDate& date) { return date.namesDay || date.namesClock; });
}

/// "I'll … and call you", "je vous rappelle": who speaks will do it.
const CueList& promiseCues() {
    static const CueList kCues{{"je vous rappelle"},     {"je vous rappellerai"},  {"on vous rappelle"},
                               {"on vous rappellera"},   {"nous vous rappelons"},  {"nous vous rappellerons"},
                               {"il vous rappelle"},     {"elle vous rappelle"},   {"il vous rappellera"},
                               {"elle vous rappellera"}, {"je vous telephone"},    {"je vous recontacte"},
                               {"on vous recontacte"},   {"vais vous rappeler"},   {"va vous rappeler"},
                               {"ll call you"},          {"ll ring you"},          {"ll phone you"},
                               {"will call you"},        {"will ring you"},        {"will phone you"},
                               {"and call you"},         {"and ring you"},         {"and phone you"},
                               {"ll give you a call"},   {"ll give you a ring"},   {"and give you a call"},
                               {"and give you a ring"},  {"will give you a call"}, {"will give you a ring"}};
    return kCues;
}

/// "I'll send it and call you", but not "can someone come and call you".
bool isLedByPromise(const Line& line, const Phrase::Match& match) {
    if (line.words[match.first].text != "and") return true;
    for (std::size_t at = 0; at < match.first; ++at)
        if (isOneOf(line.words[at].text, {"ll", "will"})) return true;
    return false;
}
bool isConditional(const Line& line, const Phrase::Match& match) {
    return match.first > 0 && isOneOf(line.words[match.first - 1].text, {"si", "que", "if", "quand", "when"});
}

}  // namespace

std::optional<CallbackPromise> plainCallbackPromise(const Conversation& conversation) {
    constexpr std::size_t kNear = 4;  // words between the promise and its date
    for (const Line& line : conversation.lines) {
        if (line.speaker != Speaker::Agent || line.isQuestion || promiseIn(line) != Promise::Made) continue;
        const std::vector<SpokenDate> dates = findDates(line.words, line.text, std::nullopt);
        for (const CueList::Hit& hit : promiseCues().all(line)) {
            if (!isLedByPromise(line, hit.match) || isConditional(line, hit.match) ||
                liesIn(reminderCues(), line, hit.match) || isTestNow(line, hit.match))
                continue;
            for (const SpokenDate& date : dates) {
                if (date.first < hit.match.last || date.first - hit.match.last > kNear) continue;
                if (!date.namesDay && !date.namesClock) continue;
                const auto from = static_cast<std::size_t>(line.words[hit.match.first].begin);
                const auto to = static_cast<std::size_t>(line.words[date.last - 1].end);
                return CallbackPromise{line.turn, std::string{line.text.substr(from, to - from)}};
            }
        }
    }
    return std::nullopt;
}

bool onlyOtherCalls(const CallReading& reading) {
    constexpr float kSoundsSo = 0.5F;
    const Conversation& conversation = reading.conversation();
    // A promise may be there in words that were misheard.
    const bool soundsSo = std::ranges::any_of(conversation.lines, [&](const Line& line) {
        return line.speaker == Speaker::Agent &&
               reading.shows(static_cast<std::size_t>(line.turn), "callback:todo") >= kSoundsSo;
    });
    bool isAnother = false;
    for (const Line& line : conversation.lines) {
        if (line.speaker == Speaker::Customer) {
            isAnother = isAnother || (!soundsSo && customersCues().first(line));
            continue;
        }
        isAnother = isAnother || askedCues().first(line).has_value();
        for (const CueList::Hit& hit : phoningCues().all(line)) {
            if (!isTestNow(line, hit.match) && !liesIn(reminderCues(), line, hit.match) &&
                !liesIn(askedCues(), line, hit.match))
                return false;
            isAnother = true;
        }
    }
    return isAnother;
}

}  // namespace ninja3cx::analysis
