#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

/// Words of a report, each list folded and between spaces.
namespace ninja3cx::language_model {

/// Words that carry no fact: they may stand in any text.
inline constexpr std::string_view kFrenchGrammar =
    " a afin ai ainsi alors apres arrive arrivent arriver au aucun aucune aussi autre autres aux "
    "avaient avait avant avec avoir ayant bien c car ce ceci cela celle celles celui ces cet "
    "cette ceux chez comme concernant contre d dans de deja depuis des devait devra devrait doit "
    "doivent donc dont du durant elle elles en encore enfin ensuite entre est et etaient etait "
    "etant ete etre eu faire fait faite faites faits faut fois h hors il ils impossibilite "
    "impossible j jamais je jusqu jusque l la laquelle le lequel les leur leurs lors lorsqu "
    "lorsque lui m ma maintenant mais malgre me meme memes mes moins mon n ne ni non nos notre "
    "nous on ont or ou par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi pourra "
    "pouvait pouvoir puis puisque qu quand que quel quelle quelque quelques qui quoi rien s sa "
    "sans se selon sera serait seront ses si soit son sont sous sur t ta te tel telle tes ton "
    "toujours tous tout toute toutes tres trop tu un une va vers veut via voici voila vont vos "
    "votre vous y ";

inline constexpr std::string_view kEnglishGrammar =
    " a about after again all also although an and another any are aren as at back be because been "
    "before being both but by can cannot could couldn d did didn do does doesn doing don done "
    "down due during each either else for from get gets got had has hasn have haven he her here "
    "him his how i if in into is isn it its just ll longer m may me might more most must my "
    "neither never no nor not now of off on once only or other our out over own per re s same "
    "several shall she should since so some still such t than that the their them then there "
    "these they this those through to too unable under until up upon us ve very via was wasn we "
    "were weren what when where whether which while who whom whose why will with within without "
    "won would wouldn yet you your ";

/// What a colleague needs to tell of any call: these may stand in a text though nobody said them. No name, product, number,
/// outcome, judgement or reproach.
inline constexpr std::string_view kFrenchReport =
    " agent agente appel appelait appelant appelante appelle appels attend attente besoin client cliente "
    "clients communique concerne confirme constate contacte contacter correspondant "
    "correspondante debut demande demandee demander demandes dit effectue effectuee explique fin "
    "incident incidents indique information informations informe interlocuteur interlocutrice "
    "intervention jour jours mis mise nouveau nouvelle ouvert ouverte place poste postes precise "
    "prend prevu prevue probleme problemes propose proposee rappel rappeler rappelle rappellera "
    "rapporte realise realisee recontacte recontacter rencontre reste retour signale signalee "
    "signaler situation souhaite suite suivi sujet support technicien technicienne techniciens "
    "ticket traite traitee utilisateur utilisateurs utilisatrice ";

inline constexpr std::string_view kEnglishReport =
    " agent ask asked asks call callback called caller calling calls client colleague confirm "
    "confirmed confirms customer describes explained explains following help incident information "
    "issue issues need needed needs new offered open opened pending phone planned problem "
    "problems promised provided report reported reporting reports request requested requests said "
    "says support technician ticket told user users wants ";

/// Of people only, and of no use to whoever mends: stems and whole words that stand in a text only where the built-in analysis
/// says them.
inline constexpr std::string_view kJudgementStems =
    " alcool arnaqueu bastard cancer connard connasse crazy crook debil depressi dishonest drogu "
    "drunk dumb enceinte escroc faineant fraudster harcel idiot imbecil incompet lazy liar "
    "malhonnet menteu menti mentir moron paresseu pregnan racis raciste salop seropositi sexis "
    "stupid suicid thief useless voleu ";

inline constexpr std::string_view kJudgements =
    " con conne folle fool fou hiv ivre lied lying malade maladie ment nul nulle nulles nuls sick "
    "sida ";

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

/// A long list that is asked about each word of a call.
class WordSet {
public:
    explicit WordSet(std::string_view list) {
        for (std::size_t at = 1; at < list.size();) {
            const std::size_t end = list.find(' ', at);
            words_.insert(list.substr(at, end - at));
            at = end + 1;
        }
    }
    bool has(const std::string& folded) const { return words_.contains(folded); }

private:
    std::unordered_set<std::string_view> words_;
};

}  // namespace ninja3cx::language_model
