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
    Rows, Hallucinations,
    testing::Values(
        TextRow{"Sous-titres réalisés par la communauté d'Amara.org", true},
        TextRow{"Sous-titrage ST' 501", true}, TextRow{"SOUS-TITRAGE SOCIÉTÉ RADIO-CANADA", true},
        TextRow{"Merci d'avoir regardé cette vidéo !", true}, TextRow{"Thanks for watching!", true},
        TextRow{"Subtitles by the Amara.org community", true}, TextRow{"...", true}, TextRow{"", true},
        TextRow{"Merci.", false}, TextRow{"Merci beaucoup, au revoir.", false},
        TextRow{"Le sous-titrage de la visioconférence ne marche plus depuis la mise à jour d'hier.", false},
        TextRow{"Je n'arrive plus à écouter la musique d'attente.", false}));

class Loops : public testing::TestWithParam<TextRow> {};
TEST_P(Loops, AreTold) {
    EXPECT_EQ(isLooping(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Loops,
    testing::Values(TextRow{"je vais voir je vais voir je vais voir je vais voir", true},
                    TextRow{"Le VPN, le VPN, le VPN, le VPN, le VPN", true},
                    TextRow{"non non non non non non", true}, TextRow{"Non, non, non !", false},
                    TextRow{"Oui oui, d'accord.", false}, TextRow{"Le numéro est le 06 06 12 12 33.", false},
                    TextRow{"", false}, TextRow{"Je regarde le dossier et je regarde le serveur.", false}));

TEST(TextGuard, SaysALoopOnce) {
    EXPECT_EQ(withoutLoop("Bonjour, je vais voir je vais voir je vais voir je vais voir. Merci."),
              "Bonjour, je vais voir Merci.");
    EXPECT_EQ(withoutLoop("Bonjour, tout va bien."), "Bonjour, tout va bien.");
}

TEST(TextGuard, TidiesStageDirectionsBlanksAndBrokenBytes) {
    EXPECT_EQ(tidy("  [Musique]  Bonjour\n Madame ♪ "), "Bonjour Madame");
    EXPECT_EQ(tidy("(rires)"), "");
    EXPECT_EQ(tidy("le poste (celui de l'accueil)"), "le poste (celui de l'accueil)");
    EXPECT_EQ(tidy("caf\xC3"), "caf");
}

}  // namespace
}  // namespace ninja3cx::transcription
