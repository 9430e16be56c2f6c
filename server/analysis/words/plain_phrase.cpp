#include "server/analysis/words/plain_phrase.hpp"

#include "server/analysis/words/words.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostBytes = 200;
constexpr std::size_t kMostWords = 12;
constexpr std::size_t kMostGaps = 3;   // each makes three times as many places to look at
constexpr std::size_t kLeastStem = 2;  // "a*" is said in every sentence
constexpr std::string_view kBlanks = " \t\r\n";

Error wrong(const std::string& what) {
    return Error{ErrorKind::BadMessage, what};
}

}  // namespace

Result<std::string> plainPhrase(std::string_view written) {
    if (written.size() > kMostBytes)
        return wrong("is longer than " + std::to_string(kMostBytes) + " bytes; a phrase is a few words");
    std::string plain;
    std::size_t words = 0;
    std::size_t gaps = 0;
    bool isGapDue = false;
    for (std::size_t begin = written.find_first_not_of(kBlanks); begin != std::string_view::npos;) {
        const std::size_t end = std::min(written.find_first_of(kBlanks, begin), written.size());
        std::string_view token = written.substr(begin, end - begin);
        begin = written.find_first_not_of(kBlanks, end);
        if (token == "~") {
            isGapDue = words > 0;  // before the first word it says nothing
            continue;
        }
        const bool isStem = token.ends_with('*');
        if (isStem) token.remove_suffix(1);
        if (token.find('*') != std::string_view::npos)
            return wrong("has a * that is not at the end of a word");
        if (token.find('~') != std::string_view::npos)
            return wrong("has a ~ inside a word; it stands alone, for up to three words");
        const std::string letters = folded(token);
        if (isStem && letters.size() - (letters.rfind(' ') + 1) < kLeastStem)
            return wrong("has a * after fewer than two letters, which any word would fit");
        if (letters.empty()) continue;
        if (isGapDue) {
            plain += " ~";
            ++gaps;
            isGapDue = false;
        }
        plain += (words > 0 ? " " : "") + letters + (isStem ? "*" : "");
        ++words;
    }
    if (words == 0)
        return wrong("has no word to look for; write what is said, such as \"écran bleu\" or \"imprim*\"");
    if (words > kMostWords) return wrong("has more than " + std::to_string(kMostWords) + " words");
    if (gaps > kMostGaps) return wrong("has more than " + std::to_string(kMostGaps) + " ~");
    return plain;
}

}  // namespace ninja3cx::analysis
