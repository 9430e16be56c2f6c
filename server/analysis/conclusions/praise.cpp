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
    static const CueList kCues{{"en panne"},        {"plante"},         {"a plante"},
                               {"marche plus"},     {"marche pas"},     {"marche toujours pas"},
                               {"fonctionne plus"}, {"fonctionne pas"}, {"est coupe"},
                               {"est coupee"},      {"a coupe"},        {"se coupe"},
                               {"demarre pas"},     {"demarre plus"},   {"est tombe"},
                               {"est tombee"},      {"retombe"},        {"bloque"},
                               {"bloquee"},         {"fige"},           {"casse"},
                               {"cassee"},          {"hors service"},   {"imprime plus"},
                               {"imprime pas"},     {"s ouvre plus"},   {"s ouvre pas"},
                               {"repond plus"},     {"repond pas"},     {"toujours pas"},
                               {"arrive plus"},     {"est mort"},       {"est morte"},
                               {"is down"},         {"s down"},         {"gone down"},
                               {"went down"},       {"crashed"},        {"crashes"},
                               {"doesn t work"},    {"isn t working"},  {"not working"},
                               {"dropped"},         {"won t"},          {"frozen"},
                               {"froze"},           {"broken"},         {"broke"},
                               {"is dead"},         {"s dead"},         {"failed"},
                               {"stopped"},         {"doesn t print"},  {"can t print"},
                               {"locked out"},      {"doesn t open"},   {"jammed"},
                               {"stuck"},           {"gone again"},     {"off again"}};
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

/// How mockery is put.
const CueList& ironies() {
    static const CueList kCues{{"vraiment"},       {"quelle"},       {"quel"},          {"comme d habitude"},
                               {"comme toujours"}, {"bravo le"},     {"bravo la"},      {"bravo l"},
                               {"bravo les"},      {"on applaudit"}, {"encore mieux"},  {"de mieux en mieux"},
                               {"just"},           {"another"},      {"truly"},         {"really"},
                               {"how lovely"},     {"how nice"},     {"how wonderful"}, {"as usual"},
                               {"as always"},      {"what a"},       {"next week"},     {"big help"},
                               {"la classe"}};
    return kCues;
}
const CueList& moreOfPraise() {
    static const CueList kCues{{"efficacite"}, {"quel service"}, {"beau travail"},   {"on applaudit"},
                               {"triumph"},    {"impressive"},   {"what a service"}, {"great work"},
                               {"big help"},   {"quel talent"},  {"exploit"},        {"performance"},
                               {"champions"},  {"les pros"}};
    return kCues;
}
/// Nothing was solved: it is for later, or for nobody.
const CueList& putOffs() {
    static const CueList kCues{
        {"lundi"},      {"mardi"},     {"mercredi"},      {"jeudi"},           {"vendredi"},   {"semaine"},
        {"pas avant"},  {"on attend"}, {"personne"},      {"ne peux pas"},     {"peut pas"},   {"peux pas"},
        {"je note"},    {"mois"},      {"delai"},         {"malheureusement"}, {"impossible"}, {"je regarde"},
        {"monday"},     {"tuesday"},   {"wednesday"},     {"thursday"},        {"friday"},     {"week"},
        {"not before"}, {"not until"}, {"before"},        {"waiting"},         {"nobody"},     {"no one"},
        {"can t"},      {"cannot"},    {"unfortunately"}, {"afraid"},          {"log it"},     {"month"},
        {"look into"},  {"ll log"},    {"ll come"},       {"on passe"},        {"will be"},    {"ll be"}};
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

}  // namespace

bool isIronic(const Line& line, const Line& before) {
    if (mockeries().first(line)) return true;
    const bool isPraise = praises().first(line) || moreOfPraise().first(line);
    return isPraise && ironies().first(line) && !agreements().first(line) && !saysWhyPleased(line) &&
           putOffs().first(before) && !solutions().first(before);
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
