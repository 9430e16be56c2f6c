#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::agent {

/// The frames of 3CX's softphone: a length of two bytes (little-endian, in bytes), then text in UTF-16LE.
class FrameReader {
public:
    void feed(std::string_view bytes) { unread_ += bytes; }
    /// The text of the next whole frame as UTF-8: half characters are U+FFFD, an odd byte at its end is left out. Empty: more
    /// bytes are needed.
    std::optional<std::string> next();

private:
    std::string unread_;
};

inline constexpr std::size_t kMaxFrameUnits = 32'767;  // of two bytes each

/// `text` is UTF-8, cut to what a frame can hold.
std::string frameOf(std::string_view text);

}  // namespace ninja3cx::agent
