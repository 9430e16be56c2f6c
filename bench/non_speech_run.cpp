#include "bench/non_speech_run.hpp"

#include "bench/non_speech.hpp"
#include "bench/word_recall.hpp"
#include "server/transcription/transcribe_file.hpp"
#include "shared/audio/pcm.hpp"

#include <boost/json.hpp>

#include <cmath>
#include <iostream>

namespace ninja3cx::bench {
namespace {

double minutesOf(std::size_t samples) {
    return std::round(1e3 * static_cast<double>(samples) / audio::kRateHz / 60) / 1e3;
}

}  // namespace

Result<boost::json::object> measureNonSpeech(const NonSpeechRun& run) {
    transcription::TranscribeRun transcribe;
    transcribe.model = run.model;
    transcribe.voiceModel = run.voiceModel;
    transcribe.language = run.language;
    transcribe.workers = run.workers;

    std::size_t samples = 0;
    std::size_t allWords = 0;
    std::size_t allUtterances = 0;
    boost::json::array byKind;
    for (auto& sound : makeNonSpeech(run.minutes)) {
        const std::size_t count = sound.samples.size();
        const auto utterances = transcription::transcribeChannels({std::move(sound.samples)}, transcribe);
        if (!utterances) return inContext(sound.kind, utterances.error());
        std::string text;
        for (const auto& utterance : *utterances) text += (text.empty() ? "" : " ") + utterance.text;
        const std::size_t inserted = words(text).size();
        if (inserted > 0) std::cerr << sound.kind << ": " << text << "\n";
        samples += count;
        allWords += inserted;
        allUtterances += utterances->size();
        byKind.push_back(boost::json::object{{"kind", sound.kind},
                                             {"minutes", minutesOf(count)},
                                             {"utterances", utterances->size()},
                                             {"words", inserted},
                                             {"text", text}});
    }
    return boost::json::object{{"minutes", minutesOf(samples)},
                               {"insertedWords", allWords},
                               {"utterances", allUtterances},
                               {"byKind", std::move(byKind)}};
}

}  // namespace ninja3cx::bench
