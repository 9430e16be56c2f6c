#include "server/analysis/entities/name_reading.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/number_lexicon.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/lexicon/subject_words.hpp"

#include <set>

namespace ninja3cx::analysis {

bool isGreetingWord(std::string_view word) {
    return isOneOf(word, {"bonjour", "bonsoir", "hello", "hi", "hiya", "morning", "afternoon", "salut"});
}

bool isEverydaySurname(const NameReading& reading, std::size_t at) {
    if (at == 0 || reading.isCutAfter(at - 1) || !isOneOf(reading.word(at), {"petit", "bon", "juste"}))
        return false;
    const std::string& before = reading.word(at - 1);
    if (!isFirstName(before) && !opensCompany(before) && !isOneOf(before, {"monsieur", "madame", "docteur"}))
        return false;
    if (reading.isCased()) return reading.isCapital(at);
    return at + 1 == reading.size() || opensCompany(reading.word(at + 1)) ||
           isOneOf(reading.word(at + 1), {"a", "de", "du", "des", "d", "from", "at", "chez"});
}

bool isDirection(std::string_view word) {
    return isOneOf(word, {"nord", "sud", "est", "ouest", "centre"});
}

bool isAddressSign(const NameReading& reading, std::size_t at) {
    if (at >= reading.size()) return false;
    const std::string& word = reading.word(at);
    return isOneOf(word, {"dot", "arobase", "arrobase", "rebase", "tiret", "dash", "underscore", "hyphen"}) ||
           (word == "point" && at + 1 < reading.size() &&
            isOneOf(reading.word(at + 1), {"fr", "com", "net", "org", "eu", "be", "ch"}));
}

bool isInAddress(const NameReading& reading, std::size_t first, std::size_t last) {
    return !reading.isCased() &&
           ((first > 0 && isAddressSign(reading, first - 1)) || isAddressSign(reading, last));
}

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

namespace {

bool isPlainWord(const NameReading& reading, std::size_t at) {
    const std::string& word = reading.word(at);
    return isCommonWord(word) || opensCompany(word) || isDirection(word) || isNumberWord(word) ||
           isMatterWord(word);
}

}  // namespace

bool isUnknown(const NameReading& reading, std::size_t at) {
    if (at >= reading.size()) return false;
    const std::string& word = reading.word(at);
    return word.size() > 2 && word.find_first_of("0123456789[") == std::string::npos &&
           !isPlainWord(reading, at) && !isAddressSign(reading, at);
}

bool isNamePart(const NameReading& reading, std::size_t at) {
    const std::string& word = reading.word(at);
    if (isEverydaySurname(reading, at)) return true;
    // "im ben foster": in French one only hesitates with it.
    if (word == "ben" && at > 0 && isOneOf(reading.word(at - 1), {"m", "s", "is"})) return true;
    if (word.size() < 2 || isCommonWord(word) || opensCompany(word) || isDirection(word)) return false;
    if (word.find_first_of("0123456789[") != std::string::npos) return false;
    if (!reading.isCased() && (word == "point" || isAddressSign(reading, at) || isNumberWord(word)))
        return false;
    return !reading.isCased() || reading.isCapital(at);
}

void addName(std::vector<std::string>& list, std::string name) {
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

}  // namespace ninja3cx::analysis
