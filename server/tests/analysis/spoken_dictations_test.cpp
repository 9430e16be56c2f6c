#include "server/tests/analysis/spoken_dictations.hpp"

#include "server/analysis/personal_data/masked_call.hpp"
#include "server/analysis/personal_data/personal_data.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

std::string textOf(const protocol::AnalysisInput& call, const std::vector<protocol::PersonalData>& places) {
    std::string all;
    for (const protocol::Turn& turn : maskedCall(call, places).turns) all += turn.text + " | ";
    return all + "\n";
}

/// What is masked as each turn is said, and once the call is over: neither is shown again.
std::vector<protocol::PersonalData> storedMasks(const protocol::AnalysisInput& call) {
    std::vector<protocol::PersonalData> places = findPersonalData(readConversation(call));
    std::string before;
    for (std::size_t turn = 0; turn < call.turns.size(); ++turn) {
        const protocol::MaskedText masked = maskPlaces(call.turns[turn].text, call.language, before);
        for (const protocol::MaskedPlace& place : masked.places)
            places.push_back({{},
                              {},
                              {},
                              static_cast<std::int32_t>(turn),
                              static_cast<std::int32_t>(place.at),
                              static_cast<std::int32_t>(place.at + place.length)});
        before += (before.empty() ? "" : "\n") + masked.text;
    }
    return places;
}

TEST(SpokenDictations, LeaveNoGroupReadable) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        constexpr std::size_t kCalls = 300;
        std::size_t leaked = 0;
        std::string leaks;
        for (const SpokenDictation& dictation : spokenDictations(seed, kCalls)) {
            const auto places = storedMasks(dictation.call);
            if (!isLeaked(dictation, places)) continue;
            ++leaked;
            leaks += textOf(dictation.call, places);
        }
        RecordProperty("leaked" + std::to_string(seed), static_cast<int>(leaked));
        EXPECT_LE(leaked * 20, kCalls) << leaks;
    }
}

TEST(SpokenDictations, AreNotHeardInOrdinaryCalls) {
    constexpr std::size_t kCalls = 200;
    std::size_t masked = 0;
    std::string masks;
    for (const protocol::AnalysisInput& call : ordinaryCalls(1, kCalls)) {
        const auto places = findPersonalData(readConversation(call));
        masked += places.size();
        if (!places.empty()) masks += textOf(call, places);
    }
    RecordProperty("masked", static_cast<int>(masked));
    EXPECT_LE(masked * 10, kCalls) << masks;
}

}  // namespace
}  // namespace ninja3cx::analysis
