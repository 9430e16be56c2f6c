#pragma once

#include "shared/protocol/records.hpp"

#include <utility>

namespace ninja3cx::protocol {

/// A draft's present fields with what was proposed in place of theirs: a text and what it is filed under. Whose the ticket
/// is, and what else was decided since the proposal was made, stays.
inline DraftFields withProposal(DraftFields present, const DraftFields& proposed) {
    present.subject = proposed.subject;
    present.summary = proposed.summary;
    present.category = proposed.category;
    present.customCategory = proposed.customCategory;
    present.type = proposed.type;
    present.priority = proposed.priority;
    present.severity = proposed.severity;
    present.tags = proposed.tags;
    return present;
}

}  // namespace ninja3cx::protocol
