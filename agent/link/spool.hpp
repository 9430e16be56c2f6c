#pragma once

#include "shared/core/ids.hpp"
#include "shared/crypto/sealed_box.hpp"
#include "shared/protocol/audio_frame.hpp"
#include "shared/protocol/messages.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::agent {

/// Whose call it was, when, and what of it is lost: a later run may serve another extension, or another server.
struct SpoolLabel {
    Extension extension;
    std::int64_t recordedAtMs = 0;             // since 1970
    std::optional<std::string> serverId = {};  // protocol::Welcome::serverId of the server that had the call
    std::optional<std::vector<protocol::AudioGap>> gaps = {};
    bool operator==(const SpoolLabel&) const = default;
};
BOOST_DESCRIBE_STRUCT(SpoolLabel, (), (extension, recordedAtMs, serverId, gaps))

/// What the user should know of the disk.
struct DiskNews {
    bool isWell = false;  // it takes audio again after a trouble
    std::string detail;   // for the administrator, of a trouble
    bool operator==(const DiskNews&) const = default;
};

/// What recordings may take of this PC.
struct SpoolLimits {
    std::int64_t maxBytes = std::int64_t{2048} << 20;     // on disk
    std::int64_t minFreeBytes = std::int64_t{100} << 20;  // left to everything else
    std::chrono::hours maxAge{7 * 24};  // since the call; whoever uses the spool deletes what is older
};

/// Audio on disk until the server has acknowledged it.
///
/// <folder>/<callId>/<channel>-<first sequence>.spool holds up to 300 records: 4 bytes length (little-endian)
/// and one frame (audio_frame.hpp), sealed. <folder>/<callId>/call holds the label, sealed; the empty file
/// <folder>/<callId>/end says that the call is over. Files are mode 0600; a segment is deleted as soon as all of it
/// is acknowledged.
///
/// Full:    what the disk or a limit refuses is kept in memory, sealed too, up to kMaxMemoryBytes for all calls; it is lost when
///          this program ends. Later frames go to the disk again as soon as it takes them.
/// Keys:    a call that none of the keys opens (the keyring is locked, say) is set aside as ".sealed-…", whole, and
///          taken up by a later run that has its key.
/// Crash:   a torn last record is cut off when found. A call is forgotten as a whole: its folder is renamed to
///          ".gone-…" first, and what lies there is removed by the next run.
/// Threads: one.
class Spool {
public:
    /// Takes up what an earlier run left. The first of `boxes` seals; what is there may be sealed by any.
    static Result<Spool> open(std::filesystem::path folder, std::vector<crypto::SealedBox> boxes,
                              SpoolLimits limits = {});
    const SpoolLimits& limits() const { return limits_; }

    /// Calls that are set aside for want of their key.
    std::size_t sealedCalls() const { return sealed_.size(); }
    /// Those of them that got their last audio before `beforeMs` (since 1970). Answers how many.
    std::size_t eraseSealed(std::int64_t beforeMs);

    /// Of all recordings, also those that are set aside.
    std::int64_t bytesOnDisk() const;
    /// A limit is less than about a minute of a call away.
    bool isNearlyFull() const { return refusal(kNearlyBytes).has_value(); }

    /// Calls that still have something to deliver, or whose end the server has not been told.
    std::vector<CallId> calls() const;

    /// Before the first frame. A label that the disk refuses is written with the first frame that it takes.
    Result<void> label(const CallId& callId, const SpoolLabel& label);
    /// In the label, where there is one. What the disk refuses is written with the next frame that it takes.
    void keepGaps(const CallId& callId, const std::vector<protocol::AudioGap>& gaps);
    /// Nothing when it was never written or cannot be read.
    std::optional<SpoolLabel> labelOf(const CallId& callId) const;
    /// As the label says; without one, when files last came or went. Nothing when there is neither.
    std::optional<std::int64_t> recordedAtMs(const CallId& callId) const;
    /// The frame survives the end of this program when this returns, unless the disk refused it (takeNotice). Its
    /// sequence must be `next` of its channel. Io: the memory is full too and the frame is lost; its sequence is used
    /// up all the same, so that the call goes on after it.
    Result<void> append(const CallId& callId, const protocol::AudioFrame& frame);
    /// No frame will follow.
    Result<void> markEnd(const CallId& callId);
    bool hasEnded(const CallId& callId) const;

    /// The sequence after the last frame spooled, for each channel.
    protocol::ChannelPositions next(const CallId& callId) const;
    /// Starts a call's numbering elsewhere than at 0 (this program restarted during the call).
    void begin(const CallId& callId, const protocol::ChannelPositions& first);

    /// NotFound when that frame was never spooled or is forgotten, BadMessage when the disk gave back
    /// something else than was written.
    Result<protocol::AudioFrame> read(const CallId& callId, protocol::Speaker channel,
                                      std::int64_t sequence) const;

    /// Once when the disk begins to refuse audio, once when that is over.
    std::optional<DiskNews> takeNotice() { return std::exchange(notice_, std::nullopt); }

    /// Everything below `next` is on the server's disk.
    void acknowledge(const CallId& callId, const protocol::ChannelPositions& next);
    /// Deletes the call's folder.
    void forget(const CallId& callId);

    static constexpr std::size_t kMaxMemoryBytes = 4U << 20;  // a minute of both channels
    /// The disk's trouble is over after so many frames without it: more than a full disk has room for each time that
    /// acknowledged segments are deleted.
    static constexpr std::int64_t kCalmFrames = 600;
    static constexpr std::int64_t kNearlyBytes = 4 << 20;

private:
    struct Segment {
        std::filesystem::path file;
        std::int64_t first = 0;
        std::vector<std::int64_t> offsets;  // of each record
        std::int64_t bytes = 0;
        std::int64_t next() const { return first + static_cast<std::int64_t>(offsets.size()); }
    };
    struct Channel {
        std::int64_t next = 0;
        std::deque<Segment> segments;
        std::map<std::int64_t, std::vector<std::uint8_t>> inMemory;  // sealed frames the disk refused
    };
    struct Entry {
        Channel channels[2];
        bool hasEnded = false;
        std::optional<SpoolLabel> label;
        bool isLabelOnDisk = false;
    };

    struct SealedCall {
        std::filesystem::path folder;
        std::int64_t bytes = 0;
        std::int64_t writtenAtMs = 0;  // since 1970
    };

    Spool(std::filesystem::path folder, std::vector<crypto::SealedBox> boxes, SpoolLimits limits);
    Result<void> load();
    Result<void> loadCall(const std::filesystem::path& folder);
    Result<void> setSealedAside();
    Result<void> takeUpSealed();
    void noteSealed(const std::filesystem::path& folder);
    /// Why so many more bytes may not be written.
    std::optional<Error> refusal(std::int64_t bytes) const;
    bool canBeOpened(const std::filesystem::path& folder) const;
    Result<std::vector<std::uint8_t>> opened(std::span<const std::uint8_t> sealed) const;
    Result<void> loadSegment(Entry& entry, protocol::Speaker channel, const std::filesystem::path& file,
                             std::int64_t first);
    std::optional<SpoolLabel> readLabel(const std::filesystem::path& file) const;
    std::filesystem::path folderOf(const CallId& callId) const;
    Result<void> writeLabel(const CallId& callId, Entry& entry);
    Result<void> makeFolder(const CallId& callId) const;
    Result<void> appendToDisk(const CallId& callId, Channel& channel, const protocol::AudioFrame& frame,
                              std::span<const std::uint8_t> sealed);
    void onRefusedByDisk(const Error& why);
    void onTakenByDisk();
    void freeMemory(Channel& channel, std::int64_t next);

    std::filesystem::path folder_;
    std::vector<crypto::SealedBox> boxes_;
    SpoolLimits limits_;
    std::vector<SealedCall> sealed_;
    std::map<CallId, Entry> entries_;
    std::size_t memoryBytes_ = 0;
    std::int64_t troubledFrames_ = 0;  // to be taken by the disk until its trouble is over
    std::optional<DiskNews> notice_;
};

}  // namespace ninja3cx::agent
