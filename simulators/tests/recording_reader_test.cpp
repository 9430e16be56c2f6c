#include "simulators/app/recording_reader.hpp"

#include "shared/audio/audio_file.hpp"
#include "shared/audio/wav.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace ninja3cx::simulators {
namespace {

/// A stereo file of 3 s: a tone on the left from 1 s on, one of half its strength on the right throughout.
class RecordingReaderTest : public testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directories(folder_);
        audio::Pcm pcm;
        pcm.channels.resize(2, std::vector<std::int16_t>(3 * audio::kRateHz));
        for (std::size_t i = 0; i < pcm.channels[0].size(); ++i) {
            const double tone = std::sin(2 * M_PI * 440 * static_cast<double>(i) / audio::kRateHz);
            if (i >= audio::kRateHz) pcm.channels[0][i] = static_cast<std::int16_t>(8000 * tone);
            pcm.channels[1][i] = static_cast<std::int16_t>(4000 * tone);
        }
        ASSERT_TRUE(audio::writeWavFile(file("call.wav"), pcm));
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string file(const std::string& name) const { return (folder_ / name).string(); }

    static std::uint32_t number(const std::string& wav, std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 4; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(wav[at + i]);
        return value;
    }
    static audio::Pcm decoded(const RecordingFile& recording) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(recording.bytes.data());
        auto pcm = audio::decodeAudio({bytes, recording.bytes.size()}, "recording");
        EXPECT_TRUE(pcm) << (pcm ? "" : pcm.error().detail);
        return pcm ? *pcm : audio::Pcm{};
    }
    static double loudest(const std::vector<std::int16_t>& samples, std::size_t fromMs, std::size_t toMs) {
        int most = 0;
        for (std::size_t i = fromMs * 16; i < toMs * 16; ++i) most = std::max(most, std::abs(samples.at(i)));
        return most;
    }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("recording_reader_test_" + std::to_string(::getpid()));
};

TEST_F(RecordingReaderTest, MixesTheChannelsOfWhatWasTalked) {
    const auto recording = readRecording({file("call.wav"), 0.5, 2, 1, std::nullopt});
    ASSERT_TRUE(recording) << recording.error().detail;
    EXPECT_EQ(recording->contentType, "audio/x-wav");
    EXPECT_EQ(number(recording->bytes, 24), 8000U);  // samples a second
    const audio::Pcm pcm = decoded(*recording);
    ASSERT_EQ(pcm.channels.size(), 1U);
    EXPECT_NEAR(static_cast<double>(pcm.durationMs()), 2000, 2);
    EXPECT_NEAR(loudest(pcm.channels[0], 100, 400), 4000, 200);    // the customer alone
    EXPECT_NEAR(loudest(pcm.channels[0], 700, 1800), 12000, 600);  // both
}

TEST_F(RecordingReaderTest, KeepsTwoChannelsApartWhereAsked) {
    const auto recording = readRecording({file("call.wav"), 0, 3, 2, std::nullopt});
    ASSERT_TRUE(recording) << recording.error().detail;
    const audio::Pcm pcm = decoded(*recording);
    ASSERT_EQ(pcm.channels.size(), 2U);
    EXPECT_NEAR(loudest(pcm.channels[0], 100, 800), 0, 50);
    EXPECT_NEAR(loudest(pcm.channels[1], 100, 800), 4000, 200);
}

TEST_F(RecordingReaderTest, IsSilentAfterTheEndOfTheSoundAndWithoutAny) {
    const auto longer = readRecording({file("call.wav"), 2, 3, 1, std::nullopt});
    ASSERT_TRUE(longer);
    EXPECT_NEAR(static_cast<double>(decoded(*longer).durationMs()), 3000, 2);
    EXPECT_NEAR(loudest(decoded(*longer).channels[0], 1500, 2900), 0, 50);
    const auto none = readRecording({std::nullopt, 0, 1, 1, std::nullopt});
    ASSERT_TRUE(none);
    EXPECT_NEAR(static_cast<double>(decoded(*none).durationMs()), 1000, 2);
}

TEST_F(RecordingReaderTest, GivesAFileAsItIs) {
    std::ofstream{file("r.mp3")} << "ID3 not really";
    const auto mp3 = readRecording({std::nullopt, 0, 1, 1, file("r.mp3")});
    ASSERT_TRUE(mp3);
    EXPECT_EQ(mp3->contentType, "audio/mpeg");
    EXPECT_EQ(mp3->bytes, "ID3 not really");
    EXPECT_EQ(readRecording({std::nullopt, 0, 1, 1, file("call.wav")})->contentType, "audio/x-wav");
}

TEST_F(RecordingReaderTest, NamesTheFileThatIsMissing) {
    for (const auto& recording : {readRecording({file("no.wav"), 0, 1, 1, std::nullopt}),
                                  readRecording({std::nullopt, 0, 1, 1, file("no.wav")})}) {
        ASSERT_FALSE(recording);
        EXPECT_NE(recording.error().detail.find("no.wav"), std::string::npos);
    }
}

}  // namespace
}  // namespace ninja3cx::simulators
