#include "server/language_model/entity_form.hpp"

#include "server/language_model/report_words.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;

constexpr std::ptrdiff_t kShortestPhone = 8;
constexpr std::string_view kParticles = " de du des d la le les l et of and the van von ";
constexpr std::string_view kEveryday =
    " bonjour bonsoir merci oui madame monsieur mademoiselle allo revoir salut voila passe accord appareil "
    "heure heures minute minutes hello hi hey thanks thank yes bye goodbye please sir madam ok okay sorry "
    "hours minutes password passwords ";

bool isDigit(char byte) {
    return std::isdigit(static_cast<unsigned char>(byte)) != 0;
}

bool isEveryday(const std::string& word) {
    for (const std::string_view list : {kFrenchGrammar, kEnglishGrammar, kFrenchReport, kEnglishReport,
                                        kFrenchTrade, kEnglishTrade, kFacts, kEveryday})
        if (isListed(list, word)) return true;
    return false;
}

bool isName(const std::string& text, bool isPersons) {
    const std::vector<Word> words = analysis::wordsOf(text);
    if (words.empty() || isListed(kParticles, words.back().text)) return false;
    std::size_t own = 0;
    for (const Word& word : words) {
        const bool hasDigit = std::ranges::any_of(word.text, isDigit);
        if (!isCapital(text, word) && !hasDigit && !isListed(kParticles, word.text)) return false;
        const bool isOwn = !hasDigit && !isEveryday(word.text);
        if (isPersons && !isOwn && !isListed(kParticles, word.text)) return false;
        own += isOwn ? 1U : 0U;
    }
    return own > 0;
}

}  // namespace

bool isCapital(std::string_view text, const Word& word) {
    const auto first = static_cast<unsigned char>(text[static_cast<std::size_t>(word.begin)]);
    if (first < 0x80) return std::isupper(first) != 0;
    const auto next = static_cast<unsigned char>(text[static_cast<std::size_t>(word.begin) + 1]);
    return first == 0xC3 && next <= 0x9E;  // "É"
}

bool hasEntityForm(const std::string& kind, const std::string& text) {
    if (kind == "email") {
        const std::size_t at = text.find('@');
        return at != std::string::npos && at > 0 && text.find('@', at + 1) == std::string::npos &&
               text.find('.', at) != std::string::npos;
    }
    if (kind == "phone") return std::ranges::count_if(text, isDigit) >= kShortestPhone;
    if (kind == "error_code" || kind == "ticket_number") return std::ranges::any_of(text, isDigit);
    return isName(text, kind == "person");
}

}  // namespace ninja3cx::language_model
