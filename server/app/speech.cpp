#include "server/app/speech.hpp"

#include "server/app/after_call_model.hpp"
#include "server/app/model_choice.hpp"
#include "server/models/catalog.hpp"
#include "server/transcription/model_file.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/voice_detector.hpp"
#include "server/transcription/worker_count.hpp"

#include <utility>

namespace ninja3cx::app {

transcription::Device deviceOf(config::Device device) {
    switch (device) {
        case config::Device::Cpu:
            return transcription::Device::Cpu;
        case config::Device::Cuda:
            return transcription::Device::Cuda;
        case config::Device::Vulkan:
            return transcription::Device::Vulkan;
        case config::Device::Auto:
            break;
    }
    return transcription::Device::Auto;
}

std::string modelName(const std::filesystem::path& modelFile) {
    std::string name = modelFile.stem().string();
    if (name.starts_with("ggml-")) name.erase(0, 5);
    return name;
}

std::optional<std::filesystem::path> voiceModelOf(const config::WhisperSettings& whisper) {
    const auto file = models::findModel(
        whisper.vadModel.empty() ? "ggml-silero-v6.2.0.bin" : whisper.vadModel, whisper.modelsDir);
    return file ? std::optional{*file} : std::nullopt;
}

Result<std::optional<std::filesystem::path>> findVoiceModel(const config::WhisperSettings& whisper) {
    auto file = voiceModelOf(whisper);
    if (!file && !whisper.vadModel.empty())
        return Error{ErrorKind::NotFound,
                     "whisper.vadModel: " + whisper.vadModel + " does not exist. " + kVoiceModelRemedy};
    return file;
}

Result<AfterCallModel> findAfterCallModel(const config::WhisperSettings& whisper,
                                          const std::filesystem::path& liveFile) {
    const std::string& model = whisper.afterCall.model;
    if (model == "auto") {
        const AfterCallChoice choice = autoAfterCall(whisper, liveFile);
        return AfterCallModel{choice.file, choice.why};
    }
    const auto file = models::findModel(model, whisper.modelsDir, weightsFor(whisper));
    if (!file && model.ends_with(".bin"))
        return Error{ErrorKind::NotFound, "whisper.afterCall.model: the file " + model + " does not exist"};
    if (!file) return inContext("whisper.afterCall.model", file.error());
    if (auto known = transcription::inspectModelFile(*file); !known)
        return inContext("whisper.afterCall.model", known.error());
    return AfterCallModel{*file, ""};
}

Result<std::unique_ptr<transcription::SpeechDecoder>> loadDecoder(const std::filesystem::path& modelFile,
                                                                  const config::WhisperSettings& whisper) {
    auto model = transcription::loadWhisperModel(modelFile, {deviceOf(whisper.device)});
    if (!model) return model.error();
    return transcription::makeWhisperDecoder(*model);
}

Result<Speech> loadSpeech(const config::WhisperSettings& whisper) {
    if (auto able = transcription::checkProcessor(); !able) return able.error();
    if (auto known = transcription::checkLanguage(whisper.language); !known)
        return inContext("whisper.language", known.error());
    const transcription::Device device = deviceOf(whisper.device);
    if (auto able = transcription::checkDevice(device); !able)
        return inContext("whisper.device", able.error());
    auto file = finalModelOf(whisper);
    if (!file) return file.error();
    auto model = transcription::loadWhisperModel(*file, {device});
    if (!model) return model.error();
    const auto partial = partialModelOf(whisper, *file);
    if (!partial) return inContext("whisper.partialModel", partial.error());
    Speech speech;
    speech.modelFile = *file;
    speech.takesPrompt = transcription::takesPrompt(*model);
    const bool hasOwnPartialModel = partial->isWanted && partial->file != *file;
    transcription::WhisperModel partialModel;
    if (hasOwnPartialModel) {
        auto loaded = transcription::loadWhisperModel(partial->file, {device});
        if (!loaded) return inContext("whisper.partialModel", loaded.error());
        partialModel = std::move(*loaded);
        speech.partialModelFile = partial->file;
    }
    speech.options.segmenter.endSilence = std::chrono::milliseconds{whisper.endSilenceMs};
    speech.options.policy.hasPartials = partial->isWanted;
    // Only where it is asked for by an empty name: committed text then binds the final text, which so depends on when
    // partials came.
    speech.options.policy.isSameModel = whisper.partialModel.empty();
    const std::size_t workers = whisper.workers > 0
                                    ? static_cast<std::size_t>(whisper.workers)
                                    : transcription::defaultWorkers(*model, partialModel, device);
    for (std::size_t i = 0; i < workers; ++i) {
        transcription::SpeechWorker worker;
        auto finals = transcription::makeWhisperDecoder(*model);
        if (!finals) return finals.error();
        worker.finals = std::move(*finals);
        if (hasOwnPartialModel) {
            auto partials = transcription::makeWhisperDecoder(partialModel);
            if (!partials) return partials.error();
            worker.partials = std::move(*partials);
        }
        speech.workers.push_back(std::move(worker));
    }
    // After all that live hearing takes: on a GPU "auto" asks what is left.
    if (!whisper.afterCall.model.empty()) {
        auto found = findAfterCallModel(whisper, *file);
        if (!found) return found.error();
        speech.afterCall = std::move(*found);
    }
    const auto voiceModel = findVoiceModel(whisper);
    if (!voiceModel) return voiceModel.error();
    auto detectors = transcription::detectorsOf(*voiceModel);
    if (!detectors) return detectors.error();
    speech.makeDetector = std::move(*detectors);
    return speech;
}

}  // namespace ninja3cx::app
