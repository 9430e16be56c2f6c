#include "server/analysis/promises/refused_offer.hpp"

#include "server/analysis/promises/offer_answers.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

bool isRefused(const Conversation& conversation, std::size_t turn) {
    const Line& offer = conversation.lines[turn];
    if (offer.speaker != Speaker::Agent || turn + 1 >= conversation.lines.size()) return false;
    std::size_t at = turn + 1;
    while (at + 1 < conversation.lines.size() && gainsTime(conversation.lines[at])) ++at;
    const Line& answer = conversation.lines[at];
    return answer.speaker == Speaker::Customer &&
           answerTo(OfferedDeed::in(offer), leavesOpen(offer), answer) == OfferAnswer::Refused;
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
