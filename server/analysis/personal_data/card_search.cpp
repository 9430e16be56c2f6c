#include "server/analysis/personal_data/card_search.hpp"

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/card_details.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/corrected_numbers.hpp"
#include "shared/protocol/masks.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

namespace ninja3cx::analysis {

using protocol::PersonalData;
using protocol::PersonalDataKind;

std::optional<PersonalDataKind> CardSearch::kindOf(std::string_view digits, std::size_t index,
                                                   WordSpan span) const {
    if (context_.isIdentifier(index, span) && !context_.at(index).ssn) return std::nullopt;
    if (context_.answersIdentifier(index)) return std::nullopt;
    const Topics here = context_.at(index);
    const Topics around = context_.near(index);
    const auto isMeant = [&](bool isHere, bool isAround, bool isOtherHere) {
        return isHere || (isAround && !isOtherHere);
    };
    const bool isSsn = isMeant(here.ssn, around.ssn, here.card && !here.ssn);
    const bool isIbanTopic = isMeant(here.iban, around.iban, (here.card || here.ssn) && !here.iban);
    if (isFrenchSocialSecurity(digits) && (isSsn || (digits.size() == 15 && !isCardNumber(digits))))
        return PersonalDataKind::Ssn;
    const bool isOther = context_.isNamedOtherwise(index, span, digits);
    if (isCardNumber(digits) && !isSsn && !isIbanTopic && !isOther) return PersonalDataKind::Card;
    if (isSsn && !isTelephone(digits) && digits.size() >= 9 && digits.size() <= 18)
        return PersonalDataKind::Ssn;
    if (isIbanTopic && digits.size() >= 12) return PersonalDataKind::Iban;
    const bool isCard = isMeant(here.card, around.card, here.ssn || here.iban) && !around.otherCard;
    // No card begins with a zero, telephones do.
    if (isCard && !isOther && digits[0] != '0' && digits.size() >= 12 && digits.size() <= 23)
        return PersonalDataKind::Card;
    return std::nullopt;
}

std::size_t CardSearch::withHead(std::size_t index, std::size_t first) const {
    const auto& words = context_.line(index).words;
    std::size_t head = first;
    while (head > 0 && first - head < 3 &&
           (words[head - 1].text.size() == 1 || ibanLength(words[head - 1].text) != 0))
        --head;
    const std::string letters = [&] {
        std::string all;
        for (std::size_t i = head; i < first; ++i) all += words[i].text;
        return all;
    }();
    return letters.size() >= 2 && ibanLength(std::string_view{letters}.substr(letters.size() - 2)) != 0
               ? head
               : first;
}

void CardSearch::findCorrectedCards(std::size_t index) {
    const Topics around = context_.near(index);
    if (!around.card || around.otherCard || context_.at(index).ssn || context_.at(index).iban) return;
    for (const CorrectedNumber& number : correctedNumbersIn(context_.line(index))) {
        const WordSpan span{number.first, number.last};
        if (!number.mayBeCard || context_.isIdentifier(index, span) ||
            context_.isNamedOtherwise(index, span, number.digits))
            continue;
        places_.take(index, PersonalDataKind::Card, span, number.digits);
    }
}

void CardSearch::findLongNumbers(std::size_t index) {
    const auto& words = context_.line(index).words;
    // Strict runs speak for themselves by their check digits.
    const auto strict = digitRuns(words);
    for (const DigitRun& run : strict) takeCards(index, run);
    const Topics around = context_.near(index);
    if (!around.card && !around.iban && !around.ssn) {
        for (const DigitRun& run : strict) {
            const std::string digits = run.digits();
            const WordSpan span{run.first, run.last};
            if (digits.size() < 13 || context_.isIdentifier(index, span)) continue;
            if (digits.size() == 15 && isFrenchSocialSecurity(digits) && !isCardNumber(digits))
                places_.take(index, PersonalDataKind::Ssn, span, digits);
            else if (!around.otherCard && mayBeCard(digits) &&
                     !context_.isNamedOtherwise(index, span, digits))
                places_.take(index, PersonalDataKind::Card, span, digits);
        }
        return;
    }
    for (const DigitRun& run : runsBetweenDetails(index)) {
        const std::string digits = run.digits();
        if (digits.size() < 9) continue;
        const auto kind = kindOf(digits, index, {run.first, run.last});
        if (!kind) continue;
        if (*kind == PersonalDataKind::Card && takeCards(index, run)) continue;
        const std::size_t first = *kind == PersonalDataKind::Iban ? withHead(index, run.first) : run.first;
        places_.take(index, *kind, {first, run.last}, digits);
    }
}

std::vector<DigitRun> CardSearch::runsBetweenDetails(std::size_t index) const {
    const std::span<const Word> words = context_.line(index).words;
    std::vector<std::size_t> ends;
    if (context_.near(index).card) ends = cardDetailCuesIn(context_.line(index));
    ends.push_back(words.size());
    std::vector<DigitRun> all;
    std::size_t from = 0;
    for (const std::size_t end : ends) {
        for (DigitRun run : spacedDigitRuns(words.subspan(from, end - from))) {
            for (NumberGroup& group : run.groups) {
                group.first += from;
                group.last += from;
            }
            run.first += from;
            run.last += from;
            all.push_back(std::move(run));
        }
        from = end;
    }
    return all;
}

std::vector<std::size_t> CardSearch::cardEnds(std::size_t index) const {
    const std::string_view mask = protocol::maskName(PersonalDataKind::Card);
    std::vector<std::size_t> ends;
    const auto& words = context_.line(index).words;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto begin = static_cast<std::size_t>(words[at].begin);
        const auto isFound = [&](const PersonalData& data) {
            return data.kind == PersonalDataKind::Card && data.end == words[at].end;
        };
        if ((words[at].text == "[]" && context_.line(index).text.substr(begin).starts_with(mask)) ||
            std::any_of(places_.in(index).begin(), places_.in(index).end(), isFound))
            ends.push_back(at + 1);
    }
    return ends;
}

void CardSearch::findCardDetails() {
    constexpr std::size_t kBehind = 8;  // lines
    std::size_t sinceCard = kBehind + 1;
    for (std::size_t index = 0; index < context_.lines(); ++index) {
        const auto ends = cardEnds(index);
        sinceCard = ends.empty() ? sinceCard + 1 : 0;
        if (sinceCard > kBehind) continue;
        const Line* asking = index > 0 ? &context_.line(index - 1) : nullptr;
        // "la date ?" - "attendez" - "12/27"
        if (index > 1 && asking->speaker == context_.line(index).speaker && asking->words.size() <= 3)
            asking = &context_.line(index - 2);
        for (const CardDetail& detail : cardDetailsIn(context_.line(index), ends, asking))
            places_.take(index, PersonalDataKind::Card, {detail.first, detail.last}, detail.value);
    }
}

bool CardSearch::mayBeCard(std::string_view digits) const {
    const bool isShort = digits.size() == 14 || digits.size() == 15;
    if (context_.isCardCall())
        return digits.size() == 16 || (isShort && digits[0] >= '3' && digits[0] <= '5');
    return (digits.size() == 16 && (digits[0] == '4' || digits[0] == '5')) ||
           (isShort && hasCardForm(digits));
}

bool CardSearch::takeCards(std::size_t index, const DigitRun& run) {
    const Topics here = context_.at(index);
    const Topics around = context_.near(index);
    if (here.ssn || here.iban || (around.ssn && !here.card)) return false;
    std::vector<std::size_t> ends{0};  // digits up to each group
    std::string digits;
    for (const NumberGroup& group : run.groups) {
        digits += group.digits;
        ends.push_back(digits.size());
    }
    constexpr std::size_t kLongestCard = 20;  // with a digit said twice
    const bool isOneCard = around.card && !around.otherCard && digits.size() <= kLongestCard;
    bool isTaken = false;
    for (std::size_t from = 0; from < run.groups.size();) {
        if (digits.size() - ends[from] < 13) break;
        std::size_t to = 0;
        for (const std::size_t length : {16U, 15U, 19U, 18U, 14U, 13U}) {
            const auto end = std::lower_bound(ends.begin(), ends.end(), ends[from] + length);
            if (end == ends.end() || *end != ends[from] + length) continue;
            const std::string_view part = std::string_view{digits}.substr(ends[from], length);
            // One number in ten passes by chance: only the usual lengths pass without more.
            const bool isUsual = length == 16 || (length == 15 && part[0] == '3');
            if (!isCardNumber(part) || (isFrenchSocialSecurity(part) && length == 15 && around.ssn)) continue;
            if (!isUsual && !here.card && (from != 0 || digits.size() != length)) continue;
            // A part that passes by chance: the whole number is one card, misheard.
            if (isOneCard && digits.size() != length && (from != 0 || !isUsual)) continue;
            if (!context_.isCardCall() && !hasCardForm(part)) continue;
            const auto groups = static_cast<std::size_t>(end - ends.begin());
            if (context_.isNamedOtherwise(index, {run.groups[from].first, run.groups[groups - 1].last}, part))
                continue;
            to = groups;
            break;
        }
        if (to == 0) {
            // A sliding search would find a card in every long row of digits.
            if (from != 0 || !around.card) break;
            ++from;
            if (from > 3) break;
            continue;
        }
        places_.take(index, PersonalDataKind::Card, {run.groups[from].first, run.groups[to - 1].last},
                     digits.substr(ends[from], ends[to] - ends[from]));
        isTaken = true;
        from = to;
    }
    return isTaken;
}

}  // namespace ninja3cx::analysis
