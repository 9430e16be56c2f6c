#pragma once

#include "agent/app/command_line.hpp"
#include "shared/protocol/messages.hpp"

#include <iosfwd>
#include <map>
#include <string>

namespace ninja3cx::agent {

/// Writes what happens to a terminal: text in French, or each message as one line of JSON. Of an utterance each
/// revision is written once, in growing order, and nothing after its final text; partial text only in JSON.
class TerminalFace {
public:
    TerminalFace(std::ostream& out, OutputFormat format) : out_(out), format_(format) {}

    void showConnected(const protocol::Welcome& welcome);
    void showDown(const std::string& why, std::int64_t retryInMs);
    void showCall(const protocol::Call& call);
    void showUtterance(const protocol::Utterance& utterance);
    void showDraft(const protocol::Draft& draft);
    void showProblem(const std::string& code, const std::string& message);
    void showUndelivered(const CallId& callId, std::int64_t frames);
    /// Audio of an earlier call that stays on this PC; `why`: "otherExtension", "unknownCall".
    void showKept(const CallId& callId, const std::string& why);
    /// The recording is paused, or goes on, on this PC; the server does not know of it yet.
    void showPausedHere(const CallId& callId, bool isPaused);
    void showAudio(const CallId& callId, const std::string& what);
    void showHelp();
    /// It will not be shown any more.
    void forget(const CallId& callId);
    void forget(const DraftId& draftId) { shownDrafts_.erase(draftId); }

private:
    void line(const std::string& text);
    void event(const std::string& name, boost::json::object fields);

    std::ostream& out_;
    OutputFormat format_;
    struct Shown {
        std::int32_t revision = -1;
        bool isFinal = false;
    };
    std::map<CallId, std::map<UtteranceId, Shown>> shownUtterances_;
    std::map<CallId, std::string> shownCalls_;
    std::map<DraftId, std::string> shownDrafts_;
};

}  // namespace ninja3cx::agent
