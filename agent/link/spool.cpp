#include "agent/link/spool.hpp"

#include "agent/link/spool_segment.hpp"
#include "shared/core/files.hpp"
#include "shared/core/little_endian.hpp"
#include "shared/json/codec.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>

namespace ninja3cx::agent {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFramesPerSegment = 300;
constexpr std::size_t kMaxLabelBytes = 64U << 10;
constexpr const char* kGonePrefix = ".gone-";
constexpr const char* kSealedPrefix = ".sealed-";
constexpr char kTimesMark = '.';  // no call id holds it
constexpr const char* kSegmentEnding = ".spool";

std::size_t indexOf(protocol::Speaker channel) {
    return channel == protocol::Speaker::Agent ? 0 : 1;
}
const char* nameOf(protocol::Speaker channel) {
    return channel == protocol::Speaker::Agent ? "agent" : "customer";
}

Error ioError(const fs::path& file, const std::string& what) {
    return Error{ErrorKind::Io, "spool " + file.string() + ": " + what + ": " + std::strerror(errno)};
}

/// Ids come from the server: only what cannot leave the folder becomes a path.
bool isSafeName(const std::string& name) {
    return !name.empty() && name.size() <= 80 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

Result<void> appendBytes(const fs::path& file, std::span<const std::uint8_t> bytes, std::int64_t at) {
    const FileDescriptor fd{::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
    if (!fd.isOpen()) return ioError(file, "cannot open");
    int failure = 0;
    for (std::size_t done = 0; done < bytes.size() && failure == 0;) {
        const ssize_t written = ::pwrite(fd.get(), bytes.data() + done, bytes.size() - done,
                                         at + static_cast<std::int64_t>(done));
        if (written > 0)
            done += static_cast<std::size_t>(written);
        else if (written == 0)
            failure = ENOSPC;
        else if (errno != EINTR)
            failure = errno;
    }
    // What a failed attempt has left is overwritten by the next one, or cut off when it is found.
    if (failure != 0) (void)!::ftruncate(fd.get(), at);
    if (failure == 0) return {};
    errno = failure;
    return ioError(file, "cannot write");
}

Result<std::vector<fs::path>> pathsIn(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code failure;
    for (fs::directory_iterator item{folder, failure}; !failure && item != fs::directory_iterator{};
         item.increment(failure))
        paths.push_back(item->path());
    if (failure) return Error{ErrorKind::Io, "spool " + folder.string() + ": " + failure.message()};
    return paths;
}

}  // namespace

Spool::Spool(fs::path folder, std::vector<crypto::SealedBox> boxes, SpoolLimits limits)
    : folder_(std::move(folder)), boxes_(std::move(boxes)), limits_(limits) {}

Result<Spool> Spool::open(fs::path folder, std::vector<crypto::SealedBox> boxes, SpoolLimits limits) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) return Error{ErrorKind::Io, "spool " + folder.string() + ": " + failure.message()};
    fs::permissions(folder, fs::perms::owner_all, failure);
    Spool spool{std::move(folder), std::move(boxes), limits};
    if (auto loaded = spool.load(); !loaded) return loaded.error();
    return spool;
}

Result<void> Spool::load() {
    for (const auto step : {&Spool::setSealedAside, &Spool::takeUpSealed})
        if (auto done = (this->*step)(); !done) return done;
    const auto folders = pathsIn(folder_);
    if (!folders) return folders.error();
    for (const fs::path& folder : *folders) {
        std::error_code unknown;
        if (!fs::is_directory(folder, unknown) || !isSafeName(folder.filename().string())) continue;
        if (auto loaded = loadCall(folder); !loaded) return loaded;
    }
    return {};
}

Result<void> Spool::setSealedAside() {
    const auto folders = pathsIn(folder_);
    if (!folders) return folders.error();
    for (const fs::path& folder : *folders) {
        const std::string name = folder.filename().string();
        std::error_code failure;
        if (name.starts_with(kGonePrefix)) fs::remove_all(folder, failure);
        if (!fs::is_directory(folder, failure) || !isSafeName(name) || canBeOpened(folder)) continue;
        fs::path aside = folder_ / (kSealedPrefix + name);
        for (int times = 2; fs::exists(aside, failure); ++times)
            aside = folder_ / (kSealedPrefix + name + kTimesMark + std::to_string(times));
        fs::rename(folder, aside, failure);
        if (failure) return Error{ErrorKind::Io, "spool " + folder.string() + ": " + failure.message()};
    }
    return {};
}

void Spool::noteSealed(const fs::path& folder) {
    SealedCall call{folder};
    const auto parts = pathsIn(folder);
    if (parts)
        for (const fs::path& part : *parts) {
            struct stat about {};
            if (::stat(part.c_str(), &about) != 0) continue;
            call.bytes += about.st_size;
            call.writtenAtMs = std::max(call.writtenAtMs, std::int64_t{about.st_mtime} * 1000);
        }
    sealed_.push_back(std::move(call));
}

std::size_t Spool::eraseSealed(std::int64_t beforeMs) {
    return std::erase_if(sealed_, [&](const SealedCall& call) {
        std::error_code failure;
        return call.writtenAtMs < beforeMs && fs::remove_all(call.folder, failure) > 0 && !failure;
    });
}

std::int64_t Spool::bytesOnDisk() const {
    std::int64_t bytes = 0;
    for (const SealedCall& call : sealed_) bytes += call.bytes;
    for (const auto& [callId, entry] : entries_)
        for (const Channel& channel : entry.channels)
            for (const Segment& segment : channel.segments) bytes += segment.bytes;
    return bytes;
}

std::optional<Error> Spool::refusal(std::int64_t bytes) const {
    const auto refused = [&](const std::string& why) {
        return Error{ErrorKind::Io, "spool " + folder_.string() + ": " + why};
    };
    if (bytesOnDisk() + bytes > limits_.maxBytes)
        return refused("its limit of " + std::to_string(limits_.maxBytes >> 20) + " MB is reached");
    std::error_code failure;
    const fs::space_info disk = fs::space(folder_, failure);
    if (!failure && static_cast<std::int64_t>(disk.available) - bytes < limits_.minFreeBytes)
        return refused(limits_.minFreeBytes == 0 ? "the disk is full"
                                                 : "less than " + std::to_string(limits_.minFreeBytes >> 20) +
                                                       " MB of the disk are free");
    return std::nullopt;
}

/// Those whose key is here now go back to their place, unless that is taken.
Result<void> Spool::takeUpSealed() {
    const auto folders = pathsIn(folder_);
    if (!folders) return folders.error();
    for (const fs::path& folder : *folders) {
        std::string name = folder.filename().string();
        if (!name.starts_with(kSealedPrefix)) continue;
        name.erase(0, std::strlen(kSealedPrefix));
        const fs::path place = folder_ / name.substr(0, name.find(kTimesMark));
        std::error_code failure;
        if (canBeOpened(folder) && !fs::exists(place, failure)) fs::rename(folder, place, failure);
        if (fs::exists(folder, failure)) noteSealed(folder);
    }
    return {};
}

/// Its label or the first record of any file. True also where there is nothing to be opened.
bool Spool::canBeOpened(const fs::path& folder) const {
    const auto parts = pathsIn(folder);
    if (!parts) return true;  // to be told of
    bool isAnythingSealed = false;
    for (const fs::path& part : *parts) {
        const std::string file = part.filename().string();
        if (file == "call") {
            if (readLabel(part)) return true;
            isAnythingSealed = true;
        }
        std::ifstream in{part, std::ios::binary};
        std::uint8_t head[4];
        if (!file.ends_with(kSegmentEnding) || !in.read(reinterpret_cast<char*>(head), 4)) continue;
        const auto length = readLittle<std::uint32_t>(head, 0);
        if (length > kMaxRecordBytes) continue;
        std::vector<std::uint8_t> sealed(length);
        if (!in.read(reinterpret_cast<char*>(sealed.data()), length)) continue;
        if (opened(sealed)) return true;
        isAnythingSealed = true;
    }
    return !isAnythingSealed;
}

Result<std::vector<std::uint8_t>> Spool::opened(std::span<const std::uint8_t> sealed) const {
    Error why{ErrorKind::BadMessage, "there is no key for the recordings"};
    for (const crypto::SealedBox& box : boxes_) {
        auto plain = box.open(sealed);
        if (plain) return plain;
        why = plain.error();
    }
    return why;
}

Result<void> Spool::loadCall(const fs::path& folder) {
    const auto parts = pathsIn(folder);
    if (!parts) return parts.error();
    Entry& entry = entries_[CallId{folder.filename().string()}];
    std::vector<std::pair<std::int64_t, fs::path>> found[2];
    for (const fs::path& part : *parts) {
        const std::string file = part.filename().string();
        if (file == "end") {
            entry.hasEnded = true;
            continue;
        }
        if (file == "call") {
            entry.label = readLabel(part);
            entry.isLabelOnDisk = entry.label.has_value();
            continue;
        }
        for (protocol::Speaker channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
            const std::string prefix = std::string{nameOf(channel)} + "-";
            if (!file.starts_with(prefix) || !file.ends_with(kSegmentEnding)) continue;
            std::int64_t first = 0;
            std::from_chars(file.data() + prefix.size(), file.data() + file.size(), first);
            found[indexOf(channel)].emplace_back(first, part);
        }
    }
    for (protocol::Speaker channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
        auto& files = found[indexOf(channel)];
        std::sort(files.begin(), files.end());
        for (const auto& [first, file] : files)
            if (auto loaded = loadSegment(entry, channel, file, first); !loaded) return loaded;
    }
    return {};
}

Result<void> Spool::loadSegment(Entry& entry, protocol::Speaker channel, const fs::path& file,
                                std::int64_t first) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return ioError(file, "cannot read");
    std::error_code failure;
    const auto size = static_cast<std::int64_t>(fs::file_size(file, failure));
    if (failure) return Error{ErrorKind::Io, "spool " + file.string() + ": " + failure.message()};
    SegmentRecords records = scanSegment(in, size);
    in.close();
    Segment segment{file, first, std::move(records.offsets), records.bytes};
    if (segment.bytes < size && ::truncate(file.c_str(), segment.bytes) != 0)
        return ioError(file, "cannot repair");
    Channel& kept = entry.channels[indexOf(channel)];
    kept.next = segment.next();
    kept.segments.push_back(std::move(segment));
    return {};
}

fs::path Spool::folderOf(const CallId& callId) const {
    return folder_ / callId.value();
}

Result<void> Spool::makeFolder(const CallId& callId) const {
    std::error_code failure;
    fs::create_directories(folderOf(callId), failure);
    if (failure) return Error{ErrorKind::Io, "spool " + folderOf(callId).string() + ": " + failure.message()};
    fs::permissions(folderOf(callId), fs::perms::owner_all, failure);
    return {};
}

std::optional<SpoolLabel> Spool::readLabel(const fs::path& file) const {
    const auto sealed = readPrivateFile(file, kMaxLabelBytes);
    if (!sealed || !*sealed) return std::nullopt;
    const auto plain = opened({reinterpret_cast<const std::uint8_t*>((*sealed)->data()), (*sealed)->size()});
    if (!plain) return std::nullopt;
    auto label = json::decodeText<SpoolLabel>({reinterpret_cast<const char*>(plain->data()), plain->size()});
    return label ? std::optional{std::move(*label)} : std::nullopt;
}

Result<void> Spool::label(const CallId& callId, const SpoolLabel& label) {
    if (!isSafeName(callId.value())) return Error{ErrorKind::BadMessage, "call id cannot name a folder"};
    Entry& entry = entries_[callId];
    entry.label = label;
    return writeLabel(callId, entry);
}

Result<void> Spool::writeLabel(const CallId& callId, Entry& entry) {
    const std::string text = json::encodeText(*entry.label);
    const auto sealed =
        boxes_.front().seal({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    auto written = makeFolder(callId);
    if (written)
        written = writePrivateFile(folderOf(callId) / "call",
                                   {reinterpret_cast<const char*>(sealed.data()), sealed.size()});
    entry.isLabelOnDisk = static_cast<bool>(written);
    if (!written) onRefusedByDisk(written.error());
    return written;
}

void Spool::keepGaps(const CallId& callId, const std::vector<protocol::AudioGap>& gaps) {
    const auto found = entries_.find(callId);
    if (found == entries_.end() || !found->second.label) return;
    found->second.label->gaps = gaps;
    (void)writeLabel(callId, found->second);
}

std::optional<SpoolLabel> Spool::labelOf(const CallId& callId) const {
    const auto found = entries_.find(callId);
    return found == entries_.end() ? std::nullopt : found->second.label;
}

std::optional<std::int64_t> Spool::recordedAtMs(const CallId& callId) const {
    if (const auto label = labelOf(callId)) return label->recordedAtMs;
    struct stat about {};
    if (::stat(folderOf(callId).c_str(), &about) != 0) return std::nullopt;
    return std::int64_t{about.st_mtime} * 1000;
}

std::vector<CallId> Spool::calls() const {
    std::vector<CallId> calls;
    for (const auto& [callId, entry] : entries_) calls.push_back(callId);
    return calls;
}

Result<void> Spool::append(const CallId& callId, const protocol::AudioFrame& frame) {
    if (!isSafeName(callId.value())) return Error{ErrorKind::BadMessage, "call id cannot name a folder"};
    Entry& entry = entries_[callId];
    Channel& channel = entry.channels[indexOf(frame.channel)];
    const auto sequence = static_cast<std::int64_t>(frame.sequence);
    if (sequence != channel.next)
        return Error{ErrorKind::BadMessage, "frame " + std::to_string(sequence) + " spooled instead of " +
                                                std::to_string(channel.next)};
    ++channel.next;  // whatever becomes of this frame: a gap would stop all later ones
    std::vector<std::uint8_t> sealed = boxes_.front().seal(protocol::encodeAudioFrame(frame));
    // Without its label a later run takes the call for its own, whatever its extension.
    auto written = entry.label && !entry.isLabelOnDisk ? writeLabel(callId, entry) : Result<void>{};
    if (written) written = appendToDisk(callId, channel, frame, sealed);
    if (written) {
        onTakenByDisk();
        return {};
    }
    onRefusedByDisk(written.error());
    if (memoryBytes_ + sealed.size() > kMaxMemoryBytes)
        return inContext("audio is lost, the memory for it is full too", written.error());
    memoryBytes_ += sealed.size();
    channel.inMemory.emplace(sequence, std::move(sealed));
    return {};
}

Result<void> Spool::appendToDisk(const CallId& callId, Channel& channel, const protocol::AudioFrame& frame,
                                 std::span<const std::uint8_t> sealed) {
    const auto sequence = static_cast<std::int64_t>(frame.sequence);
    std::vector<std::uint8_t> record;
    record.reserve(sealed.size() + 4);
    appendLittle(record, static_cast<std::uint32_t>(sealed.size()));
    record.insert(record.end(), sealed.begin(), sealed.end());
    if (const auto refused = refusal(static_cast<std::int64_t>(record.size()))) return *refused;
    // A segment's frames follow each other; after a jump of the numbers the next segment begins.
    if (channel.segments.empty() || channel.segments.back().offsets.size() >= kFramesPerSegment ||
        channel.segments.back().next() != sequence) {
        if (auto made = makeFolder(callId); !made) return made;
        const fs::path file = folderOf(callId) / (std::string{nameOf(frame.channel)} + "-" +
                                                  std::to_string(sequence) + kSegmentEnding);
        if (auto written = appendBytes(file, record, 0); !written) {
            std::error_code ignored;
            fs::remove(file, ignored);  // else an empty file for each frame refused
            return written;
        }
        channel.segments.push_back({file, sequence, {0}, static_cast<std::int64_t>(record.size())});
        return {};
    }
    Segment& segment = channel.segments.back();
    if (auto written = appendBytes(segment.file, record, segment.bytes); !written) return written;
    segment.offsets.push_back(segment.bytes);
    segment.bytes += static_cast<std::int64_t>(record.size());
    return {};
}

void Spool::onRefusedByDisk(const Error& why) {
    if (std::exchange(troubledFrames_, kCalmFrames) == 0)
        notice_ = DiskNews{false, why.detail + "; what the disk refuses is kept in memory"};
}

void Spool::onTakenByDisk() {
    if (troubledFrames_ > 0 && --troubledFrames_ == 0) notice_ = DiskNews{true, ""};
}

void Spool::freeMemory(Channel& channel, std::int64_t next) {
    auto& frames = channel.inMemory;
    while (!frames.empty() && frames.begin()->first < next) {
        memoryBytes_ -= frames.begin()->second.size();
        frames.erase(frames.begin());
    }
}

Result<void> Spool::markEnd(const CallId& callId) {
    Entry& entry = entries_[callId];
    entry.hasEnded = true;
    std::error_code unknown;
    if (!isSafeName(callId.value()) || !fs::exists(folderOf(callId), unknown)) return {};
    return appendBytes(folderOf(callId) / "end", {}, 0);
}

bool Spool::hasEnded(const CallId& callId) const {
    const auto found = entries_.find(callId);
    return found != entries_.end() && found->second.hasEnded;
}

protocol::ChannelPositions Spool::next(const CallId& callId) const {
    const auto found = entries_.find(callId);
    if (found == entries_.end()) return {};
    return {found->second.channels[0].next, found->second.channels[1].next};
}

void Spool::begin(const CallId& callId, const protocol::ChannelPositions& first) {
    Entry& entry = entries_[callId];
    entry.channels[0].next = std::max(entry.channels[0].next, first.agent);
    entry.channels[1].next = std::max(entry.channels[1].next, first.customer);
}

Result<protocol::AudioFrame> Spool::read(const CallId& callId, protocol::Speaker channel,
                                         std::int64_t sequence) const {
    const Error absent{ErrorKind::NotFound, "frame " + std::to_string(sequence) + " is not in the spool"};
    const auto found = entries_.find(callId);
    if (found == entries_.end()) return absent;
    const Channel& kept = found->second.channels[indexOf(channel)];
    if (const auto frame = kept.inMemory.find(sequence); frame != kept.inMemory.end()) {
        const auto plain = opened(frame->second);
        return plain ? protocol::decodeAudioFrame(*plain) : plain.error();
    }
    for (const Segment& segment : kept.segments) {
        const std::int64_t index = sequence - segment.first;
        if (index < 0 || index >= static_cast<std::int64_t>(segment.offsets.size())) continue;
        std::ifstream in{segment.file, std::ios::binary};
        const std::int64_t at = segment.offsets[static_cast<std::size_t>(index)];
        const std::int64_t end = index + 1 < static_cast<std::int64_t>(segment.offsets.size())
                                     ? segment.offsets[static_cast<std::size_t>(index) + 1]
                                     : segment.bytes;
        std::vector<std::uint8_t> sealed(static_cast<std::size_t>(end - at - 4));
        in.seekg(at + 4);
        if (!in.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(sealed.size())))
            return ioError(segment.file, "cannot read");
        auto plain = opened(sealed);
        if (!plain) return inContext(segment.file.string(), plain.error());
        auto frame = protocol::decodeAudioFrame(*plain);
        if (frame && (frame->channel != channel || static_cast<std::int64_t>(frame->sequence) != sequence))
            return Error{
                ErrorKind::BadMessage,
                segment.file.string() + ": another frame stands in the place of " + std::to_string(sequence)};
        return frame;
    }
    return absent;
}

void Spool::acknowledge(const CallId& callId, const protocol::ChannelPositions& next) {
    const auto found = entries_.find(callId);
    if (found == entries_.end()) return;
    const std::int64_t positions[2] = {next.agent, next.customer};
    for (std::size_t i = 0; i < 2; ++i) {
        freeMemory(found->second.channels[i], positions[i]);
        auto& segments = found->second.channels[i].segments;
        while (!segments.empty()) {
            const Segment& oldest = segments.front();
            const bool isFull =
                segments.size() > 1 || oldest.offsets.size() >= kFramesPerSegment || found->second.hasEnded;
            if (!isFull || oldest.next() > positions[i]) break;
            std::error_code ignored;
            fs::remove(oldest.file, ignored);
            segments.pop_front();
        }
    }
}

void Spool::forget(const CallId& callId) {
    if (isSafeName(callId.value())) {
        std::error_code failure;
        const fs::path gone = folder_ / (kGonePrefix + callId.value());
        fs::rename(folderOf(callId), gone, failure);
        fs::remove_all(failure ? folderOf(callId) : gone, failure);
    }
    const auto found = entries_.find(callId);
    if (found == entries_.end()) return;
    for (Channel& channel : found->second.channels)
        freeMemory(channel, std::numeric_limits<std::int64_t>::max());
    entries_.erase(found);
}

}  // namespace ninja3cx::agent
