#include "server/analysis/secrets.hpp"

#include "server/analysis/cue_index.hpp"
#include "server/analysis/cue_list.hpp"
#include "server/analysis/spoken_numbers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace ninja3cx::analysis {
namespace {

/// What announces a word of letters, digits and signs.
constexpr auto kPasswordPhrases = std::to_array<std::string_view>(
    {"mot ~ passe", "mots ~ passe*",    "de passe",        "mot de pass",   "mot de pas",
     "mode passe",  "modepasse",        "motdepasse",      "mdp",           "m d p",
     "password*",   "pass word*",       "passwort",        "pasword",       "passphrase*",
     "passcode*",   "code ~ wifi",      "code ~ wi fi",    "code ~ oui fi", "cle wifi",
     "cle wi fi",   "cle ~ wifi",       "cle ~ wi fi",     "cle wpa",       "code visiteur*",
     "wifi ~ code", "wi fi ~ code",     "wifi key",        "wi fi key",     "key for the wi*",
     "secret",      "passe provisoire", "passe temporaire"});
/// What announces digits alone.
constexpr auto kPinPhrases = std::to_array<std::string_view>({"code pin",
                                                              "pin",
                                                              "pin code",
                                                              "code ~ messagerie",
                                                              "code ~ repondeur",
                                                              "code ~ voicemail",
                                                              "code ~ alarme",
                                                              "code ~ porte",
                                                              "code ~ portail",
                                                              "code ~ deverrouillage",
                                                              "code ~ carte",
                                                              "code secret",
                                                              "code confidentiel",
                                                              "code d acces",
                                                              "code provisoire",
                                                              "cryptogramme",
                                                              "pictogramme ~ carte",
                                                              "security code",
                                                              "access code",
                                                              "door code",
                                                              "alarm code",
                                                              "code for the alarm",
                                                              "code for the door"});
/// Any code: it counts only with the value right behind.
constexpr auto kCodePhrases =
    std::to_array<std::string_view>({"le ~ code", "mon code", "votre code", "the ~ code", "my code",
                                     "your code", "code c est", "code is", "code est", "code"});

/// Codes that everybody may know.
constexpr auto kOpenCodePhrases = std::to_array<std::string_view>(
    {"code erreur",     "code d erreur", "code ~ erreur",    "error code",       "code postal",
     "post code",       "postcode",      "code client",      "code article*",    "code barre*",
     "code produit*",   "code ape",      "code naf",         "code fournisseur", "code site",
     "code agence",     "code source",   "code promo*",      "code pays",        "code analytique",
     "code comptable",  "code journal",  "code d arret",     "stop code",        "code qr",
     "qr code",         "code affaire",  "code banque",      "code guichet",     "sort code",
     "bar code*",       "code insee",    "code de la route", "code couleur",     "code dossier",
     "code imputation", "code machine",  "customer code",    "product code",     "area code",
     "dialling code",   "fault code",    "code defaut",      "code panne",       "reference",
     "code service",    "code region",   "country code",     "code tva",         "account code",
     "nominal code",    "cost code",     "code evenement",   "code retour",      "affiche*"});
/// Codes that pass: worthless a minute later.
constexpr auto kPassingPhrases = std::to_array<std::string_view>({"sms",
                                                                  "texto",
                                                                  "code ~ recu",
                                                                  "recu ~ code",
                                                                  "recois ~ code",
                                                                  "recevez ~ code",
                                                                  "envoie ~ code",
                                                                  "envoye ~ code",
                                                                  "code unique",
                                                                  "a usage unique",
                                                                  "one time",
                                                                  "onetime",
                                                                  "teamviewer",
                                                                  "team viewer",
                                                                  "anydesk",
                                                                  "any desk",
                                                                  "code ~ session",
                                                                  "session code",
                                                                  "session key",
                                                                  "session id",
                                                                  "numero de session",
                                                                  "quick assist",
                                                                  "assistance rapide",
                                                                  "authenticator",
                                                                  "authentificat*",
                                                                  "double facteur",
                                                                  "two factor",
                                                                  "six chiffres",
                                                                  "6 chiffres",
                                                                  "six digit",
                                                                  "6 digit",
                                                                  "text message",
                                                                  "texted",
                                                                  "verification code",
                                                                  "code de verification",
                                                                  "code de validation",
                                                                  "code de confirmation",
                                                                  "splashtop",
                                                                  "prise en main",
                                                                  "prendre la main",
                                                                  "prends la main",
                                                                  "mfa",
                                                                  "identifiant",
                                                                  "partenaire",
                                                                  "prise de controle",
                                                                  "prendre ~ ecran",
                                                                  "votre ecran",
                                                                  "your screen",
                                                                  "remote ~ session",
                                                                  "connect and",
                                                                  "code du bas",
                                                                  "send ~ code",
                                                                  "sending ~ code",
                                                                  "sent ~ code",
                                                                  "je peux me connecter",
                                                                  "je me connecte"});
/// Numbers that are asked for: the line behind answers.
constexpr auto kOtherNumberPhrases = std::to_array<std::string_view>({"matricule",
                                                                      "employee number",
                                                                      "staff number",
                                                                      "read me the number",
                                                                      "numero ~ serie",
                                                                      "serial number",
                                                                      "numero de poste",
                                                                      "extension number",
                                                                      "your extension",
                                                                      "votre poste",
                                                                      "quel numero",
                                                                      "what number",
                                                                      "your number",
                                                                      "votre numero",
                                                                      "ticket",
                                                                      "reference",
                                                                      "combien",
                                                                      "how many",
                                                                      "how much",
                                                                      "asset tag",
                                                                      "etiquette",
                                                                      "modele",
                                                                      "model"});

enum TopicGroup : std::uint32_t { kPassword, kPin, kCode, kOpenCode, kPassing, kOtherNumber };

const CueIndex& topicCues() {
    static const CueIndex kCues{
        {kPassword, kPasswordPhrases}, {kPin, kPinPhrases},         {kCode, kCodePhrases},
        {kOpenCode, kOpenCodePhrases}, {kPassing, kPassingPhrases}, {kOtherNumber, kOtherNumberPhrases},
    };
    return kCues;
}

struct SignWord {
    std::string_view word;
    std::string_view sign;
    bool isPlain = false;  // an everyday word too: a sign only within a secret
};
constexpr auto kSigns = std::to_array<SignWord>({
    {"tiret", "-"},        {"tirets", "-"},        {"diese", "#"},          {"hash", "#"},
    {"hashtag", "#"},      {"underscore", "_"},    {"dash", "-"},           {"hyphen", "-"},
    {"etoile", "*", true}, {"asterisque", "*"},    {"asterisk", "*"},       {"star", "*", true},
    {"exclamation", "!"},  {"arobase", "@"},       {"arrobase", "@"},       {"arobas", "@"},
    {"dollar", "$"},       {"slash", "/"},         {"antislash", "\\"},     {"backslash", "\\"},
    {"point", ".", true},  {"dot", ".", true},     {"pourcent", "%", true}, {"plus", "+", true},
    {"esperluette", "&"},  {"ampersand", "&"},     {"interrogation", "?"},  {"egal", "=", true},
    {"at", "@", true},     {"percent", "%", true}, {"parenthese", "("},     {"virgule", ",", true},
});
/// Words that say how a secret is written: that there is one.
constexpr auto kCases = std::to_array<std::string_view>({
    "majuscule",
    "majuscules",
    "minuscule",
    "minuscules",
    "capital",
    "capitals",
    "capitale",
    "capitales",
    "uppercase",
    "lowercase",
    "upper",
    "lower",
    "caps",
    "majuscul",
});
/// Words that join the parts of a description.
constexpr auto kJoints = std::to_array<std::string_view>({
    "tout",    "toute",  "tous",   "en",      "attache",  "colle",     "avec",    "un",      "une",
    "le",      "la",     "a",      "fin",     "au",       "debut",     "d",       "puis",    "et",
    "and",     "then",   "with",   "the",     "end",      "all",       "case",    "comme",   "numbers",
    "numbers", "letter", "number", "chiffre", "chiffres", "lettre",    "lettres", "mark",    "sign",
    "accent",  "sans",   "espace", "grand",   "petit",    "big",       "small",   "as",      "in",
    "for",     "like",   "bas",    "milieu",  "premiere", "first",     "an",      "ensuite", "then",
    "one",     "word",   "mot",    "seul",    "apres",    "question",  "point",   "of",      "du",
    "de",      "l",      "n",      "letters", "digits",   "beginning", "start",
});

/// Words of everyday talk: a secret does not begin or go on with them.
constexpr std::string_view kStops =
    " at suivi suivie followed office microsoft google apple teams si je j vous ca pour hein ok merci voila "
    "parce que qu qui mais donc alors on il elle ils elles c ce "
    "est "
    "oui non attendez i you it that so but if okay yes no please quand ensuite maintenant bon because pas [] "
    "votre vos mon ma mes bien ne nous tu me m te se s y was is be will would can could do does did have has "
    "had "
    "ai as avez avons ont etait sera serait sont suis etes ete etre avoir fait faire va vais vont allez "
    "aller "
    "faut peut peux pouvez marche marchait fonctionne passe passer expire expires expired expiree expirer "
    "requis "
    "requise demande demandent demander redemande refuse refusee refuser accepte accepter incorrect "
    "incorrecte "
    "invalide invalid wrong right faux fausse bonne juste meme same again encore toujours jamais never "
    "always "
    "depuis dans sur sous par chez vers entre from to into on of by my your his her their our this these "
    "those "
    "when what which who how why where there here now just only also too very really well then than "
    "quel quelle quels comment pourquoi combien tres trop plus moins aussi deja peu beaucoup "
    "cette cet ces leur leurs son sa ses notre nos des les aux lui eux moi toi "
    "change changer changez changed change changing oublie oublier forgot forgotten forget reset "
    "reinitialise reinitialiser reinitialisation bloque bloquee verrouille verrouillee locked unlock "
    "deverrouille "
    "tape tapez taper type typed typing mets met mettre mettez mis put saisi saisir saisissez entre entrez "
    "entrer enter "
    "entered note notez noter write donne donnez donner give gave given dit dire dites say said voici "
    "provisoire temporaire temporary initial default actuel current nouveau nouvelle nouveaux new ancien "
    "ancienne old "
    "session windows compte account ordinateur computer pc poste messagerie mail boite outlook wifi wi fi "
    "reseau network "
    "habituel usual normal standard personnel administrateur admin utilisateur user "
    "marque ecrit affiche message page ecran screen fenetre box mot mots code codes password pin "
    "minutes minute fois heures heure jours jour semaine semaines mois ans an "
    "days day hours hour weeks week months month times time "
    "monsieur madame bonjour hello hi thanks thank rien nothing quelque chose something anything tout le "
    "monde "
    "autre autres other another quelqu someone everyone personne parfait super perfect great good nickel "
    "euh ben bah ah oh eh um well yeah yep nope accord d'accord ouais donc voyez regardez look see "
    "essaye essayer essayez essai try tried try essais tentative redemarre redemarrer connecte connecter "
    "got get gets getting let me going go goes went come comes doesn don didn isn wasn t ll ve re won "
    "exactement exact exactly correct attention normalement probablement peut-etre maybe "
    "apparemment visiblement toutes tous quelques chaque plusieurs every each some any few many much "
    "car puisque lorsque comme tant pendant avant until before after since about around over "
    "up down out off back left still even ever yet first last next "
    "its itll im ive id thats youll youve theyll dont doesnt cant wont hang hold wait attend attends faites "
    "fais "
    "fasse tourne monte remis remets envoie envoyer evitez eviter avoid janvier fevrier mars avril mai juin "
    "juillet "
    "aout septembre octobre novembre decembre january february march april june july august september "
    "october "
    "november december lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday "
    "friday saturday sunday trouve trouver trouvez appelle appeler appelez signe appuyez press click cliquez "
    "provisoirement temporairement environ presque ticket numero number poste extension numeros numbers ";

bool isStop(std::string_view word) {
    static const std::vector<std::string_view> kSorted = [] {
        std::vector<std::string_view> words;
        for (std::size_t at = 1; at < kStops.size();) {
            const std::size_t end = kStops.find(' ', at);
            words.push_back(kStops.substr(at, end - at));
            at = end + 1;
        }
        std::sort(words.begin(), words.end());
        return words;
    }();
    return std::binary_search(kSorted.begin(), kSorted.end(), word);
}

template <std::size_t n>
bool isIn(const std::array<std::string_view, n>& table, std::string_view word) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

const SignWord* signOf(std::string_view word) {
    const auto found =
        std::find_if(kSigns.begin(), kSigns.end(), [&](const SignWord& sign) { return sign.word == word; });
    return found == kSigns.end() ? nullptr : &*found;
}

bool hasDigit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool hasLetter(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// What stands between a word and the next.
std::string_view gapAfter(const Line& line, std::size_t at) {
    if (at + 1 >= line.words.size()) return line.text.substr(static_cast<std::size_t>(line.words[at].end));
    const auto from = static_cast<std::size_t>(line.words[at].end);
    const auto to = static_cast<std::size_t>(line.words[at + 1].begin);
    return line.text.substr(from, to - from);
}
/// True when one of the marks ends the words here; "Soleil.42" goes on.
bool isCut(const Line& line, std::size_t before, std::string_view marks) {
    if (before + 1 >= line.words.size()) return true;
    const std::string_view gap = gapAfter(line, before);
    const std::size_t mark = gap.find_first_of(marks);
    return mark != std::string_view::npos && gap.size() > mark + 1;
}
std::string_view rawWord(const Line& line, std::size_t at) {
    const auto from = static_cast<std::size_t>(line.words[at].begin);
    return line.text.substr(from, static_cast<std::size_t>(line.words[at].end) - from);
}

struct Candidate {
    Secret secret;
    /// 3: described or of mixed signs; 2: words, then digits; 1: digits alone; 0: it may be anything.
    int strength = 0;
    bool isCertain = false;      // of the first, one that tells of itself: "E majuscule puis 56"
    bool isDescription = false;  // with a case and digits: nothing else is dictated so
    bool isCount = false;        // "six mille", "deux cents"
};

/// "A comme André", "B as in bravo", "N for November": how many words follow the letter.
std::size_t exampleAfter(const Line& line, std::size_t letter) {
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    const char initial = line.words[letter].text[0];
    const std::string_view next = word(letter + 1);
    const std::size_t skipped = next == "comme" || next == "for" || next == "like" || next == "pour" ? 2
                                : next == "as" && word(letter + 2) == "in"                           ? 3
                                                                                                     : 0;
    if (skipped == 0 || word(letter + skipped).size() < 2) return 0;
    return word(letter + skipped)[0] == initial || next == "comme" || next == "as" ? skipped : 0;
}

bool isElision(std::string_view first, std::string_view second) {
    static constexpr std::string_view kPairs = " im id sa da la ca ya na ma ja ta ts sm is ";
    const std::string pair = " " + std::string{first} + std::string{second} + " ";
    return kPairs.find(pair) != std::string_view::npos;
}

/// Reads a candidate word by word.
class CandidateReader {
public:
    CandidateReader(const Line& line, std::size_t at) : line_{line}, at_{at} {
        candidate_.secret.first = at;
        end_ = std::min(line.words.size(), at + kMostWords);
    }

    std::optional<Candidate> read() {
        std::size_t i = at_;
        while (i < end_) {
            const std::size_t last = take(i);
            if (last == 0) break;
            i = last;
            if (isCut(line_, i - 1, ".?!;\n")) break;
            if (i < end_ && isCut(line_, i - 1, ",:") && !goesOn(i)) break;
        }
        Secret& secret = candidate_.secret;
        secret.last = content_;
        if (secret.last <= at_ || secret.value.empty()) return std::nullopt;
        closeDescription();
        const std::size_t sign = secret.value.find('@');
        if (sign != std::string::npos && secret.value.find('.', sign) != std::string::npos)
            return std::nullopt;  // an address
        judge();
        return candidate_;
    }

private:
    static constexpr std::size_t kMostWords = 40;

    std::string_view word(std::size_t i) const {
        return i < line_.words.size() ? std::string_view{line_.words[i].text} : std::string_view{};
    }
    bool isLetter(std::size_t i) const { return word(i).size() == 1 && hasLetter(word(i)); }

    /// "s o l e i l": a letter among letters, or one that is described.
    bool isSpelled(std::size_t i, std::size_t example) const {
        if (!isLetter(i)) return false;
        // "majuscule à Soleil"
        if (rawWord(line_, i).size() > 1 || (word(i) == "a" && i > 0 && isIn(kCases, word(i - 1))))
            return false;
        if (example != 0 || isIn(kCases, word(i + 1))) return true;
        if (i > at_ && (isIn(kCases, word(i - 1)) || word(i - 1) == "grand" || word(i - 1) == "petit" ||
                        word(i - 1) == "big"))
            return true;
        std::size_t from = i;
        while (from > at_ && isLetter(from - 1)) --from;
        std::size_t to = i;
        while (to < end_ && isLetter(to)) ++to;
        if (to - from >= 3) return !isElision(word(from), word(from + 1)) || to - from >= 5;
        // "8 3 Q t"
        const bool isBehind = from > at_ && (numberAt(line_.words, from - 1) || signOf(word(from - 1)) ||
                                             isIn(kCases, word(from - 1)));
        const bool isBefore = signOf(word(to)) != nullptr || numberAt(line_.words, to).has_value();
        return to - from == 2 ? (isBehind || isBefore) && !isElision(word(from), word(from + 1))
                              : isBehind && isBefore && !isIn(kJoints, word(i)) && !isStop(word(i));
    }

    /// One past what is taken from word `i` on; 0 when the secret ends before it.
    std::size_t take(std::size_t i) {
        Secret& secret = candidate_.secret;
        const std::string_view text = word(i);
        const SignWord* sign = signOf(text);
        const std::size_t example = isLetter(i) ? exampleAfter(line_, i) : 0;
        const auto number = numberAt(line_.words, i);
        if (isIn(kCases, text)) {
            // "majuscules à Benne": that describes something said before.
            if (i == at_ && !isLetter(i + 1)) {
                const bool isAll = text == "capital" || text == "uppercase" || text == "lowercase";
                if (!isAll) return 0;
            }
            ++cases_;
            return keep(i + 1);
        }
        if (isSpelled(i, example)) {
            const bool isOfCase = isIn(kCases, word(i + 1)) ||
                                  (i > at_ && (isIn(kCases, word(i - 1)) || word(i - 1) == "grand"));
            if (plain_ > 0 && letters_ == 0 && isOfCase && word(at_)[0] == word(i)[0]) {
                // "soleil, S majuscule": the letter describes the word.
                char& initial = secret.value[0];
                if (initial >= 'a' && initial <= 'z') initial = static_cast<char>(initial - 'a' + 'A');
                ++cases_;
                return keep(i + 1);
            }
            secret.value += rawWord(line_, i);
            ++letters_;
            if (example == 0) return keep(i + 1);
            ++examples_;
            return keep(std::min(i + example + 1, end_));
        }
        const bool isAlphabet =
            spelledLetter(text) != 0 && (examples_ > 0 || spelledLetter(word(i + 1)) != 0 ||
                                         (i > at_ && spelledLetter(word(i - 1)) != 0));
        if (isAlphabet) {
            secret.value += spelledLetter(text);
            ++letters_;
            ++examples_;
            return keep(i + 1);
        }
        if (sign && takesSign(i, *sign)) return keep(i + 1);
        if (number && !isArticle(i, *number)) {
            const std::string_view next = word(number->last);
            if (isUnit(next) && !isCut(line_, number->last - 1, ",.?!;:")) {
                if (!isDescribed() && letters_ == 0) return 0;  // "toutes les deux minutes"
                return number->last;
            }
            if (joints_ > 0 && digits_ == 0 && !isDescribed() && letters_ == 0) return 0;
            if (i == at_) startsWithNumber_ = true;
            for (std::size_t k = i; k < number->last; ++k)
                if (word(k) == "cent" || word(k) == "cents" || word(k) == "mille" || word(k) == "hundred" ||
                    word(k) == "thousand")
                    hasBigWord_ = true;
            ++groups_;
            digits_ += number->digits.size();
            secret.value += number->digits;
            lastIsNumber_ = true;
            return keep(number->last);
        }
        if (i > at_ && isIn(kJoints, text)) {
            ++joints_;
            return i + 1;
        }
        if (isStop(text) || text == "[]" || (number && i == at_)) return 0;
        const bool isMixed = hasDigit(text) && hasLetter(text);
        if (isMixed) {
            const auto lettersIn =
                std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
            isMixed_ = isMixed_ || (text.size() >= 6 && lettersIn >= 3);
            secret.value += rawWord(line_, i);
            ++mixed_;
            return keep(i + 1);
        }
        if (isLetter(i)) return i == at_ ? 0 : i + 1;
        // A plain word: the first few, or one that a sign joins.
        const bool isJoined =
            lastIsSign_ || (plain_ == 0 && letters_ == 0 && i > at_ && isIn(kCases, word(i - 1)));
        if (isIn(kJoints, text)) return 0;
        if (!isJoined && (joints_ > 0 || lastIsNumber_ || letters_ > 0 || isDescribed())) {
            if (!(plain_ <= 1 && word(i + 1).size() > 0 && isIn(kCases, word(i + 1)))) return 0;
        }
        if (++plain_ > 4) return 0;
        secret.value += rawWord(line_, i);
        return keep(i + 1);
    }

    std::size_t keep(std::size_t last) {
        const std::string_view text = word(last - 1);
        lastIsSign_ = signOf(text) != nullptr && word(last - 2) != "d";
        lastIsNumber_ = !lastIsSign_ && numberAt(line_.words, last - 1).has_value();
        joints_ = 0;
        content_ = last;
        return last;
    }

    /// "un tiret", "avec une majuscule", "un grand H"
    bool isArticle(std::size_t i, const NumberGroup& number) const {
        if (word(i) != "un" && word(i) != "une" && word(i) != "one") return false;
        const std::string_view next = word(number.last);
        return number.digits == "1" &&
               (signOf(next) || isIn(kCases, next) || next == "grand" || next == "petit" ||
                (isLetter(number.last) && i > at_) || next == "accent");
    }

    bool takesSign(std::size_t i, const SignWord& sign) {
        const std::string_view text = word(i);
        const std::string_view next = word(i + 1);
        // "point d'exclamation": the sign's last word counts.
        const bool isHead =
            text == "point" && (next == "d" || next == "exclamation" || next == "interrogation");
        if (isHead) return i > at_;
        if (sign.isPlain) {
            const bool isAmongValues = digits_ > 0 || isDescribed() || letters_ > 0 || next == "sign" ||
                                       numberAt(line_.words, i + 1).has_value() ||
                                       (next.size() == 1 && hasLetter(next));
            if (text == "at" && next != "sign" && (numberAt(line_.words, i + 1) || !isDescribed()))
                return false;
            if (i == at_ || !isAmongValues || (text == "plus" && digits_ == 0)) return false;
            // "at the end", "plus rien"
            if (!numberAt(line_.words, i + 1) && !isLetter(i + 1) && next != "sign" &&
                i + 1 < line_.words.size() && !isCut(line_, i, ".,?!;") && !signOf(next) && text != "star" &&
                text != "etoile")
                return false;
        } else if (i == at_ && isCut(line_, i, ",.?!")) {
            return false;
        }
        ++signs_;
        candidate_.secret.value += sign.sign;
        return true;
    }

    bool isDescribed() const { return cases_ + signs_ > 0; }

    /// Whether the secret goes on behind a comma.
    bool goesOn(std::size_t i) const {
        return signOf(word(i)) || lastIsSign_ || isIn(kCases, word(i)) ||
               (isIn(kJoints, word(i)) && !isStop(word(i + 1))) || numberAt(line_.words, i) || isLetter(i) ||
               (hasDigit(word(i)) && hasLetter(word(i)));
    }

    /// "mark", "sign", "du bas" and "à la fin" belong to the description that they close.
    void closeDescription() {
        std::size_t& last = candidate_.secret.last;
        if (word(last) == "mark" || word(last) == "sign" || word(last) == "point") ++last;
        if (word(last - 1) == "tiret" && (word(last) == "du" || word(last) == "d" || word(last) == "de") &&
            (word(last + 1) == "bas" || word(last + 1) == "6" || word(last + 1) == "8" ||
             word(last + 1) == "six"))
            last += 2;
        if (!isDescribed()) return;
        for (const std::string_view tail : {"a la fin", "au debut", "at the end"}) {
            const Phrase phrase{tail};
            const auto words =
                std::span<const Word>{line_.words}.first(std::min(line_.words.size(), last + 3));
            if (const auto match = phrase.find(words, last); match && match->first == last)
                last = match->last;
        }
        last = std::min(last, line_.words.size());
    }

    void judge() {
        const bool isWord = plain_ > 0 || letters_ >= 2 || mixed_ > 0;
        const bool endsInDigits =
            hasDigit(candidate_.secret.value.substr(candidate_.secret.value.size() - 1));
        candidate_.isCount = hasBigWord_ && groups_ == 1;
        candidate_.isDescription = cases_ > 0 && digits_ >= 2 && (isWord || letters_ > 0);
        candidate_.isCertain =
            isMixed_ || examples_ >= 2 || (isDescribed() && digits_ >= 2 && (isWord || letters_ > 0)) ||
            (cases_ > 0 && (isWord || letters_ > 0)) || (letters_ >= 2 && digits_ >= 1 && groups_ > 0);
        if (candidate_.isCertain || (isDescribed() && (isWord || letters_ > 0 || digits_ >= 3)) ||
            letters_ >= 4)
            candidate_.strength = 3;
        else if (isWord && digits_ >= 2 && endsInDigits && plain_ <= 3 && !startsWithNumber_ &&
                 !candidate_.isCount)
            candidate_.strength = 2;
        else if (digits_ >= 3 && !isWord)
            candidate_.strength = 1;
    }

    const Line& line_;
    std::size_t at_;
    std::size_t end_ = 0;
    Candidate candidate_;
    std::size_t cases_ = 0;
    std::size_t signs_ = 0;
    std::size_t letters_ = 0;
    std::size_t examples_ = 0;
    std::size_t plain_ = 0;
    std::size_t mixed_ = 0;
    std::size_t digits_ = 0;
    std::size_t groups_ = 0;
    std::size_t joints_ = 0;   // since the last part of the value
    std::size_t content_ = 0;  // one past the last part of the value
    bool isMixed_ = false;
    bool hasBigWord_ = false;
    bool startsWithNumber_ = false;
    bool lastIsSign_ = false;
    bool lastIsNumber_ = false;
};

/// The secret that starts at word `at`, as far as it looks like one.
std::optional<Candidate> candidateAt(const Line& line, std::size_t at) {
    return CandidateReader{line, at}.read();
}

/// "Printemps2025", "Soleil!42": a name of a product has no such form.
bool looksChosen(const Line& line, std::size_t at) {
    const std::string_view raw = rawWord(line, at);
    const auto to = static_cast<std::size_t>(line.words[at].end);
    const std::size_t digit = raw.find_first_of("0123456789");
    if (digit == std::string_view::npos || digit < 4 || raw[0] < 'A' || raw[0] > 'Z') return false;
    static constexpr auto kProducts = std::to_array<std::string_view>(
        {"office", "windows", "microsoft", "exchange", "server", "autocad", "outlook", "revit", "sage"});
    for (const std::string_view product : kProducts)
        if (line.words[at].text.starts_with(product)) return false;
    const std::string_view tail = raw.substr(digit);
    const bool isYear = tail.size() == 4 && (tail.starts_with("19") || tail.starts_with("20"));
    const bool hasSign =
        to < line.text.size() && std::string_view{"!#$*@%&"}.find(line.text[to]) != std::string_view::npos;
    const bool isLower =
        std::all_of(raw.begin() + 1, raw.begin() + static_cast<std::ptrdiff_t>(digit),
                    [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
    return isLower && (isYear || hasSign);
}

/// Between an announcement and what it announces.
bool isLeadIn(std::string_view word) {
    return isStop(word) || isIn(kJoints, word) || word == "le" || word == "la" || word == "alors";
}

/// "en 2024", "depuis 1998", "à 8 heures", "septembre 2019": no secret starts behind these.
bool deniesNumber(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>({
        "en",       "depuis",   "in",       "since",     "a",       "at",       "de",        "of",
        "vers",     "avant",    "apres",    "par",       "sur",     "dans",     "within",    "every",
        "toutes",   "tous",     "les",      "numero",    "number",  "poste",    "extension", "ticket",
        "au",       "evitez",   "avoid",    "janvier",   "fevrier", "mars",     "avril",     "mai",
        "juin",     "juillet",  "aout",     "septembre", "octobre", "novembre", "decembre",  "january",
        "february", "march",    "april",    "may",       "june",    "july",     "august",    "september",
        "october",  "november", "december", "version",   "windows", "office",
    });
    return isIn(kWords, word);
}

}  // namespace

SecretFinder::SecretFinder(const Conversation& conversation) : conversation_{conversation} {
    for (const Line& line : conversation.lines) topics_.push_back(topicOf(line));
}

SecretFinder::Topic SecretFinder::topicOf(const Line& line) const {
    Topic topic;
    const std::uint32_t groups = topicCues().groupsIn(line.words);
    const auto has = [&](TopicGroup group) { return (groups >> group & 1U) != 0; };
    topic.password = has(kPassword);
    topic.pin = has(kPin);
    topic.code = has(kCode) && !has(kOpenCode);
    topic.passing = has(kPassing);
    topic.otherNumber = has(kOtherNumber);
    return topic;
}

SecretFinder::Recent SecretFinder::recentTo(std::size_t index) const {
    Recent recent;
    Topic& before = recent.topic;
    for (std::size_t back = 1; back <= 12 && back <= index; ++back) {
        const Topic& topic = topics_[index - back];
        recent.isLongAgo = recent.isLongAgo || topic.password;
        if (back > 5) continue;
        recent.isLately = recent.isLately || topic.password || topic.pin || topic.code;
        before.password = before.password || topic.password;
        before.pin = before.pin || (back <= 3 && topic.pin);
        before.code = before.code || (back <= 2 && topic.code);
        before.passing = before.passing || (back <= 2 && topic.passing);
        // Digits alone answer what was spoken of last.
        const bool isOther = before.passing || (back == 1 && topic.otherNumber);
        if (isOther && back == 1) recent.isOtherWanted = true;
        if (back <= 3 && !isOther)
            recent.isNumberWanted = recent.isNumberWanted || topic.pin || topic.password || topic.code;
    }
    return recent;
}

std::vector<Secret> SecretFinder::in(std::size_t index) const {
    const Line& line = conversation_.lines[index];
    const std::size_t size = line.words.size();
    const Topic& here = topics_[index];
    const Recent recent = recentTo(index);
    const Topic& before = recent.topic;
    std::vector<bool> isTaken(size, false);
    std::vector<Secret> found;
    const auto take = [&](Secret secret) {
        for (std::size_t i = secret.first; i < secret.last; ++i)
            if (isTaken[i]) return;
        for (std::size_t i = secret.first; i < secret.last; ++i) isTaken[i] = true;
        found.push_back(std::move(secret));
    };
    for (std::size_t at = 0; at < size; ++at)
        if (looksChosen(line, at)) {
            const auto candidate = candidateAt(line, at);
            take(candidate && candidate->strength > 0 ? candidate->secret
                                                      : Secret{line.words[at].text, at, at + 1});
        }
    const bool isSecretTopic = here.password || here.pin || before.password || before.pin;
    if (!isSecretTopic && !here.code && !before.code && !recent.isLately && !recent.isLongAgo) return found;

    struct Place {
        std::size_t first;
        std::size_t last;
        bool isPin;
        bool isCode;
    };
    std::vector<Place> cues;
    const auto collect = [&](std::span<const std::string_view> phrases, bool isPin, bool isCode) {
        for (const std::string_view written : phrases) {
            const Phrase phrase{written};
            for (auto match = phrase.find(line.words); match;
                 match = phrase.find(line.words, match->first + 1))
                cues.push_back({match->first, match->last, isPin, isCode});
        }
    };
    if (here.password) collect(kPasswordPhrases, false, false);
    if (here.pin) collect(kPinPhrases, true, false);
    if (here.code) collect(kCodePhrases, true, true);
    std::sort(cues.begin(), cues.end(), [](const Place& a, const Place& b) {
        return a.first != b.first ? a.first < b.first : a.last > b.last;
    });

    const auto wordBefore = [&](std::size_t at) {
        return at > 0 ? std::string_view{line.words[at - 1].text} : std::string_view{};
    };
    /// Announced in this line.
    const auto isGood = [&](const Candidate& candidate, bool isClose, bool isCode) {
        const Secret& secret = candidate.secret;
        if (candidate.strength == 3) return isClose || candidate.isCertain;
        if (deniesNumber(wordBefore(secret.first)) || candidate.isCount || !isClose) return false;
        if (candidate.strength == 2) return !isCode || secret.value.size() >= 5;
        if (candidate.strength != 1 || secret.value.size() > 12 || (isCode && secret.value.size() < 4))
            return false;
        if (secret.value.size() == 10 && secret.value[0] == '0') return false;  // a telephone
        if (here.passing) return here.pin;
        // What this line announces itself counts more than what was spoken of before.
        return here.pin || here.password || !before.passing;
    };
    /// The sentence consists of it.
    const auto isAlone = [&](const Secret& secret) {
        for (std::size_t at = secret.first; at > 0 && !isCut(line, at - 1, ".?!:;,"); --at)
            if (!isLeadIn(line.words[at - 1].text) || secret.first - at > 7) return false;
        return secret.last >= size || isCut(line, secret.last - 1, ".,?!;") ||
               isStop(line.words[secret.last].text);
    };
    /// Announced in a line before.
    const auto isAnswer = [&](const Candidate& candidate) {
        const Secret& secret = candidate.secret;
        if (candidate.strength == 3) return candidate.isCertain;
        if (deniesNumber(wordBefore(secret.first)) || candidate.isCount || !isAlone(secret)) return false;
        if (candidate.strength == 2) return before.password || before.code;
        if (candidate.strength != 1 || here.passing) return false;
        // "ce sera provisoirement 2 7 0 0"
        static constexpr auto kSetting = std::to_array<std::string_view>(
            {"sera", "provisoirement", "temporairement", "mettez", "tapez", "be", "type", "enter"});
        const bool isSet = recent.isLately && !before.passing && isIn(kSetting, wordBefore(secret.first));
        return ((recent.isNumberWanted && !recent.isOtherWanted) || isSet) &&
               secret.value.size() >= (before.pin ? 3U : 4U) && secret.value.size() <= 8;
    };

    // Behind an announcement.
    std::size_t next = 0;
    for (std::size_t k = 0; k < cues.size(); ++k) {
        const Place& cue = cues[k];
        std::size_t at = std::max(cue.last, next);
        const std::size_t limit = std::min(size, cue.last + 14);
        bool isClose = true;
        for (; at < limit; ++at) {
            const std::string& word = line.words[at].text;
            const auto candidate = candidateAt(line, at);
            if (candidate && candidate->strength > 0 && isGood(*candidate, isClose, cue.isCode)) {
                take(candidate->secret);
                next = candidate->secret.last;
                break;
            }
            // A word that is no part of a secret ends the close reach.
            if (!isLeadIn(word))
                isClose = isClose && candidate && candidate->strength == 0 && at < cue.last + 2;
            if (cue.isCode && (!isLeadIn(word) || at > cue.last + 5)) break;
            if (isCut(line, at, ".?!") && at + 1 < size) isClose = true;
        }
    }
    // Before an announcement: "c'est Soleil42 le mot de passe".
    for (const Place& cue : cues) {
        if (cue.first == 0) continue;
        std::size_t end = cue.first;
        while (end > 0 && cue.first - end < 5 && isLeadIn(line.words[end - 1].text) &&
               !numberAt(line.words, end - 1))
            --end;
        if (end == 0) continue;
        for (std::size_t at = end > 24 ? end - 24 : 0; at < end; ++at) {
            if (isTaken[at]) continue;
            const bool isStart =
                at == 0 || isLeadIn(line.words[at - 1].text) || isCut(line, at - 1, ".?!,;:");
            if (!isStart) continue;
            const auto candidate = candidateAt(line, at);
            if (!candidate || candidate->secret.last + 1 < end || candidate->secret.last > cue.first)
                continue;
            if (candidate->strength == 0 || !isGood(*candidate, true, cue.isCode)) continue;
            // "le réseau s'appelle …, et le code c'est …"
            const auto link =
                std::span{line.words}.subspan(candidate->secret.last, cue.first - candidate->secret.last);
            if (std::any_of(link.begin(), link.end(),
                            [](const Word& word) { return word.text == "et" || word.text == "and"; }))
                continue;
            take(candidate->secret);
            break;
        }
    }
    // Announced in a line before: at the start of the line or behind "c'est".
    if (before.password || before.pin || before.code || recent.isLately || recent.isLongAgo) {
        static const CueList kReveals{
            {"c est"}, {"c etait"},   {"s est"},   {"ses"},       {"sera"},  {"voici"}, {"voila"}, {"mis"},
            {"mets"},  {"mettez"},    {"tapez"},   {"saisissez"}, {"it s"},  {"it is"}, {"is"},    {"was"},
            {"type"},  {"set it to"}, {"will be"}, {"put"},       {"notez"}, {"so"},    {"alors"}, {"donc"},
            {"oui"},   {"yes"},       {"to"},      {"essayez"},   {"try"}};
        std::vector<bool> isStart(size + 1, false);
        if (size > 0) isStart[0] = true;
        for (const CueList::Hit& hit : kReveals.all(line)) isStart[hit.match.last] = true;
        bool isOpening = true;
        for (std::size_t at = 0; at < size; ++at) {
            const bool isBegin = isOpening || isStart[at] || (at > 0 && isCut(line, at - 1, ".?!:"));
            isOpening = isBegin && isLeadIn(line.words[at].text);
            if (!isBegin || isTaken[at]) continue;
            const auto candidate = candidateAt(line, at);
            if (!candidate || candidate->strength == 0) continue;
            const bool isMeant = before.password || before.pin || before.code || recent.isLately
                                     ? isAnswer(*candidate)
                                     : candidate->strength == 3 && candidate->isDescription;
            if (!isMeant) continue;
            take(candidate->secret);
            at = candidate->secret.last - 1;
        }
    }
    std::sort(found.begin(), found.end(), [](const Secret& a, const Secret& b) { return a.first < b.first; });
    return found;
}

std::vector<Secret> SecretFinder::again(std::size_t index, const std::vector<Secret>& secrets) const {
    const Line& line = conversation_.lines[index];
    std::vector<Secret> found;
    if (secrets.empty() || line.words.empty()) return found;
    // Each word as it counts in a value: numbers as digits, descriptions as nothing.
    struct Piece {
        std::string text;
        std::size_t first;
        std::size_t last;
    };
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < line.words.size();) {
        if (const auto number = numberAt(line.words, at)) {
            pieces.push_back({number->digits, at, number->last});
            at = number->last;
            continue;
        }
        pieces.push_back({line.words[at].text, at, at + 1});
        ++at;
    }
    for (const Secret& secret : secrets) {
        std::string wanted;
        for (const Word& word : wordsOf(secret.value)) wanted += word.text;
        if (wanted.size() < 4) continue;
        for (std::size_t from = 0; from < pieces.size(); ++from) {
            if (pieces[from].text.empty()) continue;
            // As much of the value as is said from here on, with descriptions between.
            for (const std::size_t start : {std::size_t{0}, wanted.find(pieces[from].text)}) {
                if (start == std::string::npos ||
                    !std::string_view{wanted}.substr(start).starts_with(pieces[from].text))
                    continue;
                std::size_t matched = start;
                std::size_t last = from;
                for (std::size_t i = from; i < pieces.size() && i < last + 6 && matched < wanted.size();
                     ++i) {
                    const std::string& text = pieces[i].text;
                    if (std::string_view{wanted}.substr(matched).starts_with(text)) {
                        matched += text.size();
                        last = i;
                    } else if (!signOf(text) && !isIn(kCases, text) && !isIn(kJoints, text) &&
                               text.size() > 1) {
                        break;
                    }
                }
                const std::size_t length = matched - start;
                const bool isTelling =
                    length == wanted.size() || (length >= 4 && length * 2 >= wanted.size());
                if (!isTelling) continue;
                Secret repetition{secret.value, pieces[from].first, pieces[last].last};
                if (found.empty() || found.back().last <= repetition.first)
                    found.push_back(std::move(repetition));
                from = last;
                break;
            }
        }
    }
    std::sort(found.begin(), found.end(), [](const Secret& a, const Secret& b) { return a.first < b.first; });
    return found;
}

}  // namespace ninja3cx::analysis
