#include "server/analysis/personal_data/candidate_reader.hpp"

#include <array>

/// Digits and signs of a candidate.
namespace ninja3cx::analysis {
namespace {

bool isBigWord(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"cent", "cents", "mille", "hundred", "thousand"});
    return isIn(kWords, word);
}

}  // namespace

CandidateReader::Step CandidateReader::endsAtShare(const Here& here) {
    if (here.number)
        for (std::size_t at = here.at; at < here.number->last; ++at)
            if (rawWord(line_, at) == "pour") return ends();
    return notMine();
}

CandidateReader::Step CandidateReader::takeSign(const Here& here) {
    const SignWord* sign = signOf(here.text);
    if (!sign) return notMine();
    const std::string_view next = word(here.at + 1);
    // "point d'exclamation": the sign's last word counts.
    const bool isHead =
        here.text == "point" && (next == "d" || next == "exclamation" || next == "interrogation");
    if (isHead) return here.at > first_ ? keep(here.at + 1) : notMine();
    if (!isSign(here.at, *sign)) return notMine();
    ++tally_.signs;
    secret_.value += sign->sign;
    return keep(here.at + 1);
}

bool CandidateReader::isSign(std::size_t at, const SignWord& sign) const {
    if (!sign.isPlain) return at != first_ || !isCut(line_, at, ",.?!");
    const std::string_view text = word(at);
    const std::string_view next = word(at + 1);
    const bool isBeforeNumber = isNumber(at + 1);
    const bool isAmongValues = tally_.digits > 0 || isDescribed() || tally_.letters > 0 || next == "sign" ||
                               isBeforeNumber || isLetter(at + 1);
    const bool isToldWithAt = tally_.plain == 1 && tally_.digits == 0 && isTold() && isBeforeNumber;
    if (text == "at" && next != "sign" && !isToldWithAt && (isBeforeNumber || !isDescribed())) return false;
    if (at == first_ || !isAmongValues || (text == "plus" && tally_.digits == 0)) return false;
    // "at the end", "plus rien"
    return isBeforeNumber || isLetter(at + 1) || next == "sign" || at + 1 >= line_.words.size() ||
           isCut(line_, at, ".,?!;") || signOf(next) || text == "star" || text == "etoile";
}

CandidateReader::Step CandidateReader::takeOh(const Here& here) {
    // "house double oh seven"
    if (here.text == "double" && (tally_.plain > 0 || lastIsNumber_) && isOh(here.at + 1) &&
        isNumber(here.at + 2))
        return addZeros(2, here.at + 2);
    if (!isZero(here)) return notMine();
    if (here.at == first_) tally_.startsWithNumber = true;
    return addZeros(1, here.at + 1);
}

CandidateReader::Step CandidateReader::addZeros(std::size_t count, std::size_t last) {
    secret_.value.append(count, '0');
    tally_.digits += count;
    ++tally_.groups;
    const Step step = keep(last);
    lastIsNumber_ = true;
    return step;
}

bool CandidateReader::isZero(const Here& here) const {
    if (!isOh(here.at) || here.number) return false;
    if (tally_.plain > 0 && isOh(here.at + 1) && isNumber(here.at + 2)) return true;
    if (isLastOh(here.at)) return true;
    const bool isBeforeNumber = isNumber(here.at + 1);
    if (lastIsNumber_ &&
        (isBeforeNumber || isOh(here.at + 1) || (tally_.digits >= 2 && isCut(line_, here.at, ".,;?!"))))
        return true;
    return isBeforeNumber && isNumber(here.at + 2);
}

bool CandidateReader::isLastOh(std::size_t at) const {
    const auto number = numberAt(line_.words, at + 1);
    return number && tally_.plain == 1 && isTold() && isCut(line_, number->last - 1, ",.?!;");
}

CandidateReader::Step CandidateReader::takeRepeated(const Here& here) {
    const auto& count = here.number;
    if (!count || count->digits.size() != 1 || count->digits[0] < '2') return notMine();
    if (word(count->last) != "fois" && word(count->last) != "times") return notMine();
    if (isCut(line_, count->last, ",.?!;:")) return notMine();
    const auto digit = numberAt(line_.words, count->last + 1);
    if (!digit || digit->digits.size() != 1) return notMine();
    if (here.at == first_) tally_.startsWithNumber = true;
    const auto times = static_cast<std::size_t>(count->digits[0] - '0');
    secret_.value.append(times, digit->digits[0]);
    tally_.digits += times;
    ++tally_.groups;
    const Step step = keep(digit->last);
    lastIsNumber_ = true;
    return step;
}

CandidateReader::Step CandidateReader::takeNumber(const Here& here) {
    const auto& number = here.number;
    if (!number || isArticle(here.at, *number)) return notMine();
    if (isUnit(word(number->last)) && !isCut(line_, number->last - 1, ",.?!;:")) {
        if (!isDescribed() && tally_.letters == 0) return ends();  // "toutes les deux minutes"
        return takes(number->last);
    }
    if (joints_ > 0 && tally_.digits == 0 && !isDescribed() && tally_.letters == 0) return ends();
    if (here.at == first_) tally_.startsWithNumber = true;
    for (std::size_t at = here.at; at < number->last; ++at)
        tally_.hasBigWord = tally_.hasBigWord || isBigWord(word(at));
    ++tally_.groups;
    tally_.digits += number->digits.size();
    secret_.value += number->digits;
    return keep(number->last);
}

bool CandidateReader::isArticle(std::size_t at, const NumberGroup& number) const {
    if (word(at) != "un" && word(at) != "une" && word(at) != "one") return false;
    const std::string_view next = word(number.last);
    return number.digits == "1" && (signOf(next) || isCase(next) || next == "grand" || next == "petit" ||
                                    (isLetter(number.last) && at > first_) || next == "accent");
}

}  // namespace ninja3cx::analysis
