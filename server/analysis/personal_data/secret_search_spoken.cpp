#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/plain_secrets.hpp"
#include "server/analysis/personal_data/secret_search.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <string>

/// Secrets as they slip out in the middle of a sentence, without "c'est" before them.
namespace ninja3cx::analysis {
namespace {

std::string_view wordAt(const Line& line, std::size_t at) {
    return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
}

/// What else has a number in the sentences below.
bool isThing(std::string_view word) {
    static constexpr auto kThings = std::to_array<std::string_view>(
        {"niveau",     "level",        "port",    "canal",      "channel",   "etape",     "step",
         "option",     "choix",        "touche",  "chapitre",   "essai",     "compte",    "account",
         "imprimante", "printer",      "serveur", "server",     "telephone", "licence",   "menu",
         "manager",    "gestionnaire", "vault",   "protection", "phone",     "extension", "desk",
         "bureau",     "colonne",      "column",  "cellule",    "cell"});
    return isIn(kThings, word);
}

/// Up to three plain words with a number behind them, and the signs behind that: "soleil vert 42 dièse".
std::optional<Secret> wordsWithNumberAt(const Line& line, std::size_t at) {
    constexpr std::size_t kMostWords = 3;
    Secret secret;
    secret.first = at;
    std::size_t next = at;
    while (next < line.words.size() && next < at + kMostWords && !numberAt(line.words, next)) {
        const std::string_view word = line.words[next].text;
        const bool isPlain = word.size() >= 3 && (!isStop(word) || (next == at && isWeakPassword(word))) &&
                             !isCase(word) && !isJoint(word) && signOf(word) == nullptr && word != "[]" &&
                             !isUnit(word) && !isNumberedThing(word) && !isThing(word);
        if (!isPlain || (next > at && isCut(line, next - 1, ".?!;:,"))) return std::nullopt;
        secret.value += rawWord(line, next);
        ++next;
    }
    if (next == at || (isProduct(line.words[at].text) && !isWeakPassword(line.words[at].text)))
        return std::nullopt;
    const std::size_t words = next;
    while (const auto number = numberAt(line.words, next)) {
        secret.value += number->digits;
        next = number->last;
    }
    if (next == words || isUnit(wordAt(line, next))) return std::nullopt;
    for (const SignWord* sign = signOf(wordAt(line, next)); sign && !sign->isPlain;
         sign = signOf(wordAt(line, next))) {
        secret.value += sign->sign;
        ++next;
    }
    secret.last = next;
    return secret;
}

/// "… ne marche plus", "… it says", the end.
bool goesWrongAt(const Line& line, std::size_t at) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"ne",   "n",      "marche", "passe",   "fonctionne", "est",  "il",  "elle",
         "ca",   "c",      "isn",    "doesn",   "does",       "is",   "won", "it",
         "isnt", "doesnt", "refuse", "et",      "and",        "mais", "but", "me",
         "non",  "not",    "wont",   "stopped", "has",        "hasn", "a",   "toujours"});
    return at >= line.words.size() || isIn(kWords, line.words[at].text) || isCut(line, at - 1, ".?!;:,");
}

}  // namespace

bool SecretFinder::LineSearch::isEchoed(const Secret& secret) const {
    const auto& lines = finder_.conversation_.lines;
    if (index_ + 1 >= lines.size() || lines[index_ + 1].speaker == line_.speaker) return false;
    const auto& words = lines[index_ + 1].words;
    const std::size_t length = secret.last - secret.first;
    for (std::size_t from = 0; from <= 2 && from + length <= words.size(); ++from)
        if (std::equal(words.begin() + static_cast<std::ptrdiff_t>(from),
                       words.begin() + static_cast<std::ptrdiff_t>(from + length),
                       line_.words.begin() + static_cast<std::ptrdiff_t>(secret.first),
                       [](const Word& a, const Word& b) { return a.text == b.text; }))
            return true;
    return false;
}

void SecretFinder::LineSearch::findFailing() {
    static constexpr auto kMine =
        std::to_array<std::string_view>({"mon", "notre", "son", "my", "our", "his", "her", "leur", "their",
                                         "ancien", "nouveau", "new", "old"});
    for (const SecretCue& cue : cues_) {
        if (cue.isPin || cue.last >= size_ || (cue.first > 0 && !isIn(kMine, wordBefore(cue.first))))
            continue;
        if (isCut(line_, cue.last - 1, ".?!;")) continue;
        const bool isKnown = line_.words[cue.last].text == "azerty" || line_.words[cue.last].text == "qwerty";
        auto secret = wordsWithNumberAt(line_, cue.last);
        if (!secret && isKnown) secret = Secret{line_.words[cue.last].text, cue.last, cue.last + 1};
        if (secret && goesWrongAt(line_, secret->last)) take(*std::move(secret));
    }
}

void SecretFinder::LineSearch::findTyped() {
    static const CueList kTypes{
        {"i type"},      {"i typed"},   {"i put in"},   {"i enter"},     {"i entered"}, {"i try"},
        {"i tried"},     {"typing"},    {"i key in"},   {"i keyed in"},  {"i type in"}, {"i typed in"},
        {"i put"},       {"je tape"},   {"j ai tape"},  {"je mets"},     {"j ai mis"},  {"je rentre"},
        {"j ai rentre"}, {"je saisis"}, {"j ai saisi"}, {"j ai essaye"}, {"j essaye"},  {"j essaie"},
        {"j entre"},     {"on tape"},   {"on met"},     {"avec"},        {"we type"},   {"we use"}};
    if (!here_.password) return;
    for (const CueList::Hit& hit : kTypes.all(line_)) {
        auto secret = wordsWithNumberAt(line_, hit.match.last);
        if (secret && goesWrongAt(line_, secret->last)) take(*std::move(secret));
    }
}

void SecretFinder::LineSearch::findNew() {
    if (!here_.password && !before_.password && !recent_.isLately) return;
    static const CueList kChanges{{"change*"},   {"reinitialis*"}, {"reset*"},     {"remets"},
                                  {"mets"},      {"un nouveau"},   {"le nouveau"}, {"new one"},
                                  {"a new one"}, {"another"},      {"un autre"},   {"redonne"}};
    static const CueList kReveals{{"ce sera"},    {"ca sera"},     {"sera"},         {"it ll be"},
                                  {"will be"},    {"going to be"}, {"it will be"},   {"this will be"},
                                  {"that ll be"}, {"itll be"},     {"that will be"}, {"this ll be"}};
    // "je vous le change" - "merci" - "ce sera citron vert neuf"
    const bool isHere = kChanges.first(line_).has_value();
    bool isBefore = false;
    for (std::size_t back = 1; back <= 2 && back <= index_; ++back) {
        const Line& line = finder_.conversation_.lines[index_ - back];
        isBefore = isBefore || (line.speaker == line_.speaker && kChanges.first(line));
    }
    if (!isHere && !isBefore) return;
    for (const CueList::Hit& hit : kReveals.all(line_)) {
        constexpr std::size_t kOpening = 2;  // words before it
        if (!isHere && hit.match.first > kOpening) continue;
        auto secret = wordsWithNumberAt(line_, hit.match.last);
        if (!secret)
            if (auto plain = plainAt(line_, hit.match.last, false); plain && isEchoed(plain->secret))
                secret = plain->secret;
        if (secret) take(*std::move(secret));
    }
}

void SecretFinder::LineSearch::findAccess() {
    static const CueList kAccess{{"mes acces ~ est"},
                                 {"vos acces ~ est"},
                                 {"mes acces ~ sont"},
                                 {"vos acces ~ sont"},
                                 {"mes identifiants ~ est"},
                                 {"vos identifiants ~ est"},
                                 {"mes identifiants ~ sont"},
                                 {"vos identifiants ~ sont"},
                                 {"my login ~ is"},
                                 {"your login ~ is"},
                                 {"my logins are"},
                                 {"my credentials are"},
                                 {"your credentials are"},
                                 {"my details are"},
                                 {"my login s"},
                                 {"my log in is"}};
    for (const CueList::Hit& hit : kAccess.all(line_)) {
        const std::size_t login = hit.match.last;
        const std::string_view link = wordAt(line_, login + 1);
        if ((link != "et" && link != "and") || isStop(line_.words[login].text)) continue;
        auto secret = wordsWithNumberAt(line_, login + 2);
        if (secret && goesWrongAt(line_, secret->last)) take(*std::move(secret));
    }
}

void SecretFinder::LineSearch::findWeak() {
    const auto isTelling = [](std::string_view word) { return isCopula(word) || isEmphasis(word); };
    const auto takeAt = [&](std::size_t at) { take({line_.words[at].text, at, at + 1}); };
    for (std::size_t at = 0; at < size_; ++at) {
        if (!isWeakPassword(line_.words[at].text)) continue;
        if (auto secret = wordsWithNumberAt(line_, at); secret && before_.asked) take(*std::move(secret));
        const bool isEnd = at + 1 >= size_ || isCut(line_, at, ".,;?!") ||
                           line_.words[at + 1].text == "tout" || line_.words[at + 1].text == "et" ||
                           line_.words[at + 1].text == "and";
        if (!isEnd) continue;
        if (before_.asked && (size_ == 1 || isTelling(wordBefore(at)))) takeAt(at);
        for (const SecretCue& cue : cues_) {
            if (cue.isPin || cue.last > at || at - cue.last > 4 || at == cue.last) continue;
            const bool isDirect =
                std::all_of(line_.words.begin() + static_cast<std::ptrdiff_t>(cue.last),
                            line_.words.begin() + static_cast<std::ptrdiff_t>(at), [&](const Word& word) {
                                return isTelling(word.text) || word.text == "c" || word.text == "it";
                            });
            if (isDirect) takeAt(at);
        }
    }
}

void SecretFinder::LineSearch::findSized() {
    static constexpr auto kSizes = std::to_array<std::string_view>(
        {"grand", "petit", "big", "little", "small", "capital", "majuscule", "minuscule", "lower", "upper"});
    if (!here_.password && !before_.password && !before_.asked && !recent_.isLately) return;
    for (std::size_t at = 0; at < size_; ++at) {
        Secret secret;
        secret.first = at;
        std::size_t letters = 0;
        std::size_t next = at;
        while (next + 1 < size_ && isIn(kSizes, line_.words[next].text) &&
               line_.words[next + 1].text.size() == 1 && hasLetter(line_.words[next + 1].text)) {
            const std::string_view size = line_.words[next].text;
            const char letter = line_.words[next + 1].text[0];
            const bool isGreat = size == "grand" || size == "big" || size == "capital" ||
                                 size == "majuscule" || size == "upper";
            secret.value += isGreat ? static_cast<char>(letter - 'a' + 'A') : letter;
            ++letters;
            next += 2;
        }
        if (letters < 2) continue;
        while (const auto number = numberAt(line_.words, next)) {
            secret.value += number->digits;
            next = number->last;
        }
        secret.last = next;
        take(std::move(secret));
        at = next - 1;
    }
}

void SecretFinder::LineSearch::findAnnouncedAfter() {
    static const CueList kSaying{{"c est votre mot de passe"}, {"c est votre nouveau mot de passe"},
                                 {"voila votre mot de passe"}, {"voila votre nouveau mot de passe"},
                                 {"c est le mot de passe"},    {"c est le nouveau mot de passe"},
                                 {"c est ton ~ mot de passe"}, {"that s your password"},
                                 {"that s your new password"}, {"that s the password"},
                                 {"that s the new password"},  {"that is your ~ password"}};
    constexpr std::size_t kShort = 9;  // words
    const auto& lines = finder_.conversation_.lines;
    if (index_ + 1 >= lines.size() || size_ > kShort || size_ == 0) return;
    const Line& next = lines[index_ + 1];
    if (next.words.size() > kShort || !kSaying.first(next)) return;
    std::size_t at = 0;
    while (at < size_ && isLeadIn(line_.words[at].text)) ++at;
    if (at >= size_ || words_.isTaken(at)) return;
    const auto candidate = candidateFrom(at);
    if (candidate && candidate->strength >= Strength::WordsThenDigits) take(candidate->secret);
}

}  // namespace ninja3cx::analysis
