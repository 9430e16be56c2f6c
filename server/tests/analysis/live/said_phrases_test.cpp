#include "server/analysis/live/said_phrases.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* name;
    const char* phrase;
    const char* text;
    bool isSaid;
};
class Said : public testing::TestWithParam<Row> {};
TEST_P(Said, AsPeopleWriteIt) {
    const SaidPhrases phrases{{GetParam().phrase}};
    EXPECT_EQ(!phrases.in(wordsOf(GetParam().text)).empty(), GetParam().isSaid) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Said,
    testing::Values(Row{"AccentsAndCapitals", "Écran bleu", "j'ai un ecran BLEU", true},
                    Row{"AnyEnding", "rançon*", "c'est un rançongiciel", true},
                    Row{"AGap", "cancel ~ contract", "I will cancel the damn contract", true},
                    Row{"AnApostrophe", "changer d'infogérant", "on va changer d’infogérant", true},
                    Row{"Denied", "résilier", "je ne veux pas résilier", false},
                    Row{"DeniedFurtherOff", "cancel ~ contract", "I don't want to cancel the contract",
                        false},
                    Row{"OfNothing", "piraté", "personne n'a rien piraté", false},
                    Row{"DeniedThenSaid", "responsable",
                        "pas de responsable dites-vous je veux un responsable maintenant", true},
                    Row{"NoPhrase", "***", "n'importe quoi", false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(SaidPhrases, AreNamedInTheirOrderAndOnceEach) {
    const SaidPhrases phrases{{"sage", "erp", "Sage", "compta*"}};
    EXPECT_THAT(phrases.in(wordsOf("la comptabilité dans Sage ne s'ouvre plus")), testing::ElementsAre(0, 2));
}

TEST(SaidPhrases, SurviveBeingMoved) {
    std::vector<SaidPhrases> many;
    for (int i = 0; i < 50; ++i) many.emplace_back(std::vector<std::string>{"vpn", "wifi"});
    for (const SaidPhrases& phrases : many)
        EXPECT_THAT(phrases.in(wordsOf("le wifi")), testing::ElementsAre(1));
}

}  // namespace
}  // namespace ninja3cx::analysis
