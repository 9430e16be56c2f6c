#include "simulators/pbx/event_feed.hpp"

#include <algorithm>

namespace ninja3cx::simulators {

using namespace std::chrono_literals;

SocketId EventFeed::open(std::shared_ptr<SocketSink> sink) {
    sockets_[++lastId_].sink = std::move(sink);
    return lastId_;
}

void EventFeed::event(int type, const std::string& entity, const boost::json::value& attached) {
    if (lost_ > 0) {
        --lost_;
        return;
    }
    if (type == 0 && heldEntities_.contains(entity)) return;
    if (type == 0 && removedFirst_ > 0) {
        --removedFirst_;
        heldEntities_.insert(entity);
        return;
    }
    const bool isUpsertLate = type == 1 && upsertedLate_ > 0;
    if (isUpsertLate) --upsertedLate_;
    send(type, entity, attached);
    if (isUpsertLate || (type == 1 && heldEntities_.erase(entity) > 0)) send(0, entity, nullptr);
}

void EventFeed::send(int type, const std::string& entity, const boost::json::value& attached) {
    const bool isSkipped = skipped_ > 0;
    const bool isRepeated = repeated_ > 0;
    const bool isSwapped = swapped_ > 0;
    skipped_ -= isSkipped ? 1 : 0;
    repeated_ -= isRepeated ? 1 : 0;
    swapped_ -= isSwapped ? 1 : 0;
    for (auto& [id, socket] : sockets_) {
        ++socket.sequence;
        if (isSkipped) continue;
        std::string frame = boost::json::serialize(boost::json::value{
            {"sequence", socket.sequence},
            {"event", {{"event_type", type}, {"entity", entity}, {"attached_data", attached}}}});
        if (isSwapped && !socket.heldBack) {
            socket.heldBack = std::move(frame);
            continue;
        }
        if (isRepeated) deliver(id, frame);
        deliver(id, std::move(frame));
        if (socket.heldBack) deliver(id, std::move(*socket.heldBack));
        socket.heldBack.reset();
    }
}

void EventFeed::eventTo(SocketId id, int type, const std::string& entity,
                        const boost::json::value& attached) {
    const auto found = sockets_.find(id);
    if (found == sockets_.end()) return;
    deliver(id, boost::json::serialize(boost::json::value{
                    {"sequence", ++found->second.sequence},
                    {"event", {{"event_type", type}, {"entity", entity}, {"attached_data", attached}}}}));
}

void EventFeed::deliver(SocketId id, std::string frame) {
    Socket& socket = sockets_.at(id);
    const auto jitter = std::chrono::milliseconds{5 + static_cast<std::int64_t>(random_() % 26)};
    socket.lastDue = std::max(socket.lastDue, timeline_.now() + timeline_.scaled(jitter));
    timeline_.atMoment(socket.lastDue, [this, id, frame = std::move(frame)] {
        const auto found = sockets_.find(id);
        if (found == sockets_.end()) return;
        ++sent_;
        found->second.sink->text(frame);
    });
}

void EventFeed::raw(const std::string& frame, bool isBinary) {
    for (auto& [id, socket] : sockets_) isBinary ? socket.sink->binary(frame) : socket.sink->text(frame);
}

void EventFeed::closeAll(std::uint16_t code) {
    for (auto& [id, socket] : sockets_) socket.sink->close(code);
    sockets_.clear();
}

void EventFeed::breakAll() {
    for (auto& [id, socket] : sockets_) socket.sink->breakLink();
    sockets_.clear();
}

void EventFeed::silenceAll() {
    for (auto& [id, socket] : sockets_) socket.sink->playDead();
    sockets_.clear();
}

}  // namespace ninja3cx::simulators
