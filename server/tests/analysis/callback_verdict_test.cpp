#include "server/analysis/promises/callback_verdict.hpp"

#include "server/analysis/weights/weights.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using enum CallbackVerdict::Finding;
using protocol::Confidence;

std::vector<std::string> scannerCall(const std::string& said, bool isEnglish) {
    return {isEnglish ? "A: Support, hello." : "A: Support, bonjour.",
            isEnglish ? "C: Hi, the scanner won't scan." : "C: Bonjour, le scanner ne numérise plus.",
            "A: " + said, isEnglish ? "C: Okay, thanks." : "C: D'accord, merci."};
}

struct Row {
    const char* name;
    const char* said;
    CallbackVerdict::Finding finding;
    Confidence confidence;
    const char* language = "fr";
};
class ACallBack : public testing::TestWithParam<Row> {};

TEST_P(ACallBack, IsJudgedByTheModelAndTheWords) {
    const Row& row = GetParam();
    const auto input = talk(scannerCall(row.said, row.language == std::string{"en"}), row.language);
    const Conversation conversation = readConversation(input);
    const CallbackVerdict verdict = callbackVerdict(CallReading{conversation, builtInModel()});
    EXPECT_EQ(verdict.finding, row.finding);
    EXPECT_EQ(verdict.confidence, row.confidence);

    const protocol::Analysis analysis = analyse(input);
    EXPECT_EQ(analysis.callbackPromised, row.finding == Promised);
    EXPECT_EQ(std::ranges::any_of(
                  analysis.actions,
                  [](const auto& action) { return action.kind == "callback" && action.status == "todo"; }),
              row.finding == Promised);
    const auto evidence =
        std::ranges::find(analysis.evidence, std::string{"callback_promised"}, &protocol::Evidence::field);
    ASSERT_NE(evidence, analysis.evidence.end());
    EXPECT_EQ(evidence->confidence, row.confidence);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ACallBack,
    testing::Values(
        Row{"Made", "Je vous rappelle demain matin.", Promised, Confidence::Sure},
        Row{"Denied", "Je ne vous rappellerai pas, tout est dans le mail.", Denied, Confidence::Unsure},
        Row{"AReminder", "Je vous rappelle que l'atelier ferme à six heures.", Denied, Confidence::Unsure},
        Row{"AReminderInTheInfinitive",
            "Je rappelle le fabricant et je voulais vous rappeler que le contrat finit.", Denied,
            Confidence::Unsure},
        Row{"Nothing", "Je vous envoie un mail.", Unheard, Confidence::Sure},
        Row{"ATestBesideAnotherCall",
            "Je vous appelle dessus pour tester et je rappelle le fabricant pour l'écran.", Denied,
            Confidence::Unsure},
        Row{"AnotherIsCalled", "Je rappelle le fabricant et je vous écris.", Denied, Confidence::Unsure},
        Row{"Doubtful", "Si j'ai le temps je vous rappelle mais je ne garantis rien.", Promised,
            Confidence::Unsure},
        Row{"MadeInPerson", "Je vous rappelle moi-même.", Promised, Confidence::Sure},
        Row{"ATest", "Je vous appelle dessus pour tester.", OtherCall, Confidence::Likely},
        Row{"InTheFuture", "Un technicien va vous rappeler.", Promised, Confidence::Likely},
        Row{"EnglishInTheFuture", "Don't worry, somebody will get back to you.", Promised, Confidence::Likely,
            "en"},
        Row{"EnglishMade", "I'll call you back tomorrow morning.", Promised, Confidence::Sure, "en"},
        Row{"EnglishDenied", "I can't call you back, I'll write to you.", Denied, Confidence::Unsure, "en"},
        Row{"EnglishAnotherIsCalled", "I'll ring my colleague, hold on.", Denied, Confidence::Unsure, "en"},
        Row{"EnglishTheCustomerCalls", "You'll call us tomorrow then.", Denied, Confidence::Unsure, "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ACallBack, ThatIsRefusedIsNone) {
    const auto input = talk({"A: Support, bonjour.", "C: Bonjour, mon écran clignote un peu.",
                             "A: Je vous rappelle demain ?", "C: Non merci.", "A: Très bien, bonne journée.",
                             "C: Au revoir."});
    const Conversation conversation = readConversation(input);
    const CallbackVerdict verdict = callbackVerdict(CallReading{conversation, builtInModel()});
    EXPECT_EQ(verdict.finding, Refused);
    EXPECT_EQ(verdict.confidence, Confidence::Likely);
}

/// The words know of a promise with its day where the model hears none.
TEST(ACallBack, WithItsDayStandsAgainstTheModel) {
    const auto input = talk({"A: support hello", "C: i need a quote for six licences",
                             "A: i'll send it on tuesday and call you in a fortnight", "C: thanks"},
                            "en");
    const Conversation conversation = readConversation(input);
    const CallbackVerdict verdict = callbackVerdict(CallReading{conversation, builtInModel()});
    EXPECT_EQ(verdict.finding, Promised);
    EXPECT_EQ(verdict.confidence, Confidence::Likely);
    EXPECT_EQ(verdict.basis.turns, std::vector<std::int32_t>{2});
    EXPECT_EQ(verdict.basis.cue, "and call you in a fortnight");
}

}  // namespace
}  // namespace ninja3cx::analysis
