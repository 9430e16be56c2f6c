#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/spoken_dates.hpp"
#include "server/analysis/promises/dated_commitments.hpp"
#include "server/analysis/promises/phone_mentions.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

/// "I'll … and call you", "je vous rappelle": who speaks will do it.
const CueList& promiseCues() {
    static const CueList kCues{{"je vous rappelle"},
                               {"je vous rappellerai"},
                               {"on vous rappelle"},
                               {"on vous rappellera"},
                               {"nous vous rappelons"},
                               {"nous vous rappellerons"},
                               {"il vous rappelle"},
                               {"elle vous rappelle"},
                               {"il vous rappellera"},
                               {"elle vous rappellera"},
                               {"je vous telephone"},
                               {"je vous recontacte"},
                               {"on vous recontacte"},
                               {"vais vous rappeler"},
                               {"va vous rappeler"},
                               {"ll call you"},
                               {"ll ring you"},
                               {"ll phone you"},
                               {"will call you"},
                               {"will ring you"},
                               {"will phone you"},
                               {"and call you"},
                               {"and ring you"},
                               {"and phone you"},
                               {"ll give you a call"},
                               {"ll give you a ring"},
                               {"and give you a call"},
                               {"and give you a ring"},
                               {"will give you a call"},
                               {"will give you a ring"},
                               {"going to call you"},
                               {"going to ring you"},
                               {"going to phone you"},
                               // "I'll", "he'll", "she'll", "we'll" as recognisers write them.
                               {"ill call you"},
                               {"ill ring you"},
                               {"ill phone you"},
                               {"ill give you a call"},
                               {"ill give you a ring"},
                               {"hell call you"},
                               {"hell ring you"},
                               {"hell phone you"},
                               {"hell give you a call"},
                               {"hell give you a ring"},
                               {"shell call you"},
                               {"shell ring you"},
                               {"shell phone you"},
                               {"shell give you a call"},
                               {"shell give you a ring"},
                               {"well call you"},
                               {"well ring you"},
                               {"well phone you"},
                               {"well give you a call"},
                               {"well give you a ring"}};
    return kCues;
}

/// "mon collègue vous appelle demain", "c'est mon responsable qui suit ça, il vous appelle demain": one of ours will do it.
/// "appelle" alone is no promise of his: the courier "vous appelle" as well.
const CueList& calledByOneCues() {
    static const CueList kCues{{"vous appelle"},       {"vous appellera"},    {"vous appellent"},
                               {"vous rappelle"},      {"vous rappellera"},   {"vous rappellent"},
                               {"vous telephone"},     {"vous telephonera"},  {"vous recontacte"},
                               {"vous recontactera"},  {"va vous appeler"},   {"va vous rappeler"},
                               {"va vous telephoner"}, {"vont vous appeler"}, {"vont vous rappeler"}};
    return kCues;
}

bool isOneOfOurs(std::string_view word) {
    return isOneOf(word,
                   {"collegue",     "collegues",      "responsable", "chef",       "cheffe",    "technicien",
                    "technicienne", "techniciens",    "ingenieur",   "ingenieure", "directeur", "directrice",
                    "manager",      "superviseur",    "referent",    "referente",  "expert",    "experte",
                    "specialiste",  "administrateur", "equipe"});
}

/// Before the promise, in its sentence: whoever makes it is of the support, and neither the customer's ("votre
/// responsable") nor another company's ("le technicien d'Orange").
bool isByOneOfOurs(const Line& line, const Phrase::Match& match) {
    constexpr std::size_t kReach = 12;  // words
    for (std::size_t back = 1; back <= kReach && back <= match.first; ++back) {
        const std::size_t at = match.first - back;
        if (isOneOf(line.words[at].text, {"je", "j", "votre", "vos"})) return false;
        if (!isOneOfOurs(line.words[at].text)) continue;
        const std::string_view before =
            at > 0 ? std::string_view{line.words[at - 1].text} : std::string_view{};
        const std::string_view after = line.words[at + 1].text;
        const bool isOfOthers =
            isOneOf(after, {"d", "chez"}) ||
            (after == "de" && at + 2 < line.words.size() && line.words[at + 2].text == "chez");
        return !isOfOthers && !isOneOf(before, {"votre", "vos", "leur", "leurs"});
    }
    return false;
}

bool isPromised(const std::vector<PhoneMention>& mentions, const Phrase::Match& match) {
    return std::ranges::any_of(mentions, [&](const PhoneMention& mention) {
        return mention.meaning == Phoning::Promised && mention.match.first < match.last &&
               match.first < mention.match.last;
    });
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

std::optional<DatedCommitment> datedCallback(const Conversation& conversation) {
    constexpr std::size_t kNear = 4;  // words between the promise and its date
    for (const Line& line : conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent || line.isQuestion) continue;
        std::vector<CueList::Hit> hits = promiseCues().all(line);
        for (const CueList::Hit& hit : calledByOneCues().all(line))
            if (isByOneOfOurs(line, hit.match)) hits.push_back(hit);
        if (hits.empty()) continue;
        const std::vector<PhoneMention> mentions = phoneMentionsIn(line);
        const std::vector<SpokenDate> dates = findDates(line.words, line.text, std::nullopt);
        for (const CueList::Hit& hit : hits) {
            if (!isPromised(mentions, hit.match) || !isLedByPromise(line, hit.match) ||
                isConditional(line, hit.match))
                continue;
            for (const SpokenDate& date : dates) {
                if (date.first < hit.match.last || date.first - hit.match.last > kNear) continue;
                if (!date.namesDay && !date.namesClock) continue;
                const auto from = static_cast<std::size_t>(line.words[hit.match.first].begin);
                const auto to = static_cast<std::size_t>(line.words[date.last - 1].end);
                return DatedCommitment{protocol::action_kind::kCallback, line.turn,
                                       std::string{line.text.substr(from, to - from)}};
            }
        }
    }
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
