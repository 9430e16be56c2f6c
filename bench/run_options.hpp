#pragma once

#include "bench/live_run.hpp"
#include "bench/options.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

/// What `speech` and `soak` have in common.
namespace ninja3cx::bench {

const std::vector<std::string>& liveOptions();
const std::vector<std::string>& liveFlags();

/// The sample calls of a folder as they sound at the end of a telephone line.
Result<SampleCalls> readTelephoneCalls(const std::filesystem::path& folder);
/// Loads models and sound.
Result<LiveRun> readLiveRun(const Options& options, double seconds);

/// What was run, as the head of a result.
boost::json::object describe(const LiveRun& run);

}  // namespace ninja3cx::bench
