#include "simulators/tests/ninja_harness.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::simulators {
namespace {

using testing::bodyOf;
using testing::NinjaHarness;

/// A ticket that is right, with the given properties put in; `null` takes one away.
std::string ticketWith(const std::string& changes) {
    boost::json::object ticket =
        boost::json::parse(R"({"clientId":11,"ticketFormId":1,"subject":"VPN","status":"1000"})").as_object();
    const boost::json::value changed = boost::json::parse(changes);
    for (const auto& [key, value] : changed.as_object()) ticket[key] = value;
    return boost::json::serialize(ticket);
}

struct Row {
    const char* name;
    std::string changes;
    int status;
    const char* says = "";  // a part of errorMessage
};

class TicketRules : public ::testing::TestWithParam<Row> {};

TEST_P(TicketRules, Decide) {
    NinjaHarness tenant;
    tenant.signIn();
    const Reply reply = tenant.create(ticketWith(GetParam().changes));
    EXPECT_EQ(reply.status, GetParam().status) << reply.body;
    EXPECT_EQ(tenant.ticketCount(), GetParam().status == 200 ? 1U : 0U);
    if (reply.status != 200) {
        EXPECT_NE(reply.body.find(GetParam().says), std::string::npos) << reply.body;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TicketRules,
    ::testing::Values(
        Row{"FourFieldsAreEnough", "{}", 200},
        Row{"ClientIsRequired", R"({"clientId":null})", 400, "clientId must not be null"},
        Row{"FormIsRequired", R"({"ticketFormId":null})", 400, "ticketFormId must not be null"},
        Row{"SubjectIsRequired", R"({"subject":null})", 400, "subject must not be null"},
        Row{"StatusIsRequired", R"({"status":null})", 400, "status must not be null"},
        Row{"StatusMayBeAName", R"({"status":"NEW"})", 200},
        Row{"StatusOneIsUnknown", R"({"status":"1"})", 400, "status is unknown"},
        Row{"CustomStatusWorks", R"({"status":"2001"})", 200},
        Row{"Subject200CharactersFit", R"({"subject":")" + std::string(199, 'x') + R"(é"})", 200},
        Row{"Subject201CharactersAreTooMany", R"({"subject":")" + std::string(201, 'x') + R"("})", 400,
            "subject"},
        Row{"ClientMustBeANumber", R"({"clientId":"11"})", 400, "clientId"},
        Row{"ClientMustExist", R"({"clientId":99})", 400, "clientId"},
        Row{"FormMustExist", R"({"ticketFormId":9})", 400, "ticketFormId"},
        Row{"PriorityIsAnEnum", R"({"priority":"CRITICAL"})", 400, "priority"},
        Row{"SeverityIsAnEnum", R"({"severity":"CRITICAL"})", 200},
        Row{"TypeIsAnEnum", R"({"type":"CALL"})", 400, "type"},
        Row{"RequesterMustExist", R"({"requesterUid":"00000000-0000-0000-0000-000000000000"})", 400,
            "requesterUid"},
        Row{"AssigneeMustBeActive", R"({"assignedAppUserId":6})", 400, "assignedAppUserId"},
        Row{"AssigneeWorks", R"({"assignedAppUserId":4})", 200},
        Row{"NodeOfAnotherOrganization", R"({"nodeId":345})", 400, "nodeId"},
        Row{"LocationOfAnotherOrganization", R"({"locationId":35})", 400, "locationId"},
        Row{"NodeAndLocationOfThisOne", R"({"nodeId":341,"locationId":31})", 200},
        Row{"DescriptionNeedsPublic", R"({"description":{"body":"x"}})", 400, "description.public"},
        Row{"TagsMustBeAnArray", R"({"tags":"appel"})", 400, "tags"},
        Row{"AttributeNeedsItsId", R"({"attributes":[{"value":"x"}]})", 400,
            "attributes[0].attributeId must not be null"},
        Row{"AttributeNeedsItsValue", R"({"attributes":[{"attributeId":54}]})", 400,
            "attributes[0].value must not be null"},
        Row{"AttributeMustBeOfTheForm", R"({"attributes":[{"attributeId":56,"value":"C-1"}]})", 400,
            "attribute 'Contrat' is not part of the form"},
        Row{"AttributeMustExist", R"({"attributes":[{"attributeId":99,"value":"C-1"}]})", 400,
            "attributeId 99 is unknown"},
        Row{"AttributeOnce",
            R"({"attributes":[{"attributeId":54,"value":"a"},{"attributeId":54,"value":"b"}]})", 400,
            "attribute 'Call ID' is there twice"},
        Row{"OptionByItsId",
            R"({"attributes":[{"attributeId":55,"value":"c1d1a2f0-3333-4a7e-9b00-000000000001"}]})", 200},
        Row{"OptionByItsName", R"({"attributes":[{"attributeId":55,"value":"Téléphone"}]})", 400,
            "attribute 'Origine': the value is none of its options"},
        Row{"OptionThatIsNoMore",
            R"({"attributes":[{"attributeId":55,"value":"c1d1a2f0-3333-4a7e-9b00-000000000003"}]})", 400,
            "none of its options"},
        Row{"FormThatIsNoMore", R"({"ticketFormId":3})", 400, "ticketFormId is not active"},
        Row{"FormTwoWantsItsAttribute", R"({"ticketFormId":2})", 400, "Contrat"},
        Row{"FormTwoWithItsAttribute",
            R"({"ticketFormId":2,"attributes":[{"attributeId":56,"value":"C-1"}]})", 200},
        Row{"ParentMustExist", R"({"parentTicketId":4})", 400, "parentTicketId"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TicketRulesStrict, CatchPropertiesThatNinjaOneDoesNotKnow) {
    NinjaHarness tenant;
    tenant.signIn();
    const Reply reply = tenant.create(ticketWith(R"({"boardId":5})"));
    EXPECT_EQ(reply.status, 400);
    EXPECT_NE(reply.body.find("boardId"), std::string::npos);
    EXPECT_EQ(tenant.ticketCount(), 0U);
}

/// What clients in production are known to get away with.
class TicketRulesLenient : public TicketRules {};
TEST_P(TicketRulesLenient, TakeWhatTheInterfaceDoesNotDescribe) {
    NinjaOneScenario scenario;
    scenario.options.isStrict = false;
    NinjaHarness tenant{std::move(scenario)};
    tenant.signIn();
    const Reply reply = tenant.create(ticketWith(GetParam().changes));
    EXPECT_EQ(reply.status, GetParam().status) << reply.body;
    EXPECT_NE(reply.body.find(GetParam().says), std::string::npos) << reply.body;
    EXPECT_EQ(tenant.state().at("violations").at("count"), 1) << "seen all the same";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TicketRulesLenient,
    ::testing::Values(Row{"StatusMayBeANumber", R"({"status":1000})", 200},
                      Row{"AttributeMayBeANumber", R"({"attributes":[{"attributeId":54,"value":7}]})", 200},
                      Row{"UnknownPropertiesAreIgnored", R"({"boardId":5,"title":"x"})", 200},
                      Row{"AttributeNeedsItsValue", R"({"attributes":[{"attributeId":54}]})", 400,
                          "attributes[]"},
                      Row{"SubjectIsStillRequired", R"({"subject":null})", 400, "subject must not be null"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TicketRulesSwitch, MayLetAFormsAttributeBeMissing) {
    NinjaOneScenario scenario;
    scenario.options.requiresFormAttributes = false;
    NinjaHarness tenant{std::move(scenario)};
    tenant.signIn();
    EXPECT_EQ(tenant.create(ticketWith(R"({"ticketFormId":2})")).status, 200);
}

TEST(TicketRulesSwitch, MayTakeAnAttributeThatTheFormDoesNotHave) {
    NinjaOneScenario scenario;
    scenario.options.attributesOnlyOfForm = false;
    NinjaHarness tenant{std::move(scenario)};
    tenant.signIn();
    EXPECT_EQ(tenant.create(ticketWith(R"({"attributes":[{"attributeId":56,"value":"C-1"}]})")).status, 200);
}

TEST(TicketRulesSwitch, MayLetNoTicketBeginResolved) {
    NinjaOneScenario scenario;
    scenario.options.mayBeginResolved = false;
    NinjaHarness tenant{std::move(scenario)};
    tenant.signIn();
    EXPECT_EQ(tenant.create(ticketWith(R"({"status":"5000"})")).status, 400);
    EXPECT_EQ(tenant.create(ticketWith(R"({"status":"2000"})")).status, 200);
}

TEST(TicketCreate, RefusesABodyThatIsNotJson) {
    NinjaHarness tenant;
    tenant.signIn();
    EXPECT_EQ(tenant.send("POST", "/v2/ticketing/ticket", "a=1", "text/plain").status, 415);
    EXPECT_EQ(tenant.send("POST", "/v2/ticketing/ticket", "{").status, 400);
    EXPECT_EQ(tenant.send("POST", "/v2/ticketing/ticket", "[]").status, 400);
    EXPECT_EQ(tenant.ticketCount(), 0U);
}

}  // namespace
}  // namespace ninja3cx::simulators
