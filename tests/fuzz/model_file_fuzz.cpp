#include "server/transcription/model_file.hpp"
#include "server/transcription/quantise.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kHeaderBytes = 12 * sizeof(std::int32_t);

void require(bool isTrue) {
    if (!isTrue) std::abort();
}

void writeAll(int file, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(file, bytes.data(), bytes.size());
        require(written > 0);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

}  // namespace

/// A model file, in memory; quantised where that can be done. The first byte chooses: even, the rest is the file;
/// odd, the 64 KiB of a mel filter bank are put behind its header, so that what follows them can be found from
/// small inputs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::transcription;
    if (size == 0) return 0;
    static const int file = memfd_create("model", MFD_CLOEXEC);
    require(file >= 0 && ftruncate(file, 0) == 0 && lseek(file, 0, SEEK_SET) == 0);
    std::span<const std::uint8_t> bytes{data + 1, size - 1};
    if (data[0] % 2 == 1 && bytes.size() >= kHeaderBytes) {
        static const std::vector<std::uint8_t> weights(80 * 201 * sizeof(float));
        constexpr std::array<std::uint8_t, 8> kShape{80, 0, 0, 0, 201, 0, 0, 0};
        writeAll(file, bytes.first(kHeaderBytes));
        writeAll(file, kShape);
        writeAll(file, weights);
        bytes = bytes.subspan(kHeaderBytes);
    }
    writeAll(file, bytes);

    const std::string path = "/proc/self/fd/" + std::to_string(file);
    const auto model = inspectModelFile(path);
    if (model) {
        require(!model->size.empty() && model->tensors > 0 && model->bytes >= size - 1);
        require(model->melBands == 80 || model->melBands == 128);
        static const int target = memfd_create("quantised", MFD_CLOEXEC);
        const std::string quantised = "/proc/self/fd/" + std::to_string(target);
        if (quantiseModelFile({path, quantised, {}, {}})) {
            const auto small = inspectModelFile(quantised);
            require(small && small->weights == "q8_0" && small->tensors == model->tensors);
        }
    } else {
        require(!model.error().detail.empty());
    }
    return 0;
}
