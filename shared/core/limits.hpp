#pragma once

/// Limits that several parts keep, each said once.
namespace ninja3cx {

/// Utterances decoded at a time (`whisper.workers`), whether somebody says how many or the machine does.
inline constexpr int kMostWorkers = 64;

}  // namespace ninja3cx
