#include "server/analysis/personal_data/split_numbers.hpp"

#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/account_numbers.hpp"
#include "server/analysis/personal_data/asked_numbers.hpp"
#include "server/analysis/personal_data/card_details.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/dictation_cues.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

namespace {

/// What stands before the rest of a number.
bool isRestLead(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"la",   "suite", "c",   "est",   "le",     "reste", "les",   "derniers", "chiffres", "bon", "the",
         "rest", "is",    "it",  "s",     "right",  "next",  "after", "that",     "euh",      "fin", "oh",
         "ah",   "mais",  "but", "sorry", "pardon", "well",  "si",    "no",       "non"});
    return isGoingOn(word) || isIn(kWords, word);
}

bool isComplete(const std::string& whole, const std::string& letters, const Topics& around) {
    if (!letters.empty()) return whole.size() >= ibanLength(std::string_view{whole}.substr(0, 2));
    if (around.ssn) return whole.size() >= 15 || (whole.size() >= 13 && !isFrenchSocialSecurity(whole));
    if (around.iban) return whole.size() >= 23;
    return whole.size() >= 16 || (whole.size() >= 13 && isCardNumber(whole));
}

}  // namespace

std::optional<SplitNumbers::Piece> SplitNumbers::openingPiece(std::size_t index, bool isOfAccount) const {
    const auto& words = context_.line(index).words;
    constexpr std::size_t kMostWords = 60;
    std::size_t end = std::min(words.size(), kMostWords);
    // "et onze onze, expiration zéro neuf vingt-sept"
    if (const auto details = cardDetailCuesIn(context_.line(index)); !details.empty())
        end = std::min(end, details.front());
    for (DigitRun run : spacedDigitRuns(std::span{words}.first(end))) {
        // "eighteen eighty-one. Oh, sorry."
        while (run.groups.size() > 1 && words[run.groups.back().first].text == "oh" &&
               context_.line(index).isCutAfter(run.groups.back().first - 1, kSentenceMarks))
            run.groups.pop_back();
        run.last = run.groups.back().last;
        // "la suite c'est", "and then": nothing else stands before the rest of a number.
        const bool isSentence =
            run.first > 0 && context_.line(index).isCutAfter(run.first - 1, kSentenceMarks);
        const bool isOpening =
            run.first <= 1 || (run.first <= 5 && isSentence) ||
            (run.first <= 5 &&
             std::all_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(run.first),
                         [](const Word& word) { return isRestLead(word.text); }));
        if (!isOpening) break;
        std::string digits = run.digits();
        if (digits.size() < 2 || (!isOfAccount && isTelephone(digits)) ||
            !places_.isFree(index, {run.first, run.last}))
            return std::nullopt;
        return Piece{index, {run.first, run.last}, std::move(digits)};
    }
    return std::nullopt;
}

std::optional<SplitNumbers::Piece> SplitNumbers::accountPiece(std::size_t index) const {
    const auto& words = context_.line(index).words;
    std::size_t first = 0;
    while (first < words.size() && first < 5 && words[first].text.size() > 1 && isRestLead(words[first].text))
        ++first;
    std::size_t behind = first;
    std::string letters;
    while (behind < words.size() && words[behind].text.size() == 1 && !numberAt(words, behind))
        letters += words[behind++].text;
    const auto run = behind > first && letters.size() <= 4 ? digitRuns(std::span{words}.subspan(behind))
                                                           : std::vector<DigitRun>{};
    if (run.empty() || run.front().first != 0) return openingPiece(index, true);
    const WordSpan span{first, behind + run.front().last};
    if (!places_.isFree(index, span)) return std::nullopt;
    return Piece{index, span, letters + run.front().digits()};
}

void SplitNumbers::find(std::size_t index) {
    const Topics around = context_.near(index);
    const bool isCard = around.card && !around.otherCard;
    const auto& words = context_.line(index).words;
    if (words.empty() || context_.answersIdentifier(index)) return;
    if (index > 0 && asksForOneNumber(context_.line(index - 1))) return;
    const auto runs = spacedDigitRuns(words);
    if (runs.empty()) return;
    const DigitRun& run = runs.back();
    std::string digits = run.digits();
    const bool isOpen = words.size() - run.last <= 3;
    // "f r soixante seize": where an account is spoken of, it begins so.
    const std::size_t least = around.iban ? 2 : 3;
    if (digits.size() < least || digits.size() > 24 || !isOpen || isTelephone(digits)) return;
    Piece head{index, {run.first, run.last}, digits};
    // The country's letters and the bank's make the piece longer.
    std::string letters;
    for (std::size_t at = run.first > 8 ? run.first - 8 : 0; at <= run.first; ++at) {
        const Account account = accountAt(words, at);
        if (account.letters.empty() || account.last < run.last) continue;
        head.span.first = at;
        letters = account.letters;
        break;
    }
    if (digits.size() < 3 && letters.empty()) return;
    if (!places_.isFree(index, head.span) || isComplete(letters.empty() ? digits : letters, letters, around))
        return;
    std::vector<Piece> pieces{head};
    std::string whole = letters.empty() ? digits : letters;
    std::size_t quiet = 0;
    bool isInterrupted = false;
    Topics later;
    for (std::size_t next = index + 1; next < context_.lines() && next <= index + 8; ++next) {
        if (pieces.size() >= 6 || isComplete(whole, letters, around)) break;
        const bool isSame = context_.line(next).speaker == context_.line(index).speaker;
        auto piece = letters.empty() ? openingPiece(next) : accountPiece(next);
        if (!isSame) {
            // The other one agrees, or reads the piece back.
            const bool isEcho = piece && piece->digits == pieces.back().digits;
            if (isEcho) continue;
            // Its answer is no piece.
            const bool interrupts = interruptsDictation(context_.line(next));
            if (asksForOneNumber(context_.line(next)) || asksToConfirm(context_.line(next)) ||
                (!interrupts && asksForOtherNumber(context_.line(next))))
                break;
            if ((context_.line(next).words.size() > 5 && !interrupts) || ++quiet > 3) break;
            isInterrupted = isInterrupted || interrupts;
            continue;
        }
        if (!piece) break;
        whole += piece->digits;
        pieces.push_back(*piece);
        later = context_.at(next);
        quiet = 0;
        if (context_.line(next).words.size() - piece->span.last > 3) break;
    }
    if (pieces.size() < 2) return;
    const bool isIbanTopic = around.iban || later.iban || !letters.empty();
    const bool isSsnTopic = around.ssn || later.ssn;
    const bool isCardTopic = isCard || later.card;
    std::optional<PersonalDataKind> kind;
    if ((!letters.empty() && isIban(whole)) ||
        (isIbanTopic && (around.iban || later.iban) && whole.size() >= 12))
        kind = PersonalDataKind::Iban;
    else if (isSsnTopic && whole.size() >= 12 && whole.size() <= 17)
        kind = PersonalDataKind::Ssn;
    else if (isCardTopic && whole.size() >= 12 && whole.size() <= 20)
        kind = PersonalDataKind::Card;
    else if (letters.empty() && whole.size() == 16 && isCardNumber(whole) && hasCardForm(whole))
        kind = PersonalDataKind::Card;
    if (!kind || (letters.empty() && context_.isIdentifier(index, head.span) && !around.ssn)) return;
    if (kind == PersonalDataKind::Card && !later.card && context_.isNamedOtherwise(index, head.span, whole))
        return;
    // "the invoice is 4012 8888" - "I don't need that" - "8888 1882 is the other"
    if (kind == PersonalDataKind::Card && isInterrupted && !isCardNumber(whole) &&
        namesOtherNumber(context_.line(index)))
        return;
    for (const Piece& piece : pieces) places_.take(piece.index, *kind, piece.span, upperCase(whole));
    found_.push_back({*kind, whole, index});
}

}  // namespace ninja3cx::analysis
