#include "shared/core/text.hpp"

#include <gtest/gtest.h>

namespace ninja3cx {
namespace {

struct Utf8Row {
    const char* name;
    std::string text;
    std::string valid;  // what toValidUtf8 makes of it
};

class Utf8 : public testing::TestWithParam<Utf8Row> {};

TEST_P(Utf8, IsRecognisedAndRepaired) {
    const Utf8Row& row = GetParam();
    EXPECT_EQ(isUtf8(row.text), row.text == row.valid);
    EXPECT_EQ(toValidUtf8(row.text), row.valid);
    EXPECT_TRUE(isUtf8(toValidUtf8(row.text)));
}

#define BAD "\xEF\xBF\xBD"
INSTANTIATE_TEST_SUITE_P(Rows, Utf8,
                         testing::Values(Utf8Row{"Empty", "", ""},
                                         Utf8Row{"French", "L'été à Évreux", "L'été à Évreux"},
                                         Utf8Row{"FourBytes", "\xF0\x9F\x93\x9E", "\xF0\x9F\x93\x9E"},
                                         Utf8Row{"LoneContinuation", "a\x80z", "a" BAD "z"},
                                         Utf8Row{"Latin1", "caf\xE9", "caf" BAD},
                                         Utf8Row{"CutAtTheEnd", "\xC3", BAD},
                                         Utf8Row{"OverlongSlash", "\xC0\xAF", BAD BAD},
                                         Utf8Row{"OverlongOfThree", "\xE0\x80\xAF", BAD BAD BAD},
                                         Utf8Row{"OverlongOfFour", "\xF0\x80\x80\xAF", BAD BAD BAD BAD},
                                         Utf8Row{"Surrogate", "\xED\xA0\x80", BAD BAD BAD},
                                         Utf8Row{"BeyondUnicode", "\xF4\x90\x80\x80", BAD BAD BAD BAD},
                                         Utf8Row{"NoSuchByte", "\xFF", BAD}),
                         [](const auto& info) { return std::string{info.param.name}; });
#undef BAD

TEST(Lowered, ChangesNothingButAToZ) {
    EXPECT_EQ(lowered("Zoé DUPONT_7"), "zoé dupont_7");
    EXPECT_EQ(lowered("ÉTÉ"), "ÉtÉ");
    EXPECT_TRUE(isSameWord("Call ID", "CALL id"));
    EXPECT_FALSE(isSameWord("Call ID", "Call IDs"));
    EXPECT_FALSE(isSameWord("été", "ÉTÉ"));
}

TEST(PlainLetters, HaveNeitherCapitalsNorAccents) {
    EXPECT_EQ(plainLetters("ÉCOLE Sœur Ça ŒUVRE Þór ÿ ß"), "ecole soeur ca oeuvre tor y s");
    EXPECT_EQ(plainLetters("3 × 4 ÷ 2, Łódź"), "3 × 4 ÷ 2, Łodź") << "what stands for no plain letter stays";
    EXPECT_EQ(plainLetters("cut \xC3"), "cut \xC3");
    EXPECT_EQ(plainLetters("\xC3z \xC5"), "\xC3z \xC5");
    EXPECT_EQ(plainLetter(0xA9), "e");
    EXPECT_EQ(plainLetter(0x97), "") << "a multiplication sign";
    EXPECT_EQ(plainLetter(0x20), "");
}

TEST(CutUtf8, NeverCutsACharacter) {
    EXPECT_EQ(cutUtf8("été", 5), "été");
    EXPECT_EQ(cutUtf8("été", 4), "ét");
    EXPECT_EQ(cutUtf8("été", 3), "ét");
    EXPECT_EQ(cutUtf8("été", 1), "");
    EXPECT_EQ(cutUtf8("été", 0), "");
}

TEST(Trimmed, TakesWhiteSpaceAndAByteOrderMarkAndNoPartOfACharacter) {
    EXPECT_EQ(trimmed(" \t\r\n a b \n"), "a b");
    EXPECT_EQ(trimmed("\xEF\xBB\xBF {}"), "{}");
    EXPECT_EQ(trimmed("！"), "！");  // begins with a byte of the mark
    EXPECT_EQ(trimmed(" \n"), "");
    EXPECT_EQ(trimmed(""), "");
}

TEST(Nearest, FindsATypingErrorAndKeepsSilentOtherwise) {
    const std::vector<std::string> keys{"server.port", "whisper.model", "whisper.language"};
    EXPECT_EQ(nearest("whisper.modle", keys), "whisper.model");
    EXPECT_EQ(nearest("server.prot", keys), "server.port");
    EXPECT_EQ(nearest("zzz", keys), "");
    EXPECT_EQ(nearest("anything", {}), "");
}

}  // namespace
}  // namespace ninja3cx
