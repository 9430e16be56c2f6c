#pragma once

#include "server/calls/call_hub.hpp"
#include "server/calls/ports.hpp"
#include "server/retranscription/hearing_queue.hpp"
#include "server/retranscription/listener.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::retranscription {

struct RetranscriptionOptions {
    std::string model;  // its name, for the new version
    std::chrono::hours maxAge{12};
    HearingRules rules = {};
    int mostCrashes = 3;  // a call that was being heard in so many runs that were cut off is given up
};

/// Hears calls again while the machine is idle, before their audio goes; what is heard becomes a new version of the
/// transcript. Stands between the hub and the journal: audio that has become text is kept until it was heard once
/// more, a limit is reached, or the call is erased. Audio that is not yet text passes through untouched.
///
/// Threads: network thread only.
/// Time:    `tick` at least every 100 ms.
/// Crash:   nothing is kept in memory that matters. After a restart `remove` is said again of each call whose journal
///          is text; a version that was stored before makes the audio go at once.
class Retranscription final : public calls::AudioJournal {
public:
    using Facts = Result<std::optional<calls::HearingFacts>>;
    struct Ports {
        const Clock& clock;
        calls::Store& store;
        calls::AudioJournal& journal;
        Listener& listener;
        std::function<void(const CallId&, std::function<void(const Facts&)>)> facts;  // from the store
        const calls::Analyser& analyser;                                              // masks
        /// What only the whole call shows to be personal data; on the calling thread, milliseconds.
        std::function<std::vector<protocol::PersonalData>(const protocol::AnalysisInput&)> personalDataOf;
        /// Of an extension: as whisper.language, and as masking wants it.
        std::function<calls::CallLanguage(const Extension&)> languageOf;
        std::function<bool()> isIdle;  // no call goes on, and no live text waits
        std::function<void(const std::string&)> tell;
        std::function<void(const std::string&)> complain;
        /// The audio of this call is text and is kept: a start need not read it.
        std::function<void(const CallId&)> noteText = [](const CallId&) {};
    };
    Retranscription(RetranscriptionOptions options, Ports ports);

    void append(const CallId& callId, protocol::AudioFrame frame) override;
    void remove(const CallId& callId) override;
    void erase(const CallId& callId) override;

    void tick();
    /// Before the end of the program: nothing begins any more, and what is being heard is no crash.
    void stop();
    /// Calls whose audio is kept for this.
    std::size_t waiting() const { return queue_.size(); }

private:
    void take(const CallId& callId, const Facts& facts);
    void withdraw(const CallId& callId);
    void tell(const CallId& callId, HearingEvent event);
    void perform(const HearingQueue::Orders& orders);
    void perform(const HearingOrder& order);
    void note(const CallId& callId);
    void takeNoteBack(const CallId& callId);
    void listen(const CallId& callId);
    void onHeard(const CallId& callId, Heard heard);
    void storeVersion(const CallId& callId);
    void maskWholeCall(const CallId& callId, const std::string& language,
                       std::vector<protocol::Utterance>& utterances) const;
    void deleteAudio(const HearingOrder& order);

    struct Known {
        Extension extension{""};
        std::vector<std::string> promptWords;
        std::int32_t begun = 0;                       // in runs that were cut off
        std::vector<protocol::Utterance> utterances;  // of attempts that were stopped
    };
    const RetranscriptionOptions options_;
    const Ports ports_;
    HearingQueue queue_;
    std::set<CallId> asking_;  // whose facts are on their way
    std::map<CallId, Known> known_;
    bool isStopping_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace ninja3cx::retranscription
