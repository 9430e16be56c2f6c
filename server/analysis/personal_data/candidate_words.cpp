#include "server/analysis/personal_data/candidate_reader.hpp"

#include <algorithm>
#include <string>

/// Words of a candidate.
namespace ninja3cx::analysis {
namespace {

/// "3f9a": letters in two places.
bool hasSecondLetterRun(std::string_view word) {
    std::size_t runs = 0;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (hasLetter(word.substr(i, 1)) && (i == 0 || !hasLetter(word.substr(i - 1, 1)))) ++runs;
    return runs >= 2;
}

}  // namespace

CandidateReader::Step CandidateReader::takeForm(const Here& here) {
    if (here.at == first_ || (tally_.plain == 0 && tally_.mixed == 0) || isDescribed()) return notMine();
    const std::size_t words = formAt(line_, here.at);
    if (words == 0) return notMine();
    ++tally_.forms;
    return keep(here.at + words);
}

CandidateReader::Step CandidateReader::takeJoint(const Here& here) {
    if (here.at == first_ || !isJoint(here.text)) return notMine();
    ++joints_;
    return takes(here.at + 1);
}

CandidateReader::Step CandidateReader::endsAtStop(const Here& here) {
    const bool isStopped = isStop(here.text) && !isStartOfSecret(here) && !isWeakStart(here.at);
    return isStopped || here.text == "[]" || (here.number && here.at == first_) ? ends() : notMine();
}

bool CandidateReader::isStartOfSecret(const Here& here) const {
    if (here.at != first_) return false;
    const SignWord* nextSign = signOf(word(here.at + 1));
    const bool isNamed = here.text.size() >= 5 && nextSign != nullptr && !nextSign->isPlain &&
                         !isCut(line_, here.at, ",.?!;:");
    const std::string_view glue = gapAfter(line_, here.at);
    const bool isGlued = here.text.size() >= 4 && glue.size() == 1 && glue != " " && glue != "'" &&
                         hasDigit(word(here.at + 1)) && startsUpper(line_, here.at);
    return isNamed || isGlued;
}

CandidateReader::Step CandidateReader::takeMixed(const Here& here) {
    const std::string_view text = here.text;
    if (!hasDigit(text) || !hasLetter(text)) return notMine();
    const auto letters = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
    tally_.hasLongMixed = tally_.hasLongMixed || (text.size() >= 6 && letters >= 3);
    secret_.value += rawWord(line_, here.at);
    ++tally_.mixed;
    // "12th", "24h", "22h30" and "500go" count something.
    const bool isCounting =
        text[0] >= '0' && text[0] <= '9' && (letters == 1 || !hasDigit(text.substr(text.size() - 1)));
    tally_.mixedLetters += isCounting && !hasSecondLetterRun(text) ? 0U : letters;
    return keep(here.at + 1);
}

CandidateReader::Step CandidateReader::takePlain(const Here& here) {
    if (isJoint(here.text)) return ends();
    const bool isJoined = lastIsSign_ || (tally_.plain == 0 && tally_.letters == 0 && here.at > first_ &&
                                          isCase(word(here.at - 1)));
    if (!isJoined && !closesNumber(here.at) &&
        (joints_ > 0 || lastIsNumber_ || tally_.letters > 0 || isDescribed())) {
        if (const Step step = takeDescribedWord(here); step.kind != Step::Kind::NotMine) return step;
        const bool isBeforeCase = tally_.plain <= 1 && isCase(word(here.at + 1));
        if (!isBeforeCase) return ends();
    }
    constexpr std::size_t kMostWords = 4;
    if (++tally_.plain > kMostWords) return ends();
    secret_.value += rawWord(line_, here.at);
    const Step step = keep(here.at + 1);
    // "Soleil$Vert"
    const std::string_view gap = gapAfter(line_, here.at);
    if (gap.size() == 1 && std::string_view{"$#*_!"}.find(gap[0]) != std::string_view::npos &&
        here.at + 1 < line_.words.size()) {
        secret_.value += gap;
        ++tally_.signs;
        tally_.hasWrittenSign = lastIsSign_ = true;
    }
    return step;
}

CandidateReader::Step CandidateReader::takeDescribedWord(const Here& here) {
    const std::size_t at = here.at;
    const std::string_view text = here.text;
    const std::string said = folded(secret_.value);  // empty where only signs were said
    const bool isOfLetter = tally_.plain == 0 && tally_.letters == 1 && tally_.cases == 1 &&
                            tally_.digits == 0 && text.size() > 2 && said == text.substr(0, 1);
    const char letter = said.empty() ? '\0' : said.back();
    const bool isBehindLetter =
        at > first_ + 1 && text.size() > 2 && !isStop(text) &&
        ((isLetter(at - 1) && isCase(word(at - 2))) || (isCase(word(at - 1)) && isLetter(at - 2)));
    // "capital b blue capital h horse"
    if (isOfLetter || (isBehindLetter && letter == text[0])) {
        secret_.value.pop_back();
        secret_.value += static_cast<char>(text[0] - 'a' + 'A');
        secret_.value += rawWord(line_, at).substr(1);
    } else if (isBehindLetter && (signOf(word(at + 1)) || isNumber(at + 1))) {
        secret_.value += rawWord(line_, at);
    } else {
        return notMine();
    }
    ++tally_.plain;
    tally_.letters = 0;
    return keep(at + 1);
}

bool CandidateReader::closesNumber(std::size_t at) const {
    // "tango seven seven bravo"
    if (lastIsNumber_ && joints_ == 0 && spelledLetter(word(first_)) != 0 && spelledLetter(word(at)) != 0)
        return true;
    if (!lastIsNumber_ || joints_ > 0 || tally_.letters > 0 || tally_.plain > 2 || isDescribed())
        return false;
    const std::string_view text = word(at);
    if (text.size() < 3 || isStop(text) || isJoint(text) || isUnit(text)) return false;
    const bool isListed = tally_.plain > 0 && isCut(line_, at - 1, ",.");
    return (startsUpper(line_, at) || isListed) && isCut(line_, at, ".,;?!");
}

bool CandidateReader::isWeakStart(std::size_t at) const {
    const bool isFollowed = isNumber(at + 1) || signOf(word(at + 1)) || isCase(word(at + 1));
    return at == first_ && isWeakPassword(word(at)) && isTold() && isFollowed && !isCut(line_, at, ",.?!;:");
}

}  // namespace ninja3cx::analysis
