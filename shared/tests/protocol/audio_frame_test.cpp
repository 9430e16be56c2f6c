#include "shared/protocol/audio_frame.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace ninja3cx::protocol {
namespace {

AudioFrame someFrame() {
    return AudioFrame{Speaker::Customer, AudioFormat::Pcm16,        0x0102030405060708ULL, 90'061,
                      0xA1B2C3D4U,       {0, 1, -1, 32767, -32768}, 0x1122334455667788LL};
}

AudioFrame somePacket() {
    AudioFrame frame = someFrame();
    frame.format = AudioFormat::Opus;
    frame.samples.clear();
    frame.packet = {0x4b, 0x41, 0x0b};
    return frame;
}

TEST(AudioFrame, IsLaidOutAsDocumented) {
    std::vector<std::uint8_t> expected{
        '3',  'C',  'X',  'A',  2,    1,    1,    0,                 // magic, version, channel, format, flags
        0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01,              // sequence
        0xCD, 0x5F, 0x01, 0,    0,    0,    0,    0,                 // callClockMs 90061
        0xD4, 0xC3, 0xB2, 0xA1, 10,   0,    0,    0,                 // streamId, payloadBytes
        0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11,              // deviceTimeUs
        0,    0,    1,    0,    0xFF, 0xFF, 0xFF, 0x7F, 0x00, 0x80,  // samples
    };
    EXPECT_EQ(encodeAudioFrame(someFrame()), expected);
    expected[4] = 1;
    expected.erase(expected.begin() + 32, expected.begin() + 40);
    EXPECT_EQ(encodeAudioFrame(someFrame(), 1), expected);
}

TEST(AudioFrame, OfVersion1HasNoDeviceTime) {
    AudioFrame frame = someFrame();
    const auto decoded = decodeAudioFrame(encodeAudioFrame(frame, 1));
    ASSERT_TRUE(decoded) << decoded.error().detail;
    frame.deviceTimeUs = 0;
    EXPECT_EQ(*decoded, frame);
}

TEST(AudioFrame, CarriesAnOpusPacketAndWhetherItIsTheFirst) {
    for (const bool beginsPackets : {false, true}) {
        AudioFrame frame = somePacket();
        frame.beginsPackets = beginsPackets;
        const auto bytes = encodeAudioFrame(frame);
        EXPECT_EQ(bytes[6], 2);
        EXPECT_EQ(bytes[7], beginsPackets ? 1 : 0);
        const auto decoded = decodeAudioFrame(bytes);
        ASSERT_TRUE(decoded) << decoded.error().detail;
        EXPECT_EQ(*decoded, frame);
    }
    AudioFrame longest = somePacket();
    longest.packet.assign(kMaxOpusBytes, 1);
    EXPECT_TRUE(decodeAudioFrame(encodeAudioFrame(longest)));
}

TEST(AudioFrame, ReadsWhatItWrote) {
    for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {
        AudioFrame frame = someFrame();
        frame.channel = channel;
        const auto decoded = decodeAudioFrame(encodeAudioFrame(frame));
        ASSERT_TRUE(decoded) << decoded.error().detail;
        EXPECT_EQ(*decoded, frame);
    }
}

TEST(AudioFrame, HoldsUpToOneSecond) {
    AudioFrame frame = someFrame();
    frame.samples.assign(kSampleRateHz, 7);
    EXPECT_TRUE(decodeAudioFrame(encodeAudioFrame(frame)));
    frame.samples.push_back(7);
    EXPECT_FALSE(decodeAudioFrame(encodeAudioFrame(frame)));
}

using Bytes = std::vector<std::uint8_t>;

struct RefusalRow {
    const char* name;
    std::function<void(Bytes&)> damage;
    const char* says;
};

class AudioFrameRefusal : public testing::TestWithParam<RefusalRow> {};

TEST_P(AudioFrameRefusal, NamesTheField) {
    Bytes bytes = encodeAudioFrame(someFrame());
    GetParam().damage(bytes);
    const auto decoded = decodeAudioFrame(bytes);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().kind, ErrorKind::BadMessage);
    EXPECT_NE(decoded.error().detail.find(GetParam().says), std::string::npos) << decoded.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, AudioFrameRefusal,
    testing::Values(RefusalRow{"Empty", [](Bytes& b) { b.clear(); }, "shorter than its header"},
                    RefusalRow{"HalfAHeader", [](Bytes& b) { b.resize(39); }, "shorter than its header"},
                    RefusalRow{"Magic", [](Bytes& b) { b[0] = 'R'; }, "3CXA"},
                    RefusalRow{"HalfAnOldHeader", [](Bytes& b) { b.resize(31); }, "header of 32"},
                    RefusalRow{"Version", [](Bytes& b) { b[4] = 3; }, "version 3"},
                    RefusalRow{"NoVersion", [](Bytes& b) { b[4] = 0; }, "version 0"},
                    RefusalRow{"Channel", [](Bytes& b) { b[5] = 2; }, "channel 2"},
                    RefusalRow{"OpusInVersion1",
                               [](Bytes& b) {
                                   b[4] = 1;
                                   b[6] = 2;
                               },
                               "format 2"},
                    RefusalRow{"NoOpus",
                               [](Bytes& b) {
                                   b.resize(40);
                                   b[6] = 2;
                                   b[28] = 0;
                               },
                               "must be 1 to 4000"},
                    RefusalRow{"TooMuchOpus",
                               [](Bytes& b) {
                                   b.resize(40 + 4001);
                                   b[6] = 2;
                                   b[28] = 0xA1;
                                   b[29] = 0x0F;
                               },
                               "payload of 4001"},
                    RefusalRow{"OpusFlagOnPcm", [](Bytes& b) { b[7] = 1; }, "flags 1"},
                    RefusalRow{"OpusFlags",
                               [](Bytes& b) {
                                   b[6] = 2;
                                   b[7] = 3;
                               },
                               "flags 3"},
                    RefusalRow{"Format", [](Bytes& b) { b[6] = 0; }, "format 0"},
                    RefusalRow{"Flags", [](Bytes& b) { b[7] = 0x80; }, "flags 128"},
                    RefusalRow{"NegativeClock", [](Bytes& b) { b[23] = 0x80; }, "callClockMs"},
                    RefusalRow{"ClockBeyondAWeek", [](Bytes& b) { b[20] = 1; }, "callClockMs"},
                    RefusalRow{"HeaderAlone",
                               [](Bytes& b) {
                                   b.resize(40);
                                   b[28] = 0;
                               },
                               "payload of 0"},
                    RefusalRow{"CutShort", [](Bytes& b) { b.resize(b.size() - 2); }, "payloadBytes says 10"},
                    RefusalRow{"TooMuch", [](Bytes& b) { b.push_back(0); }, "payloadBytes says 10"},
                    RefusalRow{"HalfASample",
                               [](Bytes& b) {
                                   b.pop_back();
                                   b[28] = 9;
                               },
                               "must be even"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::protocol
