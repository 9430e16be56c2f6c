#include "server/analysis/conclusions/named_trouble.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <span>

namespace ninja3cx::analysis {
namespace {

/// Openings that a wrong number has as well, before each of the complaints, in the shortest of calls.
void expectTickets(std::span<const char* const> openings, std::span<const char* const> complaints,
                   const char* language) {
    const bool isFrench = std::string_view{language} == "fr";
    for (const char* opening : openings)
        for (const char* complaint : complaints) {
            const auto analysis =
                analyse(talk({isFrench ? "A: support bonjour" : "A: hello support",
                              std::string{isFrench ? "C: bonjour " : "C: hi "} + opening + " " + complaint,
                              isFrench ? "A: d'accord je regarde" : "A: let me have a look",
                              isFrench ? "C: merci au revoir" : "C: thanks bye"},
                             language));
            EXPECT_TRUE(analysis.ticketWarranted) << opening << " " << complaint;
        }
}

TEST(NamedTrouble, IsAMatterHoweverTheCallOpens) {
    const char* const openings[] = {"vous êtes bien le support informatique",
                                    "excusez-moi de vous déranger",
                                    "vous êtes le dépannage informatique c'est ça",
                                    "je suis bien chez le support informatique",
                                    "désolée de vous embêter",
                                    "c'est bien le service informatique ?",
                                    "on m'a donné votre numéro",
                                    "je me suis peut-être trompé de numéro mais"};
    const char* const complaints[] = {"mon pc ne démarre plus",        "l'imprimante est en panne",
                                      "je n'ai plus accès à ma boîte", "mon mot de passe est refusé",
                                      "le vpn ne se connecte plus",    "on a plus de réseau"};
    expectTickets(openings, complaints, "fr");
    const char* const english[] = {"is this the it help desk", "sorry to bother you",
                                   "i'm not sure if i have the right number", "am i through to it support"};
    const char* const englishComplaints[] = {"my computer won't start", "i can't get into my mailbox",
                                             "the printer is broken", "the vpn won't connect"};
    expectTickets(english, englishComplaints, "en");
}

TEST(NamedTrouble, IsNoneOfAStranger) {
    struct Row {
        const char* said;
        const char* answer;
    };
    const Row rows[] = {
        {"vous êtes bien la pharmacie", "ah non vous faites erreur"},
        {"bonjour mon ascenseur est bloqué", "ici c'est le support informatique vous faites erreur"},
        {"bonjour c'est bien le taxi", "non monsieur vous êtes au support informatique"},
        {"je vous appelle pour vous proposer notre offre quand internet est coupé",
         "ça ne nous intéresse pas"},
        {"rien n'est en panne je voulais juste vous remercier", "c'est gentil"},
    };
    for (const Row& row : rows) {
        const auto analysis = analyse(talk({"A: support bonjour", std::string{"C: "} + row.said,
                                            std::string{"A: "} + row.answer, "C: ah pardon au revoir"}));
        EXPECT_FALSE(analysis.ticketWarranted) << row.said;
    }
}

bool namesTroubleIn(const std::vector<std::string>& lines) {
    const protocol::AnalysisInput input = talk(lines);
    return namesTrouble(readConversation(input));
}
TEST(NamedTrouble, IsSaidByTheCustomerAlone) {
    EXPECT_TRUE(namesTroubleIn({"C: mon écran ne s'allume plus"}));
    EXPECT_FALSE(namesTroubleIn({"A: votre écran ne s'allume plus"}));
    EXPECT_FALSE(namesTroubleIn({"C: rien n'est en panne"}));
    EXPECT_FALSE(namesTroubleIn({"C: mon ascenseur est bloqué", "A: vous vous trompez de numéro"}));
    EXPECT_FALSE(namesTroubleIn({"C: je voudrais vous proposer une offre quand le serveur est en panne"}));
}

TEST(NamedTrouble, IsReadWithoutTheOpening) {
    const protocol::AnalysisInput input =
        talk({"C: excusez-moi de vous déranger mon pc plante", "C: c'est bien le support"});
    const Conversation conversation = readConversation(input);
    const Conversation rest = withoutOpenings(conversation);
    ASSERT_EQ(rest.lines[0].words.size(), 3U);
    EXPECT_EQ(rest.lines[0].words[0].text, "mon");
    EXPECT_EQ(rest.lines[1].words.size(), conversation.lines[1].words.size());  // nothing else is said
}

}  // namespace
}  // namespace ninja3cx::analysis
