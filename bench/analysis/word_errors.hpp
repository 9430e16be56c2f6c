#pragma once

#include "bench/analysis/labelled_set.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::bench {

/// What happens to a word that a recogniser gets wrong, in percent of the errors.
struct WordErrorMix {
    int substituted = 40;  // by a word of the set's calls in the same language, as often as it occurs there
    int deleted = 25;
    int mangled = 20;   // a letter dropped, doubled, replaced or exchanged with the next
    int inserted = 10;  // a word of the set after it
    int doubled = 5;
};

/// Makes a call look as if it had been heard badly: each word of each turn is wrong with the same chance. Pure, and
/// the same on every machine: of one seed a call has the same errors whatever other calls are degraded beside it.
class WordErrors {
public:
    WordErrors(const std::vector<EvaluatedCall>& calls, double rate, WordErrorMix mix = {});

    struct Degraded {
        protocol::AnalysisInput call;
        std::size_t words = 0;
        std::size_t errors = 0;
    };
    Degraded degrade(const protocol::AnalysisInput& call, std::uint64_t seed) const;

private:
    using Random = std::mt19937_64;
    void degradeWord(const std::string& word, const std::string& language, Random& random,
                     std::vector<std::string>& heard) const;
    const std::string& anyWord(const std::string& language, Random& random) const;

    std::map<std::string, std::vector<std::string>> words_;  // by language
    double rate_;
    WordErrorMix mix_;
};

/// A letter of it is wrong. Never empty, and never the word itself.
std::string mangled(std::string_view word, std::mt19937_64& random);

/// The same call with this many turns: its own over and over, or the first of them. Time goes on.
protocol::AnalysisInput withTurns(const protocol::AnalysisInput& call, std::size_t turns);

}  // namespace ninja3cx::bench
