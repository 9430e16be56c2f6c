#pragma once

#include "server/analysis/personal_data/secret_candidate.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// Secrets of plain words: nothing but where they stand tells that they are one.
namespace ninja3cx::analysis {

struct PlainSecret {
    Secret secret;
    std::size_t words = 0;  // that carry something
    bool hasForm = false;   // "…, all lower case" follows
    bool isUpper = false;
};
/// Up to seven words that a sentence ends behind; a phrase may begin with an article.
std::optional<PlainSecret> plainAt(const Line& line, std::size_t at, bool isPhrase);

struct Copula {
    std::size_t last;
    bool isStrong;  // "c'est" and ":" point at something; "est" may say how it is
};
/// "c'est", "is", ":" in the words behind an announcement.
std::vector<Copula> copulasAfter(const Line& line, std::size_t from);

/// A password of one's own choice is announced: what follows is the word itself.
bool saysNew(const Line& line, std::size_t first, std::size_t last);
/// Begins the name of a product.
bool isProduct(std::string_view word);

}  // namespace ninja3cx::analysis
