#include "server/analysis/conclusions/promise.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* said;
    Promise promise;
    const char* language = "fr";
};

TEST(Promise, IsToPhoneTheCustomer) {
    const Row rows[] = {
        {"je vous rappelle avant midi", Promise::Made},
        {"ma collègue vous rappellera lundi", Promise::Made},
        {"je vous rappelle le matin du quatre", Promise::Made},
        {"je rappelle le fabricant et je vous rappelle ensuite", Promise::Made},
        {"je vous rappelle pas avant quinze heures", Promise::Made},
        {"si j'ai le temps je vous rappelle", Promise::Doubtful},
        {"je vous rappelle mais je ne garantis rien", Promise::Doubtful},
        {"je ne vous rappellerai pas", Promise::None},
        {"on ne vous rappelle jamais pour un toner", Promise::None},
        {"personne ne va vous rappeler", Promise::None},
        {"pas la peine que je vous rappelle", Promise::None},
        {"je vous rappelle que l'atelier ferme à six heures", Promise::None},
        {"je vous rappelle qu'il faut l'éteindre", Promise::None},
        {"je vous rappelle juste que c'est fermé", Promise::None},
        {"comme je vous le rappelle souvent", Promise::None},
        {"je vous rappelle la règle", Promise::None},
        {"je vous rappelle mon prénom", Promise::None},
        {"je rappelle le fabricant et je vous écris", Promise::None},
        {"je rappelle Bouygues et je vous envoie un mail", Promise::None},
        {"vous nous rappelez s'il revient", Promise::None},
        {"rappelez-nous demain", Promise::None},
        {"je vous envoie un mail", Promise::Unsaid},
        {"I'll call you back before noon", Promise::Made, "en"},
        {"our engineer will ring you on Monday", Promise::Made, "en"},
        {"I'll give you a ring at four", Promise::Made, "en"},
        {"I'll ring the supplier and then phone you", Promise::Made, "en"},
        {"if I have time I'll ring you", Promise::Doubtful, "en"},
        {"I'll call you but I can't promise anything", Promise::Doubtful, "en"},
        {"I won't call you back", Promise::None, "en"},
        {"nobody will ring you", Promise::None, "en"},
        {"no need for me to phone you", Promise::None, "en"},
        {"I'll ring my colleague, bear with me", Promise::None, "en"},
        {"I'll call the vendor and email you", Promise::None, "en"},
        {"I'll call it a day", Promise::None, "en"},
        {"you'll ring us tomorrow", Promise::None, "en"},
        {"give us a call if it stops", Promise::None, "en"},
        {"I'll email you", Promise::Unsaid, "en"},
    };
    for (const Row& row : rows) {
        const auto input = talk({std::string{"A: "} + row.said}, row.language);
        EXPECT_EQ(promiseIn(readConversation(input).lines[0]), row.promise) << row.said;
    }
}

struct CallRow {
    const char* name;
    const char* said;
    bool isPromised;
    bool isSure;
    const char* language = "fr";
};
class CallPromise : public testing::TestWithParam<CallRow> {};

TEST_P(CallPromise, IsNotHeardWhereThereIsNone) {
    const CallRow& row = GetParam();
    const bool isEnglish = row.language == std::string{"en"};
    const auto analysis = analyse(
        talk({isEnglish ? "A: Support, hello." : "A: Support, bonjour.",
              isEnglish ? "C: Hi, the scanner won't scan." : "C: Bonjour, le scanner ne numérise plus.",
              std::string{"A: "} + row.said, isEnglish ? "C: Okay, thanks." : "C: D'accord, merci."},
             row.language));
    EXPECT_EQ(analysis.callbackPromised, row.isPromised);
    EXPECT_EQ(std::ranges::any_of(
                  analysis.actions,
                  [](const auto& action) { return action.kind == "callback" && action.status == "todo"; }),
              row.isPromised);
    const auto evidence =
        std::ranges::find(analysis.evidence, std::string{"callback_promised"}, &protocol::Evidence::field);
    ASSERT_NE(evidence, analysis.evidence.end());
    EXPECT_TRUE(row.isSure || evidence->confidence == protocol::Confidence::Unsure);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, CallPromise,
    testing::Values(CallRow{"Made", "Je vous rappelle demain matin.", true, true},
                    CallRow{"Denied", "Je ne vous rappellerai pas, tout est dans le mail.", false, false},
                    CallRow{"AReminder", "Je vous rappelle que l'atelier ferme à six heures.", false, false},
                    CallRow{"AnotherIsCalled", "Je rappelle le fabricant et je vous écris.", false, false},
                    CallRow{"Doubtful", "Si j'ai le temps je vous rappelle mais je ne garantis rien.", true,
                            false},
                    CallRow{"EnglishMade", "I'll call you back tomorrow morning.", true, true, "en"},
                    CallRow{"EnglishDenied", "I can't call you back, I'll write to you.", false, false, "en"},
                    CallRow{"EnglishAnotherIsCalled", "I'll ring my colleague, hold on.", false, true, "en"},
                    CallRow{"EnglishTheCustomerCalls", "You'll call us tomorrow then.", false, true, "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
