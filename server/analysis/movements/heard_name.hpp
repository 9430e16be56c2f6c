#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <string>

namespace ninja3cx::analysis {

/// A first name and a surname right before the words, or right behind them, that no list of the call's people has:
/// "michel tournier il part", "on a viré bruno keller". Empty where there is none.
std::string nameHeardBefore(const Line& line, const Phrase::Match& match);
std::string nameHeardBehind(const Line& line, const Phrase::Match& match);
/// Anywhere in the line, but `notThis`.
std::string nameHeardIn(const Line& line, const std::string& notThis);

}  // namespace ninja3cx::analysis
