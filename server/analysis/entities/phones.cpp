#include "server/analysis/entities/phones.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace ninja3cx::analysis {
namespace {

using Groups = std::vector<NumberGroup>;

constexpr std::size_t kFrenchDigits = 10;
/// From the first pair to the last; a longer exchange is about something else.
constexpr std::size_t kMostTurns = 16;

using protocol::Confidence;

std::string digitsIn(const Groups& groups) {
    return DigitRun{groups, 0, 0}.digits();
}

/// Without the country: "0033536490712" -> "0536490712"
std::string national(std::string digits) {
    if (digits.starts_with("0033")) return "0" + digits.substr(4);
    if (digits.starts_with("33") && digits.size() == 11) return "0" + digits.substr(2);
    if (digits.starts_with("44") && digits.size() == 12) return "0" + digits.substr(2);
    return digits;
}

std::size_t digitCount(std::string_view written) {
    return static_cast<std::size_t>(
        std::ranges::count_if(written, [](char c) { return c >= '0' && c <= '9'; }));
}

/// "0536490712" -> "05 36 49 07 12"
std::string inPairs(const std::string& digits) {
    std::string written;
    for (std::size_t i = 0; i < digits.size(); i += 2) written += (i == 0 ? "" : " ") + digits.substr(i, 2);
    return written;
}

/// Numbers said one after the other, or behind one more number: "deux, zéro six …". Nothing unless they use all
/// digits up, else this is a longer number of another kind.
std::vector<std::string> severalIn(const Groups& groups) {
    std::vector<std::string> numbers;
    std::string digits;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == 0 && groups[0].digits.size() <= 2 && groups[0].digits[0] != '0') continue;
        digits += groups[i].digits;
        if (digits[0] != '0' || digits.size() > kFrenchDigits)
            return digits.size() == 1 && i + 1 == groups.size() ? numbers : std::vector<std::string>{};
        if (digits.size() == kFrenchDigits) {
            numbers.push_back(inPairs(digits));
            digits.clear();
        }
    }
    return digits.size() <= 1 ? numbers : std::vector<std::string>{};
}

std::vector<std::string> numbersIn(const Groups& groups, bool isEnglish) {
    const std::string digits = national(digitsIn(groups));
    if (digits.size() < kFrenchDigits) return {};
    // "oh seven seven hundred nine hundred one two three": what the hundreds hold is not sure unless all digits are there.
    const bool hasHundreds = std::ranges::any_of(
        groups, [](const NumberGroup& group) { return group.digits.size() > 2 && group.digits[0] != '0'; });
    if (isEnglish && hasHundreds && digits.size() < kFrenchDigits + 1) return {};
    if (isEnglish)
        return digits[0] == '0' && digits.size() <= 11 ? std::vector{digits} : std::vector<std::string>{};
    // "un instant" after the last pair adds a digit.
    if (digits[0] == '0' && digits.size() <= kFrenchDigits + 1)
        return {inPairs(digits.substr(0, kFrenchDigits))};
    return severalIn(groups);
}

bool isCorrection(std::string_view word) {
    return isOneOf(word, {"non", "pardon", "no", "sorry", "plutot", "rather", "enfin"});
}

/// "double oh nine hundred three four two": 00 900 3 4 2, unless 903 makes a whole number and that is too long.
void partHundreds(const Line& line, DigitRun& run) {
    constexpr std::size_t kLongest = 11;
    Groups parted;
    for (const NumberGroup& group : run.groups) {
        const bool isParted = group.digits.size() == 3 && group.last > group.first + 2 &&
                              line.words[group.first + 1].text == "hundred" &&
                              line.words[group.first + 2].text != "and";
        if (!isParted) {
            parted.push_back(group);
            continue;
        }
        const std::size_t rest = group.digits[1] == '0' ? 2 : 1;
        parted.push_back({group.digits.substr(0, 1) + "00", group.first, group.first + 2});
        parted.push_back({group.digits.substr(rest), group.first + 2, group.last});
    }
    const bool isWhole = national(run.digits()).size() >= kFrenchDigits;
    if (!isWhole || national(digitsIn(parted)).size() <= kLongest) run.groups = std::move(parted);
}

/// The line's numbers. They go on behind "ensuite"; behind "non, pardon" the last one is said anew.
std::vector<DigitRun> runsOf(const Line& line) {
    std::vector<DigitRun> runs;
    for (DigitRun& run : dialledDigitRuns(line.words)) {
        partHundreds(line, run);
        if (!runs.empty() && runs.back().digits().size() < kFrenchDigits &&
            run.first - runs.back().last <= 3) {
            const auto between =
                std::span{line.words}.subspan(runs.back().last, run.first - runs.back().last);
            const bool isCorrected =
                std::ranges::any_of(between, [](const Word& word) { return isCorrection(word.text); });
            if (std::ranges::all_of(between, [](const Word& word) {
                    return isGoingOn(word.text) || isCorrection(word.text);
                })) {
                if (isCorrected) runs.back().groups.pop_back();
                std::ranges::move(run.groups, std::back_inserter(runs.back().groups));
                runs.back().last = run.last;
                continue;
            }
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

bool areFillers(const Line& line, std::size_t first, std::size_t last) {
    return std::all_of(line.words.begin() + static_cast<std::ptrdiff_t>(first),
                       line.words.begin() + static_cast<std::ptrdiff_t>(last),
                       [](const Word& word) { return isGoingOn(word.text); });
}

/// The beginning of a number at the end of a line: "c'est le zéro six douze".
std::optional<Groups> openingOf(const Line& line) {
    std::vector<DigitRun> runs = runsOf(line);
    if (runs.empty() || !areFillers(line, runs.back().last, line.words.size())) return std::nullopt;
    DigitRun& run = runs.back();
    const std::string digits = run.digits();
    const bool isAbroad =
        digits.starts_with("33") && run.first > 0 && line.words[run.first - 1].text == "plus";
    if ((digits[0] != '0' && !isAbroad) || digits.size() < 2 || digits.size() >= kFrenchDigits)
        return std::nullopt;
    return std::move(run.groups);
}

struct Piece {
    Groups groups;
    bool isCorrected = false;  // "non, quarante-trois": instead of the last pair
    bool isAlone = false;      // nothing is said behind it
};
/// A line that begins with digits: the next pairs, or what was heard of them.
std::optional<Piece> pieceOf(const Line& line) {
    std::vector<DigitRun> runs = runsOf(line);
    if (runs.empty()) return std::nullopt;
    std::size_t first = 0;
    while (first < runs.front().first && isCorrection(line.words[first].text)) ++first;
    if (!areFillers(line, first, runs.front().first)) return std::nullopt;
    const bool isAlone = areFillers(line, runs.front().last, line.words.size());
    return Piece{std::move(runs.front().groups), first > 0, isAlone};
}

/// "oui", "d'accord je vous écoute", "go on": the number may go on after it.
bool isAcknowledged(const Line& line) {
    return line.words.size() <= 7 && std::ranges::all_of(line.words, [](const Word& word) {
               return isGoingOn(word.text) ||
                      isOneOf(word.text,
                              {"d",      "accord",  "je",    "j",     "vous",  "ecoute", "note",     "tres",
                               "bien",   "c",       "est",   "bon",   "allez", "y",      "la",       "suite",
                               "mm",     "mhm",     "hum",   "hm",    "hmm",   "uh",     "huh",      "merci",
                               "pardon", "parfait", "super", "right", "go",    "on",     "got",      "it",
                               "that",   "sure",    "i",     "m",     "with",  "you",    "listening"});
           });
}

/// What is dictated from line `at` on, its `opening` included; into `grounds` where.
std::vector<std::string> dictatedFrom(const Conversation& conversation, std::size_t at, Groups opening,
                                      Grounds& grounds) {
    const std::vector<Line>& lines = conversation.lines;
    const std::size_t whole = conversation.isEnglish ? 11 : kFrenchDigits;
    Groups groups = std::move(opening);
    const auto restOn = [&](const Line& line, const Groups& piece) {
        grounds.add(line.turn, spoken(line, piece.front().first, piece.back().last));
    };
    restOn(lines[at], groups);
    for (std::size_t i = at + 1; i < std::min(lines.size(), at + kMostTurns); ++i) {
        std::optional<Piece> piece = pieceOf(lines[i]);
        if (lines[i].speaker != lines[at].speaker) {
            const bool isRepetition = piece && piece->isAlone;
            if (!isRepetition && !isAcknowledged(lines[i])) break;
            continue;
        }
        if (!piece) {
            if (!isAcknowledged(lines[i])) break;
            continue;
        }
        if (piece->isCorrected) groups.pop_back();
        const std::size_t said = national(digitsIn(groups)).size();
        if (said >= whole && piece->groups[0].digits[0] != '0') {
            if (piece->isAlone && digitsIn(piece->groups).size() > 1) return {};  // a longer number
            break;
        }
        restOn(lines[i], piece->groups);
        std::ranges::move(piece->groups, std::back_inserter(groups));
        if (!piece->isAlone) break;
    }
    return numbersIn(groups, conversation.isEnglish);
}

}  // namespace

std::vector<FoundEntity> findPhones(const Conversation& conversation) {
    std::vector<FoundEntity> phones;
    for (std::size_t at = 0; at < conversation.lines.size(); ++at) {
        const Line& line = conversation.lines[at];
        for (const DigitRun& run : runsOf(line)) {
            std::vector<std::string> numbers = numbersIn(run.groups, conversation.isEnglish);
            const bool isExact =
                numbers.size() == 1 && national(run.digits()).size() == digitCount(numbers[0]);
            for (std::string& number : numbers)
                addEntity(phones, {std::move(number),
                                   {{line.turn},
                                    spoken(line, run.first, run.last),
                                    isExact ? Confidence::Sure : Confidence::Likely}});
        }
        if (auto opening = openingOf(line)) {
            Grounds grounds{{}, {}, Confidence::Likely};
            for (std::string& number : dictatedFrom(conversation, at, std::move(*opening), grounds))
                addEntity(phones, {std::move(number), grounds});
        }
    }
    return phones;
}

}  // namespace ninja3cx::analysis
