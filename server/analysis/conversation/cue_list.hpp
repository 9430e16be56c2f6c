#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

struct WeightedCue {
    std::string_view phrase;
    double weight = 1;
};

/// Some phrases that mean the same thing, compiled once.
class CueList {
public:
    CueList(std::initializer_list<WeightedCue> cues) : CueList{std::span{cues.begin(), cues.size()}} {}
    explicit CueList(std::span<const WeightedCue> cues) {
        for (const WeightedCue& cue : cues) cues_.push_back({Phrase{cue.phrase}, cue.phrase, cue.weight});
    }

    struct Hit {
        std::string_view phrase;
        double weight = 0;
        Phrase::Match match;
    };
    /// Each phrase at most once.
    std::vector<Hit> hits(const Line& line) const {
        std::vector<Hit> found;
        for (const Entry& entry : cues_)
            if (auto match = entry.phrase.find(line.words))
                found.push_back({entry.written, entry.weight, *match});
        return found;
    }
    /// Every place of every phrase.
    std::vector<Hit> all(const Line& line) const {
        std::vector<Hit> found;
        for (const Entry& entry : cues_)
            for (auto match = entry.phrase.find(line.words); match;
                 match = entry.phrase.find(line.words, match->first + 1))
                found.push_back({entry.written, entry.weight, *match});
        return found;
    }
    std::optional<Hit> first(const Line& line) const {
        for (const Entry& entry : cues_)
            if (auto match = entry.phrase.find(line.words)) return Hit{entry.written, entry.weight, *match};
        return std::nullopt;
    }

private:
    struct Entry {
        Phrase phrase;
        std::string_view written;
        double weight;
    };
    std::vector<Entry> cues_;
};

}  // namespace ninja3cx::analysis
