#include "shared/protocol/masks.hpp"

#include "shared/json/codec.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::protocol {
namespace {

TEST(MaskName, IsTheKindsNameInBrackets) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<PersonalDataKind>>([](auto described) {
        const std::string mask = "[" + std::string{json::encode(described.value).as_string()} + "]";
        EXPECT_EQ(maskName(described.value), mask);
        EXPECT_EQ(maskAt(mask + " voilà"), described.value);
    });
    EXPECT_EQ(maskName(static_cast<PersonalDataKind>(99)), "[password]") << "masked in any case";
}

TEST(MaskAt, IsNoneOfOtherBrackets) {
    for (const char* text : {"", "[", "[]", "card]", "[card", "[Card]", " [card]", "[x]", "[cardigan]"})
        EXPECT_EQ(maskAt(text), std::nullopt) << text;
}

struct Row {
    const char* name;
    const char* text;
    std::vector<MaskSpan> spans;
    const char* masked;
    std::vector<MaskedPlace> places;
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}
class Spans : public testing::TestWithParam<Row> {};
TEST_P(Spans, AreReplaced) {
    const MaskedText masked = withMasks(GetParam().text, GetParam().spans);
    EXPECT_EQ(masked.text, GetParam().masked);
    EXPECT_EQ(masked.places, GetParam().places);
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr const char* kCode = "le code 1234 5678 fin";
INSTANTIATE_TEST_SUITE_P(
    Rows, Spans,
    testing::Values(
        Row{"None", kCode, {}, "le code 1234 5678 fin", {}}, Row{"OfNothing", "", {{0, 4, "[a]"}}, "", {}},
        Row{"One", kCode, {{8, 17, "[a]"}}, "le code [a] fin", {{8, 9, 3}}},
        Row{"All", "1234", {{0, 4, "[a]"}}, "[a]", {{0, 4, 3}}},
        Row{"InAnyOrder",
            kCode,
            {{13, 17, "[b]"}, {8, 12, "[a]"}},
            "le code [a] [b] fin",
            {{8, 4, 3}, {13, 4, 3}}},
        Row{"SameStart", kCode, {{8, 12, "[a]"}, {8, 17, "[b]"}}, "le code [b] fin", {{8, 9, 3}}},
        Row{"SameStartWidestFirst", kCode, {{8, 17, "[b]"}, {8, 12, "[a]"}}, "le code [b] fin", {{8, 9, 3}}},
        Row{"SamePlaceFirstNames", kCode, {{8, 17, "[a]"}, {8, 17, "[b]"}}, "le code [a] fin", {{8, 9, 3}}},
        Row{"SameEnd", kCode, {{13, 17, "[a]"}, {8, 17, "[b]"}}, "le code [b] fin", {{8, 9, 3}}},
        Row{"Overlap", kCode, {{10, 17, "[b]"}, {8, 12, "[a]"}}, "le code [b] fin", {{8, 9, 3}}},
        Row{"OverlapOfEqualOnes", kCode, {{10, 15, "[b]"}, {8, 13, "[a]"}}, "le code [a]78 fin", {{8, 7, 3}}},
        Row{"Contained", kCode, {{8, 17, "[a]"}, {10, 12, "[b]"}}, "le code [a] fin", {{8, 9, 3}}},
        Row{"Chain",
            kCode,
            {{8, 11, "[a]"}, {10, 14, "[b]"}, {13, 17, "[c]"}},
            "le code [b] fin",
            {{8, 9, 3}}},
        Row{"BehindAContainedOne",
            kCode,
            {{8, 17, "[a]"}, {9, 10, "[b]"}, {12, 14, "[c]"}},
            "le code [a] fin",
            {{8, 9, 3}}},
        Row{"Adjacent",
            kCode,
            {{8, 12, "[a]"}, {12, 17, "[b]"}},
            "le code [a][b] fin",
            {{8, 4, 3}, {12, 5, 3}}},
        Row{"Empty", kCode, {{8, 8, "[a]"}, {12, 10, "[b]"}}, "le code 1234 5678 fin", {}},
        Row{"PastTheEnd", kCode, {{18, 400, "[a]"}}, "le code 1234 5678 [a]", {{18, 3, 3}}},
        Row{"ToTheEndOfAll", kCode, {{18, kNone, "[a]"}}, "le code 1234 5678 [a]", {{18, 3, 3}}},
        Row{"BehindTheEnd", kCode, {{21, 25, "[a]"}, {300, 400, "[b]"}}, "le code 1234 5678 fin", {}},
        Row{"WidthCountsInTheText", kCode, {{8, 21, "[a]"}, {18, 400, "[b]"}}, "le code [a]", {{8, 13, 3}}},
        Row{"CutsALetterBefore", "été 12", {{1, 3, "[a]"}}, "[a]é 12", {{0, 3, 3}}},
        Row{"CutsALetterBehind", "été 12", {{2, 4, "[a]"}}, "é[a] 12", {{2, 3, 3}}},
        Row{"BothCutTheSameLetter", "a€b", {{0, 2, "[a]"}, {3, 5, "[b]"}}, "[a]", {{0, 5, 3}}},
        Row{"WholeLetters", "été 12", {{0, 5, "[a]"}}, "[a] 12", {{0, 5, 3}}},
        Row{"NoUtf8", "\x80\x80\x80\x80\x80\x80\x80\x80\x80", {{4, 5, "[a]"}}, "\x80[a]\x80", {{1, 7, 3}}}),
    [](const auto& row) { return row.param.name; });

TEST(SpansByTurn, AreThoseOfEachTurn) {
    using enum PersonalDataKind;
    const auto spans = spansByTurn({{Card, {}, {}, 1, 4, 6},
                                    {Iban, {}, {}, 0, -3, 2},
                                    {Ssn, {}, {}, 2, 0, 4},
                                    {Ssn, {}, {}, -1, 0, 4},
                                    {Password, {}, {}, 1, -9, -1}},
                                   2);
    ASSERT_EQ(spans.size(), 2u);
    ASSERT_EQ(spans[0].size(), 1u);
    EXPECT_EQ(withMasks("abcd", spans[0]).text, "[iban]cd") << "what is outside is cut off";
    EXPECT_EQ(withMasks("abcdefgh", spans[1]).text, "abcd[card]gh");
}

}  // namespace
}  // namespace ninja3cx::protocol
