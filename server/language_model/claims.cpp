#include "server/language_model/claims.hpp"

#include "server/analysis/summary/wording.hpp"
#include "server/language_model/entity_form.hpp"
#include "server/language_model/report_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;
using analysis::wordsOf;
using Words = std::vector<std::string>;

constexpr std::size_t kTelling = 4;
constexpr std::size_t kStem = 6;
constexpr std::size_t kVerbReach = 6;  // words between a name and what its bearer does
constexpr std::string_view kParticles = " de du des d la le les l et of and the van von ";
constexpr std::string_view kTitles = " m mme mr mrs ms monsieur madame mademoiselle ";
constexpr std::string_view kNegations = " pas jamais aucun aucune rien ni ne n not never no cannot t ";
constexpr std::string_view kFrenchSaying =
    " appelle appel appelant dit indique signale demande precise explique confirme rapporte souhaite "
    "constate "
    "rencontre informe besoin communique probleme ";
constexpr std::string_view kEnglishSaying =
    " calls called calling says said reports reported reporting asks asked explains explained describes "
    "confirms confirmed wants needs requests requested told issue problem ";
constexpr std::string_view kBeforeOwnName = " suis ici nom bonjour hi hello ";
constexpr std::string_view kBeforeCompany =
    " chez societe entreprise cabinet groupe maison garage from at company firm of ";
constexpr std::string_view kBeforeSite = " site agence bureau depot magasin office branch shop at ";
constexpr std::string_view kBeforePerson =
    " monsieur madame mademoiselle m mme mr mrs ms collegue suis bonjour name prenom nom colleague miss ";
constexpr std::string_view kAfterOwnName = " bonjour de du chez from here speaking a oui hello calling ";
constexpr std::string_view kAccording = " selon d apres according to ";
constexpr std::string_view kCustomers =
    " client cliente utilisateur utilisatrice customer caller user appelant appelante ";
constexpr std::string_view kTechnicians = " technicien technicienne technician agent ";
constexpr auto kNoTime = std::to_array<std::string_view>(
    {" depuis demain ", " depuis apres demain ", " depuis lundi prochain ", " depuis la semaine prochaine ",
     " depuis le mois prochain ", " depuis mardi prochain ", " depuis mercredi prochain ",
     " depuis jeudi prochain ", " depuis vendredi prochain ", " since tomorrow ", " since next ",
     " since the day after ", " rappellera hier ", " back yesterday ", " sera rappele hier ",
     " sera rappelee hier ", " demain dernier ", " tomorrow ago "});

Words foldedOf(std::string_view text) {
    Words folded;
    for (const Word& word : wordsOf(text)) folded.push_back(word.text);
    return folded;
}

bool isFigures(const std::string& word) {
    return word.find_first_of("0123456789") != std::string::npos;
}

bool hasForm(const Words& words, const std::string& wanted) {
    const auto beginsAlike = [&](const std::string& word) {  // "rappelle", "rappellera"
        return wanted.size() >= kStem && word.starts_with(std::string_view{wanted}.substr(0, kStem));
    };
    return std::ranges::any_of(
        words, [&](const std::string& word) { return isForm(word, wanted) || beginsAlike(word); });
}

std::size_t formsIn(const Words& words, const Words& wanted) {
    return static_cast<std::size_t>(
        std::ranges::count_if(wanted, [&](const std::string& word) { return hasForm(words, word); }));
}

bool hasHalf(const Words& words, const Words& wanted) {
    return 2 * formsIn(words, wanted) >= wanted.size();
}

bool isNegated(const Words& words) {
    return std::ranges::any_of(
        words, [](const std::string& word) { return word == "plus" || isListed(kNegations, word); });
}

/// What a negation is about: the first word that says something behind it. Empty: none.
std::string deniedIn(const Words& words, const Words& content) {
    bool isBehind = false;
    for (const std::string& word : words) {
        if (isBehind && std::ranges::find(content, word) != content.end()) return word;
        isBehind = isBehind || isListed(kNegations, word) || word == "plus";
    }
    return {};
}

bool denies(const Words& words, const std::string& denied) {
    return isNegated(words) && (denied.empty() || hasForm(words, denied));
}

bool isPartOf(const std::string& word, const Spoken::Name& name) {
    return !isListed(kParticles, word) && std::ranges::find(name.words, word) != name.words.end();
}

bool sharesWord(const Spoken::Name& a, const Words& words) {
    return std::ranges::any_of(words, [&](const std::string& word) { return isPartOf(word, a); });
}

/// A turn of one side that gives this name as the speaker's own.
bool givesOwnName(const Spoken::Turn& turn, const Spoken::Name& name) {
    for (std::size_t at = 0; at < turn.words.size(); ++at) {
        if (!isPartOf(turn.words[at], name)) continue;
        if (at > 0 && isListed(kBeforeOwnName, turn.words[at - 1])) return true;
        if (at > 1 && isListed(" est is appelle ", turn.words[at - 1]) &&
            isListed(" c this name m ", turn.words[at - 2]))
            return true;
        std::size_t after = at;
        while (after < turn.words.size() && isPartOf(turn.words[after], name)) ++after;
        if (at == 0 && (after == turn.words.size() || isListed(kAfterOwnName, turn.words[after])))
            return true;
        const std::size_t end = std::min(turn.words.size(), at + 1 + name.words.size() + 2);
        for (std::size_t next = at + 1; next < end; ++next)
            if (isListed(" appareil speaking ", turn.words[next])) return true;
        while (at + 1 < turn.words.size() && isPartOf(turn.words[at + 1], name)) ++at;
    }
    return false;
}

bool isCaller(const Spoken::Name& name, const Spoken& spoken) {
    return name.kind == "person" && std::ranges::any_of(spoken.turns(), [&](const Spoken::Turn& turn) {
               return turn.isCustomers && givesOwnName(turn, name);
           });
}

std::vector<Words> clausesOf(std::string_view text) {
    std::vector<Words> clauses;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool isEnd = at == text.size() || text[at] == ',' || text[at] == ';' || text[at] == ':';
        if (!isEnd) continue;
        clauses.push_back(foldedOf(text.substr(begin, at - begin)));
        begin = at + 1;
    }
    return clauses;
}

class Sentence {
public:
    Sentence(const std::string& text, const Spoken& spoken)
        : text_(text),
          spoken_(spoken),
          words_(foldedOf(text)),
          content_(contentOf(text, spoken)),
          saying_(spoken.language() == "en" ? kEnglishSaying : kFrenchSaying) {}

    bool isFalse() const {
        return isImpossibleTime() || isAtSomebodyElses() || areNamesApart() || isNegationOfNobody() ||
               isOfAnotherSpeaker() || isOfTheOtherSide();
    }

private:
    bool isImpossibleTime() const {
        std::string all = " ";
        for (const std::string& word : words_) all += word + " ";
        return std::ranges::any_of(
            kNoTime, [&](std::string_view phrase) { return all.find(phrase) != std::string::npos; });
    }

    /// "chez Orange", "at Orange": said so, or the caller's company.
    bool isAtSomebodyElses() const {
        const std::vector<Word> words = wordsOf(text_);
        for (std::size_t at = 0; at + 1 < words.size(); ++at) {
            if (!isListed(" chez at ", words[at].text)) continue;
            const std::string& place = words[at + 1].text;
            const bool isName = isCapital(text_, words[at + 1]);
            const bool isKnown = std::ranges::any_of(spoken_.names(), [&](const Spoken::Name& name) {
                return isPartOf(place, name) && (isCallers(name, spoken_) || !isSpoken(name));
            });
            const Words phrase{words[at].text, place};
            const auto says = [&](const Words& said) { return !std::ranges::search(said, phrase).empty(); };
            if (isName && !isKnown && !isAnywhere(says)) return true;
        }
        return false;
    }

    /// In a turn, or in a sentence of the built-in summary.
    bool isAnywhere(auto holds) const {
        return isBuiltIn(holds) || std::ranges::any_of(spoken_.turns(), [&](const Spoken::Turn& turn) {
                   return holds(turn.words);
               });
    }

    bool isBuiltIn(auto holds) const { return std::ranges::any_of(spoken_.builtInSentences(), holds); }

    bool isSpoken(const Spoken::Name& name) const {
        return std::ranges::any_of(spoken_.turns(),
                                   [&](const Spoken::Turn& turn) { return isNamedIn(name, turn.words); });
    }

    std::vector<Spoken::Name> names() const {
        std::vector<Spoken::Name> names;
        for (const Spoken::Name& name : spoken_.names())
            if (isNamedIn(name, words_) && isSpoken(name)) names.push_back(name);
        return names;
    }

    bool areNamesApart() const {
        const std::vector<Spoken::Name> all = names();
        for (std::size_t a = 0; a < all.size(); ++a) {
            for (std::size_t b = a + 1; b < all.size(); ++b)
                if (!sharesWord(all[a], all[b].words) && !areTogether(all[a], all[b])) return true;
            if (!isCallers(all[a], spoken_) && !hasBusiness(all[a])) return true;
        }
        return false;
    }

    bool areTogether(const Spoken::Name& a, const Spoken::Name& b) const {
        const auto& turns = spoken_.turns();
        for (std::size_t at = 0; at < turns.size(); ++at) {
            if (!isNamedIn(a, turns[at].words)) continue;
            for (std::size_t near = at > 0 ? at - 1 : 0; near < std::min(turns.size(), at + 2); ++near)
                if (isNamedIn(b, turns[near].words)) return true;
        }
        return isBuiltIn([&](const Words& said) { return isNamedIn(a, said) && isNamedIn(b, said); });
    }

    /// What the sentence says of it was said along with it.
    bool hasBusiness(const Spoken::Name& name) const {
        if (content_.empty()) return true;
        const auto isAbout = [&](const Words& said) {
            return isNamedIn(name, said) && formsIn(said, content_) > 0;
        };
        return isAnywhere(isAbout);
    }

    /// Of each clause: the turn that denies has most of its words.
    bool isNegationOfNobody() const {
        for (const Words& clause : clausesOf(text_)) {
            if (!isNegated(clause)) continue;
            Words wanted;
            for (const std::string& word : content_)
                if (std::ranges::find(clause, word) != clause.end()) wanted.push_back(word);
            if (wanted.empty()) continue;
            const std::string denied = deniedIn(clause, wanted);
            const auto isDenial = [&](const Words& said) {
                return denies(said, denied) && hasHalf(said, wanted);
            };
            const bool isSaid = isAnywhere(isDenial);
            if (!isSaid) return true;
        }
        return false;
    }

    /// The person that the sentence begins with.
    const Spoken::Name* subject(std::size_t& end) const {
        std::size_t at = 0;
        while (at < words_.size() && isListed(kAccording, words_[at])) ++at;
        while (at < words_.size() && isListed(kTitles, words_[at])) ++at;
        if (at == words_.size()) return nullptr;
        for (const Spoken::Name& name : spoken_.names()) {
            if (name.kind != "person" || !isPartOf(words_[at], name)) continue;
            while (at < words_.size() && isPartOf(words_[at], name)) ++at;
            end = at;
            return &name;
        }
        return nullptr;
    }

    bool isPassive(std::size_t at) const {
        const bool isAuxiliary =
            at < words_.size() && isListed(" sera est ete etait was will is has been a ", words_[at]);
        return isAuxiliary && std::ranges::any_of(words_, [](const std::string& word) {
                   return isListed(" sera ete etre be been ", word);
               });
    }

    /// "La cliente dit …": half of it is the customer's, and what is denied that side denied.
    bool isOfTheOtherSide() const {
        std::size_t at = 0;
        while (at < words_.size() &&
               (isListed(kAccording, words_[at]) || isListed(" le la l the ", words_[at])))
            ++at;
        const bool isCustomers = at < words_.size() && isListed(kCustomers, words_[at]);
        if (at == words_.size() || (!isCustomers && !isListed(kTechnicians, words_[at]))) return false;
        if (isPassive(at + 1)) return false;
        const std::size_t end = isCustomers ? clauseEnd() : words_.size();
        Words wanted;
        for (++at; at < std::min(end, words_.size()); ++at)
            if (std::ranges::find(content_, words_[at]) != content_.end()) wanted.push_back(words_[at]);
        if (wanted.empty()) return false;
        const std::string denied = deniedIn(words_, content_);
        bool isDenied = !isNegated(words_);
        Words said;
        for (const Spoken::Turn& turn : spoken_.turns()) {
            if (turn.isCustomers != isCustomers) continue;
            said.insert(said.end(), turn.words.begin(), turn.words.end());
            isDenied = isDenied || (denies(turn.words, denied) && hasHalf(turn.words, wanted));
        }
        const auto isAlike = [&](const Words& builtIn) {
            const std::string_view own = isCustomers ? kCustomers : kTechnicians;
            const bool beginsSo = (!builtIn.empty() && isListed(own, builtIn.front())) ||
                                  (builtIn.size() > 1 && isListed(own, builtIn[1]));
            return beginsSo && hasHalf(builtIn, wanted) && isNegated(builtIn) == isNegated(words_);
        };
        return !(isDenied && hasHalf(said, wanted)) && !isBuiltIn(isAlike);
    }

    static bool beginsWith(const Words& said, const Spoken::Name& who) {
        std::size_t at = 0;
        while (at < said.size() && isListed(kTitles, said[at])) ++at;
        return at < said.size() && isPartOf(said[at], who);
    }

    /// The customer tells of somebody else, whom this sentence leaves out.
    bool isOfSomebodyElse(const Spoken::Turn& turn, const Spoken::Name& who) const {
        const bool isOwnToo = std::ranges::any_of(
            turn.words, [](const std::string& word) { return isListed(" je j moi nous on i we ", word); });
        return !isOwnToo && std::ranges::any_of(spoken_.names(), [&](const Spoken::Name& other) {
            return other.kind == "person" && !sharesWord(other, who.words) && isNamedIn(other, turn.words) &&
                   !isNamedIn(other, words_) && !isNamedIn(who, turn.words);
        });
    }

    bool isOfAnotherSpeaker() const {
        std::size_t at = 0;
        const Spoken::Name* who = subject(at);
        if (!who || !isSpoken(*who)) return false;
        const bool isBuiltInWord = isBuiltIn([&](const Words& said) {
            return beginsWith(said, *who) && formsIn(said, content_) == content_.size() &&
                   isNegated(said) == isNegated(words_);
        });
        if (isBuiltInWord) return false;
        if (isPassive(at)) return false;
        const bool isOwn = isCaller(*who, spoken_);
        return isOwn ? !isAllOfTheCustomer(*who, at) : !isSaidOf(*who, at);
    }

    /// Up to the first comma, or to where the technician is spoken of.
    std::size_t clauseEnd() const {
        if (!words_.empty() && isListed(kAccording, words_.front())) return words_.size();
        std::size_t count = 0;
        for (const Words& clause : clausesOf(text_)) {
            for (const std::string& word : clause) {
                if (isListed(" technicien technicienne technician ", word)) return count;
                ++count;
            }
            if (count > 0) break;
        }
        return count;
    }

    bool isAllOfTheCustomer(const Spoken::Name& who, std::size_t from) const {
        Words wanted;
        const std::size_t end = std::min(words_.size(), clauseEnd());
        for (std::size_t at = from; at < end; ++at)
            if (std::ranges::find(content_, words_[at]) != content_.end()) wanted.push_back(words_[at]);
        const Words clause(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(end));
        bool isDeniedToo = !isNegated(clause) || wanted.empty();
        Words said;
        for (const Spoken::Turn& turn : spoken_.turns()) {
            if (!turn.isCustomers || isOfSomebodyElse(turn, who)) continue;
            said.insert(said.end(), turn.words.begin(), turn.words.end());
            const bool hasMost = 2 * formsIn(turn.words, wanted) > wanted.size();
            isDeniedToo = isDeniedToo || (isNegated(turn.words) && hasMost);
        }
        return isDeniedToo && formsIn(said, wanted) == wanted.size();
    }

    /// Of somebody who is only spoken of: the verb follows the name in a turn as it does here.
    bool isSaidOf(const Spoken::Name& who, std::size_t from) const {
        const auto verb = std::find_if(
            words_.begin() + static_cast<std::ptrdiff_t>(from), words_.end(), [&](const std::string& word) {
                return std::ranges::find(content_, word) != content_.end() || isListed(saying_, word);
            });
        if (verb == words_.end()) return true;
        const auto follows = [&](const Words& said) {
            for (std::size_t at = 0; at < said.size(); ++at) {
                if (!isPartOf(said[at], who)) continue;
                for (std::size_t next = at + 1; next < std::min(said.size(), at + 1 + kVerbReach); ++next) {
                    if (isListed(" je j vous i you we ", said[next])) break;
                    if (isForm(said[next], *verb)) return true;
                }
            }
            return false;
        };
        const auto begins = [&](const Words& said) { return beginsWith(said, who) && follows(said); };
        return isBuiltIn(begins) || std::ranges::any_of(spoken_.turns(), [&](const Spoken::Turn& turn) {
                   return follows(turn.words);
               });
    }

    const std::string& text_;
    const Spoken& spoken_;
    const Words words_;
    const Words content_;
    const std::string_view saying_;
};

bool stands(const Words& words, const Words& name, std::string_view before) {
    for (auto at = words.begin();; ++at) {
        at = std::search(at, words.end(), name.begin(), name.end());
        if (at == words.end()) return false;
        if (at != words.begin() && isListed(before, *std::prev(at))) return true;
    }
}

/// Parts of "À faire : rappeler le client et commander l'écran".
std::vector<std::string> dutiesOf(std::string_view sentence) {
    std::vector<std::string> duties;
    std::string rest{sentence.substr(0, sentence.find('('))};
    for (const std::string_view joint : {" et ", " and "})
        for (std::size_t at = rest.find(joint); at != std::string::npos; at = rest.find(joint))
            rest.replace(at, joint.size(), ",");
    for (std::size_t at = 0; at < rest.size();) {
        const std::size_t end = std::min(rest.size(), rest.find(',', at));
        duties.push_back(rest.substr(at, end - at));
        at = end + 1;
    }
    return duties;
}

bool hasMostOf(const Words& words, std::string_view of, const Spoken& spoken) {
    Words wanted = contentOf(of, spoken);
    std::erase_if(wanted, [](const std::string& word) {
        return isListed(kFacts, word) || isListed(" client cliente customer ", word);
    });
    return hasHalf(words, wanted);
}

}  // namespace

std::vector<std::string> contentOf(std::string_view text, const Spoken& spoken) {
    const bool isEnglish = spoken.language() == "en";
    const std::string_view grammar = isEnglish ? kEnglishGrammar : kFrenchGrammar;
    const std::string_view saying = isEnglish ? kEnglishSaying : kFrenchSaying;
    Words content;
    for (const std::string& word : foldedOf(text)) {
        const bool isName = std::ranges::any_of(
            spoken.names(), [&](const Spoken::Name& name) { return isPartOf(word, name); });
        const bool isFree = isListed(grammar, word) || isListed(saying, word) || isListed(kFacts, word);
        if (word.size() >= 2 && !isName && !isFree && !isFigures(word) && word != "[]" &&
            (word.size() >= kTelling || isListed(" vpn pc fax wifi ", word)) &&
            !isListed(" client cliente customer caller user technicien technicienne technician agent ", word))
            content.push_back(word);
    }
    return content;
}

bool isNamedIn(const Spoken::Name& name, const std::vector<std::string>& words) {
    return sharesWord(name, words);
}

bool isCallers(const Spoken::Name& name, const Spoken& spoken) {
    if (name.kind == "person") return isCaller(name, spoken);
    return std::ranges::any_of(spoken.turns(), [&](const Spoken::Turn& turn) {
        return turn.isCustomers && isNamedIn(name, turn.words) &&
               std::ranges::any_of(spoken.names(), [&](const Spoken::Name& person) {
                   return person.kind == "person" && isNamedIn(person, turn.words) &&
                          isCaller(person, spoken);
               });
    });
}

bool isMisattributed(std::string_view text, const Spoken& spoken) {
    return std::ranges::any_of(analysis::sentencesOf(text), [&](const std::string& sentence) {
        return Sentence{sentence, spoken}.isFalse();
    });
}

bool saysAsMuch(std::string_view text, const std::string& builtInSummary, const std::string& builtInSubject,
                const Spoken& spoken) {
    const Words words = foldedOf(text);
    const std::vector<std::string> sentences = analysis::sentencesOf(builtInSummary);
    for (std::size_t at = 0; at < sentences.size(); ++at) {
        const bool isToDo = sentences[at].starts_with("À faire") || sentences[at].starts_with("To do");
        if (isToDo) {
            for (const std::string& duty : dutiesOf(sentences[at].substr(sentences[at].find(':') + 1)))
                if (!hasMostOf(words, duty, spoken)) return false;
        } else if (at == 0 && !hasMostOf(words, sentences[at], spoken)) {
            if (contentOf(builtInSubject, spoken).empty() || !hasMostOf(words, builtInSubject, spoken))
                return false;
        }
    }
    return true;
}

bool isIntroducedAs(const std::string& kind, std::string_view name, const Spoken& spoken) {
    const Words words = foldedOf(name);
    if (kind != "person" && kind != "company" && kind != "site")
        return std::ranges::none_of(spoken.names(), [&](const Spoken::Name& known) {
            return known.kind == "person" && (kind == "software" || kind == "device") &&
                   sharesWord(known, words);
        });
    const std::string_view own = kind == "person" ? kBeforePerson
                                 : kind == "site" ? kBeforeSite
                                                  : kBeforeCompany;
    const bool isKnownAsOther = std::ranges::any_of(spoken.names(), [&](const Spoken::Name& known) {
        const bool isOther = (known.kind == "person") != (kind == "person");
        return isOther && sharesWord(known, words);
    });
    const auto isAfter = [&](std::string_view before) {
        return std::ranges::any_of(
            spoken.turns(), [&](const Spoken::Turn& turn) { return stands(turn.words, words, before); });
    };
    const auto isOwn = [&](const Spoken::Turn& turn) {
        return kind == "person" && turn.isCustomers && givesOwnName(turn, {kind, words});
    };
    if (isKnownAsOther || (words.size() == 1 && kind != "site"))
        return isAfter(own) || std::ranges::any_of(spoken.turns(), isOwn);
    return kind != "person" || !isAfter(kBeforeCompany);
}

}  // namespace ninja3cx::language_model
