#include "server/analysis/subject_terms.hpp"

#include "server/analysis/asides.hpp"
#include "server/analysis/category_lexicon.hpp"
#include "server/analysis/cue_list.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

struct CompiledCue {
    const CategoryCue* cue;
    Phrase phrase;
};

const std::vector<CompiledCue>& compiledCues() {
    static const std::vector<CompiledCue> kCompiled = [] {
        std::vector<CompiledCue> compiled;
        for (const CategoryCue& cue : categoryCues())
            if (!cue.label.empty() || !cue.labelEn.empty()) compiled.push_back({&cue, Phrase{cue.phrase}});
        return compiled;
    }();
    return kCompiled;
}

}  // namespace

std::vector<std::string> subjectTerms(const Conversation& conversation, protocol::Category category) {
    const std::size_t aside = asideFrom(conversation);
    std::vector<std::pair<double, const CategoryCue*>> cues;
    for (const CompiledCue& compiled : compiledCues()) {
        if (compiled.cue->category != category) continue;
        for (const Line& line : conversation.lines) {
            if (!compiled.phrase.find(line.words)) continue;
            // Said early, it is why the customer calls; a closing remark rarely is.
            const double place = line.position < 0.5 ? 1.2 : line.position > 0.85 ? 0.7 : 1.0;
            cues.emplace_back(
                compiled.cue->weight * place * (static_cast<std::size_t>(line.turn) > aside ? 0.5 : 1.0),
                compiled.cue);
            break;
        }
    }
    std::ranges::stable_sort(cues, std::greater{}, [](const auto& cue) { return cue.first; });
    std::vector<std::string> terms;
    for (const auto& [points, cue] : cues) {
        const std::string term{conversation.isEnglish ? cue->labelEn : cue->label};
        if (!term.empty() && std::ranges::find(terms, term) == terms.end()) terms.push_back(term);
    }
    return terms;
}

}  // namespace ninja3cx::analysis
