#include "server/models/catalog.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace ninja3cx::models {
namespace {

constexpr const char* kWhisperUrl = "https://huggingface.co/ggerganov/whisper.cpp/resolve/main/";
constexpr const char* kSileroUrl = "https://huggingface.co/ggml-org/whisper-vad/resolve/main/";

Model whisper(const std::string& name, const std::string& sha1, const std::string& size,
              const std::string& advice) {
    const std::string file = "ggml-" + name + ".bin";
    const std::string weights = name.ends_with("-q5_0") ? "q5_0" : "f16";
    return {name, file, kWhisperUrl + file, "sha1:" + sha1, size, weights, advice};
}

bool isFile(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

const std::vector<Model>& catalog() {
    static const std::vector<Model> models{
        whisper("tiny", "bd577a113a864445d4c299885e0cb97d4ba92b5f", "75 MiB",
                "for partial text beside a larger model"),
        whisper("base", "465707469ff3a37a2b9b8d8f89f2f99de7299dac", "142 MiB", "the default; weak in French"),
        whisper("small", "55356645c2b361a969dfd0ef2c5a50d530afd8d5", "466 MiB",
                "recommended for finals where `doctor` finds it fits"),
        whisper("medium", "fd9727b6e1217c2f614f9b698455c4ffd82463b4", "1.5 GiB",
                "for fast processors; large-v3-turbo is better"),
        whisper("large-v3", "ad82bf6a9043ceed055076d0fd39f5f186ff8062", "2.9 GiB",
                "the best, and slow: for a GPU"),
        whisper("large-v3-q5_0", "e6e2ed78495d403bef4b7cff42ef4aaadcfea8de", "1.1 GiB",
                "for a GPU with little memory"),
        whisper("large-v3-turbo", "4af2b29d7ec73d781377bfd1758ca957a807e941", "1.5 GiB",
                "recommended on a GPU"),
        whisper("large-v3-turbo-q5_0", "e050f7970618a659205450ad97eb95a18d69c9ee", "547 MiB",
                "for a GPU with little memory"),
        {"silero", "ggml-silero-v6.2.0.bin", std::string{kSileroUrl} + "ggml-silero-v6.2.0.bin",
         "sha256:2aa269b785eeb53a82983a20501ddf7c1d9c48e33ab63a41391ac6c9f7fb6987", "865 KiB", "",
         "recommended: tells speech from noise and music"},
        {"demo", "ggml-demo-fr-q8_0.bin", "",
         "sha256:7b73a6dac8cbf4cfce7193fae370f855921199464466cf2bd2036254c0f7bf60", "16 MiB", "q8_0",
         "knows synthetic voices only"}};
    return models;
}

const Model* modelNamed(const std::string& name) {
    const std::string wanted = name == "large" ? "large-v3" : name;
    for (const Model& model : catalog())
        if (model.name == wanted) return &model;
    return nullptr;
}

Error unknownModel(const std::string& name) {
    std::vector<std::string> names{"large"};
    for (const Model& one : catalog()) names.push_back(one.name);
    const std::string close = nearest(name, names);
    return {ErrorKind::NotFound, "no model is called '" + name + "'" +
                                     (close.empty() ? "" : "; did you mean '" + close + "'?") +
                                     "; '3cx-ninja-server models list' shows all"};
}

std::filesystem::path downloadFolder(const std::filesystem::path& modelsDir) {
    return modelsDir / "downloaded";
}

std::vector<std::filesystem::path> modelFolders(const std::filesystem::path& modelsDir) {
    return {downloadFolder(modelsDir), modelsDir};
}

std::string quantisedName(const std::string& fileName) {
    const std::filesystem::path file{fileName};
    return file.stem().string() + "-q8_0" + file.extension().string();
}

Result<std::filesystem::path> findModel(const std::string& model, const std::filesystem::path& modelsDir,
                                        Weights preferred) {
    if (model.find('/') != std::string::npos || model.ends_with(".bin")) {
        for (const auto& candidate :
             {std::filesystem::path{model}, modelsDir / model, downloadFolder(modelsDir) / model})
            if (isFile(candidate)) return candidate;
        return Error{ErrorKind::NotFound, "the model file " + model + " does not exist; check whisper.model"};
    }
    // Any other name is that of a file that was pulled by its address.
    const Model* known = modelNamed(model);
    const std::string published = known ? known->fileName : "ggml-" + model + ".bin";
    std::vector<std::string> files{quantisedName(published), published};
    if (preferred == Weights::F16) std::swap(files[0], files[1]);
    for (const std::string& file : files)
        for (const std::filesystem::path& folder : modelFolders(modelsDir))
            if (isFile(folder / file)) return folder / file;
    if (!known) return unknownModel(model);
    const std::string remedy = known->url.empty() ? "it comes with this program: install that again"
                                                  : "get it with: 3cx-ninja-server models pull " + model;
    return Error{ErrorKind::NotFound,
                 "the model '" + model + "' is not in " + modelsDir.string() + "; " + remedy};
}

Result<PartialModel> partialModelFile(const std::string& partialModel, const std::filesystem::path& finalFile,
                                      const std::filesystem::path& modelsDir, Weights preferred) {
    if (partialModel == "off") return PartialModel{false, {}};
    if (partialModel.empty()) return PartialModel{true, finalFile};
    if (partialModel != "auto") {
        auto file = findModel(partialModel, modelsDir, preferred);
        if (!file) return file.error();
        return PartialModel{true, *file};
    }
    const auto tiny = findModel("tiny", modelsDir, preferred);
    std::error_code failure;
    const bool isSmaller =
        tiny && std::filesystem::file_size(*tiny, failure) < std::filesystem::file_size(finalFile, failure);
    return PartialModel{true, isSmaller && !failure ? *tiny : finalFile};
}

std::vector<std::filesystem::path> presentModels(const std::filesystem::path& modelsDir) {
    std::vector<std::filesystem::path> present;
    for (const std::filesystem::path& folder : modelFolders(modelsDir)) {
        std::error_code failure;
        for (std::filesystem::directory_iterator it{folder, failure}, end; !failure && it != end;
             it.increment(failure))
            if (isFile(it->path()) && it->path().extension() == ".bin") present.push_back(it->path());
    }
    std::sort(present.begin(), present.end());
    return present;
}

}  // namespace ninja3cx::models
