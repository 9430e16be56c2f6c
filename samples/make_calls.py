#!/usr/bin/env python3
"""Synthesise the six sample calls (stereo 16 kHz: left = agent, right = customer) and their JSON scripts into calls/.
Needs espeak-ng, flac, numpy, PyTorch, and ../models/training beside it.   make_calls.py [--exclude TRAINING_TEXTS.txt]  reports sentences seen in training."""
import os
import random
import re
import subprocess
import sys
import wave
import json
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "models", "training"))
A, C = "agent", "customer"
CALLS = [
    dict(
        id="01-vpn-panne",
        category="network_vpn",
        sentiment="neutral",
        priority="MEDIUM",
        ticket=dict(
            title="VPN inaccessible en télétravail",
            customer="Claire Fontaine",
            company="Cabinet Moreau",
            callback="06 24 51 33 18",
            reference="42 17",
            cause="certificat expiré",
            status="resolu",
        ),
        va=("fr+m3", 158, 48),
        vc=("fr+f2", 162, 52),
        turns=[
            (A, "Bonjour, support informatique, Julien à votre écoute, que puis-je faire pour vous ?"),
            (C, "Bonjour, je suis Claire Fontaine de Cabinet Moreau."),
            (C, "Je n'arrive plus à me connecter au VPN depuis hier soir."),
            (A, "D'accord, êtes-vous en télétravail ?"),
            (C, "Oui, je travaille à la maison cette semaine."),
            (A, "Quel message voyez-vous à l'écran ?"),
            (C, "Le message dit que le certificat n'est plus valide depuis hier."),
            (A, "Je comprends, je regarde ça tout de suite."),
            (A, "Est-ce que d'autres personnes ont le même problème ?"),
            (C, "Non, ma collègue travaille sur le site de Lyon et le VPN fonctionne."),
            (A, "Très bien, je prends la main sur votre poste dans cinq minutes."),
            (A, "À quel numéro puis-je vous rappeler ?"),
            (C, "Mon numéro est le 06 24 51 33 18."),
            (A, "Merci, votre ticket porte le numéro 42 17."),
            (A, "Essayez de fermer la session et de redémarrer votre ordinateur."),
            (C, "Ça y est, le VPN est de nouveau accessible."),
            (A, "Parfait, je ferme le ticket. Bonne journée."),
            (C, "Merci beaucoup pour votre aide, au revoir."),
        ],
    ),
    dict(
        id="02-imprimante",
        category="printer_scanner",
        sentiment="neutral",
        priority="MEDIUM",
        ticket=dict(
            title="Imprimante de l'accueil, bourrage papier et voyant rouge",
            customer="Paul Girard",
            company="Garage Dumas",
            callback="04 75 22 61 47",
            reference="58 31",
            status="intervention_planifiee",
        ),
        va=("fr+f4", 152, 50),
        vc=("fr+m1", 155, 42),
        turns=[
            (A, "Service informatique bonjour, c'est Sophie à l'appareil, je vous écoute."),
            (C, "Bonjour, Paul Girard de la société Garage Dumas."),
            (C, "L'imprimante de l'accueil ne marche plus depuis ce matin."),
            (A, "Est-ce que le voyant est allumé sur l'imprimante ?"),
            (C, "Oui, mais le voyant est rouge et il y a un bourrage papier."),
            (A, "D'accord, vous pouvez ouvrir le capot et remettre du papier ?"),
            (C, "J'ai déjà essayé de rallumer l'imprimante mais ça ne change rien."),
            (A, "Avez-vous déjà essayé de changer la cartouche ?"),
            (C, "Oui, le message dit que la cartouche est vide."),
            (A, "Pouvez-vous me donner le numéro de série ?"),
            (C, "Un instant, le numéro est le 35 62 18."),
            (A, "C'est noté, je planifie une intervention demain matin."),
            (C, "À quelle heure pouvez-vous passer ?"),
            (A, "Un technicien passera à 10 heures 30."),
            (C, "Très bien, mon numéro est le 04 75 22 61 47."),
            (A, "Merci, le numéro de ticket est le 58 31. Au revoir."),
            (C, "Merci bien Sophie, bonne journée et à demain."),
        ],
    ),
    dict(
        id="03-mot-de-passe",
        category="account_password",
        sentiment="neutral",
        priority="MEDIUM",
        ticket=dict(
            title="Mot de passe de session oublié, compte verrouillé",
            customer="Nathalie Perrin",
            company="Clinique Pasteur",
            callback=None,
            reference="23 76",
            status="resolu",
        ),
        va=("fr-be+m2", 160, 45),
        vc=("fr+f5", 150, 55),
        turns=[
            (A, "Assistance informatique bonjour, que puis-je faire pour vous ?"),
            (C, "Bonjour, c'est Nathalie Perrin à l'appareil, de Clinique Pasteur."),
            (C, "J'ai oublié mon mot de passe de session et mon compte est bloqué."),
            (A, "Pas de souci, je vérifie votre dossier."),
            (A, "Effectivement, je vois que le compte est verrouillé."),
            (C, "Ah d'accord, est-ce que c'est vraiment grave ?"),
            (A, "Non, pas du tout, le mot de passe a expiré hier."),
            (A, "Je réinitialise votre mot de passe et je débloque votre compte."),
            (C, "Merci, que dois-je faire maintenant ?"),
            (A, "Vous allez taper votre identifiant et entrer le code à six chiffres."),
            (C, "Une seconde, Windows me demande un code."),
            (A, "Pouvez-vous vérifier vos courriers indésirables et me dicter le code ?"),
            (C, "Oui, voilà, j'ai reçu le message. Le code est le 48 15 90."),
            (A, "Super, est-ce que ça marche maintenant ?"),
            (C, "Oui, la session fonctionne, merci beaucoup."),
            (A, "Avec plaisir. Le ticket 23 76 est résolu, bonne journée."),
            (C, "Merci à vous, bonne journée, au revoir."),
        ],
    ),
    dict(
        id="04-serveur-urgent",
        category="server_infrastructure",
        sentiment="negative",
        priority="HIGH",
        ticket=dict(
            title="Serveur en panne, production arrêtée",
            customer="Philippe Mercier",
            company="Transports Girard",
            callback="06 71 45 82 39",
            reference="91 64",
            status="escalade_niveau_2",
        ),
        va=("fr+m7", 150, 50),
        vc=("fr+m5", 172, 50),
        turns=[
            (A, "Assistance technique bonjour, Camille à votre écoute, je vous écoute."),
            (C, "Bonjour, Philippe Mercier de la société Transports Girard."),
            (C, "Le serveur est en panne et toute la production est arrêtée."),
            (C, "C'est inadmissible, ça fait trois fois que j'appelle ce matin."),
            (A, "Je suis désolé, je comprends. Depuis quand avez-vous ce problème ?"),
            (C, "Nous sommes bloqués depuis deux heures et personne ne m'a rappelé."),
            (C, "Les clients attendent et on perd des commandes."),
            (A, "Combien de postes et de personnes sont bloqués ?"),
            (C, "Ça concerne 35 postes, tout le bureau ne peut plus travailler."),
            (A, "Est-ce que le serveur est allumé ?"),
            (C, "Oui, mais il affiche un message d'erreur, je veux parler à un responsable."),
            (A, "C'est une urgence, je vous transfère au niveau deux."),
            (C, "C'est la troisième panne ce mois-ci, je vais résilier le contrat."),
            (A, "Un technicien passera dans une heure, je note votre numéro."),
            (C, "Mon numéro est le 06 71 45 82 39."),
            (A, "Votre ticket porte le numéro 91 64, je vous rappelle dans dix minutes."),
            (C, "Je suis vraiment déçu du service, il faut régler ça immédiatement."),
            (A, "Tout à fait, je redémarre le serveur tout de suite."),
        ],
    ),
    dict(
        id="05-nouveau-poste",
        category="onboarding_offboarding",
        sentiment="neutral",
        priority="MEDIUM",
        ticket=dict(
            title="Nouveau poste pour une nouvelle salariée",
            customer="Isabelle Robin",
            company="Agence Horizon",
            callback="02 40 17 53 86",
            reference="67 12",
            items=["ordinateur portable", "deux écrans", "casque", "licence Office", "adresse mail"],
            status="devis_demande",
        ),
        va=("fr+f1", 155, 50),
        vc=("fr-ch+f3", 158, 48),
        turns=[
            (A, "Bonjour, service informatique, Laura à l'appareil, je vous écoute."),
            (C, "Bonjour, je suis Isabelle Robin de Agence Horizon."),
            (C, "Il me faut un nouveau poste pour notre nouvelle collègue."),
            (A, "Bien sûr, un nouveau salarié arrive quand ?"),
            (C, "Julie commence lundi prochain au service commercial."),
            (A, "Très bien, quel matériel je commande pour Julie ?"),
            (C, "Je voudrais un nouvel ordinateur portable et deux écrans."),
            (C, "Nous avons besoin d'un casque pour les appels et d'une licence Office."),
            (A, "D'accord, je prépare le nouveau poste et je crée le compte."),
            (C, "Il me faut une adresse mail et un accès au VPN pour lundi."),
            (A, "C'est noté. Le délai est de 4 jours."),
            (C, "Parfait, je souhaite un devis détaillé, s'il vous plaît."),
            (A, "Ça coûte 85 euros par mois, je vous envoie un devis par mail."),
            (A, "À quel numéro puis-je vous rappeler ?"),
            (C, "Mon numéro est le 02 40 17 53 86."),
            (A, "Merci, le numéro de ticket est le 67 12, à bientôt."),
            (C, "Merci beaucoup pour votre aide, bonne fin de journée."),
        ],
    ),
    dict(
        id="06-suivi-satisfait",
        category="internet_wifi",
        sentiment="positive",
        priority="LOW",
        ticket=dict(
            title="Suivi après remplacement du routeur",
            customer="Marc Chevalier",
            company="Hôtel Bellevue",
            callback=None,
            reference="35 48",
            status="ferme",
        ),
        va=("fr+m4", 154, 48),
        vc=("fr+m6", 156, 46),
        turns=[
            (A, "Bonjour Monsieur Chevalier, c'est Nicolas à l'appareil."),
            (A, "Je vous appelle pour vérifier que tout fonctionne depuis mardi."),
            (C, "Bonjour Nicolas, oui, tout fonctionne parfaitement."),
            (A, "Super, est-ce que le Wi-Fi est connecté au premier étage ?"),
            (C, "Oui, ça marche très bien maintenant, c'est beaucoup plus rapide."),
            (C, "Votre technicien était formidable, l'intervention s'est très bien passée."),
            (A, "Merci beaucoup. Avez-vous une autre question ?"),
            (C, "Est-ce que la sauvegarde de cette nuit est terminée ?"),
            (A, "Oui, la sauvegarde de cette nuit s'est bien passée."),
            (C, "Parfait, tout le monde est content, on a gagné beaucoup de temps."),
            (A, "Le ticket 35 48 est fermé, je vous en prie."),
            (C, "Bravo à toute l'équipe, je recommande votre société."),
            (A, "Merci pour votre patience, n'hésitez pas à nous rappeler."),
            (C, "Merci encore, bonne journée et à bientôt."),
            (A, "Bonne journée Monsieur Chevalier, au revoir."),
        ],
    ),
]


def main():
    import synth
    from common import telephone

    out = os.path.join(HERE, "calls")
    os.makedirs(out, exist_ok=True)
    seen = set()
    if "--exclude" in sys.argv:
        seen = {l.strip() for l in open(sys.argv[sys.argv.index("--exclude") + 1], encoding="utf8")}
    for k, c in enumerate(CALLS):
        r = random.Random(100 + k)
        rng = np.random.default_rng(100 + k)
        t = 0.6
        parts = []
        prev = None
        js = []
        for who, text in c["turns"]:
            if text in seen:
                print("in the training texts:", c["id"], text)
            n, rate, pitch = c["va"] if who == A else c["vc"]
            lang, _, var = n.partition("+")
            x = (
                synth.say(
                    text,
                    dict(
                        lang=lang,
                        var=var,
                        rate=rate + r.randint(-6, 6),
                        pitch=pitch + r.randint(-3, 3),
                        range=55,
                        gap=0,
                    ),
                )["audio"].astype(np.float32)
                / 32768
            )
            t += r.uniform(0.35, 0.6) if who == prev else r.uniform(0.45, 1.0) if prev else 0
            parts.append((who, t, x))
            js.append(
                dict(channel=who, start=round(t, 2), end=round(t + len(x) / 16000 - 0.08, 2), text=text)
            )
            t += len(x) / 16000
            prev = who
        n = int((t + 0.8) * 16000) // 320 * 320
        ch = {A: np.zeros(n, np.float32), C: np.zeros(n, np.float32)}
        for who, s, x in parts:
            o = int(s * 16000)
            x = x[: n - o]
            ch[who][o : o + len(x)] += x * 0.8
        left = ch[A] + rng.normal(0, 2e-4, n).astype(np.float32)
        right = telephone(ch[C], rng, noise=6e-4)
        w = wave.open(os.path.join(out, c["id"] + ".wav"), "wb")
        w.setnchannels(2)
        w.setsampwidth(2)
        w.setframerate(16000)
        w.writeframes((np.clip(np.stack([left, right], 1), -1, 1) * 32767).astype("<i2").tobytes())
        w.close()
        subprocess.run(
            ["flac", "-s", "-f", "--best", "--delete-input-file", os.path.join(out, c["id"] + ".wav")],
            check=True,
        )
        d = dict(
            file=c["id"] + ".flac",
            language="fr",
            synthetic=True,
            duration=round(n / 16000, 2),
            channels=dict(left=A, right=C),
            expected=dict(
                category=c["category"], sentiment=c["sentiment"], priority=c["priority"], ticket=c["ticket"]
            ),
            turns=js,
        )
        json.dump(
            d, open(os.path.join(out, c["id"] + ".json"), "w", encoding="utf8"), ensure_ascii=False, indent=1
        )
        print(c["id"], d["duration"], "s", len(js), "turns")


if __name__ == "__main__":
    main()
