#include "server/analysis/entities/caller_name.hpp"

#include "server/analysis/entities/names.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* name;
    std::vector<std::string> lines;
    const char* customer;
    const char* language = "fr";
};
class Caller : public testing::TestWithParam<Row> {};
TEST_P(Caller, IsWhoIntroducesHimselfOrIsAddressed) {
    const protocol::AnalysisInput input = talk(GetParam().lines, GetParam().language);
    EXPECT_EQ(findNames(readConversation(input)).customer, GetParam().customer);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Caller,
    testing::Values(
        Row{"GivesANameInFull", {"C: Bonjour, Claire Fontaine du Cabinet Moreau."}, "Claire Fontaine"},
        Row{"GivesAFirstName",
            {"A: Support bonjour.", "C: Bonjour, c'est Martine des ressources humaines."},
            "Martine"},
        Row{"NotTheOneWhoLeaves",
            {"A: Support bonjour.", "C: Bonjour, c'est Martine, on a une personne qui quitte l'entreprise.",
             "A: Quel est son nom ?", "C: Kevin Blanchard.", "A: C'est fait.",
             "C: Il faudra transférer ses mails à son responsable, Denis Leroy."},
            "Martine"},
        Row{"NotTheOneWhoLeavesOnFriday",
            {"C: Bonjour, c'est Julie de chez Fermetures Ouest, on a un salarié, Paul Henry, qui part "
             "vendredi."},
            "Julie"},
        Row{"NotWhoLeavesInTheThirdPerson",
            {"A: Support bonjour.", "C: Bonjour, Sophie Martin, elle part vendredi."},
            ""},
        Row{"NotWhoLeavesInEnglish", {"A: Service desk.", "C: hi emma clarke leaves on friday"}, "", "en"},
        Row{"NotSheWhoIsLeaving",
            {"A: Service desk.", "C: Hi, it's Emma Clarke, she's leaving on Friday."},
            "",
            "en"},
        Row{"OnesOwnDepartureIsTheCallers",
            {"C: Bonjour, c'est Sophie Martin, je pars vendredi."},
            "Sophie Martin"},
        Row{"NotTheNewcomer",
            {"C: Bonjour, on a une nouvelle collaboratrice, Nadia Cherif, qui arrive lundi."},
            ""},
        Row{"NotTheDirector",
            {"C: Bonjour, c'est l'accueil. Monsieur Lebrun, Jacques Lebrun, notre directeur, ne peut plus "
             "ouvrir ses "
             "mails."},
            ""},
        Row{"NotTheOneCalledFor", {"C: Bonjour, j'appelle pour Claire Fontaine, son écran est noir."}, ""},
        Row{"NotTheTechnicianGreeted", {"A: Support, Hugo.", "C: Bonjour Hugo, mon écran est noir."}, ""},
        Row{"GreetsTheTechnicianFirst",
            {"A: Bonjour, support, Léa.", "C: Bonjour Léa, c'est Franck Aubert du garage Aubert."},
            "Franck Aubert"},
        Row{"IsAddressed",
            {"A: Support bonjour.", "C: Bonjour, mon écran est noir.",
             "A: Bonjour Madame Lopez, je regarde."},
            "Lopez"},
        Row{"SaysSoWhenAsked",
            {"A: Support.", "C: Bonjour, c'est l'accueil.", "A: Oui ?", "C: Le code a disparu.",
             "A: Lequel ?", "C: Celui des visiteurs.", "A: Et vous êtes madame ?", "C: Ghislaine Orieux."},
            "Ghislaine Orieux"},
        Row{"NamesHimselfAfterTheTrouble",
            {"C: On a plus internet, Claire Fontaine à l'appareil."},
            "Claire Fontaine"},
        Row{"CallsFromTheMobile",
            {"C: Bonjour, je vous appelle de mon mobile, Alban Desprez, cadre."},
            "Alban Desprez"},
        Row{"NotTheColleague",
            {"C: Bonjour, Claire Morel, de Sogetra. Mon collègue Marc Dubois n'arrive plus à se connecter."},
            "Claire Morel"},
        Row{"NotTheStarter",
            {"C: Hi, we've got a new starter, Kieran Sutcliffe, who joins on Monday."},
            "",
            "en"},
        Row{"SpeaksForHerself",
            {"C: Hi, it's Laura Bennett from Northgate Logistics."},
            "Laura Bennett",
            "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
