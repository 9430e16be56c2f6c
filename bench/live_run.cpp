#include "bench/live_run.hpp"

#include "bench/process_usage.hpp"
#include "bench/script.hpp"
#include "shared/audio/pcm.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <string_view>
#include <utility>

namespace ninja3cx::bench {
namespace {

using namespace std::chrono_literals;
using transcription::LocalTranscriber;
using SteadyClock = std::chrono::steady_clock;
using Handlers = LocalTranscriber::Handlers;

constexpr std::chrono::milliseconds kFrame{SpeechRecord::kFrameMs};
constexpr std::int64_t kFrameSamples = SpeechRecord::kFrameMs * audio::kSamplesPerMs;
constexpr auto kDrainWithin = 10min;  // an overloaded engine takes its time, a broken one never ends

/// Calls begin one after another, so that their frames and words do not fall together.
std::chrono::milliseconds startOf(std::size_t call, std::size_t calls) {
    const auto step = std::min<std::size_t>(370, 5'000 / calls);
    return std::chrono::milliseconds{call * step};
}

protocol::Speaker speakerOf(std::size_t channel) {
    return channel == 0 ? protocol::Speaker::Agent : protocol::Speaker::Customer;
}

/// One call: its sound by the clock, and what comes back.
class LiveCall {
public:
    LiveCall(boost::asio::io_context& network, LocalTranscriber& transcriber, const CallId& id,
             const CallTape& tape, SteadyClock::time_point start)
        : timer_{network}, transcriber_{transcriber}, id_{id}, tape_{tape}, record_{tape}, start_{start} {
        for (const std::size_t channel : {0U, 1U}) transcriber_.open({id_, speakerOf(channel), "fr"});
        wait();
    }

    /// Since it began.
    std::chrono::milliseconds time() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - start_);
    }
    SpeechRecord& record() { return record_; }

private:
    /// A frame is there when its last sample is.
    SteadyClock::time_point due() const { return start_ + (frame_ + 1) * kFrame; }

    void wait() {
        timer_.expires_at(due());
        timer_.async_wait([this](const boost::system::error_code& failure) {
            if (!failure) feed();
        });
    }

    void feed() {
        while (due() <= SteadyClock::now()) {
            const std::int64_t at = frame_ * kFrameSamples;
            if (at >= tape_.length()) {
                for (const std::size_t channel : {0U, 1U}) transcriber_.finish(id_, speakerOf(channel));
                return;
            }
            for (const std::size_t channel : {0U, 1U}) {
                transcriber_.feed(id_, speakerOf(channel), at / audio::kSamplesPerMs,
                                  tape_.sound(channel, at, kFrameSamples));
            }
            ++frame_;
        }
        wait();
    }

    boost::asio::steady_timer timer_;
    LocalTranscriber& transcriber_;
    const CallId id_;
    const CallTape& tape_;
    SpeechRecord record_;
    const SteadyClock::time_point start_;
    std::int64_t frame_ = 0;
};

/// What a shaped model says; none for a real one.
std::shared_ptr<const Script> scriptOf(const BenchModel& model, const Script::Tapes& tapes) {
    if (!model.isShaped) return nullptr;
    return std::make_shared<const Script>(
        tapes, [&](const std::string& text) { return transcription::tokensOf(model.model, text); });
}

Result<std::unique_ptr<transcription::SpeechDecoder>> decoderOf(const BenchModel& model,
                                                                const std::shared_ptr<const Script>& script) {
    transcription::DecoderOptions options;
    if (script)
        options.script = [script](const transcription::DecodeRequest& request) {
            return script->tokens(request);
        };
    return transcription::makeWhisperDecoder(model.model, std::move(options));
}

Result<std::vector<transcription::SpeechWorker>> workersOf(const LiveRun& run, const Script::Tapes& tapes,
                                                           DecodeMeter& meter) {
    const auto script = scriptOf(run.model, tapes);
    const auto partialScript = run.partialModel ? scriptOf(*run.partialModel, tapes) : nullptr;
    std::vector<transcription::SpeechWorker> workers(run.workers);
    for (auto& worker : workers) {
        auto finals = decoderOf(run.model, script);
        if (!finals) return finals.error();
        worker.finals = meter.wrap(std::move(*finals));
        if (!run.partialModel || !run.hasPartials) continue;
        auto partials = decoderOf(*run.partialModel, partialScript);
        if (!partials) return partials.error();
        worker.partials = meter.wrap(std::move(*partials));
    }
    return workers;
}

/// The whole run; everything but the engine's own threads on one thread.
class Session {
public:
    Session(const LiveRun& run, const Script::Tapes& tapes)
        : run_{run}, tapes_{tapes}, limit_{network_}, minute_{network_} {}

    Result<LiveResult> play(std::vector<transcription::SpeechWorker> workers,
                            LocalTranscriber::MakeDetector makeDetector) {
        transcription::TranscriberOptions options;
        options.policy.hasPartials = run_.hasPartials;
        options.policy.isSameModel = !run_.partialModel;
        LocalTranscriber transcriber{
            std::move(workers), std::move(makeDetector), options, network_.get_executor(), clock_,
            handlers()};
        const double cpuBefore = cpuSeconds();
        const auto start = SteadyClock::now();
        for (const auto& [id, tape] : tapes_) {
            calls_.try_emplace(id, network_, transcriber, id, tape,
                               start + startOf(calls_.size(), tapes_.size()));
            open_ += 2;
        }
        limit_.expires_at(start + std::chrono::seconds{std::lround(run_.seconds)} + kDrainWithin);
        limit_.async_wait([this](const boost::system::error_code& failure) {
            if (!failure) network_.stop();
        });
        nextMinute_ = start;
        waitMinute();
        network_.run();
        if (open_ > 0)
            return Error{ErrorKind::TimedOut, std::to_string(open_) + " channels did not come to their end"};

        result_.cpuSeconds = cpuSeconds() - cpuBefore;
        result_.peakMemoryMb = peakMemoryMb();
        result_.partialsShed = transcriber.load().pool.partialsShed;
        for (auto& [id, call] : calls_) result_.texts.add(call.record().finish());
        for (const auto& [id, tape] : tapes_) {
            result_.callSeconds += static_cast<double>(tape.length()) / audio::kRateHz;
            result_.speechSeconds += static_cast<double>(tape.speech()) / audio::kRateHz;
        }
        return std::move(result_);
    }

private:
    Handlers handlers() {
        Handlers handlers;
        handlers.onUtterance = [this](const protocol::Utterance& said) { hear(said); };
        handlers.onDrained = [this](const CallId&, protocol::Speaker) {
            if (--open_ > 0) return;
            limit_.cancel();
            minute_.cancel();
        };
        handlers.onFailed = [](const CallId& id, protocol::Speaker, const UtteranceId& utterance,
                               const Error& error) {
            std::cerr << id.value() << " " << utterance.value() << ": " << error.detail << "\n";
        };
        handlers.onLeftOut = [this](const CallId&, protocol::Speaker, std::chrono::milliseconds time) {
            result_.droppedAudio += time;
        };
        handlers.onLag = [this](const CallId&, std::chrono::milliseconds lag) {
            result_.maxLag = std::max(result_.maxLag, lag);
        };
        return handlers;
    }

    void hear(const protocol::Utterance& said) {
        LiveCall& call = calls_.at(said.callId);
        SpeechRecord& record = call.record();
        const std::size_t before = record.soFar().finalLatencyMs.size();
        const std::int64_t now = call.time().count();
        record.add(said, now);
        if (run_.tellsTexts) tell(said, now);
        if (!said.isFinal) return;
        result_.maxLag = std::max(result_.maxLag, std::chrono::milliseconds{said.lagMs});
        // The sound of an utterance that could not be decoded is as good as dropped.
        if (said.text.ends_with(transcription::kInaudible))
            result_.droppedAudio += std::chrono::milliseconds{said.endMs - said.startMs};
        const auto& latencies = record.soFar().finalLatencyMs;
        newLatencies_.insert(newLatencies_.end(), latencies.begin() + static_cast<std::ptrdiff_t>(before),
                             latencies.end());
    }

    static void tell(const protocol::Utterance& said, std::int64_t now) {
        const std::string_view text = said.text;
        const auto stable = static_cast<std::size_t>(said.stableBytes);
        std::cerr << said.callId.value() << " " << said.utteranceId.value() << "-" << said.endMs << " at "
                  << now << (said.isFinal ? " final" : "") << " |" << text.substr(0, stable) << "|"
                  << text.substr(stable) << "\n";
    }

    void waitMinute() {
        if (!run_.onMinute) return;
        nextMinute_ += 1min;
        minute_.expires_at(nextMinute_);
        minute_.async_wait([this](const boost::system::error_code& failure) {
            if (failure) return;
            run_.onMinute(newLatencies_);
            newLatencies_.clear();
            waitMinute();
        });
    }

    const LiveRun& run_;
    const Script::Tapes& tapes_;
    const RealClock clock_;
    boost::asio::io_context network_;
    boost::asio::steady_timer limit_;
    boost::asio::steady_timer minute_;
    SteadyClock::time_point nextMinute_;
    std::map<CallId, LiveCall> calls_;
    std::size_t open_ = 0;  // channels that have not drained
    std::vector<std::int64_t> newLatencies_;
    LiveResult result_;
};

}  // namespace

CallTape tapeOfCall(const SampleCalls& samples, std::size_t number, double seconds) {
    const std::size_t first = number % samples->size();
    const auto length = static_cast<std::int64_t>((*samples)[first].channels.front().size());
    // 7.919 s: no two calls are at the same place for long.
    const std::int64_t offset = static_cast<std::int64_t>(number) * 7'919 * audio::kSamplesPerMs % length;
    return {samples, first, offset, std::llround(seconds * audio::kRateHz)};
}

Result<LiveResult> runLive(const LiveRun& run) {
    Script::Tapes tapes;
    for (std::size_t call = 0; call < run.calls; ++call)
        tapes.emplace("call-" + std::to_string(call), tapeOfCall(run.samples, call, run.seconds));
    auto makeDetector = transcription::detectorsOf(run.voiceModel);
    if (!makeDetector) return makeDetector.error();
    DecodeMeter meter;
    auto workers = workersOf(run, tapes, meter);
    if (!workers) return workers.error();
    forgetPeakMemory();
    auto result = Session{run, tapes}.play(std::move(*workers), std::move(*makeDetector));
    if (result) result->decoding = meter.costs();
    return result;
}

}  // namespace ninja3cx::bench
