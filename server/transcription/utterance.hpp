#pragma once

#include "shared/core/ids.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>

namespace ninja3cx::transcription {

/// What a transcript says where decoding failed: its readers must see the hole.
inline constexpr const char* kInaudible = "[inaudible]";

/// "agent-0001234": the channel and the start in ms. The same sound always has the same id.
UtteranceId utteranceId(protocol::Speaker channel, std::int64_t startMs);

}  // namespace ninja3cx::transcription
