#include "agent/softphone/pipe_frame.hpp"

#include "shared/core/text.hpp"

#include <cstdint>
#include <vector>

namespace ninja3cx::agent {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

void appendUtf8(std::string& text, char32_t c) {
    const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) return add(c);
    if (c < 0x800) {
        add(0xC0U | (c >> 6U));
    } else {
        if (c < 0x10000) {
            add(0xE0U | (c >> 12U));
        } else {
            add(0xF0U | (c >> 18U));
            add(0x80U | ((c >> 12U) & 0x3FU));
        }
        add(0x80U | ((c >> 6U) & 0x3FU));
    }
    add(0x80U | (c & 0x3FU));
}

char32_t unitAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]) |
           (char32_t{static_cast<unsigned char>(bytes[at + 1])} << 8U);
}

bool isHigh(char32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool isLow(char32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

std::string utf8Of(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const char32_t unit = unitAt(bytes, at);
        if (isHigh(unit) && at + 3 < bytes.size() && isLow(unitAt(bytes, at + 2))) {
            appendUtf8(text, 0x10000 + ((unit - 0xD800) << 10U) + (unitAt(bytes, at + 2) - 0xDC00));
            at += 2;
        } else {
            appendUtf8(text, isHigh(unit) || isLow(unit) ? kReplacement : unit);
        }
    }
    return text;
}

/// The next character of well-formed UTF-8.
char32_t takeCharacter(std::string_view& text) {
    const auto byte = [&](std::size_t at) { return char32_t{static_cast<unsigned char>(text[at])}; };
    const char32_t first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) c = (c << 6U) | (byte(i) & 0x3FU);
    text.remove_prefix(length);
    return c;
}

}  // namespace

std::optional<std::string> FrameReader::next() {
    if (unread_.size() < 2) return std::nullopt;
    const std::size_t length = unitAt(unread_, 0);
    if (unread_.size() < 2 + length) return std::nullopt;
    std::string text = utf8Of(std::string_view{unread_}.substr(2, length));
    unread_.erase(0, 2 + length);
    return text;
}

std::string frameOf(std::string_view text) {
    const std::string valid = toValidUtf8(text);
    std::vector<char32_t> units;
    for (std::string_view rest = valid; !rest.empty();) {
        const char32_t c = takeCharacter(rest);
        if (units.size() + (c < 0x10000 ? 1 : 2) > kMaxFrameUnits) break;
        if (c < 0x10000) {
            units.push_back(c);
        } else {
            units.push_back(0xD800 + ((c - 0x10000) >> 10U));
            units.push_back(0xDC00 + ((c - 0x10000) & 0x3FFU));
        }
    }
    std::string frame;
    const auto add = [&](char32_t unit) {
        frame += static_cast<char>(static_cast<unsigned char>(unit & 0xFFU));
        frame += static_cast<char>(static_cast<unsigned char>(unit >> 8U));
    };
    add(static_cast<char32_t>(units.size() * 2));
    for (const char32_t unit : units) add(unit);
    return frame;
}

}  // namespace ninja3cx::agent
