#pragma once

#include "shared/core/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace ninja3cx::bench {

using Options = std::map<std::string, std::string>;

/// "--name value" pairs of a subcommand, and flags, which stand alone; every name must be in one of the lists.
Result<Options> parseOptions(const std::vector<std::string>& arguments, const std::vector<std::string>& known,
                             const std::vector<std::string>& flags = {});

/// The value of `name`, or `fallback`.
std::string optionOr(const Options& options, const std::string& name, const std::string& fallback);
/// Whether it is "yes"; it may be "no".
Result<bool> yesOr(const Options& options, const std::string& name, bool fallback);
/// A number above 0, a million at most.
Result<double> numberOr(const Options& options, const std::string& name, double fallback);
/// A whole number from 1 on.
Result<std::size_t> countOr(const Options& options, const std::string& name, std::size_t fallback);
/// How many utterances are decoded at a time (--workers), at most as many as `whisper.workers` may be.
Result<std::size_t> workersOr(const Options& options, std::size_t fallback);
/// Whose policy is measured (--policy): "ours", "naive", "stream", or "all" (--compare, which leaves nothing to choose).
Result<std::string> policyOf(const Options& options);
/// A language that Whisper knows (--language), or "auto".
Result<std::string> languageOr(const Options& options, const std::string& fallback);

}  // namespace ninja3cx::bench
