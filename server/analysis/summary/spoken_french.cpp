#include "server/analysis/summary/clause_lead.hpp"
#include "server/analysis/summary/french_verbs.hpp"
#include "server/analysis/summary/spoken.hpp"
#include "server/analysis/summary/third_person.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

std::string_view plainAt(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view{tokens[at].plain} : std::string_view{};
}

bool isDeterminer(std::string_view plain) {
    return isOneOf(plain, {"le",  "la",  "l",  "les", "un", "une", "des",   "mon", "ma",   "mes",  "notre",
                           "nos", "son", "sa", "ses", "ce", "cet", "cette", "ces", "leur", "leurs"});
}
bool isSubjectPronoun(std::string_view plain) {
    return isOneOf(plain, {"il", "elle", "ils", "elles", "on", "ca", "j", "je", "c", "qui", "tu"});
}

/// What stands before a verb and is not its subject.
bool isObject(std::string_view plain) {
    return isOneOf(plain, {"me", "m", "te", "t", "se", "s", "le", "la", "les", "l", "lui", "leur", "y", "en",
                           "nous", "vous"});
}

/// A clause goes on behind it, or hangs on it.
bool leadsOn(std::string_view plain) {
    return isOneOf(
        plain,
        {"que",     "qu",      "qui",      "quand",   "si",     "s",        "ou",     "comme",     "parce",
         "car",     "dont",    "et",       "mais",    "donc",   "alors",    "puis",   "ni",        "lorsque",
         "puisque", "comment", "pourquoi", "combien", "a",      "de",       "d",      "du",        "des",
         "pour",    "avec",    "sans",     "sur",     "dans",   "par",      "en",     "chez",      "depuis",
         "vers",    "entre",   "sous",     "pas",     "plus",   "tout",     "tous",   "toute",     "toutes",
         "au",      "aux",     "jusqu",    "moi",     "nous",   "la",       "meme",   "apres",     "avant",
         "pendant", "sauf",    "ne",       "n",       "encore", "toujours", "juste",  "quel",      "quelle",
         "c",       "est",     "comment",  "voila",   "fois",   "jamais",   "contre", "seulement", "surtout",
         "celle",   "celui",   "ceux"});
}

/// How many words a subject has that begins with a determiner at `at` and ends at a verb; 0: none.
std::size_t namedSubjectAt(const Tokens& tokens, std::size_t at) {
    constexpr std::size_t kMost = 4;
    if (opensProduct(tokens[at].written) && at + 1 < tokens.size() && isFrenchVerb(tokens[at + 1])) return 1;
    if (!isDeterminer(plainAt(tokens, at)) || tokens[at].plain == "des" ||
        tokens[at].written[0] != tokens[at].plain[0] || isDeterminer(plainAt(tokens, at + 1)))
        return 0;  // "Le Floch" is a name, "un un" a number
    for (std::size_t verb = at + 2; verb < std::min(tokens.size(), at + kMost); ++verb) {
        if (isCut(tokens[verb].gap) ||
            isOneOf(tokens[verb - 1].plain, {"de", "du", "d", "a", "au", "en", "qui", "que", "qu", "dont"}))
            return 0;
        if (isFrenchVerb(tokens[verb]) && !isDeterminer(tokens[verb - 1].plain)) return verb - at;
    }
    return 0;
}

/// "la box … elle", "les mails … ils".
bool agrees(std::string_view determiner, std::string_view pronoun) {
    if (pronoun == "ca") return true;
    const bool isPlural = isOneOf(determiner, {"les", "des", "mes", "nos", "ses", "ces", "leurs"});
    if (isPlural) return isOneOf(pronoun, {"ils", "elles"});
    if (isOneOf(determiner, {"le", "un", "ce", "cet"})) return pronoun == "il";
    if (isOneOf(determiner, {"la", "une", "ma", "sa", "cette"})) return pronoun == "elle";
    return isOneOf(pronoun, {"il", "elle"});
}

/// Only a thing is named in the words `first` to `last`: no verb, no time, and nothing that leads on.
bool isThing(const Tokens& tokens, std::size_t first, std::size_t last) {
    constexpr std::size_t kMost = 9;
    if (last < first + 2 || last > first + kMost || !isDeterminer(tokens[first].plain)) return false;
    return std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                        tokens.begin() + static_cast<std::ptrdiff_t>(last), [](const Token& token) {
                            return isFrenchVerb(token) ||
                                   isOneOf(token.plain, {"que", "qu", "qui", "dont", "j", "on", "c", "pour",
                                                         "matin", "soir", "jour", "jours", "fois", "semaine",
                                                         "nuit", "midi", "moment", "heure", "minute"});
                        });
}

/// "il y a", "il faut", "il me manque": of nothing that was named.
bool isImpersonal(const Tokens& tokens, std::size_t at) {
    std::size_t verb = at + 1;
    while (verb < tokens.size() &&
           (isObject(tokens[verb].plain) || isOneOf(tokens[verb].plain, {"ne", "n"}))) {
        if (tokens[verb].plain == "y") return true;
        ++verb;
    }
    return isOneOf(plainAt(tokens, verb), {"faut", "faudrait", "faudra", "manque"});
}

/// A subject pronoun that has its verb behind it.
bool isNewSubject(const Tokens& tokens, std::size_t at) {
    const std::string_view word = tokens[at].plain;
    if (word == "c") return isOneOf(plainAt(tokens, at + 1), {"est", "etait", "n"});
    if (word == "y") return plainAt(tokens, at + 1) == "a" && !isSubjectPronoun(plainAt(tokens, at - 1));
    if (!isOneOf(word, {"il", "elle", "ils", "elles", "on", "ca", "j", "je"})) return false;
    std::size_t verb = at + 1;
    while (verb < tokens.size() && (isObject(tokens[verb].plain) || isOneOf(tokens[verb].plain, {"ne", "n"})))
        ++verb;
    if (verb >= tokens.size()) return false;
    return isOneOf(word, {"ca", "elle", "elles"}) ? isFrenchVerb(tokens[verb]) : true;
}

/// "l'imprimante elle bourre" has one subject, "elle bourre il faut l'ouvrir" two clauses.
void partClauses(Tokens& tokens) {
    std::size_t begin = leadLength(tokens, false);
    for (std::size_t at = begin + 1; at < tokens.size(); ++at) {
        const std::string_view word = tokens[at].plain;
        const std::string_view before = tokens[at - 1].plain;
        const bool isDouble = isOneOf(word, {"il", "elle", "ils", "elles", "ca"}) && at + 1 < tokens.size() &&
                              !isImpersonal(tokens, at) && isThing(tokens, begin, at) &&
                              agrees(tokens[begin].plain, word) && isNewSubject(tokens, at);
        if (isDouble) {
            const bool isAfterComma = isCut(tokens[at].gap);
            erase(tokens, at, 1);
            if (isAfterComma) tokens[at].gap = " ";
            continue;
        }
        if (isCut(tokens[at].gap)) {
            begin = at;
            continue;
        }
        const bool isFree = tokens[at].gap == " " && at >= begin + 2 && !leadsOn(before) &&
                            !isObject(before) && !isDeterminer(before);
        const bool isObjectOfPerfect =
            at > 1 && tokens[at - 2].written != "\u00e0" &&
            isOneOf(tokens[at - 2].plain, {"a", "ai", "as", "ont", "avons", "avait"});
        // "son compte Windows est verrouillé": one subject, though a product's name may be one of its own.
        const bool isOfSubject = at == begin + 2 && isDeterminer(tokens[begin].plain) && !isDeterminer(word);
        const bool isNamed = isFree && !isOfSubject && namedSubjectAt(tokens, at) > 0 &&
                             !isFrenchVerb(tokens[at - 1]) && !isObjectOfPerfect;
        if (isNamed || (isFree && isNewSubject(tokens, at))) {
            tokens[at].gap = ", ";
            begin = at;
        } else if (isOneOf(before,
                           {"et", "mais", "que", "qu", "quand", "parce", "car", "donc", "puis", "si"})) {
            begin = at;
        }
    }
}

/// "il et mort", "elle as disparu", "y a un bruit": as a recogniser writes what sounds alike.
void mendVerbs(Tokens& tokens) {
    for (std::size_t at = 0; at + 2 < tokens.size(); ++at) {
        const bool isThereIs =
            tokens[at].plain == "y" && tokens[at + 1].plain == "a" &&
            (at == 0 || (!isSubjectPronoun(tokens[at - 1].plain) &&
                         !isOneOf(tokens[at - 1].plain, {"n", "ne", "s", "t", "ils", "m"})));
        if (isThereIs) {
            Token there{tokens[at].gap, "il", "il"};
            tokens[at].gap = " ";
            tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at), std::move(there));
        }
        if (!isOneOf(tokens[at].plain, {"il", "elle", "on", "c"}) || isCut(tokens[at + 1].gap)) continue;
        if (tokens[at + 1].plain == "et") tokens[at + 1] = {tokens[at + 1].gap, "est", "est"};
        if (tokens[at + 1].plain == "as") tokens[at + 1] = {tokens[at + 1].gap, "a", "a"};
    }
}

/// "plus vite", "plus de mails que": no denial.
bool isComparison(const Tokens& tokens, std::size_t at) {
    if (tokens[at].plain != "plus") return false;
    return isOneOf(plainAt(tokens, at - 1),
                   {"est", "sont", "etait", "etaient", "de", "un", "en", "beaucoup"}) ||
           isOneOf(
               plainAt(tokens, at + 1),
               {"de",   "d",      "que",   "qu",    "vite",   "lent",      "lente",    "lentement", "souvent",
                "tard", "loin",   "grand", "haut",  "bas",    "ou",        "simple",   "facile",    "long",
                "tot",  "grosse", "gros",  "petit", "grande", "longtemps", "important"});
}

/// Puts the "ne" that nobody says: "elle imprime pas" is "elle n'imprime pas".
void putDenial(Tokens& tokens) {
    for (std::size_t at = 1; at < tokens.size(); ++at) {
        if (!isOneOf(tokens[at].plain, {"pas", "plus", "jamais"}) || tokens[at].gap != " " ||
            isComparison(tokens, at))
            continue;
        std::size_t verb = at - 1;
        if (verb > 0 &&
            isOneOf(tokens[verb].plain, {"toujours", "meme", "vraiment", "carrement", "surement"}))
            --verb;
        std::size_t first = verb;
        while (first > 0 && isObject(tokens[first - 1].plain) && !isCut(tokens[first].gap)) --first;
        if (first > 0 && isOneOf(tokens[first - 1].plain, {"ne", "n"})) continue;
        if (isOneOf(tokens[verb].plain, {"ne", "n", "ou", "non", "pourquoi", "et", "mais", "pas", "plus"}))
            continue;
        const bool hasPronoun =
            first > 0 && isSubjectPronoun(tokens[first - 1].plain) && !isCut(tokens[first].gap);
        const bool isThereIs = first + 1 == verb && tokens[first].plain == "y" && tokens[verb].plain == "a";
        const bool isReflexive = first < verb && isOneOf(tokens[first].plain, {"se", "s"});
        const bool hasName = first > 0 && (isReflexive || isFrenchVerb(tokens[verb])) &&
                             !isCut(tokens[first].gap) && !isDeterminer(tokens[verb - 1].plain);
        if (!hasPronoun && !isThereIs && !hasName) continue;
        if (hasPronoun) {
            Token& subject = tokens[first - 1];
            if (subject.plain == "j") subject.written = subject.written == "J" ? "Je" : "je";
            if (subject.plain == "c") subject.written = subject.written == "C" ? "Ce" : "ce";
            if (isOneOf(subject.plain, {"j", "c"})) subject.plain += 'e';
        }
        const bool isElided = startsWithVowel(tokens[first].plain) && tokens[first].plain != "y" &&
                              !tokens[first].plain.starts_with('h');
        const bool isShort = isElided || tokens[first].plain == "y";
        const std::string gap = first == 0                 ? std::string{}
                                : tokens[first].gap == "'" ? " "
                                                           : tokens[first].gap;
        tokens[first].gap = isShort ? "'" : " ";
        tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                      {gap, isShort ? "n" : "ne", isShort ? "n" : "ne"});
        ++at;
        if (isThereIs && !hasPronoun) {
            tokens[first].gap = " ";
            tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(first), {gap, "il", "il"});
            ++at;
        }
    }
}

}  // namespace

void writeSpokenFrench(Tokens& tokens) {
    if (tokens.size() < 2) return;
    mendVerbs(tokens);
    partClauses(tokens);
    putDenial(tokens);
}

}  // namespace ninja3cx::analysis
