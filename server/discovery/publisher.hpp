#pragma once

#include "server/discovery/publishing_flow.hpp"
#include "shared/discovery/server_record.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace ninja3cx::discovery {

struct Announcement {
    std::string
        name;  // for people, at most 63 bytes; where the network has it already, with a number behind it
    std::string address;  // at which the server listens, in numbers: tells on which networks it is found
    std::uint16_t port = 0;
    ServerRecord record;
};

/// `detail`: the name it is found by, or why it is not, in the naming service's words. Runs on a thread of the
/// publisher's, and for what is known at once on the caller's.
using OnPublishNews = std::function<void(PublishNews news, const std::string& detail)>;

/// Keeps a server findable as long as it lives.
class Publisher {
public:
    virtual ~Publisher() = default;
};

/// Through Avahi's daemon; null in a build without its library. No daemon, no bus: it is told once, and tried again.
///
/// Threads: one of Avahi's own, on which all that may wait for the daemon happens. The destructor waits for what is
///          under way there, which it calls off: a daemon that hangs keeps nobody waiting.
std::unique_ptr<Publisher> publish(Announcement announcement, OnPublishNews onNews);

}  // namespace ninja3cx::discovery
