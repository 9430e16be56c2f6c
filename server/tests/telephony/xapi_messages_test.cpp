#include "server/telephony/xapi_messages.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

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
        EXPECT_FALSE(parseXapiRecordings(text)) << text;
    }
    EXPECT_NE(parseXapiUsers("{}").error().detail.find("users"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::telephony
