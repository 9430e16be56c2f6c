#!/usr/bin/env python3
"""Random French IT-support telephone sentences (the demo model's domain).

sample(rng) returns one sentence (or short turn) with normal French spelling,
capital letter and punctuation.  salad(rng) returns a word-salad line made of the
same vocabulary plus common French words, so that the model has to listen rather
than to guess.  Run the file to print a few of them:  grammar.py [count] [seed]
"""
import re
import sys
import random

VOW = "aâàeéèêiîoôuûhyAÂÀEÉÈÊIÎOÔUÛ"
# nouns: (word, gender); h-initial words listed here are all mute
DEV = [
    ("imprimante", "f"),
    ("ordinateur", "m"),
    ("portable", "m"),
    ("écran", "m"),
    ("serveur", "m"),
    ("clavier", "m"),
    ("casque", "m"),
    ("téléphone", "m"),
    ("poste", "m"),
    ("scanner", "m"),
    ("routeur", "m"),
    ("disque dur", "m"),
    ("tablette", "f"),
    ("station d'accueil", "f"),
    ("souris", "f"),
    ("caméra", "f"),
    ("photocopieur", "m"),
    ("micro", "m"),
    ("badgeuse", "f"),
    ("borne", "f"),
    ("onduleur", "m"),
    ("vidéoprojecteur", "m"),
    ("boîtier", "m"),
    ("chargeur", "m"),
    ("câble réseau", "m"),
    ("commutateur", "m"),
    ("smartphone", "m"),
    ("machine", "f"),
    ("standard", "m"),
    ("unité centrale", "f"),
]
SOFT = [
    ("messagerie", "f"),
    ("VPN", "m"),
    ("logiciel", "m"),
    ("application", "f"),
    ("Wi-Fi", "m"),
    ("réseau", "m"),
    ("connexion", "f"),
    ("sauvegarde", "f"),
    ("antivirus", "m"),
    ("navigateur", "m"),
    ("site internet", "m"),
    ("base de données", "f"),
    ("partage réseau", "m"),
    ("session", "f"),
    ("comptabilité", "f"),
    ("agenda", "m"),
    ("serveur de fichiers", "m"),
    ("intranet", "m"),
    ("logiciel de paie", "m"),
    ("pare-feu", "m"),
    ("bureau à distance", "m"),
    ("lecteur réseau", "m"),
    ("boîte mail", "f"),
    ("mise à jour", "f"),
    ("accès internet", "m"),
    ("téléphonie", "f"),
    ("plateforme", "f"),
    ("outil de gestion", "m"),
    ("signature", "f"),
    ("ligne", "f"),
]
DATA = [
    ("mot de passe", "m"),
    ("compte", "m"),
    ("dossier", "m"),
    ("fichier", "m"),
    ("facture", "f"),
    ("contrat", "m"),
    ("licence", "f"),
    ("calendrier", "m"),
    ("document", "m"),
    ("devis", "m"),
    ("identifiant", "m"),
    ("code", "m"),
    ("certificat", "m"),
    ("profil", "m"),
    ("message", "m"),
    ("pièce jointe", "f"),
    ("tableau", "m"),
    ("rapport", "m"),
    ("bon de commande", "m"),
    ("courriel", "m"),
    ("adresse mail", "f"),
    ("liste de diffusion", "f"),
    ("groupe", "m"),
    ("droit d'accès", "m"),
]
PROP = [
    "Outlook",
    "Teams",
    "Excel",
    "Word",
    "Windows",
    "SharePoint",
    "OneDrive",
    "Sage",
    "Chrome",
    "Firefox",
    "PowerPoint",
    "Acrobat",
    "Office",
]


def vow(w):
    return w[0] in VOW and w not in ("Wi-Fi",)


def le(n):
    return ("l'" if vow(n[0]) else ("le " if n[1] == "m" else "la ")) + n[0]


def un(n):
    return ("un " if n[1] == "m" else "une ") + n[0]


def mon(n):
    return ("mon " if n[1] == "m" or vow(n[0]) else "ma ") + n[0]


def son(n):
    return ("son " if n[1] == "m" or vow(n[0]) else "sa ") + n[0]


def ce(n):
    return ("cet " if n[1] == "m" and vow(n[0]) else "ce " if n[1] == "m" else "cette ") + n[0]


def du(n):
    return ("de l'" if vow(n[0]) else "du " if n[1] == "m" else "de la ") + n[0]


def au(n):
    return ("à l'" if vow(n[0]) else "au " if n[1] == "m" else "à la ") + n[0]


def de(s):
    return ("d'" if vow(s) else "de ") + s


FIRST_F = "Marie Julie Sophie Camille Claire Nathalie Isabelle Sandrine Céline Émilie Laura Sarah Léa Manon Chloé Caroline Valérie Hélène Pauline Florence Monique Aurélie Fatima Inès Lucie Amandine Alice Charlotte Anne Mathilde".split()
FIRST_M = "Pierre Thomas Nicolas Julien Antoine Maxime Paul Lucas Hugo Marc Luc David Karim Mehdi Olivier Philippe Laurent Sébastien Vincent Romain Alexandre Benoît Mathieu Guillaume Stéphane Christophe François Michel Bernard Kevin Gabriel Louis".split()
LAST = "Martin Bernard Dubois Durand Moreau Laurent Simon Michel Lefèvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Faure Mercier Blanc Guérin Boyer Garnier Chevalier Perrin Robin Clément Gauthier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Roy Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin".split()
COMP = [
    "Boulangerie Martin",
    "Garage Dumas",
    "Cabinet Moreau",
    "Transports Girard",
    "Imprimerie Leroy",
    "Pharmacie du Centre",
    "Hôtel Bellevue",
    "Clinique des Lilas",
    "Notaires Associés",
    "Groupe Alpha",
    "Menuiserie Dupont",
    "Laboratoire Vidal",
    "Mairie de Valence",
    "Lycée Pasteur",
    "Agence Horizon",
    "Bati Plus",
    "Cabinet Lambert",
    "Optique Fontaine",
    "Assurances Mercier",
    "Société Delta",
    "Clinique Pasteur",
    "Électricité Roux",
    "Fromagerie Blanc",
    "Librairie Centrale",
    "Plomberie Robin",
    "Studio Lumière",
    "Vignobles Perrin",
    "Atelier Chevalier",
    "Logistique Ouest",
    "Comptoir Nantais",
]
TOWN = "Paris Lyon Marseille Toulouse Nice Nantes Bordeaux Lille Rennes Reims Grenoble Dijon Angers Tours Metz Nancy Rouen Caen Orléans Valence Annecy Limoges Amiens Perpignan Besançon Brest Strasbourg Montpellier".split()
DAY = "lundi mardi mercredi jeudi vendredi samedi".split()
MONTH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
SINCE = [
    "ce matin",
    "hier",
    "hier soir",
    "hier après-midi",
    "avant-hier",
    "lundi",
    "mardi dernier",
    "une heure",
    "deux heures",
    "trois jours",
    "une semaine",
    "quelques jours",
    "quelques minutes",
    "la mise à jour",
    "la coupure de courant",
    "le début de la semaine",
    "mon retour de congés",
    "la semaine dernière",
    "vendredi",
    "vingt minutes",
    "le déménagement",
    "ce midi",
    "deux mois",
    "longtemps",
]
PLACE = [
    "au bureau",
    "à la maison",
    "en télétravail",
    "à l'accueil",
    "au premier étage",
    "au deuxième étage",
    "à l'atelier",
    "dans la salle de réunion",
    "sur le site de Lyon",
    "à l'agence de Nantes",
    "au siège",
    "en déplacement",
    "au service comptable",
    "au rez-de-chaussée",
    "dans l'entrepôt",
    "à l'hôtel",
    "chez un client",
    "au magasin",
]
TEAM = [
    "la comptabilité",
    "le service commercial",
    "la direction",
    "l'accueil",
    "le service technique",
    "les ressources humaines",
    "l'atelier",
    "le magasin",
    "la production",
    "le secrétariat",
    "toute l'équipe",
    "tout le bureau",
    "le service achats",
    "la logistique",
    "le service client",
    "le marketing",
]
WHO = [
    "ma collègue",
    "mon collègue",
    "mon responsable",
    "ma directrice",
    "notre comptable",
    "la secrétaire",
    "le directeur",
    "un client",
    "un fournisseur",
    "mon assistante",
    "le stagiaire",
    "la nouvelle employée",
    "un utilisateur",
    "le technicien",
    "votre collègue",
    "notre prestataire",
    "le patron",
    "la responsable",
]


def c(r, l):
    return r.choice(l)


def noun(r):
    return c(r, c(r, [DEV, DEV, SOFT, SOFT, DATA]))


def thing(r):
    if r.random() < 0.18:
        return c(r, PROP)
    n = noun(r)
    return c(r, [le, le, mon])(n) if r.random() < 0.75 else c(r, ["notre ", "votre "]) + n[0]


def subj(r):
    if r.random() < 0.2:
        return c(r, PROP)
    n = c(r, c(r, [DEV, SOFT]))
    k = r.random()
    if k < 0.5:
        s = le(n)
    elif k < 0.75:
        s = mon(n)
    elif k < 0.9:
        s = "notre " + n[0]
    else:
        s = (
            le(n)
            + " "
            + c(
                r,
                [
                    "de ma collègue",
                    "de mon collègue",
                    "du directeur",
                    "de la comptabilité",
                    "de l'accueil",
                    "du bureau",
                    "du premier étage",
                    "de la salle de réunion",
                ],
            )
        )
    return s


def first(r):
    return c(r, FIRST_F + FIRST_M)


def person(r):
    k = r.random()
    if k < 0.45:
        return first(r) + " " + c(r, LAST)
    if k < 0.7:
        return c(r, ["Madame ", "Monsieur "]) + c(r, LAST)
    return first(r)


def num(r, a=0, b=99):
    return str(r.randint(a, b))


def two(r):
    return "%02d" % r.randint(0, 99)


def hour(r):
    h = r.randint(7, 19)
    m = c(r, ["", "", "", " 15", " 30", " 45", " 10", " 20"])
    return f"{h} heures{m}"


def phone(r):
    return (
        c(r, ["01", "02", "03", "04", "05", "06", "07", "09"])
        + " "
        + " ".join("%02d" % r.randint(10, 99) for _ in range(4))
    )


def ticket(r):
    return " ".join(str(r.randint(10, 99)) for _ in range(r.choice([2, 2, 3])))


def date(r):
    return (
        c(r, DAY) + " " + str(r.randint(2, 31)) + " " + c(r, MONTH)
        if r.random() < 0.6
        else f"le {r.randint(2,31)} {c(r,MONTH)}"
    )


def when(r):
    return c(
        r,
        [
            "demain",
            "demain matin",
            "cet après-midi",
            "ce matin",
            "lundi prochain",
            "la semaine prochaine",
            "dans une heure",
            "dans la journée",
            "dans dix minutes",
            "tout de suite",
            "avant midi",
            "avant ce soir",
            "en fin de journée",
            "dès que possible",
            "mardi",
            "jeudi matin",
            "vendredi après-midi",
            "à " + hour(r),
            date(r),
            "d'ici demain",
            "dans cinq minutes",
            "le plus vite possible",
        ],
    )


BROKEN = [
    "ne marche plus",
    "ne fonctionne plus",
    "ne répond plus",
    "est en panne",
    "est bloqué",
    "est très lent",
    "ne s'allume plus",
    "ne démarre plus",
    "plante sans arrêt",
    "affiche un message d'erreur",
    "est inaccessible",
    "se déconnecte toutes les cinq minutes",
    "fait un bruit bizarre",
    "s'éteint tout seul",
    "reste bloqué au démarrage",
    "est complètement planté",
    "ne se connecte plus",
    "ne veut plus s'ouvrir",
    "se ferme tout seul",
    "redémarre sans arrêt",
    "affiche un écran bleu",
    "affiche un écran noir",
    "n'est plus reconnu",
    "clignote en rouge",
    "est tombé en panne",
    "ne charge plus",
    "tourne dans le vide",
    "est saturé",
    "rame énormément",
    "coupe tout le temps",
]
CANT = [
    "me connecter au VPN",
    "ouvrir Outlook",
    "imprimer",
    "ouvrir ma session",
    "accéder au serveur",
    "envoyer des mails",
    "recevoir mes mails",
    "ouvrir mes fichiers",
    "me connecter à Teams",
    "me connecter au Wi-Fi",
    "accéder à internet",
    "scanner un document",
    "changer mon mot de passe",
    "enregistrer mon fichier",
    "ouvrir la pièce jointe",
    "lancer le logiciel",
    "accéder à mes dossiers",
    "joindre le support",
    "partager mon écran",
    "installer le logiciel",
    "passer des appels",
    "transférer un appel",
    "valider les commandes",
    "éditer les factures",
    "synchroniser mon téléphone",
    "retrouver mes documents",
    "imprimer en couleur",
    "imprimer les étiquettes",
    "travailler à distance",
    "enregistrer mes modifications",
    "accéder au dossier partagé",
    "ouvrir un fichier Excel",
    "me connecter à distance",
    "télécharger le document",
    "activer ma licence",
    "mettre à jour Windows",
]
ACTION = [
    "redémarrer votre ordinateur",
    "éteindre le poste",
    "rallumer l'imprimante",
    "débrancher le câble",
    "rebrancher le câble réseau",
    "vérifier la connexion",
    "fermer toutes les applications",
    "ouvrir le panneau de configuration",
    "cliquer sur le bouton démarrer",
    "cliquer sur l'icône en bas à droite",
    "me donner votre nom",
    "me donner le numéro du poste",
    "me donner le numéro de série",
    "me lire le message d'erreur",
    "m'envoyer une capture d'écran",
    "saisir votre mot de passe",
    "taper votre identifiant",
    "patienter quelques instants",
    "rester en ligne",
    "vider le cache",
    "fermer la session",
    "essayer une nouvelle fois",
    "redémarrer le routeur",
    "vérifier les voyants",
    "appuyer sur le bouton pendant dix secondes",
    "accepter la prise en main",
    "ouvrir le navigateur",
    "entrer le code à six chiffres",
    "désactiver le Wi-Fi",
    "activer le VPN",
    "me rappeler plus tard",
    "confirmer votre adresse mail",
    "regarder l'étiquette sous l'appareil",
    "remettre du papier",
    "changer la cartouche",
    "ouvrir le capot",
    "lancer l'assistance à distance",
    "me dicter le code",
    "noter le numéro de ticket",
    "relancer le logiciel",
    "changer de prise",
    "brancher l'écran sur l'autre port",
    "supprimer l'ancien profil",
    "vérifier vos courriers indésirables",
]
DOING = [
    "je vais ouvrir un ticket",
    "je prends la main sur votre poste",
    "je vérifie votre dossier",
    "je regarde ça tout de suite",
    "je réinitialise votre mot de passe",
    "je transmets au technicien",
    "je vous envoie un lien par mail",
    "je débloque votre compte",
    "je relance le service",
    "je redémarre le serveur",
    "je crée le compte",
    "j'ajoute les droits d'accès",
    "j'installe la mise à jour",
    "je vous mets en attente",
    "je vais escalader le problème",
    "je note le numéro de série",
    "je planifie une intervention",
    "je vous envoie un technicien",
    "je vous transfère au niveau deux",
    "je commande le matériel",
    "je consulte la documentation",
    "je lance une analyse complète",
    "je restaure la sauvegarde",
    "je supprime le fichier suspect",
    "je réinstalle le pilote",
    "je prépare le nouveau poste",
    "je vérifie la licence",
    "je contacte l'opérateur",
    "je vous rappelle",
    "je ferme le ticket",
    "j'isole la machine du réseau",
    "je fais un test d'impression",
]
CAUSE = [
    "le mot de passe a expiré",
    "le compte est verrouillé",
    "le câble est débranché",
    "la licence est arrivée à expiration",
    "le disque est plein",
    "le certificat n'est plus valide",
    "le serveur a redémarré cette nuit",
    "une mise à jour s'est installée",
    "l'opérateur a une panne",
    "le pilote n'est pas à jour",
    "la boîte est pleine",
    "il y a une coupure de fibre",
    "le service est arrêté",
    "l'antivirus a bloqué le fichier",
    "la mémoire est saturée",
    "le pare-feu bloque la connexion",
    "la cartouche est vide",
    "il y a un bourrage papier",
    "le droit d'accès a été supprimé",
    "l'adresse est incorrecte",
    "la batterie est morte",
    "le port est désactivé",
    "la configuration a changé",
    "il y a eu une coupure de courant",
]
POLITE = [
    "merci",
    "merci beaucoup",
    "merci bien",
    "s'il vous plaît",
    "merci d'avance",
    "je vous en prie",
    "avec plaisir",
    "pas de souci",
    "très bien",
    "d'accord",
    "parfait",
    "entendu",
    "bien sûr",
    "oui",
    "non",
    "oui bien sûr",
    "ah d'accord",
    "je comprends",
    "exactement",
    "effectivement",
    "tout à fait",
    "voilà",
    "c'est noté",
    "c'est ça",
    "pas du tout",
    "euh",
    "bon",
    "alors",
    "écoutez",
    "en fait",
    "bonjour",
    "bonsoir",
    "allô",
    "je ne sais pas",
    "un instant",
    "une seconde",
    "ça marche",
    "super",
    "génial",
    "dommage",
    "désolé",
    "peut-être",
    "absolument",
]
ANGRY = [
    "c'est inadmissible",
    "ça fait trois fois que j'appelle",
    "personne ne m'a rappelé",
    "je perds de l'argent",
    "c'est vraiment pénible",
    "je suis très mécontent",
    "je suis furieux",
    "on ne peut plus travailler",
    "toute la production est arrêtée",
    "c'est toujours la même chose",
    "j'en ai assez",
    "je veux parler à un responsable",
    "nous allons changer de prestataire",
    "c'est la troisième panne ce mois-ci",
    "je paie un contrat et rien ne fonctionne",
    "vous m'aviez promis un technicien",
    "je n'ai plus confiance",
    "c'est inacceptable",
    "je suis vraiment déçu du service",
    "il faut régler ça immédiatement",
    "c'est une urgence",
    "c'est la catastrophe",
    "les clients attendent",
    "nous sommes bloqués depuis deux heures",
    "je vais résilier le contrat",
    "on perd des commandes",
]
HAPPY = [
    "je suis très satisfait",
    "tout fonctionne parfaitement",
    "vous avez été très efficace",
    "c'est beaucoup plus rapide",
    "merci pour votre patience",
    "merci pour votre aide",
    "votre technicien était formidable",
    "le problème est réglé",
    "c'est exactement ce qu'il me fallait",
    "je suis ravi du service",
    "ça marche très bien maintenant",
    "je n'ai plus aucun problème",
    "l'intervention s'est très bien passée",
    "bravo à toute l'équipe",
    "vous me sauvez la vie",
    "je vous remercie beaucoup",
    "c'est du bon travail",
    "tout le monde est content",
    "on a gagné beaucoup de temps",
    "je recommande votre société",
    "c'est impeccable",
    "l'équipe est enchantée",
]
SEC = [
    "j'ai reçu un mail suspect",
    "j'ai cliqué sur un lien bizarre",
    "quelqu'un me demande un virement",
    "mes fichiers sont cryptés",
    "l'antivirus a détecté un virus",
    "j'ai donné mon mot de passe par erreur",
    "il y a une fenêtre qui demande de payer",
    "on me demande mes coordonnées bancaires",
    "mon compte envoie des mails tout seul",
    "je pense que c'est une tentative de phishing",
    "le mail semble venir de la banque",
    "j'ai ouvert une pièce jointe étrange",
    "un inconnu a pris la main sur mon poste",
    "je crois que nous avons été piratés",
]
NEEDS = [
    "un nouveau poste",
    "un nouvel ordinateur portable",
    "deux écrans",
    "un clavier et une souris",
    "une licence Office",
    "un casque pour les appels",
    "un téléphone mobile",
    "un accès au VPN",
    "une adresse mail",
    "un badge d'accès",
    "une station d'accueil",
    "une ligne directe",
    "un accès au serveur",
    "trois licences supplémentaires",
    "un deuxième écran",
    "une imprimante couleur",
    "un droit d'accès au dossier partagé",
    "un compte Teams",
    "un disque plus grand",
    "une sauvegarde externe",
    "un devis détaillé",
    "une boîte mail partagée",
    "un chargeur de rechange",
]


def cap(s):
    s = s.strip()
    return s[0].upper() + s[1:]


def Q(r):
    A = c(r, ACTION)
    return c(
        r,
        [
            lambda: "est-ce que vous pouvez " + A,
            lambda: "pouvez-vous " + A,
            lambda: "vous pouvez " + A,
            lambda: "pourriez-vous " + A,
            lambda: "est-ce que "
            + subj(r)
            + " est "
            + c(
                r,
                ["allumé", "branché", "connecté", "à jour", "sous garantie", "éteint", "visible", "chiffré"],
            ),
            lambda: "depuis quand avez-vous ce problème",
            lambda: "quel est votre nom",
            lambda: "quel est le numéro " + du(noun(r)),
            lambda: "quel est le nom de votre "
            + c(r, ["société", "ordinateur", "entreprise", "responsable", "serveur"]),
            lambda: "quel message voyez-vous à l'écran",
            lambda: "qu'est-ce qui s'affiche",
            lambda: "est-ce que ça marche maintenant",
            lambda: "est-ce que d'autres personnes ont le même problème",
            lambda: "êtes-vous " + c(r, PLACE),
            lambda: "vous êtes " + c(r, PLACE),
            lambda: "avez-vous déjà essayé de "
            + c(
                r,
                [
                    "redémarrer",
                    "changer de câble",
                    "fermer la session",
                    "réinstaller le logiciel",
                    "vider le cache",
                ],
            ),
            lambda: "avez-vous "
            + c(
                r,
                [
                    "un numéro de ticket",
                    "un numéro de contrat",
                    "une sauvegarde récente",
                    "accès au serveur",
                    "une autre question",
                    "changé quelque chose récemment",
                    "reçu mon mail",
                    "noté le message",
                ],
            ),
            lambda: "à quel numéro puis-je vous rappeler",
            lambda: "quand pouvez-vous intervenir",
            lambda: "à quelle heure pouvez-vous passer",
            lambda: "combien de temps ça va prendre",
            lambda: "combien "
            + de(c(r, ["utilisateurs", "personnes", "postes", "ordinateurs", "licences", "téléphones"]))
            + " sont "
            + c(r, ["concernés", "touchés", "bloqués", "impactés"]).replace("s", "s"),
            lambda: "est-ce que c'est "
            + c(
                r,
                [
                    "urgent",
                    "grave",
                    "normal",
                    "bloquant",
                    "payant",
                    "sous contrat",
                    "compris dans le contrat",
                ],
            ),
            lambda: "puis-je vous mettre en attente",
            lambda: "comment puis-je vous aider",
            lambda: "que puis-je faire pour vous",
            lambda: "vous m'entendez bien",
            lambda: "qui est à l'appareil",
            lambda: "est-ce que je dois " + A.replace("votre ", "mon ").replace("vos ", "mes "),
            lambda: "avez-vous reçu " + le(c(r, DATA)),
            lambda: "où se trouve " + le(c(r, DEV)),
            lambda: "pourquoi " + subj(r) + " " + c(r, BROKEN),
            lambda: "est-ce que " + c(r, TEAM) + " a aussi le problème",
            lambda: "que dois-je faire",
            lambda: "je peux prendre la main sur votre poste",
        ],
    )()


def S(r):
    n = noun(r)
    return c(
        r,
        [
            lambda: subj(r) + " " + c(r, BROKEN) + " depuis " + c(r, SINCE),
            lambda: subj(r) + " " + c(r, BROKEN),
            lambda: subj(r) + " " + c(r, BROKEN) + " " + c(r, PLACE),
            lambda: "je n'arrive plus à " + c(r, CANT),
            lambda: "je n'arrive pas à " + c(r, CANT) + " depuis " + c(r, SINCE),
            lambda: "impossible " + de(c(r, CANT)),
            lambda: c(r, WHO)
            + " n'arrive plus à "
            + c(r, CANT)
            .replace("mon ", "son ")
            .replace("mes ", "ses ")
            .replace("ma ", "sa ")
            .replace("me ", "se "),
            lambda: "j'ai un problème avec " + thing(r),
            lambda: "j'ai un souci avec " + thing(r) + " depuis " + c(r, SINCE),
            lambda: "nous avons un problème avec " + thing(r),
            lambda: "on a perdu "
            + le(n)
            + " "
            + c(
                r, ["de l'accueil", "du client", "de la société", "ce matin", "hier soir", "pendant la nuit"]
            ),
            lambda: "j'ai oublié mon "
            + c(r, ["mot de passe", "identifiant", "code"])
            + " "
            + c(r, ["Windows", "de session", "de messagerie", "Teams", "du VPN", "ce matin"]),
            lambda: "il me faut "
            + c(r, NEEDS)
            + " pour "
            + c(
                r,
                [
                    "un nouveau salarié",
                    "notre nouvelle collègue",
                    "le stagiaire",
                    "lundi",
                    "la semaine prochaine",
                    "l'agence de " + c(r, TOWN),
                    c(r, TEAM),
                ],
            ),
            lambda: "nous avons besoin " + de(c(r, NEEDS)),
            lambda: "je voudrais " + c(r, NEEDS),
            lambda: "je souhaite commander " + c(r, NEEDS),
            lambda: c(r, TEAM) + " ne peut plus travailler",
            lambda: c(r, TEAM) + " attend " + le(n) + " depuis " + c(r, SINCE),
            lambda: "un nouveau salarié arrive " + when(r),
            lambda: first(r)
            + " commence "
            + when(r)
            + " "
            + c(
                r,
                [
                    "au service commercial",
                    "à la comptabilité",
                    "à l'accueil",
                    "à l'atelier",
                    "à " + c(r, TOWN),
                ],
            ),
            lambda: c(r, SEC),
            lambda: c(r, ANGRY),
            lambda: c(r, HAPPY),
            lambda: DOINGF(r),
            lambda: "je pense que " + c(r, CAUSE),
            lambda: "le problème vient " + du(noun(r)),
            lambda: "d'après le journal, " + c(r, CAUSE),
            lambda: "c'est parce que " + c(r, CAUSE),
            lambda: "on m'a dit que " + c(r, CAUSE),
            lambda: "j'ai vérifié " + thing(r) + " et " + c(r, CAUSE),
            lambda: "mon nom est " + person(r),
            lambda: "je suis " + person(r) + " de " + c(r, COMP),
            lambda: "je m'appelle " + person(r),
            lambda: "c'est " + person(r) + " à l'appareil",
            lambda: "je vous appelle de la part de " + person(r),
            lambda: "vous pouvez rappeler " + person(r) + " au " + phone(r),
            lambda: "mon numéro est le " + phone(r),
            lambda: "le numéro de ticket est le " + ticket(r),
            lambda: "votre ticket porte le numéro " + ticket(r),
            lambda: "j'ai déjà un ticket, le numéro " + ticket(r),
            lambda: "un technicien passera " + when(r),
            lambda: "je vous rappelle " + when(r),
            lambda: "l'intervention est prévue " + when(r),
            lambda: "nous avons rendez-vous " + date(r) + " à " + hour(r),
            lambda: "ça concerne "
            + num(r, 2, 60)
            + " "
            + c(r, ["postes", "utilisateurs", "personnes", "ordinateurs", "comptes"]),
            lambda: "il reste "
            + num(r, 2, 95)
            + " "
            + c(r, ["minutes", "licences", "jours", "pour cent d'espace disque", "fichiers", "heures"]),
            lambda: "nous sommes "
            + num(r, 3, 80)
            + " "
            + c(r, ["dans l'entreprise", "sur le site de " + c(r, TOWN), "au bureau", "personnes bloquées"]),
            lambda: "le message dit que " + c(r, CAUSE),
            lambda: "j'ai le code d'erreur " + num(r, 10, 99) + " " + num(r, 10, 99),
            lambda: "le poste numéro " + num(r, 1, 99) + " " + c(r, BROKEN),
            lambda: "j'ai essayé de "
            + c(
                r,
                [
                    "redémarrer le poste",
                    "changer le câble",
                    "réinstaller le logiciel",
                    "vider le cache",
                    "rallumer l'imprimante",
                    "supprimer le profil",
                ],
            )
            + " mais ça ne change rien",
            lambda: "quand j'ouvre "
            + c(r, [c(r, PROP), le(c(r, SOFT)), le(c(r, DATA))])
            + ", "
            + subj(r)
            + " "
            + c(r, BROKEN),
            lambda: "quand je clique sur "
            + c(
                r,
                ["le bouton", "le lien", "l'icône", "envoyer", "imprimer", "enregistrer", "la pièce jointe"],
            )
            + ", rien ne se passe",
            lambda: "l'agence de "
            + c(r, TOWN)
            + " n'a plus "
            + c(
                r,
                [
                    "de réseau",
                    "d'internet",
                    "de téléphone",
                    "de messagerie",
                    "d'accès au serveur",
                    "de Wi-Fi",
                ],
            ),
            lambda: "nous n'avons plus "
            + c(
                r,
                [
                    "de réseau",
                    "d'internet",
                    "de téléphone",
                    "accès au serveur",
                    "de sauvegarde",
                    "de connexion",
                ],
            )
            + " "
            + c(r, PLACE),
            lambda: "la sauvegarde de "
            + c(r, ["cette nuit", "la semaine dernière", "vendredi soir", "dimanche", "la base de données"])
            + " "
            + c(r, ["a échoué", "s'est bien passée", "est incomplète", "est terminée", "a été restaurée"]),
            lambda: "vérifiez que "
            + subj(r)
            + " est bien "
            + c(r, ["allumé", "branché", "connecté", "à jour"]),
            lambda: "il faut " + c(r, ACTION),
            lambda: "vous allez " + c(r, ACTION),
            lambda: "je vous invite à " + c(r, ACTION),
            lambda: "essayez " + de(c(r, ACTION)),
            lambda: "maintenant " + subj(r) + " fonctionne",
            lambda: "ça y est, "
            + subj(r)
            + " "
            + c(r, ["fonctionne", "redémarre", "est de nouveau accessible", "répond", "s'affiche"]),
            lambda: "c'est "
            + c(
                r,
                [
                    "réparé",
                    "réglé",
                    "résolu",
                    "bon",
                    "terminé",
                    "mieux",
                    "pareil",
                    "étrange",
                    "très urgent",
                    "compliqué",
                ],
            ),
            lambda: "je vois "
            + un(noun(r))
            + " "
            + c(
                r,
                [
                    "sur mon écran",
                    "en rouge",
                    "dans le dossier",
                    "à gauche",
                    "en bas",
                    "en haut à droite",
                    "avec une croix",
                ],
            ),
            lambda: c(r, WHO)
            + " a "
            + c(
                r,
                [
                    "renversé du café sur",
                    "fait tomber",
                    "perdu",
                    "débranché",
                    "remplacé",
                    "configuré",
                    "supprimé",
                    "déplacé",
                ],
            )
            + " "
            + le(noun(r)),
            lambda: "je vous appelle pour "
            + c(
                r,
                [
                    "un problème de connexion",
                    "une panne",
                    "une question",
                    "un suivi de ticket",
                    "un devis",
                    "prendre des nouvelles",
                    "un dépannage",
                    "une demande de matériel",
                    "une facture",
                    "vérifier que tout fonctionne",
                ],
            ),
            lambda: "je vous appelle au sujet " + du(noun(r)),
            lambda: "le contrat "
            + c(r, ["comprend", "ne comprend pas"])
            + " "
            + c(
                r,
                [
                    "le dépannage sur site",
                    "la sauvegarde",
                    "la téléphonie",
                    "les licences",
                    "le matériel",
                    "l'astreinte du week-end",
                ],
            ),
            lambda: "le délai est de " + num(r, 2, 10) + " " + c(r, ["jours", "heures", "semaines"]),
            lambda: "ça coûte "
            + num(r, 10, 99)
            + " euros par "
            + c(r, ["mois", "poste", "utilisateur", "heure"]),
            lambda: "le "
            + c(r, ["voyant", "bouton", "témoin"])
            + " est "
            + c(r, ["rouge", "vert", "orange", "éteint", "bleu"]),
            lambda: "je travaille "
            + c(r, PLACE)
            + " "
            + c(r, ["aujourd'hui", "cette semaine", "le lundi", "demain"]),
            lambda: c(r, PROP)
            + " me demande "
            + c(
                r,
                [
                    "mon mot de passe",
                    "une licence",
                    "un code",
                    "de me reconnecter",
                    "une mise à jour",
                    "de redémarrer",
                ],
            ),
        ],
    )()


def DOINGF(r):
    d = c(r, DOING)
    return d + c(r, ["", " " + when(r), "", " pour " + person(r)])


def OPEN(r):
    hi = c(r, ["Bonjour", "Bonjour", "Bonsoir", "Allô bonjour", "Oui bonjour"])
    return c(
        r,
        [
            lambda: f"Support informatique bonjour, {first(r)} à votre écoute.",
            lambda: f"{hi}, service informatique, {first(r)} à l'appareil, je vous écoute.",
            lambda: f"{hi}, {person(r)} de la société {c(r,COMP)}.",
            lambda: f"{hi}, je suis {person(r)} de {c(r,COMP)}.",
            lambda: f"{hi}, ici {person(r)}, j'appelle pour {thing(r)}.",
            lambda: f"{hi} {c(r,['Madame','Monsieur'])} {c(r,LAST)}, {Q(r)} ?",
            lambda: f"{hi}, {S(r)}.",
            lambda: f"Assistance {c(r,['technique','informatique'])} bonjour, que puis-je faire pour vous ?",
            lambda: f"{hi}, je vous appelle parce que {subj(r)} {c(r,BROKEN)}.",
            lambda: f"{hi} {first(r)}, c'est {first(r)} de {c(r,COMP)}.",
        ],
    )()


def CLOSE(r):
    return c(
        r,
        [
            lambda: f"Merci {c(r,['beaucoup','bien','pour votre aide','de votre appel','à vous','pour tout'])}, {c(r,['bonne journée','bonne soirée','au revoir','à bientôt','bon week-end','bonne fin de journée','à demain','bon courage'])}.",
            lambda: f"{c(r,['Au revoir','Bonne journée','Bonne soirée','À bientôt','À demain','Bon après-midi'])} {c(r,['Madame','Monsieur'])} {c(r,LAST)}.",
            lambda: f"Je vous souhaite une {c(r,['bonne journée','excellente journée','bonne soirée','bonne fin de semaine'])}, au revoir.",
            lambda: f"N'hésitez pas à nous rappeler {c(r,['en cas de besoin','si le problème revient','au moindre souci','demain'])}.",
            lambda: f"{c(r,['Bonne journée','Au revoir','À bientôt'])} {first(r)}, {c(r,['merci encore','à bientôt','et merci','bonne journée'])}.",
            lambda: "Est-ce que je peux faire autre chose pour vous ?",
            lambda: "Non merci, c'est tout pour aujourd'hui.",
            lambda: f"Le ticket {ticket(r)} est {c(r,['fermé','clos','résolu','transmis','en attente','en cours'])}.",
        ],
    )()


def sample(r):
    k = r.random()
    if k < 0.08:
        return OPEN(r)
    if k < 0.14:
        return CLOSE(r)
    if k < 0.19:
        p = [c(r, POLITE) for _ in range(r.choice([1, 1, 2, 2, 3]))]
        return cap(", ".join(p)) + "."
    if k < 0.34:
        q = Q(r)
        if r.random() < 0.3:
            q = c(r, POLITE) + ", " + q
        return cap(q) + " ?"
    if k < 0.37:
        return cap(phone(r)) + "."
    if k < 0.39:
        return cap(c(r, ["le", "c'est le", "numéro"]) + " " + ticket(r)) + "."
    s = S(r)
    k = r.random()
    if k < 0.22:
        s = c(r, POLITE) + ", " + s
    elif k < 0.27:
        s = s + ", " + c(r, POLITE)
    elif k < 0.40:
        s = s + c(r, [" et ", " mais ", " donc ", ", et puis ", " alors ", " car "]) + S(r)
    elif k < 0.45:
        s = (
            c(
                r,
                [
                    "en fait",
                    "du coup",
                    "alors",
                    "depuis ce matin",
                    "pour l'instant",
                    "malheureusement",
                    "heureusement",
                    "apparemment",
                    "normalement",
                    "je crois que",
                    "je pense que",
                    "il semble que",
                    "on dirait que",
                ],
            )
            + " "
            + s
        )
    elif k < 0.50:
        return (
            cap(s)
            + ". "
            + cap(
                c(
                    r,
                    [
                        lambda: c(r, POLITE),
                        lambda: c(r, ANGRY),
                        lambda: c(r, HAPPY),
                        lambda: DOINGF(r),
                        lambda: S(r),
                    ],
                )()
            )
            + "."
        )
    elif k < 0.54:
        return cap(s) + ". " + cap(Q(r)) + " ?"
    return cap(s) + "."


COMMON = """abord accident accord achat acheter action adorer affaire âge agent aider ailleurs aimer air ajouter aller alors ami amour an ancien animal année anniversaire apprendre après argent arbre armoire arriver article aspect asseoir assez assurer atelier attendre attention aujourd'hui aussi autant auto automne autour autre avance avant avenir avion avis avocat avoir balle banc banque bas bateau bâtiment beau beaucoup belle besoin bête bien bientôt billet blanc bleu boire bois boîte bon bonheur bord bouche bouger bout bras bruit brûler bureau but cacher cadeau cadre café calme camion campagne capable car carte cas casser cause cave ceci cela cent centre certain chacun chaise chaleur chambre champ chance changer chanter chapeau chaque charge chat château chaud chaussure chef chemin chemise cher chercher cheval cheveu chez chien chiffre choisir chose ciel cinéma cinq citoyen clair classe clé client cœur coin colère combien comme commencer comment commerce compte comprendre conduire confiance connaître conseil construire content continuer contraire contre convaincre corps côté cou couleur coup couper cour courir cours court cousin coûter couvrir craindre créer crier crise croire cuisine culture dame danger dans danser date debout début décider découvrir défendre dehors déjà demain demander demi dent départ dernier derrière descendre désir dessin dessus détail deux devant développer devenir deviner devoir différent difficile dimanche dîner dire direct directeur discuter disparaître distance dix doigt donc donner dont dormir dos doute douze droit dur durer eau école écouter écrire effet effort égal élève embaucher employé encore endroit énergie enfant enfin ennemi énorme ensemble ensuite entendre entier entre entrer environ envie envoyer épaule époque erreur escalier espace espérer espoir essayer est état été étoile étranger être étude européen éviter exact exemple exister expérience expliquer exprimer facile façon faible faim faire fait famille fatigué faut fauteuil faux femme fenêtre fer ferme feu feuille février fier figure fille film fils fin fleur fleuve foi fois fond force forêt forme fort fou foule frais français frapper frère froid front fruit fuir garçon garder gare gauche général genou gens gentil glace goût gouvernement grand grave gris gros groupe guerre habitude haut herbe heure heureux histoire hiver homme honte hôpital huit humain ici idée île image immense important impôt industrie instant intérêt inviter jamais jambe jardin jaune jeter jeu jeune joie joli jouer jour journal juge jusque juste kilo là lac laisser langue large larme leçon léger lendemain lent lequel lettre leur lever liberté libre lieu ligne lire lit livre loi loin long longtemps lourd lumière lune lutte main maintenant maire mais maison maître malade malgré manger manière manquer marché marcher mari mariage matière matin mauvais médecin meilleur membre même mémoire menacer mener mentir mer mère merveille message mesure métier mettre meuble midi mieux milieu mille ministre minuit minute moi moins mois moitié moment monde monsieur montagne monter montrer morceau mort mot mourir mouvement moyen mur musique mystère naître nation nature neige neuf nez ni noir nom nombre nord normal note nourrir nous nouveau nuage nuit objet obtenir occasion occuper œil œuvre offrir oiseau ombre oncle onze opinion or orage ordre oreille oser ou où oublier ouest ouvert ouvrage ouvrir page pain paix papier par paraître parce parent parfait parfois parler parmi parole part partie partir pas passé passer patron pauvre payer pays peau peine pendant penser perdre père permettre personne petit peu peuple peur peut-être photo phrase pièce pied pierre place plaire plaisir plan plein pleurer pluie plupart plus plusieurs plutôt poche poids point police politique porte porter poser position possible poste pour pourquoi pousser pouvoir premier prendre préparer près présence présent presque prêt preuve prévenir prier prince principe printemps prison prix problème prochain produire professeur profond projet promettre propre protéger puis puissance qualité quand quarante quartier quatre que quel quelque question qui quitter quoi raconter raison rappeler rapide recevoir reconnaître regard regarder remarquer remercier remettre remplir rencontrer rendre rentrer repas répéter répondre réponse repos reprendre ressembler rester retard retour retrouver réussir rêve réveiller revenir rêver revoir riche rien rire rivière robe roi rose roue rouge route rue sable sac sage sain saison salle salon sang sans santé sauter sauver savoir science second secret seize sel selon semaine sembler sens sentiment sentir sept sérieux serrer service seul seulement si siècle signe silence simple situation six sœur soi soif soir soixante soldat soleil solution sombre somme sommeil sorte sortir soudain souffrir souhaiter soupe sourire sous souvenir souvent spectacle sport sucre sud suffire suite suivre sujet sûr surprise surtout surveiller table tableau tache taille tant tante tapis tard tas tel temps tendre tenir terme terre tête texte thé théâtre tiers tirer tissu titre toit tomber ton tort tôt toucher toujours tour tourner tout train traiter tranquille travail travailler traverser treize trente très triste trois trop trou trouver tuer type usine utile vacances vache valeur vallée vendre venir vent ventre vérité verre vers vert veste vêtement viande vide vie vieux vif village ville vin vingt violence visage visite vite vitesse vivre voici voie voilà voir voisin voiture voix vol volonté vouloir voyage vrai vue week-end yeux zéro zone""".split()
_vocab = None


def vocab():
    global _vocab
    if _vocab is None:
        r = random.Random(7)
        s = set(COMMON)
        for _ in range(6000):
            for w in re.findall(r"[\w'’-]+", sample(r)):
                s.add(
                    w
                    if w[1:] != w[1:].lower() or w in PROP + TOWN + LAST + FIRST_F + FIRST_M
                    else w.lower()
                    if w.lower() in s
                    else w
                )
        _vocab = sorted(s)
    return _vocab


def salad(r):
    v = vocab()
    n = r.randint(2, 8)
    w = [c(r, v) if r.random() < 0.6 else c(r, COMMON) for _ in range(n)]
    s = " ".join(w)
    return cap(s) + c(r, [".", ".", ".", " ?"])


if __name__ == "__main__":
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    r = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for _ in range(n):
        print(sample(r) if r.random() < 0.88 else salad(r))
    print(len(vocab()), "words", file=sys.stderr)
