#include "shared/config/environment.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::config {
namespace {

struct Inner {
    std::int32_t countdownSeconds = 0;
    bool isOn = false;
    std::vector<std::string> names;
    std::optional<std::string> text;
    std::map<std::string, std::int32_t> table;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (countdownSeconds, isOn, names, text, table))
struct Outer {
    Inner ticket;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (ticket))

TEST(Environment, NamesAreThePathInUpperCase) {
    EXPECT_EQ(variableFor("server.port"), "SERVER_PORT");
    EXPECT_EQ(variableFor("ticket.countdownSeconds"), "TICKET_COUNTDOWN_SECONDS");
    EXPECT_EQ(variableFor("ninja.apiUrl"), "NINJA_API_URL");
}

TEST(Environment, SetsValuesOfEveryKind) {
    auto layer = environmentLayer(schemaOf<Outer>(), {{"TICKET_COUNTDOWN_SECONDS", "20"},
                                                      {"TICKET_IS_ON", "yes"},
                                                      {"TICKET_NAMES", "a, b,,c"},
                                                      {"TICKET_TEXT", "12"},
                                                      {"TICKET_TABLE", R"({"x":1})"},
                                                      {"HOME", "/root"}});
    ASSERT_TRUE(layer) << layer.error().detail;
    EXPECT_EQ(
        boost::json::serialize(layer->tree),
        R"({"ticket":{"countdownSeconds":20,"isOn":true,"names":["a","b","c"],"text":"12","table":{"x":1}}})");
    EXPECT_EQ(layer->origins.at("ticket.isOn"), "environment variable TICKET_IS_ON");
}

TEST(Environment, NamesTheVariableThatDoesNotFit) {
    const auto layer = environmentLayer(schemaOf<Outer>(), {{"TICKET_COUNTDOWN_SECONDS", "soon"}});
    ASSERT_FALSE(layer);
    EXPECT_EQ(layer.error().detail, "environment variable TICKET_COUNTDOWN_SECONDS: must be a number");
}

TEST(DotEnv, UnderstandsCommentsQuotesAndExport) {
    auto env =
        parseDotEnv(".env", "\xEF\xBB\xBF# head\r\nA=1 # one\r\nexport B = \"x # y\\\"z\"\n\nC='q\\'\nD=\n");
    ASSERT_TRUE(env) << env.error().detail;
    EXPECT_EQ(*env, (Environment{{"A", "1"}, {"B", "x # y\"z"}, {"C", "q\\"}, {"D", ""}}));
}

TEST(DotEnv, NamesTheLineItCannotRead) {
    for (const char* text : {"A=1\nnonsense\n", "A=1\nB=\"open\n", "A=1\nB-C=1\n"}) {
        const auto env = parseDotEnv("server/.env", text);
        ASSERT_FALSE(env) << text;
        EXPECT_TRUE(env.error().detail.starts_with("server/.env:2: ")) << env.error().detail;
    }
}

}  // namespace
}  // namespace ninja3cx::config
