#include "server/app/replay.hpp"

#include "server/calls/audio_intake.hpp"
#include "server/journal/file_audio_journal.hpp"
#include "server/journal/journal_files.hpp"
#include "server/journal/journal_record.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <tuple>
#include <utility>
#include <vector>

namespace ninja3cx::app {
namespace {

using protocol::CallStage;

TEST(JournalsAtAStart, AreReadUnlessAllOfThemIsTextAndTheCallIsPast) {
    using enum JournalUse;
    using Row = std::tuple<CallStage, bool /* isAudioComplete */, bool /* isText */, JournalUse>;
    for (const auto& [stage, isComplete, isText, wanted] : {
             Row{CallStage::Live, false, false, Restore},
             Row{CallStage::Live, false, true, Restore},
             Row{CallStage::Live, true, true, Restore},
             Row{CallStage::Transcribing, true, false, Restore},
             Row{CallStage::Transcribing, true, true, Restore},
             Row{CallStage::Analysing, true, true, Restore},
             Row{CallStage::Drafted, true, false, Restore},
             Row{CallStage::Drafted, true, true, StayKept},
             Row{CallStage::Drafted, false, true, Restore},
             Row{CallStage::Closed, true, false, Restore},
             Row{CallStage::Closed, true, true, StayKept},
             Row{CallStage::Closed, false, true, Restore},
         }) {
        protocol::Call call;
        call.stage = stage;
        call.isAudioComplete = isComplete;
        call.recording = protocol::Recording::Active;
        EXPECT_EQ(journalUse(&call, isText), wanted)
            << static_cast<int>(stage) << " complete " << isComplete << " text " << isText;
        EXPECT_EQ(isReplayedFirst(call), stage != CallStage::Drafted && stage != CallStage::Closed);
        call.recording = protocol::Recording::Blocked;  // the hub erases it
        EXPECT_EQ(journalUse(&call, isText), Restore);
    }
    EXPECT_EQ(journalUse(nullptr, true), StayKept);
    EXPECT_EQ(journalUse(nullptr, false), Restore) << "the words were erased: so is the audio";
}

TEST(JournalsAtAStart, OfCallsThatGoOnAreReadBeforeThoseOfPastOnes) {
    const CallId past{"call-1"};
    const CallId live{"call-2"};
    const CallId longPast{"call-3"};
    const CallId waiting{"call-4"};
    const std::set<CallId> first{live, waiting, CallId{"call-without-audio"}};
    EXPECT_EQ(replayOrder({past, live, longPast, waiting}, first),
              (std::vector{live, waiting, past, longPast}));
    EXPECT_EQ(replayOrder({past, longPast}, {}), (std::vector{past, longPast}));
}

/// What the transcriber was given, and how much of it waited at once.
class Ear final : public calls::Transcriber {
public:
    using Piece = std::pair<std::int64_t /* callClockMs */, std::vector<std::int16_t>>;
    void open(Stream) override { ++opened; }
    void feed(const CallId&, protocol::Speaker channel, std::int64_t callClockMs,
              std::vector<std::int16_t> samples) override {
        heard[channel].emplace_back(callClockMs, std::move(samples));
        mostWaiting = std::max(mostWaiting, ++waiting);
    }
    void finish(const CallId&, protocol::Speaker channel) override {
        finishedAt[channel] = heard[channel].size();
    }
    void drop(const CallId&) override {}

    std::map<protocol::Speaker, std::vector<Piece>> heard;
    std::map<protocol::Speaker, std::size_t> finishedAt;
    int opened = 0;
    std::size_t waiting = 0;  // frames
    std::size_t mostWaiting = 0;
};

/// A server that starts with `kOnDisk` frames of the agent's channel alone, while the agent has more of both.
class ReplayWithAgent : public testing::Test {
protected:
    static constexpr std::int64_t kOnDisk = 120;  // more than are read at a time
    static constexpr std::int64_t kFrames = 900;
    static constexpr std::size_t kFrameWeight = 256U << 10;  // so that a few hundred fill the backlog

    void SetUp() override {
        before_.phone(protocol::CallState::Ringing);
        before_.phone(protocol::CallState::Connected);
        callId_ = before_.callId();
        std::filesystem::create_directories(folder_ / callId_.value());
        std::ofstream file{journal::journalFile(folder_, callId_, protocol::Speaker::Agent),
                           std::ios::binary};
        for (std::int64_t i = 0; i < kOnDisk; ++i) {
            const auto record = journal::encodeRecord(frame(protocol::Speaker::Agent, i));
            file.write(reinterpret_cast<const char*>(record.data()),
                       static_cast<std::streamsize>(record.size()));
        }
        file.close();
        now_.clock.advance(std::chrono::minutes{5});
        restart();
    }
    void restart() {
        journal_.reset();
        context_ = std::make_unique<boost::asio::io_context>();
        journal_ = std::make_unique<journal::FileAudioJournal>(
            folder_, context_->get_executor(),
            journal::FileAudioJournal::Handlers{
                [this](const CallId& id, protocol::AudioFrame frame) {
                    hub_->onAudioDurable(id, std::move(frame));
                },
                [this](const CallId& id, const Error& error) { hub_->onAudioFailed(id, error); },
                [](const CallId&, const Error&) {}});
        hub_ = std::make_unique<calls::CallHub>(
            calls::HubOptions{},
            calls::CallHub::Ports{now_.clock, *now_.store, *journal_, ear_, *now_.analyser, now_.directory,
                                  *now_.desk, *now_.events});
        const auto found = journal::recoverJournal(folder_, callId_);
        ASSERT_TRUE(found);
        calls_ = hub_->restore(before_.disk.openWork(), {{callId_, found->next}});
        ASSERT_EQ(calls_, std::vector{callId_});
    }
    /// Frames differ in length and content; the call was on hold after every hundredth.
    static protocol::AudioFrame frame(protocol::Speaker channel, std::int64_t sequence) {
        protocol::AudioFrame made;
        made.channel = channel;
        made.sequence = static_cast<std::uint64_t>(sequence);
        made.callClockMs = sequence * 100 + sequence / 100 * 1'000;
        made.samples.resize(sequence % 7 == 3 ? 800U : 1'600U);
        const std::int64_t seed = sequence * 31 + (channel == protocol::Speaker::Agent ? 1 : 2);
        for (std::size_t i = 0; i < made.samples.size(); ++i)
            made.samples[i] = static_cast<std::int16_t>(seed * 977 + static_cast<std::int64_t>(i) * 13);
        return made;
    }
    void agentSends(std::int64_t to) {
        if (!grant_) {
            hub_->onAgentOnline(calls::doubles::kExtension);
            const auto granted = hub_->startAudio(calls::doubles::kExtension, callId_);
            ASSERT_TRUE(granted);
            grant_ = *granted;
        }
        for (std::int64_t i = 0; i < to; ++i)
            for (const auto channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
                std::int64_t& next = calls::of(grant_->next, channel);
                if (i != next) continue;
                auto made = frame(channel, next++);
                made.streamId = grant_->streamId;
                EXPECT_TRUE(hub_->onAudioFrame(calls::doubles::kExtension, std::move(made)));
            }
    }
    void endCall() {
        calls::PhoneEvent ended;
        ended.key = "3cx/201/1";
        ended.extension = calls::doubles::kExtension;
        ended.state = protocol::CallState::Ended;
        hub_->onPhone(ended);
        EXPECT_TRUE(hub_->endAudio(calls::doubles::kExtension, {callId_, {kFrames, kFrames}}));
    }
    bool isAllOnDisk() const {
        return hub_->replayEnd(callId_) == protocol::ChannelPositions{kFrames, kFrames};
    }
    /// The transcriber takes what waits whenever it is asked for and too much.
    std::size_t backlogBytes() {
        const std::size_t bytes = ear_.waiting * kFrameWeight;
        if (bytes > (64U << 20)) ear_.waiting = 0;
        return bytes;
    }
    void replay(std::function<std::size_t()> backlog) {
        boost::asio::co_spawn(*context_,
                              replayJournals(folder_, calls_, {}, *hub_, std::move(backlog), log_,
                                             std::chrono::milliseconds{1}),
                              boost::asio::detached);
    }
    /// The deadline only ends a test that fails.
    template <typename Condition>
    void runUntil(Condition isReached) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (!isReached() && std::chrono::steady_clock::now() < deadline) {
            context_->restart();
            context_->run_one_for(std::chrono::milliseconds{10});
            while (now_.store->run()) {
            }
        }
        EXPECT_TRUE(isReached());
    }
    bool isReplayed() const { return !hub_->replayEnd(callId_); }
    void runToTheEnd() {
        endCall();
        runUntil([this] { return ear_.finishedAt.size() == 2; });
    }
    void expectAsIfNothingHadStopped() {
        for (const auto channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
            ASSERT_EQ(ear_.heard[channel].size(), static_cast<std::size_t>(kFrames));
            for (std::int64_t i = 0; i < kFrames; ++i) {
                const auto wanted = frame(channel, i);
                const auto& [clockMs, samples] = ear_.heard[channel][static_cast<std::size_t>(i)];
                ASSERT_EQ(clockMs, wanted.callClockMs) << i;
                ASSERT_EQ(samples, wanted.samples) << i;
            }
            EXPECT_EQ(ear_.finishedAt[channel], static_cast<std::size_t>(kFrames));
        }
        EXPECT_EQ(ear_.opened, 2);
        EXPECT_EQ(hub_->replayEnd(callId_), std::nullopt);
        EXPECT_EQ(told_.str().find("error"), std::string::npos) << told_.str();
    }

    const test::Scratch scratch_;
    const std::filesystem::path folder_ = scratch_.path() / "journal";
    calls::doubles::World before_;
    calls::doubles::World now_;
    Ear ear_;
    std::unique_ptr<boost::asio::io_context> context_;
    std::ostringstream told_;
    const std::shared_ptr<spdlog::logger> log_ =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(told_));
    CallId callId_{""};
    std::vector<CallId> calls_;
    std::optional<calls::AudioGrant> grant_;
    std::unique_ptr<calls::CallHub> hub_;
    std::unique_ptr<journal::FileAudioJournal> journal_;
};

TEST_F(ReplayWithAgent, WhatComesMeanwhileIsReadFromTheDiskAsTheTranscriberTakesIt) {
    bool hasSent = false;
    replay([&]() -> std::size_t {
        if (!std::exchange(hasSent, true)) agentSends(kFrames);
        if (!isAllOnDisk()) return std::size_t{1} << 30;  // busy until then
        return backlogBytes();
    });
    runUntil([this] { return isReplayed(); });
    EXPECT_TRUE(hasSent);
    runToTheEnd();
    expectAsIfNothingHadStopped();
    EXPECT_LE(ear_.mostWaiting, 256U + 50U) << "a backlog, and what is read at a time";
    EXPECT_NE(told_.str().find(" 1800 frames read"), std::string::npos) << told_.str();
}

TEST_F(ReplayWithAgent, ThatCatchesUpWhileAudioComesLosesAndRepeatsNothing) {
    for (std::int64_t to = kOnDisk; to < kFrames; to += 20)
        boost::asio::post(*context_, [this, to] { agentSends(to); });
    replay([this] { return backlogBytes(); });
    runUntil([this] { return isReplayed(); });
    agentSends(kFrames);
    runToTheEnd();
    expectAsIfNothingHadStopped();
}

TEST_F(ReplayWithAgent, IsTakenUpAgainByTheNextStartWithAllThatHadCome) {
    bool hasSent = false;
    replay([&]() -> std::size_t {
        if (!std::exchange(hasSent, true)) agentSends(kFrames);
        return std::size_t{1} << 30;
    });
    runUntil([this] { return isAllOnDisk(); });
    EXPECT_LE(ear_.mostWaiting, 50U);
    ear_ = {};
    grant_.reset();
    restart();  // the replay is given up where it waits
    agentSends(kFrames);
    replay([this] { return backlogBytes(); });
    runUntil([this] { return isReplayed(); });
    runToTheEnd();
    expectAsIfNothingHadStopped();
}

TEST_F(ReplayWithAgent, EndsWhereTheDiskHasLostTheLastFrames) {
    const auto file = journal::journalFile(folder_, callId_, protocol::Speaker::Agent);
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2 + 100);
    replay([this] { return backlogBytes(); });
    context_->run();
    EXPECT_EQ(hub_->replayEnd(callId_), std::nullopt);
    EXPECT_LT(ear_.heard[protocol::Speaker::Agent].size(), static_cast<std::size_t>(kOnDisk));
    EXPECT_NE(told_.str().find("left to the next start"), std::string::npos) << told_.str();
}

/// As the disk refuses it: no descriptors, an ill sector.
TEST_F(ReplayWithAgent, TriesAgainWhereAFileIsRefusedForAMoment) {
    const auto file = journal::journalFile(folder_, callId_, protocol::Speaker::Agent);
    const auto hidden = scratch_.path() / "hidden";
    std::filesystem::rename(file, hidden);
    std::filesystem::create_directory(file);
    replay([this] { return backlogBytes(); });
    runUntil([this] { return told_.str().find("trying again") != std::string::npos; });
    EXPECT_TRUE(ear_.heard.empty());
    std::filesystem::remove(file);
    std::filesystem::rename(hidden, file);
    runUntil([this] { return isReplayed(); });
    agentSends(kFrames);
    runToTheEnd();
    expectAsIfNothingHadStopped();
}

TEST_F(ReplayWithAgent, HandsNeitherChannelOverWhereOneIsRefused) {
    const auto file = journal::journalFile(folder_, callId_, protocol::Speaker::Customer);
    agentSends(kFrames);
    runUntil([this] { return isAllOnDisk(); });
    const auto hidden = scratch_.path() / "hidden";
    std::filesystem::rename(file, hidden);
    std::filesystem::create_directory(file);
    replay([this] { return backlogBytes(); });
    runUntil([this] { return told_.str().find("trying again") != std::string::npos; });
    EXPECT_TRUE(ear_.heard.empty()) << "the agent's needs the customer's to know what is echo";
    std::filesystem::remove(file);
    std::filesystem::rename(hidden, file);
    runUntil([this] { return isReplayed(); });
    runToTheEnd();
    expectAsIfNothingHadStopped();
}

TEST_F(ReplayWithAgent, LetsOtherCallsPassWhereOneIsRefused) {
    const CallId other{"another-call"};  // the hub knows nothing of it: its replay is done at once
    calls_.push_back(other);
    const auto file = journal::journalFile(folder_, callId_, protocol::Speaker::Agent);
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    replay([this] { return backlogBytes(); });
    runUntil([this] { return isReplayed(); });
    const std::string told = told_.str();
    EXPECT_LT(told.find("another-call: 0 frames read"), told.find("left to the next start")) << told;
}

TEST_F(ReplayWithAgent, LeavesAloneWhatTheDiskGoesOnRefusing) {
    const auto file = journal::journalFile(folder_, callId_, protocol::Speaker::Agent);
    const auto hidden = scratch_.path() / "hidden";
    std::filesystem::rename(file, hidden);
    std::filesystem::create_directory(file);
    replay([this] { return backlogBytes(); });
    runUntil([this] { return isReplayed(); });
    EXPECT_NE(told_.str().find("120 frames of a channel and what follows are left to the next start: "),
              std::string::npos)
        << told_.str();
    std::filesystem::remove(file);
    std::filesystem::rename(hidden, file);
    agentSends(kFrames);
    const protocol::ChannelPositions all{kFrames, kFrames};
    runUntil([&] { return hub_->startAudio(calls::doubles::kExtension, callId_)->next == all; });
    EXPECT_TRUE(ear_.heard.empty());

    grant_.reset();
    told_.str({});
    restart();
    agentSends(kFrames);
    replay([this] { return backlogBytes(); });
    runUntil([this] { return isReplayed(); });
    runToTheEnd();
    expectAsIfNothingHadStopped();
}

}  // namespace
}  // namespace ninja3cx::app
