#pragma once

#include "server/calls/call_hub.hpp"
#include "server/telephony/xapi_messages.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

/// What decides when the recording of a call is looked for, and which it is. Pure.
namespace ninja3cx::telephony {

struct LastLook {
    std::optional<std::int64_t> atMs = {};  // none yet
    bool wasAnswered = false;               // by a list of recordings
};
enum class HuntStep { Wait = 1, Look, GiveUp };

/// A recording appears seconds to minutes after its call: the first look comes 5 s after the end, each later one when
/// half as much time again has passed, between 10 s and 2 minutes. The last one comes at the limit, or, after a restart
/// that lasted longer, at once; where the PBX did not answer it, others follow until it does.
HuntStep nextHuntStep(std::int64_t endedAtMs, const LastLook& last, std::int64_t nowMs,
                      std::chrono::minutes limit);

/// The same extension, the same other number (last nine digits), and a start within 30 s of the answer: which recording
/// is which call's. Of several the nearest in time; none is two calls', and those in `taken` are nobody's. `skewMs`: how
/// far the PBX's clock is ahead of ours.
std::vector<std::pair<CallId, XapiRecording>> matchRecordings(const std::vector<calls::SilentCall>& calls,
                                                              const std::vector<XapiRecording>& recordings,
                                                              const std::set<std::int64_t>& taken,
                                                              std::int64_t skewMs);

}  // namespace ninja3cx::telephony
