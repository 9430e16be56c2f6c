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

/// Of `candidates`, the one with the smallest edit distance to `word`; empty if none is close (distance > 1/2).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace ninja3cx
