#pragma once

#include "server/calls/ports.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::app {

/// Writes the life of calls, drafts, tickets, agent programs and links to the log, one line for each change,
/// and passes every event on. Only ids, extensions and states: never a word, a name or a number of a caller.
///
/// Threads: network thread only.
class LifeLog final : public calls::EventSink {
public:
    LifeLog(calls::EventSink& next, std::shared_ptr<spdlog::logger> log);

    void publish(const calls::Audience& audience, protocol::EventBody event) override;

    /// A key or a login link that was refused: `about` is an address, perhaps with a count. Whoever calls
    /// this sees to it that it is seldom.
    void noteRefusal(const std::string& about);

private:
    enum class Link { Unknown, Up, Down, NeedsLogin };
    /// What was last written of a call and of its draft.
    struct Life {
        std::string call;
        std::string draft;
        std::string ticket;
        std::size_t corrections = 0;  // in final texts, not yet written
    };
    void note(const protocol::Call& call);
    void note(const protocol::Draft& draft);
    void note(const protocol::Agent& agent);
    void noteLink(const char* name, Link& link, protocol::LinkState state);
    static Link after(Link link, protocol::LinkState state);

    calls::EventSink& next_;
    const std::shared_ptr<spdlog::logger> log_;
    std::map<CallId, Life> lives_;  // in the live view
    std::map<Extension, bool> isConnected_;
    Link pbx_ = Link::Unknown;
    Link ninja_ = Link::Unknown;
};

}  // namespace ninja3cx::app
