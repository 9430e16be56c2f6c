#include "server/retranscription/background/background_listener.hpp"

#include "server/journal/journal_files.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <tuple>

namespace ninja3cx::retranscription {
namespace {

namespace asio = boost::asio;
using protocol::Speaker;
using transcription::LocalTranscriber;
using transcription::SpeechDecoder;

constexpr std::size_t kEnoughAhead = 8U << 20;  // bytes given to the transcriber beyond what it has decoded
constexpr int kFramesAtATime = 50;
constexpr int kNice = 10;

/// Threads that are made by this one inherit it.
void lowerPriority() {
#ifdef __linux__
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kNice);
#endif
}

/// The transcriber owns its decoders; this one is kept for the next call.
class Lent final : public SpeechDecoder {
public:
    explicit Lent(SpeechDecoder& decoder) : decoder_(decoder) {}
    Result<transcription::Decoded> decode(const transcription::DecodeRequest& request) override {
        return decoder_.decode(request);
    }

private:
    SpeechDecoder& decoder_;
};

/// The frames of both channels as they were heard, so that neither runs ahead.
class CallReader {
public:
    static Result<CallReader> open(const std::filesystem::path& folder, const CallId& callId) {
        CallReader call;
        for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {
            auto reader = journal::JournalReader::open(journal::journalFile(folder, callId, channel));
            if (!reader && reader.error().kind == ErrorKind::NotFound) continue;
            if (!reader) return reader.error();
            Channel& opened = call.channels_.emplace_back(channel, std::move(*reader), std::nullopt);
            opened.next = opened.reader.next();
        }
        if (call.channels_.empty()) return Error{ErrorKind::NotFound, "its audio is gone"};
        return call;
    }
    std::vector<Speaker> channels() const {
        std::vector<Speaker> channels;
        for (const Channel& channel : channels_) channels.push_back(channel.speaker);
        return channels;
    }
    std::optional<protocol::AudioFrame> next() {
        const auto first = std::ranges::min_element(channels_, {}, [](const Channel& channel) {
            return std::pair{!channel.next, channel.next ? channel.next->callClockMs : 0};
        });
        return std::exchange(first->next, first->next ? first->reader.next() : std::nullopt);
    }
    /// Of what has been read. Torn ends are cut off before a call is heard: what is no record was one.
    std::optional<Error> problem() const {
        std::uint64_t damaged = 0;
        for (const Channel& channel : channels_) {
            if (channel.reader.hasFailed()) return Error{ErrorKind::Io, "its audio cannot be read"};
            damaged += channel.reader.damagedBytes() + channel.reader.tornBytes();
        }
        if (damaged == 0) return std::nullopt;
        return Error{ErrorKind::Io, std::to_string(damaged) + " bytes of its audio are damaged"};
    }

private:
    struct Channel {
        Channel(Speaker who, journal::JournalReader from, std::optional<protocol::AudioFrame> first)
            : speaker(who), reader(std::move(from)), next(std::move(first)) {}
        Speaker speaker;
        journal::JournalReader reader;
        std::optional<protocol::AudioFrame> next;
    };
    std::vector<Channel> channels_;
};

/// One journal through one transcriber, on the calling thread's loop.
class Session {
public:
    Session(const Hearing& hearing, CallReader call, SpeechDecoder& decoder,
            const BackgroundListener::Options& options, asio::io_context& loop)
        : hearing_(hearing),
          call_(std::move(call)),
          loop_(loop),
          timer_(loop),
          transcriber_(workers(decoder), options.makeDetector, heardWith(options), loop.get_executor(),
                       clock_, handlers()) {
        for (const protocol::Utterance& known : hearing.known) heard_.emplace(known.utteranceId, known);
        for (const Speaker channel : call_.channels()) {
            LocalTranscriber::Stream stream{hearing.callId, channel, hearing.language, hearing.promptWords};
            for (const auto& [id, known] : heard_)
                if (known.channel == channel)
                    stream.finalUntilMs = std::max(stream.finalUntilMs, known.endMs);
            transcriber_.open(std::move(stream));
            ++open_;
        }
    }

    void feed() {
        int frames = 0;
        while (transcriber_.backlogBytes() <= kEnoughAhead && frames < kFramesAtATime) {
            auto frame = call_.next();
            if (const auto problem = call_.problem()) return fail(*problem);
            if (!frame) return finish();
            transcriber_.feed(hearing_.callId, frame->channel, frame->callClockMs, std::move(frame->samples));
            ++frames;
        }
        // What is decoded comes in between.
        timer_.expires_after(std::chrono::milliseconds{frames < kFramesAtATime ? 50 : 0});
        timer_.async_wait([this](const boost::system::error_code& cancelled) {
            if (!cancelled) feed();
        });
    }

    /// When the loop has ended, by itself or because it was stopped.
    Heard result() const {
        Heard heard;
        if (failed_)
            heard.ended = *failed_;
        else if (open_ > 0)
            heard.ended = Error{ErrorKind::Cancelled, "stopped"};
        for (const auto& [id, utterance] : heard_) heard.utterances.push_back(utterance);
        std::ranges::sort(heard.utterances, {}, [](const protocol::Utterance& said) {
            return std::tuple{said.startMs, said.channel};
        });
        return heard;
    }

private:
    static std::vector<transcription::SpeechWorker> workers(SpeechDecoder& decoder) {
        std::vector<transcription::SpeechWorker> workers;
        workers.push_back({std::make_unique<Lent>(decoder), nullptr});
        return workers;
    }

    static transcription::TranscriberOptions heardWith(const BackgroundListener::Options& from) {
        transcription::TranscriberOptions options;
        options.segmenter.endSilence = from.endSilence;
        options.policy.hasPartials = false;
        options.isLive = false;
        options.vocabulary = from.vocabulary;
        return options;
    }

    LocalTranscriber::Handlers handlers() {
        LocalTranscriber::Handlers handlers;
        handlers.onUtterance = [this](protocol::Utterance utterance) {
            if (!utterance.isFinal || failed_) return;
            utterance.lagMs = 0;  // nobody waits
            heard_.insert_or_assign(utterance.utteranceId, std::move(utterance));
        };
        handlers.onDrained = [this](const CallId&, Speaker) {
            if (--open_ == 0) loop_.stop();
        };
        handlers.onFailed = [this](const CallId&, Speaker, const UtteranceId& id, const Error& error) {
            fail(inContext("utterance " + id.value(), error));
        };
        handlers.onStumbled = [this](const CallId&, Speaker, const Error& error) { fail(error); };
        return handlers;
    }

    /// A version with holes is none: the final texts say more.
    void fail(Error error) {
        failed_ = std::move(error);
        loop_.stop();
    }

    void finish() {
        for (const Speaker channel : call_.channels()) transcriber_.finish(hearing_.callId, channel);
    }

    const Hearing& hearing_;
    CallReader call_;
    std::map<UtteranceId, protocol::Utterance> heard_;
    std::optional<Error> failed_;
    std::size_t open_ = 0;
    asio::io_context& loop_;
    asio::steady_timer timer_;
    const RealClock clock_;
    LocalTranscriber transcriber_;  // first to end: what it hands out goes to the others
};

}  // namespace

/// What is asked of the thread; guarded by the listener's mutex but for `hearing` and `done`, which do not change.
struct BackgroundListener::Attempt {
    Hearing hearing;
    Done done;
    asio::io_context loop{1};
};

BackgroundListener::BackgroundListener(Options options, asio::any_io_executor results)
    : options_(std::move(options)), results_(std::move(results)), thread_([this] { work(); }) {}

BackgroundListener::~BackgroundListener() {
    stop();
    {
        std::scoped_lock lock{mutex_};
        isStopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void BackgroundListener::listen(Hearing hearing, Done done) {
    auto attempt = std::make_shared<Attempt>();
    attempt->hearing = std::move(hearing);
    attempt->done = std::move(done);
    {
        std::scoped_lock lock{mutex_};
        waiting_ = attempt;
        current_ = std::move(attempt);
    }
    wake_.notify_all();
}

void BackgroundListener::stop() {
    std::scoped_lock lock{mutex_};
    if (!current_) return;
    current_->loop.stop();
}

/// None: the program ends. Frees the model when it has to wait for long.
std::shared_ptr<BackgroundListener::Attempt> BackgroundListener::nextAttempt(
    std::unique_ptr<SpeechDecoder>& decoder) {
    const auto hasNews = [this] { return isStopping_ || waiting_; };
    std::unique_lock lock{mutex_};
    if (!wake_.wait_for(lock, options_.keepsModel, hasNews)) {
        lock.unlock();
        decoder.reset();
        lock.lock();
        wake_.wait(lock, hasNews);
    }
    return isStopping_ ? nullptr : std::exchange(waiting_, nullptr);
}

void BackgroundListener::work() {
    lowerPriority();
    std::unique_ptr<SpeechDecoder> decoder;
    while (const auto attempt = nextAttempt(decoder)) {
        Heard heard;
        try {
            heard = hear(*attempt, decoder);
        } catch (const std::exception& failure) {  // out of memory, no more threads
            heard = {Error{ErrorKind::Io, failure.what()}, attempt->hearing.known};
        }
        std::scoped_lock lock{mutex_};
        if (current_ == attempt) current_.reset();
        if (isStopping_) return;
        asio::post(results_, [attempt, heard = std::move(heard)] { attempt->done(heard); });
    }
}

Heard BackgroundListener::hear(Attempt& attempt, std::unique_ptr<SpeechDecoder>& decoder) const {
    const std::vector<protocol::Utterance>& known = attempt.hearing.known;
    auto call = CallReader::open(options_.journalFolder, attempt.hearing.callId);
    if (!call) return {call.error(), known};
    if (!decoder) {
        auto loaded = options_.loadDecoder();
        if (!loaded) return {loaded.error(), known};
        decoder = std::move(*loaded);
    }
    Session session{attempt.hearing, std::move(*call), *decoder, options_, attempt.loop};
    const auto working = asio::make_work_guard(attempt.loop);  // decoding is waited for
    // A loop that was stopped before does not begin.
    asio::post(attempt.loop, [&session] { session.feed(); });
    attempt.loop.run();
    return session.result();
}

}  // namespace ninja3cx::retranscription
