#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// What is told of a card beside its number: until when it is valid, and its security code.
namespace ninja3cx::analysis {

struct CardDetail {
    std::string value;
    std::size_t first = 0;
    std::size_t last = 0;
};
/// Those of a line that stands beside or behind a card's number. `cardEnds`: one past each number of a card in the line.
/// `asking`: the line that this one answers; may be null.
std::vector<CardDetail> cardDetailsIn(const Line& line, std::span<const std::size_t> cardEnds,
                                      const Line* asking);

/// Where the words begin that announce a detail: digits behind them are no part of the card's number.
std::vector<std::size_t> cardDetailCuesIn(const Line& line);

}  // namespace ninja3cx::analysis
