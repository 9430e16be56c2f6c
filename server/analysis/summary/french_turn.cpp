#include "server/analysis/summary/french_turn.hpp"

#include "server/analysis/summary/french_verbs.hpp"
#include "server/analysis/words/words.hpp"

#include <array>

namespace ninja3cx::analysis {
namespace {

class FrenchTurn {
public:
    FrenchTurn(Tokens& tokens, bool isCallerSubject, Gender gender)
        : tokens_{tokens},
          gender_{gender},
          pronoun_{gender == Gender::Woman ? "elle"
                   : gender == Gender::Man ? "il"
                                           : ""},
          isReflexive_{isCallerSubject} {}

    /// False: it cannot be turned.
    bool all() {
        QuoteWatch quotes;
        for (at_ = 0; at_ < tokens_.size(); ++at_) {
            if (quotes.isInside(token())) continue;
            followSubject();
            if (const auto isEnough = word()) return *isEnough;
        }
        return true;
    }

private:
    /// Nothing: go on. Else the text ends before this word, and whether enough is left of it.
    using End = std::optional<bool>;

    Token& token() { return tokens_[at_]; }
    std::string_view before() const {
        return at_ > 0 ? std::string_view{tokens_[at_ - 1].plain} : std::string_view{};
    }
    static void put(Token& token, std::string_view written) {
        token.written = written;
        token.plain = folded(written);
    }
    void put(std::string_view written) { put(token(), written); }
    /// Not where "on entend bien les clients mais eux nous …" would only tell what is well.
    bool endBefore(std::size_t at) { return !isBehindBut(at) && cutBefore(tokens_, at); }
    bool isBehindBut(std::size_t at) const {
        constexpr std::size_t kNear = 3;
        for (std::size_t back = 0; back <= kNear && back <= at; ++back)
            if (at - back < tokens_.size() && tokens_[at - back].plain == "mais") return true;
        return false;
    }
    std::size_t oneBack() const { return at_ > 1 ? at_ - 1 : at_; }

    /// Behind another subject "me" is not the caller's own.
    void followSubject() {
        if (isCut(token().gap) || isOneOf(token().plain, {"il", "elle", "ca", "on", "ils", "elles", "qui",
                                                          "c", "et", "mais", "que", "quand"}))
            isReflexive_ = false;
    }

    End word() {
        const std::string plain = token().plain;
        if (putPossessive(plain)) return std::nullopt;
        if (isOneOf(plain, {"vous", "votre", "vos", "tu", "toi", "ton", "mien", "mienne", "notres"}))
            return endBefore(at_);
        if (plain == "moi") return stressedMe();
        if (plain == "nous" && isOneOf(before(), {"chez", "pour", "avec", "a", "sur", "c", "que"}))
            return stressedUs();
        if (isOneOf(plain, {"je", "j"})) return subject();
        if (isOneOf(plain, {"me", "m"})) return object(plain == "m");
        if (plain == "nous") return we();
        const bool isWithoutSubject = isOneOf(plain, {"ai", "suis"}) &&  // its "je" was not heard
                                      !isOneOf(before(), {"n", "y", "en", "l", "ne", "s", "lui", "se"});
        if (isWithoutSubject) return endBefore(at_);
        return std::nullopt;
    }

    bool putPossessive(std::string_view plain) {
        static constexpr auto kPossessives = std::to_array<Verb>(
            {{"mon", "son"}, {"ma", "sa"}, {"mes", "ses"}, {"notre", "leur"}, {"nos", "leurs"}});
        for (const Verb& possessive : kPossessives)
            if (plain == possessive.first) {
                put(possessive.third);
                return true;
            }
        return false;
    }

    /// "chez moi", "moi, je …"
    End stressedMe() {
        // "rappelez-moi": an order to the technician.
        if (token().gap == "-") return endBefore(at_ - 1);
        const bool isTopic = !isOneOf(before(), {"chez", "pour", "avec", "a", "de", "sur", "c", "que", "est",
                                                 "et", "par", "d", "sans", "comme"});
        if (isTopic) {
            erase(tokens_, at_, 1);
            --at_;
            return std::nullopt;
        }
        if (before() != "chez" || at_ < 2) return endBefore(at_);
        if (pronoun_.empty()) return endBefore(at_ - 1);
        put(gender_ == Gender::Woman ? "elle" : "lui");
        return std::nullopt;
    }

    /// "chez nous"
    End stressedUs() {
        if (token().gap == "-") return endBefore(at_ - 1);
        const bool isSubject = at_ + 1 < tokens_.size() && tokens_[at_ + 1].plain.ends_with("ons");
        if (!isOneOf(before(), {"chez", "pour", "avec"}) || isSubject) return endBefore(at_);
        put("eux");
        return std::nullopt;
    }

    /// "… que je vois" is "… qu'il voit".
    End subject() {
        if (pronoun_.empty()) return endBefore(at_);
        std::size_t verb = at_ + 1;
        while (verb < tokens_.size() && isPronounObject(tokens_[verb].plain)) ++verb;
        const auto third = verb < tokens_.size() ? thirdPerson(tokens_[verb]) : std::nullopt;
        if (!third) return endBefore(at_);
        put(pronoun_);
        if (tokens_[at_ + 1].gap == "'") tokens_[at_ + 1].gap = " ";
        if (isOneOf(before(), {"que", "parce que", "lorsque", "puisque"}))
            elide(before().substr(0, before().size() - 1));
        if (before() == "si" && gender_ == Gender::Man) elide("s");
        put(tokens_[verb], *third);
        isReflexive_ = true;
        return std::nullopt;
    }
    /// "que" before a vowel.
    void elide(std::string_view written) {
        tokens_[at_ - 1].written = written;
        token().gap = "'";
    }

    /// "je me connecte" is "il se connecte", "il me demande" is "il lui demande".
    End object(bool isElided) {
        if (at_ + 1 >= tokens_.size()) return false;
        Token& next = tokens_[at_ + 1];
        if (isReflexive_) {
            put(isElided ? "s" : "se");
            if (isElided && next.gap == " ") next.gap = "'";
            return std::nullopt;
        }
        if (isOneOf(next.plain, {"le", "la", "les", "l"})) return endBefore(at_ - (at_ > 0 ? 1 : 0));
        const bool isPerfect = isOneOf(next.plain, {"a", "ont", "avait", "avaient", "aurait"});
        const std::size_t verb = at_ + 1 + (isPerfect ? 1 : 0);
        if (verb < tokens_.size() && takesADative(tokens_[verb].plain)) {
            put("lui");
            if (next.gap == "'") next.gap = " ";
            return std::nullopt;
        }
        if (isPerfect || !isOwnInfinitive(next.plain)) return endBefore(oneBack());
        put(isElided ? "s" : "se");
        return std::nullopt;
    }
    /// An infinitive after the caller's own verb: "à me connecter".
    bool isOwnInfinitive(std::string_view form) const {
        return isOneOf(before(), {"a", "de", "pour", "peux", "peut", "sans", "arrive"}) &&
               (form.ends_with("er") || form.ends_with("ir") || form.ends_with("re"));
    }

    /// "nous avons" is "ils ont", "il nous demande" is "il leur demande".
    End we() {
        if (token().gap == "-") return endBefore(at_ - 1);
        std::size_t verb = at_ + 1;
        std::size_t itself = 0;  // the second of "nous nous sommes"
        while (verb < tokens_.size() &&
               isOneOf(tokens_[verb].plain, {"ne", "n", "les", "le", "la", "l", "y", "en", "nous"})) {
            if (tokens_[verb].plain == "nous") itself = verb;
            ++verb;
        }
        if (verb >= tokens_.size()) return endBefore(at_);
        const std::string_view form = tokens_[verb].plain;
        if (form.ends_with("ons") || form == "sommes") return weDo(verb, itself);
        if (!takesADative(form)) return endBefore(oneBack());
        put("leur");
        return std::nullopt;
    }
    End weDo(std::size_t verb, std::size_t itself) {
        const auto third = thirdPersonPlural(tokens_[verb]);
        if (!third) return endBefore(at_);
        put("ils");
        if (itself > 0) put(tokens_[itself], "se");
        if (before() == "que") elide("qu");
        put(tokens_[verb], *third);
        return std::nullopt;
    }

    Tokens& tokens_;
    const Gender gender_;
    const std::string_view pronoun_;
    bool isReflexive_;
    std::size_t at_ = 0;
};

}  // namespace

bool turnFrench(Tokens& tokens, bool isCallerSubject, Gender gender) {
    return FrenchTurn{tokens, isCallerSubject, gender}.all();
}

}  // namespace ninja3cx::analysis
