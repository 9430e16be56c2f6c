#pragma once

#include "agent/call_tracking/caller.hpp"
#include "agent/platform/local_pipe.hpp"
#include "shared/core/result.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace ninja3cx::agent {

/// A second start with `--ring` tells the running agent who calls: one line of JSON each way.
///   {"ring":{"number":"0612345678","name":"Dupont"}}   then   {"isTaken":true}
std::string encodeHandOver(const Caller& caller);
/// BadMessage where it is none. The values are made fit for use.
Result<Caller> decodeHandOver(std::string_view line);
std::string encodeHandOverAnswer(bool isTaken);
bool isTakenBy(std::string_view answer);

/// The running agent's side: what to give to the place where second starts connect. Each connection is one ring.
class HandOverDesk {
public:
    using OnRing = std::function<void(const Caller&)>;
    explicit HandOverDesk(OnRing onRing) : onRing_(std::move(onRing)) {}

    /// `this` outlives the server that has them.
    PipeServer::Handlers handlers();
    void use(PipeServer& server) { server_ = &server; }

    static constexpr std::size_t kMaxLineBytes = 4096;

private:
    void onBytes(PipeServer::ConnectionId connection, std::string_view bytes);

    OnRing onRing_;
    PipeServer* server_ = nullptr;
    std::map<PipeServer::ConnectionId, std::string> lines_;
};

}  // namespace ninja3cx::agent
