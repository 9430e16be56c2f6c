#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/movements/movements.hpp"

#include <algorithm>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// "de Maëlys", "d'Agathe"; an h may be mute or not.
std::string withOwner(const std::string& name) {
    const std::string plain = folded(name);
    return plain.starts_with('h') ? "pour " + name : withDe(name);
}

const CueList& ownAccount() {
    static const CueList kCues{{"votre compte"}, {"your account"}, {"votre session"}, {"vos acces"}};
    return kCues;
}

/// Of whom the turn speaks: who leaves of an account that is cut, who comes of one that is made; else the only person of the call that is named in full beside the caller, by the customer
/// and shortly before or after it.
std::string personNear(const ActionForm& form, const Line& line, bool isCut) {
    if (isSaid(line, ownAccount())) return {};
    const Movement* leaver = movementTo(Direction::Leaves, form.movements);
    if (isCut && leaver && !leaver->person.empty()) return leaver->person;
    if (!isCut)
        for (const Direction direction : {Direction::Arrives, Direction::ComesBack, Direction::ChangesPost})
            if (const Movement* movement = movementTo(direction, form.movements);
                movement && !movement->person.empty())
                return movement->person;
    std::string only;
    bool isNear = false;
    for (const std::string& person : form.names.people) {
        if (person == form.names.customer || person.find(' ') == std::string::npos) continue;
        const std::vector<Word> parts = wordsOf(person);
        bool isCustomers = false;
        bool isHere = false;
        for (const Line& other : form.conversation.lines) {
            const bool isNamed =
                !std::ranges::search(other.words, parts, {}, &Word::text, &Word::text).empty();
            if (!isNamed) continue;
            isCustomers |= other.speaker == protocol::Speaker::Customer;
            isHere |= other.turn + 3 >= line.turn && other.turn <= line.turn + 1;
        }
        if (!isCustomers) continue;
        // Who leaves needs no account.
        if (!isCut && leaver && leaver->person == person) continue;
        if (!only.empty()) return {};
        only = person;
        isNear = isHere;
    }
    return isNear ? only : std::string{};
}

/// "Créer le compte et la boîte mail de Maëlys Roy".
std::optional<std::string> accountText(const ActionForm& form, const Line& line) {
    static const CueList kAccount{{"cre* ~ compte*"},    {"cre* ~ session"},   {"prepare ~ compte"},
                                  {"prepare ~ session"}, {"fais ~ compte"},    {"prevois ~ compte"},
                                  {"ouvre ~ compte"},    {"creat* ~ account"}, {"set up ~ account"},
                                  {"mak* ~ account"},    {"set* ~ account up"}};
    static const CueList kMailbox{{"cre* ~ boite"},        {"et la boite"},        {"et sa boite"},
                                  {"la session la boite"}, {"compte la boite"},    {"compte boite"},
                                  {"account and mailbox"}, {"session et la boite"}};
    if (!isSaid(line, kAccount)) return std::nullopt;
    const bool hasBox = isSaid(line, kMailbox);
    const std::string whose = personNear(form, line, false);
    if (form.isEnglish()) {
        const std::string what = hasBox ? "account and mailbox" : "account";
        const std::string owner = whose.empty() ? "" : " of " + whose;
        return form.isDone ? capitalised(what) + owner + " created" : "Create the " + what + owner;
    }
    std::string text = form.isDone ? "Création du compte" : "Créer le compte";
    if (hasBox) text += form.isDone ? " et de la boîte mail" : " et la boîte mail";
    if (!whose.empty()) text += " " + withOwner(whose);
    return text;
}

/// "Réactiver le compte d'Amélie Vasseur".
std::optional<std::string> reactivatedText(const ActionForm& form, const Line& line) {
    static const CueList kAgain{{"reactiv* ~ compte"},    {"rouvr* ~ compte"},     {"retabli* ~ compte"},
                                {"reactivat* ~ account"}, {"re enabl* ~ account"}, {"reenabl* ~ account"},
                                {"reactiv* ~ acces"},     {"retabli* ~ acces"},    {"reinstat* ~ account"}};
    if (!isSaid(line, kAgain)) return std::nullopt;
    const std::string whose = personNear(form, line, false);
    if (form.isEnglish()) {
        const std::string owner = whose.empty() ? "" : " of " + whose;
        return form.isDone ? "Account" + owner + " reactivated" : "Reactivate the account" + owner;
    }
    const std::string owner = whose.empty() ? "" : " " + withOwner(whose);
    return form.isDone ? "Compte" + owner + " réactivé" : "Réactiver le compte" + owner;
}

/// "Donner accès au VPN", "Accès donné au VPN".
std::optional<std::string> accessText(const ActionForm& form, const Line& line) {
    struct Access {
        CueList cues;
        std::string_view french;
        std::string_view english;
    };
    static const Access kAccesses[] = {
        {{{"acces vpn"},
          {"droit vpn"},
          {"acces au vpn"},
          {"vpn access"},
          {"vpn login"},
          {"v p n login"},
          {"vpn account"}},
         "au VPN",
         "the VPN"},
        {{{"acces ~ boite partagee"}, {"droits ~ boite partagee"}, {"access ~ shared mailbox"}},
         "à la boîte partagée",
         "the shared mailbox"},
        {{{"acces de sa boite"},
          {"acces a sa boite"},
          {"acces a la boite"},
          {"lecture de sa boite"},
          {"lecture de la boite"},
          {"donne la boite"},
          {"access to ~ mailbox"},
          {"given you ~ mailbox"},
          {"acces sur la boite"},
          {"acces a votre boite"},
          {"give them your mailbox"}},
         "à la boîte mail",
         "the mailbox"},
        {{{"acces ~ agenda"},
          {"acces ~ calendrier"},
          {"droits ~ agenda"},
          {"droits ~ calendrier"},
          {"access ~ calendar"},
          {"access ~ diary"},
          {"permission ~ calendar"}},
         "au calendrier",
         "the calendar"},
        {{{"acces au dossier"},
          {"droits sur le dossier"},
          {"acces sur le dossier"},
          {"access to the folder"},
          {"droits ~ dossier"},
          {"rights ~ folder"}},
         "au dossier",
         "the folder"},
    };
    for (const Access& access : kAccesses)
        if (isSaid(line, access.cues))
            return form.inForm("Donner accès ", "Accès donné ", "Give access to ", "Access given to ") +
                   std::string{form.isEnglish() ? access.english : access.french};
    return std::nullopt;
}

}  // namespace

std::optional<std::string> resetText(const ActionForm& form, const Line& line) {
    static const CueList kUnlock{{"debloqu*"}, {"deverrouill*"}, {"unlock*"}};
    static const CueList kPassword{
        {"mot de passe provisoire"}, {"mets un provisoire"},    {"le provisoire c est"},
        {"donne un provisoire"},     {"un provisoire"},         {"avec le provisoire"},
        {"nouveau mot de passe"},    {"change ~ mot de passe"}, {"reinitialis* ~ mot de passe"},
        {"mets ~ mot de passe"},     {"temporary password"},    {"reset ~ password"},
        {"chang* ~ password"},       {"password s changed"},    {"new password"},
        {"mot de passe temporaire"}, {"temporary one"}};
    static const CueList kMfa{{"reinitialis* ~ double"},
                              {"supprime l ancien telephone"},
                              {"retire l ancien telephone"},
                              {"enleve l ancien telephone"},
                              {"supprime l ancien appareil"},
                              {"removed the old phone"},
                              {"double authentification a zero"},
                              {"removing the old phone"},
                              {"reset ~ authenticator"},
                              {"reset ~ mfa"},
                              {"remove the old phone"}};
    static const CueList kPin{
        {"reset the pin"}, {"fresh pin"}, {"new pin"}, {"code pin a zero"}, {"reinitialis* ~ code pin"}};
    std::vector<std::string> pieces;
    if (isSaid(line, kUnlock))
        pieces.push_back(
            form.inForm("Débloquer le compte", "Compte débloqué", "Unlock the account", "Account unlocked"));
    if (isSaid(line, kPassword))
        pieces.push_back(form.inForm("Réinitialiser le mot de passe", "Mot de passe réinitialisé",
                                     "Reset the password", "Password reset"));
    if (isSaid(line, kMfa))
        pieces.push_back(form.inForm("Réinitialiser la double authentification",
                                     "Double authentification réinitialisée", "Reset the MFA", "MFA reset"));
    if (isSaid(line, kPin))
        pieces.push_back(
            form.inForm("Réinitialiser le code PIN", "Code PIN réinitialisé", "Reset the PIN", "PIN reset"));
    return form.oneSentence(pieces);
}

std::optional<std::string> accessCutText(const ActionForm& form, const Line& line) {
    static const CueList kAccount{{"bloqu* ~ compte"},    {"coup* ~ compte"},       {"desactiv* ~ compte"},
                                  {"ferm* ~ compte"},     {"compte est desactive"}, {"compte bloque"},
                                  {"compte desactive"},   {"compte coupe"},         {"compte est coupe"},
                                  {"block* ~ account"},   {"disabl* ~ account"},    {"account s off"},
                                  {"account is off"},     {"fermeture du compte"},  {"close ~ account"},
                                  {"sign in is blocked"}, {"account s disabled"}};
    static const CueList kSessions{
        {"ferm* ~ sessions"},      {"coup* ~ sessions"},          {"sessions fermees"},
        {"sessions sont fermees"}, {"sign* ~ out of everything"}, {"sign* ~ out everywhere"},
        {"clos* ~ sessions"},      {"sessions are closed"},       {"out of all sessions"},
        {"throw* out ~ session*"}, {"thrown out ~ session*"}};
    static const CueList kWipe{{"ordre d effacement"},
                               {"effacement a distance"},
                               {"lance l effacement"},
                               {"envoie l effacement"},
                               {"lance le retrait des donnees"},
                               {"the wipe"},
                               {"wiping it"},
                               {"wipe it"},
                               {"demande l effacement"}};
    std::vector<std::string> pieces;
    if (isSaid(line, kAccount)) {
        const std::string whose = personNear(form, line, true);
        std::string piece = form.inForm("Désactiver le compte", "Compte désactivé", "Disable the account",
                                        "Account disabled");
        if (!whose.empty())
            piece = form.isEnglish() ? (form.isDone ? "Account of " + whose + " disabled"
                                                    : "Disable the account of " + whose)
                    : form.isDone    ? "Compte " + withOwner(whose) + " désactivé"
                                     : "Désactiver le compte " + withOwner(whose);
        pieces.push_back(piece);
    }
    if (isSaid(line, kSessions))
        pieces.push_back(
            form.inForm("Fermer les sessions", "Sessions fermées", "Close the sessions", "Sessions closed"));
    if (isSaid(line, kWipe))
        pieces.push_back(form.inForm("Effacer l'appareil à distance", "Effacement de l'appareil lancé",
                                     "Wipe the device remotely", "Remote wipe started"));
    return form.oneSentence(pieces);
}

std::optional<std::string> createdText(const ActionForm& form, const Line& line) {
    static const CueList kList{{"cre* ~ liste de diffusion"}, {"creat* ~ distribution list"}};
    if (auto text = accountText(form, line)) return text;
    if (auto text = reactivatedText(form, line)) return text;
    if (auto text = accessText(form, line)) return text;
    if (isSaid(line, kList))
        return form.inForm("Créer la liste de diffusion", "Liste de diffusion créée",
                           "Create the distribution list", "Distribution list created");
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
