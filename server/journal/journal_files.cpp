#include "server/journal/journal_files.hpp"

#include "server/journal/journal_record.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <system_error>
#include <utility>

namespace ninja3cx::journal {
namespace {

constexpr std::size_t kMostIdBytes = 80;
constexpr char kTimesMark = '.';  // no call id holds it

Error failed(const std::string& doing, const std::filesystem::path& path, const std::string& why) {
    return Error{ErrorKind::Io, "cannot " + doing + " " + path.string() + ": " + why};
}

Error noFolderName() {
    return Error{ErrorKind::BadMessage, "no call id to be used as a folder's name"};
}

bool isIdCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

Result<void> recoverChannel(const std::filesystem::path& file, std::int64_t& next,
                            RecoveredJournal& journal) {
    auto reader = JournalReader::open(file);
    if (!reader && reader.error().kind == ErrorKind::NotFound) return {};
    if (!reader) return reader.error();
    while (auto frame = reader->next()) next = std::max(next, static_cast<std::int64_t>(frame->sequence) + 1);
    if (reader->hasFailed()) return failed("read", file, "the disk refuses");
    journal.damagedBytes += reader->damagedBytes();
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    if (!failure && size > reader->goodEnd()) {
        std::filesystem::resize_file(file, reader->goodEnd(), failure);
        journal.cutBytes += size - reader->goodEnd();
    }
    if (failure) return failed("cut the torn end of", file, failure.message());
    return {};
}

std::filesystem::path textNote(const std::filesystem::path& folder, const CallId& callId) {
    return folder / callId.value() / "text";
}

/// 0 without a file; none where the disk does not say.
std::optional<std::uintmax_t> audioBytes(const std::filesystem::path& folder, const CallId& callId,
                                         protocol::Speaker channel) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(journalFile(folder, callId, channel), failure);
    if (failure == std::errc::no_such_file_or_directory) return 0;
    if (failure) return std::nullopt;
    return size;
}

/// Out of the way, into a folder beside the journal's. Answers its place there.
Result<std::filesystem::path> moveInto(const std::filesystem::path& aside,
                                       const std::filesystem::path& folder, const CallId& callId) {
    if (!isSafeCallId(callId)) return noFolderName();
    if (::mkdir(aside.c_str(), 0700) != 0 && errno != EEXIST)
        return failed("create", aside, std::system_category().message(errno));
    std::error_code failure;
    auto target = aside / callId.value();
    for (int times = 2; std::filesystem::exists(std::filesystem::symlink_status(target, failure)); ++times)
        target = aside / (callId.value() + kTimesMark + std::to_string(times));
    std::filesystem::rename(folder / callId.value(), target, failure);
    if (failure) return failed("move aside", folder / callId.value(), failure.message());
    return target;
}

std::optional<std::int64_t> lastWriteMs(const std::filesystem::path& path) {
    std::error_code failure;
    const auto written = std::filesystem::last_write_time(path, failure);
    if (failure) return std::nullopt;
    const auto since = std::chrono::file_clock::to_sys(written).time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

/// What lies in a folder; nothing when there is none. Unlike a range-for over the iterator it never throws.
Result<std::vector<std::filesystem::path>> entriesOf(const std::filesystem::path& folder) {
    using Entries = std::filesystem::directory_iterator;
    std::vector<std::filesystem::path> found;
    std::error_code failure;
    for (Entries at{folder, failure}; !failure && at != Entries{}; at.increment(failure))
        found.push_back(at->path());
    if (failure && failure != std::errc::no_such_file_or_directory)
        return failed("list", folder, failure.message());
    return found;
}

/// Of the youngest file in the folder; of an empty one, or of a file, itself.
Result<std::optional<std::int64_t>> newestWriteMs(const std::filesystem::path& path) {
    using Entries = std::filesystem::recursive_directory_iterator;
    std::optional<std::int64_t> newest;
    std::error_code failure;
    for (Entries at{path, failure}; !failure && at != Entries{}; at.increment(failure))
        newest = std::max(newest, lastWriteMs(at->path()));
    if (failure && failure != std::errc::no_such_file_or_directory && failure != std::errc::not_a_directory)
        return failed("list", path, failure.message());
    return newest ? newest : lastWriteMs(path);
}

}  // namespace

bool isSafeCallId(const CallId& callId) {
    const std::string& id = callId.value();
    return !id.empty() && id.size() <= kMostIdBytes && std::all_of(id.begin(), id.end(), isIdCharacter);
}

std::filesystem::path journalFile(const std::filesystem::path& folder, const CallId& callId,
                                  protocol::Speaker channel) {
    return folder / callId.value() / (channel == protocol::Speaker::Agent ? "agent.pcmj" : "customer.pcmj");
}

Result<JournalReader> JournalReader::open(const std::filesystem::path& file) {
    std::error_code failure;
    const auto status = std::filesystem::status(file, failure);
    if (status.type() == std::filesystem::file_type::not_found)
        return Error{ErrorKind::NotFound, file.string() + " does not exist"};
    if (!std::filesystem::is_regular_file(status))
        return failed("read", file, failure ? failure.message() : "it is no file");
    std::ifstream in{file, std::ios::binary};
    if (!in) return failed("read", file, "check its owner and mode");
    return JournalReader{std::move(in)};
}

/// More bytes behind those that are not read yet; false at the end of the file.
bool JournalReader::fill() {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = 0;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + 2 * kMaxRecordBytes);
    in_.read(reinterpret_cast<char*>(buffer_.data() + had),
             static_cast<std::streamsize>(2 * kMaxRecordBytes));
    buffer_.resize(had + static_cast<std::size_t>(in_.gcount()));
    return buffer_.size() > had;
}

std::optional<protocol::AudioFrame> JournalReader::next() {
    return read(std::numeric_limits<std::uint64_t>::max());
}

std::optional<protocol::AudioFrame> JournalReader::nextBelow(std::uint64_t end) {
    if (nextSequence_ >= end || hasFailed()) return std::nullopt;
    if (std::exchange(knownEnd_, end) != end) {
        buffer_.clear();
        at_ = 0;
        offset_ = goodEnd_;
        in_.clear();
        in_.seekg(static_cast<std::streamoff>(goodEnd_));
    }
    return read(end);
}

std::optional<protocol::AudioFrame> JournalReader::read(std::uint64_t end) {
    for (;;) {
        if (at_ == buffer_.size() && !fill()) return std::nullopt;
        auto reading = readRecord(std::span{buffer_}.subspan(at_));
        if (reading.verdict == RecordReading::Verdict::Cut && fill()) continue;
        if (reading.verdict == RecordReading::Verdict::Whole) {
            if (reading.frame.sequence >= end) return std::nullopt;
            nextSequence_ = reading.frame.sequence + 1;
            damagedBytes_ += offset_ - goodEnd_;
            at_ += reading.bytes;
            offset_ += reading.bytes;
            goodEnd_ = offset_;
            return std::move(reading.frame);
        }
        ++at_;  // the next record may begin at any byte
        ++offset_;
    }
}

/// Not synced: without it the audio is read once more, and that is all.
Result<void> noteText(const std::filesystem::path& folder, const CallId& callId,
                      const protocol::ChannelPositions& next) {
    if (!isSafeCallId(callId)) return noFolderName();
    const auto agentBytes = audioBytes(folder, callId, protocol::Speaker::Agent);
    const auto customerBytes = audioBytes(folder, callId, protocol::Speaker::Customer);
    if (!agentBytes || !customerBytes) return failed("size", folder / callId.value(), "the disk refuses");
    std::ofstream note{textNote(folder, callId), std::ios::trunc};
    note << next.agent << ' ' << next.customer << ' ' << *agentBytes << ' ' << *customerBytes << '\n';
    if (!note.flush()) return failed("write", textNote(folder, callId), "check the disk");
    return {};
}

std::optional<protocol::ChannelPositions> notedText(const std::filesystem::path& folder,
                                                    const CallId& callId) {
    if (!isSafeCallId(callId)) return std::nullopt;
    protocol::ChannelPositions next;
    std::uintmax_t agentBytes = 0;
    std::uintmax_t customerBytes = 0;
    std::ifstream note{textNote(folder, callId)};
    if (!(note >> next.agent >> next.customer >> agentBytes >> customerBytes)) return std::nullopt;
    // A torn number has lost its end of line.
    if (note.get() != '\n' || next.agent < 0 || next.customer < 0) return std::nullopt;
    if (audioBytes(folder, callId, protocol::Speaker::Agent) != agentBytes) return std::nullopt;
    if (audioBytes(folder, callId, protocol::Speaker::Customer) != customerBytes) return std::nullopt;
    return next;
}

Result<RecoveredJournal> recoverJournal(const std::filesystem::path& folder, const CallId& callId) {
    RecoveredJournal journal;
    for (const auto channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
        std::int64_t& next = channel == protocol::Speaker::Agent ? journal.next.agent : journal.next.customer;
        if (auto done = recoverChannel(journalFile(folder, callId, channel), next, journal); !done)
            return done.error();
    }
    return journal;
}

Result<RecoveredJournals> recoverJournals(const std::filesystem::path& folder) {
    RecoveredJournals journals;
    std::error_code failure;
    if (!std::filesystem::exists(folder, failure)) return journals;
    std::filesystem::directory_iterator entries{folder, failure};
    for (; !failure && entries != std::filesystem::directory_iterator{}; entries.increment(failure)) {
        const CallId callId{entries->path().filename().string()};
        if (!isSafeCallId(callId)) continue;
        std::error_code ignored;
        if (entries->is_symlink(ignored) || !entries->is_directory(ignored)) {
            journals.unreadable.emplace(callId, failed("read", entries->path(), "it is no folder"));
            continue;
        }
        if (const auto next = notedText(folder, callId)) {
            RecoveredJournal journal;
            journal.next = *next;
            journal.isText = true;
            journals.readable.emplace(callId, journal);
            continue;
        }
        if (auto read = recoverJournal(folder, callId))
            journals.readable.emplace(callId, *read);
        else
            journals.unreadable.emplace(callId, read.error());
    }
    if (failure) return failed("list", folder, failure.message());
    return journals;
}

std::filesystem::path damagedFolder(const std::filesystem::path& folder) {
    return folder.parent_path() / (folder.filename().string() + "-damaged");
}

Result<std::filesystem::path> setAside(const std::filesystem::path& folder, const CallId& callId) {
    return moveInto(damagedFolder(folder), folder, callId);
}

std::filesystem::path unknownFolder(const std::filesystem::path& folder) {
    return folder.parent_path() / (folder.filename().string() + "-unknown");
}

Result<std::filesystem::path> setUnknownAside(const std::filesystem::path& folder, const CallId& callId) {
    return moveInto(unknownFolder(folder), folder, callId);
}

Result<void> takeUnknownBack(const std::filesystem::path& folder, const CallId& callId) {
    if (!isSafeCallId(callId)) return noFolderName();
    const auto aside = unknownFolder(folder) / callId.value();
    const auto place = folder / callId.value();
    std::error_code failure;
    if (std::filesystem::exists(std::filesystem::symlink_status(place, failure)))
        return failed("move back", aside, place.string() + " is there already");
    std::filesystem::rename(aside, place, failure);
    if (failure) return failed("move back", aside, failure.message());
    return {};
}

Result<std::int64_t> eraseUnknown(const std::filesystem::path& folder, std::optional<std::int64_t> beforeMs) {
    const auto entries = entriesOf(unknownFolder(folder));
    if (!entries) return entries.error();
    std::int64_t erased = 0;
    std::optional<Error> problem;  // the first; the others are erased all the same
    for (const auto& path : *entries) {
        if (beforeMs) {
            const auto newest = newestWriteMs(path);
            if (!newest && !problem) problem = newest.error();
            if (!newest || !*newest || **newest >= *beforeMs) continue;
        }
        std::error_code failure;
        std::filesystem::remove_all(path, failure);
        if (!failure)
            ++erased;
        else if (!problem)
            problem = failed("remove", path, failure.message());
    }
    if (problem) return *problem;
    return erased;
}

Result<std::vector<CallId>> journalsIn(const std::filesystem::path& folder) {
    const auto entries = entriesOf(folder);
    if (!entries) return entries.error();
    std::vector<CallId> found;
    for (const auto& path : *entries) {
        CallId callId{path.filename().string()};
        if (isSafeCallId(callId)) found.push_back(std::move(callId));
    }
    return found;
}

Result<void> removeJournal(const std::filesystem::path& folder, const CallId& callId) {
    if (!isSafeCallId(callId)) return noFolderName();
    std::error_code failure;
    std::filesystem::remove_all(folder / callId.value(), failure);
    if (failure) return failed("remove", folder / callId.value(), failure.message());
    return {};
}

Result<void> eraseJournal(const std::filesystem::path& folder, const CallId& callId) {
    if (auto removed = removeJournal(folder, callId); !removed) return removed;
    for (const auto& aside : {damagedFolder(folder), unknownFolder(folder)}) {
        const auto entries = entriesOf(aside);
        if (!entries) return entries.error();
        for (const auto& path : *entries) {
            const std::string name = path.filename().string();
            if (name != callId.value() && !name.starts_with(callId.value() + kTimesMark)) continue;
            std::error_code failure;
            std::filesystem::remove_all(path, failure);
            if (failure) return failed("remove", path, failure.message());
        }
    }
    return {};
}

}  // namespace ninja3cx::journal
