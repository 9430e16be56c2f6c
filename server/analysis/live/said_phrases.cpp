#include "server/analysis/live/said_phrases.hpp"

#include "server/analysis/words/plain_phrase.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

/// "don't want to", "not going to": further from what they deny than `isNegated` looks.
bool isUnwanted(std::span<const Word> words, std::size_t at) {
    static constexpr std::array<std::string_view, 4> kDenials = {"don", "not", "wouldn", "won"};
    static constexpr std::array<std::string_view, 5> kWishes = {"want", "going", "trying", "need", "mean"};
    const auto isOf = [](const auto& list, const std::string& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    if (at < 3 || words[at - 1].text != "to" || !isOf(kWishes, words[at - 2].text)) return false;
    return isOf(kDenials, words[at - 3].text) ||
           (at >= 4 && words[at - 3].text == "t" && isOf(kDenials, words[at - 4].text));
}

/// "personne n'a rien piraté"
bool isOfNothing(std::span<const Word> words, std::size_t at) {
    return at >= 1 && (words[at - 1].text == "rien" || words[at - 1].text == "nothing");
}

bool isMeant(std::span<const Word> words, const Phrase::Match& match) {
    return !isNegated(words, match) && !isUnwanted(words, match.first) && !isOfNothing(words, match.first);
}

bool isSaid(const Phrase& phrase, std::span<const Word> words) {
    for (auto match = phrase.find(words); match; match = phrase.find(words, match->first + 1))
        if (isMeant(words, *match)) return true;
    return false;
}

}  // namespace

SaidPhrases::SaidPhrases(const std::vector<std::string>& written) {
    std::set<std::string> known;
    for (const std::string& phrase : written)
        if (auto plain = plainPhrase(phrase); plain && known.insert(*plain).second)
            phrases_.emplace_back(std::move(*plain));
}

std::vector<std::size_t> SaidPhrases::in(std::span<const Word> words) const {
    std::vector<std::size_t> said;
    for (std::size_t i = 0; i < phrases_.size(); ++i)
        if (isSaid(phrases_[i].phrase, words)) said.push_back(i);
    return said;
}

std::vector<std::size_t> SaidPhrases::namedIn(std::span<const Word> words) const {
    std::vector<std::size_t> named;
    for (std::size_t i = 0; i < phrases_.size(); ++i)
        if (phrases_[i].phrase.find(words)) named.push_back(i);
    return named;
}

std::vector<Phrase::Match> SaidPhrases::placesIn(std::span<const Word> words) const {
    std::vector<Phrase::Match> places;
    for (const Entry& entry : phrases_)
        for (auto match = entry.phrase.find(words); match; match = entry.phrase.find(words, match->first + 1))
            if (isMeant(words, *match)) places.push_back(*match);
    return places;
}

}  // namespace ninja3cx::analysis
