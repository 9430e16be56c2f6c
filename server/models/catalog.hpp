#pragma once

#include "shared/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::models {

/// A model that is known by name. Checksums as the whisper.cpp tree publishes them (models/README.md).
struct Model {
    std::string name;  // "base"
    std::string fileName;
    std::string url;       // empty: it comes with this program and is not pulled
    std::string checksum;  // "sha1:…" or "sha256:…"
    std::string size;      // for people
};

const std::vector<Model>& catalog();
/// "large" is large-v3.
const Model* modelNamed(const std::string& name);

/// The folders where a model's file may be: what the repository or package brings, then what was pulled.
std::vector<std::filesystem::path> modelFolders(const std::filesystem::path& modelsDir);
std::filesystem::path downloadFolder(const std::filesystem::path& modelsDir);

/// The file of `whisper.model`: a path, a name such as "base" or "demo" (q8_0 weights are preferred where they are), or
/// the name under which a file was pulled by its address. NotFound says how to get it.
Result<std::filesystem::path> findModel(const std::string& model, const std::filesystem::path& modelsDir);

/// NotFound, with the nearest name there is.
Error unknownModel(const std::string& name);

/// Files of models that are there.
std::vector<std::filesystem::path> presentModels(const std::filesystem::path& modelsDir);

}  // namespace ninja3cx::models
