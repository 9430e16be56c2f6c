#pragma once

#include "server/config/settings.hpp"
#include "server/models/catalog.hpp"
#include "shared/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace ninja3cx::app {

/// q8_0 on the processor, f16 on a GPU.
models::Weights weightsFor(const config::WhisperSettings& whisper);

/// The files of whisper.model and whisper.partialModel on this device.
Result<std::filesystem::path> finalModelOf(const config::WhisperSettings& whisper);
Result<models::PartialModel> partialModelOf(const config::WhisperSettings& whisper,
                                            const std::filesystem::path& finalFile);

/// Whether `models pull` quantises what it fetched: f16 weights, unless `--type` says otherwise. `model` is null for a file
/// that is pulled by its address: that one stays as it is, unless `--type q8_0` is given. BadMessage for a type that cannot be
/// had.
Result<bool> shouldQuantise(const models::Model* model, const std::optional<std::string>& type,
                            models::Weights preferred);

}  // namespace ninja3cx::app
