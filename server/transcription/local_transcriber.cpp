#include "server/transcription/local_transcriber.hpp"

#include "server/transcription/arrival_clock.hpp"
#include "server/transcription/channel_transcriber.hpp"
#include "server/transcription/echo_gate.hpp"
#include "server/transcription/partial_pace.hpp"
#include "server/transcription/thrown.hpp"
#include "shared/audio/pcm.hpp"

#include <boost/asio/post.hpp>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace ninja3cx::transcription {
namespace {

using protocol::Speaker;
using StreamKey = std::pair<CallId, Speaker>;
using namespace std::chrono_literals;

constexpr auto kObserveEvery = 1s;     // the load
constexpr auto kTellLagEvery = 500ms;  // of a call
constexpr auto kLagWorthTelling = 1s;

/// One life of a call in here, from its first `open` to `drop`.
struct CallToken {
    std::atomic<bool> isCancelled{false};
    ArrivalClock arrivals;  // the caller's thread's
    // The cutting thread's.
    SteadyTime lagToldAt{};
    bool isLagTold = false;  // and no final text has come since
    EchoGate gate;
    EchoFigure echoTold;
};

/// Sound that waits somewhere, as long as this lives.
using ByteCount = std::shared_ptr<const void>;

ByteCount count(const std::shared_ptr<std::atomic<std::size_t>>& total, std::size_t samples) {
    const std::size_t bytes = samples * sizeof(std::int16_t);
    *total += bytes;
    return {nullptr, [total, bytes](const void*) { *total -= bytes; }};
}

}  // namespace

class LocalTranscriber::Impl {
public:
    Impl(std::vector<SpeechWorker> workers, MakeDetector makeDetector, const TranscriberOptions& options,
         boost::asio::any_io_executor executor, const Clock& clock, Handlers handlers)
        : makeDetector_{std::move(makeDetector)},
          options_{options},
          executor_{std::move(executor)},
          clock_{clock},
          handlers_{std::make_shared<const Handlers>(std::move(handlers))},
          pace_{options.policy.step},
          step_{pace_.step()},
          pool_{std::move(workers), clock},
          cutting_{[this] { cut(); }} {}

    ~Impl() {
        {
            std::scoped_lock lock{mutex_};
            isStopping_ = true;
        }
        somethingCame_.notify_all();
        cutting_.join();
    }

    void open(Stream stream) {
        auto& token = tokens_[stream.callId];
        if (!token) token = std::make_shared<CallToken>();
        Command command;
        command.kind = Command::Kind::Open;
        command.key = {stream.callId, stream.channel};
        command.stream = std::make_shared<OpenStream>(*this, std::move(stream), token);
        give(std::move(command));
    }

    void feed(const CallId& callId, Speaker channel, std::int64_t callClockMs,
              std::vector<std::int16_t> samples) {
        Command command;
        command.kind = Command::Kind::Feed;
        command.key = {callId, channel};
        command.callClockMs = callClockMs;
        command.samples = std::move(samples);
        command.waits = count(backlog_, command.samples.size());
        const auto until =
            callClockMs + static_cast<std::int64_t>(command.samples.size()) / audio::kSamplesPerMs;
        const SteadyTime now = clock_.steady();
        const auto call = tokens_.find(callId);
        command.arrival = {call == tokens_.end() ? now : call->second->arrivals.heardAt(until, now), now};
        give(std::move(command));
    }

    void finish(const CallId& callId, Speaker channel) {
        Command command;
        command.kind = Command::Kind::Finish;
        command.key = {callId, channel};
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

    std::size_t backlogBytes() const { return *backlog_; }

    SpeechLoad load() const {
        SpeechLoad load;
        load.pool = pool_.figures();
        std::scoped_lock lock{mutex_};
        load.partialStep = step_;
        return load;
    }

private:
    struct OpenStream;
    struct DecodedTask {
        std::weak_ptr<OpenStream> stream;
        std::uint64_t id = 0;
        Result<Decoded> decoded;
    };

    /// A stream, and where its wishes go.
    struct OpenStream final : ChannelPorts, std::enable_shared_from_this<OpenStream> {
        OpenStream(Impl& impl, Stream stream, std::shared_ptr<CallToken> call)
            : owner{impl},
              key{stream.callId, stream.channel},
              token{std::move(call)},
              channel{std::move(stream), impl.makeDetector_, impl.options_, *this} {}

        void decode(std::uint64_t id, const std::shared_ptr<DecodeTask>& task) override {
            // Partials go away by themselves; the others are what a replay has to wait for.
            const std::size_t samples = task->kind == DecodeKind::Partial ? 0 : task->samples.size();
            // Its way back is made now: a worker that has no memory left can still take it.
            auto done = std::make_shared<std::list<DecodedTask>>(1);
            done->front().stream = weak_from_this();
            done->front().id = id;
            task->onDone = [&impl = owner, done,
                            waits = count(owner.backlog_, samples)](Result<Decoded> decoded) {
                done->front().decoded = std::move(decoded);
                impl.giveBack(*done);
            };
            owner.pool_.submit(task);
        }
        void cancel(const std::shared_ptr<DecodeTask>& task) override { owner.pool_.cancel(task); }
        void say(protocol::Utterance utterance) override {
            if (utterance.isFinal) token->isLagTold = false;
            owner.post(token, [said = std::move(utterance)](const Handlers& handlers) {
                if (handlers.onUtterance) handlers.onUtterance(said);
            });
        }
        void fail(const UtteranceId& id, const Error& error) override {
            owner.post(token, [key = key, id, error](const Handlers& handlers) {
                if (handlers.onFailed) handlers.onFailed(key.first, key.second, id, error);
            });
        }
        /// What is no utterance's.
        void stumble(const Error& error) {
            owner.post(token, [key = key, error](const Handlers& handlers) {
                if (handlers.onStumbled) handlers.onStumbled(key.first, key.second, error);
            });
        }
        void drained() override {
            owner.post(token, [key = key](const Handlers& handlers) {
                if (handlers.onDrained) handlers.onDrained(key.first, key.second);
            });
        }

        Impl& owner;
        const StreamKey key;
        const std::shared_ptr<CallToken> token;
        ChannelTranscriber channel;
    };

    struct Command {
        enum class Kind { Open, Feed, Finish, Drop };
        Kind kind{};
        StreamKey key;
        std::shared_ptr<OpenStream> stream;  // Open
        std::shared_ptr<CallToken> token;    // Drop
        std::int64_t callClockMs = 0;        // Feed …
        std::vector<std::int16_t> samples;
        ByteCount waits;
        Arrival arrival;
    };

    void give(Command command) {
        {
            std::scoped_lock lock{mutex_};
            commands_.push_back(std::move(command));
        }
        somethingCame_.notify_one();
    }

    /// On a worker.
    void giveBack(std::list<DecodedTask>& done) {
        {
            std::scoped_lock lock{mutex_};
            if (isStopping_) return;
            decoded_.splice(decoded_.end(), done);
        }
        somethingCame_.notify_one();
    }

    // ---- the cutting thread

    void cut() {
        for (;;) {
            std::optional<Command> command;
            std::list<DecodedTask> decoded;
            {
                std::unique_lock lock{mutex_};
                somethingCame_.wait(lock,
                                    [&] { return isStopping_ || !commands_.empty() || !decoded_.empty(); });
                if (isStopping_) return;
                // Texts first: they do not wait behind the sound of a replay.
                decoded.swap(decoded_);
                if (decoded.empty()) {
                    command = std::move(commands_.front());
                    commands_.pop_front();
                }
            }
            for (DecodedTask& done : decoded) {
                const auto stream = done.stream.lock();
                if (!stream) continue;
                survive(stream.get(), [&] {
                    stream->channel.decoded(done.id, std::move(done.decoded), clock_.steady());
                    tellLag(*stream);
                });
            }
            if (command) {
                const auto stream = streamOf(*command);
                survive(stream.get(), [&] { perform(*command); });
            }
            // What found no memory before is told now.
            for (const auto& stream : leaving_) survive(stream.get(), [&] { stream->channel.deliver(); });
            std::erase_if(leaving_, [](const auto& stream) { return stream->channel.isIdle(); });
        }
    }

    /// Streams tell their failures themselves. What is left, as when there is no memory to tell them, is told here,
    /// and ends neither the thread nor what the others say.
    template <class Act>
    void survive(OpenStream* stream, Act act) {
        try {
            act();
        } catch (...) {
            try {
                if (stream != nullptr) stream->stumble(thrown("transcription"));
            } catch (...) {
                return;
            }
        }
    }

    /// None: it is of no stream, or of none that is open.
    std::shared_ptr<OpenStream> streamOf(const Command& command) const {
        if (command.stream) return command.stream;
        const auto found = streams_.find(command.key);
        return command.kind == Command::Kind::Drop || found == streams_.end() ? nullptr : found->second;
    }

    void perform(Command& command) {
        switch (command.kind) {
            case Command::Kind::Open: {
                if (const auto old = streams_.find(command.key); old != streams_.end()) end(old);
                EchoGate& gate = command.stream->token->gate;
                // What it knew was of sound that is over.
                if (!isHeard(command.key.first)) gate = EchoGate{};
                if (command.key.second == Speaker::Customer) gate.openFar();
                command.stream->channel.setStep(pace_.step());
                leaving_.reserve(leaving_.size() + streams_.size() + 1);  // `end` finds its place
                streams_.emplace(command.key, std::move(command.stream));
                break;
            }
            case Command::Kind::Feed: {
                observeLoad();
                const auto found = streams_.find(command.key);
                if (found == streams_.end() || found->second->token->isCancelled) break;
                hear(*found->second, command);
                tellLag(*found->second);
                tellEcho(*found->second);
                break;
            }
            case Command::Kind::Finish: {
                const auto found = streams_.find(command.key);
                if (found != streams_.end()) end(found);
                break;
            }
            case Command::Kind::Drop:
                std::erase_if(streams_, [&](const auto& one) { return forget(*one.second, command); });
                std::erase_if(leaving_, [&](const auto& one) { return forget(*one, command); });
                break;
        }
    }

    /// The agent's sound goes through the gate, which holds it back until the customer's is there.
    void hear(OpenStream& stream, const Command& command) {
        const bool isCustomer = command.key.second == Speaker::Customer;
        const Arrival& arrival = command.arrival;
        if (isCustomer) stream.channel.feed(command.callClockMs, command.samples, arrival, clock_.steady());
        throughGate(stream, arrival.cameAt, [&](EchoGate& gate, std::vector<EchoGate::Piece>& pieces) {
            if (isCustomer)
                gate.feedFar(command.callClockMs, command.samples, pieces);
            else
                gate.feedNear(command.callClockMs, command.samples, arrival.heardAt, pieces);
        });
    }

    void endSound(OpenStream& stream) {
        throughGate(stream, clock_.steady(), [&](EchoGate& gate, std::vector<EchoGate::Piece>& pieces) {
            if (stream.key.second == Speaker::Customer)
                gate.finishFar(pieces);
            else
                gate.finishNear(pieces);
        });
    }

    /// `cameAt`: what lets the agent's sound out now. That it waited for it is no load.
    template <class Step>
    void throughGate(OpenStream& stream, SteadyTime cameAt, Step step) {
        EchoGate& gate = stream.token->gate;
        std::vector<EchoGate::Piece> pieces;
        std::optional<Error> failed;
        try {
            step(gate, pieces);
        } catch (...) {
            failed = thrown("looking for an echo");
        }
        const EchoGate::Stretch held = gate.held();
        if (failed) gate.forget();
        passOn(stream.key.first, pieces, cameAt);
        if (failed) lose(stream, held, *failed);
    }

    /// The agent's sound that was in the gate.
    void lose(OpenStream& stream, const EchoGate::Stretch& held, const Error& error) {
        const auto agent = streams_.find({stream.key.first, Speaker::Agent});
        if (agent == streams_.end() || held.start == held.end) {
            stream.stumble(error);
            return;
        }
        agent->second->channel.lose(held.start / audio::kSamplesPerMs,
                                    static_cast<std::size_t>(held.end - held.start), error, clock_.steady());
    }

    void passOn(const CallId& callId, const std::vector<EchoGate::Piece>& pieces, SteadyTime cameAt) {
        if (pieces.empty()) return;
        const auto agent = streams_.find({callId, Speaker::Agent});
        if (agent == streams_.end()) return;
        for (const EchoGate::Piece& piece : pieces)
            agent->second->channel.feed(piece.callClockMs, piece.samples, {piece.heardAt, cameAt},
                                        clock_.steady());
    }

    bool isHeard(const CallId& callId) const {
        return streams_.contains({callId, Speaker::Agent}) || streams_.contains({callId, Speaker::Customer});
    }

    static bool forget(OpenStream& stream, const Command& drop) {
        if (stream.token != drop.token) return false;
        stream.channel.abandon();
        return true;
    }

    /// No more sound. It lives on until its last text is there.
    void end(std::map<StreamKey, std::shared_ptr<OpenStream>>::iterator found) {
        const std::shared_ptr<OpenStream> stream = found->second;
        survive(stream.get(), [&] { endSound(*stream); });
        survive(stream.get(), [&] { tellLeftOut(*stream); });
        survive(stream.get(), [&] { stream->channel.finish(clock_.steady()); });
        if (!stream->channel.isIdle()) leaving_.push_back(stream);
        streams_.erase(found);
    }

    void tellLag(const OpenStream& stream) {
        const SteadyTime now = clock_.steady();
        CallToken& call = *stream.token;
        const auto since = waitingSince(stream);
        if (since && now - *since >= kLagWorthTelling) {
            if (now - call.lagToldAt < kTellLagEvery) return;
            call.lagToldAt = now;
            call.isLagTold = true;
            postLag(stream, now - *since);
        } else if (std::exchange(call.isLagTold, false)) {
            postLag(stream, {});
        }
    }

    void postLag(const OpenStream& stream, std::chrono::milliseconds lag) {
        post(stream.token, [callId = stream.key.first, lag](const Handlers& handlers) {
            if (handlers.onLag) handlers.onLag(callId, lag);
        });
    }

    /// The oldest speech of its call, also of streams that have ended.
    std::optional<SteadyTime> waitingSince(const OpenStream& stream) const {
        std::optional<SteadyTime> since;
        const auto look = [&](const OpenStream& one) {
            const auto waits = one.channel.waitingSince();
            if (one.token == stream.token && waits && (!since || *waits < *since)) since = waits;
        };
        for (const Speaker channel : {Speaker::Agent, Speaker::Customer})
            if (const auto one = streams_.find({stream.key.first, channel}); one != streams_.end())
                look(*one->second);
        for (const auto& one : leaving_) look(*one);
        return since;
    }

    void tellEcho(OpenStream& stream) {
        const EchoFigure echo = stream.token->gate.echo();
        const EchoFigure& told = stream.token->echoTold;
        if (echo.isThere == told.isThere &&
            (!echo.isThere || std::abs(echo.attenuationDb - told.attenuationDb) < 3))
            return;
        stream.token->echoTold = echo;
        post(stream.token, [callId = stream.key.first, echo](const Handlers& handlers) {
            if (handlers.onEcho) handlers.onEcho(callId, echo);
        });
    }

    void tellLeftOut(const OpenStream& stream) {
        const bool isAgent = stream.key.second == Speaker::Agent;
        const std::int64_t samples = isAgent ? stream.token->gate.takeLeftOut() : stream.channel.leftOut();
        const std::chrono::milliseconds leftOut{samples / audio::kSamplesPerMs};
        if (leftOut.count() == 0) return;
        post(stream.token, [key = stream.key, leftOut](const Handlers& handlers) {
            if (handlers.onLeftOut) handlers.onLeftOut(key.first, key.second, leftOut);
        });
    }

    void observeLoad() {
        const SteadyTime now = clock_.steady();
        const auto since = now - observedAt_;
        if (since < kObserveEvery) return;
        const PoolFigures figures = pool_.figures();
        const Load load = loadBetween(observed_, figures, since, pool_.workers());
        observed_ = figures;
        observedAt_ = now;
        const PartialPace::Step before = pace_.step();
        const PartialPace::Step step = pace_.observe(load);
        if (step == before) return;
        for (auto& [key, stream] : streams_) stream->channel.setStep(step);
        std::scoped_lock lock{mutex_};
        step_ = step;
    }

    template <class Tell>
    void post(std::shared_ptr<CallToken> token, Tell tell) {
        boost::asio::post(executor_, [alive = std::weak_ptr<const Handlers>{handlers_},
                                      token = std::move(token), tell = std::move(tell)] {
            if (const auto handlers = alive.lock(); handlers && !token->isCancelled) tell(*handlers);
        });
    }

    const MakeDetector makeDetector_;
    const TranscriberOptions options_;
    const boost::asio::any_io_executor executor_;
    const Clock& clock_;
    const std::shared_ptr<const Handlers> handlers_;
    const std::shared_ptr<std::atomic<std::size_t>> backlog_ = std::make_shared<std::atomic<std::size_t>>(0);

    std::map<CallId, std::shared_ptr<CallToken>> tokens_;  // the caller's thread

    // The cutting thread's.
    std::map<StreamKey, std::shared_ptr<OpenStream>> streams_;
    std::vector<std::shared_ptr<OpenStream>> leaving_;  // no more sound; texts are still to come
    PartialPace pace_;
    PoolFigures observed_;
    SteadyTime observedAt_{};

    mutable std::mutex mutex_;  // what follows
    std::condition_variable somethingCame_;
    std::deque<Command> commands_;
    std::list<DecodedTask> decoded_;
    PartialPace::Step step_;
    bool isStopping_ = false;

    DecodePool pool_;  // its workers use what stands above
    std::thread cutting_;
};

LocalTranscriber::LocalTranscriber(std::vector<SpeechWorker> workers, MakeDetector makeDetector,
                                   TranscriberOptions options, boost::asio::any_io_executor executor,
                                   const Clock& clock, Handlers handlers)
    : impl_{std::make_unique<Impl>(std::move(workers), std::move(makeDetector), options, std::move(executor),
                                   clock, std::move(handlers))} {}
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
SpeechLoad LocalTranscriber::load() const {
    return impl_->load();
}

}  // namespace ninja3cx::transcription
