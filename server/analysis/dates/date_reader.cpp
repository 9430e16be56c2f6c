#include "server/analysis/dates/date_reader.hpp"

#include "server/analysis/dates/date_kinds.hpp"

#include <charconv>

namespace ninja3cx::analysis {
namespace {

/// What names no day: "dès que possible", "once approved".
std::optional<DatePiece> vagueAt(const SaidDate& said, std::size_t at) {
    const std::size_t french = said.anyOf(at, {"apres votre accord",
                                               "apres accord",
                                               "des votre accord",
                                               "apres validation",
                                               "des validation",
                                               "apres reception",
                                               "a reception",
                                               "des reception",
                                               "des que possible",
                                               "des que je peux",
                                               "des que la piece arrive",
                                               "au plus vite",
                                               "le plus vite possible",
                                               "tout de suite",
                                               "immediatement",
                                               "dans quelques minutes",
                                               "dans quelques jours",
                                               "dans un instant",
                                               "dans un moment",
                                               "dans la foulee",
                                               "des que c est valide"});
    const std::size_t english = said.anyOf(
        at, {"as soon as possible", "as soon as i can", "straight away", "straight after", "right after",
             "right away", "immediately", "in a few minutes", "in a few days", "in a moment", "once approved",
             "when the part arrives", "as soon as the part arrives", "once it arrives", "when it arrives"});
    if (french + english == 0) return std::nullopt;
    DatePiece piece;
    piece.last = at + french + english;
    piece.isVague = true;
    return piece;
}

}  // namespace

std::optional<unsigned> digitsOf(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<DatePiece> datePieceAt(std::span<const Word> words, std::string_view text,
                                     const CallStart& start, std::size_t at, bool isContinued) {
    const SaidDate said{words, text, start.day, start.clock.value_or(std::chrono::minutes{0})};
    if (!isContinued) {
        if (auto piece = vagueAt(said, at)) return piece;
        if (auto piece = durationAt(said, at)) return piece;
    }
    if (auto piece = dayAt(said, at, isContinued)) return piece;
    if (auto piece = partAt(said, at, isContinued)) return piece;
    return clockAt(said, at, isContinued);
}

}  // namespace ninja3cx::analysis
