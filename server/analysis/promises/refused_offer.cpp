#include "server/analysis/promises/refused_offer.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// Answers that turn an offer down even where no question mark was heard.
const CueList& refusals() {
    static const CueList kCues{{"surtout pas"},   {"non merci"},     {"pas la peine"}, {"pas besoin"},
                               {"c est inutile"}, {"ne faites pas"}, {"non laissez"},  {"no thanks"},
                               {"no thank you"},  {"no need"},       {"please don t"}, {"don t bother"},
                               {"not necessary"}, {"leave it"},      {"no don t"}};
    return kCues;
}

const CueList& offers() {
    static const CueList kCues{{"est ce que je"}, {"est ce qu on"}, {"voulez vous que"}, {"vous voulez que"},
                               {"souhaitez que"}, {"je ~"},         {"shall i"},         {"shall we"},
                               {"should i"},      {"do you want"},  {"would you like"},  {"can i"}};
    return kCues;
}

/// "non, on est en pleine paie"; not "non, ça ne marche pas" after "ça marche ?", which is no offer.
bool turnsDown(const Line& answer, bool isAsked) {
    if (refusals().first(answer)) return true;
    return isAsked && !answer.words.empty() &&
           isOneOf(answer.words[0].text, {"non", "no", "nope", "surtout"});
}

bool isRefused(const Conversation& conversation, std::size_t turn) {
    const Line& offer = conversation.lines[turn];
    if (offer.speaker != Speaker::Agent || turn + 1 >= conversation.lines.size()) return false;
    const Line& answer = conversation.lines[turn + 1];
    const bool isAsked = offer.isQuestion && offers().first(offer);
    return answer.speaker == Speaker::Customer && turnsDown(answer, isAsked);
}

}  // namespace

bool isOnlyRefused(const CallReading& reading, std::string_view head) {
    const Conversation& conversation = reading.conversation();
    float best = 0;
    for (std::size_t turn = 0; turn < conversation.lines.size(); ++turn)
        best = std::max(best, reading.shows(turn, head));
    constexpr float kShown = 0.3F;
    if (best < kShown) return false;
    for (std::size_t turn = 0; turn < conversation.lines.size(); ++turn)
        if (reading.shows(turn, head) >= 0.5F * best && !isRefused(conversation, turn)) return false;
    return true;
}

}  // namespace ninja3cx::analysis
