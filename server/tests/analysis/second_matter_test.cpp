#include "server/analysis/conversation/second_matter_cues.hpp"
#include "server/analysis/promises/dated_commitments.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Category;
using protocol::Analysis;
using protocol::Confidence;
using testing::HasSubstr;
using testing::Not;

Analysis analysed(const std::vector<std::string>& lines, const std::string& language = "fr") {
    protocol::AnalysisInput input = talk(lines, language);
    input.startedAt = "2026-11-30T10:00:00+01:00";
    return analyse(input);
}

bool promises(const Analysis& analysis, const std::string& kind) {
    const bool isTodo = std::ranges::any_of(analysis.actions, [&](const protocol::AnalysisAction& action) {
        return action.kind == kind && action.status == "todo";
    });
    return isTodo && std::ranges::any_of(analysis.evidence, [&](const protocol::Evidence& evidence) {
               return evidence.field == "actions." + kind && evidence.confidence != Confidence::Unsure;
           });
}

std::vector<std::vector<std::int32_t>> summaryTurns(const Analysis& analysis) {
    std::vector<std::vector<std::int32_t>> turns;
    for (const protocol::Evidence& evidence : analysis.evidence)
        if (evidence.field == "summary") turns.push_back(evidence.turns);
    return turns;
}

TEST(SecondMatter, IsTheSecondSentenceOfTheSummary) {
    const Analysis french = analysed({"A: support bonjour", "C: bonjour j'ai oublié mon mot de passe",
                                      "A: c'est fait je vous l'ai changé",
                                      "C: super ça marche et sinon y'a l'écran de ma collègue qui reste noir",
                                      "A: je lui en apporte un demain", "C: merci"});
    EXPECT_THAT(french.summary, HasSubstr("Signale aussi"));
    EXPECT_THAT(french.summary, HasSubstr("reste noir"));
    ASSERT_GE(summaryTurns(french).size(), 2U);
    EXPECT_EQ(summaryTurns(french)[1], std::vector<std::int32_t>{3});

    const Analysis english = analysed(
        {"A: support", "C: hi the printer on the second floor is jammed again", "A: close it and try a print",
         "C: it's printing now, oh and the wifi keeps dropping in the meeting room", "A: i'll have a look",
         "C: cheers"},
        "en");
    EXPECT_THAT(english.summary, HasSubstr("Also reports that the Wi-Fi keeps dropping"));
}

TEST(SecondMatter, IsTheFirstOneWhereTheCallWasForTheOther) {
    const Analysis english =
        analysed({"A: support", "C: hi teams has no sound", "A: check the speaker in settings",
                  "C: that's it thanks oh and the scanner doesn't send to my mail any more",
                  "A: i'll look at the scanner this afternoon and call you back", "C: ok"},
                 "en");
    EXPECT_THAT(english.summary, HasSubstr("Teams has no sound"));
    EXPECT_THAT(english.summary, HasSubstr("reports that the scanner doesn't send"));
    const Analysis french = analysed(
        {"A: support arcadie bonjour",
         "C: oui bonjour alors deux choses la première mon imprimante kyocera fait des traits noirs",
         "A: d'accord et la deuxième",
         "C: la deuxième c'est qu'on a un nouveau collaborateur lundi prochain faudrait lui créer son compte",
         "A: très bien je crée le compte d'ici vendredi et pour l'imprimante je vous envoie un technicien "
         "mercredi matin",
         "C: parfait merci beaucoup"});
    EXPECT_THAT(french.summary, Not(HasSubstr("la deuxième c'est")));
    EXPECT_THAT(french.summary, HasSubstr("traits noirs"));
    EXPECT_TRUE(promises(french, "onsite_visit"));
}

TEST(SecondMatter, IsHeardWithoutApostrophes) {
    for (const char* said : {"C: that's it thanks oh and the scanner won't send to my mail",
                             "C: thats it thanks oh and the scanner wont send to my mail"}) {
        const Analysis analysis =
            analysed({"A: support", "C: hi teams has no sound", "A: check the speaker in settings", said,
                      "A: i'll look at the scanner this afternoon", "C: ok"},
                     "en");
        EXPECT_THAT(analysis.summary, HasSubstr("the scanner won't send")) << said;
        EXPECT_THAT(analysis.summary, HasSubstr("Teams has no sound")) << said;
    }
}

TEST(SecondMatterCues, ServeWhereTheyAreGoodFor) {
    const auto says = [](const CueList& cues, const char* said) {
        Line line;
        line.words = wordsOf(said);
        return cues.first(line).has_value();
    };
    EXPECT_TRUE(says(secondMatterHints(), "mon écran aussi est noir"));
    EXPECT_FALSE(says(plainSecondMatters(), "mon écran aussi est noir"));
    EXPECT_FALSE(says(secondMatterLeads(), "mon écran aussi est noir"));
    EXPECT_TRUE(says(secondMatterOpenings(), "la deuxième imprimante"));
    EXPECT_FALSE(says(plainSecondMatters(), "la deuxième imprimante"));
    for (const char* said : {"autre chose", "oh and", "while I've got you", "one more thing"})
        for (const CueList* cues : {&plainSecondMatters(), &secondMatterLeads()})
            EXPECT_TRUE(says(*cues, said)) << said;
}

TEST(SecondMatter, IsNoneWhereOnlyOneIsTold) {
    EXPECT_THAT(analysed({"A: bonjour", "C: l'imprimante fait un bourrage", "A: autre chose", "C: non merci"})
                    .summary,
                Not(HasSubstr("aussi")));
    EXPECT_THAT(
        analysed({"A: hello", "C: the printer is jammed", "A: anything else", "C: no that's all"}, "en")
            .summary,
        Not(HasSubstr("Also")));
}

TEST(SecondMatter, IsTheSecondCategoryWhereItsWordsAreClear) {
    const Analysis analysis =
        analysed({"A: support", "C: bonjour word ne s'ouvre plus", "A: je lance une réparation voilà",
                  "C: super et ma collègue elle a plus internet",
                  "A: je vérifie sa prise je passe cet après midi", "C: d'accord"});
    EXPECT_EQ(analysis.secondaryCategory, InternetWifi);
    const auto found = std::ranges::find(analysis.evidence, "secondary_category", &protocol::Evidence::field);
    ASSERT_NE(found, analysis.evidence.end());
    EXPECT_EQ(found->confidence, Confidence::Likely);
    EXPECT_TRUE(promises(analysis, "onsite_visit"));
}

TEST(DatedDelivery, OfAVisitOrEquipmentIsKept) {
    EXPECT_TRUE(
        promises(analysed({"A: it support", "C: the wifi is dropping out every few minutes",
                           "A: i'll send an engineer on wednesday to look at the access point", "C: cheers"},
                          "en"),
                 "onsite_visit"));
    EXPECT_TRUE(promises(
        analysed(
            {"A: support", "C: hi the vpn won't connect and also my docking station doesn't charge my laptop",
             "A: vpn first i've reset your token try now", "C: yes connected",
             "A: the dock i'll swap for you tomorrow morning", "C: perfect"},
            "en"),
        "order_hardware"));
}

TEST(DatedDelivery, OfATelephoneIsNoCall) {
    const Analysis analysis =
        analysed({"A: support bonjour",
                  "C: bonjour j'ai deux soucis outlook ne s'ouvre plus et mon téléphone ne sonne plus",
                  "A: je répare outlook tout de suite", "C: ah il s'ouvre",
                  "A: et pour le téléphone je vous envoie un nouveau poste demain", "C: merci"});
    EXPECT_TRUE(promises(analysis, "order_hardware"));
    EXPECT_FALSE(promises(analysis, "callback"));
    EXPECT_FALSE(analysis.callbackPromised);
}

TEST(DatedDelivery, IsNoneWithoutADayOrOfSomethingElse) {
    for (const char* said :
         {"A: je passe la main à un collègue demain", "A: je passe la demande à l'équipe jeudi",
          "A: je vous envoie la procédure pour l'écran demain", "A: je vous commande un écran",
          "A: i'll send you a link for the screen tomorrow", "A: i'll swap the dock",
          "A: if it fails i'll swap the dock tomorrow"}) {
        const protocol::AnalysisInput input = talk({said}, "");
        EXPECT_TRUE(datedDeliveries(readConversation(input)).empty()) << said;
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
