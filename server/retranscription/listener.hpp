#pragma once

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/protocol/records.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ninja3cx::retranscription {

/// A call whose journal is to be heard from its beginning.
struct Hearing {
    CallId callId;
    std::string language;                       // "fr", "auto"
    std::vector<protocol::Utterance> known;     // from an attempt that was stopped: not decoded again
    std::vector<std::string> promptWords = {};  // as of Transcriber::Stream
};

struct Heard {
    Result<void> ended;                           // Cancelled: it was stopped
    std::vector<protocol::Utterance> utterances;  // all so far, in the order of speech, not masked
};

/// Turns a journal into text with the model for after the call. One at a time.
class Listener {
public:
    virtual ~Listener() = default;
    using Done = std::function<void(Heard)>;
    /// Returns at once; `done` comes once, on the network thread.
    virtual void listen(Hearing hearing, Done done) = 0;
    /// Gives up what is being heard. Its `done` follows.
    virtual void stop() = 0;
};

}  // namespace ninja3cx::retranscription
