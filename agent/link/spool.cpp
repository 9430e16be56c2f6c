#include "agent/link/spool.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>

namespace ninja3cx::agent {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFramesPerSegment = 300;
constexpr std::uint32_t kMaxRecordBytes =
    protocol::kAudioHeaderBytes + protocol::kMaxAudioPayloadBytes + SealedBox::kOverheadBytes;

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
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return ioError(file, "cannot open");
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), at);
    const bool isWhole = written == static_cast<ssize_t>(bytes.size());
    if (!isWhole && ::ftruncate(fd, at) != 0) errno = EIO;
    const bool isClosed = ::close(fd) == 0;
    if (!isWhole || !isClosed) return ioError(file, "cannot write (disk full?)");
    return {};
}

}  // namespace

Spool::Spool(fs::path folder, SealedBox box) : folder_(std::move(folder)), box_(box) {}

Result<Spool> Spool::open(fs::path folder, SealedBox box) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) return Error{ErrorKind::Io, "spool " + folder.string() + ": " + failure.message()};
    fs::permissions(folder, fs::perms::owner_all, failure);
    Spool spool{std::move(folder), box};
    if (auto loaded = spool.load(); !loaded) return loaded.error();
    return spool;
}

Result<void> Spool::load() {
    for (const fs::directory_entry& item : fs::directory_iterator{folder_}) {
        const std::string name = item.path().filename().string();
        if (!item.is_directory() || !isSafeName(name)) continue;
        Entry& entry = entries_[CallId{name}];
        std::vector<std::pair<std::int64_t, fs::path>> found[2];
        for (const fs::directory_entry& part : fs::directory_iterator{item.path()}) {
            const std::string file = part.path().filename().string();
            if (file == "end") {
                entry.hasEnded = true;
                continue;
            }
            for (protocol::Speaker channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
                const std::string prefix = std::string{nameOf(channel)} + "-";
                if (!file.starts_with(prefix) || !file.ends_with(".spool")) continue;
                std::int64_t first = 0;
                std::from_chars(file.data() + prefix.size(), file.data() + file.size(), first);
                found[indexOf(channel)].emplace_back(first, part.path());
            }
        }
        for (protocol::Speaker channel : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
            auto& files = found[indexOf(channel)];
            std::sort(files.begin(), files.end());
            for (const auto& [first, file] : files)
                if (auto loaded = loadSegment(entry, channel, file, first); !loaded) return loaded;
        }
    }
    return {};
}

Result<void> Spool::loadSegment(Entry& entry, protocol::Speaker channel, const fs::path& file,
                                std::int64_t first) {
    Segment segment{file, first, {}, 0};
    std::ifstream in{file, std::ios::binary};
    if (!in) return ioError(file, "cannot read");
    const auto size = static_cast<std::int64_t>(fs::file_size(file));
    for (;;) {
        unsigned char head[4];
        if (!in.read(reinterpret_cast<char*>(head), 4)) break;
        const std::uint32_t length = head[0] | std::uint32_t{head[1]} << 8 | std::uint32_t{head[2]} << 16 |
                                     std::uint32_t{head[3]} << 24;
        if (length > kMaxRecordBytes || segment.bytes + 4 + length > size) break;
        segment.offsets.push_back(segment.bytes);
        segment.bytes += 4 + length;
        in.seekg(segment.bytes);
    }
    in.close();
    if (segment.bytes < size && ::truncate(file.c_str(), segment.bytes) != 0)
        return ioError(file, "cannot repair");
    Channel& kept = entry.channels[indexOf(channel)];
    kept.next = first + static_cast<std::int64_t>(segment.offsets.size());
    kept.segments.push_back(std::move(segment));
    return {};
}

fs::path Spool::folderOf(const CallId& callId) const {
    return folder_ / callId.value();
}

std::vector<CallId> Spool::calls() const {
    std::vector<CallId> calls;
    for (const auto& [callId, entry] : entries_) calls.push_back(callId);
    return calls;
}

Result<void> Spool::append(const CallId& callId, const protocol::AudioFrame& frame) {
    if (!isSafeName(callId.value())) return Error{ErrorKind::BadMessage, "call id cannot name a folder"};
    Channel& channel = entries_[callId].channels[indexOf(frame.channel)];
    const auto sequence = static_cast<std::int64_t>(frame.sequence);
    if (sequence != channel.next)
        return Error{ErrorKind::BadMessage, "frame " + std::to_string(sequence) + " spooled instead of " +
                                                std::to_string(channel.next)};
    if (channel.segments.empty() || channel.segments.back().offsets.size() >= kFramesPerSegment) {
        std::error_code failure;
        fs::create_directories(folderOf(callId), failure);
        if (failure)
            return Error{ErrorKind::Io, "spool " + folderOf(callId).string() + ": " + failure.message()};
        fs::permissions(folderOf(callId), fs::perms::owner_all, failure);
        channel.segments.push_back({folderOf(callId) / (std::string{nameOf(frame.channel)} + "-" +
                                                        std::to_string(sequence) + ".spool"),
                                    sequence,
                                    {},
                                    0});
    }
    Segment& segment = channel.segments.back();
    const std::vector<std::uint8_t> sealed = box_.seal(protocol::encodeAudioFrame(frame));
    std::vector<std::uint8_t> record;
    record.reserve(sealed.size() + 4);
    for (int i = 0; i < 4; ++i) record.push_back(static_cast<std::uint8_t>(sealed.size() >> (8 * i)));
    record.insert(record.end(), sealed.begin(), sealed.end());
    if (auto written = appendBytes(segment.file, record, segment.bytes); !written) return written;
    segment.offsets.push_back(segment.bytes);
    segment.bytes += static_cast<std::int64_t>(record.size());
    ++channel.next;
    return {};
}

Result<void> Spool::markEnd(const CallId& callId) {
    Entry& entry = entries_[callId];
    entry.hasEnded = true;
    if (!isSafeName(callId.value()) || !fs::exists(folderOf(callId))) return {};
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
    for (const Segment& segment : found->second.channels[indexOf(channel)].segments) {
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
        auto plain = box_.open(sealed);
        if (!plain) return inContext(segment.file.string(), plain.error());
        return protocol::decodeAudioFrame(*plain);
    }
    return absent;
}

void Spool::acknowledge(const CallId& callId, const protocol::ChannelPositions& next) {
    const auto found = entries_.find(callId);
    if (found == entries_.end()) return;
    const std::int64_t positions[2] = {next.agent, next.customer};
    for (std::size_t i = 0; i < 2; ++i) {
        auto& segments = found->second.channels[i].segments;
        while (!segments.empty()) {
            const Segment& oldest = segments.front();
            const bool isFull = oldest.offsets.size() >= kFramesPerSegment || found->second.hasEnded;
            if (!isFull || oldest.first + static_cast<std::int64_t>(oldest.offsets.size()) > positions[i])
                break;
            std::error_code ignored;
            fs::remove(oldest.file, ignored);
            segments.pop_front();
        }
    }
}

void Spool::forget(const CallId& callId) {
    if (isSafeName(callId.value())) {
        std::error_code ignored;
        fs::remove_all(folderOf(callId), ignored);
    }
    entries_.erase(callId);
}

}  // namespace ninja3cx::agent
