#include "shared/json/codec.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::json {
namespace {

enum class Colour { Red, DarkBlue };
BOOST_DESCRIBE_ENUM(Colour, Red, DarkBlue)

using LampId = Strong<struct LampIdTag, std::string>;

struct Bulb {
    std::int32_t watts = 0;
    bool isLit = false;
    bool operator==(const Bulb&) const = default;
};
BOOST_DESCRIBE_STRUCT(Bulb, (), (watts, isLit))

struct Lamp {
    LampId lampId;
    Colour colour{};
    std::vector<Bulb> bulbs;
    std::map<std::string, std::int64_t> hours;
    std::optional<std::string> note;
    double price = 0;
    std::uint32_t serial = 0;
    std::chrono::milliseconds warmUp{0};
    bool operator==(const Lamp&) const = default;
};
BOOST_DESCRIBE_STRUCT(Lamp, (), (lampId, colour, bulbs, hours, note, price, serial, warmUp))

const Lamp kLamp{
    LampId{"l-1"}, Colour::DarkBlue, {Bulb{40, true}, Bulb{60, false}}, {{"été", 12}}, "près de la porte",
    9.5,           4'294'967'295U,   std::chrono::milliseconds{250}};
constexpr std::string_view kText =
    R"({"lampId":"l-1","colour":"darkBlue","bulbs":[{"watts":40,"isLit":true},{"watts":60,"isLit":false}],)"
    R"("hours":{"été":12},"note":"près de la porte","price":9.5E0,"serial":4294967295,"warmUp":250})";

TEST(Codec, WritesNamesInCamelCaseInTheOrderOfTheStruct) {
    EXPECT_EQ(encodeText(kLamp), kText);
}

TEST(Codec, ReadsWhatItWrote) {
    const auto lamp = decodeText<Lamp>(encodeText(kLamp));
    ASSERT_TRUE(lamp) << lamp.error().detail;
    EXPECT_EQ(*lamp, kLamp);
}

TEST(Codec, LeavesAnEmptyOptionalOut) {
    Lamp lamp = kLamp;
    lamp.note.reset();
    EXPECT_EQ(encodeText(lamp).find("note"), std::string::npos);
}

TEST(Codec, TakesMissingListsMapsOptionalsAndTruthValuesAsEmpty) {
    const auto lamp = decodeText<Lamp>(R"({"lampId":"x","colour":"red","price":1,"serial":0,"warmUp":0})");
    ASSERT_TRUE(lamp) << lamp.error().detail;
    EXPECT_TRUE(lamp->bulbs.empty());
    EXPECT_TRUE(lamp->hours.empty());
    EXPECT_FALSE(lamp->note);
    const auto bulb = decodeText<Bulb>(R"({"watts":5})");
    ASSERT_TRUE(bulb);
    EXPECT_FALSE(bulb->isLit);
}

TEST(Codec, IgnoresOrRefusesUnknownFieldsAsAsked) {
    EXPECT_TRUE(decodeText<Bulb>(R"({"watts":5,"colour":"red"})"));
    const auto refused = decodeText<Bulb>(R"({"watts":5,"colour":"red"})", UnknownFields::Refused);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().detail, "colour: is no known field");
    const auto deep = decodeText<Lamp>(
        R"({"lampId":"x","colour":"red","bulbs":[{"watts":1,"volt":2}],"price":1,"serial":0,"warmUp":0})",
        UnknownFields::Refused);
    ASSERT_FALSE(deep);
    EXPECT_EQ(deep.error().detail, "bulbs[0].volt: is no known field");
}

struct RefusalRow {
    const char* name;
    const char* text;
    const char* begins;  // of the error's detail
};

class Refusal : public testing::TestWithParam<RefusalRow> {};

TEST_P(Refusal, NamesThePlace) {
    const auto lamp = decodeText<Lamp>(GetParam().text);
    ASSERT_FALSE(lamp);
    EXPECT_EQ(lamp.error().kind, ErrorKind::BadMessage);
    EXPECT_EQ(lamp.error().detail.rfind(GetParam().begins, 0), 0U) << lamp.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Refusal,
    testing::Values(
        RefusalRow{"Nothing", "", "no valid JSON"}, RefusalRow{"Broken", R"({"lampId":)", "no valid JSON"},
        RefusalRow{"MoreThanOneValue", "{} {}", "JSON ends at byte"},
        RefusalRow{"NoObject", "[]", "message: must be an object"},
        RefusalRow{"Missing", "{}", "lampId: is missing"},
        RefusalRow{"NullWhereNeeded", R"({"lampId":null})", "lampId: is missing"},
        RefusalRow{"NumberForText", R"({"lampId":1})", "lampId: must be a string"},
        RefusalRow{"UnknownEnumerator", R"({"lampId":"x","colour":"Red"})",
                   "colour: 'Red' is none of red, darkBlue"},
        RefusalRow{"ObjectForList", R"({"lampId":"x","colour":"red","bulbs":{}})", "bulbs: must be an array"},
        RefusalRow{"DeepInside", R"({"lampId":"x","colour":"red","bulbs":[{"watts":1},{"watts":"2"}]})",
                   "bulbs[1].watts: must be a whole number"},
        RefusalRow{"FractionForCount", R"({"lampId":"x","colour":"red","bulbs":[{"watts":1.5}]})",
                   "bulbs[0].watts: is no whole number"},
        RefusalRow{"BeyondTheRange", R"({"lampId":"x","colour":"red","bulbs":[{"watts":2147483648}]})",
                   "bulbs[0].watts: is no whole number in the range"},
        RefusalRow{"TextForTruth", R"({"lampId":"x","colour":"red","bulbs":[{"watts":1,"isLit":"yes"}]})",
                   "bulbs[0].isLit: must be true or false"},
        RefusalRow{"ListForMap", R"({"lampId":"x","colour":"red","hours":[]})", "hours: must be an object"},
        RefusalRow{"InsideAMap", R"({"lampId":"x","colour":"red","hours":{"may":"3"}})",
                   "hours.may: must be a whole number"},
        RefusalRow{"TextForNumber", R"({"lampId":"x","colour":"red","price":"1"})",
                   "price: must be a number"},
        RefusalRow{"NegativeForUnsigned", R"({"lampId":"x","colour":"red","price":1,"serial":-1})",
                   "serial: is no whole number"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Parse, RefusesNestingBeyondSixtyFourLevels) {
    EXPECT_TRUE(parse(std::string(60, '[') + std::string(60, ']')));
    EXPECT_FALSE(parse(std::string(70, '[') + std::string(70, ']')));
}

}  // namespace
}  // namespace ninja3cx::json
