#include "server/directory/directory_sync.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::directory {
namespace {

using std::chrono::milliseconds;
using ticketing::ReplyKind;

/// A list that this account or this host does not offer.
bool isNotOffered(const ticketing::Reply& reply) {
    return reply.kind == ReplyKind::Forbidden || (reply.kind == ReplyKind::Refused && reply.status == 404);
}

/// The next list would fare no better.
bool isHopeless(const ticketing::Reply& reply) {
    switch (reply.kind) {
        case ReplyKind::Unreachable:
        case ReplyKind::NeedsLogin:
        case ReplyKind::Expired:
        case ReplyKind::Throttled:
        case ReplyKind::Page:
            return true;
        default:
            return false;
    }
}

/// All may be well, and nobody at work.
bool mayBecomeEmpty(List list) {
    return list == List::Alerts || list == List::LoggedOnUsers;
}

}  // namespace

DirectorySync::DirectorySync(Options options) : options_(std::move(options)) {
    for (const List list : kLists)
        if (!options_.unwanted.contains(list)) known_[list];
}

const DirectorySync::Known& DirectorySync::at(List list) const {
    return known_.at(list);
}

void DirectorySync::restore(List list, Stamp stamp, std::size_t rows) {
    if (options_.unwanted.contains(list)) return;
    known_[list].stamp = stamp;
    known_[list].rows = rows;
}

void DirectorySync::putBack(List list, Stamp stamp, std::size_t rows) {
    restore(list, stamp, rows);
    known_[list].isWanted = true;
}

void DirectorySync::beginPass(std::int64_t nowMs) {
    for (auto& [list, known] : known_) {
        const std::int64_t age = nowMs - known.stamp.readAtMs;
        const bool isFresh = known.stamp.readAtMs != 0 && age >= 0 && age < options_.interval.count() / 2;
        // The first thing a start asks for is one that NinjaOne must answer: it tells whether the link works. And
        // another field may have been named since.
        const bool isForStart = list == List::Organizations || list == List::OrganizationNumbers;
        known.isWanted = !isFresh || (isFirst_ && isForStart);
        known.isMissing = false;
    }
    isFirst_ = false;
    isOver_ = false;
    failures_ = 0;
}

std::optional<List> DirectorySync::next() const {
    if (isOver_) return std::nullopt;
    for (const auto& [list, known] : known_)
        if (known.isWanted) return list;
    return std::nullopt;
}

DirectorySync::Verdict DirectorySync::leave(Known& known, bool isHopeless) {
    known.isWanted = false;
    known.isMissing = true;
    ++failures_;
    if (!isHopeless && failures_ < 2) return Verdict::Leave;
    breakOff();
    return Verdict::LeaveForNow;
}

void DirectorySync::breakOff() {
    for (auto& [list, known] : known_) known.isMissing |= std::exchange(known.isWanted, false);
    isOver_ = true;
}

DirectorySync::Verdict DirectorySync::onRows(List list, std::size_t rows, std::int64_t readAtMs) {
    Known& known = known_[list];
    const bool isDoubtful = rows == 0 && known.rows > 0 && !mayBecomeEmpty(list);
    if (isDoubtful && !std::exchange(known.wasEmpty, true)) {
        leave(known, false);
        return Verdict::Doubtful;
    }
    known.wasEmpty = false;
    known.isWanted = false;
    known.rows = rows;
    known.stamp = {readAtMs, true};
    failures_ = 0;
    return Verdict::Take;
}

/// A right that was lost a moment ago may come back: what was read by it is kept until it is stale.
bool DirectorySync::canDoWithout(List list, std::int64_t nowMs) const {
    const Known& known = at(list);
    if (known.rows > 0 && nowMs - known.stamp.readAtMs <= options_.staleAfter.count()) return false;
    const auto isThere = [this](List other) { return at(other).stamp.isOffered; };
    switch (list) {
        case List::Organizations:
            return false;
        case List::EndUsers:
            return isThere(List::Contacts);
        case List::Contacts:
            return isThere(List::EndUsers);
        default:
            return true;
    }
}

DirectorySync::Verdict DirectorySync::onFailure(List list, const ticketing::Reply& reply,
                                                std::int64_t nowMs) {
    Known& known = known_[list];
    if (!isNotOffered(reply) || !canDoWithout(list, nowMs)) return leave(known, isHopeless(reply));
    known.isWanted = false;
    known.rows = 0;
    known.stamp = {nowMs, false};
    failures_ = 0;
    return Verdict::TakeNone;
}

milliseconds DirectorySync::pause(std::optional<milliseconds> wanted) {
    const bool isWhole = !isOver_ && std::none_of(known_.begin(), known_.end(),
                                                  [](const auto& each) { return each.second.isMissing; });
    if (isWhole) {
        retry_ = kFirstRetry;
        return options_.interval;
    }
    const milliseconds pause =
        std::max(std::min(retry_, options_.interval), wanted.value_or(milliseconds{0}));
    retry_ = std::min(retry_ * 2, options_.interval);
    return pause;
}

Stamp DirectorySync::stampOf(List list) const {
    return at(list).stamp;
}

std::int64_t DirectorySync::peopleReadAtMs() const {
    if (at(List::Organizations).stamp.readAtMs == 0) return 0;
    std::optional<std::int64_t> oldest;
    for (const List list : {List::EndUsers, List::Contacts}) {
        const Stamp& stamp = at(list).stamp;
        if (stamp.isOffered) oldest = std::min(oldest.value_or(stamp.readAtMs), stamp.readAtMs);
    }
    return oldest.value_or(0);
}

}  // namespace ninja3cx::directory
