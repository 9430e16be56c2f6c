#pragma once

#include "server/telephony/pbx_question.hpp"
#include "server/telephony/site_view.hpp"
#include "shared/core/clock.hpp"

#include <spdlog/fwd.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::telephony {

struct SiteWatchOptions {
    std::chrono::milliseconds statesEvery{30'000};  // zero: never
    std::chrono::milliseconds queuesEvery{5'000};   // zero: never
    std::vector<std::string> extensions;            // empty: those that the API client monitors
};

struct SiteWatchHandlers {
    /// As they are now, with each answer; nobody: the PBX does not tell (any more).
    std::function<void(std::map<Extension, calls::PbxUser>)> onUsers;
    std::function<void(std::map<Extension, std::string>)> onEmails;  // of these users, where they have one
    std::function<void(std::optional<std::vector<protocol::QueueState>>)> onQueues;
};

/// Looks slowly at what 3CX tells beside the calls: users with their telephones, profiles and queues (XAPI), and who
/// waits in the queues (XAPI's active calls; where they may not be asked, the queues that the API client monitors).
///
/// Refused:  said once in the log, with what to tick in 3CX; then it is asked rarely, and nobody is told anything.
/// Threads:  the executor's one. `tick` often; nothing else measures time.
/// Lives:    `stop` calls off what is being asked; the executor runs once more before this is destroyed.
class SiteWatch {
public:
    SiteWatch(net::asio::any_io_executor executor, SiteWatchOptions options, AskPbx ask, const Clock& clock,
              SiteWatchHandlers handlers, std::shared_ptr<spdlog::logger> log);
    ~SiteWatch();
    SiteWatch(const SiteWatch&) = delete;
    SiteWatch& operator=(const SiteWatch&) = delete;

    void tick();
    void stop();
    /// Prometheus text.
    std::string metrics() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::telephony
