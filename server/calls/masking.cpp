#include "server/calls/masking.hpp"

#include "shared/protocol/corrections.hpp"
#include "shared/protocol/masks.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace ninja3cx::calls {
namespace {

/// Where something at `at` stands after masking; none: it is masked, in part at least.
std::optional<std::int64_t> placeAfter(const std::vector<protocol::MaskedPlace>& places, std::int64_t at,
                                       std::int64_t length) {
    std::int64_t shift = 0;
    for (const protocol::MaskedPlace& place : places) {
        const auto begin = static_cast<std::int64_t>(place.at);
        const auto end = begin + static_cast<std::int64_t>(place.length);
        if (begin >= at + length) break;
        if (end > at) return std::nullopt;
        shift += static_cast<std::int64_t>(place.replacedBy) - static_cast<std::int64_t>(place.length);
    }
    return at + shift;
}

/// As many bytes as both begin with, whole words only.
std::size_t commonWords(std::string_view a, std::string_view b) {
    const auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto same = static_cast<std::size_t>(differs.first - a.begin());
    if (same == a.size() || same == 0) return same;
    const std::size_t lastSpace = a.rfind(' ', same - 1);
    return lastSpace == std::string_view::npos ? 0 : lastSpace;
}

/// A text of the call as others may see it.
using Masker = std::function<Masked(const std::string&)>;

/// Where the last words of a text begin. Nothing that is said reaches further back, but numbers of many words.
std::size_t tailOf(const std::string& text) {
    constexpr int kWords = 30;
    std::size_t at = text.size();
    for (int words = 0; words < kWords && at != 0 && at != std::string::npos; ++words)
        at = text.rfind(' ', at - 1);
    return at == std::string::npos ? 0 : at;
}

/// How much of a masked text stays as it is, whatever follows its `beginning` (unmasked). As many times the time of
/// masking thirty words as there are endings.
std::size_t settledBytes(const std::string& beginning, const Masker& maskerOfCall,
                         std::span<const std::string_view> endings, const SaidSecrets& said,
                         std::string_view text) {
    if (beginning.empty()) return 0;
    const std::string stable = maskerOfCall(beginning).text;
    std::size_t settled = commonWords(stable, text);
    std::string tail = beginning.substr(tailOf(beginning));
    std::string stableTail = maskerOfCall(tail).text;
    if (!stable.ends_with(stableTail)) tail = beginning, stableTail = stable;
    // Reading a long text with each ending takes time with the square of its length.
    constexpr std::size_t kMostBytes = 400;
    if (tail.size() > kMostBytes) return 0;
    const std::size_t head = stable.size() - stableTail.size();
    const auto settleWith = [&](const std::string& other) {
        settled = std::min(settled, head + commonWords(stableTail, maskerOfCall(other).text));
    };
    for (const std::string_view more : endings) settleWith(tail + std::string{more});
    const std::size_t repeated = said.beginsAt(tail);
    if (repeated < tail.size()) settleWith(tail.substr(0, repeated));
    return settled;
}

/// The text of a final utterance is masked further. `asHeard`: the text without its corrections, as far as it is known what
/// of that is to be masked.
void put(protocol::Utterance& utterance, Masked text, const Masked& asHeard) {
    if (utterance.corrections) utterance.corrections = masked(*utterance.corrections, text, asHeard);
    if (utterance.corrections && utterance.corrections->empty()) utterance.corrections.reset();
    utterance.text = std::move(text.text);
    utterance.stableBytes = static_cast<std::int32_t>(utterance.text.size());
    ++utterance.revision;
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
          const std::string& before, SaidSecrets& said, std::string_view shownStable) {
    const std::string texts = said.textsUpTo(before);
    const Masker masker = [&](const std::string& text) {
        return said.maskAgain(text, analyser.mask(text, language, texts));
    };
    const auto stableLength =
        std::min(static_cast<std::size_t>(std::max(0, utterance.stableBytes)), utterance.text.size());
    const std::string beginning = utterance.text.substr(0, stableLength);
    Masked text = masker(utterance.text);
    if (utterance.isFinal) said.learn(utterance.text, text, utterance.channel);
    if (utterance.corrections) {
        const Masked asHeard = masker(protocol::uncorrected(utterance.text, *utterance.corrections));
        utterance.corrections = masked(*utterance.corrections, text, asHeard);
        if (!utterance.isFinal || utterance.corrections->empty()) utterance.corrections.reset();
    }
    utterance.text = std::move(text.text);
    if (utterance.isFinal) said.hear(utterance.text);
    std::size_t stable = utterance.text.size();
    if (!utterance.isFinal) {
        stable = settledBytes(beginning, masker, analyser.revealingEndings(), said, utterance.text);
        if (utterance.text.starts_with(shownStable)) stable = std::max(stable, shownStable.size());
    }
    utterance.stableBytes = static_cast<std::int32_t>(stable);
}

namespace {

void listMasks(const std::string& text, std::int32_t turn, std::vector<protocol::PersonalData>& pii) {
    for (std::size_t at = text.find('['); at != std::string::npos; at = text.find('[', at + 1)) {
        const auto kind = protocol::maskAt(std::string_view{text}.substr(at));
        if (!kind) continue;
        const std::size_t end = at + protocol::maskName(*kind).size();
        pii.push_back({*kind, std::nullopt, std::nullopt, turn, static_cast<std::int32_t>(at),
                       static_cast<std::int32_t>(end)});
    }
}

}  // namespace

std::vector<protocol::Utterance> maskFound(std::vector<protocol::PersonalData>& pii,
                                           std::vector<protocol::Utterance> turns) {
    std::vector<std::vector<protocol::MaskSpan>> found =
        protocol::spansByTurn(std::exchange(pii, {}), turns.size());
    std::vector<protocol::Utterance> changed;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        protocol::Utterance& utterance = turns[i];
        Masked text = protocol::withMasks(utterance.text, std::move(found[i]));
        const bool isChanged = !text.places.empty();
        if (isChanged) put(utterance, std::move(text), Masked{});
        listMasks(utterance.text, static_cast<std::int32_t>(i), pii);
        if (isChanged) changed.push_back(std::move(utterance));
    }
    return changed;
}

std::vector<protocol::Utterance> maskRepeated(const SaidSecrets& said,
                                              std::vector<protocol::Utterance> turns) {
    std::vector<protocol::Utterance> changed;
    for (protocol::Utterance& utterance : turns) {
        Masked text = said.maskAgain(utterance.text, {utterance.text});
        Masked asHeard;
        if (utterance.corrections) {
            const std::string heard = protocol::uncorrected(utterance.text, *utterance.corrections);
            asHeard = said.maskAgain(heard, {heard});
        }
        const bool wasTold =
            utterance.corrections && masked(*utterance.corrections, text, asHeard) != *utterance.corrections;
        if (text.places.empty() && !wasTold) continue;
        put(utterance, std::move(text), asHeard);
        changed.push_back(std::move(utterance));
    }
    return changed;
}

}  // namespace ninja3cx::calls
