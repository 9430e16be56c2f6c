#include "server/analysis/summary/said_thing.hpp"

#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/summary/compiled_terms.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

/// The earliest trouble that begins at most two words behind `at`: "Teams / ne marche plus", "SAP / me dit accès refusé".
const CompiledTerm* troubleBehind(const Line& line, std::size_t at, Phrase::Match& where) {
    constexpr std::size_t kBetween = 2;
    for (std::size_t first = at; first <= at + kBetween; ++first)
        for (const CompiledTerm& compiled : compiledTerms()) {
            if (compiled.term->part != SubjectPart::Trouble) continue;
            for (const Phrase& phrase : compiled.phrases)
                if (const auto match = phrase.find(line.words, first); match && match->first == first) {
                    where = *match;
                    return &compiled;
                }
        }
    return nullptr;
}

}  // namespace

std::optional<SoftwareTrouble> softwareInTrouble(const Findings& findings) {
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        for (const CompiledProduct& compiled : compiledProducts()) {
            if (compiled.product->isDevice) continue;
            const auto match = compiled.phrase.find(line.words);
            if (!match) continue;
            Phrase::Match where;
            const CompiledTerm* trouble = troubleBehind(line, match->last, where);
            if (!trouble) continue;
            Grounds grounds;
            grounds.add(line.turn, spoken(line, match->first, where.last));
            return SoftwareTrouble{std::string{compiled.product->written}, trouble->term, std::move(grounds)};
        }
    }
    return std::nullopt;
}

std::optional<ThingSaid> thingSaid(const Findings& findings) {
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        std::optional<ThingSaid> earliest;
        std::size_t least = line.words.size();
        for (const CompiledTerm& compiled : compiledTerms()) {
            if (compiled.term->part != SubjectPart::Thing) continue;
            for (const Phrase& phrase : compiled.phrases)
                if (const auto match = phrase.find(line.words); match && match->first < least) {
                    least = match->first;
                    Grounds grounds;
                    grounds.add(line.turn, spoken(line, match->first, match->last));
                    earliest = ThingSaid{compiled.term, std::move(grounds)};
                }
        }
        if (earliest) return earliest;
    }
    return std::nullopt;
}

bool isUsualThingSaid(const Conversation& conversation, protocol::Category category) {
    std::string_view phrases = usualThingPhrases(category);
    if (phrases.empty()) return true;
    while (!phrases.empty()) {
        const std::size_t bar = std::min(phrases.find('|'), phrases.size());
        const Phrase phrase{phrases.substr(0, bar)};
        phrases.remove_prefix(std::min(bar + 1, phrases.size()));
        for (const Line& line : conversation.lines)
            if (phrase.find(line.words)) return true;
    }
    return false;
}

}  // namespace ninja3cx::analysis
