#include "server/net/target.hpp"

#include "server/net/http.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

struct GoodRow {
    const char* name;
    const char* target;
    const char* path;
    std::vector<std::string> segments;
};
class GoodTarget : public testing::TestWithParam<GoodRow> {};

TEST_P(GoodTarget, IsTakenApart) {
    const auto target = parseTarget(GetParam().target);
    ASSERT_TRUE(target) << target.error().detail;
    EXPECT_EQ(target->path, GetParam().path);
    EXPECT_EQ(target->segments, GetParam().segments);
}

INSTANTIATE_TEST_SUITE_P(Rows, GoodTarget,
                         testing::Values(GoodRow{"Root", "/", "/", {""}},
                                         GoodRow{"Plain", "/api/calls", "/api/calls", {"api", "calls"}},
                                         GoodRow{"Decoded", "/a%20b/%C3%A9", "/a b/é", {"a b", "é"}},
                                         GoodRow{"PlusStays", "/a+b", "/a+b", {"a+b"}},
                                         GoodRow{"EncodedSlash", "/a%2Fb", "/a/b", {"a/b"}},
                                         GoodRow{"Fragment", "/a#b", "/a", {"a"}},
                                         GoodRow{"FromAProxy", "http://host:1/a?b=c", "/a", {"a"}},
                                         GoodRow{"OriginOnly", "http://host", "/", {""}},
                                         GoodRow{"DotsInAName", "/a..b/.c", "/a..b/.c", {"a..b", ".c"}}),
                         [](const auto& info) { return std::string{info.param.name}; });

class BadTarget : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(BadTarget, IsRefused) {
    EXPECT_FALSE(parseTarget(GetParam().second));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadTarget,
    testing::Values(std::pair{"Empty", ""}, std::pair{"NoSlash", "api"}, std::pair{"Star", "*"},
                    std::pair{"CutEncoding", "/a%2"}, std::pair{"LonePercent", "/a%"},
                    std::pair{"NoHex", "/a%zz"}, std::pair{"EncodedNul", "/a%00"},
                    std::pair{"EncodedLineBreak", "/a%0d%0a"}, std::pair{"NotUtf8", "/a%ff"},
                    std::pair{"OverlongSlash", "/a%c0%af"}, std::pair{"DotDot", "/a/../b"},
                    std::pair{"EncodedDotDot", "/a/%2e%2e/b"}, std::pair{"HiddenDotDot", "/a/..%2fb"},
                    std::pair{"OneDot", "/a/./b"}, std::pair{"BadQuery", "/a?b=%"},
                    std::pair{"BadQueryName", "/a?%xx=b"}),
    [](const auto& info) { return std::string{info.param.first}; });

TEST(Query, DecodesNamesAndValuesAndLetsTheLastWin) {
    const auto target = parseTarget("/a?q=two+words&q=last%21&flag&%C3%A9=%2B&&=x");
    ASSERT_TRUE(target);
    EXPECT_THAT(target->query,
                ElementsAre(Pair("", "x"), Pair("flag", ""), Pair("q", "last!"), Pair("é", "+")));
}

TEST(Form, ComesBackAsItWasEncoded) {
    const auto body = formEncode({{"grant_type", "a b&c=d"}, {"é", "100 %\n+"}});
    EXPECT_EQ(body, "grant_type=a%20b%26c%3Dd&%C3%A9=100%20%25%0A%2B");
    EXPECT_THAT(formDecode(body), ElementsAre(Pair("grant_type", "a b&c=d"), Pair("é", "100 %\n+")));
}

TEST(Form, WithABrokenEncodingHasNoFields) {
    EXPECT_THAT(formDecode("a=1&b=%2"), IsEmpty());
}

TEST(PercentEncoding, KeepsUnreservedCharactersOnly) {
    EXPECT_EQ(percentEncode("aZ09-._~/ +é"), "aZ09-._~%2F%20%2B%C3%A9");
}

TEST(HeaderFields, CompareWithoutCaseAndKeepTheirOrder) {
    Headers headers;
    headers.add("Set-Cookie", "a");
    headers.add("set-cookie", "b");
    headers.set("ACCEPT", "x");
    headers.set("Accept", "y");
    EXPECT_EQ(headers.get("SET-COOKIE"), "a");
    EXPECT_THAT(headers.all(),
                ElementsAre(Pair("Set-Cookie", "a"), Pair("set-cookie", "b"), Pair("Accept", "y")));
    EXPECT_EQ(headers.get("Host"), std::nullopt);
}

}  // namespace
}  // namespace ninja3cx::net
