#include "server/analysis/summary/compiled_terms.hpp"

#include <string_view>

namespace ninja3cx::analysis {
namespace {

std::vector<Phrase> phrasesOf(std::string_view written) {
    std::vector<Phrase> phrases;
    while (!written.empty()) {
        const std::size_t bar = written.find('|');
        phrases.emplace_back(written.substr(0, bar));
        if (bar == std::string_view::npos) break;
        written.remove_prefix(bar + 1);
    }
    return phrases;
}

}  // namespace

const std::vector<CompiledTerm>& compiledTerms() {
    static const std::vector<CompiledTerm> kCompiled = [] {
        std::vector<CompiledTerm> compiled;
        const SubjectTerm* before = nullptr;
        double rank = 0;
        for (const SubjectTerm& term : subjectTerms()) {
            const bool isSameList = before && before->part == term.part &&
                                    (term.part == SubjectPart::Trouble || before->category == term.category);
            rank = isSameList ? rank + 1 : 0;
            before = &term;
            compiled.push_back({&term, phrasesOf(term.phrase), phrasesOf(term.deed), rank});
        }
        return compiled;
    }();
    return kCompiled;
}

}  // namespace ninja3cx::analysis
