#include "simulators/exchange/exchange.hpp"

#include "simulators/exchange/multipart.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::simulators {
namespace {

TEST(Paths, MatchTheirPatternSegmentBySegment) {
    using Values = std::vector<std::string>;
    EXPECT_EQ(matchPath("/a/{id}/b", "/a/7/b"), Values{"7"});
    EXPECT_EQ(matchPath("/a/{x}/{y}", "/a/1/2"), (Values{"1", "2"}));
    EXPECT_EQ(matchPath("/a", "/a"), Values{});
    EXPECT_FALSE(matchPath("/a/{id}", "/a/"));
    EXPECT_FALSE(matchPath("/a/{id}", "/a"));
    EXPECT_FALSE(matchPath("/a", "/a/b"));
    EXPECT_FALSE(matchPath("/a", ""));
    EXPECT_FALSE(matchPath("/a", "/ab"));
}

TEST(Forms, AreDecodedWithPlusAndPercent) {
    const auto fields = decodeForm("a=1+2&b=%C3%A9%2&c&=x");
    EXPECT_EQ(fields.at("a"), "1 2");
    EXPECT_EQ(fields.at("b"), "é%2");
    EXPECT_EQ(fields.at("c"), "");
}

TEST(Base64, GoesBothWays) {
    EXPECT_EQ(base64Url("{\"a\":1}"), "eyJhIjoxfQ");
    EXPECT_EQ(decodeBase64("eyJhIjoxfQ"), "{\"a\":1}");
    EXPECT_EQ(decodeBase64("c2ltOnM="), "sim:s");
    EXPECT_FALSE(decodeBase64("a*"));
}

TEST(Multipart, GivesEveryPartItsNameTypeAndBytes) {
    const std::string body =
        "--B7\r\nContent-Disposition: form-data; name=\"comment\"\r\nContent-Type: "
        "application/json\r\n\r\n{\"a\":1}\r\n"
        "--B7\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a;b.txt\"\r\n\r\nline\r\n--B\r\n"
        "\r\n--B7--\r\n";
    const auto parts = parseMultipart("multipart/form-data; boundary=B7", body);
    ASSERT_TRUE(parts) << parts.error().detail;
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ(parts->at(0).name, "comment");
    EXPECT_EQ(parts->at(0).contentType, "application/json");
    EXPECT_EQ(parts->at(0).body, "{\"a\":1}");
    EXPECT_EQ(parts->at(1).fileName, "a;b.txt");
    EXPECT_EQ(parts->at(1).body, "line\r\n--B\r\n");
}

TEST(Multipart, RefusesWhatIsCutOff) {
    for (const char* body :
         {"", "--B7", "--B7\r\n", "--B7\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
          "--B7\r\n\r\nno name\r\n--B7--"})
        EXPECT_FALSE(parseMultipart("multipart/form-data; boundary=B7", body)) << body;
    EXPECT_FALSE(parseMultipart("multipart/form-data", "--B7--"));
}

}  // namespace
}  // namespace ninja3cx::simulators
