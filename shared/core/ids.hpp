#pragma once

#include "shared/core/strong.hpp"

#include <cstdint>
#include <string>

namespace ninja3cx {

/// One call as this product sees it: unique for ever, made by the server (the PBX reuses its own numbers).
using CallId = Strong<struct CallIdTag, std::string>;
/// One utterance of one channel. Deterministic: the same audio gives the same id, so a replay makes no double.
using UtteranceId = Strong<struct UtteranceIdTag, std::string>;
using DraftId = Strong<struct DraftIdTag, std::string>;
/// A ticket's number in NinjaOne.
using TicketId = Strong<struct TicketIdTag, std::int64_t>;
/// A 3CX extension, e.g. "201". Digits as a rule; never a telephone number of the outside world.
using Extension = Strong<struct ExtensionTag, std::string>;

/// `bytes` bytes from the operating system's random source as lower-case hex. Throws std::runtime_error
/// if that source fails, for nothing may go on with a guessable key.
std::string randomHex(std::size_t bytes);

/// A fresh id with a readable prefix, e.g. makeId("call") == "call-5f0c…" (80 random bits).
std::string makeId(const std::string& prefix);

}  // namespace ninja3cx
