#pragma once

#include <string_view>

/// Frequent words of French and English talk, above all of support calls, in plain letters. Forms of them ("relances",
/// "rebooted") need not be listed.
namespace ninja3cx::transcription {

inline constexpr std::string_view kLinkWords = R"(
a ai an and any are as at au aux avec bas be beau beaux been bel belle belles big bon bonne bonnes bons but by c ca
can ce ces cet cette chez d dans de deja des deux did dit do does du elle elles en est et eu eux fait faux font for
fort from get go got grand grande grandes grands gros had has haut haute have he her here him his how i if il ils in
is it its j je jeune joli just l la le les leur leurs like lui m ma mais may me mes moi mon more most my n ne new ni
no nos not notre nous nouveau nouvelle nouvelles now of off old on one only ont or ou our out over own par pas petit
petite petites petits peu plus pour pre puis qu quand que quel quelle qui quoi s sa sans se ses she si so soi some
son sont sous such sur t ta te tes than that the their them then there these they this those to toi ton too tous
tout toute toutes tres tu two un under une up us va vais vas vers very vieux vos votre vous vrai was we were what
when where which who why will with would y you your
)";

inline constexpr std::string_view kCommonWords = R"(
able abonnement abonner abord about above absent accepter acces access accident accord account accueil accuser achat
achever acier across act acte actif action active activer activite actually actuel actuellement add address adieu
admettre admin administrateur administration adresse affaire affichage afficher after afternoon again against age
agence agenda agent agir ago agree ahead aide aider ailleurs aimer ainsi air ajouter alarme alert alerte all aller
allo allow allumer almost alone along alors already alright also although always am amazing amener ami among amount
analyse ancien angry animal annee annonce annuaire annuler another answer antenne antivirus anybody anymore anyone
anything anyway aout apparaitre appareil appartement appear appel appeler application appliquer apply appointment
apporter apprendre appuie appuyer apres apresmidi archive area argent arm armoire arobase around arret arreter
arriere arrive arriver article ascenseur ask asleep aspect assez assist assistance assistant associe assurance
assurer atelier attach attacher attempt attend attendre attente attention attestation aucun audio augmenter aujourd
aupres aurait auras aurez auriez auront aussi aussitot autant auteur authenticate automatique autoriser autour autre
autrement avaient available avais avait avance avancer avant avantage avenir average avertir avez aviez avions avis
avocat avoid avoir avons avril away baby back background backup bad badge bag bah baisser balance ball bancaire bank
banque bar barre base basic basis bat batiment batterie battery beaucoup beautiful because become bed before begin
behind believe below beside besoin best better between beyond bien bientot bilan bill bip bit black blanc blank bleu
bloc blocage block bloquer blue board body boite bonjour bonsoir book boot bord bored boss both bother bottom bouche
bouger bout bouton box boy branch branche brancher brand bras bravo break bref bright brilliant bring broad broken
brother browser bruit bu budget build building bureau business busy but button buy cabinet cable cache cadre caisse
calcul calculer calendar calendrier call caller calme camera camion campagne canal cancel cannot capable capacite
capture car card care carry carte carton cas case casque casser catch cause causer ceci cela cell celle celui cent
central centre cependant cercle certain certainly certificat certifier chaine chair chaise chambre champ chance
change changement changer channel chaque charge chargement charger chargeur chat chaud cheap check cheers chef
chemin cher chercher chiffre child choice choisir choix choose chose ciel cinq cinquante city clair class classe
classer classeur clavier cle clean clear clef clic click client clientele clinique cliquer clock close cloud club
code coeur coffee coin cold colis colleague collect collegue coller colonne color colour column combien come
commande commander comme commencer comment commentaire commerce commercial common commun communication compagnie
company compare comparer complet complete completely completement compliquer comprendre compris compta comptabilite
comptable compte compter compteur computer concern concerner conclure condition conference confiance confidentiel
confier configuration configurer confirm confirmer conforme confort confortable confus conge connaitre connect
connecter connecteur connection connexion connu conseil conseiller conserver consider considerer console constater
construire contact contacter contain content contenu continue continuer contract contraire contrat contre control
controle controler convenir conversation convert convertir copie copier copieur copy cordialement corner corps
correct correction correspondre corriger cost cote coucher could couler couleur couloir count country coup coupe
couper couple coupure cour courant courriel courrier cours course court couter couvrir cover craindre crash create
credit creee creer crise croire croix cross cru cuisine cup current currently customer cut daily dame danger dark
data database date day dead deal dear deborder debrancher debut debuter decembre decide decider decision declaration
declarer decrire decrocher deep default defaut defendre degree dehors dela delai delay delete deliver demain demand
demande demander demarrage demarrer demenager demi demission dent depart departement department depend dependre
depenser deplacer depot depuis deranger dernier derriere desactiver descendre describe description desinstaller desk
desktop desole dessous dessus destinataire detail devait devant develop devenir deverrouiller devez device devis
devoir devons devra devrait diagnostic dial dieu differ difference different difficile difficult difficulte digital
dimanche dinner dire direct directement directeur direction directory dis disable disait disappear disconnect
discuss disent disk display disponible disposer disque distance distribuer dites dix docteur document doing dois
doit doivent dollar domain dommage donc done donnee donner door dormir dos dossier dot double doubler doubt
doucement doute douze down download draft draw dream dress drink drive driver droit droite drole drop dry du due dur
duree durer during each early earth easily east easy eat echange echanger echeance echec echouer eclair ecole
economie ecouter ecouteur ecran ecraser ecrire ecrit ecriture ecrivez edge edit education effacer effect
effectivement effectuer effet effort egal egalement eglise eight either electric electricite electrique electronique
eleven else email embaucher emplacement employe employer emporter emprunter empty enable encore end endroit energie
enfant enfin engine english enjoy enlever ennui enorme enough enregistrer ensemble ensuite entendre entendu enter
entier entire entite entre entree entreprise entrer entretien entry enveloppe environ environment envoi envoie
envoyer epoque equipe equipement erreur error espace especially esperer essai essaie essayer essence est etage
etaient etais etait etape etat eteindre etendre etes etiez etions etiquette etoile etranger etre etroit etude euh
euro europe even evenement evening event eventuellement ever every everybody everyone everything evidemment evident
eviter exact exactement exactly examen example excellent except exchange excuse excuser exemple exist exister expect
expedier expensive experience expert expire expirer explain explication expliquer exploitation exporter extension
exterieur externe extra extraire extraordinaire eye face facile facilement facon fact facteur factory facture
facturer faible fail failure faim fair faire fais faisait faisons faite faites fall falloir famille family far farm
fast father faudra faudrait fault faut faute fauteuil favori favour fax feature feel femme fenetre fer fera ferai
ferais ferait feras ferez ferme fermer fermeture feront feu feuille fevrier few fibre fiche fichier fichu field
fifteen fifth fifty fight figure fil file fill fille film fils filter filtre fin final finalement finally financier
find fine finger finir finish fire firewall first fiscal five fix fixe fixer flash flat floor fois folder folk
follow fonction fonctionner fond fonder food foot force forcement foreign forfait forget form format formation forme
former formidable formulaire formule fort fortement forty forward four fournir fournisseur fourniture frais frame
franc francais franchement frapper free freeze french frere friday friend froid front frontiere frozen fuite full
fun function furent fut future gagner gain game garage garantie garantir garcon garde garden garder gare gars gas
gate gateau gauche general generer genre gens gentil gentleman gerant gerer geste gestion giga give glad glass
glisser goes going gold gone good gouvernement government grace grandir gratuit grave great green gris ground group
groupe grow guerre guess guide guy habitude habituel habituer hair half hall hand handle hang happen happy hard
hardly hardware hate hauteur head headset health hear heart heat heavy hein hello help herbe herself heure
heureusement heureux hi hier high histoire hit hiver hold hole holiday home homme honest honneur hope hopital
horaire horizon horloge hors horse hospital host hotel hour house however huge huit humain human humeur hundred
hurry husband ici icon idea idee identifiant identifier identify identique identite image imagine imaginer immediat
immediate immediately immediatement immeuble immobilier importance important importer impossible impression
impressionner imprimante imprimer improve inactif inbox incendie incident include inclure increase incroyable indeed
indiquer industrie industry info information informatique ingenieur input inside insister inspecter install
installation installer instance instant instead instruction instrument insurance integrer intention interdire
interessant interest interet interieur intermittent internal international interne internet interroger interruption
intervenir intervention into inventaire inverse inviter invoice ira irai irez iront issue item jamais janvier jardin
jaune jeter jeu jeudi job join joindre joke jouer jour journal journee juger juillet juin july jump june juridique
jusque juste justement keep key keyboard kid kilo kind king kitchen knee know known lady laisser lamp lampe land
landline language langue laptop laquelle large last late later latest laugh launch law lay lead learn least leave
lecteur lecture left leg legal leger lendemain lent lenteur lequel less let letter lettre level lever liberer
liberte libre licence license lie lien lieu life lift light ligne limite line linge link lire list liste listen lit
literally little live livraison livre livrer load loan lobby local locate location lock log logement logiciel login
logon loin lonely long longtemps look loose lors lorsque lose loss lost lot loud louer lourd love lovely low loyer
lu luck lumiere lunch lundi lune lunette mac machine macro mad madame magasin mai mail mailbox main maintain
maintenance maintenant mairie maison maitre majeur major majuscule make mal malade maladie malgre malheureusement
man manage manager manger maniere manipulation manque manquer manuel many map march marche marcher mardi mari
mariage marin marine mark market marque marquer mars match material materiel matiere matin matinee matter mauvais
maximum maybe mean meant meanwhile measure mecanique medecin medical meet meeting mega meilleur melanger member
membre meme memoire memory menace mener mention menu merci mercredi mere message messagerie messe messieurs mesure
mesurer met metal method metier metre mets mettez mettons mettre meuble micro middle midi mieux might mile milieu
militaire mille million mince mind mine mineur minimum ministre minor minuit minuscule minute mis mise miss missing
mission mistake mobile mode model modele modern moderne modification modifier moindre moins mois moitie moment
monday monde money monitor monnaie monsieur montagne montant monter month montre montrer morceau morning mort mot
moteur mother mouse mouth mouvement move moyen much multiple mur music musique must mutuelle naissance name natural
nature naturel navigateur naviguer near nearly necessaire necessary neck need neige neither nettoie nettoyer network
neuf never next nice night nine niveau nobody noel noir noise nom nombre nommer none noon nord normal normalement
normally north note noter nothing notice notification november novembre nuage nuit nul number numerique numero
object objet obliger observer obtenir obviously occasion occuper occur october octobre odd oeil offer office
officiel offre offrir often oiseau ok okay ombre once onduleur online onto onze open operate operateur operation
operator opinion option optique or orage orange order ordi ordinateur ordre oreille organisation organise organiser
original origine oser other otherwise ouais oublier ouest ought oui outage outil outlet output outside ouvert
ouverture ouvrir owner pack package page paid paie paiement pain paire paix panel panier panne panneau paper papier
paquet paraissait parait parametre parce parcel pardon pareil parent parfait parfaitement parfois park parler parmi
parole part partage partager partenaire parti particulier partie partir partner partout party pass passage passe
passer password past patch path patience patient patienter patron pause pauvre pay paye payer payment payroll pays
peau peine pen pendant penser people per perdre perdu pere perfect perfectly perhaps period periode permanent
permettre permission person personal personne personnel perte peser petit peur peut peutetre peuvent peux phone
photo phrase physique pick picture piece pied pierre pile pilote pin pink piste place placer plain plaindre plainte
plaire plaisir plait plan planche plane planifier planner planning plante plat plate play please plein pleurer pleut
plu plug pluie plupart plusieurs plutot pm poche pocket poids poignee point pointage police policy polite politique
pomme pompe pont pool poor pop popular porc port portable portal porte porter portier pose poser position
possibilite possible post poste potential pouce pourquoi pourra pourrai pourrais pourrait pourrez pourriez pourront
pourtant pousser pouvait pouvez pouviez pouvoir pouvons power practice pratique precedent precis preciser prefer
preference preferer premier prend prendre prends prenez prennent prenom prenons prepare preparer present presenter
president presque press presse presser pret preter pretty preuve prevenir prevent previous prevoir price prier
principal principe print printemps printer pris prise prison private prive prix probable probablement probably
problem probleme procedure proces process processus prochain proche product production produire produit professeur
profession professional professionnel profil profile profiter profond program programme programmer progres project
projet promettre promise promotion proper properly propos proposer proposition propre proprement proprietaire
protect protection proteger prouver prove provenir provide provider provisoire prudent pu public publicite publier
publish publisher puisque puissance pull purchase purple purpose push put qualite quality quantite quarante quart
quarter quartier quasi quatorze quatre quelqu quelque quelquefois question questionner queue quick quickly quiet
quinze quit quite quitter quotidien raccourci raccrocher raconter radio rain raise raison raisonnable ralentir
ramasser ramener random rang range ranger rapide rapidement rappel rappeler rapport rapporter rare rarement rate
rater rather rayon reach read reader ready real realiser realite really reason reboot rebrancher receive recemment
recent recently reception recevoir recharger recherche rechercher recognise recois recoit recommander recommencer
reconnaitre record recouvrir recover recu recuperer red redemander redemarrer reduire reel refaire reference
reflechir refresh refuse refuser regard regarder region register registre regle regler regret regular regulier
regulierement reinitialiser reinstall reinstaller reject rejoindre relance relancer relate relation release relever
reliable relire remain remarquer rembourser remember remercier remettre remind remonter remote remove remplacer
remplir remuer rencontrer rend rendez rendre rends rendu renouveler renseignement renseigner rent rentrer renvoyer
repair reparer repartir repas repasser repeat repere repertoire repeter replace reply repondeur repondre reponse
report reprendre representer request require reseau reserver reset resolve resoudre respecter respond responsable
response ressembler ressource rest restart restaurant restaurer reste rester restore result resultat retard retenir
retirer retour retourner retraite retrouver return reunion reussir reveiller reveler revenir review revoir rich
riche ride rideau rien right ring rise risque riviere road robe rock role rompu rond room rouge rouler round route
router routeur rue rule run rupture sable sac sache sad safe sage saint sais saisie saisir saison sait salaire
salarie salary sale salle salon saluer salut same samedi sante sat satisfait saturday sauf sauter sauvegarde
sauvegarder sauver save savez savoir savons saw say scan scanner schedule school science screen scroll seance search
season seat seau sec second seconde secours secret secretaire secretariat secretary secteur section secure securise
securite security see seem seen seize sejour select selection sell selon semaine sembler send sens sense sensible
sent sentiment sentir separate separer sept septembre sera serai serais serait seras serez serie serieux seriez
serious seriously seront serrer serrure sert serve server serveur service serviette servir session set settings
setup seul seulement seven several sexe shall shape share sharp shift ship shop short should shoulder show shut sick
side siecle siege sign signal signaler signature signe signer silence silent silly similar simple simplement simply
since single sir sister sit site situation situer six size skin sleep slow slowly small smart smell smile smoke
social societe soeur soft software soient soif soigner soin soir soiree sois soit soixante soldat soleil solution
sombre somebody somehow someone something sometimes somewhere somme sommeil sommes sonner sonnerie soon sorry sort
sorte sortez sorti sortie sortir souci soudain souffrir souhaiter soumettre sound source sourire souris south
souvenir souvent soyez space speak speaker special specialiste specific specifique spectacle speed spell spend spoke
spot spring staff stage stand standard star start state station status statut stay steal step stick still stock
stocker stop storage store story straight strange street strong structure stuck student study stuff stupid stupide
style stylo su subject submit succeed success sucre sud suddenly suffire suffisant suggest suis suit suite suivant
suivi suivre sujet summer sun sunday super superieur supermarche supplement supplementaire supplier supply support
supporter suppose supposer suppression supprimer sure surely surface surprise surtout surveiller suspect suspendre
switch sync syndicat system systeme tabac table tableau tablet tache taille take talk tall tant tante taper tapis
tard tarif tas tasse taux tax taxi teach team teams tech technical technician technicien technique technologie tel
tele telecharger telecopie telephone telephoner telephonique television tell telle tellement temoin temperature
tempete template temps ten tendre tenez tenir tension tenter tenu term terme terminal terminer terrain terre
terrible test tester tete text texte thank thanks theatre theirs themselves therefore thick thin thing think third
thirteen thirty thought thousand three through throw thursday ticket tidy tiens tient tiers tight till timbre time
tiny tirer tiret tiroir title titre today together toit tomber tomorrow tonalite tone tonight took tool top topic
tort tot total totalement touch toucher toujours tour tourner toward town trace track trade traduire traffic train
trait traitement traiter tranquille tranquillement transfer transferer transfert transformer translate transmettre
transport transporter travail travailler travel travers traverser tray treat tree treize trente trial tried trier
trip tristesse trois tromper trop trou trouble trouver truc true trust try tu tuer tuesday tunnel turn twelve twenty
twice type ugly unable understand unfortunately unique unit unite universite unless unlock unplug until unusual
update upgrade upload upon upset urgence urgent usage usb use useful user username usine usual usually usuel utile
utilisateur utiliser vacances vague vaisselle valable valeur valid validation valider valise vallee value variable
vehicule veille veiller vendre vendredi vendu venez venir vent vente ventre venu verification verifier veritable
verite verra verrai verre verrez verrouiller version vert vertical veste veuille veuillez veulent veut veux via
viande victime vide video vider vie vieillir vienne viennent viens vient vierge view village ville vin vingt violent
virement virer virtual virus vis visage viser visible visio visit visite visiter visiteur vit vite vitesse vitre
vivre voice voicemail voici voie voient voila voir vois voisin voiture voix vol voler volet volonte volontiers
volume vote voudrais voudrait voulais voulait voulez vouloir voulons voyage voyager voyait voyant voyez voyons
vraiment vu vue wait walk wall want warehouse warm warning wash waste watch water way weak wear weather web website
wednesday week weekend weight weird welcome well went west wet whatever wheel whenever whether white whole whom
whose wide wife wifi wild win window windows wing winter wipe wire wireless wise wish within without woman wonder
wonderful wood word work worker workstation world worried worry worse worst worth wrap write wrong wrote yard yeah
year yellow yep yes yesterday yet yeux young yours yourself zero zone
)";

}  // namespace ninja3cx::transcription
