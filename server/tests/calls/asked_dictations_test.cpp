#include "server/tests/calls/made_calls.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// Which lines open a dictation, and what goes on behind an acknowledgement: calls made of parts.
namespace ninja3cx::calls {
namespace {

std::vector<Call> said(const std::string& language, const std::string& before, const Texts& lines) {
    std::vector<Call> calls;
    for (const std::string& line : lines) calls.push_back({language, {before + line}});
    return calls;
}

TEST(AskedDictations, LeaveNamesThatAreSpelledInCallsOfPasswords) {
    const std::vector<Call> french =
        said("fr", "C: bonjour, ",
             {"j'ai oublié mon mot de passe", "mon mot de passe ne marche plus",
              "j'ai un problème de mot de passe", "mon mot de passe a expiré",
              "il faut que vous réinitialisiez mon mot de passe", "il me faut un nouveau mot de passe",
              "j'aurais besoin d'un mot de passe", "je peux avoir un nouveau mot de passe ?",
              "le mot de passe du wifi a changé"});
    const std::vector<Texts> frenchNames{
        {"A: votre nom ?", "C: Dupuis", "A: vous pouvez l'épeler ?", "C: d u p u i s"},
        {"A: d'accord vous pouvez épeler ?", "C: alors c'est d u p u i s", "A: merci monsieur Dupuis"},
        {"A: vous êtes monsieur ?", "C: Lefèvre", "A: ça s'écrit comment ?", "C: l e f e v r e"},
        {"A: c'est quel identifiant ?", "C: jdupuis", "A: j d u p u i s ?", "C: oui"},
        {"A: le nom de la machine ?", "C: L A P T O P 4 2"},
        {"A: vous êtes de quelle société ?", "C: Martinot", "A: vous m'épelez ?", "C: m a r t i n o t"},
        {"A: pouvez-vous m'épeler votre nom de famille ?", "C: m a r c h a n d"},
        {"A: votre adresse mail ?", "C: marchand arobase martin point fr", "A: épelez-moi le début",
         "C: m a r c h a n d"},
        {"A: sur quel poste ?", "C: PC Benali", "A: vous pouvez épeler ?", "C: b e n a l i"}};
    expectReadable(product(french, frenchNames), 80);
    const std::vector<Call> english = said(
        "en", "C: hi, ",
        {"I've forgotten my password", "my password isn't working", "my password has expired",
         "I need a new password", "could you reset my password", "can I get a password for the trainee"});
    const std::vector<Texts> englishNames{
        {"A: what's your surname?", "C: Brennan", "A: could you spell that?", "C: b r e n n a n"},
        {"A: your login please", "C: kbrennan", "A: spell it for me?", "C: k b r e n n a n"},
        {"A: and you are?", "C: Kowalski", "A: letter by letter please", "C: k o w a l s k i"},
        {"A: which company?", "C: Hartwell", "A: can you spell it?", "C: h a r t w e l l"},
        {"A: your email address?", "C: kate at example dot com", "A: spell the first part", "C: k a t e"}};
    expectReadable(product(english, englishNames), 30);
}

TEST(AskedDictations, DoNotOpenWhereAPasswordIsWanted) {
    std::vector<Call> wanted =
        said("fr", "C: bonjour, ",
             {"il me faut un nouveau mot de passe", "j'ai besoin d'un nouveau mot de passe",
              "je peux avoir un nouveau mot de passe ?", "il me faudrait un mot de passe pour mon collègue",
              "vous pouvez me donner un nouveau mot de passe ?", "pouvez-vous me dire mon mot de passe",
              "on a besoin d'un mot de passe pour le wifi", "je voudrais un nouveau mot de passe"});
    std::vector<Texts> talk;
    for (const char* answer :
         {"c'est urgent", "rapidement", "pour Outlook", "c'est pour Martin", "Sage", "c'est bloqué",
          "Grenoble", "comptabilité", "Sophie Martin", "c'est embêtant", "je suis pressé", "au revoir",
          "c'est gentil", "avant midi", "en télétravail", "il est verrouillé"})
        talk.push_back({"A: d'accord", std::string{"C: "} + answer, "A: je m'en occupe"});
    expectReadable(product(wanted, talk), 120);
    const std::vector<Call> english =
        said("en", "C: hi, ",
             {"I need a new password", "can I get a password for the trainee",
              "could you give me a new password?", "can you tell me my password"});
    std::vector<Texts> englishTalk;
    for (const char* answer : {"it's urgent", "Bristol", "for Martin", "bye", "that's so kind", "accounts"})
        englishTalk.push_back({"A: sure", std::string{"C: "} + answer, "A: I'm on it"});
    expectReadable(product(english, englishTalk), 20);
}

TEST(AskedDictations, OpenWithOrdinaryQuestions) {
    const std::vector<Call> french = said("fr", "A: ",
                                          {"votre mot de passe ?",
                                           "quel est votre mot de passe",
                                           "vous me donnez votre mot de passe ?",
                                           "il me faudrait votre mot de passe",
                                           "c'est quoi votre mot de passe de session",
                                           "vous pouvez me donner votre mot de passe Windows ?",
                                           "je vais avoir besoin de votre mot de passe",
                                           "vous avez le mot de passe ?",
                                           "vous vous souvenez du mot de passe ?",
                                           "je peux vous demander votre mot de passe ?",
                                           "et le mot de passe c'est quoi",
                                           "et le mot de passe ?",
                                           "dites-moi votre mot de passe",
                                           "allez-y pour le mot de passe",
                                           "et comme mot de passe ?",
                                           "votre mot de passe actuel c'est quoi",
                                           "et du coup le mot de passe ?",
                                           "et vous tapez quoi comme mot de passe ?",
                                           "pouvez-vous m'épeler votre mot de passe ?",
                                           "et pour le mot de passe, on a quoi ?",
                                           "qu'est-ce que vous avez mis comme mot de passe ?",
                                           "donnez-moi le code d'accès à votre session",
                                           "votre mot de passe Outlook s'il vous plaît",
                                           "quel mot de passe vous utilisez ?",
                                           "je vous écoute pour le mot de passe"});
    expectMasked(product(french, {{"C: <m a r>", "A: oui", "C: <g u e>", "A: oui", "C: <vingt-quatre>"},
                                  {"C: <Tulipe>", "A: ok", "C: <quarante-deux>"},
                                  {"C: oui c'est <Marguerite>", "A: <Marguerite> ?", "C: oui"},
                                  {"C: <M comme Marie>", "A: oui", "C: <I comme Irène>"}}),
                 200);
    const std::vector<Call> english = said("en", "A: ",
                                           {"what's your password?",
                                            "can you give me your password?",
                                            "could you tell me your password",
                                            "what is the password please",
                                            "and the password?",
                                            "and your password is?",
                                            "could you spell your password for me?",
                                            "do you have the password?",
                                            "do you remember your password?",
                                            "may I ask for your password",
                                            "I'll need your password",
                                            "go ahead with the password",
                                            "what password are you using?",
                                            "what are you typing as the password?",
                                            "what do you use for a password?",
                                            "and the password for that?",
                                            "can I grab your password",
                                            "could you read me the password",
                                            "please say your password",
                                            "what password did you set?",
                                            "let me have your password"});
    expectMasked(product(english, {{"C: <w a l>", "A: yep", "C: <n u t>", "A: okay", "C: <twenty four>"},
                                   {"C: <Rocket>", "A: okay", "C: <forty two>"},
                                   {"C: <M for mike>", "A: yes", "C: <I for india>"}}),
                 140);
}

TEST(AskedDictations, OpenWithAnnouncements) {
    expectMasked(
        {{"fr", {"A: votre nouveau mot de passe sera", "C: oui", "A: <m a r>", "C: oui", "A: <4 2>"}},
         {"en", {"A: your new password is going to be", "C: yes", "A: <m a r>", "C: yes", "A: <4 2>"}},
         {"fr", {"C: alors mon mot de passe", "A: oui", "C: <m a r>", "A: oui", "C: <4 2>"}},
         {"fr", {"C: vous voulez mon mot de passe ?", "A: oui allez-y", "C: <Tulipe>"}},
         {"en", {"C: do you need my password?", "A: yes please", "C: <Rocket>"}}},
        8);
    for (const char* ask : {"A: allez-y pour la carte", "A: dictez-moi le numéro de la CB",
                            "A: vous avez la carte sous les yeux ?"})
        expectMasked({{"fr", {ask, "C: <4970>", "A: oui", "C: <1012>", "A: oui", "C: <3456>"}}}, 3);
    expectMasked({{"fr", {"A: il me faut vos coordonnées bancaires", "C: <FR76>", "A: oui", "C: <3000>"}}},
                 2);
}

/// Two digits or letters a line, each but the last acknowledged.
Texts acknowledged(const std::vector<std::string>& pieces, const std::string& acknowledgement) {
    Texts lines;
    for (const std::string& piece : pieces) {
        lines.push_back("C: <" + piece + ">");
        lines.push_back("A: " + acknowledgement);
    }
    lines.pop_back();
    return lines;
}

TEST(AskedDictations, GoOnBehindAnAcknowledgement) {
    std::mt19937 random{2026};
    std::vector<Call> calls;
    for (const char* heard :
         {"merci", "ça marche", "c'est bon", "très bien merci", "ok c'est bon", "d'accord merci"}) {
        calls.push_back(Call{"fr", {"A: épelez-moi votre mot de passe"}} +
                        acknowledged({"m a r", "g u e", "r i", "t e", "quarante-deux"}, heard));
        std::vector<std::string> pairs{"49", "70"};
        for (int i = 0; i < 6; ++i) pairs.push_back(std::to_string(10 + random() % 90));
        calls.push_back(Call{"fr", {"A: votre numéro de carte ?"}} + acknowledged(pairs, heard));
    }
    for (const char* heard : {"thanks", "cheers", "that's fine", "okay thank you"})
        calls.push_back(Call{"en", {"A: spell your password for me"}} +
                        acknowledged({"w a l", "n u t", "four two"}, heard));
    expectMasked(calls, 80);
    // No more than the rest of what was asked for.
    expectReadable({{"fr", {"A: votre mot de passe", "C: merci", "A: volontiers", "C: Sophie"}},
                    {"fr", {"A: votre numéro de carte", "C: merci", "A: pour quel poste", "C: 12"}}},
                   2);
    EXPECT_EQ(
        live({"A: épelez-moi votre mot de passe", "C: m a r g o", "A: merci", "C: au revoir", "A: d u p"},
             "fr")
            .back(),
        "d u p");
}

TEST(AskedDictations, HoldCodesAndNumbersDigitByDigit) {
    std::vector<Call> calls = product(
        said("fr", "A: ",
             {"quel est le code de la porte ?", "quel est votre code pin ?", "quel est le code du coffre ?",
              "vous avez reçu le code par sms ?", "le code de validation ?", "votre code wifi ?"}),
        {{"C: <quatre deux>", "A: oui", "C: <sept un>"}, {"C: <4 2>", "A: oui", "C: <7 1>"}});
    for (const char* ask : {"A: votre numéro de carte ?", "A: votre IBAN ?"}) {
        Call call{"fr", {ask}};
        for (const char* digit :
             {"4", "9", "7", "0", "1", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "1"})
            call = call + Texts{std::string{"C: <"} + digit + ">", "A: oui"};
        calls.push_back(std::move(call));
    }
    expectMasked(calls, 50);
}

TEST(AskedDictations, LeaveWhatIsAskedForBesideACode) {
    expectReadable({{"en", {"A: ah the voicemail pin okay what's your extension", "C: two uh two one seven"}},
                    {"fr", {"A: le code de la messagerie vocale ?", "C: quarante-trois !"}},
                    {"fr", {"C: j'ai oublié mon code pin", "A: votre numéro de poste ?", "C: 4 2"}}},
                   3);
}

TEST(AskedDictations, HideAWordThatIsCalledThePassword) {
    expectMasked({{"fr", {"C: c'est <Tulipe> mon mot de passe"}},
                  {"fr", {"C: <Tulipe> c'est mon mot de passe"}},
                  {"fr", {"C: oui <tulipe> c'est le mot de passe"}},
                  {"fr", {"C: alors c'est <tulipe> le mot de passe de la session"}}},
                 4);
    expectReadable(said("fr", "C: ",
                        {"le problème c'est mon mot de passe", "c'est bien mon mot de passe",
                         "c'est encore mon mot de passe qui bloque", "bonjour Dupuis, c'est mon mot de passe",
                         "Outlook c'est le mot de passe", "c'est urgent mon mot de passe est bloqué",
                         "ce qui bloque c'est mon mot de passe", "mon mot de passe Silae ne marche plus",
                         "c'est Martin, le mot de passe est expiré"}),
                   9);
}

TEST(AskedDictations, ShowNothingOfALongOpenText) {
    const RealMasking masker;
    SaidSecrets said;
    protocol::Utterance ask;
    ask.text = "épelez-moi votre mot de passe";
    ask.isFinal = true;
    mask(ask, masker, "fr", "", said);
    protocol::Utterance open;
    for (int i = 0; i < 400; ++i) open.text += "a-";
    open.stableBytes = static_cast<std::int32_t>(open.text.size());
    mask(open, masker, "fr", ask.text, said);
    EXPECT_EQ(open.stableBytes, 0);
    EXPECT_EQ(open.text.find("a-a-a-a"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::calls
