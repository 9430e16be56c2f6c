#include "server/analysis/entities/entities.hpp"
#include "server/analysis/summary/wording.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;
using protocol::Evidence;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;

using Turns = std::vector<std::int32_t>;

struct EntityRow {
    const char* name;
    const char* language;
    std::vector<std::string> lines;
    const char* kind;
    const char* value;
    const char* cue;
    Turns turns;
    Confidence confidence;
};
class EntityEvidence : public testing::TestWithParam<EntityRow> {};
TEST_P(EntityEvidence, SaysWhereItWasSaidAndHow) {
    const EntityRow& row = GetParam();
    const protocol::Analysis analysis = analyse(talk(row.lines, row.language));
    ASSERT_THAT(analysis.entities.at(row.kind), Contains(row.value));
    const auto evidence =
        std::ranges::find(analysis.evidence, entityField(row.kind, row.value), &Evidence::field);
    ASSERT_NE(evidence, analysis.evidence.end());
    EXPECT_EQ(evidence->cue, row.cue);
    EXPECT_EQ(evidence->turns, row.turns);
    EXPECT_EQ(evidence->confidence, row.confidence);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, EntityEvidence,
    testing::Values(
        EntityRow{"APersonInWriting",
                  "fr",
                  {"A: Support bonjour.", "C: Bonjour, Paul Girard de Garage Dumas."},
                  "person",
                  "Paul Girard",
                  "Paul Girard",
                  {1},
                  Confidence::Sure},
        EntityRow{"APersonInLowerCase",
                  "fr",
                  {"A: support bonjour", "C: bonjour thierry lambert cabinet morel on n'a plus de réseau"},
                  "person",
                  "Thierry Lambert",
                  "thierry lambert",
                  {1},
                  Confidence::Likely},
        EntityRow{"APersonNamedAgain",
                  "fr",
                  {"A: support bonjour", "C: bonjour thierry lambert cabinet morel",
                   "A: thierry lambert c'est noté"},
                  "person",
                  "Thierry Lambert",
                  "thierry lambert",
                  {1, 2},
                  Confidence::Sure},
        EntityRow{"ACompanyByItsForm",
                  "fr",
                  {"A: support bonjour", "C: bonjour thierry lambert cabinet morel on n'a plus de réseau"},
                  "company",
                  "Cabinet Morel",
                  "cabinet morel",
                  {1},
                  Confidence::Likely},
        EntityRow{"ACompanyInEnglish",
                  "en",
                  {"A: Hello, Nathan speaking.", "C: Hi Nathan, Beatrix Holm at Wrenfield Dental."},
                  "company",
                  "Wrenfield Dental",
                  "Wrenfield Dental",
                  {1},
                  Confidence::Sure},
        EntityRow{"APhoneInOneTurn",
                  "fr",
                  {"A: à quel numéro ?", "C: c'est le 06 24 51 33 18"},
                  "phone",
                  "06 24 51 33 18",
                  "06 24 51 33 18",
                  {1},
                  Confidence::Sure},
        EntityRow{"APhoneOverSeveralTurns",
                  "fr",
                  {"C: c'est le zéro six douze", "A: oui", "C: trente quatre cinquante six", "A: oui",
                   "C: soixante dix huit voilà"},
                  "phone",
                  "06 12 34 56 78",
                  "zéro six douze, trente quatre cinquante six, soixante dix huit",
                  {0, 2, 4},
                  Confidence::Likely},
        EntityRow{"APhoneReadBack",
                  "fr",
                  {"C: le 06 24 51 33 18", "A: donc 06 24 51 33 18"},
                  "phone",
                  "06 24 51 33 18",
                  "06 24 51 33 18",
                  {0, 1},
                  Confidence::Sure},
        EntityRow{"AMailInWords",
                  "fr",
                  {"C: girard arobase garage tiret dumas point fr"},
                  "email",
                  "girard@garage-dumas.fr",
                  "girard arobase garage tiret dumas point fr",
                  {0},
                  Confidence::Likely},
        EntityRow{"ASpelledMail",
                  "en",
                  {"C: h o l m at wrenfield dot co dot uk"},
                  "email",
                  "holm@wrenfield.co.uk",
                  "h o l m at wrenfield dot co dot uk",
                  {0},
                  Confidence::Sure},
        EntityRow{"AProductByItsName",
                  "fr",
                  {"C: j'ouvre outlook et ça plante"},
                  "software",
                  "Outlook",
                  "outlook",
                  {0},
                  Confidence::Sure},
        EntityRow{"ATicket",
                  "en",
                  {"C: it's about ticket number 48213"},
                  "ticket_number",
                  "48213",
                  "ticket number 48213",
                  {0},
                  Confidence::Sure},
        EntityRow{"AnErrorCode",
                  "fr",
                  {"C: il affiche le code erreur 0x80070005"},
                  "error_code",
                  "0x80070005",
                  "0x80070005",
                  {0},
                  Confidence::Sure}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Evidence, IsThereForEachEntityOnce) {
    const protocol::Analysis analysis =
        analyse(talk({"A: Support bonjour, c'est Sophie à l'appareil.",
                      "C: Bonjour, Paul Girard de Garage Dumas, Outlook affiche l'erreur 0x800CCC0F.",
                      "C: Mon numéro c'est le 06 24 51 33 18."}));
    std::size_t entities = 0;
    for (const auto& [kind, values] : analysis.entities)
        for (const std::string& value : values) {
            ++entities;
            EXPECT_EQ(std::ranges::count(analysis.evidence, entityField(kind, value), &Evidence::field), 1)
                << kind << " " << value;
        }
    EXPECT_GE(entities, 5U);
    EXPECT_EQ(std::ranges::count_if(analysis.evidence,
                                    [](const Evidence& each) { return each.field.starts_with("entities."); }),
              static_cast<std::ptrdiff_t>(entities));
}

std::vector<Evidence> evidenceFor(const protocol::Analysis& analysis, const std::string& field) {
    std::vector<Evidence> all;
    std::ranges::copy_if(analysis.evidence, std::back_inserter(all),
                         [&](const Evidence& each) { return each.field == field; });
    return all;
}

TEST(Evidence, IsThereForTheSubjectAndEachSentenceOfTheSummary) {
    const struct {
        const char* language;
        std::vector<std::string> lines;
        const char* problem;  // part of the first sentence's cue
    } rows[] = {{"fr",
                 {"A: Support bonjour.", "C: Bonjour, Paul Girard de Garage Dumas.",
                  "C: Mon imprimante n'imprime plus depuis ce matin.", "A: Je redémarre le spouleur.",
                  "C: Ça marche, merci beaucoup.", "A: Je vous rappelle demain pour vérifier."},
                 "imprimante"},
                {"en",
                 {"A: Hello, help desk.", "C: Hi, it's Beatrix Holm at Wrenfield Dental.",
                  "C: My printer won't print since this morning.", "A: I have restarted the spooler.",
                  "C: That works, thank you so much.", "A: I'll call you back tomorrow to check."},
                 "printer"}};
    for (const auto& row : rows) {
        const protocol::Analysis analysis = analyse(talk(row.lines, row.language));
        const std::vector<Evidence> subject = evidenceFor(analysis, "subject");
        ASSERT_EQ(subject.size(), 1U);
        EXPECT_FALSE(subject[0].turns.empty()) << analysis.subject;
        EXPECT_FALSE(subject[0].cue.empty()) << analysis.subject;
        const std::vector<std::string> sentences = sentencesOf(analysis.summary);
        const std::vector<Evidence> summary = evidenceFor(analysis, "summary");
        ASSERT_EQ(summary.size(), sentences.size()) << analysis.summary;
        for (std::size_t i = 0; i < summary.size(); ++i)
            EXPECT_FALSE(summary[i].turns.empty()) << sentences[i];
        EXPECT_THAT(summary[0].turns, Contains(1)) << "who calls";
        EXPECT_THAT(summary[0].turns, Contains(2)) << "and why";
        EXPECT_THAT(summary[0].cue, HasSubstr(row.problem));
    }
}

TEST(Evidence, OfATextIsAsSureAsTheWeakestThingThatItSays) {
    const protocol::AnalysisInput input =
        talk({"C: bonjour thierry lambert cabinet morel", "C: mon imprimante ne marche plus"});
    const Conversation conversation = readConversation(input);
    CategoryFinding finding;
    finding.main.value = protocol::Category::PrinterScanner;
    finding.main.confidence = Confidence::Sure;
    const Names names = findNames(conversation);
    std::vector<FoundAction> actions(2);
    for (FoundAction& action : actions) action.action.status = "done";
    actions[0].action.kind = "reboot";
    actions[0].action.text = "Imprimante redémarrée";
    actions[0].turns = {0};
    actions[0].confidence = Confidence::Sure;
    actions[1].action.kind = "monitor";
    actions[1].action.text = "Impression surveillée";
    actions[1].turns = {1};
    actions[1].confidence = Confidence::Likely;
    const std::vector<Movement> movements;
    Findings findings{conversation, finding, names, movements, actions, protocol::Sentiment::Neutral, true};
    findings.resolvedBasis = {{1}, "marche"};
    const GroundedText summary = summaryOf(findings);
    ASSERT_EQ(summary.sentences.size(), 3U) << summary.text;
    EXPECT_EQ(summary.sentences[0].confidence, Confidence::Likely) << "the name was heard, not written";
    EXPECT_EQ(summary.sentences[1].confidence, Confidence::Likely);
    EXPECT_THAT(summary.sentences[1].turns, ElementsAre(0, 1));
    EXPECT_EQ(summary.sentences[2].confidence, Confidence::Sure);
    EXPECT_EQ(summary.sentences[2].cue, "marche");
    EXPECT_EQ(subjectOf(findings).sentences[0].confidence, Confidence::Likely);
    finding.main.confidence = Confidence::Unsure;
    EXPECT_EQ(subjectOf(findings).sentences[0].confidence, Confidence::Unsure);
}

TEST(Sentences, EndWhereOneReadsTheirEnd) {
    EXPECT_THAT(sentencesOf("M. Petit dit « ça marche ? » au support. À faire : rappeler. Ouvert"),
                ElementsAre("M. Petit dit « ça marche ? » au support.", "À faire : rappeler.", "Ouvert"));
    EXPECT_THAT(sentencesOf("Mr. Holm called. Windows 10.5 fails! Why?"),
                ElementsAre("Mr. Holm called.", "Windows 10.5 fails!", "Why?"));
    EXPECT_THAT(sentencesOf(""), Eq(std::vector<std::string>{}));
}

TEST(Evidence, CarriesNoPersonalData) {
    const protocol::Analysis analysis = analyse(
        talk({"C: Bonjour, Paul Girard.", "C: Mon mot de passe c'est Bleuet45 et Outlook le refuse."}));
    for (const Evidence& each : analysis.evidence)
        EXPECT_EQ(each.cue.find("Bleuet"), std::string::npos) << each.cue;
}

}  // namespace
}  // namespace ninja3cx::analysis
