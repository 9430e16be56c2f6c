#include "server/analysis/movements/access_words.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kReach = 6;  // words from the verb to what it is about

using Words = std::initializer_list<std::string_view>;

bool startsWithOneOf(std::string_view word, Words stems) {
    return std::ranges::any_of(stems, [&](std::string_view stem) { return word.starts_with(stem); });
}

bool isCutting(std::string_view word) {
    if (isOneOf(word, {"cut",      "cutting", "coupe",    "couper",    "coupez",  "coupes",    "coupee",
                       "coupees",  "coupera", "couperai", "coupure",   "ferme",   "fermer",    "fermez",
                       "fermerai", "fermera", "fermee",   "fermes",    "fermees", "fermeture", "close",
                       "closed",   "closing", "shut",     "kill",      "killed",  "killing",   "pull",
                       "pulled",   "pulling", "stop",     "stopped",   "lock",    "locking",   "retire",
                       "retirer",  "retirez", "retires",  "retirerai", "taking",  "take"}))
        return true;
    return startsWithOneOf(
        word, {"desactiv", "clotur", "bloqu", "supprim", "suppress", "revoqu", "enlev", "enleve", "disabl",
               "deactivat", "block", "suspen", "revok", "remov", "delet"});
}

/// "switch off her access", "turn her login off", "je mets fin à ses accès".
bool isCuttingAt(const Line& line, std::size_t at) {
    const auto word = [&](std::size_t place) {
        return place < line.words.size() ? std::string_view{line.words[place].text} : std::string_view{};
    };
    if (isCutting(word(at))) return true;
    if (startsWithOneOf(word(at), {"met", "mis"})) return word(at + 1) == "fin";
    if (!isOneOf(word(at), {"switch", "switched", "switching", "turn", "turned", "turning"})) return false;
    constexpr std::size_t kBetween = 3;  // "switch her access off"
    for (std::size_t next = at + 1; next <= at + 1 + kBetween; ++next)
        if (word(next) == "off") return true;
    return false;
}

bool isGrant(std::string_view word) {
    if (isOneOf(word, {"donne",  "donner", "donnerai", "donnez",     "ouvre",     "ouvrir",     "ouvrirai",
                       "ouvert", "ouvrez", "mets",     "mettre",     "ajoute",    "ajouter",    "give",
                       "giving", "given",  "gave",     "grant",      "granted",   "granting",   "add",
                       "added",  "adding", "set",      "setting",    "open",      "opened",     "opening",
                       "make",   "making", "made",     "transforme", "convertis", "convertirai"}))
        return true;
    return startsWithOneOf(word, {"cree", "crer", "creer", "creation", "creat", "prepar", "prevoi", "attribu",
                                  "provision"}) ||
           isOneOf(word, {"cre"});
}

bool isRestore(std::string_view word) {
    return startsWithOneOf(word, {"reactiv", "rouvr", "reouv", "retabli", "reenabl", "reactivat", "reinstat",
                                  "unblock", "remets", "remettre", "redonn", "restor"});
}

/// What is cut or given; a session only by its lock, a box only where it is one of mail.
bool isAccess(std::string_view word) {
    return isOneOf(word, {"compte",   "comptes",     "acces",   "access",   "account", "accounts",
                          "login",    "logins",      "mailbox", "boite",    "boites",  "droits",
                          "rights",   "permissions", "licence", "licences", "license", "session",
                          "sessions", "messagerie",  "vpn",     "groups",   "groupes", "group",
                          "groupe",   "sign",        "profil",  "profile",  "celui",   "celle"});
}

bool isDenied(const Line& line, std::size_t verb) {
    for (std::size_t back = 1; back <= 4 && back <= verb; ++back) {
        if (isOneOf(line.words[verb - back].text,
                    {"pas", "jamais", "not", "never", "don", "won", "wont", "sans", "without"}))
            return true;
        if (isOneOf(line.words[verb - back].text, {"pourquoi", "why"})) return false;
    }
    for (std::size_t at = verb + 1; at < std::min(verb + 3, line.words.size()); ++at)
        if (isOneOf(line.words[at].text, {"pas", "rien", "jamais", "nothing"})) return true;
    return false;
}

/// "ferme la session", "sessions fermées": it only ends, where "la session est bloquée" keeps somebody out.
bool isClosedSession(const Line& line, std::size_t access, std::size_t verb) {
    return isOneOf(line.words[access].text, {"session", "sessions"}) &&
           !startsWithOneOf(line.words[verb].text, {"bloqu", "block", "lock", "desactiv", "disabl",
                                                    "deactivat", "supprim", "delet", "revo", "suspen"});
}

/// A clause ends between the words.
bool isParted(const Line& line, std::size_t first, std::size_t last) {
    const auto from = static_cast<std::size_t>(line.words[first].end);
    const auto to = static_cast<std::size_t>(line.words[last].begin);
    return line.text.substr(from, to - from).find_first_of(".?!;:") != std::string_view::npos;
}

bool isPastForm(std::string_view word) {
    if (isOneOf(word, {"coupe",     "coupes",   "coupee",     "coupees", "ferme",     "fermes",   "bloque",
                       "desactive", "supprime", "desactives", "bloques", "supprimes", "revoque",  "retire",
                       "enleve",    "suspendu", "suspendue",  "cut",     "shut",      "reactive", "retabli",
                       "reouvert",  "rouvert",  "cree",       "ouvert",  "given",     "mis"}))
        return true;
    return word.ends_with("ed") || word.ends_with("ees") || word.ends_with("ee");
}

/// "le compte est désactivé", "account's disabled", "compte désactivé", "accounts off".
bool isSaidOf(const Line& line, std::size_t access, std::size_t verb) {
    for (std::size_t at = access + 1; at < verb; ++at)
        if (isOneOf(line.words[at].text,
                    {"je", "j", "on", "vous", "i", "we", "you", "il", "elle", "he", "she"}))
            return false;
    return isPastForm(line.words[verb].text) || isOneOf(line.words[verb].text, {"fermeture", "coupure"});
}

void readOwner(const Line& line, std::size_t access, AccessWords& found) {
    for (std::size_t back = 1; back <= 3 && back <= access; ++back) {
        const std::string_view word = line.words[access - back].text;
        if (isOneOf(word, {"mon", "mes", "ma", "my", "votre", "vos", "your", "notre", "our"}))
            found.isOwn = true;
        if (isOneOf(word, {"son", "ses", "sa", "leur", "leurs", "his", "her", "their", "lui", "s"}))
            found.isOfAnother = true;
        if (isAccess(word)) break;
    }
    if (access + 1 < line.words.size() && isOneOf(line.words[access + 1].text, {"de", "d", "of", "for"}))
        found.isOfAnother = true;
}

/// "sa boîte", "accès à sa boîte": nothing but mail.
bool isMailAt(const Line& line, std::size_t access) {
    const Words kMail = {"boite", "boites", "mailbox", "messagerie"};
    if (isOneOf(line.words[access].text, kMail)) return true;
    if (!isOneOf(line.words[access].text, {"acces", "access", "droits", "rights", "permissions"}))
        return false;
    constexpr std::size_t kBehind = 5;
    for (std::size_t at = access + 1; at < std::min(access + 1 + kBehind, line.words.size()); ++at) {
        if (isParted(line, access, at)) return false;
        if (isOneOf(line.words[at].text, kMail)) return true;
    }
    return false;
}

std::optional<AccessWords> thingOf(const Line& line, std::size_t verb, bool mayBeBefore) {
    AccessWords found;
    found.isPast = isPastForm(line.words[verb].text);
    for (std::size_t at = verb + 1; at < std::min(verb + 1 + kReach, line.words.size()); ++at) {
        if (isParted(line, verb, at)) break;
        if (!isAccess(line.words[at].text)) continue;
        found.match = {verb, at + 1};
        readOwner(line, at, found);
        found.isOfMail = isMailAt(line, at);
        found.isOfSession = isClosedSession(line, at, verb);
        // "il est désactivé son compte": said of it; but "je désactive son compte" is being done.
        const std::string_view before = verb > 0 ? std::string_view{line.words[verb - 1].text} : "";
        const bool isSaidDone = isOneOf(before, {"ai", "a", "ont", "ve", "est", "sont", "have", "has",
                                                 "avons", "avez", "ete", "been", "already", "deja", "is"}) ||
                                isToldAsDone(line, verb);
        found.isPast = found.isPast && isSaidDone;
        return found;
    }
    if (!mayBeBefore) return std::nullopt;
    for (std::size_t back = 1; back <= kReach && back <= verb; ++back) {
        const std::size_t at = verb - back;
        if (isParted(line, at, verb)) break;
        if (!isAccess(line.words[at].text) || !isSaidOf(line, at, verb)) continue;
        found.match = {at, verb + 1};
        readOwner(line, at, found);
        found.isOfSession = isClosedSession(line, at, verb);
        return found;
    }
    return std::nullopt;
}

/// "je le coupe", "je coupe tout", "lock her out", "remove him from", "take her off".
std::optional<AccessWords> cutOfPerson(const Line& line, std::size_t verb) {
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    const std::string_view said = word(verb);
    const bool isOut = isCutting(said) && isOneOf(word(verb + 2), {"out", "off", "from"}) &&
                       isOneOf(word(verb + 1), {"him", "her", "them", "everything"});
    if (isOut) return AccessWords{{verb, verb + 3}, false, true, said.ends_with("ed"), false, false};
    if (startsWithOneOf(said, {"coup", "desactiv", "bloqu"}) && isOneOf(word(verb + 1), {"tout", "tous"}))
        return AccessWords{{verb, verb + 2}, false, true, false, false, false};
    // "disable Roy's"
    if (startsWithOneOf(said, {"disabl", "deactivat", "clos", "block"}) && word(verb + 2) == "s")
        return AccessWords{{verb, verb + 3}, false, true, false, false, false};
    const bool hasPronoun =
        verb > 1 && isOneOf(word(verb - 1), {"le", "la", "l", "les"}) &&
        isOneOf(word(verb - 2), {"je", "on", "vais", "va", "pouvez", "faut", "faudra", "ai"});
    if (hasPronoun && startsWithOneOf(said, {"coup", "desactiv", "ferm", "supprim", "bloqu"}))
        return AccessWords{{verb - 1, verb + 1}, false, true, false, false, false};
    return std::nullopt;
}

std::optional<AccessWords> cutAt(const Line& line, std::size_t at) {
    // "account's off", "accounts are off"
    const bool isOff = line.words[at].text == "off" && at > 1 && isAccess(line.words[at - 2].text);
    if (isOff) {
        AccessWords found{{at - 2, at + 1}, false, false, true, false, false};
        readOwner(line, at - 2, found);
        return found;
    }
    if (!isCuttingAt(line, at) || isDenied(line, at)) return std::nullopt;
    if (auto found = thingOf(line, at, true)) return found;
    return cutOfPerson(line, at);
}

bool saysOneOf(const Line& line, bool (*isVerb)(const Line& line, std::size_t at)) {
    for (std::size_t at = 0; at < line.words.size(); ++at)
        if (isVerb(line, at) && !isDenied(line, at)) return true;
    return false;
}

}  // namespace

std::optional<AccessWords> cutIn(const Line& line) {
    std::optional<AccessWords> session;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const auto found = cutAt(line, at);
        if (!found) continue;
        // "Je ferme la session qui est bloquée": the same one.
        const bool isSameSession = session && found->match.first < session->match.last;
        if (!found->isOfSession && !isSameSession) return found;
        if (!session) session = found;
    }
    return session;
}

std::optional<AccessWords> grantIn(const Line& line) {
    for (std::size_t at = 0; at < line.words.size(); ++at)
        if (isGrant(line.words[at].text) && !isCuttingAt(line, at) && !isDenied(line, at))
            if (auto found = thingOf(line, at, isPastForm(line.words[at].text))) return found;
    return std::nullopt;
}

std::optional<AccessWords> restoreIn(const Line& line) {
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const bool isAgain = isRestore(line.words[at].text) ||
                             (line.words[at].text == "re" && at + 1 < line.words.size() &&
                              startsWithOneOf(line.words[at + 1].text, {"enabl", "activ", "open"}));
        if (!isAgain || isDenied(line, at)) continue;
        if (auto found = thingOf(line, at, true)) return found;
    }
    return std::nullopt;
}

bool isToldAsDone(const Line& line, std::size_t verb) {
    constexpr std::size_t kBack = 10;
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    /// "j'ai", "I've", "on a"; not "you've", "I have to"
    const auto hasDone = [&](std::size_t at) {
        if (word(at + 1) == "to" || (word(at + 1) == "got" && word(at + 2) == "to")) return false;
        if (word(at) == "a") return word(at - 1) == "on";
        if (isOneOf(word(at), {"ve", "have"}))
            return !isOneOf(word(at - 1), {"you", "they", "should", "could", "would", "might", "to"});
        return isOneOf(word(at), {"ai", "avons", "ive", "weve"});
    };
    std::size_t at = verb;
    while (at > 0 && isOneOf(word(at - 1), {"bien", "deja", "aussi", "just", "already", "also", "now"})) --at;
    if (at == 0) return false;
    if (hasDone(at - 1)) return true;
    const bool isInfinitive = word(verb).size() > 3 && word(verb).ends_with("er");
    if (isInfinitive || !isOneOf(word(at - 1), {"et", "and", "puis", "then"})) return false;
    for (std::size_t back = 2; back <= kBack && back <= at; ++back) {
        if (hasDone(at - back)) return true;
        if (line.isCutAfter(at - back, kSentenceMarks) ||
            isOneOf(word(at - back), {"je", "j", "i", "on", "nous", "we", "vous", "you", "il", "elle", "he",
                                      "she", "they", "vais", "va", "will", "ll", "going"}))
            return false;
    }
    return false;
}

bool saysCut(const Line& line) {
    return saysOneOf(line, [](const Line& of, std::size_t at) {
        return isCuttingAt(of, at) &&
               !isOneOf(of.words[at].text, {"take", "taking", "stop", "pull", "pulled", "pulling"});
    });
}

bool saysGrant(const Line& line) {
    return saysOneOf(line, [](const Line& of, std::size_t at) {
        return startsWithOneOf(of.words[at].text, {"cree", "creat", "prepar", "ouvr"});
    });
}

bool saysRestore(const Line& line) {
    static const CueList kAgain{{"re enabl*"}, {"re activ*"}, {"re open*"}};
    return kAgain.first(line) || saysOneOf(line, [](const Line& of, std::size_t at) {
               return startsWithOneOf(of.words[at].text, {"reactiv", "reenabl", "retabli", "rouvr"});
           });
}

}  // namespace ninja3cx::analysis
