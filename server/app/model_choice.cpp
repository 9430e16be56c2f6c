#include "server/app/model_choice.hpp"

#include "server/app/speech.hpp"
#include "server/transcription/gpu.hpp"

namespace ninja3cx::app {

models::Weights weightsFor(const config::WhisperSettings& whisper) {
    return transcription::runsOnGpu(deviceOf(whisper.device)) ? models::Weights::F16 : models::Weights::Q8_0;
}

Result<std::filesystem::path> finalModelOf(const config::WhisperSettings& whisper) {
    return models::findModel(whisper.model, whisper.modelsDir, weightsFor(whisper));
}

Result<models::PartialModel> partialModelOf(const config::WhisperSettings& whisper,
                                            const std::filesystem::path& finalFile) {
    auto found =
        models::partialModelFile(whisper.partialModel, finalFile, whisper.modelsDir, weightsFor(whisper));
    if (!found) return inContext("whisper.partialModel", found.error());
    return found;
}

Result<bool> shouldQuantise(const models::Model* model, const std::optional<std::string>& type,
                            models::Weights preferred) {
    if (!type) return model && model->weights == "f16" && preferred == models::Weights::Q8_0;
    if (*type != "f16" && *type != "q8_0") return Error{ErrorKind::BadMessage, "--type must be f16 or q8_0"};
    if (model && model->weights != "f16")
        return Error{ErrorKind::BadMessage, "the model '" + model->name + "' is published in one type only" +
                                                (model->weights.empty() ? "" : ", " + model->weights)};
    return *type == "q8_0";
}

}  // namespace ninja3cx::app
