#include "server/analysis/reported.hpp"

#include "server/analysis/name_lists.hpp"
#include "server/analysis/product_list.hpp"
#include "server/analysis/written.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostWords = 34;
constexpr std::size_t kLeastWords = 4;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// A word as written, and what stands before it.
struct Token {
    std::string gap;
    std::string written;
    std::string plain;
};
using Tokens = std::vector<Token>;

/// What stands between two words, without what was hesitated there.
std::string gapOf(std::string_view between) {
    const bool hasLetters = std::any_of(between.begin(), between.end(),
                                        [](char c) { return std::isalnum(static_cast<unsigned char>(c)); });
    if (!hasLetters && between.size() <= 8) {
        if (between.find("...") != std::string_view::npos) return ", ";
        return std::string{between};
    }
    return between.find(',') != std::string_view::npos ? ", " : " ";
}

Tokens tokensOf(std::string_view text) {
    Tokens tokens;
    std::size_t written = 0;
    for (const Word& word : wordsOf(text)) {
        const auto begin = static_cast<std::size_t>(word.begin);
        const auto end = static_cast<std::size_t>(word.end);
        tokens.push_back({tokens.empty() ? std::string{} : gapOf(text.substr(written, begin - written)),
                          std::string{text.substr(begin, end - begin)}, word.text});
        written = end;
    }
    // A sign that belongs to the last word: "98 %", a closing quotation mark.
    if (!tokens.empty()) {
        const std::string_view rest = text.substr(written);
        const std::size_t last = rest.find_last_not_of(" ,;:.!?-\n");
        if (rest.size() <= 8 && last != std::string_view::npos)
            tokens.back().written += rest.substr(0, last + 1);
    }
    return tokens;
}

std::string textOf(const Tokens& tokens) {
    std::string text;
    for (const Token& token : tokens) {
        if (!text.empty()) text += token.gap;
        text += token.written;
    }
    return text;
}

bool is(const Tokens& tokens, std::size_t at, std::string_view phrase) {
    for (;; ++at) {
        const std::size_t space = phrase.find(' ');
        if (at >= tokens.size() || tokens[at].plain != phrase.substr(0, space)) return false;
        if (space == std::string_view::npos) return true;
        phrase.remove_prefix(space + 1);
    }
}
std::size_t lengthOf(std::string_view phrase) {
    return 1 + static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}
std::size_t anyOf(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> phrases) {
    for (const std::string_view phrase : phrases)
        if (is(tokens, at, phrase)) return lengthOf(phrase);
    return 0;
}
void erase(Tokens& tokens, std::size_t first, std::size_t count) {
    const std::string gap = first < tokens.size() ? tokens[first].gap : std::string{};
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                 tokens.begin() + static_cast<std::ptrdiff_t>(std::min(tokens.size(), first + count)));
    if (first < tokens.size() && first > 0) {
        // What stood before the piece, unless both are commas or only one is a sign.
        if (tokens[first].gap == "'" || tokens[first].gap == " ") tokens[first].gap = gap == "'" ? " " : gap;
    }
    if (first == 0 && !tokens.empty()) tokens[0].gap.clear();
}

bool startsWithVowel(std::string_view plain) {
    return !plain.empty() && std::string_view{"aeiouyh"}.find(plain[0]) != std::string_view::npos;
}
bool isCut(std::string_view gap) {
    return gap.find_first_of(",;:.!?") != std::string_view::npos || gap.find('-') == 1;
}

// ---------------------------------------------------------------- cleaning

struct Spelling {
    std::string_view said;
    std::string_view written;
};
/// Frequent words that recognisers write without their accents, each with one spelling only.
constexpr auto kAccents = std::to_array<Spelling>({
    {"ca", "ça"},
    {"ecran", "écran"},
    {"ecrans", "écrans"},
    {"reseau", "réseau"},
    {"probleme", "problème"},
    {"problemes", "problèmes"},
    {"apres", "après"},
    {"telephone", "téléphone"},
    {"telephones", "téléphones"},
    {"meme", "même"},
    {"deja", "déjà"},
    {"tres", "très"},
    {"etait", "était"},
    {"etaient", "étaient"},
    {"systeme", "système"},
    {"numero", "numéro"},
    {"acces", "accès"},
    {"boite", "boîte"},
    {"boites", "boîtes"},
    {"etiquettes", "étiquettes"},
    {"dossier", "dossier"},
    {"fenetre", "fenêtre"},
    {"cles", "clés"},
    {"fete", "fête"},
    {"derniere", "dernière"},
    {"premiere", "première"},
    {"deuxieme", "deuxième"},
    {"arrete", "arrêté"},
    {"etre", "être"},
    {"peut etre", "peut-être"},
    {"bientot", "bientôt"},
    {"plutot", "plutôt"},
    {"memoire", "mémoire"},
    {"securite", "sécurité"},
    {"materiel", "matériel"},
    {"cote", "côté"},
    {"societe", "société"},
    {"periode", "période"},
    {"reunion", "réunion"},
    {"declaration", "déclaration"},
    {"cable", "câble"},
    {"theatre", "théâtre"},
    {"ete", "été"},
    {"operateur", "opérateur"},
});
constexpr auto kEnglishSpelling = std::to_array<Spelling>({
    {"i", "I"},
    {"dont", "don't"},
    {"cant", "can't"},
    {"didnt", "didn't"},
    {"doesnt", "doesn't"},
    {"isnt", "isn't"},
    {"wasnt", "wasn't"},
    {"havent", "haven't"},
    {"couldnt", "couldn't"},
    {"im", "I'm"},
    {"ive", "I've"},
    {"thats", "that's"},
    {"theres", "there's"},
    {"whats", "what's"},
    {"theyre", "they're"},
    {"weve", "we've"},
    {"youre", "you're"},
    {"wont", "won't"},
    {"hasnt", "hasn't"},
    {"arent", "aren't"},
});

/// What a recogniser spells in pieces or in small letters.
constexpr auto kTerms = std::to_array<Spelling>({
    {"pass word", "password"},
    {"oui fi", "Wi-Fi"},
    {"ouifi", "Wi-Fi"},
    {"wi fi", "Wi-Fi"},
    {"wifi", "Wi-Fi"},
    {"v p n", "VPN"},
    {"vpn", "VPN"},
    {"u s b", "USB"},
    {"usb", "USB"},
    {"p d f", "PDF"},
    {"pdf", "PDF"},
    {"pc", "PC"},
    {"p c", "PC"},
    {"erp", "ERP"},
    {"nas", "NAS"},
});

void putProductNames(Tokens& tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at)
        for (const Product& product : products()) {
            if (product.phrase.front() != tokens[at].plain.front() || !is(tokens, at, product.phrase))
                continue;
            // "en times": the preposition stays.
            if (isOneOf(tokens[at].plain, {"en", "dans", "sur"})) {
                tokens[at + 1] = {tokens[at + 1].gap, std::string{product.written}, folded(product.written)};
                break;
            }
            const std::string gap = tokens[at].gap;
            Token name{gap, std::string{product.written}, folded(product.written)};
            // "sage" and "word" are words as well where no capital says otherwise.
            if (product.phrase.find(' ') == std::string_view::npos && name.plain == product.phrase &&
                isOneOf(product.phrase, {"sage", "word", "ciel", "teams", "dell", "excel"}) &&
                product.phrase != "excel" && product.phrase != "teams" && product.phrase != "dell")
                break;
            tokens[at] = std::move(name);
            const std::size_t more = lengthOf(product.phrase) - 1;
            tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at + 1),
                         tokens.begin() + static_cast<std::ptrdiff_t>(at + 1 + more));
            break;
        }
}

void dropRepetitions(Tokens& tokens) {
    // What is said twice, one or two words of it: "le le", "c'est c'est".
    for (std::size_t at = 1; at < tokens.size();) {
        if (tokens[at].plain == tokens[at - 1].plain &&
            !isOneOf(tokens[at].plain, {"nous", "vous", "0", "[]"})) {
            tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at));
        } else if (at >= 2 && at + 1 < tokens.size() && tokens[at].plain == tokens[at - 2].plain &&
                   tokens[at + 1].plain == tokens[at - 1].plain && tokens[at].plain.size() < 8) {
            erase(tokens, at, 2);
        } else {
            ++at;
        }
    }
}

void clean(Tokens& tokens, bool isEnglish) {
    dropRepetitions(tokens);

    // "le l'automaticien": begun again.
    for (std::size_t at = 0; at + 1 < tokens.size(); ++at)
        if (isOneOf(tokens[at].plain, {"le", "la"}) && tokens[at + 1].plain == "l" && !isEnglish)
            erase(tokens, at, 1);
    // Words that only fill.
    for (std::size_t at = 0; at < tokens.size();) {
        const bool isFree = at == 0 || isCut(tokens[at].gap);
        std::size_t length = anyOf(tokens, at,
                                   {"ben", "bah", "beh", "hein", "you know", "i mean", "sort of", "kind of",
                                    "figurez vous", "si vous voulez", "comment dire", "em",
                                    "je sais pas trop", "s il vous plait", "please", "en fait"});
        if (length == 0 && isFree)
            length = anyOf(tokens, at,
                           {"enfin", "bref", "genre", "quoi", "like", "well", "uh", "en fait", "du coup",
                            "effectivement", "apparemment", "actually", "basically", "mate", "love",
                            "honestly", "madame", "monsieur", "du coup"});
        if (length == 0 || at + length > tokens.size()) {
            ++at;
            continue;
        }
        const bool wasCut = at > 0 && isCut(tokens[at].gap);
        erase(tokens, at, length);
        if (wasCut && at < tokens.size()) tokens[at].gap = ", ";
    }
    dropRepetitions(tokens);

    for (Token& token : tokens) {
        if (token.written.size() != token.plain.size()) continue;  // it has accents
        if (isEnglish) {
            const auto at = static_cast<std::size_t>(&token - tokens.data());
            const std::string_view next =
                at + 1 < tokens.size() ? std::string_view{tokens[at + 1].plain} : "";
            if (token.written == "its" &&
                isOneOf(next, {"the", "a", "my", "just", "been", "not", "saying", "gone", "all"}))
                token.written = "it's";
            for (const Spelling& spelling : kEnglishSpelling)
                if (token.written == spelling.said) token.written = spelling.written;
        } else {
            for (const Spelling& spelling : kAccents)
                if (token.written == spelling.said) token.written = spelling.written;
        }
    }
    if (!isEnglish)
        for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
            const bool isElided = isOneOf(tokens[at].plain, {"c", "j", "l", "n", "d", "s", "m", "qu", "jusqu",
                                                             "lorsqu", "puisqu", "aujourd"});
            // "G A M M E S" is spelled.
            const bool isSpelled = tokens[at + 1].plain.size() == 1 &&
                                   (tokens[at + 1].plain != "a" || tokens[at].written == "M");
            if (isElided && !isSpelled && tokens[at + 1].gap == " " && startsWithVowel(tokens[at + 1].plain))
                tokens[at + 1].gap = "'";
            if (is(tokens, at, "apres midi") && tokens[at + 1].gap == " ") tokens[at + 1].gap = "-";
            const std::string_view next = tokens[at + 1].plain;
            if (tokens[at].plain == "sa" &&
                isOneOf(next, {"ecrit",  "fait", "marche",  "dit",   "propose", "va",    "se",
                               "me",     "m",    "ne",      "n",     "veut",    "coupe", "affiche",
                               "plante", "rame", "mouline", "vient", "doit",    "sonne"}))
                tokens[at] = {tokens[at].gap, "ça", "ca"};
            if (tokens[at].plain == "y" &&
                (at == 0 || !isOneOf(tokens[at - 1].plain,
                                     {"il", "on", "n", "ne", "s", "j", "je", "elle", "ils", "qui"})) &&
                isOneOf(next, {"me", "m", "faut", "veut", "dit", "fait", "marche", "est", "demande", "arrive",
                               "affiche"}))
                tokens[at] = {tokens[at].gap, "il", "il"};
            if (at == 0 && tokens[at].written == "a" && !isOneOf(next, {"la", "l", "deux"}))
                tokens[at].written = "à";
            if (is(tokens, at, "peut etre") && tokens[at + 1].gap == " ") tokens[at + 1].gap = "-";
        }
    for (std::size_t at = 0; at < tokens.size(); ++at)
        for (const Spelling& spelling : kTerms)
            if (is(tokens, at, spelling.said)) {
                tokens[at].written = spelling.written;
                tokens[at].plain = folded(spelling.written);
                const auto more = static_cast<std::ptrdiff_t>(lengthOf(spelling.said)) - 1;
                const auto next = tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1;
                tokens.erase(next, next + more);
                break;
            }
    // A hesitation between two words that belong together: "il a, euh, grésillé".
    for (std::size_t at = 1; at < tokens.size(); ++at)
        if (tokens[at].gap == ", " &&
            isOneOf(tokens[at - 1].plain,
                    {"a",   "ai", "le",   "la", "les", "un",  "une", "de",  "des",  "du", "est", "et",
                     "que", "il", "elle", "on", "je",  "mon", "ma",  "mes", "the",  "my", "is",  "to",
                     "and", "it", "c",    "j",  "son", "qui", "au",  "en",  "dans", "sur"}) &&
            !(tokens[at - 1].plain == "la" && tokens[at - 1].written != "la"))
            tokens[at].gap = " ";
    putProductNames(tokens);
}

/// What leads to the matter and is none of it.
std::size_t leadLength(const Tokens& tokens, bool isEnglish) {
    std::size_t at = 0;
    for (;;) {
        std::size_t length = 0;
        if (isEnglish)
            length = anyOf(tokens, at,
                           {"so",
                            "well",
                            "yeah",
                            "yes",
                            "yep",
                            "right",
                            "okay",
                            "ok",
                            "oh",
                            "ah",
                            "hi",
                            "hiya",
                            "hello",
                            "morning",
                            "good morning",
                            "good afternoon",
                            "afternoon",
                            "look",
                            "and",
                            "but",
                            "now",
                            "the thing is",
                            "it s just that",
                            "it s just",
                            "basically",
                            "no",
                            "um",
                            "then",
                            "because",
                            "i think",
                            "i guess",
                            "i suppose",
                            "i believe",
                            "i m afraid that",
                            "listen",
                            "sorry",
                            "i m afraid",
                            "thanks",
                            "the problem is",
                            "the problem is that",
                            "there we go",
                            "as i said"});
        else
            length = anyOf(tokens, at,
                           {"oui",
                            "non",
                            "alors",
                            "voila",
                            "bon",
                            "donc",
                            "ecoutez",
                            "ecoute",
                            "en fait",
                            "eh bien",
                            "et bien",
                            "et puis",
                            "et",
                            "mais",
                            "du coup",
                            "ah",
                            "oh",
                            "ha",
                            "allo",
                            "bonjour",
                            "bonsoir",
                            "c est que",
                            "parce que",
                            "car",
                            "ok",
                            "d accord",
                            "justement",
                            "tout simplement",
                            "tenez",
                            "dites",
                            "le probleme c est que",
                            "le souci c est que",
                            "en gros",
                            "moi",
                            "nous",
                            "bien",
                            "merci",
                            "pardon",
                            "par contre",
                            "sinon",
                            "je pense que",
                            "je crois que",
                            "je crois qu",
                            "je pense qu",
                            "il se trouve que",
                            "en revanche",
                            "figurez vous que",
                            "imaginez vous que",
                            "j ai deux choses",
                            "j ai deux problemes",
                            "j ai deux soucis",
                            "deux choses",
                            "la premiere c est",
                            "le premier c est",
                            "premierement",
                            "deja",
                            "en ce moment",
                            "enfin",
                            "ouais",
                            "ou",
                            "puis",
                            "ca",
                            "la"});
        if (length == 0) return at;
        const std::string_view next =
            at + length < tokens.size() ? std::string_view{tokens[at + length].plain} : std::string_view{};
        const std::string_view word = tokens[at].plain;
        // "nous avons", "la box", "ca marche", "ou", "non" are often the matter itself.
        if (isOneOf(word, {"nous", "moi"}) && !isOneOf(next, {"on", "je", "j", "nous"})) return at;
        if (word == "la" && isOneOf(next, {"rien", "plus", "c", "on", "il", "y", "ca"})) {
            at += length;
            continue;
        }
        if (isOneOf(word, {"la", "ca", "ou"}) &&
            !(at + length < tokens.size() && isCut(tokens[at + length].gap)) &&
            !(word == "ca" && next == "c"))
            return at;
        if (word == "non" && next == "plus") return at;
        if (word == "no" && at + length < tokens.size() && !isCut(tokens[at + length].gap)) return at;
        at += length;
    }
}

/// A piece that ends here needs something to follow.
bool isDangling(std::string_view plain) {
    return isOneOf(
        plain,
        {"et",      "mais", "donc", "que",  "qu",    "de",      "d",     "a",      "le",   "la",    "les",
         "l",       "un",   "une",  "pour", "parce", "car",     "avec",  "dans",   "sur",  "qui",   "ou",
         "c",       "en",   "du",   "des",  "si",    "quand",   "alors", "puis",   "je",   "j",     "il",
         "elle",    "on",   "ne",   "n",    "se",    "s",       "and",   "but",    "so",   "the",   "to",
         "because", "with", "of",   "or",   "my",    "their",   "son",   "sa",     "ses",  "mon",   "ma",
         "mes",     "i",    "they", "it",   "that",  "which",   "when",  "where",  "if",   "for",   "at",
         "in",      "on",   "from", "then", "comme", "chez",    "par",   "au",     "aux",  "enfin", "fait",
         "vous",    "then", "an",   "is",   "y",     "lorsque", "dont",  "voila",  "quoi", "hein",  "etc",
         "like",    "just", "me",   "m",    "us",    "we",      "sinon", "pas de", "you",  "ca",    "were",
         "was",     "are",  "as",   "than"});
}
/// `isEnd`: a full stop stood there, so only a joint is too much.
void dropDangling(Tokens& tokens, bool isEnd = false) {
    if (isEnd) {
        while (!tokens.empty() &&
               isOneOf(tokens.back().plain, {"et", "mais", "donc", "alors", "puis", "enfin", "hein", "voila",
                                             "quoi", "and", "but", "so", "or", "ou"}))
            tokens.pop_back();
        return;
    }

    while (!tokens.empty() && isDangling(tokens.back().plain)) {
        // "il est la", "depuis", "c'est fait" end well; a lone "fait" or "la" after a verb stays.
        const bool isAfterVerb =
            tokens.size() > 1 &&
            isOneOf(tokens[tokens.size() - 2].plain, {"est", "a", "ai", "suis", "sont", "ont", "as"});
        if (isAfterVerb && isOneOf(tokens.back().plain, {"fait", "la"})) return;
        if (isOneOf(tokens.back().plain, {"it", "in", "on", "that", "ca", "was", "are"}) &&
            tokens.size() > 4 && !isCut(tokens.back().gap))
            return;
        tokens.pop_back();
    }
}

/// Cuts before the first clause that begins after `from`; the places where speech joins one thing to the next.
std::size_t joinAt(const Tokens& tokens, std::size_t from, bool isEnglish) {
    for (std::size_t at = from; at < tokens.size(); ++at) {
        const std::size_t length =
            isEnglish ? anyOf(tokens, at,
                              {"and then", "so", "but", "because", "cos", "and now", "and it", "and i",
                               "and we", "and they", "and the", "which", "and when"})
                      : anyOf(tokens, at, {"et puis",  "et la",     "et du coup", "du coup", "alors",
                                           "mais",     "parce que", "donc",       "et ca",   "et il",
                                           "et elle",  "et on",     "et je",      "et j",    "sauf que",
                                           "et c est", "voila",     "et les",     "et le",   "et quand"});
        if (length > 0) return at;
    }
    return tokens.size();
}

/// One past the words of `phrase` where they begin before token `before`; 0 otherwise.
std::size_t endOf(const Tokens& tokens, const std::string& phrase, std::size_t before) {
    const std::string plain = folded(phrase);
    if (plain.empty()) return 0;
    for (std::size_t at = 0; at < std::min(before, tokens.size()); ++at)
        if (is(tokens, at, plain)) return at + lengthOf(plain);
    return 0;
}

/// How many words greet and say who calls.
std::size_t afterIntroduction(const Tokens& tokens, const Names& names, bool isEnglish) {
    std::size_t from = 0;
    for (const char* greeting : {"bonjour", "bonsoir", "salut", "hello", "hi", "hiya", "good morning",
                                 "good afternoon", "morning", "afternoon"})
        from = std::max(from, endOf(tokens, greeting, 4));
    const std::size_t lead = std::max(from, leadLength(tokens, isEnglish));
    const std::size_t customer = endOf(tokens, names.customer, lead + 6);
    const bool isIntroduced =
        from > 0 || (customer > 0 && names.customer.find(' ') != std::string::npos) ||
        anyOf(tokens, lead,
              {"c est", "it s", "this is", "ici", "je suis", "i m", "je m appelle", "my name"}) > 0;
    if (!isIntroduced) return 0;
    from = std::max(from, customer);
    const std::size_t near = std::max(from, lead) + 8;
    for (const std::string& name : names.people) from = std::max(from, endOf(tokens, name, near));
    for (const std::string& company : names.companies) from = std::max(from, endOf(tokens, company, near));
    // "…, le responsable technique": still who it is.
    if (from > 0 && from < tokens.size() &&
        isOneOf(tokens[from].plain, {"le", "la", "the", "a", "de", "in", "at"})) {
        std::size_t end = from;
        while (end < tokens.size() && end < from + 5 && (end == from || !isCut(tokens[end].gap))) ++end;
        if (end < tokens.size() && isCut(tokens[end].gap)) from = end;
    }
    return std::min(from, tokens.size());
}

/// "je suis le responsable technique", "c'est la comptable": who calls, not why.
bool isIntroduction(const Tokens& tokens) {
    if (anyOf(tokens, 0,
              {"je suis le", "je suis la", "je suis l", "je suis un", "je suis une", "je suis clerc",
               "je suis chez", "i m the", "i m a", "i m an", "i m from", "je travaille", "my name", "ici",
               "je m appelle", "this is"}) > 0)
        return true;
    if (is(tokens, 0, "c est") || is(tokens, 0, "it s"))
        for (std::size_t at = 2; at < std::min<std::size_t>(tokens.size(), 8); ++at)
            if (isOneOf(tokens[at].plain, {"chef", "responsable", "directeur", "directrice", "secretaire",
                                           "comptable", "gerant", "gerante", "accueil", "secretariat", "from",
                                           "manager", "societe", "reception"}))
                return true;
    return tokens.size() < 9 &&
           anyOf(tokens, 0,
                 {"c est madame", "c est monsieur", "c est maitre", "c est docteur", "madame", "monsieur",
                  "maitre", "docteur", "le cabinet", "de la", "du"}) > 0;
}

// ---------------------------------------------------------------- French

struct Verb {
    std::string_view first;
    std::string_view third;
};
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

/// Follows whether the words of a text stand in quotation marks: those are nobody's to turn.
class QuoteWatch {
public:
    bool isInside(const Token& token) {
        for (const std::string_view mark : {"\u00ab", "\u201c"})
            if (token.gap.find(mark) != std::string::npos) isInside_ = true;
        for (const std::string_view mark : {"\u00bb", "\u201d"})
            if (token.gap.find(mark) != std::string::npos) isInside_ = false;
        if (token.gap.find('"') != std::string::npos) isInside_ = !isInside_;
        return isInside_;
    }

private:
    bool isInside_ = false;
};

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

/// A product or a name keeps its capital inside a sentence.
std::string insideSentence(const Tokens& tokens) {
    std::string text = textOf(tokens);
    const std::string& word = tokens[0].written;
    const bool hasInner = std::any_of(word.begin() + 1, word.end(), [](char c) {
        return std::isupper(static_cast<unsigned char>(c)) != 0;
    });
    const bool isProduct = std::any_of(products().begin(), products().end(),
                                       [&](const Product& product) { return product.written == word; });
    return hasInner || isProduct || word == "I" || isFirstName(tokens[0].plain)
               ? text
               : uncapitalised(std::move(text));
}

/// Ends the text before the clause that holds token `at`, if enough of it stands before.
bool cutBefore(Tokens& tokens, std::size_t at) {
    const std::size_t nearest = at > 7 ? at - 7 : 0;
    std::size_t cut = at;
    for (; cut > nearest; --cut)
        if (isCut(tokens[cut].gap) ||
            isOneOf(tokens[cut].plain,
                    {"et", "mais", "comme", "parce", "car", "alors", "donc", "quand", "and", "but", "as",
                     "so", "because", "when", "since", "cos", "which"}))
            break;
    if (cut <= nearest || cut < 5) return false;
    Tokens kept{tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(cut)};
    dropDangling(kept);
    if (kept.size() < 5) return false;
    tokens = std::move(kept);
    return true;
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
                tokens[at - 1].written = gender == Gender::Woman ? "chez" : "chez";
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
            std::size_t verb = at + 1;
            while (verb < tokens.size() &&
                   isOneOf(tokens[verb].plain, {"ne", "n", "les", "le", "la", "l", "y", "en"}))
                ++verb;
            if (verb >= tokens.size()) return cutBefore(tokens, at);
            if (tokens[verb].plain.ends_with("ons") || tokens[verb].plain == "sommes") {
                const auto third = thirdPersonPlural(tokens[verb]);
                if (!third) return cutBefore(tokens, at);
                put("ils");
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

std::optional<Told> reportedInFrench(Tokens tokens, const std::string& who, Gender gender, bool isEnd) {
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
        const bool isDenied =
            verb + 1 < tokens.size() && isOneOf(tokens[verb + 1].plain, {"pas", "plus", "jamais"});
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
        dropDangling(tokens, isEnd);
        if (tokens.size() < 3) return std::nullopt;
        return Told{who + " " + textOf(tokens) + "."};
    }
    if (!turnFrench(tokens, 0, false, gender)) return std::nullopt;
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
        (isOneOf(head, {"le",       "la",    "les",    "l",      "un",    "une",   "des", "son",
                        "sa",       "ses",   "leur",   "leurs",  "il",    "elle",  "ils", "elles",
                        "on",       "ca",    "c",      "cela",   "ce",    "cette", "ces", "tout",
                        "tous",     "toute", "toutes", "depuis", "quand", "dans",  "sur", "chez",
                        "personne", "aucun", "aucune", "d",      "a",     "en"}) &&
         hasFrenchVerb(tokens));
    if (!isSentence) return Told{who + " signale : " + text + ".", false};
    const bool isElided = startsWithVowel(head) && !head.starts_with('h');
    return Told{who + " signale qu" + (isElided ? "'" : "e ") + text + "."};
}

// ---------------------------------------------------------------- English

constexpr auto kEnglishVerbs = std::to_array<Verb>({
    {"have", "has"},        {"need", "needs"},        {"want", "wants"},      {"keep", "keeps"},
    {"get", "gets"},        {"was", "was"},           {"had", "had"},         {"can", "can"},
    {"cannot", "cannot"},   {"could", "could"},       {"couldn", "couldn"},   {"didn", "didn"},
    {"got", "got"},         {"lost", "lost"},         {"forgot", "forgot"},   {"won", "won"},
    {"left", "left"},       {"sent", "sent"},         {"tried", "tried"},     {"clicked", "clicked"},
    {"am", "is"},           {"don", "doesn"},         {"haven", "hasn"},      {"would", "would"},
    {"wanted", "wanted"},   {"opened", "opened"},     {"deleted", "deleted"}, {"saved", "saved"},
    {"see", "sees"},        {"received", "received"}, {"locked", "locked"},   {"dropped", "dropped"},
    {"noticed", "noticed"}, {"typed", "typed"},       {"wasn", "wasn"},       {"cant", "can't"},
});

bool turnEnglish(Tokens& tokens, std::size_t from) {
    QuoteWatch quotes;
    for (std::size_t at = from; at < tokens.size(); ++at) {
        Token& token = tokens[at];
        if (quotes.isInside(token)) continue;
        const std::string plain = token.plain;
        const auto put = [&](std::string_view written) {
            token.written = written;
            token.plain = written;
        };
        const auto follow = [&](std::string_view was, std::string_view now) {
            if (at + 1 < tokens.size() && tokens[at + 1].plain == was) {
                tokens[at + 1].written = now;
                tokens[at + 1].plain = now;
            }
        };
        if (plain == "i") {
            put("they");
            if (at + 1 < tokens.size() && tokens[at + 1].gap == "'")
                follow("m", "re");
            else
                follow("am", "are");
            follow("was", "were");
            follow("wasn", "weren");
        } else if (plain == "im")
            put("they're");
        else if (plain == "ive")
            put("they've");
        else if (plain == "my")
            put("their");
        else if (plain == "me")
            put("them");
        else if (plain == "mine" || plain == "ours")
            put("theirs");
        else if (plain == "myself" || plain == "ourselves")
            put("themselves");
        else if (plain == "we")
            put("they");
        else if (plain == "our")
            put("their");
        else if (plain == "us")
            put("them");
        else if (isOneOf(plain, {"you", "your", "yours", "u", "ya"}))
            return cutBefore(tokens, at);
    }
    return true;
}

std::optional<Told> reportedInEnglish(Tokens tokens, const std::string& who, bool isEnd) {
    if (const std::size_t call = anyOf(tokens, 0,
                                       {"i m calling because", "i m ringing because", "i m phoning because",
                                        "i m just calling because", "i was calling because"}))
        erase(tokens, 0, call);
    if (const std::size_t call = anyOf(tokens, 0,
                                       {"i m calling", "i m ringing", "i m phoning", "i m just ringing",
                                        "i was ringing", "just ringing", "just calling", "i m just calling"});
        call > 0 && anyOf(tokens, call, {"about", "to", "for", "regarding", "on behalf"}) > 0) {
        erase(tokens, 0, call);
        if (!turnEnglish(tokens, 0)) return std::nullopt;
        dropDangling(tokens, isEnd);
        if (tokens.size() < 3) return std::nullopt;
        return Told{who + " called " + textOf(tokens) + "."};
    }
    if (tokens.size() < kLeastWords) return std::nullopt;
    if (tokens[0].plain == "i") {
        if (isOneOf(tokens[1].plain, {"think", "guess", "suppose", "know", "mean"})) return std::nullopt;
        const bool isShort = tokens[1].gap == "'";
        std::optional<std::string> verb;
        if (isShort && tokens[1].plain == "m") verb = "is";
        if (isShort && tokens[1].plain == "ve") verb = "has";
        if (isShort && tokens[1].plain == "d")
            verb =
                tokens.size() > 2 && isOneOf(tokens[2].plain, {"like", "love", "rather"}) ? "would" : "had";
        if (isShort && tokens[1].plain == "ll") verb = "will";
        if (!isShort)
            for (const Verb& known : kEnglishVerbs)
                if (tokens[1].plain == known.first) verb = std::string{known.third};
        if (verb) {
            if (tokens[1].plain == "can" || tokens[1].plain == "cannot") verb = tokens[1].written;
            tokens[1].written = *verb;
            erase(tokens, 0, 1);
            if (!turnEnglish(tokens, 1)) return std::nullopt;
            dropDangling(tokens, isEnd);
            if (tokens.size() < 3) return std::nullopt;
            return Told{who + " " + textOf(tokens) + "."};
        }
    }
    if (!turnEnglish(tokens, 0)) return std::nullopt;
    dropDangling(tokens, isEnd);
    if (tokens.size() < kLeastWords) return std::nullopt;
    const std::string text = insideSentence(tokens);
    const bool isSentence = isOneOf(
        tokens[0].plain,
        {"the",   "it",         "they",     "their",  "there",   "this", "that", "one",      "a",       "an",
         "every", "everything", "everyone", "nobody", "nothing", "all",  "some", "somebody", "someone", "he",
         "she",   "when",       "since",    "these",  "those",   "half", "two",  "three"});
    return Told{who + (isSentence ? " reports that " : " reports: ") + text + ".", isSentence};
}

/// " Oui": what follows dots that were only a pause has a small letter.
bool isNewSentence(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && text[at] == ' ' &&
           std::isupper(static_cast<unsigned char>(text[at + 1])) != 0;
}

/// Without quotation marks that open or close nothing.
std::string balanced(std::string text) {
    const auto count = [&](std::string_view mark) {
        std::size_t found = 0;
        for (std::size_t at = text.find(mark); at != std::string::npos;
             at = text.find(mark, at + mark.size()))
            ++found;
        return found;
    };
    const auto drop = [&](std::initializer_list<std::string_view> marks) {
        for (const std::string_view mark : marks)
            for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
                text.erase(at, mark.size());
    };
    if (count("\u00ab") != count("\u00bb")) drop({"\u00ab ", " \u00bb", "\u00ab", "\u00bb"});
    if (count("\u201c") != count("\u201d")) drop({"\u201c", "\u201d"});
    if (count("\"") % 2 != 0) drop({"\""});
    if (count("(") != count(")")) drop({"(", ")"});
    return text;
}

// First names that are only a woman's or only a man's.
constexpr std::string_view kWomen =
    // clang-format off
    " "
    "adele adeline agathe agnes aissatou alexandra alice aline amandine amelie anais anne annick "
    "annie angelique apolline astrid aude audrey aurelie aurore barbara beatrice benedicte "
    "bernadette berenice blandine brigitte capucine carine carole caroline catherine cecile celia "
    "celine chantal charlene charlotte chloe christelle christiane christine clara claire claudine "
    "clemence clotilde colette coline constance corinne daniele danielle delphine denise diane "
    "dorothee edith eliane elisa elisabeth elise elodie eloise elsa emilie emma emmanuelle estelle "
    "esther eugenie eva evelyne fabienne fanny fatima fatou fatoumata faustine flavie florence "
    "francoise gabrielle gaelle genevieve geraldine germaine ghislaine gisele gwenaelle helene "
    "henriette hortense ines ingrid irene iris isabelle jacqueline jeanne jennifer jessica jocelyne "
    "joelle josiane josephine judith julie juliette justine karine katia khadija laetitia laura "
    "laure lea leila lina lise lorraine louise lucie lucienne ludivine lydia lydie madeleine maelle "
    "maelys maeva magali manon margaux margot marguerite maria marianne marie marielle marina marine "
    "marion marlene marthe martine maryline maryse mathilde maud melanie melissa michele micheline "
    "mireille monique muriel myriam nadege nadia nadine nathalie nicole nina noemie nora odette "
    "odile oceane pascaline patricia paulette pauline peggy priscilla rachel regine renee roselyne "
    "rosalie sabine sabrina salome samira sandra sandrine sara sarah severine sidonie simone sofia "
    "solange solene solenn sonia sophie stephanie suzanne sylvie tiphaine valentine valerie vanessa "
    "veronique victoire violette virginie viviane yvette yvonne zoe ";
// clang-format on
constexpr std::string_view kMen =
    // clang-format off
    " "
    "adrien alain alban albert alexandre alexis antoine antonin armand arnaud arthur aurelien "
    "baptiste bastien benjamin benoit bernard bertrand boris brice bruno cedric charles christian "
    "christophe clement corentin cyril damien daniel david denis didier dimitri edouard emmanuel "
    "enzo eric erwan etienne fabien fabrice farid felix fernand florent florian franck francois "
    "frederic gabriel gaetan gaspard geoffrey georges gerald gerard gilbert gilles gregoire gregory "
    "guillaume gustave guy hamid hassan henri herve hubert hugo hugues ibrahim idriss ivan jacques "
    "jean jeremie jeremy jerome joachim joel johan jonathan jordan joris joseph jules julien justin "
    "karim kevin laurent leon leonard lionel loic louis luc lucas lucien ludovic malik marc marcel "
    "marius mathieu mathis matthieu maurice max maxence maxime mehdi michael michel mickael mohamed "
    "mourad nabil nathan nicolas noel olivier oscar pascal patrice patrick paul philippe pierre "
    "quentin rachid raphael raymond regis remi remy rene richard robert robin rodolphe roger roland "
    "romain romuald ronan samir samuel sebastien serge simon stephane sylvain theo thibault thierry "
    "thomas tristan victor vincent wilfried xavier yann yannick yohan youssef yves ";
// clang-format on

}  // namespace

std::vector<Clause> clausesOf(const Line& line, const Names& names, bool isEnglish) {
    std::vector<Clause> clauses;
    const auto addTokens = [&](Tokens tokens, bool isQuestion, bool isEnd) {
        const std::size_t lead = leadLength(tokens, isEnglish);
        erase(tokens, 0, lead);
        dropDangling(tokens, isEnd);
        if (tokens.size() < kLeastWords || isIntroduction(tokens)) return;
        Clause clause;
        clause.isEnd = isEnd;
        clause.turn = line.turn;
        clause.position = line.position;
        clause.text = textOf(tokens);
        clause.words = wordsOf(clause.text);
        clause.isQuestion = isQuestion;
        clauses.push_back(std::move(clause));
    };
    const std::string_view text = line.text;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool isEnd = at == text.size();
        const bool isSign =
            !isEnd && std::string_view{".!?;"}.find(text[at]) != std::string_view::npos &&
            (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n') &&
            !(text[at] == '.' && at > 0 && text[at - 1] == '.' && !isNewSentence(text, at + 1)) &&
            !(text[at] == '.' && at > 1 && text[at - 2] == ' ' && at + 2 < text.size() &&
              std::isupper(static_cast<unsigned char>(text[at - 1])) != 0);
        if (!isEnd && !isSign) continue;
        const std::string sentence{text.substr(begin, at - begin)};
        const bool isQuestion = !isEnd && text[at] == '?';
        begin = at + 1;
        Tokens tokens = tokensOf(sentence);
        erase(tokens, 0, afterIntroduction(tokens, names, isEnglish));
        clean(tokens, isEnglish);
        // A recogniser without full stops: clause by clause.
        const bool isRunOn = tokens.size() > 22;
        std::size_t from = 0;
        while (isRunOn && tokens.size() - from > 16) {
            const std::size_t join = joinAt(tokens, from + 7, isEnglish);
            if (join >= tokens.size()) break;
            addTokens({tokens.begin() + static_cast<std::ptrdiff_t>(from),
                       tokens.begin() + static_cast<std::ptrdiff_t>(join)},
                      false, false);
            from = join;
        }
        addTokens({tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end()}, isQuestion, isSign);
    }
    return clauses;
}

Gender genderOf(const Conversation& conversation, const std::string& customer) {
    int women = 0;
    int men = 0;
    for (const Line& line : conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent) continue;
        for (const Word& word : line.words) {
            women += word.text == "madame" || word.text == "mademoiselle" ? 1 : 0;
            men += word.text == "monsieur" ? 1 : 0;
        }
    }
    if (women != men) return women > men ? Gender::Woman : Gender::Man;
    const std::string plain = folded(customer);
    const std::string first = " " + plain.substr(0, plain.find(' ')) + " ";
    if (first.size() < 4) return Gender::Unknown;
    if (kWomen.find(first) != std::string_view::npos) return Gender::Woman;
    if (kMen.find(first) != std::string_view::npos) return Gender::Man;
    return Gender::Unknown;
}

std::optional<Told> reported(const Clause& clause, const std::string& who, Gender gender, bool isEnglish) {
    Tokens tokens = tokensOf(clause.text);
    bool isEnd = clause.isEnd;
    if (tokens.size() > kMostWords) {
        tokens.resize(joinAt(tokens, 12, isEnglish));
        isEnd = false;
        if (tokens.size() > kMostWords) return std::nullopt;
    }
    if (tokens.size() < kLeastWords) return std::nullopt;
    // A question is told as one, unless it is a wish.
    if (clause.isQuestion && !isOneOf(tokens[0].plain, {"je", "j", "i"})) return std::nullopt;
    auto told = isEnglish ? reportedInEnglish(std::move(tokens), who, isEnd)
                          : reportedInFrench(std::move(tokens), who, gender, isEnd);
    if (told) told->text = balanced(std::move(told->text));
    return told;
}

std::string quoted(const Clause& clause, const std::string& who, bool isEnglish) {
    Tokens tokens = tokensOf(clause.text);
    bool isEnd = clause.isEnd;
    if (tokens.size() > 26) {
        tokens.resize(std::min<std::size_t>(joinAt(tokens, 9, isEnglish), 26));
        isEnd = false;
    }
    std::string_view verb = isEnglish           ? (clause.isQuestion ? " asks: \u201c" : " reports: \u201c")
                            : clause.isQuestion ? " demande : « "
                                                : " signale : « ";
    if (const std::size_t call =
            anyOf(tokens, 0, {"je vous appelle pour", "j appelle pour", "je vous contacte pour"})) {
        erase(tokens, 0, call);
        verb = " appelle pour « ";
    }
    dropDangling(tokens, isEnd);
    std::string text = capitalised(textOf(tokens));
    if (verb == " appelle pour « ") text = uncapitalised(std::move(text));
    // Inner quotation marks would end the outer ones.
    for (const std::string_view mark : {"« ", " »", "«", "»", "\"", "\u201c", "\u201d"})
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
            text.erase(at, mark.size());
    if (clause.isQuestion && isEnd) text += isEnglish ? "?" : " ?";
    return who + std::string{verb} + text + (isEnglish ? "\u201d." : " ».");
}

}  // namespace ninja3cx::analysis
