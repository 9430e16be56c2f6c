#pragma once

#include "bench/options.hpp"
#include "shared/core/result.hpp"

#include <boost/json/object.hpp>

/// Each subcommand gives one JSON object and tells its progress on standard error. "passes": false in it says that
/// a claim does not hold, and "fails" which (verdicts.hpp).
namespace ninja3cx::bench {

/// Words of the sample calls that the product gets right, next to one plain decoding of each scripted turn: as they
/// are, on a telephone line, in noise, with echo, and when both speak at once.
Result<boost::json::object> measureAccuracy(const Options& options);

/// Calls in real time through the engine: what they cost, how fast and how steadily their text comes; next to it what
/// others' policies cost.
Result<boost::json::object> measureSpeech(const Options& options);

/// The same for hours: memory and lag, minute by minute.
Result<boost::json::object> measureSoak(const Options& options);

/// Confirmed drafts to tickets of NinjaOne's simulator, through faults and kills: how many, and whose.
Result<boost::json::object> measureTickets(const Options& options);

/// Audio of many agents to one server that is killed, over connections that are cut: what its journals hold.
Result<boost::json::object> measureUplink(const Options& options);

/// The analysis on labelled calls: how right it is, with and without word errors, next to always saying what is most
/// frequent; how long it takes, and whether it says the same each time.
Result<boost::json::object> measureAnalysis(const Options& options);

}  // namespace ninja3cx::bench
