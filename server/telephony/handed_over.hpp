#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::telephony {

/// Keys of calls when one way of following a PBX takes over from another, or from what ran before a restart: each way names
/// calls by keys of its own prefix. A call of the way before lives on while the way of now sees a call on its extension,
/// which the hub takes for the same; otherwise it has ended. Pure.
class HandedOver {
public:
    /// `openKeys`: of calls that were open before this program started.
    explicit HandedOver(std::vector<std::string> openKeys) : known_(std::move(openKeys)) {}

    /// From now on keys begin with `prefix`.
    void begin(std::string prefix);
    /// What may be open under this prefix.
    std::vector<std::string> open() const;
    /// The way of now sees these calls and no others. Answers, for each other prefix of which calls were open, those of
    /// them that live on.
    std::vector<std::pair<std::string, std::vector<std::string>>> look(const std::vector<std::string>& live);

private:
    std::string prefix_;
    std::vector<std::string> known_;  // of every prefix
};

}  // namespace ninja3cx::telephony
