#include "server/ticketing/ticket_update.hpp"

#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/ticketing/ticket_lookup.hpp"
#include "server/ticketing/ticket_payload.hpp"
#include "simulators/ninja_one/ninja_one.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::ticketing {
namespace {

const char* const kTicket =
    R"({"id":1042,"version":7,"nodeId":345,"clientId":12,"locationId":31,"assignedAppUserId":4,
        "requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","subject":"Imprimante",
        "status":{"name":"NEW","displayName":"New","parentId":1000,"statusId":1000},"type":"INCIDENT",
        "priority":"MEDIUM","severity":"MODERATE","ticketFormId":1,"source":"TECHNICIAN","tags":["appel"],
        "ccList":{"uids":["5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a12"],"emails":["chef@exemple.fr"]},
        "createTime":1763827200.125,"deleted":false,"parentTicketId":1001,"followupTime":1763900000.5,
        "attributeValues":[{"id":9001,"attributeId":54,"value":"3CX-7f3a9c21"},
                           {"id":9002,"attributeId":55,"value":1763827200.5},
                           {"id":9005,"attributeId":58,"value":1763827200.0},
                           {"id":9006,"attributeId":59,"value":7},
                           {"id":9003,"attributeId":56,"value":true},
                           {"id":9004,"attributeId":57,"value":null}],
        "additionalAssignedTechnicianIds":[2,3],"somethingNew":{"of":"a later version"}})";

boost::json::value ticket() {
    return boost::json::parse(kTicket);
}
boost::json::value ticketWith(const char* field, boost::json::value value) {
    boost::json::value made = ticket();
    made.as_object()[field] = std::move(value);
    return made;
}
TicketChange to(std::string status) {
    TicketChange change;
    change.status = std::move(status);
    return change;
}

TEST(TicketUpdate, KeepsAllThatCanBeEdited) {
    const TicketUpdate update = ticketUpdate(ticket(), to("5000"));
    EXPECT_EQ(update.lacks, "");
    EXPECT_EQ(boost::json::parse(update.json),
              boost::json::parse(
                  R"({"version":7,"clientId":12,"ticketFormId":1,"subject":"Imprimante","status":"5000",
                      "requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","type":"INCIDENT",
                      "priority":"MEDIUM","severity":"MODERATE","assignedAppUserId":4,
                      "additionalAssignedTechnicianIds":[2,3],"locationId":31,"nodeId":345,
                      "tags":["appel"],"followupTime":1763900000.5,"parentTicketId":1001,
                      "cc":{"uids":["5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a12"],"emails":["chef@exemple.fr"]},
                      "attributes":[{"attributeId":54,"value":"3CX-7f3a9c21","id":9001},
                                    {"attributeId":55,"value":"1763827200.5","id":9002},
                                    {"attributeId":58,"value":"1763827200","id":9005},
                                    {"attributeId":59,"value":"7","id":9006},
                                    {"attributeId":56,"value":"true","id":9003}]})"));
}

TEST(TicketUpdate, IsWhatNinjaOneTakes) {
    net::ClientRequest request;
    request.method = "PUT";
    request.url = "https://app.ninjarmm.com/api/v2/ticketing/ticket/1042";
    request.headers.set("Authorization", "Bearer AT-1");
    request.headers.set("Content-Type", "application/json");
    request.body = ticketUpdate(ticket(), to("5000")).json;
    EXPECT_EQ(violationsOf(request), "");
}

TEST(TicketUpdate, LeavesOutWhatTheTicketDoesNotHave) {
    const auto bare = boost::json::parse(
        R"({"id":9,"version":1,"clientId":12,"ticketFormId":1,"subject":"x","requesterUid":"u","nodeId":null,
            "status":{"statusId":1000},"type":null,"ccList":null,"attributeValues":null,"tags":null})");
    EXPECT_EQ(boost::json::parse(ticketUpdate(bare, to("5000")).json),
              boost::json::parse(R"({"version":1,"clientId":12,"ticketFormId":1,"subject":"x",
                                     "requesterUid":"u","status":"5000"})"));
}

class ATicketWithout : public testing::TestWithParam<const char*> {};
TEST_P(ATicketWithout, CannotBeChanged) {
    EXPECT_EQ(ticketUpdate(ticketWith(GetParam(), nullptr), to("5000")).lacks, GetParam());
}
INSTANTIATE_TEST_SUITE_P(Rows, ATicketWithout,
                         testing::Values("requesterUid", "version", "clientId", "ticketFormId", "subject"),
                         [](const auto& info) { return std::string{info.param}; });

struct OddRow {
    const char* name;
    const char* field;
    const char* value;
    const char* lacks;
};
class ATicketWhose : public testing::TestWithParam<OddRow> {};
TEST_P(ATicketWhose, IsNotChangedWhereThatWouldBeLost) {
    const auto odd = ticketWith(GetParam().field, boost::json::parse(GetParam().value));
    const TicketUpdate update = ticketUpdate(odd, to("5000"));
    EXPECT_EQ(update.lacks, GetParam().lacks);
    EXPECT_EQ(update.json.empty(), !update.lacks.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ATicketWhose,
    testing::Values(OddRow{"VersionHasAPoint", "version", "7.0", ""},
                    OddRow{"VersionIsNone", "version", "7.5", "version"},
                    OddRow{"NumberIsTooLarge", "nodeId", "4000000000", "nodeId"},
                    OddRow{"SubjectIsNoText", "subject", "7", "subject"},
                    OddRow{"TagsAreNoList", "tags", R"("vip")", "tags"},
                    OddRow{"TagIsNoText", "tags", R"(["vip",{"name":"x"}])", "tags"},
                    OddRow{"CopiesAreNoList", "ccList", R"({"emails":"a@b.c"})", "ccList"},
                    OddRow{"CopiesSayMore", "ccList", R"({"emails":["a@b.c"],"names":["A"]})", ""},
                    OddRow{"AttributesAreNoList", "attributeValues", "{}", "attributeValues"},
                    OddRow{"AttributeHasNoNumber", "attributeValues", R"([{"value":"x"}])",
                           "attributeValues"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ClosedTicket, IsOneOfTheResolvedOrTheClosedBlock) {
    const auto closed = [](const char* status) {
        return isClosed(ticketWith("status", boost::json::parse(status)));
    };
    EXPECT_EQ(closed(R"({"statusId":1000,"parentId":1000})"), false);
    EXPECT_EQ(closed(R"({"statusId":5000,"parentId":5000})"), true);
    EXPECT_EQ(closed(R"({"statusId":5000})"), true);
    EXPECT_EQ(closed(R"({"statusId":5003,"parentId":5000})"), true);
    EXPECT_EQ(closed(R"({"statusId":6000,"parentId":6000})"), true);
    EXPECT_EQ(closed(R"({"statusId":4000,"parentId":4000})"), false);
    EXPECT_EQ(closed("null"), std::nullopt);
    EXPECT_EQ(isClosed(nullptr), std::nullopt);
}

struct ConflictRow {
    const char* name;
    int status;
    const char* body;
    bool isConflict;
};
class AnAnswerToAChange : public testing::TestWithParam<ConflictRow> {};
TEST_P(AnAnswerToAChange, IsOrIsNoConflict) {
    EXPECT_EQ(isVersionConflict(readReply(answer(GetParam().status, GetParam().body), SystemTime{})),
              GetParam().isConflict);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, AnAnswerToAChange,
    testing::Values(ConflictRow{"Conflict", 409, "{}", true}, ConflictRow{"Precondition", 412, "", true},
                    ConflictRow{"NamesTheVersion", 400,
                                R"({"errorMessage":{"code":"ticket_VERSION_conflict","params":{}}})", true},
                    ConflictRow{"SpeaksOfIt", 400,
                                R"({"resultCode":"FAILURE","errorMessage":"stale version"})", true},
                    ConflictRow{"AnotherRefusal", 400, R"({"errorMessage":"status is unknown"})", false},
                    ConflictRow{"NotFound", 404, R"({"errorMessage":"no such version"})", false},
                    ConflictRow{"Done", 200, R"({"version":3})", false}),
    [](const auto& info) { return std::string{info.param.name}; });

/// The simulated tenant, asked without a network.
class Tenant {
public:
    explicit Tenant(int conflictStatus) : ninja_(clock_, scenario(conflictStatus)) {
        const auto token = ask("POST", "/ws/oauth/token",
                               "grant_type=refresh_token&refresh_token=sim-refresh-token"
                               "&client_id=sim-client&client_secret=sim-secret",
                               "application/x-www-form-urlencoded");
        token_ = std::string{token.body.at("access_token").as_string()};
    }
    Reply ask(const std::string& method, const std::string& path, const std::string& body = {},
              const std::string& contentType = "application/json") {
        simulators::Request request{method, path, {}, {}, body};
        if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
        if (!body.empty()) request.headers.emplace_back("Content-Type", contentType);
        return readReply(answer(ninja_.handle(request)), clock_.now());
    }

private:
    static simulators::NinjaOneScenario scenario(int conflictStatus) {
        simulators::NinjaOneScenario scenario;
        scenario.options.conflictStatus = conflictStatus;
        return scenario;
    }
    static net::HttpResponse answer(const simulators::Reply& reply) {
        net::HttpResponse response{reply.status, {}, reply.body};
        for (const auto& [name, value] : reply.headers) response.headers.set(name, value);
        return response;
    }
    ManualClock clock_;
    simulators::NinjaOne ninja_;
    std::string token_;
};

class ASimulatedTicket : public testing::TestWithParam<int> {};
TEST_P(ASimulatedTicket, IsClosedOnItsLatestVersionAndKeepsTheRest) {
    Tenant tenant{GetParam()};
    const Reply made = tenant.ask(
        "POST", "/api/v2/ticketing/ticket",
        R"({"clientId":11,"ticketFormId":1,"subject":"VPN","status":"2000","locationId":31,"nodeId":341,
            "requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","assignedAppUserId":1,"type":"INCIDENT",
            "priority":"HIGH","severity":"MAJOR","tags":["3cx","vpn"],"followupTime":1767225600.5,
            "cc":{"emails":["chef@exemple.fr"]},"additionalAssignedTechnicianIds":[2],
            "attributes":[{"attributeId":54,"value":"3CX-7f3a9c21"}]})");
    ASSERT_EQ(made.kind, ReplyKind::Ok) << made.detail;
    const std::string path =
        "/api/v2/ticketing/ticket/" + std::to_string(made.body.at("id").to_number<std::int64_t>());
    const Reply read = tenant.ask("GET", path);
    const std::string close = ticketUpdate(read.body, to("5000")).json;
    const Reply closed = tenant.ask("PUT", path, close);
    ASSERT_EQ(closed.kind, ReplyKind::Ok) << closed.detail;
    EXPECT_EQ(isClosed(closed.body), true);

    boost::json::value expected = read.body;
    boost::json::value now = tenant.ask("GET", path).body;
    for (const char* moved : {"version", "status", "attributeValues"}) {
        expected.as_object().erase(moved);
        EXPECT_TRUE(now.as_object().erase(moved)) << moved;
    }
    EXPECT_EQ(now, expected);
    EXPECT_EQ(closed.body.at("attributeValues").at(0).at("value"), "3CX-7f3a9c21");

    const Reply late = tenant.ask("PUT", path, close);
    EXPECT_EQ(late.status, GetParam());
    EXPECT_TRUE(isVersionConflict(late)) << late.detail;
}
INSTANTIATE_TEST_SUITE_P(Rows, ASimulatedTicket, testing::Values(409, 412, 400),
                         [](const auto& info) { return "WhoseConflictIs" + std::to_string(info.param); });

struct OwnerRow {
    const char* name;
    const char* field;
    boost::json::value value;
    bool isComment;
    std::string why;
};
class ATicketOf : public testing::TestWithParam<OwnerRow> {};
TEST_P(ATicketOf, IsChangedOnlyForItsCall) {
    calls::OutboxEntry entry;
    entry.fields.organizationId = 12;
    entry.fields.requesterUid = "5B0C8C52-4b0e-4a86-9c3f-0d7d0a6f0a11";
    if (GetParam().isComment) entry.fields.commentOn = TicketId{1042};
    EXPECT_EQ(whyNotToChange(ticketWith(GetParam().field, GetParam().value), 1042, entry), GetParam().why);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ATicketOf,
    testing::Values(OwnerRow{"ThisCall", "version", 8, false, ""},
                    OwnerRow{"ThisCallsRequester", "version", 8, true, ""},
                    OwnerRow{"AnotherOrganisation", "clientId", 13, false,
                             "is of another organisation (number 13, the call's is 12)"},
                    OwnerRow{"AnotherRequester", "requesterUid", "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a12", true,
                             "is of another requester"},
                    OwnerRow{"NoRequester", "requesterUid", nullptr, true, "is of another requester"},
                    OwnerRow{"ARequesterThatATechnicianChanged", "requesterUid",
                             "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a12", false, ""},
                    OwnerRow{"Nobody", "deleted", true, true, "was deleted in NinjaOne"},
                    OwnerRow{"AnotherNumber", "id", 1043, true,
                             "cannot be told from what NinjaOne answered"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TicketPayload, PutsTheTimeSpentIntoWhatTheCallBecomesAlone) {
    calls::OutboxEntry entry;
    entry.marker = "3CX-1";
    entry.description = "Résumé\n\nRef: 3CX-1";
    entry.transcriptNote = "texte";
    const auto tracked = [](const std::string& json, const char* part) {
        const auto sent = boost::json::parse(json);
        const auto& text = *part ? sent.at(part) : sent;
        return text.as_object().contains("timeTracked") ? text.at("timeTracked").as_int64() : -1;
    };
    EXPECT_EQ(tracked(ticketRequest(entry, {}, std::nullopt, false).json, "description"), -1);
    EXPECT_EQ(tracked(commentRequest(entry).json, ""), -1);
    entry.fields.timeTrackedS = 372;
    EXPECT_EQ(tracked(ticketRequest(entry, {}, std::nullopt, false).json, "description"), 372);
    EXPECT_EQ(tracked(commentRequest(entry).json, ""), 372);
    EXPECT_EQ(tracked(noteRequest(entry).json, ""), -1);
    entry.fields.timeTrackedS = 0;
    EXPECT_EQ(tracked(commentRequest(entry).json, ""), -1);
}

TEST(TicketPayload, MakesACommentPublicOnlyByTheTick) {
    calls::OutboxEntry entry;
    entry.marker = "3CX-1";
    entry.description = std::string(40'000, 'x') + "\n\nRef: 3CX-1";
    const NoteRequest comment = commentRequest(entry);
    const auto sent = boost::json::parse(comment.json);
    EXPECT_EQ(sent.at("public"), false);
    EXPECT_TRUE(holdsMarker(std::string{sent.at("body").as_string()}, "3CX-1"));
    ASSERT_TRUE(comment.file);
    EXPECT_EQ(comment.file->content, entry.description);
    entry.fields.isPublic = true;
    EXPECT_EQ(boost::json::parse(commentRequest(entry).json).at("public"), true);
}

}  // namespace
}  // namespace ninja3cx::ticketing
