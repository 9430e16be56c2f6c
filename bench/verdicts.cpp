#include "bench/verdicts.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace ninja3cx::bench {
namespace {

constexpr double kMemoryGrowthPct = 5;
constexpr double kLagGrowthPct = 10;
constexpr double kLagGrowthMs = 100;    // of a small delay this is what a busy machine makes
constexpr double kStreamingCost = 1.0;  // points of word error rate
constexpr double kStreamingCostInNoise = 5.0;
constexpr double kDoubledPct = 2.0;
constexpr double kDoubleTalkDrop = 5.0;  // points of recall

}  // namespace

Fails failsOfSpeech(const LiveResult& result) {
    Fails fails;
    if (result.droppedAudio.count() > 0)
        fails.push_back(std::to_string(result.droppedAudio.count()) + " ms of sound were dropped");
    if (result.texts.finalsLost > 0)
        fails.push_back(std::to_string(result.texts.finalsLost) + " turns have no final text");
    if (result.texts.violations > 0)
        fails.push_back(std::to_string(result.texts.violations) + " messages break the rules of texts");
    return fails;
}

Fails failsOfSoak(const LiveResult& result, const Growth& memoryMb, const Growth& lagMs) {
    Fails fails = failsOfSpeech(result);
    if (memoryMb.pct() > kMemoryGrowthPct) fails.emplace_back("memory grows");
    if (lagMs.by() > std::max(kLagGrowthMs, lagMs.first * kLagGrowthPct / 100))
        fails.emplace_back("final texts come later and later");
    return fails;
}

WordScore VariantScore::all() const {
    WordScore sum = channels[0];
    sum.add(channels[1]);
    return sum;
}

double VariantScore::doubledWordsPct() const {
    return 100 * static_cast<double>(agentWordsOutside) /
           static_cast<double>(std::max<std::size_t>(channels[0].words, 1));
}

Fails failsOfVariant(const VariantScore& score, const VariantScore& clean) {
    Fails fails;
    // As the result tells the figures: what is a point there is no more than a point here.
    const auto claim = [&](bool holds, const std::string& text) {
        if (!holds) fails.push_back(score.variant.name + ": " + text);
    };
    const std::string& group = score.variant.group;
    if (group == "clean" || group == "telephone")
        claim(rounded(score.all().streamingCostPoints()) <= kStreamingCost,
              "streaming costs more than a point of word error rate");
    if (group == "noisy")
        claim(rounded(score.all().streamingCostPoints()) <= kStreamingCostInNoise,
              "streaming costs more than 5 points of word error rate");
    if (group == "echo")
        claim(rounded(score.doubledWordsPct() - clean.doubledWordsPct()) <= kDoubledPct, "words are doubled");
    if (group == "double-talk")
        claim(rounded(100 * (clean.all().recall() - score.all().recall())) <= kDoubleTalkDrop,
              "words are lost where both speak");
    return fails;
}

Fails failsOfNonSpeech(std::size_t insertedWords) {
    if (insertedWords == 0) return {};
    return {"non-speech: " + std::to_string(insertedWords) + " words are written"};
}

void tellVerdict(boost::json::object& result, const Fails& fails) {
    result["passes"] = fails.empty();
    result["fails"] = boost::json::array(fails.begin(), fails.end());
}

}  // namespace ninja3cx::bench
