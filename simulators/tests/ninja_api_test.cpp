#include "simulators/ninja_schema/ninja_api.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ninja3cx::simulators {
namespace {

/// A request as a client sends it, with a token.
Request request(const std::string& line, std::string body = "",
                const std::string& type = "application/json") {
    Request made;
    const std::size_t space = line.find(' ');
    const std::size_t question = std::min(line.find('?'), line.size());
    made.method = line.substr(0, space);
    made.path = line.substr(space + 1, question - space - 1);
    if (question < line.size()) made.query = decodeForm(std::string_view{line}.substr(question + 1));
    made.headers = {{"Authorization", "Bearer AT-1"}};
    if (!body.empty()) made.headers.emplace_back("Content-Type", type);
    made.body = std::move(body);
    return made;
}

std::string multipart(std::initializer_list<std::string> parts) {
    std::string body;
    for (const std::string& part : parts) body += "--B\r\n" + part + "\r\n";
    return body + "--B--\r\n";
}
const std::string kMultipart = "multipart/form-data; boundary=B";
const std::string kForm = "application/x-www-form-urlencoded";

std::string commentPart(const std::string& text, const std::string& type = "application/json") {
    return "Content-Disposition: form-data; name=\"comment\"\r\nContent-Type: " + type + "\r\n\r\n" + text;
}
const std::string kFilePart =
    "Content-Disposition: form-data; name=\"files\"; filename=\"t.txt\"\r\n\r\nhello";

std::string with(const char* whole, const char* changes) {
    auto body = boost::json::parse(whole).as_object();
    const auto changed = boost::json::parse(changes);
    for (const auto& [key, value] : changed.as_object()) body[key] = value;
    return boost::json::serialize(body);
}
constexpr const char* kTicket =
    R"({"clientId":11,"ticketFormId":1,"subject":"VPN","status":"1000","description":{"public":false,"body":"x","htmlBody":null},)"
    R"("type":"INCIDENT","priority":"HIGH","severity":"CRITICAL","requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11",)"
    R"("assignedAppUserId":4,"tags":["appel"],"attributes":[{"attributeId":54,"value":"3CX-1"}],"locationId":null,)"
    R"("cc":{"uids":[],"emails":["a@b.example"]},"followupTime":1767225600.5})";
constexpr const char* kChange =
    R"({"version":3,"clientId":11,"ticketFormId":1,"subject":"VPN","status":"5000","requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"})";
std::string ticket(const char* changes) {
    return with(kTicket, changes);
}
std::string change(const char* changes) {
    return with(kChange, changes);
}
const std::string kCreate = "POST /api/v2/ticketing/ticket";
const std::string kPut = "PUT /v2/ticketing/ticket/1001";
const std::string kComment = "POST /v2/ticketing/ticket/1001/comment";
const std::string kRun = "POST /v2/ticketing/trigger/board/2/run";

struct Row {
    const char* name;
    Request request;
    int status;             // 0: right
    const char* says = "";  // all of the violations
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}
class Requests : public ::testing::TestWithParam<Row> {};

TEST_P(Requests, AreJudged) {
    const Verdict verdict = NinjaApi::builtIn().check(GetParam().request);
    EXPECT_EQ(verdict.status, GetParam().status);
    EXPECT_EQ(textOf(verdict), GetParam().says);
}

const auto kName = [](const auto& info) { return std::string{info.param.name}; };

INSTANTIATE_TEST_SUITE_P(
    Tickets, Requests,
    ::testing::Values(
        Row{"Create", request(kCreate, kTicket), 0},
        Row{"CreateWithCharset", request(kCreate, kTicket, "application/json; charset=utf-8"), 0},
        Row{"CreateWithABoard", request(kCreate, ticket(R"({"boardId":5})")), 400,
            R"(boardId is no known property (Unrecognized field "boardId"))"},
        Row{"CreateForNobody", request(kCreate, ticket(R"({"clientId":null})")), 400,
            "clientId must not be null"},
        Row{"CreateWithANumberAsStatus", request(kCreate, ticket(R"({"status":1000})")), 400,
            "status must be a string, not 1000"},
        Row{"CreateWithAnUrgentPriority", request(kCreate, ticket(R"({"priority":"URGENT"})")), 400,
            R"(priority must be one of NONE, LOW, MEDIUM, HIGH, not "URGENT")"},
        Row{"CreateWithATextAsDescription", request(kCreate, ticket(R"({"description":"x"})")), 400,
            R"(description must be an object, not "x")"},
        Row{"CreateWithoutSayingWhoMayRead", request(kCreate, ticket(R"({"description":{"body":"x"}})")), 400,
            "description.public must not be null"},
        Row{"CreateWithHalfAnAttribute", request(kCreate, ticket(R"({"attributes":[{"attributeId":54}]})")),
            400, "attributes[0].value must not be null"},
        Row{"CreateWithARequesterById", request(kCreate, ticket(R"({"requesterUid":"71"})")), 400,
            R"(requesterUid must be a UUID, not "71")"},
        Row{"CreateWithOneTag", request(kCreate, ticket(R"({"tags":"appel"})")), 400,
            R"(tags must be an array, not "appel")"},
        Row{"CreateAsText", request(kCreate, kTicket, "text/plain"), 415,
            "Content-Type must be application/json"},
        Row{"CreateWithoutABody", request(kCreate), 415, "Content-Type must be application/json"},
        Row{"CreateWithHalfABody", request(kCreate, "{"), 400,
            "the body must be JSON: no valid JSON near byte 1: incomplete JSON"},
        Row{"CreateWithAParameter", request(kCreate + "?boardId=5", kTicket), 400,
            "query.boardId is no known parameter"},
        Row{"CreateWithoutAToken",
            {"POST", "/v2/ticketing/ticket", {}, {{"Content-Type", "application/json"}}, kTicket},
            400,
            "Authorization must be 'Bearer …'"},
        Row{"Change", request(kPut, kChange), 0},
        Row{"ChangeWithoutVersion", request(kPut, change(R"({"version":null})")), 400,
            "version must not be null"},
        Row{"ChangeWithoutRequester", request(kPut, change(R"({"requesterUid":null})")), 400,
            "requesterUid must not be null"},
        Row{"ChangeOfTheDescription", request(kPut, change(R"({"description":{"public":false}})")), 400,
            R"(description is no known property (Unrecognized field "description"))"},
        Row{"ChangeAsItWasRead", request(kPut, change(R"({"status":{"statusId":5000},"ccList":{}})")), 400,
            R"(status must be a string, not {"statusId":5000}; ccList is no known property (Unrecognized field "ccList"))"},
        Row{"Patch", request("PATCH /v2/ticketing/ticket/1001", kChange), 404,
            "PATCH /v2/ticketing/ticket/1001 is no operation that NinjaOne has"},
        Row{"Read", request("GET /v2/ticketing/ticket/1001"), 0},
        Row{"ReadByName", request("GET /v2/ticketing/ticket/abc"), 400,
            R"(path.ticketId must be a number, not "abc")"},
        Row{"ReadWithABody", request("GET /v2/ticketing/ticket/1001", "{}"), 400, "the body must be empty"},
        Row{"Delete", request("DELETE /v2/ticketing/ticket/1001"), 404,
            "DELETE /v2/ticketing/ticket/1001 is no operation that NinjaOne has"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Comments, Requests,
    ::testing::Values(
        Row{"Comment",
            request(kComment, multipart({commentPart(R"({"public":false,"body":"x"})")}), kMultipart), 0},
        Row{"CommentWithFiles",
            request(kComment, multipart({commentPart(R"({"public":true})"), kFilePart, kFilePart}),
                    kMultipart),
            0},
        Row{"CommentAsJson", request(kComment, R"({"public":false})"), 415,
            "Content-Type must be multipart/form-data"},
        Row{"CommentAsJsonTextPart",
            request(kComment, multipart({commentPart("{}", "text/plain")}), kMultipart), 415,
            "parts.comment must be of the type application/json"},
        Row{"CommentForWhom", request(kComment, multipart({commentPart(R"({"internal":true})")}), kMultipart),
            400,
            R"(comment.public must not be null; comment.internal is no known property (Unrecognized field "internal"))"},
        Row{"CommentOfHalfAText", request(kComment, multipart({commentPart("{")}), kMultipart), 400,
            "parts.comment must be JSON: no valid JSON near byte 1: incomplete JSON"},
        Row{"FilesWithoutAComment", request(kComment, multipart({kFilePart}), kMultipart), 400,
            "parts.comment must be there"},
        Row{"TwoComments",
            request(kComment,
                    multipart({commentPart(R"({"public":false})"), commentPart(R"({"public":false})")}),
                    kMultipart),
            400, "parts.comment must not be there twice"},
        Row{"AFileWithoutAName",
            request(kComment,
                    multipart({commentPart(R"({"public":false})"),
                               "Content-Disposition: form-data; name=\"files\"\r\n\r\nhello"}),
                    kMultipart),
            400, "parts.files must have a file name"},
        Row{"AnUnknownPart",
            request(kComment,
                    multipart(
                        {commentPart(R"({"public":false})"),
                         "Content-Disposition: form-data; name=\"attachment\"; filename=\"x\"\r\n\r\nhello"}),
                    kMultipart),
            400, "parts.attachment is no known part"},
        Row{"ABrokenBody", request(kComment, "--B\r\n", kMultipart), 400,
            "the body multipart body: the last boundary is missing"},
        Row{"Log", request("GET /v2/ticketing/ticket/1001/log-entry?type=COMMENT&pageSize=500&anchorId=7"),
            0},
        Row{"LogOfAnUnknownType", request("GET /v2/ticketing/ticket/1001/log-entry?type=NOTE"), 400,
            R"(query.type must be one of DESCRIPTION, COMMENT, CONDITION, SAVE, DELETE, PRODUCT, INFO, not "NOTE")"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Boards, Requests,
    ::testing::Values(
        Row{"Run",
            request(kRun,
                    R"({"sortBy":[{"field":"createTime","direction":"DESC"}],"filters":[],"pageSize":100,)"
                    R"("lastCursorId":0,"searchCriteria":"","includeColumns":["id","summary"]})"),
            0},
        Row{"RunOfNothingInParticular", request(kRun, "{}"), 0}, Row{"RunWithoutABody", request(kRun), 0},
        Row{"RunWithANumberAsFilter",
            request(kRun, R"({"filters":[{"field":"clientId","operator":"is","value":11}]})"), 400,
            "filters[0].value must be a string, not 11"},
        Row{"RunSortedUpwards", request(kRun, R"({"sortBy":[{"field":"id","direction":"up"}]})"), 400,
            R"(sortBy[0].direction must be one of ASC, DESC, not "up")"},
        Row{"RunForALongText", request(kRun, R"({"searchCriteria":")" + std::string(513, 'x') + R"("})"), 400,
            "searchCriteria size must be between 0 and 512, not 513"},
        Row{"RunWithAColumnTwice", request(kRun, R"({"includeColumns":["id","id"]})"), 400,
            "includeColumns[1] must not be there twice"},
        Row{"RunFromATextCursor", request(kRun, R"({"lastCursorId":"50"})"), 400,
            R"(lastCursorId must be a number, not "50")"},
        Row{"Boards", request("GET /v2/ticketing/trigger/boards"), 0},
        Row{"BoardsInTheSingular", request("GET /v2/ticketing/trigger/board"), 404,
            "GET /v2/ticketing/trigger/board is no operation that NinjaOne has"},
        Row{"Statuses", request("GET /v2/ticketing/statuses"), 0},
        Row{"StatusesOfABoard", request("GET /v2/ticketing/statuses?boardId=2"), 400,
            "query.boardId is no known parameter"},
        Row{"Attributes", request("GET /v2/ticketing/attributes"), 0},
        Row{"Forms", request("GET /v2/ticketing/ticket-form"), 0},
        Row{"Form", request("GET /v2/ticketing/ticket-form/2"), 0},
        Row{"FormByName", request("GET /v2/ticketing/ticket-form/default"), 400,
            R"(path.id must be a number, not "default")"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Directory, Requests,
    ::testing::Values(
        Row{"Organizations", request("GET /v2/organizations?pageSize=500&after=12&of=x"), 0},
        Row{"OrganizationsByTextPage", request("GET /v2/organizations?pageSize=all"), 400,
            R"(query.pageSize must be a number, not "all")"},
        Row{"Organization", request("GET /v2/organization/11"), 0},
        Row{"OrganizationTooFar", request("GET /v2/organization/99999999999"), 400,
            "path.id must fit into 32 bits, not 99999999999"},
        Row{"OrganizationsPlace", request("GET /v2/organization/11/locations"), 0},
        Row{"OrganizationsPeople", request("GET /v2/organization/11/end-users?includeRoles=true"), 0},
        Row{"OrganizationsPeopleMaybe", request("GET /v2/organization/11/end-users?includeRoles=yes"), 400,
            R"(query.includeRoles must be true or false, not "yes")"},
        Row{"OrganizationsFields", request("GET /v2/organization/11/custom-fields"), 0},
        Row{"OrganizationsDevices", request("GET /v2/organization/11/devices?pageSize=100&after=1"), 0},
        Row{"Locations", request("GET /v2/locations?pageSize=100&after=1"), 0},
        Row{"LocationsOfOne", request("GET /v2/locations?organizationId=11"), 400,
            "query.organizationId is no known parameter"},
        Row{"Contacts", request("GET /v2/contacts"), 0},
        Row{"ContactsByNumber", request("GET /v2/contacts?phone=0123456789"), 400,
            "query.phone is no known parameter"},
        Row{"TicketingContactsByNumber", request("GET /v2/ticketing/contacts?phone=0123456789"), 404,
            "GET /v2/ticketing/contacts is no operation that NinjaOne has"},
        Row{"NewContact",
            request(
                "POST /v2/contacts",
                R"({"organizationId":11,"firstName":"A","lastName":"B","email":"a@b.example","phone":"","jobTitle":""})"),
            0},
        Row{"NewContactWithoutAName", request("POST /v2/contacts", R"({"organizationId":11,"firstName":""})"),
            400, "firstName size must be between 1 and 150, not 0"},
        Row{"Contact", request("GET /v2/contact/71"), 0},
        Row{"ChangedContact", request("PATCH /v2/contact/71", R"({"phone":"0199001111"})"), 0},
        Row{"ChangedIdentity", request("PATCH /v2/contact/71", R"({"uid":"x"})"), 400,
            R"(uid is no known property (Unrecognized field "uid"))"},
        Row{"TicketingContacts", request("GET /v2/ticketing/contact/contacts"), 0},
        Row{"AppUserContacts",
            request("GET "
                    "/v2/ticketing/"
                    "app-user-contact?pageSize=50&anchorNaturalId=0&searchCriteria=c&userType=CONTACT&"
                    "clientId=11"),
            0},
        Row{"AppUserContactsOfAnUnknownType", request("GET /v2/ticketing/app-user-contact?userType=MACHINE"),
            400, R"(query.userType must be one of TECHNICIAN, END_USER, CONTACT, not "MACHINE")"},
        Row{"Users", request("GET /v2/users?userType=END_USER&includeRoles=false"), 0},
        Row{"UsersThatAreContacts", request("GET /v2/users?userType=CONTACT"), 400,
            R"(query.userType must be one of TECHNICIAN, END_USER, not "CONTACT")"},
        Row{"EndUsers", request("GET /v2/user/end-users"), 0},
        Row{"Technicians", request("GET /v2/user/technicians"), 0},
        Row{"TechniciansByMail", request("GET /v2/user/technicians?email=a"), 400,
            "query.email is no known parameter"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Devices, Requests,
    ::testing::Values(
        Row{"Devices", request("GET /v2/devices?df=org%20%3D%2011&pageSize=50&after=1"), 0},
        Row{"DevicesOfOne", request("GET /v2/devices?organizationId=11"), 400,
            "query.organizationId is no known parameter"},
        Row{"FoundDevices", request("GET /v2/devices/search?q=fontaine&limit=5"), 0},
        Row{"FoundDevicesWithoutEnd", request("GET /v2/devices/search?q=fontaine&limit=none"), 400,
            R"(query.limit must be a number, not "none")"},
        Row{"Device", request("GET /v2/device/341"), 0},
        Row{"DeviceByName", request("GET /v2/device/PC-1"), 400, R"(path.id must be a number, not "PC-1")"},
        Row{"LastUser", request("GET /v2/device/341/last-logged-on-user"), 0},
        Row{"DevicesAlerts", request("GET /v2/device/341/alerts?lang=fr&tz=Europe/Paris"), 0},
        Row{"Alerts", request("GET /v2/alerts?sourceType=CONDITION_PING&df=x&lang=fr&tz=x"), 0},
        Row{"AlertsOfOne", request("GET /v2/alerts?deviceId=341"), 400,
            "query.deviceId is no known parameter"},
        Row{"LoggedOn", request("GET /v2/queries/logged-on-users?df=x&cursor=y&pageSize=10000"), 0},
        Row{"LoggedOnOneByOne", request("GET /v2/queries/logged-on-users?pageSize=1"), 400,
            "query.pageSize must be at least 10"},
        Row{"Health", request("GET /v2/queries/device-health?df=x&health=UNHEALTHY&cursor=y&pageSize=1"), 0},
        Row{"HealthBeyondInt32", request("GET /v2/queries/device-health?pageSize=3000000000"), 400,
            "query.pageSize must fit into 32 bits, not 3000000000"},
        Row{"ScopedFields",
            request("GET "
                    "/v2/queries/"
                    "scoped-custom-fields?scopes=organization&fields=phone&pageSize=10&updatedAfter=x&"
                    "showSecureValues=false"),
            0},
        Row{"ScopedFieldsInOnePage", request("GET /v2/queries/scoped-custom-fields?pageSize=100000"), 400,
            "query.pageSize must be at most 10000"},
        Row{"Activities",
            request(
                "GET /v2/activities?type=NINJA_TICKETING&pageSize=50&class=ALL&newerThan=9007199254740993"),
            0},
        Row{"ActivitiesOfAnUnknownClass", request("GET /v2/activities?class=TICKET"), 400,
            R"(query.class must be one of SYSTEM, DEVICE, USER, ALL, not "TICKET")"},
        Row{"Webhook",
            request(
                "PUT /v2/webhook",
                R"({"url":"https://x.example","activities":{"NINJA_TICKETING":["NINJA_TICKETING_TICKET_CREATED"]},"expand":[],"headers":[{"name":"a","value":"b"}],"organizationIds":[11]})"),
            0},
        Row{"WebhookForEverything", request("PUT /v2/webhook", R"({"activities":{"NINJA_TICKETING":"*"}})"),
            400, R"(activities.NINJA_TICKETING must be an array, not "*")"},
        Row{"WebhookByPost", request("POST /v2/webhook", "{}"), 404,
            "POST /v2/webhook is no operation that NinjaOne has"},
        Row{"WebhookNoMore", request("DELETE /v2/webhook"), 0}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Tokens, Requests,
    ::testing::Values(
        Row{"Refresh",
            request("POST /ws/oauth/token",
                    "grant_type=refresh_token&refresh_token=RT-1&client_id=a&client_secret=b", kForm),
            0},
        Row{"RefreshByTheShortPath",
            request("POST /oauth/token",
                    "grant_type=refresh_token&refresh_token=RT-1&client_id=a&client_secret=b", kForm),
            0},
        Row{"RefreshWithBasic",
            {"POST",
             "/ws/oauth/token",
             {},
             {{"Authorization", "Basic c2ltLWNsaWVudDpzaW0tc2VjcmV0"}, {"Content-Type", kForm}},
             "grant_type=refresh_token&refresh_token=RT-1"},
            0},
        Row{"RefreshOfNothing",
            request("POST /ws/oauth/token", "grant_type=refresh_token&client_id=a&client_secret=b", kForm),
            400, "refresh_token must not be null"},
        Row{"RefreshAsJson", request("POST /ws/oauth/token", R"({"grant_type":"refresh_token"})"), 415,
            "Content-Type must be application/x-www-form-urlencoded"},
        Row{"RefreshBelowTheApi", request("POST /api/v2/ws/oauth/token", "grant_type=refresh_token", kForm),
            404, "POST /api/v2/ws/oauth/token is no operation that NinjaOne has"},
        Row{"Code",
            request("POST /ws/oauth/token",
                    "grant_type=authorization_code&code=C&redirect_uri=http%3A%2F%2F127.0.0.1&client_id=a&"
                    "client_secret=b",
                    kForm),
            0},
        Row{"Machine",
            request("POST /ws/oauth/token",
                    "grant_type=client_credentials&client_id=a&client_secret=b&scope=monitoring", kForm),
            0},
        Row{"Password", request("POST /ws/oauth/token", "grant_type=password&username=a&password=b", kForm),
            400, "grant_type must be a grant that NinjaOne knows"},
        Row{"Authorize",
            request("GET "
                    "/ws/oauth/"
                    "authorize?response_type=code&client_id=a&redirect_uri=http%3A%2F%2F127.0.0.1&scope="
                    "monitoring&state=s"),
            0},
        Row{"AuthorizeImplicitly", request("GET /ws/oauth/authorize?response_type=token&client_id=a"), 400,
            R"(query.response_type must be one of code, not "token"; query.redirect_uri must be there)"}),
    kName);

TEST(NinjaApi, IsBuiltInAndWellFormed) {
    EXPECT_GT(NinjaApi::builtIn().operations().size(), 30U);
}

TEST(NinjaApi, JudgesBothPrefixesAlike) {
    for (const char* line : {"GET /v2/contacts", "GET /api/v2/contacts"})
        EXPECT_EQ(NinjaApi::builtIn().check(request(line)).operation, "GET /contacts");
    EXPECT_EQ(NinjaApi::builtIn().check(request("GET /contacts")).status, 404);
    EXPECT_EQ(NinjaApi::builtIn().check(request("GET /v2/contacts/")).status, 404);
}

TEST(NinjaApi, SaysWhatAnAnswerLacks) {
    const auto lacks = [](const std::string& operation, const char* body) {
        std::string text;
        for (const Violation& v : NinjaApi::builtIn().answerViolations(operation, boost::json::parse(body)))
            text += (text.empty() ? "" : "; ") + textOf(v);
        return text;
    };
    EXPECT_EQ(lacks("GET /contacts", R"([{"id":71,"uid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","new":1}])"),
              "");
    EXPECT_EQ(lacks("GET /contacts", R"({})"), "the body must be an array, not {}");
    EXPECT_EQ(lacks("POST /ticketing/ticket", R"({"version":"1"})"),
              R"(id must not be null; version must be a number, not "1")");
    EXPECT_EQ(lacks("POST /ticketing/ticket/{ticketId}/comment", "null"), "");
}

struct MisspeltFile {
    const char* name;
    const char* text;
    const char* says;
};
class MisspeltApi : public ::testing::TestWithParam<MisspeltFile> {};

TEST_P(MisspeltApi, IsRefusedWithThePlace) {
    const auto api = NinjaApi::parse(GetParam().text);
    ASSERT_FALSE(api);
    EXPECT_EQ(api.error().detail, GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, MisspeltApi,
    ::testing::Values(MisspeltFile{"NoTypes", R"({"operations":{}})", "operations and types must be objects"},
                      MisspeltFile{"Key", R"({"operations":{"GET /a":{"qeury":{}}},"types":{}})",
                                   "GET /a: unknown key qeury"},
                      MisspeltFile{"Name", R"({"operations":{"/a":{}},"types":{}})",
                                   "/a: an operation is an object named 'METHOD /path'"},
                      MisspeltFile{"Parameter", R"({"operations":{"GET /a/{id}":{}},"types":{}})",
                                   "GET /a/{id}: the type of id is missing"},
                      MisspeltFile{"Type", R"({"operations":{"GET /a":{"answer":{"$ref":"B"}}},"types":{}})",
                                   "GET /a answer: no type B"}),
    kName);

}  // namespace
}  // namespace ninja3cx::simulators
