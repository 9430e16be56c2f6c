#include "bench/bench_model.hpp"
#include "bench/commands.hpp"
#include "bench/non_speech_run.hpp"
#include "bench/sample_call.hpp"
#include "bench/statistics.hpp"
#include "bench/verdicts.hpp"
#include "bench/whisper_baseline.hpp"
#include "server/transcription/transcribe_file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::bench {
namespace {

using transcription::TranscribeRun;
using Sound = std::vector<std::int16_t>;

constexpr double kRateHz = 16'000;
constexpr double kCutBefore = 0.15;  // seconds round a scripted turn
constexpr double kCutAfter = 0.25;
constexpr std::array kChannelNames{"agent", "customer"};

/// Plain whisper on the scripted turns of one channel. Remembers: in most variants a channel sounds as before.
class TurnBaseline {
public:
    TurnBaseline(std::unique_ptr<WhisperBaseline> whisper, std::string language)
        : whisper_{std::move(whisper)}, language_{std::move(language)} {}

    Result<std::vector<std::string>> decode(const SampleCall& call, std::size_t channel) {
        std::vector<std::string> texts;
        const Sound& sound = call.channels[channel];
        const auto at = [&](double seconds) {
            return sound.begin() + static_cast<std::ptrdiff_t>(
                                       std::clamp(seconds * kRateHz, 0.0, static_cast<double>(sound.size())));
        };
        for (const SampleCall::Turn& turn : call.turns) {
            if (turn.channel != channel) continue;
            Sound cut{at(turn.start - kCutBefore), at(turn.end + kCutAfter)};
            auto known = known_.find(cut);
            if (known == known_.end()) {
                auto text = whisper_->decode(cut, language_);
                if (!text) return text.error();
                known = known_.emplace(std::move(cut), std::move(*text)).first;
            }
            texts.push_back(known->second);
        }
        return texts;
    }

private:
    std::unique_ptr<WhisperBaseline> whisper_;
    std::string language_;
    std::map<Sound, std::string> known_;
};

class Accuracy {
public:
    static Result<Accuracy> make(const Options& options);

    Result<VariantScore> measure(const CallVariant& variant);
    const TranscribeRun& run() const { return run_; }

private:
    Result<void> score(const SampleCall& call, VariantScore& sum);
    void tell(const SampleCall& call, const std::array<std::vector<std::string>, 2>& plain,
              const std::vector<protocol::Utterance>& utterances) const;

    std::vector<SampleCall> calls_;
    TranscribeRun run_;
    std::vector<TurnBaseline> baselines_;  // for each channel; none: only our own text is wanted
    bool tellsTexts_ = false;
};

Result<Accuracy> Accuracy::make(const Options& options) {
    Accuracy accuracy;
    auto language = languageOr(options, "fr");
    if (!language) return language.error();
    accuracy.run_.language = std::move(*language);
    const auto tellsTexts = yesOr(options, "--texts", false);
    if (!tellsTexts) return tellsTexts.error();
    if (options.contains("--workers")) {
        const auto workers = workersOr(options, 1);
        if (!workers) return workers.error();
        accuracy.run_.workers = *workers;
    }
    auto model = transcription::loadWhisperModel(optionOr(options, "--model", kDemoModel));
    if (!model) return model.error();
    auto calls =
        readSampleCalls(optionOr(options, "--samples", optionOr(options, "--calls", "samples/calls")));
    if (!calls) return calls.error();
    accuracy.calls_ = std::move(*calls);
    accuracy.run_.model = *model;
    if (const auto voice = options.find("--voice-model"); voice != options.end())
        accuracy.run_.voiceModel = voice->second;
    accuracy.run_.decoder.fitsContext = !options.contains("--whole-context");
    accuracy.tellsTexts_ = *tellsTexts;
    while (!options.contains("--no-baseline") && accuracy.baselines_.size() < kChannelNames.size()) {
        auto whisper = WhisperBaseline::make(*model);
        if (!whisper) return whisper.error();
        accuracy.baselines_.emplace_back(std::move(*whisper), accuracy.run_.language);
    }
    return accuracy;
}

Result<VariantScore> Accuracy::measure(const CallVariant& variant) {
    VariantScore sum;
    sum.variant = variant;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
        std::cerr << variant.name << " " << calls_[i].name << " …\n";
        const CallVariants variants{calls_[i], static_cast<unsigned>(i + 1)};
        if (auto scored = score(variants.make(variant), sum); !scored) return scored.error();
    }
    const WordScore all = sum.all();
    std::cerr << variant.name << ": " << boost::json::serialize(all.json()) << "\n";
    return sum;
}

Result<void> Accuracy::score(const SampleCall& call, VariantScore& sum) {
    const auto utterances = transcription::transcribeChannels(call.channels, run_);
    if (!utterances) return utterances.error();
    std::array<std::vector<std::string>, 2> plain;
    if (!baselines_.empty()) {
        auto customer = std::async(std::launch::async, [&] { return baselines_[1].decode(call, 1); });
        auto agentTexts = baselines_[0].decode(call, 0);
        auto customerTexts = customer.get();
        if (!agentTexts) return agentTexts.error();
        if (!customerTexts) return customerTexts.error();
        plain = {std::move(*agentTexts), std::move(*customerTexts)};
    }
    if (tellsTexts_) tell(call, plain, *utterances);
    for (std::size_t channel = 0; channel < kChannelNames.size(); ++channel) {
        std::string script;
        std::string heard;
        std::string decoded;
        for (const auto& turn : call.turns) {
            if (turn.channel == channel) script += turn.text + " ";
        }
        for (const auto& utterance : *utterances) {
            if (static_cast<std::size_t>(utterance.channel) == channel) heard += utterance.text + " ";
        }
        for (const auto& text : plain[channel]) decoded += text + " ";
        WordScore score = scoreWords(script, heard);
        if (!baselines_.empty()) {
            const WordScore baseline = scoreWords(script, decoded);
            score.baselineErrors = baseline.errors;
            score.baselineRecalled = baseline.recalled;
        }
        sum.channels[channel].add(score);
    }
    sum.utterances += utterances->size();
    sum.agentWordsOutside += wordsOutsideTurns(call, 0, *utterances);
    return {};
}

void Accuracy::tell(const SampleCall& call, const std::array<std::vector<std::string>, 2>& plain,
                    const std::vector<protocol::Utterance>& utterances) const {
    std::array<std::size_t, 2> next{};
    for (const auto& turn : call.turns) {
        const std::size_t place = next[turn.channel]++;
        std::cerr << "  script   " << kChannelNames[turn.channel] << " " << turn.start << "-" << turn.end
                  << " | " << turn.text << "\n";
        if (!baselines_.empty()) std::cerr << "  baseline |" << plain[turn.channel][place] << "\n";
    }
    for (const auto& utterance : utterances) {
        std::cerr << "  heard    " << kChannelNames[static_cast<std::size_t>(utterance.channel)] << " "
                  << static_cast<double>(utterance.startMs) / 1000 << "-"
                  << static_cast<double>(utterance.endMs) / 1000 << " | " << utterance.text << "\n";
    }
}

/// Words that are written where nobody speaks: {"minutes", "insertedWords", "utterances", "byKind"}.
Result<boost::json::object> measureWhereNobodySpeaks(const TranscribeRun& run, double minutes) {
    return measureNonSpeech({run.model, run.voiceModel, run.language, minutes, run.workers});
}

boost::json::object report(const VariantScore& score, const VariantScore& clean) {
    const WordScore all = score.all();
    boost::json::object json{{"variant", score.variant.name}};
    const auto figures = all.json();
    for (const auto& figure : figures) json[figure.key()] = figure.value();
    if (all.baselineErrors) json["streamingCostPoints"] = rounded(all.streamingCostPoints());
    json["utterances"] = score.utterances;
    boost::json::object perChannel;
    for (std::size_t channel = 0; channel < kChannelNames.size(); ++channel)
        perChannel[kChannelNames[channel]] = score.channels[channel].json();
    json["perChannel"] = std::move(perChannel);
    if (score.variant.echo || score.variant.group == "clean") {
        json["doubledWordsPct"] = rounded(score.doubledWordsPct());
        json["cleanDoubledWordsPct"] = rounded(clean.doubledWordsPct());
    }
    if (score.variant.group == "double-talk")
        json["recallDropPoints"] = rounded(100 * (clean.all().recall() - all.recall()));
    return json;
}

/// The clean call comes first wherever others are compared with it.
Result<std::vector<CallVariant>> wantedVariants(const Options& options) {
    const std::string group = optionOr(options, "--variant", "all");
    auto variants = variantsOf(group);
    if (variants.empty())
        return Error{ErrorKind::Rejected,
                     "no variant '" + group + "'; known: clean telephone noisy echo double-talk all"};
    if (variants.front().group == "echo" || variants.front().group == "double-talk")
        variants.insert(variants.begin(), variantsOf("clean").front());
    return variants;
}

}  // namespace

Result<boost::json::object> measureAccuracy(const Options& options) {
    const auto variants = wantedVariants(options);
    if (!variants) return variants.error();
    auto accuracy = Accuracy::make(options);
    if (!accuracy) return accuracy.error();

    boost::json::object result{{"bench", "accuracy"},
                               {"model", optionOr(options, "--model", kDemoModel)},
                               {"voiceModel", optionOr(options, "--voice-model", "built-in")},
                               {"language", optionOr(options, "--language", "fr")}};
    boost::json::array reports;
    Fails fails;
    const auto add = [&fails](const Fails& more) { fails.insert(fails.end(), more.begin(), more.end()); };
    if (options.contains("--non-speech-minutes")) {
        const auto minutes = numberOr(options, "--non-speech-minutes", 60);
        if (!minutes) return minutes.error();
        auto nonSpeech = measureWhereNobodySpeaks(accuracy->run(), *minutes);
        if (!nonSpeech) return nonSpeech.error();
        add(failsOfNonSpeech(nonSpeech->at("insertedWords").to_number<std::size_t>()));
        result["nonSpeech"] = std::move(*nonSpeech);
    }
    std::optional<VariantScore> clean;
    for (const CallVariant& variant : *variants) {
        const auto score = accuracy->measure(variant);
        if (!score) return score.error();
        if (!clean) clean = *score;
        reports.push_back(report(*score, *clean));
        add(failsOfVariant(*score, *clean));
    }
    result["variants"] = std::move(reports);
    tellVerdict(result, fails);
    return result;
}

}  // namespace ninja3cx::bench
