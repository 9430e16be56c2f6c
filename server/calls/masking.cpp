#include "server/calls/masking.hpp"

#include "shared/protocol/corrections.hpp"

#include <algorithm>
#include <array>
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

/// What shows that the words before it are personal data, of each kind, or that they are none after all.
constexpr auto kContinuations = std::to_array<std::string_view>({
    " 0000 0000 0000 0000 carte",
    " carte",
    " numéro de sécu",
    " 00 30 00 60 00 01 12 34 56 78 90 18 90 00 00 iban",
    " iban",
    " 12 34 56 c",
    " 12 mars 1980 date de naissance",
    " mars 1980 date de naissance",
    " 1980 date de naissance",
    " date de naissance",
    " soleil2024 mot de passe",
    " est soleil2024",
    " soleil2024",
    " c'est mon mot de passe",
    " teamviewer",
});

/// As many bytes as both begin with, whole words only.
std::size_t commonWords(std::string_view a, std::string_view b) {
    const auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto same = static_cast<std::size_t>(differs.first - a.begin());
    if (same == a.size() || same == 0) return same;
    const std::size_t lastSpace = a.rfind(' ', same - 1);
    return lastSpace == std::string_view::npos ? 0 : lastSpace;
}

/// How much of a masked text stays as it is, whatever follows its `beginning` (unmasked).
std::size_t settledBytes(const std::string& beginning, const Analyser& analyser, const std::string& language,
                         std::string_view text) {
    if (beginning.empty()) return 0;
    const std::string stable = analyser.mask(beginning, language).text;
    std::size_t settled = commonWords(stable, text);
    for (const std::string_view more : kContinuations) {
        const std::string longer = analyser.mask(beginning + std::string{more}, language).text;
        settled = std::min(settled, commonWords(stable, longer));
    }
    return settled;
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

void mask(protocol::Utterance& utterance, const Analyser& analyser, const std::string& language,
          std::string_view shownStable) {
    const auto stableLength =
        std::min(static_cast<std::size_t>(std::max(0, utterance.stableBytes)), utterance.text.size());
    const std::string beginning = utterance.text.substr(0, stableLength);
    Masked text = analyser.mask(utterance.text, language);
    if (utterance.corrections) {
        const Masked asHeard =
            analyser.mask(protocol::uncorrected(utterance.text, *utterance.corrections), language);
        utterance.corrections = masked(*utterance.corrections, text, asHeard);
        if (!utterance.isFinal || utterance.corrections->empty()) utterance.corrections.reset();
    }
    utterance.text = std::move(text.text);
    std::size_t stable = utterance.text.size();
    if (!utterance.isFinal) {
        stable = settledBytes(beginning, analyser, language, utterance.text);
        if (utterance.text.starts_with(shownStable)) stable = std::max(stable, shownStable.size());
    }
    utterance.stableBytes = static_cast<std::int32_t>(stable);
}

}  // namespace ninja3cx::calls
