#pragma once

#include "server/calls/ports.hpp"

#include <map>

namespace ninja3cx::calls {

/// What has been published, and nothing else: a snapshot is what a client would hold that saw every event
/// from the start. So whoever reconnects sees what those who stayed see.
///
/// Folding rules: a record replaces the one of the same id; CallRemoved takes the call's utterances and draft
/// along. A draft that only the boards were shown is in no extension's snapshot.
class LiveView {
public:
    explicit LiveView(const Clock& clock) : clock_(clock) {}

    void apply(const Audience& audience, const protocol::EventBody& event);
    protocol::Snapshot snapshot(const std::optional<Extension>& extension) const;

private:
    struct ShownDraft {
        protocol::Draft draft;
        SteadyTime at;
        bool isForAgent = true;
    };
    void applyOne(const Audience& audience, const protocol::CallChanged& event);
    void applyOne(const Audience& audience, const protocol::CallRemoved& event);
    void applyOne(const Audience& audience, const protocol::UtteranceChanged& event);
    void applyOne(const Audience& audience, const protocol::DraftChanged& event);
    void applyOne(const Audience& audience, const protocol::AgentChanged& event);
    void applyOne(const Audience& audience, const protocol::SystemChanged& event);

    const Clock& clock_;
    std::map<CallId, protocol::Call> calls_;
    std::map<CallId, std::map<UtteranceId, protocol::Utterance>> utterances_;
    std::map<DraftId, ShownDraft> drafts_;
    std::map<Extension, protocol::Agent> agents_;
    std::map<Extension, protocol::Agent> agentsForThemselves_;  // as their programs are told
    protocol::SystemStatus forBoards_;
    protocol::SystemStatus forAgents_;
};

}  // namespace ninja3cx::calls
