#pragma once

#include "server/calls/ports.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What is sent of an outbox entry: its own call, and the earlier ones that go on in it. Pure.
namespace ninja3cx::calls {

/// What a transcript note of one call begins with.
inline constexpr std::string_view kNoteHead = "Transcription de l'appel (données sensibles masquées)\n";

/// "29/11/2026 10:42"
std::string localTime(std::int64_t epochMs);
/// What a call's lines begin with where there are several calls.
std::string callHead(std::int64_t startedAtMs);

/// The description without its last line: the own call's, then a paragraph for each earlier call.
std::string bodyToSend(const OutboxEntry& entry);
/// The last line: "Ref: " with the entry's own marker and those of the earlier calls, which are found by theirs.
std::string referenceLine(const OutboxEntry& entry);

/// The transcripts of all its calls in the order of the calls; empty: there is no note.
std::string noteToSend(const OutboxEntry& entry);
bool hasNote(const OutboxEntry& entry);
/// Once it is in NinjaOne, or never will be.
void forgetNote(OutboxEntry& entry);

}  // namespace ninja3cx::calls
