#include "server/calls/words.hpp"

namespace ninja3cx::calls {
namespace {

void eraseWords(std::vector<protocol::AnalysisAction>& actions) {
    for (protocol::AnalysisAction& action : actions) {
        action.text.clear();
        action.owner.clear();  // may be a name
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
    draft.discardReason.clear();
    draft.delivery.problem.clear();  // may quote what was refused
}

}  // namespace ninja3cx::calls
