#include "server/ticketing/ticket_payload.hpp"

#include "server/tests/ticketing/fake_ninja.hpp"
#include "simulators/ninja_one/directory.hpp"
#include "simulators/ninja_one/seed.hpp"
#include "simulators/ninja_one/ticket_rules.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::ticketing {
namespace {

using protocol::DraftFields;

/// The simulator's tenant, as this product reads it.
TenantSettings tenant() {
    TenantSettings settings;
    boost::json::array statuses;
    for (const simulators::Status& status : simulators::kStatuses)
        statuses.push_back(simulators::statusJson(status));
    settings.facts.forms = *readForms(simulators::formsJson());
    settings.facts.statuses = *readStatuses(statuses);
    settings.facts.attributes = *readAttributes(simulators::attributesJson());
    return settings;
}

calls::OutboxEntry entryOf(DraftFields fields) {
    calls::OutboxEntry entry;
    entry.marker = "3CX-7f3a9c21aaaa";
    entry.description = "Résumé";
    entry.fields = std::move(fields);
    entry.fields.subject = "Imprimante";
    entry.fields.organizationId = 11;
    entry.fields.requesterUid = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11";
    return entry;
}

/// What NinjaOne's double says to it; empty: it takes it.
std::string refusalOf(const std::string& body) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = "https://app.ninjarmm.com/api/v2/ticketing/ticket";
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Authorization", "Bearer AT");
    request.body = body;
    if (std::string wrong = violationsOf(request); !wrong.empty()) return wrong;
    const ManualClock clock;
    const simulators::Directory directory{clock, simulators::builtInSeed(), 1};
    const auto read = simulators::readNewTicket(boost::json::parse(body).as_object(), directory,
                                                simulators::NinjaOneOptions{});
    return read ? std::string{} : read.error().detail;
}

struct Row {
    const char* name;
    void (*fill)(DraftFields&);
    bool isTaken = true;
    const char* sent = "{}";  // members that the request has
};
class TicketOf : public testing::TestWithParam<Row> {};

/// What the rules let through NinjaOne's double takes, and what they hold back it refuses.
TEST_P(TicketOf, TheSimulatedTenantIsTakenAsTheRulesSay) {
    DraftFields fields;
    GetParam().fill(fields);
    const std::string body = ticketRequest(entryOf(fields), tenant(), 4, false).json;
    const auto problems = problemsOf(tenant(), fields);
    EXPECT_EQ(problems.empty(), GetParam().isTaken);
    const std::string refusal = refusalOf(body);
    EXPECT_EQ(refusal.empty(), GetParam().isTaken) << refusal;
    const auto sent = boost::json::parse(body).as_object();
    const auto expected = boost::json::parse(GetParam().sent).as_object();
    for (const auto& [key, value] : expected) {
        ASSERT_TRUE(sent.contains(key)) << body;
        EXPECT_EQ(sent.at(key), value) << key;
    }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, TicketOf,
    testing::Values(Row{"Plain", [](DraftFields&) {}, true,
                        R"({"ticketFormId":1,"status":"1000","assignedAppUserId":4,
                "attributes":[{"attributeId":54,"value":"3CX-7f3a9c21aaaa"}]})"},
                    Row{"Place",
                        [](DraftFields& f) {
                            f.locationId = 31;
                            f.deviceId = 341;
                        },
                        true, R"({"locationId":31,"nodeId":341})"},
                    Row{"Status", [](DraftFields& f) { f.status = "2001"; }, true, R"({"status":"2001"})"},
                    Row{"StatusByName", [](DraftFields& f) { f.status = "PLANNED"; }, true,
                        R"({"status":"2001"})"},
                    Row{"StatusUnknown", [](DraftFields& f) { f.status = "2002"; }, false},
                    Row{"Solved", [](DraftFields& f) { f.isSolved = true; }, true, R"({"status":"5000"})"},
                    Row{"ContractForm",
                        [](DraftFields& f) {
                            f.ticketFormId = 2;
                            f.attributes = {{56, "C-2026"}};
                        },
                        true,
                        R"({"ticketFormId":2,"attributes":[{"attributeId":54,"value":"3CX-7f3a9c21aaaa"},
                                               {"attributeId":56,"value":"C-2026"}]})"},
                    Row{"ContractMissing", [](DraftFields& f) { f.ticketFormId = 2; }, false},
                    Row{"ContractOnTheWrongForm",
                        [](DraftFields& f) {
                            f.attributes = {{56, "C-2026"}};
                        },
                        false},
                    Row{"FormInactive", [](DraftFields& f) { f.ticketFormId = 3; }, false},
                    Row{"FormUnknown", [](DraftFields& f) { f.ticketFormId = 9; }, false},
                    Row{"OriginByName",
                        [](DraftFields& f) {
                            f.attributes = {{55, "Téléphone"}};
                        },
                        true,
                        R"({"attributes":[{"attributeId":54,"value":"3CX-7f3a9c21aaaa"},
                              {"attributeId":55,"value":"c1d1a2f0-3333-4a7e-9b00-000000000001"}]})"},
                    Row{"OriginInactive",
                        [](DraftFields& f) {
                            f.attributes = {{55, "Télécopie"}};
                        },
                        false},
                    Row{"AttributeUnknown",
                        [](DraftFields& f) {
                            f.attributes = {{99, "x"}};
                        },
                        false},
                    Row{"AttributeEmpty",
                        [](DraftFields& f) {
                            f.attributes = {{55, ""}};
                        }},
                    Row{"Time", [](DraftFields& f) { f.timeTrackedS = 372; }}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TicketPayload, ATimeEntryIsSentOnlyWhereThereIsTime) {
    const auto trackedIn = [](std::optional<std::int64_t> seconds) {
        DraftFields fields;
        fields.timeTrackedS = seconds;
        const auto sent = boost::json::parse(ticketRequest(entryOf(fields), tenant(), {}, false).json);
        const auto* tracked = sent.at("description").as_object().if_contains("timeTracked");
        return tracked ? std::optional{tracked->as_int64()} : std::nullopt;
    };
    EXPECT_EQ(trackedIn(372), 372);
    EXPECT_EQ(trackedIn({}), std::nullopt);
    EXPECT_EQ(trackedIn(0), std::nullopt);
    EXPECT_EQ(trackedIn(-5), std::nullopt);
    EXPECT_EQ(trackedIn(5'000'000'000), 2'147'483'647);
}

TEST(TicketPayload, EveryTypePriorityAndSeverityOfNinjaPasses) {
    using protocol::TicketType;
    const std::vector<TicketType> types{
        TicketType::Problem, TicketType::Question,       TicketType::Incident,
        TicketType::Task,    TicketType::ServiceRequest, TicketType::ChangeRequest,
        TicketType::Project, TicketType::Appointment,    TicketType::Miscellaneous};
    for (const TicketType type : types)
        for (const std::optional<protocol::Priority> priority :
             {std::optional<protocol::Priority>{}, std::optional{protocol::Priority::Low},
              std::optional{protocol::Priority::Medium}, std::optional{protocol::Priority::High}})
            for (const auto severity :
                 {protocol::Severity::None, protocol::Severity::Minor, protocol::Severity::Moderate,
                  protocol::Severity::Major, protocol::Severity::Critical}) {
                DraftFields fields;
                fields.type = type;
                fields.priority = priority;
                fields.severity = severity;
                EXPECT_EQ(refusalOf(ticketRequest(entryOf(fields), tenant(), {}, false).json), "");
            }
}

}  // namespace
}  // namespace ninja3cx::ticketing
