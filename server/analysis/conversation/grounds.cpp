#include "server/analysis/conversation/grounds.hpp"

#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kCueLength = 120;

}  // namespace

void Grounds::addTurn(std::int32_t turn) {
    const auto place = std::lower_bound(turns.begin(), turns.end(), turn);
    if (place == turns.end() || *place != turn) turns.insert(place, turn);
}

void Grounds::addCue(std::string_view said) {
    if (said.empty() || cue.find(said) != std::string::npos) return;
    if (cue.empty())
        cue = cutUtf8(said, kCueLength);
    else if (cue.size() + said.size() <= kCueLength)
        cue += ", " + std::string{said};
}

void Grounds::add(const Grounds& more) {
    for (const std::int32_t turn : more.turns) addTurn(turn);
    addCue(more.cue);
    weaken(more.confidence);
}

void Grounds::add(std::int32_t turn, std::string_view said) {
    addTurn(turn);
    addCue(said);
}

protocol::Evidence evidenceOf(std::string field, const Grounds& grounds) {
    return {std::move(field), grounds.cue, grounds.turns, grounds.confidence};
}

std::string spoken(const Line& line, std::size_t first, std::size_t last) {
    if (first >= last || last > line.words.size()) return {};
    const auto from = static_cast<std::size_t>(line.words[first].begin);
    const auto to = static_cast<std::size_t>(line.words[last - 1].end);
    return std::string{line.text.substr(from, to - from)};
}

}  // namespace ninja3cx::analysis
