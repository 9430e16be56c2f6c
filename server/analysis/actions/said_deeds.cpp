#include "server/analysis/actions/said_deeds.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/movements/access_words.hpp"
#include "server/analysis/promises/denied_deeds.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

const CueList& passingOn() {
    static const CueList kCues{{"je ~ transmets ~ consultant*"},
                               {"je ~ transmets ~ equipe"},
                               {"je ~ transmets ~ collegue*"},
                               {"je ~ transmets ~ niveau"},
                               {"je ~ transmets ~ service"},
                               {"je ~ transmets ~ responsable"},
                               {"je ~ transmets ~ specialiste*"},
                               {"je ~ transmets ~ reseau"},
                               {"je ~ transmets ~ referent"},
                               {"je ~ transmets ~ technicien*"},
                               {"je ~ transmets ~ ingenieur*"},
                               {"j escalade"},
                               {"je fais remonter"},
                               {"je remonte ~ niveau"},
                               {"je remonte ~ equipe"},
                               {"i ll escalate"},
                               {"i m escalating"},
                               {"i m passing ~ to the ~ team"},
                               {"i m passing ~ team"},
                               {"i m passing ~ colleague*"},
                               {"i m passing ~ consultant"},
                               {"i m passing ~ specialist"},
                               {"i ll pass ~ to the ~ team"},
                               {"i ll pass ~ team"},
                               {"i ll pass ~ colleague*"},
                               {"i ll pass ~ consultant"},
                               {"i ll pass ~ specialist"},
                               {"j ai transmis ~ consultant*"},
                               {"j ai transmis ~ equipe"},
                               {"j ai transmis ~ a l equipe"},
                               {"je ~ transmets ~ a l equipe"},
                               {"j ai transmis ~ collegue*"},
                               {"j ai transmis ~ niveau"},
                               {"i ve passed ~ team"},
                               {"i ve escalated"}};
    return kCues;
}
const CueList& lending() {
    static const CueList kCues{{"je vous prete"},    {"je lui prete"},       {"on vous prete"},
                               {"on lui prete"},     {"je te prete"},        {"i ll lend"},
                               {"we ll lend"},       {"i m lending"},        {"i ll loan"},
                               {"i ll send ~ loan"}, {"i ll get you ~ loan"}};
    return kCues;
}
const CueList& newPin() {
    static const CueList kCues{
        {"je ~ reinitialise ~ code"}, {"je ~ reinitialise ~ pin"},  {"je ~ remets ~ code"},
        {"je ~ remets ~ pin"},        {"j ai reinitialise ~ code"}, {"j ai reinitialise ~ pin"},
        {"j ai remis ~ code"},        {"i ve reset ~ pin"},         {"i ll reset ~ pin"},
        {"i m resetting ~ pin"},      {"i ve set ~ pin"},           {"i ll set ~ pin"},
        {"je ~ change ~ code pin"},   {"j ai change ~ code pin"}};
    return kCues;
}
const CueList& visiting() {
    static const CueList kCues{
        {"engineer will visit"},       {"technician will visit"},  {"engineer will come"},
        {"technician will come"},      {"engineer ~ be with you"}, {"ll send an engineer"},
        {"ll send a technician"},      {"engineer is coming"},     {"technicien passera"},
        {"technicien viendra"},        {"technicien va passer"},   {"technicien va venir"},
        {"vous envoie un technicien"}, {"technicienne passera"},   {"collegue passera"},
        {"technicien se deplacera"},   {"engineer will be"}};
    return kCues;
}
/// "Je vous le remets à …": the code that was spoken of.
const CueList& setTo() {
    static const CueList kCues{{"je vous le remets a"}, {"je le remets a"},     {"je vous le mets a"},
                               {"je l ai remis a"},     {"je vous l ai remis"}, {"i ve set it to"},
                               {"i ve reset it to"},    {"i ll set it to"},     {"i ll reset it to"}};
    return kCues;
}
const CueList& codes() {
    static const CueList kCues{{"code ~ messagerie"}, {"code pin"},     {"mon code"}, {"le code"}, {"pin"},
                               {"code ~ repondeur"},  {"mot de passe"}, {"password"}};
    return kCues;
}

/// "J'ai redémarré le spouleur", "je viens de relancer la box": of something that is restarted.
const CueList& restarted() {
    static const CueList kCues{{"j ai redemarre"},
                               {"je l ai redemarre*"},
                               {"je viens de redemarrer"},
                               {"je viens de le redemarrer"},
                               {"je viens de la redemarrer"},
                               {"j ai reboote"},
                               {"j ai ~ relance ~ service"},
                               {"j ai ~ relance ~ spouleur"},
                               {"j ai ~ relance ~ serveur"},
                               {"j ai ~ relance ~ box"},
                               {"j ai ~ relance ~ routeur"},
                               {"j ai ~ relance ~ borne"},
                               {"j ai ~ relance ~ imprimante"},
                               {"i ve ~ restarted"},
                               {"i just restarted"},
                               {"i ve ~ rebooted"},
                               {"i just rebooted"},
                               {"i ve ~ power cycled"},
                               {"i have restarted"},
                               {"i have just restarted"}};
    return kCues;
}
/// "Je vous l'ai installé", "I've just reinstalled it"; not an update that was installed.
const CueList& installed() {
    static const CueList kCues{{"j ai installe"},
                               {"j ai reinstalle"},
                               {"je l ai installe*"},
                               {"je l ai reinstalle*"},
                               {"je vous l ai installe*"},
                               {"je vous l ai reinstalle*"},
                               {"je vous ai installe*"},
                               {"je vous ai reinstalle*"},
                               {"je viens de l installer"},
                               {"je viens de le reinstaller"},
                               {"je viens de vous l installer"},
                               {"i ve installed"},
                               {"i ve reinstalled"},
                               {"i ve just installed"},
                               {"i ve just reinstalled"},
                               {"i just installed"},
                               {"i have installed"}};
    return kCues;
}
const CueList& unlocked() {
    static const CueList kCues{{"j ai reinitialise ~ mot de passe"},
                               {"j ai reinitialise ~ compte"},
                               {"j ai deverrouille ~ compte"},
                               {"j ai debloque ~ compte"},
                               {"je viens de debloquer ~ compte"},
                               {"je viens de deverrouiller ~ compte"},
                               {"je viens de reinitialiser ~ mot de passe"},
                               {"i ve ~ unlocked ~ account"},
                               {"i ve ~ reset ~ password"},
                               {"i ve ~ reset ~ account"},
                               {"i just unlocked ~ account"},
                               {"i just reset ~ password"},
                               {"i ve ~ reset ~ mfa"}};
    return kCues;
}
/// "I've just reset it for you", "je vous l'ai débloqué": the password or the account that was spoken of.
const CueList& unlockedIt() {
    static const CueList kCues{{"i ve reset it"},
                               {"i ve just reset it"},
                               {"i just reset it"},
                               {"i ve unlocked it"},
                               {"i ve just unlocked it"},
                               {"i have reset it"},
                               {"i ve unlocked you"},
                               {"i ve just unlocked you"},
                               {"i have unlocked it"},
                               {"je l ai reinitialise"},
                               {"je vous l ai reinitialise"},
                               {"je l ai debloque"},
                               {"je vous l ai debloque"},
                               {"je l ai deverrouille"},
                               {"je vous l ai deverrouille"},
                               {"je viens de le debloquer"},
                               {"je viens de le reinitialiser"},
                               {"je viens de le deverrouiller"}};
    return kCues;
}
const CueList& accounts() {
    static const CueList kCues{{"mot de passe"}, {"compte"}, {"password"},
                               {"account"},      {"login"},  {"locked out"}};
    return kCues;
}
/// Of another day: "je vous l'ai installé la semaine dernière".
const CueList& earlier() {
    static const CueList kCues{{"hier"},         {"avant hier"},   {"derniere fois"}, {"semaine derniere"},
                               {"mois dernier"}, {"l autre jour"}, {"yesterday"},     {"last week"},
                               {"last time"},    {"last month"},   {"the other day"}};
    return kCues;
}
const CueList& updates() {
    static const CueList kCues{{"mise a jour"}, {"mises a jour"}, {"correctif*"}, {"update*"}, {"patch*"}};
    return kCues;
}

bool isPast(const Line& line, const Phrase::Match& match) {
    for (std::size_t at = match.first; at < match.last; ++at)
        if (isOneOf(line.words[at].text, {"ai", "ve", "ive", "have", "viens"}) ||
            (line.words[at].text == "just" && at > 0 && line.words[at - 1].text == "i"))
            return true;
    return false;
}

bool isAbout(const Line& line, std::initializer_list<std::string_view> stems) {
    return std::ranges::any_of(line.words, [&](const Word& word) {
        return std::ranges::any_of(stems, [&](std::string_view stem) { return word.text.starts_with(stem); });
    });
}

const CueList& coming() {
    static const CueList kComes{
        {"je passe"},  {"passer*"},  {"je viens"},   {"je viendrai"}, {"technicien*"},  {"collegue"},
        {"quelqu un"}, {"deplace*"}, {"sur place"},  {"sur site"},    {"on passe"},     {"intervien*"},
        {"installer"}, {"engineer"}, {"technician"}, {"someone"},     {"somebody"},     {"colleague"},
        {"on site"},   {"come out"}, {"come over"},  {"come by"},     {"be over"},      {"visit*"},
        {"poser"},     {"il passe"}, {"elle passe"}, {"brancher"},    {"i ll be there"}};
    return kComes;
}

bool onlyShips(const Line& line) {
    static const CueList kShips{
        {"courier"},       {"transporteur"}, {"coursier"}, {"colis"},   {"chronopost"},    {"par la poste"},
        {"livr*"},         {"deliver*"},     {"shipp*"},   {"expedi*"}, {"by post"},       {"parcel"},
        {"should arrive"}, {"ups"},          {"dhl"},      {"fedex"},   {"envoie ~ ecran"}};
    return kShips.first(line).has_value() && !coming().first(line);
}

bool onlyCutsAccess(const Line& line) {
    const auto cut = cutIn(line);
    return cut && cut->isOfAnother && !coming().first(line);
}

bool onlyTakesOff(const Line& line) {
    const bool isOff = isAbout(line, {"desinstall", "uninstall", "desintall"});
    return isOff && !isAbout(line, {"install", "reinstall", "deploi", "deploy", "prepar", "remets"});
}

bool isRestart(const Line& line) {
    return isAbout(line, {"redemar", "restart", "reboot", "relanc"});
}

/// "Vous l'avez redémarré ?", "Has it been restarted?": what was done before the call, and not by the technician.
bool asksOfRestartBefore(const Line& sentence) {
    static const CueList kCues{
        {"avez"},       {"as tu"},    {"tu as"},   {"tu l as"},  {"t as"},     {"a ete"},  {"ete"},
        {"a t il"},     {"a t elle"}, {"a t on"},  {"did you"},  {"have you"}, {"you ve"}, {"did anybody"},
        {"did anyone"}, {"did he"},   {"did she"}, {"did they"}, {"been"},     {"was it"}, {"you tried"}};
    return isRestart(sentence) && sentence.isQuestion && kCues.first(sentence);
}

/// "Vous l'avez redémarré ?" "Non.", and no technician who does it then: "Je le fais d'ici."
bool isAskedInVain(std::size_t turn, const Conversation& conversation) {
    static const CueList kNo{{"non"},     {"no"},      {"nope"},    {"pas encore"},
                             {"not yet"}, {"haven t"}, {"i didn t"}};
    const auto& lines = conversation.lines;
    if (lines[turn].speaker != Speaker::Agent || turn + 1 >= lines.size()) return false;
    const bool isOnlyAsked = std::ranges::all_of(sentencesOf(lines[turn]), [](const Line& sentence) {
        return !isRestart(sentence) || asksOfRestartBefore(sentence);
    });
    const Line& answer = lines[turn + 1];
    constexpr std::size_t kBeginning = 3;
    const bool isNo = answer.speaker == Speaker::Customer &&
                      std::ranges::any_of(kNo.all(answer), [](const CueList::Hit& hit) {
                          return hit.match.first < kBeginning;
                      });
    if (!isOnlyAsked || !isNo) return false;
    constexpr std::size_t kSoon = 4;  // turns
    for (std::size_t at = turn + 2; at <= std::min(turn + 1 + kSoon, lines.size() - 1); ++at)
        if (lines[at].speaker == Speaker::Agent &&
            std::ranges::any_of(sentencesOf(lines[at]), [](const Line& sentence) {
                return !sentence.isQuestion && (takesItUp(sentence) || saysDone(sentence));
            }))
            return false;
    return true;
}

/// "can you restart it", "vous pouvez le redémarrer": the customer is to do it, or to allow it.
bool asksToRestart(const Line& sentence) {
    static const CueList kCues{{"can you"},       {"could you"},       {"can i"},    {"can we"},
                               {"shall i"},       {"shall we"},        {"could i"},  {"would you"},
                               {"want me to"},    {"try to"},          {"try and"},  {"try restarting"},
                               {"try rebooting"}, {"pouvez"},          {"peux"},     {"peut"},
                               {"pourriez"},      {"pourrais"},        {"voulez"},   {"essayez"},
                               {"est ce que"},    {"est il possible"}, {"faudrait"}, {"need you to"}};
    // "ça vous gêne si je redémarre": a no allows it.
    static const CueList kMinds{{"gene*"}, {"derange*"}, {"mind if"}, {"bother you"}, {"embete*"}};
    return isRestart(sentence) && !asksOfRestartBefore(sentence) && !kMinds.first(sentence) &&
           (sentence.isQuestion || kCues.first(sentence));
}

/// The customer does not, or not now: "id rather not", "i cant im not on site", "pas maintenant je suis en réunion".
bool isRestartRefused(const Line& answer) {
    static const CueList kRefusals{{"not now"},
                                   {"rather not"},
                                   {"i can t"},
                                   {"i cannot"},
                                   {"we can t"},
                                   {"not yet"},
                                   {"not right now"},
                                   {"not at the moment"},
                                   {"in a meeting"},
                                   {"on a call"},
                                   {"not on site"},
                                   {"not in the office"},
                                   {"not possible"},
                                   {"can t right now"},
                                   {"can t now"},
                                   {"pas maintenant"},
                                   {"pas tout de suite"},
                                   {"peux pas"},
                                   {"pas possible"},
                                   {"prefere pas"},
                                   {"en reunion"},
                                   {"pas sur place"},
                                   {"pas au bureau"},
                                   {"pas sur site"},
                                   {"pas encore"},
                                   {"prefererais pas"},
                                   {"aime autant pas"},
                                   {"pouvons pas"},
                                   {"peut pas"},
                                   {"don t want"},
                                   {"would rather you didn t"}};
    // "it can't hurt, it's restarting", "oui mais je ne peux pas attendre": it is done all the same.
    static const CueList kDoes{{"yes"},           {"yeah"},      {"oui"},        {"ouais"},    {"sure"},
                               {"it s restart*"}, {"redemarr*"}, {"restarting"}, {"go ahead"}, {"allez y"},
                               {"c est fait"},    {"done"},      {"ok"},         {"okay"},     {"d accord"}};
    if (answer.speaker != Speaker::Customer || answer.words.empty()) return false;
    const std::string_view first = answer.words.front().text;
    const bool isNo = isOneOf(first, {"no", "non", "nope", "nan"});
    const bool isOther =
        answer.words.size() > 1 &&
        isOneOf(answer.words[1].text, {"problem", "worries", "trouble", "probleme", "souci"});
    if (isNo && isOther) return false;
    const bool isBare = std::ranges::all_of(answer.words, [](const Word& word) {
        return isOneOf(word.text,
                       {"no",    "non",    "nope",   "nan",    "i",   "we",     "can",     "t",  "cannot",
                        "sorry", "thanks", "merci",  "desole", "je",  "peux",   "pas",     "ne", "pouvons",
                        "on",    "peut",   "afraid", "m",      "not", "really", "vraiment"});
    });
    if (isNo && isBare) return true;
    if (!kRefusals.first(answer)) return false;
    const auto does = kDoes.first(answer);
    return isNo || !does || kRefusals.first(answer)->match.first < does->match.first;
}

/// Asked for, and refused; nobody is heard to do it soon after.
bool isRestartAskedInVain(std::size_t turn, const Conversation& conversation) {
    const auto& lines = conversation.lines;
    if (lines[turn].speaker != Speaker::Agent || turn + 1 >= lines.size()) return false;
    const bool isOnlyAsked = std::ranges::all_of(sentencesOf(lines[turn]), [](const Line& sentence) {
        return !isRestart(sentence) || asksToRestart(sentence);
    });
    return isOnlyAsked && isRestartRefused(lines[turn + 1]);
}

/// "ok ill do it then", "it's done", from a turn on.
bool isDoneFrom(std::size_t from, const Conversation& conversation) {
    static const CueList kDid{{"i ve done it"}, {"i did it"},     {"c est fait"},     {"it s done"},
                              {"it s back"},    {"je l ai fait"}, {"je viens de le"}, {"it s restarting"}};
    for (std::size_t at = from; at < conversation.lines.size(); ++at)
        for (const Line& sentence : sentencesOf(conversation.lines[at])) {
            const bool isAgent = sentence.speaker == Speaker::Agent;
            if (!sentence.isQuestion && (kDid.first(sentence) || (isAgent && takesItUp(sentence))))
                return true;
        }
    return false;
}

/// Of restarts nothing is said but questions in vain.
bool isNeverRestarted(const Conversation& conversation) {
    bool isAsked = false;
    for (std::size_t turn = 0; turn < conversation.lines.size(); ++turn) {
        if (!isRestart(conversation.lines[turn])) continue;
        const bool isRefused =
            isRestartAskedInVain(turn, conversation) && !isDoneFrom(turn + 2, conversation);
        if (!isRefused && !isAskedInVain(turn, conversation)) return false;
        isAsked = true;
    }
    return isAsked;
}

/// Of what was saved before, or is to be got back.
bool isOfSavedData(const Line& line) {
    static const CueList kData{{"restor*"},     {"restaur*"},    {"sauvegard*"}, {"recover*"},  {"recuper*"},
                               {"backups"},     {"backed up"},   {"backing up"}, {"snapshot*"}, {"corbeille"},
                               {"recycle bin"}, {"shadow cop*"}, {"deleted"},    {"effac*"},    {"supprim*"},
                               {"version*"},    {"overwr*"},     {"ecras*"},     {"file"},      {"files"},
                               {"fichier*"},    {"folder*"},     {"dossier*"},   {"get ~ back"}};
    return kData.first(line).has_value();
}

/// "its back up", "the server's back up now": it runs again, and nothing is restored.
bool isUpAgain(const Line& line) {
    bool isUp = false;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const std::string_view word = line.words[at].text;
        if (isOneOf(word, {"backup", "backups"})) {
            // The speech recognition's "it's backup"
            const bool isLast =
                at + 1 == line.words.size() ||
                isOneOf(line.words[at + 1].text, {"now", "again", "and", "thanks", "running"});
            if (at == 0 || !isLast || !isOneOf(line.words[at - 1].text, {"its", "s"})) return false;
            isUp = true;
        }
        if (word != "back" || at + 1 >= line.words.size() || line.words[at + 1].text != "up") continue;
        const bool isState =
            at > 0 &&
            isOneOf(line.words[at - 1].text,
                    {"s",          "its",    "is",      "are",      "re",   "was",  "come",     "came",
                     "comes",      "coming", "go",      "goes",     "gone", "now",  "be",       "all",
                     "everything", "server", "network", "internet", "wifi", "line", "straight", "right",
                     "get",        "bring",  "brought", "it",       "them"});
        if (!isState) return false;
        isUp = true;
    }
    return isUp;
}

/// Nothing of the call but "it's back up" sounds like a restored backup.
bool isOnlyUpAgain(const Conversation& conversation) {
    return std::ranges::any_of(conversation.lines, isUpAgain) &&
           std::ranges::none_of(conversation.lines, [](const Line& line) {
               static const CueList kBackup{{"backup*"}, {"back up"}};
               return isOfSavedData(line) || (kBackup.first(line) && !isUpAgain(line));
           });
}

bool isCancelled(const Line& line) {
    static const CueList kCues{{"annul* ~ creation"}, {"annul* ~ compte"},  {"cancel* ~ creat*"},
                               {"cancel* ~ account"}, {"annul* ~ demande"}, {"ne cree pas"},
                               {"won t create"},      {"not creating"},     {"cancel* ~ request"}};
    return kCues.first(line).has_value();
}

bool isRefused(const Line& line) {
    static const CueList kCues{{"va pas le faire"},      {"vais pas le faire"},
                               {"va pas l installer"},   {"vais pas l installer"},
                               {"ne va pas installer"},  {"ne vais pas installer"},
                               {"n installe pas"},       {"n installerai pas"},
                               {"n installera pas"},     {"won t be doing"},
                               {"won t install"},        {"won t be installing"},
                               {"not going to install"}, {"not going to do"},
                               {"not installing"},       {"pas possible de l installer"},
                               {"on ne le fera pas"},    {"we re not doing"}};
    return kCues.first(line).has_value();
}

}  // namespace

bool isLeftOpen(const Line& sentence, std::size_t before) {
    if (sentence.isQuestion) return true;
    for (std::size_t at = 0; at < std::min(before, sentence.words.size()); ++at)
        if (isOneOf(
                sentence.words[at].text,
                {"si",       "if",    "peux",   "peut", "pourrais",  "pourrait", "pourra", "could", "can",
                 "might",    "may",   "voulez", "veux", "souhaitez", "faudrait", "aurais", "would", "should",
                 "peutetre", "maybe", "quand",  "when", "demandez",  "pouvez",   "unless", "faites"}))
            return true;
    return false;
}

bool saysDone(const Line& sentence) {
    static const CueList kDone{
        {"c est fait"}, {"c est coupe"},    {"c est desactive"}, {"c est ferme"}, {"c est bloque"},
        {"c est bon"},  {"voila"},          {"it s done"},       {"that s done"}, {"all done"},
        {"done"},       {"that s all off"}, {"c est parti"},     {"c est cree"},  {"c est supprime"}};
    return !sentence.isQuestion && kDone.first(sentence).has_value();
}

std::vector<SaidDeed> saidDeedsIn(const Conversation& conversation) {
    std::vector<SaidDeed> deeds;
    const auto add = [&](std::string_view kind, const Line& sentence, const CueList& cues) {
        const auto hit = cues.first(sentence);
        if (!hit || isLeftOpen(sentence, hit->match.first) || isNegated(sentence.words, hit->match)) return;
        if (std::ranges::find(deeds, kind, &SaidDeed::kind) != deeds.end()) return;
        deeds.push_back({kind, sentence.turn, spoken(sentence, hit->match.first, hit->match.last),
                         isPast(sentence, hit->match)});
    };
    const Line* before = nullptr;
    bool isAccountAsked = false;
    for (const Line& line : conversation.lines) {
        if (line.speaker == Speaker::Customer) {
            before = &line;
            isAccountAsked = isAccountAsked || accounts().first(line).has_value();
            continue;
        }
        for (const Line& sentence : sentencesOf(line)) {
            add("escalate", sentence, passingOn());
            add("order_hardware", sentence, lending());
            add("reset_password", sentence, newPin());
            add("onsite_visit", sentence, visiting());
            if (before && codes().first(*before)) add("reset_password", sentence, setTo());
            if (earlier().first(sentence)) continue;
            add("reset_password", sentence, unlocked());
            if (isAccountAsked) add("reset_password", sentence, unlockedIt());
            add("reboot", sentence, restarted());
            if (!updates().first(sentence)) add("install_software", sentence, installed());
        }
    }
    return deeds;
}

bool isUnsaid(const FoundAction& action, const Conversation& conversation) {
    const bool isVisit = action.action.kind == "onsite_visit";
    if ((!isVisit && action.action.kind != "install_software") || action.turns.empty()) return false;
    return std::ranges::all_of(action.turns, [&](std::int32_t turn) {
        const Line& line = conversation.lines[static_cast<std::size_t>(turn)];
        return isVisit ? onlyShips(line) || onlyCutsAccess(line) : onlyTakesOff(line);
    });
}

std::optional<SaidDeed> restartPutOff(const Conversation& conversation) {
    static const CueList kLater{{"tonight"},        {"this evening"}, {"later"},          {"tomorrow"},
                                {"after your"},     {"after the"},    {"when you"},       {"once you"},
                                {"this afternoon"}, {"at lunch*"},    {"end of the day"}, {"ce soir"},
                                {"plus tard"},      {"demain"},       {"cet apres midi"}, {"quand vous"},
                                {"apres votre"},    {"apres la"},     {"a midi"},         {"cette nuit"},
                                {"fin de journee"}, {"des que vous"}};
    static const CueList kWill{{"do it"},      {"do that"},    {"restart*"},  {"reboot*"},    {"faites le"},
                               {"le ferez"},   {"le faire"},   {"redemarr*"}, {"je le fais"}, {"je le ferai"},
                               {"on le fera"}, {"on le fait"}, {"faire ca"}};
    const auto& lines = conversation.lines;
    constexpr std::size_t kSoon = 3;  // turns behind the refusal
    for (std::size_t turn = 0; turn < lines.size(); ++turn) {
        if (!isRestart(lines[turn]) || !isRestartAskedInVain(turn, conversation)) continue;
        for (std::size_t at = turn + 1; at <= std::min(turn + 1 + kSoon, lines.size() - 1); ++at) {
            const auto later = kLater.first(lines[at]);
            if (!later || !kWill.first(lines[at])) continue;
            const bool isDoneAfterAll =
                isDoneFrom(at + 1, conversation) ||
                std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(at + 1), lines.end(),
                            [](const Line& line) { return isRestart(line) && !asksToRestart(line); });
            if (isDoneAfterAll) return std::nullopt;
            return SaidDeed{"reboot", lines[at].turn,
                            spoken(lines[at], later->match.first, later->match.last), false};
        }
    }
    return std::nullopt;
}

bool isSaidNotDone(const FoundAction& action, const Conversation& conversation) {
    const std::string& kind = action.action.kind;
    if (kind == "reboot" && isNeverRestarted(conversation) && !restartPutOff(conversation)) return true;
    if (kind == "restore_backup" && isOnlyUpAgain(conversation)) return true;
    const auto isAll = [&](bool (*says)(const Line& line)) {
        return !action.turns.empty() && std::ranges::all_of(action.turns, [&](std::int32_t turn) {
            return says(conversation.lines[static_cast<std::size_t>(turn)]);
        });
    };
    if (kind == "create_account" && isAll(isCancelled)) return true;
    if (kind == "install_software" && isAll(isRefused)) return true;
    return false;
}

}  // namespace ninja3cx::analysis
