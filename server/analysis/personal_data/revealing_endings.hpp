#pragma once

#include <span>
#include <string_view>

namespace ninja3cx::analysis {

/// What may be said behind words that are open so far and show that they are personal data, or that words that are masked
/// so far are none; each begins with a blank. For texts that are shown while they are spoken: what stays as it is before
/// each of these, is taken to stay.
///
/// They stand beside the rules that look ahead because each such rule needs its ending here: without it, a live text shows as
/// stable what is masked a word later. server/tests/calls/growing_text_test.cpp says every kind of personal data word by
/// word. The time of a live text grows with their number.
std::span<const std::string_view> revealingEndings();

}  // namespace ninja3cx::analysis
