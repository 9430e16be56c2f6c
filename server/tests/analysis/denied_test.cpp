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

/// What is said to be well beside the matter, shortly: "ça va", "est bon", "RAS".
TEST(SaidToBeWell, IsNoMatterWhereAnotherIsNamed) {
    const struct {
        const char* said;
        const char* left;
        const char* language = "fr";
    } rows[] = {
        {"c'est pas l'imprimante, l'imprimante ça va, c'est le scanner", "c est le scanner"},
        {"c'est pas l'imprimante l'imprimante ça va c'est le scanner", "c est le scanner"},
        {"c'est pas l'imprimante, ça va l'imprimante, c'est le scanner", "c est le scanner"},
        {"c'est pas le wifi, le wifi est bon, c'est le téléphone", "c est le telephone"},
        {"c'est pas la box, la box ça marche, c'est le badge qui bipe", "c est le badge qui bipe"},
        {"ce n'est pas le clavier, le clavier RAS, c'est la souris", "c est la souris"},
        {"c'est pas l'écran, l'écran c'est bon, c'est la station", "c est la station"},
        {"c'est pas la caméra, la caméra elle va, c'est le micro", "c est le micro"},
        {"c'est pas la caméra, la caméra va très bien, c'est le micro", "c est le micro"},
        {"c'est pas le fax, le fax nickel, mais le scanner bloque", "mais le scanner bloque"},
        {"c'est pas Outlook, Outlook ça va, c'est Teams qui coupe", "c est teams qui coupe"},
        {"c'est pas mes mails, mes mails sont bons, c'est l'agenda", "c est l agenda"},
        {"c'est pas le réseau, le réseau ça va bien, par contre le serveur rame",
         "par contre le serveur rame"},
        {"c'est pas le portable, le portable est ok, c'est le chargeur", "c est le chargeur"},
        {"c'est pas le casque, le casque n'a rien, c'est le micro", "c est le micro"},
        {"c'est pas l'onduleur, l'onduleur pas de soucis, c'est le serveur", "c est le serveur"},
        {"l'imprimante ça va, c'est le scanner qui marche pas", "c est le scanner qui marche pas"},
        {"internet ça va, mais mon dossier est bloqué", "mais mon dossier est bloque"},
        {"c'est le scanner, l'imprimante ça va", "c est le scanner"},
        {"c'est pas la tablette, la tablette ça fonctionne hein, c'est la caisse", "c est la caisse"},
        {"l'ordinateur ça va l'écran ça va c'est le répondeur", "c est le repondeur"},
        {"it's not the printer, the printer's good, it's the scanner", "it s the scanner", "en"},
        {"it's not the printer the printer is ok it's the scanner", "it s the scanner", "en"},
        {"it isn't the router, the router is up, it's the phone", "it s the phone", "en"},
        {"it's not the screen, the screen's okay, it's the dock", "it s the dock", "en"},
        {"it's not my password, my password is good, it's Outlook that drops", "it s outlook that drops",
         "en"},
        {"it's not the laptop, the laptop is all good, but the dock is dead", "but the dock is dead", "en"},
        {"the camera checks out, it's the microphone", "it s the microphone", "en"},
        {"it's not Teams, Teams is okay, it's the headset", "it s the headset", "en"},
        {"the wifi is good now, it's the VPN that fails", "it s the vpn that fails", "en"},
        {"it's the scanner, the printer is ok", "it s the scanner", "en"},
        // The complaint stands before.
        {"le wifi est en panne depuis hier, Excel ça marche", "le wifi est en panne depuis hier"},
        {"le wifi est en panne depuis hier, Excel c'est bon", "le wifi est en panne depuis hier"},
        {"le wifi ne marche plus, Outlook ça va", "le wifi ne marche plus"},
        {"le scanner est bloqué, l'imprimante ça marche", "le scanner est bloque"},
        {"le scanner est bloqué, l'imprimante marche très bien", "le scanner est bloque"},
        {"je n'arrive plus à imprimer, Excel ça marche", "je n arrive plus a imprimer"},
        {"mon PC plante tout le temps, le wifi est nickel", "mon pc plante tout le temps"},
        {"on a plus internet, le téléphone ça fonctionne", "on a plus internet"},
        {"le badge est refusé, le clavier c'est ok", "le badge est refuse"},
        {"Sage a une erreur, Teams ça roule", "sage a une erreur"},
        {"the wifi keeps dropping, the VPN is fine", "the wifi keeps dropping", "en"},
        {"my printer stopped, Excel is ok", "my printer stopped", "en"},
        {"the scanner is broken, the printer is good", "the scanner is broken", "en"},
        {"le wifi est en panne, sinon Excel c'est bon", "le wifi est en panne sinon"},
        {"le wifi est en panne, alors qu'Excel fonctionne", "le wifi est en panne alors qu"},
        {"le wifi est en panne, Excel et Word ça marche", "le wifi est en panne"},
        {"le wifi est en panne, le scanner et le badge ça marche", "le wifi est en panne"},
        {"le wifi est en panne et Excel ça marche", "le wifi est en panne et"},
        {"le wifi est en panne, mais le wifi ça marche parfois",
         "le wifi est en panne mais le wifi ca marche parfois"},
        {"le wifi était en panne, maintenant le wifi ça marche",
         "le wifi etait en panne maintenant le wifi ca marche"},
        {"le wifi est en panne, Excel ça marche ?", "le wifi est en panne excel ca marche"},
        {"le wifi est en panne, Excel ça marche pas", "le wifi est en panne excel ca marche pas"},
        {"le wifi est en panne, ça va durer", "le wifi est en panne ca va durer"},
        {"le wifi est tombé en panne ? Excel ça marche", "le wifi est tombe en panne excel ca marche"},
        {"j'ai redémarré le PC, Excel ça marche", "j ai redemarre le pc excel ca marche"},
        // These stay whole.
        {"ça va pas l'imprimante", "ca va pas l imprimante"},
        {"l'imprimante ça va couper, c'est le scanner", "l imprimante ca va couper c est le scanner"},
        {"l'imprimante elle va vous demander un code, c'est le badge",
         "l imprimante elle va vous demander un code c est le badge"},
        {"ça va ? l'imprimante marche plus", "ca va l imprimante marche plus"},
        {"l'imprimante ça va", "l imprimante ca va"},
        {"l'imprimante ça va plus, c'est le tambour", "l imprimante ca va plus c est le tambour"},
        {"le wifi ça va et ça vient, c'est la borne", "le wifi ca va et ca vient c est la borne"},
        {"l'écran est bon pour la casse, c'est la dalle", "l ecran est bon pour la casse c est la dalle"},
        {"bonjour, ça va, c'est l'imprimante", "bonjour ca va c est l imprimante"},
        {"si l'imprimante ça va, c'est le scanner", "si l imprimante ca va c est le scanner"},
        {"l'imprimante ça va ? c'est le scanner", "l imprimante ca va c est le scanner"},
        {"le scanner ça va mais le scanner est lent", "le scanner ca va mais le scanner est lent"},
        {"the printer is good for nothing, it's the drum", "the printer is good for nothing it s the drum",
         "en"},
        {"the printer is ok?  it's the scanner", "the printer is ok it s the scanner", "en"},
    };
    for (const auto& row : rows) EXPECT_EQ(restOf(row.said, row.language), row.left) << row.said;
}

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
        CategoryRow{"NotThePrinterThatIsWell",
                    "c'est pas l'imprimante, l'imprimante ça va, c'est le wifi qui coupe", InternetWifi,
                    "mprimante"},
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
