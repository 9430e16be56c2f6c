#include "server/analysis/personal_data/plain_secrets.hpp"
#include "server/analysis/personal_data/secret_search.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>

/// Secrets of plain words.
namespace ninja3cx::analysis {
namespace {

/// Said before an answer.
bool isIntroduction(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"oui",       "em",        "er",       "hmm",    "alors",     "attendez", "ouais",    "ben",
         "bah",       "c",         "tout",     "all",    "lower",     "case",     "en",       "minuscules",
         "minuscule", "lowercase", "vraiment", "really", "literally", "just",     "juste",    "bete",
         "nothing",   "fancy",     "si",       "euh",    "um",        "still",    "toujours", "est",
         "it",        "its",       "s",        "is",     "so",        "yes",      "yeah",     "ah",
         "oh",        "ok",        "okay",     "uh",     "hang",      "on",       "well",     "sure",
         "ses",       "d",         "accord"});
    return isIn(kWords, word);
}

}  // namespace

void SecretFinder::LineSearch::findPlainBehind() {
    for (const SecretCue& cue : cues_) {
        const std::string_view article = wordBefore(cue.first);
        if (cue.isPin || article == "du" || article == "sans" || article == "ce" || article == "no") continue;
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

void SecretFinder::LineSearch::findPlainWith() {
    for (const SecretCue& cue : cues_) {
        const std::size_t at = cue.first;
        if (cue.isPin || cue.last >= size_ || at == 0) continue;
        const bool isWith =
            wordBefore(at) == "with" ||
            (at > 1 && (line_.words[at - 2].text == "avec" || line_.words[at - 2].text == "with"));
        if (!isWith) continue;
        const auto plain = plainAt(line_, cue.last, false);
        if (plain && (plain->words >= 2 || plain->isUpper || plain->hasForm) &&
            !isProduct(line_.words[plain->secret.first].text))
            take(plain->secret);
    }
}

void SecretFinder::LineSearch::findPlainOfLogin() {
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
        if (plain) take(plain->secret);
    }
}

void SecretFinder::LineSearch::findPlainBefore() {
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

void SecretFinder::LineSearch::findPlainAs() {
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
            if (plain && plain->secret.last == end) take(plain->secret);
            break;
        }
    }
}

std::optional<PlainSecret> SecretFinder::LineSearch::namesakeAtEnd() const {
    static constexpr auto kOwners =
        std::to_array<std::string_view>({"prenom", "nom", "chien", "chat", "fille", "fils", "name", "dog",
                                         "cat", "daughter", "son", "village"});
    const bool isOfOwner = std::any_of(line_.words.begin(), line_.words.end(),
                                       [](const Word& word) { return isIn(kOwners, word.text); });
    if (!isOfOwner || size_ < 3) return std::nullopt;
    const std::size_t at = size_ - 1;
    const std::string_view before = wordBefore(at);
    const std::string_view word = line_.words[at].text;
    // "le prénom de ma fille": its owner, not the name.
    const bool isTold = isIn(kOwners, before) || before == "est" || before == "is" || before == "s";
    if (!isTold || isIn(kOwners, word) || isStop(word) || isJoint(word) || word.size() < 3)
        return std::nullopt;
    PlainSecret plain;
    plain.secret = {std::string{rawWord(line_, at)}, at, size_};
    return plain;
}

void SecretFinder::LineSearch::findAnswer() {
    if (before_.asked && size_ <= 12) {
        std::size_t at = 0;
        while (at < size_ && isIntroduction(line_.words[at].text)) ++at;
        // "mot de passe ?" - "euh" - "Licorne"
        const auto isHesitation = [](const Line& line) {
            return std::all_of(line.words.begin(), line.words.end(),
                               [](const Word& word) { return isIntroduction(word.text); });
        };
        const bool isSame = index_ > 0 && finder_.conversation_.lines[index_ - 1].speaker == line_.speaker &&
                            !isHesitation(finder_.conversation_.lines[index_ - 1]);
        if (at < size_ && !isSame) {
            const bool isPhrase =
                std::any_of(finder_.conversation_.lines[index_ - 1].words.begin(),
                            finder_.conversation_.lines[index_ - 1].words.end(),
                            [](const Word& word) { return word.text.find("phrase") != std::string::npos; });
            // "Karine le connaît", "ask Karen"
            static constexpr auto kKnowing = std::to_array<std::string_view>(
                {"connait", "connaissent", "sait", "savent", "knows", "know", "ask", "demandez", "demander"});
            const bool isOfOther = std::any_of(line_.words.begin(), line_.words.end(),
                                               [](const Word& word) { return isIn(kKnowing, word.text); });
            auto plain = plainAt(line_, at, isPhrase);
            if (!plain) plain = namesakeAtEnd();
            if (plain && !isOfOther && size_ - plain->secret.last <= 5) take(plain->secret);
        }
    }
}

}  // namespace ninja3cx::analysis
