#include "server/transcription/local_transcriber.hpp"

#include "server/transcription/fair_queue.hpp"
#include "server/transcription/stream_cutter.hpp"
#include "shared/audio/pcm.hpp"

#include <boost/asio/post.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace ninja3cx::transcription {
namespace {

using protocol::Speaker;
using StreamKey = std::pair<CallId, Speaker>;

/// One life of a call in here, from its first `open` to `drop`.
struct CallToken {
    std::atomic<bool> isCancelled{false};
};

/// What of a stream is on its way out. Guarded by Impl::mutex_.
struct Outlet {
    struct Place {
        bool isDone = false;
        std::optional<protocol::Utterance> utterance;  // absent: nothing was said
    };
    CallId callId;
    Speaker channel{};
    std::string language;
    std::shared_ptr<CallToken> token;
    std::deque<Place> places;  // in the order of speech
    std::uint64_t firstPlace = 0;
    bool isFinished = false;
};

struct Job {
    std::shared_ptr<Outlet> outlet;
    std::uint64_t place = 0;
    Segment segment;
    SteadyTime heardAt{};  // when its last sample came in
};

/// A stream as the cutting thread sees it.
struct OpenStream {
    StreamCutter cutter;
    std::set<UtteranceId> alreadyFinal;
    std::shared_ptr<Outlet> outlet;
    std::deque<std::pair<std::int64_t, SteadyTime>> arrivals;  // end of a piece in samples, when it came
};

struct Command {
    enum class Kind { Open, Feed, Finish, Drop };
    Kind kind{};
    StreamKey key;
    calls::Transcriber::Stream stream;  // Open
    std::shared_ptr<CallToken> token;   // Open, Drop
    std::int64_t callClockMs = 0;       // Feed …
    std::vector<std::int16_t> samples;
    SteadyTime at{};
};

std::int64_t toMs(std::int64_t samples) {
    return samples / audio::kSamplesPerMs;
}

}  // namespace

UtteranceId utteranceId(Speaker channel, std::int64_t startMs) {
    char digits[24];
    std::snprintf(digits, sizeof digits, "%07lld", static_cast<long long>(startMs));
    return UtteranceId{(channel == Speaker::Agent ? "agent-" : "customer-") + std::string{digits}};
}

class LocalTranscriber::Impl {
public:
    Impl(std::vector<std::unique_ptr<SpeechDecoder>> workers, MakeDetector makeDetector,
         SegmenterOptions segmenter, boost::asio::any_io_executor executor, const Clock& clock,
         Handlers handlers)
        : makeDetector_{std::move(makeDetector)},
          segmenter_{segmenter},
          executor_{std::move(executor)},
          clock_{clock},
          handlers_{std::make_shared<const Handlers>(std::move(handlers))},
          decoders_{std::move(workers)} {
        running_.resize(decoders_.size());
        threads_.emplace_back([this] { cut(); });
        for (std::size_t worker = 0; worker < decoders_.size(); ++worker) {
            threads_.emplace_back([this, worker] { decodeJobs(worker); });
        }
    }

    ~Impl() {
        {
            std::scoped_lock lock{mutex_};
            isStopping_ = true;
            for (const auto& token : running_) {
                if (token) token->isCancelled = true;
            }
        }
        commandsCame_.notify_all();
        jobsCame_.notify_all();
        for (auto& thread : threads_) thread.join();
    }

    void open(Stream stream) {
        auto& token = tokens_[stream.callId];
        if (!token) token = std::make_shared<CallToken>();
        Command command;
        command.kind = Command::Kind::Open;
        command.key = {stream.callId, stream.channel};
        command.token = token;
        command.stream = std::move(stream);
        give(std::move(command));
    }

    void feed(const CallId& callId, Speaker channel, std::int64_t callClockMs,
              std::vector<std::int16_t> samples) {
        Command command;
        command.kind = Command::Kind::Feed;
        command.key = {callId, channel};
        command.callClockMs = callClockMs;
        command.samples = std::move(samples);
        command.at = clock_.steady();
        backlog_ += command.samples.size() * sizeof(std::int16_t);
        give(std::move(command));
    }

    void finish(const CallId& callId, Speaker channel) {
        Command command;
        command.kind = Command::Kind::Finish;
        command.key = {callId, channel};
        command.at = clock_.steady();
        give(std::move(command));
    }

    void drop(const CallId& callId) {
        const auto found = tokens_.find(callId);
        if (found == tokens_.end()) return;
        found->second->isCancelled = true;
        Command command;
        command.kind = Command::Kind::Drop;
        command.key = {callId, Speaker::Agent};
        command.token = found->second;
        tokens_.erase(found);
        give(std::move(command));
    }

    std::size_t backlogBytes() const { return backlog_; }
    std::size_t waitingUtterances() const {
        std::scoped_lock lock{mutex_};
        return jobs_.size();
    }

private:
    void give(Command command) {
        {
            std::scoped_lock lock{mutex_};
            commands_.push_back(std::move(command));
        }
        commandsCame_.notify_one();
    }

    // ---- the cutting thread

    void cut() {
        for (;;) {
            Command command;
            {
                std::unique_lock lock{mutex_};
                commandsCame_.wait(lock, [&] { return isStopping_ || !commands_.empty(); });
                if (isStopping_) return;
                command = std::move(commands_.front());
                commands_.pop_front();
            }
            perform(command);
            backlog_ -= command.samples.size() * sizeof(std::int16_t);
        }
    }

    void perform(Command& command) {
        switch (command.kind) {
            case Command::Kind::Open:
                openStream(command);
                break;
            case Command::Kind::Feed: {
                const auto found = streams_.find(command.key);
                if (found == streams_.end() || found->second.outlet->token->isCancelled) break;
                OpenStream& stream = found->second;
                std::vector<Segment> segments;
                stream.cutter.feed(command.callClockMs, command.samples, segments);
                stream.arrivals.emplace_back(stream.cutter.position(), command.at);
                submit(stream, std::move(segments));
                break;
            }
            case Command::Kind::Finish: {
                const auto found = streams_.find(command.key);
                if (found == streams_.end()) break;
                std::vector<Segment> segments;
                found->second.cutter.finish(segments);
                submit(found->second, std::move(segments));
                tellLeftOut(found->second);
                {
                    std::scoped_lock lock{mutex_};
                    found->second.outlet->isFinished = true;
                    deliver(*found->second.outlet);
                }
                streams_.erase(found);
                break;
            }
            case Command::Kind::Drop: {
                std::erase_if(streams_, [&](const auto& stream) {
                    return stream.second.outlet->token == command.token;
                });
                std::scoped_lock lock{mutex_};
                for (const Job& job : jobs_.drop(command.key.first)) {
                    backlog_ -= job.segment.samples.size() * sizeof(std::int16_t);
                }
                break;
            }
        }
    }

    void openStream(Command& command) {
        auto outlet = std::make_shared<Outlet>();
        outlet->callId = command.key.first;
        outlet->channel = command.key.second;
        outlet->language = command.stream.language;
        outlet->token = command.token;
        streams_.erase(command.key);
        streams_.emplace(command.key, OpenStream{StreamCutter{makeDetector_(), segmenter_},
                                                 std::move(command.stream.alreadyFinal),
                                                 std::move(outlet),
                                                 {}});
    }

    void submit(OpenStream& stream, std::vector<Segment> segments) {
        for (Segment& segment : segments) {
            if (stream.alreadyFinal.contains(utteranceId(stream.outlet->channel, toMs(segment.start))))
                continue;
            SteadyTime heardAt = clock_.steady();
            while (!stream.arrivals.empty() && stream.arrivals.front().first < segment.end())
                stream.arrivals.pop_front();
            if (!stream.arrivals.empty()) heardAt = stream.arrivals.front().second;
            backlog_ += segment.samples.size() * sizeof(std::int16_t);
            const std::int64_t costMs = toMs(segment.end() - segment.start);
            {
                std::scoped_lock lock{mutex_};
                Outlet& outlet = *stream.outlet;
                const std::uint64_t place = outlet.firstPlace + outlet.places.size();
                outlet.places.emplace_back();
                jobs_.push(outlet.callId, costMs, Job{stream.outlet, place, std::move(segment), heardAt});
            }
            jobsCame_.notify_one();
        }
        // Of a silent channel only the newest matter.
        while (stream.arrivals.size() > 2000) stream.arrivals.pop_front();
    }

    void tellLeftOut(const OpenStream& stream) {
        const std::chrono::milliseconds leftOut{toMs(stream.cutter.leftOut())};
        if (leftOut.count() == 0) return;
        post(stream.outlet->token, [callId = stream.outlet->callId, channel = stream.outlet->channel,
                                    leftOut](const Handlers& handlers) {
            if (handlers.onLeftOut) handlers.onLeftOut(callId, channel, leftOut);
        });
    }

    // ---- the workers

    void decodeJobs(std::size_t worker) {
        for (;;) {
            Job job;
            {
                std::unique_lock lock{mutex_};
                jobsCame_.wait(lock, [&] { return isStopping_ || jobs_.size() > 0; });
                if (isStopping_) return;
                job = *jobs_.pop();
                running_[worker] = job.outlet->token;
            }
            auto text = decodeTwice(*decoders_[worker], job);
            backlog_ -= job.segment.samples.size() * sizeof(std::int16_t);
            std::scoped_lock lock{mutex_};
            running_[worker].reset();
            if (isStopping_) return;
            settle(job, std::move(text));
        }
    }

    Result<Decoded> decodeTwice(SpeechDecoder& decoder, const Job& job) {
        // The call was dropped, and the cutter has not yet come to take its jobs out of the queue.
        if (job.outlet->token->isCancelled) return Error{ErrorKind::Cancelled, "the call was dropped"};
        std::string language;
        {
            std::scoped_lock lock{mutex_};
            language = job.outlet->language;
        }
        const DecodeRequest request{job.segment.samples, language, &job.outlet->token->isCancelled};
        auto decoded = decodeSafely(decoder, request);
        if (decoded || decoded.error().kind == ErrorKind::Cancelled) return decoded;
        return decodeSafely(decoder, request);
    }

    static Result<Decoded> decodeSafely(SpeechDecoder& decoder, const DecodeRequest& request) {
        try {
            return decoder.decode(request);
        } catch (const std::exception& failure) {
            return Error{ErrorKind::Io, std::string{"decoding failed: "} + failure.what()};
        }
    }

    /// Under the lock.
    void settle(const Job& job, Result<Decoded> decoded) {
        Outlet& outlet = *job.outlet;
        if (outlet.token->isCancelled) return;
        auto& place = outlet.places[job.place - outlet.firstPlace];
        place.isDone = true;
        if (!decoded) {
            post(outlet.token, [callId = outlet.callId, channel = outlet.channel,
                                id = utteranceId(outlet.channel, toMs(job.segment.start)),
                                error = decoded.error()](const Handlers& handlers) {
                if (handlers.onFailed) handlers.onFailed(callId, channel, id, error);
            });
            // The audio goes with its journal: that something was said here must stay.
            decoded = Decoded{kInaudible, {}};
        }
        if (!decoded->text.empty()) {
            protocol::Utterance utterance;
            utterance.callId = outlet.callId;
            utterance.utteranceId = utteranceId(outlet.channel, toMs(job.segment.start));
            utterance.channel = outlet.channel;
            utterance.revision = 1;
            utterance.isFinal = true;
            utterance.startMs = toMs(job.segment.start);
            utterance.endMs = toMs(job.segment.end());
            utterance.stableBytes = static_cast<std::int32_t>(decoded->text.size());
            utterance.text = std::move(decoded->text);
            utterance.lagMs = std::max<std::int64_t>(0, (clock_.steady() - job.heardAt).count());
            place.utterance = std::move(utterance);
            // Asking whisper for the language costs a second encoding: once for each channel.
            if (outlet.language == "auto" && !decoded->language.empty()) outlet.language = decoded->language;
        }
        deliver(outlet);
    }

    /// Under the lock, so that what two workers finish goes out in order.
    void deliver(Outlet& outlet) {
        if (outlet.token->isCancelled) return;
        while (!outlet.places.empty() && outlet.places.front().isDone) {
            if (auto& utterance = outlet.places.front().utterance) {
                post(outlet.token, [said = std::move(*utterance)](const Handlers& handlers) {
                    if (handlers.onUtterance) handlers.onUtterance(said);
                });
            }
            outlet.places.pop_front();
            ++outlet.firstPlace;
        }
        if (outlet.isFinished && outlet.places.empty()) {
            post(outlet.token, [callId = outlet.callId, channel = outlet.channel](const Handlers& handlers) {
                if (handlers.onDrained) handlers.onDrained(callId, channel);
            });
        }
    }

    template <class Tell>
    void post(std::shared_ptr<CallToken> token, Tell tell) {
        boost::asio::post(executor_, [alive = std::weak_ptr<const Handlers>{handlers_},
                                      token = std::move(token), tell = std::move(tell)] {
            if (const auto handlers = alive.lock(); handlers && !token->isCancelled) tell(*handlers);
        });
    }

    const MakeDetector makeDetector_;
    const SegmenterOptions segmenter_;
    const boost::asio::any_io_executor executor_;
    const Clock& clock_;
    const std::shared_ptr<const Handlers> handlers_;
    const std::vector<std::unique_ptr<SpeechDecoder>> decoders_;  // each its worker's alone

    std::map<CallId, std::shared_ptr<CallToken>> tokens_;  // the caller's thread
    std::map<StreamKey, OpenStream> streams_;              // the cutting thread

    mutable std::mutex mutex_;  // what follows, and the Outlets
    std::condition_variable commandsCame_;
    std::condition_variable jobsCame_;
    std::deque<Command> commands_;
    FairQueue<Job> jobs_;
    std::vector<std::shared_ptr<CallToken>> running_;
    bool isStopping_ = false;

    std::atomic<std::size_t> backlog_{0};
    std::vector<std::thread> threads_;
};

LocalTranscriber::LocalTranscriber(std::vector<std::unique_ptr<SpeechDecoder>> workers,
                                   MakeDetector makeDetector, SegmenterOptions segmenter,
                                   boost::asio::any_io_executor executor, const Clock& clock,
                                   Handlers handlers)
    : impl_{std::make_unique<Impl>(std::move(workers), std::move(makeDetector), segmenter,
                                   std::move(executor), clock, std::move(handlers))} {}
LocalTranscriber::~LocalTranscriber() = default;

void LocalTranscriber::open(Stream stream) {
    impl_->open(std::move(stream));
}
void LocalTranscriber::feed(const CallId& callId, Speaker channel, std::int64_t callClockMs,
                            std::vector<std::int16_t> samples) {
    impl_->feed(callId, channel, callClockMs, std::move(samples));
}
void LocalTranscriber::finish(const CallId& callId, Speaker channel) {
    impl_->finish(callId, channel);
}
void LocalTranscriber::drop(const CallId& callId) {
    impl_->drop(callId);
}
std::size_t LocalTranscriber::backlogBytes() const {
    return impl_->backlogBytes();
}
std::size_t LocalTranscriber::waitingUtterances() const {
    return impl_->waitingUtterances();
}

}  // namespace ninja3cx::transcription
