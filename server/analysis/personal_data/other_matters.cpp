#include "server/analysis/personal_data/other_matters.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/dictation_cues.hpp"
#include "server/analysis/personal_data/secret_cues.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

/// Has a name or a number of its own.
bool isMatter(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"poste",       "postes",     "ordinateur",  "machine",    "pc",        "portable",    "laptop",
         "computer",    "hostname",   "societe",     "entreprise", "company",   "matricule",   "reference",
         "ref",         "dossier",    "ticket",      "nom",        "noms",      "prenom",      "name",
         "bureau",      "salle",      "chambre",     "etage",      "room",      "office",      "floor",
         "erreur",      "error",      "message",     "telephone",  "phone",     "mobile",      "adresse",
         "address",     "mail",       "email",       "version",    "modele",    "model",       "imprimante",
         "printer",     "batiment",   "building",    "site",       "agence",    "service",     "commande",
         "order",       "facture",    "invoice",     "serveur",    "server",    "identifiant", "login",
         "utilisateur", "user",       "username",    "client",     "customer",  "contrat",     "contract",
         "incident",    "demande",    "extension",   "serie",      "serial",    "inventaire",  "etiquette",
         "asset",       "logiciel",   "application", "software",   "ville",     "rue",         "postal",
         "magasin",     "ligne",      "heure",       "jour",       "date",      "ip",          "port",
         "prise",       "ecran",      "numero",      "number",     "tag",       "employee",    "badge",
         "departement", "department", "surname",     "forename",   "famille",   "logins",      "identifiants",
         "usernames",   "initiales",  "pseudo",      "hostnames",  "firstname", "lastname",    "initials"});
    return isIn(kWords, word);
}

bool speaksOfSecret(const Line& line) {
    constexpr std::uint32_t kSecrets = 1U << kPassword | 1U << kPin;
    const std::uint32_t topics = secretTopicsIn(line.words);
    const bool isCode = (topics >> kCode & 1U) != 0 && (topics >> kOpenCode & 1U) == 0;
    return (topics & kSecrets) != 0 || isCode;
}

bool isForm(const Secret& secret, const Line& line) {
    for (std::size_t at = secret.first; at < secret.last; ++at)
        if (isCase(line.words[at].text)) return true;
    return std::ranges::any_of(secret.value, [](char c) {
        static constexpr std::string_view kSigns = "!@#$%&*?+=_";
        return kSigns.find(c) != std::string_view::npos;
    });
}

/// "la référence 841838", "notre société c'est Alu 2000"
bool isNamedBefore(const Line& line, std::size_t at) {
    static constexpr auto kLinks = std::to_array<std::string_view>(
        {"c",   "est",    "le", "la", "l",  "numero", "de", "du", "d",    "s",     "is",   "it",
         "the", "number", "au", "a",  "en", "code",   "of", "un", "avec", "voici", "sera", "bien"});
    constexpr std::size_t kReach = 5;
    for (std::size_t back = 1; back <= kReach && back <= at; ++back) {
        const std::string_view word = line.words[at - back].text;
        if (isMatter(word) && word != "numero" && word != "number") return true;
        if (!isIn(kLinks, word)) return false;
    }
    return false;
}

/// "référence 841838", "PORT365"
bool isNameOfMatter(const Line& line, std::size_t at) {
    static constexpr auto kMachines = std::to_array<std::string_view>(
        {"port", "lap", "desktop", "srv", "imp", "prn", "win", "fixe", "inc"});
    const std::string_view word = line.words[at].text;
    const std::string_view letters = word.substr(0, word.find_first_of("0123456789"));
    const bool isNumbered =
        letters.size() < word.size() || (at + 1 < line.words.size() && hasDigit(line.words[at + 1].text));
    return isNumbered && (isMatter(letters) || isIn(kMachines, letters));
}

/// "dot one six eight": of an address in a network, or of a version.
bool isDotted(const Secret& secret, const Line& line) {
    bool hasDot = false;
    for (std::size_t at = secret.first; at < secret.last;) {
        const std::string_view word = line.words[at].text;
        const bool isDot = word == "dot" || word == "point";
        const auto number = numberAt(line.words, at);
        if (!isDot && !number && word != "oh") return false;
        hasDot = hasDot || isDot;
        at = number ? number->last : at + 1;
    }
    return hasDot;
}
/// A line that the pieces of an address may still answer.
bool isMatterNear(const Conversation& conversation, std::size_t index) {
    constexpr std::size_t kReach = 6;  // lines
    for (std::size_t back = 1; back <= kReach && back <= index; ++back)
        if (namesOtherMatter(conversation.lines[index - back])) return true;
    return false;
}

/// "a number to call you back on"
bool asksForPhone(const Line& line) {
    static const CueList kCues{{"number to call"},    {"number to ring"},   {"number to reach"},
                               {"number i can call"}, {"call you back on"}, {"ring you back on"},
                               {"reach you on"},      {"numero ou"},        {"numero pour vous"},
                               {"rappelle sur quel"}, {"number for you"},   {"contact number"},
                               {"numero ~ joindre"},  {"numero ~ rappeler"}};
    return kCues.first(line).has_value();
}

/// "vous êtes madame ?", "who am I speaking to": a name too.
bool asksWho(const Line& line) {
    static const CueList kCues{
        {"vous etes monsieur"}, {"vous etes madame"},  {"et vous etes"},         {"c est monsieur"},
        {"c est madame"},       {"de la part de qui"}, {"a l appareil"},         {"qui ai je"},
        {"qui etes vous"},      {"qui est ce"},        {"vous appelez comment"}, {"speaking to"},
        {"who s calling"},      {"who is calling"},    {"who is this"},          {"vous etes qui"},
        {"vous etes ou"},       {"where are you"},     {"who are you"},          {"you re called"},
        {"vous travaillez"}};
    return kCues.first(line).has_value();
}

}  // namespace

bool namesOtherMatter(const Line& line) {
    const bool isNamed =
        std::ranges::any_of(line.words, [](const Word& word) { return isMatter(word.text); });
    return (isNamed || asksWho(line)) && !speaksOfSecret(line);
}

bool isOtherMatter(const Conversation& conversation, std::size_t index, const Secret& secret) {
    const Line& line = conversation.lines[index];
    if (isForm(secret, line)) return false;
    if (isDotted(secret, line) && isMatterNear(conversation, index)) return true;
    const bool isSecretHere = speaksOfSecret(line);
    if (!isSecretHere && (isNamedBefore(line, secret.first) || isNameOfMatter(line, secret.first)))
        return true;
    constexpr std::size_t kAnswer = 8;  // words
    constexpr std::size_t kQuestion = 9;
    constexpr std::size_t kAgreement = 2;
    if (isSecretHere || line.words.size() > kAnswer + secret.last - secret.first) return false;
    for (std::size_t back = 1; back <= 2 && back <= index; ++back) {
        const Line& before = conversation.lines[index - back];
        if (before.speaker == line.speaker) {
            // "vous notez le numéro de ticket ?" - "oui" - "48 22 17"
            if (offersToDictate(before) && namesOtherMatter(before)) return true;
            continue;
        }
        if (asksForPhone(before)) return true;
        if (before.words.size() > kQuestion + (before.isQuestion ? kQuestion : 0)) return false;
        if (namesOtherMatter(before)) return true;
        if (before.words.size() > kAgreement) return false;
    }
    return false;
}

}  // namespace ninja3cx::analysis
