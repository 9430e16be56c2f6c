#include "server/telephony/xapi_messages.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

struct TimeRow {
    const char* name;
    const char* text;
    std::optional<std::int64_t> expected;
};
class XapiTime : public testing::TestWithParam<TimeRow> {};

TEST_P(XapiTime, IsRead) {
    EXPECT_EQ(parseXapiTime(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, XapiTime,
    testing::Values(TimeRow{"Utc", "2026-01-12T09:00:00Z", 1'768'208'400'000},
                    TimeRow{"NoOffset", "2026-01-12T09:00:00", 1'768'208'400'000},
                    TimeRow{"Ahead", "2026-01-12T10:00:00+01:00", 1'768'208'400'000},
                    TimeRow{"Behind", "2026-01-12T04:30:00-0430", 1'768'208'400'000},
                    TimeRow{"Fraction", "2026-01-12T09:00:00.1239871Z", 1'768'208'400'123},
                    TimeRow{"Tenth", "2026-01-12T09:00:00.5Z", 1'768'208'400'500},
                    TimeRow{"LeapDay", "2024-02-29T00:00:00Z", 1'709'164'800'000},
                    TimeRow{"NoSuchDay", "2025-02-29T00:00:00Z", std::nullopt},
                    TimeRow{"NoTime", "2026-01-12", std::nullopt},
                    TimeRow{"HourTooLarge", "2026-01-12T24:00:00Z", std::nullopt},
                    TimeRow{"Rest", "2026-01-12T09:00:00Z!", std::nullopt},
                    TimeRow{"Letters", "yesterday", std::nullopt}, TimeRow{"Empty", "", std::nullopt}),
    [](const auto& info) { return info.param.name; });

struct PartyRow {
    const char* name;
    const char* text;
    XapiParty expected;
};
class XapiPartyText : public testing::TestWithParam<PartyRow> {};

TEST_P(XapiPartyText, IsRead) {
    EXPECT_EQ(parseXapiParty(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, XapiPartyText,
    testing::Values(PartyRow{"Queue", "800 Support", {"800", "Support", ""}},
                    PartyRow{"Trunk", "10001 Trunk name (0612345678)", {"10001", "Trunk name", "0612345678"}},
                    PartyRow{"International", "10001 T (+33 6 12)", {"10001", "T", "+33 6 12"}},
                    PartyRow{"BracketsInAName", "800 Support (N1)", {"800", "Support (N1)", ""}},
                    PartyRow{"NumberAlone", "201", {"201", "", ""}},
                    PartyRow{"Blanks", "  201   Marie  ", {"201", "Marie", ""}},
                    PartyRow{"OpenBracket", "201 Marie (06", {"201", "Marie (06", ""}},
                    PartyRow{"Empty", "", {"", "", ""}}),
    [](const auto& info) { return info.param.name; });

TEST(XapiUsers, AreReadWithWhatIsThere) {
    const auto page = parseXapiUsers(R"({"@odata.context":"x","value":[
        {"Id":7,"Number":"201","FirstName":"Marie","LastName":"Martin","EmailAddress":"m@msp.fr","DisplayName":"MM",
         "IsRegistered":true,"CurrentProfileName":"Away","QueueStatus":"LoggedOut"},
        {"Id":8,"Number":"202","FirstName":null,"LastName":"","DisplayName":"Accueil","IsRegistered":null,
         "QueueStatus":"LoggedIn","Unknown":{}},
        {"Id":9,"number":203,"queue_status":"Perhaps"},
        {"Id":10}, 7]})");
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->rows, 5U);
    ASSERT_EQ(page->items.size(), 3U);
    EXPECT_EQ(page->items[0], (XapiUser{"201", "Marie Martin", "m@msp.fr", true, "Away", false}));
    EXPECT_EQ(page->items[1], (XapiUser{"202", "Accueil", "", std::nullopt, "", true}));
    EXPECT_EQ(page->items[2], (XapiUser{"203", "", "", std::nullopt, "", std::nullopt}));
}

TEST(XapiCalls, AreReadWithTheirParties) {
    const auto page = parseXapiCalls(R"json({"value":[
        {"Id":4711,"Caller":"10001 Trunk (+33142345678)","Callee":"800 Support","Status":"Transferring",
         "LastChangeStatus":"2026-01-12T09:00:00Z","EstablishedAt":null,"ServerNow":"2026-01-12T09:00:10Z"},
        {"Caller":"x"}]})json");
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items[0].callee, (XapiParty{"800", "Support", ""}));
    EXPECT_EQ(page->items[0].caller.number, "+33142345678");
    EXPECT_EQ(*page->items[0].serverNowMs - *page->items[0].changedAtMs, 10'000);
}

TEST(XapiRecordings, NeedAnIdAndAStart) {
    const auto page = parseXapiRecordings(R"({"value":[
        {"Id":5,"StartTime":"2026-01-12T09:00:06Z","FromDn":"10001","FromCallerNumber":"+33142345678","ToDn":"201",
         "ToCallerNumber":"201","CallType":"InboundExternal","Transcription":null},
        {"Id":6,"StartTime":"soon"},{"StartTime":"2026-01-12T09:00:06Z"}]})");
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->rows, 3U);
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items[0], (XapiRecording{5, 1'768'208'406'000, "10001", "+33142345678", "201", "201"}));
}

TEST(XapiAnswers, ThatAreNoCollectionAreRefused) {
    for (const char* text : {"", "[]", "{}", R"({"value":7})", R"({"error":{"code":"x"}})", "<html>"}) {
        EXPECT_FALSE(parseXapiUsers(text)) << text;
        EXPECT_FALSE(parseXapiCalls(text)) << text;
        EXPECT_FALSE(parseXapiRecordings(text)) << text;
    }
    EXPECT_NE(parseXapiUsers("{}").error().detail.find("users"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::telephony
