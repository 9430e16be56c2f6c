#include "server/analysis/personal_data.hpp"

#include "server/analysis/birthdate.hpp"
#include "server/analysis/check_digits.hpp"
#include "server/analysis/cue_list.hpp"
#include "server/analysis/secrets.hpp"
#include "server/analysis/spoken_numbers.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::PersonalData;
using protocol::PersonalDataKind;

const CueList& cardCues() {
    static const CueList kCues{{"carte"}, {"cb"}, {"visa"}, {"mastercard"}, {"card"}};
    return kCues;
}
const CueList& ibanCues() {
    static const CueList kCues{
        {"iban"},         {"i ban"},       {"rib"}, {"coordonnees bancaires"}, {"compte bancaire"},
        {"bank account"}, {"bank details"}};
    return kCues;
}
const CueList& ssnCues() {
    static const CueList kCues{
        {"securite sociale"}, {"numero de secu"},  {"numero secu"},        {"carte vitale"}, {"nir"},
        {"numero insee"},     {"social security"}, {"national insurance"}, {"n i number"}};
    return kCues;
}

/// Whether a cue was spoken in this line or in the two before it.
bool isNear(const Conversation& conversation, std::size_t line, const CueList& cues) {
    for (std::size_t back = 0; back <= 2 && back <= line; ++back)
        if (cues.first(conversation.lines[line - back])) return true;
    return false;
}

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

/// Letters and digits of an IBAN that starts at a word: "fr soixante-seize …", "GB82 WEST 1234".
struct Account {
    std::string letters;
    std::size_t last = 0;
};
Account accountAt(std::span<const Word> words, std::size_t at) {
    Account account;
    std::size_t wanted = 0;
    for (std::size_t i = at; i < words.size();) {
        const std::string& word = words[i].text;
        if (wanted == 0 && account.letters.size() >= 2) {
            wanted = ibanLength(std::string_view{account.letters}.substr(0, 2));
            if (wanted == 0) return {};
        }
        if (wanted != 0 && account.letters.size() >= wanted) break;
        const bool needsCountry = account.letters.size() < 2;
        if (const auto number = numberAt(words, i); number && !needsCountry) {
            account.letters += number->digits;
            i = number->last;
        } else {
            const bool isMixed =
                std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
            const bool isBankCode = account.letters.size() == 4 && word.size() == 4;
            const bool isPart =
                needsCountry ? word.size() <= 2 - account.letters.size() || (isMixed && word.size() >= 4)
                             : isMixed || word.size() == 1 || isBankCode;
            if (!isPart) break;
            account.letters += word;
            ++i;
        }
        account.last = i;
    }
    if (wanted == 0 && account.letters.size() >= 2)
        wanted = ibanLength(std::string_view{account.letters}.substr(0, 2));
    if (wanted == 0 || account.letters.size() < wanted * 7 / 10) return {};
    if (account.letters[2] < '0' || account.letters[2] > '9') return {};
    return account;
}

std::string upperCase(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

void findAccounts(const Conversation& conversation, std::size_t index, std::vector<PersonalData>& found) {
    const Line& line = conversation.lines[index];
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const Account account = accountAt(line.words, at);
        if (account.letters.empty()) continue;
        if (!isIban(account.letters) && !isNear(conversation, index, ibanCues())) continue;
        found.push_back(entry(PersonalDataKind::Iban, line, {at, account.last}, upperCase(account.letters)));
        at = account.last - 1;
    }
}

/// "QQ 12 34 56 C": a British national insurance number.
std::optional<Account> nationalInsuranceAt(std::span<const Word> words, std::size_t at) {
    std::string letters;
    for (std::size_t i = at; i < words.size();) {
        if (const auto number = numberAt(words, i); number && letters.size() >= 2) {
            letters += number->digits;
            i = number->last;
        } else {
            letters += words[i].text;
            ++i;
        }
        if (letters.size() > 9) return std::nullopt;
        if (letters.size() < 9) continue;
        const auto isLetter = [&](std::size_t k) { return letters[k] >= 'a' && letters[k] <= 'z'; };
        for (std::size_t k = 2; k < 8; ++k)
            if (isLetter(k)) return std::nullopt;
        return isLetter(0) && isLetter(1) && letters[8] >= 'a' && letters[8] <= 'd'
                   ? std::optional{Account{letters, i}}
                   : std::nullopt;
    }
    return std::nullopt;
}

void findSocialSecurity(const Conversation& conversation, std::size_t index,
                        std::vector<PersonalData>& found) {
    const Line& line = conversation.lines[index];
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        if (line.words[at].text.size() > 4) continue;
        if (const auto number = nationalInsuranceAt(line.words, at))
            found.push_back(
                entry(PersonalDataKind::Ssn, line, {at, number->last}, upperCase(number->letters)));
    }
}

void findLongNumbers(const Conversation& conversation, std::size_t index, std::vector<PersonalData>& found) {
    const Line& line = conversation.lines[index];
    for (const DigitRun& run : digitRuns(line.words)) {
        const std::string digits = run.digits();
        if (digits.size() < 9) continue;
        const bool isSsnTopic = isNear(conversation, index, ssnCues());
        if (isFrenchSocialSecurity(digits) &&
            (isSsnTopic || (digits.size() == 15 && !isCardNumber(digits)))) {
            found.push_back(entry(PersonalDataKind::Ssn, line, {run.first, run.last}, digits));
            continue;
        }
        if (isSsnTopic && (digits.size() == 9 || digits.size() >= 13)) {
            found.push_back(entry(PersonalDataKind::Ssn, line, {run.first, run.last}, digits));
            continue;
        }
        // A date or a code may follow the card's own digits without a word between.
        std::size_t taken = 0;
        for (const std::size_t length : {16U, 15U, 19U, 18U, 14U, 13U}) {
            const auto last = run.lastFor(length);
            if (!last || !isCardNumber(digits.substr(0, length))) continue;
            taken = length;
            found.push_back(
                entry(PersonalDataKind::Card, line, {run.first, *last}, digits.substr(0, length)));
            break;
        }
        if (taken != 0) continue;
        const bool isCardTopic = isNear(conversation, index, cardCues());
        if (digits.size() >= 13 && (isCardTopic || digits.size() == 16))
            found.push_back(entry(PersonalDataKind::Card, line, {run.first, run.last}, digits));
    }
}

bool overlaps(const PersonalData& a, const PersonalData& b) {
    return a.turn == b.turn && a.begin < b.end && b.begin < a.end;
}

}  // namespace

std::vector<PersonalData> findPersonalData(const Conversation& conversation) {
    std::vector<PersonalData> all;
    for (std::size_t index = 0; index < conversation.lines.size(); ++index) {
        std::vector<PersonalData> found;
        findAccounts(conversation, index, found);
        findSocialSecurity(conversation, index, found);
        findLongNumbers(conversation, index, found);
        const Line& line = conversation.lines[index];
        for (const SpokenDate& date : findBirthdates(conversation, index))
            found.push_back(entry(PersonalDataKind::Birthdate, line, {date.first, date.last}, date.iso));
        for (const Secret& secret : findSecrets(conversation, index)) {
            PersonalData data =
                entry(PersonalDataKind::Password, line, {secret.first, secret.last}, secret.value);
            found.push_back(std::move(data));
        }
        // The order above is the order of trust: what is certain by its check digits wins over what looks
        // secret.
        std::vector<PersonalData> kept;
        for (PersonalData& data : found)
            if (std::none_of(kept.begin(), kept.end(),
                             [&](const PersonalData& other) { return overlaps(other, data); }))
                kept.push_back(std::move(data));
        std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
        std::move(kept.begin(), kept.end(), std::back_inserter(all));
    }
    return all;
}

MaskedText maskPlaces(std::string_view text, std::string_view language) {
    std::string masked{text};
    // For each byte of `masked` the bytes of `text` that it is or stands for.
    struct Origin {
        std::size_t begin;
        std::size_t end;
        bool isReplaced;
    };
    std::vector<Origin> origins;
    for (std::size_t i = 0; i < text.size(); ++i) origins.push_back({i, i + 1, false});
    // What stood next to a piece may be recognised only once the piece is gone; each round removes words.
    while (true) {
        protocol::AnalysisInput input;
        input.language = std::string{language};
        input.turns.push_back({protocol::Speaker::Customer, 0, 0, masked});
        const auto found = findPersonalData(readConversation(input));
        if (found.empty()) break;
        for (auto data = found.rbegin(); data != found.rend(); ++data) {
            static constexpr std::string_view kNames[] = {"[card]", "[password]", "[iban]", "[ssn]",
                                                          "[birthdate]"};
            const std::string_view name = kNames[static_cast<std::size_t>(data->kind)];
            const Origin whole{origins[static_cast<std::size_t>(data->begin)].begin,
                               origins[static_cast<std::size_t>(data->end) - 1].end, true};
            masked.replace(static_cast<std::size_t>(data->begin),
                           static_cast<std::size_t>(data->end - data->begin), name);
            const auto begin = origins.erase(origins.begin() + data->begin, origins.begin() + data->end);
            origins.insert(begin, name.size(), whole);
        }
    }
    MaskedText result{std::move(masked), {}};
    for (const Origin& origin : origins) {
        if (!origin.isReplaced) continue;
        if (result.places.empty() || result.places.back().at != origin.begin)
            result.places.push_back({origin.begin, origin.end - origin.begin, 0});
        ++result.places.back().replacedBy;
    }
    return result;
}

std::string maskPersonalData(std::string_view text, std::string_view language) {
    return maskPlaces(text, language).text;
}

}  // namespace ninja3cx::analysis
