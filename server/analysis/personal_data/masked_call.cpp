#include "server/analysis/personal_data/masked_call.hpp"

#include "shared/protocol/masks.hpp"

#include <utility>

namespace ninja3cx::analysis {

protocol::AnalysisInput maskedCall(protocol::AnalysisInput call,
                                   const std::vector<protocol::PersonalData>& places) {
    std::vector<std::vector<protocol::MaskSpan>> spans = protocol::spansByTurn(places, call.turns.size());
    for (std::size_t turn = 0; turn < spans.size(); ++turn) {
        std::string& text = call.turns[turn].text;
        text = protocol::withMasks(text, std::move(spans[turn])).text;
    }
    return call;
}

}  // namespace ninja3cx::analysis
