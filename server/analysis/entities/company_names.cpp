#include "server/analysis/entities/company_names.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/company_check.hpp"
#include "server/analysis/entities/matter_start.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/number_lexicon.hpp"
#include "server/analysis/lexicon/places_of_work.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

namespace {

/// One past "La Poste", "Accueil et Partage", of words that everybody says, but with capitals; `at` where there is none.
std::size_t wholeNameEnd(const NameReading& reading, std::size_t at) {
    const auto isNameWord = [&](std::size_t word) {
        return word < reading.size() && !reading.isCutAfter(word - 1) && reading.isCapital(word) &&
               reading.word(word).size() > 2;
    };
    if (at == 0 || !reading.isCased() || !reading.isCapital(at)) return at;
    if (isOneOf(reading.word(at), {"la", "le", "les", "l"}) && isNameWord(at + 1) &&
        !opensCompany(reading.word(at + 1)))
        return at + 2;
    const bool isPair = isCommonWord(reading.word(at)) && at + 1 < reading.size() &&
                        !reading.isCutAfter(at) && reading.word(at + 1) == "et" && isNameWord(at + 2);
    return isPair ? at + 3 : at;
}

}  // namespace

std::size_t companyEnd(const NameReading& reading, std::size_t at) {
    std::size_t end = at;
    while (end < reading.size() && end < at + 7) {
        const std::string& word = reading.word(end);
        const bool isOnlyOpened = end == at + 1 && opensCompany(reading.word(at));
        if (end > at && (isOnlyOpened ? beginsMatterAtOnce(reading, end) : beginsMatter(reading, end))) break;
        const bool isJoint = isOneOf(word, {"de", "du", "des", "d", "la", "le", "les", "l", "et", "and", "of",
                                            "saint", "sainte", "en"});
        if (const std::size_t named = end == at ? wholeNameEnd(reading, at) : at; named > at) {
            end = named;
        } else if (isJoint) {
            // A joint belongs to the name only with what follows.
            std::size_t next = end + 1;
            while (next < reading.size() && isOneOf(reading.word(next), {"la", "le", "les", "l", "d"}))
                ++next;
            const bool isCounted = next + 1 < reading.size() &&
                                   isOneOf(reading.word(next), {"deux", "trois", "quatre", "sept"}) &&
                                   !isCommonWord(reading.word(next + 1));
            const bool isInner = end > at && !reading.isCutAfter(end - 1) && next < reading.size() &&
                                 reading.word(next).size() > 1 &&
                                 (isCounted || (!isCommonWord(reading.word(next)) &&
                                                (!reading.isCased() || reading.isCapital(next))));
            if (!isInner) break;
            end = next + 1;
        } else {
            const bool isNetwork = word == "reseau" && end + 1 < reading.size() && !reading.isCutAfter(end) &&
                                   reading.word(end + 1).size() > 3 && !isCommonWord(reading.word(end + 1));
            const bool isOpening = end == at && (opensCompany(word) || isNetwork);
            const bool isFollowed = end + 1 < reading.size() && !reading.isCutAfter(end) &&
                                    !isCommonWord(reading.word(end + 1)) && reading.word(end + 1).size() > 2;
            // "des trois chênes"; "agence immobilière Castel"
            const bool isCounted =
                end > at && isFollowed && isOneOf(word, {"deux", "trois", "quatre", "sept"});
            const bool isKind =
                end == at + 1 && opensCompany(reading.word(at)) && reading.isCased() &&
                !reading.isCapital(end) && !isCommonWord(word) && word.size() > 2 &&
                end + 1 < reading.size() && !reading.isCutAfter(end) &&
                (reading.isCapital(end + 1) || isOneOf(reading.word(end + 1), {"des", "du", "de"}));
            // "hôtel-spa", "Goodacre's Garden Centre"
            const bool isJoined = end > at && (reading.isJoinedAfter(end - 1) ||
                                               (word == "s" && reading.isOwnerAfter(end - 1)));
            if (isKind || isCounted || isJoined) {
                ++end;
                if (end >= reading.size() || reading.isCutAfter(end - 1)) break;
                continue;
            }
            // "énergie plus", but not "chez orange plus de réseau"
            const bool isPlus = word == "plus" && end == at + 1 && !reading.isCased() && !isOpening &&
                                (end + 1 == reading.size() || reading.isCutAfter(end) ||
                                 isOneOf(reading.word(end + 1), {"je", "j", "on", "nous", "mon", "ma", "mes",
                                                                 "notre", "nos", "c", "il", "est"}));
            if (isPlus) return end + 1;
            // "Apex Office Supplies"
            const bool isSiteInName = end > at && isFollowed && reading.isCased() && reading.isCapital(end) &&
                                      isSiteNoun(word) && reading.isCapital(end + 1);
            if (isSiteInName) {
                ++end;
                continue;
            }
            if ((isCommonWord(word) && !isOpening && !isEverydaySurname(reading, end)) || word.size() < 2 ||
                word == "[]")
                break;
            // "chez morvan primeurs martine le bihan": the person begins.
            const bool isPerson =
                end >= at + 2 && isFirstName(word) &&
                !isOneOf(reading.word(end - 1), {"et", "and", "saint", "sainte", "bas", "haut", "jean"});
            // "pont neuf", "trois pins"
            const bool isNumber =
                isNumberWord(word) &&
                (end == at || !isOneOf(word, {"neuf", "un", "deux", "trois", "quatre", "sept"}));
            if (!reading.isCased() && (isAddressSign(reading, end) || isNumber || isPerson)) break;
            // "Alu 2000"
            const bool isYear = end > at && word.size() > 1 && word.size() < 5 &&
                                std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; }) &&
                                (end + 1 == reading.size() || reading.isCutAfter(end) ||
                                 isGreetingWord(reading.word(end + 1)));
            if (reading.isCased() && !isYear && !reading.isCapital(end) && !(end == at && opensCompany(word)))
                break;
            ++end;
        }
        if (end >= reading.size() || reading.isCutAfter(end - 1)) break;
    }
    return end;
}

namespace {

std::size_t skipJoints(const NameReading& reading, std::size_t at) {
    while (at < reading.size() &&
           isOneOf(reading.word(at),
                   {"de",         "du",     "des",     "d",          "la",          "le",         "les",
                    "l",          "chez",   "from",    "at",         "of",          "with",       "the",
                    "over",       "pour",   "societe", "entreprise", "secretariat", "secretaire", "directeur",
                    "directrice", "gerant", "gerante", "assistante", "patron",      "patronne"}) &&
           !(reading.isCased() && reading.isCapital(at) &&
             isOneOf(reading.word(at), {"les", "la", "le", "the"})))
        ++at;
    return at;
}

}  // namespace

bool isOneOfMany(const NameReading& reading, std::size_t at) {
    return at > 0 && !reading.isCased() &&
           isOneOf(reading.word(at - 1), {"un", "une", "ce", "cette", "votre", "vos", "a", "an", "whole",
                                          "our", "my", "head", "main"});
}

bool addCompany(const NameReading& reading, std::size_t first, std::size_t last, Names& names) {
    const NamedWorkplace place = workplaceIn(reading.line(), first, last);
    if (place.kind == Workplace::Town) addName(names.sites, reading.name(place.first, place.last));
    if (place.kind != Workplace::Company) return false;
    addName(names.companies, reading.name(place.first, place.last));
    return true;
}

bool isNamedByWorkplace(const NameReading& reading, std::size_t at) {
    const bool isHead = at == 0 || isGreetingWord(reading.word(at - 1)) ||
                        isOneOf(reading.word(at - 1), {"oui", "allo", "alors"});
    if (isOneOf(reading.word(at), {"maitre", "maitresse", "docteur", "professeur"})) return false;
    if (reading.isCased() || !isHead || !isUnknown(reading, at) || !isUnknown(reading, at + 1)) return false;
    if (at + 2 >= reading.size()) return false;
    if (companyEnd(reading, at + 2) > at + 3 && opensCompany(reading.word(at + 2))) return true;
    std::size_t work = skipJoints(reading, at + 2);
    const bool isJoined = work > at + 2;
    if (work < reading.size() && reading.word(work) == "service") ++work;
    return isJoined && work < reading.size() &&
           (isDepartmentWord(reading.word(work)) || opensCompany(reading.word(work)));
}

bool isCompany(const NameReading& reading, std::size_t from, std::size_t end) {
    if (end == from || isInAddress(reading, from, end)) return false;
    return end > from + 1 || !opensCompany(reading.word(from));
}

namespace {

/// "…, chef de chantier, Nord Ouvrages d'Art": the first capitals of the sentence that name no place.
void readCapitalsAfter(const NameReading& reading, std::size_t person, Names& names) {
    for (std::size_t at = person; at < std::min(reading.size(), person + 14); ++at) {
        if (at > person && reading.endsSentenceAfter(at - 1)) return;
        const std::string& word = reading.word(at);
        if (isOneOf(word, {"j", "je", "on", "nous", "c", "il", "elle", "i", "we"}) && at > person) {
            const bool isRole = at + 1 < reading.size() && isOneOf(reading.word(at + 1), {"suis", "m"});
            if (!isRole) return;
        }
        if (!reading.isCapital(at) || isCommonWord(word) || isFirstName(word) || word.size() < 3) continue;
        const bool isPlace =
            at > 0 && isOneOf(reading.word(at - 1), {"a", "en", "sur", "in", "vers", "pres"});
        const bool isPlaceName = at > 1 && isOneOf(reading.word(at - 2), {"a"}) &&
                                 isOneOf(reading.word(at - 1), {"la", "le", "l", "saint"});
        if (isPlace || isPlaceName) continue;
        const std::size_t end = companyEnd(reading, at);
        // One word behind "de" or a comma is a town as often as not.
        const bool isTown = end == at + 1 && at > person &&
                            (reading.isCutAfter(at - 1) ||
                             isOneOf(reading.word(at - 1), {"de", "du", "d", "la", "l", "le", "of"}));
        if (end == at || isTown) continue;
        if (addCompany(reading, at, end, names)) return;
        at = end - 1;
    }
}

}  // namespace

void readCompanyAfter(const NameReading& reading, std::size_t person, Names& names) {
    if (person >= reading.size() || !names.companies.empty()) return;
    if (person > 0 && reading.endsSentenceAfter(person - 1)) return;
    std::size_t from = skipJoints(reading, person);
    const std::size_t end = companyEnd(reading, from);
    // "de la Tour du Pin": the article is the name's.
    const bool isCompound = !reading.isCased() && !opensCompany(reading.word(from)) && from > person + 1 &&
                            end > from + 2 && reading.word(from - 1) == "la" &&
                            isOneOf(reading.word(from + 1), {"du", "de"});
    if (isCompound) --from;
    const bool isBare =
        end == from + 1 && !reading.isCased() && from == person && !opensCompany(reading.word(from));
    if (isCompany(reading, from, end) && !isBare && addCompany(reading, from, end, names)) return;
    // A company's opening further on is looked for with the rest of the line.
    for (std::size_t at = person; at < std::min(reading.size(), person + 14); ++at)
        if (opensCompany(reading.word(at)) && isCompany(reading, at, companyEnd(reading, at))) return;
    if (reading.isCased()) readCapitalsAfter(reading, person, names);
}

namespace {

/// "fontaine et fils", "grice and sons"
bool isFamilyFirm(const NameReading& reading, std::size_t at) {
    return at + 2 < reading.size() && isOneOf(reading.word(at + 1), {"et", "and"}) &&
           isOneOf(reading.word(at + 2),
                   {"fils", "filles", "freres", "soeurs", "associes", "cie", "compagnie", "sons", "son",
                    "daughters", "co", "company", "partners", "brothers"});
}

}  // namespace

void readEmployer(const Line& line, Names& names) {
    if (!names.companies.empty()) return;
    const NameReading reading{line};
    for (std::size_t at = 0; at + 1 < reading.size(); ++at) {
        const std::string& word = reading.word(at);
        const std::string_view before = at > 0 ? std::string_view{reading.word(at - 1)} : std::string_view{};
        const bool isWork = (word == "pour" && before == "travaille") || (word == "for" && before == "work");
        const bool isPart = before == "part" && isOneOf(word, {"d", "de", "du"});
        // "im with pike plumbing"
        const bool isWith = word == "with" && isOneOf(before, {"m", "am"});
        const bool isFrom = isOneOf(word, {"chez", "from"}) || isWork || isWith || isPart ||
                            (isOneOf(word, {"societe", "entreprise"}) && at > 0);
        if (!isFrom || reading.isCutAfter(at)) continue;
        const std::size_t from = skipJoints(reading, at + 1);
        const std::size_t end = companyEnd(reading, from);
        if (end == from || isInAddress(reading, from, end)) continue;
        // One word without a capital may be anything; two that nobody else says are a name where one says whence
        // one calls.
        const bool isWhence = isWork || isPart || isWith ||
                              isOneOf(before, {"de", "suis", "est", "compta", "comptabilite", "accueil",
                                               "direction", "secretariat", "comptable", "secretaire",
                                               "calling", "ringing", "phoning", "m", "im", "here"}) ||
                              isFirstName(before) || isDepartmentWord(before) ||
                              (at > 1 && isFirstName(reading.word(at - 2))) ||
                              (at > 2 && before == "again" && isFirstName(reading.word(at - 3)));
        const bool isTwo =
            end >= from + 2 && isUnknown(reading, from) &&
            (isUnknown(reading, from + 1) || reading.word(from + 1) == "plus" || isFamilyFirm(reading, from));
        // "bonjour entreprise guérin", but "toute l'entreprise"
        const bool isNamedFirm =
            word == "entreprise" && (isGreetingWord(before) || isOneOf(before, {"ici", "allo", "oui"}));
        const bool isName = reading.isCased() ? reading.isCapital(from)
                                              : opensCompany(reading.word(from)) || word == "societe" ||
                                                    isNamedFirm || (isWhence && isTwo);
        if (isName && addCompany(reading, from, end, names)) return;
    }
}

}  // namespace ninja3cx::analysis
