#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/agreed_date.hpp"
#include "server/analysis/promises/dated_commitments.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <initializer_list>

namespace ninja3cx::analysis {
namespace {

namespace action_kind = protocol::action_kind;

struct DeedWords {
    std::string_view kind;
    std::initializer_list<std::string_view> stems;
};
/// The verbs of what is done on one's own day; what is ordered or sent now arrives on another.
const DeedWords kDeeds[] = {
    {action_kind::kDisableAccount,
     {"desactiv", "coup", "bloqu", "ferm", "supprim", "disabl", "block", "clos", "cut", "suspen",
      "deactivat", "revoqu", "revok", "enlev", "retir", "remov", "clotur"}},
    {action_kind::kCreateAccount, {"cre", "ouvr", "creat"}},
    {action_kind::kInstallSoftware, {"install", "reinstall", "deploi", "deploy"}},
    {action_kind::kReboot, {"redemarr", "reboot", "restart"}},
    {action_kind::kRestoreBackup, {"restaur", "restor"}},
};

/// "je désactive", "on va le couper", "i'll disable", "will be disabled": in hand, not behind one.
bool isStillToDo(const Line& line, std::size_t verb) {
    const auto isPast = [&] { return line.words[verb].text.ends_with("ed"); };
    bool isPassive = false;
    for (std::size_t back = 1; back <= 4 && back <= verb; ++back) {
        const std::string_view word = line.words[verb - back].text;
        if (isOneOf(word, {"be", "etre"})) isPassive = true;
        if (isOneOf(word, {"sera", "seront", "serez"})) return true;
        if (isOneOf(word, {"ll", "will", "shall", "m", "re"})) return isPassive || !isPast();
        if (isOneOf(word, {"je", "j", "on", "nous", "i", "we"})) {
            const bool isSame = isOneOf(line.words[verb].text, {"cut"});  // "i cut it on Monday"
            return !isPast() && !isSame;
        }
        if (!isOneOf(word,
                     {"le",     "la", "l",    "lui", "vous",  "les",   "leur", "y",    "en",   "vais", "va",
                      "allons", "be", "etre", "to",  "going", "gonna", "just", "then", "also", "have"}))
            return false;
        if (word == "have") return false;
    }
    return false;
}

/// Nothing between the two speaks of somebody else's day: "le compte d'Emma qui arrive lundi".
bool isDayOfDeed(const Line& line, std::size_t verb, const SpokenDate& date) {
    constexpr std::size_t kReach = 9;  // words
    const std::size_t from = std::min(verb + 1, date.last);
    const std::size_t to = std::max(verb, date.first);
    if (to - from > kReach) return false;
    return std::none_of(
        line.words.begin() + static_cast<std::ptrdiff_t>(from),
        line.words.begin() + static_cast<std::ptrdiff_t>(to), [](const Word& word) {
            return isOneOf(word.text,
                           {"qui",    "who",     "arrive", "part", "commence", "starts", "et",      "and",
                            "leaves", "leaving", "for",    "pour", "mais",     "but",    "because", "car",
                            "parce",  "comme",   "elle",   "il",   "she",      "he",     "depuis",  "since"});
        });
}

}  // namespace

std::optional<DatedCommitment> datedDeed(const Conversation& conversation, std::string_view kind) {
    static const CueList kDone{{"c est fait"},  {"est desactive*"}, {"est coupe*"},   {"est cree"},
                               {"est bloque*"}, {"est redemarre"},  {"est installe"}, {"it s done"},
                               {"that s done"}, {"is disabled"},    {"s disabled"},   {"is done"},
                               {"has been"},    {"all done"}};
    const auto deed = std::ranges::find(kDeeds, kind, &DeedWords::kind);
    if (deed == std::end(kDeeds)) return std::nullopt;
    std::optional<DatedCommitment> planned;
    for (const Line& line : conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent) continue;
        if (planned && kDone.first(line)) return std::nullopt;
        if (planned) continue;
        for (std::size_t at = 0; at < line.words.size() && !planned; ++at) {
            const bool isVerb = std::ranges::any_of(
                deed->stems, [&](std::string_view stem) { return line.words[at].text.starts_with(stem); });
            if (!isVerb || !isStillToDo(line, at)) continue;
            for (const SpokenDate& date : standingDates(line, std::nullopt))
                if (isLaterDay(line, date) && isDayOfDeed(line, at, date)) {
                    planned = {deed->kind, line.turn,
                               spoken(line, std::min(at, date.first), std::max(at + 1, date.last))};
                    break;
                }
        }
    }
    return planned;
}

}  // namespace ninja3cx::analysis
