#include "server/analysis/entities/site_names.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/name_reading.hpp"
#include "server/analysis/lexicon/name_lists.hpp"

namespace ninja3cx::analysis {

namespace {

/// One past the name of the place whose first great word is `at`: "saint nazaire", "tour du pin", "puy en velay".
std::size_t placeEnd(const NameReading& reading, std::size_t at) {
    std::size_t end = at + 1;
    const auto goesOn = [&](std::size_t next) {
        return next < reading.size() && !reading.isCutAfter(next - 1) && reading.word(next).size() > 2 &&
               !isCommonWord(reading.word(next)) && (!reading.isCased() || reading.isCapital(next));
    };
    while (end < reading.size() && reading.isJoinedAfter(end - 1)) ++end;
    if (isOneOf(reading.word(at), {"saint", "sainte", "st", "ste"}) && end == at + 1 && goesOn(end)) ++end;
    const bool isHead =
        reading.isCased() ||
        isOneOf(reading.word(at), {"tour", "puy", "bourg", "mont", "pont", "port", "roche", "ferte", "chalon",
                                   "chalons", "boulogne", "aix", "villeneuve", "chateau", "saint", "sainte"});
    if (isHead && end < reading.size() && !reading.isCutAfter(end - 1) &&
        isOneOf(reading.word(end), {"du", "de", "d", "sur", "en"})) {
        std::size_t next = end + 1;
        while (next < reading.size() && isOneOf(reading.word(next), {"la", "le", "les", "l"})) ++next;
        if (goesOn(next) && !opensCompany(reading.word(next))) end = next + 1;
    }
    return end;
}

/// "Apex Office Supplies": the noun belongs to a name.
bool isOfCompany(const NameReading& reading, std::size_t noun) {
    return reading.isCapital(noun) && noun + 1 < reading.size() && !reading.isCutAfter(noun) &&
           reading.isCapital(noun + 1);
}

}  // namespace

void readSites(const Line& line, Names& names) {
    const NameReading reading{line};
    for (std::size_t at = 0; at + 2 < reading.size(); ++at) {
        if (!isOneOf(reading.word(at),
                     {"site", "agence", "depot", "magasin", "entrepot", "usine", "antenne", "succursale"}))
            continue;
        if (!isOneOf(reading.word(at + 1), {"de", "d", "du"})) continue;
        // "l'usine de la Tour du Pin": an article belongs to a name of several words.
        std::size_t first = at + 2;
        if (isOneOf(reading.word(first), {"la", "le", "les", "l"})) {
            ++first;
            if (first >= reading.size() || placeEnd(reading, first) == first + 1) continue;
        }
        if (isCommonWord(reading.word(first)) || reading.word(first).size() < 3) continue;
        // "un faux site de livraison"
        if (!reading.isCased() && isMatterWord(reading.word(first)) && placeEnd(reading, first) == first + 1)
            continue;
        if (reading.isCased() && !reading.isCapital(first)) continue;
        const std::size_t end = placeEnd(reading, first);
        const bool isBare = reading.word(at) == "site";
        std::string name = reading.name(isBare ? at + 2 : at, end);
        if (!isBare) name[0] = static_cast<char>(name[0] | 0x20);
        addName(names.sites, std::move(name));
    }
    for (std::size_t at = 1; at + 1 < reading.size(); ++at) {
        const bool isPlace = !reading.isCased() && isOneOf(reading.word(at - 1), {"the", "our"}) &&
                             isOneOf(reading.word(at + 1), {"depot", "branch", "warehouse", "site"}) &&
                             reading.word(at).size() > 3 &&
                             !isOneOf(reading.word(at), {"main", "head", "other", "same", "whole", "local",
                                                         "wrong", "right", "next", "live", "test"});
        if (isPlace && !isCommonWord(reading.word(at))) addName(names.sites, reading.name(at, at + 1));
    }
    for (std::size_t at = 1; at < reading.size(); ++at)
        if (reading.isCased() && reading.isCapital(at - 1) && !reading.isCutAfter(at - 1) &&
            isOneOf(reading.word(at), {"depot", "office", "branch", "site", "warehouse"}) &&
            !isCommonWord(reading.word(at - 1)) && !isOfCompany(reading, at))
            addName(names.sites, reading.name(at - 1, at));
}

}  // namespace ninja3cx::analysis
