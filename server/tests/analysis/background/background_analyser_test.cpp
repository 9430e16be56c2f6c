#include "server/analysis/background/background_analyser.hpp"

#include "server/tests/analysis/talk.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {
namespace {

TEST(BackgroundAnalyser, AnswersOnTheGivenExecutorInOrderWithoutValues) {
    boost::asio::io_context context;
    auto work = boost::asio::make_work_guard(context);
    BackgroundAnalyser analyser{context.get_executor()};
    const auto here = std::this_thread::get_id();
    std::vector<protocol::Analysis> results;
    const auto keep = [&](Result<protocol::Analysis> result) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        ASSERT_TRUE(result);
        results.push_back(*result);
        if (results.size() == 2) work.reset();
    };
    analyser.analyse(talk({"C: ma carte c'est 4111 1111 1111 1111"}), keep, {});
    analyser.analyse(talk({"C: le vpn ne marche plus"}), keep, {});
    context.run_for(std::chrono::seconds{20});
    ASSERT_EQ(results.size(), 2u);
    ASSERT_EQ(results[0].pii.size(), 1u);
    EXPECT_FALSE(results[0].pii[0].text || results[0].pii[0].value);
    EXPECT_EQ(results[1].category, protocol::Category::NetworkVpn);
}

TEST(BackgroundAnalyser, RefusesNoCallOfManyThatEndAtOnce) {
    constexpr std::size_t kCalls = 500;
    boost::asio::io_context context;
    auto guard = boost::asio::make_work_guard(context);
    BackgroundAnalyser analyser{context.get_executor()};
    std::vector<std::string> answered;
    std::vector<std::string> asked;
    for (std::size_t i = 0; i < kCalls; ++i) {
        auto call = talk({"C: le vpn ne marche plus"});
        call.id = "call-" + std::to_string(i);
        asked.push_back(call.id);
        analyser.analyse(std::move(call),
                         [&](Result<protocol::Analysis> result) {
                             answered.push_back(result ? result->id : result.error().detail);
                             if (answered.size() == kCalls) guard.reset();
                         },
                         {});
    }
    context.run_for(std::chrono::seconds{60});
    EXPECT_EQ(answered, asked);
}

TEST(BackgroundAnalyser, StopsWithWorkInTheQueue) {
    constexpr int kCalls = 2'000;  // seconds of work
    boost::asio::io_context context;
    std::vector<int> answered;
    const auto queued = std::make_shared<int>();  // each queued call holds on to it
    {
        BackgroundAnalyser analyser{context.get_executor()};
        const auto call = talk(std::vector<std::string>(20, "C: le vpn ne marche plus"));
        for (int i = 0; i < kCalls; ++i)
            analyser.analyse(
                call, [&answered, queued, i](Result<protocol::Analysis>) { answered.push_back(i); }, {});
    }
    context.run();
    EXPECT_LT(answered.size(), std::size_t{kCalls});
    for (std::size_t i = 0; i < answered.size(); ++i) EXPECT_EQ(answered[i], static_cast<int>(i));
    EXPECT_EQ(queued.use_count(), 1);
}

TEST(BackgroundAnalyser, WorksElsewhereInTheOrderAskedAndGoesOnHere) {
    boost::asio::io_context context;
    auto guard = boost::asio::make_work_guard(context);
    BackgroundAnalyser analyser{context.get_executor()};
    const auto here = std::this_thread::get_id();
    std::vector<std::string> events;  // written by one thread after the other
    analyser.run(
        [&] {
            EXPECT_NE(std::this_thread::get_id(), here);
            throw std::runtime_error("no memory");
        },
        [&] {
            EXPECT_EQ(std::this_thread::get_id(), here);
            events.emplace_back("first");
        });
    analyser.analyse(talk({"C: le vpn ne marche plus"}),
                     [&](const Result<protocol::Analysis>&) { events.emplace_back("call"); }, {});
    const auto made = std::make_shared<std::thread::id>();
    analyser.run([made] { *made = std::this_thread::get_id(); },
                 [&, made] {
                     EXPECT_NE(*made, here);
                     EXPECT_NE(*made, std::thread::id{});
                     events.emplace_back("last");
                     guard.reset();
                 });
    context.run_for(std::chrono::seconds{20});
    EXPECT_EQ(events, (std::vector<std::string>{"first", "call", "last"}));
}

TEST(BackgroundAnalyser, MasksAtOnce) {
    boost::asio::io_context context;
    const BackgroundAnalyser analyser{context.get_executor()};
    const calls::Masked masked = analyser.mask("carte 4111 1111 1111 1111", "fr", "");
    EXPECT_EQ(masked.text, "carte [card]");
    EXPECT_EQ(masked.places, (std::vector<protocol::MaskedPlace>{{6, 19, 6}}));
}

TEST(BackgroundAnalyser, ConcludesWithTheCompanysRules) {
    boost::asio::io_context context;
    auto guard = boost::asio::make_work_guard(context);
    SiteRules rules;
    rules.categories = {
        {"erp_sage", "ERP Sage", "Sage ERP", protocol::Category::SoftwareApplication, {"sage"}}};
    BackgroundAnalyser analyser{context.get_executor(), rules};
    std::optional<std::string> found;
    analyser.analyse(talk({"C: Sage ne démarre pas"}),
                     [&](Result<protocol::Analysis> analysis) {
                         if (analysis) found = analysis->customCategory;
                         guard.reset();
                     },
                     {});
    context.run();
    EXPECT_EQ(found, "erp_sage");
}

TEST(BackgroundAnalyser, FollowsEachCallByItselfWithTheCompanysRules) {
    boost::asio::io_context context;
    SiteRules rules;
    rules.categories = {
        {"erp_sage", "ERP Sage", "Sage ERP", protocol::Category::SoftwareApplication, {"sage"}}};
    const BackgroundAnalyser analyser{context.get_executor(), rules};
    const auto one = analyser.follow("fr");
    const auto other = analyser.follow("fr");
    protocol::Utterance utterance;
    utterance.channel = protocol::Speaker::Customer;
    utterance.utteranceId = UtteranceId{"c-1"};
    utterance.endMs = 2000;
    utterance.text = "je vais résilier Sage";
    const protocol::CallInsight insight = one->read(utterance);
    EXPECT_EQ(insight.customTopic, "ERP Sage");
    ASSERT_EQ(insight.alerts.size(), 1u);
    EXPECT_EQ(insight.alerts[0].rule, "cancellation");
    utterance.text = "bonjour";
    EXPECT_TRUE(other->read(utterance).alerts.empty());
}

}  // namespace
}  // namespace ninja3cx::analysis
