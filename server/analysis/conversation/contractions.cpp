#include "server/analysis/conversation/contractions.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace ninja3cx::analysis {
namespace {

/// "its jammed", "its the fuser"; not "its speed", "its screen".
bool isItIs(std::string_view next) {
    if (isOneOf(next, {"the", "a",     "an",     "my",   "our", "just", "been", "not",   "saying", "gone",
                       "all", "still", "really", "very", "so",  "too",  "now",  "stuck", "dead",   "down"}))
        return true;
    const bool isNoun =
        isOneOf(next, {"speed", "feed", "seed", "breed", "need", "building", "ceiling", "casing", "wiring",
                       "housing", "string", "spring", "thing", "packaging", "bearing"});
    return !isNoun && next.size() > 4 && (next.ends_with("ing") || next.ends_with("ed"));
}

/// How many letters of a word stand before its apostrophe; 0: it is no contraction.
std::size_t headLength(std::string_view before, std::string_view word, std::string_view next) {
    if (word == "its") return isItIs(next) ? 2 : 0;
    if (isOneOf(word, {"names", "surnames"}) && before == "my") return word.size() - 1;
    return contractedHead(word);
}

}  // namespace

std::size_t contractedHead(std::string_view word) {
    if (isOneOf(word, {"im", "ive"})) return 1;
    if (isOneOf(word, {"thats", "theres", "heres", "whats", "whos", "hes", "shes", "everyones", "everybodys",
                       "nobodys"}) ||
        isOneOf(word, {"cant", "dont", "wont", "didnt", "doesnt", "isnt", "wasnt", "werent", "arent", "hasnt",
                       "havent", "hadnt", "couldnt", "wouldnt", "shouldnt"}))
        return word.size() - 1;
    if (isOneOf(word, {"youre", "theyre", "weve", "youve", "theyve", "itll", "youll", "theyll", "thatll"}))
        return word.size() - 2;
    return 0;
}

std::vector<Word> withApostrophes(std::span<const Word> words) {
    std::vector<Word> all;
    all.reserve(words.size());
    const auto text = [&](std::size_t at) {
        return at < words.size() ? std::string_view{words[at].text} : std::string_view{};
    };
    for (std::size_t at = 0; at < words.size(); ++at) {
        const Word& word = words[at];
        const std::size_t head =
            headLength(at > 0 ? text(at - 1) : std::string_view{}, word.text, text(at + 1));
        if (head == 0) {
            all.push_back(word);
            continue;
        }
        const std::int32_t middle = word.begin + static_cast<std::int32_t>(head);
        all.push_back({word.text.substr(0, head), word.begin, middle});
        all.push_back({word.text.substr(head), middle, word.end});
    }
    return all;
}

void putApostrophes(Tokens& tokens) {
    Tokens all;
    all.reserve(tokens.size());
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const Token& whole = tokens[at];
        const std::string_view before = at > 0 ? std::string_view{tokens[at - 1].plain} : std::string_view{};
        const std::string_view next =
            at + 1 < tokens.size() ? std::string_view{tokens[at + 1].plain} : std::string_view{};
        const std::size_t head = headLength(before, whole.plain, next);
        if (head == 0 || whole.written.size() != whole.plain.size()) {
            all.push_back(whole);
            continue;
        }
        all.push_back(
            {whole.gap, head == 1 ? "I" : whole.written.substr(0, head), whole.plain.substr(0, head)});
        all.push_back({"'", whole.written.substr(head), whole.plain.substr(head)});
    }
    tokens = std::move(all);
}

}  // namespace ninja3cx::analysis
