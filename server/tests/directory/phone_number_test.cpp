#include "server/directory/phone_number.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ninja3cx::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct NumberRow {
    const char* name;
    std::string written;
    std::string e164;
    std::string tail;  // empty: no number
};
class ReadingANumber : public testing::TestWithParam<NumberRow> {};
TEST_P(ReadingANumber, InFrance) {
    const auto number = readPhoneNumber(GetParam().written, DialPlan{});
    ASSERT_EQ(number.has_value(), !GetParam().tail.empty());
    if (!number) return;
    EXPECT_EQ(number->e164, GetParam().e164);
    EXPECT_EQ(number->tail, GetParam().tail);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ReadingANumber,
    testing::Values(
        NumberRow{"International", "+33 1 23 45 67 89", "+33123456789", "123456789"},
        NumberRow{"DoubleZero", "0033 1 23 45 67 89", "+33123456789", "123456789"},
        NumberRow{"National", "0123456789", "+33123456789", "123456789"},
        NumberRow{"Dotted", "01.23.45.67.89", "+33123456789", "123456789"},
        NumberRow{"Slashed", "01/23/45/67/89", "+33123456789", "123456789"},
        NumberRow{"UnbreakableSpaces", "01\u00a023\u202f45\u201167 89", "+33123456789", "123456789"},
        NumberRow{"TrunkInBrackets", "+33 (0)1 23 45 67 89", "+33123456789", "123456789"},
        NumberRow{"TrunkAfterDoubleZero", "0033 (0)1 23 45 67 89", "+33123456789", "123456789"},
        NumberRow{"TrunkForAll", "+33 01 23 45 67 89", "+33123456789", "123456789"},
        NumberRow{"PlusLeftOut", "33123456789", "+33123456789", "123456789"},
        NumberRow{"ZeroLeftOut", "123456789", "", "123456789"},
        NumberRow{"Abroad", "+32 2 123 45 67", "+3221234567", "221234567"},
        NumberRow{"NoSuchCountry", "+999 12345678", "", "912345678"},
        NumberRow{"TooShortAbroad", "+32 2 123 456", "", "322123456"},
        NumberRow{"WithExtension", "01 23 45 67 89 poste 12", "+33123456789", "123456789"},
        NumberRow{"ShortExtension", "01 23 45 67 89 x123", "+33123456789", "123456789"},
        NumberRow{"ExtensionInAnAlphabet", "01 23 45 67 89 \u0434\u043e\u0431. 5", "+33123456789",
                  "123456789"},
        NumberRow{"FirstOfTwo", "01 23 45 67 89 / 06 12 34 56 78", "+33123456789", "123456789"},
        NumberRow{"TelUri", "tel:+33123456789;phone-context=x", "+33123456789", "123456789"},
        NumberRow{"SipUri", "sip:0123456789@pbx.local", "+33123456789", "123456789"},
        NumberRow{"Reunion", "0262 12 34 56", "+262262123456", "262123456"},
        NumberRow{"ReunionFromAbroad", "+262 262 12 34 56", "+262262123456", "262123456"},
        NumberRow{"ReunionAsIfInParis", "+33 692 12 34 56", "+262692123456", "692123456"},
        NumberRow{"Guadeloupe", "05 90 12 34 56", "+590590123456", "590123456"},
        NumberRow{"GuadeloupeFromAbroad", "00590 690 12 34 56", "+590690123456", "690123456"},
        NumberRow{"MartiniqueMobile", "0696 12 34 56", "+596696123456", "696123456"},
        NumberRow{"ItalyWithItsZero", "+39 06 1234 5678", "+390612345678", "612345678"},
        NumberRow{"ItalyWithItsZeroInBrackets", "+39 (0)6 1234 5678", "+390612345678", "612345678"},
        NumberRow{"ArgentineMobile", "+54 9 11 2345-6789", "+5491123456789", "123456789"},
        NumberRow{"ArgentineMobileAsDialledThere", "+54 11 15 2345-6789", "+5491123456789", "123456789"},
        NumberRow{"MexicanMobileOfOld", "+52 1 55 1234 5678", "+525512345678", "512345678"},
        NumberRow{"MexicanMobile", "+52 55 1234 5678", "+525512345678", "512345678"},
        NumberRow{"Internal", "201", "", ""}, NumberRow{"Empty", "", "", ""},
        NumberRow{"Withheld", "anonymous", "", ""}, NumberRow{"Unavailable", "Unknown 0000000", "", ""},
        NumberRow{"NameFirst", "Paul 0612345678", "", ""},
        NumberRow{"Accented", "\u00c9lo\u00efse 0612345678", "", ""},
        NumberRow{"Service", "*4512345678", "", ""}, NumberRow{"ShortCode", "118 218", "", ""},
        NumberRow{"ShortCodeFromAbroad", "+33 118 218", "", ""},
        NumberRow{"ShorterCodeFromAbroad", "0033 3912", "", ""},
        NumberRow{"ShortCodeWhereNumbersAreShort", "+39 118 218", "", ""},
        NumberRow{"ShortNumberAbroad", "+298 201234", "+298201234", "298201234"},
        NumberRow{"Words", "0800 VIAMICHELIN", "", ""}, NumberRow{"TooLong", "+1234567890123456", "", ""},
        NumberRow{"PlusInside", "01+23456789", "", ""}),
    [](const auto& info) { return std::string{info.param.name}; });

struct ElsewhereRow {
    const char* name;
    const char* country;
    std::string written;
    std::string e164;
};
class ReadingANumberElsewhere : public testing::TestWithParam<ElsewhereRow> {};
TEST_P(ReadingANumberElsewhere, FollowsThePlanOfThere) {
    const auto number = readPhoneNumber(GetParam().written, DialPlan{GetParam().country});
    ASSERT_TRUE(number);
    EXPECT_EQ(number->e164, GetParam().e164);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ReadingANumberElsewhere,
    testing::Values(ElsewhereRow{"America", "US", "(415) 555-2671", "+14155552671"},
                    ElsewhereRow{"AmericaWithItsOne", "US", "1 415 555 2671", "+14155552671"},
                    ElsewhereRow{"AmericaWithoutItsArea", "US", "555-2671", ""},
                    ElsewhereRow{"FranceFromAmerica", "US", "011 33 123456789", "+33123456789"},
                    ElsewhereRow{"AWordInAmerica", "US", "1-800-FLOWERS", "+18003569377"},
                    ElsewhereRow{"AHalfWordInAmerica", "US", "1-800-555-CALL", "+18005552255"},
                    ElsewhereRow{"Belgium", "BE", "02 123 45 67", "+3221234567"},
                    ElsewhereRow{"BelgiumSlashed", "BE", "02/123.45.67", "+3221234567"},
                    ElsewhereRow{"FranceFromBelgiumTooLong", "BE", "030033123456789", ""},
                    ElsewhereRow{"Spain", "ES", "912 345 678", "+34912345678"},
                    ElsewhereRow{"Italy", "IT", "06 1234 5678", "+390612345678"},
                    ElsewhereRow{"ItalianMobile", "IT", "312 345 6789", "+393123456789"},
                    ElsewhereRow{"Argentina", "AR", "011 15 2345-6789", "+5491123456789"},
                    ElsewhereRow{"MexicoAsDialledOnce", "MX", "01 1 33 0622 4980", "+523306224980"},
                    ElsewhereRow{"Brazil", "BR", "(11) 91234-5678", "+5511912345678"},
                    ElsewhereRow{"Germany", "DE", "030 123456", "+4930123456"},
                    ElsewhereRow{"GermanyWithoutItsZero", "DE", "30 123456", ""},
                    ElsewhereRow{"NoItalianNumber", "IT", "447476282376", ""},
                    ElsewhereRow{"NoGermanNumberWithoutItsZero", "DE", "101391203", ""},
                    ElsewhereRow{"ParisFromReunion", "RE", "01 23 45 67 89", "+33123456789"},
                    ElsewhereRow{"ReunionAtHome", "RE", "0262 12 34 56", "+262262123456"},
                    ElsewhereRow{"Nowhere", "ZZ", "+33 1 23 45 67 89", "+33123456789"},
                    ElsewhereRow{"NationalNowhere", "ZZ", "01 23 45 67 89", ""}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ShortCode, IsNoNumberWhereNumbersMayBeShort) {
    EXPECT_FALSE(readPhoneNumber("118 218", DialPlan{"IT"}));
    EXPECT_FALSE(readPhoneNumber("116117", DialPlan{"DE"}));
}

TEST(FormsOfANumber, AreWhatItMayBeginWith) {
    const DialPlan france;
    EXPECT_THAT(formsOf("06 12 34 56 78", france), ElementsAre("0612345678", "+33612345678"));
    EXPECT_THAT(formsOf("+33 (0)6 12 34 56 78", france),
                ElementsAre("+330612345678", "+33612345678", "0612345678"));
    EXPECT_THAT(formsOf("06 12", france), ElementsAre("0612", "+33612"));
    EXPECT_THAT(formsOf("0033 6 12", france), ElementsAre("0033612", "+33612", "0612"));
    EXPECT_THAT(formsOf("+590 590 12 34 56", france), ElementsAre("+590590123456", "0590123456"));
    EXPECT_THAT(formsOf("05 90", france), ElementsAre("0590", "+590590"));
    EXPECT_THAT(formsOf("+32 2 123 45 67", france), ElementsAre("+3221234567", "003221234567"));
    EXPECT_THAT(formsOf("06 1234", DialPlan{"IT"}), ElementsAre("061234", "+39061234"));
    EXPECT_THAT(formsOf("415", DialPlan{"US"}), ElementsAre("415", "+1415", "1415"));
    EXPECT_THAT(formsOf("91", DialPlan{"ES"}), ElementsAre("91", "+3491"));
    EXPECT_THAT(formsOf("*45", france), ElementsAre("45"));
    EXPECT_THAT(formsOf("Anonymous", france), ElementsAre("anonymous"));
    EXPECT_THAT(formsOf("", france), IsEmpty());
}

}  // namespace
}  // namespace ninja3cx::directory
