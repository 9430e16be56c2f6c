#include "server/analysis/conclusions/second_problem.hpp"

#include "server/analysis/conclusions/category.hpp"
#include "server/analysis/conclusions/password_given.hpp"
#include "server/analysis/conclusions/second_opening.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/second_matter_cues.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Speaker;

/// What a call can be about besides: a question with nothing broken and a social call are no second problem.
constexpr std::array kProblems{Category::AccountPassword,
                               Category::Email,
                               Category::NetworkVpn,
                               Category::InternetWifi,
                               Category::PrinterScanner,
                               Category::Hardware,
                               Category::WorkstationPerformance,
                               Category::ServerInfrastructure,
                               Category::SoftwareApplication,
                               Category::SecurityIncident,
                               Category::BackupRestore,
                               Category::Telephony,
                               Category::OnboardingOffboarding,
                               Category::ProcurementLicence};

/// Words of a complaint or a request.
const CueList& askingCues() {
    static const CueList kCues{{"plus"},
                               {"pas"},
                               {"marche"},
                               {"bloque*"},
                               {"panne"},
                               {"casse*"},
                               {"lent*"},
                               {"rame*"},
                               {"mort"},
                               {"morte"},
                               {"muet*"},
                               {"faudra*"},
                               {"voudra*"},
                               {"pouvez"},
                               {"pourriez"},
                               {"besoin"},
                               {"coupe*"},
                               {"gresill*"},
                               {"clignote*"},
                               {"orange"},
                               {"rouge"},
                               {"fendu*"},
                               {"rayure"},
                               {"noir"},
                               {"noirs"},
                               {"no sound"},
                               {"dropping"},
                               {"black"},
                               {"trait"},
                               {"double"},
                               {"erreur"},
                               {"perdu*"},
                               {"disparu*"},
                               {"expire*"},
                               {"oublie*"},
                               {"chiffrage"},
                               {"devis"},
                               {"prix"},
                               {"combien"},
                               {"commander"},
                               {"pourquoi"},
                               {"comment"},
                               {"hache*"},
                               {"crie"},
                               {"bruit"},
                               {"bourr*"},
                               {"won t"},
                               {"doesn t"},
                               {"don t"},
                               {"isn t"},
                               {"can t"},
                               {"not"},
                               {"dead"},
                               {"broken"},
                               {"smashed"},
                               {"flicker*"},
                               {"slow"},
                               {"locked"},
                               {"lost"},
                               {"stuck"},
                               {"need*"},
                               {"could you"},
                               {"can you"},
                               {"price"},
                               {"quote"},
                               {"order"},
                               {"cracked"},
                               {"off"},
                               {"out"},
                               {"missing"},
                               {"wrong"},
                               {"gone"},
                               {"want*"},
                               {"why"},
                               {"how"},
                               {"noise"},
                               {"jam*"},
                               {"keeps"},
                               {"crash*"},
                               {"click*"},
                               {"clique*"},
                               {"plante*"},
                               {"weak"},
                               {"offline"},
                               {"hors ligne"},
                               {"no"},
                               {"never"},
                               {"full"},
                               {"plein"},
                               {"pleine"},
                               {"trace*"},
                               {"faible*"},
                               {"freez*"},
                               {"frozen"},
                               {"fige*"},
                               {"se ferme*"},
                               {"s eteint"},
                               {"saute*"},
                               {"tombe*"},
                               {"fail*"},
                               {"error*"},
                               {"stop*"},
                               {"faut"},
                               {"aucun*"},
                               {"jamais"},
                               {"chauffe*"},
                               {"charge*"},
                               {"disconnect*"},
                               {"drops"},
                               {"beep*"},
                               {"bip*"},
                               {"bizarre*"},
                               {"refuse*"},
                               {"rejet*"},
                               {"tourne en boucle"},
                               {"tourne en rond"},
                               {"tourne dans le vide"},
                               {"i d like"},
                               {"we d like"},
                               {"aimerai*"},
                               {"voulai*"},
                               {"souhait*"},
                               {"jaune"},
                               {"flou*"}};
    return kCues;
}

struct Topic {
    Category category;
    CueList words;
};
/// What the things of a category are called.
const std::vector<Topic>& topics() {
    using enum Category;
    static const std::vector<Topic> kTopics{
        {PrinterScanner,
         {{"imprim*"},
          {"copieur"},
          {"photocopieu*"},
          {"scanner"},
          {"scan"},
          {"scans"},
          {"etiqueteuse"},
          {"toner"},
          {"printer*"},
          {"copier"}}},
        {Telephony,
         {{"telephone fixe"},
          {"telephone*"},
          {"phone"},
          {"dial tone"},
          {"standard"},
          {"combine"},
          {"dect"},
          {"le fixe"},
          {"casque"},
          {"sonne*"},
          {"messagerie vocale"},
          {"voicemail"},
          {"repondeur"},
          {"phones"},
          {"handset"},
          {"headset"},
          {"desk phone"},
          {"direct line"}}},
        {Email,
         {{"outlook"},
          {"out look"},
          {"mail"},
          {"mails"},
          {"messagerie"},
          {"courriel*"},
          {"signature"},
          {"agenda"},
          {"calendrier"},
          {"mailbox"},
          {"inbox"},
          {"shared diary"},
          {"calendar"},
          {"email*"}}},
        {InternetWifi, {{"wifi"}, {"wi fi"}, {"borne"}, {"internet"}, {"fibre"}, {"broadband"}, {"network"}}},
        {NetworkVpn, {{"vpn"}, {"lecteur reseau"}, {"shared drive"}}},
        {Hardware, {{"ecran"},    {"clavier"},  {"souris"},   {"charniere"},
                    {"chargeur"}, {"tablette"}, {"batterie"}, {"station d accueil"},
                    {"webcam"},   {"screen"},   {"monitor"},  {"keyboard"},
                    {"mouse"},    {"charger"},  {"docking"},  {"tablet"},
                    {"hinge"},    {"battery"},  {"cable"},    {"laptop"},
                    {"portable"}, {"dock"},     {"monitors"}, {"ecrans"}}},
        {WorkstationPerformance,
         {{"rame"},
          {"lent"},
          {"lente"},
          {"souffle"},
          {"slow"},
          {"freezes"},
          {"ventilateur"},
          {"rament"},
          {"lents"},
          {"freezing"},
          {"sluggish"}}},
        {AccountPassword,
         {{"mot de passe"},
          {"password"},
          {"locked out"},
          {"session"},
          {"compte"},
          {"account"},
          {"login"},
          {"log in"},
          {"mots de passe"}}},
        {ProcurementLicence,
         {{"devis"},
          {"licence*"},
          {"license*"},
          {"chiffrage"},
          {"prix"},
          {"commander"},
          {"combien"},
          {"quote"},
          {"price"},
          {"facture"},
          {"invoice"},
          {"cost*"}}},
        {BackupRestore, {{"sauvegarde"}, {"sauvegardes"}, {"backup*"}, {"backed up"}, {"restaurer"}}},
        {ServerInfrastructure, {{"serveur"}, {"nas"}, {"onduleur"}, {"server"}, {"ups"}}},
        {SoftwareApplication,
         {{"logiciel"},
          {"excel"},
          {"word"},
          {"sage"},
          {"teams"},
          {"adobe"},
          {"pdf"},
          {"application"},
          {"app"},
          {"powerpoint"},
          {"chrome"}}},
        {OnboardingOffboarding,
         {{"nouvelle collegue"},
          {"nouveau collegue"},
          {"stagiaire"},
          {"embauche"},
          {"new starter"},
          {"leaver"},
          {"apprenti"}}},
        {SecurityIncident,
         {{"virus"}, {"phishing"}, {"hameconnage"}, {"pirat*"}, {"arnaque"}, {"dodgy"}, {"suspicious"}}}};
    return kTopics;
}

bool names(Category category, const Line& line) {
    return std::ranges::any_of(topics(), [&](const Topic& topic) {
        return topic.category == category && topic.words.first(line).has_value();
    });
}

/// Its words name the thing of another category, and none of the main one's.
bool clearlyNames(Category other, Category main, const Line& line) {
    if (!names(other, line) || names(main, line)) return false;
    return std::ranges::none_of(topics(), [&](const Topic& topic) {
        return topic.category != other && topic.words.first(line).has_value();
    });
}

/// The customer's first turn that is about the category; the first of all where none is.
std::size_t firstAbout(const CallReading& reading, Category main) {
    constexpr float kPlain = 0.3F;
    const std::vector<Line>& lines = reading.conversation().lines;
    const std::string head = turnHeadOf(main);
    for (std::size_t turn = 0; turn < lines.size(); ++turn)
        if (lines[turn].speaker == Speaker::Customer && reading.shows(turn, head) >= kPlain) return turn;
    const auto first = std::ranges::find(lines, Speaker::Customer, &Line::speaker);
    return static_cast<std::size_t>(first - lines.begin());
}

/// How plainly a turn of the customer must speak of it. Of calls whose hand was not learned from, about three in four of
/// those found so have just this secondary category.
constexpr float kFrom = 0.2F;
constexpr float kNamed = 0.18F;           // what its name adds behind "et sinon"
constexpr float kNamedInPassing = 0.06F;  // behind "et"
constexpr float kLikelyFrom = 0.35F;
constexpr float kPlain = 0.5F;  // by itself

std::optional<SecondProblem> raised(const CallReading& reading, Category main) {
    std::optional<SecondProblem> best;
    float plainest = kFrom;
    const std::vector<Line>& lines = reading.conversation().lines;
    const std::string mainHead = turnHeadOf(main);
    for (std::size_t turn = firstAbout(reading, main) + 1; turn < lines.size(); ++turn) {
        const Line& line = lines[turn];
        if (line.speaker != Speaker::Customer || !askingCues().first(line)) continue;
        const bool isTurn = secondMatterHints().first(line).has_value() || isInvited(lines, turn);
        if (!isTurn && !goesOn(line)) continue;
        const bool isStillMain = names(main, line);
        for (const Category other : kProblems) {
            if (other == main) continue;
            const float shown = reading.shows(turn, turnHeadOf(other));
            float plain = shown;
            if (!isStillMain && names(other, line)) plain += isTurn ? kNamed : kNamedInPassing;
            if (plain < plainest || plain < reading.shows(turn, mainHead)) continue;
            plainest = plain;
            // "Et ma collègue n'a plus internet" is as plain as behind "et sinon".
            const bool isLikely =
                plain >= kLikelyFrom || (shown + kNamed >= kLikelyFrom && clearlyNames(other, main, line));
            best = SecondProblem{other, line.turn, isLikely ? Confidence::Likely : Confidence::Unsure};
        }
    }
    return best;
}

/// The first problem, where what the call is about for the most part was raised behind it.
std::optional<SecondProblem> raisedBefore(const CallReading& reading, Category main) {
    const std::vector<Line>& lines = reading.conversation().lines;
    const std::size_t until = firstAbout(reading, main);
    if (until >= lines.size() || (!secondMatterHints().first(lines[until]) && !goesOn(lines[until])))
        return std::nullopt;
    std::optional<SecondProblem> best;
    float plainest = kPlain;
    for (std::size_t turn = 0; turn < until; ++turn) {
        if (lines[turn].speaker != Speaker::Customer || names(main, lines[turn])) continue;
        for (const Category other : kProblems) {
            const float named = names(other, lines[turn]) ? kNamed : 0.0F;
            const float plain = reading.shows(turn, turnHeadOf(other)) + named;
            if (other == main || plain < plainest) continue;
            plainest = plain;
            const bool isPlain = askingCues().first(lines[turn]) && clearlyNames(other, main, lines[turn]);
            best = SecondProblem{other, lines[turn].turn, isPlain ? Confidence::Likely : Confidence::Unsure};
        }
    }
    return best;
}

/// What the whole call is the second most likely to be about, where the customer says so for itself behind the first:
/// "Les clients qui appellent, ça sonne occupé."
std::optional<SecondProblem> plainlySaid(const CallReading& reading, Category main, Category runnerUp) {
    if (runnerUp == main || std::ranges::find(kProblems, runnerUp) == kProblems.end()) return std::nullopt;
    std::optional<SecondProblem> best;
    float plainest = kPlain;
    const std::vector<Line>& lines = reading.conversation().lines;
    for (std::size_t turn = firstAbout(reading, main) + 1; turn < lines.size(); ++turn) {
        const float plain = reading.shows(turn, turnHeadOf(runnerUp));
        if (lines[turn].speaker != Speaker::Customer || plain < plainest ||
            plain < reading.shows(turn, turnHeadOf(main)))
            continue;
        plainest = plain;
        best = SecondProblem{runnerUp, lines[turn].turn, Confidence::Unsure};
    }
    return best;
}

/// What the words name first; that a machine is slow is more than the machine.
std::optional<Category> firstNamed(const Line& line, Category besides) {
    std::optional<Category> first;
    std::size_t nearest = line.words.size();
    for (const Topic& topic : topics()) {
        if (topic.category == besides) continue;
        for (const CueList::Hit& hit : topic.words.all(line)) {
            // "contestée par mail", "j'ai reçu un mail": how one was told.
            if (hit.match.first > 0 &&
                isOneOf(line.words[hit.match.first - 1].text,
                        {"par", "un", "by", "an", "ce", "this", "en"}) &&
                topic.category == Category::Email)
                continue;
            const bool isSlow =
                topic.category == Category::WorkstationPerformance && first == Category::Hardware;
            if (!isSlow && hit.match.first >= nearest) continue;
            nearest = std::min(nearest, hit.match.first);
            first = topic.category;
        }
    }
    if (first == Category::Hardware && besides != Category::WorkstationPerformance &&
        names(Category::WorkstationPerformance, line))
        return Category::WorkstationPerformance;
    return first;
}

/// "Autre chose, l'imprimante …", "… And my second monitor stays black.": opened as a matter of its own, which names a
/// thing of another category and complains or asks of it. Where the call is about that one for the most part, the other
/// is what came before.
std::optional<SecondProblem> opened(const CallReading& reading, Category main) {
    const std::vector<Line>& lines = reading.matter().lines;
    const std::size_t first = firstAbout(reading, main);
    bool isSecondOfTwo = false;
    bool isAnythingTold = false;
    std::optional<SecondProblem> before;  // the first matter, where it is of another category
    for (std::size_t turn = 0; turn < lines.size(); ++turn) {
        const Line& line = lines[turn];
        if (line.speaker != Speaker::Customer) continue;
        isAnythingTold = isAnythingTold || turn > first;
        bool isToldHere = false;
        for (const Line& sentence : sentencesOf(line)) {
            const auto from = openedAt(sentence, isSecondOfTwo || isToldHere);
            isSecondOfTwo = isSecondOfTwo || countsTwo(sentence);
            const Line matter = restOf(sentence, from.value_or(0));
            const bool isOfMain = names(main, matter);
            const auto named = isOfMain ? std::nullopt : firstNamed(matter, main);
            const bool isTold = isAnythingTold;
            isAnythingTold = isAnythingTold || isOfMain || named;
            if (!askingCues().first(matter)) continue;
            isToldHere = isToldHere || isOfMain || named;
            if (from && isTold && named) return SecondProblem{*named, line.turn, Confidence::Likely};
            if (from && isTold && isOfMain && before) return before;
            if (!before && !from && named) before = SecondProblem{*named, line.turn, Confidence::Likely};
        }
    }
    return std::nullopt;
}

/// The customer's first turn with one of the cues.
const Line* firstSaid(const Conversation& conversation, const CueList& cues) {
    for (const Line& line : conversation.lines)
        if (line.speaker == Speaker::Customer && cues.first(line)) return &line;
    return nullptr;
}

/// What an incident touches besides: the account whose password was given away, the mailbox that sends by itself.
std::optional<SecondProblem> touched(const Conversation& conversation, Category main) {
    static const CueList kForeignMail{
        {"mail* ~ jamais envoye*"}, {"mail* ~ pas envoye*"},   {"message* ~ jamais envoye*"},
        {"message* ~ pas envoye*"}, {"message* ~ pas ecrit*"}, {"mail* ~ pas ecrit*"},
        {"mail* ~ de moi"},         {"message* ~ de moi"},     {"mail* ~ de ma part"},
        {"message* ~ de ma part"},  {"non distribue*"},        {"mail* ~ never sent"},
        {"mail* ~ didn t send"},    {"message* ~ never sent"}, {"message* ~ didn t send"},
        {"mail* ~ from me"},        {"message* ~ from me"},    {"undeliver*"},
        {"from my email"},          {"from my account"},       {"from my address"},
        {"depuis ma boite"},        {"depuis mon adresse"},    {"regle de transfert"},
        {"forwarding rule"}};
    static const CueList kSent{{"envoye*"}, {"parti"}, {"sent"}, {"went"}, {"rappel*"}, {"recall*"}};
    static const CueList kNotForThem{{"donnees"},
                                     {"salaires"},
                                     {"salaries"},
                                     {"bank details"},
                                     {"diagnos*"},
                                     {"medical"},
                                     {"medicaux"},
                                     {"names of all"},
                                     {"date* de naissance"},
                                     {"date of birth"},
                                     {"confidenti*"},
                                     {"rgpd"},
                                     {"gdpr"},
                                     {"marges"},
                                     {"vie privee"},
                                     {"patients"},
                                     {"privileged"},
                                     {"wrong person"},
                                     {"wrong address"},
                                     {"wrong client"},
                                     {"mauvais destinataire"},
                                     {"mauvaise personne"},
                                     {"mauvaise adresse"},
                                     {"mauvais client"},
                                     {"trompe* de destinataire"}};
    const auto found = [](Category category, const Line* line) -> std::optional<SecondProblem> {
        if (!line) return std::nullopt;
        return SecondProblem{category, line->turn, Confidence::Likely};
    };
    if (main == Category::SecurityIncident) {
        if (auto second = found(Category::AccountPassword, passwordGiven(conversation))) return second;
        return found(Category::Email, firstSaid(conversation, kForeignMail));
    }
    // What was sent to somebody who must not have it.
    if (main == Category::Email && firstSaid(conversation, kSent))
        return found(Category::SecurityIncident, firstSaid(conversation, kNotForThem));
    return std::nullopt;
}

}  // namespace

std::optional<SecondProblem> secondProblem(const CallReading& reading, Category main, Category runnerUp) {
    if (main == Category::OtherNonSupport) return std::nullopt;
    if (auto second = touched(reading.conversation(), main)) return second;
    if (auto second = opened(reading, main)) return second;
    if (auto second = raised(reading, main)) return second;
    if (auto second = raisedBefore(reading, main)) return second;
    return plainlySaid(reading, main, runnerUp);
}

bool namesThingOf(Category category, const Line& clause) {
    return names(category, clause) || firstNamed(clause, Category::OtherNonSupport) == category;
}

std::set<Category> thingsNamed(const Line& clause) {
    std::set<Category> named;
    for (const Topic& topic : topics())
        if (topic.words.first(clause)) named.insert(topic.category);
    return named;
}

bool tellsOfThing(const Line& clause) {
    return askingCues().first(clause) && std::ranges::any_of(topics(), [&](const Topic& topic) {
               return topic.words.first(clause).has_value();
           });
}

std::optional<std::int32_t> secondMatter(const CallReading& reading, Category main) {
    if (main == Category::OtherNonSupport) return std::nullopt;
    if (const auto second = opened(reading, main)) return second->turn;
    if (const auto second = raised(reading, main)) return second->turn;
    if (const auto second = raisedBefore(reading, main)) return second->turn;
    const std::vector<Line>& lines = reading.conversation().lines;
    const std::size_t first = firstAbout(reading, main);
    // "oh and the scanner …": what came before was the other one.
    if (first < lines.size() && plainSecondMatters().first(lines[first]))
        for (std::size_t turn = 0; turn < first; ++turn)
            if (lines[turn].speaker == Speaker::Customer && !names(main, lines[turn]) &&
                tellsOfThing(lines[turn]))
                return lines[turn].turn;
    for (std::size_t turn = first + 1; turn < lines.size(); ++turn) {
        const Line& line = lines[turn];
        if (line.speaker == Speaker::Customer && askingCues().first(line) &&
            (plainSecondMatters().first(line) || isInvited(lines, turn)))
            return line.turn;
    }
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
