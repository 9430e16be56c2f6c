#include "server/analysis/background/background_analyser.hpp"

#include "server/tests/analysis/talk.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <thread>

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
    analyser.analyse(talk({"C: ma carte c'est 4111 1111 1111 1111"}), keep);
    analyser.analyse(talk({"C: le vpn ne marche plus"}), keep);
    context.run_for(std::chrono::seconds{20});
    ASSERT_EQ(results.size(), 2u);
    ASSERT_EQ(results[0].pii.size(), 1u);
    EXPECT_FALSE(results[0].pii[0].text || results[0].pii[0].value);
    EXPECT_EQ(results[1].category, protocol::Category::NetworkVpn);
}

TEST(BackgroundAnalyser, StopsWithWorkInTheQueue) {
    boost::asio::io_context context;
    {
        BackgroundAnalyser analyser{context.get_executor()};
        for (int i = 0; i < 50; ++i)
            analyser.analyse(talk({"C: le vpn ne marche plus"}), [](Result<protocol::Analysis>) {});
    }
    context.run();
}

TEST(BackgroundAnalyser, MasksAtOnce) {
    boost::asio::io_context context;
    const BackgroundAnalyser analyser{context.get_executor()};
    EXPECT_EQ(analyser.mask("carte 4111 1111 1111 1111", "fr"), "carte [card]");
}

}  // namespace
}  // namespace ninja3cx::analysis
