#include "server/analysis/conclusions/priority_rules.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Category;
using enum protocol::Priority;

struct RuleRow {
    const char* name;
    protocol::Category category;
    protocol::Priority said;
    std::vector<std::string> lines;
    std::optional<protocol::Priority> ruled;
};
class PriorityRules : public testing::TestWithParam<RuleRow> {};

TEST_P(PriorityRules, BeatTheTable) {
    const RuleRow& row = GetParam();
    const auto input = talk(row.lines);
    const auto rule = exceptionFor(readConversation(input), row.category, row.said);
    ASSERT_EQ(rule.has_value(), row.ruled.has_value());
    if (!rule) return;
    EXPECT_EQ(rule->value, *row.ruled);
    ASSERT_EQ(rule->turns.size(), 1u);
    EXPECT_NE(input.turns[static_cast<std::size_t>(rule->turns[0])].text.find(rule->cue), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PriorityRules,
    testing::Values(
        RuleRow{"ClickedIsHigh", SecurityIncident, Low, {"C: j'ai cliqué sur le lien"}, High},
        RuleRow{"ThePasswordTypedIsHigh", SecurityIncident, Low, {"C: I typed in my password"}, High},
        RuleRow{"TheTechniciansQuestionIsNoAdmission",
                SecurityIncident,
                Low,
                {"A: vous avez cliqué", "C: non je n'ai pas cliqué"},
                Low},
        RuleRow{"NotClickedIsLow", SecurityIncident, Medium, {"C: je n'ai rien ouvert"}, Low},
        RuleRow{"WhatTheAntivirusStoppedIsMedium",
                SecurityIncident,
                Low,
                {"C: une fenêtre rouge", "A: il est en quarantaine"},
                Medium},
        RuleRow{"StoppedBeatsNotOpened",
                SecurityIncident,
                Low,
                {"C: je n'ai rien ouvert", "A: la menace est en quarantaine"},
                Medium},
        RuleRow{"WhatIsSeenAsCompromiseStaysHigh",
                SecurityIncident,
                High,
                {"C: tous les fichiers sont en quarantaine"},
                std::nullopt},
        RuleRow{"AStolenLaptopIsHighWhateverTheCategory",
                Hardware,
                Medium,
                {"C: on m'a volé mon ordinateur hier"},
                High},
        RuleRow{
            "ANickedPhoneIsHigh", AccountPassword, Low, {"C: my work phone got nicked on saturday"}, High},
        RuleRow{"ALostPhoneIsHigh", AccountPassword, Low, {"C: le téléphone je l'ai perdu mardi"}, High},
        RuleRow{"APhoneThatLostItsSignalIsNone",
                Telephony,
                Low,
                {"C: le portable a perdu le réseau"},
                std::nullopt},
        RuleRow{"OnlyTheCustomerLosesADevice",
                Hardware,
                Medium,
                {"A: vous avez perdu votre portable"},
                std::nullopt},
        RuleRow{"ThisWeekIsMedium",
                OnboardingOffboarding,
                Low,
                {"C: elle commence lundi", "C: elle est née en mars, en avril"},
                Medium},
        RuleRow{"InSomeWeeksIsLow",
                OnboardingOffboarding,
                Medium,
                {"C: il arrive lundi dans trois semaines"},
                Low},
        RuleRow{
            "AnImmediateCutIsHigh", OnboardingOffboarding, Low, {"C: coupez ses accès immédiatement"}, High},
        RuleRow{"UndatedIsTheTables", OnboardingOffboarding, Low, {"C: un stagiaire viendra"}, std::nullopt},
        RuleRow{"ASwollenBatteryIsMedium", Hardware, Low, {"C: la batterie a gonflé"}, Medium},
        RuleRow{"ASmellIsMediumWhateverTheCategory",
                ServerInfrastructure,
                Low,
                {"C: l'onduleur bipe et il y a une odeur de brûlé"},
                Medium},
        RuleRow{"SmokeIsMedium", PrinterScanner, Low, {"C: there's smoke coming out of the copier"}, Medium},
        RuleRow{"AnEnglishSmellIsMedium", Hardware, Low, {"C: it has a burning smell"}, Medium},
        RuleRow{"AnEnglishBatteryIsMedium", Hardware, Low, {"C: the battery is badly swollen"}, Medium},
        RuleRow{"TheSmokeAlarmIsNoSmoke", Hardware, Low, {"C: the smoke alarm went off"}, std::nullopt},
        RuleRow{"DangerDoesNotLower", Hardware, High, {"C: ça sent le brûlé"}, std::nullopt},
        RuleRow{"NoSmellIsNoDanger", Hardware, Low, {"C: il n'y a pas d'odeur de brûlé"}, std::nullopt},
        RuleRow{"OtherCallsHaveTheTable", Email, Medium, {"C: j'ai cliqué, c'est lundi"}, std::nullopt}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
