#include "server/analysis/personal_data/told_keys.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kRecoveryDigits = 48;
constexpr std::size_t kProductSigns = 25;
constexpr std::size_t kReach = 4;  // lines from an announcement, or a piece, to the next piece

std::optional<CueList::Hit> recoveryCue(const Line& line) {
    static const CueList kCues{{"bitlocker"},           {"bit locker"},          {"recovery key"},
                               {"recovery code"},       {"cle de recuperation"}, {"cle ~ recuperation"},
                               {"cles de recuperation"}};
    return kCues.first(line);
}
std::optional<CueList::Hit> productCue(const Line& line) {
    static const CueList kCues{
        {"cle ~ licence"}, {"cle ~ produit"},     {"cle ~ activation"}, {"cle windows"},    {"cle office"},
        {"licence key"},   {"license key"},       {"product key"},      {"activation key"}, {"windows key"},
        {"office key"},    {"code ~ activation"}, {"activation code"}};
    return kCues.first(line);
}

bool isAround(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"c", "est", "next", "la", "suite", "le", "d", "accord", "it", "is", "s", "right"});
    return isGoingOn(word) || isIn(kWords, word);
}
/// Nothing but a word or two stands round it.
bool isAlone(const Line& line, std::size_t first, std::size_t last) {
    for (std::size_t at = 0; at < line.words.size(); ++at)
        if ((at < first || at >= last) && !isAround(line.words[at].text)) return false;
    return line.words.size() - (last - first) <= 5;
}

/// A row of letters, digits and short mixed words: "V K 7 J G", "VK7JG-NPHTM".
struct Signs {
    std::string value;
    std::size_t last = 0;
};
bool isUpperGroup(const Line& line, std::size_t at) {
    const std::string_view raw = rawWord(line, at);
    return raw.size() == 5 &&
           std::all_of(raw.begin(), raw.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}
Signs signsAt(const Line& line, std::size_t from) {
    static constexpr auto kBetween = std::to_array<std::string_view>(
        {"tiret", "dash", "hyphen", "puis", "then", "espace", "space", "minus"});
    Signs signs;
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    for (std::size_t at = from; at < line.words.size();) {
        const std::string_view text = word(at);
        std::size_t next = at + 1;
        if (const auto number = numberAt(line.words, at)) {
            signs.value += number->digits;
            next = number->last;
        } else if (text.size() == 1 && hasLetter(text)) {
            signs.value += text;
            // "V comme Victor"
            const bool isExample = word(next) == "comme" || word(next) == "for" ||
                                   (word(next) == "as" && word(next + 1) == "in");
            if (isExample) next += word(next) == "as" ? 3U : 2U;
        } else if (spelledLetter(text) != '\0') {
            signs.value += spelledLetter(text);
        } else if ((text.size() <= 5 && hasDigit(text) && hasLetter(text)) || isUpperGroup(line, at)) {
            signs.value += text;
        } else if (!signs.value.empty() && isIn(kBetween, text)) {
            ++at;
            continue;
        } else {
            break;
        }
        at = std::min(next, line.words.size());
        signs.last = at;
    }
    return signs;
}

/// Reads a call, line by line: each piece of a key keeps the topic alive.
class KeyReader {
public:
    explicit KeyReader(const Conversation& conversation) : conversation_{conversation} {}

    std::vector<ToldKey> read() {
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            const Line& line = conversation_.lines[index];
            sinceRecovery_ = recoveryCue(line) ? 0 : sinceRecovery_ + 1;
            sinceProduct_ = productCue(line) ? 0 : sinceProduct_ + 1;
            findRecovery(index);
            if (sinceProduct_ <= kReach)
                findProduct(index);
            else
                hasPiece_ = false;
        }
        return std::move(found_);
    }

private:
    void findRecovery(std::size_t index) {
        const Line& line = conversation_.lines[index];
        const bool isTopic = sinceRecovery_ <= kReach;
        if (!isTopic && line.words.size() < 8) return;
        const auto add = [&](const DigitRun& run) {
            found_.push_back({run.digits(), index, run.first, run.last});
            sinceRecovery_ = 0;
        };
        std::size_t behind = 0;  // what a long run took
        for (const DigitRun& run : spacedDigitRuns(line.words)) {
            const std::size_t digits = run.digits().size();
            if (digits != kRecoveryDigits && !(isTopic && digits >= kRecoveryDigits / 2)) continue;
            add(run);
            behind = run.last;
        }
        if (!isTopic) return;
        for (const DigitRun& run : digitRuns(line.words)) {
            const std::size_t digits = run.digits().size();
            if (run.first < behind || digits == 0 || digits % 6 != 0) continue;
            const bool isPiece = digits >= 12 || isAlone(line, run.first, run.last) ||
                                 isRightBehind(recoveryCue(line), line, run.first);
            if (isPiece) add(run);
        }
    }

    /// "la clé BitLocker, c'est 123456": the first piece.
    static bool isRightBehind(const std::optional<CueList::Hit>& cue, const Line& line, std::size_t at) {
        if (!cue || cue->match.last > at) return false;
        return std::all_of(line.words.begin() + static_cast<std::ptrdiff_t>(cue->match.last),
                           line.words.begin() + static_cast<std::ptrdiff_t>(at),
                           [](const Word& word) { return isAround(word.text); });
    }

    void findProduct(std::size_t index) {
        const Line& line = conversation_.lines[index];
        for (std::size_t at = 0; at < line.words.size(); ++at) {
            const Signs signs = signsAt(line, at);
            if (signs.last == 0) continue;
            const std::size_t size = signs.value.size();
            // A letter may be misheard.
            const bool isWhole = size + 2 >= kProductSigns;
            const bool isPiece =
                size % 5 == 0 && hasLetter(signs.value) && (hasDigit(signs.value) || hasPiece_) &&
                (size >= 15 || isAlone(line, at, signs.last) || isRightBehind(productCue(line), line, at));
            if (isWhole || isPiece) {
                found_.push_back({signs.value, index, at, signs.last});
                sinceProduct_ = 0;
                hasPiece_ = true;
            }
            at = signs.last - 1;
        }
    }

    const Conversation& conversation_;
    std::size_t sinceRecovery_ = kReach + 1;  // lines
    std::size_t sinceProduct_ = kReach + 1;
    bool hasPiece_ = false;  // of a product's key, not long ago
    std::vector<ToldKey> found_;
};

}  // namespace

std::vector<ToldKey> toldKeysIn(const Conversation& conversation) {
    return KeyReader{conversation}.read();
}

}  // namespace ninja3cx::analysis
