#pragma once

#include "shared/core/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// A call whose words are known: samples/README.md.
struct SampleCall {
    struct Turn {
        std::size_t channel = 0;  // 0 agent, 1 customer
        double start = 0;         // seconds
        double end = 0;
        std::string text;
    };
    std::string name;
    std::vector<std::vector<std::int16_t>> channels;
    std::vector<Turn> turns;

    double seconds() const;
};

/// All calls of a folder, by name.
Result<std::vector<SampleCall>> readSampleCalls(const std::filesystem::path& folder);

}  // namespace ninja3cx::bench
