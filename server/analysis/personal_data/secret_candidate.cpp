#include "server/analysis/personal_data/secret_candidate.hpp"

#include "server/analysis/personal_data/candidate_reader.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ninja3cx::analysis {

std::optional<Candidate> candidateAt(const Line& line, std::size_t at) {
    return CandidateReader{line, at}.read();
}

bool looksChosen(const Line& line, std::size_t at, bool isAnnounced) {
    const std::string_view raw = rawWord(line, at);
    const auto to = static_cast<std::size_t>(line.words[at].end);
    const std::size_t digit = raw.find_first_of("0123456789");
    if (digit == std::string_view::npos || digit < 3 || raw[0] < 'A' || raw[0] > 'Z') return false;
    static constexpr auto kProducts = std::to_array<std::string_view>(
        {"office", "windows", "microsoft", "exchange", "server", "autocad", "outlook", "revit", "sage"});
    for (const std::string_view product : kProducts)
        if (line.words[at].text.starts_with(product)) return false;
    const std::string_view tail = raw.substr(digit);
    const bool isYear = tail.size() == 4 && (tail.starts_with("19") || tail.starts_with("20"));
    const bool hasSign =
        to < line.text.size() && std::string_view{"!#$*@%&"}.find(line.text[to]) != std::string_view::npos;
    const bool isLower =
        std::all_of(raw.begin() + 1, raw.begin() + static_cast<std::ptrdiff_t>(digit),
                    [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
    const bool isNumber = tail.size() <= 4 && tail.find_first_not_of("0123456789") == std::string_view::npos;
    return isLower && (isYear || (hasSign && digit > 3) || (isAnnounced && isNumber && digit > 3));
}

}  // namespace ninja3cx::analysis
