#include "server/analysis/summary/french_verbs.hpp"

#include "server/analysis/summary/third_person.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

constexpr auto kFrenchVerbs = std::to_array<Verb>({
    {"suis", "est"},
    {"ai", "a"},
    {"vais", "va"},
    {"peux", "peut"},
    {"veux", "veut"},
    {"fais", "fait"},
    {"dois", "doit"},
    {"sais", "sait"},
    {"vois", "voit"},
    {"mets", "met"},
    {"prends", "prend"},
    {"perds", "perd"},
    {"entends", "entend"},
    {"attends", "attend"},
    {"comprends", "comprend"},
    {"tape", "tape"},
    {"reviens", "revient"},
    {"recois", "reçoit"},
    {"crois", "croit"},
    {"dis", "dit"},
});
constexpr auto kFrenchPlural = std::to_array<Verb>({
    {"sommes", "sont"},
    {"avons", "ont"},
    {"allons", "vont"},
    {"faisons", "font"},
    {"pouvons", "peuvent"},
    {"voulons", "veulent"},
    {"devons", "doivent"},
    {"recevons", "reçoivent"},
    {"prenons", "prennent"},
    {"savons", "savent"},
});

}  // namespace

std::optional<std::string> thirdPerson(const Token& verb) {
    for (const Verb& known : kFrenchVerbs)
        if (verb.plain == known.first) return std::string{known.third};
    std::string text = verb.written;
    if (text.size() < 3) return std::nullopt;
    const std::string& plain = verb.plain;
    if (plain.ends_with("rai")) {
        text.pop_back();
        return text;
    }
    if (plain.ends_with("ds") || plain.ends_with("ts")) {
        text.pop_back();
        return text;
    }
    // "je changé", "je pas": a recogniser's, not a verb in the present tense.
    if (isOneOf(plain, {"pas", "plus", "vous", "trois", "mais", "deux", "nous", "mes"})) return std::nullopt;
    if (text.ends_with('s') || text.ends_with('x')) {
        text.back() = 't';
        return text;
    }
    if (text.ends_with('e')) return text;
    return std::nullopt;
}
std::optional<std::string> thirdPersonPlural(const Token& verb) {
    for (const Verb& known : kFrenchPlural)
        if (verb.plain == known.first) return std::string{known.third};
    if (!verb.written.ends_with("ons") || verb.written.size() < 5) return std::nullopt;
    std::string stem = verb.written.substr(0, verb.written.size() - 3);
    if (stem.ends_with("i")) return stem.substr(0, stem.size() - 1) + "aient";
    if (stem.ends_with("r") && stem.size() > 4 &&
        isOneOf(std::string_view{stem}.substr(stem.size() - 2), {"er", "ir"}))
        return stem + "ont";
    if (isOneOf(verb.plain, {"venons", "revenons", "tenons", "disons", "connaissons", "maisons", "raisons"}))
        return std::nullopt;
    return stem + "ent";
}

bool takesADative(std::string_view plain) {
    for (const std::string_view stem :
         {"dit",    "demand", "redemand", "affich", "met",    "mis",    "refus", "donn",
          "envo",   "propos", "ouvr",     "faut",   "faudr",  "repond", "coup",  "reclam",
          "renvo",  "chang",  "install",  "fait",   "signal", "repet",  "rest",  "manqu",
          "indiqu", "sort",   "marqu",    "ferm",   "prom",   "bloqu",  "vol",   "supprim",
          "pris",   "rajout", "ajout",    "ecri",   "montr"})
        if (plain.starts_with(stem)) return true;
    return false;
}

bool isPronounObject(std::string_view plain) {
    return isOneOf(plain,
                   {"ne", "n", "me", "m", "le", "la", "les", "l", "lui", "leur", "y", "en", "se", "s"});
}

bool isFrenchVerb(const Token& token) {
    return token.written != "\u00e0" &&
           isOneOf(token.plain,
                   {"est",        "sont",      "a",         "ont",        "etait",        "avait",
                    "ne",         "n",         "fait",      "font",       "marche",       "veut",
                    "peut",       "peuvent",   "dit",       "va",         "vont",         "vient",
                    "viennent",   "met",       "faut",      "affiche",    "affichent",    "demande",
                    "redemande",  "bloque",    "reste",     "tombe",      "coupe",        "rame",
                    "plante",     "s",         "se",        "arrive",     "arrivent",     "clignote",
                    "imprime",    "refuse",    "voit",      "entend",     "recoit",       "sort",
                    "ouvre",      "tourne",    "bipe",      "repond",     "repart",       "mouline",
                    "sonne",      "aurait",    "serait",    "faudrait",   "doit",         "prend",
                    "redemarre",  "lit",       "perd",      "charge",     "repousse",     "tient",
                    "manque",     "envoie",    "connait",   "fonctionne", "fonctionnent", "marchent",
                    "plantent",   "allume",    "demarre",   "saute",      "lache",        "revient",
                    "reviennent", "quitte",    "part",      "partent",    "cherche",      "sortent",
                    "affichait",  "marchait",  "ai",        "as",         "avons",        "suis",
                    "restent",    "tournent",  "ouvrent",   "doivent",    "veulent",      "disent",
                    "coupent",    "rament",    "impriment", "encaisse",   "encaissent",   "expire",
                    "expirent",   "disparait", "etaient",   "avaient",    "sera",         "seront",
                    "attend",     "attendent", "perdent",   "souffle",    "chauffe",      "ferme",
                    "ferment",    "bouge",     "passe",     "passent",    "bourre",       "froisse",
                    "gresille",   "commence",  "embauche",  "repondent",  "tombent"});
}

bool hasFrenchVerb(const Tokens& tokens) {
    return std::any_of(tokens.begin(), tokens.end(), isFrenchVerb);
}

}  // namespace ninja3cx::analysis
