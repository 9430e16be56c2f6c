#include "server/transcription/echo_gate.hpp"

#include "server/tests/transcription/echo_sounds.hpp"
#include "server/transcription/stream_cutter.hpp"
#include "shared/audio/audio_file.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kPiece = 1'600;

/// The agent's cutter behind a gate.
class GatedAgent {
public:
    void near(std::int64_t clockMs, std::span<const std::int16_t> samples) {
        gate.feedNear(clockMs, samples, SteadyTime{}, pieces_);
        pass();
    }
    void far(std::int64_t clockMs, std::span<const std::int16_t> samples) {
        gate.feedFar(clockMs, samples, pieces_);
        pass();
    }
    std::vector<Segment> finish() {
        gate.finishFar(pieces_);
        gate.finishNear(pieces_);
        pass();
        cutter.finish(segments);
        return segments;
    }

    EchoGate gate;
    StreamCutter cutter{makeEnergyDetector()};
    std::vector<Segment> segments;

private:
    void pass() {
        for (const auto& piece : pieces_) cutter.feed(piece.callClockMs, piece.samples, segments);
        pieces_.clear();
    }
    std::vector<EchoGate::Piece> pieces_;
};

std::vector<Segment> cut(const Sound& samples) {
    StreamCutter cutter{makeEnergyDetector()};
    std::vector<Segment> segments;
    cutter.feed(0, samples, segments);
    cutter.finish(segments);
    return segments;
}

std::span<const std::int16_t> pieceOf(const Sound& sound, std::size_t at) {
    return std::span{sound}.subspan(at, std::min(kPiece, sound.size() - at));
}

std::vector<Segment> gated(const Sound& near, const Sound& far) {
    GatedAgent agent;
    agent.gate.openFar();
    for (std::size_t at = 0; at < near.size(); at += kPiece) {
        agent.near(static_cast<std::int64_t>(at / 16), pieceOf(near, at));
        agent.far(static_cast<std::int64_t>(at / 16), pieceOf(far, at));
    }
    return agent.finish();
}

TEST(EchoGate, LeavesTheUtterancesOfACallWithoutEchoAsTheyAre) {
    const auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac");
    ASSERT_TRUE(call);
    EXPECT_EQ(gated(call->channels[0], call->channels[1]), cut(call->channels[0]));
}

TEST(EchoGate, LeavesAStreamAloneAsItIs) {
    const auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac");
    ASSERT_TRUE(call);
    const Sound& near = call->channels[0];
    GatedAgent agent;
    for (std::size_t at = 0; at < near.size(); at += kPiece) {
        agent.near(static_cast<std::int64_t>(at / 16), pieceOf(near, at));
        EXPECT_GE(agent.cutter.position() + 3 * static_cast<std::int64_t>(kWindow), std::int64_t(at));
    }
    EXPECT_EQ(agent.finish(), cut(near));
}

TEST(EchoGate, OpensNoUtteranceForAnEcho) {
    const auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac");
    ASSERT_TRUE(call);
    const Sound near = withEcho(call->channels[0], call->channels[1], 6, 80);
    const auto segments = gated(near, call->channels[1]);
    EXPECT_GT(cut(near).size(), cut(call->channels[0]).size() + 5);
    EXPECT_EQ(segments.size(), cut(call->channels[0]).size());
}

TEST(EchoGate, GivesTheSameInWhateverOrderThePiecesOfAMomentArrive) {
    const Sound far = babble(20, 1, 12, 1);
    const Sound near = withEcho(babble(20, 10, 18, 2), far, 6, 80);
    const auto wanted = gated(near, far);
    EXPECT_FALSE(wanted.empty());
    std::mt19937 random{3};
    GatedAgent agent;
    agent.gate.openFar();
    std::size_t nearAt = 0;
    std::size_t farAt = 0;
    while (nearAt < near.size() || farAt < far.size()) {
        const bool isNear = farAt >= far.size() || (nearAt < near.size() && nearAt < farAt + 8 * kPiece &&
                                                    (farAt > nearAt + 8 * kPiece || random() % 2 == 0));
        std::size_t& at = isNear ? nearAt : farAt;
        const std::size_t count = std::min<std::size_t>(16 * (1 + random() % 200), near.size() - at);
        const auto piece = std::span{isNear ? near : far}.subspan(at, count);
        if (isNear)
            agent.near(static_cast<std::int64_t>(at / 16), piece);
        else
            agent.far(static_cast<std::int64_t>(at / 16), piece);
        at += count;
    }
    EXPECT_EQ(agent.finish(), wanted);
}

TEST(EchoGate, WaitsASecondForAFarEndThatSendsNothingAndThenNoMore) {
    const Sound near = babble(10, 1, 9, 2);
    GatedAgent agent;
    agent.gate.openFar();
    for (std::size_t at = 0; at < near.size(); at += kPiece) {
        agent.near(static_cast<std::int64_t>(at / 16), pieceOf(near, at));
        const auto behind = static_cast<std::int64_t>(at + kPiece) - agent.cutter.position();
        EXPECT_LE(behind, at < 16'000 ? 18'000 : 2 * static_cast<std::int64_t>(kWindow)) << at;
    }
    EXPECT_EQ(agent.finish(), cut(near));
}

TEST(EchoGate, KeepsTheClockOverALongGap) {
    const Sound speech = babble(4, 0.5, 3, 2);
    for (const std::int64_t gapMs : {1'234, 3'600'007}) {
        StreamCutter plain{makeEnergyDetector()};
        std::vector<Segment> wanted;
        plain.feed(0, speech, wanted);
        plain.feed(gapMs + 4'000, speech, wanted);
        plain.finish(wanted);
        GatedAgent agent;
        agent.far(0, babble(4, 0.5, 3, 1));
        agent.near(0, speech);
        agent.near(gapMs + 4'000, speech);
        const auto segments = agent.finish();
        ASSERT_EQ(segments.size(), wanted.size());
        for (std::size_t i = 0; i < segments.size(); ++i) {
            EXPECT_EQ(segments[i].start, wanted[i].start);
            EXPECT_EQ(segments[i].end(), wanted[i].end());
        }
    }
}

TEST(EchoGate, LeavesOutWhatAnotherProgramRepeats) {
    const Sound near = babble(12, 1, 11, 2);
    GatedAgent agent;
    const auto feed = [&](std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to; at += kPiece)
            agent.near(static_cast<std::int64_t>(at / 16), pieceOf(near, at));
    };
    feed(0, 8 * 16'000);
    feed(5 * 16'000, 8 * 16'000);
    feed(8 * 16'000, near.size());
    EXPECT_EQ(agent.finish(), cut(near));
    EXPECT_EQ(agent.gate.takeLeftOut(), 3 * 16'000);
}

TEST(EchoGate, SaysWhenWhatItHeldBackWasHeard) {
    EchoGate gate;
    gate.openFar();
    std::vector<EchoGate::Piece> pieces;
    const Sound piece(kPiece, 1'000);
    for (int i = 0; i < 5; ++i)
        gate.feedNear(100 * i, piece, SteadyTime{std::chrono::milliseconds{i}}, pieces);
    EXPECT_TRUE(pieces.empty()) << "the far end is not there";
    gate.feedFar(0, Sound(5 * kPiece, 0), pieces);
    gate.finishNear(pieces);
    std::size_t end = 0;
    for (const EchoGate::Piece& one : pieces) {
        EXPECT_EQ(static_cast<std::size_t>(one.callClockMs) * 16, end);
        // A window came with its last sample.
        for (std::size_t at = end; at < end + one.samples.size(); at += kWindow) {
            const std::size_t last = std::min(at + kWindow, 5 * kPiece) - 1;
            EXPECT_EQ(one.heardAt, SteadyTime{std::chrono::milliseconds{last / kPiece}}) << at;
        }
        end += one.samples.size();
    }
    EXPECT_EQ(end, 5 * kPiece);
}

TEST(EchoGate, SaysWhatItHoldsOfTheNearEnd) {
    const Sound far = babble(12, 1, 10, 1);
    const Sound near = withEcho(babble(12, 4, 11, 2), far, 6, 80);
    EchoGate gate;
    gate.openFar();
    EXPECT_EQ(gate.held(), EchoGate::Stretch{});
    std::vector<EchoGate::Piece> pieces;
    std::int64_t cameOut = 0;
    std::int64_t heldMost = 0;
    const auto check = [&](std::int64_t cameIn) {
        for (const EchoGate::Piece& piece : std::exchange(pieces, {}))
            cameOut = 16 * piece.callClockMs + std::ssize(piece.samples);
        ASSERT_EQ(gate.held(), (EchoGate::Stretch{cameOut, cameIn}));
        heldMost = std::max(heldMost, cameIn - cameOut);
    };
    for (std::size_t at = 0; at < near.size(); at += kPiece) {
        const auto clockMs = static_cast<std::int64_t>(at / 16);
        gate.feedNear(clockMs, pieceOf(near, at), SteadyTime{}, pieces);
        check(16 * clockMs + std::ssize(pieceOf(near, at)));
        if (at % (4 * kPiece) != 0) continue;  // the far end comes late
        gate.feedFar(clockMs, pieceOf(far, at), pieces);
        check(16 * clockMs + std::ssize(pieceOf(near, at)));
    }
    EXPECT_GT(heldMost, 4'000) << "it was heard to wait";
    gate.finishNear(pieces);
    EXPECT_EQ(gate.held(), EchoGate::Stretch{}) << "and the padding of its last window is nobody's";
}

TEST(EchoGate, ForgetsWhatItHoldsButNotWhatIsStillToBeTold) {
    const Sound near = babble(4, 0, 4, 2);
    EchoGate gate;
    gate.openFar();
    std::vector<EchoGate::Piece> pieces;
    gate.feedNear(0, near, SteadyTime{}, pieces);
    gate.feedNear(3'000, near, SteadyTime{}, pieces);
    gate.forget();
    EXPECT_EQ(gate.held(), EchoGate::Stretch{});
    EXPECT_EQ(gate.takeLeftOut(), 16'000);
    pieces.clear();
    gate.feedNear(9'000, pieceOf(near, 0), SteadyTime{}, pieces);
    EXPECT_EQ(gate.held().end, 9'100 * 16);
    EXPECT_TRUE(pieces.empty()) << "it waits for the far end, which is still open";
}

TEST(EchoGate, PlacesANearEndThatIsOpenedAgainByItsOwnClock) {
    const Sound sound = babble(6, 0, 6, 2);
    constexpr std::int64_t kEndMs = 2'503;  // within a window
    const auto end = static_cast<std::size_t>(kEndMs * 16);
    ASSERT_NE(end % kWindow, 0U);
    EchoGate gate;
    Sound heard(sound.size(), 0);
    const auto collect = [&](const std::vector<EchoGate::Piece>& pieces, std::size_t from) {
        for (const EchoGate::Piece& piece : pieces)
            for (std::size_t i = 0; i < piece.samples.size(); ++i)
                if (const std::size_t at = static_cast<std::size_t>(piece.callClockMs) * 16 + i; at >= from)
                    heard.at(at) = piece.samples[i];
    };
    std::vector<EchoGate::Piece> pieces;
    gate.feedNear(0, std::span{sound}.first(end), SteadyTime{}, pieces);
    gate.finishNear(pieces);
    collect(pieces, 0);
    pieces.clear();
    gate.feedNear(kEndMs, std::span{sound}.subspan(end), SteadyTime{}, pieces);
    gate.finishNear(pieces);
    collect(pieces, end);
    EXPECT_EQ(heard, sound);
}

TEST(EchoGate, TellsOfARepetitionOnce) {
    const Sound near = babble(4, 0, 4, 2);
    EchoGate gate;
    std::vector<EchoGate::Piece> pieces;
    gate.feedNear(0, near, SteadyTime{}, pieces);
    gate.feedNear(1'000, near, SteadyTime{}, pieces);
    gate.finishNear(pieces);
    EXPECT_EQ(gate.takeLeftOut(), 3 * 16'000);
    gate.feedNear(5'000, near, SteadyTime{}, pieces);
    gate.finishNear(pieces);
    EXPECT_EQ(gate.takeLeftOut(), 0);
}

}  // namespace
}  // namespace ninja3cx::transcription
