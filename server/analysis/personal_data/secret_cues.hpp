#pragma once

#include "server/analysis/words/words.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// What announces a secret, and what announces a number that is none.
namespace ninja3cx::analysis {

enum SecretTopic : std::uint32_t {
    kPassword,
    kPin,
    kCode,
    kOpenCode,
    kPassing,
    kOtherNumber,
    kSerial,
    kLock,
    kAsked,
    kDigitCount,
    kWifi,
    kKey,
    kAccount
};

/// A bit for each topic that the words speak of.
std::uint32_t secretTopicsIn(std::span<const Word> words);
/// Asked is which password or whether it is known, not the password itself.
bool asksWhich(std::span<const Word> words);

/// Where a secret is announced.
struct SecretCue {
    std::size_t first;
    std::size_t last;
    bool isPin;   // digits are expected
    bool isCode;  // only any code: the value must be close
};
/// Those of some topics, a bit for each, in the order of the text; of several that begin at a word, the longest first.
std::vector<SecretCue> secretCuesIn(std::span<const Word> words, std::uint32_t topics);

}  // namespace ninja3cx::analysis
