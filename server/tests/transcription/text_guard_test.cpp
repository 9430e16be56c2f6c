#include "server/transcription/text_guard.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::transcription {
namespace {

struct TextRow {
    const char* text;
    bool expected;
};
void PrintTo(const TextRow& row, std::ostream* out) {
    *out << row.text;
}

class Hallucinations : public testing::TestWithParam<TextRow> {};
TEST_P(Hallucinations, AreTold) {
    EXPECT_EQ(isHallucination(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    OfFilms, Hallucinations,
    testing::Values(
        TextRow{"Sous-titres réalisés par la communauté d'Amara.org", true},
        TextRow{"Sous-titres réalisés para la communauté d'Amara.org", true},
        TextRow{"Sous-titres par Jérémy Diaz", true}, TextRow{"Sous-titrage ST' 501", true},
        TextRow{"SOUS-TITRAGE SOCIÉTÉ RADIO-CANADA", true},
        TextRow{"Sous-titrage Société Radio-Canada", true}, TextRow{"Sous-titrage FR 2021", true},
        TextRow{"❤️ par SousTitreur.com", true}, TextRow{"Merci d'avoir regardé cette vidéo !", true},
        TextRow{"Merci d'avoir regardé cette vidéo. Abonnez-vous !", true},
        TextRow{"Abonnez-vous à la chaîne !", true}, TextRow{"Musique d'ambiance", true},
        TextRow{"Thanks for watching!", true}, TextRow{"Thank you. Thanks for watching. Bye.", true},
        TextRow{"Please like, comment, and subscribe!", true},
        TextRow{"Subtitles by the Amara.org community", true}, TextRow{"Subs by www.zeoranger.co.uk", true},
        TextRow{"Transcription by CastingWords", true}, TextRow{"Merci. Sous-titrage ST' 501", true},
        TextRow{"♪ ♪", true}, TextRow{"♬ ★", true}, TextRow{"...", true}, TextRow{"…", true},
        TextRow{"", true}));
INSTANTIATE_TEST_SUITE_P(
    OfCalls, Hallucinations,
    testing::Values(
        TextRow{"Merci.", false}, TextRow{"Merci. Merci.", false}, TextRow{"you", false},
        TextRow{"Merci beaucoup, au revoir.", false}, TextRow{"Oui.", false}, TextRow{"D'accord.", false},
        TextRow{"Le sous-titrage de la visioconférence ne marche plus depuis la mise à jour d'hier.", false},
        TextRow{"Sous-titrage de la visio, ça ne marche plus.", false},
        TextRow{"C'est écrit sous-titrage Société Radio-Canada sur mon écran.", false},
        TextRow{"Mon poste ne démarre plus. Sous-titrage ST' 501", false},
        TextRow{"Merci d'avoir regardé mon dossier.", false},
        TextRow{"Merci d'avoir regardé cette vidéo de démonstration avec moi.", false},
        TextRow{"Abonnez-vous à la newsletter, c'est ce que dit la page.", false},
        TextRow{"Je n'arrive plus à écouter la musique d'attente.", false},
        TextRow{"Thank you for watching the server tonight.", false},
        TextRow{"Subscribe does not work on the portal.", false},
        TextRow{"Здравствуйте, у меня не работает принтер.", false}, TextRow{"Γεια σας.", false}));

class DoubtfulTexts : public testing::TestWithParam<TextRow> {};
TEST_P(DoubtfulTexts, AreThoseThatAreSaidAndInvented) {
    EXPECT_EQ(isDoubtful(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(Rows, DoubtfulTexts,
                         testing::Values(TextRow{"Merci.", true}, TextRow{"Merci ! Au revoir.", true},
                                         TextRow{"you", true}, TextRow{"Bye.", true},
                                         TextRow{"À bientôt !", true}, TextRow{"Thank you.", true},
                                         TextRow{"Merci, madame Leroy.", false}, TextRow{"Oui.", false},
                                         TextRow{"Non.", false}, TextRow{"D'accord.", false},
                                         TextRow{"Merci. Mon poste ne démarre plus.", false},
                                         TextRow{"", false}, TextRow{"...", false}));

class Loops : public testing::TestWithParam<TextRow> {};
TEST_P(Loops, AreTold) {
    EXPECT_EQ(isLooping(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    OfWords, Loops,
    testing::Values(TextRow{"je vais voir je vais voir je vais voir je vais voir", true},
                    TextRow{"Le VPN, le VPN, le VPN, le VPN, le VPN", true},
                    TextRow{"non non non non non non", true}, TextRow{"Non, non, non !", false},
                    TextRow{"Oui oui, d'accord.", false}, TextRow{"Le numéro est le 06 06 12 12 33.", false},
                    TextRow{"", false}, TextRow{"Je regarde le dossier et je regarde le serveur.", false}));
INSTANTIATE_TEST_SUITE_P(
    OfLetters, Loops,
    testing::Values(TextRow{"Ah hahahahahahahahaha", true}, TextRow{"Noooooooooooon !", true},
                    TextRow{"ééééééééééé", true}, TextRow{"Ah hahaha !", false}, TextRow{"Noooon !", false},
                    TextRow{"blablabla", false}, TextRow{"Ça coûte 1000000000 euros.", false},
                    TextRow{"Le code est 0000000000.", false}, TextRow{"www.exemple.fr", false}));
INSTANTIATE_TEST_SUITE_P(
    OfTextsThatSayLittle, Loops,
    testing::Values(
        TextRow{
            "Je vais voir le poste et je vais voir le serveur, je vais voir le poste, je vais voir le "
            "serveur et je vais voir le poste, et je vais voir le serveur, je vais voir le poste. Je vais "
            "voir le serveur et je vais voir le poste, je vais voir le serveur.",
            true},
        TextRow{
            "Je redémarre le poste, je redémarre le serveur, puis je redémarre la box et je vous rappelle "
            "quand le poste, le serveur et la box ont redémarré.",
            false},
        TextRow{"Alors le premier c'est le zéro six, douze, douze, trente-trois, et le second c'est le zéro "
                "six, douze, trente-trois, douze.",
                false}));

struct RatioRow {
    const char* text;
    double zlib;  // len(text) / len(zlib.compress(text))
};
void PrintTo(const RatioRow& row, std::ostream* out) {
    *out << row.text;
}
class CompressionRatios : public testing::TestWithParam<RatioRow> {};
TEST_P(CompressionRatios, AreAboutThoseOfZlib) {
    EXPECT_NEAR(compressionRatio(GetParam().text), GetParam().zlib, 0.1 * GetParam().zlib);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, CompressionRatios,
    testing::Values(
        RatioRow{"Bonjour.", 0.500},
        RatioRow{"Merci d'avoir appelé, je regarde votre dossier et je vous rappelle demain matin.", 1.025},
        RatioRow{
            "Je redémarre le poste, je redémarre le serveur, puis je redémarre la box et je vous rappelle.",
            1.297},
        RatioRow{"oui oui oui oui oui oui oui oui oui oui oui oui oui oui oui oui", 4.200},
        RatioRow{"hahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahahaha", 6.154},
        RatioRow{"je vais voir le poste et je vais voir le poste et je vais voir le poste et je vais voir le "
                 "poste et je vais voir le poste et je vais voir le poste et je vais voir le poste et je "
                 "vais voir le poste et je vais voir le poste et je vais voir le poste et je vais voir le "
                 "poste et je vais voir le poste et ",
                 7.895}));

TEST(TextGuard, SaysALoopOnce) {
    EXPECT_EQ(withoutLoop("Bonjour, je vais voir je vais voir je vais voir je vais voir. Merci."),
              "Bonjour, je vais voir Merci.");
    EXPECT_EQ(withoutLoop("Bonjour, tout va bien."), "Bonjour, tout va bien.");
    EXPECT_EQ(withoutLoop("Ah hahahahahahahahaha, bon."), "Ah ha, bon.");
    EXPECT_EQ(withoutLoop("Le code est 0000000000."), "Le code est 0000000000.");
}

TEST(TextGuard, KeepsTheBeginningOfATextThatSaysTooLittle) {
    std::string text = "Bonjour madame";
    for (const char* thing : {"poste", "serveur", "poste", "compte", "poste", "serveur", "compte", "poste",
                              "serveur", "poste", "compte", "serveur", "poste", "compte", "poste", "serveur"})
        text += std::string{", je vais maintenant regarder le "} + thing;
    EXPECT_TRUE(isLooping(text));
    const std::string kept = withoutLoop(text);
    EXPECT_TRUE(kept.starts_with("Bonjour madame, je vais maintenant regarder le poste, je vais maintenant"));
    EXPECT_LT(kept.size(), text.size());
    EXPECT_FALSE(isLooping(kept));
    EXPECT_EQ(withoutLoop(kept), kept);
}

TEST(TextGuard, TidiesStageDirectionsBlanksAndBrokenBytes) {
    EXPECT_EQ(tidy("  [Musique]  Bonjour\n Madame ♪ "), "Bonjour Madame");
    EXPECT_EQ(tidy("(rires)"), "");
    EXPECT_EQ(tidy("le poste (celui de l'accueil)"), "le poste (celui de l'accueil)");
    EXPECT_EQ(tidy("caf\xC3"), "caf");
}

}  // namespace
}  // namespace ninja3cx::transcription
