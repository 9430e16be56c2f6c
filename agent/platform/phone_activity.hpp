#pragma once

#include <functional>

namespace ninja3cx::agent {

/// Whether the phone program records: a hint that somebody talks, late and of no particular call.
///
/// Threads: made, used and destroyed on the network thread, where `onChange` is called.
class PhoneActivity {
public:
    using OnChange = std::function<void(bool isRecording)>;

    virtual ~PhoneActivity() = default;
    /// `onChange` comes with each change from now on; nobody records before the first.
    virtual void start(OnChange onChange) = 0;
    /// About once a second: whoever tells of it may have been started anew.
    virtual void tick() = 0;
};

}  // namespace ninja3cx::agent
