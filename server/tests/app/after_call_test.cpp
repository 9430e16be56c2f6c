#include "server/app/after_call.hpp"

#include "server/analysis/background/background_analyser.hpp"
#include "server/journal/file_audio_journal.hpp"
#include "server/journal/journal_files.hpp"
#include "server/tests/scratch.hpp"
#include "shared/audio/audio_file.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <span>
#include <sstream>

namespace ninja3cx::app {
namespace {

using namespace std::chrono_literals;
using protocol::Speaker;

/// Store, journal, thread and the demo model are real; only the clock is not.
class AfterCallTest : public testing::Test {
protected:
    void make(std::int32_t endSilenceMs = 500) {
        config::WhisperSettings whisper = config::loadSettings({})->settings.whisper;
        whisper.model = whisper.afterCall.model = "demo";
        whisper.endSilenceMs = endSilenceMs;
        const Speech speech = loadSpeech(whisper).value();
        const auto detect = [this, make = speech.makeDetector] {
            ++detectors_;
            std::scoped_lock held{gate_};
            return make();
        };
        AfterCall::Setup setup{whisper,
                               [](const Extension&) {
                                   return calls::CallLanguage{"fr", "fr"};
                               },
                               speech.afterCall.value().file, folder_, detect};
        afterCall_ = std::make_unique<AfterCall>(
            std::move(setup),
            AfterCall::Ports{clock_, *store_, *journal_, analyser_, [this] { return isIdle_; },
                             std::make_shared<spdlog::logger>(
                                 "t", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_))},
            io_.get_executor());
    }
    /// The beginning of a sample call is on disk and text.
    void endedCall() {
        if (!afterCall_) make();
        protocol::Call call;
        call.callId = callId_;
        call.extension = Extension{"201"};
        call.state = protocol::CallState::Ended;
        call.stage = protocol::CallStage::Closed;
        call.recording = protocol::Recording::Active;
        call.isAudioComplete = true;
        call.startedAtMs = call.endedAtMs.emplace(toEpochMs(clock_.now()));
        protocol::Utterance final;
        final.callId = callId_;
        final.utteranceId = UtteranceId{"customer-0000000"};
        final.text = "ce qui a été entendu pendant l'appel";
        store_->commit({calls::SaveCall{call, ""}, calls::SaveUtterance{final}},
                       [](const Result<void>& stored) { ASSERT_TRUE(stored); });
        const auto sample = audio::readAudioFile("samples/calls/01-vpn-panne.flac").value();
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t at = 0; at < 12 * 16'000; at += 1'600) {
                protocol::AudioFrame frame;
                frame.channel = side == 0 ? Speaker::Agent : Speaker::Customer;
                frame.sequence = at / 1'600;
                frame.callClockMs = static_cast<std::int64_t>(at) / 16;
                const auto from = sample.channels[side].begin() + static_cast<std::ptrdiff_t>(at);
                frame.samples.assign(from, from + 1'600);
                afterCall_->journal().append(callId_, std::move(frame));
            }
        runUntil([this] { return durable_ == 240; });
        afterCall_->journal().remove(callId_);  // as the hub does when all is text
    }
    void runUntil(const std::function<bool()>& isTrue) {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        while (!isTrue() && std::chrono::steady_clock::now() < deadline) {
            io_.run_one_for(5ms);
            afterCall_->tick();
        }
        ASSERT_TRUE(isTrue()) << log_.str();
    }
    void calm() {
        runUntil([this] { return afterCall_->metrics().find("waiting 1\n") != std::string::npos; });
        afterCall_->tick();
        clock_.advance(11s);
    }
    storage::CallDetail detail() {
        std::optional<storage::CallDetail> detail;
        store_->callDetail(callId_, [&](const Result<storage::CallDetail>& read) { detail = read.value(); });
        runUntil([&] { return detail.has_value(); });
        return *detail;
    }
    std::unique_ptr<journal::FileAudioJournal> openJournal() {
        return std::make_unique<journal::FileAudioJournal>(
            folder_, io_.get_executor(),
            journal::FileAudioJournal::Handlers{
                [this](const CallId&, const protocol::AudioFrame&) { ++durable_; },
                [](const CallId&, const Error&) { FAIL(); }, [](const CallId&, const Error&) { FAIL(); }},
            journal::recoverJournals(folder_).value());
    }
    bool hasAudio() const {
        return std::filesystem::exists(journal::journalFile(folder_, callId_, Speaker::Agent));
    }

    const CallId callId_{"call-1"};
    test::Scratch scratch_;
    const std::filesystem::path folder_ = scratch_.path() / "data" / "journal";
    ManualClock clock_;
    bool isIdle_ = true;
    std::mutex gate_;  // whoever hears waits for it
    std::atomic<int> detectors_{0};
    std::ostringstream log_;
    int durable_ = 0;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_{io_.get_executor()};
    std::unique_ptr<storage::SqliteStore> store_ =
        storage::SqliteStore::open(scratch_.path() / "data", io_.get_executor()).value();
    analysis::BackgroundAnalyser analyser_{io_.get_executor()};
    std::unique_ptr<journal::FileAudioJournal> journal_ = openJournal();
    std::unique_ptr<AfterCall> afterCall_;
};

TEST_F(AfterCallTest, ACallGetsASecondVersionAndThenItsAudioGoes) {
    endedCall();
    EXPECT_TRUE(hasAudio());
    calm();
    runUntil([this] { return !hasAudio(); });
    const storage::CallDetail known = detail();
    ASSERT_EQ(known.versions.size(), 1U);
    EXPECT_EQ(known.versions[0].version, 2);
    EXPECT_EQ(known.versions[0].model, "demo-fr-q8_0");
    EXPECT_GE(known.versions[0].utterances.size(), 2U);
    const auto isOf = [](Speaker channel) {
        return [=](const auto& said) { return said.channel == channel; };
    };
    EXPECT_TRUE(std::ranges::any_of(known.versions[0].utterances, isOf(Speaker::Agent)));
    EXPECT_TRUE(std::ranges::any_of(known.versions[0].utterances, isOf(Speaker::Customer)));
    ASSERT_EQ(known.utterances.size(), 1U);
    EXPECT_EQ(known.utterances[0].text, "ce qui a été entendu pendant l'appel");
    ASSERT_EQ(known.audit.size(), 1U);
    EXPECT_EQ(known.audit[0].action, "transcript.version");
    EXPECT_NE(log_.str().find("call-1: heard again with demo-fr-q8_0"), std::string::npos) << log_.str();
}

TEST_F(AfterCallTest, WhatEndsAnUtteranceIsAsItIsSet) {
    make(250);
    endedCall();
    calm();
    runUntil([this] { return !hasAudio(); });
    EXPECT_GT(detail().versions.at(0).utterances.size(), 2U);  // so many with the default
}

TEST_F(AfterCallTest, AnErasureWhileItIsHeardLeavesNothing) {
    endedCall();
    calm();
    std::unique_lock held{gate_};
    runUntil([this] { return detectors_ > 0; });  // it has begun, and does not end before it may
    store_->commit({calls::DeleteCall{callId_}}, [](const Result<void>&) {});
    afterCall_->journal().erase(callId_);
    EXPECT_NE(afterCall_->metrics().find("waiting 0\n"), std::string::npos) << "it still hears";
    held.unlock();
    runUntil([this] { return !hasAudio(); });
    EXPECT_EQ(log_.str(), "");
    auto database = storage::openDatabase(scratch_.path() / "data").value();
    EXPECT_EQ(database.integer("SELECT count(*) FROM transcript_versions").value(), 0);
}

TEST_F(AfterCallTest, AudioThatWaitsIsNotReadAtTheNextStart) {
    isIdle_ = false;
    endedCall();
    calm();
    runUntil([this] { return journal::recoverJournals(folder_).value().readable.at(callId_).isText; });
    EXPECT_EQ(journal::recoverJournals(folder_).value().readable.at(callId_).next,
              (protocol::ChannelPositions{120, 120}));
}

TEST_F(AfterCallTest, NorAfterThatStart) {
    isIdle_ = false;
    endedCall();
    calm();
    afterCall_.reset();
    journal_.reset();
    const std::string note = test::readBytes(folder_ / "call-1" / "text");
    for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {  // whoever reads it finds no frame
        const auto audio = journal::journalFile(folder_, callId_, channel);
        test::writeBytes(audio, std::string(test::readBytes(audio).size(), 'x'));
    }
    journal_ = openJournal();
    make();
    afterCall_->journal().remove(callId_);  // as the start says
    calm();
    afterCall_.reset();
    journal_.reset();
    EXPECT_EQ(test::readBytes(folder_ / "call-1" / "text"), note);
}

TEST_F(AfterCallTest, AtTheLimitTheAudioGoesThoughTheMachineWasNeverIdle) {
    isIdle_ = false;
    endedCall();
    calm();
    EXPECT_TRUE(hasAudio());
    clock_.advance(12h);
    runUntil([this] { return !hasAudio(); });
    EXPECT_TRUE(detail().versions.empty());
    EXPECT_NE(log_.str().find("within 12 h"), std::string::npos) << log_.str();
}

TEST(DemoModel, IsShownNoNamesLiveAndAfterACall) {
    config::WhisperSettings whisper = config::loadSettings({})->settings.whisper;
    whisper.model = whisper.afterCall.model = "demo";
    auto speech = loadSpeech(whisper);
    ASSERT_TRUE(speech) << speech.error().detail;
    EXPECT_FALSE(speech->takesPrompt);
    auto after = loadDecoder(speech->afterCall.value().file, whisper);
    ASSERT_TRUE(after) << after.error().detail;
    const auto customer = audio::readAudioFile("samples/calls/01-vpn-panne.flac").value().channels.at(1);
    transcription::DecodeRequest request;
    request.samples = std::span{customer}.first(12'300 * 16);
    request.language = "fr";
    for (transcription::SpeechDecoder* decoder : {speech->workers.at(0).finals.get(), after->get()}) {
        request.prompt.clear();
        const auto alone = decoder->decode(request);
        request.prompt = "Claire Fontaine, Cabinet Moreau, Nordconfort, Outlook, FortiClient, Télésanté";
        const auto shown = decoder->decode(request);
        ASSERT_TRUE(alone);
        ASSERT_TRUE(shown);
        EXPECT_FALSE(alone->text.empty());
        EXPECT_EQ(shown->text, alone->text);
    }
}

TEST(AfterCallModel, ThatIsNotThereIsSaidWithHowToGetIt) {
    config::WhisperSettings whisper = config::loadSettings({})->settings.whisper;
    whisper.model = "demo";
    EXPECT_FALSE(loadSpeech(whisper).value().afterCall);
    whisper.afterCall.model = "large-v3-turbo";
    const auto missing = loadSpeech(whisper);
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().detail.find("whisper.afterCall.model: "), std::string::npos);
    EXPECT_NE(missing.error().detail.find("models pull large-v3-turbo"), std::string::npos)
        << missing.error().detail;
    whisper.afterCall.model = "mine.bin";
    EXPECT_EQ(loadSpeech(whisper).error().detail,
              "whisper.afterCall.model: the file mine.bin does not exist");
    whisper.afterCall.model = "large-v4";
    EXPECT_NE(loadSpeech(whisper).error().detail.find("did you mean 'large"), std::string::npos)
        << loadSpeech(whisper).error().detail;
}

}  // namespace
}  // namespace ninja3cx::app
