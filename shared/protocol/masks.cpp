#include "shared/protocol/masks.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>

namespace ninja3cx::protocol {
namespace {

/// A byte that begins no character of UTF-8.
bool isInside(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// Within the text and round whole characters. Bytes that are no UTF-8 do not carry a span away.
MaskSpan fitted(MaskSpan span, std::string_view text) {
    constexpr std::size_t kFurther = 3;  // a character has at most four bytes
    span.end = std::min(span.end, text.size());
    span.begin = std::min(span.begin, span.end);
    if (span.begin == span.end) return span;
    std::size_t begin = span.begin;
    while (isInside(text, begin) && begin > 0 && span.begin - begin < kFurther) --begin;
    std::size_t end = span.end;
    while (isInside(text, end) && end - span.end < kFurther) ++end;
    span.begin = begin;
    span.end = end;
    return span;
}

}  // namespace

std::string_view maskName(PersonalDataKind kind) {
    switch (kind) {
        case PersonalDataKind::Card:
            return "[card]";
        case PersonalDataKind::Password:
            break;
        case PersonalDataKind::Iban:
            return "[iban]";
        case PersonalDataKind::Ssn:
            return "[ssn]";
        case PersonalDataKind::Birthdate:
            return "[birthdate]";
    }
    return "[password]";
}

std::optional<PersonalDataKind> maskAt(std::string_view text) {
    std::optional<PersonalDataKind> kind;
    if (!text.starts_with('[')) return kind;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<PersonalDataKind>>([&](auto described) {
        if (text.starts_with(maskName(described.value))) kind = described.value;
    });
    return kind;
}

MaskedText withMasks(std::string_view text, std::vector<MaskSpan> spans) {
    for (MaskSpan& span : spans) span = fitted(span, text);
    std::erase_if(spans, [](const MaskSpan& span) { return span.begin == span.end; });
    std::ranges::stable_sort(spans, {}, &MaskSpan::begin);
    MaskedText masked;
    std::size_t copied = 0;
    for (auto span = spans.begin(); span != spans.end();) {
        const std::size_t begin = span->begin;
        std::size_t end = span->end;
        auto widest = span;
        for (++span; span != spans.end() && span->begin < end; ++span) {
            end = std::max(end, span->end);
            if (span->end - span->begin > widest->end - widest->begin) widest = span;
        }
        masked.text.append(text.substr(copied, begin - copied)).append(widest->mask);
        masked.places.push_back({begin, end - begin, widest->mask.size()});
        copied = end;
    }
    masked.text.append(text.substr(copied));
    return masked;
}

std::vector<std::vector<MaskSpan>> spansByTurn(const std::vector<PersonalData>& found, std::size_t turns) {
    std::vector<std::vector<MaskSpan>> spans(turns);
    for (const PersonalData& data : found)
        if (data.turn >= 0 && static_cast<std::size_t>(data.turn) < turns)
            spans[static_cast<std::size_t>(data.turn)].push_back(
                {static_cast<std::size_t>(std::max(0, data.begin)),
                 static_cast<std::size_t>(std::max(0, data.end)), maskName(data.kind)});
    return spans;
}

}  // namespace ninja3cx::protocol
