#include "server/calls/masking.hpp"

#include "shared/protocol/corrections.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ninja3cx::calls {
namespace {

/// Where something at `at` stands after masking; none: it is masked, in part at least.
std::optional<std::int64_t> placeAfter(const std::vector<Masked::Place>& places, std::int64_t at,
                                       std::int64_t length) {
    std::int64_t shift = 0;
    for (const Masked::Place& place : places) {
        const auto begin = static_cast<std::int64_t>(place.at);
        const auto end = begin + static_cast<std::int64_t>(place.length);
        if (begin >= at + length) break;
        if (end > at) return std::nullopt;
        shift += static_cast<std::int64_t>(place.replacedBy) - static_cast<std::int64_t>(place.length);
    }
    return at + shift;
}

}  // namespace

std::vector<protocol::Correction> masked(const std::vector<protocol::Correction>& corrections,
                                         const Masked& text, const Masked& asHeard) {
    std::vector<protocol::Correction> kept;
    std::int64_t heardShift = 0;
    for (const protocol::Correction& correction : corrections) {
        const auto heardLength = static_cast<std::int64_t>(correction.heard.size());
        const auto at = placeAfter(text.places, correction.at, correction.length);
        const auto heardAt = placeAfter(asHeard.places, correction.at + heardShift, heardLength);
        heardShift += heardLength - correction.length;
        if (!at || !heardAt) continue;
        kept.push_back({static_cast<std::int32_t>(*at), correction.length, correction.heard});
    }
    return kept;
}

void mask(protocol::Utterance& utterance, const Analyser& analyser, const std::string& language) {
    const auto stableLength =
        std::min(static_cast<std::size_t>(std::max(0, utterance.stableBytes)), utterance.text.size());
    const std::string stable = analyser.mask(utterance.text.substr(0, stableLength), language).text;
    Masked text = analyser.mask(utterance.text, language);
    if (utterance.corrections) {
        const Masked asHeard =
            analyser.mask(protocol::uncorrected(utterance.text, *utterance.corrections), language);
        utterance.corrections = masked(*utterance.corrections, text, asHeard);
        if (!utterance.isFinal || utterance.corrections->empty()) utterance.corrections.reset();
    }
    utterance.text = std::move(text.text);
    const auto same =
        std::mismatch(stable.begin(), stable.end(), utterance.text.begin(), utterance.text.end());
    utterance.stableBytes = static_cast<std::int32_t>(utterance.isFinal ? std::ssize(utterance.text)
                                                                        : same.first - stable.begin());
}

}  // namespace ninja3cx::calls
