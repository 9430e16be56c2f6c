#pragma once

#include "server/app/speech.hpp"
#include "server/calls/ports.hpp"
#include "server/config/settings.hpp"
#include "server/journal/file_audio_journal.hpp"
#include "server/retranscription/background/background_listener.hpp"
#include "server/retranscription/retranscription.hpp"
#include "server/storage/sqlite_store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::app {

/// whisper.afterCall, wired: rules, thread and model.
///
/// Threads: network thread only; the hearing has its own.
class AfterCall {
public:
    struct Setup {
        config::WhisperSettings whisper;
        std::function<calls::CallLanguage(const Extension&)> languageOf;
        std::filesystem::path modelFile;
        std::filesystem::path journalFolder;
        transcription::LocalTranscriber::MakeDetector makeDetector;
        std::shared_ptr<const transcription::CurrentVocabulary> vocabulary = {};
    };
    struct Ports {
        const Clock& clock;
        storage::SqliteStore& store;
        journal::FileAudioJournal& journal;
        const calls::Analyser& analyser;
        std::function<bool()> isIdle;
        std::shared_ptr<spdlog::logger> log;
    };
    AfterCall(Setup setup, Ports ports, boost::asio::any_io_executor network);

    /// For whoever says when audio may go.
    calls::AudioJournal& journal() { return retranscription_; }
    void tick() { retranscription_.tick(); }
    void stop() { retranscription_.stop(); }
    std::string metrics() const;

private:
    retranscription::BackgroundListener listener_;
    retranscription::Retranscription retranscription_;
};

}  // namespace ninja3cx::app
