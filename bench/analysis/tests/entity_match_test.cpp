#include "bench/analysis/entity_match.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using Texts = std::vector<std::string>;

struct Row {
    const char* name;
    const char* kind;
    Texts gold;
    Texts said;
    Texts optional;
    bool isLenient;
    Counts expected;
};
class EntityMatch : public testing::TestWithParam<Row> {};
TEST_P(EntityMatch, CountsRightWrongAndMissed) {
    const Row& row = GetParam();
    EXPECT_EQ(matchEntities(row.kind, row.gold, row.said, row.optional, row.isLenient), row.expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, EntityMatch,
    testing::Values(
        Row{"TitlesAndCommonNounsDoNotCount",
            "person",
            {"Julie Martin"},
            {"Mme Martin", "le technicien"},
            {},
            true,
            {1, 0, 0}},
        Row{"AStrictNameIsTheWholeName", "person", {"Julie Martin"}, {"Mme Martin"}, {}, false, {0, 1, 1}},
        Row{"ASiteIsItsName", "site", {"agence de Dinan"}, {"Dinan", "le bureau"}, {}, true, {1, 0, 0}},
        Row{"AnotherMakeIsWrong",
            "device",
            {"Kyocera TASKalfa"},
            {"imprimante Kyocera", "Canon"},
            {},
            true,
            {1, 1, 0}},
        Row{"OptionalValuesAreFree", "company", {"Acme"}, {"Acme", "Orange"}, {"Orange"}, true, {1, 0, 0}},
        Row{"ASecondFormIsFree", "person", {"Julie Martin"}, {"Julie Martin", "Julie"}, {}, true, {1, 0, 0}},
        Row{"ASecondFormIsWrongWhenStrict",
            "person",
            {"Julie Martin"},
            {"Julie Martin", "Julie"},
            {},
            false,
            {1, 1, 0}},
        Row{"ARepetitionCountsOnce",
            "phone",
            {"0639981257"},
            {"06 39 98 12 57", "+33639981257"},
            {},
            true,
            {1, 0, 0}},
        Row{"HexPrefixIsNoPartOfACode", "error_code", {"0x80070005"}, {"8007 0005"}, {}, true, {1, 0, 0}},
        Row{"NothingSaidIsAllMissed", "software", {"Teams", "Outlook"}, {}, {}, true, {0, 0, 2}},
        Row{"EmptyTextIsNothing", "software", {}, {"", " - "}, {}, true, {0, 0, 0}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Counts, HaveARatioAlsoOfNothing) {
    EXPECT_EQ((Counts{}.f1()), 1);
    EXPECT_EQ((Counts{0, 0, 2}.f1()), 0);
    EXPECT_EQ((Counts{0, 2, 0}.precision()), 0);
    EXPECT_DOUBLE_EQ((Counts{2, 1, 1}.f1()), 2.0 / 3);
}

}  // namespace
}  // namespace ninja3cx::bench
