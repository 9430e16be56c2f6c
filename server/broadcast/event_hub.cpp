#include "server/broadcast/event_hub.hpp"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

namespace ninja3cx::broadcast {

struct EventHub::Seat::Client {
    Deliver deliver;  // empty once detached

    /// A client that refuses, or leaves while it is served, gets nothing more.
    void give(const std::string& text) {
        if (!deliver) return;
        const Deliver keptAlive = deliver;
        if (!keptAlive(text)) deliver = nullptr;
    }
};

struct EventHub::Stream {
    std::int64_t sequence = 0;     // of the last event
    std::deque<std::string> kept;  // the last ones, encoded; the newest has number `sequence`
    std::size_t keptBytes = 0;
    std::vector<std::weak_ptr<Seat::Client>> clients;

    bool knowsAllAfter(std::int64_t seen) const {
        return seen >= 0 && seen <= sequence && sequence - seen <= static_cast<std::int64_t>(kept.size());
    }
};

EventHub::Seat& EventHub::Seat::operator=(Seat&& other) noexcept {
    if (this != &other) {
        leave();
        client_ = std::move(other.client_);
    }
    return *this;
}

void EventHub::Seat::leave() {
    if (client_) client_->deliver = nullptr;
    client_.reset();
}

bool EventHub::Seat::isAttached() const {
    return client_ && client_->deliver;
}

EventHub::EventHub(std::string epoch, EventHubOptions options) : epoch_(std::move(epoch)), options_(options) {
    streamOf(std::nullopt);
}
EventHub::~EventHub() = default;

EventHub::Stream& EventHub::streamOf(const Audience& audience) {
    std::unique_ptr<Stream>& stream = streams_[audience];
    if (!stream) stream = std::make_unique<Stream>();
    return *stream;
}

void EventHub::append(Stream& stream, const protocol::EventBody& event) {
    const std::string text =
        protocol::encodeMessage(protocol::ServerMessage{protocol::Event{++stream.sequence, event}});
    stream.kept.push_back(text);
    stream.keptBytes += text.size();
    while (!stream.kept.empty() &&
           (stream.kept.size() > options_.keptEvents || stream.keptBytes > options_.keptBytes)) {
        stream.keptBytes -= stream.kept.front().size();
        stream.kept.pop_front();
    }
    // A copy: whoever is served may leave meanwhile.
    const std::vector<std::weak_ptr<Seat::Client>> clients = stream.clients;
    for (const auto& each : clients)
        if (const auto client = each.lock()) client->give(text);
    std::erase_if(stream.clients, [](const auto& each) {
        const auto client = each.lock();
        return !client || !client->deliver;
    });
}

void EventHub::publish(const calls::Audience& audience, protocol::EventBody event) {
    if (audience.includesAllAgents) {
        for (const auto& [owner, stream] : streams_)
            if (owner) append(*stream, event);
    } else if (audience.extension) {
        append(streamOf(audience.extension), event);
    }
    if (audience.includesBoards) append(streamOf(std::nullopt), event);
}

EventHub::Seat EventHub::attach(const Audience& audience,
                                const std::optional<protocol::EventPosition>& lastEvent,
                                const MakeSnapshot& makeSnapshot, Deliver deliver) {
    Stream& stream = streamOf(audience);
    auto client = std::make_shared<Seat::Client>();
    client->deliver = std::move(deliver);
    Seat seat{client};
    if (lastEvent && lastEvent->epoch == epoch_ && stream.knowsAllAfter(lastEvent->sequence)) {
        const auto missed = static_cast<std::ptrdiff_t>(stream.sequence - lastEvent->sequence);
        const std::vector<std::string> texts(stream.kept.end() - missed, stream.kept.end());
        for (const std::string& text : texts) client->give(text);
    } else {
        protocol::Snapshot snapshot = makeSnapshot();
        snapshot.epoch = epoch_;
        snapshot.sequence = stream.sequence;
        client->give(protocol::encodeMessage(protocol::ServerMessage{std::move(snapshot)}));
    }
    if (client->deliver) stream.clients.push_back(client);
    return seat;
}

std::size_t EventHub::clientCount() const {
    std::size_t count = 0;
    for (const auto& [audience, stream] : streams_)
        for (const auto& each : stream->clients)
            if (const auto client = each.lock(); client && client->deliver) ++count;
    return count;
}

}  // namespace ninja3cx::broadcast
