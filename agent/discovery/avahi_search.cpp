#include "agent/discovery/search.hpp"
#include "shared/core/c_handle.hpp"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-common/address.h>
#include <avahi-common/error.h>
#include <avahi-common/simple-watch.h>
#include <avahi-common/strlst.h>

#include <array>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace ninja3cx::agent {
namespace {

using Loop = CHandle<AvahiSimplePoll, avahi_simple_poll_free>;
using Client = CHandle<AvahiClient, avahi_client_free>;
using Browser = CHandle<AvahiServiceBrowser, avahi_service_browser_free>;
using Resolver = CHandle<AvahiServiceResolver, avahi_service_resolver_free>;

Error nobodyToAsk(const std::string& why) {
    return Error{ErrorKind::NotFound, "Avahi's daemon cannot be asked: " + why};
}

std::string networkOf(AvahiIfIndex interface, AvahiProtocol protocol) {
    return std::to_string(interface) + "/" + std::to_string(protocol);
}

/// One search. All on the thread that makes it.
class Search {
public:
    Result<FoundServers> run(std::chrono::milliseconds limit) {
        if (!loop_) throw std::bad_alloc{};
        int failure = 0;
        client_.reset(avahi_client_new(
            avahi_simple_poll_get(loop_.get()), AvahiClientFlags{},
            [](AvahiClient* client, AvahiClientState state, void* self) {
                if (state == AVAHI_CLIENT_FAILURE) static_cast<Search*>(self)->fail(client);
            },
            this, &failure));
        if (!client_) return nobodyToAsk(avahi_strerror(failure));
        browser_.reset(avahi_service_browser_new(client_.get(), AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC,
                                                 discovery::kServiceType, nullptr, AvahiLookupFlags{},
                                                 &Search::onService, this));
        if (!browser_) return nobodyToAsk(avahi_strerror(avahi_client_errno(client_.get())));
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!failure_ && !(isAllForNow_ && unresolved_ == 0)) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                until - std::chrono::steady_clock::now());
            if (left.count() <= 0) break;
            if (avahi_simple_poll_iterate(loop_.get(), static_cast<int>(left.count())) != 0) break;
        }
        if (failure_) return *failure_;
        return sightings_.found();
    }

private:
    void fail(AvahiClient* client) { failure_ = nobodyToAsk(avahi_strerror(avahi_client_errno(client))); }

    static void onService(AvahiServiceBrowser*, AvahiIfIndex interface, AvahiProtocol protocol,
                          AvahiBrowserEvent event, const char* name, const char* type, const char* domain,
                          AvahiLookupResultFlags, void* raw) {
        auto& self = *static_cast<Search*>(raw);
        if (event == AVAHI_BROWSER_ALL_FOR_NOW) self.isAllForNow_ = true;
        if (event == AVAHI_BROWSER_FAILURE) self.fail(self.client_.get());
        if (event == AVAHI_BROWSER_REMOVE) self.sightings_.remove(name, networkOf(interface, protocol));
        if (event != AVAHI_BROWSER_NEW) return;
        // It frees itself when it has answered, or goes with the client.
        if (avahi_service_resolver_new(self.client_.get(), interface, protocol, name, type, domain, protocol,
                                       AvahiLookupFlags{}, &Search::onResolved, raw))
            ++self.unresolved_;
    }

    static void onResolved(AvahiServiceResolver* raw, AvahiIfIndex interface, AvahiProtocol protocol,
                           AvahiResolverEvent event, const char* name, const char*, const char*,
                           const char* host, const AvahiAddress* address, std::uint16_t port,
                           AvahiStringList* txt, AvahiLookupResultFlags, void* self) {
        const Resolver resolver{raw};
        auto& search = *static_cast<Search*>(self);
        --search.unresolved_;
        if (event != AVAHI_RESOLVER_FOUND) return;
        ServerSighting seen;
        seen.network = networkOf(interface, protocol);
        seen.name = name;
        seen.host = host;
        std::array<char, AVAHI_ADDRESS_STR_MAX> text{};
        if (address) seen.address = avahi_address_snprint(text.data(), text.size(), address);
        seen.port = port;
        for (; txt; txt = avahi_string_list_get_next(txt))
            seen.txt.emplace_back(reinterpret_cast<const char*>(avahi_string_list_get_text(txt)),
                                  avahi_string_list_get_size(txt));
        search.sightings_.add(std::move(seen));
    }

    Sightings sightings_;
    std::optional<Error> failure_;
    bool isAllForNow_ = false;
    int unresolved_ = 0;
    Loop loop_{avahi_simple_poll_new()};  // outlives what lives in it
    Client client_;
    Browser browser_;
};

}  // namespace

Result<FoundServers> searchServers(std::chrono::milliseconds limit) {
    return Search{}.run(limit);
}

}  // namespace ninja3cx::agent
