#include "agent/audio_capture/file_source.hpp"

#include "agent/tests/temporary_folder.hpp"
#include "shared/audio/wav.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace ninja3cx::agent {
namespace {

class PlayedFile : public testing::Test {
protected:
    /// What is wrong with a file of these bytes, without its path; empty: nothing.
    std::string problemOf(const std::vector<std::uint8_t>& bytes) {
        const auto file = folder_.path() / "call.wav";
        std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()),
                                                    static_cast<std::streamsize>(bytes.size()));
        return problemOf(file);
    }
    std::string problemOf(const std::filesystem::path& file) {
        const auto opened = FileSource::open(context_.get_executor(), clock_, file);
        if (opened) return "";
        const std::string& detail = opened.error().detail;
        EXPECT_EQ(detail.find(file.string() + ": "), 0U) << detail;
        return detail.substr(std::min(detail.size(), file.string().size() + 2));
    }
    static std::vector<std::uint8_t> wav(std::size_t channels) {
        audio::Pcm pcm;
        pcm.channels.assign(channels, std::vector<std::int16_t>(1600, 7));
        return audio::encodeWav(pcm);
    }

    TemporaryFolder folder_;
    boost::asio::io_context context_;
    RealClock clock_;
};

TEST_F(PlayedFile, MayBeAWavOfTwoChannels) {
    EXPECT_EQ(problemOf(wav(2)), "");
}

TEST_F(PlayedFile, IsRefusedWithItsPathAndWhatIsWrong) {
    auto cut = wav(2);
    cut.resize(3000);
    EXPECT_EQ(problemOf(cut), "is cut short: 3000 of 6444 bytes are here");
    EXPECT_EQ(problemOf(wav(1)), "has 1 channel(s); a call needs two (left technician, right customer)");
    EXPECT_EQ(problemOf(std::vector<std::uint8_t>{}), "is empty");
    EXPECT_EQ(problemOf({'h', 'e', 'l', 'l', 'o'}), "is not a WAV, FLAC or MP3 file");
    EXPECT_EQ(problemOf(folder_.path() / "none.wav"), "cannot be opened: No such file or directory");
}

TEST_F(PlayedFile, MayComeFromAProgramThatDidNotKnowItsLength) {
    auto streamed = wav(2);
    for (const std::size_t at : {4U, 5U, 6U, 7U, 40U, 41U, 42U, 43U}) streamed[at] = 0xFF;
    EXPECT_EQ(problemOf(streamed), "");
    // As sox writes to a pipe: 0x7FFFF000 bytes of sound, and 36 of what stands before them.
    std::copy_n(std::array<std::uint8_t, 4>{0x24, 0xF0, 0xFF, 0x7F}.begin(), 4, streamed.begin() + 4);
    std::copy_n(std::array<std::uint8_t, 4>{0x00, 0xF0, 0xFF, 0x7F}.begin(), 4, streamed.begin() + 40);
    EXPECT_EQ(problemOf(streamed), "");
}

TEST_F(PlayedFile, MayLackThePadByteThatItsLengthCounts) {
    auto unpadded = wav(2);
    ++unpadded[4];
    EXPECT_EQ(problemOf(unpadded), "");
    ++unpadded[4];
    EXPECT_EQ(problemOf(unpadded), "is cut short: 6444 of 6446 bytes are here");
}

}  // namespace
}  // namespace ninja3cx::agent
