#pragma once

#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Masks: what stands in a text for personal data. One spelling and one way to put them there, for the analysis and for
/// the calls alike.
namespace ninja3cx::protocol {

/// "[card]": the kind's name in JSON, in brackets. A value that is no kind is masked as a password.
std::string_view maskName(PersonalDataKind kind);

/// The kind whose mask the text begins with.
std::optional<PersonalDataKind> maskAt(std::string_view text);

/// A piece of a text that was replaced, in bytes of the text before.
struct MaskedPlace {
    std::size_t at = 0;
    std::size_t length = 0;
    std::size_t replacedBy = 0;  // bytes that stand for it now
    bool operator==(const MaskedPlace&) const = default;
};
struct MaskedText {
    std::string text;
    std::vector<MaskedPlace> places = {};  // in the order of the text, apart from each other
};

/// What is to be masked of a text, in bytes, and by which mask.
struct MaskSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view mask;
};

/// The text with its spans replaced. They come in any order and are believed nothing; in doubt more is masked:
/// of those that overlap all bytes are, by one mask, the widest's (the first's of equal ones); what reaches beyond the
/// text ends with it; a character of UTF-8 that is cut goes whole. Spans that only touch keep a mask each; empty ones are
/// none.
///
/// All who mask come here: `analysis::maskPlaces` (one utterance, again and again until nothing is found), `maskedCall` (a
/// call for the analysis), `calls::maskFound` (a call's stored texts) and `SaidSecrets` (what is said again). They differ in
/// where their spans come from alone.
MaskedText withMasks(std::string_view text, std::vector<MaskSpan> spans);

/// The spans of `found` in each of so many turns; what lies in none of them is left out.
std::vector<std::vector<MaskSpan>> spansByTurn(const std::vector<PersonalData>& found, std::size_t turns);

}  // namespace ninja3cx::protocol
