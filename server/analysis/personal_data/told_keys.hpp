#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// Keys that open a disk or a product: BitLocker's eight groups of six digits, a licence's five groups of five signs.
namespace ninja3cx::analysis {

struct ToldKey {
    std::string value;
    std::size_t line = 0;
    std::size_t first = 0;  // words of the line
    std::size_t last = 0;   // one past
};
/// In one turn or in pieces of several; pieces and keys of products only where a key is spoken of. The conversation's numbers
/// are mended.
std::vector<ToldKey> toldKeysIn(const Conversation& conversation);

}  // namespace ninja3cx::analysis
