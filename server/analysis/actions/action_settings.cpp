#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/lexicon/product_list.hpp"

#include <vector>

namespace ninja3cx::analysis {
namespace {

/// Changes that have a wording of their own.
std::optional<std::string> plainChange(const ActionForm& form, const Line& line) {
    struct Change {
        CueList cues;
        std::string_view todo;
        std::string_view done;
        std::string_view todoEn;
        std::string_view doneEn;
    };
    static const Change kChanges[] = {
        {{{"bloque* l expediteur"}, {"block* the sender"}, {"block* that sender"}},
         "Bloquer l'expéditeur",
         "Expéditeur bloqué",
         "Block the sender",
         "Sender blocked"},
        {{{"bloque* le domaine"}, {"block* the domain"}, {"block* that domain"}},
         "Bloquer le domaine",
         "Domaine bloqué",
         "Block the domain",
         "Domain blocked"},
        {{{"vide* la file"}, {"clear* the queue"}, {"cleared the print queue"}, {"empt* the queue"}},
         "Vider la file d'attente",
         "File d'attente vidée",
         "Clear the queue",
         "Queue cleared"},
        {{{"vide* le cache"}, {"clear* the cache"}, {"empt* the cache"}},
         "Vider le cache",
         "Cache vidé",
         "Clear the cache",
         "Cache cleared"},
        {{{"vide* la corbeille"}, {"empt* the recycle bin"}},
         "Vider la corbeille",
         "Corbeille vidée",
         "Empty the recycle bin",
         "Recycle bin emptied"},
        {{{"recre* le profil"},
          {"recre* votre profil"},
          {"refais le profil"},
          {"refais votre profil"},
          {"made a new profile"},
          {"mak* a new profile"},
          {"rebuil* ~ profile"},
          {"recreat* ~ profile"}},
         "Recréer le profil",
         "Profil recréé",
         "Recreate the profile",
         "Profile recreated"},
        {{{"supprime la regle"},
          {"enleve la regle"},
          {"retire la regle"},
          {"taken off a rule"},
          {"removed ~ rule"},
          {"deleted ~ rule"}},
         "Supprimer la règle",
         "Règle supprimée",
         "Remove the rule",
         "Rule removed"},
        {{{"vide les identifiants enregistres"},
          {"cleared the saved credentials"},
          {"efface les identifiants enregistres"},
          {"clear* ~ saved password*"}},
         "Effacer les identifiants enregistrés",
         "Identifiants enregistrés effacés",
         "Clear the saved credentials",
         "Saved credentials cleared"},
        {{{"active* l archive automatique"},
          {"active* l archivage"},
          {"switched on the archive"},
          {"turn* on the archive"}},
         "Activer l'archivage automatique",
         "Archivage automatique activé",
         "Turn on the archive",
         "Archive turned on"},
        {{{"coupe* le bip"}, {"silence* the alarm"}, {"silence* the beep*"}},
         "Couper l'alarme sonore",
         "Alarme sonore coupée",
         "Silence the alarm",
         "Alarm silenced"},
    };
    std::vector<std::string> pieces;
    for (const Change& change : kChanges)
        if (isSaid(line, change.cues) && pieces.size() < 2)
            pieces.push_back(form.inForm(change.todo, change.done, change.todoEn, change.doneEn));
    return form.oneSentence(pieces);
}

/// "je mets à jour Sage", "je mets à jour le pilote".
std::optional<std::string> updateText(const ActionForm& form, const Line& line) {
    static const CueList kUpdate{{"mets a jour"},    {"met a jour"},     {"mettre a jour"}, {"mis a jour"},
                                 {"mise a jour de"}, {"mise a jour d"},  {"update"},        {"updating"},
                                 {"updated"},        {"mise a jour du"}, {"mettrai a jour"}};
    for (const CueList::Hit& verb : kUpdate.all(line)) {
        if (isDeniedOrAsked(line, verb.match)) continue;
        for (const CompiledProduct& compiled : compiledProducts()) {
            if (compiled.product->isDevice) continue;
            const auto match = compiled.phrase.find(line.words, verb.match.last);
            if (!match || match->first - verb.match.last > 1) continue;
            const std::string name{compiled.product->written};
            if (form.isEnglish()) return (form.isDone ? "Updated " : "Update ") + name;
            return form.isDone ? "Mise à jour " + withDe(name) : "Mettre à jour " + name;
        }
    }
    if (const auto object = objectOf(line, kUpdate, {kSet | kInstalled, true}))
        return form.said(object->hit, "Mettre à jour", "Mise à jour", "Update", "Updated");
    return std::nullopt;
}

/// Any other change is told by what is changed: "Réglage modifié (pare-feu)".
std::optional<std::string> settingText(const ActionForm& form, const Line& line) {
    static const CueList kVerbs{
        {"change"},    {"modifie"},    {"corrige"},  {"ajoute"},    {"recree"},     {"remets"},
        {"mets"},      {"desactive"},  {"active"},   {"regle"},     {"retire"},     {"enleve"},
        {"supprime"},  {"coupe"},      {"repare"},   {"monte"},     {"augmente"},   {"change le"},
        {"refais"},    {"reactive"},   {"remplace"}, {"pose"},      {"renouvelle"}, {"vide"},
        {"programme"}, {"enregistre"}, {"mets en"},  {"en"},        {"change*"},    {"changing"},
        {"add"},       {"added"},      {"adding"},   {"remove"},    {"removed"},    {"fix"},
        {"fixed"},     {"turned off"}, {"turn off"}, {"turned on"}, {"rebuil*"},    {"recreat*"},
        {"replac*"},   {"renew*"},     {"raise"},    {"raised"},    {"swapped"},    {"taken off"},
        {"set"},       {"setting"},    {"to the"},   {"mettre"},    {"modifier"},   {"changer"}};
    const auto object = objectOf(line, kVerbs, {kSet, true});
    if (!object) return std::nullopt;
    return form.inForm("Modifier le réglage", "Réglage modifié", "Change the setting", "Setting changed") +
           " (" + form.bare(object->hit) + ")";
}

}  // namespace

std::optional<std::string> changedText(const ActionForm& form, const Line& line) {
    if (auto text = updateText(form, line)) return text;
    if (auto text = plainChange(form, line)) return text;
    return settingText(form, line);
}

}  // namespace ninja3cx::analysis
