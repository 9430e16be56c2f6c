#include "server/discovery/publisher.hpp"
#include "shared/core/c_handle.hpp"

#include <arpa/inet.h>
#include <avahi-client/client.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/strlst.h>
#include <avahi-common/thread-watch.h>
#include <avahi-common/timeval.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <mutex>
#include <new>
#include <utility>

namespace ninja3cx::discovery {
namespace {

using Loop = CHandle<AvahiThreadedPoll, avahi_threaded_poll_free>;
using Client = CHandle<AvahiClient, avahi_client_free>;
using Group = CHandle<AvahiEntryGroup, avahi_entry_group_free>;
using Strings = CHandle<AvahiStringList, avahi_string_list_free>;
using Addresses = CHandle<ifaddrs, freeifaddrs>;

constexpr unsigned kSoonMs = 1'000;
constexpr unsigned kLaterMs = 60'000;

struct Networks {
    AvahiIfIndex interface = AVAHI_IF_UNSPEC;  // all
    AvahiProtocol protocol = AVAHI_PROTO_UNSPEC;
};

/// Those on which somebody who listens at `address` can be reached.
Networks networksOf(const std::string& address) {
    in_addr v4{};
    in6_addr v6{};
    const bool isV4 = ::inet_pton(AF_INET, address.c_str(), &v4) == 1;
    if (!isV4 && ::inet_pton(AF_INET6, address.c_str(), &v6) != 1) return {};
    if (isV4 && v4.s_addr == INADDR_ANY) return {AVAHI_IF_UNSPEC, AVAHI_PROTO_INET};
    if (!isV4 && IN6_IS_ADDR_UNSPECIFIED(&v6)) return {};  // takes IPv4 as well
    const AvahiProtocol protocol = isV4 ? AVAHI_PROTO_INET : AVAHI_PROTO_INET6;
    ifaddrs* raw = nullptr;
    if (::getifaddrs(&raw) != 0) return {AVAHI_IF_UNSPEC, protocol};
    const Addresses all{raw};
    for (const ifaddrs* one = all.get(); one; one = one->ifa_next) {
        if (!one->ifa_addr || one->ifa_addr->sa_family != (isV4 ? AF_INET : AF_INET6)) continue;
        const bool isIt = isV4 ? std::memcmp(&reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr,
                                             &v4, sizeof v4) == 0
                               : std::memcmp(&reinterpret_cast<const sockaddr_in6*>(one->ifa_addr)->sin6_addr,
                                             &v6, sizeof v6) == 0;
        if (isIt) return {static_cast<AvahiIfIndex>(::if_nametoindex(one->ifa_name)), protocol};
    }
    return {AVAHI_IF_UNSPEC, protocol};
}

Strings stringsOf(const std::vector<std::string>& entries) {
    AvahiStringList* list = nullptr;  // each entry is put in front
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        list = avahi_string_list_add(list, entry->c_str());
    return Strings{list};
}

/// The socket to the bus that the library's calls wait on: `cut` ends what waits, and what begins to. Any thread.
class BusSocket {
public:
    BusSocket() = default;
    ~BusSocket() { replace(-1); }
    BusSocket(const BusSocket&) = delete;
    BusSocket& operator=(const BusSocket&) = delete;

    /// The library's own descriptor may be closed, and its number be another's, at any time: this one is ours.
    void note(int descriptor) {
        const std::scoped_lock lock{mutex_};
        replace(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
        if (isCut_) shutDown();
    }
    /// Its connection is gone: as long as there is a copy the bus would not see that.
    void forget() {
        const std::scoped_lock lock{mutex_};
        shutDown();
        replace(-1);
    }
    void cut() {
        const std::scoped_lock lock{mutex_};
        isCut_ = true;
        shutDown();
    }
    bool isCut() const {
        const std::scoped_lock lock{mutex_};
        return isCut_;
    }

private:
    void replace(int descriptor) {
        if (const int old = std::exchange(descriptor_, descriptor); old >= 0) ::close(old);
    }
    void shutDown() const {
        if (descriptor_ >= 0) ::shutdown(descriptor_, SHUT_RDWR);
    }
    mutable std::mutex mutex_;
    int descriptor_ = -1;
    bool isCut_ = false;
};

/// All but the constructor and the destructor runs on Avahi's thread: the library's calls wait for the daemon's answers.
class AvahiPublisher final : public Publisher {
public:
    AvahiPublisher(Announcement announcement, OnPublishNews onNews)
        : announcement_(std::move(announcement)),
          onNews_(std::move(onNews)),
          networks_(networksOf(announcement_.address)),
          loop_(avahi_threaded_poll_new()) {
        if (!loop_) throw std::bad_alloc{};
        const AvahiPoll* const api = avahi_threaded_poll_get(loop_.get());
        static_cast<AvahiPoll&>(watched_) = *api;
        watched_.watch_new = [](const AvahiPoll* watched, int descriptor, AvahiWatchEvent event,
                                AvahiWatchCallback callback, void* data) {
            AvahiPublisher& self = *static_cast<const WatchedPoll*>(watched)->owner;
            self.bus_.note(descriptor);
            const AvahiPoll* const real = avahi_threaded_poll_get(self.loop_.get());
            return real->watch_new(real, descriptor, event, callback, data);
        };
        const timeval now{};
        wake_ = api->timeout_new(
            api, &now, [](AvahiTimeout*, void* self) { static_cast<AvahiPublisher*>(self)->connect(); },
            this);
        if (!wake_ || avahi_threaded_poll_start(loop_.get()) < 0)
            onNews_(PublishNews::Refused, "Avahi's thread cannot be started");
    }
    AvahiPublisher(const AvahiPublisher&) = delete;
    AvahiPublisher& operator=(const AvahiPublisher&) = delete;
    ~AvahiPublisher() override {
        // The daemon withdraws what was published when it sees the client go. One that hangs keeps nobody waiting.
        bus_.cut();
        if (loop_) avahi_threaded_poll_stop(loop_.get());
    }

private:
    struct WatchedPoll : AvahiPoll {
        AvahiPublisher* owner = nullptr;
    };

    void connect() {
        avahi_threaded_poll_get(loop_.get())->timeout_update(wake_, nullptr);
        drop();
        int failure = 0;
        Client client{avahi_client_new(
            &watched_, AVAHI_CLIENT_NO_FAIL,
            [](AvahiClient* client, AvahiClientState state, void* self) {
                static_cast<AvahiPublisher*>(self)->onClient(client, state);
            },
            this, &failure)};
        if (!client) {
            static_cast<void>(group_.release());  // went with the client that failed
            return on(PublishEvent::BusAbsent, avahi_strerror(failure));
        }
        client_ = std::move(client);
    }

    void drop() {
        group_.reset();
        client_.reset();
        bus_.forget();
        current_ = nullptr;
    }

    /// Also from inside avahi_client_new.
    void onClient(AvahiClient* client, AvahiClientState state) {
        current_ = client;
        switch (state) {
            case AVAHI_CLIENT_S_RUNNING:
                return on(PublishEvent::DaemonRuns);
            case AVAHI_CLIENT_S_REGISTERING:
            case AVAHI_CLIENT_S_COLLISION:
                return on(PublishEvent::DaemonBusy);
            case AVAHI_CLIENT_CONNECTING:
                return on(PublishEvent::DaemonAbsent, "its daemon does not run");
            case AVAHI_CLIENT_FAILURE:
                return on(PublishEvent::DaemonLost, avahi_strerror(avahi_client_errno(client)));
        }
    }

    void onGroup(AvahiEntryGroupState state) {
        if (state == AVAHI_ENTRY_GROUP_ESTABLISHED) return on(PublishEvent::Established, announcement_.name);
        if (state == AVAHI_ENTRY_GROUP_COLLISION) return on(PublishEvent::NameTaken);
        if (state == AVAHI_ENTRY_GROUP_FAILURE) refused();
    }

    void on(PublishEvent event, const std::string& detail = "") {
        if (bus_.isCut()) return;  // that we go is no news
        const PublishStep step = advance(state_, event);
        state_ = step.next;
        for (const PublishAction action : step.actions) act(action, detail);
    }

    void act(PublishAction action, const std::string& detail) {
        switch (action) {
            case PublishAction::Register:
                return registerService();
            case PublishAction::Withdraw:
                if (group_) avahi_entry_group_reset(group_.get());
                return;
            case PublishAction::TakeOtherName:
                return takeOtherName();
            case PublishAction::ReconnectSoon:
                return wakeIn(kSoonMs);
            case PublishAction::ReconnectLater:
                return wakeIn(kLaterMs);
            case PublishAction::SayPublished:
                return onNews_(PublishNews::Published, detail);
            case PublishAction::SayAbsent:
                return onNews_(PublishNews::Absent, detail);
            case PublishAction::SayLost:
                return onNews_(PublishNews::Lost, detail);
            case PublishAction::SayRefused:
                return onNews_(PublishNews::Refused, detail);
        }
    }

    void registerService() {
        if (!group_)
            group_.reset(avahi_entry_group_new(
                current_,
                [](AvahiEntryGroup*, AvahiEntryGroupState state, void* self) {
                    static_cast<AvahiPublisher*>(self)->onGroup(state);
                },
                this));
        else
            avahi_entry_group_reset(group_.get());
        if (!group_) return refused();
        const Strings txt = stringsOf(encodeTxt(announcement_.record));
        const int added = avahi_entry_group_add_service_strlst(
            group_.get(), networks_.interface, networks_.protocol, AvahiPublishFlags{},
            announcement_.name.c_str(), kServiceType, nullptr, nullptr, announcement_.port, txt.get());
        if (added == AVAHI_ERR_COLLISION) return on(PublishEvent::NameTaken);
        if (added < 0 || avahi_entry_group_commit(group_.get()) < 0) refused();
    }

    /// The daemon's words are those of the last call that failed.
    void refused() { on(PublishEvent::Refused, avahi_strerror(avahi_client_errno(current_))); }

    void takeOtherName() {
        char* const other = avahi_alternative_service_name(announcement_.name.c_str());
        announcement_.name = other;
        avahi_free(other);
    }

    void wakeIn(unsigned ms) {
        timeval at{};
        avahi_elapse_time(&at, ms, 0);
        avahi_threaded_poll_get(loop_.get())->timeout_update(wake_, &at);
    }

    Announcement announcement_;
    const OnPublishNews onNews_;
    const Networks networks_;
    PublishState state_;
    BusSocket bus_;
    WatchedPoll watched_{{}, this};
    Loop loop_;  // outlives what lives in it
    AvahiTimeout* wake_ = nullptr;
    AvahiClient* current_ = nullptr;  // the same as client_, also while that is being made
    Client client_;
    Group group_;
};

}  // namespace

std::unique_ptr<Publisher> publish(Announcement announcement, OnPublishNews onNews) {
    return std::make_unique<AvahiPublisher>(std::move(announcement), std::move(onNews));
}

}  // namespace ninja3cx::discovery
