#include "server/analysis/personal_data/taken_places.hpp"

#include "server/analysis/personal_data/written_secrets.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalData;

std::string textOf(const Line& line, std::int32_t begin, std::int32_t end) {
    return std::string{
        line.text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))};
}

}  // namespace

TakenPlaces::TakenPlaces(const Conversation& conversation)
    : conversation_{conversation}, taken_(conversation.lines.size()), found_(conversation.lines.size()) {}

bool TakenPlaces::isFree(const Bytes& taken, std::int32_t begin, std::int32_t end) {
    const auto after = taken.lower_bound(end);
    return after == taken.begin() || std::prev(after)->second <= begin;
}

bool TakenPlaces::isFree(std::size_t line, WordSpan words) const {
    const auto& all = conversation_.lines[line].words;
    return isFree(taken_[line], all[words.first].begin, all[words.last - 1].end);
}

void TakenPlaces::take(std::size_t index, protocol::PersonalDataKind kind, WordSpan words,
                       std::string value) {
    if (words.first >= words.last || !isFree(index, words)) return;
    const Line& line = conversation_.lines[index];
    std::int32_t begin = line.words[words.first].begin;
    std::int32_t end = line.words[words.last - 1].end;
    if (kind == protocol::PersonalDataKind::Password) {
        // "P@ssw0rd!"
        const auto [wideBegin, wideEnd] = writtenAround(line.text, begin, end);
        if (isFree(taken_[index], wideBegin, wideEnd)) {
            begin = wideBegin;
            end = wideEnd;
        }
        const std::string text = textOf(line, begin, end);
        if (isAddress(text) || isFileName(text)) return;
    }
    taken_[index].emplace(begin, end);
    found_[index].push_back({kind, textOf(line, begin, end), std::move(value), line.turn, begin, end});
}

std::vector<PersonalData> TakenPlaces::inOrder() const {
    std::vector<PersonalData> all;
    for (auto line : found_) {
        std::sort(line.begin(), line.end(),
                  [](const PersonalData& a, const PersonalData& b) { return a.begin < b.begin; });
        std::move(line.begin(), line.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace ninja3cx::analysis
