#include "bench/analysis/word_errors.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <utility>

namespace ninja3cx::bench {
namespace {

using Random = std::mt19937_64;

/// The distributions of the standard library differ from one to another; these do not.
std::size_t below(std::size_t end, Random& random) {
    return static_cast<std::size_t>(random() % end);
}
double unit(Random& random) {
    constexpr double kStep = 1.0 / 9007199254740992.0;  // 2^-53
    return static_cast<double>(random() >> 11) * kStep;
}

/// Seeds of two calls, or two seeds of one call, have nothing in common.
std::uint64_t seedOf(std::uint64_t seed, std::string_view id) {
    std::uint64_t hash = 14695981039346656037U ^ (seed * 0x9E3779B97F4A7C15U);  // FNV-1a
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash;
}

std::vector<std::string> wordsIn(const std::string& text) {
    std::istringstream words{text};
    return {std::istream_iterator<std::string>{words}, {}};
}

std::vector<std::string> lettersOf(std::string_view word) {
    std::vector<std::string> letters;
    while (!word.empty()) {
        std::size_t size = 1;
        while (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xC0) == 0x80) ++size;
        letters.emplace_back(word.substr(0, size));
        word.remove_prefix(size);
    }
    return letters;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty()) text += between;
        text += part;
    }
    return text;
}

/// A letter for a letter, a digit for a digit; another one than there was.
std::string otherLetter(const std::string& letter, Random& random) {
    const bool isDigit = letter.size() == 1 && letter[0] >= '0' && letter[0] <= '9';
    const char first = isDigit ? '0' : 'a';
    const std::size_t count = isDigit ? 10 : 26;
    const std::size_t place = below(count, random);
    const std::string other(1, static_cast<char>(first + static_cast<int>(place)));
    if (other != letter) return other;
    return std::string(1, static_cast<char>(first + static_cast<int>((place + 1) % count)));
}

}  // namespace

std::string mangled(std::string_view word, Random& random) {
    std::vector<std::string> letters = lettersOf(word);
    if (letters.empty()) return "a";
    const std::size_t at = below(letters.size(), random);
    const auto place = letters.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(4, random)) {
        case 0:
            if (letters.size() > 1) {
                letters.erase(place);
                break;
            }
            *place = otherLetter(*place, random);
            break;
        case 1:
            letters.insert(place, *place);
            break;
        case 2:
            if (at + 1 < letters.size() && letters[at] != letters[at + 1]) {
                std::swap(letters[at], letters[at + 1]);
                break;
            }
            *place = otherLetter(*place, random);
            break;
        default:
            *place = otherLetter(*place, random);
            break;
    }
    return joined(letters, "");
}

WordErrors::WordErrors(const std::vector<EvaluatedCall>& calls, double rate, WordErrorMix mix)
    : rate_(rate), mix_(mix) {
    for (const EvaluatedCall& call : calls)
        for (const protocol::Turn& turn : call.input.turns) {
            const std::vector<std::string> words = wordsIn(turn.text);
            std::vector<std::string>& all = words_[call.input.language];
            all.insert(all.end(), words.begin(), words.end());
        }
}

const std::string& WordErrors::anyWord(const std::string& language, Random& random) const {
    static const std::string kNone = "euh";
    const auto found = words_.find(language);
    if (found == words_.end() || found->second.empty()) return kNone;
    return found->second[below(found->second.size(), random)];
}

void WordErrors::degradeWord(const std::string& word, const std::string& language, Random& random,
                             std::vector<std::string>& heard) const {
    const int all = mix_.substituted + mix_.deleted + mix_.mangled + mix_.inserted + mix_.doubled;
    int chance = static_cast<int>(below(static_cast<std::size_t>(all), random));
    const auto isIn = [&chance](int share) {
        chance -= share;
        return chance < 0;
    };
    if (isIn(mix_.deleted)) return;
    if (isIn(mix_.substituted)) {
        heard.push_back(anyWord(language, random));
    } else if (isIn(mix_.mangled)) {
        heard.push_back(mangled(word, random));
    } else {
        heard.push_back(word);
        heard.push_back(isIn(mix_.doubled) ? word : anyWord(language, random));
    }
}

WordErrors::Degraded WordErrors::degrade(const protocol::AnalysisInput& call, std::uint64_t seed) const {
    Random random{seedOf(seed, call.id)};
    Degraded degraded{call};
    for (protocol::Turn& turn : degraded.call.turns) {
        std::vector<std::string> heard;
        for (const std::string& word : wordsIn(turn.text)) {
            ++degraded.words;
            if (unit(random) >= rate_) {
                heard.push_back(word);
                continue;
            }
            ++degraded.errors;
            degradeWord(word, call.language, random, heard);
        }
        turn.text = joined(heard, " ");
    }
    return degraded;
}

protocol::AnalysisInput withTurns(const protocol::AnalysisInput& call, std::size_t turns) {
    protocol::AnalysisInput scaled = call;
    scaled.turns.clear();
    if (call.turns.empty()) return scaled;
    const double round = std::max(call.durationS, call.turns.back().t1);
    for (std::size_t i = 0; i < turns; ++i) {
        protocol::Turn turn = call.turns[i % call.turns.size()];
        const std::size_t rounds = i / call.turns.size();
        const double later = round * static_cast<double>(rounds);
        turn.t0 += later;
        turn.t1 += later;
        scaled.turns.push_back(std::move(turn));
    }
    scaled.durationS = scaled.turns.empty() ? 0 : scaled.turns.back().t1;
    return scaled;
}

}  // namespace ninja3cx::bench
