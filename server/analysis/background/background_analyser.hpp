#pragma once

#include "server/analysis/site_rules.hpp"
#include "server/calls/ports.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace ninja3cx::analysis {

/// The analysis of whole calls on one thread of its own, and what else of them takes too long for the network thread.
///
/// Threads: `analyse` and `run` from the network thread; `done` and `then` are posted to `results`. `mask` and `follow`
///          on any thread.
/// Order:   calls are analysed, and work is done, in the order they came.
/// Overload: nothing is refused, so the queue has no bound of its own. What fills it are calls that end: of each one analysis
///          at a time, a few milliseconds of work on some ten kB of words, and as little to check of what a language model
///          wrote. A whole day's calls that end at once after a restart are done within seconds.
/// Values:  personal data leaves as kind and position only.
/// Stop:    the destructor finishes what is in hand, drops the queue (those `done` and `then` never run) and joins.
class BackgroundAnalyser final : public calls::Analyser {
public:
    explicit BackgroundAnalyser(boost::asio::any_io_executor results, SiteRules rules = {});
    ~BackgroundAnalyser() override;
    BackgroundAnalyser(const BackgroundAnalyser&) = delete;
    BackgroundAnalyser& operator=(const BackgroundAnalyser&) = delete;

    /// `better` never comes of this one.
    void analyse(protocol::AnalysisInput input, Done done, Better better) override;
    /// `work` may hold nothing that belongs to the network thread: it is freed on the other one. `then` comes also where
    /// `work` threw, and is freed where it runs.
    void run(std::function<void()> work, std::function<void()> then);
    std::unique_ptr<calls::CallReader> follow(const std::string& language) const override;
    calls::Masked mask(const std::string& text, const std::string& language,
                       const std::string& before) const override;
    std::span<const std::string_view> revealingEndings() const override;

private:
    struct Task {
        std::function<void()> work;
        std::function<void()> then;
    };
    void work();

    boost::asio::any_io_executor results_;
    const SiteRules rules_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> queue_;
    bool isStopping_ = false;
    std::thread worker_;
};

}  // namespace ninja3cx::analysis
