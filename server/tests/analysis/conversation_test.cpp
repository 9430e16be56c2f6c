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

}  // namespace
}  // namespace ninja3cx::analysis
