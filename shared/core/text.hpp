#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx {

/// True for well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool isUtf8(std::string_view text);

/// `text` with every byte that is no UTF-8 replaced by U+FFFD.
std::string toValidUtf8(std::string_view text);

/// The longest prefix of at most `maxBytes` bytes that does not cut a character.
std::string_view cutUtf8(std::string_view text, std::size_t maxBytes);

/// Without white space at its ends, and without a byte order mark before it.
std::string_view trimmed(std::string_view text);

/// Of A to Z only, whatever the locale; other bytes stay.
constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
std::string lowered(std::string_view text);
/// But for the case of A to Z.
bool isSameWord(std::string_view a, std::string_view b);

/// What is meant by an accented letter of Latin-1, by the second of its two bytes (after 0xC3): "e" for é. Empty for
/// what is no letter.
std::string_view plainLetter(unsigned char second);
/// In lower case and without the accents of Latin-1, œ as oe: "Sœur Ève" is "soeur eve". Takes any bytes.
std::string plainLetters(std::string_view text);

/// Of `candidates`, the one with the smallest edit distance to `word`; empty if none is close (distance > 1/2).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace ninja3cx
