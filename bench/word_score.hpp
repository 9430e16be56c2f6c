#pragma once

#include "bench/sample_call.hpp"
#include "shared/protocol/messages.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// Words left out, put in or replaced on the shortest way from `reference` to `heard`.
std::size_t wordErrors(const std::vector<std::string>& reference, const std::vector<std::string>& heard);

/// What was heard against what was said.
struct WordScore {
    std::size_t words = 0;
    std::size_t errors = 0;
    std::size_t recalled = 0;
    std::optional<std::size_t> baselineErrors = std::nullopt;
    std::optional<std::size_t> baselineRecalled = std::nullopt;

    void add(const WordScore& other);
    double wer() const { return share(errors); }
    double recall() const { return share(recalled); }
    /// Points of word error rate above the baseline's; 0 without one.
    double streamingCostPoints() const;
    /// {"words", "wer", "recall"} and, where there is one, {"baselineWer", "baselineRecall"}.
    boost::json::object json() const;

private:
    double share(std::size_t part) const;
};

WordScore scoreWords(const std::string& script, const std::string& heard);

/// The words of a channel's utterances that stand where the script's speaker is silent, if an utterance's words are
/// spread evenly over its time. A word within 0.3 s of a turn belongs to it.
std::size_t wordsOutsideTurns(const SampleCall& call, std::size_t channel,
                              const std::vector<protocol::Utterance>& utterances);

}  // namespace ninja3cx::bench
