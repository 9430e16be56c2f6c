#include "server/telephony/site_view.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

constexpr std::int64_t kNowMs = 1'768'208'400'000;
constexpr std::int64_t kServerMs = 1'700'000'000'000;  // the PBX's clock stands elsewhere

struct UserRow {
    const char* name;
    XapiUser user;
    calls::PbxUser expected;
};
class PbxUserOf : public testing::TestWithParam<UserRow> {};

TEST_P(PbxUserOf, IsWhatThePbxTells) {
    EXPECT_EQ(pbxUserOf(GetParam().user), GetParam().expected);
}

XapiUser userWith(const std::string& profile, std::optional<bool> isLoggedIn,
                  std::optional<bool> isRegistered = true) {
    return {"201", "Marie", "", isRegistered, profile, isLoggedIn};
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PbxUserOf,
    testing::Values(
        UserRow{"Available", userWith("Available", true), {"Marie", true, false, false}},
        UserRow{"AvailableInSmallLetters", userWith("available", true), {"Marie", true, false, false}},
        UserRow{"Away", userWith("Away", true), {"Marie", true, true, false}},
        UserRow{"OutOfOffice", userWith("Out of office", true), {"Marie", true, true, false}},
        UserRow{"AsTheSiteNamedIt", userWith("Déjeuner", true), {"Marie", true, true, false}},
        UserRow{"NoProfile", userWith("", true), {"Marie", true, false, false}},
        UserRow{"LoggedOut", userWith("Available", false), {"Marie", true, false, true}},
        UserRow{"QueuesNotTold", userWith("Available", {}), {"Marie", true, false, false}},
        UserRow{"Unregistered", userWith("Available", true, false), {"Marie", false, false, false}},
        UserRow{"TelephoneNotTold", userWith("Available", true, {}), {"Marie", std::nullopt, false, false}}),
    [](const auto& info) { return info.param.name; });

std::vector<std::string> numbersOf(const std::vector<XapiUser>& users) {
    std::vector<std::string> numbers;
    for (const XapiUser& user : users) numbers.push_back(user.number);
    return numbers;
}

TEST(FollowedUsers, AreTheMonitoredOnesUnlessTheConfigurationNamesThem) {
    std::vector<XapiUser> users(3);
    users[0].number = "201";
    users[1].number = "202";
    users[2].number = "203";
    const std::vector<Dn> monitored{{"900", "Wroutepoint", {}},
                                    {"202", "Wextension", {}},
                                    {"800", "Wqueue", {}},
                                    {"299", "Wextension", {}}};
    EXPECT_EQ(numbersOf(followedUsers(users, monitored, {})), std::vector<std::string>{"202"});
    EXPECT_EQ(numbersOf(followedUsers(users, std::nullopt, {})).size(), users.size())
        << "the PBX has no list of what is monitored";
    EXPECT_EQ(numbersOf(followedUsers(users, monitored, {"203", "201"})),
              (std::vector<std::string>{"201", "203"}));
}

ActiveCall waiting(std::int64_t id, const std::string& queue, std::int64_t waitedMs,
                   const std::string& status = "Transferring") {
    ActiveCall call;
    call.id = id;
    call.callee = {queue, queue == "800" ? "Support" : "", std::nullopt};
    call.status = status;
    call.statusSince = fromEpochMs(kServerMs - waitedMs);
    call.serverNow = fromEpochMs(kServerMs);
    return call;
}

TEST(QueueBoard, CountsWhoIsTransferringToAQueueAndSinceWhen) {
    QueueBoard board;
    board.look({waiting(1, "800", 5'000), waiting(2, "800", 95'000), waiting(3, "801", 1'000),
                waiting(4, "800", 200'000, "Talking"), waiting(5, "201", 300'000)},
               {"201", "202"}, kNowMs);
    const auto queues = board.queues();
    ASSERT_EQ(queues.size(), 2U) << "an extension is no queue";
    EXPECT_EQ(queues[0].queue, "800");
    EXPECT_EQ(queues[0].name, "Support");
    EXPECT_EQ(queues[0].waiting, 2);
    EXPECT_EQ(queues[0].oldestSinceMs, kNowMs - 95'000) << "by our clock";
    EXPECT_EQ(queues[1].waiting, 1);
}

TEST(QueueBoard, ForgetsAQueueThatTurnsOutToBeAnExtension) {
    QueueBoard board;
    board.look({waiting(5, "201", 1'000)}, {}, kNowMs);
    EXPECT_EQ(board.queues().size(), 1U) << "the users are not known yet";
    board.look({waiting(5, "201", 2'000)}, {"201"}, kNowMs);
    EXPECT_TRUE(board.queues().empty());
}

TEST(QueueBoard, LetsAWaitBeginOnce) {
    QueueBoard board;
    board.look({waiting(1, "800", 5'000)}, {}, kNowMs);
    board.look({waiting(1, "800", 9'873)}, {}, kNowMs + 5'000);  // answers travel now faster, now slower
    EXPECT_EQ(board.queues()[0].oldestSinceMs, kNowMs - 5'000);
    board.look({}, {}, kNowMs + 10'000);
    ASSERT_EQ(board.queues().size(), 1U) << "the queue is known, and empty";
    EXPECT_EQ(board.queues()[0].waiting, 0);
    EXPECT_EQ(board.queues()[0].oldestSinceMs, std::nullopt);
    board.look({waiting(1, "800", 0)}, {}, kNowMs + 20'000);
    EXPECT_EQ(board.queues()[0].oldestSinceMs, kNowMs + 20'000) << "numbers of calls come again";
}

TEST(QueueBoard, CountsFromTheFirstSightWhereThePbxTellsNoTimes) {
    QueueBoard board;
    ActiveCall call = waiting(1, "800", 0);
    call.serverNow.reset();
    board.look({call}, {}, kNowMs);
    board.look({call}, {}, kNowMs + 5'000);
    EXPECT_EQ(board.queues()[0].oldestSinceMs, kNowMs);
}

TEST(QueueBoard, CountsTheLegsOfMonitoredQueues) {
    const auto leg = [](std::int64_t id, const std::string& status) {
        Participant participant;
        participant.id = id;
        participant.status = status;
        return participant;
    };
    QueueBoard board;
    board.look({{"800", "Wqueue", {leg(1, "Connected"), leg(2, "Ringing"), leg(3, "Dialing")}},
                {"201", "Wextension", {leg(4, "Ringing")}}},
               kNowMs);
    ASSERT_EQ(board.queues().size(), 1U);
    EXPECT_EQ(board.queues()[0].waiting, 2) << "what a queue dials is its agents";
    EXPECT_EQ(board.queues()[0].oldestSinceMs, kNowMs);
}

TEST(QueueMetrics, NameEachQueue) {
    QueueBoard board;
    board.look({waiting(1, "800", 65'000)}, {}, kNowMs);
    const std::string text = queueMetrics(board.queues(), kNowMs);
    EXPECT_NE(text.find("\nninja3cx_queue_waiting{queue=\"800\"} 1\n"), std::string::npos) << text;
    EXPECT_NE(text.find("\nninja3cx_queue_longest_wait_seconds{queue=\"800\"} 65\n"), std::string::npos)
        << text;
    EXPECT_EQ(queueMetrics({}, kNowMs), "");
    protocol::QueueState odd;
    odd.queue = "8\"\n\\";
    EXPECT_NE(queueMetrics({odd}, kNowMs).find(R"({queue="8\"\n\\"} 0)"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::telephony
