#include "server/analysis/promises/phone_mentions.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

using enum Phoning;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

std::vector<Phoning> meaningsOf(const std::string& turn) {
    const protocol::AnalysisInput input = talk({turn}, "");
    const Conversation conversation = readConversation(input);
    std::vector<Phoning> meanings;
    for (const PhoneMention& mention : phoneMentionsIn(conversation.lines[0]))
        meanings.push_back(mention.meaning);
    return meanings;
}

struct Row {
    const char* said;
    std::vector<Phoning> meanings;
};

TEST(PhoneMentions, SayWhoIsPhonedAndWhetherAtAll) {
    const Row rows[] = {
        {"je vous rappelle avant midi", {Promised}},
        {"ma collègue vous rappellera lundi", {Promised}},
        {"je vous rappelle le matin du quatre", {Promised}},
        {"je rappelle le fabricant et je vous rappelle ensuite", {ToOthers, Promised}},
        {"je vous rappelle pas avant quinze heures", {Promised}},
        {"je vous rappelle moi-même", {Promised}},
        {"je vous retéléphone", {Promised}},
        {"si j'ai le temps je vous rappelle", {Doubtful}},
        {"je vous rappelle mais je ne garantis rien", {Doubtful}},
        {"je ne vous rappellerai pas", {Denied}},
        {"on ne vous rappelle jamais pour un toner", {Denied}},
        {"personne ne va vous rappeler", {Denied}},
        {"pas la peine que je vous rappelle", {Denied}},
        {"je vous rappelle que l'atelier ferme à six heures", {Reminder}},
        {"je vous rappelle qu'il faut l'éteindre", {Reminder}},
        {"je vous rappelle juste que c'est fermé", {Reminder}},
        {"je voulais vous rappeler que le contrat finit", {Reminder}},
        {"ça vous rappelle quelque chose", {Reminder}},
        {"comme je vous le rappelle souvent", {Reminder}},
        {"je vous rappelle la règle", {Reminder}},
        {"je vous rappelle mon prénom", {Reminder}},
        {"je rappelle le fabricant et je vous écris", {ToOthers}},
        {"je rappelle Bouygues et je vous envoie un mail", {ToOthers}},
        {"l'éditeur me rappelle", {ToOthers}},
        {"vous nous rappelez s'il revient", {LeftToCustomer}},
        {"rappelez-nous demain", {LeftToCustomer}},
        {"rappelle-moi demain", {LeftToCustomer}},
        {"je vous appelle dessus pour tester", {TestNow}},
        {"je vous appelle à quinze heures pour tester", {Promised}},
        {"on vous tient au courant", {Unclear}},
        {"pour le téléphone je vous envoie un poste", {Unclear}},
        {"je vous envoie un mail", {}},
        {"I'll call you back before noon", {Promised}},
        {"our engineer will ring you on Monday", {Promised}},
        {"I'll give you a ring at four", {Promised}},
        {"I'll ring the supplier and then phone you", {ToOthers, Promised}},
        {"if I have time I'll ring you", {Doubtful}},
        {"I'll call you but I can't promise anything", {Doubtful}},
        {"don't worry I'll call you", {Promised}},
        {"someone will get back to you", {Promised}},
        {"I won't call you back", {Denied}},
        {"nobody will ring you", {Denied}},
        {"no need for me to phone you", {Denied}},
        {"I'll ring my colleague, bear with me", {ToOthers}},
        {"I'll call the vendor and email you", {ToOthers}},
        {"I'll call up the logs", {ToOthers}},
        {"you'll ring us tomorrow", {LeftToCustomer}},
        {"give us a call if it stops", {LeftToCustomer}},
        {"I'll ring it now to test", {TestNow}},
        {"I'll let you know", {Unclear}},
        {"I'll email you", {}},
    };
    for (const Row& row : rows)
        EXPECT_EQ(meaningsOf(std::string{"A: "} + row.said), row.meanings) << row.said;
    EXPECT_THAT(meaningsOf("A: I'll call it a day"), Not(Contains(Promised)));
}

TEST(PhoneMentions, OfTheCustomerAreWhatHeWillDo) {
    EXPECT_EQ(meaningsOf("C: je vous rappelle si ça recommence"), std::vector{LeftToCustomer});
    EXPECT_EQ(meaningsOf("C: I'll call you if it drops"), std::vector{LeftToCustomer});
    EXPECT_THAT(meaningsOf("C: mon téléphone ne sonne plus, rappelez-moi"), IsEmpty());
}

TEST(PhoneMentions, LieWhereTheyWereSaid) {
    const protocol::AnalysisInput input = talk({"A: d'accord, je vous rappelle"});
    const Conversation conversation = readConversation(input);
    const std::vector<PhoneMention> mentions = phoneMentionsIn(conversation.lines[0]);
    ASSERT_EQ(mentions.size(), 1U);
    EXPECT_EQ(mentions[0].match.first, 4U);
    EXPECT_EQ(mentions[0].match.last, 5U);
}

}  // namespace
}  // namespace ninja3cx::analysis
