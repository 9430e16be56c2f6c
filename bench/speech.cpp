#include "bench/commands.hpp"
#include "bench/sample_call.hpp"
#include "bench/whisper_baseline.hpp"
#include "server/transcription/transcribe_file.hpp"
#include "server/transcription/voice_detector.hpp"

#include <boost/json.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>

namespace ninja3cx::bench {
namespace {

constexpr std::size_t kStreamStep =
    std::size_t{3} * 16'000;  // whisper.cpp examples/stream: decodes every 3 s …
constexpr std::size_t kStreamWindow = std::size_t{10} * 16'000;  // … the last 10 s, speech or not

/// Processor time of this program so far, in seconds.
double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

std::int64_t percentile(std::vector<std::int64_t> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace

Result<boost::json::object> measureSpeech(const Options& options) {
    const std::string modelFile = optionOr(options, "--model", "models/ggml-demo-fr-q8_0.bin");
    auto model = transcription::loadWhisperModel(modelFile);
    if (!model) return model.error();
    auto calls = readSampleCalls(optionOr(options, "--calls", "samples/calls"));
    if (!calls) return calls.error();
    const auto count =
        static_cast<std::size_t>(std::max(1, std::atoi(optionOr(options, "--count", "2").c_str())));
    if (calls->size() > count) calls->resize(count);

    transcription::TranscribeRun run;
    run.model = *model;
    if (const auto voice = options.find("--voice-model"); voice != options.end())
        run.voiceModel = voice->second;

    double callSeconds = 0;
    double speechSeconds = 0;
    const double before = cpuSeconds();
    for (const SampleCall& call : *calls) {
        std::cerr << call.name << ": the product, as fast as it goes …\n";
        const auto utterances = transcription::transcribeChannels(call.channels, run);
        if (!utterances) return utterances.error();
        callSeconds += call.seconds();
        for (const auto& said : *utterances)
            speechSeconds += static_cast<double>(said.endMs - said.startMs) / 1000;
    }
    const double product = cpuSeconds() - before;

    double detecting = cpuSeconds();
    for (const SampleCall& call : *calls) {
        for (const auto& channel : call.channels) {
            auto detector = transcription::makeEnergyDetector();
            if (run.voiceModel) {
                if (auto silero = transcription::makeSileroDetector(*run.voiceModel))
                    detector = std::move(*silero);
            }
            for (std::size_t at = 0; at + transcription::kWindow <= channel.size();
                 at += transcription::kWindow) {
                detector->judge(std::span{channel}.subspan(at).first<transcription::kWindow>());
            }
        }
    }
    detecting = cpuSeconds() - detecting;

    auto baseline = WhisperBaseline::make(*model);
    if (!baseline) return baseline.error();
    const double beforeStream = cpuSeconds();
    for (const SampleCall& call : *calls) {
        std::cerr << call.name << ": the stream example's policy …\n";
        for (const auto& channel : call.channels) {
            for (std::size_t end = kStreamStep; end <= channel.size(); end += kStreamStep) {
                const std::size_t from = end > kStreamWindow ? end - kStreamWindow : 0;
                const auto window = std::span{channel}.subspan(from, end - from);
                if (auto text = (*baseline)->decodeStreamStep(window, "fr"); !text) return text.error();
            }
        }
    }
    const double stream = cpuSeconds() - beforeStream;

    std::vector<std::int64_t> lags;
    run.isRealTime = true;
    run.onUtterance = [&](const protocol::Utterance& said) { lags.push_back(said.lagMs); };
    std::cerr << calls->front().name << ": in real time …\n";
    if (auto live = transcription::transcribeChannels(calls->front().channels, run); !live)
        return live.error();

    return boost::json::object{
        {"bench", "speech"},
        {"model", modelFile},
        {"calls", calls->size()},
        {"callSeconds", rounded(callSeconds)},
        {"speechSeconds", rounded(speechSeconds)},
        {"cpuPerCallSecond", rounded(product / callSeconds)},
        {"cpuPerSpeechSecond", rounded(product / std::max(speechSeconds, 1e-9))},
        {"voiceDetectionCpuPerChannelSecond", rounded(detecting / (2 * callSeconds))},
        {"streamPolicyCpuPerCallSecond", rounded(stream / callSeconds)},
        {"timesCheaper", rounded(stream / std::max(product, 1e-9))},
        // From the last sample of an utterance to its final text; the wait that ends an utterance is part of
        // it.
        {"lagMs",
         {{"median", percentile(lags, 0.5)}, {"p95", percentile(lags, 0.95)}, {"utterances", lags.size()}}},
    };
}

}  // namespace ninja3cx::bench
