#include "server/ticketing/tenant_rules.hpp"

#include "server/ticketing/ticket_payload.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::ticketing {
namespace {

using protocol::AttributeValue;
using protocol::DraftFields;

const char* const kForms = R"([
 {"id":1,"name":"Default","default":true,"active":true,"content":{"fields":[54,55,57,58,59,60,62]}},
 {"id":2,"name":"Contrat","active":true,"fields":[{"id":54},{"id":56},{"id":61}]},
 {"id":3,"name":"Ancien","active":false,"content":{"fields":[54]}},
 {"id":4,"name":"Silent","active":true}])";
const char* const kStatuses = R"([
 {"statusId":1000,"parentId":1000,"name":"NEW"}, {"statusId":2001,"parentId":2000,"name":"PLANNED"},
 {"statusId":5000,"parentId":5000,"name":"RESOLVED"}, {"statusId":5001,"parentId":5000,"name":"BY_PHONE"},
 {"statusId":6000,"parentId":6000,"name":"CLOSED"}, {"statusId":6001,"parentId":6000,"name":"FILED"}])";
const char* const kAttributes = R"([
 {"id":54,"attributeType":"TEXT","name":"Call ID","active":true},
 {"id":55,"attributeType":"DROPDOWN","name":"Origine","active":true,"content":{"values":[
   {"id":"c1d1a2f0-3333-4a7e-9b00-000000000001","name":"Téléphone","active":true},
   {"id":"c1d1a2f0-3333-4a7e-9b00-000000000002","name":"E-mail","active":true},
   {"id":"c1d1a2f0-3333-4a7e-9b00-000000000003","name":"Fax","active":false}]}},
 {"id":56,"attributeType":"TEXT","name":"Contrat","active":true,"content":{"required":true,
   "advancedSettings":{"maxCharacters":8}}},
 {"id":57,"attributeType":"NUMERIC","name":"Postes","active":true},
 {"id":58,"attributeType":"DECIMAL","name":"Heures","active":true},
 {"id":59,"attributeType":"CHECKBOX","name":"Sur site","active":true},
 {"id":60,"attributeType":"TEXT","name":"Vieux","active":false},
 {"id":61,"attributeType":"TEXT","name":"Subject","active":true,"system":true,"content":{"required":true}},
 {"id":62,"attributeType":"MULTI_SELECT","name":"Lieux","active":true,"content":{"values":[{"id":"u","name":"N"}]}}])";

TenantSettings tenant() {
    TenantSettings settings;
    settings.facts.forms = *readForms(boost::json::parse(kForms));
    settings.facts.statuses = *readStatuses(boost::json::parse(kStatuses));
    settings.facts.attributes = *readAttributes(boost::json::parse(kAttributes));
    return settings;
}

struct Row {
    const char* name;
    std::optional<std::int64_t> form;
    std::optional<std::string> status;
    std::vector<AttributeValue> attributes;
    std::vector<protocol::FieldProblem> problems;
};
DraftFields fieldsOf(const Row& row) {
    DraftFields fields;
    fields.ticketFormId = row.form;
    fields.status = row.status;
    fields.attributes = row.attributes;
    return fields;
}
const auto kNone = std::vector<protocol::FieldProblem>{};
std::vector<protocol::FieldProblem> attributes(const char* code) {
    return {{"attributes", code}};
}

class TenantRules : public testing::TestWithParam<Row> {};
TEST_P(TenantRules, SayWhatNinjaWouldRefuse) {
    EXPECT_EQ(problemsOf(tenant(), fieldsOf(GetParam())), GetParam().problems);
}
TEST_P(TenantRules, SayNothingOfATenantThatWasNeverRead) {
    EXPECT_EQ(problemsOf({}, fieldsOf(GetParam())), kNone);
}
TEST_P(TenantRules, SayNothingOfAComment) {
    DraftFields fields = fieldsOf(GetParam());
    fields.commentOn = TicketId{1042};
    EXPECT_EQ(problemsOf(tenant(), fields), kNone);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, TenantRules,
    testing::Values(Row{"Plain", {}, {}, {}, kNone},
                    Row{"FormUnknown", 9, {}, {}, {{"ticketFormId", "unknown"}}},
                    Row{"FormInactive", 3, {}, {}, {{"ticketFormId", "inactive"}}},
                    Row{"StatusByNumber", {}, "2001", {}, kNone},
                    Row{"StatusByName", {}, "PLANNED", {}, kNone},
                    Row{"StatusUnknown", {}, "7000", {}, {{"status", "unknown"}}},
                    Row{"StatusClosed", {}, "6000", {}, {{"status", "notAllowed"}}},
                    Row{"StatusOfTheClosedBlock", {}, "6001", {}, {{"status", "notAllowed"}}},
                    Row{"RequiredMissing", 2, {}, {}, attributes("required")},
                    Row{"RequiredEmpty", 2, {}, {{56, "  "}}, attributes("required")},
                    Row{"RequiredGiven", 2, {}, {{56, "C-2026"}}, kNone},
                    Row{"TooLong", 2, {}, {{56, "C-2026-12"}}, attributes("tooLong")},
                    Row{"AsLongAsItMayBe", 2, {}, {{56, "éééééééé"}}, kNone},
                    Row{"Unknown", {}, {}, {{99, "x"}}, attributes("unknown")},
                    Row{"Inactive", {}, {}, {{60, "x"}}, attributes("inactive")},
                    Row{"NotOfTheForm", {}, {}, {{56, "x"}}, attributes("notAllowed")},
                    Row{"FormThatDoesNotSay", 4, {}, {{56, "x"}}, kNone},
                    Row{"Twice", {}, {}, {{57, "1"}, {57, "2"}}, attributes("notAllowed")},
                    Row{"OptionByName", {}, {}, {{55, "Téléphone"}}, kNone},
                    Row{"OptionByNumber", {}, {}, {{55, "C1D1A2F0-3333-4a7e-9b00-000000000002"}}, kNone},
                    Row{"OptionUnknown", {}, {}, {{55, "Pigeon"}}, attributes("notAllowed")},
                    Row{"OptionInactive", {}, {}, {{55, "Fax"}}, attributes("notAllowed")},
                    Row{"Number", {}, {}, {{57, "-12"}}, kNone},
                    Row{"NoNumber", {}, {}, {{57, "douze"}}, attributes("notAllowed")},
                    Row{"FractionForANumber", {}, {}, {{57, "1.5"}}, attributes("notAllowed")},
                    Row{"Fraction", {}, {}, {{58, "1.5"}}, kNone},
                    Row{"HalfAFraction", {}, {}, {{58, "1."}}, attributes("notAllowed")},
                    Row{"Ticked", {}, {}, {{59, "true"}}, kNone},
                    Row{"NoTick", {}, {}, {{59, "oui"}}, attributes("notAllowed")},
                    Row{"SeveralAreLeftToNinja", {}, {}, {{62, "N,M"}}, kNone},
                    Row{"EachProblemOnce", {}, {}, {{99, "x"}, {98, "x"}}, attributes("unknown")},
                    Row{"SeveralProblems",
                        3,
                        "7000",
                        {{99, "x"}},
                        {{"ticketFormId", "inactive"}, {"status", "unknown"}, {"attributes", "unknown"}}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TenantRulesOfTheConfiguration, AreHeldToTheTenantToo) {
    TenantSettings settings = tenant();
    settings.formId = 9;
    settings.newStatus = "1234";
    const std::vector<protocol::FieldProblem> both{{"ticketFormId", "unknown"}, {"status", "unknown"}};
    EXPECT_EQ(problemsOf(settings, {}), both);
    settings = tenant();
    settings.facts.forms.front().isActive = false;
    const std::vector<protocol::FieldProblem> none{{"ticketFormId", "required"}};
    EXPECT_EQ(problemsOf(settings, {}), none);
}

TEST(TenantRulesOfLists, ThatCouldNotBeReadJudgeNothing) {
    DraftFields fields;
    fields.ticketFormId = 2;
    fields.status = "7000";
    fields.attributes = {{99, "x"}};
    TenantSettings settings = tenant();
    settings.facts.statuses.clear();
    settings.facts.attributes.clear();
    EXPECT_EQ(problemsOf(settings, fields), kNone);
    settings = tenant();
    settings.facts.forms.clear();
    settings.facts.attributes.clear();
    fields.status = "NEW";
    EXPECT_EQ(problemsOf(settings, fields), kNone);
}

TEST(TenantRulesOfTheMarker, FillARequiredCallIdAttribute) {
    TenantSettings settings = tenant();
    settings.facts.attributes.front().isRequired = true;
    EXPECT_EQ(problemsOf(settings, {}), kNone);
    settings.callIdAttribute = "";
    EXPECT_EQ(problemsOf(settings, {}), attributes("required"));
}

struct FinalRow {
    const char* name;
    std::vector<TicketStatus> statuses;
    const char* solvedStatus;
    std::optional<std::string> asked;
    bool isSolved, isComment;
    std::optional<std::string> expected;
};
class AFinalStatus : public testing::TestWithParam<FinalRow> {};
TEST_P(AFinalStatus, IsOfTheResolvedBlockAndTheFirstOneToo) {
    TenantSettings settings;
    settings.facts.statuses = GetParam().statuses;
    settings.solvedStatus = GetParam().solvedStatus;
    DraftFields fields;
    fields.status = GetParam().asked;
    fields.isSolved = GetParam().isSolved;
    if (GetParam().isComment) fields.commentOn = TicketId{77};
    EXPECT_EQ(finalStatus(settings, fields), GetParam().expected);
    EXPECT_EQ(firstStatus(settings, fields, false).isResolved, GetParam().expected.has_value());
    const std::string openId = fields.status == "3001" ? "3001" : "1000";
    EXPECT_FALSE(firstStatus(settings, fields, true).isResolved);
    if (!GetParam().expected) return;
    EXPECT_EQ(firstStatus(settings, fields, false).id, *GetParam().expected);
    EXPECT_EQ(firstStatus(settings, fields, true).id, openId);
}
const std::vector<TicketStatus> kKnown{{1000, 1000, "NEW", ""},      {3001, 3000, "CONFIRM", ""},
                                       {5000, 5000, "RESOLVED", ""}, {5002, 5000, "BY_PHONE", ""},
                                       {6000, 6000, "CLOSED", ""},   {6001, 6000, "FILED", ""}};
INSTANTIATE_TEST_SUITE_P(
    Rows, AFinalStatus,
    testing::Values(
        FinalRow{"NoneOfAnOpenCall", kKnown, "5002", {}, false, false, {}},
        FinalRow{"AsConfigured", kKnown, "5002", {}, true, false, "5002"},
        FinalRow{"AsConfiguredByName", kKnown, "BY_PHONE", {}, true, false, "5002"},
        FinalRow{"ByItsNumberAlone", {{1000, 0, "", ""}, {5002, 0, "", ""}}, "5002", {}, true, false, "5002"},
        FinalRow{"AnotherWhereThatIsUnknown", {{5001, 5000, "", ""}}, "5009", {}, true, false, "5001"},
        FinalRow{"TheSystemsWhereNoneIsKnown", {}, "5002", {}, true, false, "5000"},
        FinalRow{"NeverAClosedOne", kKnown, "6000", {}, true, false, "5000"},
        FinalRow{"NorOneOfItsBlock", kKnown, "6001", {}, true, false, "5000"},
        FinalRow{"NorAnOpenOne", kKnown, "3001", {}, true, false, "5000"},
        FinalRow{"AsAskedForAlone", kKnown, "5000", "BY_PHONE", false, false, "5002"},
        FinalRow{"AsAskedForOfASolvedCall", kKnown, "5000", "5002", true, false, "5002"},
        FinalRow{"AsAskedForWhereNoneIsKnown", {}, "5000", "5002", false, false, "5002"},
        FinalRow{"NoneWhereAnOpenOneIsAskedFor", kKnown, "5000", "3001", false, false, {}},
        FinalRow{"TheConfiguredWhereAnOpenOneIsAskedFor", kKnown, "5002", "3001", true, false, "5002"},
        FinalRow{"NoneOfATicketThatIsCommentedOn", kKnown, "5000", "5002", false, true, {}},
        FinalRow{"OfASolvedCallThatIsAComment", kKnown, "5000", "5002", true, true, "5002"}),
    [](const auto& info) { return std::string{info.param.name}; });

struct TimeRow {
    const char* name;
    std::optional<std::int64_t> seconds;
    bool isAllowed;
};
class TimesSpent : public testing::TestWithParam<TimeRow> {};
TEST_P(TimesSpent, AreAWeekAtMost) {
    DraftFields fields;
    fields.timeTrackedS = GetParam().seconds;
    const std::vector<protocol::FieldProblem> none;
    const std::vector<protocol::FieldProblem> refused{{"timeTrackedS", "notAllowed"}};
    EXPECT_EQ(problemsOf(tenant(), fields), GetParam().isAllowed ? none : refused);
    EXPECT_EQ(problemsOf({}, fields), GetParam().isAllowed ? none : refused);
    fields.commentOn = TicketId{77};
    EXPECT_EQ(problemsOf(tenant(), fields), GetParam().isAllowed ? none : refused);
}
INSTANTIATE_TEST_SUITE_P(Rows, TimesSpent,
                         testing::Values(TimeRow{"None", {}, true}, TimeRow{"Zero", 0, true},
                                         TimeRow{"AWeek", 604'800, true},
                                         TimeRow{"MoreThanAWeek", 604'801, false},
                                         TimeRow{"MoreThanNinjaTakes", std::int64_t{1} << 62, false},
                                         TimeRow{"Negative", -1, false}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(FinalStatuses, MayBeMeantByANameAsLongAsNoneIsKnown) {
    DraftFields fields;
    EXPECT_FALSE(mayHaveFinalStatus({}, fields));
    fields.status = "BY_PHONE";
    EXPECT_TRUE(mayHaveFinalStatus({}, fields));
    fields.status = "3001";
    EXPECT_FALSE(mayHaveFinalStatus({}, fields));
    fields.status = "CONFIRM";
    EXPECT_FALSE(mayHaveFinalStatus(tenant(), fields));
}

struct StatusRow {
    const char* name;
    std::optional<std::string> asked;
    bool isSolved, startsOpen;
    const char* solvedStatus;
    FirstStatus expected;
};
class FirstStatuses : public testing::TestWithParam<StatusRow> {};
TEST_P(FirstStatuses, AreChosen) {
    const StatusRow& row = GetParam();
    TenantSettings settings = tenant();
    settings.solvedStatus = row.solvedStatus;
    DraftFields fields;
    fields.status = row.asked;
    fields.isSolved = row.isSolved;
    const FirstStatus chosen = firstStatus(settings, fields, row.startsOpen);
    EXPECT_EQ(chosen.id, row.expected.id);
    EXPECT_EQ(chosen.isResolved, row.expected.isResolved);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, FirstStatuses,
    testing::Values(StatusRow{"New", {}, false, false, "5000", {"1000", false}},
                    StatusRow{"Asked", "2001", false, false, "5000", {"2001", false}},
                    StatusRow{"AskedByName", "PLANNED", false, false, "5000", {"2001", false}},
                    StatusRow{"AskedAndUnknown", "7000", false, false, "5000", {"7000", false}},
                    StatusRow{"Solved", {}, true, false, "5001", {"5001", true}},
                    StatusRow{"SolvedByName", {}, true, false, "BY_PHONE", {"5001", true}},
                    StatusRow{"SolvedIsUnknown", {}, true, false, "5009", {"5000", true}},
                    StatusRow{"SolvedIsClosed", {}, true, false, "6000", {"5000", true}},
                    StatusRow{"SolvedBeatsAnOpenOne", "2001", true, false, "5000", {"5000", true}},
                    StatusRow{"SolvedInTheWayAsked", "5001", true, false, "5000", {"5001", true}},
                    StatusRow{"ResolvedByRule", "5001", false, false, "5000", {"5001", true}},
                    StatusRow{"SolvedIsRefused", {}, true, true, "5000", {"1000", false}},
                    StatusRow{"SolvedIsRefusedAndRuled", "2001", true, true, "5000", {"2001", false}},
                    StatusRow{"ResolvedByRuleIsRefused", "5001", false, true, "5000", {"1000", false}}),
    [](const auto& info) { return std::string{info.param.name}; });

struct SentRow {
    const char* name;
    std::optional<std::int64_t> form;
    const char* callIdAttribute;
    std::vector<AttributeValue> given, sent;
};
class SentAttributes : public testing::TestWithParam<SentRow> {};
TEST_P(SentAttributes, AreWhatTheFormTakes) {
    TenantSettings settings = tenant();
    settings.callIdAttribute = GetParam().callIdAttribute;
    DraftFields fields;
    fields.ticketFormId = GetParam().form;
    fields.attributes = GetParam().given;
    EXPECT_EQ(attributesToSend(settings, fields, "3CX-7f3a9c21"), GetParam().sent);
}
const AttributeValue kMark{54, "3CX-7f3a9c21"};
INSTANTIATE_TEST_SUITE_P(
    Rows, SentAttributes,
    testing::Values(SentRow{"TheMarkerAlone", {}, "Call ID", {}, {kMark}},
                    SentRow{"TheNameIsReadLoosely", {}, "call-id", {}, {kMark}},
                    SentRow{"NoMarkerIsWanted", {}, "", {}, {}},
                    SentRow{"NoAttributeOfThatName", {}, "Appel", {}, {}},
                    SentRow{"AnotherTypeIsNone", {}, "Postes", {}, {}},
                    SentRow{"AnInactiveOneIsNone", {}, "Vieux", {}, {}},
                    SentRow{"NotOnTheForm", {}, "Contrat", {}, {}},
                    SentRow{"TooShortForIt", 2, "Contrat", {{56, "C-1"}}, {{56, "C-1"}}},
                    SentRow{"AFormThatDoesNotSay", 4, "Call ID", {}, {}},
                    SentRow{"OptionsByExactName",
                            {},
                            "Call ID",
                            {{55, " Téléphone "}, {57, "3"}},
                            {kMark, {55, "c1d1a2f0-3333-4a7e-9b00-000000000001"}, {57, "3"}}},
                    SentRow{"OptionsByName",
                            {},
                            "Call ID",
                            {{55, "e-MAIL"}},
                            {kMark, {55, "c1d1a2f0-3333-4a7e-9b00-000000000002"}}},
                    SentRow{"AnEmptyValueIsNone", {}, "Call ID", {{57, ""}, {58, " "}}, {kMark}},
                    SentRow{"TheMarkerIsOurs", {}, "Call ID", {{54, "other"}}, {kMark}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TenantFacts, AreReadLeniently) {
    const auto forms = *readForms(boost::json::parse(
        R"([{"id":1,"content":{"fields":[54,"x",null]}},{"id":2,"content":7,"fields":[{"id":5},{}]},{"id":3},{},
            {"id":4,"content":{"fields":[7]},"fields":[{"id":54}]},{"id":5,"content":{"fields":[7]},"fields":[]}])"));
    ASSERT_EQ(forms.size(), 5U);
    EXPECT_EQ(forms[3].attributes, std::vector<std::int64_t>{54}) << "the attributes themselves are surer";
    EXPECT_EQ(forms[4].attributes, std::vector<std::int64_t>{7});
    EXPECT_EQ(forms[0].attributes, std::vector<std::int64_t>{54});
    EXPECT_EQ(forms[1].attributes, std::vector<std::int64_t>{5});
    EXPECT_EQ(forms[2].attributes, std::nullopt);
    const auto attributes = *readAttributes(boost::json::parse(
        R"([{"id":1,"content":{"values":[{"name":"n"},{"id":"u"}],"advancedSettings":{"maxCharacters":0}}},
            {"id":2,"content":[],"system":"x"}])"));
    ASSERT_EQ(attributes.size(), 2U);
    EXPECT_EQ(attributes[0].options.size(), 1U);
    EXPECT_EQ(attributes[0].maxCharacters, std::nullopt) << "no text could be so short";
    EXPECT_FALSE(attributes[1].isSystem);
}

}  // namespace
}  // namespace ninja3cx::ticketing
