#pragma once

#include "server/language_model/improvement.hpp"

#include <string>
#include <vector>

namespace ninja3cx::language_model {

/// "A: …" is the technician, "C: …" the customer.
inline protocol::AnalysisInput talk(const std::vector<std::string>& lines,
                                    const std::string& language = "fr") {
    protocol::AnalysisInput input;
    input.id = "call-1";
    input.language = language;
    for (const std::string& line : lines)
        input.turns.push_back(
            {line[0] == 'A' ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, line.substr(3)});
    return input;
}

/// One card number is personal data.
inline calls::Masked maskOf(const std::string& text, const std::string& /*language*/) {
    calls::Masked masked{text};
    const std::string card = "4970 1012 3456 7890";
    if (const auto at = text.find(card); at != std::string::npos) {
        masked.text.replace(at, card.size(), "[card]");
        masked.places.push_back({at, card.size(), 6});
    }
    return masked;
}

/// Three products are known, in whatever case.
inline std::map<std::string, std::vector<std::string>> productsIn(const std::string& text,
                                                                  const std::string& /*language*/) {
    std::map<std::string, std::vector<std::string>> found;
    for (const analysis::Word& word : analysis::wordsOf(text))
        for (const auto& [folded, name] :
             {std::pair{"outlook", "Outlook"}, std::pair{"teams", "Teams"}, std::pair{"sage", "Sage"}})
            if (word.text == folded) found["software"].emplace_back(name);
    return found;
}

inline Judges judges() {
    return {maskOf, productsIn};
}

}  // namespace ninja3cx::language_model
