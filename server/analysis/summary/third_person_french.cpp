#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/french_turn.hpp"
#include "server/analysis/summary/french_verbs.hpp"
#include "server/analysis/summary/third_person.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::analysis {
namespace {

/// "ne suis" has become "ne est", "n'allons" "n'vont".
void mendElisions(Tokens& tokens) {
    for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
        Token& token = tokens[at];
        Token& next = tokens[at + 1];
        const bool isVowel = startsWithVowel(next.plain) && next.plain[0] != 'h' && next.plain[0] != 'y';
        if (isOneOf(token.plain, {"ne", "se"}) && isVowel && next.gap == " ") {
            token.written.resize(1);
            token.plain = token.written;
            next.gap = "'";
        } else if (isOneOf(token.plain, {"n", "s"}) && !startsWithVowel(next.plain) && next.gap == "'") {
            token.written += "e";
            token.plain = token.written;
            next.gap = " ";
        }
    }
}

/// Takes away that somebody calls. True: what is left says for what.
bool dropCalling(Tokens& tokens) {
    if (const std::size_t call =
            anyOf(tokens, 0,
                  {"je vous appelle", "j appelle", "je vous appelais", "je vous contacte", "je vous rappelle",
                   "je me permets de vous appeler", "je t appelle"})) {
        if (const std::size_t why = anyOf(tokens, call,
                                          {"parce que", "parce qu", "car", "pour vous signaler que",
                                           "pour signaler que", "pour vous dire que"})) {
            erase(tokens, 0, call + why);
        } else if (anyOf(tokens, call,
                         {"pour", "au sujet", "concernant", "a propos", "par rapport", "a cause", "suite"}) >
                   0) {
            erase(tokens, 0, call);
            return true;
        }
    } else if (const std::size_t why = anyOf(tokens, 0,
                                             {"c est juste", "c est encore", "c etait juste", "c est",
                                              "c etait", "ce serait", "ca serait"});
               why > 0 &&
               anyOf(tokens, why, {"pour", "au sujet", "concernant", "a propos", "par rapport"}) > 0) {
        erase(tokens, 0, why);
        return true;
    }
    return false;
}

/// "je vous signale que …"
void dropAnnouncement(Tokens& tokens) {
    if (const std::size_t told = anyOf(
            tokens, 0,
            {"je vous signale que", "je vous informe que", "je vous dis que", "je vous signale qu",
             "je tenais a vous signaler que", "je voulais vous dire que", "je voulais vous signaler que"}))
        erase(tokens, 0, told);
}

/// Writes the comma of "c'est Outlook il me redemande …".
void partTopic(Tokens& tokens) {
    if (!is(tokens, 0, "c est")) return;
    for (std::size_t at = 3; at < std::min<std::size_t>(tokens.size(), 7); ++at)
        if (tokens[at].gap == " " && isOneOf(tokens[at].plain, {"il", "elle", "ca", "on", "j", "je"}) &&
            !isOneOf(tokens[at - 1].plain, {"que", "quand", "si", "qu", "pas", "c", "et", "mais", "ou"})) {
            tokens[at].gap = ", ";
            break;
        }
}

/// The first person turned and the end mended. False: too little is left.
bool finish(Tokens& tokens, bool isCallerSubject, Gender gender, bool isEnd, std::size_t leastWords) {
    if (!turnFrench(tokens, isCallerSubject, gender)) return false;
    mendElisions(tokens);
    dropDangling(tokens, isEnd);
    return tokens.size() >= leastWords;
}

/// The verb of "je …", in the third person, without the "je". False: it has none that tells anything.
bool turnHead(Tokens& tokens) {
    std::size_t verb = 1;
    while (verb < tokens.size() && isPronounObject(tokens[verb].plain)) ++verb;
    if (verb + 1 >= tokens.size()) return false;
    const auto third = thirdPerson(tokens[verb]);
    if (!third) return false;
    // "je pense que", "je crois que": only what follows is the matter.
    if (isOneOf(tokens[verb].plain, {"pense", "crois", "sais", "suppose", "dis"}) && verb == 1) return false;
    // "je n'arrive pas": where the recogniser lost the "n'", it is put back.
    const std::size_t denial =
        verb + 1 < tokens.size() && isOneOf(tokens[verb + 1].plain, {"toujours", "meme"}) ? verb + 2
                                                                                          : verb + 1;
    const bool isDenied = denial < tokens.size() && isOneOf(tokens[denial].plain, {"pas", "plus", "jamais"});
    const bool hasNe =
        std::any_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(verb),
                    [](const Token& token) { return token.plain == "ne" || token.plain == "n"; });
    tokens[verb].written = *third;
    tokens[verb].plain = folded(*third);
    // "j'ai supprimer": the recogniser's spelling of the participle
    if (std::string& next = tokens[verb + 1].written;
        *third == "a" && next.size() > 4 && next.ends_with("er"))
        next.replace(next.size() - 2, 2, "é");
    erase(tokens, 0, 1);
    if (isDenied && !hasNe) {
        const bool isElided = startsWithVowel(tokens[0].plain);
        tokens[0].gap = isElided ? "'" : " ";
        tokens.insert(tokens.begin(), {"", isElided ? "n" : "ne", isElided ? "n" : "ne"});
    }
    return true;
}

/// "depuis la mise à jour": without a clause of its own it reports nothing.
bool isOnlyCircumstance(const Tokens& tokens) {
    // "quand il veut envoyer le lot": what happens then was not told.
    if (tokens[0].plain == "quand") {
        std::size_t subjects = 0;
        for (const Token& token : tokens)
            subjects += isCut(token.gap) ||
                                isOneOf(token.plain, {"il", "elle", "on", "ils", "ca", "c", "qui", "tout"})
                            ? 1
                            : 0;
        if (subjects < 2) return true;
    }
    if (!isOneOf(tokens[0].plain, {"depuis", "quand", "dans", "sur", "chez", "en", "a", "d"})) return false;
    return std::none_of(tokens.begin() + 1, tokens.end(), [](const Token& token) {
        return isCut(token.gap) ||
               isOneOf(token.plain, {"il", "elle", "on", "ils", "ca", "c", "ne", "n", "plus"});
    });
}

bool isFrenchSentence(const Tokens& tokens) {
    const std::string_view head = tokens[0].plain;
    if (isOneOf(head, {"il", "elle", "ils", "elles", "on", "ca", "c", "cela"})) return true;
    if (head == "plus" || head == "rien")
        return anyOf(tokens, 0,
                     {"plus rien ne", "plus rien n", "plus personne ne", "plus personne n", "plus aucun",
                      "plus aucune", "rien ne", "rien n"}) > 0 &&
               hasFrenchVerb(tokens);
    // "Outlook ne s'ouvre plus", "Paul Arnaud part"
    const bool isName = opensProduct(tokens[0].written);
    if (isName || isFirstName(head)) return hasFrenchVerb(tokens);
    return isOneOf(head, {"le",       "la",    "les",    "l",      "un",    "une",   "des",      "son",
                          "sa",       "ses",   "leur",   "leurs",  "il",    "elle",  "ils",      "elles",
                          "on",       "ca",    "c",      "cela",   "ce",    "cette", "ces",      "tout",
                          "tous",     "toute", "toutes", "depuis", "quand", "dans",  "sur",      "chez",
                          "personne", "aucun", "aucune", "d",      "a",     "en",    "monsieur", "madame"}) &&
           hasFrenchVerb(tokens);
}

/// What is wrong, with a subject of its own: "… signale que le serveur est tombé."
Told toldOfMatter(Tokens tokens, const std::string& who) {
    if (is(tokens, 0, "y a")) {
        tokens[0] = {" ", "y", "y"};
        tokens.insert(tokens.begin(), {"", "il", "il"});
    }
    const std::string text = insideSentence(tokens);
    const std::string_view head = tokens[0].plain;
    if (!isFrenchSentence(tokens)) return {who + " signale : " + text + ".", false};
    const bool isElided = startsWithVowel(head) && !head.starts_with('h');
    return {who + " signale qu" + (isElided ? "'" : "e ") + text + "."};
}

}  // namespace

std::optional<Told> toldInFrench(Tokens tokens, const std::string& who, Gender gender, bool isEnd) {
    bool isWish = dropCalling(tokens);
    dropAnnouncement(tokens);
    // "appelle pour, …": what follows says why.
    if (isWish) {
        const bool isCount = tokens.size() > 3 && tokens[3].plain.starts_with("fois");
        if (tokens.size() < 3 || isCount) return std::nullopt;
        if (isCut(tokens[1].gap)) {
            erase(tokens, 0, 1);
            isWish = false;
        }
    }
    partTopic(tokens);
    if (tokens.size() < 3) return std::nullopt;
    // "pouvez-vous réinitialiser …"
    if (const std::size_t wish = anyOf(tokens, 0,
                                       {"est ce que vous pouvez", "est ce que vous pourriez", "vous pouvez",
                                        "pouvez vous", "pourriez vous", "vous pourriez"});
        wish > 0 && tokens.size() > wish + 2) {
        erase(tokens, 0, wish);
        while (tokens.size() > 2 && isOneOf(tokens[0].plain, {"me", "m", "nous"})) erase(tokens, 0, 1);
        const bool isInfinitive = tokens[0].plain.ends_with("er") || tokens[0].plain.ends_with("ir") ||
                                  tokens[0].plain.ends_with("re") || tokens[0].plain.ends_with("oir");
        if (!isInfinitive || isOneOf(tokens[0].plain, {"repeter", "dire"})) return std::nullopt;
        if (!finish(tokens, true, gender, isEnd, 3)) return std::nullopt;
        const bool isElided = startsWithVowel(tokens[0].plain) && !tokens[0].plain.starts_with('h');
        return Told{who + " demande " + (isElided ? "d'" : "de ") + textOf(tokens) + "."};
    }
    if (isWish) {
        if (!finish(tokens, true, gender, isEnd, 3)) return std::nullopt;
        return Told{who + " appelle " + textOf(tokens) + "."};
    }
    if (isOneOf(tokens[0].plain, {"je", "j"})) {
        if (!turnHead(tokens) || !finish(tokens, true, gender, isEnd, 3)) return std::nullopt;
        return Told{who + " " + textOf(tokens) + "."};
    }
    if (!finish(tokens, false, gender, isEnd, kLeastWords)) return std::nullopt;
    if (isOnlyCircumstance(tokens)) return std::nullopt;
    return toldOfMatter(std::move(tokens), who);
}

}  // namespace ninja3cx::analysis
