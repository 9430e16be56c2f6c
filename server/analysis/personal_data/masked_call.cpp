#include "server/analysis/personal_data/masked_call.hpp"

#include "server/analysis/words/words.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace ninja3cx::analysis {

protocol::AnalysisInput maskedCall(protocol::AnalysisInput call,
                                   const std::vector<protocol::PersonalData>& places) {
    std::vector<const protocol::PersonalData*> sorted;
    for (const protocol::PersonalData& place : places)
        if (place.turn >= 0 && place.begin >= 0 && static_cast<std::size_t>(place.turn) < call.turns.size())
            sorted.push_back(&place);
    std::ranges::sort(sorted, {}, [](const auto* place) {
        return std::tuple{place->turn, place->begin, place->end};
    });
    for (auto place = sorted.begin(); place != sorted.end();) {
        const std::int32_t turn = (*place)->turn;
        std::string& text = call.turns[static_cast<std::size_t>(turn)].text;
        const auto size = static_cast<std::int32_t>(text.size());
        std::string clean;
        std::int32_t copied = 0;
        for (; place != sorted.end() && (*place)->turn == turn; ++place) {
            const std::int32_t begin = std::max((*place)->begin, copied);
            const std::int32_t end = std::min((*place)->end, size);
            if (begin >= end) continue;
            clean.append(text, static_cast<std::size_t>(copied), static_cast<std::size_t>(begin - copied))
                .append(kMasks[static_cast<std::size_t>((*place)->kind)]);
            copied = end;
        }
        text = clean.append(text, static_cast<std::size_t>(copied));
    }
    return call;
}

}  // namespace ninja3cx::analysis
