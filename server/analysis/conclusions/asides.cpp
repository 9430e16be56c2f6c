#include "server/analysis/conclusions/asides.hpp"

#include "server/analysis/conclusions/complaint_cues.hpp"
#include "server/analysis/conclusions/second_opening.hpp"
#include "server/analysis/conclusions/second_problem.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/second_matter_cues.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace ninja3cx::analysis {
namespace {

constexpr double kLate = 0.4;  // in the call
constexpr double kHalf = 0.5;
constexpr std::size_t kWholeSentence = 6;  // words

using Things = std::set<protocol::Category>;

bool isAnyOf(const Things& these, const Things& those) {
    return std::ranges::any_of(these, [&](protocol::Category thing) { return those.contains(thing); });
}

/// A sentence that may begin a second matter there.
struct Opening {
    std::size_t word = 0;  // of the sentence
    bool isPlain = false;  // its words say so by themselves
    bool isHint = false;   // they go on with the same matter as often
};
std::optional<Opening> openingIn(const Line& sentence, bool isSecondOfTwo, bool isInvitedHere) {
    constexpr std::size_t kBeginning = 3;  // words
    if (isInvitedHere) return Opening{0, true};
    const auto plain = plainSecondMatters().first(sentence);
    if (plain && plain->match.first < kBeginning) return Opening{plain->match.first, true};
    // A recogniser that writes no full stops.
    if (const auto lead = secondMatterLeads().first(sentence)) return Opening{lead->match.first, true};
    if (openedAt(sentence, isSecondOfTwo)) return Opening{0, isSecondOfTwo};
    const auto hint = secondMatterHints().first(sentence);
    if (goesOn(sentence) || (hint && hint->match.first < kBeginning)) return Opening{0, false, true};
    return std::nullopt;
}

/// The words of a turn from one that is said there on.
Line wordsFrom(const Line& line, std::int32_t begin) {
    Line rest = line;
    std::erase_if(rest.words, [&](const Word& word) { return word.begin < begin; });
    return rest;
}

/// Turns behind the one that opens it. In a call that comes to it late they are of it until the first is named again;
/// where both are told at once, only those that name it.
std::vector<std::int32_t> turnsBehind(const Conversation& conversation, std::size_t opening,
                                      const Things& first, const Things& second) {
    std::vector<std::int32_t> turns;
    const bool isLate = conversation.lines[opening].position >= kLate;
    bool isOfIt = isLate;
    for (std::size_t turn = opening + 1; turn < conversation.lines.size(); ++turn) {
        Things named = thingsNamed(conversation.lines[turn]);
        const bool namesIt = isAnyOf(named, second);
        std::erase_if(named, [&](protocol::Category thing) { return second.contains(thing); });
        const bool goesBack = isAnyOf(named, first);
        if (goesBack) isOfIt = false;
        if (namesIt && !goesBack) isOfIt = true;
        if (isOfIt) turns.push_back(conversation.lines[turn].turn);
        if (!isLate) isOfIt = false;
    }
    return turns;
}

}  // namespace

std::size_t asideFrom(const Conversation& conversation) {
    static const CueList kAsides{{"autre question"},        {"autre chose"},   {"autre souci"},
                                 {"autre demande"},         {"autre point"},   {"avez vous ~ autre"},
                                 {"avez vous ~ question*"}, {"anything else"}, {"something else"}};
    constexpr double kEarliest = 0.3;
    for (std::size_t turn = 0; turn < conversation.lines.size(); ++turn) {
        const Line& line = conversation.lines[turn];
        if (line.speaker == protocol::Speaker::Agent && line.position > kEarliest && kAsides.first(line))
            return turn;
    }
    return conversation.lines.size();
}

std::optional<AsideMatter> asideMatter(const Conversation& conversation) {
    const std::vector<Line>& lines = conversation.lines;
    Things first;
    bool isTold = false;
    bool isSecondOfTwo = false;
    for (std::size_t turn = 0; turn < lines.size(); ++turn) {
        if (lines[turn].speaker != protocol::Speaker::Customer) continue;
        bool isInvitedHere = isTold && isInvited(lines, turn);
        for (const Line& sentence : sentencesOf(lines[turn])) {
            const auto opening = isTold ? openingIn(sentence, isSecondOfTwo, isInvitedHere) : std::nullopt;
            if (opening) {
                const std::int32_t begin = sentence.words[opening->word].begin;
                const Line matter = wordsFrom(lines[turn], begin);
                const Things second = thingsNamed(matter);
                const bool isOther = !first.empty() && !isAnyOf(second, first) &&
                                     (!opening->isHint || lines[turn].position >= kHalf);
                if (tellsOfThing(matter) && (opening->isPlain || isOther))
                    return AsideMatter{lines[turn].turn, begin,
                                       turnsBehind(conversation, turn, first, second)};
            }
            isInvitedHere = false;
            isSecondOfTwo = isSecondOfTwo || countsTwo(sentence);
            const Things named = thingsNamed(sentence);
            first.insert(named.begin(), named.end());
            const bool isNamed = !named.empty() && sentence.words.size() >= kWholeSentence;
            isTold = isTold || isNamed || tellsOfThing(sentence) || complaintCues().first(sentence);
        }
    }
    return std::nullopt;
}

Conversation withoutAside(Conversation conversation, const AsideMatter& aside) {
    for (Line& line : conversation.lines) {
        const bool isLater = std::ranges::find(aside.later, line.turn) != aside.later.end();
        if (!isLater && line.turn != aside.turn) continue;
        const std::int32_t end = isLater ? 0 : aside.begin;
        std::erase_if(line.words, [&](const Word& word) { return word.begin >= end; });
        line.text = line.text.substr(0, static_cast<std::size_t>(end));
    }
    return conversation;
}

}  // namespace ninja3cx::analysis
