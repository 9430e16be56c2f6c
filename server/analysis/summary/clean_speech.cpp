#include "server/analysis/summary/clean_speech.hpp"

#include "server/analysis/entities/matter_start.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/words/words.hpp"

#include <array>
#include <utility>

namespace ninja3cx::analysis {
namespace {

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
    {"demarre", "démarre"},
    {"demarrer", "démarrer"},
    {"redemarre", "redémarre"},
    {"redemarrer", "redémarrer"},
    {"prete", "prête"},
    {"pret", "prêt"},
    {"acceder", "accéder"},
    {"recuperer", "récupérer"},
    {"reinitialiser", "réinitialiser"},
    {"hotel", "hôtel"},
    {"reception", "réception"},
    {"salarie", "salarié"},
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
            // "sage" and "word" are words as well where neither a capital nor a verb behind them says otherwise.
            const bool isSubject = product.phrase == "sage" && at + 1 < tokens.size() &&
                                   !isCut(tokens[at + 1].gap) && isPredicate(tokens[at + 1].plain);
            if (!isSubject && product.phrase.find(' ') == std::string_view::npos &&
                name.plain == product.phrase &&
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

/// A sentence from which words are dropped in one pass: those that stay, and those that are still to be read.
class Squeezed {
public:
    explicit Squeezed(Tokens& tokens) : tokens_{tokens} {}
    std::size_t size() const { return kept_ + tokens_.size() - next_; }
    const Token& operator[](std::size_t at) const { return tokens_[at < kept_ ? at : next_ + at - kept_]; }
    /// The place of the first that is still to be read.
    std::size_t place() const { return kept_; }
    void keep() {
        if (kept_ != next_) tokens_[kept_] = std::move(tokens_[next_]);
        ++kept_;
        ++next_;
    }
    void drop(std::size_t count) { next_ += count; }
    Token& first() { return tokens_[next_]; }
    /// Once all are read.
    void finish() { tokens_.resize(kept_); }

private:
    Tokens& tokens_;
    std::size_t kept_ = 0;
    std::size_t next_ = 0;
};

/// The `count` words at `at` stand just before it as well.
bool isSaidAgain(const Squeezed& tokens, std::size_t at, std::size_t count) {
    if (at < count || at + count > tokens.size()) return false;
    for (std::size_t i = 0; i < count; ++i)
        if (tokens[at - count + i].plain != tokens[at + i].plain) return false;
    return true;
}

bool hasDigit(const Token& token) {
    return token.plain.find_first_of("0123456789") != std::string::npos;
}
bool isNumberWord(const Token& token) {
    const Word word{token.plain, 0, 0};
    // "oh oh", "double oh": digits of a number that is dictated.
    if (isOneOf(token.plain, {"oh", "o", "double", "triple"})) return true;
    return hasDigit(token) || numberAt({&word, 1}, 0).has_value();
}

/// "11 11", "quatre quatre": a number that says the same twice means it. "un", "une" and "one" are numbers only beside
/// another, for one stutters them too.
bool isNumber(const Squeezed& tokens, std::size_t at, std::size_t count) {
    const auto isArticle = [](const Token& token) { return isOneOf(token.plain, {"un", "une", "one", "a"}); };
    bool isAllNumbers = true;
    bool isAllArticles = true;
    for (std::size_t i = at; i < at + count; ++i) {
        if (hasDigit(tokens[i])) return true;
        isAllNumbers = isAllNumbers && isNumberWord(tokens[i]);
        isAllArticles = isAllArticles && isArticle(tokens[i]);
    }
    if (!isAllNumbers || !isAllArticles) return isAllNumbers;
    const std::size_t first = at - count;
    return (first > 0 && isNumberWord(tokens[first - 1])) ||
           (at + count < tokens.size() && isNumberWord(tokens[at + count]));
}

/// "j e e one o two": a code that is spelled, at least four pieces of it round `at`, says nothing twice.
bool isSpelledCode(const Squeezed& tokens, std::size_t at) {
    const auto isPiece = [&](std::size_t index) {
        return tokens[index].plain.size() == 1 || isNumberWord(tokens[index]);
    };
    constexpr std::size_t kPieces = 4;
    std::size_t first = at;
    while (first > 0 && first + kPieces > at && isPiece(first - 1)) --first;
    std::size_t last = at;
    while (last < tokens.size() && last < at + kPieces && isPiece(last)) ++last;
    return last >= first + kPieces;
}

/// How many words at `at` only say again what stands before them.
std::size_t repetitionAt(const Squeezed& tokens, std::size_t at) {
    if (isSaidAgain(tokens, at, 1) && !isNumber(tokens, at, 1) &&
        !isOneOf(tokens[at].plain, {"nous", "vous", "[]"}) && !isSpelledCode(tokens, at))
        return 1;
    if (isSaidAgain(tokens, at, 3) && !isNumber(tokens, at, 3)) return 3;
    return isSaidAgain(tokens, at, 2) && tokens[at].plain.size() < 8 && !isNumber(tokens, at, 2) ? 2 : 0;
}

/// "le le", "c'est c'est", "they can't they can't".
void dropRepetitions(Tokens& tokens) {
    Squeezed squeezed{tokens};
    while (squeezed.place() < squeezed.size()) {
        const std::size_t count = squeezed.place() == 0 ? 0 : repetitionAt(squeezed, squeezed.place());
        if (count == 0) {
            squeezed.keep();
            continue;
        }
        const std::string gap = squeezed.first().gap;
        squeezed.drop(count);
        // What stood before the piece, unless both are commas or only one is a sign.
        if (count == 1 || squeezed.place() == squeezed.size()) continue;
        Token& next = squeezed.first();
        if (next.gap == "'" || next.gap == " ") next.gap = gap == "'" ? " " : gap;
    }
    squeezed.finish();
}

/// "le lapin non pardon l'appli": of what the speaker takes back at once, up to three words, nothing is kept.
void dropCorrections(Tokens& tokens) {
    const auto isDeterminer = [&](std::size_t at) {
        return isOneOf(tokens[at].plain, {"le", "la", "l", "les", "un", "une", "des", "mon", "ma", "mes",
                                          "du", "au", "the", "a", "an", "my", "our"});
    };
    for (std::size_t at = 1; at < tokens.size(); ++at) {
        const std::size_t length =
            anyOf(tokens, at,
                  {"non pardon", "enfin non pardon", "pardon non", "ah non pardon", "enfin non", "non enfin",
                   "pardon", "no sorry", "sorry no", "sorry", "i mean"});
        if (length == 0 || at + length >= tokens.size() || !isDeterminer(at + length)) continue;
        for (std::size_t first = at - 1; first + 3 >= at; --first) {
            if (isDeterminer(first) && !isCut(tokens[at + length].gap)) {
                tokens[at + length].gap = tokens[first].gap;
                erase(tokens, first, at + length - first);
                at = first;
                break;
            }
            if (first == 0) break;
        }
    }
}

}  // namespace

void cleanSpeech(Tokens& tokens, bool isEnglish) {
    dropRepetitions(tokens);
    dropCorrections(tokens);
    // "le l'automaticien": begun again.
    for (std::size_t at = 0; at + 1 < tokens.size(); ++at)
        if (isOneOf(tokens[at].plain, {"le", "la"}) && tokens[at + 1].plain == "l" && !isEnglish)
            erase(tokens, at, 1);
    // Words that only fill.
    for (std::size_t at = 0; at < tokens.size();) {
        const bool isFree = at == 0 || isCut(tokens[at].gap);
        std::size_t length =
            anyOf(tokens, at,
                  {"ben", "bah", "beh", "hein", "you know", "i mean", "sort of", "kind of",
                   "figurez vous que", "figurez vous qu", "figurez vous", "si vous voulez", "comment dire",
                   "em", "je sais pas trop", "s il vous plait", "please", "en fait"});
        if (length == 0 && isFree)
            length = anyOf(tokens, at,
                           {"enfin", "bref", "genre", "quoi", "like", "well", "uh", "en fait", "du coup",
                            "effectivement", "apparemment", "actually", "basically", "mate", "love",
                            "honestly", "madame", "monsieur", "du coup"});
        // "on est plantés, là, on n'a plus rien"
        if (length == 0 && at > 0 && isFree && tokens[at].written == "l\u00e0" &&
            (at + 1 == tokens.size() || isCut(tokens[at + 1].gap)))
            length = 1;
        // "Monsieur Lebrun ne peut plus …" is no address.
        const bool isTitle = length == 1 && isOneOf(tokens[at].plain, {"madame", "monsieur"}) &&
                             at + 1 < tokens.size() && !isCut(tokens[at + 1].gap) &&
                             tokens[at + 1].written != tokens[at + 1].plain;
        if (length == 0 || isTitle || at + length > tokens.size()) {
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
            if (token.written == "i") token.written = "I";
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
                    {"a",  "ai",  "suis", "sont", "ont", "avons", "sommes", "le",   "la", "les",
                     "un", "une", "de",   "des",  "du",  "est",   "et",     "que",  "il", "elle",
                     "on", "je",  "mon",  "ma",   "mes", "the",   "my",     "is",   "to", "and",
                     "it", "c",   "j",    "son",  "qui", "au",    "en",     "dans", "sur"}) &&
            !(tokens[at - 1].plain == "la" && tokens[at - 1].written != "la"))
            tokens[at].gap = " ";
    putProductNames(tokens);
}

}  // namespace ninja3cx::analysis
