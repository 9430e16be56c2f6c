#include "server/analysis/promises/refused_offer.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/promises/offer_answers.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// What is said last in a turn: that is what is answered.
Line lastSentence(const Line& line) {
    std::size_t first = line.words.size();
    while (first > 0 && (first == line.words.size() || !line.isCutAfter(first - 1, kSentenceMarks))) --first;
    Line last = line;
    last.words.erase(last.words.begin(), last.words.begin() + static_cast<std::ptrdiff_t>(first));
    last.isQuestion = false;
    return last;
}

bool isRefused(const Conversation& conversation, std::size_t turn) {
    static const CueList kAskedDeeds{{"je ~"}, {"on ~"}};  // "je redémarre le serveur ?"
    const Line& offer = conversation.lines[turn];
    if (offer.speaker != Speaker::Agent || turn + 1 >= conversation.lines.size()) return false;
    std::size_t at = turn + 1;
    while (at + 1 < conversation.lines.size() && gainsTime(conversation.lines[at])) ++at;
    const Line& answer = conversation.lines[at];
    if (answer.speaker != Speaker::Customer) return false;
    const OfferedDeed deed = OfferedDeed::in(offer);
    const Line asked = lastSentence(offer);
    const bool isOpen = leavesOpen(asked) || (offer.isQuestion && kAskedDeeds.first(asked));
    // "j'ai désinstallé la mise à jour, c'est mieux ?" asks something else.
    if (offer.isQuestion && !isOpen) return refusesByName(deed, answer);
    return answerTo(deed, isOpen, answer) == OfferAnswer::Refused;
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
