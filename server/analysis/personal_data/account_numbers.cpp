#include "server/analysis/personal_data/account_numbers.hpp"

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/check_digits.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

bool isBetweenLetters(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"puis", "ensuite", "et", "alors", "donc", "espace", "tiret", "then", "and", "space", "dash", "voila",
         "ok", "okay", "euh", "majuscule", "capital", "oui"});
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace

Account accountAt(std::span<const Word> words, std::size_t at) {
    Account account;
    for (std::size_t i = at; i < words.size();) {
        const std::string& word = words[i].text;
        if (account.wanted == 0 && account.letters.size() >= 2) {
            account.wanted = ibanLength(std::string_view{account.letters}.substr(0, 2));
            if (account.wanted == 0) return {};
        }
        if (account.wanted != 0 && account.letters.size() >= account.wanted) break;
        const bool needsCountry = account.letters.size() < 2;
        const char spelled = spelledLetter(word);
        const bool isExample = i + 2 < words.size() && word.size() == 1 && word[0] >= 'a' &&
                               (words[i + 1].text == "comme" || words[i + 1].text == "for") &&
                               words[i + 2].text[0] == word[0];
        std::size_t last = i + 1;
        if (const auto number = numberAt(words, i); number && !needsCountry) {
            account.letters += number->digits;
            last = number->last;
        } else if (spelled != '\0') {
            account.letters += spelled;
        } else if (isExample) {
            account.letters += word;
            last = i + 3;
        } else if ((word == "oh" || word == "o") && account.letters.size() >= 2) {
            account.letters += '0';
        } else {
            const bool isMixed =
                std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
            const bool isBankCode = account.letters.size() == 4 && word.size() == 4;
            const bool isPart =
                needsCountry ? word.size() <= 2 - account.letters.size() || (isMixed && word.size() >= 4)
                             : isMixed || word.size() == 1 || isBankCode;
            if (word.size() > 34) break;
            if (!isPart) {
                // A word or two that people put in between, when a number goes on behind.
                std::size_t next = i;
                while (next < words.size() && next < i + 2 && isBetweenLetters(words[next].text)) ++next;
                if (next == i && account.letters.size() >= 8 && word != "[]") ++next;  // a slip
                if (needsCountry || next == i || !numberAt(words, next)) break;
                i = next;
                continue;
            }
            account.letters += word;
        }
        i = last;
        account.last = last;
    }
    if (account.wanted == 0 && account.letters.size() >= 2)
        account.wanted = ibanLength(std::string_view{account.letters}.substr(0, 2));
    if (account.wanted == 0 || account.letters.size() < 4) return {};
    if (account.letters[2] < '0' || account.letters[2] > '9') return {};
    return account;
}

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
                   ? std::optional{Account{letters, i, 9}}
                   : std::nullopt;
    }
    return std::nullopt;
}

std::string upperCase(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

}  // namespace ninja3cx::analysis
