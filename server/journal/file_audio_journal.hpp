#pragma once

#include "server/calls/ports.hpp"
#include "server/journal/journal_files.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace ninja3cx::journal {

/// Puts audio on disk before it is acknowledged.
///
/// Threads: `append` and `remove` from any thread; they return at once. One thread writes. Handlers come back
///          through the executor, in the order of the appends.
/// Speed:   what has gathered while the disk was busy is written together and synced once for each file.
/// Failure: when the disk refuses, the call's file is cut back to what is safe, `onFailed` is told once, and
///          the call's appends are dropped until then. What is appended from within `onFailed` on is tried
///          again: the caller goes back to its durable positions.
/// Stop:    the destructor first writes all that was appended; the results are still posted to the executor.
class FileAudioJournal final : public calls::AudioJournal {
public:
    struct Handlers {
        std::function<void(const CallId&, protocol::AudioFrame)> onDurable;
        std::function<void(const CallId&, const Error&)> onFailed;
        /// The journal, or a part of it, stays on disk until `retryRemovals`.
        std::function<void(const CallId&, const Error&)> onRemoveFailed;
        /// What came of `probe`.
        std::function<void(const Result<void>&)> onProbed = {};
    };
    /// `folder` is made with mode 0700 when the first frame comes. Run `recoverJournals` before; `found` is its
    /// answer, for `noteText`.
    FileAudioJournal(std::filesystem::path folder, boost::asio::any_io_executor executor, Handlers handlers,
                     const RecoveredJournals& found = {});
    ~FileAudioJournal() override;
    FileAudioJournal(const FileAudioJournal&) = delete;
    FileAudioJournal& operator=(const FileAudioJournal&) = delete;

    void append(const CallId& callId, protocol::AudioFrame frame) override;
    /// After the appends before it. Frames of the call that come later begin a new file.
    void remove(const CallId& callId) override;
    void erase(const CallId& callId) override;
    /// After the appends before it: that the call's audio is text and stays (journal::noteText). Reads no audio.
    void noteText(const CallId& callId);
    /// Removes what could not be removed before, but for calls that have got audio since.
    void retryRemovals();
    /// Writes about two seconds' worth beside the calls' audio and removes it again.
    void probe();

private:
    class Writer;
    struct Shared;
    std::shared_ptr<Shared> shared_;
    std::thread thread_;
};

}  // namespace ninja3cx::journal
