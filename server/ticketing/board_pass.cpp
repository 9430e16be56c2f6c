#include "server/ticketing/board_pass.hpp"

#include "server/ticketing/ticket_match.hpp"
#include "shared/core/text.hpp"

namespace ninja3cx::ticketing {

bool SortedList::take(std::optional<double> time) {
    if (!time || *time > last_) isSorted_ = false;
    if (time) last_ = *time;
    const bool isBelow = time && *time < begin_;
    wasBelow_ = wasBelow_ || isBelow;
    return isBelow;
}

bool BoardPass::take(const BoardPage& page) {
    for (const BoardRow& row : page.rows) take(row, list_.take(row.createTime));
    return marked.empty() && !list_.isOver();
}

void BoardPass::take(const BoardRow& row, bool isBelow) {
    if (rowHolds(row, entry_.marker)) {
        marked.push_back({row.id, placeIn(row, entry_.marker)});
        return;
    }
    const bool isAbove = row.createTime && *row.createTime > window_.end;
    if (isBelow || isAbove) return;
    const bool isAnotherCalls = rowHoldsOther(row, entry_.marker);
    const bool isSkipped = !wasOther_ && isCertainlyAnothers(row, entry_);
    if (trimmed(row.description.value_or("")).empty() && !isSkipped)
        unreadable.push_back({row.id, isAnotherCalls});
    if (isSubjectOf(row.summary, entry_) && !isAnotherCalls &&
        (row.organization.empty() || row.organization == entry_.fields.organizationName))
        similar = row.id;
}

bool ChangedPass::take(const SeenPage& page) {
    for (const SeenTicket& row : page.rows) {
        const bool isBelow = list_.take(row.lastUpdated);
        if (!isBelow && !isAnother(row.organization, organization_)) tickets.push_back(row.id);
    }
    return !list_.isOver();
}

}  // namespace ninja3cx::ticketing
