#include "server/analysis/personal_data/candidate_reader.hpp"

#include "server/analysis/conversation/phrases.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace ninja3cx::analysis {

CandidateReader::CandidateReader(const Line& line, std::size_t at)
    : line_{line}, first_{at}, end_{std::min(line.words.size(), at + kMostWords)} {
    secret_.first = at;
}

std::optional<Candidate> CandidateReader::read() {
    for (std::size_t at = first_; at < end_;) {
        const Step step = take(at);
        if (step.kind != Step::Kind::Takes) break;
        at = step.last;
        if (isCut(line_, at - 1, ".?!;\n")) break;
        if (tally_.startsWithNumber && isCut(line_, at - 1, ":")) break;  // "à neuf : 4 8 2 6"
        if (at < end_ && isCut(line_, at - 1, ",:") && !goesOn(at)) break;
    }
    secret_.last = content_;
    if (secret_.last <= first_ || secret_.value.empty()) return std::nullopt;
    closeDescription();
    const std::size_t sign = secret_.value.find('@');
    if (sign != std::string::npos && secret_.value.find('.', sign) != std::string::npos)
        return std::nullopt;  // an address
    tally_.isNumberedThing = isNumbered();
    return judged(tally_, std::move(secret_));
}

CandidateReader::Step CandidateReader::take(std::size_t at) {
    using Form = Step (CandidateReader::*)(const Here&);
    static constexpr auto kForms = std::to_array<Form>(
        {&CandidateReader::endsAtShare, &CandidateReader::takeCase, &CandidateReader::takeLetter,
         &CandidateReader::takeAlphabet, &CandidateReader::takeSign, &CandidateReader::takeOh,
         &CandidateReader::takeForm, &CandidateReader::takeRepeated, &CandidateReader::takeNumber,
         &CandidateReader::takeJoint, &CandidateReader::endsAtStop, &CandidateReader::takeMixed,
         &CandidateReader::passLetter, &CandidateReader::takePlain});
    const Here here{at, word(at), numberAt(line_.words, at)};
    for (const Form form : kForms)
        if (const Step step = (this->*form)(here); step.kind != Step::Kind::NotMine) return step;
    return ends();
}

CandidateReader::Step CandidateReader::keep(std::size_t last) {
    lastIsSign_ = signOf(word(last - 1)) != nullptr && word(last - 2) != "d";
    lastIsNumber_ = !lastIsSign_ && isNumber(last - 1);
    joints_ = 0;
    content_ = last;
    return takes(last);
}

bool CandidateReader::goesOn(std::size_t at) const {
    const bool isWordOfLetter = tally_.letters == 1 && tally_.cases == 1 && tally_.plain == 0 &&
                                word(at).size() > 2 && folded(secret_.value) == word(at).substr(0, 1);
    return isWordOfLetter || closesNumber(at) ||
           (tally_.plain > 0 && !isDescribed() && formAt(line_, at) > 0) || signOf(word(at)) || lastIsSign_ ||
           isCase(word(at)) || (isJoint(word(at)) && (!isStop(word(at + 1)) || word(at + 1) == "an")) ||
           isNumber(at) || isLetter(at) || (hasDigit(word(at)) && hasLetter(word(at)));
}

/// "mark", "sign", "du bas" and "à la fin" belong to the description that they close.
void CandidateReader::closeDescription() {
    std::size_t& last = secret_.last;
    if (word(last) == "mark" || word(last) == "sign" || word(last) == "point") ++last;
    if (word(last - 1) == "tiret" && (word(last) == "du" || word(last) == "d" || word(last) == "de") &&
        (word(last + 1) == "bas" || word(last + 1) == "6" || word(last + 1) == "8" ||
         word(last + 1) == "six"))
        last += 2;
    if (!isDescribed()) return;
    static const std::array<Phrase, 3> kTails{Phrase{"a la fin"}, Phrase{"au debut"}, Phrase{"at the end"}};
    for (const Phrase& tail : kTails) {
        const auto words = std::span<const Word>{line_.words}.first(std::min(line_.words.size(), last + 3));
        if (const auto match = tail.find(words, last); match && match->first == last) last = match->last;
    }
    last = std::min(last, line_.words.size());
}

bool CandidateReader::isNumbered() const {
    if (!isNumberedThing(word(first_))) return false;
    // "commande CMD 889123"
    const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool isMarked =
        tally_.plain == 2 && first_ + 1 < line_.words.size() &&
        std::all_of(rawWord(line_, first_ + 1).begin(), rawWord(line_, first_ + 1).end(), isCapital);
    return tally_.plain == 1 || isMarked;
}

bool CandidateReader::isTold() const {
    if (first_ == 0) return false;
    const std::string_view before = word(first_ - 1);
    return isCopula(before) || isEmphasis(before) || before == "be";
}

}  // namespace ninja3cx::analysis
