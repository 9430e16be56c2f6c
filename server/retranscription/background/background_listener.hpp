#pragma once

#include "server/retranscription/listener.hpp"
#include "server/transcription/local_transcriber.hpp"
#include "server/transcription/speech_decoder.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace ninja3cx::retranscription {

/// Hears journals with a model of its own, on the way of live audio: the same cutting, one worker.
///
/// Threads: one that waits for work; while it works, those of a LocalTranscriber. On Linux all of them have
///          priority 10 (nice), so that whatever else wants the processor gets it first.
/// Memory:  the model is loaded for the first call and freed after some time without any.
/// Stop:    what is decoded is aborted. Only the loading of a model cannot be: `done` follows it then. The destructor
///          stops and joins; no `done` is posted after it.
class BackgroundListener final : public Listener {
public:
    using LoadDecoder = std::function<Result<std::unique_ptr<transcription::SpeechDecoder>>()>;
    struct Options {
        std::filesystem::path journalFolder;
        LoadDecoder loadDecoder;  // on the thread
        transcription::LocalTranscriber::MakeDetector makeDetector;
        std::shared_ptr<const transcription::CurrentVocabulary> vocabulary = {};
        std::chrono::milliseconds endSilence =
            transcription::SegmenterOptions{}.endSilence;  // whisper.endSilenceMs
        std::chrono::milliseconds keepsModel{120'000};
    };
    BackgroundListener(Options options, boost::asio::any_io_executor results);
    ~BackgroundListener() override;
    BackgroundListener(const BackgroundListener&) = delete;
    BackgroundListener& operator=(const BackgroundListener&) = delete;

    void listen(Hearing hearing, Done done) override;
    void stop() override;

private:
    struct Attempt;
    void work();
    std::shared_ptr<Attempt> nextAttempt(std::unique_ptr<transcription::SpeechDecoder>& decoder);
    Heard hear(Attempt& attempt, std::unique_ptr<transcription::SpeechDecoder>& decoder) const;

    const Options options_;
    const boost::asio::any_io_executor results_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::shared_ptr<Attempt> waiting_;
    std::shared_ptr<Attempt> current_;  // from `listen` until its end is posted
    bool isStopping_ = false;
    std::thread thread_;
};

}  // namespace ninja3cx::retranscription
