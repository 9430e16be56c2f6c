#pragma once

#include "server/calls/ports.hpp"
#include "server/calls/said_secrets.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::calls {

/// The corrections of an utterance in its masked text. What touches masked words is left out, and so is what was heard
/// where those words would have been masked: nothing of them can be read from the rest. Pure.
/// `asHeard`: the text without its corrections, masked.
std::vector<protocol::Correction> masked(const std::vector<protocol::Correction>& corrections,
                                         const Masked& text, const Masked& asHeard);

/// An utterance as others may see it: text, stable part and corrections masked. `before`: what was said right before
/// it, masked. `said`: of the same call; a final utterance adds to it, and what it heard tells whether a dictation is
/// open. Of an open utterance, what may still turn out to be personal data, a card's first digits, is not stable;
/// `shownStable` is what was shown of it as stable: that stays so where the text still begins with it. Network thread:
/// a final text 0.1 to 0.2 ms, an open one 1 to 5 ms; one kilobyte of what is dictated 5 to 15 ms and 10 to 35 ms: of an
/// open text whose last thirty words do not tell its end alone nothing is stable.
void mask(protocol::Utterance& utterance, const Analyser& analyser, const std::string& language,
          const std::string& before, SaidSecrets& said, std::string_view shownStable = {});

/// The utterances that say what was masked only where it was said later, or were heard to say it before they were
/// corrected; masked, each a revision later.
std::vector<protocol::Utterance> maskRepeated(const SaidSecrets& said,
                                              std::vector<protocol::Utterance> turns);

/// The utterances in which the whole call showed personal data that they did not show alone, masked, each a revision later.
/// `turns`: what was read to find `pii`, in its order. `pii` becomes every masked piece of the call, by its place in the
/// masked texts, without its value.
std::vector<protocol::Utterance> maskFound(std::vector<protocol::PersonalData>& pii,
                                           std::vector<protocol::Utterance> turns);

}  // namespace ninja3cx::calls
