#include "server/analysis/conversation/amend.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ninja3cx::analysis {

using protocol::Evidence;

void replaceEvidence(protocol::Analysis& analysis, const std::string& field, std::vector<Evidence> evidence) {
    std::vector<Evidence>& all = analysis.evidence;
    const auto at = std::ranges::find(all, field, &Evidence::field) - all.begin();
    std::erase_if(all, [&](const Evidence& each) { return each.field == field; });
    all.insert(all.begin() + at, std::make_move_iterator(evidence.begin()),
               std::make_move_iterator(evidence.end()));
}

void replaceEvidence(protocol::Analysis& analysis, Evidence evidence) {
    const std::string field = evidence.field;
    replaceEvidence(analysis, field, std::vector<Evidence>{std::move(evidence)});
}

void changeCategory(protocol::Analysis& analysis, protocol::Category category, protocol::Category instead) {
    analysis.category = category;
    analysis.runnerUp = instead;
    if (analysis.secondaryCategory != category) return;
    analysis.secondaryCategory.reset();
    replaceEvidence(analysis, "secondary_category", {});
}

}  // namespace ninja3cx::analysis
