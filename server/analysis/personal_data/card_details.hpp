#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <optional>
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

/// Which of them a line behind a card's number asks for or announces: "la date d'expiration", "and the three digits on the
/// back"; the last of both.
enum class CardDetailKind { Expiry, Code };
std::optional<CardDetailKind> cardDetailNamedIn(const Line& line);

/// "votre licence", "the certificate": no card, and expires too.
bool namesOtherExpiring(const Line& line);

/// The digits of a line that answers, or reads back, as spans of words: "zéro huit vingt huit", "donc août vingt-huit",
/// "sept quatre un c'est noté". Those that it begins with and those behind an announcement. A part of them too: "zéro huit".
std::vector<CardDetail> cardDetailPiecesIn(const Line& line);

/// Where the words begin that announce a detail: digits behind them are no part of the card's number.
std::vector<std::size_t> cardDetailCuesIn(const Line& line);

}  // namespace ninja3cx::analysis
