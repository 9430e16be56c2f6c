#include "server/analysis/movements/named_people.hpp"

#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

bool isTitle(std::string_view word) {
    return isOneOf(word, {"m", "mr", "monsieur", "mme", "madame", "mrs", "ms", "miss"});
}

bool isArticleAt(const Line& line, std::size_t at) {
    const Word& word = line.words[at];
    // Not "à".
    if (word.text == "a") return word.end - word.begin == 1;
    return isOneOf(word.text,
                   {"un",    "une", "le",  "la",   "les", "l",   "du",  "des",  "au",    "ce",  "cet",
                    "cette", "ces", "mon", "ma",   "mes", "son", "sa",  "ses",  "votre", "vos", "notre",
                    "the",   "an",  "my",  "your", "our", "his", "her", "this", "that"});
}

}  // namespace

NamedPeople::NamedPeople(std::span<const std::string> people) {
    for (std::size_t person = 0; person < people.size(); ++person) {
        std::vector<Word>& words = words_.emplace_back(wordsOf(people[person]));
        const bool isTitled = words.size() > 1 && isTitle(words.front().text);
        if (isTitled) words.erase(words.begin());
        if (words.empty()) continue;
        const bool isSurnameAlone = isTitled && words.size() == 1;
        if (!isSurnameAlone) byFirst_[words.front().text].push_back(person);
        if (isSurnameAlone || (words.size() > 1 && words.back().text != words.front().text))
            bySurname_[words.back().text].push_back(person);
    }
}

bool NamedPeople::isSurnameAt(const Line& line, std::size_t at, std::size_t person) const {
    const std::vector<Word>& name = words_[person];
    if (at > 0 && isTitle(line.words[at - 1].text)) return true;
    constexpr std::size_t kShortest = 4;  // letters
    if (name.size() > 1 && name.back().text.size() < kShortest) return false;
    if (at == 0) return true;
    // "le goff": its own
    const bool isOwn = name.size() > 1 && name[name.size() - 2].text == line.words[at - 1].text;
    return isOwn || !isArticleAt(line, at - 1);
}

std::vector<NamedPeople::Place> NamedPeople::at(const Line& line, std::size_t at) const {
    std::vector<Place> places;
    const auto take = [&](const Place& place) {
        if (!places.empty() && places.front().last > place.last) return;
        if (!places.empty() && places.front().last < place.last) places.clear();
        places.push_back(place);
    };
    const std::string_view word = line.words[at].text;
    if (const auto found = byFirst_.find(word); found != byFirst_.end())
        for (const std::size_t person : found->second) {
            const std::vector<Word>& name = words_[person];
            std::size_t length = 0;
            while (length < name.size() && at + length < line.words.size() &&
                   line.words[at + length].text == name[length].text)
                ++length;
            take({person, at, at + length, length == name.size()});
        }
    if (const auto found = bySurname_.find(word); found != bySurname_.end())
        for (const std::size_t person : found->second)
            if (isSurnameAt(line, at, person)) take({person, at, at + 1, words_[person].size() == 1});
    std::ranges::sort(places, {}, &Place::person);
    return places;
}

std::vector<NamedPeople::Place> NamedPeople::in(const Line& line) const {
    std::vector<Place> places;
    for (std::size_t word = 0; word < line.words.size(); ++word) {
        const std::vector<Place> here = at(line, word);
        if (here.empty()) continue;
        places.insert(places.end(), here.begin(), here.end());
        word = here.front().last - 1;
    }
    return places;
}

}  // namespace ninja3cx::analysis
