#include "server/transcription/quantise.hpp"

#include "server/tests/half_float_model.hpp"
#include "server/tests/scratch.hpp"
#include "server/transcription/model_file.hpp"
#include "server/transcription/whisper_decoder.hpp"
#include "shared/audio/audio_file.hpp"
#include "shared/audio/pcm.hpp"

#include <ggml.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::transcription {
namespace {

using testing::HasSubstr;
const std::filesystem::path kModel = test::kDemoModel;

/// What it makes of the first turn of the first sample call.
std::string textOf(const std::filesystem::path& model) {
    const auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac");
    const auto loaded = loadWhisperModel(model);
    EXPECT_TRUE(loaded) << loaded.error().detail;
    if (!call || !loaded) return {};
    const auto decoder = makeWhisperDecoder(*loaded);
    EXPECT_TRUE(decoder);
    DecodeRequest request;
    request.samples = std::span{call->channels[0]}.first(4 * audio::kRateHz);
    request.language = "fr";
    const auto decoded = decoder ? (*decoder)->decode(request) : decoder.error();
    EXPECT_TRUE(decoded);
    return decoded ? decoded->text : "";
}

class Quantising : public testing::Test {
protected:
    test::Scratch scratch_;
    Quantisation work_{scratch_.path() / "source.bin", scratch_.path() / "target.bin", {}, {}};
    void put(const std::string& bytes) { test::writeBytes(work_.source, bytes); }
    Error failure() {
        const auto done = quantiseModelFile(work_);
        EXPECT_FALSE(done);
        EXPECT_FALSE(std::filesystem::exists(work_.target));
        return done ? Error{} : done.error();
    }
};

TEST_F(Quantising, AModelOfHalfFloatsWritesTheSameText) {
    put(test::widenedModel(GGML_TYPE_F16));
    ASSERT_EQ(inspectModelFile(work_.source)->weights, "f16");
    std::int64_t last = 0;
    std::int64_t all = 0;
    work_.onProgress = [&](std::int64_t now, std::int64_t total) {
        EXPECT_GE(now, last);
        last = now;
        all = total;
    };
    const auto done = quantiseModelFile(work_);
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(last, all);
    EXPECT_EQ(static_cast<std::uintmax_t>(all), std::filesystem::file_size(work_.source));
    EXPECT_EQ(inspectModelFile(work_.target)->weights, "q8_0");
    const std::string text = textOf(work_.source);
    EXPECT_THAT(text, HasSubstr("Bonjour"));
    EXPECT_EQ(textOf(work_.target), text);
}

TEST_F(Quantising, GivesTheBytesThatWhispersOwnToolGives) {
    put(test::widenedModel(GGML_TYPE_F32));  // without the rounding of half floats
    const auto done = quantiseModelFile(work_);
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_TRUE(test::readBytes(work_.target) == test::readBytes(kModel));
}

TEST_F(Quantising, WhatIsQuantisedAlreadyIsRefused) {
    put(test::readBytes(kModel));
    const Error error = failure();
    EXPECT_EQ(error.kind, ErrorKind::Rejected);
    EXPECT_THAT(error.detail, HasSubstr("quantised already (q8_0)"));
}

TEST_F(Quantising, ADamagedModelIsRefusedAndLeavesNothing) {
    put("<html>not a model</html>");
    EXPECT_EQ(failure().kind, ErrorKind::BadMessage);
    std::filesystem::remove(work_.source);
    EXPECT_EQ(failure().kind, ErrorKind::NotFound);
}

TEST_F(Quantising, AMatrixThatDoesNotFitIsNamed) {
    std::string bytes = test::widenedModel(GGML_TYPE_F16);
    const std::string name = "encoder.blocks.0.attn.query.weight";
    put(bytes);
    const ModelLayout layout = *layoutOfModelFile(work_.source);
    for (const ModelTensor& tensor : layout.tensors) {
        if (tensor.name != name) continue;
        ASSERT_EQ(tensor.shape, (std::vector<std::int32_t>{192, 192}));
        const std::array<std::int32_t, 2> other{192 / 8, 192 * 8};
        bytes.replace(static_cast<std::size_t>(tensor.start) + 12, sizeof other,
                      std::string(reinterpret_cast<const char*>(other.data()), sizeof other));
    }
    put(bytes);
    const Error error = failure();
    EXPECT_EQ(error.kind, ErrorKind::Rejected);
    EXPECT_THAT(error.detail, HasSubstr(name));
}

TEST_F(Quantising, StopsWhenItIsCancelledAndLeavesNothing) {
    put(test::widenedModel(GGML_TYPE_F16));
    int asked = 0;
    work_.isCancelled = [&] { return ++asked > 20; };
    EXPECT_EQ(failure().kind, ErrorKind::Cancelled);
    EXPECT_EQ(asked, 21);
}

TEST_F(Quantising, AFullDiskLeavesNothing) {
    put(test::widenedModel(GGML_TYPE_F16));
    struct rlimit before {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit tight {
        5'000'000, before.rlim_max
    };
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const Error error = failure();
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_DFL);
    EXPECT_EQ(error.kind, ErrorKind::Io);
    EXPECT_THAT(error.detail, HasSubstr("no room"));
    EXPECT_TRUE(quantiseModelFile(work_));
}

TEST_F(Quantising, AModelNeverReplacesItself) {
    const std::string bytes = test::widenedModel(GGML_TYPE_F16);
    put(bytes);
    work_.target = work_.source;
    const auto done = quantiseModelFile(work_);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Rejected);
    EXPECT_TRUE(test::readBytes(work_.source) == bytes);
}

}  // namespace
}  // namespace ninja3cx::transcription
