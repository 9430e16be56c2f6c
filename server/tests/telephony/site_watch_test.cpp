#include "server/telephony/site_watch.hpp"

#include "server/tests/telephony/fake_xapi.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;

const std::string kUsers = "/xapi/v1/Users";
const std::string kCalls = "/xapi/v1/ActiveCalls";
const std::string kMonitored = "/callcontrol";

class SiteWatchWithFakes : public testing::Test {
protected:
    void SetUp() override {
        xapi.tells(kUsers, R"({"value":[
            {"Number":"201","FirstName":"Marie","LastName":"Martin","EmailAddress":"m@msp.fr","IsRegistered":true,
             "CurrentProfileName":"Available","QueueStatus":"LoggedOut"},
            {"Number":"202","FirstName":"Jean","LastName":"Petit","IsRegistered":false},
            {"Number":"299","FirstName":"Not","LastName":"Followed","IsRegistered":true}]})");
        xapi.tells(kMonitored, R"([{"dn":"900","type":"Wroutepoint"},{"dn":"201","type":"Wextension"},
            {"dn":"202","type":"Wextension"},{"dn":"800","type":"Wqueue","participants":[{"id":1,"status":"Connected"}]}])");
        xapi.tells(kCalls, R"json({"value":[{"Id":1,"Caller":"10001 T (0612345678)","Callee":"800 Support",
            "Status":"Transferring"}]})json");
        make({});
    }
    void make(SiteWatchOptions options) {
        watch = std::make_unique<SiteWatch>(context.get_executor(), std::move(options), xapi.asker(), clock,
                                            SiteWatchHandlers{[this](auto told) { users = std::move(told); },
                                                              [this](auto told) { emails = std::move(told); },
                                                              [this](auto told) {
                                                                  queues = std::move(told);
                                                                  ++queueNews;
                                                              }},
                                            log);
    }
    void TearDown() override {
        watch->stop();
        run();
    }
    void run() {
        context.restart();
        context.poll();
    }
    void pass(std::chrono::seconds by) {
        for (auto passed = 0s; passed < by; passed += 1s) {
            clock.advance(1s);
            watch->tick();
            run();
        }
    }
    std::size_t timesSaid(const std::string& words) const {
        const std::string text = said.str();
        std::size_t times = 0;
        for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
            ++times;
        return times;
    }

    boost::asio::io_context context{1};
    ManualClock clock;
    FakeXapi xapi;
    std::ostringstream said;
    std::shared_ptr<spdlog::logger> log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(said));
    std::unique_ptr<SiteWatch> watch;
    std::optional<std::map<Extension, calls::PbxUser>> users;
    std::map<Extension, std::string> emails;
    std::optional<std::vector<protocol::QueueState>> queues;
    int queueNews = 0;
};

TEST_F(SiteWatchWithFakes, TellsOfTheMonitoredUsers) {
    pass(1s);
    ASSERT_TRUE(users);
    EXPECT_EQ(users->size(), 2U);
    EXPECT_EQ(users->at(Extension{"201"}), (calls::PbxUser{"Marie Martin", true, false, true}));
    EXPECT_EQ(users->at(Extension{"202"}), (calls::PbxUser{"Jean Petit", false, false, false}));
    EXPECT_EQ(emails, (std::map<Extension, std::string>{{Extension{"201"}, "m@msp.fr"}}));
    EXPECT_EQ(xapi.asked(kUsers), 1);
    pass(29s);
    EXPECT_EQ(xapi.asked(kUsers), 1);
    pass(1s);
    EXPECT_EQ(xapi.asked(kUsers), 2);
}

TEST_F(SiteWatchWithFakes, TellsOfThoseThatTheConfigurationNames) {
    make({30s, 0s, {"299"}});
    pass(1s);
    ASSERT_TRUE(users);
    EXPECT_EQ(users->size(), 1U);
    EXPECT_TRUE(users->contains(Extension{"299"}));
    EXPECT_EQ(xapi.asked(kMonitored), 0);
    EXPECT_EQ(xapi.asked(kCalls), 0) << "queues are off";
}

TEST_F(SiteWatchWithFakes, TellsOfAllWhereThePbxHasNoCallControl) {
    for (const int status : {403, 404}) {
        users.reset();
        xapi.refuses(kMonitored, status);
        make({});
        pass(1s);
        ASSERT_TRUE(users) << status;
        EXPECT_EQ(users->size(), 3U) << "as its list of calls shows every extension's";
    }
}

TEST_F(SiteWatchWithFakes, TellsOfNobodyWhileItIsNotKnownWhoIsMonitored) {
    xapi.answers.erase(kMonitored);
    pass(1s);
    EXPECT_FALSE(users);
}

TEST_F(SiteWatchWithFakes, TakesNoExtensionForAQueueWhileItIsNotKnownWhoIsMonitored) {
    xapi.answers.erase(kMonitored);
    xapi.tells(kCalls, R"json({"value":[{"Id":1,"Caller":"10001 T (0612345678)","Callee":"201 Marie Martin",
        "Status":"Transferring"}]})json");
    pass(6s);
    EXPECT_TRUE(!queues || queues->empty());
}

TEST_F(SiteWatchWithFakes, LeavesAPbxAloneForAsLongAsItSays) {
    net::HttpResponse throttled{429, {}, ""};
    throttled.headers.set("Retry-After", "600");
    xapi.answers[kUsers] = throttled;
    xapi.answers[kCalls] = throttled;
    pass(599s);
    EXPECT_EQ(xapi.asked(kUsers), 1);
    EXPECT_EQ(xapi.asked(kCalls), 1);
    pass(2s);
    EXPECT_EQ(xapi.asked(kUsers), 2);
}

TEST_F(SiteWatchWithFakes, ReadsAllPages) {
    std::string page;
    for (int i = 0; i < 100; ++i)
        page += std::string{page.empty() ? "" : ","} + R"({"Number":")" + std::to_string(300 + i) + R"("})";
    const std::string query = kUsers +
                              "?$select=Id,Number,FirstName,LastName,EmailAddress,DisplayName,IsRegistered,"
                              "CurrentProfileName,QueueStatus&$top=100&$skip=";
    xapi.tells(query + "0", R"({"value":[)" + page + "]}");
    make({30s, 0s, {"201", "399"}});
    pass(1s);
    EXPECT_EQ(xapi.asked(kUsers), 2);
    ASSERT_TRUE(users);
    EXPECT_EQ(users->size(), 2U) << "one of each page";
}

TEST_F(SiteWatchWithFakes, WithoutPermissionSaysSoOnceAndAsksRarely) {
    xapi.refuses(kUsers, 403);
    pass(61s);
    EXPECT_EQ(xapi.asked(kUsers), 3);
    EXPECT_FALSE(users) << "nobody is told of users that were never read";
    EXPECT_EQ(timesSaid("tick '3CX Configuration API access'"), 1U) << said.str();
    pass(601s);
    EXPECT_EQ(xapi.asked(kUsers), 4);
    EXPECT_EQ(timesSaid("tick '3CX Configuration API access'"), 1U);
}

TEST_F(SiteWatchWithFakes, TakesBackWhatIsNotTrueAnyMore) {
    pass(1s);
    EXPECT_EQ(users->size(), 2U);
    xapi.answers.erase(kUsers);
    pass(120s);
    EXPECT_EQ(users->size(), 2U) << "a PBX may be busy for a while";
    pass(40s);
    EXPECT_TRUE(users->empty());
    EXPECT_EQ(said.str(), "") << "the link itself is told of elsewhere";
}

TEST_F(SiteWatchWithFakes, TellsWhoWaitsInTheQueues) {
    pass(1s);
    ASSERT_TRUE(queues);
    ASSERT_EQ(queues->size(), 1U);
    EXPECT_EQ(queues->at(0).name, "Support");
    EXPECT_EQ(queues->at(0).waiting, 1);
    EXPECT_NE(watch->metrics().find("ninja3cx_queue_waiting{queue=\"800\"} 1"), std::string::npos);
    xapi.tells(kCalls, R"({"value":[]})");
    pass(5s);
    EXPECT_EQ(queues->at(0).waiting, 0);
    EXPECT_EQ(xapi.asked(kCalls), 2);
    xapi.answers.erase(kCalls);
    pass(80s);
    EXPECT_FALSE(queues) << "who waited a minute ago is not known to wait";
    EXPECT_EQ(watch->metrics(), "");
}

TEST_F(SiteWatchWithFakes, OfAPbxWhereNobodyEverWaitedTellsNothing) {
    xapi.tells(kCalls, R"({"value":[{"Id":1,"Callee":"201 Marie","Status":"Talking"}]})");
    pass(20s);
    EXPECT_EQ(queueNews, 0);
}

TEST_F(SiteWatchWithFakes, LooksAtMonitoredQueuesWhereActiveCallsAreRefused) {
    make({0s, 5s, {}});
    xapi.refuses(kCalls, 404);
    pass(11s);
    ASSERT_TRUE(queues);
    EXPECT_EQ(queues->at(0).queue, "800");
    EXPECT_EQ(queues->at(0).waiting, 1);
    const int asked = xapi.asked(kMonitored);
    pass(10s);
    EXPECT_EQ(xapi.asked(kMonitored), asked + 2);
    EXPECT_EQ(xapi.asked(kCalls), 3);
    EXPECT_EQ(timesSaid("who waits in a queue"), 1U);
}

TEST_F(SiteWatchWithFakes, TakesAWebPageOrBrokenJsonForNoAnswer) {
    xapi.answers[kUsers].headers.set("Content-Type", "text/html");
    xapi.answers[kUsers].body = "<html>busy</html>";
    xapi.tells(kCalls, "{");
    pass(40s);
    EXPECT_FALSE(users);
    EXPECT_EQ(queueNews, 0);
    EXPECT_EQ(timesSaid("active calls"), 1U) << said.str();
}

TEST_F(SiteWatchWithFakes, AsksNothingOnceStopped) {
    watch->stop();
    pass(60s);
    EXPECT_TRUE(xapi.questions.empty());
}

}  // namespace
}  // namespace ninja3cx::telephony
