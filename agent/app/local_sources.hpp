#pragma once

#include "agent/app/phone_watch.hpp"
#include "agent/local_hooks/contact_listener.hpp"
#include "agent/local_hooks/hand_over.hpp"
#include "agent/platform/phone_activity.hpp"
#include "agent/softphone/conversation.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace ninja3cx::agent {

struct LocalSourceOptions {
    std::filesystem::path folder;                             // the agent's
    std::optional<std::uint16_t> contactPort = {};            // 0: no contact URL
    std::optional<std::filesystem::path> softphonePipe = {};  // absent: none
    std::string extension = {};                               // where it is configured
};

/// Where a second start of this account hands over its `--ring`.
std::filesystem::path handOverPlace(const std::filesystem::path& folder);

/// What on this PC tells of calls: the contact URL, second starts, the softphone's pipe, the phone program's audio. Whatever
/// cannot be opened is shown as a problem, and the others work.
///
/// Threads: the executor's one. The destructor closes everything.
class LocalSources {
public:
    /// `activity` may be null: nobody knows when the phone program records.
    LocalSources(boost::asio::any_io_executor executor, const Clock& clock, const LocalSourceOptions& options,
                 PhoneWatch& phone, Face& face, std::unique_ptr<PhoneActivity> activity = nullptr);
    ~LocalSources();
    LocalSources(const LocalSources&) = delete;
    LocalSources& operator=(const LocalSources&) = delete;

    /// About once a second.
    void tick();

private:
    void openContactUrl(const boost::asio::any_io_executor& executor, const LocalSourceOptions& options);
    void openHandOver(const boost::asio::any_io_executor& executor, const LocalSourceOptions& options);
    void openSoftphone(const boost::asio::any_io_executor& executor, const LocalSourceOptions& options);
    PipeServer::Handlers softphoneHandlers(const std::string& extension);

    const Clock& clock_;
    PhoneWatch& phone_;
    Face& face_;
    std::unique_ptr<ContactListener> contacts_;
    HandOverDesk handOver_;
    std::unique_ptr<PipeServer> secondStarts_;
    std::optional<SoftphoneConversation> softphone_;  // while it is connected
    PipeServer::ConnectionId softphoneConnection_ = 0;
    std::unique_ptr<PipeServer> softphonePipe_;
    std::unique_ptr<PhoneActivity> activity_;
};

}  // namespace ninja3cx::agent
