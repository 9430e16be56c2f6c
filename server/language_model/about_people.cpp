#include "server/language_model/about_people.hpp"

#include "server/language_model/report_words.hpp"

#include <cstddef>
#include <string_view>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;

constexpr std::string_view kPeople =
    " client cliente clients technicien technicienne techniciens utilisateur utilisatrice utilisateurs "
    "collegue "
    "collegues correspondant correspondante interlocuteur interlocutrice appelant appelante monsieur madame "
    "patron patronne chef directeur directrice salarie salariee employe employee responsable assistante "
    "customer technician technicians user users caller colleague agent boss manager employee director he she "
    "they who ";
constexpr std::string_view kPronouns = " il elle ils elles qui ";
constexpr std::string_view kIs =
    " est sont etait etaient ete etant sera seront serait semble semblait parait demeure devient is are was "
    "were "
    "be been being seems looks sounds remains became becomes feels ";
constexpr std::string_view kBetween =
    " a ont avait avaient aurait s se me le la l les has have had will would ne n y ";
constexpr std::string_view kAdverbs =
    " tres bien vraiment aussi pas plus toujours donc alors deja encore jamais trop totalement completement "
    "not very really still also never always totally completely t so too now currently actuellement ";
constexpr std::string_view kPlaces =
    " en a au aux dans sur chez sous par avec pour in at on with from for to by out away back here la "
    "de d ";
constexpr std::string_view kDone =
    " concerne concernee affected rappele rappelee rappeles recontacte recontactee contacte contactee "
    "informe informee prevenu prevenue "
    "invite invitee intervenu intervenue passe passee venu venue alle allee absent absente joignable "
    "disponible contacted called informed notified advised asked calling waiting asking reporting trying "
    "using "
    "unable able available absent told ";

class Reader {
public:
    Reader(const std::vector<Word>& words, const std::function<bool(const std::string&)>& isName,
           const std::function<bool(const std::string&)>& mayStand)
        : words_(words), isName_(isName), mayStand_(mayStand) {}

    bool read() const {
        bool isSomebodyNamed = false;
        for (std::size_t at = 0; at < words_.size(); ++at) {
            const std::string& word = words_[at].text;
            if (isJudgement(word) && !mayStand_(word)) return true;
            isSomebodyNamed = isSomebodyNamed || is(at, kPeople) || isName_(word);
            if (is(at, kIs) && isOfSomebody(at, isSomebodyNamed) && saysWhat(at)) return true;
        }
        return false;
    }

private:
    bool is(std::size_t at, std::string_view list) const {
        return at < words_.size() && isListed(list, words_[at].text);
    }

    static bool isJudgement(const std::string& word) {
        if (isListed(kJudgements, word)) return true;
        for (std::size_t length = 4; length <= word.size(); ++length)
            if (isListed(kJudgementStems, word.substr(0, length))) return true;
        return false;
    }

    /// The subject of "est": the word before it. "il a été renouvelé" may be a thing, and is done, not been.
    bool isOfSomebody(std::size_t at, bool isSomebodyNamed) const {
        const bool isDone = is(at, " ete ");
        while (at > 0 && (is(at - 1, kBetween) || is(at - 1, kAdverbs) || is(at - 1, kIs))) --at;
        if (at == 0) return false;
        if (is(at - 1, kPeople) || isName_(words_[at - 1].text)) return true;
        return is(at - 1, kPronouns) && isSomebodyNamed && !isDone;
    }

    bool saysWhat(std::size_t at) const {
        ++at;
        while (is(at, kAdverbs) || is(at, kIs)) ++at;
        if (at >= words_.size() || is(at, kPlaces) || is(at, kDone)) return false;
        while (is(at, " un une le l the an ") && at + 1 < words_.size()) ++at;
        return !mayStand_(words_[at].text);
    }

    const std::vector<Word>& words_;
    const std::function<bool(const std::string&)>& isName_;
    const std::function<bool(const std::string&)>& mayStand_;
};

}  // namespace

bool saysWhatSomebodyIs(const std::vector<Word>& words, const std::function<bool(const std::string&)>& isName,
                        const std::function<bool(const std::string&)>& mayStand) {
    return Reader{words, isName, mayStand}.read();
}

}  // namespace ninja3cx::language_model
