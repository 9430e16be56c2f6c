#pragma once

#include <string>
#include <vector>

/// Each subcommand writes one JSON object to standard output, tells its progress on standard error, and
/// returns the exit code: 0 done, 1 failed, 2 bad usage.
namespace ninja3cx::bench {

/// Words of the sample calls that the product gets right, next to one plain decoding of each scripted turn.
int runAccuracy(const std::vector<std::string>& arguments);

/// CPU and delay of speech to text, next to the policy of whisper.cpp's stream example.
int runSpeech(const std::vector<std::string>& arguments);

}  // namespace ninja3cx::bench
