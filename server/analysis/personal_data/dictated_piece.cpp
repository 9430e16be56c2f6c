#include "server/analysis/personal_data/dictated_piece.hpp"

#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/places_of_work.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/check_digits.hpp"
#include "server/analysis/personal_data/plain_secrets.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace ninja3cx::analysis {
namespace {

/// Said round a piece, or between its parts: agreement, haste, corrections.
bool isRound(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"oui",      "ok",      "okay",     "accord",  "est",   "etait",     "note",     "bon",
         "go",       "ahead",   "je",       "allez",   "vas",   "attendez",  "attends",  "voila",
         "ca",       "marche",  "yes",      "yeah",    "yep",   "right",     "then",     "and",
         "puis",     "ensuite", "that",     "it",      "its",   "got",       "et",       "alors",
         "donc",     "tres",    "bien",     "next",    "so",    "hold",      "on",       "sure",
         "fine",     "parfait", "super",    "apres",   "suite", "rest",      "reste",    "after",
         "mm",       "ouais",   "ready",    "is",      "now",   "ecoute",    "vous",     "me",
         "repete",   "relis",   "redis",    "dis",     "dicte", "epelle",    "commence", "sur",
         "entendu",  "compris", "non",      "pardon",  "enfin", "plutot",    "sorry",    "no",
         "actually", "wait",    "veux",     "dire",    "mean",  "please",    "plait",    "svp",
         "hop",      "ce",      "suis",     "the",     "les",   "des",       "ben",      "ah",
         "oh",       "eh",      "well",     "uh",      "huh",   "mhm",       "finit",    "termine",
         "finir",    "par",     "quoi",     "be",      "recu",  "continuez", "ecris",    "ecrit",
         "pour",     "encore",  "derniere", "dernier", "last",  "i",         "mh",       "hum",
         "hmm",      "court",   "er",       "revoila"});
    return isIn(kWords, word);
}

/// Holds no secret, though everyday talk has other words as well.
bool isTalk(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"question",      "idee",          "carnet",     "post",        "moment",     "seconde",
         "secondes",      "collegue",      "cherche",    "chercher",    "regarde",    "regarder",
         "dicter",        "epeler",        "repeter",    "prenez",      "prends",     "temps",
         "part",          "sais",          "souviens",   "rappelle",    "vu",         "fini",
         "termine",       "vide",          "attente",    "instant",     "perdu",      "efface",
         "supprime",      "inconnu",       "connais",    "retrouve",    "papier",     "bureau",
         "tiroir",        "compris",       "impeccable", "genial",      "top",        "formidable",
         "excellent",     "cool",          "lovely",     "brilliant",   "cheers",     "gotcha",
         "know",          "remember",      "think",      "looking",     "find",       "sec",
         "ready",         "confidentiel",  "prive",      "secret",      "prefere",    "bizarre",
         "ecrire",        "lire",          "pret",       "prete",       "vraiment",   "desole",
         "desolee",       "aucune",        "aucun",      "merde",       "zut",        "mince",
         "patientez",     "patience",      "disponible", "chef",        "mari",       "femme",
         "patron",        "dossier",       "rien",       "tente",       "retape",     "retapez",
         "ressaye",       "clavier",       "verr",       "num",         "toujours",   "volontiers",
         "evidemment",    "effectivement", "absolument", "certain",     "certaine",   "absolutely",
         "definitely",    "course",        "lequel",     "duquel",      "parti",      "reparti",
         "embetant",      "haut",          "bas",        "gauche",      "droite",     "premier",
         "habitude",      "mien",          "tien",       "sien",        "rebonjour",  "plaisir",
         "professionnel", "perso",         "milieu",     "centre",      "laquelle",   "lesquels",
         "which",         "outlook",       "impossible", "complique",   "fait",       "long",
         "charge",        "mouline",       "bugue",      "bug",         "rame",       "erreur",
         "error",         "mauvais",       "enregistre", "automatique", "rouge",      "desactive",
         "valide",        "validez",       "valider",    "entree",      "rentre",     "rentrez",
         "celui",         "celle",         "deconnecte", "connectee",   "connection", "connexion",
         "identifie",     "fermer",        "fermez",     "ouvre",       "ouvrez",     "ouvert",
         "lance",         "lancez",        "clignote",   "barre",       "accede",     "acces",
         "arrive",        "arrivee",       "dedans",     "reponds",     "repondez",   "chaud",
         "drole",         "tard",          "tot",        "hier",        "demain",     "matin",
         "soir",          "soucis",        "souci",      "probleme",    "problem",    "issue",
         "done",          "failed",        "failing",    "loading",     "saved",      "okidoki",
         "bingo",         "hourra",        "youpi",      "enter",       "entrer",     "invisible",
         "points",        "etoiles",       "pareil",     "identique",   "idem",       "ailleurs",
         "plait",         "merveilleux",   "compliquee", "noir",        "pourtant",   "justement",
         "quasiment",     "comprends",     "entends",    "allo",        "present",    "presente",
         "naturellement", "prie",          "bref",       "dommage",     "normal",     "clair",
         "urgent",        "urgente",       "presse",     "pressee",     "gentil",     "gentille",
         "kind",          "marvellous",    "bravo",      "affirmatif",  "aie",        "ha",
         "bye",           "prudent",       "unlocked",   "stock",       "shall",      "mostly",
         "incroyable",    "coince",        "coincee",    "rapidement",  "vite",       "urgence",
         "revoir",        "not",           "wonderful",  "amazing",     "internet",   "goodness",
         "exactly",       "bonsoir",       "salut",      "continuez",   "sympa",      "dingue",
         "pratique",      "logique",       "vrai",       "pire",        "mieux",      "better",
         "worse",         "weird",         "odd",        "funny",       "nice",       "awesome",
         "urgently",      "bientot",       "soon",       "deja",        "already",    "devinez",
         "ouf",           "promis",        "parfois",    "simple",      "magnifique", "sauf",
         "gris",          "instantane",    "one",        "taken",       "slow",       "worries",
         "desactivee",    "activee",       "allumee",    "verrouillee", "locked"});
    return isIn(kWords, word);
}

/// "pé", "erre", "i grec": 0 where the word is no letter's name.
char namedLetter(std::string_view word) {
    static constexpr auto kNames = std::to_array<std::pair<std::string_view, char>>(
        {{"be", 'b'},    {"bee", 'b'},  {"ce", 'c'},   {"cee", 'c'},  {"de", 'd'},   {"dee", 'd'},
         {"effe", 'f'},  {"eff", 'f'},  {"ge", 'g'},   {"gee", 'g'},  {"ache", 'h'}, {"hache", 'h'},
         {"aitch", 'h'}, {"ji", 'j'},   {"jay", 'j'},  {"ka", 'k'},   {"kay", 'k'},  {"elle", 'l'},
         {"ell", 'l'},   {"emme", 'm'}, {"enne", 'n'}, {"pe", 'p'},   {"pee", 'p'},  {"ku", 'q'},
         {"cu", 'q'},    {"erre", 'r'}, {"esse", 's'}, {"ess", 's'},  {"te", 't'},   {"tee", 't'},
         {"ve", 'v'},    {"vee", 'v'},  {"ixe", 'x'},  {"zede", 'z'}, {"zed", 'z'},  {"zee", 'z'},
         {"grec", 'y'}});
    const auto* found = std::ranges::find(kNames, word, [](const auto& name) { return name.first; });
    return found == kNames.end() ? '\0' : found->second;
}
/// Names of letters that are everyday words too: letters only beside others.
bool isDoubtfulName(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"be", "ce", "de", "elle", "te", "see", "cu", "bravo"});
    return isIn(kWords, word);
}

bool touchesApostrophe(const Line& line, std::size_t at) {
    const auto begin = static_cast<std::size_t>(line.words[at].begin);
    const auto end = static_cast<std::size_t>(line.words[at].end);
    const std::string_view before = line.text.substr(0, begin);
    const std::string_view behind = line.text.substr(end);
    return before.ends_with('\'') || before.ends_with("’") || behind.starts_with('\'') ||
           behind.starts_with("’");
}

enum class Part { Letter, Digits, Sign, Word, Case, Mask, Filler, Round, Other };

struct Token {
    Part part;
    std::size_t first;
    std::size_t last;
    std::string value;
};

bool isUnitPart(Part part) {
    return part == Part::Letter || part == Part::Digits || part == Part::Sign || part == Part::Word;
}

class Reader {
public:
    Reader(const Line& line, std::size_t from) : line_{line} {
        for (std::size_t at = from; at < line.words.size();) {
            tokens_.push_back(tokenAt(at));
            at = tokens_.back().last;
        }
        settleNames();
        settleZeros();
    }

    DictatedPiece secret() const {
        DictatedPiece piece;
        piece.isAll =
            std::ranges::none_of(tokens_, [](const Token& token) { return token.part == Part::Other; });
        piece.cases = static_cast<std::size_t>(std::ranges::count(tokens_, Part::Case, &Token::part));
        for (std::size_t at = 0; at < tokens_.size();) {
            const std::size_t end = runFrom(at, piece);
            if (end == at) {
                ++at;
                continue;
            }
            constexpr std::size_t kSpelled = 3;
            const auto letters = std::count_if(tokens_.begin() + static_cast<std::ptrdiff_t>(at),
                                               tokens_.begin() + static_cast<std::ptrdiff_t>(end),
                                               [](const Token& token) { return token.part == Part::Letter; });
            if (piece.isAll || static_cast<std::size_t>(letters) >= kSpelled || isLeadingForm(at, end))
                add(piece, at, end);
            at = end;
        }
        return piece;
    }

    DictatedPiece number(bool hasLetters) const {
        DictatedPiece piece;
        std::optional<std::size_t> first;
        std::size_t last = 0;
        const auto close = [&] {
            if (first) add(piece, *first, last);
            first.reset();
        };
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            const Token& token = tokens_[at];
            const bool isWritten = token.part == Part::Word && hasDigit(token.value);  // "FR55"
            const bool isPart = token.part == Part::Digits ||
                                (hasLetters && (token.part == Part::Letter || isWritten || isOfAccount(at)));
            if (token.part == Part::Mask) {
                ++piece.masks;
                close();
            } else if (isPart) {
                if (!first) first = at;
                last = at + 1;
            } else if (token.part != Part::Filler && token.part != Part::Round && token.part != Part::Case) {
                static constexpr auto kKeys =
                    std::to_array<std::string_view>({"cle", "key", "tiret", "espace", "slash", "dash",
                                                     "numero", "number", "carte", "card", "iban", "rib"});
                if (!isIn(kKeys, line_.words[token.first].text)) piece.isAll = false;
            }
        }
        close();
        return piece;
    }

    DictatedPiece leadingNumber(bool hasLetters) const {
        DictatedPiece piece;
        std::size_t first = 0;
        while (first < tokens_.size() && (isAside(tokens_[first].part) || word(tokens_[first].first) == "si"))
            ++first;
        std::size_t last = first;
        for (std::size_t at = first; at < tokens_.size(); ++at) {
            const bool isOfLetters = hasLetters && (tokens_[at].part == Part::Letter || isOfAccount(at));
            if (tokens_[at].part == Part::Digits || isOfLetters)
                last = at + 1;
            else if (tokens_[at].part != Part::Filler)
                break;
        }
        piece.isAll = last == tokens_.size();
        if (last > first) add(piece, first, last);
        return piece;
    }

    std::optional<DictatedPiece::Span> calledPassword() const {
        std::size_t token = 0;
        while (token < tokens_.size() && isAside(tokens_[token].part)) ++token;
        if (token == tokens_.size() || tokens_[token].part != Part::Word) return std::nullopt;
        const bool isLed = token > 0 && word(tokens_[token].first - 1) == "est";
        const std::size_t at = tokens_[token].first;
        constexpr std::size_t kLeast = 4;  // letters
        if (word(at).size() < kLeast || isCommonWord(word(at)) || word(0) == "bonjour") return std::nullopt;
        std::size_t next = at + 1;
        const bool isLinked = (word(next) == "c" && word(next + 1) == "est") ||
                              (word(next) == "that" && word(next + 1) == "s") ||
                              (word(next) == "it" && word(next + 1) == "s") || word(next) == "is";
        if (isLinked == isLed) return std::nullopt;
        if (isLinked) next += word(next) == "is" ? 1 : 2;
        static constexpr auto kWhose = std::to_array<std::string_view>(
            {"mon", "le", "notre", "son", "votre", "my", "the", "our", "his", "her", "your"});
        if (!isIn(kWhose, word(next++))) return std::nullopt;
        if (word(next) == "nouveau" || word(next) == "new" || word(next) == "ancien" || word(next) == "old")
            ++next;
        if (word(next) == "mot" && word(next + 1) == "de" && word(next + 2) == "passe")
            next += 3;
        else if (word(next) == "mdp" || word(next) == "password")
            ++next;
        else
            return std::nullopt;
        // "Sophie c'est le mot de passe qui bloque"
        static constexpr auto kBehind =
            std::to_array<std::string_view>({"de", "du", "pour", "et", "mais", "voila", "tout", "monsieur",
                                             "madame", "for", "and", "but", "je", "windows", "actuel"});
        if (next < line_.words.size() && !isIn(kBehind, word(next)) && !isCut(line_, next - 1, ".,;!?"))
            return std::nullopt;
        return DictatedPiece::Span{at, at + 1};
    }

private:
    static bool isAside(Part part) { return part == Part::Round || part == Part::Filler; }
    /// "dièse, je valide": numbers and signs at the line's beginning, and no noun that they count.
    bool isLeadingForm(std::size_t first, std::size_t last) const {
        const auto begin = tokens_.begin();
        const auto at = [&](std::size_t token) { return begin + static_cast<std::ptrdiff_t>(token); };
        if (!std::all_of(begin, at(first), [](const Token& token) { return isAside(token.part); }))
            return false;
        if (first > 0 && isArticle(word(tokens_[first - 1].first))) return false;  // "avec les tirets"
        const auto behind = std::find_if(at(last), tokens_.end(),
                                         [](const Token& token) { return token.part != Part::Filler; });
        const bool isCounting = behind != tokens_.end() && behind->part != Part::Round &&
                                !isCut(line_, behind->first - 1, kClauseMarks);
        if (isCounting) return false;
        std::size_t digits = 0;
        bool hasSign = false;
        for (std::size_t token = first; token < last; ++token) {
            const Part part = tokens_[token].part;
            if (part == Part::Word) return false;
            if (part == Part::Digits) digits += tokens_[token].value.size();
            hasSign = hasSign || (part == Part::Sign && !signOf(word(tokens_[token].first))->isPlain);
        }
        return hasSign || digits > 1;
    }

    /// "FR", "NWBK": a country's letters, or a bank's.
    bool isOfAccount(std::size_t token) const {
        if (tokens_[token].last - tokens_[token].first != 1) return false;
        const std::string_view raw = rawWord(line_, tokens_[token].first);
        constexpr std::size_t kBank = 4;
        const bool isUpper = std::ranges::all_of(raw, [](char c) { return c >= 'A' && c <= 'Z'; });
        const bool isCountry = raw.size() == 2 && ibanLength(word(tokens_[token].first)) != 0;
        if (isUpper) return raw.size() == kBank || isCountry;
        // "gb twenty nine", "nwbk 6016"
        const bool isBeforeDigits = token + 1 < tokens_.size() && tokens_[token + 1].part == Part::Digits;
        return isBeforeDigits && tokens_[token].part == Part::Word && (raw.size() == kBank || isCountry);
    }
    std::string_view word(std::size_t at) const {
        return at < line_.words.size() ? std::string_view{line_.words[at].text} : std::string_view{};
    }
    bool isLetter(std::size_t at) const {
        const std::string_view text = word(at);
        if (text.size() != 1 || !hasLetter(text) || touchesApostrophe(line_, at)) return false;
        if (rawWord(line_, at).size() != 1) return false;  // "à la fin"
        const std::string_view before = at > 0 ? word(at - 1) : std::string_view{};
        const std::string_view behind = word(at + 1);
        if (text == "y" && (before == "vas" || before == "allez" || behind == "a")) return false;
        if (text == "c" && (behind == "est" || behind == "etait")) return false;
        if (text == "a" && (before == "that" || before == "it") && isCase(behind)) return false;
        return true;
    }
    static bool isArticle(std::string_view text) {
        static constexpr auto kArticles =
            std::to_array<std::string_view>({"le", "la", "l", "un", "une", "the", "a", "an", "les", "in"});
        return isIn(kArticles, text);
    }
    /// One past "comme le soleil" behind the word before `at`; `at` where nothing explains that word.
    std::size_t afterExplanation(std::size_t at, bool isOfLetter) const {
        static constexpr auto kLike = std::to_array<std::string_view>({"comme", "as", "like", "for", "de"});
        if (!isIn(kLike, word(at)) || (!isOfLetter && word(at) != "comme")) return at;
        std::size_t behind = at + 1;
        while (isArticle(word(behind))) ++behind;
        if (behind >= line_.words.size()) return word(at) == "de" ? at : behind;
        if (word(at) == "de" && word(behind).size() < 3) return at;
        if (!isOfLetter && word(behind) != word(at - 1)) return at;
        return behind + 1;
    }

    Token tokenAt(std::size_t at) const {
        const std::string_view text = word(at);
        const auto simple = [&](Part part) { return Token{part, at, at + 1, {}}; };
        if (text == "[]") return simple(Part::Mask);
        if (isLetter(at)) return {Part::Letter, at, afterExplanation(at + 1, true), std::string{text}};
        if (text.size() == 1 && hasLetter(text))
            return simple(rawWord(line_, at).size() > 1 ? Part::Filler : Part::Round);
        if (text == "i" && word(at + 1) == "grec") return {Part::Letter, at, at + 2, "y"};
        if ((text == "un" || text == "une") && (isForm(at + 1) || isNoun(at + 1)))
            return simple(Part::Filler);
        if (const auto number = numberAt(line_.words, at)) {
            static constexpr auto kOfForm = std::to_array<std::string_view>(
                {"majuscule", "majuscules", "lettre", "lettres", "fois", "times", "pour", "signe", "second"});
            const std::string_view behind = word(number->last);
            if (isUnit(behind) && !isIn(kOfForm, behind)) return {Part::Other, at, number->last, {}};
            return {Part::Digits, at, number->last, number->digits};
        }
        if (text == "at" && word(at + 1) == "all") return simple(Part::Round);
        if (text == "point" && word(at + 1) == "d")  // "point d'exclamation"
            if (const SignWord* sign = signOf(word(at + 2)))
                return {Part::Sign, at, at + 3, std::string{sign->sign}};
        if (isPaymentCard(text, word(at + 1))) return {Part::Other, at, at + 2, {}};
        if ((text == "tiret" && word(at + 1) == "bas")) return {Part::Sign, at, at + 2, "_"};
        if (const SignWord* sign = signOf(text)) return {Part::Sign, at, at + 1, std::string{sign->sign}};
        if (hasDigit(text)) return {Part::Word, at, at + 1, std::string{rawWord(line_, at)}};
        if (const char letter = spelledLetter(text))
            return {Part::Letter, at, at + 1, std::string(1, letter)};
        if (const char letter = namedLetter(text))
            return {Part::Letter, at, afterExplanation(at + 1, true), std::string(1, letter)};
        if (isCase(text) || text == "grand" || text == "petit" || text == "grande" || text == "big")
            return simple(Part::Case);
        if (text == "double" && isLetter(at + 1))
            return {Part::Letter, at, afterExplanation(at + 2, true), std::string(2, word(at + 1)[0])};
        if (isJoint(text) || text == "double") return simple(Part::Filler);
        if (isRound(text)) return simple(Part::Round);
        if (isProduct(text) || isDepartmentWord(text)) return simple(Part::Other);
        if ((isStop(text) && !isWeakPassword(text)) || isTalk(text) || !hasLetter(text))
            return simple(Part::Other);
        if (isVerbOrAdverb(at) || isNounOrState(at)) return simple(Part::Other);
        return {Part::Word, at, afterExplanation(at + 1, false), std::string{rawWord(line_, at)}};
    }
    bool isNoun(std::size_t at) const {
        return word(at).size() > 1 && hasLetter(word(at)) && !isRound(word(at)) && !isJoint(word(at)) &&
               !spelledLetter(word(at)) && !namedLetter(word(at)) && !numberAt(line_.words, at);
    }
    /// "je crois", "ça dépend", "ça a coupé", "sûrement", "le deuxième"
    bool isVerbOrAdverb(std::size_t at) const {
        static constexpr auto kSubjects =
            std::to_array<std::string_view>({"je", "j", "on", "ca", "il", "ils", "elles", "vous", "m", "t",
                                             "nous", "me", "te", "tu", "you", "we", "they"});
        constexpr std::size_t kAdverb = 7;
        const std::string_view text = word(at);
        if (text.ends_with("ieme") || (text.ends_with("ment") && text.size() >= kAdverb)) return true;
        if (at == 0) return false;
        const bool hasAuxiliary = at > 1 && (word(at - 1) == "a" || word(at - 1) == "ai");
        return isIn(kSubjects, word(at - 1)) || (hasAuxiliary && isIn(kSubjects, word(at - 2)));
    }
    /// "les bracelets", "pour Martin", "c'est programmé"
    bool isNounOrState(std::size_t at) const {
        static constexpr auto kBefore = std::to_array<std::string_view>(
            {"le", "la",   "les",   "l",    "un",   "une",   "des",  "du",    "au",  "aux", "the", "a",
             "an", "pour", "sur",   "par",  "chez", "dans",  "en",   "in",    "for", "mon", "ma",  "mes",
             "my", "d",    "votre", "your", "ce",   "cette", "plus", "toute", "at",  "not"});
        if (at == 0) return false;
        if (isIn(kBefore, word(at - 1))) return true;
        const std::string_view raw = rawWord(line_, at);
        const bool isState = raw.ends_with("é") || raw.ends_with("ée") || raw.ends_with("ed");
        return isState && isIn(std::to_array<std::string_view>({"est", "s", "is"}), word(at - 1));
    }
    bool isForm(std::size_t at) const {
        return signOf(word(at)) || isCase(word(at)) || word(at) == "grand" || word(at) == "petit" ||
               isLetter(at);
    }

    /// "four nine seven oh"; not "eighty-one. Oh, sorry."
    void settleZeros() {
        const auto isDigits = [&](std::size_t token) {
            return token < tokens_.size() && tokens_[token].part == Part::Digits;
        };
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            Token& token = tokens_[at];
            if (token.part != Part::Round || word(token.first) != "oh") continue;
            const bool isBehind =
                at > 0 && isDigits(at - 1) && !isCut(line_, token.first - 1, kSentenceMarks);
            const bool isBefore = isDigits(at + 1) && !isCut(line_, token.first, kClauseMarks);
            if (!isBehind && !isBefore) continue;
            token.part = Part::Digits;
            token.value = "0";
        }
    }
    /// "elle", "ce", "de" spell nothing but beside other letters.
    void settleNames() {
        const auto isSure = [&](const Token& token) {
            return token.part == Part::Letter && !isDoubtfulName(word(token.first));
        };
        const bool hasSure = std::ranges::any_of(tokens_, isSure);
        if (hasSure) return;
        for (Token& token : tokens_)
            if (token.part == Part::Letter) token.part = Part::Round;
    }

    /// One past the tokens from `at` on that belong together; `at`: none begins here. Counts the masks.
    std::size_t runFrom(std::size_t at, DictatedPiece& piece) const {
        if (tokens_[at].part == Part::Mask) ++piece.masks;
        std::size_t unit = at;  // "capital b"
        while (unit < tokens_.size() && tokens_[unit].part == Part::Case) ++unit;
        if (unit == tokens_.size() || !isUnitPart(tokens_[unit].part)) return at;
        std::size_t end = unit + 1;
        for (std::size_t next = end; next < tokens_.size(); ++next) {
            const Part part = tokens_[next].part;
            if (part == Part::Mask || part == Part::Other) break;
            // Beside other talk only what is spelled belongs to it.
            if (!piece.isAll && (part == Part::Word || part == Part::Round)) break;
            if (isUnitPart(part) || (next == end && part == Part::Case)) end = next + 1;
            if (next == end && part == Part::Filler) end += namingSign(next);
        }
        return end;
    }
    /// How many tokens from `token` on belong to the sign before: "hash sign", "question mark", "tiret du bas".
    std::size_t namingSign(std::size_t token) const {
        static constexpr auto kNames = std::to_array<std::string_view>({"mark", "sign", "bas", "milieu"});
        if (tokens_[token - 1].part != Part::Sign) return 0;
        const std::size_t name = word(tokens_[token].first) == "du" ? token + 1 : token;
        return name < tokens_.size() && isIn(kNames, word(tokens_[name].first)) ? name + 1 - token : 0;
    }

    bool saysCapital(std::size_t token) const {
        return token < tokens_.size() && tokens_[token].part == Part::Case &&
               isIn(std::to_array<std::string_view>({"majuscule", "capital", "uppercase", "upper", "grand"}),
                    word(tokens_[token].first));
    }
    /// "p majuscule", "capital p"
    bool isCapital(std::size_t letter, std::size_t first) const {
        return tokens_[letter].part == Part::Letter && tokens_[letter].value.size() == 1 &&
               (saysCapital(letter + 1) || (letter > first && saysCapital(letter - 1)));
    }

    /// "printemps 26, p majuscule": a letter said with its case describes the word before that begins with it.
    std::optional<std::size_t> describedBy(std::size_t letter, std::size_t first) const {
        if (!isCapital(letter, first)) return std::nullopt;
        constexpr std::size_t kWord = 3;  // letters
        for (std::size_t at = first; at < letter; ++at) {
            const std::string plain = folded(tokens_[at].value);
            if (tokens_[at].part == Part::Letter) return std::nullopt;  // it is spelled
            if (tokens_[at].part == Part::Word)
                return plain.size() >= kWord && plain[0] == tokens_[letter].value[0] ? std::optional{at}
                                                                                     : std::nullopt;
        }
        return std::nullopt;
    }

    static void capitalise(char& letter) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }

    void add(DictatedPiece& piece, std::size_t first, std::size_t last) const {
        piece.spans.push_back({tokens_[first].first, tokens_[last - 1].last});
        std::vector<std::size_t> starts;  // of each token in the value
        for (std::size_t at = first; at < last; ++at) {
            const Token& token = tokens_[at];
            const bool isWordOfAccount = token.part != Part::Digits && token.value.empty() && isOfAccount(at);
            starts.push_back(piece.value.size());
            if (const auto described = describedBy(at, first)) {
                capitalise(piece.value[starts[*described - first]]);
            } else {
                piece.value += isWordOfAccount ? rawWord(line_, token.first) : std::string_view{token.value};
                if (isCapital(at, first)) capitalise(piece.value.back());
            }
            piece.letters += token.part == Part::Letter ? 1U : 0U;
            piece.digits += token.part == Part::Digits ? token.value.size() : 0U;
            piece.signs += token.part == Part::Sign ? 1U : 0U;
            piece.words += token.part == Part::Word ? 1U : 0U;
            piece.mixed += token.part == Part::Word && hasDigit(token.value) ? 1U : 0U;
        }
    }

    const Line& line_;
    std::vector<Token> tokens_;
};

}  // namespace

DictatedPiece secretPieceIn(const Line& line) {
    return secretPieceIn(line, 0);
}
DictatedPiece secretPieceIn(const Line& line, std::size_t from) {
    return Reader{line, from}.secret();
}
DictatedPiece numberPieceIn(const Line& line, bool hasLetters) {
    return Reader{line, 0}.number(hasLetters);
}
std::optional<DictatedPiece::Span> wordCalledPasswordIn(const Line& line) {
    return Reader{line, 0}.calledPassword();
}
DictatedPiece leadingNumberIn(const Line& line, bool hasLetters) {
    return Reader{line, 0}.leadingNumber(hasLetters);
}

}  // namespace ninja3cx::analysis
