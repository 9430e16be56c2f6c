#include "server/transcription/transcribe_file.hpp"

#include "server/transcription/local_transcriber.hpp"
#include "server/transcription/worker_count.hpp"
#include "shared/audio/audio_file.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <ostream>
#include <tuple>

namespace ninja3cx::transcription {
namespace {

constexpr std::int64_t kPieceMs = 100;
constexpr std::size_t kEnoughAhead = 32U << 20;  // bytes given to the transcriber beyond what it has decoded

/// Gives the channels piece by piece, in real time or as fast as they are taken.
class Feeder {
public:
    Feeder(boost::asio::io_context& network, LocalTranscriber& transcriber,
           const std::vector<std::vector<std::int16_t>>& channels, CallId callId, bool isRealTime)
        : timer_{network},
          transcriber_{transcriber},
          channels_{channels},
          callId_{std::move(callId)},
          isRealTime_{isRealTime},
          next_{boost::asio::steady_timer::clock_type::now()} {}

    void step() {
        const std::size_t total = channels_.front().size();
        while (at_ < total) {
            if (!isRealTime_ && transcriber_.backlogBytes() > kEnoughAhead) break;
            const std::size_t count = std::min<std::size_t>(kPieceMs * audio::kSamplesPerMs, total - at_);
            for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
                const auto from = channels_[channel].begin() + static_cast<std::ptrdiff_t>(at_);
                transcriber_.feed(callId_, speaker(channel),
                                  static_cast<std::int64_t>(at_) / audio::kSamplesPerMs,
                                  {from, from + static_cast<std::ptrdiff_t>(count)});
            }
            at_ += count;
            if (isRealTime_) break;
        }
        if (at_ == total) {
            for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
                transcriber_.finish(callId_, speaker(channel));
            }
            return;
        }
        next_ += std::chrono::milliseconds{kPieceMs};
        timer_.expires_at(next_);
        timer_.async_wait([this](const boost::system::error_code& failure) {
            if (!failure) step();
        });
    }

    static protocol::Speaker speaker(std::size_t channel) {
        return channel == 0 ? protocol::Speaker::Agent : protocol::Speaker::Customer;
    }

private:
    boost::asio::steady_timer timer_;
    LocalTranscriber& transcriber_;
    const std::vector<std::vector<std::int16_t>>& channels_;
    const CallId callId_;
    const bool isRealTime_;
    boost::asio::steady_timer::time_point next_;
    std::size_t at_ = 0;
};

/// Which language most of the speech is in, as the workers hear it. Threads: any.
class LanguageTally {
public:
    void hear(const DecodeRequest& request, const Decoded& decoded) {
        if (decoded.text.empty() || request.kind == DecodeKind::Partial) return;
        // Where it is settled for the channel it is asked for by its name.
        const double certainty =
            request.language == "auto" ? static_cast<double>(decoded.languageProbability) : 1.0;
        std::scoped_lock lock{mutex_};
        weights_[decoded.language] += certainty * static_cast<double>(request.samples.size());
    }
    /// None: nobody spoke.
    std::optional<std::string> most() const {
        std::scoped_lock lock{mutex_};
        const auto most = std::ranges::max_element(weights_, {}, [](const auto& one) { return one.second; });
        return most == weights_.end() ? std::nullopt : std::optional{most->first};
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, double> weights_;
};

/// A worker that tells the tally what it heard.
class Tallied final : public SpeechDecoder {
public:
    Tallied(std::unique_ptr<SpeechDecoder> decoder, LanguageTally& tally)
        : decoder_{std::move(decoder)}, tally_{tally} {}
    Result<Decoded> decode(const DecodeRequest& request) override {
        auto decoded = decoder_->decode(request);
        if (decoded) tally_.hear(request, *decoded);
        return decoded;
    }

private:
    std::unique_ptr<SpeechDecoder> decoder_;
    LanguageTally& tally_;
};

std::size_t correctionsIn(const std::vector<protocol::Utterance>& utterances) {
    std::size_t count = 0;
    for (const protocol::Utterance& utterance : utterances)
        if (utterance.corrections) count += utterance.corrections->size();
    return count;
}

}  // namespace

Result<std::vector<protocol::Utterance>> transcribeChannels(
    const std::vector<std::vector<std::int16_t>>& channels, const TranscribeRun& run) {
    auto makeDetector = detectorsOf(run.voiceModel);
    if (!makeDetector) return makeDetector.error();
    LanguageTally tally;
    std::vector<SpeechWorker> workers;
    const std::size_t count =
        run.workers > 0 ? run.workers : defaultWorkers(run.model, run.partialModel, run.device);
    while (workers.size() < count) {
        auto worker = makeWhisperDecoder(run.model, run.decoder);
        if (!worker) return worker.error();
        SpeechWorker both{std::make_unique<Tallied>(std::move(*worker), tally), nullptr};
        if (run.partialModel) {
            auto partials = makeWhisperDecoder(run.partialModel);
            if (!partials) return partials.error();
            both.partials = std::move(*partials);
        }
        workers.push_back(std::move(both));
    }

    boost::asio::io_context network;
    auto work = boost::asio::make_work_guard(network);
    const RealClock clock;
    std::vector<protocol::Utterance> utterances;
    std::optional<Error> failed;
    std::size_t drained = 0;
    LocalTranscriber::Handlers handlers;
    handlers.onUtterance = [&](protocol::Utterance utterance) {
        if (run.onUtterance) run.onUtterance(utterance);
        if (utterance.isFinal && !utterance.text.empty()) utterances.push_back(std::move(utterance));
    };
    handlers.onDrained = [&](const CallId&, protocol::Speaker) {
        if (++drained == channels.size()) work.reset();
    };
    handlers.onFailed = [&](const CallId&, protocol::Speaker, const UtteranceId& id, const Error& error) {
        if (!failed) failed = inContext("utterance " + id.value(), error);
    };
    handlers.onStumbled = [&](const CallId&, protocol::Speaker, const Error& error) {
        if (!failed) failed = error;
    };
    TranscriberOptions options;
    options.segmenter.endSilence = run.endSilence;
    options.policy.hasPartials = run.hasPartials;
    options.policy.isSameModel = !run.partialModel;
    options.isLive = run.isRealTime;
    options.vocabulary = run.vocabulary;
    LocalTranscriber transcriber{
        std::move(workers), std::move(*makeDetector), options, network.get_executor(), clock,
        std::move(handlers)};
    const CallId callId{"file"};
    for (std::size_t channel = 0; channel < channels.size(); ++channel) {
        transcriber.open({callId, Feeder::speaker(channel), run.language});
    }
    Feeder feeder{network, transcriber, channels, callId, run.isRealTime};
    feeder.step();
    network.run();
    if (failed) return *failed;
    if (const auto language = tally.most(); language && run.onLanguage && run.language == "auto")
        run.onLanguage(*language);
    std::sort(utterances.begin(), utterances.end(), [](const auto& a, const auto& b) {
        return std::tie(a.startMs, a.channel) < std::tie(b.startMs, b.channel);
    });
    return utterances;
}

Result<void> transcribeFiles(const TranscribeOptions& options, std::ostream& out, std::ostream& notes) {
    auto model = loadWhisperModel(options.model, {options.device});
    if (!model) return model.error();
    if (auto known = checkLanguage(options.language); !known) return known.error();
    const std::string prompt = options.vocabulary ? options.vocabulary->promptFor({}) : "";
    if (const std::string note = noteOnPrompt(takesPrompt(*model), prompt); !note.empty())
        notes << note << "\n";
    std::vector<Transcript> transcripts;
    for (const auto& file : options.files) {
        auto sound = audio::readAudioFile(file);
        if (!sound) return sound.error();
        if (sound->channels.size() > 2) {
            return Error{ErrorKind::BadMessage,
                         file.string() + ": has " + std::to_string(sound->channels.size()) +
                             " channels; a call has two (left agent, right customer), a recording one"};
        }
        Transcript transcript{
            file.string(), sound->durationMs(), options.language, sound->channels.size() == 2, {}};
        if (options.format == Format::Text && options.files.size() > 1) out << "== " << file.string() << "\n";
        const bool printsAtOnce = options.isRealTime && options.format == Format::Text;
        TranscribeRun run{*model,
                          options.voiceModel,
                          options.language,
                          options.vocabulary,
                          options.workers,
                          options.isRealTime,
                          {}};
        run.endSilence = options.endSilence;
        run.device = options.device;
        run.onLanguage = [&transcript](const std::string& language) { transcript.language = language; };
        if (printsAtOnce) {
            run.onUtterance = [&](const protocol::Utterance& utterance) {
                out << textLine(utterance, transcript.hasTwoSides) << std::flush;
            };
        }
        auto utterances = transcribeChannels(sound->channels, run);
        if (!utterances) return inContext(file.string(), utterances.error());
        transcript.utterances = std::move(*utterances);
        if (const std::size_t count = correctionsIn(transcript.utterances); count > 0)
            notes << file.string() << ": " << count << (count == 1 ? " correction" : " corrections")
                  << " (whisper.vocabulary, whisper.corrections)\n";
        switch (options.format) {
            case Format::Text:
                if (!printsAtOnce) out << asText(transcript);
                break;
            case Format::Srt:
                out << asSrt(transcript);
                break;
            case Format::Vtt:
                out << asVtt(transcript);
                break;
            case Format::Json:
                transcripts.push_back(std::move(transcript));
                break;
        }
    }
    if (options.format == Format::Json) out << asJson(transcripts);
    out << std::flush;
    if (!out) return Error{ErrorKind::Io, "the output cannot be written"};
    return {};
}

}  // namespace ninja3cx::transcription
