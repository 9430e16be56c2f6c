#include "bench/analysis/entity_match.hpp"

#include "bench/analysis/score_words.hpp"
#include "bench/analysis/scored_text.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

namespace ninja3cx::bench {
namespace {

double ratio(std::size_t part, std::size_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
}

std::string withoutSpaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

WordSet wordsIn(const std::string& normalised) {
    std::istringstream words{normalised};
    return {std::istream_iterator<std::string>{words}, {}};
}

bool isNumberOrAddress(std::string_view kind) {
    return kind == "phone" || kind == "email" || kind == "ticket_number" || kind == "error_code";
}

struct Value {
    std::string normalised;
    std::vector<std::string> words;
};

std::vector<Value> distinct(std::string_view kind, const std::vector<std::string>& texts) {
    std::vector<Value> values;
    std::set<std::string> seen;
    for (const std::string& text : texts)
        if (std::string value = normalisedEntity(kind, text); !value.empty() && seen.insert(value).second)
            values.push_back({std::move(value), scoredWords(text)});
    return values;
}

bool isCommonNoun(std::string_view kind, const std::vector<std::string>& words) {
    return !commonNouns(kind).empty() && !words.empty() &&
           std::all_of(words.begin(), words.end(), [&](const std::string& word) {
               return commonNouns(kind).contains(word) || fillers(kind).contains(word) ||
                      stopWords().contains(word);
           });
}

}  // namespace

void Counts::add(const Counts& other) {
    tp += other.tp;
    fp += other.fp;
    fn += other.fn;
}

double Counts::precision() const {
    if (tp + fp > 0) return ratio(tp, tp + fp);
    return fn == 0 ? 1 : 0;
}

double Counts::recall() const {
    return tp + fn > 0 ? ratio(tp, tp + fn) : 1;
}

double Counts::f1() const {
    const double p = precision();
    const double r = recall();
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

std::string normalisedEntity(std::string_view kind, std::string_view text) {
    if (kind == "phone") return phoneDigits(text);
    if (kind == "email") return foldedMail(text);
    if (kind == "ticket_number") {
        std::string digits = digitsOf(text);
        return digits.empty() ? squashed(text) : digits;
    }
    if (kind == "error_code") {
        std::string code = squashed(text);
        return code.starts_with("0x") ? code.substr(2) : code;
    }
    const std::vector<std::string> words = scoredWords(text);
    std::vector<std::string> kept = words;
    std::erase_if(kept, [&](const std::string& word) { return fillers(kind).contains(word); });
    std::string joined;
    for (const std::string& word : kept.empty() ? words : kept) joined += (joined.empty() ? "" : " ") + word;
    return joined;
}

bool isSameEntity(std::string_view kind, const std::string& a, const std::string& b, bool isLenient) {
    const std::string closeA = withoutSpaces(a);
    const std::string closeB = withoutSpaces(b);
    if (a == b || closeA == closeB) return !a.empty();
    if (!isLenient || isNumberOrAddress(kind) || a.empty() || b.empty()) return false;
    const WordSet wordsA = wordsIn(a);
    const WordSet wordsB = wordsIn(b);
    const auto& [small, big] =
        wordsA.size() <= wordsB.size() ? std::tie(wordsA, wordsB) : std::tie(wordsB, wordsA);
    const bool isWithin = std::includes(big.begin(), big.end(), small.begin(), small.end());
    if (isWithin &&
        std::any_of(small.begin(), small.end(), [](const auto& word) { return word.size() >= 3; }))
        return true;
    if (kind != "person" && std::min(closeA.size(), closeB.size()) >= 4 &&
        (closeA.find(closeB) != std::string::npos || closeB.find(closeA) != std::string::npos))
        return true;
    const std::size_t common = wordsInCommon({wordsA.begin(), wordsA.end()}, {wordsB.begin(), wordsB.end()});
    return ratio(common, wordsA.size() + wordsB.size() - common) >= 0.5;
}

Counts matchEntities(std::string_view kind, const std::vector<std::string>& gold,
                     const std::vector<std::string>& said, const std::vector<std::string>& optional,
                     bool isLenient) {
    std::vector<std::string> wanted;
    for (const std::string& text : gold) wanted.push_back(normalisedEntity(kind, text));
    std::vector<std::string> left = wanted;
    Counts counts;
    const auto take = [&](const std::string& value, bool lenient) {
        const auto hit = std::find_if(left.begin(), left.end(), [&](const std::string& one) {
            return isSameEntity(kind, one, value, lenient);
        });
        if (hit == left.end()) return false;
        left.erase(hit);
        ++counts.tp;
        return true;
    };
    const auto isAnyOf = [&](const std::vector<std::string>& values, const std::string& value) {
        return std::any_of(values.begin(), values.end(),
                           [&](const std::string& one) { return isSameEntity(kind, one, value, true); });
    };
    std::vector<std::string> allowed;
    for (const std::string& text : optional) allowed.push_back(normalisedEntity(kind, text));
    std::vector<Value> rest;
    for (Value& value : distinct(kind, said))
        if (!take(value.normalised, false)) rest.push_back(std::move(value));
    for (const Value& value : rest) {
        if (take(value.normalised, isLenient) || isAnyOf(allowed, value.normalised) ||
            (isLenient && isAnyOf(wanted, value.normalised)) || isCommonNoun(kind, value.words))
            continue;
        ++counts.fp;
    }
    counts.fn = left.size();
    return counts;
}

}  // namespace ninja3cx::bench
