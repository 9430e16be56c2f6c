#include "server/analysis/entities_of_text.hpp"

#include "server/analysis/analyse.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* name;
    const char* language;
    const char* text;
};
class TextEntities : public testing::TestWithParam<Row> {};

TEST_P(TextEntities, AreThoseOfACallThatSaysNothingElse) {
    auto wanted = analyse(talk({std::string{"C: "} + GetParam().text}, GetParam().language)).entities;
    std::erase_if(wanted, [](const auto& entry) { return entry.second.empty(); });
    EXPECT_FALSE(wanted.empty());
    EXPECT_EQ(entitiesOfText(GetParam().text, GetParam().language), wanted);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TextEntities,
    testing::Values(Row{"French", "fr",
                        "Bonjour, Sophie Marchand de chez Batiplus, Outlook affiche l'erreur 0x80070005."},
                    Row{"English", "en", "Hello, Karen Whitfield speaking, Teams crashes on my laptop."},
                    Row{"Lower", "fr", "outlook ne répond plus sur le poste de l'accueil"},
                    Row{"PersonalData", "fr",
                        "Outlook refuse mon mot de passe, c'est Soleil42, ticket 48213."},
                    Row{"Guessed", "auto", "Hello, the ticket number is 48213 and Excel is not working."}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TextEntities, OfNothingAreNone) {
    EXPECT_TRUE(entitiesOfText("", "fr").empty());
    EXPECT_TRUE(entitiesOfText("elle ne marche plus", "fr").empty());
}

}  // namespace
}  // namespace ninja3cx::analysis
