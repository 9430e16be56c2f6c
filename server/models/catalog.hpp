#pragma once

#include "shared/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::models {

enum class Weights { F16 = 1, Q8_0 };

/// A model that is known by name. Checksums as the whisper.cpp tree publishes them (models/README.md).
struct Model {
    std::string name;  // "base"
    std::string fileName;
    std::string url;       // empty: it comes with this program and is not pulled
    std::string checksum;  // "sha1:…" or "sha256:…"
    std::string size;      // for people
    std::string weights;   // "f16", "q5_0"; empty for one that is not of speech
    std::string advice;    // when to take it
};

const std::vector<Model>& catalog();
/// "large" is large-v3.
const Model* modelNamed(const std::string& name);

/// The folders where a model's file may be: what the repository or package brings, then what was pulled.
std::vector<std::filesystem::path> modelFolders(const std::filesystem::path& modelsDir);
std::filesystem::path downloadFolder(const std::filesystem::path& modelsDir);

/// "ggml-base-q8_0.bin" for "ggml-base.bin": the name of the file that is made of it.
std::string quantisedName(const std::string& fileName);

/// The file of `whisper.model`: a path, a name such as "base" or "demo" (first with the weights that are preferred), or
/// the name under which a file was pulled by its address. NotFound says how to get it.
Result<std::filesystem::path> findModel(const std::string& model, const std::filesystem::path& modelsDir,
                                        Weights preferred = Weights::Q8_0);

struct PartialModel {
    bool isWanted = true;        // false: no partial text
    std::filesystem::path file;  // the final model's where that makes partial text too
};
/// The file of `whisper.partialModel`: "auto" is tiny where that is there and smaller than the final model, else the
/// final model; empty is the final model; "off" is none; anything else as in `findModel`.
Result<PartialModel> partialModelFile(const std::string& partialModel, const std::filesystem::path& finalFile,
                                      const std::filesystem::path& modelsDir,
                                      Weights preferred = Weights::Q8_0);

/// NotFound, with the nearest name there is.
Error unknownModel(const std::string& name);

/// Files of models that are there.
std::vector<std::filesystem::path> presentModels(const std::filesystem::path& modelsDir);

}  // namespace ninja3cx::models
