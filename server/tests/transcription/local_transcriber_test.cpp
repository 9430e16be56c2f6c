#include "server/transcription/local_transcriber.hpp"

#include "server/tests/transcription/leaping_clock.hpp"
#include "server/tests/transcription/loud_is_speech.hpp"
#include "shared/audio/audio_file.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <random>
#include <utility>

namespace ninja3cx::transcription {
namespace {

using protocol::Speaker;
using namespace std::chrono_literals;

/// What the decoders of one test do: they name the sample value that they were given, and can be held or made
/// to fail.
struct Script {
    std::mutex mutex;
    std::condition_variable changed;
    bool isHeld = false;
    int started = 0;
    int cancelled = 0;
    std::map<std::int16_t, int> failures;  // how often the decoding of this value fails
    std::map<std::int16_t, int> lasts;     // the decoding of this value ends when so many have started

    void hold(bool held) {
        {
            std::scoped_lock lock{mutex};
            isHeld = held;
        }
        changed.notify_all();
    }
    bool waitForStarted(int count) {
        std::unique_lock lock{mutex};
        return changed.wait_for(lock, 20s, [&] { return started >= count; });
    }
};

class ScriptedDecoder final : public SpeechDecoder {
public:
    explicit ScriptedDecoder(Script& script) : script_{script} {}
    Result<Decoded> decode(const DecodeRequest& request) override {
        const std::int16_t value = request.samples[request.samples.size() / 2];
        std::unique_lock lock{script_.mutex};
        ++script_.started;
        script_.changed.notify_all();
        const auto lasts = script_.lasts.find(value);
        const int end = lasts == script_.lasts.end() ? 0 : lasts->second;
        while ((script_.isHeld || script_.started < end) && !request.isCancelled->load())
            script_.changed.wait_for(lock, 1ms);
        if (request.isCancelled->load()) {
            ++script_.cancelled;
            return Error{ErrorKind::Cancelled, "cancelled"};
        }
        if (const auto failing = script_.failures.find(value);
            failing != script_.failures.end() && failing->second > 0) {
            --failing->second;
            if (value % 3 == 0) throw value;  // no exception of the library
            if (value % 2 == 0) throw std::runtime_error{"out of memory"};
            return Error{ErrorKind::Io, "broken"};
        }
        if (value == 13) return Decoded{};  // nothing was said
        std::string text = "said " + std::to_string(value);
        return Decoded{text, "fr", 0, {{value, " " + text}}};
    }

private:
    Script& script_;
};

/// Where nothing can be posted now and then.
class ForgetfulExecutor {
public:
    ForgetfulExecutor(boost::asio::io_context& network, std::atomic<int>& failures)
        : network_{&network}, failures_{&failures} {}
    boost::asio::execution_context& query(boost::asio::execution::context_t) const { return *network_; }
    static constexpr boost::asio::execution::blocking_t query(boost::asio::execution::blocking_t) {
        return boost::asio::execution::blocking.never;
    }
    template <class Task>
    void execute(Task task) const {
        if (*failures_ > 0 && (*failures_)-- > 0) throw std::bad_alloc{};
        boost::asio::post(*network_, std::move(task));
    }
    bool operator==(const ForgetfulExecutor&) const = default;

private:
    boost::asio::io_context* network_;
    std::atomic<int>* failures_;
};

class Bench {
public:
    explicit Bench(std::size_t workers, bool hasPartials = false)
        : workers_{workers}, hasPartials_{hasPartials} {
        restart();
    }
    void restart() {
        transcriber.reset();
        std::vector<SpeechWorker> decoders;
        for (std::size_t i = 0; i < workers_; ++i)
            decoders.push_back({std::make_unique<ScriptedDecoder>(script), nullptr});
        TranscriberOptions options;
        options.policy.hasPartials = hasPartials_;
        LocalTranscriber::Handlers handlers;
        handlers.onEcho = [this](const CallId&, const EchoFigure& echo) { echoes.push_back(echo); };
        handlers.onLag = [this](const CallId&, std::chrono::milliseconds lag) { lags.push_back(lag); };
        handlers.onUtterance = [this](const protocol::Utterance& said) {
            log.push_back(said.callId.value() + "/" + said.utteranceId.value() + ": " + said.text);
            utterances.push_back(said);
        };
        handlers.onDrained = [this](const CallId& call, Speaker channel) {
            log.push_back(call.value() + (channel == Speaker::Agent ? "/agent" : "/customer") + " drained");
            ++drained;
        };
        handlers.onFailed = [this](const CallId& call, Speaker, const UtteranceId& id, const Error& error) {
            log.push_back(call.value() + "/" + id.value() + " failed: " + error.detail);
        };
        handlers.onStumbled = [this](const CallId& call, Speaker channel, const Error& error) {
            log.push_back(call.value() + (channel == Speaker::Agent ? "/agent" : "/customer") +
                          " stumbled: " + error.detail);
        };
        handlers.onLeftOut = [this](const CallId& call, Speaker, std::chrono::milliseconds leftOut) {
            log.push_back(call.value() + " left out " + std::to_string(leftOut.count()) + " ms");
        };
        transcriber = std::make_unique<LocalTranscriber>(std::move(decoders), makeDetector, options,
                                                         ForgetfulExecutor{network, failures}, clock,
                                                         std::move(handlers));
    }
    ~Bench() { script.hold(false); }

    /// One second of `value`, one of silence, for each of the values.
    void say(const CallId& call, Speaker channel, const std::vector<std::int16_t>& values,
             std::int64_t fromMs = 0) {
        for (const std::int16_t value : values) {
            std::vector<std::int16_t> samples(16'000, value);
            samples.resize(32'000, 0);
            transcriber->feed(call, channel, fromMs, std::move(samples));
            fromMs += 2'000;
        }
    }
    /// Runs the network thread until it holds; false after 20 s.
    template <class Condition>
    bool runUntil(Condition isTrue) {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!isTrue()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            network.restart();
            network.run_for(5ms);
        }
        return true;
    }
    bool runUntilDrained(int channels) {
        return runUntil([&] { return drained >= channels; });
    }

    LocalTranscriber::MakeDetector makeDetector = loudIsSpeech;
    Script script;
    LeapingClock clock;
    boost::asio::io_context network;
    std::atomic<int> failures{0};  // of what is posted next
    std::vector<std::string> log;
    std::vector<protocol::Utterance> utterances;
    std::vector<std::chrono::milliseconds> lags;
    std::vector<EchoFigure> echoes;
    int drained = 0;
    std::unique_ptr<LocalTranscriber> transcriber;

private:
    std::size_t workers_;
    bool hasPartials_;
};

const CallId kCall{"call-1"};
const CallId kOther{"call-2"};

TEST(LocalTranscriber, GivesTheTextsOfAChannelInOrderAndThenDrained) {
    Bench bench{3};
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    std::vector<std::int16_t> values;
    for (std::int16_t i = 20; i < 60; ++i) values.push_back(i);
    // When the first text comes, all others but those in hand are done.
    bench.script.lasts = {{20, 40}};
    bench.say(kCall, Speaker::Agent, values);
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    ASSERT_EQ(bench.log.size(), values.size() + 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(bench.utterances[i].text, "said " + std::to_string(values[i]));
        EXPECT_TRUE(bench.utterances[i].isFinal);
        EXPECT_EQ(bench.utterances[i].revision, 1);
        EXPECT_GE(bench.utterances[i].lagMs, 0);
    }
    EXPECT_EQ(bench.log.back(), "call-1/agent drained");
    EXPECT_EQ(bench.transcriber->backlogBytes(), 0U);
}

TEST(LocalTranscriber, NamesAnUtteranceByChannelAndStart) {
    Bench bench{1};
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    bench.say(kCall, Speaker::Customer, {21, 22}, 3'200);
    bench.transcriber->finish(kCall, Speaker::Customer);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log,
              (std::vector<std::string>{"call-1/customer-0003200: said 21",
                                        "call-1/customer-0005016: said 22", "call-1/customer drained"}));
}

TEST(LocalTranscriber, DoesNotDecodeAgainWhatIsAlreadyFinal) {
    Bench bench{2};
    bench.transcriber->open({kCall, Speaker::Customer, "fr", {}, 4'600});
    bench.say(kCall, Speaker::Customer, {21, 22}, 3'200);
    bench.transcriber->finish(kCall, Speaker::Customer);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log,
              (std::vector<std::string>{"call-1/customer-0005016: said 22", "call-1/customer drained"}));
    EXPECT_EQ(bench.script.started, 1);
}

TEST(LocalTranscriber, DrainsAChannelThatSaidNothing) {
    Bench bench{1};
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.transcriber->finish(kCall, Speaker::Agent);
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    bench.say(kCall, Speaker::Customer, {0, 13});  // silence, and a sound without words
    bench.transcriber->finish(kCall, Speaker::Customer);
    ASSERT_TRUE(bench.runUntilDrained(2));
    EXPECT_EQ(bench.log, (std::vector<std::string>{"call-1/agent drained", "call-1/customer drained"}));
}

TEST(LocalTranscriber, TellsOnceHowMuchSoundLayBehindWhatWasHeard) {
    Bench bench{1};
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {0, 0});
    bench.say(kCall, Speaker::Agent, {0, 0}, 1'000);  // a clock that was set back by three seconds
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log, (std::vector<std::string>{"call-1 left out 3000 ms", "call-1/agent drained"}));
}

TEST(LocalTranscriber, HearsACallThatIsOpenedAgainWithoutWhatItKnewOfTheEndedOne) {
    Bench bench{1};
    for (const std::int16_t value : std::vector<std::int16_t>{23, 24}) {
        for (const Speaker channel : {Speaker::Customer, Speaker::Agent})
            bench.transcriber->open({kCall, channel, "fr"});
        bench.say(kCall, Speaker::Agent, {value});
        if (value == 23) bench.say(kCall, Speaker::Agent, {0}, 0);  // is left out
        for (const Speaker channel : {Speaker::Customer, Speaker::Agent})
            bench.transcriber->finish(kCall, channel);
        ASSERT_TRUE(bench.runUntilDrained(value == 23 ? 2 : 4));
    }
    EXPECT_EQ(std::erase(bench.log, "call-1/customer drained"), 2U);
    EXPECT_EQ(std::erase(bench.log, "call-1 left out 2000 ms"), 1U);
    EXPECT_EQ(bench.log, (std::vector<std::string>{"call-1/agent-0000000: said 23", "call-1/agent drained",
                                                   "call-1/agent-0000000: said 24", "call-1/agent drained"}));
}

TEST(LocalTranscriber, FinishesAChannelThatIsOpenedWhileItIsOpen) {
    Bench bench{1};
    for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {
        bench.transcriber->open({kCall, channel, "fr"});
        // Somebody is speaking when the second stream comes.
        bench.transcriber->feed(kCall, channel, 0, std::vector<std::int16_t>(16'000, 25));
        bench.transcriber->open({kCall, channel, "fr"});
        bench.say(kCall, channel, {26}, 3'200);
        bench.transcriber->finish(kCall, channel);
        const std::string name = channel == Speaker::Agent ? "call-1/agent" : "call-1/customer";
        bench.drained = 0;
        ASSERT_TRUE(bench.runUntilDrained(2));
        EXPECT_EQ(std::exchange(bench.log, {}),
                  (std::vector<std::string>{name + "-0000000: said 25", name + " drained",
                                            name + "-0003200: said 26", name + " drained"}));
    }
}

TEST(LocalTranscriber, TellsAFailureOfItsOwnStreamWhichDrainsEvenSo) {
    Bench bench{1};
    for (const Speaker channel : {Speaker::Customer, Speaker::Agent})
        bench.transcriber->open({kCall, channel, "fr"});
    bench.failures = 1;  // its drain
    bench.transcriber->finish(kCall, Speaker::Customer);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log,
              (std::vector<std::string>{"call-1/customer stumbled: transcription failed: std::bad_alloc",
                                        "call-1/customer drained"}));
}

TEST(LocalTranscriber, TellsATextOfAnEndedStreamThatFoundNoMemoryAtFirst) {
    Bench bench{1};
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {41});
    bench.transcriber->finish(kCall, Speaker::Agent);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});  // under the same key
    ASSERT_TRUE(bench.script.waitForStarted(1));
    bench.failures = 2;  // the text, and when it is tried again
    bench.script.hold(false);
    // It is told with what happens next: here the end of the other stream.
    ASSERT_TRUE(bench.runUntil([&] { return bench.failures == 0; }));
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(2));
    EXPECT_EQ(std::erase(bench.log, "call-1/agent stumbled: transcription failed: std::bad_alloc"), 1U);
    EXPECT_EQ(std::erase(bench.log, "call-1/agent drained"), 2U);
    EXPECT_EQ(bench.log, std::vector<std::string>{"call-1/agent-0000000: said 41"});
}

TEST(LocalTranscriber, TriesAFailedDecodingOnceMore) {
    Bench bench{1};
    bench.script.failures = {{31, 1}, {32, 1}};
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {31, 32});
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log, (std::vector<std::string>{"call-1/agent-0000000: said 31",
                                                   "call-1/agent-0001816: said 32", "call-1/agent drained"}));
}

TEST(LocalTranscriber, ShowsTheHoleOfAnUtteranceThatCannotBeDecoded) {
    Bench bench{1};
    bench.script.failures = {{31, 2}, {32, 2}};
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {31, 32, 33});
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log, (std::vector<std::string>{
                             "call-1/agent-0000000 failed: broken", "call-1/agent-0000000: [inaudible]",
                             "call-1/agent-0001816 failed: decoding failed: out of memory",
                             "call-1/agent-0001816: [inaudible]", "call-1/agent-0003800: said 33",
                             "call-1/agent drained"}));
    EXPECT_TRUE(bench.utterances.at(1).isFinal);
    EXPECT_EQ(bench.utterances.at(1).startMs, 1'816);
    EXPECT_GE(bench.utterances.at(1).endMs, 3'000);
}

TEST(LocalTranscriber, GoesOnWhereADetectorThrows) {
    Bench bench{1};
    for (const CallId& call : {kCall, kOther})
        for (const Speaker channel : {Speaker::Customer, Speaker::Agent})
            bench.transcriber->open({call, channel, "fr"});
    bench.say(kCall, Speaker::Customer, {31, kUnbearable, 34});
    bench.say(kOther, Speaker::Agent, {kUnbearable, 35});
    for (const CallId& call : {kCall, kOther})
        for (const Speaker channel : {Speaker::Customer, Speaker::Agent})
            bench.transcriber->finish(call, channel);
    ASSERT_TRUE(bench.runUntilDrained(4));
    const auto of = [&](const std::string& call) {
        std::vector<std::string> log;
        for (const std::string& line : bench.log)
            if (line.starts_with(call) && !line.ends_with("drained")) log.push_back(line);
        return log;
    };
    // It is told at once, whatever of before is still being decoded.
    EXPECT_EQ(std::erase(bench.log, "call-1/customer-0002000 failed: cutting failed: unbearable sound"), 1U);
    EXPECT_EQ(of("call-1"), (std::vector<std::string>{"call-1/customer-0000000: said 31",
                                                      "call-1/customer-0002000: [inaudible]",
                                                      "call-1/customer-0003800: said 34"}));
    EXPECT_TRUE(of("call-2").back().ends_with(": said 35")) << of("call-2").back();
    EXPECT_EQ(std::count_if(bench.log.begin(), bench.log.end(),
                            [](const std::string& line) { return line.ends_with("[inaudible]"); }),
              2);
}

/// Calls of which some are dropped and come back, detectors and decoders that fail and throw, several workers: what
/// was said has one final text each, in the order of speech, and each stream drains once.
TEST(LocalTranscriber, NeverLosesDoublesOrReordersAFinalTextWhateverFails) {
    struct Side {
        CallId call;
        Speaker channel;
        std::vector<std::int16_t> said;
        std::size_t fed = 0;
        bool isFinished = false;
    };
    std::mt19937 random{11};
    const auto chance = [&](int percent) { return static_cast<int>(random() % 100) < percent; };
    for (int run = 0; run < 12; ++run) {
        SCOPED_TRACE(run);
        Bench bench{3, run % 2 == 0};
        std::vector<Side> sides;
        std::int16_t value = 1'000;
        for (int i = 0; i < 6; ++i) {
            Side& side = sides.emplace_back(Side{
                CallId{"call-" + std::to_string(i)}, i % 2 == 0 ? Speaker::Agent : Speaker::Customer, {}});
            for (int word = 0; word < 12; ++word) {
                side.said.push_back(chance(10) ? kUnbearable : ++value);
                if (chance(15)) bench.script.failures[value] = 1 + static_cast<int>(random() % 3);
            }
            bench.transcriber->open({side.call, side.channel, "fr"});
        }
        while (!std::ranges::all_of(sides, &Side::isFinished)) {
            Side& side = sides[random() % sides.size()];
            if (side.isFinished) continue;
            if (chance(3)) {  // nothing of it is wanted; then it begins anew
                bench.transcriber->drop(side.call);
                const std::string call = side.call.value() + "/";
                std::erase_if(bench.log, [&](const std::string& line) { return line.starts_with(call); });
                std::erase_if(bench.utterances, [&](const auto& one) { return one.callId == side.call; });
                bench.transcriber->open({side.call, side.channel, "fr"});
                side.fed = 0;
            } else if (side.fed < side.said.size()) {
                bench.say(side.call, side.channel, {side.said[side.fed]},
                          static_cast<std::int64_t>(side.fed) * 2'000);
                ++side.fed;
            } else {
                bench.transcriber->finish(side.call, side.channel);
                side.isFinished = true;
            }
            if (chance(20)) {
                bench.network.restart();
                bench.network.poll();
            }
        }
        ASSERT_TRUE(bench.runUntilDrained(static_cast<int>(sides.size())));
        for (const Side& side : sides) {
            std::vector<std::string> texts;
            std::int64_t startMs = -1;
            for (const protocol::Utterance& one : bench.utterances) {
                if (one.callId != side.call || !one.isFinal) continue;
                texts.push_back(one.text);
                EXPECT_GT(one.startMs, startMs);
                startMs = one.startMs;
            }
            std::vector<std::string> wanted;
            for (std::size_t i = 0; i < side.said.size(); ++i) {
                const bool isHole = side.said[i] == kUnbearable;
                wanted.push_back(isHole ? "[inaudible]" : "said " + std::to_string(side.said[i]));
                // One that the decoder failed on until it was given up.
                if (texts.size() >= wanted.size() && texts[wanted.size() - 1] == kInaudible &&
                    bench.script.failures.contains(side.said[i]))
                    wanted.back() = kInaudible;
            }
            EXPECT_EQ(texts, wanted) << side.call.value();
            const std::string call = side.call.value() + "/";
            const auto lines = [&](std::string_view what) {
                return std::ranges::count_if(bench.log, [&](const std::string& line) {
                    return line.starts_with(call) && line.find(what) != std::string::npos;
                });
            };
            EXPECT_EQ(lines(" failed: "), std::ranges::count(texts, kInaudible)) << "told once each";
            EXPECT_EQ(lines("drained"), 1);
        }
        EXPECT_EQ(bench.drained, std::ssize(sides));
        EXPECT_EQ(bench.transcriber->backlogBytes(), 0U);
        if (testing::Test::HasFailure()) return;
    }
}

TEST(LocalTranscriber, DropAbortsWhatRunsAndForgetsTheRest) {
    Bench bench{1};
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {41, 42, 43});
    ASSERT_TRUE(bench.script.waitForStarted(1));
    bench.transcriber->drop(kCall);
    bench.transcriber->open({kOther, Speaker::Agent, "fr"});
    bench.say(kOther, Speaker::Agent, {44});
    bench.transcriber->finish(kOther, Speaker::Agent);
    ASSERT_TRUE(bench.script.waitForStarted(2));
    bench.script.hold(false);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log, (std::vector<std::string>{"call-2/agent-0000000: said 44", "call-2/agent drained"}));
    EXPECT_EQ(bench.script.started, 2);
    EXPECT_EQ(bench.script.cancelled, 1);
    EXPECT_EQ(bench.transcriber->backlogBytes(), 0U);
}

TEST(LocalTranscriber, ACallMayComeBackAfterItWasDropped) {
    Bench bench{1};
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {51});
    bench.transcriber->drop(kCall);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {52});
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log, (std::vector<std::string>{"call-1/agent-0000000: said 52", "call-1/agent drained"}));
}

TEST(LocalTranscriber, ServesAShortCallBesideALongBacklog) {
    Bench bench{1};
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, std::vector<std::int16_t>(100, 61));
    ASSERT_TRUE(bench.script.waitForStarted(1));
    bench.transcriber->open({kOther, Speaker::Agent, "fr"});
    bench.say(kOther, Speaker::Agent, {62});
    bench.transcriber->finish(kOther, Speaker::Agent);
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntil([&] { return bench.transcriber->load().pool.waiting >= 100; }));
    bench.script.hold(false);
    ASSERT_TRUE(bench.runUntilDrained(2));
    const auto other = std::find(bench.log.begin(), bench.log.end(), "call-2/agent-0000000: said 62");
    EXPECT_LT(other - bench.log.begin(), 20);
}

TEST(LocalTranscriber, StopsWithWorkInHandAndTellsNothingAfterwards) {
    Bench bench{2};
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {71, 72, 73, 74});
    ASSERT_TRUE(bench.script.waitForStarted(2));
    bench.transcriber.reset();
    bench.network.run_for(10ms);
    EXPECT_TRUE(bench.log.empty());
    EXPECT_EQ(bench.script.cancelled, 2);
}

TEST(LocalTranscriber, ShowsPartialTextWhileSomebodySpeaks) {
    Bench bench{2, true};
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.transcriber->feed(kCall, Speaker::Agent, 0, std::vector<std::int16_t>(16'000, 91));
    ASSERT_TRUE(bench.runUntil([&] { return bench.utterances.size() == 1; }));
    EXPECT_FALSE(bench.utterances[0].isFinal);
    EXPECT_TRUE(bench.utterances[0].isProvisional);
    bench.transcriber->feed(kCall, Speaker::Agent, 1'000, std::vector<std::int16_t>(16'000, 0));
    ASSERT_TRUE(bench.runUntil([&] { return bench.utterances.size() == 2; }));
    EXPECT_TRUE(bench.utterances[1].isFinal);
    EXPECT_EQ(bench.utterances[1].utteranceId, bench.utterances[0].utteranceId);
    EXPECT_GT(bench.utterances[1].revision, bench.utterances[0].revision);
}

TEST(LocalTranscriber, ShowsTextMoreRarelyWhileOneDecodingTakesLong) {
    Bench bench{1, true};
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.transcriber->feed(kCall, Speaker::Agent, 0, std::vector<std::int16_t>(16'000, 91));
    ASSERT_TRUE(bench.script.waitForStarted(1));
    const auto before = bench.transcriber->load().partialStep;
    bench.clock.leap(5s);
    bench.transcriber->feed(kCall, Speaker::Agent, 1'000, std::vector<std::int16_t>(1'600, 0));
    EXPECT_TRUE(bench.runUntil([&] { return bench.transcriber->load().partialStep > before; }));
}

TEST(LocalTranscriber, TellsHowLongSpeechHasBeenWaiting) {
    Bench bench{1};
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {95});
    ASSERT_TRUE(bench.script.waitForStarted(1));
    EXPECT_EQ(bench.transcriber->load().pool.waitingFinals, 0U) << "it is in work";
    std::int64_t clockMs = 2'000;
    const auto silence = std::vector<std::int16_t>(1'600, 0);
    ASSERT_TRUE(bench.runUntil([&] {
        if (bench.transcriber->backlogBytes() < 64'000) {
            bench.transcriber->feed(kCall, Speaker::Agent, clockMs, silence);
            clockMs += 100;
        }
        return !bench.lags.empty();
    }));
    EXPECT_GE(bench.lags.front(), 1s);
    bench.script.hold(false);
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log.front(), "call-1/agent-0000000: said 95");
}

TEST(LocalTranscriber, TakesALagBackThatNoTextEnded) {
    for (const bool isOver : {false, true}) {
        Bench bench{1};
        bench.script.hold(true);
        bench.transcriber->open({kCall, Speaker::Agent, "fr"});
        bench.say(kCall, Speaker::Agent, {13});  // without words
        ASSERT_TRUE(bench.script.waitForStarted(1));
        bench.clock.leap(5s);
        bench.transcriber->feed(kCall, Speaker::Agent, 2'000, std::vector<std::int16_t>(1'600, 0));
        ASSERT_TRUE(bench.runUntil([&] { return !bench.lags.empty(); }));
        EXPECT_GE(bench.lags.front(), 5s);
        if (isOver) bench.transcriber->finish(kCall, Speaker::Agent);
        bench.script.hold(false);
        ASSERT_TRUE(bench.runUntil([&] { return bench.lags.back() == 0s; }));
        bench.transcriber->feed(kCall, Speaker::Agent, 2'100, std::vector<std::int16_t>(1'600, 0));
        if (!isOver) bench.transcriber->finish(kCall, Speaker::Agent);
        ASSERT_TRUE(bench.runUntilDrained(1));
        EXPECT_EQ(std::count(bench.lags.begin(), bench.lags.end(), 0s), 1);
        EXPECT_TRUE(bench.utterances.empty());
    }
}

TEST(LocalTranscriber, LeavesALagToTheTextThatEndedIt) {
    Bench bench{1};
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.say(kCall, Speaker::Agent, {95});
    ASSERT_TRUE(bench.script.waitForStarted(1));
    bench.clock.leap(5s);
    bench.transcriber->feed(kCall, Speaker::Agent, 2'000, std::vector<std::int16_t>(1'600, 0));
    ASSERT_TRUE(bench.runUntil([&] { return !bench.lags.empty(); }));
    bench.script.hold(false);
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_GE(bench.utterances.at(0).lagMs, 5'000);
    EXPECT_EQ(std::count(bench.lags.begin(), bench.lags.end(), 0s), 0) << "the text says it";
}

TEST(LocalTranscriber, CountsTheTimeThatSoundTookToComeHere) {
    Bench bench{1};
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    bench.transcriber->feed(kCall, Speaker::Customer, 0, std::vector<std::int16_t>(16 * 100, 0));
    bench.clock.leap(7s);  // the server stood still, or the network was away
    std::vector<std::int16_t> samples(16 * 300, 96);
    samples.resize(16 * 950, 0);
    bench.transcriber->feed(kCall, Speaker::Customer, 100, std::move(samples));
    ASSERT_TRUE(bench.runUntil([&] { return !bench.utterances.empty(); }));
    EXPECT_GE(bench.utterances[0].lagMs, 5'900) << "of seven seconds, but for the sound's own length";
}

/// 300 ms of speech and the silence that ends it.
std::vector<std::int16_t> shortTurn(std::int16_t value) {
    std::vector<std::int16_t> samples(16 * 300, value);
    samples.resize(16 * 950, 0);
    return samples;
}

TEST(LocalTranscriber, TakesASpeakerWithoutPausesForNoLoad) {
    Bench bench{1, true};
    bench.clock.stop();
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    const auto step = bench.transcriber->load().partialStep;
    const auto isIdle = [&] {
        return bench.transcriber->backlogBytes() == 0 && bench.transcriber->load().pool.waiting == 0;
    };
    for (std::int64_t clockMs = 0; clockMs < 40'000; clockMs += 100) {
        bench.clock.leap(100ms);
        bench.transcriber->feed(kCall, Speaker::Customer, clockMs, std::vector<std::int16_t>(1'600, 97));
        ASSERT_TRUE(bench.runUntil(isIdle));
        EXPECT_EQ(bench.transcriber->load().pool.finalsOverdue, 0U);
    }
    const auto finals = [&] {
        return std::ranges::count_if(bench.utterances, &protocol::Utterance::isFinal);
    };
    EXPECT_TRUE(bench.runUntil([&] { return finals() >= 3; }));
    EXPECT_EQ(bench.transcriber->load().pool.finalsLate, 0U);
    EXPECT_EQ(bench.transcriber->load().partialStep, step);
    for (const auto& said : bench.utterances)
        if (said.isFinal) {
            EXPECT_LE(said.lagMs, 200) << said.utteranceId.value();
        }
}

TEST(LocalTranscriber, TakesANetworkThatIsAlwaysLateForNoLoad) {
    Bench bench{1};
    bench.clock.stop();
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    bench.transcriber->feed(kCall, Speaker::Customer, 0, std::vector<std::int16_t>(16 * 100, 0));
    const auto step = bench.transcriber->load().partialStep;
    bench.clock.leap(800ms);  // from here on
    for (int turn = 0; turn < 4; ++turn) {
        bench.script.hold(true);
        bench.clock.leap(950ms - (turn > 0 ? 450ms : 0ms));
        bench.transcriber->feed(kCall, Speaker::Customer, 100 + 950 * turn, shortTurn(96));
        ASSERT_TRUE(bench.script.waitForStarted(turn + 1));
        bench.clock.leap(450ms);  // what a final text costs
        EXPECT_EQ(bench.transcriber->load().pool.finalsOverdue, 0U);
        bench.script.hold(false);
        ASSERT_TRUE(bench.runUntil([&] { return std::ssize(bench.utterances) > turn; }));
        EXPECT_NEAR(static_cast<double>(bench.utterances.back().lagMs), 800 + 450, 1) << "its reader waits";
    }
    EXPECT_EQ(bench.transcriber->load().pool.finalsLate, 0U);
    EXPECT_EQ(bench.transcriber->load().partialStep, step);
}

TEST(LocalTranscriber, CatchesUpInOrderWhatANetworkHeldUpBesideAnotherCall) {
    Bench bench{1};
    for (const CallId& call : {kCall, kOther}) {
        bench.transcriber->open({call, Speaker::Customer, "fr"});
        bench.transcriber->feed(call, Speaker::Customer, 0, std::vector<std::int16_t>(16 * 100, 0));
    }
    bench.script.hold(true);
    bench.clock.leap(60s);
    std::vector<std::int16_t> values;
    for (std::int16_t value = 100; value < 130; ++value) values.push_back(value);
    bench.say(kCall, Speaker::Customer, values, 100);
    bench.say(kOther, Speaker::Customer, {62}, 60'100);
    for (const CallId& call : {kCall, kOther}) bench.transcriber->finish(call, Speaker::Customer);
    ASSERT_TRUE(bench.runUntil([&] { return bench.transcriber->load().pool.waiting >= values.size(); }));
    bench.script.hold(false);
    ASSERT_TRUE(bench.runUntilDrained(2));
    std::vector<std::string> held;
    std::ptrdiff_t other = -1;
    for (const auto& said : bench.utterances) {
        if (said.callId == kOther)
            other = std::ssize(held);
        else
            held.push_back(said.text);
    }
    std::vector<std::string> wanted;
    for (const std::int16_t value : values) wanted.push_back("said " + std::to_string(value));
    EXPECT_EQ(held, wanted);
    EXPECT_GE(other, 0);
    EXPECT_LT(other, 12) << "15 s of the one, then the other";
    EXPECT_GE(bench.utterances.front().lagMs, 50'000);
}

TEST(LocalTranscriber, TakesTheAgentsWaitForTheCustomersSoundForNoLoad) {
    Bench bench{1};
    bench.clock.stop();
    bench.script.hold(true);
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    bench.transcriber->feed(kCall, Speaker::Agent, 0, shortTurn(96));
    bench.clock.leap(900ms);
    bench.transcriber->feed(kCall, Speaker::Customer, 0, std::vector<std::int16_t>(16 * 950, 0));
    ASSERT_TRUE(bench.script.waitForStarted(1));
    bench.clock.leap(450ms);
    EXPECT_EQ(bench.transcriber->load().pool.finalsOverdue, 0U);
    bench.script.hold(false);
    ASSERT_TRUE(bench.runUntil([&] { return !bench.utterances.empty(); }));
    EXPECT_EQ(bench.transcriber->load().pool.finalsLate, 0U);
    EXPECT_EQ(bench.utterances[0].lagMs, 900 + 450);
}

TEST(LocalTranscriber, CountsTheTimeThatTheAgentsSoundWaitsForTheCustomers) {
    Bench bench{1};
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    std::vector<std::int16_t> samples(16 * 300, 96);
    samples.resize(16 * 950, 0);
    bench.transcriber->feed(kCall, Speaker::Agent, 0, std::move(samples));
    ASSERT_TRUE(bench.runUntil([&] { return bench.transcriber->backlogBytes() == 0; }));
    bench.clock.leap(5s);
    bench.transcriber->feed(kCall, Speaker::Customer, 0, std::vector<std::int16_t>(16 * 2'000, 0));
    ASSERT_TRUE(bench.runUntil([&] { return !bench.utterances.empty(); }));
    EXPECT_EQ(bench.utterances[0].text, "said 96");
    EXPECT_GE(bench.utterances[0].lagMs, 5'000);
}

TEST(LocalTranscriber, WritesNoEchoOfTheCustomerInTheAgentsChannel) {
    Bench bench{1};
    bench.makeDetector = makeEnergyDetector;
    bench.restart();
    bench.transcriber->open({kCall, Speaker::Customer, "fr"});
    bench.transcriber->open({kCall, Speaker::Agent, "fr"});
    auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac");
    ASSERT_TRUE(call);
    auto& customer = call->channels[1];
    customer.resize(16'000 * 30);
    std::vector<std::int16_t> microphone(customer.size(), 0);
    for (std::size_t i = 1'600; i < microphone.size(); ++i)  // 100 ms late, 12 dB down
        microphone[i] = static_cast<std::int16_t>(customer[i - 1'600] / 4);
    for (std::size_t at = 0; at < customer.size(); at += 1'600) {
        const auto clockMs = static_cast<std::int64_t>(at / 16);
        const auto piece = [&](const std::vector<std::int16_t>& from) {
            return std::vector<std::int16_t>(from.begin() + static_cast<std::ptrdiff_t>(at),
                                             from.begin() + static_cast<std::ptrdiff_t>(at + 1'600));
        };
        bench.transcriber->feed(kCall, Speaker::Customer, clockMs, piece(customer));
        bench.transcriber->feed(kCall, Speaker::Agent, clockMs, piece(microphone));
    }
    bench.transcriber->finish(kCall, Speaker::Customer);
    bench.transcriber->finish(kCall, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(2));
    for (const auto& said : bench.utterances)
        EXPECT_EQ(said.channel, Speaker::Customer) << said.utteranceId.value();
    EXPECT_FALSE(bench.utterances.empty());
    ASSERT_FALSE(bench.echoes.empty());
    EXPECT_TRUE(bench.echoes.back().isThere);
    EXPECT_NEAR(bench.echoes.back().attenuationDb, 12, 3);
    EXPECT_NEAR(bench.echoes.back().delayMs, 100, 20);
}

/// Both channels of the first half minute of a call, the customer also in the agent's microphone.
std::array<std::vector<std::int16_t>, 2> callWithEcho() {
    auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac").value();
    for (auto& channel : call.channels) channel.resize(16'000 * 30);
    std::vector<std::int16_t> microphone = call.channels[0];
    for (std::size_t i = 1'600; i < microphone.size(); ++i)  // 100 ms late, 12 dB down
        microphone[i] = static_cast<std::int16_t>(microphone[i] + call.channels[1][i - 1'600] / 4);
    return {std::move(microphone), std::move(call.channels[1])};
}

/// "agent-0001234 1500 said 7": the decoder names a sample of what it was given, so the sound is compared too.
std::vector<std::string> finalsOf(const std::vector<protocol::Utterance>& utterances) {
    std::vector<std::string> finals;
    for (const auto& said : utterances)
        if (said.isFinal)
            finals.push_back(said.utteranceId.value() + " " + std::to_string(said.endMs) + " " + said.text);
    std::ranges::sort(finals);
    return finals;
}

TEST(LocalTranscriber, ACallWithEchoThatIsInterruptedAndReplayedGivesTheFinalsOfOneThatIsNot) {
    const auto sound = callWithEcho();
    Bench bench{1};
    bench.makeDetector = makeEnergyDetector;
    const auto open = [&](const std::vector<protocol::Utterance>& known) {
        bench.restart();
        bench.drained = 0;
        for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {
            calls::Transcriber::Stream stream{kCall, channel, "fr"};
            for (const auto& said : known) {
                if (said.channel == channel) stream.finalUntilMs = std::max(stream.finalUntilMs, said.endMs);
            }
            bench.transcriber->open(std::move(stream));
        }
    };
    const auto feed = [&](std::size_t seconds) {
        for (std::size_t at = 0; at < seconds * 16'000; at += 1'600)
            for (const std::size_t side : {0U, 1U}) {
                const auto from = sound[side].begin() + static_cast<std::ptrdiff_t>(at);
                bench.transcriber->feed(kCall, side == 0 ? Speaker::Agent : Speaker::Customer,
                                        static_cast<std::int64_t>(at / 16), {from, from + 1'600});
            }
    };
    const auto finish = [&] {
        bench.transcriber->finish(kCall, Speaker::Agent);
        bench.transcriber->finish(kCall, Speaker::Customer);
        return bench.runUntilDrained(2);
    };
    open({});
    feed(30);
    ASSERT_TRUE(finish());
    const auto whole = finalsOf(std::exchange(bench.utterances, {}));
    ASSERT_GE(whole.size(), 5U);

    for (const std::size_t seconds : {7U, 13U, 21U}) {  // and the server is killed
        bench.utterances.clear();
        open({});
        feed(seconds);
        ASSERT_TRUE(bench.runUntil([&] { return !finalsOf(bench.utterances).empty(); }));
        auto known = bench.utterances;
        std::erase_if(known, [](const protocol::Utterance& said) { return !said.isFinal; });
        open(known);
        bench.utterances = known;
        feed(30);
        ASSERT_TRUE(finish());
        EXPECT_EQ(finalsOf(bench.utterances), whole) << seconds;
    }
}

TEST(LocalTranscriber, ALateCallWithEchoThatIsReplayedFromItsMiddleGivesNoNewFinal) {
    const auto sound = callWithEcho();
    Bench bench{1};
    bench.makeDetector = makeEnergyDetector;
    std::vector<protocol::Utterance> known;
    const auto hear = [&](std::size_t from, std::size_t to) {
        bench.restart();
        bench.drained = 0;
        for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {
            calls::Transcriber::Stream stream{kCall, channel, "fr"};
            for (const auto& said : known)
                if (said.channel == channel) stream.finalUntilMs = std::max(stream.finalUntilMs, said.endMs);
            bench.transcriber->open(std::move(stream));
        }
        for (std::size_t at = from; at + 1'600 <= to; at += 1'600)
            for (const std::size_t side : {0U, 1U}) {
                const auto piece = sound[side].begin() + static_cast<std::ptrdiff_t>(at);
                bench.transcriber->feed(kCall, side == 0 ? Speaker::Agent : Speaker::Customer,
                                        static_cast<std::int64_t>(at / 16), {piece, piece + 1'600});
            }
        bench.transcriber->finish(kCall, Speaker::Agent);
        bench.transcriber->finish(kCall, Speaker::Customer);
        return bench.runUntilDrained(2);
    };
    for (const std::size_t seconds : {14U, 19U, 24U, 30U}) {
        known.clear();
        ASSERT_TRUE(hear(0, seconds * 16'000));
        known = std::exchange(bench.utterances, {});
        std::erase_if(known, [](const protocol::Utterance& said) { return !said.isFinal; });
        ASSERT_GE(known.size(), 2U);
        for (const std::size_t from : {0U, 4U, 8U}) {
            ASSERT_TRUE(hear(from * 16'000, seconds * 16'000));
            EXPECT_EQ(finalsOf(std::exchange(bench.utterances, {})), std::vector<std::string>{})
                << seconds << " s, from " << from;
        }
    }
}

TEST(LocalTranscriber, AReplaySaysWhatLiesBehindTheKnownTextAndNothingBeforeIt) {
    Bench bench{1};
    calls::Transcriber::Stream stream{kCall, Speaker::Customer, "fr"};
    stream.finalUntilMs = 2'500;  // an utterance was cut there: the patience with its audio had ended
    bench.transcriber->open(std::move(stream));
    bench.say(kCall, Speaker::Customer, {21, 22, 23});
    bench.transcriber->finish(kCall, Speaker::Customer);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log,
              (std::vector<std::string>{"call-1/customer-0002500: said 22",
                                        "call-1/customer-0003800: said 23", "call-1/customer drained"}));
}

TEST(LocalTranscriber, IgnoresSoundOfACallThatIsNotOpen) {
    Bench bench{1};
    bench.say(kCall, Speaker::Agent, {81});
    bench.transcriber->finish(kCall, Speaker::Agent);
    bench.transcriber->drop(kCall);
    bench.transcriber->open({kOther, Speaker::Agent, "fr"});
    bench.transcriber->finish(kOther, Speaker::Agent);
    ASSERT_TRUE(bench.runUntilDrained(1));
    EXPECT_EQ(bench.log, (std::vector<std::string>{"call-2/agent drained"}));
}

}  // namespace
}  // namespace ninja3cx::transcription
