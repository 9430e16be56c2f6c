#include "server/calls/words.hpp"

#include <algorithm>

namespace ninja3cx::calls {
namespace {

void eraseWords(std::vector<protocol::AnalysisAction>& actions) {
    for (protocol::AnalysisAction& action : actions) {
        action.text.clear();
        action.owner.clear();  // may be a name
        action.due.reset();    // may be in the words of the call
        action.dueSpoken.reset();
    }
}

}  // namespace

void eraseWords(protocol::Analysis& analysis) {
    analysis.subject.clear();
    analysis.summary.clear();
    eraseWords(analysis.actions);
    analysis.entities.clear();
    analysis.pii.clear();
    analysis.evidence.clear();
}

void eraseWords(protocol::Draft& draft) {
    for (protocol::DraftFields* fields : {&draft.fields, &draft.generated}) {
        fields->subject.clear();
        fields->summary.clear();
    }
    eraseWords(draft.actions);
    draft.reasons.reset();
    draft.proposed.reset();
    draft.discardReason.clear();
    draft.delivery.problem.clear();  // may quote what was refused
    draft.offers.reset();            // subjects of other calls
}

bool containsWord(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isAccented = byte == 0xC3 || byte == 0xC5;  // how a letter of Latin-1 or œ begins
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
               isAccented;
    });
}

}  // namespace ninja3cx::calls
