#include "shared/config/layer.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::config {
namespace {

TEST(Layer, KnowsTheLineOfEveryKey) {
    auto layer = parseLayer("site.json", R"({ // comment with "quotes" and {
  "server": {
    /* over
       lines */ "port": 3000,
    "cors": { "origins": ["http://a", "http://b"] },
  },
  "a\u0062": 1
})");
    ASSERT_TRUE(layer) << layer.error().detail;
    EXPECT_EQ(layer->origins.at("server"), "site.json:2");
    EXPECT_EQ(layer->origins.at("server.port"), "site.json:4");
    EXPECT_EQ(layer->origins.at("server.cors.origins"), "site.json:5");
    EXPECT_EQ(layer->origins.at("server.cors.origins[1]"), "site.json:5");
    EXPECT_EQ(layer->origins.at("ab"), "site.json:7");
    EXPECT_EQ(originOf(*layer, "server.cors.origins[7].x"), "site.json:5");
    EXPECT_EQ(originOf(*layer, "nothing"), "site.json");
}

struct Broken {
    const char* name;
    const char* text;
    const char* message;
};
class BrokenLayer : public testing::TestWithParam<Broken> {};
TEST_P(BrokenLayer, IsRefusedWithItsLine) {
    const auto layer = parseLayer("f.json", GetParam().text);
    ASSERT_FALSE(layer);
    EXPECT_NE(layer.error().detail.find(GetParam().message), std::string::npos) << layer.error().detail;
}
INSTANTIATE_TEST_SUITE_P(Rows, BrokenLayer,
                         testing::Values(Broken{"Empty", "", "f.json:1: no valid JSON"},
                                         Broken{"NoObject", "[1]", "f.json:1: must be a JSON object"},
                                         Broken{"MissingComma", "{\n\"a\": 1\n\"b\": 2\n}",
                                                "f.json:3: no valid JSON"},
                                         Broken{"CutOff", "{\n\"a\": {\n", "f.json:3: no valid JSON"},
                                         Broken{"KeyTwice", "{\n\"a\": 1,\n\"b\": 2,\n\"a\": 3 }",
                                                "f.json:4: 'a' is there twice"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(Layer, AnOverlayMergesObjectsAndReplacesTheRest) {
    auto lower = parseLayer("low", R"({"a":{"x":1,"y":[1,2]},"b":1})");
    auto upper = parseLayer("up", R"({"a":{"y":[3]},"c":2})");
    ASSERT_TRUE(lower && upper);
    overlay(*lower, *upper);
    EXPECT_EQ(boost::json::serialize(lower->tree), R"({"a":{"x":1,"y":[3]},"b":1,"c":2})");
    EXPECT_EQ(lower->origins.at("a.x"), "low:1");
    EXPECT_EQ(lower->origins.at("a.y"), "up:1");
}

}  // namespace
}  // namespace ninja3cx::config
