#include "agent/link/call_uplink.hpp"

#include "agent/link/server_link.hpp"
#include "agent/tests/full_disk.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <utility>

namespace ninja3cx::agent {
namespace {

const CallId kCall{"call-1"};

class Uplink : public testing::Test {
protected:
    void make(int frames) {
        for (int i = 0; i < frames; ++i) {
            uplink_.add(frameOf(protocol::Speaker::Agent, 1));
            uplink_.add(frameOf(protocol::Speaker::Customer, 2));
            ++made_;
        }
    }
    /// Everything that may be sent now, as the server would see it: sequences of each channel.
    std::pair<std::vector<std::uint64_t>, std::vector<std::uint64_t>> sent() {
        std::pair<std::vector<std::uint64_t>, std::vector<std::uint64_t>> sequences;
        while (auto frame = uplink_.nextFrame())
            (frame->channel == protocol::Speaker::Agent ? sequences.first : sequences.second)
                .push_back(frame->sequence);
        return sequences;
    }
    protocol::AudioFrame frameOf(protocol::Speaker channel, std::int16_t sample) const {
        protocol::AudioFrame frame;
        frame.channel = channel;
        frame.callClockMs = made_ * 100;
        frame.deviceTimeUs = 7'000'000 + made_ * 100'000;
        frame.samples.assign(1600, sample);
        return frame;
    }
    using Sequences = std::vector<std::uint64_t>;
    using Gaps = std::vector<protocol::AudioGap>;

    TemporaryFolder folder_;
    Spool spool_ =
        std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::Key{}}})).value();
    CallUplink uplink_{kCall, spool_};
    std::int64_t made_ = 0;
};

TEST_F(Uplink, SendsNothingBeforeTheServerIsReady) {
    make(3);
    EXPECT_FALSE(uplink_.nextFrame());
    EXPECT_EQ(uplink_.outstanding(), 6);
}

TEST_F(Uplink, SendsInOrderWithTheServersStreamId) {
    make(2);
    uplink_.onReady({kCall, 77, {0, 0}});
    const auto first = uplink_.nextFrame();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->streamId, 77U);
    EXPECT_EQ(first->sequence, 0U);
    EXPECT_EQ(first->deviceTimeUs, 7'000'000) << "the device's time comes along";
    EXPECT_EQ(sent(), std::make_pair(Sequences{1}, Sequences{0, 1}));
}

TEST_F(Uplink, ResumesWhereTheServerSaysAfterACut) {
    make(5);
    uplink_.onReady({kCall, 1, {0, 0}});
    sent();
    uplink_.onAck({kCall, {2, 1}});
    uplink_.onDisconnected();
    make(1);
    EXPECT_FALSE(uplink_.nextFrame());
    uplink_.onReady({kCall, 2, {3, 2}});  // more was on its disk than it had told
    EXPECT_EQ(sent(), std::make_pair(Sequences{3, 4, 5}, Sequences{2, 3, 4, 5}));
}

TEST_F(Uplink, HoldsBackBeyondTheWindow) {
    make(CallUplink::kWindow + 20);
    uplink_.onReady({kCall, 1, {0, 0}});
    EXPECT_EQ(sent().first.size(), static_cast<std::size_t>(CallUplink::kWindow));
    uplink_.onAck({kCall, {10, 0}});
    EXPECT_EQ(sent(),
              std::make_pair(Sequences({100, 101, 102, 103, 104, 105, 106, 107, 108, 109}), Sequences{}));
}

TEST_F(Uplink, TellsTheEndOnceAfterTheLastFrame) {
    make(2);
    uplink_.onReady({kCall, 1, {0, 0}});
    EXPECT_FALSE(uplink_.endMessage()) << "the call goes on";
    uplink_.end();
    EXPECT_FALSE(uplink_.endMessage()) << "frames are still to be sent";
    sent();
    ASSERT_EQ(uplink_.endMessage(), (protocol::AudioEnd{kCall, {2, 2}}));
    EXPECT_FALSE(uplink_.endMessage());
    EXPECT_FALSE(uplink_.isDelivered());
    uplink_.onAck({kCall, {2, 2}});
    EXPECT_TRUE(uplink_.isDelivered());
}

TEST_F(Uplink, TellsTheEndAgainAfterAReconnect) {
    make(1);
    uplink_.onReady({kCall, 1, {0, 0}});
    sent();
    uplink_.end();
    ASSERT_TRUE(uplink_.endMessage());
    uplink_.onDisconnected();
    uplink_.onReady({kCall, 2, {1, 1}});
    EXPECT_EQ(uplink_.endMessage(), (protocol::AudioEnd{kCall, {1, 1}}));
    EXPECT_TRUE(uplink_.isDelivered());
}

TEST_F(Uplink, ContinuesTheNumberingOfAnEarlierRun) {
    uplink_.onReady({kCall, 1, {40, 38}});  // this program restarted in mid-call with an empty spool
    make(1);
    EXPECT_EQ(sent(), std::make_pair(Sequences{40}, Sequences{38}));
}

TEST_F(Uplink, SendsSilenceForAFrameTheDiskSpoiled) {
    make(4);
    const auto file = folder_.path() / "spool" / "call-1" / "agent-0.spool";
    const auto recordBytes = std::filesystem::file_size(file) / 4;
    {
        std::fstream bytes{file, std::ios::in | std::ios::out | std::ios::binary};
        const auto at = static_cast<std::streamoff>(recordBytes + recordBytes / 2);  // inside frame 1
        bytes.seekg(at);
        const char flipped = static_cast<char>(bytes.get() ^ 1);
        bytes.seekp(at);
        bytes.put(flipped);
    }
    for (const std::int64_t from : {0, 1}) {  // a reconnect may ask for the spoiled frame first
        uplink_.onReady({kCall, 7, {from, 4}});
        std::vector<std::int64_t> clocks;
        Sequences sequences;
        while (const auto frame = uplink_.nextFrame()) {
            sequences.push_back(frame->sequence);
            clocks.push_back(frame->callClockMs);
            EXPECT_EQ(frame->streamId, 7U);
            EXPECT_EQ(frame->samples, std::vector<std::int16_t>(1600, frame->sequence == 1 ? 0 : 1));
        }
        EXPECT_EQ(sequences, from == 0 ? Sequences({0, 1, 2, 3}) : Sequences({1, 2, 3}));
        EXPECT_EQ(clocks, from == 0 ? std::vector<std::int64_t>({0, 100, 200, 300})
                                    : std::vector<std::int64_t>({100, 200, 300}));
        EXPECT_EQ(uplink_.takeLoss().has_value(), from == 0) << "told once";
        EXPECT_EQ(uplink_.gaps(), (Gaps{{100, 200}}));
    }
    EXPECT_FALSE(uplink_.wasRefused());
}

TEST_F(Uplink, SendsEverythingThoughTheDiskIsFull) {
    uplink_.onReady({kCall, 1, {0, 0}});
    make(1);
    {
        const FullDisk full;
        make(2);
    }
    make(1);
    Sequences sequences[2];
    while (const auto frame = uplink_.nextFrame()) {
        const bool isAgent = frame->channel == protocol::Speaker::Agent;
        sequences[isAgent ? 0 : 1].push_back(frame->sequence);
        EXPECT_EQ(frame->callClockMs, static_cast<std::int64_t>(frame->sequence) * 100);
        EXPECT_EQ(frame->samples, std::vector<std::int16_t>(1600, isAgent ? 1 : 2));
    }
    EXPECT_EQ(sequences[0], Sequences({0, 1, 2, 3}));
    EXPECT_EQ(sequences[1], Sequences({0, 1, 2, 3}));
    EXPECT_FALSE(uplink_.takeLoss());
}

TEST_F(Uplink, SendsSilenceForWhatNeitherDiskNorMemoryTakesAndTellsItOnce) {
    int held = 0;
    {
        const FullDisk full;
        for (; held < 1000 && !uplink_.takeLoss(); ++held) make(1);
        ASSERT_LT(held, 1000);
        make(5);
    }
    EXPECT_FALSE(uplink_.takeLoss()) << "told once";
    make(1);
    uplink_.end();
    uplink_.onReady({kCall, 1, {0, 0}});
    std::int64_t next[2] = {0, 0};
    int silent = 0;
    while (const auto frame = uplink_.nextFrame()) {
        std::int64_t& expected = next[frame->channel == protocol::Speaker::Agent ? 0 : 1];
        ASSERT_EQ(frame->sequence, static_cast<std::uint64_t>(expected));
        EXPECT_EQ(frame->callClockMs, expected * 100);
        if (frame->samples == std::vector<std::int16_t>(1600, 0)) ++silent;
        ++expected;
        uplink_.onAck({kCall, {next[0], next[1]}});
    }
    EXPECT_EQ(next[0], made_);
    EXPECT_EQ(next[1], made_);
    EXPECT_GE(silent, 11);
    EXPECT_LE(silent, 12);
    const auto end = uplink_.endMessage();
    ASSERT_TRUE(end && end->gaps);
    const std::int64_t startMs = (held - 1) * 100;  // the memory was full with this or the next frame
    EXPECT_EQ(*end->gaps, (Gaps{{startMs, startMs + 600}}));
    EXPECT_TRUE(uplink_.wasRefused());
    EXPECT_TRUE(uplink_.isDelivered());
    EXPECT_FALSE(uplink_.takeLoss()) << "told once";
}

TEST_F(Uplink, KnowsAtOnceWhatIsLostAndTellsOfItAlsoAfterARestart) {
    ASSERT_TRUE(spool_.label(kCall, {Extension{"201"}, 1}));
    make(1);
    {
        const FullDisk full;
        for (int held = 0; held < 1000 && uplink_.gaps().empty(); ++held) make(1);
        make(5);
    }
    const Gaps lost = uplink_.gaps();
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost.front().endMs, made_ * 100);
    make(10);
    EXPECT_EQ(uplink_.gaps(), lost);

    Spool later =
        std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::Key{}}})).value();
    CallUplink uplink{kCall, later};
    EXPECT_EQ(uplink.gaps(), lost) << "though the server had the silence in its place already";
    uplink.end();
    uplink.onReady({kCall, 1, {made_, made_}});
    EXPECT_EQ(uplink.endMessage(), (protocol::AudioEnd{kCall, {made_, made_}, lost}));
    EXPECT_FALSE(uplink.wasRefused()) << "not by this run";
}

TEST_F(Uplink, TellsOfWhatEndedWithThisProgramsMemory) {
    make(1);
    {
        const FullDisk full;
        make(3);
    }
    make(1);
    uplink_.end();
    Spool later =
        std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::Key{}}})).value();
    CallUplink uplink{kCall, later};
    EXPECT_TRUE(uplink.gaps().empty());
    uplink.onReady({kCall, 1, {0, 0}});
    while (uplink.nextFrame()) continue;
    const auto end = uplink.endMessage();
    ASSERT_TRUE(end);
    EXPECT_EQ(end->gaps, (Gaps{{100, 400}}));
}

class PackedUplink : public Uplink {
protected:
    PackedUplink() { packed_.onReady({kCall, 7, {0, 0}, 2, {{"pcm", "opus"}}}); }
    void talk(int pieces, std::size_t samples = 1600) {
        for (int i = 0; i < pieces; ++i) {
            auto frame = frameOf(protocol::Speaker::Agent, 500);
            frame.samples.resize(samples, 500);
            packed_.add(std::move(frame));
        }
    }
    /// "O" a packet that begins, "o" one that goes on, "p" samples.
    std::string kinds() {
        std::string seen;
        while (const auto frame = packed_.nextFrame()) {
            const bool isOpus = frame->format == protocol::AudioFormat::Opus;
            EXPECT_EQ(frame->samples.empty(), isOpus);
            EXPECT_EQ(frame->packet.empty(), !isOpus);
            seen += !isOpus ? 'p' : frame->beginsPackets ? 'O' : 'o';
        }
        return seen;
    }
    CallUplink packed_{kCall, spool_, UplinkCodec::Opus};
};

TEST_F(PackedUplink, BeginsAnewWhereTheServerDoes) {
    talk(3);
    EXPECT_EQ(kinds(), "Ooo");
    packed_.onReady({kCall, 7, {1, 0}, 2, {{"pcm", "opus"}}});
    EXPECT_EQ(kinds(), "Oo");
    talk(1);
    EXPECT_EQ(kinds(), "o");
}

TEST_F(PackedUplink, SendsAsItIsWhatOpusHasNoPacketFor) {
    talk(1);
    talk(1, 1601);
    talk(2);
    EXPECT_EQ(kinds(), "OpOo");
}

TEST_F(PackedUplink, SendsSamplesToAServerThatDoesNotTakePackets) {
    talk(1);
    packed_.onReady({kCall, 7, {0, 0}, 2, {{"pcm"}}});
    EXPECT_EQ(kinds(), "p");
    packed_.onReady({kCall, 7, {0, 0}});
    EXPECT_EQ(kinds(), "p");
    CallUplink plain{kCall, spool_};
    plain.onReady({kCall, 7, {0, 0}, 2, {{"pcm", "opus"}}});
    EXPECT_EQ(plain.nextFrame()->format, protocol::AudioFormat::Pcm16);
}

TEST_F(PackedUplink, HasMoreUnderWay) {
    talk(CallUplink::kPackedWindow + 1);
    EXPECT_EQ(std::ssize(kinds()), CallUplink::kPackedWindow);
    packed_.onAck({kCall, {1, 0}});
    EXPECT_EQ(kinds(), "o");
}

TEST_F(PackedUplink, ByItselfPacksFromWhereTheNetworkFallsBehind) {
    CallUplink uplink{kCall, spool_, UplinkCodec::Auto};
    const protocol::AudioReady ready{kCall, 7, {0, 0}, 2, {{"pcm", "opus"}}};
    std::string seen;
    const auto speak = [&](std::int64_t pieces) {
        for (; pieces > 0; --pieces) {
            uplink.add(frameOf(protocol::Speaker::Agent, 500));
            while (const auto frame = uplink.nextFrame())
                seen += frame->format != protocol::AudioFormat::Opus ? 'p' : frame->beginsPackets ? 'O' : 'o';
        }
        return std::exchange(seen, "");
    };
    const auto asItIs = [](std::int64_t frames) {
        return std::string(static_cast<std::size_t>(frames), 'p');
    };
    uplink.onReady(ready);
    EXPECT_EQ(speak(CallUplink::kBehind), asItIs(CallUplink::kBehind));
    uplink.onAck({kCall, {CallUplink::kBehind - 10, 0}});
    EXPECT_EQ(speak(30), asItIs(30)) << "it keeps up";
    EXPECT_EQ(speak(2), "Oo");
    uplink.onAck({kCall, {CallUplink::kBehind + 32, 0}});
    EXPECT_EQ(speak(2), "oo") << "once is enough";

    CallUplink back{kCall, spool_, UplinkCodec::Auto};  // what an outage left
    back.onReady(ready);
    EXPECT_EQ(back.nextFrame()->format, protocol::AudioFormat::Opus);
}

TEST_F(PackedUplink, KeepsSamplesInTheSpool) {
    talk(1);
    EXPECT_EQ(kinds(), "O");
    EXPECT_EQ(spool_.read(kCall, protocol::Speaker::Agent, 0).value().samples,
              std::vector<std::int16_t>(1600, 500));
}

TEST_F(Uplink, GoesOnFromTheServersNumberThoughItHadBegunAnother) {
    make(1);
    uplink_.onReady({kCall, 1, {40, 38}});
    make(2);
    EXPECT_EQ(sent(), std::make_pair(Sequences({40, 41}), Sequences({38, 39})));
    EXPECT_FALSE(uplink_.takeLoss());
}

TEST(RetryDelay, DoublesUpToItsCapAndIsSpread) {
    LinkOptions options;
    EXPECT_EQ(retryDelay(options, 0, 0.0), std::chrono::milliseconds{250});
    EXPECT_EQ(retryDelay(options, 0, 1.0), std::chrono::milliseconds{500});
    EXPECT_EQ(retryDelay(options, 3, 1.0), std::chrono::milliseconds{4000});
    EXPECT_EQ(retryDelay(options, 50, 1.0), options.longestRetry);
}

}  // namespace
}  // namespace ninja3cx::agent
