#pragma once

#include "shared/core/clock.hpp"
#include "shared/protocol/messages.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace ninja3cx::scenarios {

/// Something that was told, and when: since the beginning, in milliseconds.
struct Told {
    std::chrono::milliseconds at{0};
    std::string text;  // "201 connected"
};
/// As a row writes it: "5.0 201 connected". Tenths of a second, the rest left out.
std::string lineOf(const Told& told);

/// What the server's faces are told of calls, of its link to the PBX and of queues, in words. A call is named by its
/// extension; the second one of 201 is "201#2". What changes nothing that a technician sees is left out.
class Teller {
public:
    void tell(std::chrono::milliseconds at, const protocol::EventBody& event);
    void note(std::chrono::milliseconds at, std::string text) { told_.push_back({at, std::move(text)}); }
    const std::vector<Told>& told() const { return told_; }

private:
    struct Shown {
        std::string name;
        protocol::Call call;
    };
    void tellCall(std::chrono::milliseconds at, const protocol::Call& call);
    void tellQueues(std::chrono::milliseconds at, const std::vector<protocol::QueueState>& queues);

    std::vector<Told> told_;
    std::map<CallId, Shown> calls_;
    std::map<Extension, int> counts_;
    std::map<std::string, std::string> queues_;  // by number: what was told last
    protocol::LinkState link_ = protocol::LinkState::NotConfigured;
};

}  // namespace ninja3cx::scenarios
