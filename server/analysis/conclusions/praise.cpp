#include "server/analysis/conclusions/praise.hpp"

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

const CueList& praises() {
    static const CueList kCues{{"bravo"},      {"genial"},          {"geniale"},      {"super"},
                               {"formidable"}, {"magnifique"},      {"parfait"},      {"fantastique"},
                               {"excellent"},  {"felicitations"},   {"ravi"},         {"ravie"},
                               {"bonheur"},    {"quelle joie"},     {"quel plaisir"}, {"merveilleux"},
                               {"merveille"},  {"reussite"},        {"du propre"},    {"c est la fete"},
                               {"chouette"},   {"aux anges"},       {"enchante"},     {"enchantee"},
                               {"trop fort"},  {"what a treat"},    {"oh joy"},       {"love it"},
                               {"so happy"},   {"chapeau"},         {"impeccable"},   {"nickel"},
                               {"fantastic"},  {"brilliant"},       {"great"},        {"wonderful"},
                               {"well done"},  {"delighted"},       {"lovely"},       {"perfect"},
                               {"marvellous"}, {"marvelous"},       {"amazing"},      {"terrific"},
                               {"thrilled"},   {"congratulations"}, {"superb"},       {"excellent work"},
                               {"good job"},   {"awesome"},         {"splendid"}};
    return kCues;
}
const CueList& complaints() {
    static const CueList kCues{{"en panne"},        {"plante"},
                               {"a plante"},        {"marche plus"},
                               {"marche pas"},      {"marche toujours pas"},
                               {"fonctionne plus"}, {"fonctionne pas"},
                               {"est coupe"},       {"est coupee"},
                               {"a coupe"},         {"se coupe"},
                               {"demarre pas"},     {"demarre plus"},
                               {"est tombe"},       {"est tombee"},
                               {"retombe"},         {"bloque"},
                               {"bloquee"},         {"fige"},
                               {"casse"},           {"cassee"},
                               {"hors service"},    {"imprime plus"},
                               {"imprime pas"},     {"s ouvre plus"},
                               {"s ouvre pas"},     {"repond plus"},
                               {"repond pas"},      {"toujours pas"},
                               {"arrive plus"},     {"est mort"},
                               {"est morte"},       {"is down"},
                               {"s down"},          {"gone down"},
                               {"went down"},       {"crashed"},
                               {"crashes"},         {"doesn t work"},
                               {"isn t working"},   {"not working"},
                               {"dropped"},         {"won t"},
                               {"frozen"},          {"froze"},
                               {"broken"},          {"broke"},
                               {"is dead"},         {"s dead"},
                               {"failed"},          {"stopped"},
                               {"doesn t print"},   {"can t print"},
                               {"locked out"},      {"doesn t open"},
                               {"jammed"},          {"stuck"},
                               {"gone again"},      {"off again"},
                               {"been down"},       {"still no"},
                               {"no internet"},     {"plus internet"},
                               {"plus d internet"}, {"a ~ coupe"}};
    return kCues;
}
/// That it is not the first time, or lasts.
const CueList& repeats() {
    static const CueList kCues{
        {"encore"},         {"a nouveau"},     {"de nouveau"},      {"une fois de plus"}, {"toujours"},
        {"heures que"},     {"jours que"},     {"depuis ce matin"}, {"depuis hier"},      {"depuis des"},
        {"minutes que"},    {"manquait plus"}, {"manquait que ca"}, {"il me fallait"},    {"eme fois"},
        {"troisieme fois"}, {"deuxieme fois"}, {"again"},           {"once more"},        {"still"},
        {"hours"},          {"since this"},    {"since yesterday"}, {"just what"},        {"all i needed"},
        {"all we needed"},  {"third time"},    {"second time"},     {"thanks a lot"}};
    return kCues;
}
const CueList& mockeries() {
    static const CueList kCues{{"merci pour rien"}, {"thanks for nothing"}, {"manquait plus que ca"}};
    return kCues;
}
/// What is praised works, or the technician is.
const CueList& reasons() {
    static const CueList kCues{
        {"ca marche"},       {"ca remarche"},   {"il marche"},   {"elle marche"},      {"ca fonctionne"},
        {"tout fonctionne"}, {"refonctionne"},  {"repare"},      {"reparee"},          {"regle"},
        {"resolu"},          {"reparti"},       {"remarche"},    {"plus de panne"},    {"plus aucun*"},
        {"plante plus"},     {"bloque plus"},   {"coupe plus"},  {"plus en panne"},    {"depanne"},
        {"c est bon"},       {"vous etes"},     {"mille fois"},  {"merci infiniment"}, {"grand merci"},
        {"de votre aide"},   {"c est revenu"},  {"reactif"},     {"reactive"},         {"il imprime"},
        {"elle imprime"},    {"ca imprime"},    {"debloque"},    {"debloquee"},        {"grace a"},
        {"it works"},        {"working again"}, {"working now"}, {"works again"},      {"works now"},
        {"fixed"},           {"it s back"},     {"s back"},      {"no more"},          {"any more"},
        {"anymore"},         {"sorted"},        {"you re"},      {"you ve been"},      {"it prints"},
        {"so much"},         {"ever so"},       {"your help"},   {"up and running"},   {"no longer"},
        {"hasn t"},          {"haven t"},       {"n a pas"},     {"didn t"},           {"no error*"}};
    return kCues;
}
/// "n'est plus en panne", "ça ne plante plus": no complaint.
bool isComplained(const Line& line) {
    return std::ranges::any_of(complaints().all(line), [&](const CueList::Hit& hit) {
        // Those that hold their own "plus" or "pas" are not denied by it.
        const bool isNegative = hit.phrase.ends_with(" plus") || hit.phrase.ends_with(" pas") ||
                                hit.phrase.find(" t ") != std::string_view::npos ||
                                hit.phrase.ends_with(" t") || hit.phrase.starts_with("not ");
        return isNegative || !isNegated(line.words, hit.match);
    });
}

/// Praise of work and service, which is none where nothing was done.
const CueList& achievements() {
    static const CueList kCues{{"efficacite"},     {"reussite"},       {"exploit"},       {"quel service"},
                               {"beau travail"},   {"bon travail"},    {"quel talent"},   {"quelle equipe"},
                               {"on applaudit"},   {"champions"},      {"triumph"},       {"impressive"},
                               {"what a service"}, {"what a team"},    {"great service"}, {"lovely service"},
                               {"great work"},     {"excellent work"}, {"superb work"},   {"lovely work"},
                               {"great job"},      {"marvellous job"}, {"lovely job"},    {"fine job"}};
    return kCues;
}
/// Said with praise it means more than the praise, or the opposite.
const CueList& stresses() {
    static const CueList kCues{{"vraiment"},       {"comme d habitude"},
                               {"comme toujours"}, {"bravo le"},
                               {"bravo la"},       {"bravo l"},
                               {"bravo les"},      {"encore mieux"},
                               {"ca c est"},       {"de mieux en mieux"},
                               {"just"},           {"truly"},
                               {"really"},         {"simply"},
                               {"as usual"},       {"as always"},
                               {"even better"},    {"better and better"}};
    return kCues;
}
/// For a day, or to be looked at: what may well suit the customer.
const CueList& putOffs() {
    static const CueList kCues{{"lundi"},   {"mardi"},     {"mercredi"},   {"jeudi"},    {"vendredi"},
                               {"semaine"}, {"mois"},      {"je regarde"}, {"on passe"}, {"monday"},
                               {"tuesday"}, {"wednesday"}, {"thursday"},   {"friday"},   {"week"},
                               {"month"},   {"look into"}, {"ll come"},    {"will be"},  {"ll be"}};
    return kCues;
}
/// Nothing that suits: not soon, not for certain, by nobody, or only written down.
const CueList& refusals() {
    static const CueList kCues{{"pas avant"},  {"on attend"},       {"personne"},    {"peux pas"},
                               {"peut pas"},   {"pouvons pas"},     {"je note"},     {"delai"},
                               {"impossible"}, {"malheureusement"}, {"peut etre"},   {"not before"},
                               {"not until"},  {"t ~ before"},      {"waiting for"}, {"nobody"},
                               {"no one"},     {"can t"},           {"cannot"},      {"unfortunately"},
                               {"i m afraid"}, {"log it"},          {"could be"},    {"might be"},
                               {"maybe"},      {"perhaps"}};
    return kCues;
}
const CueList& days() {
    static const CueList kCues{{"lundi"},    {"mardi"},   {"mercredi"}, {"jeudi"},   {"vendredi"},
                               {"demain"},   {"semaine"}, {"monday"},   {"tuesday"}, {"wednesday"},
                               {"thursday"}, {"friday"},  {"tomorrow"}, {"week"}};
    return kCues;
}
const CueList& solutions() {
    static const CueList kCues{{"essayez"},  {"repare*"},   {"retabli*"}, {"c est bon"}, {"c est fait"},
                               {"corrige*"}, {"debloque*"}, {"confirm*"}, {"try"},       {"fixed"},
                               {"s back"},   {"restored"},  {"working"},  {"unlocked"},  {"repaired"},
                               {"replaced"}, {"et la"},     {"and now"},  {"done"},      {"resolu*"},
                               {"regle"},    {"it works"},  {"check now"}};
    return kCues;
}
/// Thanks, or it suits them.
const CueList& agreements() {
    static const CueList kCues{
        {"merci"},      {"thank*"},   {"cheers"},     {"ca me va"},    {"ca marche"}, {"c est bien"},
        {"tres bien"},  {"d accord"}, {"ca ira"},     {"a jeudi"},     {"a lundi"},   {"a mardi"},
        {"a vendredi"}, {"a demain"}, {"that works"}, {"that s fine"}, {"see you"},   {"suits"},
        {"that ll do"}, {"ok"},       {"okay"},       {"appreciate*"}};
    return kCues;
}

/// "Just brilliant.", a sentence of its own: "that's just perfect" is meant.
bool isOnlyJust(const Line& line) {
    return std::ranges::any_of(praises().all(line), [&](const CueList::Hit& hit) {
        const std::size_t at = hit.match.first;
        return at > 0 && line.words[at - 1].text == "just" && line.isCutAfter(hit.match.last - 1) &&
               (at == 1 || line.isCutAfter(at - 2));
    });
}

}  // namespace

bool isIronic(const Conversation& conversation, std::size_t turn) {
    const Line& line = conversation.lines[turn];
    if (mockeries().first(line)) return true;
    if (turn == 0 || agreements().first(line) || saysWhyPleased(line)) return false;
    const Line& answer = conversation.lines[turn - 1];
    const bool isRefused = refusals().first(answer).has_value();
    if ((!isRefused && !putOffs().first(answer)) || solutions().first(answer)) return false;
    bool isTrouble = false;
    bool isRepeated = false;
    for (std::size_t before = 0; before < turn; ++before) {
        const Line& told = conversation.lines[before];
        if (told.speaker != protocol::Speaker::Customer || !isComplained(told)) continue;
        isTrouble = true;
        isRepeated = isRepeated || repeats().first(told);
    }
    if (!isTrouble || (!isRefused && !isRepeated)) return false;
    if (achievements().first(line) || isOnlyJust(line)) return true;
    // "Friday? That's really great" takes the day that is offered.
    return isRefused && isRepeated && praises().first(line) && stresses().first(line) && !days().first(line);
}

bool isGenuine(const Conversation& conversation, std::size_t turn) {
    const Line& line = conversation.lines[turn];
    if (turn == 0 || praises().all(line).empty() || isComplained(line) || repeats().first(line) ||
        isAngry(line))
        return false;
    const Line& answer = conversation.lines[turn - 1];
    return answer.speaker == protocol::Speaker::Agent && !refusals().first(answer) &&
           !putOffs().first(answer) && !isIronic(conversation, turn);
}

bool saysWhyPleased(const Line& line) {
    return reasons().first(line).has_value();
}

bool isAngry(const Line& line) {
    static const CueList kAnger{{"inadmissible"},      {"inacceptable"},    {"pas acceptable"},
                                {"lamentable"},        {"scandaleux"},      {"honteux"},
                                {"ras le bol"},        {"en ai marre"},     {"en a marre"},
                                {"se moque de nous"},  {"vous moquez"},     {"foutez"},
                                {"insupportable"},     {"exaspera*"},       {"c est plus possible"},
                                {"c est pas normal"},  {"unacceptable"},    {"not acceptable"},
                                {"isn t acceptable"},  {"ridiculous"},      {"fed up"},
                                {"sick and tired"},    {"disgrace*"},       {"shambles"},
                                {"an absolute joke"},  {"a complete joke"}, {"had enough"},
                                {"appalling"},         {"not good enough"}, {"isn t good enough"},
                                {"how many times do"}, {"beyond a joke"},   {"furious"},
                                {"furieux"},           {"furieuse"}};
    return std::ranges::any_of(kAnger.all(line), [&](const CueList::Hit& hit) {
        return hit.phrase.find("pas ") != std::string_view::npos || hit.phrase.starts_with("isn t") ||
               hit.phrase.starts_with("not ") || !isNegated(line.words, hit.match);
    });
}

Praise praiseIn(const Line& line) {
    if (mockeries().first(line)) return Praise::Mocking;
    const std::vector<CueList::Hit> praise = praises().all(line);
    if (praise.empty() || !isComplained(line) || reasons().first(line)) return Praise::Honest;
    return repeats().first(line) ? Praise::Mocking : Praise::Doubtful;
}

}  // namespace ninja3cx::analysis
