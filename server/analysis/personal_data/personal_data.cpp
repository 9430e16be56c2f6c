#include "server/analysis/personal_data/personal_data.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/account_numbers.hpp"
#include "server/analysis/personal_data/birthdate.hpp"
#include "server/analysis/personal_data/card_details.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/corrected_numbers.hpp"
#include "server/analysis/personal_data/dictated_secrets.hpp"
#include "server/analysis/personal_data/named_numbers.hpp"
#include "server/analysis/personal_data/number_topics.hpp"
#include "server/analysis/personal_data/open_dictation.hpp"
#include "server/analysis/personal_data/other_matters.hpp"
#include "server/analysis/personal_data/secret_words.hpp"
#include "server/analysis/personal_data/secrets.hpp"
#include "server/analysis/personal_data/told_keys.hpp"
#include "server/analysis/personal_data/unnamed_secrets.hpp"
#include "server/analysis/personal_data/written_secrets.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalData;
using protocol::PersonalDataKind;

struct Span {
    std::size_t first;
    std::size_t last;
};

PersonalData entry(PersonalDataKind kind, const Line& line, Span span, std::string value) {
    const std::int32_t begin = line.words[span.first].begin;
    const std::int32_t end = line.words[span.last - 1].end;
    const auto text =
        line.text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    return {kind, std::string{text}, std::move(value), line.turn, begin, end};
}

std::string upperCase(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

bool isTelephone(std::string_view digits) {
    return (digits.size() >= 10 && digits.size() <= 11 && digits[0] == '0') || digits.starts_with("0033") ||
           (digits.size() == 11 && digits.starts_with("33"));
}

/// "les quatre derniers chiffres", "ending in": what may be said of a card.
bool isOfLastDigits(const Line& line) {
    static const CueList kCues{{"dernier* chiffre*"}, {"derniers"},  {"finit par"},  {"se termine par"},
                               {"fini par"},          {"last four"}, {"last 4"},     {"ending"},
                               {"ends in"},           {"ends with"}, {"last digits"}};
    return kCues.first(line).has_value();
}

/// What stands before the rest of a number.
bool isRestLead(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"oui", "et",   "puis",  "ensuite", "alors", "donc",     "la",       "suite", "c",
         "est", "le",   "reste", "apres",   "les",   "derniers", "chiffres", "voila", "ok",
         "bon", "yes",  "and",   "then",    "so",    "the",      "rest",     "is",    "it",
         "s",   "okay", "yeah",  "right",   "next",  "after",    "that",     "euh",   "fin"});
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// Reads a whole call, line by line.
class Finder {
public:
    explicit Finder(const Conversation& heard) : conversation_{heard} {
        for (Line& line : conversation_.lines) {
            line.words = mendedNumbers(line.words);
            topics_.push_back(topicsOf(line));
            isCardCall_ = isCardCall_ || topics_.back().card;
        }
        found_.resize(conversation_.lines.size());
    }

    std::vector<PersonalData> all() {
        for (const ToldKey& key : toldKeysIn(conversation_))
            take(key.line, PersonalDataKind::Password, {key.first, key.last}, key.value);
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            findAccounts(index, true);
            findNationalInsurance(index);
        }
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) findCorrectedCards(index);
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) findSplitNumbers(index);
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            findAccounts(index, false);
            findLongNumbers(index);
        }
        findUnnamed();
        dictated_ = dictatedIn(conversation_);
        for (const Dictated& piece : dictated_)
            take(piece.line, piece.kind, {piece.first, piece.last}, piece.value);
        findNumbersAgain();
        findCardDetails();
        findDates();
        findPasswords();
        std::vector<PersonalData> result;
        for (auto& line : found_) {
            std::sort(line.begin(), line.end(),
                      [](const auto& a, const auto& b) { return a.begin < b.begin; });
            std::move(line.begin(), line.end(), std::back_inserter(result));
        }
        return result;
    }

private:
    struct Value {
        PersonalDataKind kind;
        std::string text;
        std::size_t index;
    };

    static constexpr std::size_t kReach = 3;  // lines from an announcement to what it announces

    const Line& line(std::size_t index) const { return conversation_.lines[index]; }

    Topics near(std::size_t index, std::size_t reach = kReach) const {
        Topics topics;
        for (std::size_t back = 0; back <= reach && back <= index; ++back)
            topics = topics | topics_[index - back];
        return topics;
    }

    bool isFree(std::size_t index, Span span) const {
        const std::int32_t begin = line(index).words[span.first].begin;
        const std::int32_t end = line(index).words[span.last - 1].end;
        const auto& taken = taken_.size() > index ? taken_[index] : kNone;
        // The pieces of a line stand in no order, so ask the map of their beginnings.
        auto after = taken.lower_bound(end);
        return after == taken.begin() || std::prev(after)->second <= begin;
    }
    void take(std::size_t index, PersonalDataKind kind, Span span, std::string value) {
        if (span.first >= span.last || !isFree(index, span)) return;
        if (taken_.size() <= index) taken_.resize(conversation_.lines.size());
        PersonalData data = entry(kind, line(index), span, std::move(value));
        if (kind == PersonalDataKind::Password) {
            widen(index, data);
            if (isAddress(*data.text) || isFileName(*data.text)) return;
        }
        taken_[index].emplace(data.begin, data.end);
        found_[index].push_back(std::move(data));
    }

    /// "P@ssw0rd!": signs belong to a password that they are written to.
    void widen(std::size_t index, PersonalData& data) const {
        const auto [begin, end] = writtenAround(line(index).text, data.begin, data.end);
        const auto& taken = taken_[index];
        const auto after = taken.lower_bound(end);
        if (after != taken.begin() && std::prev(after)->second > begin) return;
        data.text = std::string{
            line(index).text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))};
        data.begin = begin;
        data.end = end;
    }

    /// `isExact`: only what its check digits prove; otherwise what is long enough where accounts are spoken of.
    void findAccounts(std::size_t index, bool isExact) {
        const auto& words = line(index).words;
        const bool isTopic = !isExact && near(index).iban;

        for (std::size_t at = 0; at < words.size(); ++at) {
            if (words[at].text.size() > 34) continue;
            const Account account = accountAt(words, at);
            if (account.letters.empty()) continue;
            const bool isLong = account.letters.size() * 10 >= account.wanted * 7;
            // Nothing else has the form of a French or British account; "de" and "it" are words as well.
            const bool isShaped = !isExact && account.letters.size() * 10 >= account.wanted * 6 &&
                                  (account.letters.starts_with("fr") || account.letters.starts_with("gb"));
            if (!isIban(account.letters) && !(isTopic && isLong) && !isShaped) continue;
            take(index, PersonalDataKind::Iban, {at, account.last}, upperCase(account.letters));
            at = account.last - 1;
        }
    }

    void findUnnamed() {
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            for (const UnnamedSecret& number : keyedSecurityNumbersIn(line(index)))
                take(index, PersonalDataKind::Ssn, {number.first, number.last}, number.value);
            for (const UnnamedSecret& login : writtenLoginsIn(line(index)))
                take(index, PersonalDataKind::Password, {login.first, login.last}, login.value);
        }
    }

    void findNationalInsurance(std::size_t index) {
        const auto& words = line(index).words;
        const bool isTopic = near(index).ssn;
        for (std::size_t at = 0; at < words.size(); ++at) {
            if (words[at].text.size() > 4) continue;
            const char first = line(index).text[static_cast<std::size_t>(words[at].begin)];
            if (!isTopic && (first < 'A' || first > 'Z')) continue;  // "de 12 34 56 a"
            if (const auto number = nationalInsuranceAt(words, at))
                take(index, PersonalDataKind::Ssn, {at, number->last}, upperCase(number->letters));
        }
    }

    bool saysCard(std::size_t index) const { return topics_[index].card && !topics_[index].otherCard; }

    /// The words next to a long number, or the turn before, say that it is a SIRET, an order's or a parcel's. Where
    /// a card is spoken of as well, what looks like a card is one.
    bool isNamedOtherwise(std::size_t index, Span span, std::string_view digits) const {
        std::optional<NamedAs> name = nameOf(line(index), span.first, span.last);
        const bool isBefore = !name && index > 0;
        if (isBefore)
            name = nameOf(line(index - 1), line(index - 1).words.size(), line(index - 1).words.size());
        if (!name || name->name == NumberName::Card) return false;
        const bool isCard = isCardNumber(digits) && hasCardForm(digits);
        // "vous avez le suivi ?" - "oui, 4341 …"
        const bool isAnswer = isBefore && line(index - 1).isQuestion &&
                              line(index).words.size() - (span.last - span.first) <= 2;
        const bool isCardTold = saysCard(index) || (index > 0 && saysCard(index - 1));
        switch (name->name) {
            case NumberName::Identifier:
                return true;
            case NumberName::Reference:
                return !isCard || !isCardTold;
            default:
                return !isCardTold && (!isCard || (isBefore ? isAnswer : name->isBeside));
        }
    }
    /// "SIRET 732 829 320 00074": it is nothing else, whatever else is spoken of.
    bool isIdentifier(std::size_t index, Span span) const {
        const auto name = nameOf(line(index), span.first, span.last);
        return name && name->name == NumberName::Identifier && name->isBeside;
    }

    /// What a long run of digits is, by its check digits and what is spoken of.
    std::optional<PersonalDataKind> kindOf(std::string_view digits, std::size_t index, Span span) const {
        if (isIdentifier(index, span) && !topics_[index].ssn) return std::nullopt;
        const Topics here = near(index, 0);
        const Topics around = near(index);
        const auto isMeant = [&](bool isHere, bool isAround, bool isOtherHere) {
            return isHere || (isAround && !isOtherHere);
        };
        const bool isSsn = isMeant(here.ssn, around.ssn, here.card && !here.ssn);
        const bool isIbanTopic = isMeant(here.iban, around.iban, (here.card || here.ssn) && !here.iban);
        if (isFrenchSocialSecurity(digits) && (isSsn || (digits.size() == 15 && !isCardNumber(digits))))
            return PersonalDataKind::Ssn;
        const bool isOther = isNamedOtherwise(index, span, digits);
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

    /// The word before the country's letters that belong to a run: "g b 82 …" read without its head.
    std::size_t withHead(std::size_t index, std::size_t first) const {
        const auto& words = line(index).words;
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

    /// "4970 10… pardon, 4970 1012 …": a card with a false start, or with a correction inside, is masked from its
    /// first digit to its last.
    void findCorrectedCards(std::size_t index) {
        const Topics around = near(index);
        if (!around.card || around.otherCard || topics_[index].ssn || topics_[index].iban) return;
        for (const CorrectedNumber& number : correctedNumbersIn(line(index))) {
            const Span span{number.first, number.last};
            if (!number.mayBeCard || isIdentifier(index, span) ||
                isNamedOtherwise(index, span, number.digits))
                continue;
            take(index, PersonalDataKind::Card, span, number.digits);
        }
    }

    void findLongNumbers(std::size_t index) {
        const auto& words = line(index).words;
        // Strict runs speak for themselves by their check digits.
        const auto strict = digitRuns(words);
        for (const DigitRun& run : strict) takeCards(index, run);
        const Topics around = near(index);
        if (!around.card && !around.iban && !around.ssn) {
            for (const DigitRun& run : strict) {
                const std::string digits = run.digits();
                const Span span{run.first, run.last};
                if (digits.size() < 13 || isIdentifier(index, span)) continue;
                if (digits.size() == 15 && isFrenchSocialSecurity(digits) && !isCardNumber(digits))
                    take(index, PersonalDataKind::Ssn, span, digits);
                else if (!around.otherCard && mayBeCard(digits) && !isNamedOtherwise(index, span, digits))
                    take(index, PersonalDataKind::Card, span, digits);
            }
            return;
        }
        for (const DigitRun& run : runsBetweenDetails(index)) {
            const std::string digits = run.digits();
            if (digits.size() < 9) continue;
            const auto kind = kindOf(digits, index, {run.first, run.last});
            if (!kind) continue;
            if (*kind == PersonalDataKind::Card && takeCards(index, run)) continue;
            const std::size_t first =
                *kind == PersonalDataKind::Iban ? withHead(index, run.first) : run.first;
            take(index, *kind, {first, run.last}, digits);
        }
    }

    /// "… 7890 expire 12/27": what is announced behind a card's number is no part of it.
    std::vector<DigitRun> runsBetweenDetails(std::size_t index) const {
        const std::span<const Word> words = line(index).words;
        std::vector<std::size_t> ends;
        if (near(index).card) ends = cardDetailCuesIn(line(index));
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

    /// One past each card's number in a line, those that were masked before among them.
    std::vector<std::size_t> cardEnds(std::size_t index) const {
        const std::string_view mask = kMasks[static_cast<std::size_t>(PersonalDataKind::Card)];
        std::vector<std::size_t> ends;
        const auto& words = line(index).words;
        for (std::size_t at = 0; at < words.size(); ++at) {
            const auto begin = static_cast<std::size_t>(words[at].begin);
            const auto isFound = [&](const PersonalData& data) {
                return data.kind == PersonalDataKind::Card && data.end == words[at].end;
            };
            if ((words[at].text == "[]" && line(index).text.substr(begin).starts_with(mask)) ||
                std::any_of(found_[index].begin(), found_[index].end(), isFound))
                ends.push_back(at + 1);
        }
        return ends;
    }

    /// Until when a card is valid, and its security code: beside its number, or soon behind it.
    void findCardDetails() {
        constexpr std::size_t kBehind = 8;  // lines
        std::size_t sinceCard = kBehind + 1;
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index) {
            const auto ends = cardEnds(index);
            sinceCard = ends.empty() ? sinceCard + 1 : 0;
            if (sinceCard > kBehind) continue;
            const Line* asking = index > 0 ? &line(index - 1) : nullptr;
            // "la date ?" - "attendez" - "12/27"
            if (index > 1 && asking->speaker == line(index).speaker && asking->words.size() <= 3)
                asking = &line(index - 2);
            for (const CardDetail& detail : cardDetailsIn(line(index), ends, asking))
                take(index, PersonalDataKind::Card, {detail.first, detail.last}, detail.value);
        }
    }

    /// A card with a digit misheard, where none is announced.
    bool mayBeCard(std::string_view digits) const {
        const bool isShort = digits.size() == 14 || digits.size() == 15;
        if (isCardCall_) return digits.size() == 16 || (isShort && digits[0] >= '3' && digits[0] <= '5');
        return (digits.size() == 16 && (digits[0] == '4' || digits[0] == '5')) ||
               (isShort && hasCardForm(digits));
    }

    /// The cards of a run by their check digits; a date or a code may follow without a word between.
    bool takeCards(std::size_t index, const DigitRun& run) {
        const Topics here = near(index, 0);
        const Topics around = near(index);
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
                if (!isCardNumber(part) || (isFrenchSocialSecurity(part) && length == 15 && around.ssn))
                    continue;
                if (!isUsual && !here.card && (from != 0 || digits.size() != length)) continue;
                // A part that passes by chance: the whole number is one card, misheard.
                if (isOneCard && digits.size() != length && (from != 0 || !isUsual)) continue;
                if (!isCardCall_ && !hasCardForm(part)) continue;
                const auto groups = static_cast<std::size_t>(end - ends.begin());
                if (isNamedOtherwise(index, {run.groups[from].first, run.groups[groups - 1].last}, part))
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
            take(index, PersonalDataKind::Card, {run.groups[from].first, run.groups[to - 1].last},
                 digits.substr(ends[from], ends[to] - ends[from]));
            isTaken = true;
            from = to;
        }
        return isTaken;
    }

    struct Piece {
        std::size_t index;
        Span span;
        std::string digits;
    };

    /// The digits a line begins with, after a word or two, when nothing has taken them.
    std::optional<Piece> openingPiece(std::size_t index, bool isOfAccount = false) const {
        const auto& words = line(index).words;
        for (const DigitRun& run :
             spacedDigitRuns(std::span{words}.first(std::min<std::size_t>(words.size(), 60)))) {
            // "la suite c'est", "and then": nothing else stands before the rest of a number.
            const bool isOpening =
                run.first <= 1 ||
                (run.first <= 5 &&
                 std::all_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(run.first),
                             [](const Word& word) { return isRestLead(word.text); }));
            if (!isOpening) break;
            std::string digits = run.digits();
            if (digits.size() < 2 || (!isOfAccount && isTelephone(digits)) ||
                !isFree(index, {run.first, run.last}))
                return std::nullopt;
            return Piece{index, {run.first, run.last}, std::move(digits)};
        }
        return std::nullopt;
    }

    /// The same of an account, with a bank's letters: "n w b k sixty one".
    std::optional<Piece> accountPiece(std::size_t index) const {
        const auto& words = line(index).words;
        std::size_t first = 0;
        while (first < words.size() && first < 5 && words[first].text.size() > 1 &&
               isRestLead(words[first].text))
            ++first;
        std::size_t behind = first;
        std::string letters;
        while (behind < words.size() && words[behind].text.size() == 1 && !numberAt(words, behind))
            letters += words[behind++].text;
        const auto run = behind > first && letters.size() <= 4 ? digitRuns(std::span{words}.subspan(behind))
                                                               : std::vector<DigitRun>{};
        if (run.empty() || run.front().first != 0) return openingPiece(index, true);
        const Span span{first, behind + run.front().last};
        if (!isFree(index, span)) return std::nullopt;
        return Piece{index, span, letters + run.front().digits()};
    }

    static bool isComplete(const std::string& whole, const std::string& letters, const Topics& around) {
        if (!letters.empty()) return whole.size() >= ibanLength(std::string_view{whole}.substr(0, 2));
        if (around.ssn) return whole.size() >= 15 || (whole.size() >= 13 && !isFrenchSocialSecurity(whole));
        if (around.iban) return whole.size() >= 23;
        return whole.size() >= 16 || (whole.size() >= 13 && isCardNumber(whole));
    }

    /// A number of which each turn says a part: "4970 1012" - "oui" - "3456 7890".
    void findSplitNumbers(std::size_t index) {
        const Topics around = near(index);
        const bool isCard = around.card && !around.otherCard;
        const auto& words = line(index).words;
        if (words.empty()) return;
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
        if (!isFree(index, head.span) || isComplete(letters.empty() ? digits : letters, letters, around))
            return;
        std::vector<Piece> pieces{head};
        std::string whole = letters.empty() ? digits : letters;
        std::size_t quiet = 0;
        Topics later;
        for (std::size_t next = index + 1; next < conversation_.lines.size() && next <= index + 8; ++next) {
            if (pieces.size() >= 6 || isComplete(whole, letters, around)) break;
            const bool isSame = line(next).speaker == line(index).speaker;
            auto piece = letters.empty() ? openingPiece(next) : accountPiece(next);
            if (!isSame) {
                // The other one agrees, or reads the piece back.
                const bool isEcho = piece && piece->digits == pieces.back().digits;
                if (isEcho) continue;
                if (line(next).words.size() > 5 || ++quiet > 3) break;
                continue;
            }
            if (!piece) break;
            whole += piece->digits;
            pieces.push_back(*piece);
            later = topics_[next];
            quiet = 0;
            if (line(next).words.size() - piece->span.last > 3) break;
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
        if (!kind || (letters.empty() && isIdentifier(index, head.span) && !around.ssn)) return;
        if (kind == PersonalDataKind::Card && !later.card && isNamedOtherwise(index, head.span, whole))
            return;
        for (const Piece& piece : pieces) take(piece.index, *kind, piece.span, upperCase(whole));
        values_.push_back({*kind, whole, index});
    }

    /// Where a card, an account or a number is said again: whole, with a digit misheard, or in pieces.
    void findNumbersAgain() {
        for (std::size_t index = 0; index < found_.size(); ++index) {
            if (found_[index].size() > 16) continue;
            for (const PersonalData& data : found_[index])
                if (data.value && data.value->size() >= 9 && data.kind != PersonalDataKind::Password &&
                    values_.size() < 64)
                    values_.push_back({data.kind, *data.value, index});
        }
        if (values_.empty()) return;
        std::vector<std::vector<DigitRun>> runs;  // of each line
        for (const Line& one : conversation_.lines)
            runs.push_back(one.words.size() > 400 ? std::vector<DigitRun>{} : spacedDigitRuns(one.words));
        for (const Value& value : values_) {
            const std::string digits = [&] {
                std::string all;
                for (const char c : value.text)
                    if (c >= '0' && c <= '9') all += c;
                return all;
            }();
            for (std::size_t index = value.index > 6 ? value.index - 6 : 0; index < runs.size(); ++index) {
                for (const DigitRun& run : runs[index]) {
                    const std::string said = run.digits();
                    if (said.size() < 4 || isTelephone(said) || !isFree(index, {run.first, run.last}))
                        continue;
                    const std::size_t at = digits.find(said);
                    const bool isLast = at != std::string::npos && at + said.size() == digits.size() &&
                                        said.size() == 4 &&
                                        (isOfLastDigits(line(index)) || index < value.index);
                    const bool isReadBack = line(index).words.size() - (run.last - run.first) <= 4;
                    const bool isPiece = at != std::string::npos && !isLast &&
                                         (said.size() >= 6 ||
                                          (isReadBack && index > value.index && index <= value.index + 6) ||
                                          (at == 0 && isFalseStart(index, value, run)));
                    if (isPiece || areAlike(said, digits) || isMendedNext(index, value, said, digits))
                        take(index, value.kind, {run.first, run.last}, value.text);
                }
            }
        }
    }

    /// "quatre neuf sept zéro, pardon" - "allez-y" - "quatre neuf sept zéro un zéro …"
    bool isFalseStart(std::size_t index, const Value& value, const DigitRun& run) const {
        return value.kind == PersonalDataKind::Card && index < value.index && index + 3 >= value.index &&
               saysCard(index) && line(index).words.size() - run.last <= 4;
    }

    /// "quatre cinq trois deux" - "oui" - "non pardon, quatre cinq trois trois …"
    bool isMendedNext(std::size_t index, const Value& value, std::string_view said,
                      std::string_view digits) const {
        static constexpr auto kMending =
            std::to_array<std::string_view>({"non", "pardon", "no", "sorry", "attendez", "wait", "reprends",
                                             "recommence", "oops", "actually"});
        const std::size_t next =
            index + 2 < conversation_.lines.size() && line(index + 1).speaker != line(index).speaker
                ? index + 2
                : index + 1;
        if (value.kind != PersonalDataKind::Card || next != value.index ||
            said.substr(0, 2) != digits.substr(0, 2))
            return false;
        const auto& words = line(next).words;
        return std::any_of(words.begin(), words.begin() + std::min<std::ptrdiff_t>(4, std::ssize(words)),
                           [](const Word& word) { return isIn(kMending, word.text); });
    }

    /// The same number, misheard in places.
    static bool areAlike(std::string_view a, std::string_view b) {
        if (a.size() < 9 || b.size() < 9 || a.size() > 40 || b.size() > 40) return false;
        const std::size_t shorter = std::min(a.size(), b.size());
        if (std::max(a.size(), b.size()) - shorter > 3) return false;
        std::vector<std::size_t> row(b.size() + 1);
        for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= a.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= b.size(); ++j) {
                const std::size_t above = row[j];
                row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
                diagonal = above;
            }
        }
        return row[b.size()] * 4 <= shorter;
    }

    void findDates() {
        std::vector<std::string> isos;
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index)
            for (const SpokenBirthdate& date : findBirthdates(conversation_, index)) {
                take(index, PersonalDataKind::Birthdate, {date.first, date.last}, date.iso);
                if (date.iso.size() == 10 && isos.size() < 16) isos.push_back(date.iso);
            }
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index)
            for (const auto& [at, date] : findBirthdateInPieces(conversation_, index))
                take(at, PersonalDataKind::Birthdate, {date.first, date.last}, date.iso);
        if (isos.empty()) return;
        for (std::size_t index = 0; index < conversation_.lines.size(); ++index)
            for (const SpokenBirthdate& date : findBirthdatesAgain(conversation_, index, isos))
                take(index, PersonalDataKind::Birthdate, {date.first, date.last}, date.iso);
    }

    /// Secrets of which each turn says a part.
    void findDictated(std::vector<std::vector<Secret>>& of) {
        for (const ToldKey& piece : dictatedSecretsIn(conversation_))
            take(piece.line, PersonalDataKind::Password, {piece.first, piece.last}, piece.value);
        for (std::size_t index = 0; index < of.size(); ++index) {
            if (of[index].empty()) continue;
            Secret& secret = of[index].back();
            for (const ToldKey& rest : restOfSecret(conversation_, index, secret.last)) {
                secret.value += rest.value;
                take(rest.line, PersonalDataKind::Password, {rest.first, rest.last}, secret.value);
            }
        }
    }

    /// A secret may be said again at the other end of the call.
    void findLongAfter(const SecretFinder& secrets, const std::vector<std::vector<Secret>>& of) {
        constexpr std::size_t kMostValues = 16;
        std::vector<Secret> known;
        for (const auto& line : of)
            for (const Secret& secret : line) {
                const bool isKnown = std::any_of(known.begin(), known.end(), [&](const Secret& other) {
                    return other.value == secret.value;
                });
                // Plain words may be said for themselves so much later.
                const bool isTelling = secret.value.size() >= 5 && hasDigit(secret.value) &&
                                       std::any_of(secret.value.begin(), secret.value.end(), [](char c) {
                                           return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
                                       });
                if (isTelling && !isKnown && known.size() < kMostValues) known.push_back(secret);
            }
        if (known.empty()) return;
        for (std::size_t index = 0; index < of.size(); ++index)
            for (const Secret& secret : secrets.again(index, known)) {
                // Only a part, "Esplanade", may be the name of a street.
                bool hasNumber = false;
                for (std::size_t at = secret.first; at < secret.last; ++at)
                    hasNumber = hasNumber || hasDigit(line(index).words[at].text) ||
                                numberAt(line(index).words, at).has_value();
                if (hasNumber)
                    take(index, PersonalDataKind::Password, {secret.first, secret.last}, secret.value);
            }
    }

    void findPasswords() {
        const SecretFinder secrets{conversation_};
        std::vector<std::vector<Secret>> of(conversation_.lines.size());
        for (const Dictated& piece : dictated_)
            if (piece.kind == PersonalDataKind::Password)
                of[piece.line].push_back({piece.value, piece.first, piece.last});
        // First what was said before: its value is known whole, whatever stands round its repetition.
        const auto findAgain = [&](std::size_t index, std::size_t from, std::size_t to) {
            std::vector<Secret> known;
            for (std::size_t at = from; at < std::min(to, of.size()); ++at)
                known.insert(known.end(), of[at].begin(), of[at].end());
            for (const Secret& secret : secrets.again(index, known))
                take(index, PersonalDataKind::Password, {secret.first, secret.last}, secret.value);
        };
        for (std::size_t index = 0; index < of.size(); ++index) {
            findAgain(index, index > 8 ? index - 8 : 0, index);
            for (Secret& secret : secrets.in(index)) {
                const bool isTaken = !isFree(index, {secret.first, secret.last});
                if (isTaken || isOtherMatter(conversation_, index, secret)) continue;
                take(index, PersonalDataKind::Password, {secret.first, secret.last}, secret.value);
                if (of[index].size() < 4) of[index].push_back(std::move(secret));
            }
        }
        findDictated(of);
        for (std::size_t index = 0; index < of.size(); ++index) findAgain(index, index, index + 4);
        findLongAfter(secrets, of);
    }

    using Taken = std::map<std::int32_t, std::int32_t>;
    inline static const Taken kNone;

    Conversation conversation_;
    std::vector<Topics> topics_;
    bool isCardCall_ = false;   // a card is spoken of somewhere
    std::vector<Taken> taken_;  // bytes of each line
    std::vector<std::vector<PersonalData>> found_;
    std::vector<Value> values_;
    std::vector<Dictated> dictated_;
};

}  // namespace

std::vector<PersonalData> findPersonalData(const Conversation& conversation) {
    return Finder{conversation}.all();
}

}  // namespace ninja3cx::analysis
