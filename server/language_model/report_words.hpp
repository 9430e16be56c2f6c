#pragma once

#include <string>
#include <string_view>

/// Words, folded, between spaces, that a colleague needs to tell of any call: they may stand in a text though nobody said
/// them. No name, no product, no number.
namespace ninja3cx::language_model {

inline constexpr std::string_view kFrenchReport =
    " a afin ai ainsi alors appel appelant appelante appelle apres attend attente au aucun aucune"
    " aussi autre autres aux avant avec avoir besoin bien bloque bloquee c car ce cela ces cet "
    "cette chez client cliente comme communique confirme constate contacte contre correctif "
    "corrige corrigee d dans de debut deja demande demandee depuis des diagnostic dit doit donc "
    "dont du echec effectue effectuee elle en encore ensuite entre envoi envoie erreur est et "
    "etaient etait ete etre explique fait faite fin fois fonctionne fonctionnement fonctionnent "
    "hors il ils impossibilite impossible incident indique information intervention j jour jours "
    "l la le les leur leurs lors lui maintenant mais meme mis mise n ne non nouveau nouvelle on "
    "ont ou par parle pas peut peuvent place plus plusieurs pour pouvoir precise prend prevu "
    "prevue probleme problemes propose puis qu quand que qui quoi rappel rappeler rappelle "
    "realise resolu resolue reste retour s sa sans se selon sera ses si signale situation son "
    "sont souhaite sous suite suivi sur technicien technicienne tous tout toute toutes traite "
    "tres un une utilisateur utilisatrice vers ";

inline constexpr std::string_view kEnglishReport =
    " a about after again agent all also an and another any are as asked asks at back be because "
    "been before being blocked but by call callback called caller calls can cannot checked "
    "colleague confirmed confirms could customer d did do does done down due during error "
    "explained failed failing fails failure fix fixed following for found from had has have he "
    "help her his if in incident information into is issue it its made more must need needed "
    "needs new no not now of off offered on only or other out over pending phone planned problem "
    "problems promised provided reported reports request requested requests resolved s said says "
    "send sent several she should since so solved some still t technician than that the their "
    "them then there these they this through to too unable under until up user users via wants "
    "was were when where which while who will with without work working works would yet ";

/// What is the matter, in the trade's words: they may begin a sentence with their capital though nobody said them, and count
/// as any other word there.
inline constexpr std::string_view kFrenchTrade =
    " absence acces achat activation adresse affichage agence agent agente ajout alerte analyse "
    "annulation antivirus appareil application arret arrivee authentification boite bureau "
    "changement classeur clavier collaborateur collaboratrice commande commercial commerciale "
    "compte configuration connexion consultation copie copieur coupure creation deblocage "
    "decision defaillance demarrage depannage depart desactivation devis diagnostic disque "
    "dossier droits dysfonctionnement echange ecran email enregistrement equipe equipement "
    "facture fichier fichiers formation hameconnage identifiant identifiants impression "
    "imprimante imprimantes installation interruption lenteur lenteurs licence ligne livraison "
    "logiciel macro macros mail mails materiel menage message messagerie messages migration mot "
    "navigateur nettoyage numero ordinateur ouverture page panne parametrage pare partage pc "
    "perte plantage plantages portable poste postes preparation procedure question reception "
    "redemarrage reglage reinitialisation relance remise remplacement renouvellement reparation "
    "reseau restauration resultat reunion rien sauvegarde scan scanner secretariat securite "
    "serveur serveurs service session sessions signalement site solution souris station "
    "suppression surveillance suspicion synchronisation systeme telephone test ticket transfert "
    "tunnel verification version virus visioconference visite vol wi wifi ";
inline constexpr std::string_view kEnglishTrade =
    " access account address alert antivirus application arrival assistance attachment "
    "authentication backup battery billing board box browser cable calendar change charge check "
    "cleaning computer configuration connection copier courtesy damage data delivery departure "
    "desk device disk display docking document drive email emails equipment escalation file files"
    " folder forgotten frozen hardware headset installation internet invoice keyboard laptop "
    "licence license line login lost mail mailbox mailboxes meeting message messages missing "
    "monitor mouse network nothing order password pc permission permissions phishing "
    "printer printers printing question quote reboot remote renewal repair replacement reset "
    "restart restore restored scan scanner screen screens security sending server servers service"
    " session setup shared site slow software spam speed support suspicious swollen system ticket"
    " training unlock update upgrade visit voicemail warning wi wifi workstation ";

/// Times and sums: facts, in whatever case they are written.
inline constexpr std::string_view kFacts =
    " afternoon aout apresmidi april august aujourd avril december decembre demain dimanche "
    "dollar dollars euro euros evening february fevrier friday hier hui january janvier jeudi "
    "juillet juin july june lundi mai march mardi mars matin mercredi midi mois monday month "
    "morning november novembre nuit october octobre samedi saturday semaine september septembre "
    "soir sunday thursday today tomorrow tonight tuesday vendredi wednesday week yesterday ";

/// Of one language only, and in nearly every sentence of it: they tell which one a text is in.
inline constexpr std::string_view kFrenchSigns =
    " apres au aux avec ce cette chez dans depuis des du elle est et ete il la le les mais ne ou "
    "par pas pour que qui sa sans se ses son sont sur un une ";

inline constexpr std::string_view kEnglishSigns =
    " after an and are at be been by can cannot for from has have he her his is it not of she "
    "since that the their they this to was were who will with ";

inline bool isListed(std::string_view list, const std::string& folded) {
    return list.find(" " + folded + " ") != std::string_view::npos;
}

}  // namespace ninja3cx::language_model
