#include "server/analysis/background/background_analyser.hpp"

#include "server/analysis/analyse.hpp"
#include "server/analysis/live/live_analysis.hpp"
#include "server/analysis/personal_data/revealing_endings.hpp"
#include "server/analysis/weights/weights.hpp"

#include <boost/asio/post.hpp>

#include <exception>
#include <utility>

namespace ninja3cx::analysis {
namespace {

Result<protocol::Analysis> analysed(const protocol::AnalysisInput& input, const SiteRules& rules) {
    try {
        return withoutValues(analysis::analyse(input, rules));
    } catch (
        const std::exception& failure) {  // out of memory: the call stays without analysis, the server lives
        return Error{ErrorKind::Rejected, std::string{"analysis failed: "} + failure.what()};
    }
}

class LiveReader final : public calls::CallReader {
public:
    LiveReader(const std::string& language, const SiteRules& rules)
        : live_{builtInModel(), language, rules} {}
    protocol::CallInsight read(const protocol::Utterance& utterance) override {
        return live_.read(utterance);
    }

private:
    LiveAnalysis live_;
};

}  // namespace

BackgroundAnalyser::BackgroundAnalyser(boost::asio::any_io_executor results, SiteRules rules)
    : results_{std::move(results)}, rules_{std::move(rules)}, worker_{[this] { work(); }} {}

BackgroundAnalyser::~BackgroundAnalyser() {
    {
        const std::lock_guard lock{mutex_};
        isStopping_ = true;
    }
    wake_.notify_all();
    worker_.join();
}

void BackgroundAnalyser::analyse(protocol::AnalysisInput input, Done done, Better /*better*/) {
    auto result = std::make_shared<Result<protocol::Analysis>>(Error{ErrorKind::Rejected, "not analysed"});
    run([this, input = std::move(input), result] { *result = analysed(input, rules_); },
        [done = std::move(done), result] { done(std::move(*result)); });
}

void BackgroundAnalyser::run(std::function<void()> work, std::function<void()> then) {
    {
        const std::lock_guard lock{mutex_};
        queue_.push_back({std::move(work), std::move(then)});
    }
    wake_.notify_one();
}

std::unique_ptr<calls::CallReader> BackgroundAnalyser::follow(const std::string& language) const {
    return std::make_unique<LiveReader>(language, rules_);
}

calls::Masked BackgroundAnalyser::mask(const std::string& text, const std::string& language,
                                       const std::string& before) const {
    return maskPlaces(text, language, before);
}

std::span<const std::string_view> BackgroundAnalyser::revealingEndings() const {
    return analysis::revealingEndings();
}

void BackgroundAnalyser::work() {
    (void)builtInModel();  // read here, so that the first call to be followed does not wait for it
    while (true) {
        Task task;
        {
            std::unique_lock lock{mutex_};
            wake_.wait(lock, [this] { return isStopping_ || !queue_.empty(); });
            if (isStopping_) return;
            task = std::move(queue_.front());
            queue_.pop_front();
        }
        try {
            task.work();
        } catch (const std::exception&) {  // out of memory: who waits for it sees that nothing came
        }
        task.work = {};
        boost::asio::post(results_, std::move(task.then));
    }
}

}  // namespace ninja3cx::analysis
