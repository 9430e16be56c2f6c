#include "server/analysis/secrets.hpp"

#include "server/analysis/cue_list.hpp"
#include "server/analysis/name_lists.hpp"
#include "server/analysis/named_numbers.hpp"
#include "server/analysis/plain_secrets.hpp"
#include "server/analysis/secret_cues.hpp"
#include "server/analysis/secret_words.hpp"
#include "server/analysis/spoken_numbers.hpp"
#include "server/analysis/written_secrets.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace ninja3cx::analysis {
namespace {

/// "le code parental c'est 4815": a code of a kind of its own.
bool isNamedCode(const Line& line, std::size_t at, std::size_t from) {
    if (at > from + 5 || isCut(line, at, ".?!;,")) return false;
    for (std::size_t i = at; i + 1 < line.words.size() && i <= from + 5 && !isCut(line, i, ".?!;,"); ++i)
        if (line.words[i].text == "est" || line.words[i].text == "is" || line.words[i].text == "says")
            return true;
    return false;
}
/// "ma date de naissance 140672"
bool isDateWord(std::string_view word) {
    return word == "naissance" || word == "mariage" || word == "anniversaire" || word == "birthday" ||
           word == "birth";
}
/// Behind these a number is an error's.
bool isFault(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"incorrect", "incorrecte", "refuse", "refusee", "expire", "bloque", "bloquee", "invalide", "invalid",
         "wrong", "expired", "locked", "faux", "fausse", "erreur", "error", "validez", "ticket", "dossier"});
    return isIn(kWords, word);
}

/// "en 2024", "depuis 1998", "à 8 heures", "septembre 2019": no secret starts behind these.
bool deniesNumber(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>({
        "en",        "depuis",   "in",       "since",    "a",         "at",      "de",       "of",
        "on",        "vers",     "avant",    "apres",    "par",       "sur",     "dans",     "within",
        "every",     "toutes",   "tous",     "les",      "numero",    "number",  "poste",    "extension",
        "ticket",    "au",       "evitez",   "avoid",    "janvier",   "fevrier", "mars",     "avril",
        "mai",       "juin",     "juillet",  "aout",     "septembre", "octobre", "novembre", "decembre",
        "january",   "february", "march",    "april",    "may",       "june",    "july",     "august",
        "september", "october",  "november", "december", "version",   "windows", "office",
    });
    return isIn(kWords, word);
}
/// In a question that asks how the password does, or who has it.
bool isVerb(std::string_view word) {
    static constexpr auto kVerbs = std::to_array<std::string_view>(
        {"est", "avez", "a", "as", "is", "was", "has", "do", "does", "did", "vous", "you", "il", "c"});
    return isIn(kVerbs, word);
}
/// Said before an answer.
bool isIntroduction(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"oui", "em",   "er",  "hmm",  "alors", "attendez", "ouais", "ben",  "bah", "c",
         "est", "it",   "its", "s",    "is",    "so",       "yes",   "yeah", "ah",  "oh",
         "ok",  "okay", "uh",  "hang", "on",    "well",     "sure",  "ses",  "d",   "accord"});
    return isIn(kWords, word);
}

}  // namespace

SecretFinder::SecretFinder(const Conversation& conversation) : conversation_{conversation} {
    for (const Line& line : conversation.lines) topics_.push_back(topicOf(line));
}

SecretFinder::Topic SecretFinder::topicOf(const Line& line) const {
    Topic topic;
    const std::uint32_t groups = secretTopicsIn(line.words);
    const auto has = [&](SecretTopic group) { return (groups >> group & 1U) != 0; };
    topic.password = has(kPassword);
    topic.pin = has(kPin);
    topic.code = has(kCode) && !has(kOpenCode);
    topic.passing = has(kPassing);
    topic.wifiKey = has(kWifi) && (has(kCode) || has(kKey));
    topic.password = topic.password || topic.wifiKey;
    topic.serial = has(kSerial);
    topic.account = has(kAccount);
    topic.lock = has(kLock);
    topic.otherNumber = has(kOtherNumber) && !has(kDigitCount);
    // "le mot de passe de la tablette ?"
    const auto asksItself = [&] {
        static constexpr auto kArticles = std::to_array<std::string_view>(
            {"le", "votre", "ton", "notre", "your", "our", "the", "et", "and"});
        return (topic.password || topic.code) && line.text.find('?') != std::string_view::npos &&
               line.words.size() <= 8 && isIn(kArticles, line.words[0].text) &&
               std::none_of(line.words.begin() + 1, line.words.end(),
                            [](const Word& word) { return isVerb(word.text); });
    };
    topic.asked = (has(kAsked) || asksItself()) && !asksWhich(line.words);
    return topic;
}

SecretFinder::Recent SecretFinder::recentTo(std::size_t index) const {
    Recent recent;
    Topic& before = recent.topic;
    for (std::size_t back = 1; back <= 12 && back <= index; ++back) {
        const Topic& topic = topics_[index - back];
        recent.isLongAgo = recent.isLongAgo || topic.password || topic.account;
        if (back > 5) continue;
        recent.isLately = recent.isLately || topic.password || topic.pin || topic.code;
        before.password = before.password || topic.password;
        before.pin = before.pin || (back <= 3 && topic.pin);
        before.code = before.code || (back <= 2 && topic.code);
        before.asked =
            before.asked ||
            (topic.asked && (back == 1 || (back == 2 && conversation_.lines[index - 1].words.size() <= 2)));
        before.lock = before.lock || (back <= 3 && topic.lock);
        before.passing = before.passing || (back <= 2 && topic.passing);
        // Digits alone answer what was spoken of last.
        const bool isOther = before.passing || (back == 1 && topic.otherNumber);
        if (isOther && back == 1) recent.isOtherWanted = true;
        if (topic.otherNumber && !topic.password && !topic.pin) {
            const Line& asking = conversation_.lines[index - back];
            const bool isNear = back == 1 || (back == 2 && conversation_.lines[index - 1].words.size() <= 3);
            const bool isQuestion = asking.isQuestion && asking.speaker != conversation_.lines[index].speaker;
            const bool isSecretNearer = recent.isLately && !topic.code;
            if ((isNear && isQuestion) || (back <= 4 && topic.serial && !isSecretNearer))
                recent.isOtherAsked = true;
        }
        // "un code par SMS" - "le code ?"
        const bool isOfPassing = topic.code && !topic.password && !topic.pin && !topic.lock && back < index &&
                                 topics_[index - back - 1].passing;
        if (back <= 3 && !isOther && !isOfPassing)
            recent.isNumberWanted = recent.isNumberWanted || topic.pin || topic.password || topic.code;
    }
    return recent;
}

/// The search through one line. What one rule took, the next leaves alone.
class SecretFinder::LineSearch {
public:
    LineSearch(const SecretFinder& finder, std::size_t index)
        : finder_{finder},
          index_{index},
          line_{finder.conversation_.lines[index]},
          size_{line_.words.size()},
          here_{finder.topics_[index]},
          recent_{finder.recentTo(index)},
          isTaken_(size_, false),
          isNamed_(size_, false) {}

    std::vector<Secret> run() {
        findChosen();
        findOldAndNew();
        if (mayHoldSecret()) {
            isNamed_ =
                namedOtherwise(line_, here_.pin || here_.lock || here_.code || before_.pin, before_.asked);
            collectCues();
            findWritten();
            findDoorCode();
            findBehind();
            findBefore();
            findAnnouncedBefore();
            findPlainBehind();
            findPlainWith();
            findPlainOfLogin();
            findPlainBefore();
            findPlainAs();
            findSet();
            findDialled();
            findAnswer();
        }
        std::sort(found_.begin(), found_.end(),
                  [](const Secret& a, const Secret& b) { return a.first < b.first; });
        return std::move(found_);
    }

private:
    bool mayHoldSecret() const {
        return here_.password || here_.pin || here_.code || here_.lock || here_.account || before_.password ||
               before_.pin || before_.code || before_.lock || recent_.isLately || recent_.isLongAgo;
    }

    void collectCues() {
        if (here_.password) addSecretCues(line_.words, kPassword, cues_);
        if (here_.wifiKey) addSecretCues(line_.words, kKey, cues_);
        if (here_.pin) addSecretCues(line_.words, kPin, cues_);
        if (here_.code) addSecretCues(line_.words, kCode, cues_);
        std::sort(cues_.begin(), cues_.end(), [](const SecretCue& a, const SecretCue& b) {
            return a.first != b.first ? a.first < b.first : a.last > b.last;
        });
    }

    void take(Secret secret) {
        for (std::size_t i = secret.first; i < secret.last; ++i)
            if (isTaken_[i]) return;
        for (std::size_t i = secret.first; i < secret.last; ++i) isTaken_[i] = true;
        found_.push_back(std::move(secret));
    }

    bool isFree(const Secret& secret) const {
        for (std::size_t at = secret.first; at < secret.last; ++at)
            if (isTaken_[at] || isNamed_[at]) return false;
        return true;
    }

    std::optional<Candidate> candidateFrom(std::size_t at) const {
        if (isNamed_[at]) return std::nullopt;
        auto candidate = candidateAt(line_, at);
        if (!candidate) return candidate;
        for (std::size_t i = candidate->secret.first; i < candidate->secret.last; ++i)
            if (isNamed_[i]) return std::nullopt;
        return candidate;
    }

    std::string_view wordBefore(std::size_t at) const {
        return at > 0 ? std::string_view{line_.words[at - 1].text} : std::string_view{};
    }

    /// "je remets le code à 1234"
    bool isSetTo(std::size_t at) const {
        if (wordBefore(at) != "a") return false;
        static constexpr auto kSets = std::to_array<std::string_view>(
            {"remets", "remis", "remettre", "mets", "mis", "met", "regle", "initialise"});
        for (std::size_t i = at; i > 0 && i + 10 > at && !isCut(line_, i - 1, ".?!;,"); --i)
            if (isIn(kSets, line_.words[i - 1].text)) return true;
        return false;
    }

    /// "I put in Liverpool 1984"
    bool isTypedIn(std::size_t at) const {
        if (wordBefore(at) != "in" || at < 2) return false;
        const std::string_view verb = line_.words[at - 2].text;
        return verb == "put" || verb == "type" || verb == "typed" || verb == "key" || verb == "keyed";
    }

    bool isDenied(const Candidate& candidate) const {
        const std::size_t at = candidate.secret.first;
        return deniesNumber(wordBefore(at)) && !isSetTo(at) && !isTypedIn(at);
    }

    /// "identifiant accueil, code Xk7pQ2"
    bool hasLogin() const {
        return std::any_of(line_.words.begin(), line_.words.end(), [](const Word& word) {
            return word.text == "identifiant" || word.text == "login" || word.text == "username";
        });
    }

    /// Announced in this line.
    bool isGood(const Candidate& candidate, bool isClose, bool isCode) const {
        const Secret& secret = candidate.secret;
        // "le code de prise en main, P F 3 2": worthless once it is used.
        if (isCode && here_.passing && !here_.pin && !candidate.isDescription && !hasLogin()) return false;
        if (candidate.strength == 3) return isClose || candidate.isCertain;
        if (isDenied(candidate) || candidate.isCount || !isClose) return false;
        if (candidate.strength == 2) return !isCode || secret.value.size() >= 5;
        if (candidate.strength != 1 || secret.value.size() > 12) return false;
        // A bare "code" of many digits is an error's.
        if (isCode && (secret.value.size() < 4 || secret.value.size() > 6)) return false;
        if (secret.value.size() == 10 && secret.value[0] == '0') return false;  // a telephone
        if (here_.passing) return here_.pin;
        // What this line announces itself counts more than what was spoken of before.
        return here_.pin || here_.password || !before_.passing;
    }

    /// The sentence consists of it.
    bool isAlone(const Secret& secret) const {
        for (std::size_t at = secret.first; at > 0 && !isCut(line_, at - 1, ".?!:;,"); --at)
            if (!isLeadIn(line_.words[at - 1].text) || secret.first - at > 7) return false;
        return secret.last >= size_ || isCut(line_, secret.last - 1, ".,?!;") ||
               isStop(line_.words[secret.last].text);
    }

    /// The line before asks for a number of another kind, or only codes that pass were spoken of.
    bool isOfOther() const {
        if (here_.password || here_.pin || here_.code) return false;
        const bool isOfPassing =
            (here_.passing || before_.passing) && !before_.password && !before_.pin && !before_.wifiKey;
        return recent_.isOtherAsked || isOfPassing;
    }

    /// Announced in a line before.
    bool isAnswer(const Candidate& candidate) const {
        const Secret& secret = candidate.secret;
        if (!candidate.isDescription && isOfOther()) return false;
        if (candidate.strength == 3) return candidate.isCertain;
        if (isDenied(candidate) || candidate.isCount || !isAlone(secret)) return false;
        if (candidate.strength == 2) return before_.password || before_.pin || before_.code;
        if (candidate.strength != 1 || here_.passing) return false;
        // "ce sera provisoirement 2 7 0 0"
        static constexpr auto kSetting = std::to_array<std::string_view>(
            {"sera", "provisoirement", "temporairement", "mettez", "tapez", "be", "type", "enter"});
        const bool isSet = recent_.isLately && !before_.passing && isIn(kSetting, wordBefore(secret.first));
        return ((recent_.isNumberWanted && !recent_.isOtherWanted) || isSet) &&
               secret.value.size() >= (before_.pin ? 3U : 4U) && secret.value.size() <= 8;
    }

    void findChosen() {
        for (std::size_t at = 0; at < size_; ++at)
            if (looksChosen(line_, at,
                            here_.password || (index_ > 0 && finder_.topics_[index_ - 1].password))) {
                const auto candidate = candidateFrom(at);
                take(candidate && candidate->strength > 0 ? candidate->secret
                                                          : Secret{line_.words[at].text, at, at + 1});
            }
        // "I'll reset it to Walnut dash 40"
        for (std::size_t at = 2; at < size_; ++at) {
            const std::string_view verb =
                at > 2 ? std::string_view{line_.words[at - 3].text} : std::string_view{};
            if (wordBefore(at) != "to" || line_.words[at - 2].text != "it" ||
                (verb != "set" && verb != "reset" && verb != "changed" && verb != "change"))
                continue;
            const auto candidate = candidateFrom(at);
            if (candidate && candidate->strength == 3 && candidate->isCertain) take(candidate->secret);
        }
    }

    /// "l'ancien c'était Toulouse31 et le nouveau Bordeaux33": where nothing else is spoken of that has an old and a new name.
    void findOldAndNew() {
        static constexpr auto kOld =
            std::to_array<std::string_view>({"ancien", "ancienne", "old", "previous"});
        static constexpr auto kNew = std::to_array<std::string_view>({"nouveau", "nouvelle", "new"});
        const auto has = [&](const auto& words) {
            return std::any_of(line_.words.begin(), line_.words.end(),
                               [&](const Word& word) { return isIn(words, word.text); });
        };
        if (!has(kOld) || !has(kNew)) return;
        for (const Word& word : line_.words)
            if (isRenamed(word.text)) return;
        std::vector<std::size_t> chosen;
        for (std::size_t at = 0; at < size_; ++at)
            if (looksChosen(line_, at, true)) chosen.push_back(at);
        if (!here_.password && chosen.size() == 2)
            for (const std::size_t at : chosen) take(Secret{line_.words[at].text, at, at + 1});
        if (!before_.password && !recent_.isLately) return;
        static constexpr auto kBetween =
            std::to_array<std::string_view>({"c", "est", "etait", "one", "was", "is", "s", "it"});
        for (std::size_t at = 0; at < size_; ++at) {
            if (!isIn(kOld, line_.words[at].text) && !isIn(kNew, line_.words[at].text)) continue;
            std::size_t from = at + 1;
            while (from < size_ && isIn(kBetween, line_.words[from].text)) ++from;
            if (from >= size_ || isTaken_[from]) continue;
            const auto candidate = candidateFrom(from);
            if (candidate && candidate->strength >= 2)
                take(candidate->secret);
            else if (const auto plain = plainAt(line_, from, false); plain && isFree(plain->secret))
                take(plain->secret);
        }
    }
    /// "Poste31", "Latitude5540", "imprimante": what else has an old and a new name.
    static bool isRenamed(std::string_view word) {
        static constexpr auto kThings = std::to_array<std::string_view>(
            {"poste",    "pc",         "serveur",   "server",  "imprimante", "printer",    "telephone",
             "phone",    "numero",     "number",    "version", "computer",   "ordinateur", "machine",
             "site",     "bureau",     "salle",     "room",    "nom",        "name",       "adresse",
             "address",  "mail",       "email",     "dossier", "folder",     "logiciel",   "software",
             "modele",   "model",      "domaine",   "domain",  "reseau",     "network",    "laptop",
             "portable", "tablette",   "tablet",    "ecran",   "screen",     "switch",     "routeur",
             "router",   "box",        "licence",   "license", "contrat",    "contract",   "compte",
             "account",  "client",     "customer",  "fichier", "file",       "base",       "database",
             "agence",   "agency",     "magasin",   "shop",    "filiale",    "branch",     "equipe",
             "team",     "collegue",   "colleague", "patron",  "boss",       "directeur",  "manager",
             "badge",    "identifiant"});
        const std::size_t digit = word.find_first_of("0123456789");
        const std::string_view name = word.substr(0, digit);
        return isIn(kThings, name) || (digit != std::string_view::npos && isProduct(name));
    }

    /// "P@ssw0rd!": where a password is spoken of, nothing else is written so but the name of an account.
    void findWritten() {
        static constexpr auto kNames = std::to_array<std::string_view>(
            {"identifiant", "login",   "utilisateur", "user",    "username", "compte", "account",
             "nom",         "name",    "serveur",     "server",  "dossier",  "folder", "fichier",
             "file",        "partage", "share",       "session", "poste",    "pc",     "machine",
             "reseau",      "network", "ssid",        "societe", "company"});
        if (!here_.password && !before_.password && !recent_.isLately) return;
        for (std::size_t at = 0; at < size_; ++at) {
            const std::size_t last = afterWritten(line_, at);
            if (last == at) continue;
            bool isName = false;
            for (std::size_t i = at; i > 0 && i + 3 > at && !isCut(line_, i - 1, ".?!;,"); --i)
                isName = isName || isIn(kNames, line_.words[i - 1].text);
            const Secret secret{std::string{rawWord(line_, at)}, at, last};
            if (!isName && isFree(secret)) take(secret);
            at = last - 1;
        }
    }

    /// "le digicode c'est 4512B", "le code de la porte ?" - "78B45".
    void findDoorCode() {
        static const CueList kDoors{{"digicode"},
                                    {"code ~ porte"},
                                    {"code ~ portail"},
                                    {"code ~ portillon"},
                                    {"code ~ immeuble"},
                                    {"code ~ garage"},
                                    {"code ~ barriere"},
                                    {"code d entree"},
                                    {"code de l entree"},
                                    {"code ~ alarme"},
                                    {"door code"},
                                    {"gate code"},
                                    {"alarm code"},
                                    {"building code"},
                                    {"entrance code"},
                                    {"entry code"},
                                    {"garage code"},
                                    {"keypad code"},
                                    {"code for the ~ door"},
                                    {"code for the gate"},
                                    {"code for the alarm"},
                                    {"code for the building"},
                                    {"code for the garage"},
                                    {"code for the entrance"}};
        const auto takeFrom = [&](std::size_t from) {
            for (std::size_t at = from; at < size_ && at <= from + 6; ++at) {
                const std::string_view word = line_.words[at].text;
                const auto digits = candidateFrom(at);
                if (digits && digits->strength == 1 && !isDenied(*digits) &&
                    digits->secret.value.size() >= 4 && digits->secret.value.size() <= 8 &&
                    isFree(digits->secret) && !digits->isCount)
                    return take(digits->secret);
                // "le digicode c'est deux mille vingt-quatre"
                const auto number = numberAt(line_.words, at);
                const bool isCount = number && number->digits.size() == 4 && !deniesNumber(wordBefore(at));
                const std::size_t last = isCount ? number->last : at + 1;
                if (isCount || (isDoorCode(word) && !deniesNumber(wordBefore(at)))) {
                    const Secret secret{isCount ? number->digits : std::string{word}, at, last};
                    const bool isCounted = last < size_ && isUnit(line_.words[last].text);
                    const bool goesOn = digits && digits->secret.last > last;
                    if (isFree(secret) && !isCounted && !goesOn) take(secret);
                    return;
                }
                if (!isLeadIn(word)) return;
            }
        };
        for (const CueList::Hit& hit : kDoors.all(line_)) takeFrom(hit.match.last);
        if (index_ == 0) return;
        const Line& asking = finder_.conversation_.lines[index_ - 1];
        if (asking.speaker != line_.speaker && kDoors.first(asking) && size_ <= 8) takeFrom(0);
    }

    /// Behind an announcement.
    void findBehind() {
        std::size_t next = 0;
        for (const SecretCue& cue : cues_) {
            // "mot de passe incorrect, code 1326"
            if (cue.isCode && cue.first > 0 && isFault(line_.words[cue.first - 1].text)) continue;
            std::size_t at = std::max(cue.last, next);
            const std::size_t limit = std::min(size_, cue.last + 14);
            bool isClose = true;
            bool isFaulty = false;
            bool isPointed = false;  // "le code c'est …"
            for (; at < limit; ++at) {
                if (isNamed_[at]) continue;
                const std::string& word = line_.words[at].text;
                const auto candidate = candidateFrom(at);
                isPointed =
                    isPointed || (at < cue.last + 6 && (word == "est" || word == "is" || word == "etait"));
                // "elle est écrite en dessous, c'est 3F9A 22C1"
                if (!isClose && !cue.isCode && candidate && candidate->strength == 3 && at > 1 &&
                    ((wordBefore(at) == "est" && line_.words[at - 2].text == "c") ||
                     (wordBefore(at) == "s" && line_.words[at - 2].text == "it")))
                    isClose = true;
                // "c'est ma date de mariage, 12 06 98"
                if (!isClose && isPointed && !isFaulty && !cue.isCode && candidate &&
                    candidate->strength > 0 &&
                    (wordBefore(at) == "is" ||
                     (wordBefore(at) == "le" && at > 1 && line_.words[at - 2].text == "est") ||
                     wordBefore(at) == "est" || isDateWord(wordBefore(at))) &&
                    isCut(line_, candidate->secret.last - 1, ".,;?!"))
                    isClose = true;
                if (!isClose && isPointed && !cue.isCode && candidate && candidate->strength > 0 &&
                    isCut(line_, at - 1, ",:") && isCut(line_, candidate->secret.last - 1, ".,;?!"))
                    isClose = true;
                if (candidate && candidate->strength > 0 && isGood(*candidate, isClose, cue.isCode)) {
                    take(candidate->secret);
                    next = candidate->secret.last;
                    break;
                }
                // A word that is no part of a secret ends the close reach.
                if (!isLeadIn(word))
                    isClose = isClose && candidate && candidate->strength == 0 && at < cue.last + 2;
                if (cue.isCode &&
                    ((!isLeadIn(word) && !isNamedCode(line_, at, cue.last)) || at > cue.last + 7))
                    break;
                if (cue.isCode && (word == "est" || word == "is" || word == "says")) isClose = true;
                isFaulty = isFaulty || isFault(word);
                if (isFault(word)) isClose = false;
                if (isCut(line_, at, ".?!") && at + 1 < size_) isClose = true;
            }
        }
    }

    /// "soleil2024": nothing needs to stand before it.
    bool isMixedWord(std::size_t at) const {
        const std::string_view word = line_.words[at].text;
        return word.size() >= 6 && hasDigit(word) &&
               std::count_if(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }) >= 3;
    }

    bool isQuoted(std::size_t at) const {
        const auto from = at > 0 ? static_cast<std::size_t>(line_.words[at - 1].end) : 0;
        const auto gap = line_.text.substr(from, static_cast<std::size_t>(line_.words[at].begin) - from);
        for (const std::string_view quote : {"\"", "\u00AB", "\u201C"})
            if (gap.find(quote) != std::string_view::npos) return true;
        return false;
    }

    /// "depuis hier soleil2024 mot de passe": the word before the secret, unless "c'est" or quotes make it a part.
    bool isOrdinaryLead(std::size_t at) const {
        static constexpr auto kTelling = std::to_array<std::string_view>(
            {"est",    "etait", "c",   "s",    "is",    "was",   "be",   "ses", "sera",   "mis",  "mets",
             "mettez", "met",   "put", "note", "notez", "tapez", "tape", "dit", "marque", "ecrit"});
        const std::string_view word = line_.words[at].text;
        if (word.size() < 2 || hasDigit(word) || isCase(word) || signOf(word) != nullptr ||
            startsUpper(line_, at) || numberAt(line_.words, at))
            return false;
        if (isIn(kTelling, wordBefore(at))) return false;
        if (isQuoted(at)) return false;
        static constexpr auto kUsing = std::to_array<std::string_view>(
            {"utilise", "utilisait", "utilisent", "use", "uses", "used", "using"});
        if (isCommonWord(word) || isIn(kUsing, word)) return true;
        for (std::size_t next = at + 1; next < std::min(size_, at + 4) && !isCut(line_, next - 1, ".?!;:,");
             ++next)
            if (isMixedWord(next)) return true;
        return false;
    }

    /// Before an announcement: "c'est Soleil42 le mot de passe".
    void findBefore() {
        for (const SecretCue& cue : cues_) {
            if (cue.first == 0) continue;
            std::size_t end = cue.first;
            while (end > 0 && cue.first - end < 5 && isLeadIn(line_.words[end - 1].text) &&
                   !numberAt(line_.words, end - 1))
                --end;
            if (end == 0) continue;
            std::size_t behindOrdinary = size_;
            for (std::size_t at = end > 24 ? end - 24 : 0; at < end; ++at) {
                if (isTaken_[at]) continue;
                const bool isStart = at == 0 || isLeadIn(line_.words[at - 1].text) ||
                                     isCut(line_, at - 1, ".?!,;:") || isMixedWord(at) ||
                                     at == behindOrdinary;
                if (!isStart) continue;
                if (isOrdinaryLead(at)) {
                    behindOrdinary = at + 1;
                    continue;
                }
                const auto candidate = candidateFrom(at);
                if (!candidate || candidate->secret.last + 1 < end || candidate->secret.last > cue.first)
                    continue;
                if (candidate->strength == 0 || !isGood(*candidate, true, cue.isCode)) continue;
                // "le réseau s'appelle …, et le code c'est …"
                const auto link = std::span{line_.words}.subspan(candidate->secret.last,
                                                                 cue.first - candidate->secret.last);
                if (std::any_of(link.begin(), link.end(),
                                [](const Word& word) { return word.text == "et" || word.text == "and"; }))
                    continue;
                take(candidate->secret);
                break;
            }
        }
    }

    /// Announced in a line before: at the start of the line or behind "c'est".
    void findAnnouncedBefore() {
        if (before_.password || before_.pin || before_.code || recent_.isLately || recent_.isLongAgo ||
            here_.account) {
            static const CueList kReveals{
                {"c est"}, {"c etait"}, {"s est"},   {"ses"},       {"sera"},      {"voici"},  {"voila"},
                {"mis"},   {"mets"},    {"mettez"},  {"tapez"},     {"saisissez"}, {"it s"},   {"it is"},
                {"is"},    {"was"},     {"type"},    {"set it to"}, {"will be"},   {"put"},    {"notez"},
                {"so"},    {"alors"},   {"donc"},    {"oui"},       {"yes"},       {"to"},     {"essayez"},
                {"use"},   {"make it"}, {"made it"}, {"call it"},   {"utilisez"},  {"prenez"}, {"try"}};
            std::vector<bool> isStart(size_ + 1, false);
            if (size_ > 0) isStart[0] = true;
            for (const CueList::Hit& hit : kReveals.all(line_)) isStart[hit.match.last] = true;
            bool isOpening = true;
            for (std::size_t at = 0; at < size_; ++at) {
                const bool isBegin = isOpening || isStart[at] || (at > 0 && isCut(line_, at - 1, ".?!:"));
                isOpening = isBegin && isLeadIn(line_.words[at].text);
                if (!isBegin || isTaken_[at]) continue;
                const auto candidate = candidateFrom(at);
                if (!candidate || candidate->strength == 0) continue;
                const bool isMeant = before_.password || before_.pin || before_.code || recent_.isLately
                                         ? isAnswer(*candidate)
                                         : candidate->strength == 3 && candidate->isDescription;
                if (!isMeant) continue;
                take(candidate->secret);
                at = candidate->secret.last - 1;
            }
        }
    }

    /// Plain words behind "le mot de passe c'est", "the password is".
    void findPlainBehind() {
        for (const SecretCue& cue : cues_) {
            const std::string_view article = wordBefore(cue.first);
            if (cue.isPin || article == "du" || article == "sans" || article == "ce" || article == "no")
                continue;
            const bool isPhrase = line_.words[cue.first].text.starts_with("phrase") ||
                                  line_.words[cue.last - 1].text.starts_with("phrase") ||
                                  line_.words[cue.last - 1].text.starts_with("passphrase");
            for (const Copula& copula : copulasAfter(line_, cue.last)) {
                const auto plain = plainAt(line_, copula.last, isPhrase);
                if (!plain || !isFree(plain->secret)) continue;
                if (!copula.isStrong && !isPhrase && !plain->hasForm && !plain->isUpper && plain->words < 2 &&
                    !saysNew(line_, cue.first, copula.last))
                    continue;
                take(plain->secret);
                break;
            }
        }
    }

    /// "avec le mot de passe brise marine"
    void findPlainWith() {
        for (const SecretCue& cue : cues_) {
            const std::size_t at = cue.first;
            if (cue.isPin || cue.last >= size_ || at == 0) continue;
            const bool isWith =
                wordBefore(at) == "with" ||
                (at > 1 && (line_.words[at - 2].text == "avec" || line_.words[at - 2].text == "with"));
            if (!isWith) continue;
            const auto plain = plainAt(line_, cue.last, false);
            if (plain && isFree(plain->secret) && (plain->words >= 2 || plain->isUpper || plain->hasForm) &&
                !isProduct(line_.words[plain->secret.first].text))
                take(plain->secret);
        }
    }

    /// "identifiant accueil, mot de passe soleil"
    void findPlainOfLogin() {
        for (const SecretCue& cue : cues_) {
            static constexpr auto kLogins = std::to_array<std::string_view>(
                {"identifiant", "login", "utilisateur", "user", "username", "log"});
            if (cue.isPin || cue.last >= size_) continue;
            bool isLogin = false;
            for (std::size_t i = cue.first > 5 ? cue.first - 5 : 0; i < cue.first; ++i)
                isLogin = isLogin || isIn(kLogins, line_.words[i].text);
            const std::string_view article = wordBefore(cue.first);
            if (!isLogin || article == "le" || article == "ou" || article == "mon" || article == "or" ||
                article == "the" || article == "my")
                continue;
            const auto plain = plainAt(line_, cue.last, false);
            if (plain && isFree(plain->secret)) take(plain->secret);
        }
    }

    /// "it used to be snowball, that was the password"
    void findPlainBefore() {
        for (const SecretCue& cue : cues_) {
            std::size_t end = cue.first;
            while (end > 0 && cue.first - end < 5 && isLeadIn(line_.words[end - 1].text) &&
                   !isCut(line_, end - 1, ","))
                --end;
            if (cue.isPin || end == 0 || end == cue.first || !isCut(line_, end - 1, ",")) continue;
            bool isPointing = false;
            for (std::size_t i = end; i < cue.first; ++i)
                isPointing = isPointing || line_.words[i].text == "est" || line_.words[i].text == "s" ||
                             line_.words[i].text == "was" || line_.words[i].text == "is" ||
                             line_.words[i].text == "etait" || line_.words[i].text == "voila";
            if (!isPointing) continue;
            for (std::size_t at = end > 5 ? end - 5 : 0; at + 1 <= end; ++at) {
                if (at > 0 && line_.words[at - 1].text != "be" && line_.words[at - 1].text != "est" &&
                    line_.words[at - 1].text != "s" && line_.words[at - 1].text != "etait" &&
                    line_.words[at - 1].text != "was" && line_.words[at - 1].text != "is" &&
                    line_.words[at - 1].text != "with" && line_.words[at - 1].text != "avec" &&
                    line_.words[at - 1].text != "use" && !(at == 1 && isIntroduction(line_.words[0].text)))
                    continue;
                const auto plain = plainAt(line_, at, false);
                if (!plain || plain->secret.last > end || !isFree(plain->secret)) continue;
                // "azerty comme tout le monde, c'est mon mot de passe"
                if (plain->secret.last != end && line_.words[plain->secret.last].text != "comme" &&
                    line_.words[plain->secret.last].text != "like")
                    continue;
                take(plain->secret);
                break;
            }
        }
    }

    /// "j'ai mis pioupiou comme mot de passe", "we use rosebud as the password"
    void findPlainAs() {
        for (const SecretCue& cue : cues_) {
            std::size_t end = cue.first;
            while (end > 0 && (line_.words[end - 1].text == "the" || line_.words[end - 1].text == "my" ||
                               line_.words[end - 1].text == "a"))
                --end;
            if (cue.isPin || end < 3) continue;
            --end;
            if (line_.words[end].text != "comme" && line_.words[end].text != "as") continue;
            static constexpr auto kVerbs = std::to_array<std::string_view>(
                {"mets",  "mis",     "met",   "mettre", "choisi", "pris",  "use",    "used",
                 "using", "put",     "have",  "picked", "chose",  "avais", "ai",     "utilise",
                 "wrote", "written", "ecrit", "note",   "tape",   "typed", "essaye", "tried"});
            for (std::size_t at = end > 5 ? end - 5 : 0; at + 1 < end; ++at) {
                if (!isIn(kVerbs, line_.words[at].text)) continue;
                std::size_t from = at + 1;
                while (from < end &&
                       (line_.words[from].text == "toujours" || line_.words[from].text == "always" ||
                        line_.words[from].text == "just" || isIn(kVerbs, line_.words[from].text)))
                    ++from;
                if (from >= end) break;
                auto plain = plainAt(line_, from, false);
                if (!plain || plain->secret.last != end || !isFree(plain->secret)) break;
                take(plain->secret);
                break;
            }
        }
    }

    /// "Noisette 2025" that is set in a line that speaks of the password elsewhere.
    void findSet() {
        if (here_.password) {
            static const CueList kSets{{"mets"},      {"mettre"}, {"mis"}, {"met"}, {"mettez"},
                                       {"set it to"}, {"c est"},  {"put"}, {"it s"}};
            for (const CueList::Hit& hit : kSets.all(line_)) {
                const std::size_t at = hit.match.last;
                if (at >= size_ || isTaken_[at] || !startsUpper(line_, at)) continue;
                const auto candidate = candidateFrom(at);
                if (candidate && !candidate->startsWithNumber &&
                    (candidate->strength == 2 || (candidate->strength == 3 && candidate->isCertain)) &&
                    isFree(candidate->secret))
                    take(candidate->secret);
            }
        }
    }

    /// Digits that are dialled to open something.
    void findDialled() {
        if ((here_.lock || before_.lock) || here_.pin || before_.pin) {
            static const CueList kDials{
                {"je fais le"}, {"je fais"},  {"vous faites"}, {"faites le"}, {"fais le"}, {"tapez"},
                {"je tape"},    {"composez"}, {"compose"},     {"mettez"},    {"je mets"}, {"i do"},
                {"i press"},    {"i dial"},   {"press"},       {"dial"},      {"enter"},   {"type"},
                {"i put"},      {"avec"},     {"with"},        {"avec le"},   {"code"},    {"i type"}};
            for (const CueList::Hit& hit : kDials.all(line_)) {
                const std::size_t at = hit.match.last;
                if (at >= size_ || isTaken_[at]) continue;
                const auto candidate = candidateFrom(at);
                if (!candidate || candidate->isCount || !isFree(candidate->secret)) continue;
                if (candidate->strength != 1 && (candidate->strength != 3 || !candidate->startsWithNumber))
                    continue;
                if (candidate->secret.value.size() >= 4 && candidate->secret.value.size() <= 8 &&
                    !here_.passing)
                    take(candidate->secret);
            }
        }
        // "pour l'alarme c'est 7710"
        if (here_.lock && !here_.passing && !here_.otherNumber)
            for (std::size_t at = 2; at < size_; ++at) {
                const bool isTold = (wordBefore(at) == "est" && line_.words[at - 2].text == "c") ||
                                    (wordBefore(at) == "s" && line_.words[at - 2].text == "it") ||
                                    wordBefore(at) == "still" || wordBefore(at) == "toujours";
                if (!isTold || isTaken_[at]) continue;
                const auto candidate = candidateFrom(at);
                const bool isDialled =
                    candidate &&
                    (candidate->strength == 1 || (candidate->strength == 3 && candidate->startsWithNumber));
                if (isDialled && !candidate->isCount && isFree(candidate->secret) &&
                    candidate->secret.value.size() >= 4 && candidate->secret.value.size() <= 6 &&
                    isCut(line_, candidate->secret.last - 1, ".,;?!"))
                    take(candidate->secret);
            }
    }

    /// The answer to "et votre mot de passe ?", "le mot convenu ?".
    void findAnswer() {
        if (before_.asked && size_ <= 12) {
            std::size_t at = 0;
            while (at < size_ && isIntroduction(line_.words[at].text)) ++at;
            const bool isSame =
                index_ > 0 && finder_.conversation_.lines[index_ - 1].speaker == line_.speaker;
            if (at < size_ && !isSame) {
                const bool isPhrase = std::any_of(
                    finder_.conversation_.lines[index_ - 1].words.begin(),
                    finder_.conversation_.lines[index_ - 1].words.end(),
                    [](const Word& word) { return word.text.find("phrase") != std::string::npos; });
                const auto plain = plainAt(line_, at, isPhrase);
                if (plain && isFree(plain->secret) && size_ - plain->secret.last <= 5) take(plain->secret);
            }
        }
    }

    const SecretFinder& finder_;
    std::size_t index_;
    const Line& line_;
    std::size_t size_;
    const Topic& here_;
    Recent recent_;
    const Topic& before_ = recent_.topic;
    std::vector<bool> isTaken_;
    std::vector<bool> isNamed_;  // says what something else is called
    std::vector<SecretCue> cues_;
    std::vector<Secret> found_;
};

std::vector<Secret> SecretFinder::in(std::size_t index) const {
    return LineSearch{*this, index}.run();
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
                    } else if (!signOf(text) && !isCase(text) && !isJoint(text) && text.size() > 1) {
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
