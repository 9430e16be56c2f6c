#include "server/journal/file_audio_journal.hpp"

#include "server/journal/journal_record.hpp"

#include <boost/asio/post.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <set>
#include <system_error>
#include <utility>
#include <variant>

namespace ninja3cx::journal {
namespace {

constexpr std::size_t kMostOpenFiles = 256;
constexpr std::size_t kProbeBytes = 65'536;
constexpr const char* kProbeName = ".probe";  // no call's: those have no dot

struct Append {
    CallId callId;
    protocol::AudioFrame frame;
};
struct Remove {
    CallId callId;
    bool takesSetAside = false;
};
/// The caller has been told of the call's failure: what follows is a new attempt.
struct Resume {
    CallId callId;
};
struct NoteText {
    CallId callId;
};
struct RetryRemovals {};
struct Probe {};
using Task = std::variant<Append, Remove, Resume, NoteText, RetryRemovals, Probe>;

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    int value() const { return value_; }
    bool isOpen() const { return value_ >= 0; }

private:
    int value_ = -1;
};

Error failed(const std::string& doing, const std::filesystem::path& path, int error) {
    const std::string advice =
        error == ENOSPC || error == EDQUOT ? ": the disk is full, free some space" : "";
    return Error{ErrorKind::Io, "audio journal, cannot " + doing + " " + path.string() + ": " +
                                    std::system_category().message(error) + advice};
}

Result<void> syncFolder(const std::filesystem::path& folder) {
    const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!descriptor.isOpen() || ::fsync(descriptor.value()) != 0) return failed("sync", folder, errno);
    return {};
}

/// Makes one level, durably.
Result<void> makeFolder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0) {
        if (errno == EEXIST) return {};
        return failed("create", folder, errno);
    }
    return syncFolder(folder.parent_path());
}

}  // namespace

struct FileAudioJournal::Shared {
    Shared(boost::asio::any_io_executor runsHandlers, Handlers called)
        : executor(std::move(runsHandlers)), handlers(std::move(called)) {}

    void give(Task task) {
        {
            std::scoped_lock lock{mutex};
            tasks.push_back(std::move(task));
        }
        changed.notify_one();
    }
    /// All that has gathered; empty only when nothing will come any more.
    std::vector<Task> takeAll() {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return isStopping || !tasks.empty(); });
        return std::exchange(tasks, {});
    }

    const boost::asio::any_io_executor executor;
    const Handlers handlers;
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Task> tasks;
    bool isStopping = false;
};

/// Everything that the journal's thread alone touches.
class FileAudioJournal::Writer {
public:
    Writer(std::filesystem::path folder, std::shared_ptr<Shared> shared, const RecoveredJournals& found)
        : folder_(std::move(folder)), shared_(std::move(shared)) {
        for (const auto& [callId, journal] : found.readable) found_.emplace(callId, journal.next);
    }

    void run() {
        for (auto tasks = shared_->takeAll(); !tasks.empty(); tasks = shared_->takeAll()) {
            for (Task& task : tasks) std::visit([&](auto& one) { perform(one); }, task);
            flush();
        }
    }

private:
    using Key = std::pair<CallId, protocol::Speaker>;
    struct File {
        Descriptor descriptor;  // closed at times, so that calls are not limited by open files
        bool isScanned = false;
        std::int64_t written = 0;
        std::int64_t durable = 0;           // on disk and synced
        std::optional<std::uint64_t> last;  // sequence
        std::optional<std::uint64_t> lastDurable;
    };

    void perform(Append& append) {
        if (failed_.contains(append.callId)) return;
        if (!isSafeCallId(append.callId)) {
            fail(append.callId, Error{ErrorKind::BadMessage, "no call id to be used as a folder's name"});
            return;
        }
        unremoved_.erase(append.callId);  // it is used again: its next removal takes all
        auto done = write(append.callId, append.frame);
        if (!done)
            fail(append.callId, done.error());
        else if (*done)
            waiting_.push_back(std::move(append));
    }
    void perform(const Remove& remove) {
        flush();
        files_.erase({remove.callId, protocol::Speaker::Agent});
        files_.erase({remove.callId, protocol::Speaker::Customer});
        found_.erase(remove.callId);
        const auto removed = remove.takesSetAside ? eraseJournal(folder_, remove.callId)
                                                  : removeJournal(folder_, remove.callId);
        if (removed) {
            unremoved_.erase(remove.callId);
            return;
        }
        unremoved_[remove.callId] |= remove.takesSetAside;
        boost::asio::post(shared_->executor,
                          [shared = shared_, callId = remove.callId, error = removed.error()] {
                              shared->handlers.onRemoveFailed(callId, error);
                          });
    }
    void perform(const Resume& resume) { failed_.erase(resume.callId); }
    /// Reads no audio, since that of live calls waits behind. What goes wrong costs a reading at the next start.
    void perform(const NoteText& note) {
        flush();
        if (notedText(folder_, note.callId)) return;
        const auto atStart = found_.find(note.callId);
        protocol::ChannelPositions next;
        for (const auto channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
            const bool isAgent = channel == protocol::Speaker::Agent;
            std::int64_t& position = isAgent ? next.agent : next.customer;
            const auto file = files_.find({note.callId, channel});
            std::error_code failure;
            if (file != files_.end() && file->second.isScanned) {
                if (const auto last = file->second.lastDurable) position = toPosition(*last);
            } else if (atStart != found_.end()) {
                position = isAgent ? atStart->second.agent : atStart->second.customer;
            } else if (std::filesystem::exists(journalFile(folder_, note.callId, channel), failure)) {
                return;  // nobody knows
            }
        }
        (void)journal::noteText(folder_, note.callId, next);
    }
    static std::int64_t toPosition(std::uint64_t last) { return static_cast<std::int64_t>(last) + 1; }
    void perform(const RetryRemovals&) {
        for (const auto& [callId, takesSetAside] : std::map{unremoved_})
            perform(Remove{callId, takesSetAside});
    }
    void perform(const Probe&) {
        boost::asio::post(shared_->executor, [shared = shared_, result = tryDisk()] {
            if (shared->handlers.onProbed) shared->handlers.onProbed(result);
        });
    }

    Result<void> tryDisk() {
        const auto path = folder_ / kProbeName;
        if (auto ready = makeFolder(folder_); !ready) return ready;
        const Descriptor descriptor{
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (!descriptor.isOpen()) return failed("open", path, errno);
        const std::vector<std::uint8_t> bytes(kProbeBytes);
        const auto count = ::write(descriptor.value(), bytes.data(), bytes.size());
        int error = count < 0 ? errno : 0;
        if (count >= 0 && static_cast<std::size_t>(count) < bytes.size()) error = ENOSPC;
        if (error == 0 && ::fdatasync(descriptor.value()) != 0) error = errno;
        ::unlink(path.c_str());
        if (error != 0) return failed("write", path, error);
        return {};
    }

    /// False: that sequence is in the file already.
    Result<bool> write(const CallId& callId, const protocol::AudioFrame& frame) {
        const Key key{callId, frame.channel};
        File& file = files_[key];
        if (!file.descriptor.isOpen())
            if (auto opened = open(key, file); !opened) return opened.error();
        if (file.last && frame.sequence <= *file.last) return false;
        const auto record = encodeRecord(frame);
        std::size_t done = 0;
        while (done < record.size()) {
            const auto count = ::pwrite(file.descriptor.value(), record.data() + done, record.size() - done,
                                        file.written + static_cast<std::int64_t>(done));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0)
                return failed("write", journalFile(folder_, callId, frame.channel),
                              count < 0 ? errno : ENOSPC);
            done += static_cast<std::size_t>(count);
        }
        file.written += static_cast<std::int64_t>(record.size());
        file.last = frame.sequence;
        dirty_.insert(key);
        return true;
    }

    Result<void> open(const Key& key, File& file) {
        const auto path = journalFile(folder_, key.first, key.second);
        auto ready = makeFolder(folder_);
        if (ready) ready = makeFolder(path.parent_path());
        if (!ready) return ready;
        if (!file.isScanned) {
            if (auto reader = JournalReader::open(path)) {
                while (auto frame = reader->next()) file.lastDurable = frame->sequence;
                if (reader->hasFailed()) return failed("read", path, EIO);  // nothing is cut off then
                file.durable = static_cast<std::int64_t>(reader->goodEnd());
            } else if (reader.error().kind != ErrorKind::NotFound) {
                return reader.error();
            }
            file.isScanned = true;
        }
        file.written = file.durable;
        file.last = file.lastDurable;
        Descriptor descriptor{::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (!descriptor.isOpen()) return failed("open", path, errno);
        if (::ftruncate(descriptor.value(), file.durable) != 0)
            return failed("cut the torn end of", path, errno);
        if (auto synced = syncFolder(path.parent_path()); !synced) return synced;
        file.descriptor = std::move(descriptor);
        return {};
    }

    /// Brings all that was written to disk, then reports it in the order of the appends.
    void flush() {
        for (const Key& key : std::exchange(dirty_, {})) {
            const auto found = files_.find(key);
            if (found == files_.end() || failed_.contains(key.first)) continue;
            File& file = found->second;
            if (::fdatasync(file.descriptor.value()) != 0) {
                fail(key.first, failed("sync", journalFile(folder_, key.first, key.second), errno));
                continue;
            }
            file.durable = file.written;
            file.lastDurable = file.last;
        }
        for (Append& append : std::exchange(waiting_, {})) {
            // Of a call that failed, only what had been synced before counts; the rest is cut off again.
            if (failed_.contains(append.callId) && !isDurable(append)) continue;
            boost::asio::post(shared_->executor, [shared = shared_, append = std::move(append)]() mutable {
                shared->handlers.onDurable(append.callId, std::move(append.frame));
            });
        }
        for (auto& [callId, error] : std::exchange(toTell_, {})) tellFailure(callId, error);
        if (files_.size() > kMostOpenFiles)
            for (auto& [key, file] : files_) file.descriptor = Descriptor{};
    }

    bool isDurable(const Append& append) const {
        const auto file = files_.find({append.callId, append.frame.channel});
        return file != files_.end() && file->second.lastDurable &&
               append.frame.sequence <= *file->second.lastDurable;
    }

    /// Back to what is safe, on both channels; told after what was durable before.
    void fail(const CallId& callId, Error error) {
        for (const auto channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
            const auto found = files_.find({callId, channel});
            if (found == files_.end()) continue;
            File& file = found->second;
            // Should that fail as well, the next open() cuts it.
            if (file.descriptor.isOpen() && ::ftruncate(file.descriptor.value(), file.durable) != 0)
                file.descriptor = Descriptor{};
            file.written = file.durable;
            file.last = file.lastDurable;
        }
        if (failed_.insert(callId).second) toTell_.emplace_back(callId, std::move(error));
    }

    void tellFailure(const CallId& callId, const Error& error) {
        boost::asio::post(shared_->executor, [shared = shared_, callId, error] {
            shared->give(Resume{callId});
            shared->handlers.onFailed(callId, error);
        });
    }

    const std::filesystem::path folder_;
    const std::shared_ptr<Shared> shared_;
    std::map<Key, File> files_;
    std::map<CallId, protocol::ChannelPositions>
        found_;  // at the start; holds for files that are not scanned
    std::set<Key> dirty_;
    std::vector<Append> waiting_;  // written, not yet synced
    std::set<CallId> failed_;
    std::map<CallId, bool> unremoved_;  // and whether what was set aside should go too
    std::vector<std::pair<CallId, Error>> toTell_;
};

FileAudioJournal::FileAudioJournal(std::filesystem::path folder, boost::asio::any_io_executor executor,
                                   Handlers handlers, const RecoveredJournals& found)
    : shared_(std::make_shared<Shared>(std::move(executor), std::move(handlers))),
      thread_([writer = std::make_shared<Writer>(std::move(folder), shared_, found)] { writer->run(); }) {}

FileAudioJournal::~FileAudioJournal() {
    {
        std::scoped_lock lock{shared_->mutex};
        shared_->isStopping = true;
    }
    shared_->changed.notify_one();
    thread_.join();
}

void FileAudioJournal::append(const CallId& callId, protocol::AudioFrame frame) {
    shared_->give(Append{callId, std::move(frame)});
}

void FileAudioJournal::remove(const CallId& callId) {
    shared_->give(Remove{callId, false});
}

void FileAudioJournal::erase(const CallId& callId) {
    shared_->give(Remove{callId, true});
}

void FileAudioJournal::noteText(const CallId& callId) {
    shared_->give(NoteText{callId});
}

void FileAudioJournal::retryRemovals() {
    shared_->give(RetryRemovals{});
}

void FileAudioJournal::probe() {
    shared_->give(Probe{});
}

}  // namespace ninja3cx::journal
