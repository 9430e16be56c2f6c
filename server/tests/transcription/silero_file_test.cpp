#include "server/transcription/silero_file.hpp"

#include "server/tests/transcription/made_silero.hpp"
#include "server/transcription/voice_detector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

namespace ninja3cx::transcription {
namespace {

using ::testing::HasSubstr;

class SileroFile : public ::testing::Test {
protected:
    ~SileroFile() override { std::filesystem::remove(path_); }

    void write(const std::string& bytes) { std::ofstream{path_, std::ios::binary} << bytes; }
    template <class T>
    std::string with(std::size_t at, T value) const {
        std::string bytes = made_.bytes();
        std::memcpy(bytes.data() + at, &value, sizeof value);
        return bytes;
    }
    /// Where a tensor's weights start: its name stands before them.
    std::size_t weightsOf(const std::string& tensor) const {
        return made_.bytes().find(tensor) + tensor.size();
    }
    void expectRefused(const std::string& bytes, const std::string& says) {
        write(bytes);
        const auto detector = makeSileroDetector(path_);
        ASSERT_FALSE(detector) << says;
        EXPECT_EQ(detector.error().kind, ErrorKind::BadMessage);
        EXPECT_THAT(detector.error().detail, HasSubstr(path_.string()));
        EXPECT_THAT(detector.error().detail, HasSubstr(says));
        EXPECT_THAT(detector.error().detail, HasSubstr("models pull silero"));
    }

    const testing::MadeSilero made_;
    const std::filesystem::path path_ =
        std::filesystem::path{::testing::TempDir()} /
        ("silero-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".bin");
};

TEST_F(SileroFile, ThatIsWholeIsLoadedAndJudges) {
    write(made_.bytes());
    const auto whole = checkSileroFile(path_);
    ASSERT_TRUE(whole) << whole.error().detail;
    auto detector = makeSileroDetector(path_);
    ASSERT_TRUE(detector) << detector.error().detail;
    const float voice = (*detector)->judge(std::array<std::int16_t, kWindow>{});
    EXPECT_GT(voice, 0.0F);
    EXPECT_LT(voice, 1.0F);
    EXPECT_EQ(checkSileroFile("/nowhere/silero.bin").error().kind, ErrorKind::NotFound);
}

TEST_F(SileroFile, OfTheVersionBeforeIsRead) {
    write(with(18, std::array<std::int32_t, 3>{5, 1, 2}));
    EXPECT_TRUE(checkSileroFile(path_));
}

TEST_F(SileroFile, WithADamagedHeaderIsRefusedBeforeItHangsOrEndsTheServer) {
    constexpr std::int32_t kHuge = 0x7fffffff;
    expectRefused(std::string(600'000, '<'), "not a ggml model file");
    for (const std::int32_t value : {0, 1, -1, kHuge}) {
        expectRefused(with(4, value), "damaged at byte 4: the name of its kind");
        expectRefused(with(18, value), "damaged at byte 18: is of the unknown version");
        // Every number from the window to the last layer; the last one is 1.
        for (std::size_t at = 30; at < 102; at += 4)
            expectRefused(with(at, value), "damaged at byte " + std::to_string(at) + ": ");
        if (value != 1) expectRefused(with(102, value), "damaged at byte 102: ");
    }
    expectRefused(with(8, 'S'), "damaged at byte 8: is no model of the kind silero-16k");
    expectRefused(with(38, 5), "encoder layers: 5, not 4");
}

TEST_F(SileroFile, WithADamagedTensorIsRefusedWithItsPlace) {
    const std::size_t first = 106;
    for (const std::int32_t value : {-1, 4, 0x7fffffff})
        expectRefused(with(first, value), "damaged at byte 106: no description of a tensor");
    for (const std::int32_t value : {-1, 0, 0x7fffffff})
        expectRefused(with(first + 4, value), "damaged at byte 106: no description of a tensor");
    expectRefused(with(first + 4, 35), "a tensor that Silero does not have");
    expectRefused(with(first + 8, 0), "weights of another kind");
    expectRefused(with(first + 12, 4), "another shape");
    const std::size_t last = made_.lastTensor();
    expectRefused(made_.bytes().substr(0, last),
                  "incomplete: has no tensor _model.stft.forward_basis_buffer");
    expectRefused(made_.bytes() + made_.bytes().substr(last), "a second time");
    expectRefused(made_.bytes().substr(0, last + 5), "ends within the description of a tensor");
    expectRefused(made_.bytes().substr(0, made_.bytes().size() - 1), "ends within the tensor");
    expectRefused(made_.bytes() + "more", "ends within the description of a tensor");
    expectRefused(made_.bytes() + std::string(16, '\0'), "no description of a tensor");
}

TEST_F(SileroFile, WithAWeightThatWouldSilenceItIsRefusedWithItsPlace) {
    const std::size_t bias = weightsOf("_model.decoder.decoder.2.bias");
    for (const float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                              -1e30F, -1000.0F, 50.0F})
        expectRefused(with(bias, value),
                      "damaged at byte " + std::to_string(bias) +
                          ": the tensor _model.decoder.decoder.2.bias has an impossible weight, ");
    const std::size_t half = weightsOf("_model.encoder.2.reparam_conv.weight") + 20;
    for (const std::uint16_t value :
         std::array<std::uint16_t, 3>{0x7c00, 0x7fff, 0x7bff})  // infinity, NaN, 65504
        expectRefused(with(half, value), "damaged at byte " + std::to_string(half));
    // What a copy leaves that was not written to its end.
    expectRefused(with(weightsOf("_model.decoder.rnn.weight_hh") + 4096, std::array<char, 512>{}),
                  "the tensor _model.decoder.rnn.weight_hh is empty there");
    expectRefused(with(weightsOf("_model.stft.forward_basis_buffer") + 4096, std::array<char, 4096>{}),
                  "the tensor _model.stft.forward_basis_buffer is empty there");
}

}  // namespace
}  // namespace ninja3cx::transcription
