#include "server/language_model/polarity.hpp"

#include "server/language_model/report_words.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;

constexpr std::size_t kReach = 5;         // words between a negation and what it is about
constexpr std::size_t kTroubleReach = 5;  // words between a trouble and what has it

constexpr std::string_view kConjunctions =
    " et mais puis donc car parce ensuite alors and but so because then ";
constexpr std::string_view kFrenchBehind = " pas plus jamais rien guere aucun aucune ";
constexpr std::string_view kFrenchAlone =
    " non aucun aucune sans ni jamais rien impossible impossibilite incapable refus refuse refusee refuses "
    "refusent refuser refusait ";
constexpr std::string_view kEnglish =
    " not t no never without nor neither nothing cannot unable impossible refuse refuses refused refusing ";
constexpr std::string_view kTroubles =
    " probleme problemes incident incidents panne erreur erreurs echec difficulte difficultes defaut perte "
    "blocage impossible impossibilite problem problems issue issues trouble failure failures error errors "
    "lost "
    "unable fails failed failing ";
/// "plus tard", "en plus", "non plus", "de plus": no negation.
constexpr std::string_view kBeforeMore = " en de au non le la les ";
constexpr std::string_view kBehindMore = " tard tot que vite ";

class Reader {
public:
    Reader(std::string_view text, const std::vector<Word>& words, bool isEnglish, bool isSpeech)
        : text_(text), words_(words), isEnglish_(isEnglish), isSpeech_(isSpeech) {
        static const WordSet kEnglishSet{kEnglishGrammar};
        static const WordSet kFrenchSet{kFrenchGrammar};
        const WordSet& grammar = isEnglish ? kEnglishSet : kFrenchSet;
        for (std::size_t at = 0; at < words.size(); ++at) {
            areContent_.push_back(words[at].text != "[]" && !grammar.has(words[at].text));
            areTroubles_.push_back(is(at, kTroubles));
            areBreaks_.push_back(beginsClause(at));
        }
    }

    PolarityReading read() {
        for (std::size_t at = 0; at < words_.size(); ++at)
            reading_.words.push_back(isContent(at) ? Polarity::Stated : Polarity::Grammar);
        for (std::size_t at = 0; at < words_.size(); ++at) {
            if (isEnglish_)
                readEnglish(at);
            else
                readFrench(at);
        }
        const std::vector<bool> besideDenied = inClausesWithADeniedWord();
        for (std::size_t at = 0; at < words_.size(); ++at)
            reading_.mayHaveBeenDenied.push_back(areTroubles_[at] || isBesideTrouble(at) || besideDenied[at]);
        return std::move(reading_);
    }

private:
    bool is(std::size_t at, std::string_view list) const {
        return at < words_.size() && isListed(list, words_[at].text);
    }
    bool isContent(std::size_t at) const { return areContent_[at]; }
    bool breaksBefore(std::size_t at) const { return areBreaks_[at]; }
    bool isTrouble(std::size_t at) const { return at < words_.size() && areTroubles_[at]; }
    bool beginsClause(std::size_t at) const {
        if (at == 0) return true;
        const auto from = static_cast<std::size_t>(words_[at - 1].end);
        const auto between = text_.substr(from, static_cast<std::size_t>(words_[at].begin) - from);
        return between.find_first_of(".,;:!?()") != std::string_view::npos || is(at, kConjunctions);
    }

    std::optional<std::size_t> contentAfter(std::size_t at) const {
        for (std::size_t next = at + 1; next < words_.size() && next <= at + kReach; ++next) {
            if (breaksBefore(next)) return std::nullopt;
            if (isContent(next)) return next;
        }
        return std::nullopt;
    }
    std::optional<std::size_t> contentBefore(std::size_t at) const {
        for (std::size_t steps = 0; steps < kReach && at > 0 && !breaksBefore(at); ++steps)
            if (isContent(--at)) return at;
        return std::nullopt;
    }

    void deny(std::size_t at, Polarity as = Polarity::Denied) {
        if (reading_.words[at] != Polarity::Denied) reading_.words[at] = as;
    }
    void denyOne(std::optional<std::size_t> first, std::optional<std::size_t> otherwise,
                 Polarity as = Polarity::Denied) {
        if (const auto at = first ? first : otherwise)
            deny(*at, as);
        else
            reading_.hasNegationOfNothing = true;
    }

    void readEnglish(std::size_t at) {
        if (!is(at, kEnglish)) return;
        denyOne(contentAfter(at), contentBefore(at));
    }

    void readFrench(std::size_t at) {
        if (const auto begin = beginOfNegation(at)) {  // "ne … pas": the verb between, or what follows
            bool isVerbBetween = false;
            for (std::size_t inside = *begin + 1; inside < at; ++inside)
                if (isContent(inside)) {
                    deny(inside);
                    isVerbBetween = true;
                }
            if (!isVerbBetween || is(at, " aucun aucune ")) denyOne(contentAfter(at), contentBefore(at));
            return;
        }
        if (is(at, kFrenchAlone)) {
            if (words_[at].text == "non" && is(at + 1, " plus ")) return;
            if (words_[at].text == "non" && isSpeech_ && breaksBefore(at)) return;  // an answer
            const bool isOfWhatFollows = !words_[at].text.starts_with("impossib") || contentAfter(at);
            return denyOne(isOfWhatFollows ? contentAfter(at) : std::nullopt, contentBefore(at));
        }
        const bool isMore = is(at, " plus ");
        if (!isMore && !is(at, " pas ")) return;
        if (isMore && ((at > 0 && is(at - 1, kBeforeMore)) || is(at + 1, kBehindMore))) return;
        const bool isDirect = at > 0 && !breaksBefore(at) && isContent(at - 1);  // "marche pas"
        denyOne(isDirect ? std::optional{at - 1} : contentAfter(at), contentBefore(at),
                isMore && isSpeech_ ? Polarity::Either : Polarity::Denied);
        if (isSpeech_ && isDirect)  // "session plus ouverte": it may as well be what follows
            if (const auto next = contentAfter(at)) deny(*next, Polarity::Either);
    }

    std::optional<std::size_t> beginOfNegation(std::size_t at) const {
        if (!is(at, kFrenchBehind)) return std::nullopt;
        for (std::size_t steps = 1; steps <= kReach && steps <= at; ++steps) {
            if (is(at - steps, " ne n ")) return at - steps;
            if (breaksBefore(at - steps)) return std::nullopt;
        }
        return std::nullopt;
    }

    /// Of each word: whether another one of its clause is denied. Somebody may speak long without a break.
    std::vector<bool> inClausesWithADeniedWord() const {
        const std::vector<Polarity>& said = reading_.words;
        std::vector<bool> all;
        for (std::size_t begin = 0; begin < said.size();) {
            std::size_t end = begin + 1;
            while (end < said.size() && !breaksBefore(end)) ++end;
            const auto denied = std::count(said.begin() + static_cast<std::ptrdiff_t>(begin),
                                           said.begin() + static_cast<std::ptrdiff_t>(end), Polarity::Denied);
            for (; begin < end; ++begin) all.push_back(denied > (said[begin] == Polarity::Denied ? 1 : 0));
        }
        return all;
    }

    bool isBesideTrouble(std::size_t at) const {
        for (std::size_t steps = 1; steps <= kTroubleReach && steps <= at; ++steps) {
            if (breaksBefore(at - steps + 1)) break;
            if (isTrouble(at - steps)) return true;
        }
        return isTrouble(at + 1) && !breaksBefore(at + 1);  // "connexion impossible", "login failure"
    }

    const std::string_view text_;
    const std::vector<Word>& words_;
    const bool isEnglish_;
    const bool isSpeech_;
    std::vector<bool> areContent_;
    std::vector<bool> areTroubles_;
    std::vector<bool> areBreaks_;
    PolarityReading reading_;
};

}  // namespace

PolarityReading polarityOf(std::string_view text, const std::vector<Word>& words, bool isEnglish,
                           bool isSpeech) {
    return Reader{text, words, isEnglish, isSpeech}.read();
}

}  // namespace ninja3cx::language_model
