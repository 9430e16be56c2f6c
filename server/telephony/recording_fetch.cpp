#include "server/telephony/recording_fetch.hpp"

#include "server/net/throttle.hpp"
#include "server/telephony/question_pace.hpp"
#include "server/telephony/recording_frames.hpp"
#include "server/telephony/recording_hunt.hpp"
#include "shared/audio/audio_file.hpp"
#include "shared/core/exceptions.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using calls::SilentCall;

constexpr auto kLooksAround = 1s;  // at which calls there are
constexpr std::size_t kPageSize = 100;
constexpr std::size_t kMaxPages = 10;
constexpr std::int64_t kBeforeMs = 120'000;  // pages reach so far before the first call's answer
constexpr std::int64_t kAheadFrames = 300;   // that are not on disk yet
constexpr int kFramesEachTick = 100;
constexpr int kMostTries = 5;  // of one file

std::string listPath(std::size_t skip) {
    return "/xapi/v1/Recordings?$orderby=Id%20desc&$top=" + std::to_string(kPageSize) +
           "&$skip=" + std::to_string(skip);
}

std::string filePath(std::int64_t id) {
    return "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=" + std::to_string(id) + ")";
}

}  // namespace

class RecordingFetch::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(asio::any_io_executor executor, asio::any_io_executor worker, RecordingFetchOptions options,
         AskPbx ask, Ports ports)
        : executor_(std::move(executor)),
          worker_(std::move(worker)),
          options_(options),
          ask_(std::move(ask)),
          ports_(std::move(ports)) {}

    void tick() {
        if (isStopped_) return;
        if (taken_) return feed();
        if (isAsking_ || isDecoding_) return;
        if (!matches_.empty()) return fetchNext();
        if (ports_.clock.steady() < lookAroundAt_) return;
        lookAroundAt_ = ports_.clock.steady() + kLooksAround;
        if (auto due = dueCalls(); !due.empty()) start(look(shared_from_this(), std::move(due)));
    }

    void stop() {
        isStopped_ = true;
        if (isAsking_) signal_.emit(asio::cancellation_type::terminal);
    }

private:
    struct Hunt {
        LastLook last;
        int tries = 0;  // of its file
        bool isOver = false;
    };
    struct Match {
        SilentCall call;
        XapiRecording recording;
    };
    /// What is being handed over.
    struct Taken {
        CallId callId;
        RecordingFrames frames;
    };

    std::int64_t nowMs() const { return toEpochMs(ports_.clock.now()); }

    void start(asio::awaitable<void> work) {
        isAsking_ = true;
        asio::co_spawn(executor_, std::move(work),
                       asio::bind_cancellation_slot(
                           signal_.slot(), [self = shared_from_this()](std::exception_ptr thrown) {
                               self->isAsking_ = false;
                               if (thrown && !self->isStopped_)
                                   self->ports_.log->error("looking for recordings: {}", reasonOf(thrown));
                           }));
    }

    /// All that are hunted, as soon as one of them is due: one list answers for all.
    std::vector<SilentCall> dueCalls() {
        std::vector<SilentCall> silent = ports_.hub.silentCalls();
        std::erase_if(hunts_, [&](const auto& hunt) {
            return std::ranges::none_of(silent, [&](const auto& call) { return call.callId == hunt.first; });
        });
        bool isDue = false;
        std::erase_if(silent, [&](const SilentCall& call) {
            Hunt& hunt = hunts_[call.callId];
            if (hunt.isOver) return true;
            switch (nextHuntStep(call.endedAtMs, hunt.last, nowMs(), options_.limit)) {
                case HuntStep::GiveUp:
                    giveUp(call.callId, "3CX has no recording of it");
                    return true;
                case HuntStep::Look:
                    isDue = true;
                    break;
                case HuntStep::Wait:
                    break;
            }
            return false;
        });
        if (!isDue) silent.clear();
        return silent;
    }

    void giveUp(const CallId& callId, const std::string& why) {
        hunts_[callId].isOver = true;
        ports_.log->info("{}: without text, for the PC heard nothing and {}", callId.value(), why);
    }

    void noteLook(const std::vector<SilentCall>& calls, bool wasAnswered) {
        for (const SilentCall& call : calls) {
            LastLook& last = hunts_[call.callId].last;
            if (!wasAnswered) last.atMs = nowMs();
            last.wasAnswered = wasAnswered;
        }
    }

    static asio::awaitable<void> look(std::shared_ptr<Impl> self, std::vector<SilentCall> calls) {
        self->noteLook(calls, false);
        const auto first = std::ranges::min_element(calls, {}, &SilentCall::answeredAtMs);
        std::vector<XapiRecording> all;
        for (std::size_t page = 0; page < kMaxPages; ++page) {
            PbxQuestion question;
            question.path = listPath(page * kPageSize);
            auto answer = co_await self->ask_(std::move(question));
            if (self->isStopped_) co_return;
            auto recordings = self->read(answer);
            if (!recordings) co_return;
            all.insert(all.end(), recordings->items.begin(), recordings->items.end());
            const bool reachesBack = std::ranges::any_of(recordings->items, [&](const XapiRecording& one) {
                return one.startMs - self->skewMs_ < first->answeredAtMs - kBeforeMs;
            });
            if (reachesBack || recordings->rows < kPageSize) break;
        }
        self->noteLook(calls, true);
        for (auto& [callId, recording] : matchRecordings(calls, all, self->used_, self->skewMs_)) {
            const auto call = std::ranges::find(calls, callId, &SilentCall::callId);
            self->matches_.push_back({*call, std::move(recording)});
        }
    }

    /// None: it says nothing of recordings. A refusal is said once.
    std::optional<XapiPage<XapiRecording>> read(const Result<net::HttpResponse>& answer) {
        if (!answer) return std::nullopt;  // the link itself is told of elsewhere
        const bool isRefused = answer->status == 401 || answer->status == 403 || answer->status == 404;
        if (isRefused && !std::exchange(isRefusalTold_, true))
            ports_.log->warn(
                "3CX does not let this API client read recordings (status {}): calls that the PC does not "
                "hear "
                "stay without text. To change it, tick '3CX Configuration API access' at the API client, "
                "with "
                "the role of a system owner; or set pbx.recordings to false",
                answer->status);
        if (answer->status != 200 || net::isWebPage(*answer)) return std::nullopt;
        isRefusalTold_ = false;
        skewMs_ = 0;
        if (const auto date = net::readHttpDate(answer->headers.get("Date").value_or("")))
            skewMs_ = toEpochMs(*date) - nowMs();
        auto recordings = parseXapiRecordings(answer->body);
        if (!recordings) {
            if (std::exchange(complaint_, recordings.error().detail) != recordings.error().detail)
                ports_.log->warn("{}", complaint_);
            return std::nullopt;
        }
        return std::move(*recordings);
    }

    void fetchNext() {
        Match match = std::move(matches_.front());
        matches_.pop_front();
        if (!isWanted(match.call.callId)) return;
        start(download(shared_from_this(), std::move(match)));
    }

    /// It may have been erased, or its audio have come, since it was matched.
    bool isWanted(const CallId& callId) const {
        return std::ranges::any_of(ports_.hub.silentCalls(),
                                   [&](const SilentCall& call) { return call.callId == callId; });
    }

    static asio::awaitable<void> download(std::shared_ptr<Impl> self, Match match) {
        const CallId callId = match.call.callId;
        self->ports_.hub.noteRecordingFetch(callId);
        PbxQuestion question;
        question.path = filePath(match.recording.id);
        question.maxBytes = self->options_.maxBytes;
        question.timeout = 10min;
        question.accept = "audio/*, application/octet-stream";
        auto answer = co_await self->ask_(std::move(question));
        if (self->isStopped_) co_return;
        std::string why;
        if (!answer)
            why = answer.error().detail;
        else if (answer->status != 200)
            why = "3CX answered " + std::to_string(answer->status);
        else if (answer->body.empty() || net::isWebPage(*answer))  // of something between, or not there yet
            why = answer->body.empty() ? "3CX gave an empty file" : "a web page came instead";
        if (!why.empty()) {
            self->failed(callId, why);
            co_return;
        }
        self->decode(std::move(match), std::move(answer->body));
    }

    /// The next look finds it again.
    void failed(const CallId& callId, const std::string& why) {
        ports_.log->warn("{}: its recording cannot be had: {}", callId.value(), why);
        Hunt& hunt = hunts_[callId];
        if (++hunt.tries >= kMostTries) giveUp(callId, "its recording cannot be had");
    }

    /// Asked for again it would be the same.
    void unreadable(const CallId& callId, const std::string& why) {
        ports_.log->warn("{}: its recording cannot be read: {}", callId.value(), why);
        if (isWanted(callId)) ports_.hub.noteRecordingUnreadable(callId);
        giveUp(callId, "its recording cannot be read");
    }

    void decode(Match match, std::string bytes) {
        isDecoding_ = true;
        asio::post(worker_,
                   [self = shared_from_this(), match = std::move(match), bytes = std::move(bytes)]() mutable {
                       auto frames = framesOf(match, bytes);
                       bytes = {};
                       asio::post(self->executor_,
                                  [self, match = std::move(match), frames = std::move(frames)]() mutable {
                                      self->isDecoding_ = false;
                                      if (!self->isStopped_) self->take(match, std::move(frames));
                                  });
                   });
    }

    /// Runs on the worker.
    static Result<RecordingFrames> framesOf(const Match& match, const std::string& bytes) {
        const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
        auto pcm = audio::decodeAudio({data, bytes.size()}, "recording " + std::to_string(match.recording.id),
                                      recordingLimits(match.call));
        if (!pcm) return pcm.error();
        const bool hasExtensionCalled = match.recording.fromDn == match.call.extension.value();
        return RecordingFrames{std::move(*pcm), hasExtensionCalled};
    }

    void take(const Match& match, Result<RecordingFrames> frames) {
        const CallId& callId = match.call.callId;
        if (!frames) return unreadable(callId, frames.error().detail);
        const auto begun = ports_.hub.beginRecording(callId);
        if (!begun) return;  // the PC's audio came after all, or the call was erased
        used_.insert(match.recording.id);
        ports_.log->info("{}: its text comes of recording {} of 3CX", callId.value(), match.recording.id);
        taken_.emplace(Taken{callId, std::move(*frames)});
    }

    /// Calls that go on come first: nothing is added to what waits already.
    void feed() {
        const auto progress = ports_.hub.recordingProgress(taken_->callId);
        if (!progress) return taken_.reset();
        protocol::ChannelPositions next = progress->next;
        const protocol::ChannelPositions& durable = progress->durable;
        if (ports_.backlogBytes() > options_.maxBacklog) return;
        for (int i = 0; i < kFramesEachTick; ++i) {
            if (next.agent + next.customer - durable.agent - durable.customer >= kAheadFrames) return;
            auto frame = taken_->frames.after(next);
            if (!frame) break;
            ++(frame->channel == protocol::Speaker::Agent ? next.agent : next.customer);
            ports_.hub.onRecordingFrame(taken_->callId, std::move(*frame));
        }
        if (taken_->frames.after(next) || next != durable) return;
        ports_.hub.endRecording(taken_->callId, taken_->frames.total());
        taken_.reset();
    }

    asio::any_io_executor executor_;
    asio::any_io_executor worker_;
    RecordingFetchOptions options_;
    AskPbx ask_;
    Ports ports_;
    asio::cancellation_signal signal_;
    std::map<CallId, Hunt> hunts_;
    std::deque<Match> matches_;
    std::optional<Taken> taken_;
    std::set<std::int64_t> used_;  // ids of recordings
    SteadyTime lookAroundAt_{};
    std::int64_t skewMs_ = 0;  // the PBX's clock is ahead
    std::string complaint_;
    bool isRefusalTold_ = false;
    bool isAsking_ = false;
    bool isDecoding_ = false;
    bool isStopped_ = false;
};

RecordingFetch::RecordingFetch(asio::any_io_executor executor, asio::any_io_executor worker,
                               RecordingFetchOptions options, AskPbx ask, Ports ports)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(worker), options, std::move(ask),
                                   std::move(ports))) {}
RecordingFetch::~RecordingFetch() {
    impl_->stop();
}
void RecordingFetch::tick() {
    impl_->tick();
}
void RecordingFetch::stop() {
    impl_->stop();
}

}  // namespace ninja3cx::telephony
