#include "server/transcription/quantise.hpp"

#include "server/transcription/model_file.hpp"
#include "server/transcription/processor.hpp"
#include "shared/core/files.hpp"

#include <fcntl.h>
#include <ggml.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace ninja3cx::transcription {
namespace {

constexpr std::int64_t kTypeInHeader = 11 * sizeof(std::int32_t);  // magic number, then ten others
constexpr std::int64_t kBlockElements = 1 << 20;
constexpr std::int32_t kQuantisedType = GGML_FTYPE_MOSTLY_Q8_0 + GGML_QNT_VERSION * GGML_QNT_VERSION_FACTOR;

std::size_t unsignedOf(std::int64_t value) {
    return static_cast<std::size_t>(value);
}

/// What becomes of a tensor. whisper.cpp wants the matrices in one type, the convolutions as f16, the rest as it is.
ggml_type targetTypeOf(const ModelTensor& tensor) {
    const auto type = static_cast<ggml_type>(tensor.type);
    static constexpr std::array kKept{"encoder.conv1.bias", "encoder.conv2.bias",
                                      "encoder.positional_embedding", "decoder.positional_embedding"};
    if (tensor.shape.size() == 3) return type == GGML_TYPE_F32 ? GGML_TYPE_F16 : type;
    if (tensor.shape.size() != 2 || std::find(kKept.begin(), kKept.end(), tensor.name) != kKept.end())
        return type;
    return GGML_TYPE_Q8_0;
}

class Quantiser {
public:
    Quantiser(const Quantisation& work, std::int64_t bytes)
        : work_{work},
          bytes_{bytes},
          in_{work.source, std::ios::binary},
          out_{::open(work.target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)} {}

    Result<void> run(const ModelLayout& layout) {
        if (!in_) return Error{ErrorKind::Io, work_.source.string() + ": cannot be opened"};
        if (!out_.isOpen()) return writeFailure(errno);
        if (auto copied = copy(0, kTypeInHeader); !copied) return copied.error();
        if (auto put = writeBytes(&kQuantisedType, sizeof kQuantisedType); !put) return put.error();
        const auto head = kTypeInHeader + std::int64_t{sizeof kQuantisedType};
        if (auto copied = copy(head, layout.tensors.front().start); !copied) return copied.error();
        for (const ModelTensor& tensor : layout.tensors)
            if (auto done = put(tensor); !done) return done.error();
        if (::fsync(out_.get()) != 0) return writeFailure(errno);
        return {};
    }

private:
    Error writeFailure(int code) const {
        const std::string hint = code == ENOSPC || code == EDQUOT || code == EFBIG
                                     ? "there is no room for it; make some and try again"
                                     : "check the folder and its permissions";
        return {ErrorKind::Io, work_.target.string() + ": cannot be written (" +
                                   std::system_category().message(code) + "): " + hint};
    }
    Result<void> goOn(std::int64_t position) {
        if (work_.isCancelled && work_.isCancelled()) return Error{ErrorKind::Cancelled, "stopped"};
        if (work_.onProgress) work_.onProgress(position, bytes_);
        return {};
    }
    Result<void> readBytes(void* into, std::size_t bytes) {
        if (in_.read(static_cast<char*>(into), static_cast<std::streamsize>(bytes))) return {};
        return Error{ErrorKind::Io, work_.source.string() + ": reading it failed"};
    }
    Result<void> writeBytes(const void* bytes, std::size_t count) {
        const char* next = static_cast<const char*>(bytes);
        while (count > 0) {
            const ssize_t written = ::write(out_.get(), next, count);
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return writeFailure(written < 0 ? errno : ENOSPC);
            next += written;
            count -= static_cast<std::size_t>(written);
        }
        return {};
    }
    /// As it is, from one place of the source to another.
    Result<void> copy(std::int64_t from, std::int64_t to) {
        in_.seekg(from);
        for (std::int64_t at = from; at < to;) {
            const std::size_t part = unsignedOf(std::min(to - at, kBlockElements));
            raw_.resize(part);
            if (auto got = readBytes(raw_.data(), part); !got) return got.error();
            if (auto put = writeBytes(raw_.data(), part); !put) return put.error();
            at += static_cast<std::int64_t>(part);
            if (auto going = goOn(at); !going) return going.error();
        }
        return {};
    }
    Result<void> put(const ModelTensor& tensor) {
        const auto from = static_cast<ggml_type>(tensor.type);
        const ggml_type to = targetTypeOf(tensor);
        const std::int64_t end = tensor.data + tensor.elements / ggml_blck_size(from) *
                                                   static_cast<std::int64_t>(ggml_type_size(from));
        if (to == from) return copy(tensor.start, end);
        const std::int64_t row = tensor.shape[0];
        if ((from != GGML_TYPE_F32 && from != GGML_TYPE_F16) || row % ggml_blck_size(to) != 0)
            return Error{ErrorKind::Rejected, work_.source.string() + ": its tensor " + tensor.name +
                                                  " cannot be quantised (type " + ggml_type_name(from) +
                                                  ", rows of " + std::to_string(row) + ")"};
        const std::array<std::int32_t, 3> head{static_cast<std::int32_t>(tensor.shape.size()),
                                               static_cast<std::int32_t>(tensor.name.size()), to};
        if (auto put = writeBytes(head.data(), sizeof head); !put) return put.error();
        if (auto put = writeBytes(tensor.shape.data(), tensor.shape.size() * sizeof tensor.shape[0]); !put)
            return put.error();
        if (auto put = writeBytes(tensor.name.data(), tensor.name.size()); !put) return put.error();

        in_.seekg(tensor.data);
        const std::int64_t rows = tensor.elements / row;
        const std::int64_t rowsAtOnce = std::max<std::int64_t>(1, kBlockElements / row);
        for (std::int64_t done = 0; done < rows;) {
            const std::int64_t now = std::min(rowsAtOnce, rows - done);
            if (auto got = readFloats(from, now * row); !got) return got.error();
            raw_.resize(ggml_row_size(to, row) * unsignedOf(now));
            ggml_quantize_chunk(to, floats_.data(), raw_.data(), 0, now, row, nullptr);
            if (auto put = writeBytes(raw_.data(), raw_.size()); !put) return put.error();
            done += now;
            const auto bytes = done * row * static_cast<std::int64_t>(ggml_type_size(from));
            if (auto going = goOn(tensor.data + bytes); !going) return going.error();
        }
        return {};
    }
    Result<void> readFloats(ggml_type from, std::int64_t count) {
        floats_.resize(unsignedOf(count));
        if (from == GGML_TYPE_F32) return readBytes(floats_.data(), floats_.size() * sizeof(float));
        halves_.resize(floats_.size());
        if (auto got = readBytes(halves_.data(), halves_.size() * sizeof(ggml_fp16_t)); !got)
            return got.error();
        ggml_fp16_to_fp32_row(halves_.data(), floats_.data(), count);
        return {};
    }

    const Quantisation& work_;
    std::int64_t bytes_;
    std::ifstream in_;
    FileDescriptor out_;
    std::vector<char> raw_;
    std::vector<float> floats_;
    std::vector<ggml_fp16_t> halves_;
};

}  // namespace

Result<void> quantiseModelFile(const Quantisation& work) {
    if (auto fits = checkProcessor(); !fits) return fits.error();
    const auto layout = layoutOfModelFile(work.source);
    if (!layout) return layout.error();
    if (layout->info.weights != "f16" && layout->info.weights != "f32")
        return Error{ErrorKind::Rejected, work.source.string() + ": its weights are quantised already (" +
                                              layout->info.weights + ")"};
    std::error_code ignored;
    if (std::filesystem::equivalent(work.source, work.target, ignored))
        return Error{ErrorKind::Rejected, work.source.string() + ": a model cannot replace itself"};
    auto written = Quantiser{work, static_cast<std::int64_t>(layout->info.bytes)}.run(*layout);
    // What whisper.cpp would not load is no model either.
    if (auto whole = written ? inspectModelFile(work.target) : written.error(); !whole) {
        std::filesystem::remove(work.target, ignored);
        return whole.error();
    }
    return {};
}

}  // namespace ninja3cx::transcription
