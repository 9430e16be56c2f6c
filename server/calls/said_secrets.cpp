#include "server/calls/said_secrets.hpp"

#include "shared/core/text.hpp"
#include "shared/protocol/masks.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace ninja3cx::calls {
namespace {

struct Word {
    std::size_t at;  // bytes
    std::size_t length;
    std::string plain;
};

bool isOfWord(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (lowered(c) >= 'a' && lowered(c) <= 'z');
}

std::vector<Word> wordsIn(const std::string& text) {
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isOfWord(text[end])) ++end;
        if (end > at) words.push_back({at, end - at, plainLetters(text.substr(at, end - at))});
        at = std::max(end, at + 1);
    }
    return words;
}

std::size_t digitsIn(const std::string& word) {
    return static_cast<std::size_t>(std::ranges::count_if(word, [](char c) { return c >= '0' && c <= '9'; }));
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += word;
    return all;
}

/// What is masked wherever it is said: "bonjour" may be a password, and is said to everybody.
bool isTelling(const std::vector<std::string>& value) {
    constexpr std::size_t kLetters = 8;
    constexpr std::size_t kBytes = 4;
    const std::string all = joined(value);
    const bool isPlainWord = value.size() == 1 && digitsIn(all) == 0;
    return all.size() >= (isPlainWord ? kLetters : kBytes);
}

/// How many words from `at` on say the whole value, however it is cut into words: "licorne 77", "49 70 10 12 …".
std::size_t wholeAt(const std::vector<Word>& words, std::size_t at, const std::string& value) {
    std::size_t said = 0;
    for (std::size_t i = at; i < words.size() && said < value.size(); ++i) {
        const std::string& word = words[i].plain;
        if (word.empty() || value.compare(said, word.size(), word) != 0) return 0;
        said += word.size();
        if (said == value.size()) return i + 1 - at;
    }
    return 0;
}

/// How many words from `at` on are six or more of its digits in a row.
std::size_t digitsAt(const std::vector<Word>& words, std::size_t at, const std::string& value) {
    constexpr std::size_t kDigits = 6;
    std::string said;
    std::size_t count = 0;
    for (std::size_t i = at; i < words.size(); ++i) {
        const std::string& word = words[i].plain;
        const bool isNext =
            !word.empty() && digitsIn(word) == word.size() && value.find(said + word) != std::string::npos;
        if (!isNext) break;
        said += word;
        count = i + 1 - at;
    }
    return said.size() >= kDigits ? count : 0;
}

/// How many words from `at` on, four or more, stand in the value one after the other: numbers in words.
std::size_t wordsAt(const std::vector<Word>& words, std::size_t at, const std::vector<std::string>& value) {
    constexpr std::size_t kWords = 4;
    std::size_t most = 0;
    for (std::size_t from = 0; from < value.size(); ++from) {
        std::size_t same = 0;
        while (at + same < words.size() && from + same < value.size() &&
               words[at + same].plain == value[from + same])
            ++same;
        if (same >= kWords) most = std::max(most, same);
    }
    return most;
}

std::size_t repeatedAt(const std::vector<Word>& words, std::size_t at,
                       const std::vector<std::string>& value) {
    const std::string all = joined(value);
    const std::size_t whole = isTelling(value) ? wholeAt(words, at, all) : 0;
    return std::max({whole, digitsAt(words, at, all), wordsAt(words, at, value)});
}

/// What was masked, by masks that live in `masked`.
std::vector<protocol::MaskSpan> spansOf(const Masked& masked) {
    std::vector<protocol::MaskSpan> spans;
    std::size_t before = 0;  // bytes of the text that end at the last mask
    std::size_t after = 0;   // bytes of the masked text that do
    for (const protocol::MaskedPlace& place : masked.places) {
        after += place.at - before;
        before = place.at + place.length;
        spans.push_back({place.at, before, std::string_view{masked.text}.substr(after, place.replacedBy)});
        after += place.replacedBy;
    }
    return spans;
}

}  // namespace

void SaidSecrets::learn(const std::string& text, const Masked& masked, protocol::Speaker channel) {
    constexpr std::size_t kMostQuiet = 6;  // texts that agree, one after the other
    if (++dictation_.quiet > kMostQuiet) dictation_ = {};
    for (const protocol::MaskSpan& span : spansOf(masked)) {
        Value value{{}, std::string{span.mask}};
        for (Word& word : wordsIn(text.substr(span.begin, span.end - span.begin)))
            value.words.push_back(std::move(word.plain));
        if (!value.words.empty()) add(value, channel);
        const bool isKnown =
            std::ranges::any_of(values_, [&](const Value& known) { return known.words == value.words; });
        if (!value.words.empty() && !isKnown) values_.push_back(std::move(value));
    }
}

void SaidSecrets::add(const Value& piece, protocol::Speaker channel) {
    constexpr std::size_t kMostWords = 64;
    std::vector<std::string>& words = dictation_.value.words;
    if (dictation_.value.mask != piece.mask || words.size() + piece.words.size() > kMostWords) {
        dictation_ = {piece, std::nullopt, channel, 0};
        return;
    }
    dictation_.quiet = 0;
    const std::string before = joined(words);
    const std::string said = joined(piece.words);
    // "n" - "n": read back by the other side, said twice by one.
    const bool mayBeEcho = said.size() > 1 || channel != dictation_.channel;
    if (mayBeEcho && before.ends_with(said)) return;
    // A part that is read back: the whole stays known without it.
    if (mayBeEcho && before.find(said) != std::string::npos) dictation_.at.reset();
    words.insert(words.end(), piece.words.begin(), piece.words.end());
    dictation_.channel = channel;
    if (!dictation_.at) {
        dictation_.at = values_.size();
        values_.emplace_back();
    }
    values_[*dictation_.at] = dictation_.value;
}

Masked SaidSecrets::maskAgain(const std::string& text, Masked masked) const {
    if (values_.empty()) return masked;
    std::vector<protocol::MaskSpan> spans = spansOf(masked);
    std::vector<Word> words = wordsIn(text);
    for (Word& word : words) {
        const std::size_t end = word.at + word.length;
        const bool isMasked = std::ranges::any_of(
            spans, [&](const protocol::MaskSpan& span) { return word.at < span.end && span.begin < end; });
        const bool isMask = word.at > 0 && text[word.at - 1] == '[' && end < text.size() && text[end] == ']';
        if (isMasked || isMask) word.plain.clear();  // equal to none
    }
    const std::size_t known = spans.size();
    for (std::size_t at = 0; at < words.size(); ++at) {
        std::size_t most = 0;
        const Value* said = nullptr;
        for (const Value& value : values_) {
            const std::size_t same = repeatedAt(words, at, value.words);
            if (same > most) most = same, said = &value;
        }
        if (!said) continue;
        const Word& last = words[at + most - 1];
        spans.push_back({words[at].at, last.at + last.length, said->mask});
        at += most - 1;
    }
    if (spans.size() == known) return masked;
    return protocol::withMasks(text, std::move(spans));
}

std::size_t SaidSecrets::beginsAt(const std::string& text) const {
    const std::vector<Word> words = wordsIn(text);
    std::size_t begin = text.size();
    for (const Value& value : values_)
        for (std::size_t count = 1; count < value.words.size() && count <= words.size(); ++count) {
            const auto tail = words.end() - static_cast<std::ptrdiff_t>(count);
            const bool isSame =
                std::equal(tail, words.end(), value.words.begin(),
                           [](const Word& word, const std::string& said) { return word.plain == said; });
            if (isSame) begin = std::min(begin, tail->at);
        }
    return begin;
}

void SaidSecrets::hear(const std::string& masked) {
    constexpr std::size_t kTexts = 64;  // an account's digits one by one, each agreed to
    if (masked.empty()) return;
    texts_.push_back(masked);
    std::ranges::replace(texts_.back(), '\n', ' ');
    if (texts_.size() > kTexts) texts_.pop_front();
}

std::string SaidSecrets::textsUpTo(const std::string& last) const {
    constexpr std::size_t kLatest = 6;  // the two sides' texts come in no strict order
    std::size_t end = texts_.size();
    while (end > 0 && texts_[end - 1] != last) --end;
    if (end == 0 || end + kLatest < texts_.size()) return last;
    std::string texts;
    for (std::size_t at = 0; at < end; ++at) texts.append(at == 0 ? "" : "\n").append(texts_[at]);
    return texts;
}

}  // namespace ninja3cx::calls
