#include "server/language_model/promises.hpp"

#include "server/language_model/claims.hpp"
#include "server/language_model/report_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace ninja3cx::language_model {
namespace {

using analysis::Word;
using Words = std::vector<std::string>;

constexpr std::size_t kNear = 3;  // words between what is done and that it is not

/// Beginnings of a kind's own words, phrases of whole words, and beginnings of words one of which must be there as well.
struct Cues {
    std::string_view kind;
    std::string_view stems;
    std::string_view phrases;  // between bars
    std::string_view beside = "";
};
constexpr auto kCues = std::to_array<Cues>(
    {{"onsite_visit", " passera passerai vient viens venir viendr deplac visit intervien onsite ",
      "|passe demain|passe chez|passe vous|passe voir|passe avant|passe vers|passe cet|passe ce|passe dans|"
      "passe lundi|passe mardi|passe mercredi|passe jeudi|passe vendredi|passer demain|passer chez|"
      "passer vous|passer voir|passer avant|passer vers|passer cet|passer ce|passer dans|passer lundi|"
      "passer mardi|passer mercredi|passer jeudi|passer vendredi|sur place|sur site|come out|come over|"
      "come by|stop by|on site|send someone|send a technician|envoie quelqu un|envoie un technicien|"},
     {"callback", " rappel recontact callback ",
      "|call you back|call back|ring you|phone you|call you|get back to you|calling back|"},
     {"reset_password", " reinitialis reset debloqu unlock ", "|nouveau mot de passe|new password|"},
     {"remote_session", " teamviewer anydesk telemaint ",
      "|remote|prends la main|prendre la main|pris la main|a distance|take control|connect to your|"},
     {"escalate", " escalad escalat transfer transmet transmis remont ",
      "|niveau deux|niveau 2|niveau superieur|passe le dossier|pass it on|pass this on|second line|"
      "level two|hand it over|"},
     {"order_hardware", " command order remplac replac loan devis ", ""},
     {"create_account", " cree creer creat ", "|ouvre un compte|ouvrir un compte|add an account|",
      " compt acces account boite mailbox utilisat user "},
     {"disable_account", " desactiv disabl suspend revoke ",
      "|bloque le|bloque son|bloquer le|bloquer son|lock the|lock his|lock her|"},
     {"restore_backup", " restaur restor recuper recover ", ""},
     {"install_software", " install deploi deploy ", ""},
     {"update_software", " renouvel renew upgrad updat ",
      "|mise a jour|mettre a jour|mets a jour|mis a jour|"},
     {"check_logs", " journaux journal evenement ", "|log|logs|event viewer|"},
     {"security_scan", " analys antivir ", "|scan|scanne|scanning|", " antivir scan virus secur malw "},
     {"send_information", " envoi envoy transmet ", "|send|sent|"},
     {"reboot", " redemarr relanc reboot restart ", ""},
     {"monitor", " surveill ", "|monitor it|monitor this|monitor that|keep an eye|garde un oeil|"},
     {"open_vendor_case", " operateur editeur fournisseur constructeur vendor provider supplier carrier ", "",
      " ouvr open dossier ticket incident case contact appel signal declar rais "}});
constexpr std::string_view kNotDone =
    " pas jamais inutile aucun sans ne n not never no cannot won don didn isn without ";
constexpr std::string_view kAgreeing =
    " oui d ok okay entendu tres parfait bien volontiers yes sure fine right great ";

Words foldedOf(std::string_view text) {
    Words folded;
    for (const Word& word : analysis::wordsOf(text)) folded.push_back(word.text);
    return folded;
}

bool isDenied(const Words& words, std::size_t at) {
    const std::size_t begin = at > kNear ? at - kNear : 0;
    for (std::size_t near = begin; near < std::min(words.size(), at + kNear); ++near)
        if (isListed(kNotDone, words[near])) return true;
    return false;
}

bool hasStem(std::string_view stems, const std::string& word) {
    for (std::size_t length = 3; length <= word.size(); ++length) {
        const std::string stem = word.substr(0, length);
        // short ones are words of their own, or all but one letter of one
        if (isListed(stems, stem) && (length > 4 || word.size() <= length + 3)) return true;
    }
    return false;
}

bool hasPhrase(const Words& words, std::size_t at, std::string_view phrases) {
    std::string ahead;
    for (std::size_t next = at; next < std::min(words.size(), at + 4); ++next)
        ahead += (ahead.empty() ? "" : " ") + words[next];
    for (std::size_t begin = 1; begin < phrases.size();) {
        const std::size_t end = phrases.find('|', begin);
        const std::string_view phrase = phrases.substr(begin, end - begin);
        if (ahead.starts_with(phrase) && (ahead.size() == phrase.size() || ahead[phrase.size()] == ' '))
            return true;
        begin = end + 1;
    }
    return false;
}

bool saysKind(const std::string& kind, const Words& words) {
    const auto* const cues = std::ranges::find(kCues, kind, &Cues::kind);
    if (cues == kCues.end()) return false;
    const bool hasBeside = cues->beside.empty() || std::ranges::any_of(words, [&](const std::string& word) {
                               return hasStem(cues->beside, word);
                           });
    if (!hasBeside) return false;
    for (std::size_t at = 0; at < words.size(); ++at)
        if ((hasStem(cues->stems, words[at]) || hasPhrase(words, at, cues->phrases)) && !isDenied(words, at))
            return true;
    return false;
}

bool hasOneOf(const Words& words, std::string_view list) {
    return std::ranges::any_of(words, [&](const std::string& word) { return isListed(list, word); });
}

bool hasAll(const Words& words, const Words& wanted) {
    return std::ranges::all_of(
        wanted, [&](const std::string& word) { return std::ranges::find(words, word) != words.end(); });
}

/// Of somebody on the technician's side: the technician names him, the customer never does.
bool isColleague(const std::string& owner, const Words& turn, const Spoken& spoken) {
    const Words name = foldedOf(owner);
    if (name.empty() || !hasAll(turn, name)) return false;
    return std::ranges::none_of(spoken.turns(), [&](const Spoken::Turn& said) {
        return said.isCustomers && std::ranges::any_of(name, [&](const std::string& word) {
                   return std::ranges::find(said.words, word) != said.words.end();
               });
    });
}

bool doesIt(const std::string& owner, const Spoken::Turn& turn, const Spoken& spoken) {
    if (owner == "agent") return true;
    if (owner == "customer")
        return turn.isCustomers || (hasOneOf(turn.words, " vous votre vos tu you your please ") &&
                                    !hasOneOf(turn.words, " je j nous on i we "));
    return !turn.isCustomers && isColleague(owner, turn.words, spoken);
}

bool isAgreedTo(std::size_t at, const Spoken& spoken) {
    const auto& turns = spoken.turns();
    return at + 1 < turns.size() && !turns[at + 1].isCustomers && !turns[at + 1].words.empty() &&
           isListed(kAgreeing, turns[at + 1].words.front());
}

bool isSayable(const std::string& word, const Words& said) {
    return std::ranges::any_of(said, [&](const std::string& one) { return isForm(one, word); });
}

}  // namespace

bool isPromised(const protocol::AnalysisAction& action, const std::vector<std::int32_t>& turns,
                const Spoken& spoken) {
    return std::ranges::any_of(turns, [&](std::int32_t index) {
        if (!spoken.isProof(index)) return false;
        const auto at = static_cast<std::size_t>(index);
        const Spoken::Turn& turn = spoken.turns()[at];
        if (!saysKind(action.kind, turn.words)) return false;
        if (turn.isCustomers && !isAgreedTo(at, spoken)) return false;
        if (!doesIt(action.owner, turn, spoken)) return false;
        const Words words = foldedOf(action.text);
        const bool areNamesHis = std::ranges::all_of(spoken.names(), [&](const Spoken::Name& name) {
            return !isNamedIn(name, words) || isNamedIn(name, turn.words) || isCallers(name, spoken);
        });
        const bool areDaysSaid = std::ranges::all_of(words, [&](const std::string& word) {
            return !isListed(kFacts, word) || std::ranges::find(turn.words, word) != turn.words.end();
        });
        return areNamesHis && areDaysSaid;
    });
}

bool isSameAction(const std::string& text, const protocol::AnalysisAction& action,
                  const std::vector<std::int32_t>& turns, const Spoken& spoken) {
    if (text == action.text) return true;
    const std::vector<Word> wanted = analysis::wordsOf(text);
    const Words words = foldedOf(text);
    const Words known = foldedOf(action.text);
    if (words.empty() || known.empty()) return false;
    if (!saysKind(action.kind, words) && !isSayable(known.front(), words)) return false;
    Words said = known;
    for (const std::int32_t turn : turns)
        if (spoken.isProof(turn)) {
            const Words& more = spoken.turns()[static_cast<std::size_t>(turn)].words;
            said.insert(said.end(), more.begin(), more.end());
        }
    bool isForSomebody = false;
    for (const Spoken::Name& name : spoken.names()) {
        if (!isNamedIn(name, known)) continue;
        isForSomebody = true;
        if (!isNamedIn(name, words)) return false;
    }
    const auto isOfCaller = [&](const std::string& word) {
        return !isForSomebody && std::ranges::any_of(spoken.names(), [&](const Spoken::Name& name) {
            return isNamedIn(name, {word}) && isCallers(name, spoken);
        });
    };
    std::string due = action.text + " " + action.due.value_or("") + " " + action.dueSpoken.value_or("");
    const Words times = foldedOf(due);
    for (const Word& word : wanted) {
        const bool hasFigure = word.text.find_first_of("0123456789") != std::string::npos;
        if (isListed(kFacts, word.text) || hasFigure) {
            if (std::ranges::find(times, word.text) == times.end()) return false;
            continue;
        }
        const bool isFree =
            isListed(spoken.language() == "en" ? kEnglishGrammar : kFrenchGrammar, word.text) ||
            isListed(spoken.language() == "en" ? kEnglishReport : kFrenchReport, word.text);
        if (!isFree && !isSayable(word.text, said) && !isOfCaller(word.text)) return false;
    }
    return true;
}

}  // namespace ninja3cx::language_model
