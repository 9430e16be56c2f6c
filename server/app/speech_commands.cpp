#include "server/app/commands.hpp"
#include "server/app/model_choice.hpp"
#include "server/app/options.hpp"
#include "server/app/speech.hpp"
#include "server/models/catalog.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/transcribe_file.hpp"
#include "server/transcription/whisper_decoder.hpp"

#include <iostream>

namespace ninja3cx::app {

int transcribe(const Setting& setting) {
    if (setting.arguments.words.empty())
        return complain("transcribe needs a file: 3cx-ninja-server transcribe call.wav", kBadUsage);
    const auto format = transcription::parseFormat(setting.arguments.value("format").value_or("text"));
    if (!format) return complain(format.error().detail, kBadUsage);
    const config::WhisperSettings& whisper = setting.settings.whisper;
    const auto givenModel = setting.arguments.value("model");
    auto model =
        models::findModel(givenModel.value_or(whisper.model), whisper.modelsDir, weightsFor(whisper));
    if (!model) {
        // A known one is a right word: it is only not here yet.
        const bool isWrongWord = givenModel && !models::modelNamed(*givenModel);
        return complain(model.error().detail, isWrongWord ? kBadUsage : kFailed);
    }
    const auto givenLanguage = setting.arguments.value("language");
    const std::string language = givenLanguage.value_or(whisper.language);
    if (auto known = transcription::checkLanguage(language); !known)
        return complain((givenLanguage ? "--language: " : "whisper.language: ") + known.error().detail,
                        givenLanguage ? kBadUsage : kFailed);
    if (auto able = transcription::checkProcessor(); !able) return complain(able.error().detail);
    const transcription::Device device = deviceOf(whisper.device);
    if (auto able = transcription::checkDevice(device); !able)
        return complain("whisper.device: " + able.error().detail);
    const auto voiceModel = findVoiceModel(whisper);
    if (!voiceModel) return complain(voiceModel.error().detail);
    transcription::TranscribeOptions options;
    options.files.assign(setting.arguments.words.begin(), setting.arguments.words.end());
    options.format = *format;
    options.isRealTime = setting.arguments.has("realtime");
    options.model = *model;
    options.device = device;
    options.voiceModel = *voiceModel;
    options.language = language;
    options.vocabulary = std::make_shared<transcription::CurrentVocabulary>(dictionary(whisper));
    options.endSilence = std::chrono::milliseconds{whisper.endSilenceMs};
    options.workers = static_cast<std::size_t>(whisper.workers);
    if (auto done = transcription::transcribeFiles(options, std::cout, std::cerr); !done)
        return complain(done.error().detail);
    return kDone;
}

}  // namespace ninja3cx::app
