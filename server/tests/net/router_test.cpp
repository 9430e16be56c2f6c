#include "server/tests/net/running_server.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

/// Answers with its name and what the pattern's names stand for.
HttpHandler named(const std::string& name) {
    return [name](HttpRequest request) -> asio::awaitable<HttpResponse> {
        HttpResponse response;
        response.body = name;
        for (const auto& [key, value] : request.pathParameters) response.body += " " + key + "=" + value;
        co_return response;
    };
}

Router table() {
    Router router;
    router.add("GET", "/", named("root"));
    router.add("GET", "/api/calls", named("list"));
    router.add("POST", "/api/calls", named("create"));
    router.add("GET", "/api/calls/live", named("live"));
    router.add("GET", "/api/calls/{id}", named("one"));
    router.add("PUT", "/api/calls/{id}/notes/{note}", named("note"));
    router.add("GET", "/files/{rest*}", named("files"));
    router.addWebSocket("/ws/{id}", nullptr, echo());
    return router;
}

struct Row {
    const char* name;
    const char* method;
    const char* target;
    int status;
    const char* body;  // empty: not compared
};
class Routing : public testing::TestWithParam<Row> {};

TEST_P(Routing, FindsTheHandler) {
    Loop loop;
    const auto router = table();
    HttpRequest request;
    request.method = GetParam().method;
    request.target = GetParam().target;
    const auto response = loop.get(router.handle(request));
    EXPECT_EQ(response.status, GetParam().status);
    if (*GetParam().body) {
        EXPECT_EQ(response.body, GetParam().body);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Routing,
    testing::Values(Row{"Root", "GET", "/", 200, "root"},
                    Row{"ByMethod", "POST", "/api/calls", 200, "create"},
                    Row{"QueryIsNoPath", "GET", "/api/calls?state=live", 200, "list"},
                    Row{"FirstMatchWins", "GET", "/api/calls/live", 200, "live"},
                    Row{"Parameter", "GET", "/api/calls/3cx-81", 200, "one id=3cx-81"},
                    Row{"DecodedParameter", "GET", "/api/calls/a%2Fb%20c", 200, "one id=a/b c"},
                    Row{"TwoParameters", "PUT", "/api/calls/1/notes/2", 200, "note id=1 note=2"},
                    Row{"EmptyParameter", "GET", "/api/calls/", 404, ""},
                    Row{"Rest", "GET", "/files/a/b.css", 200, "files rest=a/b.css"},
                    Row{"EmptyRest", "GET", "/files/", 200, "files rest="},
                    Row{"HeadIsAGet", "HEAD", "/api/calls", 200, "list"},
                    Row{"UnknownPath", "GET", "/api/tickets", 404, ""},
                    Row{"TooLong", "GET", "/api/calls/1/notes", 404, ""},
                    Row{"OtherMethod", "DELETE", "/api/calls", 405, ""},
                    Row{"CaseMatters", "GET", "/API/calls", 404, ""},
                    Row{"WebSocketWithoutUpgrade", "GET", "/ws/1", 426, ""}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Routes, WithAPathOnlyAreFoundAsWell) {
    Loop loop;
    const auto router = table();
    HttpRequest request;
    request.method = "GET";
    request.path = "/api/calls/7";
    EXPECT_EQ(loop.get(router.handle(request)).body, "one id=7");
}

TEST(Routes, SayWhichMethodsAnAddressKnows) {
    Loop loop;
    const auto router = table();
    HttpRequest request;
    request.method = "PATCH";
    request.target = "/api/calls";
    EXPECT_EQ(loop.get(router.handle(request)).headers.get("Allow"), "GET, HEAD, POST");
}

TEST(Routes, FillTheParametersOfAWebSocket) {
    const auto router = table();
    HttpRequest request;
    request.target = "/ws/agent-1";
    ASSERT_NE(router.webSocketFor(request), nullptr);
    EXPECT_EQ(request.pathParameters.at("id"), "agent-1");
    request.target = "/nothing";
    EXPECT_EQ(router.webSocketFor(request), nullptr);
}

Router::Filter appending(const std::string& mark) {
    return [mark](HttpRequest request, const HttpHandler& next) -> asio::awaitable<HttpResponse> {
        auto response = co_await next(std::move(request));
        response.body += mark;
        co_return response;
    };
}

TEST(Filters, RunRoundHandlersTheFirstAddedOutermost) {
    Loop loop;
    auto router = table();
    router.addFilter(appending(" outer"));
    router.addFilter(appending(" inner"));
    HttpRequest request;
    request.method = "GET";
    request.target = "/";
    EXPECT_EQ(loop.get(router.handle(request)).body, "root inner outer");
}

TEST(Filters, MayAnswerThemselves) {
    Loop loop;
    auto router = table();
    router.addFilter([](HttpRequest, const HttpHandler&) -> asio::awaitable<HttpResponse> {
        co_return jsonResponse(403, "{}");
    });
    HttpRequest request;
    request.method = "GET";
    request.target = "/";
    EXPECT_EQ(loop.get(router.handle(request)).status, 403);
}

}  // namespace
}  // namespace ninja3cx::net
