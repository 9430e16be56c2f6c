#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/secret_words.hpp"
#include "server/analysis/personal_data/secrets.hpp"

#include <algorithm>
#include <string>
#include <string_view>

/// Where a secret that is known is said again.
namespace ninja3cx::analysis {
namespace {

/// "mon identifiant c'est pdurand", "elle s'appelle Sophie": a part of a secret may be a name as well.
bool isName(const Line& line, std::size_t at) {
    static constexpr auto kNames =
        std::to_array<std::string_view>({"identifiant", "login", "utilisateur", "username", "user", "appelle",
                                         "appelles", "called", "name", "prenom", "nom", "log"});
    static constexpr auto kBetween =
        std::to_array<std::string_view>({"c", "est", "is", "s", "in", "l", "le", "d", "it"});
    while (at > 0 && isIn(kBetween, line.words[at - 1].text)) --at;
    return at > 0 && isIn(kNames, line.words[at - 1].text);
}

/// "c'est vraiment bonjour", "bonjour 2026": no greeting.
bool isTold(const Line& line, const Secret& repetition) {
    static constexpr auto kTelling =
        std::to_array<std::string_view>({"with", "avec", "tape", "type", "mets", "passe"});
    const std::string_view before =
        repetition.first > 0 ? std::string_view{line.words[repetition.first - 1].text} : std::string_view{};
    const bool isBehind = isCopula(before) || isEmphasis(before) || isIn(kTelling, before);
    // Calls begin with "bonjour".
    constexpr double kGreetings = 0.2;
    return isBehind ||
           (line.position > kGreetings && line.words.size() == repetition.last - repetition.first);
}

/// "kangourou deux zéro", "bonjour 26 point d'exclamation": what stands behind it belongs to it.
void extend(const Line& line, Secret& repetition) {
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    while (repetition.last < line.words.size() && !isCut(line, repetition.last - 1, ".?!;:")) {
        const std::size_t at = repetition.last;
        if (const auto number = numberAt(line.words, at)) {
            if (isUnit(word(number->last)) || word(number->last) == "fois" || word(number->last) == "times")
                return;
            repetition.last = number->last;
            continue;
        }
        if ((word(at) == "oh" || word(at) == "o") && numberAt(line.words, at - 1) &&
            numberAt(line.words, at + 1)) {
            ++repetition.last;
            continue;
        }
        // "point d'exclamation"
        const bool isOfPoint = word(at) == "point" && word(at + 1) == "d";
        const SignWord* sign = signOf(isOfPoint ? word(at + 2) : word(at));
        if (!sign || (sign->isPlain && word(at) != "star" && word(at) != "etoile")) return;
        repetition.last = isOfPoint ? at + 3 : at + 1;
        if (word(repetition.last) == "mark" || word(repetition.last) == "sign") ++repetition.last;
    }
}

}  // namespace

std::vector<Secret> SecretFinder::again(std::size_t index, const std::vector<Secret>& secrets) const {
    const Line& line = conversation_.lines[index];
    std::vector<Secret> found;
    if (secrets.empty() || line.words.empty()) return found;
    // Each word as it counts in a value: numbers as digits, descriptions as nothing.
    struct Piece {
        std::string text;
        std::size_t first;
        std::size_t last;
    };
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < line.words.size();) {
        const auto isOh = [&](std::size_t i) {
            return i < line.words.size() && (line.words[i].text == "oh" || line.words[i].text == "o");
        };
        // "castle two oh two six", "house double oh seven"
        const bool isDouble = line.words[at].text == "double" && isOh(at + 1);
        const std::size_t oh = isDouble ? at + 1 : at;
        if (isOh(oh) && (isOh(oh + 1) || numberAt(line.words, oh + 1) ||
                         (!pieces.empty() && hasDigit(pieces.back().text)))) {
            pieces.push_back({isDouble ? "00" : "0", at, oh + 1});
            at = oh + 1;
            continue;
        }
        if (const auto number = numberAt(line.words, at)) {
            pieces.push_back({number->digits, at, number->last});
            at = number->last;
            continue;
        }
        pieces.push_back({line.words[at].text, at, at + 1});
        ++at;
    }
    for (const Secret& secret : secrets) {
        std::string wanted;
        for (const Word& word : wordsOf(secret.value)) wanted += word.text;
        if (wanted.size() < 4) continue;
        for (std::size_t from = 0; from < pieces.size(); ++from) {
            if (pieces[from].text.empty()) continue;
            // As much of the value as is said from here on, with descriptions between.
            for (const std::size_t start : {std::size_t{0}, wanted.find(pieces[from].text)}) {
                if (start == std::string::npos ||
                    !std::string_view{wanted}.substr(start).starts_with(pieces[from].text))
                    continue;
                std::size_t matched = start;
                std::size_t last = from;
                for (std::size_t i = from; i < pieces.size() && i < last + 6 && matched < wanted.size();
                     ++i) {
                    const std::string& text = pieces[i].text;
                    if (std::string_view{wanted}.substr(matched).starts_with(text)) {
                        matched += text.size();
                        last = i;
                        // "capital b blue": the letter is said of the word behind it.
                        if (text.size() == 1 && hasLetter(text) && i + 1 < pieces.size() &&
                            pieces[i + 1].text.size() > 1 && pieces[i + 1].text[0] == text[0] &&
                            std::string_view{wanted}.substr(matched - 1).starts_with(pieces[i + 1].text))
                            --matched;
                    } else if (!signOf(text) && !isCase(text) && !isJoint(text) && text.size() > 1) {
                        break;
                    }
                }
                const std::size_t length = matched - start;
                const bool isTelling =
                    length == wanted.size() || (length >= 4 && length * 2 >= wanted.size());
                if (!isTelling) continue;
                Secret repetition{secret.value, pieces[from].first, pieces[last].last};
                if (length < wanted.size() && isName(line, repetition.first)) continue;
                // "carte bleue" where the password is Bleue26
                const bool isOfCard = from > 0 && isPaymentCard(pieces[from - 1].text, pieces[from].text);
                if (length < wanted.size() && isOfCard) continue;
                if (isWeakPassword(wanted) && wanted != "azerty" && wanted != "qwerty" &&
                    !isTold(line, repetition))
                    continue;
                // "capital b blue"
                if (pieces[from].text.size() == 1 && from > 0 && isCase(pieces[from - 1].text))
                    --repetition.first;
                extend(line, repetition);
                if (found.empty() || found.back().last <= repetition.first)
                    found.push_back(std::move(repetition));
                from = last;
                break;
            }
        }
    }
    std::sort(found.begin(), found.end(), [](const Secret& a, const Secret& b) { return a.first < b.first; });
    return found;
}

}  // namespace ninja3cx::analysis
