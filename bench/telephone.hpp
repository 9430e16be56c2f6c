#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ninja3cx::bench {

/// G.711 mu-law.
std::uint8_t toMuLaw(std::int16_t sample);
std::int16_t fromMuLaw(std::uint8_t code);

/// What is left of a sound at 16 kHz behind a telephone line: 8 kHz, mu-law, and back to 16 kHz. As long as it was.
std::vector<std::int16_t> throughTelephone(std::span<const std::int16_t> samples);

}  // namespace ninja3cx::bench
