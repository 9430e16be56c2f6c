#include "server/telephony/pbx_remarks.hpp"

#include "server/telephony/pbx_tracker.hpp"

#include <spdlog/logger.h>

#include <utility>

namespace ninja3cx::telephony {
namespace {

constexpr std::size_t kMostStatuses = 20;

}  // namespace

PbxRemarks::PbxRemarks(std::vector<std::string> expectedExtensions, std::shared_ptr<spdlog::logger> log)
    : monitored_(std::move(expectedExtensions)), log_(std::move(log)) {}

void PbxRemarks::look(const std::vector<Dn>& dns) {
    std::set<std::string> seen;
    for (const Dn& dn : dns) seen.insert(dn.dn);
    const auto missing = monitored_.look(seen);
    if (!missing.empty()) log_->warn("3CX: {}; {}", unmonitoredText(missing), kMonitorRemedy);
    for (const Dn& dn : dns)
        for (const Participant& participant : dn.participants) look(participant);
}

void PbxRemarks::look(const Participant& participant) {
    if (isKnownStatus(participant.status) || unknownStatuses_.size() >= kMostStatuses) return;
    if (unknownStatuses_.insert(participant.status).second)
        log_->info("3CX: a leg is '{}', which this version does not know; its call stays as it was",
                   participant.status.substr(0, 40));
}

}  // namespace ninja3cx::telephony
