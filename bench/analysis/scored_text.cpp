#include "bench/analysis/scored_text.hpp"

#include "bench/analysis/score_words.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace ninja3cx::bench {
namespace {

icu::UnicodeString unicodeOf(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string utf8Of(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

/// The characters for which `isKept` holds.
template <class Predicate>
icu::UnicodeString filtered(const icu::UnicodeString& text, Predicate isKept) {
    icu::UnicodeString kept;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1))
        if (const UChar32 character = text.char32At(at); isKept(character)) kept.append(character);
    return kept;
}

/// Python's str.isspace: U+001C to U+001F besides what Unicode calls white space.
bool isSpace(UChar32 character) {
    return u_isUWhiteSpace(character) || (character >= 0x1C && character <= 0x1F);
}

bool isWordLetter(UChar32 character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

icu::UnicodeString folded(std::string_view text) {
    icu::UnicodeString lower = unicodeOf(text).toLower(icu::Locale::getRoot());
    lower.findAndReplace(u"œ", u"oe").findAndReplace(u"æ", u"ae");
    UErrorCode failure = U_ZERO_ERROR;
    const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(failure);
    const icu::UnicodeString apart =
        U_SUCCESS(failure) ? nfd->normalize(lower, failure) : icu::UnicodeString{};
    if (U_FAILURE(failure)) throw std::runtime_error{"ICU cannot decompose text: its data is missing"};
    return filtered(apart, [](UChar32 c) { return u_charType(c) != U_NON_SPACING_MARK; });
}

}  // namespace

std::string foldedForScore(std::string_view text) {
    return utf8Of(folded(text));
}

std::vector<std::string> scoredWords(std::string_view text) {
    std::vector<std::string> words;
    const icu::UnicodeString plain = folded(text);
    bool isInWord = false;
    for (std::int32_t at = 0; at < plain.length(); ++at) {
        const char16_t unit = plain.charAt(at);
        if (isWordLetter(unit)) {
            if (!isInWord) words.emplace_back();
            words.back() += static_cast<char>(unit);
        }
        isInWord = isWordLetter(unit);
    }
    return words;
}

std::string squashed(std::string_view text) {
    std::string all;
    for (const std::string& word : scoredWords(text)) all += word;
    return all;
}

std::string digitsOf(std::string_view text) {
    return utf8Of(filtered(unicodeOf(text), [](UChar32 c) { return u_isdigit(c) != 0; }));
}

std::string phoneDigits(std::string_view text) {
    std::string digits = digitsOf(text);
    const icu::UnicodeString all = unicodeOf(text);
    std::int32_t first = 0;
    while (first < all.length() && isSpace(all.char32At(first))) first = all.moveIndex32(first, 1);
    bool isInternational = first < all.length() && all.charAt(first) == u'+';
    if (digits.starts_with("00")) {
        digits.erase(0, 2);
        isInternational = true;
    }
    if (!isInternational) return digits;
    for (const std::string_view country : {"33", "44", "32", "41", "352", "1"})
        if (digits.starts_with(country)) {
            digits.erase(0, country.size());
            break;
        }
    digits.erase(0, digits.find_first_not_of('0'));
    return "0" + digits;
}

std::string foldedMail(std::string_view text) {
    return utf8Of(filtered(folded(text), [](UChar32 c) { return !isSpace(c); }));
}

std::vector<std::string> contentWords(std::string_view text) {
    std::vector<std::string> words = scoredWords(text);
    std::erase_if(words, [](const std::string& word) {
        return stopWords().contains(word) || (word.size() == 1 && !(word[0] >= '0' && word[0] <= '9'));
    });
    return words;
}

std::size_t charactersOf(std::string_view text) {
    return static_cast<std::size_t>(unicodeOf(text).countChar32());
}

std::size_t wordsInCommon(std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::vector<std::string> common;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
    return common.size();
}

}  // namespace ninja3cx::bench
