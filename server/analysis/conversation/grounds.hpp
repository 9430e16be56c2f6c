#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// What something that is said of a call rests on.
struct Grounds {
    std::vector<std::int32_t> turns;  // in order, each once
    std::string cue;                  // the words that were said, by commas
    protocol::Confidence confidence = protocol::Confidence::Sure;

    void addTurn(std::int32_t turn);
    /// Cues that are there already are not said twice; what is too much is left out.
    void addCue(std::string_view said);
    void weaken(protocol::Confidence other) { confidence = std::max(confidence, other); }
    /// As sure as the weaker one.
    void add(const Grounds& more);
    void add(std::int32_t turn, std::string_view said);
};

protocol::Evidence evidenceOf(std::string field, const Grounds& grounds);

template <class T>
Grounds groundsOf(const Conclusion<T>& conclusion) {
    return {conclusion.turns, conclusion.cue, conclusion.confidence};
}

/// The words `first` to `last` of a line, as they were said.
std::string spoken(const Line& line, std::size_t first, std::size_t last);

}  // namespace ninja3cx::analysis
