#include "server/language_model/text_rules.hpp"

#include "server/language_model/about_people.hpp"
#include "server/language_model/claims.hpp"
#include "server/language_model/number_words.hpp"
#include "server/language_model/polarity.hpp"
#include "server/language_model/report_words.hpp"
#include "shared/core/text.hpp"
#include "shared/protocol/masks.hpp"

#include <algorithm>
#include <cctype>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;

constexpr std::string_view kNeverWritten = "<>{}|\\`^~*=_@#$";

struct Letter {
    char32_t code = 0;
    std::size_t bytes = 1;
};

/// The text is UTF-8.
Letter letterAt(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (byte(0) < 0x80) return {byte(0), 1};
    if (byte(0) < 0xE0) return {static_cast<char32_t>((byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU)), 2};
    if (byte(0) < 0xF0)
        return {static_cast<char32_t>((byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU)),
                3};
    return {0xFFFFFFU, 4};
}

bool isWritten(char32_t code) {
    if (code < 0x80) return code >= 0x20 && code != 0x7F;
    if (code <= 0xFF) return code >= 0xA0 && code != 0xAD;
    return code == 0x152 || code == 0x153 || code == 0x178 || (code >= 0x2010 && code <= 0x2015) ||
           (code >= 0x2018 && code <= 0x201D) || code == 0x2026 || code == 0x202F || code == 0x20AC;
}

bool isWrittenText(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = letterAt(text, at);
        if (!isWritten(letter.code)) return false;
        at += letter.bytes;
    }
    return true;
}

std::size_t charactersOf(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

bool isLetterOrDigit(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 || static_cast<unsigned char>(byte) >= 0x80;
}

/// A dot in a word is part of it ("10.5"); at its end it ends a sentence.
std::size_t sentencesOf(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isEnd = text[at] == '.' || text[at] == '!' || text[at] == '?';
        const bool isLast = at + 1 == text.size() || text[at + 1] == ' ';
        if (isEnd && isLast) ++count;
    }
    const bool isOpen = !text.ends_with('.') && !text.ends_with('!') && !text.ends_with('?');
    return count + (isOpen ? 1 : 0);
}

/// Masks stand for personal data; all else in brackets is formatting.
std::string withoutMasks(std::string text) {
    for (std::size_t at = text.find('['); at != std::string::npos; at = text.find('[', at + 1))
        if (const auto kind = protocol::maskAt(std::string_view{text}.substr(at)))
            text.replace(at, protocol::maskName(*kind).size(), " ");
    return text;
}

bool hasMarkup(const std::string& whole) {
    const std::string text = withoutMasks(whole);
    if (text.find_first_of(kNeverWritten) != std::string::npos ||
        text.find_first_of("[]") != std::string::npos)
        return true;
    const std::string low = lowered(text);
    if (low.find("://") != std::string::npos || low.find("www.") != std::string::npos) return true;
    if (low.find("http") != std::string::npos || text.find("--") != std::string::npos) return true;
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        const bool isInside = isLetterOrDigit(text[at - 1]) && isLetterOrDigit(text[at + 1]);
        if (text[at] == '/' && !isInside) return true;  // of a path
        const bool isName = std::isalpha(static_cast<unsigned char>(text[at + 1])) != 0;
        if (text[at] == '.' && isInside && isName) return true;  // "example.com"
    }
    return text.starts_with('/') || text.starts_with('-') || std::ranges::count(text, '/') > 2;
}

bool isOfAnotherLanguage(const std::vector<Word>& words, const std::string& language) {
    std::size_t french = 0;
    std::size_t english = 0;
    for (const Word& word : words) {
        french += isListed(kFrenchSigns, word.text) ? 1U : 0U;
        english += isListed(kEnglishSigns, word.text) ? 1U : 0U;
    }
    return language == "en" ? french > english : english > french;
}

bool isUpper(std::string_view text, const Word& word) {
    const Letter letter = letterAt(text, static_cast<std::size_t>(word.begin));
    return (letter.code >= 'A' && letter.code <= 'Z') ||
           (letter.code >= 0xC0 && letter.code <= 0xDE && letter.code != 0xD7) || letter.code == 0x152;
}

/// Nothing but white space and quotes between it and the end of the sentence before.
bool beginsSentence(std::string_view text, const Word& word) {
    std::string_view before = text.substr(0, static_cast<std::size_t>(word.begin));
    for (bool isSpace = true; isSpace;) {
        isSpace = false;
        for (const std::string_view space : {" ", "\"", "«", "\u00A0", "\u202F", "“", "‘"}) {
            if (!before.ends_with(space)) continue;
            before.remove_suffix(space.size());
            isSpace = true;
        }
    }
    return before.empty() || std::string_view{".!?:"}.find(before.back()) != std::string_view::npos;
}

bool hasDigit(const std::string& text) {
    return text.find_first_of("0123456789") != std::string::npos;
}

bool isFigures(const std::string& text) {
    return text.find_first_not_of("0123456789") == std::string::npos;
}

class Facts {
public:
    explicit Facts(const Spoken& spoken)
        : spoken_(spoken),
          isEnglish_(spoken.language() == "en"),
          grammar_(isEnglish_ ? kEnglishGrammar : kFrenchGrammar),
          report_(isEnglish_ ? kEnglishReport : kFrenchReport),
          trade_(isEnglish_ ? kEnglishTrade : kFrenchTrade) {}

    bool isInvented(std::string_view text, const std::vector<Word>& words) const {
        if (hasInventedNumber(words)) return true;
        const std::vector<bool> areNumbers = numbersIn(words);
        const PolarityReading reading = polarityOf(text, words, isEnglish_, false);
        if (reading.hasNegationOfNothing) return true;
        for (std::size_t at = 0; at < words.size(); ++at) {
            const Word& word = words[at];
            if (word.text == "[]" || isFigures(word.text)) continue;
            if (hasDigit(word.text)) {
                if (!isCode(word.text)) return true;
                continue;
            }
            const bool isName = isUpper(text, word) && !spoken_.hasWord(word.text);
            if (isName && !(beginsSentence(text, word) && mayBegin(word.text))) return true;
            if (spoken_.isSecret(word.text)) return true;
            if (isListed(kFacts, word.text) && !spoken_.hasWord(word.text)) return true;
            const bool isDenied = reading.words[at] == Polarity::Denied;
            if (!isDenied && (areNumbers[at] || isListed(grammar_, word.text))) continue;
            const Spoken::Heard heard = spoken_.heard(word.text);
            if (!heard.isThere() && (isDenied || !isListed(report_, word.text))) return true;
            const bool isReversed =
                isDenied ? !heard.isDenied : !heard.isStated && !reading.mayHaveBeenDenied[at];
            if (heard.isThere() && isReversed) return true;
        }
        return saysWhatSomebodyIs(
            words, [&](const std::string& word) { return spoken_.isPersonsName(word); },
            [&](const std::string& word) { return spoken_.isBuiltIn(word); });
    }

    /// Names are looked for once more by who knows them, in whatever case they are written.
    bool hasInventedEntity(std::string_view text, const EntitiesOf& entitiesOf) const {
        for (const auto& [kind, values] : entitiesOf(std::string{text}, spoken_.language()))
            for (const std::string& value : values)
                if (!spoken_.isSaid(value) && !areSaid(value)) return true;
        return false;
    }

private:
    bool isFree(const std::string& folded) const {
        return isListed(grammar_, folded) || isListed(report_, folded);
    }

    std::vector<bool> numbersIn(const std::vector<Word>& words) const {
        std::vector<bool> areNumbers(words.size(), false);
        for (const NumberRun& run : numberRuns(words, spoken_.language()))
            for (std::size_t at = run.firstWord; at < run.firstWord + run.wordCount; ++at)
                areNumbers[at] = true;
        return areNumbers;
    }

    bool hasInventedNumber(const std::vector<Word>& words) const {
        for (const NumberRun& run : numberRuns(words, spoken_.language())) {
            if (!run.hasFigures && run.numbers.size() == 1 && run.numbers.front() == "1") continue;  // "un"
            if (spoken_.hasDigits(run.digits())) continue;
            const bool areAll =
                run.digits().size() < 4 && std::ranges::all_of(run.numbers, [&](const auto& number) {
                    return spoken_.hasDigits(number);
                });
            if (!areAll) return true;
        }
        return false;
    }

    /// "0x80070057", "kb5034441", "14h30"
    bool isCode(const std::string& folded) const {
        if (spoken_.hasCode(folded)) return true;
        for (std::size_t at = 0; at < folded.size();) {
            const bool isDigit = std::isdigit(static_cast<unsigned char>(folded[at])) != 0;
            const std::size_t end =
                std::min(folded.size(), isDigit ? folded.find_first_not_of("0123456789", at)
                                                : folded.find_first_of("0123456789", at));
            const std::string part = folded.substr(at, end - at);
            const bool isKnown = isDigit ? spoken_.hasDigits(part) || spoken_.hasDigits(withoutZeros(part))
                                         : part == "h" || spoken_.hasWord(part);
            if (!isKnown) return false;
            at = end;
        }
        return true;
    }
    static std::string withoutZeros(const std::string& digits) {
        const std::size_t first = digits.find_first_not_of('0');
        return first == std::string::npos ? "0" : digits.substr(first);
    }

    bool mayBegin(const std::string& folded) const {
        return isFree(folded) || isListed(trade_, folded) ||
               (spoken_.heard(folded).isThere() && !spoken_.isSecret(folded));
    }

    bool areSaid(const std::string& value) const {
        const std::vector<Word> words = analysis::wordsOf(value);
        return !words.empty() && std::ranges::all_of(words, [&](const Word& word) {
            if (isFigures(word.text)) return spoken_.hasDigits(word.text);
            if (hasDigit(word.text)) return isCode(word.text);
            // "agence de Quimper": what comes with a name
            return spoken_.hasWord(word.text) || isFree(word.text) || isListed(trade_, word.text);
        });
    }

    const Spoken& spoken_;
    const bool isEnglish_;
    const std::string_view grammar_;
    const std::string_view report_;
    const std::string_view trade_;
};

}  // namespace

bool isPlainText(std::string_view text) {
    return isUtf8(text) && isWrittenText(text) && !hasMarkup(std::string{text});
}

Flaw flawOf(std::string_view whole, const TextLimits& limits, const Spoken& spoken, const Mask& mask,
            const EntitiesOf& entitiesOf) {
    if (!isUtf8(whole)) return Flaw::Script;
    const std::string text{trimmed(whole)};
    if (text.empty() || charactersOf(text) > limits.maxCharacters || sentencesOf(text) > limits.maxSentences)
        return Flaw::Length;
    if (!isWrittenText(text)) return Flaw::Script;
    if (hasMarkup(text)) return Flaw::Markup;
    const std::vector<Word> words = analysis::wordsOf(text);
    if (words.empty()) return Flaw::Length;
    if (isOfAnotherLanguage(words, spoken.language())) return Flaw::Language;
    if (!mask(text, spoken.language()).places.empty()) return Flaw::Personal;
    const Facts facts{spoken};
    if (facts.isInvented(text, words) || facts.hasInventedEntity(text, entitiesOf) ||
        isMisattributed(text, spoken))
        return Flaw::Invented;
    return Flaw::None;
}

}  // namespace ninja3cx::language_model
