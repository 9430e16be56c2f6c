#include "server/analysis/personal_data/candidate_reader.hpp"

#include <algorithm>
#include <array>
#include <string>

/// Letters of a candidate, and how they are written.
namespace ninja3cx::analysis {
namespace {

bool isElision(std::string_view first, std::string_view second) {
    static constexpr std::string_view kPairs = " im id sa da la ca ya na ma ja ta ts sm is ";
    const std::string pair = " " + std::string{first} + std::string{second} + " ";
    return kPairs.find(pair) != std::string_view::npos;
}

}  // namespace

CandidateReader::Step CandidateReader::takeCase(const Here& here) {
    if (!isCase(here.text)) return notMine();
    // "majuscules à Benne": that describes something said before.
    if (here.at == first_ && !isLetter(here.at + 1)) {
        const bool isAll = here.text == "capital" || here.text == "uppercase" || here.text == "lowercase";
        if (!isAll) return ends();
    }
    if (word(here.at + 1) == "letters") return ends();  // "capital letters matter"
    ++tally_.cases;
    return keep(here.at + 1);
}

CandidateReader::Step CandidateReader::takeLetter(const Here& here) {
    if (!isLetter(here.at)) return notMine();
    const std::size_t example = exampleAfter(here.at);
    const bool isSpelledOut = isSpelled(here.at, example);
    if (!isSpelledOut && !isInTurn(here.at)) return notMine();
    tally_.turned += isSpelledOut ? 0U : 1U;
    if (const Step step = takeLetterOfWord(here, example); step.kind != Step::Kind::NotMine) return step;
    secret_.value += rawWord(line_, here.at);
    ++tally_.letters;
    if (example == 0) return keep(here.at + 1);
    ++tally_.examples;
    return keep(std::min(here.at + example + 1, end_));
}

CandidateReader::Step CandidateReader::takeLetterOfWord(const Here& here, std::size_t example) {
    const bool isOfCase = isCase(word(here.at + 1)) ||
                          (here.at > first_ && (isCase(word(here.at - 1)) || word(here.at - 1) == "grand"));
    // "Printemps2026, P majuscule"; but "A4, A majuscule" may have two.
    const std::string_view start = word(first_);
    constexpr std::size_t kWord = 3;  // letters
    const bool isWord =
        tally_.plain > 0 || (tally_.hasLongMixed && std::ranges::all_of(start.substr(0, kWord), [](char c) {
                                 return c >= 'a' && c <= 'z';
                             }));
    if (isWord && tally_.letters == 0 && isOfCase && start[0] == here.text[0]) {
        char& initial = secret_.value[0];
        if (initial >= 'a' && initial <= 'z') initial = static_cast<char>(initial - 'a' + 'A');
        ++tally_.cases;
        return keep(here.at + 1);
    }
    // The word spelled is not said twice.
    if (tally_.plain == 1 && tally_.digits == 0 && tally_.letters == 0 && example == 0) {
        std::size_t last = here.at;
        std::string spelled;
        while (last < end_ && isLetter(last)) spelled += word(last++);
        if (spelled.size() >= 3 && folded(secret_.value) == spelled) return keep(last);
    }
    return notMine();
}

CandidateReader::Step CandidateReader::takeAlphabet(const Here& here) {
    const char letter = spelledLetter(here.text);
    const bool isAmongLetters = tally_.examples > 0 || spelledLetter(word(here.at + 1)) != 0 ||
                                (here.at > first_ && spelledLetter(word(here.at - 1)) != 0);
    if (letter == 0 || !isAmongLetters) return notMine();
    secret_.value += letter;
    ++tally_.letters;
    ++tally_.examples;
    return keep(here.at + 1);
}

CandidateReader::Step CandidateReader::passLetter(const Here& here) {
    if (!isLetter(here.at)) return notMine();
    return here.at == first_ ? ends() : takes(here.at + 1);
}

std::size_t CandidateReader::exampleAfter(std::size_t letter) const {
    const char initial = word(letter)[0];
    const std::string_view next = word(letter + 1);
    const std::size_t skipped = next == "comme" || next == "for" || next == "like" || next == "pour" ? 2
                                : next == "as" && word(letter + 2) == "in"                           ? 3
                                                                                                     : 0;
    if (skipped == 0 || word(letter + skipped).size() < 2) return 0;
    return word(letter + skipped)[0] == initial || next == "comme" || next == "as" ? skipped : 0;
}

bool CandidateReader::isElided(std::size_t at) const {
    const auto has = [&](std::size_t before) {
        const std::string_view gap = gapAfter(line_, before);
        return gap.find('\'') != std::string_view::npos || gap.find("\u2019") != std::string_view::npos;
    };
    return (at + 1 < line_.words.size() && has(at)) || (at > 0 && has(at - 1));
}

bool CandidateReader::isInTurn(std::size_t at) const {
    const auto isPart = [&](std::size_t k) {
        return isLetter(k) && rawWord(line_, k).size() == 1 && !isElided(k);
    };
    // "il y a deux b": no start, unless told.
    if ((word(first_) == "a" || word(first_) == "y") && !isTold()) return false;
    static constexpr auto kClosing = std::to_array<std::string_view>(
        {"voila", "merci", "ok", "okay", "oui", "yes", "thanks", "thank", "please"});
    std::size_t runs = 0;
    std::size_t numbers = 0;
    std::size_t last = first_;  // one past what is in turn
    bool wasLetter = false;
    for (std::size_t k = first_; k < end_;) {
        const auto number = numberAt(line_.words, k);
        if (number && number->digits.size() <= 2) {
            if (k == first_ || wasLetter) ++runs;
            ++numbers;
            wasLetter = false;
            k = last = number->last;
        } else if (isPart(k)) {
            std::size_t to = k + 1;
            while (to < end_ && isPart(to) && !isCut(line_, to - 1, ".?!;")) ++to;
            // "b trois r huit s il vous plaît"
            const bool isClosed =
                isNumber(to) || signOf(word(to)) || isIn(kClosing, word(to)) || isCut(line_, to - 1, ",.;?!");
            if (to - k > 3 || !isClosed) break;
            ++runs;
            wasLetter = true;
            k = last = to;
        } else if (isCase(word(k)) || (k > first_ && signOf(word(k)))) {
            ++k;
        } else {
            break;
        }
        if (isCut(line_, k - 1, ".?!;\n")) break;
    }
    const bool isEnough = runs >= 4 || (runs == 3 && numbers > 0 && isLetterFirst());
    return isEnough && at < last;
}

bool CandidateReader::isLetterFirst() const {
    return isLetter(first_) || (isCase(word(first_)) && isLetter(first_ + 1));
}

bool CandidateReader::isSpelled(std::size_t at, std::size_t example) const {
    if (isElided(at)) return false;
    // "majuscule à Soleil"
    if (rawWord(line_, at).size() > 1 || (word(at) == "a" && at > 0 && isCase(word(at - 1)))) return false;
    // "needs a capital"
    if (rawWord(line_, at) == "a" &&
        (word(at + 1) == "capital" || word(at + 1) == "lower" || word(at + 1) == "upper"))
        return false;
    if (example != 0 || isCase(word(at + 1))) return true;
    // "F 4 K 9": capitals among digits
    if (isUpperLetter(line_, at)) {
        const bool isAfter = at > first_ && (isNumber(at - 1) || isUpperLetter(line_, at - 1));
        const bool isBefore = isNumber(at + 1);
        if (isAfter && (isBefore || isCut(line_, at, ".,;?!") || word(at + 1).size() == 1)) return true;
        if (at == first_ && isBefore) return true;
    }
    if (at > first_ &&
        (isCase(word(at - 1)) || word(at - 1) == "grand" || word(at - 1) == "petit" || word(at - 1) == "big"))
        return true;
    std::size_t from = at;
    while (from > first_ && isLetter(from - 1) && !isElided(from - 1)) --from;
    std::size_t to = at;
    while (to < end_ && isLetter(to)) ++to;
    if (to - from >= 3) return !isElision(word(from), word(from + 1)) || to - from >= 5;
    // "8 3 Q t"
    const bool isBehind =
        from > first_ && (isNumber(from - 1) || signOf(word(from - 1)) || isCase(word(from - 1)));
    const bool isBefore = signOf(word(to)) != nullptr || isNumber(to);
    return to - from == 2 ? (isBehind || isBefore) && !isElision(word(from), word(from + 1))
                          : isBehind && isBefore && !isJoint(word(at)) && !isStop(word(at));
}

}  // namespace ninja3cx::analysis
