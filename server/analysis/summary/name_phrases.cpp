#include "server/analysis/summary/name_phrases.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

NamePhrases::NamePhrases(const Names& names) : customer_{names.customer} {
    for (const auto* list : {&names.people, &names.companies})
        for (const std::string& name : *list) {
            std::vector<Word> words = wordsOf(name);
            if (!words.empty()) {
                byPhrase_[folded(name)].push_back(names_.size());
                lengths_.push_back(words.size());
            }
            names_.push_back({name, std::move(words), list == &names.companies});
        }
    std::ranges::sort(lengths_);
    const auto again = std::ranges::unique(lengths_);
    lengths_.erase(again.begin(), again.end());
}

std::vector<NamePhrases::Place> NamePhrases::in(const Tokens& tokens, std::size_t before) const {
    std::vector<Place> places;
    for (std::size_t at = 0; at < std::min(before, tokens.size()); ++at) {
        std::string phrase;
        std::size_t said = 0;
        for (const std::size_t length : lengths_) {
            if (at + length > tokens.size()) break;
            for (; said < length; ++said) phrase += (said > 0 ? " " : "") + tokens[at + said].plain;
            const auto found = byPhrase_.find(phrase);
            if (found == byPhrase_.end()) continue;
            for (const std::size_t name : found->second) places.push_back({name, at, at + length});
        }
    }
    std::ranges::stable_sort(places, {}, &Place::name);
    return places;
}

std::vector<NamePhrases::Place> NamePhrases::firstIn(const Tokens& tokens, std::size_t before) const {
    std::vector<Place> places = in(tokens, before);
    const auto again = std::ranges::unique(places, {}, &Place::name);
    places.erase(again.begin(), again.end());
    return places;
}

}  // namespace ninja3cx::analysis
