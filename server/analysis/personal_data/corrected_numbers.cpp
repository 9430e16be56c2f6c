#include "server/analysis/personal_data/corrected_numbers.hpp"

#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

bool isCorrection(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"non",    "pardon", "enfin",    "attendez", "attends", "reprends", "recommence",
         "trompe", "erreur", "plutot",   "excusez",  "no",      "sorry",    "wait",
         "oops",   "whoops", "actually", "again",    "mean",    "rather",   "oups"});
    return isIn(kWords, word);
}
/// Says nothing but that the number goes on.
bool isFiller(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"euh",   "ah",     "ben",   "bah", "le",       "la",  "l",     "c",     "est", "autre",
         "je",    "me",     "suis",  "moi", "tout",     "un",  "uh",    "um",    "er",  "let",
         "start", "i",      "it",    "s",   "is",       "the", "that",  "hang",  "on",  "my",
         "over",  "hold",   "tiret", "a",   "des",      "de",  "debut", "merde", "zut", "one",
         "other", "depuis", "m",     "ca",  "commence", "par"});
    return isGoingOn(word) || isIn(kWords, word);
}
bool isOh(std::string_view word) {
    return word == "oh" || word == "o";
}

struct Part {
    std::string digits;
    std::size_t first;
    std::size_t last;
};
/// The digits from `at` on without another word between.
std::optional<Part> partAt(const Line& line, std::size_t at, bool isInside) {
    Part part{{}, at, at};
    const auto word = [&](std::size_t i) {
        return i < line.words.size() ? std::string_view{line.words[i].text} : std::string_view{};
    };
    while (part.last < line.words.size()) {
        if (const auto number = numberAt(line.words, part.last)) {
            part.digits += number->digits;
            part.last = number->last;
        } else if ((word(part.last) == "double" || word(part.last) == "triple") &&
                   isOh(word(part.last + 1))) {
            part.digits.append(word(part.last) == "double" ? 2 : 3, '0');
            part.last += 2;
        } else if (isOh(word(part.last)) && (isInside || !part.digits.empty())) {
            part.digits += '0';
            ++part.last;
        } else {
            break;
        }
    }
    if (part.digits.empty()) return std::nullopt;
    return part;
}

}  // namespace

std::vector<CorrectedNumber> correctedNumbersIn(const Line& line) {
    constexpr std::size_t kLongestGap = 7;
    constexpr std::size_t kCardDigits = 13;  // at least
    std::vector<CorrectedNumber> found;
    for (std::size_t at = 0; at < line.words.size();) {
        auto part = partAt(line, at, false);
        if (!part) {
            ++at;
            continue;
        }
        std::vector<Part> parts{*part};
        std::string sinceCorrection = part->digits;
        bool isCorrected = false;
        at = part->last;
        while (true) {
            bool isCorrecting = false;
            std::size_t next = at;
            std::optional<Part> more;
            for (; next < line.words.size() && next < at + kLongestGap; ++next) {
                const std::string_view word = line.words[next].text;
                more = partAt(line, next, !isOh(word) || isCorrecting);
                // "oh sorry": no zero.
                if (more && !(word == "un" || word == "one")) break;
                if (more && next + 1 < line.words.size() && numberAt(line.words, next + 1)) break;
                more.reset();
                if (!isCorrection(word) && !isFiller(word) && !isOh(word)) break;
                isCorrecting = isCorrecting || isCorrection(word);
            }
            if (!more) break;
            isCorrected = isCorrected || isCorrecting;
            sinceCorrection = isCorrecting ? more->digits : sinceCorrection + more->digits;
            parts.push_back(*more);
            at = more->last;
        }
        if (!isCorrected) continue;
        std::string all;
        for (const Part& one : parts) all += one.digits;
        CorrectedNumber number{sinceCorrection.size() >= kCardDigits ? sinceCorrection : all,
                               parts.front().first, parts.back().last, false};
        const auto isCardLike = [](std::string_view digits) {
            return digits.size() >= kCardDigits && digits[0] >= '3' && digits[0] <= '6';
        };
        number.mayBeCard =
            (isCardLike(all) || isCardLike(sinceCorrection)) &&
            std::none_of(parts.begin(), parts.end(), [](const Part& one) { return isTelephone(one.digits); });
        found.push_back(std::move(number));
    }
    return found;
}

}  // namespace ninja3cx::analysis
