#pragma once

#include "server/calls/ports.hpp"
#include "server/directory/directory_copy.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/scheduler.hpp"
#include "shared/core/clock.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::directory {

/// NinjaOne's organisations, people, technicians, sites and computers, read every ten minutes, list by list. The last good copy of each
/// lies on disk (DirectoryStore) and answers while NinjaOne does not; a call is answered from memory and never waits.
///
/// Failure: a list that cannot be read whole is not taken: the old one goes on and grows old, the others are taken.
///          From `staleAfter` on, counted from the older one of the lists of people that are in use, every match is
///          marked Stale: also while newer ones are read already and made searchable.
/// Threads: network thread only; lists are compared, stored and made searchable on `disk`.
/// Lives:   the ports must outlive the executors' last run; `stop` and the destructor start nothing new.
class NinjaDirectory final : public calls::Directory {
public:
    struct Options {
        DialPlan plan;
        std::chrono::milliseconds interval{std::chrono::minutes{10}};
        std::chrono::milliseconds staleAfter{std::chrono::hours{24}};
        std::map<std::string, std::int64_t> organizationNumbers;  // of switchboards: whose they are
        std::string
            numberField;  // an organisation's custom field with the number of its switchboard; empty: none
        std::map<Extension, std::string> emails;          // of the technicians, to find them in NinjaOne
        std::map<Extension, std::int64_t> technicianIds;  // where the address does not tell
    };
    struct Ports {
        ticketing::NinjaClient& ninja;
        const Clock& clock;
        ticketing::Scheduler& scheduler;
        net::asio::any_io_executor network;
        net::asio::any_io_executor disk;
    };
    /// `onProblem`: one line each time a list cannot be read, and for what else a person should know; may be empty.
    NinjaDirectory(std::filesystem::path folder, Options options, Ports ports,
                   std::function<void(const std::string&)> onProblem = {});
    ~NinjaDirectory() override;

    /// Told of each copy that comes into use, on the network thread: of none while nothing has changed, of one
    /// without the newest technicians before that with them. Before `start`.
    void onCopy(std::function<void(std::shared_ptr<const DirectoryIndex>)> handler);

    /// Told when people, sites or computers that are not as before are in use, on the network thread. Before `start`.
    void onChange(std::function<void()> handler);

    /// Takes up the copy on disk, then reads NinjaOne, now and periodically.
    void start();
    void stop();

    protocol::CallerMatch match(const std::string& number) const override;
    std::optional<protocol::Contact> contact(const std::string& uid) const override;
    std::vector<protocol::Device> devicesOf(std::int64_t organizationId,
                                            const std::optional<std::string>& uid) const override;
    std::vector<protocol::Location> locationsOf(std::int64_t organizationId) const override;
    std::optional<protocol::Device> device(std::int64_t id) const override;
    bool knowsDevices() const override;
    std::optional<std::int64_t> readAtMs() const override;
    std::vector<protocol::Contact> find(std::string_view text, std::size_t limit) const;
    /// What the PBX tells of its users, for extensions whose technician the configuration gives no address.
    void knowEmails(std::map<Extension, std::string> emails);
    /// NinjaOne's number of the technician on an extension; none where two could be meant, or that one is not active: NinjaOne
    /// would refuse every ticket.
    std::optional<std::int64_t> technicianFor(const Extension& extension) const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::directory
