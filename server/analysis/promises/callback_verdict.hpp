#pragma once

#include "server/analysis/conclusions/call_reading.hpp"

namespace ninja3cx::analysis {

/// Is the customer phoned again? Here, and only here, the model's answer meets what the words say.
struct CallbackVerdict {
    enum class Finding {
        Promised,
        Unheard,    // neither the model nor a promise with its day says so
        Denied,     // the model heard one, the words say that it is none
        OtherCall,  // and all that is said of phoning is about another call
        Refused,    // the customer turned it down
    };
    Finding finding = Finding::Unheard;
    protocol::Confidence confidence = protocol::Confidence::Unsure;
    Basis basis;  // what promises it, or comes nearest

    bool isPromised() const { return finding == Finding::Promised; }
};

/// In this order: what the customer turned down is none; a promise with its day ("je vous rappelle demain") and an offer
/// that he took stand, whatever the model says; without one the model's no stands; its yes falls where all that is said
/// of phoning is something else, or is denied, and is unsure where the promise is in doubt.
CallbackVerdict callbackVerdict(const CallReading& reading);

}  // namespace ninja3cx::analysis
