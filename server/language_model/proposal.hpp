#pragma once

#include "shared/core/result.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::language_model {

/// A conclusion and the turns that it is said to rest on.
template <class T>
struct Quoted {
    T value{};
    std::vector<std::int32_t> turns;
    bool operator==(const Quoted&) const = default;
};

/// What a model said of a call: of the right shape, and nothing more is known of it.
struct Proposal {
    std::optional<std::string> subject;
    std::optional<std::string> summary;
    std::optional<Quoted<protocol::Category>> category;
    std::optional<Quoted<protocol::Sentiment>> sentiment;
    std::optional<Quoted<protocol::Priority>> priority;
    std::optional<Quoted<bool>> resolved;
    std::optional<Quoted<bool>> ticketWarranted;
    std::optional<Quoted<bool>> callbackPromised;
    std::vector<Quoted<protocol::AnalysisAction>> actions;
    std::map<std::string, std::vector<std::string>> entities;
    bool operator==(const Proposal&) const = default;
};

/// The body of an answer to a chat completion. Takes any bytes. What a model thought aloud or wrote around its JSON is
/// passed over, a field of another shape is left out. BadMessage when there is no object with one good field; the
/// detail repeats nothing of what was written.
Result<Proposal> readReply(std::string_view body);

}  // namespace ninja3cx::language_model
