#include "bench/commands.hpp"
#include "bench/sample_call.hpp"
#include "bench/whisper_baseline.hpp"
#include "bench/word_recall.hpp"
#include "server/transcription/transcribe_file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace ninja3cx::bench {
namespace {

constexpr double kCutBefore = 0.15;  // seconds round a scripted turn
constexpr double kCutAfter = 0.25;
constexpr double kAllowed = 0.05;  // the product may recall this much less than the baseline

struct Score {
    std::size_t words = 0;
    std::size_t product = 0;
    std::size_t baseline = 0;

    void add(const Score& other) {
        words += other.words;
        product += other.product;
        baseline += other.baseline;
    }
    boost::json::object json() const {
        const auto share = [&](std::size_t part) {
            return std::round(1e4 * static_cast<double>(part) /
                              static_cast<double>(std::max<std::size_t>(words, 1))) /
                   1e4;
        };
        return {{"words", words}, {"recall", share(product)}, {"baselineRecall", share(baseline)}};
    }
};

Result<Score> scoreChannel(const SampleCall& call, std::size_t channel,
                           const std::vector<protocol::Utterance>& utterances, WhisperBaseline& baseline,
                           const std::string& language, bool tellsAll) {
    std::string script;
    std::string plain;
    for (const auto& turn : call.turns) {
        if (turn.channel != channel) continue;
        const auto& samples = call.channels[channel];
        const auto at = [&](double seconds) {
            return static_cast<std::size_t>(
                std::clamp(seconds * 16'000, 0.0, static_cast<double>(samples.size())));
        };
        const std::size_t from = at(turn.start - kCutBefore);
        auto text =
            baseline.decode(std::span{samples}.subspan(from, at(turn.end + kCutAfter) - from), language);
        if (!text) return text.error();
        script += turn.text + " ";
        plain += *text + " ";
        if (tellsAll)
            std::cerr << "  " << turn.start << "-" << turn.end << " |" << turn.text << "|" << *text << "\n";
    }
    std::string heard;
    for (const auto& utterance : utterances) {
        if (static_cast<std::size_t>(utterance.channel) != channel) continue;
        heard += utterance.text + " ";
        if (tellsAll) {
            std::cerr << "  " << utterance.utteranceId.value() << "…" << utterance.endMs << " | "
                      << utterance.text << "\n";
        }
    }
    const auto reference = words(script);
    return Score{reference.size(), commonWords(reference, words(heard)),
                 commonWords(reference, words(plain))};
}

}  // namespace

Result<boost::json::object> measureAccuracy(const Options& options) {
    const std::string modelFile = optionOr(options, "--model", "models/ggml-demo-fr-q8_0.bin");
    const std::string language = optionOr(options, "--language", "fr");
    auto model = transcription::loadWhisperModel(modelFile);
    if (!model) return model.error();
    auto baseline = WhisperBaseline::make(*model);
    if (!baseline) return baseline.error();
    auto calls = readSampleCalls(optionOr(options, "--calls", "samples/calls"));
    if (!calls) return calls.error();

    transcription::TranscribeRun run;
    run.model = *model;
    run.language = language;
    if (options.contains("--workers")) {
        const auto workers = countOr(options, "--workers", 1);
        if (!workers) return workers.error();
        run.workers = *workers;
    }
    if (const auto voice = options.find("--voice-model"); voice != options.end())
        run.voiceModel = voice->second;
    const bool tellsAll = optionOr(options, "--texts", "no") == "yes";

    Score all;
    boost::json::array perCall;
    for (const SampleCall& call : *calls) {
        std::cerr << call.name << " …\n";
        const auto utterances = transcription::transcribeChannels(call.channels, run);
        if (!utterances) return utterances.error();
        Score score;
        for (std::size_t channel = 0; channel < call.channels.size(); ++channel) {
            const auto one = scoreChannel(call, channel, *utterances, **baseline, language, tellsAll);
            if (!one) return one.error();
            score.add(*one);
        }
        auto json = score.json();
        json["call"] = call.name;
        json["utterances"] = utterances->size();
        json["turns"] = call.turns.size();
        std::cerr << boost::json::serialize(json) << "\n";
        perCall.push_back(std::move(json));
        all.add(score);
    }
    boost::json::object result{{"bench", "accuracy"}, {"model", modelFile}, {"language", language}};
    const auto total = all.json();
    for (const auto& field : total) result[field.key()] = field.value();
    result["passes"] =
        total.at("recall").to_number<double>() >= total.at("baselineRecall").to_number<double>() - kAllowed;
    result["calls"] = std::move(perCall);
    return result;
}

}  // namespace ninja3cx::bench
