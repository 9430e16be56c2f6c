#pragma once

#include "server/tests/analysis/talk.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

struct Told {
    struct Place {
        std::int32_t turn = 0;
        std::int32_t begin = 0;  // into the turn's text, in bytes
        std::int32_t end = 0;
        std::string text;
    };
    protocol::AnalysisInput call;
    std::vector<Place> places;
};

/// Turns are separated by " | "; what is personal stands in braces.
inline Told readTold(std::string_view written, const std::string& language) {
    Told told;
    std::vector<std::string> lines;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find(" | "), written.size());
        std::string line{written.substr(0, end)};
        written.remove_prefix(std::min(end + 3, written.size()));
        constexpr std::size_t kSpeaker = 3;  // "C: "
        for (std::size_t open = line.find('{'); open != std::string::npos; open = line.find('{')) {
            const std::size_t close = line.find('}') - 1;
            line.erase(open, 1);
            line.erase(close, 1);
            told.places.push_back(
                {static_cast<std::int32_t>(lines.size()), static_cast<std::int32_t>(open - kSpeaker),
                 static_cast<std::int32_t>(close - kSpeaker), line.substr(open, close - open)});
        }
        lines.push_back(std::move(line));
    }
    told.call = talk(lines, language);
    return told;
}

}  // namespace ninja3cx::analysis
