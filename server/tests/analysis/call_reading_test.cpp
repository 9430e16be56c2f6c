#include "server/analysis/conclusions/call_reading.hpp"

#include "server/analysis/conclusions/asides.hpp"
#include "server/analysis/conclusions/category.hpp"
#include "server/analysis/entities/entities.hpp"
#include "server/analysis/model/head_names.hpp"
#include "server/analysis/summary/wording.hpp"
#include "server/analysis/weights/weights.hpp"
#include "server/tests/analysis/call_files.hpp"
#include "server/tests/analysis/talk.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <stdexcept>

namespace ninja3cx::analysis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const protocol::Evidence* evidenceFor(const protocol::Analysis& analysis, std::string_view field) {
    for (const protocol::Evidence& evidence : analysis.evidence)
        if (evidence.field == field) return &evidence;
    return nullptr;
}

template <class E>
std::vector<std::string> namesOf() {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto enumerator) { names.emplace_back(json::encode(enumerator.value).as_string()); });
    return names;
}

/// The finders take a value's index for the enumerator.
TEST(CallReading, TheModelsAnswersAreInTheOrderOfTheEnumerations) {
    const Model& model = builtInModel();
    EXPECT_EQ(model.choice("category")->values, namesOf<protocol::Category>());
    EXPECT_EQ(model.choice("sentiment")->values, namesOf<protocol::Sentiment>());
    EXPECT_EQ(model.choice("start")->values, namesOf<protocol::Sentiment>());
    EXPECT_EQ(model.choice("end")->values, namesOf<protocol::Sentiment>());
    EXPECT_EQ(model.choice("priority")->values, namesOf<protocol::Priority>());
}

TEST(CallReading, DoesNotTakeAMisspeltNameForANo) {
    const auto input = talk({"C: le vpn ne marche plus"});
    const Conversation conversation = readConversation(input);
    const CallReading reading{conversation, builtInModel()};
    EXPECT_THROW(reading.answer("weather"), std::logic_error);
    EXPECT_THROW(reading.answerOfMatter("weather"), std::logic_error);
    EXPECT_THROW(reading.shows(0, "weather"), std::logic_error);
    EXPECT_THROW(reading.laterChance(0, "weather"), std::logic_error);
    EXPECT_THROW(reading.basisOf({"weather"}), std::logic_error);
}

TEST(CallReading, KnowsEveryNameThatIsAsked) {
    const auto input = talk({"C: le vpn ne marche plus"});
    const Conversation conversation = readConversation(input);
    const CallReading reading{conversation, builtInModel()};
    for (const std::string_view name : {question::kCallback, question::kResolved})
        EXPECT_NO_THROW(reading.answer(name)) << name;
    for (const std::string_view name : {head::kFix, head::kOpen, head::kCallbackTodo})
        EXPECT_NO_THROW(reading.shows(0, name)) << name;
    for (const std::string_view kind : protocol::kActionKinds) {
        EXPECT_NO_THROW(reading.answer(actionHead(kind))) << kind;
        EXPECT_NO_THROW(reading.shows(0, actionHead(kind))) << kind;
        EXPECT_NO_THROW(reading.laterChance(0, kind)) << kind;
    }
    for (int value = 0; value <= static_cast<int>(protocol::Category::OtherNonSupport); ++value)
        EXPECT_NO_THROW(reading.shows(0, turnHeadOf(static_cast<protocol::Category>(value)))) << value;
}

TEST(CallReading, ABasisHasFewTurnsInTheirOrderAndWordsOfThem) {
    const auto input = talk({"A: Support, bonjour.", "C: Bonjour, c'est inadmissible, encore une panne !",
                             "A: Je suis désolé.", "C: J'en ai vraiment marre.", "A: Je transmets.",
                             "C: C'est honteux.", "A: Voilà.", "C: Je suis très déçu de vous."});
    const Conversation conversation = readConversation(input);
    const CallReading reading{conversation, builtInModel()};
    const Basis basis = reading.basisOf({"neg"}, protocol::Speaker::Customer);
    ASSERT_FALSE(basis.turns.empty());
    EXPECT_LE(basis.turns.size(), 3u);
    EXPECT_TRUE(std::ranges::is_sorted(basis.turns));
    for (const std::int32_t turn : basis.turns) EXPECT_EQ(turn % 2, 1);
    EXPECT_THAT(basis.cue, Not(IsEmpty()));
}

TEST(CallReading, ThePlainestTurnsShowAtLeastHalfOfWhatTheBestDoes) {
    const auto input =
        talk({"A: Support, bonjour.", "C: Bonjour, c'est inadmissible, encore une panne !", "A: C'est noté.",
              "C: Le code postal, c'est Lyon.", "C: ...", "C: J'en ai vraiment marre, c'est honteux."});
    const Conversation conversation = readConversation(input);
    const CallReading reading{conversation, builtInModel()};
    const auto shown = reading.plainestTurns({"neg"}, protocol::Speaker::Customer);
    std::vector<std::int32_t> turns;
    for (const CallReading::Shown& each : shown) {
        EXPECT_EQ(each.plain, reading.shows(static_cast<std::size_t>(each.turn), "neg"));
        EXPECT_GE(each.plain, 0.5F * shown[0].plain);
        turns.push_back(each.turn);
    }
    EXPECT_TRUE(std::ranges::is_sorted(shown, std::greater{}, &CallReading::Shown::plain));
    EXPECT_THAT(turns, UnorderedElementsAre(1, 5));
    EXPECT_THAT(reading.plainestTurns({"neg"}), SizeIs(shown.size()));
}

TEST(CallReading, WhereTheWantedSideIsSilentTheOtherStandsForIt) {
    const auto input = talk({"A: Il y a quelqu'un ?"});
    const Conversation conversation = readConversation(input);
    const CallReading reading{conversation, builtInModel()};
    EXPECT_THAT(reading.basisOf({"neg"}, protocol::Speaker::Customer).turns, ElementsAre(0));
}

TEST(CallReading, ACueDoesNotBreakAWordApart) {
    const auto input = talk({"A: Support.", "C: J'ai un rendez-vous et l'imprimante n'imprime plus."});
    const Conversation conversation = readConversation(input);
    const CallReading reading{conversation, builtInModel()};
    const std::string cue = reading.basisIn({1}, {"category.printer_scanner"}).cue;
    EXPECT_THAT(cue, HasSubstr("imprim"));
    EXPECT_THAT(input.turns[1].text, HasSubstr(cue));
    EXPECT_FALSE(cue.starts_with('\'') || cue.ends_with('\''));
}

TEST(CallReading, ACueHasNoHesitations) {
    const auto input = talk({"A: Support.", "C: le euh le bourrage euh hum papier de l'imprimante"});
    const Conversation conversation = readConversation(input);
    const CallReading reading{conversation, builtInModel()};
    EXPECT_THAT(reading.basisIn({1}, {"category.printer_scanner"}).cue, HasSubstr("bourrage papier"));
}

TEST(Asides, BeginWhereTheTechnicianAsksForMore) {
    const struct {
        std::vector<std::string> lines;
        std::size_t from;
    } rows[] = {{{"C: le wifi", "A: voilà", "A: autre chose ?", "C: la sauvegarde"}, 2},
                {{"C: le wifi", "A: voilà", "C: j'ai autre chose", "A: oui"}, 4},
                {{"A: autre chose ?", "C: le wifi", "A: voilà", "C: merci"}, 4},
                {{"C: it's slow", "A: done", "A: anything else", "C: no"}, 2},
                {{}, 0}};
    for (const auto& row : rows) {
        const auto input = talk(row.lines);
        EXPECT_EQ(asideFrom(readConversation(input)), row.from);
    }
}

/// Names each field that a technician may ask the reason of.
TEST(Evidence, StandsBehindEveryConclusion) {
    for (int n = 1; n <= 30; ++n) {
        char path[64];
        std::snprintf(path, sizeof path, "tests/eval/analysis/dev/ana-d%03d.json", n);
        const auto input = json::decode<protocol::AnalysisInput>(readJsonFile(path));
        ASSERT_TRUE(input) << path;
        const protocol::Analysis analysis = analyse(*input);
        std::vector<std::string> fields = {"category", "sentiment",        "priority",
                                           "resolved", "ticket_warranted", "callback_promised"};
        if (analysis.secondaryCategory) fields.emplace_back("secondary_category");
        for (const auto& action : analysis.actions) fields.push_back("actions." + action.kind);
        for (const std::string& field : fields) {
            const protocol::Evidence* evidence = evidenceFor(analysis, field);
            ASSERT_TRUE(evidence) << path << field;
            EXPECT_FALSE(evidence->turns.empty()) << path << field;
            EXPECT_LE(evidence->turns.size(), 3u) << path << field;
            for (const std::int32_t turn : evidence->turns) {
                EXPECT_GE(turn, 0);
                EXPECT_LT(static_cast<std::size_t>(turn), input->turns.size()) << path << field;
            }
        }
        fields.emplace_back("subject");
        for (std::size_t i = 0; i < sentencesOf(analysis.summary).size(); ++i) fields.emplace_back("summary");
        for (const auto& [kind, values] : analysis.entities)
            for (const std::string& value : values) fields.push_back(entityField(kind, value));
        for (const protocol::Evidence& each : analysis.evidence) {
            EXPECT_FALSE(each.turns.empty()) << path << each.field;
            EXPECT_LE(each.cue.size(), 130u) << path << each.field;
        }
        EXPECT_EQ(analysis.evidence.size(), fields.size()) << path;
        EXPECT_NE(analysis.runnerUp, analysis.category) << path;
        EXPECT_TRUE(analysis.runnerUp) << path;
    }
}

TEST(Evidence, HasNoTurnsWhereNothingWasSaid) {
    const protocol::Analysis analysis = analyse(talk({"A: ", "C: ..."}));
    for (const protocol::Evidence& evidence : analysis.evidence) {
        EXPECT_TRUE(evidence.turns.empty()) << evidence.field;
        EXPECT_EQ(evidence.confidence, protocol::Confidence::Unsure) << evidence.field;
    }
}

TEST(Evidence, QuotesNoPersonalData) {
    const protocol::Analysis analysis = analyse(
        talk({"A: Support, bonjour.", "C: Bonjour, mon mot de passe Tulipe2031 ne passe plus.",
              "C: C'est mon mot de passe c'est Tulipe2031 et ma carte 4111 1111 1111 1111.",
              "A: Je le réinitialise, le nouveau mot de passe c'est Jonquille77.", "C: Ça marche, merci."}));
    for (const protocol::Evidence& evidence : analysis.evidence) {
        EXPECT_THAT(evidence.cue, Not(HasSubstr("Jonquille"))) << evidence.field;
        EXPECT_THAT(evidence.cue, Not(HasSubstr("4111"))) << evidence.field;
    }
}

TEST(Evidence, IsTheSameForTheSameCall) {
    const auto input = talk({"A: Support, bonjour.", "C: Le scanner n'envoie plus rien.",
                             "A: Je relance le service.", "C: Ça marche, merci beaucoup !"});
    EXPECT_EQ(analyse(input), analyse(input));
}

TEST(CallReading, TakesThousandsOfTurns) {
    protocol::AnalysisInput input;
    input.language = "fr";
    for (int i = 0; i < 4000; ++i)
        input.turns.push_back({i % 2 == 0 ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0,
                               "l'imprimante du couloir fait un bourrage numéro " + std::to_string(i)});
    const protocol::Analysis analysis = analyse(input);
    EXPECT_EQ(analysis.category, protocol::Category::PrinterScanner);
    for (const protocol::Evidence& evidence : analysis.evidence) EXPECT_LE(evidence.turns.size(), 3u);
}

}  // namespace
}  // namespace ninja3cx::analysis
