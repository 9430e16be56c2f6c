#include "server/analysis/conclusions/password_given.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

/// Words from the verb to what is given ("mis l'adresse du bureau et le …"), and from what is asked for to the verb.
constexpr std::size_t kBefore = 8;
constexpr std::size_t kAfter = 12;
constexpr std::size_t kAuxiliaryReach = 3;

const CueList& passwordCues() {
    static const CueList kCues{{"mot de passe"}, {"mots de passe"}, {"mdp"},        {"identifiants"},
                               {"password"},     {"passwords"},     {"credentials"}};
    return kCues;
}

std::string_view wordAt(const Line& line, std::size_t at) {
    return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
}

/// The infinitives too: so a recogniser writes "j'ai donné".
bool isFrenchGiving(std::string_view word) {
    return isOneOf(
        word,
        {"donne",   "donner",    "donnee",     "donnes",     "tape",        "taper",    "tapee",   "tapes",
         "saisi",   "saisie",    "saisis",     "saisir",     "entre",       "entrer",   "rentre",  "rentrer",
         "mis",     "fourni",    "rempli",     "communique", "communiquer", "transmis", "indique", "indiquer",
         "inscrit", "renseigne", "renseigner", "file",       "dicte",       "dicter",   "livre"});
}
bool isEnglishGiving(std::string_view word) {
    return isOneOf(word, {"gave", "given", "entered", "typed", "put", "filled", "submitted", "supplied",
                          "handed", "provided", "shared", "told", "keyed"});
}

bool isDenial(std::string_view word) {
    return isOneOf(word, {"pas", "jamais", "rien", "sans", "ni", "aucun", "avant", "failli", "si", "not",
                          "never", "t", "without", "nothing", "before", "nearly", "almost", "if"});
}

bool isEnglishGivingAt(const Line& line, std::size_t verb) {
    if (!isEnglishGiving(line.words[verb].text) || isOneOf(wordAt(line, verb + 1), {"me", "us"}))
        return false;
    for (std::size_t steps = 1; steps <= kAuxiliaryReach && steps <= verb; ++steps) {
        if (line.isCutAfter(verb - steps)) break;
        const std::string_view before = wordAt(line, verb - steps);
        // "should I put …", "asked me to put …"
        if (isDenial(before) ||
            isOneOf(before, {"to", "should", "would", "must", "can", "could", "will", "you", "ll"}))
            return false;
    }
    return true;
}

/// "j'ai", "on a", "elle lui avait": somebody who gives; not "il m'a donné", who was given it.
bool isFrenchGivingAt(const Line& line, std::size_t verb) {
    if (!isFrenchGiving(line.words[verb].text)) return false;
    // "mis à jour"
    if (wordAt(line, verb + 1) == "a" && wordAt(line, verb + 2) == "jour") return false;
    for (std::size_t steps = 1; steps <= kAuxiliaryReach && steps <= verb; ++steps) {
        const std::size_t at = verb - steps;
        if (line.isCutAfter(at)) return false;
        const std::string_view word = wordAt(line, at);
        if (isDenial(word)) return false;
        if (!isOneOf(word, {"ai", "a", "avons", "ont", "avais", "avait", "avaient", "avoir"})) continue;
        if (at == 0 || line.isCutAfter(at - 1)) return true;
        const std::string_view giver = wordAt(line, at - 1);
        if (isOneOf(giver, {"m", "vous", "sans", "avant"}) || (giver == "nous" && word != "avons"))
            return false;
        return !(at > 1 && isOneOf(wordAt(line, at - 2), {"si", "failli"}));
    }
    return false;
}

bool isGivingAt(const Line& line, std::size_t verb) {
    return isEnglishGivingAt(line, verb) || isFrenchGivingAt(line, verb);
}

/// "le mot de passe", "my school password"; not "un nouveau mot de passe", "pas mon mot de passe", "une demande de mot
/// de passe".
bool isOfSomebody(const Line& line, std::size_t password) {
    constexpr std::size_t kBrandWords = 3;
    for (std::size_t steps = 1; steps <= kBrandWords && steps <= password; ++steps) {
        const std::size_t at = password - steps;
        if (line.isCutAfter(at)) return steps == 1;
        const std::string_view before = wordAt(line, at);
        if (isOneOf(before, {"nouveau", "nouveaux", "autre", "new", "another", "de", "of"})) return false;
        if (!isOneOf(before,
                     {"le", "les", "mon", "mes", "son", "ses", "notre", "nos",  "leur", "leurs", "un",
                      "ce", "the", "my",  "his", "her", "our", "their", "your", "a",    "and",   "et"}))
            continue;
        return at == 0 || line.isCutAfter(at - 1) || !isDenial(wordAt(line, at - 1));
    }
    return password == 0;
}

/// "j'ai mis l'adresse et le mot de passe": given behind the verb, in the same sentence.
bool isGivenBehind(const Line& line, std::size_t password) {
    for (std::size_t steps = 1; steps <= kBefore && steps <= password; ++steps) {
        const std::size_t at = password - steps;
        if (line.isCutAfter(at, kSentenceMarks)) return false;
        if (isGivingAt(line, at)) return true;
        // "I told them I forgot my password"
        if (isOneOf(wordAt(line, at), {"i", "je", "j", "il", "elle", "on", "it", "he", "she", "they", "that",
                                       "que", "qu", "pour", "parce", "because", "for", "quand", "when"}))
            return false;
    }
    return false;
}

/// "il voulait mon mot de passe, je l'ai mis": named first, and then given.
bool isGivenAfterwards(const Line& line, std::size_t from) {
    for (std::size_t at = from; at < std::min(from + kAfter, line.words.size()); ++at) {
        const bool isFrenchIt = at > 1 && isOneOf(wordAt(line, at - 2), {"l", "les", "lui", "leur"}) &&
                                isFrenchGivingAt(line, at);
        const bool isEnglishIt =
            isEnglishGivingAt(line, at) &&
            (isOneOf(wordAt(line, at + 1), {"it", "them"}) || isOneOf(wordAt(line, at + 2), {"it", "them"}));
        if (isFrenchIt || isEnglishIt) return true;
    }
    return false;
}

bool isGiven(const Line& line) {
    for (const CueList::Hit& hit : passwordCues().all(line))
        if (isOfSomebody(line, hit.match.first) &&
            (isGivenBehind(line, hit.match.first) || isGivenAfterwards(line, hit.match.last)))
            return true;
    return false;
}

/// "quelqu'un a mon mot de passe"; in an incident also "il est écrit sur un carton, dans la pochette".
bool isInOtherHands(const Line& line) {
    static const CueList kCues{{"quelqu un a mon mot de passe"},
                               {"ils ont mon mot de passe"},
                               {"ils ont nos mots de passe"},
                               {"il a mon mot de passe"},
                               {"ils ont eu mon mot de passe"},
                               {"vole mon mot de passe"},
                               {"vole mes mots de passe"},
                               {"vole mes identifiants"},
                               {"mot de passe a ete vole"},
                               {"mot de passe vole"},
                               {"mot de passe pirate"},
                               {"mot de passe compromis"},
                               {"mot de passe est ecrit"},
                               {"mot de passe etait ecrit"},
                               {"mot de passe est note"},
                               {"mot de passe etait note"},
                               {"password is written"},
                               {"password was written"},
                               {"they have my password"},
                               {"they ve got my password"},
                               {"they got my password"},
                               {"somebody has my password"},
                               {"someone has my password"},
                               {"somebody s got my password"},
                               {"someone s got my password"},
                               {"he s got my password"},
                               {"stole my password"},
                               {"stolen my password"},
                               {"password was stolen"},
                               {"password has been stolen"},
                               {"password is compromised"},
                               {"password was compromised"},
                               {"password has been compromised"}};
    return kCues.first(line).has_value();
}

/// "vous avez donné votre mot de passe ?", "il vous a demandé …", "did you enter your password?", "what did you fill in?"
bool asksWhetherGiven(const Line& line) {
    static const CueList kAsks{{"avez ~ donne*"},    {"avez ~ tape*"},       {"avez ~ saisi*"},
                               {"avez ~ entre"},     {"avez ~ rentre*"},     {"avez ~ mis"},
                               {"avez ~ rempli"},    {"avez ~ communique*"}, {"vous a demande"},
                               {"did you ~ enter"},  {"did you ~ type"},     {"did you ~ put"},
                               {"did you ~ give"},   {"did you ~ fill"},     {"have you ~ entered"},
                               {"have you ~ given"}, {"did it ask you for"}, {"did they ask for"}};
    return line.speaker == Speaker::Agent && kAsks.first(line).has_value();
}

/// "oui", "le mot de passe, oui": to that question.
bool isAnsweredYes(const Line& question, const Line& answer) {
    if (!asksWhetherGiven(question) || answer.words.empty()) return false;
    static const CueList kYes{{"oui"}, {"ouais"}, {"si"}, {"yes"}, {"yeah"}, {"yep"}, {"i did"}};
    static const CueList kNo{{"non"}, {"pas"}, {"rien"}, {"jamais"}, {"no"}, {"not"}, {"didn t"}, {"never"}};
    static const CueList kWhat{{"quoi"}, {"qu avez vous"}, {"qu est ce que"}, {"what"}};
    if (kNo.first(answer)) return false;
    const bool isYes = kYes.first(answer).has_value();
    const bool isNamed = passwordCues().first(answer).has_value();
    if (isYes) return isNamed || passwordCues().first(question).has_value();
    return isNamed && kWhat.first(question).has_value();
}

}  // namespace

const Line* passwordGiven(const Conversation& conversation) {
    const Line* before = nullptr;
    for (const Line& line : conversation.lines) {
        if (line.speaker == Speaker::Customer &&
            (isGiven(line) || isInOtherHands(line) || (before && isAnsweredYes(*before, line))))
            return &line;
        before = &line;
    }
    return nullptr;
}

}  // namespace ninja3cx::analysis
