#pragma once

#include "server/ticketing/gate.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/scheduler.hpp"
#include "server/ticketing/tenant_rules.hpp"
#include "shared/core/clock.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ninja3cx::ticketing {

/// What NinjaOne says of the tenant's forms, statuses and attributes: read from the start on and every quarter of an
/// hour, kept in memory and, for the next start, in `<folder>/ninja-tenant.json` (0600; no person's data is in it).
///
/// Failure:  an older copy is better than none. A list that this login may not read is done without.
/// Threads:  network thread only; files are written on the executor for that.
/// Lives:    the ports must outlive the executor's last run; `stop` and the destructor start nothing new.
class TenantKeeper {
public:
    struct Ports {
        NinjaClient& ninja;
        const Clock& clock;
        Scheduler& scheduler;
        net::asio::any_io_executor network;
        std::optional<net::asio::any_io_executor> disk;  // none: nothing is stored
        std::function<void(const std::string&)> onProblem;
        std::function<void()> onChange{};  // what was read is not as before; may be empty
    };
    /// Takes up the stored copy. `configured`: without facts.
    TenantKeeper(const std::filesystem::path& folder, TenantSettings configured, Ports ports);
    ~TenantKeeper();
    TenantKeeper(const TenantKeeper&) = delete;
    TenantKeeper& operator=(const TenantKeeper&) = delete;

    /// The first reading is at once.
    void start();
    /// Makes sure of facts that are not older than a quarter of an hour, if NinjaOne gives them. Ok also with older
    /// ones; else why there are none that a ticket could be made by.
    net::asio::awaitable<Reply> refresh();
    const TenantSettings& settings() const;
    /// For a ticket of which formOf names none.
    Reply whyNoForm() const;
    /// NinjaOne answers again: what is not known is read at once.
    void onLogin();
    void stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::ticketing
