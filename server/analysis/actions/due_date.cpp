#include "server/analysis/actions/due_date.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/agreed_date.hpp"
#include "server/analysis/dates/spoken_dates.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

namespace ninja3cx::analysis {
namespace {

namespace action_kind = protocol::action_kind;

constexpr std::size_t kYearDigits = 4;

/// Words for days and times, the longest wording first: they also know what is no date for the reader, as "in about
/// forty minutes" and a morning that is over.
const CueList& dueCues() {
    static const CueList kCues{{"demain ~ avant ~ heures"},
                               {"demain matin"},
                               {"demain apres midi"},
                               {"des demain"},
                               {"demain"},
                               {"cet apres midi"},
                               {"ce matin"},
                               {"ce soir"},
                               {"dans la journee"},
                               {"dans la demi heure"},
                               {"dans l heure"},
                               {"dans ~ minutes"},
                               {"dans ~ heures"},
                               {"dans ~ heure"},
                               {"dans ~ jours"},
                               {"sous ~ jours"},
                               {"sous ~ heures"},
                               {"avant ~ heures"},
                               {"avant midi"},
                               {"cette semaine"},
                               {"la semaine prochaine"},
                               {"semaine prochaine"},
                               {"cette nuit"},
                               {"lundi"},
                               {"mardi"},
                               {"mercredi"},
                               {"jeudi"},
                               {"vendredi"},
                               {"samedi"},
                               {"aujourd hui"},
                               {"tout de suite"},
                               {"tomorrow morning"},
                               {"tomorrow afternoon"},
                               {"by tomorrow"},
                               {"tomorrow"},
                               {"this afternoon"},
                               {"this morning"},
                               {"in the morning"},
                               {"within ~ hour"},
                               {"within ~ hours"},
                               {"in ~ minutes"},
                               {"in ~ hour"},
                               {"in ~ hours"},
                               {"in ~ days"},
                               {"next week"},
                               {"this week"},
                               {"on monday"},
                               {"on tuesday"},
                               {"on wednesday"},
                               {"on thursday"},
                               {"on friday"},
                               {"monday"},
                               {"tuesday"},
                               {"wednesday"},
                               {"thursday"},
                               {"friday"},
                               {"today"},
                               {"tonight"}};
    return kCues;
}

struct Anchor {
    std::string_view kind;
    std::string_view phrase;
};
/// Words that an action of a kind is said with: the date beside them is its own.
constexpr auto kAnchors = std::to_array<Anchor>({
    {action_kind::kCallback, "rappel*"},
    {action_kind::kCallback, "telephone*"},
    {action_kind::kCallback, "appelle*"},
    {action_kind::kCallback, "call*"},
    {action_kind::kCallback, "ring"},
    {action_kind::kCallback, "phone"},
    {action_kind::kOnsiteVisit, "passe*"},
    {action_kind::kOnsiteVisit, "vien*"},
    {action_kind::kOnsiteVisit, "technicien*"},
    {action_kind::kOnsiteVisit, "deplace*"},
    {action_kind::kOnsiteVisit, "come"},
    {action_kind::kOnsiteVisit, "visit"},
    {action_kind::kOnsiteVisit, "engineer"},
    {action_kind::kSendInformation, "envo*"},
    {action_kind::kSendInformation, "mail*"},
    {action_kind::kSendInformation, "send"},
    {action_kind::kSendInformation, "email*"},
    {action_kind::kOrderHardware, "command*"},
    {action_kind::kOrderHardware, "livr*"},
    {action_kind::kOrderHardware, "depose*"},
    {action_kind::kOrderHardware, "order"},
    {action_kind::kOrderHardware, "deliver*"},
    {action_kind::kOrderHardware, "courier*"},
    {action_kind::kCreateAccount, "cree*"},
    {action_kind::kCreateAccount, "compte*"},
    {action_kind::kCreateAccount, "account*"},
    {action_kind::kInstallSoftware, "install*"},
    {action_kind::kInstallSoftware, "prepare*"},
    {action_kind::kRestoreBackup, "restaur*"},
    {action_kind::kRestoreBackup, "restore*"},
    {action_kind::kReboot, "redemarr*"},
    {action_kind::kReboot, "restart*"},
    {action_kind::kReboot, "reboot*"},
    {action_kind::kEscalate, "transm*"},
    {action_kind::kEscalate, "escalad*"},
    {action_kind::kEscalate, "pass*"},
    {action_kind::kMonitor, "surveill*"},
    {action_kind::kMonitor, "garde*"},
    {action_kind::kMonitor, "eye"},
});

struct CompiledAnchor {
    std::string_view kind;
    Phrase phrase;
};
const std::vector<CompiledAnchor>& compiledAnchors() {
    static const std::vector<CompiledAnchor> kCompiled = [] {
        std::vector<CompiledAnchor> all;
        for (const Anchor& anchor : kAnchors) all.push_back({anchor.kind, Phrase{anchor.phrase}});
        return all;
    }();
    return kCompiled;
}

void addAll(const Phrase& phrase, const Line& line, std::vector<Phrase::Match>& matches) {
    for (auto match = phrase.find(line.words); match; match = phrase.find(line.words, match->first + 1))
        matches.push_back(*match);
}

std::vector<Phrase::Match> anchorsOf(const FoundAction& found, const Line& line) {
    // These are said of nothing else: a supplier may be called too.
    static const CueList kOfCallback{{"rappel*"},   {"call you"},        {"call ~ back"},    {"ring you"},
                                     {"phone you"}, {"give you ~ call"}, {"give you ~ ring"}};
    std::vector<Phrase::Match> anchors;
    if (found.action.kind == action_kind::kCallback)
        for (const CueList::Hit& hit : kOfCallback.all(line)) anchors.push_back(hit.match);
    if (!anchors.empty()) return anchors;
    for (const CompiledAnchor& anchor : compiledAnchors())
        if (anchor.kind == found.action.kind) addAll(anchor.phrase, line, anchors);
    if (!anchors.empty()) return anchors;
    // The cue quotes this turn, in pieces.
    for (std::size_t begin = 0; begin < found.cue.size();) {
        const std::size_t end = std::min(found.cue.find(", ", begin), found.cue.size());
        const std::string plain = folded(std::string_view{found.cue}.substr(begin, end - begin));
        begin = end + 2;
        if (auto match = Phrase{plain}.find(line.words); match && !plain.empty()) return {*match};
    }
    return {};
}

/// "we'll ring you once they've confirmed": that is when.
bool isConditional(const Line& line, std::span<const Phrase::Match> deed) {
    static const CueList kConditions{{"once"},     {"when"},  {"as soon as"}, {"des que"},
                                     {"une fois"}, {"quand"}, {"lorsque"},    {"aussitot que"}};
    constexpr std::size_t kNear = 2;  // words
    for (const CueList::Hit& hit : kConditions.all(line))
        for (const Phrase::Match& match : deed)
            if (hit.match.first >= match.last && hit.match.first - match.last <= kNear) return true;
    return false;
}

/// The sentence of its turn that each word stands in, counted from 0; or its clause.
std::vector<std::size_t> partOfWords(const Line& line, bool isClause) {
    std::vector<std::size_t> parts;
    std::size_t part = 0;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        if (isClause && isOneOf(line.words[at].text, {"and", "et"})) ++part;
        parts.push_back(part);
        if (line.isCutAfter(at, isClause ? kClauseMarks : kSentenceMarks)) ++part;
    }
    return parts;
}

/// "I'll call you then": at the time that was just said of something else.
bool pointsBack(const Line& line) {
    static const CueList kSameTime{{"same day"},    {"same time"},  {"meme jour"},
                                   {"meme moment"}, {"ce jour la"}, {"ce moment la"}};
    if (kSameTime.first(line)) return true;
    for (std::size_t at = 1; at < line.words.size(); ++at)
        if (line.words[at].text == "then" && line.isCutAfter(at) && !line.isCutAfter(at - 1)) return true;
    return false;
}

/// Where in a turn the date of an action may stand: not in a sentence that promises something else only, nor, where the
/// action waits for something, in such a clause.
class Reach {
public:
    Reach(const FoundAction& found, const Line& line) {
        const std::vector<Phrase::Match> own = anchorsOf(found, line);
        if (own.empty() || pointsBack(line)) return;
        parts_ = partOfWords(line, isConditional(line, own));
        isOfOther_.resize(2 * line.words.size());  // more than there are parts
        std::vector<Phrase::Match> others;
        for (const CompiledAnchor& anchor : compiledAnchors())
            if (anchor.kind != found.action.kind) addAll(anchor.phrase, line, others);
        for (const Phrase::Match& other : others) isOfOther_[parts_[other.first]] = true;
        for (const Phrase::Match& match : own) isOfOther_[parts_[match.first]] = false;
    }
    bool has(std::size_t word) const { return parts_.empty() || !isOfOther_[parts_[word]]; }

private:
    std::vector<std::size_t> parts_;  // of each word; empty: all is in reach
    std::vector<bool> isOfOther_;     // by part
};

/// "demain matin", "dans quinze minutes", "by Friday": as it was said in the first of the turns that says any.
std::optional<std::string> cueIn(const FoundAction& found, const std::vector<const Line*>& turns) {
    for (const Line* line : turns) {
        const Reach reach{found, *line};
        for (const CueList::Hit& hit : dueCues().all(*line)) {
            if (!reach.has(hit.match.first)) continue;
            const auto from = static_cast<std::size_t>(line->words[hit.match.first].begin);
            const auto to = static_cast<std::size_t>(line->words[hit.match.last - 1].end);
            return std::string{line->text.substr(from, to - from)};
        }
    }
    return std::nullopt;
}

/// How far a date stands from words of the action. What "et" or the end of a sentence parts from them is of another one,
/// rather; so is, of two that are as far, the one before them: "an engineer today i'll call you back at four".
std::size_t distanceBetween(const Line& line, const Phrase::Match& anchor, const SpokenDate& date) {
    constexpr std::size_t kOfAnother = 12;
    constexpr std::size_t kOfAnotherSentence = 20;
    const bool isBefore = date.last <= anchor.first;
    const std::size_t from = std::min(anchor.last, date.last);
    const std::size_t to = std::max(anchor.first, date.first);
    if (from > to) return 0;
    std::size_t distance = to - from;
    for (std::size_t at = from; at < to; ++at)
        if (isOneOf(line.words[at].text, {"et", "and", "puis", "then", "mais", "but"}))
            distance += kOfAnother;
    for (std::size_t at = from - 1; at < to; ++at)
        if (line.isCutAfter(at, kSentenceMarks)) distance += kOfAnotherSentence;
    return 2 * distance + (isBefore ? 1 : 0);
}

/// The date that a turn gives an action: the one nearest to the action's words, else the one that was found
/// already, else the first.
std::optional<SpokenDate> dateFor(const FoundAction& found, const Line& line,
                                  const std::optional<CallStart>& start) {
    std::vector<SpokenDate> dates = standingDates(line, start);
    const Reach reach{found, line};
    std::erase_if(dates, [&](const SpokenDate& date) { return !reach.has(date.first); });
    if (dates.empty()) return std::nullopt;
    const std::vector<Phrase::Match> anchors = anchorsOf(found, line);
    const std::string said = found.action.due ? folded(*found.action.due) : std::string{};
    const auto distanceOf = [&](const SpokenDate& date) -> std::size_t {
        std::size_t nearest = std::numeric_limits<std::size_t>::max();
        for (const Phrase::Match& anchor : anchors)
            nearest = std::min(nearest, distanceBetween(line, anchor, date));
        if (!anchors.empty()) return nearest;
        const std::string plain = folded(date.spoken);
        const bool isKnown =
            !said.empty() && (plain.find(said) != std::string::npos || said.find(plain) != std::string::npos);
        return isKnown ? 0 : 1;
    };
    return *std::ranges::min_element(dates, {}, distanceOf);
}

/// "livraison le 3 mars": the day on which what is ordered will be there.
std::optional<SpokenDate> deliveryIn(const Line& line, const std::optional<CallStart>& start) {
    static const CueList kDelivery{{"livr*"}, {"deliver*"}};
    constexpr std::size_t kNear = 4;  // words
    for (const SpokenDate& date : standingDates(line, start))
        for (const CueList::Hit& hit : kDelivery.all(line))
            if (date.namesDay && hit.match.last <= date.first && date.first - hit.match.last <= kNear)
                return date;
    return std::nullopt;
}

std::vector<const Line*> turnsOf(const FoundAction& found, const Conversation& conversation) {
    std::vector<const Line*> turns;
    for (const std::int32_t turn : found.turns)
        if (turn >= 0 && static_cast<std::size_t>(turn) < conversation.lines.size())
            turns.push_back(&conversation.lines[static_cast<std::size_t>(turn)]);
    return turns;
}

/// What the words that were found already mean by themselves.
std::optional<SpokenDate> dateIn(const std::string& due, const std::optional<CallStart>& start) {
    const std::vector<Word> words = wordsOf(due);
    const std::vector<SpokenDate> dates = findDates(words, due, start);
    if (dates.empty() || !dates[0].meant) return std::nullopt;
    SpokenDate date = dates[0];
    date.spoken = due;
    return date;
}

void put(protocol::AnalysisAction& action, const SpokenDate& date) {
    const bool isWritten = date.meant && date.meant->find('-') == kYearDigits;  // not beyond the year 9999
    action.due = isWritten ? *date.meant : date.spoken;
    action.dueSpoken.reset();
    if (isWritten) action.dueSpoken = date.spoken;
}

}  // namespace

void fillDueDates(std::vector<FoundAction>& actions, const Conversation& conversation,
                  const std::optional<std::string>& startedAt) {
    const std::optional<CallStart> start = startedAt ? parseCallStart(*startedAt) : std::nullopt;
    for (FoundAction& found : actions) {
        protocol::AnalysisAction& action = found.action;
        if (action.status != protocol::action_status::kTodo) continue;
        const std::vector<const Line*> turns = turnsOf(found, conversation);
        if (!action.due) action.due = cueIn(found, turns);
        std::optional<SpokenDate> best;
        bool isOff = false;  // its date was refused
        if (action.kind == "order_hardware")
            for (const Line* line : turns)
                if (!best) best = deliveryIn(*line, start);
        for (const Line* line : turns) {
            if (best || isOff) break;
            const auto offered = dateFor(found, *line, start);
            if (!offered) continue;
            best = agreedDate(*offered, static_cast<std::size_t>(line->turn), conversation, start);
            isOff = !best;
        }
        if (isOff) {
            action.due.reset();
            continue;
        }
        if (!best && action.due) best = dateIn(*action.due, start);
        if (best) put(action, *best);
    }
}

}  // namespace ninja3cx::analysis
