#include "server/analysis/entities/names.hpp"

#include "server/analysis/conversation/written.hpp"
#include "server/analysis/entities/caller_name.hpp"
#include "server/analysis/entities/company_check.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/number_lexicon.hpp"
#include "server/analysis/lexicon/places_of_work.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/lexicon/subject_words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

namespace ninja3cx::analysis {
namespace {

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// A line with what its writing tells.
class Reading {
public:
    explicit Reading(const Line& line) : line_{line} {
        for (const char c : line.text) isCased_ = isCased_ || (c >= 'A' && c <= 'Z');
    }

    const Line& line() const { return line_; }
    std::size_t size() const { return line_.words.size(); }
    const std::string& word(std::size_t at) const { return line_.words[at].text; }
    bool isCased() const { return isCased_; }
    bool isCapital(std::size_t at) const {
        const auto begin = static_cast<std::size_t>(line_.words[at].begin);
        const auto first = static_cast<unsigned char>(line_.text[begin]);
        if (first >= 'A' && first <= 'Z') return true;
        return first == 0xC3 && begin + 1 < line_.text.size() &&
               static_cast<unsigned char>(line_.text[begin + 1]) < 0xA0;
    }
    /// A comma or the end of a sentence after word `at`.
    bool isCutAfter(std::size_t at) const { return hasAfter(at, ",.;:!?()\n"); }
    bool endsSentenceAfter(std::size_t at) const { return hasAfter(at, ".;:!?\n"); }
    /// "Jean-Marc", "Ndiaye": one name although two words.
    bool isJoinedAfter(std::size_t at) const {
        return at + 1 < size() && line_.text.substr(static_cast<std::size_t>(line_.words[at].end), 1) == "-";
    }
    /// "Goodacre's"
    bool isOwnerAfter(std::size_t at) const {
        const auto from = static_cast<std::size_t>(line_.words[at].end);
        return line_.text.substr(from, 1) == "'" || line_.text.substr(from, 3) == "\u2019";
    }
    std::string name(std::size_t first, std::size_t last) const { return writtenName(line_, first, last); }

private:
    bool hasAfter(std::size_t at, std::string_view marks) const {
        if (at + 1 >= size()) return true;
        const auto from = static_cast<std::size_t>(line_.words[at].end);
        const auto to = static_cast<std::size_t>(line_.words[at + 1].begin);
        return line_.text.substr(from, to - from).find_first_of(marks) != std::string_view::npos;
    }
    const Line& line_;
    bool isCased_ = false;
};

bool isGreetingWord(std::string_view word) {
    return isOneOf(word, {"bonjour", "bonsoir", "hello", "hi", "hiya", "morning", "afternoon", "salut"});
}

/// "Valérie Petit", "boulangerie Petit": everyday words that are surnames where a name goes on.
bool isEverydaySurname(const Reading& reading, std::size_t at) {
    if (at == 0 || reading.isCutAfter(at - 1) || !isOneOf(reading.word(at), {"petit", "bon", "juste"}))
        return false;
    const std::string& before = reading.word(at - 1);
    if (!isFirstName(before) && !opensCompany(before) && !isOneOf(before, {"monsieur", "madame", "docteur"}))
        return false;
    if (reading.isCased()) return reading.isCapital(at);
    return at + 1 == reading.size() || opensCompany(reading.word(at + 1)) ||
           isOneOf(reading.word(at + 1), {"a", "de", "du", "des", "d", "from", "at", "chez"});
}

/// "Marine Ouest" is no person.
bool isDirection(std::string_view word) {
    return isOneOf(word, {"nord", "sud", "est", "ouest", "centre"});
}

/// "colin dot featherstone arobase …": a piece of an address that is said.
bool isAddressSign(const Reading& reading, std::size_t at) {
    if (at >= reading.size()) return false;
    const std::string& word = reading.word(at);
    return isOneOf(word, {"dot", "arobase", "arrobase", "rebase", "tiret", "dash", "underscore", "hyphen"}) ||
           (word == "point" && at + 1 < reading.size() &&
            isOneOf(reading.word(at + 1), {"fr", "com", "net", "org", "eu", "be", "ch"}));
}
bool isInAddress(const Reading& reading, std::size_t first, std::size_t last) {
    return !reading.isCased() &&
           ((first > 0 && isAddressSign(reading, first - 1)) || isAddressSign(reading, last));
}

/// The words that calls are about; no name is made of one that stands in lower case.
bool isMatterWord(const std::string& word) {
    static const std::set<std::string> kWords = [] {
        std::set<std::string> words;
        const auto take = [&](std::string_view phrase) {
            for (Word& each : wordsOf(phrase)) words.insert(std::move(each.text));
        };
        for (const SubjectTerm& term : subjectTerms()) take(term.phrase);
        for (const Product& product : products()) take(product.phrase);
        for (const char* more :
             {"logiciels", "lecteur",   "dernier",    "derniere", "premier",   "premiere",  "client",
              "clients",   "patron",    "probleme",   "numero",   "site",      "siege",     "bureau",
              "compta",    "paie",      "caisse",     "salle",    "etage",     "reunion",   "personnel",
              "matin",     "chef",      "bonne",      "quelle",   "quel",      "revient",   "vraiment",
              "alors",     "peut",      "prend",      "prends",   "faut",      "deja",      "meme",
              "rien",      "jamais",    "toujours",   "encore",   "parler",    "voudrait",  "ticket",
              "rappeler",  "appeler",   "telephonie", "travail",  "maison",    "achats",    "ventes",
              "the",       "hotline",   "helpdesk",   "someone",  "somebody",  "whole",     "other",
              "another",   "customer",  "front",      "upstairs", "reception", "warehouse", "finance",
              "payroll",   "marketing", "sales",      "head",     "main",      "our",       "new",
              "job",       "company",   "gardien",    "clerc",    "maire",     "adjoint",   "magasinier",
              "pere",      "frere",     "fils",       "mari",     "cuisinier", "concierge", "chauffeur",
              "dgs",       "enfin",     "kine",       "attend",   "attends",   "laquelle",  "lequel",
              "client",    "cliente",   "rappel",     "suivant"})
            words.insert(more);
        return words;
    }();
    return kWords.contains(word);
}

bool isPlainWord(const Reading& reading, std::size_t at) {
    const std::string& word = reading.word(at);
    return isCommonWord(word) || opensCompany(word) || isDirection(word) || isNumberWord(word) ||
           isMatterWord(word);
}

/// Said in lower case, and in no list: it may be a name.
bool isUnknown(const Reading& reading, std::size_t at) {
    if (at >= reading.size()) return false;
    const std::string& word = reading.word(at);
    return word.size() > 2 && word.find_first_of("0123456789[") == std::string::npos &&
           !isPlainWord(reading, at) && !isAddressSign(reading, at);
}

/// One past "le goff", "de la villardière", "o'hara", where such a surname starts at `at` in lower case; `at` otherwise.
std::size_t particleEnd(const Reading& reading, std::size_t at) {
    if (reading.isCased() || at + 1 >= reading.size()) return at;
    const bool isIrish = reading.word(at) == "o" && reading.isOwnerAfter(at);
    if (!isIrish && !isOneOf(reading.word(at), {"le", "van", "ben", "el", "mac", "mc"})) return at;
    if (reading.isCutAfter(at) || !isUnknown(reading, at + 1)) return at;
    // "c'est karine le badgeage déconne": a name ends where the speaker goes on about something else.
    const std::size_t end = at + 2;
    const bool isClosed =
        isIrish || end == reading.size() || reading.isCutAfter(end - 1) ||
        isOneOf(reading.word(end),
                {"de",   "du",    "des",     "d",   "chez",       "je",         "j",           "on",
                 "nous", "a",     "au",      "qui", "arrive",     "n",          "ne",          "peut",
                 "du",   "from",  "at",      "i",   "we",         "pour",       "responsable", "comptable",
                 "et",   "aussi", "bonjour", "mon", "ma",         "mes",        "notre",       "c",
                 "il",   "elle",  "voila",   "oui", "assistante", "secretaire", "directrice",  "directeur"});
    return isClosed ? end : at;
}

bool isNamePart(const Reading& reading, std::size_t at) {
    const std::string& word = reading.word(at);
    if (isEverydaySurname(reading, at)) return true;
    if (word.size() < 2 || isCommonWord(word) || opensCompany(word) || isDirection(word)) return false;
    if (word.find_first_of("0123456789[") != std::string::npos) return false;
    if (!reading.isCased() && (word == "point" || isAddressSign(reading, at) || isNumberWord(word)))
        return false;
    return !reading.isCased() || reading.isCapital(at);
}

/// One past the person's name that starts at `at`; `at` when there is none.
std::size_t personEnd(const Reading& reading, std::size_t at, bool needsFirstName) {
    if (at >= reading.size() || !isNamePart(reading, at)) return at;
    if (needsFirstName && !isFirstName(reading.word(at))) return at;
    std::size_t end = at + 1;
    if (end < reading.size() && !reading.isCutAfter(at) && isDirection(reading.word(end)) &&
        reading.isCased() && reading.isCapital(end))
        return at;
    while (end < reading.size() && reading.isJoinedAfter(end - 1) && end < at + 3) ++end;
    // "bonjour clemence alexis vandamme": the second first name begins another person.
    const bool isGreeting = !reading.isCased() && at > 0 && isGreetingWord(reading.word(at - 1)) &&
                            end + 1 < reading.size() && isFirstName(reading.word(end)) &&
                            isNamePart(reading, end + 1);
    if (isGreeting) return end;
    if (end < reading.size() && !reading.isCutAfter(end - 1) && particleEnd(reading, end) > end) {
        end = particleEnd(reading, end);
    } else if (end < reading.size() && !reading.isCutAfter(end - 1) && isNamePart(reading, end)) {
        ++end;
        while (end < reading.size() && reading.isJoinedAfter(end - 1) && end < at + 5) ++end;
        if (reading.isCased() && end < reading.size() && !reading.isCutAfter(end - 1) &&
            isNamePart(reading, end))
            ++end;
    } else if (end + 1 < reading.size() && !reading.isCutAfter(end - 1) &&
               isOneOf(reading.word(end), {"de", "le", "du", "o"}) && isNamePart(reading, end + 1) &&
               reading.isCased() && reading.isCapital(end)) {
        end += 2;
    }
    return end;
}

/// One past the company that starts at `at`.
std::size_t companyEnd(const Reading& reading, std::size_t at) {
    std::size_t end = at;
    while (end < reading.size() && end < at + 7) {
        const std::string& word = reading.word(end);
        const bool isJoint = isOneOf(word, {"de", "du", "des", "d", "la", "le", "les", "l", "et", "and", "of",
                                            "saint", "sainte", "en"});
        if (isJoint) {
            // A joint belongs to the name only with what follows.
            std::size_t next = end + 1;
            while (next < reading.size() && isOneOf(reading.word(next), {"la", "le", "les", "l", "d"}))
                ++next;
            const bool isCounted = next + 1 < reading.size() &&
                                   isOneOf(reading.word(next), {"deux", "trois", "quatre", "sept"}) &&
                                   !isCommonWord(reading.word(next + 1));
            // "tour du pin la caisse est bloquée": the matter begins.
            const bool isMatter = !reading.isCased() && end > at + 2 &&
                                  isOneOf(word, {"la", "le", "les", "l"}) && next < reading.size() &&
                                  isMatterWord(reading.word(next)) &&
                                  !isOneOf(reading.word(next), {"bas", "haut", "vieux", "grand", "croix"});
            const bool isInner = end > at && !isMatter && !reading.isCutAfter(end - 1) &&
                                 next < reading.size() && reading.word(next).size() > 1 &&
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
            if (reading.isCased() && !reading.isCapital(end) && !(end == at && opensCompany(word))) break;
            ++end;
        }
        if (end >= reading.size() || reading.isCutAfter(end - 1)) break;
    }
    return end;
}

/// "Karine Le Goff": the particle of a surname has a capital where the recogniser wrote none, but "du" and "de la".
std::string personName(const Reading& reading, std::size_t first, std::size_t last) {
    std::string name = reading.name(first, last);
    if (reading.isCased()) return name;
    for (const std::string_view particle : {"le ", "la "}) {
        if (name.starts_with(particle)) name[0] = 'L';
        if (const std::size_t at = name.find(" " + std::string{particle});
            at != std::string::npos && (at < 3 || name.compare(at - 3, 3, " de") != 0))
            name[at + 1] = 'L';
    }
    return name;
}

void add(std::vector<std::string>& list, std::string name) {
    if (name.empty()) return;
    const std::string plain = folded(name);
    for (std::string& known : list) {
        const std::string other = folded(known);
        if (other == plain || other.find(plain) != std::string::npos) return;
        if (plain.find(other) != std::string::npos) {
            known = std::move(name);
            return;
        }
    }
    list.push_back(std::move(name));
}

/// Every company passes here, whichever rule found it. False: it is none.
bool addCompany(const Reading& reading, std::size_t first, std::size_t last, Names& names) {
    const NamedWorkplace place = workplaceIn(reading.line(), first, last);
    if (place.kind == Workplace::Town) add(names.sites, reading.name(place.first, place.last));
    if (place.kind != Workplace::Company) return false;
    add(names.companies, reading.name(place.first, place.last));
    return true;
}

/// "je suis ravi": a feeling, which is a name too.
bool isFeeling(const Reading& reading, std::size_t at) {
    return reading.word(at) == "ravi" && reading.word(at - 1) == "suis" && !reading.isCapital(at);
}

/// Where a person may start: after a greeting or an introduction.
bool isIntroducedAt(const Reading& reading, std::size_t at) {
    if (at == 0) return true;
    if (isFeeling(reading, at)) return false;
    const std::string& before = reading.word(at - 1);
    if (isGreetingWord(before) ||
        isOneOf(before, {"ici",    "suis", "est",  "appelle", "monsieur", "madame", "mademoiselle",
                         "it",     "its",  "s",    "is",      "m",        "oui",    "docteur",
                         "maitre", "here", "this", "alors",   "c",        "name"}))
        return true;
    // "bonjour clemence alexis vandamme"
    if (!reading.isCased() && at > 1 && isGreetingWord(reading.word(at - 2)) && isFirstName(before))
        return true;
    return reading.isCased() && reading.isCutAfter(at - 1);
}

std::size_t skipJoints(const Reading& reading, std::size_t at) {
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

/// "une étude gratuite": one of many.
bool isOneOfMany(const Reading& reading, std::size_t at) {
    return at > 0 && !reading.isCased() &&
           isOneOf(reading.word(at - 1), {"un", "une", "ce", "cette", "votre", "vos", "a", "an", "whole",
                                          "our", "my", "head", "main"});
}

/// "Cabinet Moreau", not "cabinet" alone.
bool isCompany(const Reading& reading, std::size_t from, std::size_t end) {
    if (end == from || isInAddress(reading, from, end)) return false;
    return end > from + 1 || !opensCompany(reading.word(from));
}

/// "…, chef de chantier, Nord Ouvrages d'Art": the first capitals of the sentence that name no place.
void readCapitalsAfter(const Reading& reading, std::size_t person, Names& names) {
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

void readCompanyAfter(const Reading& reading, std::size_t person, Names& names) {
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

/// "bonjour cristelle aubry du service courrier", "armelle costa étude costa": two words of no list before where one
/// works.
bool isNamedByWorkplace(const Reading& reading, std::size_t at) {
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

void readCustomer(const Line& line, Names& names) {
    const Reading reading{line};
    for (std::size_t at = 0; at < reading.size(); ++at) {
        if (names.companies.empty() && opensCompany(reading.word(at)) &&
            !isOneOf(reading.word(at), {"bureau", "service", "entreprise", "societe"})) {
            const std::size_t end = companyEnd(reading, at);
            if (end > at + 1 && !isInAddress(reading, at, end) && !isOneOfMany(reading, at) &&
                addCompany(reading, at, end, names)) {
                at = end - 1;
                continue;
            }
        }
        if (!isIntroducedAt(reading, at)) continue;
        const bool isTitled =
            at > 0 && isOneOf(reading.word(at - 1), {"monsieur", "madame", "docteur", "maitre"});
        std::size_t end = personEnd(reading, at, !isTitled);
        // "je suis madame le bihan"
        if (isTitled && end == at) end = particleEnd(reading, at);
        if (isTitled && end > at && isOneOf(reading.word(at), {"le", "o"})) {
            add(names.people, personName(reading, at, end));
            if (names.customer.empty()) names.customer = names.people.back();
            at = end - 1;
            continue;
        }
        if (end == at && at > 0 && reading.isCased() && names.customer.empty())
            end = personEnd(reading, at, false);
        // "it's graeme tunnicliffe at …": where a name must stand, an unknown one does.
        if (end == at && at > 0 && !reading.isCased() && names.customer.empty() &&
            isOneOf(reading.word(at - 1), {"s", "its", "im", "m", "is", "appelle"})) {
            const std::size_t two = personEnd(reading, at, false);
            if (two == at + 2 && two < reading.size() &&
                isOneOf(reading.word(two), {"at", "from", "chez", "de", "du", "speaking", "calling"}))
                end = two;
        }
        // "c'est soazig le floch de …"
        if (end == at && at > 0 && isUnknown(reading, at) && names.customer.empty() &&
            isOneOf(reading.word(at - 1), {"est", "appelle", "ici", "s", "its", "m", "is"})) {
            const std::size_t two = particleEnd(reading, at + 1);
            if (two > at + 1 && two < reading.size() &&
                isOneOf(reading.word(two), {"at", "from", "chez", "de", "du", "a"}))
                end = two;
        }
        if (end == at && names.customer.empty() && isNamedByWorkplace(reading, at)) end = at + 2;
        // Without a known first name, one word alone is as likely a greeting.
        if (end == at || (end == at + 1 && !isFirstName(reading.word(at)))) {
            if (isTitled && end > at && names.customer.empty())
                add(names.people, names.customer = reading.name(at, end));
            continue;
        }
        const bool isGreeted =
            end == at + 1 && at > 0 &&
            isOneOf(reading.word(at - 1), {"bonjour", "hi", "hello", "morning", "bonsoir"});
        const std::string name = personName(reading, at, end);
        add(names.people, name);
        if (end > at + 1 && !isGreeted && names.customer.empty()) {
            names.customer = name;
            readCompanyAfter(reading, end, names);
        }
        // "its tracey at mossop and co", "oui nolwenn de cormoran conseil"
        const bool isNamed = !reading.isCased() && end + 2 < reading.size() &&
                             isOneOf(reading.word(end), {"de", "chez"}) && isUnknown(reading, end + 1) &&
                             isUnknown(reading, end + 2);
        const bool isEmployed = end == at + 1 && (!isGreeted || isNamed) && end + 1 < reading.size() &&
                                !reading.isCutAfter(at) &&
                                (isNamed || isOneOf(reading.word(end), {"at", "from"}));
        if (isEmployed) readCompanyAfter(reading, end, names);
        at = end - 1;
    }
}

/// "comptable chez Fonderies Delcroix", "je travaille pour …", "calling from …"
void readEmployer(const Line& line, Names& names) {
    if (!names.companies.empty()) return;
    const Reading reading{line};
    for (std::size_t at = 0; at + 1 < reading.size(); ++at) {
        const std::string& word = reading.word(at);
        const std::string_view before = at > 0 ? std::string_view{reading.word(at - 1)} : std::string_view{};
        const bool isWork = (word == "pour" && before == "travaille") || (word == "for" && before == "work");
        const bool isPart = before == "part" && isOneOf(word, {"d", "de", "du"});
        const bool isFrom = isOneOf(word, {"chez", "from"}) || isWork || isPart ||
                            (isOneOf(word, {"societe", "entreprise"}) && at > 0);
        if (!isFrom || reading.isCutAfter(at)) continue;
        const std::size_t from = skipJoints(reading, at + 1);
        const std::size_t end = companyEnd(reading, from);
        if (end == from || isInAddress(reading, from, end)) continue;
        // One word without a capital may be anything; two that nobody else says are a name where one says whence
        // one calls.
        const bool isWhence = isWork || isPart ||
                              isOneOf(before, {"de", "suis", "est", "compta", "comptabilite", "accueil",
                                               "direction", "secretariat", "comptable", "secretaire",
                                               "calling", "ringing", "phoning", "m", "im", "here"}) ||
                              isFirstName(before) || isDepartmentWord(before) ||
                              (at > 1 && isFirstName(reading.word(at - 2)));
        const bool isTwo = end >= from + 2 && isUnknown(reading, from) &&
                           (isUnknown(reading, from + 1) || reading.word(from + 1) == "plus");
        const bool isName =
            reading.isCased() ? reading.isCapital(from)
                              : opensCompany(reading.word(from)) || word == "societe" || (isWhence && isTwo);
        if (isName && addCompany(reading, from, end, names)) return;
    }
}

/// "la comptabilité de chez morvan primeurs martine le bihan": the person behind the company.
void readPersonBehind(const Line& line, Names& names) {
    const Reading reading{line};
    if (reading.isCased() || !names.customer.empty()) return;
    for (const std::string& company : names.companies) {
        const std::vector<Word> words = wordsOf(company);
        const auto found =
            std::search(line.words.begin(), line.words.end(), words.begin(), words.end(),
                        [](const Word& one, const Word& other) { return one.text == other.text; });
        const auto at = static_cast<std::size_t>(found - line.words.begin()) + words.size();
        if (found == line.words.end() || at >= reading.size()) continue;
        const std::size_t end = personEnd(reading, at, true);
        if (end < at + 2 || (isMatterWord(reading.word(end - 1)) && !isFirstName(reading.word(end - 1))))
            continue;
        add(names.people, names.customer = personName(reading, at, end));
        return;
    }
}

/// Names that tell themselves, in no list: "Yanis à l'appareil", "romuald speaking", "my name is …".
void readSelf(const Line& line, Names& names) {
    const Reading reading{line};
    const auto isOwnName = [&](std::size_t at) {
        return isNamePart(reading, at) && reading.word(at).size() > 2 &&
               !isOneOf(reading.word(at), {"toujours", "bien"});
    };
    for (std::size_t at = 0; at < reading.size(); ++at) {
        const auto word = [&](std::size_t ahead) {
            return at + ahead < reading.size() ? std::string_view{reading.word(at + ahead)}
                                               : std::string_view{};
        };
        const bool isPhone = word(1) == "a" && word(2) == "l" && word(3) == "appareil";
        const bool isSpeaking = word(1) == "speaking";
        if ((isPhone || isSpeaking) && isOwnName(at)) {
            // The name before may be two words: "c'est Odile Kerguelen à l'appareil".
            const bool isTwo = at > 0 && isOwnName(at - 1) && !reading.isCutAfter(at - 1) &&
                               isFirstName(reading.word(at - 1));
            add(names.people, reading.name(isTwo ? at - 1 : at, at + 1));
        }
    }
}

void readAgent(const Line& line, Names& names) {
    const Reading reading{line};
    for (std::size_t at = 0; at < reading.size(); ++at) {
        const std::size_t first = at;
        while (at + 1 < reading.size() && reading.isJoinedAfter(at) && at < first + 2) ++at;
        const std::size_t end = at + 1;
        const bool isFollowed =
            end < reading.size() &&
            isOneOf(reading.word(end), {"bonjour", "speaking", "here", "hear", "a", "j", "bonsoir"});
        const bool isKnown =
            isFirstName(reading.word(first)) || (end > first + 1 && isFirstName(reading.word(end - 1)));
        const bool isPlace =
            end < reading.size() && !reading.isCutAfter(at) && isDirection(reading.word(end));
        if (isKnown && !isPlace && !isOneOf(reading.word(first), {"saint", "sainte"}) &&
            (!reading.isCased() || reading.isCapital(first)) &&
            (isFollowed || isIntroducedAt(reading, first) || end == reading.size()))
            add(names.people, reading.name(first, end));
    }
}

/// One past the company's name that stands at `at`, `at` when none does.
std::size_t companyEndAt(const Reading& reading, std::size_t at,
                         const std::vector<std::vector<Word>>& places) {
    for (const std::vector<Word>& place : places) {
        std::size_t end = at;
        while (end < reading.size() && end - at < place.size() && reading.word(end) == place[end - at].text)
            ++end;
        if (end - at == place.size()) return end;
    }
    return at;
}

/// "la clinique des Lilas", "rue Victor Hugo": a place has the name of a person.
bool isPlaceBefore(std::string_view word) {
    return isOneOf(word, {"des",    "les",     "aux",   "rue",   "avenue",  "boulevard", "place",
                          "quai",   "impasse", "zone",  "allee", "chemin",  "quartier",  "residence",
                          "hameau", "cours",   "lycee", "ecole", "college", "saint",     "sainte"});
}

/// "monsieur Lantier", "Marie-Jo", "Stephen Alderley": other people, wherever they are named.
void readMentions(const Line& line, const std::vector<std::vector<Word>>& places, Names& names) {
    const Reading reading{line};
    for (std::size_t at = 0; at < reading.size(); ++at) {
        if (const std::size_t end = companyEndAt(reading, at, places); end > at) {
            at = end - 1;
            continue;
        }
        const bool isTitle =
            at + 1 < reading.size() && isOneOf(reading.word(at), {"monsieur", "madame", "docteur"});
        // "je vous envoie julien demain"
        const bool isColleague =
            !reading.isCased() && at > 0 && isFirstName(reading.word(at)) &&
            isOneOf(reading.word(at - 1), {"collegue", "technicien", "technicienne", "envoie", "passe",
                                           "colleague", "collaborateur", "collaboratrice", "engineer",
                                           "starter", "stagiaire", "alternant", "alternante", "recrue"});
        if (isColleague) {
            const std::size_t end = particleEnd(reading, at + 1);
            add(names.people, personName(reading, at, end > at + 1 ? end : at + 1));
        }
        // "le départ de mathilde roussel", "emma clarke leaves on friday"
        if (!reading.isCased() && isFirstName(reading.word(at)) && personEnd(reading, at, true) == at + 2) {
            const auto after = [&](std::size_t index) {
                return index < reading.size() ? std::string_view{reading.word(index)} : std::string_view{};
            };
            const bool isDeparture = at > 1 && isOneOf(reading.word(at - 1), {"de", "d"}) &&
                                     isOneOf(reading.word(at - 2), {"depart", "fin"});
            const bool isLeaver =
                isOneOf(after(at + 2), {"part", "quitte", "leaves"}) ||
                (isOneOf(after(at + 2), {"s", "is"}) && after(at + 3) == "leaving") ||
                (isOneOf(after(at + 2), {"elle", "il", "she", "he"}) &&
                 (isOneOf(after(at + 3), {"part", "quitte", "leaves"}) || after(at + 4) == "leaving"));
            if (isDeparture || isLeaver) add(names.people, personName(reading, at, at + 2));
        }
        if (isTitle && !reading.isCutAfter(at) && reading.isCased() && isNamePart(reading, at + 1))
            add(names.people, reading.name(at + 1, personEnd(reading, at + 1, false)));
        // "d'accord monsieur gallois": in lower case one word, and of no list.
        if (isTitle && !reading.isCutAfter(at) && !reading.isCased()) {
            const std::size_t particle = particleEnd(reading, at + 1);
            if (particle > at + 1)
                add(names.people, personName(reading, at + 1, particle));
            else if (isUnknown(reading, at + 1) && !isInAddress(reading, at + 1, at + 2))
                add(names.people, reading.name(at + 1, at + 2));
        }
        if (!reading.isCased() || !reading.isCapital(at) || !isFirstName(reading.word(at))) continue;
        if (at > 0 && reading.isJoinedAfter(at - 1)) continue;  // "Saint-Brieuc"
        if (at > 1 && reading.word(at - 2).size() == 1 && isOneOf(reading.word(at - 1), {"comme", "for"}))
            continue;  // "P comme Paul"
        const std::size_t end = personEnd(reading, at, true);
        if (end > at && at > 0 && isPlaceBefore(reading.word(at - 1))) {
            at = end - 1;
            continue;
        }
        const bool isFeast =
            end == at + 1 && isOneOf(reading.word(at), {"noel", "may", "june", "will", "mark", "rose"});
        if ((end > at + 1 || at > 0) && !isFeast) add(names.people, reading.name(at, end));
        if (end > at) at = end - 1;
    }
}

/// One past the name of the place whose first great word is `at`: "saint nazaire", "tour du pin", "puy en velay".
std::size_t placeEnd(const Reading& reading, std::size_t at) {
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

void readSites(const Line& line, Names& names) {
    const Reading reading{line};
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
        add(names.sites, std::move(name));
    }
    for (std::size_t at = 1; at + 1 < reading.size(); ++at) {
        const bool isPlace = !reading.isCased() && isOneOf(reading.word(at - 1), {"the", "our"}) &&
                             isOneOf(reading.word(at + 1), {"depot", "branch", "warehouse", "site"}) &&
                             reading.word(at).size() > 3 &&
                             !isOneOf(reading.word(at), {"main", "head", "other", "same", "whole", "local",
                                                         "wrong", "right", "next", "live", "test"});
        if (isPlace && !isCommonWord(reading.word(at))) add(names.sites, reading.name(at, at + 1));
    }
    for (std::size_t at = 1; at < reading.size(); ++at)
        if (reading.isCased() && reading.isCapital(at - 1) && !reading.isCutAfter(at - 1) &&
            isOneOf(reading.word(at), {"depot", "office", "branch", "site", "warehouse"}) &&
            !isCommonWord(reading.word(at - 1)))
            add(names.sites, reading.name(at - 1, at));
}

}  // namespace

Names findNames(const Conversation& conversation) {
    Names names;
    int customerLines = 0;
    int agentLines = 0;
    for (const Line& line : conversation.lines) {
        if (line.speaker == protocol::Speaker::Customer && ++customerLines <= 3) {
            readCustomer(line, names);
            readEmployer(line, names);
            readPersonBehind(line, names);
        }
        if (line.speaker == protocol::Speaker::Agent && ++agentLines <= 1) {
            readAgent(line, names);
            readSelf(line, names);
        }
    }
    std::vector<std::vector<Word>> places;
    for (const std::string& company : names.companies) places.push_back(wordsOf(company));
    for (const Line& line : conversation.lines) {
        readMentions(line, places, names);
        readSites(line, names);
    }
    if (names.companies.empty() && !conversation.lines.empty() &&
        conversation.lines[0].speaker == protocol::Speaker::Agent) {
        Names outbound;
        readCustomer(conversation.lines[0], outbound);
        for (std::string& company : outbound.companies)
            if (!isFirstName(folded(company))) add(names.companies, std::move(company));
    }
    names.customer = callerAmong(conversation, names.people, names.customer);
    return names;
}

}  // namespace ninja3cx::analysis
