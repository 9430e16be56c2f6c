#include "shared/opus/opus_codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ninja3cx::opus {
namespace {

constexpr std::size_t kPiece = 1'600;

/// A voice, roughly: harmonics of 150 Hz that swell and fade.
std::vector<std::int16_t> sound(std::size_t samples) {
    std::vector<std::int16_t> made(samples);
    for (std::size_t i = 0; i < samples; ++i) {
        const double t = static_cast<double>(i) / 16'000;
        double value = 0;
        for (int n = 1; n <= 8; ++n) value += std::sin(2 * std::numbers::pi * 150 * n * t) / n;
        made[i] =
            static_cast<std::int16_t>(4'000 * value * (0.6 + 0.4 * std::sin(2 * std::numbers::pi * 3 * t)));
    }
    return made;
}

double correlation(const std::vector<std::int16_t>& a, const std::vector<std::int16_t>& b, std::size_t lag) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i + lag < b.size(); ++i) {
        ab += double{1} * a[i] * b[i + lag];
        aa += double{1} * a[i] * a[i];
        bb += double{1} * b[i + lag] * b[i + lag];
    }
    return ab / std::sqrt(aa * bb);
}

TEST(Opus, GivesBackTheSoundInATenthOfTheBytes) {
    const auto whole = sound(kPiece * 30);
    Encoder encoder = std::move(Encoder::make()).value();
    Decoder decoder = std::move(Decoder::make()).value();
    std::vector<std::int16_t> heard;
    std::size_t bytes = 0;
    for (std::size_t at = 0; at < whole.size(); at += kPiece) {
        const auto packet = encoder.encode(std::span{whole}.subspan(at, kPiece));
        ASSERT_TRUE(packet);
        bytes += packet->size();
        const auto plain = decoder.decode(*packet);
        ASSERT_TRUE(plain) << plain.error().detail;
        ASSERT_EQ(plain->size(), kPiece);
        heard.insert(heard.end(), plain->begin(), plain->end());
    }
    EXPECT_LT(bytes * 9, whole.size() * 2);
    EXPECT_GT(bytes, 0U);
    double best = 0;
    for (std::size_t lag = 0; lag < 200; ++lag) best = std::max(best, correlation(whole, heard, lag));
    EXPECT_GT(best, 0.8);
}

TEST(Opus, HasPacketsOfSomeLengthsAlone) {
    Encoder encoder = std::move(Encoder::make()).value();
    for (const std::size_t samples : {320U, 640U, 1'600U, 1'920U})
        EXPECT_TRUE(encoder.encode(std::vector<std::int16_t>(samples))) << samples;
    for (const std::size_t samples : {0U, 1U, 1'599U, 1'921U, 16'000U})
        EXPECT_FALSE(encoder.encode(std::vector<std::int16_t>(samples))) << samples;
}

TEST(Opus, RefusesWhatIsNoPacket) {
    Decoder decoder = std::move(Decoder::make()).value();
    const std::vector<std::vector<std::uint8_t>> bad{
        {}, std::vector<std::uint8_t>(4'001, 0), {0x03}, {0x03, 0x3f, 0x00}, {0x02, 0xff}};
    for (const auto& packet : bad) {
        const auto plain = decoder.decode(packet);
        ASSERT_FALSE(plain) << packet.size();
        EXPECT_EQ(plain.error().kind, ErrorKind::BadMessage);
        EXPECT_NE(plain.error().detail.find("no Opus packet"), std::string::npos);
    }
    Encoder encoder = std::move(Encoder::make()).value();
    const auto good = encoder.encode(sound(kPiece));
    ASSERT_TRUE(good);
    EXPECT_TRUE(decoder.decode(*good)) << "and goes on after it";
}

}  // namespace
}  // namespace ninja3cx::opus
