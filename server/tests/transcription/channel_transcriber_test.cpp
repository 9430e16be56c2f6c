#include "server/transcription/channel_transcriber.hpp"

#include "server/tests/transcription/loud_is_speech.hpp"
#include "server/transcription/deadline_queue.hpp"
#include "shared/audio/pcm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <new>
#include <random>
#include <string>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;
using protocol::Speaker;
using testing::ElementsAre;
using testing::IsEmpty;

/// What a decoder would say: a word for each half second of speech, named after the place where it was spoken.
Decoded wordsOf(const DecodeTask& task) {
    Decoded decoded;
    decoded.language = task.language;
    for (std::int64_t at = 0; at < static_cast<std::int64_t>(task.samples.size()); at += 8'000) {
        const auto half = std::span{task.samples}.subspan(static_cast<std::size_t>(at));
        const auto voiced =
            std::count_if(half.begin(), half.begin() + std::min<std::int64_t>(8'000, std::ssize(half)),
                          [](std::int16_t sample) { return sample != 0; });
        if (voiced < 1'600) continue;
        const auto place = (task.start + at) / 8'000;
        decoded.tokens.push_back({static_cast<int>(place), " w" + std::to_string(place)});
    }
    if (decoded.tokens.empty()) decoded.tokens.push_back({0, " ah"});
    for (std::size_t i = 0; i < std::min(task.prefix.size(), decoded.tokens.size()); ++i)
        decoded.tokens[i] = task.prefix[i];
    decoded.text = textOf(decoded.tokens);
    return decoded;
}

class Recorder final : public ChannelPorts {
public:
    void decode(std::uint64_t id, const std::shared_ptr<DecodeTask>& task) override {
        if (throws > 0 && throws-- > 0) throw std::bad_alloc{};
        tasks.push_back({id, task});
    }
    void cancel(const std::shared_ptr<DecodeTask>& task) override {
        ++cancelled;
        std::erase_if(tasks, [&](const auto& one) { return one.second == task; });
    }
    void say(protocol::Utterance utterance) override {
        tell();
        said.push_back(std::move(utterance));
    }
    void fail(const UtteranceId& id, const Error&) override {
        tell();
        failed.push_back(id.value());
    }
    void drained() override {
        tell();
        ++drains;
    }
    void tell() {
        if (mute > 0 && mute-- > 0) throw std::bad_alloc{};
    }

    std::vector<std::string> texts() const {
        std::vector<std::string> all;
        for (const auto& one : said)
            all.push_back(one.utteranceId.value() + (one.isFinal ? ": " : "~ ") + one.text);
        return all;
    }

    std::vector<std::pair<std::uint64_t, std::shared_ptr<DecodeTask>>> tasks;
    std::vector<protocol::Utterance> said;
    std::vector<std::string> failed;
    int cancelled = 0;
    int drains = 0;
    int throws = 0;  // the next so many tasks find no memory
    int mute = 0;    // … and what is told
};

class Channel : public testing::Test {
protected:
    /// `speech`: whether somebody speaks; 100 ms at a time, as an agent sends it.
    void hear(std::chrono::milliseconds length, bool speech) {
        for (auto at = 0ms; at < length; at += 100ms) {
            const std::vector<std::int16_t> samples(1'600, speech ? 1'000 : 0);
            stream_.feed(clockMs_, samples, Arrival{now_ + 100ms, now_ + 100ms}, now_ + 100ms);
            clockMs_ += 100;
            now_ += 100ms;
        }
    }
    /// The oldest task comes back.
    void decodeOne() {
        ASSERT_FALSE(ports_.tasks.empty());
        const auto [id, task] = ports_.tasks.front();
        ports_.tasks.erase(ports_.tasks.begin());
        stream_.decoded(id, wordsOf(*task), now_);
    }
    /// All that `stream` asked for.
    void decodeAll(ChannelTranscriber& stream) {
        while (!ports_.tasks.empty()) {
            const auto [id, task] = ports_.tasks.front();
            ports_.tasks.erase(ports_.tasks.begin());
            stream.decoded(id, wordsOf(*task), now_);
        }
    }
    std::vector<DecodeKind> kinds() const {
        std::vector<DecodeKind> all;
        for (const auto& [id, task] : ports_.tasks) all.push_back(task->kind);
        return all;
    }

    Recorder ports_;
    ChannelTranscriber stream_{{CallId{"call-1"}, Speaker::Agent, "fr"}, loudIsSpeech, {}, ports_};
    std::int64_t clockMs_ = 0;
    SteadyTime now_{1'000ms};
};

TEST_F(Channel, ShowsPartialTextAndReplacesItByTheFinalOne) {
    hear(1'000ms, true);
    EXPECT_THAT(kinds(), ElementsAre(DecodeKind::Partial));
    decodeOne();
    hear(300ms, false);
    EXPECT_THAT(kinds(), ElementsAre(DecodeKind::Speculative));
    hear(300ms, false);
    decodeOne();
    EXPECT_THAT(ports_.texts(), ElementsAre("agent-0000000~ w0 w1", "agent-0000000: w0 w1"));
    EXPECT_EQ(ports_.said[0].revision, 1);
    EXPECT_TRUE(ports_.said[0].isProvisional);
    EXPECT_EQ(ports_.said[1].revision, 2);
    EXPECT_FALSE(ports_.said[1].isProvisional);
    EXPECT_EQ(ports_.said[1].stableBytes, 5);
}

TEST_F(Channel, HasTheFinalTextAtOnceWhereTheSpeculationIsDone) {
    hear(1'000ms, true);
    decodeOne();
    hear(300ms, false);
    decodeOne();
    EXPECT_FALSE(ports_.said.back().isFinal);
    hear(300ms, false);
    EXPECT_TRUE(ports_.said.back().isFinal);
    EXPECT_THAT(ports_.tasks, IsEmpty()) << "decoded once";
}

TEST_F(Channel, AsksForAFinalTextWithinASecondOfTheEndOfSpeech) {
    hear(1'000ms, true);
    const auto partial = ports_.tasks.front().second;
    EXPECT_EQ(partial->deadline, SteadyTime{1'000ms + 800ms + 850ms}) << "the step, after its last sound";
    hear(300ms, false);
    ASSERT_EQ(kinds().back(), DecodeKind::Speculative);
    EXPECT_EQ(ports_.tasks.back().second->deadline, SteadyTime{1'000ms + 1'100ms + 1'000ms})
        << "within the piece of sound in which the last window with voice came";
}

TEST_F(Channel, TakesSoundThatANetworkHeldUpForNoLoad) {
    for (int i = 0; i < 12; ++i, clockMs_ += 100)
        stream_.feed(clockMs_, std::vector<std::int16_t>(1'600, i < 5 ? 1'000 : 0),
                     Arrival{SteadyTime{0ms}, SteadyTime{20s}}, SteadyTime{20s});
    ASSERT_EQ(ports_.tasks.size(), 1U);
    EXPECT_EQ(ports_.tasks[0].second->deadline, SteadyTime{20s + 1'000ms});
    EXPECT_EQ(stream_.waitingSince(), SteadyTime{0ms}) << "late for its reader all the same";
}

struct LateSound {
    std::chrono::milliseconds away;  // before it came …
    std::chrono::milliseconds here;  // … and after
    SteadyTime deadline;
    std::int64_t lagMs;
};

TEST_F(Channel, CountsTheWaitOfSoundBeforeItCameHereInTheLagAlone) {
    for (const LateSound& row : {LateSound{0ms, 0ms, SteadyTime{1'500ms + 1'000ms}, 700},
                                 LateSound{800ms, 0ms, SteadyTime{1'500ms + 1'000ms}, 700 + 800},
                                 LateSound{0ms, 300ms, SteadyTime{1'500ms - 300ms + 1'000ms}, 700 + 300},
                                 LateSound{9s, 800ms, SteadyTime{1'500ms - 800ms + 1'000ms}, 700 + 9'800}}) {
        SCOPED_TRACE(row.lagMs);
        Recorder ports;
        ChannelTranscriber stream{{CallId{"call-1"}, Speaker::Agent, "fr"}, loudIsSpeech, {}, ports};
        SteadyTime now{1'000ms};
        for (std::int64_t piece = 0; piece < 12; ++piece, now += 100ms)
            stream.feed(piece * 100, std::vector<std::int16_t>(1'600, piece < 5 ? 1'000 : 0),
                        Arrival{now - row.here - row.away, now - row.here}, now);
        ASSERT_EQ(ports.tasks.size(), 1U);
        EXPECT_EQ(ports.tasks[0].second->deadline, row.deadline)
            << "the last window with voice ends in the sixth piece";
        stream.decoded(ports.tasks[0].first, wordsOf(*ports.tasks[0].second), now);
        EXPECT_EQ(ports.said.back().lagMs, row.lagMs);
    }
}

TEST_F(Channel, CountsWhatWasCutFromTheSoundThatDecidedTheCut) {
    const SteadyTime decided{1'000ms + 11'900ms};  // the last piece of 12 s
    for (const LateSound& row :
         {LateSound{0ms, 0ms, decided + 1'000ms, 400}, LateSound{800ms, 0ms, decided + 1'000ms, 1'200},
          LateSound{0ms, 300ms, decided + 700ms, 700}}) {
        SCOPED_TRACE(row.lagMs);
        Recorder ports;
        ChannelTranscriber stream{{CallId{"call-1"}, Speaker::Agent, "fr"}, loudIsSpeech, {}, ports};
        SteadyTime now{1'000ms};
        const auto isAsked = [&] {
            return !ports.tasks.empty() && ports.tasks.front().second->kind == DecodeKind::Final;
        };
        for (std::int64_t piece = 0; !isAsked() && piece < 200; ++piece, now += 100ms)
            stream.feed(piece * 100, std::vector<std::int16_t>(1'600, 1'000),
                        Arrival{now - row.here - row.away, now - row.here}, now);
        ASSERT_TRUE(isAsked());
        now -= 100ms;
        ASSERT_EQ(now, decided);
        const auto [id, task] = ports.tasks.front();
        EXPECT_LT(task->samples.size(), 9'000U * 16) << "cut in its last third, seconds back";
        EXPECT_EQ(task->deadline, row.deadline);
        EXPECT_EQ(stream.waitingSince(), decided - row.here - row.away);
        stream.decoded(id, wordsOf(*task), now + 400ms);
        const auto said = std::ranges::find_if(ports.said, &protocol::Utterance::isFinal);
        ASSERT_NE(said, ports.said.end());
        EXPECT_EQ(said->lagMs, row.lagMs);
    }
}

TEST_F(Channel, CountsTheTextThatIsKeptOfACutFromTheSoundThatItTells) {
    bool hasFinal = false;
    while (!hasFinal && clockMs_ < 20'000) {
        hear(100ms, true);
        hasFinal = std::ranges::count(kinds(), DecodeKind::Final) > 0;
        if (!hasFinal && !ports_.tasks.empty()) decodeOne();
    }
    ASSERT_TRUE(hasFinal);
    const std::int64_t shownEndMs = ports_.said.back().endMs;
    const auto task = ports_.tasks.front();
    stream_.decoded(task.first, wordsOf(*task.second), now_);
    ASSERT_GE(ports_.said.size(), 2U);
    EXPECT_TRUE(ports_.said.back().isFinal);
    const protocol::Utterance& kept = ports_.said[ports_.said.size() - 2];
    EXPECT_FALSE(kept.isFinal) << "before the shorter text";
    EXPECT_EQ(kept.startMs, ports_.said.back().endMs);
    EXPECT_EQ(kept.endMs, shownEndMs);
    EXPECT_LE(kept.lagMs, 2'000) << "the step between two partials";
}

TEST_F(Channel, KeepsTheOrderOfSpeechWhateverIsDoneFirst) {
    for (int i = 0; i < 3; ++i) {
        hear(500ms, true);
        hear(700ms, false);
    }
    ASSERT_EQ(ports_.tasks.size(), 3U);
    std::reverse(ports_.tasks.begin(), ports_.tasks.end());
    decodeOne();
    decodeOne();
    EXPECT_THAT(ports_.said, IsEmpty());
    EXPECT_EQ(stream_.waitingSince(), SteadyTime{1'600ms});
    decodeOne();
    EXPECT_EQ(ports_.said.size(), 3U);
    EXPECT_TRUE(std::is_sorted(ports_.said.begin(), ports_.said.end(),
                               [](const auto& a, const auto& b) { return a.startMs < b.startMs; }));
    EXPECT_EQ(stream_.waitingSince(), std::nullopt);
}

TEST_F(Channel, DrainsOnceWhenTheLastTextIsSaid) {
    hear(500ms, true);
    stream_.finish(now_);
    EXPECT_EQ(ports_.drains, 0);
    decodeOne();
    EXPECT_EQ(ports_.drains, 1);
    EXPECT_TRUE(ports_.said.back().isFinal);
}

TEST_F(Channel, WithdrawsAPartialTextWhereNothingWasSaidAfterAll) {
    hear(1'000ms, true);
    decodeOne();
    hear(700ms, false);
    ASSERT_EQ(ports_.tasks.size(), 1U);
    stream_.decoded(ports_.tasks[0].first, Decoded{}, now_);
    EXPECT_THAT(ports_.texts(), ElementsAre("agent-0000000~ w0 w1", "agent-0000000: "));
}

TEST_F(Channel, SaysNothingOfASoundWithoutWords) {
    hear(500ms, true);
    hear(700ms, false);
    stream_.decoded(ports_.tasks[0].first, Decoded{}, now_);
    EXPECT_THAT(ports_.said, IsEmpty());
}

TEST_F(Channel, ShowsTheHoleOfAnUtteranceThatCannotBeDecoded) {
    hear(500ms, true);
    hear(700ms, false);
    stream_.decoded(ports_.tasks[0].first, Error{ErrorKind::Io, "broken"}, now_);
    EXPECT_THAT(ports_.failed, ElementsAre("agent-0000000"));
    EXPECT_THAT(ports_.texts(), ElementsAre("agent-0000000: [inaudible]"));
}

TEST_F(Channel, ForgetsEverythingWhenItIsAbandoned) {
    hear(500ms, true);
    hear(700ms, false);
    stream_.abandon();
    EXPECT_EQ(ports_.cancelled, 1);
}

TEST_F(Channel, KnowsWhatWasFinalBeforeARestartEvenIfItIsCutOtherwise) {
    calls::Transcriber::Stream again{CallId{"call-1"}, Speaker::Agent, "fr"};
    again.finalUntilMs = 2'000;
    ChannelTranscriber stream{again, loudIsSpeech, {}, ports_};
    const auto speak = [&](std::int64_t untilMs, std::int16_t value) {
        for (; clockMs_ < untilMs; clockMs_ += 100)
            stream.feed(clockMs_, std::vector<std::int16_t>(1'600, value), Arrival{now_, now_}, now_);
    };
    speak(1'800, 1'000);  // live it began at 200 ms
    speak(2'600, 0);
    EXPECT_THAT(ports_.tasks, IsEmpty());
    speak(3'000, 1'000);
    speak(4'000, 0);
    ASSERT_EQ(ports_.tasks.size(), 1U);
    EXPECT_EQ(ports_.tasks[0].second->start, 2'424 * 16) << "whole windows, 200 ms before the speech";
}

TEST_F(Channel, TakesAShortWordAtTheBeginningOfACallForNew) {
    hear(200ms, true);
    stream_.finish(now_);
    ASSERT_EQ(ports_.tasks.size(), 1U);
    decodeOne();
    EXPECT_THAT(ports_.texts(), ElementsAre("agent-0000000: w0"));
}

TEST_F(Channel, DecodesTheRestOfWhatWasFinalInPart) {
    calls::Transcriber::Stream again{CallId{"call-1"}, Speaker::Agent, "fr"};
    again.finalUntilMs = 1'000;
    TranscriberOptions options;
    options.policy.hasPartials = false;
    ChannelTranscriber stream{again, loudIsSpeech, options, ports_};
    for (; clockMs_ < 4'000; clockMs_ += 100)
        stream.feed(clockMs_, std::vector<std::int16_t>(1'600, clockMs_ < 2'500 ? 1'000 : 0),
                    Arrival{now_, now_}, now_);
    ASSERT_EQ(ports_.tasks.size(), 1U);
    EXPECT_EQ(ports_.tasks[0].second->start, 1'000 * 16);
    EXPECT_GT(ports_.tasks[0].second->samples.size(), 1'500U * 16);
    EXPECT_LT(ports_.tasks[0].second->samples.size(), 1'800U * 16);
}

TEST_F(Channel, DecodesWhatALongerEndSilenceJoinsToAFinalText) {
    calls::Transcriber::Stream again{CallId{"call-1"}, Speaker::Agent, "fr"};
    again.finalUntilMs = 1'200;  // cut with 500 ms
    TranscriberOptions options;
    options.policy.hasPartials = false;
    options.segmenter.endSilence = 1'000ms;
    ChannelTranscriber stream{again, loudIsSpeech, options, ports_};
    for (; clockMs_ < 5'000; clockMs_ += 100) {
        const bool isSpeech = clockMs_ < 1'000 || (clockMs_ >= 1'700 && clockMs_ < 2'500);
        stream.feed(clockMs_, std::vector<std::int16_t>(1'600, isSpeech ? 1'000 : 0), Arrival{now_, now_},
                    now_);
    }
    ASSERT_EQ(ports_.tasks.size(), 1U);
    EXPECT_EQ(ports_.tasks[0].second->start, 1'200 * 16);
    EXPECT_GT(ports_.tasks[0].second->samples.size(), 1'300U * 16);
}

TEST_F(Channel, ASpeculationThatFailedIsDecodedAgain) {
    hear(500ms, true);
    hear(300ms, false);
    ASSERT_EQ(kinds(), std::vector{DecodeKind::Speculative});
    const auto id = ports_.tasks[0].first;
    ports_.tasks.clear();
    stream_.decoded(id, Error{ErrorKind::Io, "broken"}, now_);
    hear(400ms, false);
    ASSERT_FALSE(ports_.tasks.empty());
    decodeOne();
    EXPECT_THAT(ports_.texts(), ElementsAre("agent-0000000: w0"));
}

class FailingChannel : public Channel {
protected:
    void hearValue(std::chrono::milliseconds length, std::int16_t value) {
        hearValue(stream_, length, value);
    }
    void hearValue(ChannelTranscriber& stream, std::chrono::milliseconds length, std::int16_t value) {
        for (auto at = 0ms; at < length; at += 100ms, clockMs_ += 100, now_ += 100ms)
            stream.feed(clockMs_, std::vector<std::int16_t>(1'600, value), Arrival{now_, now_}, now_);
    }
    std::vector<std::string> finals() const {
        std::vector<std::string> all;
        for (const auto& one : ports_.said)
            if (one.isFinal)
                all.push_back(std::to_string(one.startMs) + "-" + std::to_string(one.endMs) + " " + one.text);
        return all;
    }
};

TEST_F(FailingChannel, ShowsTheHoleOfSoundThatTheDetectorFailedOnAndGoesOn) {
    hear(1'000ms, true);
    decodeAll(stream_);
    ASSERT_FALSE(ports_.said.empty()) << "a partial";
    hearValue(300ms, kUnbearable);
    EXPECT_THAT(ports_.failed, ElementsAre("agent-0000000")) << "at once, and once";
    hear(1'000ms, true);
    hear(700ms, false);
    decodeAll(stream_);
    stream_.finish(now_);
    EXPECT_THAT(finals(), ElementsAre("0-1300 [inaudible]", "1300-2504 w2 w3"));
    EXPECT_THAT(ports_.failed, ElementsAre("agent-0000000"));
    EXPECT_EQ(ports_.drains, 1);
    for (std::size_t i = 1; i < ports_.said.size(); ++i)
        if (ports_.said[i].utteranceId == ports_.said[i - 1].utteranceId) {
            EXPECT_GT(ports_.said[i].revision, ports_.said[i - 1].revision);
        }
}

TEST_F(FailingChannel, KeepsWhatWasSaidBeforeAndDrainsWhereTheDetectorNeverComesBack) {
    hear(500ms, true);
    hear(700ms, false);
    hearValue(2'000ms, kUnbearable);
    stream_.finish(now_);
    EXPECT_EQ(ports_.drains, 0) << "a text is still to come";
    decodeAll(stream_);
    EXPECT_THAT(finals(), ElementsAre("0-712 w0", "1200-3200 [inaudible]"));
    EXPECT_THAT(ports_.failed, ElementsAre("agent-0001200"));
    EXPECT_EQ(ports_.drains, 1);
}

TEST_F(FailingChannel, DrainsWhereTheLastWindowFails) {
    hear(500ms, true);
    const std::vector<std::int16_t> little(100, kUnbearable);  // less than a window with what is there
    stream_.feed(clockMs_, little, Arrival{now_, now_}, now_);
    EXPECT_THAT(ports_.failed, IsEmpty());
    stream_.finish(now_);
    EXPECT_THAT(finals(), ElementsAre("0-506 [inaudible]"));
    EXPECT_EQ(ports_.drains, 1);
}

TEST_F(FailingChannel, TriesToGetADetectorUntilThereIsOne) {
    int asked = 0;
    const auto make = [&]() -> std::unique_ptr<VoiceDetector> {
        if (++asked == 1) throw std::bad_alloc{};
        if (asked == 2) return nullptr;
        return loudIsSpeech();
    };
    ChannelTranscriber stream{{CallId{"call-1"}, Speaker::Agent, "fr"}, make, {}, ports_};
    for (; clockMs_ < 2'000; clockMs_ += 100)
        stream.feed(clockMs_, std::vector<std::int16_t>(1'600, clockMs_ < 1'000 ? 1'000 : 0),
                    Arrival{now_, now_}, now_);
    decodeAll(stream);
    stream.finish(now_);
    EXPECT_THAT(finals(), ElementsAre("0-200 [inaudible]", "200-1224 w0 w1"));
    EXPECT_THAT(ports_.failed, ElementsAre("agent-0000000"));
    EXPECT_EQ(ports_.drains, 1);
}

TEST_F(FailingChannel, ShowsTheHoleOfAnUtteranceThatCouldNotBeAskedFor) {
    hear(500ms, true);
    ports_.throws = 100;  // speculations, and the final
    hear(700ms, false);
    ports_.throws = 0;
    stream_.finish(now_);
    EXPECT_THAT(finals(), ElementsAre("0-712 [inaudible]"));
    EXPECT_THAT(ports_.failed, ElementsAre("agent-0000000"));
    EXPECT_EQ(ports_.drains, 1);
}

TEST_F(FailingChannel, LosesWhatCouldNotBeBroughtToItAndNothingElse) {
    struct Row {
        std::chrono::milliseconds silence;  // between what is said and what is lost
        const char* before;
        const char* lost;
        const char* after;
    };
    for (const Row& row : {Row{0ms, "0-800 w0 w1", "800-1800 [inaudible]", "1800-2824 w3 w4"},
                           Row{800ms, "0-1000 w0 w1", "1600-2600 [inaudible]", "2600-3624 w5 w6"}}) {
        SCOPED_TRACE(row.lost);
        ports_.said.clear();
        ports_.failed.clear();
        clockMs_ = 0;
        ChannelTranscriber stream{{CallId{"call-1"}, Speaker::Agent, "fr"}, loudIsSpeech, {}, ports_};
        hearValue(stream, 800ms, 1'000);
        hearValue(stream, row.silence, 0);
        stream.lose(clockMs_, 16'000, Error{ErrorKind::Io, "broken"}, now_);
        EXPECT_EQ(ports_.failed.size(), 1U);
        clockMs_ += 1'000;
        hearValue(stream, 800ms, 1'000);
        hearValue(stream, 800ms, 0);
        stream.finish(now_);
        decodeAll(stream);
        EXPECT_THAT(finals(), ElementsAre(row.before, row.lost, row.after));
    }
}

TEST_F(FailingChannel, DrainsWhereThereIsNoMemoryToTellWhatFailed) {
    hear(500ms, true);
    hear(700ms, false);
    stream_.finish(now_);
    ASSERT_EQ(ports_.tasks.size(), 1U);
    ports_.mute = 2;
    stream_.decoded(ports_.tasks[0].first, Error{ErrorKind::Io, "broken"}, now_);
    EXPECT_THAT(finals(), ElementsAre("0-712 [inaudible]"));
    EXPECT_EQ(ports_.drains, 1);
    EXPECT_TRUE(stream_.isIdle());
}

TEST_F(FailingChannel, TellsLaterWhatFoundNoMemory) {
    hear(500ms, true);
    hear(700ms, false);
    stream_.finish(now_);
    ASSERT_EQ(ports_.tasks.size(), 1U);
    ports_.mute = 1;
    decodeOne();
    EXPECT_THAT(finals(), IsEmpty());
    EXPECT_FALSE(stream_.isIdle());
    ports_.mute = 1;
    EXPECT_THROW(stream_.deliver(), std::bad_alloc);
    stream_.deliver();
    stream_.deliver();
    EXPECT_THAT(finals(), ElementsAre("0-712 w0"));
    EXPECT_EQ(ports_.drains, 1);
    EXPECT_TRUE(stream_.isIdle());
}

TEST_F(FailingChannel, DrainsLaterWhereThereIsNoMemoryToSaySo) {
    ports_.mute = 1;
    EXPECT_THROW(stream_.finish(now_), std::bad_alloc);
    EXPECT_FALSE(stream_.isIdle());
    stream_.deliver();
    EXPECT_EQ(ports_.drains, 1);
    EXPECT_TRUE(stream_.isIdle());
}

class NamedChannel : public Channel {
protected:
    NamedChannel() {
        TranscriberOptions options;
        options.vocabulary = std::make_shared<CurrentVocabulary>(Dictionary{
            "Appel au support.", {"Nordconfort", "OneDrive"}, {{"wan drive", "OneDrive"}}, {}, {}});
        named_.emplace(
            calls::Transcriber::Stream{CallId{"call-1"}, Speaker::Agent, "fr", {"Claire Fontaine"}},
            loudIsSpeech, options, ports_);
    }
    void speak(std::chrono::milliseconds length, bool speech) {
        for (auto at = 0ms; at < length; at += 100ms, clockMs_ += 100, now_ += 100ms)
            named_->feed(clockMs_, std::vector<std::int16_t>(1'600, speech ? 1'000 : 0),
                         Arrival{now_ + 100ms, now_ + 100ms}, now_ + 100ms);
    }
    /// What the decoder answers to the oldest task.
    void answer(const std::string& text) {
        ASSERT_FALSE(ports_.tasks.empty());
        const auto id = ports_.tasks.front().first;
        ports_.tasks.erase(ports_.tasks.begin());
        Decoded decoded;
        decoded.text = text;
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            const std::string piece = " " + text.substr(at, end - at);
            decoded.tokens.push_back({static_cast<int>(std::hash<std::string>{}(piece) % 50'000), piece});
            at = end + 1;
        }
        named_->decoded(id, decoded, now_);
    }

    std::optional<ChannelTranscriber> named_;
};

TEST_F(NamedChannel, ShowsWhisperTheNamesForAFinalTextOnly) {
    speak(1'000ms, true);
    ASSERT_EQ(kinds(), std::vector{DecodeKind::Partial});
    EXPECT_EQ(ports_.tasks[0].second->prompt, "") << "it costs too much there";
    speak(300ms, false);
    ASSERT_EQ(kinds().back(), DecodeKind::Speculative);
    const std::string& prompt = ports_.tasks.back().second->prompt;
    for (const char* name : {"Appel au support", "Claire Fontaine", "Nordconfort"})
        EXPECT_NE(prompt.find(name), std::string::npos) << prompt;
}

TEST_F(NamedChannel, CorrectsANameAndKeepsWhatWasHeard) {
    speak(500ms, true);
    speak(700ms, false);
    answer("ici nord confor bonjour");
    ASSERT_EQ(ports_.said.size(), 1U);
    const protocol::Utterance& said = ports_.said[0];
    EXPECT_EQ(said.text, "ici Nordconfort bonjour");
    EXPECT_EQ(said.stableBytes, static_cast<std::int32_t>(said.text.size()));
    ASSERT_TRUE(said.corrections);
    EXPECT_EQ(*said.corrections, (std::vector<protocol::Correction>{{4, 11, "nord confor"}}));
}

TEST_F(NamedChannel, ShowsOfAPartialNothingAsStableThatANameMayStillChange) {
    speak(1'000ms, true);
    answer("ici nord confor");
    speak(1'000ms, true);
    answer("ici nord confor bonjour madame");
    const protocol::Utterance& said = ports_.said.back();
    const std::string stable = said.text.substr(0, static_cast<std::size_t>(said.stableBytes));
    EXPECT_GT(said.stableBytes, 0);
    EXPECT_EQ(std::string{"ici Nordconfort bonjour madame"}.compare(0, stable.size(), stable), 0)
        << said.text;
}

TEST_F(NamedChannel, LeavesTextWithoutNamesAsItIs) {
    speak(500ms, true);
    speak(700ms, false);
    answer("bonjour madame");
    EXPECT_EQ(ports_.said[0].text, "bonjour madame");
    EXPECT_FALSE(ports_.said[0].corrections);
}

/// Some channels, a queue and workers of random speed that stall, on one clock: whatever happens, each utterance has
/// one final text, in the order of speech, and messages only grow.
class Simulation {
public:
    /// `hasFailures`: detectors and ports throw, too.
    Simulation(unsigned seed, bool isSameModel, bool hasFailures) : random_{seed}, hasFailures_{hasFailures} {
        TranscriberOptions options;
        options.policy.isSameModel = isSameModel;
        for (int i = 0; i < kChannels; ++i) {
            auto& side = sides_.emplace_back(std::make_unique<Side>(*this, i));
            side->stream.emplace(calls::Transcriber::Stream{CallId{"call-" + std::to_string(i / 2)},
                                                            i % 2 == 0 ? Speaker::Agent : Speaker::Customer,
                                                            "fr",
                                                            {}},
                                 loudIsSpeech, options, *side);
        }
    }

    void run(std::chrono::milliseconds length) {
        for (now_ = SteadyTime{0ms}; now_ < SteadyTime{length}; now_ += 100ms) {
            for (auto& side : sides_) feed(*side);
            work();
        }
        for (auto& side : sides_) side->stream->finish(now_);
        for (int i = 0; i < 100'000 && !isDone(); ++i) {
            now_ += 50ms;
            work();
        }
    }

    void check() {
        ASSERT_TRUE(isDone());
        for (auto& side : sides_) {
            EXPECT_EQ(side->drains, 1);
            std::vector<std::pair<std::int64_t, std::int64_t>> finals;
            std::map<UtteranceId, protocol::Utterance> last;
            for (const protocol::Utterance& said : side->said) {
                const auto before = last.find(said.utteranceId);
                if (before != last.end()) {
                    EXPECT_FALSE(before->second.isFinal) << "a final text is the last";
                    EXPECT_GT(said.revision, before->second.revision);
                    if (!before->second.isProvisional || !said.isFinal) {
                        EXPECT_TRUE(said.text.starts_with(before->second.text.substr(
                            0, static_cast<std::size_t>(before->second.stableBytes))))
                            << "'" << before->second.text << "' became '" << said.text << "'";
                    }
                }
                last[said.utteranceId] = said;
                if (said.isFinal) finals.emplace_back(said.startMs, said.endMs);
            }
            for (const auto& [id, said] : last) EXPECT_TRUE(said.isFinal) << id.value();
            const auto holes = std::count_if(last.begin(), last.end(), [](const auto& one) {
                return one.second.text.ends_with("[inaudible]");
            });
            EXPECT_EQ(std::ssize(side->failed), holes) << "each hole is told once";
            if (hasFailures_) {
                checkNothingIsMissing(*side, finals);
                continue;
            }
            std::vector<std::pair<std::int64_t, std::int64_t>> wanted;
            for (const Segment& segment : side->wanted())
                wanted.emplace_back(segment.start / audio::kSamplesPerMs,
                                    segment.end() / audio::kSamplesPerMs);
            EXPECT_EQ(finals, wanted);
        }
    }

    int shed() const { return shed_; }
    int holes() const {
        int all = 0;
        for (const auto& side : sides_) all += static_cast<int>(side->failed.size());
        return all;
    }

private:
    static constexpr int kChannels = 6;
    static constexpr std::size_t kWorkers = 2;

    struct Side final : ChannelPorts {
        Side(Simulation& simulation, int number) : owner{simulation}, index{number} {}
        void decode(std::uint64_t id, const std::shared_ptr<DecodeTask>& task) override {
            if (owner.hasFailures_ && owner.chance(0.03)) throw std::bad_alloc{};
            owner.queue_.push({task->callId, static_cast<std::int64_t>(task->samples.size()) / 16,
                               task->deadline, task->kind == DecodeKind::Partial, Work{this, id, task}});
        }
        void cancel(const std::shared_ptr<DecodeTask>& task) override {
            task->isCancelled = true;
            // Sometimes its result is on its way already.
            if (owner.chance(0.5)) owner.queue_.take([&](const Work& work) { return work.task == task; });
        }
        void say(protocol::Utterance utterance) override { said.push_back(std::move(utterance)); }
        void fail(const UtteranceId& id, const Error&) override { failed.push_back(id); }
        void drained() override { ++drains; }
        std::vector<Segment> wanted() const {
            StreamCutter cutter{std::make_unique<LoudIsSpeech>()};
            std::vector<Segment> all;
            cutter.feed(0, sound, all);
            cutter.finish(all);
            return all;
        }

        Simulation& owner;
        int index;
        std::optional<ChannelTranscriber> stream;
        std::vector<std::int16_t> sound;
        std::vector<protocol::Utterance> said;
        std::vector<UtteranceId> failed;
        bool isSpeaking = false;
        std::int64_t changesAtMs = 0;
        int drains = 0;
    };
    struct Work {
        Side* side = nullptr;
        std::uint64_t id = 0;
        std::shared_ptr<DecodeTask> task;
    };
    struct Running {
        Work work;
        SteadyTime until{};
    };

    /// Sound lies in one final text each; those are in order.
    static void checkNothingIsMissing(const Side& side,
                                      const std::vector<std::pair<std::int64_t, std::int64_t>>& finals) {
        for (std::size_t i = 1; i < finals.size(); ++i)
            EXPECT_GE(finals[i].first, finals[i - 1].second) << "final " << i;
        for (std::size_t at = 800; at < side.sound.size(); at += 1'600) {
            if (side.sound[at] == 0) continue;
            const auto ms = static_cast<std::int64_t>(at) / audio::kSamplesPerMs;
            EXPECT_EQ(std::count_if(finals.begin(), finals.end(),
                                    [&](const auto& one) { return one.first <= ms && ms < one.second; }),
                      1)
                << "sound at " << ms << " ms";
        }
    }

    bool chance(double share) { return std::bernoulli_distribution{share}(random_); }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>{low, high}(random_);
    }

    void feed(Side& side) {
        const auto position = static_cast<std::int64_t>(side.sound.size());
        if (position / 16 >= side.changesAtMs) {
            side.isSpeaking = !side.isSpeaking;
            side.changesAtMs = position / 16 + (side.isSpeaking ? between(100, chance(0.1) ? 30'000 : 4'000)
                                                                : between(100, 3'000));
        }
        const bool isUnbearable = hasFailures_ && chance(0.01);
        const std::vector<std::int16_t> piece(1'600, isUnbearable      ? kUnbearable
                                                     : side.isSpeaking ? std::int16_t{1'000}
                                                                       : std::int16_t{0});
        side.sound.insert(side.sound.end(), piece.begin(), piece.end());
        side.stream->feed(position / 16, piece, Arrival{now_, now_}, now_);
    }

    void work() {
        if (chance(0.01)) stalledUntil_ = now_ + std::chrono::milliseconds{between(0, 8'000)};
        if (now_ < stalledUntil_) return;
        for (auto it = running_.begin(); it != running_.end();) {
            if (it->until > now_) {
                ++it;
                continue;
            }
            const Work done = it->work;
            it = running_.erase(it);
            if (done.task->isCancelled && chance(0.5)) continue;
            done.side->stream->decoded(done.id,
                                       chance(0.02) ? Result<Decoded>{Error{ErrorKind::Io, "broken"}}
                                                    : Result<Decoded>{wordsOf(*done.task)},
                                       now_);
        }
        while (running_.size() < kWorkers) {
            std::vector<Work> late;
            const auto next = queue_.pop(now_, late);
            for (const Work& one : late) {
                ++shed_;
                one.side->stream->decoded(one.id, Error{ErrorKind::Busy, "late"}, now_);
            }
            if (!next) break;
            running_.push_back({*next, now_ + std::chrono::milliseconds{between(10, 900)}});
        }
    }

    bool isDone() const {
        return std::all_of(sides_.begin(), sides_.end(), [](const auto& side) { return side->drains > 0; });
    }

    std::mt19937 random_;
    const bool hasFailures_;
    std::vector<std::unique_ptr<Side>> sides_;
    DeadlineQueue<Work> queue_;
    std::vector<Running> running_;
    SteadyTime now_{};
    SteadyTime stalledUntil_{};
    int shed_ = 0;
};

TEST(ChannelTranscribers, NeverLoseDoubleOrReorderAFinalText) {
    int shed = 0;
    int holes = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        Simulation simulation{seed, seed % 2 == 0, seed % 4 >= 2};
        simulation.run(120s);
        simulation.check();
        shed += simulation.shed();
        holes += simulation.holes();
        if (testing::Test::HasFailure()) return;
    }
    EXPECT_GT(shed, 0) << "the runs must know overload";
    EXPECT_GT(holes, 100) << "and failures";
}

}  // namespace
}  // namespace ninja3cx::transcription
