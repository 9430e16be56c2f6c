#include "server/analysis/summary/third_person.hpp"

#include "server/analysis/conversation/written.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/summary/clauses.hpp"

#include <cctype>

namespace ninja3cx::analysis {

bool opensProduct(std::string_view written) {
    if (isOneOf(written, {"VPN", "PC", "NAS", "ERP", "Wi", "Wi-Fi", "Word", "Sage", "Teams", "Excel",
                          "Office", "Windows"}))
        return true;
    return std::any_of(products().begin(), products().end(), [&](const Product& product) {
        return product.written.substr(0, product.written.find(' ')) == written;
    });
}

std::string insideSentence(const Tokens& tokens) {
    std::string text = textOf(tokens);
    const std::string& word = tokens[0].written;
    const bool hasInner = std::any_of(word.begin() + 1, word.end(), [](char c) {
        return std::isupper(static_cast<unsigned char>(c)) != 0;
    });
    return hasInner || opensProduct(word) || word == "I" || isFirstName(tokens[0].plain)
               ? text
               : uncapitalised(std::move(text));
}

bool cutBefore(Tokens& tokens, std::size_t at) {
    const std::size_t nearest = at > 7 ? at - 7 : 0;
    std::size_t cut = at;
    for (; cut > nearest; --cut)
        if (isCut(tokens[cut].gap) ||
            isOneOf(tokens[cut].plain,
                    {"et", "mais", "comme", "parce", "car", "alors", "donc", "quand", "and", "but", "as",
                     "so", "because", "when", "since", "cos", "which"}))
            break;
    if (cut <= nearest || cut < 5) return false;
    Tokens kept{tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(cut)};
    dropDangling(kept);
    if (kept.size() < 5) return false;
    tokens = std::move(kept);
    return true;
}

}  // namespace ninja3cx::analysis
