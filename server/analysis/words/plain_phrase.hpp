#pragma once

#include "shared/core/result.hpp"

#include <string>
#include <string_view>

namespace ninja3cx::analysis {

/// A phrase as people write it ("l'écran ~ bleu*") in the words that a lexicon is written in ("l ecran ~ bleu*"):
/// `*` at a word's end stands for any ending, `~` for up to three words. BadMessage says what is wrong with it: no word
/// to look for, a `*` elsewhere, an ending of nearly nothing, or so many words or gaps that looking for it costs.
Result<std::string> plainPhrase(std::string_view written);

}  // namespace ninja3cx::analysis
