#include "server/retranscription/retranscription.hpp"

#include "server/analysis/personal_data/personal_data.hpp"
#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace ninja3cx::retranscription {
namespace {

using namespace std::chrono_literals;
using calls::doubles::FakeStore;
using protocol::CallState;

/// Hears "better" and the final text's id in each frame that is spoken. It ends when the test lets it.
class FakeListener final : public Listener {
public:
    explicit FakeListener(const calls::doubles::FakeJournal::Disk& disk) : disk_(disk) {}
    void listen(Hearing hearing, Done done) override {
        ++begun;
        known = hearing.known.size();
        promptWords = hearing.promptWords;
        hearing_ = std::move(hearing);
        done_ = std::move(done);
        isStopped_ = false;
    }
    void stop() override { isStopped_ = true; }
    bool isBusy() const { return done_ != nullptr; }
    bool run() {
        if (!done_ || (isHeld && !isStopped_)) return false;
        Heard heard;
        if (isStopped_) heard.ended = Error{ErrorKind::Cancelled, "stopped"};
        if (!isStopped_ && failures > 0) {
            --failures;
            heard.ended = Error{ErrorKind::Io, "no such model"};
        }
        if (heard.ended || isStopped_) heard.utterances = hearAll();
        if (isStopped_ && heard.utterances.size() > 1) heard.utterances.resize(1);
        std::exchange(done_, nullptr)(std::move(heard));
        return true;
    }

    bool isHeld = false;
    int failures = 0;
    int begun = 0;
    std::size_t known = 0;
    std::vector<std::string> promptWords;
    std::string says = "mieux entendu";
    std::vector<std::string> turns;  // instead, the first the technician's, then by turns

private:
    std::vector<protocol::Utterance> hearAll() const {
        std::vector<protocol::Utterance> all;
        const auto frames = disk_.find(hearing_.callId);
        if (frames == disk_.end()) return all;
        for (const protocol::AudioFrame& frame : frames->second) {
            protocol::Utterance& said = all.emplace_back();
            said.callId = hearing_.callId;
            said.utteranceId = UtteranceId{"customer-" + std::to_string(all.size())};
            said.isFinal = true;
            said.startMs = frame.callClockMs;
            said.text = says;
            if (turns.empty()) continue;
            said.channel = all.size() % 2 == 1 ? protocol::Speaker::Agent : protocol::Speaker::Customer;
            said.text = turns[std::min(all.size(), turns.size()) - 1];
        }
        return all;
    }

    const calls::doubles::FakeJournal::Disk& disk_;
    Hearing hearing_;
    Done done_;
    bool isStopped_ = false;
};

class RetranscriptionTest : public testing::Test {
protected:
    RetranscriptionTest() {
        world_.alsoRuns = [this] {
            if (!asked_.empty()) {
                const auto ask = std::move(asked_.front());
                asked_.pop_front();
                ask();
                return true;
            }
            return listener_->run();
        };
        world_.alsoTicks = [this] { retranscription_->tick(); };
    }
    std::unique_ptr<calls::AudioJournal> make(calls::doubles::World& world) {
        asked_.clear();
        const bool isHeld = listener_ && listener_->isHeld;
        listener_ = std::make_unique<FakeListener>(world.journalDisk);
        listener_->isHeld = isHeld;
        RetranscriptionOptions options;
        options.model = "large-v3-turbo";
        auto made = std::make_unique<Retranscription>(
            options,
            Retranscription::Ports{world.clock, *world.store, *world.journal, *listener_,
                                   [&](const CallId& callId, auto answer) {
                                       asked_.push_back([&, callId, answer] {
                                           answer(Retranscription::Facts{world.disk.hearing(callId)});
                                       });
                                   },
                                   *world.analyser,
                                   [](const protocol::AnalysisInput& call) {
                                       return analysis::findPersonalData(analysis::readConversation(call));
                                   },
                                   [](const Extension&) {
                                       return calls::CallLanguage{"fr", "fr"};
                                   },
                                   [&] { return world.hub->status().liveCalls == 0; },
                                   [this](const std::string& line) { told_ += line + "\n"; },
                                   [this](const std::string& line) { complained_ += line + "\n"; }});
        retranscription_ = made.get();
        return made;
    }
    void kill() {
        world_.restart();
        told_.clear();
    }
    bool hasAudio(const CallId& callId) const { return world_.journalDisk.contains(callId); }
    std::vector<calls::TranscriptVersion> versions(const CallId& callId) const {
        const auto found = world_.disk.versions.find(callId);
        return found == world_.disk.versions.end() ? std::vector<calls::TranscriptVersion>{} : found->second;
    }
    /// A call that is text and whose journal is being heard again.
    CallId heardCall() {
        listener_->isHeld = true;
        const CallId callId = world_.wholeCall();
        world_.pass(11s);
        EXPECT_TRUE(listener_->isBusy());
        return callId;
    }

    std::deque<std::function<void()>> asked_;
    std::unique_ptr<FakeListener> listener_;
    Retranscription* retranscription_ = nullptr;
    std::string told_;
    std::string complained_;
    calls::doubles::World world_{{}, [this](calls::doubles::World& world) { return make(world); }};
};

TEST(WithoutRetranscription, AudioGoesAsSoonAsItIsText) {
    calls::doubles::World world;
    const CallId callId = world.wholeCall();
    EXPECT_FALSE(world.journalDisk.contains(callId));
    EXPECT_TRUE(world.disk.versions.empty());
}

TEST_F(RetranscriptionTest, AudioIsKeptUntilTheNewVersionIsStored) {
    listener_->isHeld = true;
    const CallId callId = world_.wholeCall();
    const auto finals = world_.texts();
    EXPECT_EQ(finals.size(), 6U);
    EXPECT_TRUE(hasAudio(callId));
    EXPECT_EQ(listener_->begun, 0);  // the machine was busy a moment ago
    world_.pass(11s);
    EXPECT_EQ(listener_->begun, 1);
    EXPECT_TRUE(hasAudio(callId));
    EXPECT_TRUE(versions(callId).empty());
    listener_->isHeld = false;
    world_.settle();
    EXPECT_FALSE(hasAudio(callId));
    ASSERT_EQ(versions(callId).size(), 1U);
    EXPECT_EQ(versions(callId)[0].version, 2);
    EXPECT_EQ(versions(callId)[0].model, "large-v3-turbo");
    EXPECT_EQ(versions(callId)[0].utterances.size(), 6U);
    EXPECT_EQ(world_.texts(), finals);
    EXPECT_EQ(world_.disk.utteranceRewrites, 0);
    EXPECT_TRUE(world_.wasAudited("server", "transcript.version"));
    EXPECT_NE(told_.find("heard again with large-v3-turbo"), std::string::npos);
    EXPECT_EQ(retranscription_->waiting(), 0U);
}

TEST_F(RetranscriptionTest, WhatIsHeardAgainIsMaskedToo) {
    listener_->says = "ma carte est 4970 1012 3456 7890";
    const CallId callId = world_.wholeCall();
    world_.pass(11s);
    ASSERT_EQ(versions(callId).size(), 1U);
    EXPECT_EQ(versions(callId)[0].utterances.front().text, "ma carte est [card]");
}

TEST_F(RetranscriptionTest, WhatOnlyTheWholeCallGivesAwayIsMaskedToo) {
    const std::vector<std::string> calls[] = {
        {"le mot de passe du wifi", "oui", "alors c'est lavande 42", "merci", "au revoir", "au revoir"},
        {"your wifi password then", "yes", "so it's lavender 42", "thanks", "bye", "bye"}};
    const std::string masked[] = {"alors c'est [password]", "so it's [password]"};
    for (std::size_t i = 0; i < std::size(calls); ++i) {
        listener_->turns = calls[i];
        const CallId callId = world_.wholeCall(6, "3cx/201/" + std::to_string(i));
        world_.pass(11s);
        ASSERT_EQ(versions(callId).size(), 1U);
        const auto said = versions(callId)[0].utterances;
        ASSERT_GE(said.size(), calls[i].size());
        EXPECT_EQ(said[2].text, masked[i]);
        EXPECT_EQ(said[3].text, calls[i][3]);
    }
}

TEST_F(RetranscriptionTest, ACallIsHeardAgainWithTheNamesOfThoseWhomItIsWith) {
    (void)heardCall();
    EXPECT_EQ(listener_->promptWords, (std::vector<std::string>{"Claire Martin", "Exemple SARL"}));
}

TEST_F(RetranscriptionTest, AudioThatIsNotTextYetIsNotTouched) {
    world_.phone(CallState::Connected);
    const CallId callId = world_.callId();
    world_.sendAudio(*world_.hub->startAudio(calls::doubles::kExtension, callId), 3);
    world_.phone(CallState::Ended);  // and the agent program is gone before its last frames came
    world_.pass(13h);
    EXPECT_TRUE(hasAudio(callId));
    EXPECT_EQ(listener_->begun, 0);
}

TEST_F(RetranscriptionTest, ACallThatBeginsInterruptsAndWhatWasHeardIsNotHeardTwice) {
    const CallId callId = heardCall();
    world_.phone(CallState::Ringing, "3cx/201/2");
    world_.pass(100ms);
    EXPECT_FALSE(listener_->isBusy());
    world_.pass(60s);
    EXPECT_EQ(listener_->begun, 1);
    EXPECT_TRUE(hasAudio(callId));
    world_.phone(CallState::Missed, "3cx/201/2");
    listener_->isHeld = false;
    world_.pass(11s);
    EXPECT_EQ(listener_->begun, 2);
    EXPECT_EQ(listener_->known, 1U);
    EXPECT_EQ(versions(callId).size(), 1U);
    EXPECT_FALSE(hasAudio(callId));
}

TEST_F(RetranscriptionTest, KilledWhileACallWaitsItIsHeardAfterTheRestart) {
    const CallId callId = world_.wholeCall();
    const auto finals = world_.texts();
    ASSERT_TRUE(hasAudio(callId));
    kill();
    EXPECT_TRUE(hasAudio(callId));
    world_.pass(11s);
    EXPECT_EQ(versions(callId).size(), 1U);
    EXPECT_FALSE(hasAudio(callId));
    EXPECT_EQ(world_.texts(), finals);
    EXPECT_EQ(world_.disk.utteranceRewrites, 0);
}

TEST_F(RetranscriptionTest, KilledWhileACallIsHeardItStartsOver) {
    const CallId callId = heardCall();
    kill();
    listener_->isHeld = false;
    world_.pass(11s);
    EXPECT_EQ(versions(callId).size(), 1U);
    EXPECT_FALSE(hasAudio(callId));
    EXPECT_EQ(world_.disk.utteranceRewrites, 0);
}

/// The process dies at each commit in turn, once before and once after it is on disk.
TEST_F(RetranscriptionTest, KilledAtAnyCommitTheCallHasOneVersionAndNoAudioInTheEnd) {
    for (const auto death : {FakeStore::Death::BeforeStoring, FakeStore::Death::AfterStoring}) {
        for (int commits = 0; commits < 6; ++commits) {
            const std::string key = "3cx/201/k" + std::to_string(commits) +
                                    (death == FakeStore::Death::AfterStoring ? "after" : "before");
            world_.phone(CallState::Connected, key);
            const CallId callId = world_.callId();
            world_.sendAudio(*world_.hub->startAudio(calls::doubles::kExtension, callId), 3);
            world_.pass(300ms);
            world_.phone(CallState::Ended, key);
            (void)world_.hub->endAudio(calls::doubles::kExtension, {callId, {3, 3}});
            world_.settle();
            world_.store->crashAfter(commits, death);
            world_.pass(20s);
            kill();
            world_.pass(20s);
            EXPECT_EQ(versions(callId).size(), 1U) << key;
            EXPECT_FALSE(hasAudio(callId)) << key;
        }
    }
    EXPECT_EQ(world_.disk.utteranceRewrites, 0);
}

TEST_F(RetranscriptionTest, AVersionThatWasStoredBeforeTheKillIsNotMadeAgain) {
    const CallId callId = world_.wholeCall();
    const auto audio = world_.journalDisk.at(callId);
    world_.pass(11s);
    ASSERT_FALSE(hasAudio(callId));
    world_.journalDisk[callId] = audio;  // the kill came before the deletion
    kill();
    EXPECT_FALSE(hasAudio(callId));
    world_.pass(11s);
    EXPECT_EQ(listener_->begun, 0);
    EXPECT_EQ(versions(callId).size(), 1U);
}

TEST_F(RetranscriptionTest, AModelThatBringsTheServerDownIsNotTriedForEver) {
    const CallId callId = heardCall();
    for (int crashes = 1; crashes < 3; ++crashes) {
        kill();
        EXPECT_TRUE(hasAudio(callId)) << crashes;
        world_.pass(11s);
        EXPECT_TRUE(listener_->isBusy());
    }
    kill();
    EXPECT_FALSE(hasAudio(callId));
    EXPECT_NE(complained_.find("ended 3 times"), std::string::npos) << complained_;
    EXPECT_FALSE(world_.texts().empty());
}

TEST_F(RetranscriptionTest, AnOrderlyStopIsNoCrash) {
    const CallId callId = heardCall();
    EXPECT_EQ(world_.disk.hearings.at(callId), 1);
    retranscription_->stop();
    world_.settle();
    EXPECT_EQ(world_.disk.hearings.at(callId), 0);
    world_.pass(20s);
    EXPECT_EQ(listener_->begun, 1);
}

TEST_F(RetranscriptionTest, WhenTheMachineNeverRestsTheAudioGoesAfterTheLimit) {
    const CallId callId = world_.wholeCall();
    world_.phone(CallState::Connected, "3cx/201/2");
    world_.clock.advance(11h);
    world_.pass(1s);
    EXPECT_TRUE(hasAudio(callId));
    world_.clock.advance(1h);
    world_.pass(1s);
    EXPECT_FALSE(hasAudio(callId));
    EXPECT_EQ(listener_->begun, 0);
    EXPECT_NE(complained_.find("within 12 h"), std::string::npos) << complained_;
}

TEST_F(RetranscriptionTest, TheLimitCountsFromTheEndOfTheCallThroughRestarts) {
    const CallId callId = world_.wholeCall();
    world_.clock.advance(12h);
    kill();
    world_.pass(200ms);
    EXPECT_FALSE(hasAudio(callId));
    EXPECT_TRUE(versions(callId).empty());
}

TEST_F(RetranscriptionTest, AFailureIsTriedOnceMoreThenTheAudioGoes) {
    listener_->failures = 2;
    const CallId callId = world_.wholeCall();
    world_.pass(11s);
    EXPECT_EQ(listener_->begun, 1);
    EXPECT_TRUE(hasAudio(callId));
    world_.pass(61s);
    EXPECT_EQ(listener_->begun, 2);
    EXPECT_FALSE(hasAudio(callId));
    EXPECT_TRUE(versions(callId).empty());
    EXPECT_NE(complained_.find("no such model"), std::string::npos) << complained_;
}

TEST_F(RetranscriptionTest, AFullDiskDelaysTheVersionAndLosesNothing) {
    const CallId callId = heardCall();
    world_.store->failures = 1;
    listener_->isHeld = false;
    world_.settle();
    EXPECT_TRUE(hasAudio(callId));
    EXPECT_TRUE(versions(callId).empty());
    world_.pass(70s);
    EXPECT_EQ(listener_->known, 6U);
    EXPECT_EQ(versions(callId).size(), 1U);
    EXPECT_FALSE(hasAudio(callId));
}

TEST_F(RetranscriptionTest, AnErasureBeatsWhatWaits) {
    const CallId callId = world_.wholeCall();
    world_.disk.calls.erase(callId);
    world_.between->erase(callId);
    EXPECT_FALSE(hasAudio(callId));
    EXPECT_EQ(retranscription_->waiting(), 0U);
    world_.pass(20s);
    EXPECT_EQ(listener_->begun, 0);
}

TEST_F(RetranscriptionTest, AnErasureBeatsWhatIsBeingHeard) {
    const CallId callId = heardCall();
    world_.disk.calls.erase(callId);
    world_.between->erase(callId);
    EXPECT_FALSE(hasAudio(callId));
    world_.pass(20s);
    EXPECT_FALSE(listener_->isBusy());
    EXPECT_TRUE(versions(callId).empty());
    EXPECT_TRUE(told_.empty()) << told_;
}

TEST_F(RetranscriptionTest, AudioThatComesStopsItUntilThatIsTextToo) {
    const CallId callId = heardCall();
    protocol::AudioFrame late;
    late.callClockMs = 300;
    world_.between->append(callId, late);
    world_.pass(1s);
    EXPECT_FALSE(listener_->isBusy());
    EXPECT_EQ(world_.disk.hearings.at(callId), 0);
    EXPECT_EQ(world_.journalDisk.at(callId).size(), 7U);
    listener_->isHeld = false;
    world_.between->remove(callId);
    world_.pass(11s);
    ASSERT_EQ(versions(callId).size(), 1U);
    EXPECT_EQ(versions(callId)[0].utterances.size(), 7U);
    EXPECT_FALSE(hasAudio(callId));
}

TEST_F(RetranscriptionTest, ACallThatMayNotBeRecordedIsNotHeardAgain) {
    const CallId callId = world_.wholeCall();
    ASSERT_TRUE(hasAudio(callId));
    world_.disk.calls.at(callId).recording = protocol::Recording::Blocked;
    kill();
    EXPECT_FALSE(hasAudio(callId));
    world_.pass(20s);
    EXPECT_EQ(listener_->begun, 0);
    EXPECT_TRUE(versions(callId).empty());
}

}  // namespace
}  // namespace ninja3cx::retranscription
