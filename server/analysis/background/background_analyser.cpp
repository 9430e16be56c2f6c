#include "server/analysis/background/background_analyser.hpp"

#include "server/analysis/analyse.hpp"
#include "server/analysis/live/live_analysis.hpp"
#include "server/analysis/weights/weights.hpp"

#include <boost/asio/post.hpp>

#include <exception>

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
    {
        const std::lock_guard lock{mutex_};
        queue_.emplace_back(std::move(input), std::move(done));
    }
    wake_.notify_one();
}

std::unique_ptr<calls::CallReader> BackgroundAnalyser::follow(const std::string& language) const {
    return std::make_unique<LiveReader>(language, rules_);
}

calls::Masked BackgroundAnalyser::mask(const std::string& text, const std::string& language,
                                       const std::string& before) const {
    MaskedText masked = maskPlaces(text, language, before);
    calls::Masked result{std::move(masked.text)};
    for (const MaskedPlace& place : masked.places)
        result.places.push_back({place.at, place.length, place.replacedBy});
    return result;
}

void BackgroundAnalyser::work() {
    (void)builtInModel();  // read here, so that the first call to be followed does not wait for it
    while (true) {
        std::pair<protocol::AnalysisInput, Done> job;
        {
            std::unique_lock lock{mutex_};
            wake_.wait(lock, [this] { return isStopping_ || !queue_.empty(); });
            if (isStopping_) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        auto result = analysed(job.first, rules_);
        boost::asio::post(results_, [done = std::move(job.second), result = std::move(result)]() mutable {
            done(std::move(result));
        });
    }
}

}  // namespace ninja3cx::analysis
