#include "simulators/ninja_schema/schema.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::simulators {
namespace {

Schema schemaOf(const char* types = "{}") {
    return Schema::make(boost::json::parse(types).as_object()).value();
}

struct Row {
    const char* name;
    const char* type;
    const char* value;
    const char* says;  // "": it fits
};
class Types : public ::testing::TestWithParam<Row> {};

TEST_P(Types, TakeOrRefuse) {
    const Schema schema = schemaOf(R"({"Id":{"type":"integer","format":"int32"},
        "Text":{"type":"object","required":["public"],"properties":{"public":{"type":"boolean"},"id":{"$ref":"Id"}}}})");
    const auto type = boost::json::parse(GetParam().type);
    ASSERT_TRUE(schema.checkType(type, "row"));
    std::string text;
    for (const Violation& violation :
         schema.violations(type, boost::json::parse(GetParam().value), "at", Extras::Refused))
        text += (text.empty() ? "" : "; ") + textOf(violation);
    EXPECT_EQ(text, GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Types,
    ::testing::Values(
        Row{"NoTypeTakesEverything", "{}", R"([1,{"a":null}])", ""}, Row{"NoTypeTakesNull", "{}", "null", ""},
        Row{"String", R"({"type":"string"})", R"("a")", ""},
        Row{"NoString", R"({"type":"string"})", "1", "at must be a string, not 1"},
        Row{"NullIsNoString", R"({"type":"string"})", "null", "at must not be null"},
        Row{"NullWhereItMayBe", R"({"type":"string","nullable":true})", "null", ""},
        Row{"NullOfAnEnumThatMayBe", R"({"type":"string","nullable":true,"enum":["A"]})", "null", ""},
        Row{"Enum", R"({"type":"string","enum":["LOW","HIGH"]})", R"("HIGH")", ""},
        Row{"NotInTheEnum", R"({"type":"string","enum":["LOW","HIGH"]})", R"("high")",
            R"(at must be one of LOW, HIGH, not "high")"},
        Row{"AsLongAsItMayBe", R"({"type":"string","minLength":0,"maxLength":2})", R"("éé")", ""},
        Row{"TooLong", R"({"type":"string","maxLength":2})", R"("abc")",
            "at size must be between 0 and 2, not 3"},
        Row{"TooShort", R"({"type":"string","minLength":1,"maxLength":9})", R"("")",
            "at size must be between 1 and 9, not 0"},
        Row{"EmptyWhereItMustNotBe", R"({"type":"string","minLength":1})", R"("")",
            "at size must be at least 1"},
        Row{"LengthsCountAsJavaDoes", R"({"type":"string","maxLength":1})", R"("😀")",
            "at size must be between 0 and 1, not 2"},
        Row{"Uuid", R"({"type":"string","format":"uuid"})", R"("5b0c8c52-4b0e-4a86-9c3f-0D7D0A6F0A11")", ""},
        Row{"NoUuid", R"({"type":"string","format":"uuid"})", R"("5b0c8c524b0e4a869c3f0d7d0a6f0a11")",
            R"(at must be a UUID, not "5b0c8c524b0e4a869c3f0d7d0a6f0a11")"},
        Row{"EmptyIsNoUuid", R"({"type":"string","format":"uuid"})", R"("")", R"(at must be a UUID, not "")"},
        Row{"Int32", R"({"type":"integer","format":"int32"})", "-2147483648", ""},
        Row{"TooLargeForInt32", R"({"type":"integer","format":"int32"})", "2147483648",
            "at must fit into 32 bits, not 2147483648"},
        Row{"Int64", R"({"type":"integer","format":"int64"})", "9007199254740993", ""},
        Row{"TooLargeForInt64", R"({"type":"integer","format":"int64"})", "9223372036854775808",
            "at must be a whole number, not 9223372036854775808"},
        Row{"AFractionIsNotWhole", R"({"type":"integer"})", "1.5", "at must be a whole number, not 1.5E0"},
        Row{"TextIsNoNumber", R"({"type":"integer"})", R"("11")", R"(at must be a number, not "11")"},
        Row{"WithinItsRange", R"({"type":"integer","minimum":10,"maximum":20})", "20", ""},
        Row{"BelowItsRange", R"({"type":"integer","minimum":10})", "9", "at must be at least 10"},
        Row{"AboveItsRange", R"({"type":"integer","maximum":20})", "21", "at must be at most 20"},
        Row{"Number", R"({"type":"number","format":"double"})", "1767225600.125", ""},
        Row{"WholeNumbersAreNumbers", R"({"type":"number","format":"double"})", "1", ""},
        Row{"BoolIsNoNumber", R"({"type":"number"})", "true", "at must be a number, not true"},
        Row{"Boolean", R"({"type":"boolean"})", "false", ""},
        Row{"NumberIsNoBoolean", R"({"type":"boolean"})", "0", "at must be true or false, not 0"},
        Row{"Array", R"({"type":"array","items":{"type":"string"}})", R"(["a","b"])", ""},
        Row{"TextIsNoArray", R"({"type":"array","items":{"type":"string"}})", R"("a")",
            R"(at must be an array, not "a")"},
        Row{"WrongItem", R"({"type":"array","items":{"type":"string"}})", R"(["a",null])",
            "at[1] must not be null"},
        Row{"TwiceWhereOnceIsAllowed", R"({"type":"array","uniqueItems":true})", "[1,2,1]",
            "at[2] must not be there twice"},
        Row{"ObjectByName", R"({"$ref":"Text"})", R"({"public":true,"id":7})", ""},
        Row{"RequiredIsMissing", R"({"$ref":"Text"})", R"({"id":7})", "at.public must not be null"},
        Row{"RequiredIsNull", R"({"$ref":"Text"})", R"({"public":null})", "at.public must not be null"},
        Row{"UnknownProperty", R"({"$ref":"Text"})", R"({"public":true,"internal":true})",
            R"(at.internal is no known property (Unrecognized field "internal"))"},
        Row{"ArrayIsNoObject", R"({"$ref":"Text"})", "[]", "at must be an object, not []"},
        Row{"EverythingThatIsWrong", R"({"$ref":"Text"})", R"({"id":"7","x":1})",
            R"(at.public must not be null; at.id must be a number, not "7"; at.x is no known property (Unrecognized field "x"))"},
        Row{"NamesOfItsOwn", R"({"type":"object","additionalProperties":{"type":"boolean"}})",
            R"({"a":true,"b":1})", "at.b must be true or false, not 1"},
        Row{"AnyNames", R"({"type":"object","additionalProperties":true})", R"({"a":[1]})", ""}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Schema, IgnoresExtrasWhereItIsTold) {
    const auto type = boost::json::parse(R"({"type":"object","properties":{"id":{"type":"integer"}}})");
    const Schema schema = schemaOf();
    EXPECT_TRUE(schema.violations(type, {{"id", 1}, {"new", 2}}, "", Extras::Ignored).empty());
    EXPECT_EQ(schema.violations(type, {{"id", "x"}, {"new", 2}}, "", Extras::Ignored).size(), 1U);
}

TEST(Schema, StopsCountingAtSomePoint) {
    boost::json::array many;
    for (int i = 0; i < 1'000; ++i) many.emplace_back(i);
    const auto type = boost::json::parse(R"({"type":"array","items":{"type":"string"}})");
    EXPECT_EQ(schemaOf().violations(type, many, "", Extras::Refused).size(), Schema::kMostViolations);
}

TEST(Schema, ShowsOnlyTheBeginningOfAWrongValueAndNoHalfCharacter) {
    std::string text(38, 'x');
    for (int i = 0; i < 9; ++i) text += "é";
    const auto found = schemaOf().violations(boost::json::parse(R"({"type":"integer"})"),
                                             boost::json::string{text}, "", Extras::Refused);
    EXPECT_EQ(textOf(found.at(0)), "the body must be a number, not \"" + std::string(38, 'x') + "…");
}

struct Misspelt {
    const char* name;
    const char* types;
    const char* says;
};
class MisspeltSchema : public ::testing::TestWithParam<Misspelt> {};

TEST_P(MisspeltSchema, IsRefusedWithThePlace) {
    const auto made = Schema::make(boost::json::parse(GetParam().types).as_object());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().detail, GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, MisspeltSchema,
    ::testing::Values(
        Misspelt{"Keyword", R"({"A":{"maxlength":3}})", "A: unknown keyword maxlength"},
        Misspelt{"Type", R"({"A":{"type":"int"}})", "A: unknown type int"},
        Misspelt{"Format", R"({"A":{"type":"string","format":"uid"}})", "A: unknown format uid"},
        Misspelt{"Reference", R"({"A":{"type":"array","items":{"$ref":"B"}}})", "A[]: no type B"},
        Misspelt{"Circle", R"({"A":{"$ref":"B"},"B":{"$ref":"A"}})", "A: no type B"},
        Misspelt{"Required", R"({"A":{"type":"object","required":["x"],"properties":{"y":{}}}})",
                 "A: requires the unknown property x"},
        Misspelt{"Number", R"({"A":{"type":"string","maxLength":"3"}})",
                 "A: maxLength must be a whole number"},
        Misspelt{"Nested", R"({"A":{"type":"object","properties":{"b":{"typ":"string"}}}})",
                 "A.b: unknown keyword typ"},
        Misspelt{"Closed", R"({"A":{"type":"object","additionalProperties":false}})",
                 "A: additionalProperties must be true or a type"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::simulators
