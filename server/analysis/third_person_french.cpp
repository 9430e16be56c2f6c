#include "server/analysis/clauses.hpp"
#include "server/analysis/third_person.hpp"
#include "server/analysis/words/words.hpp"

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

/// Verbs that say something to somebody: "il me demande" is "il lui demande".
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

/// The first person of the whole text but the subject at its head. False: it cannot be turned.
bool turnFrench(Tokens& tokens, std::size_t from, bool isCallerSubject, Gender gender) {
    const std::string_view pronoun = gender == Gender::Woman ? "elle" : gender == Gender::Man ? "il" : "";
    bool isReflexive = isCallerSubject;
    QuoteWatch quotes;
    for (std::size_t at = from; at < tokens.size(); ++at) {
        Token& token = tokens[at];
        if (quotes.isInside(token)) continue;
        const std::string plain = token.plain;
        const std::string_view before = at > 0 ? std::string_view{tokens[at - 1].plain} : std::string_view{};
        if (isCut(token.gap)) isReflexive = false;
        if (isOneOf(plain,
                    {"il", "elle", "ca", "on", "ils", "elles", "qui", "c", "et", "mais", "que", "quand"}))
            isReflexive = false;
        const auto put = [&](std::string_view written) {
            token.written = written;
            token.plain = folded(written);
        };
        if (plain == "mon")
            put("son");
        else if (plain == "ma")
            put("sa");
        else if (plain == "mes")
            put("ses");
        else if (plain == "notre")
            put("leur");
        else if (plain == "nos")
            put("leurs");
        else if (isOneOf(plain, {"vous", "votre", "vos", "tu", "toi", "ton", "mien", "mienne", "notres"})) {
            return cutBefore(tokens, at);
        } else if (plain == "moi" ||
                   (plain == "nous" && isOneOf(before, {"chez", "pour", "avec", "a", "sur", "c", "que"}))) {
            // "rappelez-moi": an order to the technician.
            if (token.gap == "-") return cutBefore(tokens, at - 1);
            const bool isOur = plain == "nous";
            const bool isTopic =
                !isOur && !isOneOf(before, {"chez", "pour", "avec", "a", "de", "sur", "c", "que", "est", "et",
                                            "par", "d", "sans", "comme"});
            if (isTopic) {
                erase(tokens, at, 1);
                --at;
                continue;
            }
            if (isOur && isOneOf(before, {"chez", "pour", "avec"}) &&
                !(at + 1 < tokens.size() && tokens[at + 1].plain.ends_with("ons"))) {
                put("eux");
                continue;
            }
            if (!isOur && before == "chez" && at >= 2) {
                if (pronoun.empty()) return cutBefore(tokens, at - 1);
                put(gender == Gender::Woman ? "elle" : "lui");
                continue;
            }
            return cutBefore(tokens, at);
        } else if (plain == "je" || plain == "j") {
            if (pronoun.empty()) return cutBefore(tokens, at);
            std::size_t verb = at + 1;
            while (verb < tokens.size() && isPronounObject(tokens[verb].plain)) ++verb;
            const auto third = verb < tokens.size() ? thirdPerson(tokens[verb]) : std::nullopt;
            if (!third) return cutBefore(tokens, at);
            put(pronoun);
            if (at + 1 < tokens.size() && tokens[at + 1].gap == "'") tokens[at + 1].gap = " ";
            // "que je" is "qu'elle"
            if (isOneOf(before, {"que", "parce que", "lorsque", "puisque"})) {
                tokens[at - 1].written = std::string{before.substr(0, before.size() - 1)};
                token.gap = "'";
            }
            if (before == "si" && gender == Gender::Man) {
                tokens[at - 1].written = "s";
                token.gap = "'";
            }
            tokens[verb].written = *third;
            tokens[verb].plain = folded(*third);
            isReflexive = true;
        } else if (plain == "me" || plain == "m") {
            std::size_t next = at + 1;
            if (next >= tokens.size()) return false;
            if (isReflexive) {
                put(plain == "m" ? "s" : "se");
                if (plain == "m" && tokens[next].gap == " ") tokens[next].gap = "'";
                continue;
            }
            if (isOneOf(tokens[next].plain, {"le", "la", "les", "l"}))
                return cutBefore(tokens, at - (at > 0 ? 1 : 0));
            const bool isPerfect = isOneOf(tokens[next].plain, {"a", "ont", "avait", "avaient", "aurait"});
            const std::size_t verb = next + (isPerfect ? 1 : 0);
            if (verb >= tokens.size() || !takesADative(tokens[verb].plain)) {
                const std::string& form = tokens[verb < tokens.size() ? verb : next].plain;
                // An infinitive after the caller's own verb: "à me connecter".
                if (!isPerfect && isOneOf(before, {"a", "de", "pour", "peux", "peut", "sans", "arrive"}) &&
                    (form.ends_with("er") || form.ends_with("ir") || form.ends_with("re"))) {
                    put(plain == "m" ? "s" : "se");
                    continue;
                }
                return cutBefore(tokens, at > 1 ? at - 1 : at);
            }
            put("lui");
            if (tokens[next].gap == "'") tokens[next].gap = " ";
        } else if (plain == "nous") {
            if (token.gap == "-") return cutBefore(tokens, at - 1);
            std::size_t verb = at + 1;
            std::size_t itself = 0;  // the second of "nous nous sommes"
            while (verb < tokens.size() &&
                   isOneOf(tokens[verb].plain, {"ne", "n", "les", "le", "la", "l", "y", "en", "nous"})) {
                if (tokens[verb].plain == "nous") itself = verb;
                ++verb;
            }
            if (verb >= tokens.size()) return cutBefore(tokens, at);
            if (tokens[verb].plain.ends_with("ons") || tokens[verb].plain == "sommes") {
                const auto third = thirdPersonPlural(tokens[verb]);
                if (!third) return cutBefore(tokens, at);
                put("ils");
                if (itself > 0) tokens[itself].written = tokens[itself].plain = "se";
                if (before == "que") {
                    tokens[at - 1].written = "qu";
                    token.gap = "'";
                }
                tokens[verb].written = *third;
                tokens[verb].plain = folded(*third);
            } else if (takesADative(tokens[verb].plain)) {
                put("leur");
            } else {
                return cutBefore(tokens, at > 1 ? at - 1 : at);
            }
        } else if (isOneOf(plain, {"ai", "suis"}) &&
                   !isOneOf(before, {"n", "y", "en", "l", "ne", "s", "lui", "se"})) {
            return cutBefore(tokens, at);  // its "je" was not heard
        }
    }
    return true;
}

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

bool hasFrenchVerb(const Tokens& tokens) {
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.written != "\u00e0" &&
               isOneOf(token.plain,
                       {"est",      "sont",      "a",        "ont",       "etait",    "avait",   "ne",
                        "n",        "fait",      "font",     "marche",    "veut",     "peut",    "peuvent",
                        "dit",      "va",        "vont",     "vient",     "viennent", "met",     "faut",
                        "affiche",  "affichent", "demande",  "redemande", "bloque",   "reste",   "tombe",
                        "coupe",    "rame",      "plante",   "s",         "se",       "arrive",  "arrivent",
                        "clignote", "imprime",   "refuse",   "voit",      "entend",   "recoit",  "sort",
                        "ouvre",    "tourne",    "bipe",     "repond",    "repart",   "mouline", "sonne",
                        "aurait",   "serait",    "faudrait", "doit",      "prend"});
    });
}

}  // namespace

std::optional<Told> toldInFrench(Tokens tokens, const std::string& who, Gender gender, bool isEnd) {
    // "je vous appelle parce que …", "c'est pour …"
    bool isWish = false;
    if (const std::size_t call =
            anyOf(tokens, 0,
                  {"je vous appelle", "j appelle", "je vous appelais", "je vous contacte", "je vous rappelle",
                   "je me permets de vous appeler", "je t appelle"})) {
        if (const std::size_t why = anyOf(tokens, call,
                                          {"parce que", "parce qu", "car", "pour vous signaler que",
                                           "pour signaler que", "pour vous dire que"})) {
            erase(tokens, 0, call + why);
        } else if (const std::size_t what = anyOf(
                       tokens, call,
                       {"pour", "au sujet", "concernant", "a propos", "par rapport", "a cause", "suite"})) {
            erase(tokens, 0, call);
            isWish = what > 0;
        }
    } else if (const std::size_t why = anyOf(tokens, 0, {"c est", "c etait", "ce serait", "ca serait"});
               why > 0 &&
               anyOf(tokens, why, {"pour", "au sujet", "concernant", "a propos", "par rapport"}) > 0) {
        erase(tokens, 0, why);
        isWish = true;
    }
    if (const std::size_t told = anyOf(
            tokens, 0,
            {"je vous signale que", "je vous informe que", "je vous dis que", "je vous signale qu",
             "je tenais a vous signaler que", "je voulais vous dire que", "je voulais vous signaler que"}))
        erase(tokens, 0, told);
    // "appelle pour, …": what follows says why.
    if (isWish) {
        const bool isCount = tokens.size() > 3 && tokens[3].plain.starts_with("fois");
        if (tokens.size() < 3 || isCount) return std::nullopt;
        if (isCut(tokens[1].gap)) {
            erase(tokens, 0, 1);
            isWish = false;
        }
    }
    // "c'est Outlook il me redemande …"
    if (is(tokens, 0, "c est"))
        for (std::size_t at = 3; at < std::min<std::size_t>(tokens.size(), 7); ++at)
            if (tokens[at].gap == " " && isOneOf(tokens[at].plain, {"il", "elle", "ca", "on", "j", "je"}) &&
                !isOneOf(tokens[at - 1].plain,
                         {"que", "quand", "si", "qu", "pas", "c", "et", "mais", "ou"})) {
                tokens[at].gap = ", ";
                break;
            }
    if (tokens.size() < 3) return std::nullopt;
    const std::string_view first = tokens[0].plain;
    if (isWish) {
        if (!turnFrench(tokens, 0, true, gender)) return std::nullopt;
        mendElisions(tokens);
        dropDangling(tokens, isEnd);
        if (tokens.size() < 3) return std::nullopt;
        return Told{who + " appelle " + textOf(tokens) + "."};
    }
    if (first == "je" || first == "j") {
        std::size_t verb = 1;
        while (verb < tokens.size() && isPronounObject(tokens[verb].plain)) ++verb;
        if (verb + 1 >= tokens.size()) return std::nullopt;
        const auto third = thirdPerson(tokens[verb]);
        if (!third) return std::nullopt;
        // "je pense que", "je crois que": only what follows is the matter.
        if (isOneOf(tokens[verb].plain, {"pense", "crois", "sais", "suppose", "dis"}) && verb == 1)
            return std::nullopt;
        // "je n'arrive pas": where the recogniser lost the "n'", it is put back.
        const std::size_t denial =
            verb + 1 < tokens.size() && isOneOf(tokens[verb + 1].plain, {"toujours", "meme"}) ? verb + 2
                                                                                              : verb + 1;
        const bool isDenied =
            denial < tokens.size() && isOneOf(tokens[denial].plain, {"pas", "plus", "jamais"});
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
        if (!turnFrench(tokens, 0, true, gender)) return std::nullopt;
        mendElisions(tokens);
        dropDangling(tokens, isEnd);
        if (tokens.size() < 3) return std::nullopt;
        return Told{who + " " + textOf(tokens) + "."};
    }
    if (!turnFrench(tokens, 0, false, gender)) return std::nullopt;
    mendElisions(tokens);
    dropDangling(tokens, isEnd);
    if (tokens.size() < kLeastWords) return std::nullopt;
    if (is(tokens, 0, "y a")) {
        tokens[0] = {" ", "y", "y"};
        tokens.insert(tokens.begin(), {"", "il", "il"});
    }
    const std::string text = insideSentence(tokens);
    const std::string_view head = tokens[0].plain;
    // "depuis la mise à jour": without a clause of its own it reports nothing.
    const bool opensAClause = isOneOf(head, {"depuis", "quand", "dans", "sur", "chez", "en", "a", "d"});
    const bool hasClause = std::any_of(tokens.begin() + 1, tokens.end(), [](const Token& token) {
        return isCut(token.gap) ||
               isOneOf(token.plain, {"il", "elle", "on", "ils", "ca", "c", "ne", "n", "plus"});
    });
    if (opensAClause && !hasClause) return std::nullopt;
    const bool isPronoun = isOneOf(head, {"il", "elle", "ils", "elles", "on", "ca", "c", "cela"});
    const bool isSentence =
        isPronoun ||
        (isOneOf(head, {"le",       "la",    "les",    "l",      "un",    "une",   "des",      "son",
                        "sa",       "ses",   "leur",   "leurs",  "il",    "elle",  "ils",      "elles",
                        "on",       "ca",    "c",      "cela",   "ce",    "cette", "ces",      "tout",
                        "tous",     "toute", "toutes", "depuis", "quand", "dans",  "sur",      "chez",
                        "personne", "aucun", "aucune", "d",      "a",     "en",    "monsieur", "madame"}) &&
         hasFrenchVerb(tokens));
    if (!isSentence) return Told{who + " signale : " + text + ".", false};
    const bool isElided = startsWithVowel(head) && !head.starts_with('h');
    return Told{who + " signale qu" + (isElided ? "'" : "e ") + text + "."};
}

}  // namespace ninja3cx::analysis
