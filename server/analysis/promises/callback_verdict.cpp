#include "server/analysis/promises/callback_verdict.hpp"

#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/model/head_names.hpp"
#include "server/analysis/promises/dated_commitments.hpp"
#include "server/analysis/promises/offered_callbacks.hpp"
#include "server/analysis/promises/phone_mentions.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;
using protocol::Speaker;
using Finding = CallbackVerdict::Finding;

/// What is said of phoning in the whole call.
struct PhoneTalk {
    bool isPromised = false;
    bool isDoubtful = false;
    bool isDenied = false;  // or is a reminder, a test, left to the customer, a call to others
    bool isTested = false;
    bool isHeard = false;      // by the model, in a turn whose words leave it open: they may be misheard
    bool isOnlyOther = false;  // reminders, tests and what the customer is to do or will do, and nothing else
};

PhoneTalk phoneTalkOf(const CallReading& reading) {
    constexpr float kShown = 0.3F;
    constexpr float kSoundsSo = 0.5F;
    PhoneTalk talk;
    bool isOther = false;
    bool isMore = false;
    bool isCustomers = false;
    bool soundsSo = false;
    for (const Line& line : reading.conversation().lines) {
        const std::vector<PhoneMention> mentions = phoneMentionsIn(line);
        if (line.speaker == Speaker::Customer) {
            isCustomers = isCustomers || speaksOf(Phoning::LeftToCustomer, mentions);
            continue;
        }
        const float shown = reading.shows(static_cast<std::size_t>(line.turn), head::kCallbackTodo);
        soundsSo = soundsSo || shown >= kSoundsSo;
        talk.isHeard = talk.isHeard || (shown >= kShown && areUnclear(mentions));
        for (const PhoneMention& mention : mentions) {
            switch (mention.meaning) {
                case Phoning::Promised:
                    talk.isPromised = isMore = true;
                    break;
                case Phoning::Doubtful:
                    talk.isDoubtful = isMore = true;
                    break;
                case Phoning::Denied:
                case Phoning::ToOthers:
                    talk.isDenied = isMore = true;
                    break;
                case Phoning::Reminder:
                case Phoning::LeftToCustomer:
                    talk.isDenied = isOther = true;
                    break;
                case Phoning::TestNow:
                    talk.isTested = talk.isDenied = isOther = true;
                    break;
                case Phoning::Unclear:
                    isMore = true;
                    break;
            }
        }
    }
    // Where a turn of the technician sounds like a promise, the customer's words do not speak against it.
    talk.isOnlyOther = !isMore && (isOther || (isCustomers && !soundsSo));
    return talk;
}

/// "pour le téléphone je vous envoie un nouveau poste demain" is all that sounds like it.
bool isDelivery(const Basis& basis, const Conversation& conversation) {
    return std::ranges::any_of(datedDeliveries(conversation), [&](const DatedCommitment& delivery) {
        return basis.turns == std::vector{delivery.turn} &&
               areUnclear(phoneMentionsIn(conversation.lines[static_cast<std::size_t>(delivery.turn)]));
    });
}

/// Where the model hears a promise.
Finding findingOf(const CallReading& reading, const PhoneTalk& talk, const Basis& basis,
                  const OfferedCallbacks& offered) {
    if (offered.end == OfferedCallbacks::End::Refused) return Finding::Refused;
    const bool soundsLikeOne = talk.isTested || talk.isHeard || !talk.isDenied;
    if (talk.isOnlyOther && soundsLikeOne) return Finding::OtherCall;
    if (!talk.isPromised && !talk.isDoubtful && !talk.isHeard && talk.isDenied) return Finding::Denied;
    return isDelivery(basis, reading.conversation()) ? Finding::OtherCall : Finding::Promised;
}

/// "voulez-vous que je vous rappelle" – "oui volontiers": both turns.
Basis offeredBasis(const Conversation& conversation, const OfferedCallbacks& offered) {
    const Line& offer = conversation.lines[static_cast<std::size_t>(*offered.offer)];
    Basis basis{{*offered.offer}, {}};
    if (offered.wasTaken) basis.turns.push_back(*offered.answer);
    for (const PhoneMention& mention : phoneMentionsIn(offer)) {
        constexpr std::size_t kBefore = 2;
        const std::size_t first = mention.match.first - std::min(mention.match.first, kBefore);
        basis.cue = spoken(offer, first, mention.match.last);
        if (mention.meaning == Phoning::Promised) break;
    }
    return basis;
}

}  // namespace

CallbackVerdict callbackVerdict(const CallReading& reading) {
    const CallReading::Said heard = reading.answer(question::kCallback);
    const OfferedCallbacks offered = offeredCallbacks(reading);
    CallbackVerdict verdict{Finding::Unheard, heard.confidence,
                            reading.basisOf({std::string{head::kCallbackTodo}}, Speaker::Agent)};
    if (heard.value == 0) {
        if (offered.end == OfferedCallbacks::End::Refused) return verdict;
        if (const auto dated = datedCallback(reading.conversation()))
            verdict = {Finding::Promised, Confidence::Likely, {{dated->turn}, dated->cue}};
        else if (offered.wasTaken || (offered.isPlain && offered.end == OfferedCallbacks::End::Stands))
            verdict = {Finding::Promised, Confidence::Likely, offeredBasis(reading.conversation(), offered)};
        return verdict;
    }
    const PhoneTalk talk = phoneTalkOf(reading);
    verdict.finding = findingOf(reading, talk, verdict.basis, offered);
    const bool isOpen = talk.isPromised || talk.isHeard || (!talk.isDoubtful && !talk.isDenied);
    if (verdict.finding == Finding::Denied || (verdict.isPromised() && !isOpen))
        verdict.confidence = Confidence::Unsure;
    else if (!verdict.isPromised())
        verdict.confidence = Confidence::Likely;
    else if (offered.end == OfferedCallbacks::End::Open)  // and the answer says neither yes nor no
        verdict.confidence = std::max(verdict.confidence, Confidence::Likely);
    return verdict;
}

}  // namespace ninja3cx::analysis
