#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// What is told without its usual words.
namespace ninja3cx::analysis {

struct UnnamedSecret {
    std::string value;
    std::size_t first = 0;
    std::size_t last = 0;
};
/// "deux quatre-vingt-quatre zéro trois … clé quarante-deux": thirteen digits and the key that they must have. Numbers mended.
std::vector<UnnamedSecret> keyedSecurityNumbersIn(const Line& line);
/// "2 84 05 69 123 456 78": fifteen digits grouped as only such a number is, though the key is wrong.
std::vector<UnnamedSecret> groupedSecurityNumbersIn(const Line& line);

/// "en administrateur avec Moustique@2009", "la clé partagée c'est Girafe!2009$": written as only a password is.
std::vector<UnnamedSecret> writtenLoginsIn(const Line& line);

}  // namespace ninja3cx::analysis
