#pragma once

#include "server/analysis/conversation/phrases.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ninja3cx::analysis {

/// Says in one pass over the words which of many groups of phrases they contain. The groups are numbered from
/// 0 to 31. Phrases as in `CueList`, without a gap at their beginning; they outlive the index.
class CueIndex {
public:
    struct Group {
        std::uint32_t number;
        std::span<const std::string_view> phrases;
    };
    CueIndex(std::initializer_list<Group> groups) {
        for (const Group& group : groups)
            for (const std::string_view phrase : group.phrases) add(group.number, phrase);
    }

    /// A bit for each group that occurs.
    std::uint32_t groupsIn(std::span<const Word> words) const {
        std::uint32_t found = 0;
        visit(
            words, [&](const Entry& entry) { return (found & entry.bit) == 0; },
            [&](const Entry& entry, const Phrase::Match&) { found |= entry.bit; });
        return found;
    }

    struct Place {
        std::uint32_t group;
        Phrase::Match match;
    };
    /// Every place of every phrase of some groups, a bit for each, in the order of their first words.
    std::vector<Place> placesOf(std::uint32_t groups, std::span<const Word> words) const {
        std::vector<Place> found;
        visit(
            words, [&](const Entry& entry) { return (groups & entry.bit) != 0; },
            [&](const Entry& entry, const Phrase::Match& match) {
                found.push_back({entry.group, match});
            });
        return found;
    }

private:
    struct Entry {
        Phrase phrase;
        std::size_t mostWords;
        std::uint32_t group;
        std::uint32_t bit;
    };

    static std::uint32_t keyOf(std::string_view word) {
        return word.empty()      ? 0U
               : word.size() < 2 ? static_cast<unsigned char>(word[0])
                                 : (static_cast<std::uint32_t>(static_cast<unsigned char>(word[0])) << 8U) +
                                       static_cast<unsigned char>(word[1]);
    }

    template <class IsWanted, class OnPlace>
    void visit(std::span<const Word> words, IsWanted isWanted, OnPlace onPlace) const {
        for (std::size_t at = 0; at < words.size(); ++at) {
            const auto bucket = buckets_.find(keyOf(words[at].text));
            if (bucket == buckets_.end()) continue;
            for (const Entry& entry : bucket->second) {
                if (!isWanted(entry) || !entry.phrase.mayBeginWith(words[at].text)) continue;
                const auto match =
                    entry.phrase.find(words.subspan(at, std::min(entry.mostWords, words.size() - at)));
                if (match && match->first == 0) onPlace(entry, Phrase::Match{at, at + match->last});
            }
        }
    }

    void add(std::uint32_t group, std::string_view phrase) {
        std::string_view first = phrase.substr(0, phrase.find(' '));
        if (first.ends_with('*')) first.remove_suffix(1);
        assert(group < 32);
        // A gap stands for three words at most.
        const auto words = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
        const auto gaps = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), '~'));
        const Entry entry{Phrase{phrase}, words + 3 * gaps, group, 1U << group};
        const std::uint32_t key = keyOf(first);
        buckets_[key].push_back(entry);
        const std::uint32_t contracted = keyOf(entry.phrase.contractedBeginning());
        if (contracted != 0 && contracted != key) buckets_[contracted].push_back(entry);
    }

    std::unordered_map<std::uint32_t, std::vector<Entry>> buckets_;
};

}  // namespace ninja3cx::analysis
