#include "server/analysis/personal_data/password_search.hpp"

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/dictated_secrets.hpp"
#include "server/analysis/personal_data/other_matters.hpp"
#include "server/analysis/personal_data/secret_words.hpp"
#include "server/analysis/personal_data/told_keys.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

void PasswordSearch::find(const std::vector<Dictated>& dictated) {
    const SecretFinder secrets{conversation_};
    std::vector<std::vector<Secret>> of(conversation_.lines.size());
    for (const Dictated& piece : dictated)
        if (piece.kind == PersonalDataKind::Password)
            of[piece.line].push_back({piece.value, piece.first, piece.last});
    // First what was said before: its value is known whole, whatever stands round its repetition.
    const auto findAgain = [&](std::size_t index, std::size_t from, std::size_t to) {
        std::vector<Secret> known;
        for (std::size_t at = from; at < std::min(to, of.size()); ++at)
            known.insert(known.end(), of[at].begin(), of[at].end());
        for (const Secret& secret : secrets.again(index, known))
            places_.take(index, PersonalDataKind::Password, {secret.first, secret.last}, secret.value);
    };
    for (std::size_t index = 0; index < of.size(); ++index) {
        findAgain(index, index > 8 ? index - 8 : 0, index);
        for (Secret& secret : secrets.in(index)) {
            const bool isTaken = !places_.isFree(index, {secret.first, secret.last});
            if (isTaken || isOtherMatter(conversation_, index, secret)) continue;
            places_.take(index, PersonalDataKind::Password, {secret.first, secret.last}, secret.value);
            if (of[index].size() < 4) of[index].push_back(std::move(secret));
        }
    }
    findDictated(of);
    for (std::size_t index = 0; index < of.size(); ++index) findAgain(index, index, index + 4);
    findLongAfter(secrets, of);
}

void PasswordSearch::findDictated(std::vector<std::vector<Secret>>& of) {
    for (const ToldKey& piece : dictatedSecretsIn(conversation_))
        places_.take(piece.line, PersonalDataKind::Password, {piece.first, piece.last}, piece.value);
    for (std::size_t index = 0; index < of.size(); ++index) {
        if (of[index].empty()) continue;
        Secret& secret = of[index].back();
        for (const ToldKey& rest : restOfSecret(conversation_, index, secret.last)) {
            secret.value += rest.value;
            places_.take(rest.line, PersonalDataKind::Password, {rest.first, rest.last}, secret.value);
        }
    }
}

void PasswordSearch::findLongAfter(const SecretFinder& secrets, const std::vector<std::vector<Secret>>& of) {
    constexpr std::size_t kMostValues = 16;
    std::vector<Secret> known;
    for (const auto& line : of)
        for (const Secret& secret : line) {
            const bool isKnown = std::any_of(
                known.begin(), known.end(), [&](const Secret& other) { return other.value == secret.value; });
            // Plain words may be said for themselves so much later.
            const bool isTelling = secret.value.size() >= 5 && hasDigit(secret.value) &&
                                   std::any_of(secret.value.begin(), secret.value.end(),
                                               [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
            if (isTelling && !isKnown && known.size() < kMostValues) known.push_back(secret);
        }
    if (known.empty()) return;
    for (std::size_t index = 0; index < of.size(); ++index)
        for (const Secret& secret : secrets.again(index, known)) {
            // Only a part, "Esplanade", may be the name of a street.
            bool hasNumber = false;
            for (std::size_t at = secret.first; at < secret.last; ++at)
                hasNumber = hasNumber || hasDigit(conversation_.lines[index].words[at].text) ||
                            numberAt(conversation_.lines[index].words, at).has_value();
            if (hasNumber)
                places_.take(index, PersonalDataKind::Password, {secret.first, secret.last}, secret.value);
        }
}

}  // namespace ninja3cx::analysis
