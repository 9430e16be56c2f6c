#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/personal_data.hpp"
#include "server/calls/masking.hpp"
#include "server/tests/calls/real_masking.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// Calls made of parts: what is dictated over turns is masked while it is said and after the call, and what only resembles
/// it stays readable.
namespace ninja3cx::calls {
namespace {

using Texts = std::vector<std::string>;  // "A: " the technician's, "C: " the customer's

protocol::Speaker speakerOf(const std::string& line) {
    return line[0] == 'A' ? protocol::Speaker::Agent : protocol::Speaker::Customer;
}

/// What is shown of a call while it goes on.
Texts live(const Texts& call, const std::string& language) {
    const RealMasking masker;
    SaidSecrets said;
    std::string before;
    Texts shown;
    for (const std::string& line : call) {
        protocol::Utterance utterance;
        utterance.text = line.substr(3);
        utterance.channel = speakerOf(line);
        utterance.isFinal = true;
        mask(utterance, masker, language, before, said);
        before = utterance.text;
        shown.push_back(utterance.text);
    }
    return shown;
}

/// What is stored of it, had nothing been masked before.
Texts whole(const Texts& call, const std::string& language) {
    protocol::AnalysisInput input;
    input.language = language;
    Texts texts;
    for (const std::string& line : call) {
        texts.push_back(line.substr(3));
        input.turns.push_back({speakerOf(line), 0, 0, texts.back()});
    }
    const auto found = analysis::findPersonalData(analysis::readConversation(input));
    for (auto data = found.rbegin(); data != found.rend(); ++data)
        texts[static_cast<std::size_t>(data->turn)].replace(
            static_cast<std::size_t>(data->begin), static_cast<std::size_t>(data->end - data->begin), "[]");
    return texts;
}

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

}  // namespace
}  // namespace ninja3cx::calls
