#include "bench/bench_model.hpp"

#include "bench/shaped_model.hpp"
#include "shared/core/ids.hpp"

#include <iostream>

namespace ninja3cx::bench {
namespace {

/// Removed when it is no longer needed, however that comes.
class TemporaryFile {
public:
    TemporaryFile() : path_{std::filesystem::temp_directory_path() / (makeId("3cx-ninja-bench") + ".bin")} {}
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace

Result<BenchModel> loadBenchModel(const std::string& name) {
    const auto shape = parseShape(name);
    if (!shape) {
        auto model = transcription::loadWhisperModel(name);
        if (!model) return model.error();
        return BenchModel{name, std::move(*model), false};
    }
    if (!*shape) return shape->error();
    std::cerr << name << ": random weights …\n";
    const TemporaryFile file;
    if (auto written = writeShapedModel(**shape, kDemoModel, file.path()); !written) return written.error();
    auto model = transcription::loadWhisperModel(file.path());
    if (!model) return model.error();
    return BenchModel{name, std::move(*model), true};
}

}  // namespace ninja3cx::bench
