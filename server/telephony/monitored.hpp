#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::telephony {

/// Which of the extensions that matter here the PBX does not tell this API client of. Pure.
class Monitored {
public:
    explicit Monitored(std::vector<std::string> expected) : expected_(std::move(expected)) {}

    /// `seen`: everything that GET /callcontrol lists. Answers what is missing and was not before: each is told once.
    std::vector<std::string> look(const std::set<std::string>& seen);
    /// The PBX answered 403 about it: from now on it is expected too.
    void doubt(const std::string& dn);

private:
    std::vector<std::string> expected_;
    std::set<std::string> told_;
};

/// "extensions 201, 202 are not monitored: …", and what to tick in 3CX.
std::string unmonitoredText(const std::vector<std::string>& extensions);
inline constexpr const char* kMonitorRemedy =
    "in 3CX open Integrations, API, this API client, and add the technicians' extensions to 'extensions to "
    "monitor'";

}  // namespace ninja3cx::telephony
