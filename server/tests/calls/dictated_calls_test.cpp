#include "server/tests/calls/shown_calls.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// Calls made of parts: what is dictated over turns is masked while it is said and after the call, and what only resembles
/// it stays readable.
namespace ninja3cx::calls {
namespace {

/// A piece is `said` in its line, which "<" and ">" mark.
struct Dictation {
    std::string name;
    std::string language;
    Texts call;
};

class Maker {
public:
    std::vector<Dictation> dictations() {
        for (int i = 0; i < 12; ++i) {
            add("letters one by one", "fr", spelled(1));
            add("letters in twos", "fr", spelled(2));
            add("letters in threes", "fr", spelled(3));
            add("letters read back", "fr", readBack());
            add("letters explained", "fr", explained());
            add("word, then numbers", "fr",
                {ask(), "C: <" + word() + ">", agree(), "C: <quarante-deux>", agree(), "C: et un <dièse>"});
            add("word and sign", "fr",
                {"A: je peux avoir votre mot de passe",
                 "C: oui alors c'est <" + word() + " et puis 44 et point d'exclamation>"});
            add("dots", "fr", {"A: quel est le mot de passe", "C: c'est <" + dotted() + " 2010>"});
            add("corrected", "fr",
                {"A: c'est quoi le mot de passe", "C: <" + word() + " huit un non un huit>", agree()});
            add("letters' names", "fr", {ask(), "C: <pé erre i>", agree(), "C: <enne té>"});
            add("alphabet", "fr", {ask(), "C: <mike alpha romeo>", agree(), "C: <golf uniform>"});
            add("given by the technician", "fr",
                {"A: je vous donne un mot de passe provisoire", "C: oui", "A: majuscule <b>", agree('C'),
                 "A: <o n>", "C: <o n>", "A: <4 2>", "C: c'est bon merci"});
            add("spelled in English", "en", inEnglish());
            add("card in twos", "fr", card());
            add("account by turns", "fr", account());
        }
        return std::move(made_);
    }

private:
    void add(std::string name, std::string language, Texts call) {
        made_.push_back({std::move(name), std::move(language), std::move(call)});
    }
    std::string pick(const std::vector<std::string>& all) { return all[random_() % all.size()]; }
    std::string word() {
        return pick({"marguerite", "girafe", "moustique", "tournesol", "licorne", "dauphin", "cerise"});
    }
    std::string ask() {
        return pick({"A: épelez-moi votre mot de passe", "A: dictez-moi le mot de passe",
                     "A: votre mot de passe", "A: quel est le mot de passe",
                     "A: donnez-moi votre mot de passe s'il vous plaît"});
    }
    std::string agree(char speaker = 'A') {
        return std::string(1, speaker) + ": " +
               pick({"oui", "ok", "d'accord", "hm", "très bien", "oui j'écoute"});
    }
    std::string letters(const std::string& word, std::size_t from, std::size_t count) {
        std::string all;
        for (std::size_t at = from; at < std::min(from + count, word.size()); ++at)
            all += (all.empty() ? "" : " ") + std::string(1, word[at]);
        return all;
    }
    Texts spelled(std::size_t each) {
        const std::string secret = word();
        Texts call{ask()};
        for (std::size_t at = 0; at < secret.size(); at += each) {
            call.push_back("C: <" + letters(secret, at, each) + ">");
            call.push_back(agree());
        }
        call.push_back("C: et <quatre deux>");
        return call;
    }
    Texts readBack() {
        const std::string secret = word();
        Texts call{ask()};
        for (std::size_t at = 0; at < secret.size(); at += 2) {
            call.push_back("C: <" + letters(secret, at, 2) + ">");
            call.push_back("A: <" + letters(secret, at, 2) + "> d'accord");
        }
        return call;
    }
    Texts explained() {
        Texts call{ask()};
        for (const char* piece : {"s comme sophie", "o comme oscar", "l comme louis", "e comme eric"}) {
            call.push_back("C: <" + std::string{piece} + ">");
            call.push_back(agree());
        }
        return call;
    }
    std::string dotted() {
        std::string all;
        for (const char c : word()) all += std::string(1, static_cast<char>(c - 'a' + 'A')) + ".";
        return all;
    }
    Texts inEnglish() {
        const std::string secret = pick({"walnut", "tiger", "rocket", "window"});
        Texts call{pick({"A: what's your password", "A: spell out the password for me",
                         "A: read me the password letter by letter"})};
        for (std::size_t at = 0; at < secret.size(); at += 2) {
            call.push_back("C: <" + letters(secret, at, 2) + ">");
            call.push_back(pick({"A: yep", "A: okay", "A: right"}));
        }
        call.push_back("C: then <four two>");
        return call;
    }
    Texts card() {
        Texts call{"A: votre numéro de carte s'il vous plaît", "C: <49>", "A: oui", "C: <70>"};
        for (int i = 0; i < 6; ++i) {
            call.push_back(agree());
            call.push_back("C: <" + std::to_string(10 + random_() % 90) + ">");
        }
        return call;
    }
    Texts account() {
        Texts call{"A: dictez-moi l'iban", "C: <FR" + std::to_string(10 + random_() % 90) + ">"};
        for (int i = 0; i < 5; ++i) {
            call.push_back(agree());
            call.push_back("C: <" + std::to_string(1000 + random_() % 9000) + ">");
        }
        call.push_back("A: oui");
        call.push_back("C: <638>");
        return call;
    }

    std::mt19937 random_{2026};
    std::vector<Dictation> made_;
};

Texts withoutMarks(Texts call) {
    for (std::string& line : call) std::erase_if(line, [](char c) { return c == '<' || c == '>'; });
    return call;
}

struct Count {
    int pieces = 0;
    int readable = 0;
    std::string first;  // that was readable
};
/// How many of the marked pieces stand in the texts as they were said.
void count(const Dictation& dictation, const Texts& shown, Count& count) {
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const std::string& line = dictation.call[i];
        const std::size_t begin = line.find('<');
        if (begin == std::string::npos) continue;
        const std::string piece = line.substr(begin + 1, line.find('>') - begin - 1);
        ++count.pieces;
        if ((" " + shown[i] + " ").find(" " + piece + " ") == std::string::npos) continue;
        if (count.readable++ == 0) count.first = dictation.name + ": " + line;
    }
}

TEST(DictatedCalls, AreMaskedWhileTheyGoOnAndAfterwards) {
    constexpr int kAllowed = 1;  // of a hundred pieces
    Count inLive;
    Count inWhole;
    for (const Dictation& dictation : Maker{}.dictations()) {
        const Texts call = withoutMarks(dictation.call);
        count(dictation, live(call, dictation.language), inLive);
        count(dictation, whole(call, dictation.language), inWhole);
    }
    EXPECT_GT(inLive.pieces, 700);
    EXPECT_LE(inLive.readable * 100, inLive.pieces * kAllowed) << inLive.readable << "; " << inLive.first;
    EXPECT_LE(inWhole.readable * 100, inWhole.pieces * kAllowed) << inWhole.readable << "; " << inWhole.first;
}

/// What is asked, or said, beside a password, and what is answered.
const std::vector<Texts>& lookAlikes() {
    static const std::vector<Texts> kAll{
        {"A: vous êtes sur quel poste", "C: le LAPTOP41"},
        {"A: c'est quel poste", "C: PC-7118"},
        {"A: le nom de votre ordinateur", "C: PORT365"},
        {"A: épelez-moi votre nom", "C: m a r t i n", "A: oui", "C: et c'est tout"},
        {"A: épelez-moi votre nom", "C: m a r", "A: oui", "C: t i n"},
        {"A: votre nom s'il vous plaît", "C: d u p o n t"},
        {"A: comment ça s'écrit votre nom", "C: l e f è v r e"},
        {"A: quelle est votre adresse mail ?", "C: j point dupont arobase exemple point fr"},
        {"A: épelez-moi votre adresse mail", "C: p d u r a n d", "A: oui", "C: arobase exemple point fr"},
        {"A: notez la référence 841838", "C: merci"},
        {"A: je vous donne le numéro de dossier 684038", "C: c'est noté"},
        {"A: le numéro de ticket c'est 684038", "C: ok"},
        {"A: le numéro de ticket c'est le 68 40 38", "C: 68 40 38 d'accord"},
        {"A: vous êtes de quelle société", "C: Alu 2000"},
        {"A: le nom de l'entreprise", "C: Menuiserie 44"},
        {"A: votre matricule", "C: A73912"},
        {"A: quel est votre matricule", "C: 73912"},
        {"A: il y a un code erreur", "C: 88353"},
        {"A: c'est quoi le code d'erreur", "C: 0x80070005"},
        {"A: quel est le message ?", "C: erreur 691"},
        {"A: vous êtes dans quel bureau", "C: le 214"},
        {"A: quelle salle", "C: la B12"},
        {"A: quel étage", "C: troisième bureau 12"},
        {"A: je vous rappelle sur quel numéro", "C: 06 12 34 56 78"},
        {"A: votre numéro de portable", "C: zéro six douze", "A: oui",
         "C: trente-quatre cinquante-six soixante-dix-huit"},
        {"A: quelle version de windows", "C: la 11"},
        {"A: quel modèle d'imprimante", "C: une HP 4250"},
        {"A: le numéro de série", "C: 5CG1234XKT"},
        {"A: votre identifiant", "C: pdurand"},
        {"A: votre code postal", "C: 69003"},
        {"A: quelle heure vous arrange", "C: quatorze heures trente"},
        {"A: c'était quand", "C: le 12 mars"},
        {"A: combien de postes", "C: douze"},
        {"A: le numéro client", "C: C48211"},
        {"A: votre numéro de commande", "C: 20 25 48 11"},
        {"A: le serveur s'appelle comment", "C: SRV12"},
        {"A: quelle adresse ip", "C: 192.168.1.20"},
        {"A: quelle agence", "C: Lyon 3"},
        {"A: l'imprimante de quelle salle", "C: salle 12"},
        {"A: votre poste téléphonique", "C: le 341"}};
    return kAll;
}
const std::vector<Texts>& complaints() {
    static const std::vector<Texts> kAll{
        {"C: j'ai oublié mon mot de passe", "A: d'accord"},
        {"C: le mot de passe est refusé"},
        {"C: mon mot de passe ne marche plus depuis ce matin", "A: je regarde"},
        {"C: on me demande de changer le mot de passe", "A: oui"},
        {"C: le wifi demande un mot de passe"},
        {"A: quel est votre mot de passe", "C: je ne m'en souviens plus", "A: c'est pas grave"},
        {"A: épelez-moi votre mot de passe", "C: je préfère pas le dire", "A: d'accord"},
        {"A: vous pouvez taper votre mot de passe", "C: oui", "A: merci"}};
    return kAll;
}
/// Nothing in them is to be masked.
const std::vector<Texts>& harmless() {
    static const std::vector<Texts> kAll{
        {"A: quel est votre mot de passe", "C: ah bonne question"},
        {"A: votre mot de passe", "C: attendez je cherche le post-it", "A: prenez votre temps",
         "C: je l'ai pas"},
        {"A: vous tapez votre mot de passe", "C: oui", "A: et ça dit quoi", "C: erreur 12"},
        {"A: je vous envoie un mot de passe par sms", "C: d'accord", "A: au 06 12 34 56 78"},
        {"A: il faut douze caractères dans le mot de passe", "C: d'accord", "A: et deux chiffres"},
        {"A: ne me donnez pas votre mot de passe", "C: d'accord", "A: votre poste", "C: le 12"},
        {"C: le mot de passe de Sage 100 ne passe plus", "A: quelle version", "C: la 12"},
        {"A: votre numéro de carte d'adhérent", "C: 48 21"},
        {"A: vous avez payé par carte", "C: oui", "A: le numéro de commande", "C: 48 21 55"},
        {"A: les quatre derniers chiffres de la carte", "C: 48 21"},
        {"A: vous avez reçu l'iban", "C: oui", "A: c'est quel bureau", "C: le 12"},
        {"A: ouvrez la session avec votre mot de passe", "C: c'est fait", "A: le nom du poste",
         "C: m a r 1 2"}};
    return kAll;
}

TEST(DictatedCalls, LeaveWhatOnlyResemblesThem) {
    std::vector<Texts> calls = harmless();
    for (const Texts& complaint : complaints())
        for (const Texts& lookAlike : lookAlikes()) {
            calls.push_back(complaint);
            calls.back().insert(calls.back().end(), lookAlike.begin(), lookAlike.end());
        }
    EXPECT_GT(calls.size(), 300U);
    constexpr int kAllowed = 1;  // of a hundred calls
    int falseLive = 0;
    int falseWhole = 0;
    std::string examples;
    for (const Texts& call : calls) {
        const auto isMasked = [&](const Texts& shown) {
            const auto masked = std::ranges::find_if(
                shown, [](const std::string& text) { return text.find('[') != std::string::npos; });
            if (masked == shown.end()) return false;
            examples += "\n" + call.front() + " … " + call[static_cast<std::size_t>(masked - shown.begin())];
            return true;
        };
        falseLive += isMasked(live(call, "fr")) ? 1 : 0;
        falseWhole += isMasked(whole(call, "fr")) ? 1 : 0;
    }
    EXPECT_LE(falseLive * 100, static_cast<int>(calls.size()) * kAllowed) << falseLive << examples;
    EXPECT_LE(falseWhole * 100, static_cast<int>(calls.size()) * kAllowed) << falseWhole << examples;
}

/// What is answered to a question for a password where none is told, or said in the midst of one.
const std::vector<std::string>& shortAnswers() {
    static const std::vector<std::string> kAll{"lequel",
                                               "pardon",
                                               "comment",
                                               "celui-là",
                                               "windows",
                                               "outlook",
                                               "impossible",
                                               "jamais",
                                               "bloqué",
                                               "effectivement",
                                               "patientez",
                                               "volontiers",
                                               "c'est compliqué",
                                               "c'est fait",
                                               "c'est parti",
                                               "c'est long",
                                               "ça bugue",
                                               "ça charge",
                                               "ça mouline",
                                               "il tourne",
                                               "il rame",
                                               "erreur",
                                               "mauvais",
                                               "expiré",
                                               "refusé",
                                               "enregistré",
                                               "c'est automatique",
                                               "il est enregistré",
                                               "c'est confidentiel",
                                               "il est en rouge",
                                               "désactivé",
                                               "validé",
                                               "terminé",
                                               "je l'ai tapé",
                                               "validez",
                                               "il est vide",
                                               "aucune idée",
                                               "ben non",
                                               "ah oui",
                                               "oui c'est ça",
                                               "mais oui",
                                               "je crois",
                                               "voilà c'est entré",
                                               "c'est rentré",
                                               "on essaie",
                                               "nickel",
                                               "super",
                                               "top",
                                               "génial",
                                               "mince",
                                               "zut",
                                               "attention à la majuscule",
                                               "en majuscules",
                                               "tout attaché",
                                               "sans espace",
                                               "y a des points",
                                               "j'ai des étoiles",
                                               "je vois rien",
                                               "c'est tout noir",
                                               "il clignote",
                                               "il me dit incorrect",
                                               "c'est pas possible",
                                               "c'est embêtant",
                                               "je vous écoute",
                                               "je suis prêt",
                                               "je vous laisse faire",
                                               "faites",
                                               "allez-y",
                                               "je tape où",
                                               "dans la case",
                                               "en bas",
                                               "en haut",
                                               "à gauche",
                                               "le deuxième",
                                               "c'est le même",
                                               "comme d'habitude",
                                               "celui de d'habitude",
                                               "le mien",
                                               "celui de Sandrine",
                                               "je demande à Sandrine",
                                               "Sandrine tu l'as",
                                               "mon mari le sait",
                                               "il est noté",
                                               "je l'ai noté",
                                               "dans mon carnet",
                                               "un instant",
                                               "deux minutes",
                                               "une petite minute",
                                               "ne quittez pas",
                                               "allô",
                                               "vous m'entendez",
                                               "je vous entends mal",
                                               "ça a coupé",
                                               "c'est reparti",
                                               "rebonjour",
                                               "excusez-moi",
                                               "j'ai raccroché",
                                               "je reviens",
                                               "hop",
                                               "ensuite",
                                               "et après",
                                               "la suite",
                                               "et",
                                               "c'est tout",
                                               "rien d'autre",
                                               "je pense",
                                               "peut-être",
                                               "sûrement",
                                               "probablement",
                                               "évidemment",
                                               "bien entendu",
                                               "tout de suite",
                                               "avec plaisir",
                                               "pas de souci",
                                               "pas de problème",
                                               "aucun problème",
                                               "ça dépend",
                                               "celui du matin",
                                               "de quoi",
                                               "duquel",
                                               "pour la session",
                                               "pour outlook",
                                               "le professionnel",
                                               "le personnel",
                                               "l'ancien",
                                               "le nouveau",
                                               "je l'ai changé",
                                               "hier",
                                               "ce matin",
                                               "non mais attendez",
                                               "c'est-à-dire",
                                               "comment ça"};
    return kAll;
}

TEST(DictatedCalls, LeaveShortAnswersThatTellNothing) {
    constexpr std::size_t kAllowed = 2;
    std::vector<std::string> masked;
    for (const Texts& before :
         {Texts{"A: votre mot de passe"}, Texts{"A: épelez-moi votre mot de passe", "C: m a r", "A: oui"}})
        for (const std::string& answer : shortAnswers())
            for (const char* speaker : {"A: ", "C: "}) {
                Texts call = before;
                call.push_back(speaker + answer);
                if (live(call, "fr").back() != answer || whole(call, "fr").back() != answer)
                    masked.push_back(call.back());
            }
    EXPECT_GT(shortAnswers().size(), 100U);
    EXPECT_LE(masked.size(), kAllowed) << testing::PrintToString(masked);
}

TEST(DictatedCalls, HideWhatIsToldWithoutItsUsualWords) {
    const Texts shown = live(
        {"C: la fiche de la salariée deux quatre-vingt-quatre zéro trois soixante-quinze cent seize zéro "
         "quarante-deux clé quatre-vingt-deux",
         "A: connectez-vous en administrateur avec Moustique@2009",
         "A: la clé partagée du vpn c'est girafe!2009$"},
        "fr");
    EXPECT_EQ(shown,
              (Texts{"la fiche de la salariée [ssn]", "connectez-vous en administrateur avec [password]",
                     "la clé partagée du vpn c'est [password]"}));
}

TEST(DictatedCalls, GoOnBehindAPauseAndKeepTheSecretKnown) {
    EXPECT_EQ(live({"A: quel est votre mot de passe", "C: alors attendez", "A: oui", "C: c'est marqué là",
                    "A: d'accord", "C: Girafe", "A: oui", "C: 2010"},
                   "fr"),
              (Texts{"quel est votre mot de passe", "alors attendez", "oui", "c'est marqué là", "d'accord",
                     "[password]", "oui", "[password]"}));
    EXPECT_EQ(whole({"A: quel est le mot de passe", "C: bonjour", "A: non mais le vrai",
                     "C: si c'est vraiment bonjour"},
                    "fr"),
              (Texts{"quel est le mot de passe", "[]", "non mais le vrai", "si c'est vraiment []"}));
}

TEST(DictatedCalls, AreOverWhereSomethingElseIsAsked) {
    EXPECT_EQ(live({"A: épelez-moi votre mot de passe", "C: m a r", "A: oui", "C: g o", "A: et votre nom ?",
                    "C: d u p o n t"},
                   "fr"),
              (Texts{"épelez-moi votre mot de passe", "[password]", "oui", "[password]", "et votre nom ?",
                     "d u p o n t"}));
    EXPECT_EQ(
        live({"A: épelez-moi votre mot de passe", "C: m a r g o", "A: c'est bon j'y suis", "C: d u p"}, "fr"),
        (Texts{"épelez-moi votre mot de passe", "[password]", "c'est bon j'y suis", "d u p"}));
}

/// A call in its language. "<" and ">" mark what is masked at once, "{" and "}" what only the rest of the call tells.
struct MarkedCall {
    std::string language;
    Texts call;
};

/// What is said on although it is declined, or behind an interruption.
const std::vector<MarkedCall>& declinedNumbers() {
    static const std::vector<MarkedCall> kAll{
        {"en",
         {"A: Support, hello.", "C: My card is <4012 8888>", "A: Please don't read it out.",
          "C: <8888 1881>.", "A: We'll invoice you."}},
        {"en",
         {"C: I want to pay. My card is <4012 8888>", "A: Sorry, I can't take that.", "C: <8888 1881>."}},
        {"en",
         {"C: Could I not just pay by card? It's <forty twelve, eighty-eight eighty-eight,>",
          "A: Oh, please don't read it out.",
          "C: <eighty-eight eighty-eight, eighteen eighty-one>. Oh, sorry."}},
        {"en",
         {"C: It's a Visa, the number is <4111 1111>",
          "A: Please stop, I'm not allowed to take card numbers.",
          "C: <1111 1111>, expiry oh nine twenty seven."}},
        {"en",
         {"C: my card number is <four one one one one one one one>",
          "A: no no dont give me your card over the phone please", "C: <one one one one one one one one>"}},
        {"en",
         {"C: I'll pay by card, <4012 8888>", "A: You don't need to give me that.", "C: Oh. <8888>",
          "A: Really, no need.", "C: <1881>."}},
        {"fr", {"C: Ma carte c'est <4012 8888>", "A: Ne me la donnez pas.", "C: <8888 1881>."}},
        {"fr",
         {"C: J'ai la carte de la société sous les yeux. Alors c'est {quarante et un onze}.",
          "A: Attendez madame...", "C: <onze onze, onze onze>,", "A: Madame, je n'ai pas besoin de la carte.",
          "C: et <onze onze>, expiration zéro neuf vingt-sept. Ah bon ?"}},
        {"fr",
         {"C: Je peux payer par carte, c'est le {quarante-neuf soixante-dix}",
          "A: Non non, pas au téléphone.", "C: <dix douze trente-quatre cinquante-six>",
          "A: Monsieur, s'il vous plaît, on ne prend pas les cartes.",
          "C: <soixante-dix-huit quatre-vingt-dix>. D'accord, pardon."}},
        {"fr",
         {"C: Notez ma carte bleue : <4970 1012>", "A: Excusez-moi, je ne peux pas prendre ce numéro.",
          "C: <3456 7890>", "A: Je ne l'ai pas noté."}},
        {"en", {"C: My card's <5500 0000>", "A: Hold on a second, please.", "C: <0000 0004>."}},
        {"en",
         {"A: Can I take the card number?", "C: <4012 8888>",
          "A: Actually wait, I shouldn't take it over the phone.", "C: <8888 1881>"}},
        {"fr",
         {"C: Mon iban c'est {FR76 3000 4000}", "A: Madame, je n'ai pas besoin de votre IBAN.",
          "C: <0312 3456 7890 143>."}},
        {"en",
         {"C: So the card is <4929 1234>", "A: Let me stop you there, we don't take cards.", "C: Oh right.",
          "A: It's all on account.", "C: <5678 9012>."}},
        {"fr",
         {"C: c'est une visa le numéro c'est <quarante-neuf vingt-neuf douze trente-quatre>",
          "A: je vous arrête tout de suite on peut pas prendre ça",
          "C: <cinquante-six soixante-dix-huit quatre-vingt-dix douze>"}},
        {"en",
         {"C: I'll just give you the company card. It's <five five zero zero zero zero zero zero>",
          "A: Oh no, we can't take cards on this line.",
          "C: Right. <zero zero zero zero zero zero zero four>."}},
        {"en",
         {"C: Card number <4917 6100>", "A: I'm not allowed to take that over the phone, madam.",
          "C: <0000>, sorry,", "A: Really, please stop.", "C: <0003>. Oh."}},
        {"en",
         {"C: My Mastercard is <5105 1051>", "A: Do not read it out please.", "C: It's fine. <0510 5100>."}},
        {"fr",
         {"C: Ma Visa, c'est la <4970 1012>",
          "A: On ne prend pas les paiements par carte au téléphone, monsieur.",
          "C: <3456 7890>, et la date c'est douze vingt-sept."}},
        {"fr",
         {"C: Alors la carte bleue : <quatre neuf sept zéro un zéro un deux>", "A: Surtout pas, gardez-la.",
          "C: <trois quatre cinq six sept huit neuf zéro>."}},
        {"fr",
         {"C: Je vous donne ma carte, <4970 1012>", "A: Non mais arrêtez, je n'ai pas le droit de la noter.",
          "C: Si si, <3456 7890>."}},
        {"en",
         {"C: Can I pay now? The card's a Visa, <four five three nine, one four eight eight>.",
          "A: Hang on, we don't do that by phone.",
          "C: oh <three four three, six four six seven>. Too late!"}},
        {"en",
         {"C: I have my credit card here. <4539 1488>", "A: There's no need, honestly.",
          "C: Are you sure? {0343 6467}."}},
        {"en",
         {"C: so my card number its <5425 2334>", "A: oh you dont have to give me that",
          "C: <3010 9903> is the rest"}},
        {"en",
         {"C: It's on the company Amex, <3782 822463>", "A: Please, I can't write that down.",
          "C: <10005>."}},
        {"fr",
         {"C: Je règle comment ? J'ai ma CB, <4539 1488>", "A: Vous n'avez pas à me la donner.",
          "C: <0343 6467>"}},
        {"fr",
         {"C: Alors je vous lis la carte : <quarante-cinq trente-neuf quatorze quatre-vingt-huit>.",
          "A: Surtout ne me la lisez pas !",
          "C: <zéro trois quarante-trois soixante-quatre soixante-sept>. Ah, pardon."}},
        {"fr",
         {"C: numéro de carte {4539}", "A: non madame on prend pas", "C: <1488 0343>",
          "A: madame arrêtez s'il vous plaît je n'en ai pas besoin", "C: <6467> voilà"}},
        {"fr",
         {"C: C'est la carte du patron, <5425 2334>", "A: Je raccroche si vous continuez.",
          "C: <3010 9903>."}}};
    return kAll;
}

/// What is dictated to somebody with a pen, read back, and followed by other talk.
const std::vector<MarkedCall>& notedPasswords() {
    static const std::vector<MarkedCall> kAll{
        {"fr",
         {"A: Il vous demande un mot de passe ?", "C: Oui, et celui de Rennes ne passe pas.",
          "A: C'est normal, ce n'est pas le même. Vous avez de quoi noter ?", "C: Allez-y.",
          "A: <Ardoise>, avec un A majuscule.", "C: <Ardoise>, oui.",
          "A: <Tiret, vingt-deux, quatre-vingt-onze>.",
          "C: <Tiret du milieu, vingt-deux quatre-vingt-onze>. Je valide... c'est bon, je suis connecté."}},
        {"en",
         {"A: Okay, I've unlocked it and I'll give you a temporary password. Got a pen?", "C: go on",
          "A: It's <Lantern> with a capital L,", "C: <lantern> yeah", "A: then <four eight>,",
          "C: <four eight>", "A: and a <hash sign> at the end.",
          "C: <hash> got it. typing it now. yeah im in"}},
        {"en",
         {"A: I've set a new password for you. Have you got something to write with?", "C: Yes, ready.",
          "A: <Copper>, capital C.", "C: <Copper>.", "A: <Dash, nineteen, seventy-two>.",
          "C: <Dash, nineteen seventy-two>. Okay, I'm in."}},
        {"fr",
         {"A: Votre mot de passe a été réinitialisé, prenez un stylo.", "C: C'est bon.",
          "A: <Falaise>, F majuscule.", "C: <Falaise>.", "A: <Vingt-trois, dièse>.",
          "C: <Vingt-trois dièse>, je tape... voilà, je suis dedans."}},
        {"fr",
         {"C: Le wifi me réclame la clé de sécurité.", "A: Je vous la dicte.", "C: Je vous écoute.",
          "A: <Girafe>, tout en minuscules.", "C: Oui.", "A: <Quarante, douze>.",
          "C: <Quarante douze>. Ça y est."}},
        {"en",
         {"C: What's the wifi password for visitors?", "A: I'll read it to you.", "C: Go ahead.",
          "A: <Juniper>, with a capital J.", "C: <Juniper>, yes.", "A: <Sixty-one, twenty-two>.",
          "C: <Sixty-one twenty-two>. Let me try... yes, connected."}},
        {"en",
         {"C: It wants a new password and I don't have one.", "A: Right, write this down.", "C: Okay.",
          "A: <Marble>, capital M.", "C: <Marble>.", "A: <Underscore, three, oh, seven>.",
          "C: <Underscore three oh seven>."}},
        {"fr",
         {"C: On me demande le mot de passe du wifi invité.", "A: Vous notez ?", "C: Oui.", "A: {Tulipe}.",
          "C: {Tulipe}.", "A: Attendez, on frappe à ma porte.", "C: Pas de souci.",
          "A: Voilà. <Point d'exclamation, trente-deux>."}},
        {"fr",
         {"A: Le mot de passe provisoire, vous avez un stylo ?", "C: Oui.",
          "A: <Moulin>, avec un M majuscule.", "C: <Moulin>, d'accord.", "A: <Dix-huit, zéro six>.",
          "C: <Dix-huit zéro six>. Je tape. C'est bon."}},
        {"en",
         {"A: Here's your password, ready?", "C: Yes.", "A: <Harbour>, all lower case.", "C: <harbour>.",
          "A: <Twenty-two, star>.", "C: <Twenty-two star>. I'm typing it... okay, that works."}},
        {"fr",
         {"C: Mon mot de passe c'est <Girafe>", "A: Ne me le dites pas, s'il vous plaît.",
          "C: <quarante-quatre dièse>."}},
        {"en",
         {"C: My password is <Walnut>", "A: Please don't tell me your password.", "C: <forty-four hash>."}},
        {"en",
         {"A: What's your password?", "C: <Walnut>", "A: Wait, my pen just died.", "C: <forty-four hash>."}},
        {"fr",
         {"A: Quel est le mot de passe de la session ?", "C: <Girafe>",
          "A: Attendez, j'ai un autre appel, ne quittez pas.", "C: Pas de problème.",
          "A: Oui, je vous écoute.", "C: <Quarante-quatre dièse>."}},
        {"en",
         {"A: I've reset it. Do you have a pen handy for the new password?", "C: Yep.", "A: It's {Pebble}.",
          "C: {Pebble}.", "A: Sorry, someone's at my desk. One second.", "C: Sure.",
          "A: <Forty, sixty-one, exclamation mark>.",
          "C: <Forty sixty-one exclamation mark>. Brilliant, that worked."}},
        {"fr",
         {"C: Le mot de passe wifi, vous l'avez ?", "A: Oui, vous avez de quoi écrire ?", "C: Dites-moi.",
          "A: <Caravane>, C majuscule.", "C: <Caravane>, c'est noté.",
          "A: <Soixante, dix-sept, point d'exclamation>.",
          "C: <Soixante dix-sept point d'exclamation>, j'essaie... super, ça fonctionne."}},
        {"en",
         {"C: It's asking for the wifi key.", "A: Have you got a pen?", "C: Go on.",
          "A: <Meadow>, capital M.", "C: <Meadow>, got that.", "A: <Hyphen, thirty, eighty-eight>.",
          "C: <Hyphen thirty eighty-eight>. Yep, it's connecting."}},
        {"en",
         {"A: Your temporary password is ready, have you got something to write with?",
          "C: Just a minute. Okay.", "A: <Thistle>, all lower case.", "C: <thistle>", "A: <five nine four>",
          "C: <five nine four> okay let me log in"}},
        {"fr",
         {"A: Je vous redonne un mot de passe, vous notez ?", "C: Oui, je suis prêt.",
          "A: <Bouleau>, B majuscule.", "C: D'accord.", "A: Excusez-moi, un collègue me parle.",
          "C: Je vous en prie.", "A: <Dollar, quinze, trente>.", "C: <Dollar quinze trente>, merci."}},
        {"en", {"C: My password's <Gravel>", "A: No, don't say it.", "C: <twenty-six dash nine>."}},
        {"fr",
         {"A: Votre mot de passe ?", "C: <Pétunia>", "A: Ne le dites pas en entier, s'il vous plaît.",
          "C: <dix-neuf, tiret, douze>."}},
        {"fr",
         {"A: Votre nouveau mot de passe, je vous le dis doucement.", "C: Oui.",
          "A: <Hirondelle>, avec un H majuscule.", "C: <Hirondelle>.", "A: <Zéro sept, dièse>.",
          "C: <Zéro sept dièse>. Ça marche."}},
        {"fr",
         {"C: Le wifi de la salle de réunion demande un code.", "A: Prenez de quoi noter.", "C: Je note.",
          "A: <Cabane>, C majuscule.", "C: <Cabane>, ok.", "A: <Soixante-deux, point d'interrogation>.",
          "C: <Soixante-deux point d'interrogation>. Je suis connectée, merci."}},
        {"en",
         {"C: It says my password has to be changed.", "A: I've done it for you. Have you got a pencil?",
          "C: Yeah.", "A: <Walrus>, capital W.", "C: <Walrus>.", "A: Then <seven, seven, ampersand>.",
          "C: <Seven seven ampersand>. I'm in, lovely."}},
        {"en",
         {"A: The guest wifi password, are you ready?", "C: Fire away.", "A: {Orchid}, all small letters.",
          "C: {Orchid}, uh-huh.", "A: <Eighteen, underscore, four>.",
          "C: <eighteen underscore four> and it's working"}},
        {"en",
         {"A: I'm setting your password now. Can you take this down?", "C: Sure.", "A: {Canyon}.",
          "C: {Canyon}.", "A: <Dollar sign, forty-five>.", "C: <Dollar sign forty-five>."}},
        {"fr",
         {"A: Je vais vous donner un mot de passe temporaire. Vous êtes prête ?", "C: Allez-y.",
          "A: <Vanille>, V majuscule.", "C: <Vanille>.", "A: Vous avez noté ?", "C: Oui.",
          "A: <Quatre-vingt-un, étoile, étoile>.",
          "C: <Quatre-vingt-un étoile étoile>, attendez... c'est bon, ça passe."}},
        {"fr",
         {"C: Il me faut la clé du wifi invités.", "A: C'est <Cerisier>,", "C: <Cerisier>,",
          "A: <tiret bas>,", "C: <tiret bas>,", "A: <vingt, douze>.", "C: <vingt douze>. J'y suis."}},
        {"en",
         {"C: I can't remember the wifi password.",
          "A: It's on the box under the router. Read me what it says.", "C: {Sparrow}", "A: Yes.",
          "C: <dash, nine, nine>", "A: That's the one. Type it in."}},
        {"fr",
         {"A: Épelez-moi votre mot de passe.", "C: <m a r>", "A: Oui.", "C: Attendez, <g o>",
          "A: Attendez, <g o>, d'accord.", "C: et <quarante-deux>"}}};
    return kAll;
}

/// A social security number by its groups; its key is wrong.
const std::vector<MarkedCall>& groupedNumbers() {
    static const std::vector<MarkedCall> kAll{
        {"fr",
         {"C: Bonjour, Lise Arnoux, je n'arrive plus à ouvrir ma fiche.", "A: Votre numéro ?",
          "C: <deux quatre-vingt-quatre zéro cinq soixante-neuf cent vingt-trois quatre cent cinquante-six "
          "soixante-dix-huit>",
          "A: Merci, je regarde."}},
        {"fr", {"C: c'est <2 84 05 69 123 456 78>"}},
        {"fr", {"C: c'est <1 79 12 33 063 112 45>, je crois"}}};
    return kAll;
}

/// What goes on behind an interruption, or is noted with a pen, and is no secret; or follows one.
const std::vector<MarkedCall>& notedOtherwise() {
    static const std::vector<MarkedCall> kAll{
        {"fr",
         {"C: Le mot de passe ne passe pas.", "A: Vous avez de quoi noter le numéro de ticket ?", "C: Oui.",
          "A: 48 22 17.", "C: 48 22 17, merci."}},
        {"fr",
         {"C: J'ai changé mon mot de passe ce matin.", "A: Je vous donne un numéro de dossier, vous notez ?",
          "C: Allez-y.", "A: 68 40 38.", "C: 68 40 38."}},
        {"en",
         {"C: I changed my password this morning.", "A: Got a pen? The ticket number is 48 22 17.",
          "C: 48 22 17, thanks."}},
        {"en", {"C: I paid by card for order 48 22", "A: Please hold on.", "C: 55 people are waiting."}},
        {"en", {"C: My badge card is 4012", "A: Please don't read it out.", "C: 88 is my desk."}},
        {"fr",
         {"C: On a payé par carte la facture 2291", "A: Attendez, je cherche.", "C: 48 euros en tout."}},
        {"fr",
         {"C: J'ai payé par carte, facture 22 91 48", "A: Je n'ai pas besoin de la facture.",
          "C: 06 12 34 56 78, c'est mon numéro."}},
        {"fr",
         {"C: Mon mot de passe est expiré.", "A: Vous avez de quoi noter ?", "C: Oui.",
          "A: Rappelez le 04 72 10 20 30 si ça recommence.", "C: D'accord."}},
        {"fr",
         {"C: Il demande un mot de passe.", "A: Vous avez de quoi noter ?", "C: Oui.",
          "A: Cliquez sur Paramètres, puis Comptes.", "C: Paramètres, Comptes.",
          "A: Ensuite Options de connexion.", "C: Oui."}},
        {"en",
         {"C: It asks for a password.", "A: Have you got a pen?", "C: Yes.",
          "A: Our new number is 01632 960 123.", "C: Okay."}},
        {"en",
         {"C: The password has expired.", "A: Write this down. Go to Settings, then Accounts.",
          "C: Settings, Accounts."}},
        {"fr",
         {"A: Les quatre derniers chiffres de votre carte ?", "C: 4821", "A: Je n'ai pas besoin du reste.",
          "C: 12 rue Pasteur, pour la livraison."}},
        {"fr",
         {"A: Vous réglez par carte ?", "C: Oui, pour 22 postes", "A: Attendez.",
          "C: 22 licences à 48 euros, oui."}},
        {"en",
         {"C: My order was paid by card.", "A: What's the order number?", "C: 4821 9034",
          "A: I don't need the rest.", "C: 5512 0042 was the other one."}},
        {"fr", {"C: Ma carte de fidélité c'est 4012 8888", "A: Ce n'est pas la peine.", "C: 8888 1882."}},
        {"fr", {"C: La carte réseau c'est la 8257", "A: Attendez.", "C: 2024, je crois."}},
        {"en", {"C: My card ends in 4821", "A: That's fine, no need.", "C: 2024 is when it was issued."}},
        {"fr", {"C: Le mot de passe est périmé.", "A: Attendez, je regarde.", "C: 12 jours que ça dure."}},
        {"en", {"C: My password is expired", "A: Hold on.", "C: 22 of us have the same problem."}},
        {"fr",
         {"A: Quel est votre mot de passe ?", "C: Je ne le donne pas par téléphone.",
          "A: Pas de souci. Votre poste ?", "C: PC 4822."}},
        {"en",
         {"C: The wifi wants a password.", "A: I'll give it to you by email.", "C: Fine.",
          "A: Which room is it?", "C: Meeting room 22."}},
        {"fr",
         {"C: J'ai pas le mot de passe.", "A: Vous notez ? Le site c'est intranet point exemple point fr.",
          "C: C'est noté."}},
        {"fr",
         {"C: Le mot de passe est refusé.", "A: Prenez un stylo, je vous donne le numéro du support éditeur.",
          "C: Oui.", "A: 01 99 00 12 34.", "C: 01 99 00 12 34."}},
        {"en",
         {"C: My password was rejected.", "A: Got a pen? I'll give you your reference.", "C: Yes.",
          "A: 4822 17.", "C: 4822 17. Thanks."}},
        {"en",
         {"C: The password is rejected.", "A: Got something to write with?", "C: Yes.",
          "A: Call this number, 01632 960 123.", "C: Okay."}},
        {"fr", {"C: l'IMEI 2 84 05 69 123 456 78"}},
        {"fr", {"C: c'est le 284 056 912 345 678"}},
        {"fr", {"C: c'est le 2 84 15 69 123 456 78"}},
        {"fr", {"C: les quantités sont 2 84 05 69 123 456 99"}},
        {"en",
         {"C: I paid by card. The invoice is 4012 8888", "A: I don't need the invoice.",
          "C: 8888 1882 is the other invoice."}},
        {"en", {"C: We pay by card, for 22 users", "A: Hold on.", "C: 24 users, sorry."}},
        {"fr",
         {"C: On paie par carte, le contrat c'est le 2291 4482", "A: Je n'ai pas besoin du contrat.",
          "C: 9134 5521, c'est l'ancien."}},
        {"fr", {"C: La carte mère c'est une 8257 9911", "A: Attendez, je note.", "C: 4410 2231."}},
        {"fr",
         {"C: J'ai perdu mon mot de passe.", "A: Je vous donne le numéro de la hotline, vous avez un stylo ?",
          "C: Oui.", "A: Zéro un, quatre-vingt-dix-neuf, zéro zéro, douze, trente-quatre.", "C: Merci."}},
        {"fr",
         {"A: Vous avez de quoi noter votre numéro de ticket ?", "C: Oui.",
          "A: Tiret, vingt-deux, quatre-vingt-onze."}},
        {"en",
         {"C: Have you got a pen? The asset tag is PC dash forty-two.", "A: PC dash forty-two. Thanks."}},
        {"fr",
         {"A: Épelez-moi votre mot de passe.", "C: <m a r g o>", "A: Oui.", "C: deux secondes, on sonne.",
          "A: 12 personnes attendent aussi."}},
        {"en",
         {"A: Spell your password for me.", "C: <m a r g o>", "A: Okay.",
          "C: 22 minutes I've been waiting."}},
        {"en",
         {"C: The card reader is broken, it shows 4012", "A: Wait, which reader?",
          "C: 4013, the one at the till."}},
        {"fr", {"C: Le lecteur de carte affiche erreur 4012", "A: Attendez.", "C: 4013 maintenant."}},
        {"fr",
         {"C: On a reçu la carte de visite, réglée par carte, devis 2291", "A: Je n'ai pas besoin du devis.",
          "C: 2292 c'est le bon."}},
        {"fr",
         {"C: Mon mot de passe marche, mais l'imprimante non.",
          "A: Prenez un stylo, vous allez noter l'adresse de l'imprimante.", "C: Oui.", "A: 192 168 1 20.",
          "C: 192 168 1 20."}},
        {"en",
         {"C: I changed my password and Outlook stopped.",
          "A: Write this down. File, Account Settings, Remove.", "C: File.", "A: Yes.",
          "C: Account Settings."}},
        {"fr",
         {"C: J'ai changé le mot de passe.", "A: Vous notez ? Demain, quatorze heures, Julien passe.",
          "C: Quatorze heures, Julien."}},
        {"en",
         {"C: Do you take cards?", "A: We do, for orders over 50.", "C: The order's 2291.", "A: Hold on.",
          "C: 2292, sorry."}},
        {"fr", {"C: Je paie par carte 1200 euros", "A: Attendez.", "C: 1250 avec la TVA."}},
        {"en", {"C: The badge reader says card 88213", "A: Wait.", "C: 88214 now."}},
        {"fr",
         {"C: Le mot de passe wifi ne passe pas.", "A: Vous avez un stylo ? Je vous redis la procédure.",
          "C: Oui.", "A: Éteindre.", "C: Oui.", "A: Rallumer."}},
        {"en",
         {"C: We changed the wifi password.", "A: Have you got a pen? The engineer is called Malcolm.",
          "C: Malcolm.", "A: He'll come on Tuesday."}},
        {"fr", {"C: Le mot de passe est bon.", "A: Ne le donnez pas.", "C: 12 fois que je le tape."}},
        {"en", {"C: My card was charged 48 dollars", "A: One moment.", "C: 4812 was the invoice."}},
        {"fr", {"C: Ma carte c'est <4970 1012 3456 7890>", "A: Et combien de licences ?", "C: Douze."}},
        {"en", {"C: My card is <4012 8888 8888 1881>", "A: How many users is it for?", "C: Twenty-two."}}};
    return kAll;
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const bool isOfWord = std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0;
        if (isOfWord)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

/// Each word of the pieces between `open` and `close` that stands in the texts as they are shown.
std::vector<std::string> readable(const Texts& call, const Texts& shown, char open, char close) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < call.size(); ++i) {
        const std::size_t begin = call[i].find(open);
        if (begin == std::string::npos) continue;
        const std::vector<std::string> left = wordsOf(shown[i]);
        for (const std::string& word : wordsOf(call[i].substr(begin, call[i].find(close) - begin)))
            if (std::ranges::find(left, word) != left.end()) all.push_back(call[i] + " -> " + shown[i]);
    }
    return all;
}

/// Lines without a piece that show a mask.
std::vector<std::string> maskedWithout(const Texts& call, const Texts& shown) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < call.size(); ++i)
        if (call[i].find_first_of("<{") == std::string::npos && shown[i].find('[') != std::string::npos)
            all.push_back(call[i] + " -> " + shown[i]);
    return all;
}

Texts plain(Texts call) {
    for (std::string& line : call)
        std::erase_if(line, [](char c) { return c == '<' || c == '>' || c == '{' || c == '}'; });
    return call;
}

void expectMaskedAsMarked(const std::vector<MarkedCall>& calls) {
    const std::vector<std::string> none;
    for (const MarkedCall& marked : calls) {
        const Texts call = plain(marked.call);
        const Texts now = live(call, marked.language);
        const Texts later = whole(call, marked.language);
        EXPECT_EQ(readable(marked.call, now, '<', '>'), none) << "while it goes on";
        EXPECT_EQ(readable(marked.call, later, '<', '>'), none);
        EXPECT_EQ(readable(marked.call, later, '{', '}'), none);
        EXPECT_EQ(maskedWithout(marked.call, now), none) << "while it goes on";
        EXPECT_EQ(maskedWithout(marked.call, later), none);
    }
}

TEST(DictatedCalls, GoOnThoughTheyAreDeclined) {
    expectMaskedAsMarked(declinedNumbers());
}

TEST(DictatedCalls, AreNotedWithAPen) {
    expectMaskedAsMarked(notedPasswords());
}

TEST(DictatedCalls, TellASecurityNumberByItsGroups) {
    expectMaskedAsMarked(groupedNumbers());
}

TEST(DictatedCalls, LeaveWhatIsNotedOrGoesOnOtherwise) {
    expectMaskedAsMarked(notedOtherwise());
}

}  // namespace
}  // namespace ninja3cx::calls
