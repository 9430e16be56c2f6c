#include "server/analysis/personal_data/personal_data.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Words that several rules share: what one of them knows, all do.
namespace ninja3cx::analysis {
namespace {

std::vector<std::string> foundIn(const std::vector<std::string>& turns) {
    std::vector<std::string> found;
    for (const protocol::PersonalData& data : findPersonalData(readConversation(talk(turns, "fr"))))
        found.push_back(data.text.value_or(""));
    return found;
}
using Texts = std::vector<std::string>;

TEST(SharedWords, ASessionsCodePassesWhateverTheProgram) {
    for (const std::string program : {"TeamViewer", "AnyDesk", "RustDesk"})
        EXPECT_EQ(foundIn({"A: il me faut votre code " + program, "C: le code c'est 4815"}), Texts{})
            << program;
}

TEST(SharedWords, EmphasisTellsASecret) {
    for (const std::string emphasis : {"vraiment", "juste", "literally"})
        EXPECT_EQ(foundIn({"C: le mot de passe c'est " + emphasis + " bonjour 2026 dièse"}),
                  Texts{"bonjour 2026 dièse"})
            << emphasis;
}

TEST(SharedWords, ASecretThatWasASerialNumberIsOne) {
    for (const std::string copula : {"est", "était"})
        EXPECT_EQ(foundIn({"C: le mot de passe " + copula + " le numéro de série, 5CD2147K9"}),
                  Texts{"série, 5CD2147K9"})
            << copula;
}

TEST(SharedWords, ACorrectedCardGoesOnBehindThem) {
    for (const std::string word : {"alors", "ensuite", "après"})
        EXPECT_EQ(foundIn({"C: ma carte c'est 4970 10 pardon " + word + " 4970 1012 3456 7891"}),
                  Texts{"4970 10 pardon " + word + " 4970 1012 3456 7891"})
            << word;
}

}  // namespace
}  // namespace ninja3cx::analysis
