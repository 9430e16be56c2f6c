#include "server/analysis/personal_data/candidate_tally.hpp"

#include "server/analysis/personal_data/secret_words.hpp"

#include <utility>

namespace ninja3cx::analysis {
namespace {

Strength strengthOf(const CandidateTally& tally, const Candidate& candidate) {
    const std::string& value = candidate.secret.value;
    const bool isWord = tally.plain > 0 || tally.letters >= 2 || tally.mixed > 0;
    const bool endsInDigit = hasDigit(value.substr(value.size() - 1));
    const bool isCounted = tally.startsWithNumber || candidate.isCount;

    // "il faut un a majuscule et un tiret"
    if (tally.letters == 1 && tally.digits <= 1 && tally.plain == 0 && tally.mixed == 0 && tally.signs > 0 &&
        value.size() <= 3)
        return Strength::None;
    if (candidate.isCertain || candidate.isInTurn || (tally.forms > 0 && isWord && tally.digits < 2) ||
        tally.mixed >= 2 || (tally.isDescribed() && (isWord || tally.letters > 0 || tally.digits >= 3)) ||
        tally.letters >= 4)
        return Strength::Described;
    if (tally.isNumberedThing) return Strength::None;
    if (isWord && tally.digits >= 2 && endsInDigit && tally.plain <= 3 && !isCounted)
        return Strength::WordsThenDigits;
    if ((tally.startsWithNumber && tally.plain > 0 && value.size() >= 5) ||
        (tally.plain > 1 && tally.digits >= 2 && !isCounted) ||
        (tally.mixed == 1 && tally.plain == 0 && value.size() >= 4 && tally.mixedLetters >= 1))
        return Strength::WordsThenDigits;
    return tally.digits >= 3 && !isWord ? Strength::Digits : Strength::None;
}

}  // namespace

Candidate judged(const CandidateTally& tally, Secret secret) {
    Candidate candidate;
    candidate.secret = std::move(secret);
    const bool isWord = tally.plain > 0 || tally.letters >= 2 || tally.mixed > 0;
    const bool hasLetters = isWord || tally.letters > 0;
    // "deux mille neuf" behind a word is a year, not a count.
    const bool isYear = isWord && tally.digits == 4 && !tally.startsWithNumber;
    candidate.isCount = tally.hasBigWord && tally.groups == 1 && !isYear;
    candidate.startsWithNumber = tally.startsWithNumber;
    candidate.isDescription = tally.cases > 0 && tally.digits >= 2 && hasLetters;
    candidate.isCertain = tally.hasLongMixed || tally.hasWrittenSign || tally.examples >= 2 ||
                          (tally.isDescribed() && tally.digits >= 2 && hasLetters) ||
                          (tally.cases > 0 && hasLetters) ||
                          (tally.letters >= tally.turned + 2 && tally.digits >= 1 && tally.groups > 0);
    candidate.isInTurn = tally.turned > 0 && !candidate.isCertain;
    candidate.strength = strengthOf(tally, candidate);
    return candidate;
}

}  // namespace ninja3cx::analysis
