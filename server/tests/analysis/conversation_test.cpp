#include "server/analysis/conversation/conversation.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* name;
    const char* language;
    std::vector<std::string> lines;
    const char* expected;
};
class Language : public testing::TestWithParam<Row> {};

TEST_P(Language, IsWhatTheCallSaysOrIsSpokenIn) {
    const protocol::AnalysisInput call = talk(GetParam().lines, GetParam().language);
    EXPECT_EQ(languageOf(call), GetParam().expected);
    EXPECT_EQ(readConversation(call).isEnglish, std::string{"en"} == GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Language,
    testing::Values(Row{"Said", "fr", {"C: the printer is not working"}, "fr"},
                    Row{"SaidEnglish", "en", {"C: le vpn ne marche plus"}, "en"},
                    Row{"HeardEnglish", "auto", {"A: hello", "C: hello the printer is not working"}, "en"},
                    Row{"HeardFrench", "auto", {"C: bonjour le vpn ne marche plus"}, "fr"},
                    Row{"Mixed", "", {"A: hello", "C: bonjour je suis sur le software de la compta"}, "fr"},
                    Row{"Another", "de", {"C: the mail is not sent"}, "en"},
                    Row{"Nothing", "auto", {}, "fr"}),
    [](const auto& info) { return std::string{info.param.name}; });

struct GapRow {
    const char* name;
    const char* text;  // the word `pc`, and what follows
    const char* gap;
    bool isClauseEnd;
    bool isSentenceEnd;
};
class Gap : public testing::TestWithParam<GapRow> {};

TEST_P(Gap, EndsAClauseOrASentence) {
    const auto input = talk({std::string{"C: le "} + GetParam().text});
    const Line line = readConversation(input).lines.at(0);
    ASSERT_EQ(line.words.at(1).text, "pc");
    EXPECT_EQ(line.gapAfter(1), GetParam().gap);
    EXPECT_EQ(line.isCutAfter(1), GetParam().isClauseEnd);
    EXPECT_EQ(line.isCutAfter(1, kSentenceMarks), GetParam().isSentenceEnd);
    EXPECT_FALSE(line.isCutAfter(0));
}

INSTANTIATE_TEST_SUITE_P(Rows, Gap,
                         testing::Values(GapRow{"Space", "pc rame", " ", false, false},
                                         GapRow{"Hyphen", "pc-portable", "-", false, false},
                                         GapRow{"Comma", "pc, oui", ", ", true, false},
                                         GapRow{"Colon", "pc : oui", " : ", true, false},
                                         GapRow{"Bracket", "pc (neuf)", " (", true, false},
                                         GapRow{"Stop", "pc. Oui", ". ", true, true},
                                         GapRow{"Semicolon", "pc ; oui", " ; ", true, true},
                                         GapRow{"Question", "pc ? oui", " ? ", true, true},
                                         GapRow{"NewLine", "pc\noui", "\n", true, true},
                                         GapRow{"LastWord", "pc", "", true, true},
                                         GapRow{"LastWordBeforeAMark", "pc !", "", true, true}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(Sentences, AreQuestionsByTheirOwnMark) {
    const auto input = talk({"A: C'est coupé. Autre chose ? Bien"});
    const std::vector<Line> sentences = sentencesOf(readConversation(input).lines[0]);
    ASSERT_EQ(sentences.size(), 3U);
    EXPECT_EQ(sentences[0].words.size(), 3U);
    EXPECT_FALSE(sentences[0].isQuestion);
    EXPECT_TRUE(sentences[1].isQuestion);
    EXPECT_FALSE(sentences[2].isQuestion);
    EXPECT_TRUE(sentencesOf(Line{}).empty());
}

}  // namespace
}  // namespace ninja3cx::analysis
