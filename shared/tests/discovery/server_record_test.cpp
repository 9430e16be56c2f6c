#include "shared/discovery/server_record.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::discovery {
namespace {

using Txt = std::vector<std::string>;
const ServerRecord kRecord{"s-0123456789abcdef", "0.1.0", true, "/ws"};
const Txt kTxt{"txtvers=1", "id=s-0123456789abcdef", "version=0.1.0", "tls=1", "path=/ws"};

TEST(ServerRecord, IsReadAsItIsWritten) {
    EXPECT_EQ(encodeTxt(kRecord), kTxt);
    EXPECT_EQ(decodeTxt(kTxt).value(), kRecord);
    ServerRecord plain = kRecord;
    plain.isTls = false;
    EXPECT_EQ(decodeTxt(encodeTxt(plain)).value(), plain);
}

struct Row {
    const char* name;
    std::size_t at;  // of the strings above
    const char* entry;
    const char* words;  // of the error; empty: it is read
};
class TxtStrings : public testing::TestWithParam<Row> {};
TEST_P(TxtStrings, AreReadOrNamed) {
    Txt txt = kTxt;
    txt[GetParam().at] = GetParam().entry;
    const auto read = decodeTxt(txt);
    if (*GetParam().words == '\0') {
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, kRecord);
        return;
    }
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().detail, std::string{"TXT record: "} + GetParam().words);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, TxtStrings,
    testing::Values(Row{"CapitalsDoNotMatter", 1, "ID=s-0123456789abcdef", ""},
                    Row{"NoIdentity", 1, "", "'id' is missing"}, Row{"NoValue", 1, "id", "'id' is missing"},
                    Row{"EmptyIdentity", 1, "id=", "'id' has no value that it may have"},
                    Row{"IdentityWithAnEscape", 1, "id=s-\x1b[31m", "'id' has no value that it may have"},
                    Row{"LaterLayout", 0, "txtvers=2", "'txtvers' has no value that it may have"},
                    Row{"NoLayout", 0, "=1", "'txtvers' is missing"},
                    Row{"TlsMaybe", 3, "tls=yes", "'tls' has no value that it may have"},
                    Row{"PathWithoutSlash", 4, "path=ws", "'path' has no value that it may have"},
                    Row{"PathWithAHost", 4, "path=/\n@x", "'path' has no value that it may have"},
                    Row{"VersionTooLong", 2, "version=0123456789012345678901234567890123",
                        "'version' has no value that it may have"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TxtStrings, FirstOfTwoCountsAndUnknownOnesAreIgnored) {
    Txt txt = kTxt;
    txt.emplace_back("id=s-another");
    txt.emplace_back("color=blue");
    txt.emplace_back("flag");
    EXPECT_EQ(decodeTxt(txt).value(), kRecord);
}

TEST(ShownName, HasNoControlCharacters) {
    EXPECT_EQ(shownName("3CX-NinjaOne sérveur"), "3CX-NinjaOne sérveur");
    EXPECT_EQ(shownName("a\x1b[2J\x07\x7f\n\xC2\x9Bz"), "a[2Jz");
    EXPECT_EQ(shownName("\xC2"), "\uFFFD");
    EXPECT_EQ(shownName(""), "");
}

}  // namespace
}  // namespace ninja3cx::discovery
