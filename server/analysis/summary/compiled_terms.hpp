#pragma once

#include "server/analysis/conversation/phrases.hpp"
#include "server/analysis/lexicon/subject_words.hpp"

#include <vector>

namespace ninja3cx::analysis {

struct CompiledTerm {
    const SubjectTerm* term;
    std::vector<Phrase> phrases;
    std::vector<Phrase> deeds;
    double rank = 0;  // how far down its list it stands
};
/// All subject terms, in their order.
const std::vector<CompiledTerm>& compiledTerms();

}  // namespace ninja3cx::analysis
