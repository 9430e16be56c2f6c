#include "server/analysis/entities/company_check.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/matter_start.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/places_of_work.hpp"
#include "server/analysis/lexicon/product_list.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

/// The words that stand at a place of a line, and those round them.
class Place {
public:
    Place(const Line& line, std::size_t first, std::size_t last) : line_{line}, first_{first}, last_{last} {}

    std::size_t size() const { return last_ - first_; }
    std::size_t first() const { return first_; }
    std::size_t last() const { return last_; }
    std::string_view word(std::size_t at) const { return wordAt(first_ + at); }
    std::string_view before(std::size_t steps) const {
        return first_ < steps ? std::string_view{} : wordAt(first_ - steps);
    }
    std::string_view after(std::size_t steps) const { return wordAt(last_ + steps); }
    std::span<const Word> words() const { return std::span{line_.words}.subspan(first_, size()); }
    std::string plain() const {
        std::string all;
        for (const Word& word : words()) all += (all.empty() ? "" : " ") + word.text;
        return all;
    }
    Place from(std::size_t skipped) const { return {line_, first_ + skipped, last_}; }

    bool isCutBefore() const { return first_ == 0 || isCutBetween(first_ - 1); }
    bool isCutAfter() const { return isCutBetween(last_ - 1); }
    bool isCapital() const { return isCapitalAt(first_); }
    bool isCapitalAfter(std::size_t steps) const { return isCapitalAt(last_ + steps); }

private:
    std::string_view wordAt(std::size_t at) const {
        return at < line_.words.size() ? std::string_view{line_.words[at].text} : std::string_view{};
    }
    bool isCutBetween(std::size_t at) const {
        if (at + 1 >= line_.words.size()) return true;
        const auto from = static_cast<std::size_t>(line_.words[at].end);
        const auto to = static_cast<std::size_t>(line_.words[at + 1].begin);
        return line_.text.substr(from, to - from).find_first_of(",.;:!?()\n") != std::string_view::npos;
    }
    bool isCapitalAt(std::size_t at) const {
        if (at >= line_.words.size()) return false;
        const std::string_view rest = line_.text.substr(static_cast<std::size_t>(line_.words[at].begin));
        if (rest.starts_with('\xC3')) return rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0;
        return rest[0] >= 'A' && rest[0] <= 'Z';
    }
    const Line& line_;
    std::size_t first_;
    std::size_t last_;
};

bool isArticle(std::string_view word) {
    return isOneOf(word, {"la", "le", "les", "l", "the"});
}

/// "chez …", "de la …", "from the …": what follows is where one comes from.
bool isIntroduced(const Place& place) {
    std::size_t steps = 1;
    while (isArticle(place.before(steps))) ++steps;
    return isOneOf(place.before(steps),
                   {"de", "du", "des", "d", "chez", "from", "at", "of", "with", "for", "pour"});
}

/// "la société …": it is said to be one.
bool isSaidToBeOne(const Place& place) {
    return isOneOf(place.before(1), {"societe", "entreprise", "groupe", "company", "firm"});
}

/// What behind a product's name is still the product: "Sage Paie", "Teams Desktop", "Dell France".
bool isEdition(std::string_view word) {
    return isOneOf(word,
                   {"paie",       "paye",    "compta",   "comptabilite", "gestion",  "commerciale", "compta",
                    "web",        "pro",     "online",   "cloud",        "desktop",  "mobile",      "client",
                    "server",     "serveur", "browser",  "one",          "app",      "crm",         "erp",
                    "france",     "uk",      "business", "support",      "live",     "box",         "store",
                    "entreprise", "telecom", "plus",     "premium",      "broadband"}) ||
           std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// One past the product's name with which the words begin; 0 where they begin with none.
std::size_t productEnd(const Place& place) {
    std::size_t end = isSupplier(place.word(0)) ? 1 : 0;
    for (const CompiledProduct& compiled : compiledProducts())
        if (const auto match = compiled.phrase.find(place.words()); match && match->first == 0)
            end = std::max(end, match->last);
    return end;
}

/// Software, a make or a supplier: by its bare name, by that of its edition, or with whatever a recogniser wrote behind
/// it where nothing introduces a company ("the hp laserjet", "sage plante").
bool isProduct(const Place& place, bool isCased) {
    std::size_t end = productEnd(place);
    if (end == 0) return false;
    if (!isCased && !isIntroduced(place) && !isSaidToBeOne(place)) return true;
    while (end < place.size() && isEdition(place.word(end))) ++end;
    return end == place.size();
}

bool isDepartment(const Place& place) {
    return std::ranges::all_of(place.words(), [](const Word& word) {
        return isDepartmentWord(word.text) ||
               isOneOf(word.text, {"de", "du", "des", "d", "la", "l", "et", "and"});
    });
}

/// Departments that no company's name begins with: "Atelier du Faubourg" is one.
bool isOnlyADepartment(std::string_view word) {
    return isOneOf(word, {"rh",           "drh",       "sav",     "dsi",       "daf",       "dg",
                          "dga",          "dgs",       "cse",     "qhse",      "adv",       "compta",
                          "comptabilite", "comptable", "accueil", "reception", "direction", "secretariat",
                          "standard",     "hr",        "it",      "payroll",   "accounts"});
}

/// How many words of a department stand before the company's: "RH de Transports Roussel", "rh transports roussel".
std::size_t departmentBefore(const Place& place) {
    if (place.size() < 2 || !isOnlyADepartment(place.word(0))) return 0;
    std::size_t next = 1;
    while (next < place.size() && isOneOf(place.word(next), {"de", "du", "des", "d", "la", "le", "l", "of"}))
        ++next;
    if (next == place.size()) return 0;
    return next > 1 || opensCompany(place.word(1)) ? next : 0;
}

/// "Horizon ne marche plus", "Horizon won't load": the subject of a sentence.
bool beginsASentence(const Place& place) {
    if (place.size() > 1 || place.isCutAfter() || !place.isCutBefore()) return false;
    return isPredicate(place.after(0));
}

/// "Trésorerie, chez Transports Roussel": the company is told behind it.
bool isToldBehind(const Place& place) {
    if (place.size() > 1 || isIntroduced(place) || isSaidToBeOne(place)) return false;
    std::size_t at = 0;
    if (isOneOf(place.after(at), {"de", "pour"})) ++at;
    if (!isOneOf(place.after(at), {"chez", "at", "from", "societe"})) return false;
    return place.isCapitalAfter(at + 1);
}

/// "Rose Immobilier", "Martin Transports": a first name may begin a company's.
bool isFirmWord(std::string_view word) {
    return isOneOf(
        word,
        {"immobilier",   "transports", "transport",   "conseil",    "conseils",     "associes",  "freres",
         "fils",         "batiment",   "assurances",  "menuiserie", "construction", "services",  "group",
         "groupe",       "industries", "industrie",   "energie",    "ltd",          "limited",   "sarl",
         "sas",          "partners",   "foods",       "solicitors", "consulting",   "logistics", "logistique",
         "distribution", "plomberie",  "electricite", "optique",    "automobiles",  "motors",    "textiles",
         "homes",        "tiles",      "sons",        "brothers",   "paysages",     "traiteur",  "fleurs",
         "beaute",       "coiffure",   "medical",     "formation",  "consultants",  "bank",      "insurance",
         "legal",        "dental",     "travel",      "hotel",      "hotels"});
}

/// "Sonia Weber, Paul Henry nous quitte", "remplace Paul Henry": somebody else behind the caller.
bool isPerson(const Place& place) {
    if (isIntroduced(place)) return false;
    if (place.size() == 1) return !place.isCutBefore() && isFirstName(place.before(1));
    if (place.size() != 2 || !place.isCutBefore() || !isFirstName(place.word(0))) return false;
    const std::string_view surname = place.word(1);
    return !isFirmWord(surname) && !opensCompany(surname) && !isDepartmentWord(surname);
}

/// "agence de Dax", "magasin de Tarbes".
bool isSiteOfATown(const Place& place) {
    return place.size() == 3 && isOneOf(place.word(1), {"de", "d"}) &&
           isOneOf(place.word(0), {"agence", "antenne", "magasin", "boutique", "site", "bureau", "depot",
                                   "succursale", "entrepot", "siege"}) &&
           isTown(place.word(2));
}

/// "its tina marsh the franking machine": an article alone introduces what the call is about; not "the museum of rural
/// trades".
bool isMatter(const Place& place, bool isCased) {
    if (isCased || !isArticle(place.before(1)) || isIntroduced(place) || opensCompany(place.word(0)))
        return false;
    return std::ranges::none_of(place.words(), [](const Word& word) {
        return isOneOf(word.text, {"de", "du", "des", "d", "of", "and", "et"});
    });
}

}  // namespace

NamedWorkplace workplaceIn(const Line& line, std::size_t first, std::size_t last) {
    if (first >= last || last > line.words.size()) return {};
    const bool isCased = std::ranges::any_of(line.text, [](char c) { return c >= 'A' && c <= 'Z'; });
    const Place whole{line, first, last};
    const Place place = whole.from(departmentBefore(whole));
    const auto found = [&](Workplace kind) { return NamedWorkplace{kind, place.first(), place.last()}; };
    if (isProduct(place, isCased) || isMatter(place, isCased)) return {};
    if (isSaidToBeOne(place)) return found(Workplace::Company);
    if (isDepartment(place) || beginsASentence(place) || isToldBehind(place)) return {};
    if (isPerson(place) || isSiteOfATown(place)) return {};
    // "bev at the surgery"
    if (place.size() == 1 && !isCased && isSiteNoun(place.word(0))) return {};
    const bool isSite = place.size() == 1 && !place.isCutAfter() && isSiteNoun(place.after(0));
    if (isTown(place.plain())) return found(Workplace::Town);
    return isSite ? NamedWorkplace{} : found(Workplace::Company);
}

}  // namespace ninja3cx::analysis
