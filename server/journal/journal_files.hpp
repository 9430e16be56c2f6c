#pragma once

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/protocol/audio_frame.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <vector>

/// The files <data>/journal/<callId>/<channel>.pcmj: the audio of calls that are not yet transcribed.
namespace ninja3cx::journal {

/// Letters, digits, '-' and '_', at most 80: safe as the name of a folder.
bool isSafeCallId(const CallId& callId);
std::filesystem::path journalFile(const std::filesystem::path& folder, const CallId& callId,
                                  protocol::Speaker channel);

/// Reads one file's frames in order, holding a few records in memory at a time. Bytes that are no record are
/// skipped. One thread.
class JournalReader {
public:
    /// NotFound when there is no such file; then the channel has no audio.
    static Result<JournalReader> open(const std::filesystem::path& file);

    /// Absent at the end.
    std::optional<protocol::AudioFrame> next();
    /// The next of a file that is still written: only frames below `end`, a sequence up to which the caller knows all
    /// to be safe on disk. When there are no more, it goes on with a later `end`, and reads afresh what lies behind
    /// this one: that may be half written, or be cut off and written anew.
    std::optional<protocol::AudioFrame> nextBelow(std::uint64_t end);
    /// The sequence after that of the last frame read; 0 before the first.
    std::uint64_t nextSequence() const { return nextSequence_; }
    /// Where the last good record ends.
    std::uint64_t goodEnd() const { return goodEnd_; }
    /// Up to there, bytes that belong to no record: the disk has lost something.
    std::uint64_t damagedBytes() const { return damagedBytes_; }
    /// At the end: bytes behind `goodEnd`, which a crash has torn or the disk has lost.
    std::uint64_t tornBytes() const { return offset_ - goodEnd_; }
    /// The end that `next` came to was the disk's refusal, not the file's end.
    bool hasFailed() const { return in_.bad(); }

private:
    explicit JournalReader(std::ifstream in) : in_(std::move(in)) {}
    bool fill();
    std::optional<protocol::AudioFrame> read(std::uint64_t end);

    std::ifstream in_;
    std::vector<std::uint8_t> buffer_;
    std::size_t at_ = 0;        // in the buffer: what has been read
    std::uint64_t offset_ = 0;  // of at_ in the file
    std::uint64_t goodEnd_ = 0;
    std::uint64_t damagedBytes_ = 0;
    std::uint64_t nextSequence_ = 0;
    std::uint64_t knownEnd_ = 0;  // sequence: what the buffer holds below it is final
};

struct RecoveredJournal {
    protocol::ChannelPositions
        next;                        // the sequence after the last one on disk, 0 for a channel without audio
    std::uint64_t cutBytes = 0;      // of a record that a crash has torn
    std::uint64_t damagedBytes = 0;  // in the middle: what stands there is lost, what follows is kept
    bool isText = false;             // noteText; its audio was not read
};

struct RecoveredJournals {
    std::map<CallId, RecoveredJournal> readable;
    std::map<CallId, Error> unreadable;  // left as they are: nothing can be appended to them
};

/// Writes down beside a call's audio that all of it has become text: it is kept for something else, and a start need
/// not read it. Holds as long as the files keep their sizes: audio that follows ends it.
Result<void> noteText(const std::filesystem::path& folder, const CallId& callId,
                      const protocol::ChannelPositions& next);

/// The positions, if it is noted that the audio as it lies there is text. Looks at the files' sizes alone.
std::optional<protocol::ChannelPositions> notedText(const std::filesystem::path& folder,
                                                    const CallId& callId);

/// Checks every journal and cuts torn ends off. At start, before anything is appended. Folders whose name is
/// no call id are left alone. Whoever knows the calls removes the journals of finished ones and sets aside what
/// is unreadable or of unknown calls.
Result<RecoveredJournals> recoverJournals(const std::filesystem::path& folder);

/// The same for one call, whatever is noted beside its audio.
Result<RecoveredJournal> recoverJournal(const std::filesystem::path& folder, const CallId& callId);

/// Beside the journal's folder, mode 0700: what could not be read, as it was.
std::filesystem::path damagedFolder(const std::filesystem::path& folder);
/// Makes room for a fresh journal of this call. Answers where the damaged one is now.
Result<std::filesystem::path> setAside(const std::filesystem::path& folder, const CallId& callId);

/// Beside the journal's folder too: audio of calls that the database does not know, as after the restore of a
/// backup. It was acknowledged, so it is kept until it is old or purged.
std::filesystem::path unknownFolder(const std::filesystem::path& folder);
/// Answers where the journal is now.
Result<std::filesystem::path> setUnknownAside(const std::filesystem::path& folder, const CallId& callId);
/// The call is known again: its journal goes back to its place, unless there is one.
Result<void> takeUnknownBack(const std::filesystem::path& folder, const CallId& callId);
/// Removes what was set aside of unknown calls and got its last audio before a moment, or all of it. Answers
/// how many journals; after an error those that it is not about are erased all the same.
Result<std::int64_t> eraseUnknown(const std::filesystem::path& folder,
                                  std::optional<std::int64_t> beforeMs = std::nullopt);

/// Whose journals lie in a folder: the journal's own or `unknownFolder`. What has another name is left out.
Result<std::vector<CallId>> journalsIn(const std::filesystem::path& folder);

/// Gone when this returns well; also when there was none. What was set aside of it stays.
Result<void> removeJournal(const std::filesystem::path& folder, const CallId& callId);
/// The same, with all that was set aside of it.
Result<void> eraseJournal(const std::filesystem::path& folder, const CallId& callId);

}  // namespace ninja3cx::journal
