#include "simulators/tests/open_api.hpp"

#include "shared/json/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace ninja3cx::simulators {
namespace {

using ::testing::IsEmpty;

/// Beside the source tree; it is NinjaOne's and not part of this project.
constexpr const char* kDocument = "../shared/specs/ninjaone-openapi.json";

TEST(OpenApi, SaysTheSameAsOurSchema) {
    std::ifstream file{kDocument, std::ios::binary};
    if (!file) GTEST_SKIP() << kDocument << " is not there: our schema is not compared with NinjaOne's own";
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const auto document = json::parse(text);
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_THAT(testing::differences(NinjaApi::builtIn(), *document), IsEmpty());
}

/// A small document and what a schema is found to say otherwise.
struct Row {
    const char* name;
    const char* operation;  // ours of "POST /a/{id}"
    std::vector<std::string> differences;
};
class Differences : public ::testing::TestWithParam<Row> {};

TEST_P(Differences, AreFound) {
    const auto document = boost::json::parse(R"({"paths":{"/v2/a/{key}":{"post":{
        "parameters":[{"in":"path","name":"id","schema":{"type":"integer","format":"int32"}},
                      {"in":"query","name":"kind","schema":{"type":"string","enum":["B","A"]}}],
        "requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/New"}}}},
        "responses":{"default":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Made"}}}}}}
      }}},"components":{"schemas":{
        "New":{"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":9,"description":"x"},"at":{"type":"number","nullable":true}}},
        "Made":{"type":"object","properties":{"id":{"type":"integer","format":"int32"},"name":{"type":"string"}}}}}})");
    const auto api =
        NinjaApi::parse(std::string{R"({"types":{},"operations":{)"} + GetParam().operation + "}}");
    ASSERT_TRUE(api) << api.error().detail;
    EXPECT_EQ(testing::differences(*api, document), GetParam().differences);
}

#define OURS(PATH, QUERY, BODY, ANSWER)                                      \
    "\"POST /a/{id}\":{\"path\":" PATH ",\"query\":" QUERY ",\"json\":" BODY \
    ",\"requiresBody\":true,\"answer\":" ANSWER "}"
#define PATH_ R"({"id":{"type":"integer","format":"int32"}})"
#define QUERY_ R"({"kind":{"type":"string","enum":["A","B"]}})"
#define BODY_ \
    R"({"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":9},"at":{"type":"number","nullable":true}}})"
#define ANSWER_ \
    R"({"type":"array","items":{"type":"object","required":["id"],"properties":{"id":{"type":"integer","format":"int32","nullable":true}}}})"

INSTANTIATE_TEST_SUITE_P(
    Rows, Differences,
    ::testing::Values(
        Row{"Nothing", OURS(PATH_, QUERY_, BODY_, ANSWER_), {}},
        Row{"AnotherOperation",
            R"("PUT /a/{id}":{"path":{"id":{}}})",
            {"PUT /a/{id}: is no operation of the document"}},
        Row{"AParameterTooFew", OURS(PATH_, "{}", BODY_, ANSWER_), {"POST /a/{id} query.kind: is missing"}},
        Row{"AParameterTooMany",
            OURS(PATH_, R"({"kind":{"type":"string","enum":["A","B"]},"x":{}})", BODY_, ANSWER_),
            {"POST /a/{id} query.x: is not in the document"}},
        Row{"AnotherEnum",
            OURS(PATH_, R"({"kind":{"type":"string","enum":["A"]}})", BODY_, ANSWER_),
            {"POST /a/{id} query.kind: enum has A, in the document A, B"}},
        Row{"AnotherFormat",
            OURS(R"({"id":{"type":"integer","format":"int64"}})", QUERY_, BODY_, ANSWER_),
            {R"(POST /a/{id} path.id: format is "int64", in the document "int32")"}},
        Row{"AnotherLimit",
            OURS(
                PATH_, QUERY_,
                R"({"type":"object","required":["name"],"properties":{"name":{"type":"string"},"at":{"type":"number","nullable":true}}})",
                ANSWER_),
            {"POST /a/{id} body.name: maxLength is none, in the document 9"}},
        Row{"LessRequired",
            OURS(
                PATH_, QUERY_,
                R"({"type":"object","properties":{"name":{"type":"string","maxLength":9},"at":{"type":"number","nullable":true}}})",
                ANSWER_),
            {"POST /a/{id} body: required has , in the document name"}},
        Row{"APropertyTooFew",
            OURS(
                PATH_, QUERY_,
                R"({"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":9}}})",
                ANSWER_),
            {"POST /a/{id} body: properties has name, in the document at, name"}},
        Row{"MoreMayBeNull",
            OURS(
                PATH_, QUERY_,
                R"({"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":9,"nullable":true},"at":{"type":"number","nullable":true}}})",
                ANSWER_),
            {"POST /a/{id} body.name: nullable is true, in the document none"}},
        Row{"NoBody",
            R"("POST /a/{id}":{"path":{"id":{"type":"integer","format":"int32"}},"query":{"kind":{"type":"string","enum":["A","B"]}}})",
            {"POST /a/{id} json: is missing", "POST /a/{id}: needs a body"}},
        Row{"AnAnswerOfAnotherName",
            OURS(PATH_, QUERY_, BODY_,
                 R"({"type":"array","items":{"type":"object","properties":{"key":{"type":"integer"}}}})"),
            {"POST /a/{id} answer[].key: is not in the document"}},
        Row{"AnAnswerOfAnotherType",
            OURS(PATH_, QUERY_, BODY_,
                 R"({"type":"array","items":{"type":"object","properties":{"name":{"type":"integer"}}}})"),
            {R"(POST /a/{id} answer[].name: type is "integer", in the document "string")"}}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::simulators
