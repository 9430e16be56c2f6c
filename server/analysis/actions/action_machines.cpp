#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/conversation/cue_list.hpp"

namespace ninja3cx::analysis {

std::optional<std::string> restartedText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{{"redemarr*"}, {"relanc*"},     {"rallum*"},  {"restart*"},
                                {"reboot*"},   {"power cycl*"}, {"turn off"}, {"reinitialise la"}};
    const auto hit = objectOrMeant(line, kVerbs, kRestarted);
    if (!hit) return std::nullopt;
    return form.said(*hit, "Redémarrer", "Redémarrage", "Restart", "Restarted");
}

std::optional<std::string> restoredText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{
        {"restaur*"},        {"remets"},           {"remet"},    {"remonte"},    {"recuper*"},
        {"ressors"},         {"ressort"},          {"recopie"},  {"restor*"},    {"restauration du"},
        {"restauration de"}, {"restauration des"}, {"put back"}, {"bring back"}, {"putting back"},
        {"recover*"},        {"bringing back"}};
    const auto hit = objectOrMeant(line, kVerbs, kRestored);
    if (!hit) return std::nullopt;
    return form.said(*hit, "Restaurer", "Restauration", "Restore", "Restored");
}

std::optional<std::string> watchedText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{{"surveill*"},        {"oeil sur"}, {"eye on"},     {"watch"},
                                {"watching"},         {"monitor"},  {"monitoring"}, {"alerte sur"},
                                {"surveillance sur"}, {"garde"},    {"keep"},       {"surveillance de"},
                                {"surveillance du"}};
    const auto hit = objectOrMeant(line, kVerbs, kWatched);
    if (!hit) return std::nullopt;
    return form.said(*hit, "Surveiller", "Surveillance", "Monitor", "Monitored");
}

std::optional<std::string> scannedText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{{"analyse complete du"},
                                {"analyse complete de"},
                                {"analyse du"},
                                {"analyse de"},
                                {"analyse complete sur"},
                                {"analyse sur"},
                                {"scan du"},
                                {"scan de"},
                                {"scan sur"},
                                {"analyser"},
                                {"passe"},
                                {"passer"},
                                {"analyse des"},
                                {"scan des"},
                                {"scan of"},
                                {"scan on"},
                                {"scan"},
                                {"scanning"},
                                {"scanner"}};
    const auto object = objectOf(line, kVerbs, {kScanned, true});
    if (!object) return std::nullopt;
    if (form.isEnglish()) {
        const std::string thing = english(object->hit);
        return form.isDone ? "Security scan of " + thing + " started" : "Run a security scan of " + thing;
    }
    const std::string thing = withDu(*object->hit.noun, object->hit.isPlural);
    return form.isDone ? "Analyse de sécurité " + thing + " lancée"
                       : "Lancer une analyse de sécurité " + thing;
}

std::optional<std::string> checkedText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{
        {"regarde"},     {"verifie"},       {"verifier"},      {"consulte"},    {"lis"},
        {"controle"},    {"regarder"},      {"sors"},          {"inspecte"},    {"check"},
        {"checking"},    {"checked"},       {"look at"},       {"looking at"},  {"looked at"},
        {"look in"},     {"read"},          {"regarde dans"},  {"regarde sur"}, {"verifie dans"},
        {"console de"},  {"console du"},    {"journal du"},    {"journal de"},  {"journaux du"},
        {"journaux de"}, {"historique du"}, {"historique de"}, {"vois"},        {"vais voir"},
        {"see"},         {"etat du"},       {"etat de"},       {"etat des"}};
    const auto object = objectOf(line, kVerbs, {kChecked, true});
    if (!object) return std::nullopt;
    return form.said(object->hit, "Vérifier", "Vérification", "Check", "Checked");
}

std::optional<std::string> visitedText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{{"remplacer"}, {"changer"}, {"poser"},      {"installer"},
                                {"refaire"},   {"monter"},  {"remplacera"}, {"changera"},
                                {"posera"},    {"refera"},  {"swap"},       {"swaps"},
                                {"fit"},       {"replace"}, {"replaces"},   {"install"}};
    const auto object = objectOf(line, kVerbs, {kFitted, true});
    if (!object) return std::nullopt;
    return form.inForm("Envoyer un technicien sur site", "Passage d'un technicien sur site",
                       "Send a technician on site", "Technician on site") +
           " (" + form.bare(object->hit) + ")";
}

}  // namespace ninja3cx::analysis
