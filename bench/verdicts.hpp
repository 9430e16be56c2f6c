#pragma once

#include "bench/call_variants.hpp"
#include "bench/live_run.hpp"
#include "bench/statistics.hpp"
#include "bench/word_score.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

/// What is promised and does not hold, in words for people. Nothing: it passes. Pure.
namespace ninja3cx::bench {

using Fails = std::vector<std::string>;

/// No sound is dropped, no turn is left without final text, and no message breaks the rules of texts.
Fails failsOfSpeech(const LiveResult& result);

/// The same, and after the warm-up memory grows by at most 5 %, and the delay of final texts by at most 10 % or 100 ms,
/// whichever is more.
Fails failsOfSoak(const LiveResult& result, const Growth& memoryMb, const Growth& lagMs);

/// What was heard of all calls in one variant.
struct VariantScore {
    CallVariant variant;
    std::array<WordScore, 2> channels;  // agent, customer
    std::size_t utterances = 0;
    std::size_t agentWordsOutside = 0;  // of the agent's turns

    WordScore all() const;
    double doubledWordsPct() const;
};
/// Clean and on a telephone line, streaming costs at most a point of word error rate, in noise at most 5 points; an echo
/// doubles at most 2 % of the agent's words, beyond what stands outside the turns without one; where both speak, recall is within 5 points of clean.
Fails failsOfVariant(const VariantScore& score, const VariantScore& clean);

/// Nothing is written where nobody speaks.
Fails failsOfNonSpeech(std::size_t insertedWords);

/// Puts "passes" and "fails" into a result.
void tellVerdict(boost::json::object& result, const Fails& fails);

}  // namespace ninja3cx::bench
