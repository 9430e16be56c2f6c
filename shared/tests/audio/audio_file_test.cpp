#include "shared/audio/audio_file.hpp"

#include "shared/audio/wav.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

namespace ninja3cx::audio {
namespace {

using testing::HasSubstr;

Pcm twoChannels() {
    Pcm pcm;
    pcm.channels.resize(2);
    for (int i = 0; i < 3200; ++i) {
        pcm.channels[0].push_back(static_cast<std::int16_t>(i * 7 % 20'000 - 10'000));
        pcm.channels[1].push_back(static_cast<std::int16_t>(-i));
    }
    return pcm;
}

TEST(AudioFile, ReadsBackTheWavThatItWrote) {
    const auto read = decodeAudio(encodeWav(twoChannels()), "two.wav");
    ASSERT_TRUE(read) << read.error().detail;
    const auto want = twoChannels();
    ASSERT_EQ(read->channels.size(), 2U);
    EXPECT_EQ(read->durationMs(), 200);
    for (std::size_t channel = 0; channel < 2; ++channel) {
        ASSERT_EQ(read->channels[channel].size(), 3200U);
        for (std::size_t i = 0; i < 3200; ++i) {
            EXPECT_NEAR(read->channels[channel][i], want.channels[channel][i], 1);
        }
    }
}

TEST(AudioFile, ReadsTheSampleCallsWithBothSides) {
    const auto call = readAudioFile("samples/calls/01-vpn-panne.flac");
    ASSERT_TRUE(call) << call.error().detail;
    ASSERT_EQ(call->channels.size(), 2U);
    EXPECT_EQ(call->durationMs(), 63'020);
    EXPECT_NE(call->channels[0], call->channels[1]);
}

TEST(AudioFile, RefusesAFlacWhoseEndIsMissingAndSaysHowMuchIsHere) {
    std::ifstream in{"samples/calls/02-imprimante.flac", std::ios::binary};
    std::vector<std::uint8_t> bytes(50'000);
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    ASSERT_EQ(in.gcount(), 50'000);
    const auto read = decodeAudio(bytes, "cut.flac");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::BadMessage);
    EXPECT_THAT(read.error().detail,
                testing::MatchesRegex("cut.flac: is cut short: [0-9.]+ of [0-9.]+ s are here"));
}

TEST(AudioFile, RefusesAWavWhoseEndIsMissingAndSaysHowMuchIsHere) {
    std::vector<std::uint8_t> bytes = encodeWav(twoChannels());
    const std::size_t whole = bytes.size();
    bytes.resize(whole / 2);
    const auto read = decodeAudio(bytes, "cut.wav");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::BadMessage);
    EXPECT_EQ(read.error().detail, "cut.wav: is cut short: " + std::to_string(whole / 2) + " of " +
                                       std::to_string(whole) + " bytes are here");
}

/// A recording that was piped out has a head that claims more than ever came.
TEST(AudioFile, TakesAWavThatClaimsMoreThanIsHere) {
    std::vector<std::uint8_t> bytes = encodeWav(twoChannels());
    std::fill(bytes.begin() + 40, bytes.begin() + 44, std::uint8_t{0xFF});
    const auto read = decodeAudio(bytes, "piped.wav");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->durationMs(), 200);
}

/// 8 kHz mu-law: what a telephone system records.
TEST(AudioFile, ReadsMuLawAtEightKilohertz) {
    std::vector<std::uint8_t> bytes = encodeWav({{std::vector<std::int16_t>(4000, 0)}});
    const auto put = [&](std::size_t at, std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i)
            bytes[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> (8 * i));
    };
    put(20, 7, 2);     // mu-law
    put(24, 8000, 4);  // rate
    put(28, 8000, 4);  // bytes a second
    put(32, 1, 2);     // bytes a frame
    put(34, 8, 2);     // bits
    std::fill(bytes.begin() + 44, bytes.end(), std::uint8_t{0xFF});
    const auto read = decodeAudio(bytes, "line.wav");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->durationMs(), 1000);
    EXPECT_EQ(read->channels[0][8000], 0);
}

TEST(AudioFile, RefusesAWavWhoseSamplesEndWithinAByte) {
    std::vector<std::uint8_t> bytes = encodeWav(twoChannels());
    for (const int bits : {1, 7, 9, 15, 17, 31, 64}) {
        bytes[34] = static_cast<std::uint8_t>(bits);
        const auto read = decodeAudio(bytes, "odd.wav");
        ASSERT_FALSE(read) << bits;
        EXPECT_EQ(read.error().kind, ErrorKind::BadMessage);
        EXPECT_EQ(read.error().detail.find("odd.wav: "), 0U) << read.error().detail;
    }
    bytes[34] = 7;
    EXPECT_EQ(decodeAudio(bytes, "odd.wav").error().detail,
              "odd.wav: has 7 bits per sample; 8, 16, 24 and 32 are read");
}

struct BadRow {
    const char* name;
    std::string bytes;
    const char* says;
};
class BadFiles : public testing::TestWithParam<BadRow> {};
TEST_P(BadFiles, AreRefusedWithTheirNameAndTheReason) {
    const auto& row = GetParam();
    const auto* data = reinterpret_cast<const std::uint8_t*>(row.bytes.data());
    const auto read = decodeAudio({data, row.bytes.size()}, "call.wav");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::BadMessage);
    EXPECT_THAT(read.error().detail, HasSubstr("call.wav: "));
    EXPECT_THAT(read.error().detail, HasSubstr(row.says));
}
INSTANTIATE_TEST_SUITE_P(Rows, BadFiles,
                         testing::Values(BadRow{"Empty", "", "is empty"},
                                         BadRow{"Text", "Bonjour, ceci n'est pas un son",
                                                "is not a WAV, FLAC or MP3 file"},
                                         BadRow{"WavHeadOnly", "RIFF....WAVE", "is not a valid WAV file"},
                                         BadRow{"FlacHeadOnly", "fLaC\x01\x02", "is not a valid FLAC file"},
                                         BadRow{"Mp3HeadOnly", "ID3\x04", "is not a valid MP3 file"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(AudioFile, SaysWhenTheFileIsMissing) {
    const auto read = readAudioFile("samples/calls/none.flac");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(read.error().detail, HasSubstr("none.flac: cannot be opened"));
}

TEST(AudioFile, SaysWhenTheFileIsAFolder) {
    const auto read = readAudioFile("samples");
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().detail, HasSubstr("samples: is a folder"));
}

TEST(AudioFile, RefusesWhatIsLongerThanTheLimit) {
    const auto read = decodeAudio(encodeWav({{std::vector<std::int16_t>(16'000 * 3, 1)}}), "long.wav",
                                  {std::chrono::seconds{2}, 8});
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().detail, HasSubstr("long.wav: is longer than 2 s"));
}

TEST(AudioFile, RefusesWhatHasNoSound) {
    const auto read = decodeAudio(encodeWav({{std::vector<std::int16_t>{}}}), "none.wav");
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().detail, HasSubstr("none.wav: "));
}

TEST(AudioFile, SaysWhenItCannotWrite) {
    const auto written = writeWavFile("no/such/folder/x.wav", twoChannels());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Io);
    EXPECT_THAT(written.error().detail, HasSubstr("no/such/folder/x.wav: cannot be written"));
}

}  // namespace
}  // namespace ninja3cx::audio
