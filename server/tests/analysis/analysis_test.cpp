#include "server/tests/analysis/talk.hpp"
#include "shared/core/text.hpp"

#include <gmock/gmock.h>

#include <random>
#include <tuple>

namespace ninja3cx::analysis {
namespace {

using ::testing::HasSubstr;

const protocol::AnalysisAction* actionOf(const protocol::Analysis& analysis, const std::string& kind) {
    for (const auto& action : analysis.actions)
        if (action.kind == kind) return &action;
    return nullptr;
}

TEST(Analysis, ActionsHaveADueAndAState) {
    const auto analysis = analyse(
        talk({"C: Bonjour, c'est Paul Girard, mon imprimante ne marche plus", "A: je redémarre le service",
              "A: un technicien passera demain matin", "A: je vous rappelle dans dix minutes"}));
    ASSERT_TRUE(actionOf(analysis, "reboot"));
    EXPECT_EQ(actionOf(analysis, "reboot")->status, "done");
    ASSERT_TRUE(actionOf(analysis, "onsite_visit"));
    EXPECT_EQ(actionOf(analysis, "onsite_visit")->due, "demain matin");
    ASSERT_TRUE(actionOf(analysis, "callback"));
    EXPECT_EQ(actionOf(analysis, "callback")->due, "dans dix minutes");
    EXPECT_THAT(actionOf(analysis, "callback")->text, HasSubstr("Paul Girard"));
    EXPECT_TRUE(analysis.callbackPromised);
    EXPECT_FALSE(analysis.resolved);
}

TEST(Analysis, WhatHasALaterDayIsToDo) {
    const auto cutIn = [](std::vector<std::string> lines, const std::string& language) {
        protocol::AnalysisInput input = talk(lines, language);
        input.startedAt = "2026-12-23T16:00:00+01:00";
        std::string cut;
        for (const protocol::AnalysisAction& action : analyse(input).actions)
            if (action.kind == "disable_account") cut += action.status + " " + action.due.value_or("");
        return cut;
    };
    EXPECT_EQ(cutIn({"A: support bonjour",
                     "C: bonjour c'est pour le départ de mathilde roussel le quinze janvier il faudra couper "
                     "ses accès",
                     "A: d'accord je désactive son compte le quinze janvier à dix huit heures",
                     "C: merci et transférer sa boîte à son chef", "A: c'est noté", "C: merci"},
                    "fr"),
              "todo 2027-01-15T18:00");
    EXPECT_EQ(cutIn({"A: service desk",
                     "C: hi emma clarke leaves on the fifteenth of january her account has to go",
                     "A: ok i'll disable it on the fifteenth of january at six pm", "C: thanks"},
                    "en"),
              "todo 2027-01-15T18:00");
    EXPECT_EQ(
        cutIn({"A: support bonjour", "C: bonjour c'est pour le départ de mathilde roussel coupez ses accès",
               "A: je désactive son compte, voilà c'est fait", "C: merci"},
              "fr"),
        "done ");
}

TEST(Analysis, AskingForANumberPromisesNothing) {
    EXPECT_FALSE(
        analyse(talk({"C: le vpn est coupé", "A: à quel numéro puis-je vous rappeler"})).callbackPromised);
    EXPECT_FALSE(analyse(talk({"C: le vpn est coupé", "A: ça remarche", "C: je vous rappelle si ça revient"}))
                     .callbackPromised);
}

TEST(Analysis, WhatTheCustomerConfirmsIsResolved) {
    EXPECT_TRUE(analyse(talk({"C: je n'ai plus accès au vpn", "A: je relance", "C: ça y est, ça marche",
                              "A: parfait"}))
                    .resolved);
    EXPECT_FALSE(analyse(talk({"C: je n'ai plus accès au vpn", "A: je relance",
                               "C: non ça marche toujours pas", "A: je transmets à l'équipe réseau"}))
                     .resolved);
}

TEST(Analysis, NoClockIsAsked) {
    // What says no year is of the one year that the rules know.
    EXPECT_EQ(readConversation(talk({"C: je suis né le 12 mai 84"})).year, 2030);
    for (const auto& [said, language, iso] :
         {std::tuple{"C: je suis né le 12 mai 84", "fr", "1984-05-12"},
          std::tuple{"C: je suis née le 12 mai 35", "fr", "1935-05-12"},
          std::tuple{"C: i was born on the 3rd of March 84", "en", "1984-03-03"}}) {
        const auto analysis = analyse(talk({said}, language));
        ASSERT_EQ(analysis.pii.size(), 1U) << said;
        EXPECT_EQ(analysis.pii[0].value, iso);
    }
}

TEST(Analysis, WrongNumbersNeedNoTicket) {
    const auto analysis = analyse(talk(
        {"C: bonjour je voudrais une pizza", "A: ici le support", "C: pardon je me suis trompé de numéro"}));
    EXPECT_FALSE(analysis.ticketWarranted);
    EXPECT_EQ(analysis.actions.at(0).kind, "none");
}

struct WordlessRow {
    const char* name;
    std::vector<std::string> lines;
    const char* language;
    const char* summary;
};
class Wordless : public testing::TestWithParam<WordlessRow> {};

TEST_P(Wordless, NothingIsConcluded) {
    const auto analysis = analyse(talk(GetParam().lines, GetParam().language));
    EXPECT_FALSE(analysis.resolved);
    EXPECT_FALSE(analysis.ticketWarranted);
    EXPECT_FALSE(analysis.callbackPromised);
    EXPECT_EQ(analysis.summary, GetParam().summary);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Wordless,
    testing::Values(WordlessRow{"NoTurns", {}, "fr", "Rien n'a été compris de cet appel."},
                    WordlessRow{"NoTurnsEnglish", {}, "en", "Nothing was understood of this call."},
                    WordlessRow{"EmptyTurns", {"A: ", "C: "}, "fr", "Rien n'a été compris de cet appel."},
                    WordlessRow{"Dots", {"C: ...", "A: -"}, "en", "Nothing was understood of this call."}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Analysis, TextsAreInTheLanguageOfTheCallAndClean) {
    const auto french =
        analyse(talk({"C: euh bonjour le le vpn euh marche plus depuis hier soir", "A: je regarde"}));
    EXPECT_THAT(french.summary, HasSubstr("signale que le VPN ne marche plus depuis hier soir"));
    EXPECT_EQ(french.summary.find("euh"), std::string::npos);
    const auto english = analyse(talk(
        {"C: Hello, the VPN keeps dropping since this morning.", "A: I'll call you back tomorrow."}, "en"));
    EXPECT_THAT(english.summary, HasSubstr("reports"));
    EXPECT_THAT(english.subject, HasSubstr("VPN"));
}

TEST(Analysis, AnyBytesAreTakenAndOutputIsShort) {
    std::mt19937 random{11};
    static constexpr const char* kWords[] = {"vpn",     "é",     "\xC3", "\xFF\xFE", "mot de passe", "c'est",
                                             "arobase", "point", "fr",   "0",        "zéro",         "x",
                                             "[card",   "\n",    "",     "monsieur", "Ticket",       "A"};
    for (int round = 0; round < 400; ++round) {
        protocol::AnalysisInput input;
        input.language = round % 3 == 0 ? "fr" : round % 3 == 1 ? "en" : "";
        for (unsigned turn = 0; turn < random() % 6; ++turn) {
            std::string text;
            for (unsigned i = 0; i < random() % 30; ++i) {
                if (random() % 4 == 0)
                    text += static_cast<char>(random());
                else
                    text += std::string{kWords[random() % std::size(kWords)]} + " ";
            }
            input.turns.push_back(
                {random() % 2 ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, text});
        }
        const auto analysis = analyse(input);
        std::size_t characters = 0;
        for (const char c : analysis.subject) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        EXPECT_LE(characters, 80u);
        if (std::all_of(input.turns.begin(), input.turns.end(),
                        [](const auto& turn) { return isUtf8(turn.text); })) {
            EXPECT_TRUE(isUtf8(analysis.subject + analysis.summary));
        }
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
