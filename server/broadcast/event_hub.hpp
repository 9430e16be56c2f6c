#pragma once

#include "server/calls/ports.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ninja3cx::broadcast {

struct EventHubOptions {
    std::size_t keptEvents = 2'000;  // of each audience, for clients that come back
    std::size_t keptBytes = std::size_t{4} << 20U;
};

/// Live events for agents and boards. Each audience (the agent programs of one extension; the boards) has its
/// own numbered stream; an event is encoded once for each audience that may see it. A client that names the
/// last event it has gets those after it, as long as they are kept; any other gets a snapshot. Either way its
/// stream has no gap and no repeat.
///
/// Threads: network thread only.
class EventHub final : public calls::EventSink {
public:
    /// The agent programs of this extension, or the boards when absent.
    using Audience = std::optional<Extension>;
    /// What this audience may see now; `epoch` and `sequence` are filled in here. It must reflect exactly
    /// what has been published so far.
    using MakeSnapshot = std::function<protocol::Snapshot()>;
    /// Takes one encoded message; false: the client takes no more and is detached. It must not publish.
    using Deliver = std::function<bool(std::string text)>;

    /// A client's place. Destroying it detaches; it may outlive the hub.
    class Seat {
    public:
        Seat() = default;
        ~Seat() { leave(); }
        Seat(Seat&& other) noexcept = default;
        Seat& operator=(Seat&& other) noexcept;
        void leave();
        /// False once the client was detached.
        bool isAttached() const;

    private:
        friend class EventHub;
        struct Client;
        explicit Seat(std::shared_ptr<Client> client) : client_(std::move(client)) {}
        std::shared_ptr<Client> client_;
    };

    explicit EventHub(std::string epoch, EventHubOptions options = {});
    ~EventHub() override;

    void publish(const calls::Audience& audience, protocol::EventBody event) override;
    /// Delivers at once what the client lacks (the events after `lastEvent`, or a snapshot), then every
    /// event.
    Seat attach(const Audience& audience, const std::optional<protocol::EventPosition>& lastEvent,
                const MakeSnapshot& makeSnapshot, Deliver deliver);

    const std::string& epoch() const { return epoch_; }
    std::size_t clientCount() const;

private:
    struct Stream;
    Stream& streamOf(const Audience& audience);
    void append(Stream& stream, const protocol::EventBody& event);

    std::string epoch_;
    EventHubOptions options_;
    std::map<Audience, std::unique_ptr<Stream>> streams_;
};

}  // namespace ninja3cx::broadcast
