#pragma once

#include "simulators/pbx/timeline.hpp"

#include <boost/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

/// The client's end of a WebSocket, as the PBX sees it.
class SocketSink {
public:
    virtual ~SocketSink() = default;
    virtual void text(std::string frame) = 0;
    virtual void binary(std::string frame) = 0;
    virtual void close(std::uint16_t code) = 0;
    virtual void breakLink() = 0;  // without a close frame
    virtual void playDead() = 0;   // nothing more goes out, pongs included
};

using SocketId = int;

/// Events to every open socket: numbered per socket, 5 to 30 ms late, in order, with the troubles asked for.
class EventFeed {
public:
    EventFeed(Timeline& timeline, std::uint64_t seed) : timeline_(timeline), random_(seed) {}

    SocketId open(std::shared_ptr<SocketSink> sink);
    void closed(SocketId id) { sockets_.erase(id); }
    std::size_t openCount() const { return sockets_.size(); }
    std::int64_t sentCount() const { return sent_; }

    /// `type`: 0 Upsert, 1 Remove, 4 Response …
    void event(int type, const std::string& entity, const boost::json::value& attached = nullptr);
    void eventTo(SocketId id, int type, const std::string& entity, const boost::json::value& attached);
    /// A frame as it is, without a number.
    void raw(const std::string& frame, bool isBinary);

    void skip(int events) { skipped_ += events; }      // numbers pass, frames do not come
    void lose(int events) { lost_ += events; }         // no number tells that they are missing
    void repeat(int events) { repeated_ += events; }   // each comes twice
    void swapNext(int events) { swapped_ += events; }  // each comes after the one behind it
    /// The Upserts of each of the next entities come after its Remove.
    void removeFirst(int entities) { removedFirst_ += entities; }
    /// Each of the next Removes is followed by an Upsert.
    void upsertLate(int removes) { upsertedLate_ += removes; }
    void closeAll(std::uint16_t code);
    void breakAll();
    void silenceAll();

private:
    struct Socket {
        std::shared_ptr<SocketSink> sink;
        std::int64_t sequence = 0;
        SteadyTime lastDue{};
        std::optional<std::string> heldBack;
    };
    void send(int type, const std::string& entity, const boost::json::value& attached);
    void deliver(SocketId id, std::string frame);

    Timeline& timeline_;
    std::mt19937_64 random_;
    std::map<SocketId, Socket> sockets_;
    SocketId lastId_ = 0;
    std::int64_t sent_ = 0;
    int skipped_ = 0;
    int repeated_ = 0;
    int swapped_ = 0;
    int lost_ = 0;
    int removedFirst_ = 0;
    int upsertedLate_ = 0;
    std::set<std::string> heldEntities_;  // whose Upserts wait for their Remove
};

}  // namespace ninja3cx::simulators
