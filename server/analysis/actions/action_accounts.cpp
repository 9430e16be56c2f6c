#include "server/analysis/actions/account_deeds.hpp"
#include "server/analysis/actions/action_kinds.hpp"
#include "server/analysis/actions/cut_owner.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/movements/access_words.hpp"
#include "server/analysis/movements/movements.hpp"
#include "server/analysis/movements/named_people.hpp"

#include <algorithm>
#include <set>
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

/// The one whom the turn means; where it names none, the only one there is.
std::string meantOrOnly(const Line& line, const std::optional<AccessWords>& access,
                        const std::vector<std::string>& people) {
    std::string meant = personMeant(line, access, people);
    return meant.empty() && people.size() == 1 ? people.front() : meant;
}

bool isInFull(const std::string& person) {
    return person.find(' ') != std::string::npos;
}

/// Whose account is cut where nobody leaves: who is named where the customer asks for it, and nobody beside.
std::string cutPersonAsked(const ActionForm& form) {
    if (movementTo(Direction::Leaves, form.movements)) return {};
    const NamedPeople named{form.names.people};
    std::set<std::string> asked;
    for (const Line& other : form.conversation.lines) {
        if (other.speaker != protocol::Speaker::Customer || !cutIn(other)) continue;
        for (const NamedPeople::Place& place : named.in(other)) {
            const std::string& person = form.names.people[place.person];
            if (person != form.names.customer && isInFull(person)) asked.insert(person);
        }
    }
    if (asked.size() != 1) return {};
    const bool isStaying =
        std::ranges::find(form.movements, *asked.begin(), &Movement::person) != form.movements.end();
    return isStaying ? std::string{} : *asked.begin();
}

CutOwners cutOwners(const ActionForm& form, const Line& line) {
    if (isSaid(line, ownAccount())) return {};
    CutOwners owners = cutOwnersIn(line, form.conversation, form.names, form.movements);
    if (owners.people.empty() && !owners.isSeveral)
        if (std::string asked = cutPersonAsked(form); !asked.empty())
            owners.people.push_back(std::move(asked));
    return owners;
}

/// Who is named in full in a call, by the customer and shortly before or after a turn.
struct NamedNear {
    bool isByCustomer = false;
    bool isHere = false;
};
std::vector<NamedNear> namedNear(const ActionForm& form, const Line& line) {
    std::vector<NamedNear> near(form.names.people.size());
    const NamedPeople named{form.names.people};
    for (const Line& other : form.conversation.lines)
        for (const NamedPeople::Place& place : named.in(other)) {
            if (!place.isWhole) continue;
            near[place.person].isByCustomer |= other.speaker == protocol::Speaker::Customer;
            near[place.person].isHere |= other.turn + 3 >= line.turn && other.turn <= line.turn + 1;
        }
    return near;
}

/// Of whom the turn speaks: who comes; else the only person of the call that is named in full beside the caller, by the
/// customer and shortly before or after it.
std::string personNear(const ActionForm& form, const Line& line) {
    if (isSaid(line, ownAccount())) return {};
    for (const Direction direction : {Direction::Arrives, Direction::ComesBack, Direction::ChangesPost})
        if (const std::vector<std::string> coming = peopleTo(direction, form.movements); !coming.empty())
            return meantOrOnly(line, grantIn(line), coming);
    const Movement* leaver = movementTo(Direction::Leaves, form.movements);
    const std::vector<NamedNear> near = namedNear(form, line);
    std::string only;
    bool isNear = false;
    for (std::size_t at = 0; at < near.size(); ++at) {
        const std::string& person = form.names.people[at];
        if (person == form.names.customer || !isInFull(person) || !near[at].isByCustomer) continue;
        // Who leaves needs no account.
        if (leaver && leaver->person == person) continue;
        if (!only.empty()) return {};
        only = person;
        isNear = near[at].isHere;
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
    const std::string whose = personNear(form, line);
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
    const std::string whose = personNear(form, line);
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
        const std::string piece = accountsCutText(cutOwners(form, line), form.isDone, form.isEnglish());
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
