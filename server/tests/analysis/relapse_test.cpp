#include "server/analysis/outcome/relapse.hpp"

#include "server/analysis/weights/weights.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

bool isSurelyResolved(const protocol::Analysis& analysis) {
    const auto evidence =
        std::ranges::find(analysis.evidence, std::string{"resolved"}, &protocol::Evidence::field);
    return analysis.resolved && evidence != analysis.evidence.end() &&
           evidence->confidence == protocol::Confidence::Sure;
}

struct Row {
    const char* name;
    std::vector<std::string> lines;
    bool isSure;  // closed at once
    const char* language = "fr";
};
class ARelapse : public testing::TestWithParam<Row> {};

TEST_P(ARelapse, IsNotClosed) {
    EXPECT_EQ(isSurelyResolved(analyse(talk(GetParam().lines, GetParam().language))), GetParam().isSure);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ARelapse,
    testing::Values(
        Row{"ItWorks",
            {"A: Support, bonjour.", "C: Bonjour, le lecteur de badges ne répond plus.",
             "A: Je le relance, et là ?", "C: Ça y est, il marche, tout est revenu.",
             "A: Parfait, je ferme le ticket.", "C: Merci, au revoir."},
            true},
        Row{"TheConnectionIsBack",
            {"A: Support, bonjour.", "C: Bonjour, on n'a plus internet.", "A: Je relance la box, et là ?",
             "C: Ah oui, c'est revenu, ça marche.", "A: Parfait.", "C: Merci, au revoir."},
            true},
        Row{"ItFailedOnceMoreAndThenWorked",
            {"A: Support, bonjour.", "C: Bonjour, Teams ne s'ouvre plus.", "A: Je vide le cache, et là ?",
             "C: Non, toujours pareil.", "A: Et maintenant ?",
             "C: Ah, là ça marche, il s'ouvre, tout est là.", "A: Parfait, bonne journée.", "C: Merci."},
            true},
        Row{"WhatIsBackIsGoodNews",
            {"A: Support, bonjour.", "C: Bonjour, on n'a plus d'image à l'accueil.",
             "A: Je relance le boîtier, et là ?", "C: Super, c'est revenu, merci.",
             "A: Parfait, je ferme le ticket.", "C: Merci, au revoir."},
            true},
        Row{"WorksAndIsStillThere",
            {"A: Service desk, hello.", "C: Hi, the shared drive won't open.",
             "A: I've mapped it again, and now?", "C: It works now, the files are still there, thank you.",
             "A: Great, I'll close the ticket.", "C: Thanks, bye."},
            true,
            "en"},
        Row{"CrashedAgainInOneBreath",
            {"A: Support, bonjour.", "C: Bonjour, le lecteur de badges ne répond plus.",
             "A: Je le relance, et là ?", "C: Ah ça marche ! ... ah non, il vient de replanter.",
             "A: D'accord.", "C: Merci."},
            false},
        Row{"CrashedAgainInItsOwnTurn",
            {"A: Support, bonjour.", "C: Bonjour, le lecteur de badges ne répond plus.",
             "A: Je le relance, et là ?", "C: Ça y est, il marche, tout est revenu.",
             "C: Il vient de replanter.", "A: D'accord."},
            false},
        Row{"JustCrashed",
            {"A: Service desk, hello.", "C: Hi, the badge reader won't answer.",
             "A: I've restarted it, and now?", "C: It works now, thank you. Oh no, it's just crashed.",
             "A: Right."},
            false,
            "en"},
        Row{"OnACondition",
            {"A: Support, bonjour.", "C: Bonjour, le lecteur de badges ne répond plus.",
             "A: Je le relance, et là ?", "C: Ça y est, il marche, tout est revenu.",
             "A: Si ça recommence, rappelez-nous.", "C: D'accord, merci, au revoir."},
            true},
        Row{"BackAtOnce",
            {"A: Support, bonjour.", "C: Bonjour, Teams ne s'ouvre plus.", "A: J'ai vidé le cache, et là ?",
             "C: Super, ça marche ! Ah non, c'est revenu.", "A: Je vais devoir chercher.", "C: D'accord."},
            false},
        Row{"BackATurnLater",
            {"A: Support, bonjour.", "C: Bonjour, Teams ne s'ouvre plus.", "A: J'ai vidé le cache, et là ?",
             "C: Nickel, ça marche !", "A: Parfait.", "C: Oh, ça recommence.", "A: Ah.",
             "C: D'accord, merci."},
            false},
        Row{"TheTechnicianLooksFurther",
            {"A: Support, bonjour.", "C: Bonjour, Teams ne s'ouvre plus.", "A: J'ai vidé le cache.",
             "C: Ah oui, il s'ouvre, tout est là.", "A: Je vais creuser quand même et je reviens vers vous.",
             "C: D'accord, merci."},
            false},
        Row{"NothingIsPromised",
            {"A: Support, bonjour.", "C: Bonjour, mon écran clignote, ça va tenir ?",
             "A: Je ne vous garantis rien.", "C: Tant pis."},
            false},
        Row{"EnglishItWorks",
            {"A: Support, hello.", "C: Hi, I can't open Teams.", "A: I've cleared the cache, try now.",
             "C: Oh yes, it's opened, everything's there.", "A: Great, I'll close the ticket.",
             "C: Thanks, bye."},
            true,
            "en"},
        Row{"EnglishBackAtOnce",
            {"A: Support, hello.", "C: Hi, I can't open Teams.", "A: I've cleared the cache, try now.",
             "C: Perfect, it works... oh no, it's back.", "A: I'll need to look further.", "C: Okay."},
            false,
            "en"},
        Row{"EnglishBackATurnLater",
            {"A: Support, hello.", "C: Hi, I can't open Teams.", "A: I've cleared the cache, try now.",
             "C: Brilliant, it works!", "A: Perfect.", "C: Oh, it's back.", "A: Ah.", "C: Okay, thanks."},
            false,
            "en"},
        Row{"EnglishTheTechnicianLooksFurther",
            {"A: Support, hello.", "C: Hi, I can't open Teams.", "A: I've cleared the cache.",
             "C: Oh yes, it's opened, everything's there.", "A: I'll dig deeper and get back to you.",
             "C: Okay, thanks."},
            false,
            "en"},
        Row{"EnglishNothingIsPromised",
            {"A: Support, hello.", "C: Hi, my mouse jumps about, will it stop?", "A: I can't promise that.",
             "C: Oh well."},
            false,
            "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Relapse, ThatTheCustomerReportsLeavesItOpen) {
    EXPECT_FALSE(analyse(talk({"A: Support, bonjour.", "C: Bonjour, Teams ne s'ouvre plus.",
                               "A: J'ai vidé le cache, et là ?", "C: Nickel, ça marche !", "A: Parfait.",
                               "C: Ah non, ça recommence.", "A: Ah.", "C: D'accord, merci."}))
                     .resolved);
}

TEST(Relapse, AGrudgingSuccessIsOne) {
    const auto resolvedWith = [](const char* reply) {
        return analyse(talk({"A: Support informatique, bonjour.",
                             "C: Bonjour, Annie Picard. Mon imprimante ne sort plus rien depuis lundi.",
                             "A: Je réinstalle le pilote. Essayez maintenant.", reply,
                             "A: Je comprends, désolé.", "C: Au revoir."}))
            .resolved;
    };
    EXPECT_TRUE(resolvedWith("C: Bon, ça marche, mais franchement trois jours pour ça, c'est inadmissible."));
    EXPECT_FALSE(resolvedWith("C: Ça marche, mais franchement, ah non, il vient de replanter."));
}

TEST(FoundRelapse, IsReportedByTheCustomer) {
    const auto relapseIn = [](const std::vector<std::string>& lines) {
        const protocol::AnalysisInput input = talk(lines);
        const Conversation conversation = readConversation(input);
        return findRelapse(CallReading{conversation, builtInModel()});
    };
    const std::vector<std::string> solved{"A: Support, bonjour.", "C: Bonjour, on n'a plus internet.",
                                          "A: Je relance la box, et là ?",
                                          "C: Ah oui, c'est revenu, ça marche."};
    EXPECT_EQ(relapseIn(solved), Relapse::None);
    std::vector<std::string> back = solved;
    back.emplace_back("C: Ah non, ça vient de recouper, ça ne marche plus.");
    EXPECT_EQ(relapseIn(back), Relapse::Reported);
}

}  // namespace
}  // namespace ninja3cx::analysis
