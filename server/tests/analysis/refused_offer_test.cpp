#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

bool hasAction(const protocol::Analysis& analysis, std::string_view kind) {
    return std::ranges::any_of(analysis.actions, [&](const auto& action) { return action.kind == kind; });
}

struct Row {
    const char* name;
    const char* kind;
    std::vector<std::string> lines;
    bool isThere;
    const char* language = "fr";
};
class AnOffer : public testing::TestWithParam<Row> {};

TEST_P(AnOffer, ThatIsRefusedIsNoAction) {
    const auto analysis = analyse(talk(GetParam().lines, GetParam().language));
    EXPECT_EQ(hasAction(analysis, GetParam().kind), GetParam().isThere);
    if (std::string_view{GetParam().kind} == "callback") {
        EXPECT_EQ(analysis.callbackPromised, GetParam().isThere);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, AnOffer,
    testing::Values(
        Row{"Restart",
            "reboot",
            {"A: Support, bonjour.", "C: Bonjour, le logiciel de caisse est lent.",
             "A: Est-ce que je redémarre le serveur ?", "C: Non surtout pas, on encaisse.",
             "A: D'accord, je note.", "C: Merci."},
            false},
        Row{"RestartThatIsWelcome",
            "reboot",
            {"A: Support, bonjour.", "C: Bonjour, le logiciel de caisse est lent.",
             "A: Est-ce que je redémarre le serveur ?", "C: Oui allez-y.",
             "A: Je redémarre le serveur maintenant.", "C: Merci."},
            true},
        Row{"RestartBesideAnotherRefusal",
            "reboot",
            {"A: Support, bonjour.", "C: Bonjour, le logiciel de caisse est lent.",
             "A: Je redémarre le serveur maintenant.", "C: D'accord, donc pas besoin de passer au bureau.",
             "A: Non.", "C: Merci."},
            true},
        Row{"RestartThatDidNotHelp",
            "reboot",
            {"A: Bonjour, le support.", "C: Bonjour, le VPN coupe tout le temps.",
             "A: Je relance votre tunnel. C'est mieux ?", "C: Non, ça ne marche toujours pas, c'est pénible.",
             "A: Je transmets à l'équipe réseau.", "C: Encore."},
            true},
        Row{"RestartAfterAMoment",
            "reboot",
            {"A: Support, bonjour.", "C: Bonjour, le logiciel de caisse est lent.",
             "A: Est-ce que je redémarre le serveur ?", "C: Attendez.", "C: Non surtout pas.",
             "A: D'accord, je note.", "C: Merci."},
            false},
        Row{"Callback",
            "callback",
            {"A: Support, bonjour.", "C: Bonjour, mon écran clignote un peu.", "A: Je vous rappelle demain ?",
             "C: Non merci.", "A: Très bien, bonne journée.", "C: Au revoir."},
            false},
        Row{"EnglishRestart",
            "reboot",
            {"A: Service desk, hello.", "C: Hi, the till is slow.", "A: Shall I restart the server?",
             "C: No, please don't, we're open.", "A: Okay, noted.", "C: Thanks."},
            false,
            "en"}),
    [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
