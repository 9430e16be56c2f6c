#include "server/analysis/conclusions/denied.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Category;

std::string restOf(const std::string& said, const std::string& language) {
    const auto input = talk({"C: " + said}, language);
    const Conversation told = readConversation(input);
    const Conversation rest = withoutDenied(told);
    std::string text;
    for (const Word& word : rest.lines[0].words) text += (text.empty() ? "" : " ") + word.text;
    return text;
}

struct RestRow {
    const char* name;
    const char* said;
    const char* rest;
    const char* language = "fr";
};
class Denied : public testing::TestWithParam<RestRow> {};

TEST_P(Denied, IsLeftOut) {
    EXPECT_EQ(restOf(GetParam().said, GetParam().language), GetParam().rest);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Denied,
    testing::Values(
        RestRow{"NegatedCopula", "ce n'est pas le routeur, c'est Teams qui coupe", "c est teams qui coupe"},
        RestRow{"NegatedCopulaWithoutCommas",
                "c'est pas le routeur le routeur fonctionne c'est teams qui coupe", "c est teams qui coupe"},
        RestRow{"AnotherCause", "rien à voir avec le badge, l'écran est noir", "l ecran est noir"},
        RestRow{"WhatWorks", "Excel imprime très bien, c'est Ciel qui refuse", "c est ciel qui refuse"},
        RestRow{"WhatWorksBehind", "c'est Ciel qui refuse, Excel marche très bien", "c est ciel qui refuse"},
        RestRow{"WhatWorksBesideAnother", "le fax marche mais le scanner est bloqué",
                "mais le scanner est bloque"},
        RestRow{"WhatTheyDidThemselves", "j'ai redémarré la box moi-même, par contre le badge est refusé",
                "par contre le badge est refuse"},
        RestRow{"AMistake", "je croyais que c'était le badge mais non, le lecteur est éteint",
                "je mais non le lecteur est eteint"},
        RestRow{"NoProblem", "le badge pas de problème, mais le lecteur est éteint",
                "mais le lecteur est eteint"},
        RestRow{"NoProblemWith", "aucun souci avec le badge, le lecteur est éteint", "le lecteur est eteint"},
        RestRow{"EnglishAMistake", "I thought it was my badge but no, the reader is dead",
                "i but no the reader is dead", "en"},
        RestRow{"EnglishNoProblemWith", "nothing wrong with my badge, the reader is dead",
                "the reader is dead", "en"},
        RestRow{"ItsOwnTrouble", "le fax marche mais il bourre tout le temps",
                "le fax marche mais il bourre tout le temps"},
        RestRow{"WorksNoMore", "le fax ne marche plus mais le scanner si",
                "le fax ne marche plus mais le scanner si"},
        RestRow{"AQuestion", "c'est pas le routeur ?", "c est pas le routeur"},
        RestRow{"NotTheRightOne", "c'est pas le bon code", "c est pas le bon code"},
        RestRow{"NotTheFirstTime", "c'est pas la première fois que le scanner plante",
                "c est pas la premiere fois que le scanner plante"},
        RestRow{"NothingElse", "c'est bon le fax marche", "c est bon le fax marche"},
        RestRow{"EnglishNegatedCopula", "it's not the router, the router's fine, it's Teams that drops",
                "it s teams that drops", "en"},
        RestRow{"EnglishIsNot", "it isn't my badge, it's the door reader", "it s the door reader", "en"},
        RestRow{"EnglishAnotherCause", "it's nothing to do with the router, the fax is dead",
                "it s the fax is dead", "en"},
        RestRow{"EnglishWorks", "Excel prints fine but the till is stuck", "but the till is stuck", "en"},
        RestRow{"EnglishDidThemselves", "I've already changed my badge myself, but the till is stuck",
                "but the till is stuck", "en"},
        RestRow{"EnglishItsOwnTrouble", "the fax works but it jams all the time",
                "the fax works but it jams all the time", "en"},
        RestRow{"EnglishDoesNotWork", "the fax isn't working and the till is stuck",
                "the fax isn t working and the till is stuck", "en"},
        RestRow{"EnglishAQuestion", "it's not the router?", "it s not the router", "en"},
        RestRow{"EnglishNotTheFirstTime", "it's not the first time the fax jams",
                "it s not the first time the fax jams", "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

struct CategoryRow {
    const char* name;
    const char* said;
    protocol::Category category;
    const char* subject;  // what it must not speak of
    const char* language = "fr";
};
class DeniedThing : public testing::TestWithParam<CategoryRow> {};

TEST_P(DeniedThing, IsNeitherCategoryNorSubject) {
    const bool isEnglish = GetParam().language == std::string{"en"};
    const auto analysis = analyse(
        talk({isEnglish ? "A: Support, hello." : "A: Support, bonjour.", std::string{"C: "} + GetParam().said,
              isEnglish ? "A: Right, let me look." : "A: D'accord, je regarde.",
              isEnglish ? "C: Thanks." : "C: Merci."},
             GetParam().language));
    EXPECT_EQ(analysis.category, GetParam().category);
    EXPECT_EQ(analysis.subject.find(GetParam().subject), std::string::npos) << analysis.subject;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, DeniedThing,
    testing::Values(
        CategoryRow{"NotTheVpn", "c'est pas le vpn, le vpn fonctionne, c'est Outlook qui ne démarre plus",
                    Email, "VPN"},
        CategoryRow{"NotThePassword", "mon mot de passe fonctionne, c'est l'imprimante qui refuse mon code",
                    PrinterScanner, "passe"},
        CategoryRow{"NotThePrinter", "ce n'est pas l'imprimante c'est le wifi qui ne se connecte plus",
                    InternetWifi, "mprimante"},
        CategoryRow{"PutRightAlready",
                    "j'ai déjà changé mon mot de passe tout seul, c'est bon, par contre le pc est très lent",
                    WorkstationPerformance, "passe"},
        CategoryRow{"OnlyThatIsLeft", "c'est pas le vpn", NetworkVpn, "mprimante"},
        CategoryRow{"EnglishNotTheVpn", "it's not the VPN, the VPN works, it's the printer that won't print",
                    PrinterScanner, "VPN", "en"},
        CategoryRow{"EnglishNotOutlook", "Outlook opens fine, it's my password that's refused",
                    AccountPassword, "Outlook", "en"},
        CategoryRow{"EnglishPutRightAlready",
                    "I've already reset my password myself, that's fine, but the laptop keeps freezing",
                    WorkstationPerformance, "assword", "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
