#include "server/telephony/active_calls_client.hpp"

#include "server/telephony/active_calls_tracker.hpp"
#include "server/telephony/phone_keys.hpp"
#include "server/telephony/until_stopped.hpp"
#include "shared/core/exceptions.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <set>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using protocol::LinkState;

constexpr std::chrono::milliseconds kExtensionsEvery = 1h;
constexpr std::chrono::milliseconds kExtensionsAgain = 1min;  // after no answer
constexpr int kExtensionTries = 3;  // without any answer; then calls are followed without the list
constexpr int kShownAsFailed = 3;   // refusals in a row
/// Of the longer interval: an answer between two looks that are further apart may have been overlooked.
constexpr int kLongGap = 3;

}  // namespace

ActiveCallsOptions xapiCalls() {
    ActiveCallsOptions options;
    options.callsPath = "/xapi/v1/ActiveCalls";
    options.extensionsPath = "/xapi/v1/Users?$select=Number&$top=5000";
    return options;
}

ActiveCallsOptions legacyCalls() {
    ActiveCallsOptions options;
    options.callsPath = "/api/activeCalls";
    options.extensionsPath = "/api/ExtensionList";
    return options;
}

class ActiveCallsClient::Impl {
public:
    Impl(PbxParts parts, ActiveCallsOptions options, const PbxAccess& access, PbxLogin& login,
         PbxHandlers handlers, std::vector<std::string> openKeys)
        : parts_(std::move(parts)),
          options_(std::move(options)),
          access_(access),
          handlers_(std::move(handlers)),
          requests_(parts_, access_, login, options_.pauses, {[] {}, [] {}}),
          tracker_(makeTracker(std::move(openKeys))),
          wait_(parts_.executor, parts_.time),
          running_(parts_.executor) {}

    asio::awaitable<Error> run() {
        auto running = running_.run(followUntilStopped());
        co_await std::move(running);
        co_return why_;
    }

    void stop() {
        running_.stop();
        requests_.stop();
        wait_.cancel();
    }

    bool hasCalls() const { return tracker_.hasCalls(); }

private:
    ActiveCallsTracker makeTracker(std::vector<std::string> openKeys) {
        return ActiveCallsTracker{std::move(openKeys),
                                  [this](const std::string& dn) { return isWanted(dn); }};
    }

    asio::awaitable<void> followUntilStopped() {
        setLink(LinkState::Connecting);
        while (!running_.isStopped()) {
            auto looking = lookUnlessThrown();
            const auto looked = co_await std::move(looking);
            if (running_.isStopped() || (!looked && looked.error().kind == ErrorKind::Cancelled)) break;
            if (!looked && options_.endsWhenRefused && isRefusal(looked.error())) {
                why_ = looked.error();
                co_return;
            }
            if (looked)
                setLink(LinkState::Connected);
            else if (requests_.refusals() >= kShownAsFailed || isFinal(looked.error()))
                setLink(LinkState::Failed);
            const auto interval = tracker_.hasCalls() ? options_.pollInterval : options_.idleInterval;
            wait_.expireAfter(std::max(interval, requests_.held()));
            (void)co_await wait_.wait();
        }
    }

    /// Who has heard what of an exception's look is unknown: everything is said once more.
    asio::awaitable<Result<void>> lookUnlessThrown() {
        std::string thrown;
        try {
            auto looking = look();
            co_return co_await std::move(looking);
        } catch (...) {
            thrown = reasonOf(std::current_exception());
        }
        const auto state = co_await asio::this_coro::cancellation_state;
        if (running_.isStopped() || state.cancelled() != asio::cancellation_type::none)
            co_return Error{ErrorKind::Cancelled, "stopped"};
        parts_.log->error("3CX: the look at its calls failed unexpectedly: {}", thrown);
        tracker_ = makeTracker(tracker_.liveKeys());
        const Error why{ErrorKind::Io, "unexpected: " + thrown};
        requests_.holdOff(why, std::nullopt);
        co_return why;
    }

    asio::awaitable<Result<void>> look() {
        if (options_.extensions.empty() && parts_.time.clock().steady() >= extensionsDueAt_) {
            const auto read = co_await readExtensions();
            if (!read) co_return failed(read.error());
        }
        if (requests_.isHolding()) co_return Error{ErrorKind::Busy, "3CX is left alone for a while"};
        std::string path = options_.callsPath;
        auto answer = co_await requests_.get(std::move(path));
        if (!answer) co_return failed(answer.error());
        auto calls = answer->status == 200 ? parseActiveCalls(answer->body) : refusalOf(answer->status);
        if (!calls) {
            if (!options_.endsWhenRefused || !isRefusal(calls.error()))
                requests_.holdOff(calls.error(), std::nullopt);
            co_return calls.error();
        }
        requests_.succeeded();
        told_.clear();
        const SteadyTime now = parts_.time.clock().steady();
        const auto longest = std::max(options_.pollInterval, options_.idleInterval) * kLongGap;
        const bool isNear = lookedAt_ && now - *lookedAt_ <= longest;
        if (!isNear) noteAges(*calls);
        lookedAt_ = now;
        const auto events =
            tracker_.look(*calls, isNear ? ActiveCallsTracker::Gap::None : ActiveCallsTracker::Gap::Long,
                          parts_.time.clock().now());
        for (const calls::PhoneEvent& event : events) handlers_.onPhone(event);
        if (handlers_.onResync) handlers_.onResync(kListKeys, tracker_.liveKeys());
        co_return Result<void>{};
    }

    /// What went on before this program looked.
    void noteAges(const std::vector<ActiveCall>& calls) {
        for (const ActiveCall& call : calls)
            if (const auto age = call.age(); age && (isWanted(call.caller.dn) || isWanted(call.callee.dn)))
                parts_.log->info("3CX: call {} goes on since {} s", call.id, age->count() / 1000);
    }

    /// A refused login is told by no hold: once, until a look succeeds.
    Error failed(Error why) {
        if (isFinal(why) && why.kind != ErrorKind::Cancelled &&
            std::exchange(told_, why.detail) != why.detail)
            parts_.log->warn("3CX: {}", why.detail);
        return why;
    }

    /// Fails where nothing else can be asked either, without a login; and for a while where the PBX does not answer, since
    /// without the list queues and menus are taken for technicians.
    asio::awaitable<Result<void>> readExtensions() {
        std::string path = options_.extensionsPath;
        auto answer = co_await requests_.get(std::move(path));
        if (!answer && isFinal(answer.error())) co_return answer.error();
        if (!answer && !known_ && ++extensionFailures_ < kExtensionTries) co_return answer.error();
        extensionsDueAt_ = parts_.time.clock().steady() + (answer ? kExtensionsEvery : kExtensionsAgain);
        if (!answer && known_) co_return Result<void>{};
        auto numbers = !answer ? Result<std::vector<std::string>>{answer.error()}
                       : answer->status != 200
                           ? Error{ErrorKind::Rejected, "it answered " + std::to_string(answer->status)}
                           : parseExtensions(answer->body);
        if (numbers)
            known_ = std::set<std::string>(numbers->begin(), numbers->end());
        else if (!std::exchange(toldUnfiltered_, true))
            parts_.log->info(
                "3CX does not say which numbers are extensions ({}): calls of every number are followed, "
                "queues included; pbx.extensions may name those that matter",
                numbers.error().detail);
        co_return Result<void>{};
    }

    static bool isFinal(const Error& error) { return PbxRequests::isFinal(error); }
    static bool isRefusal(const Error& error) {
        return error.kind == ErrorKind::Rejected || error.kind == ErrorKind::NotFound;
    }

    Result<std::vector<ActiveCall>> refusalOf(int status) const {
        const bool isRefused = status == 403 || status == 404;
        return Error{
            isRefused ? ErrorKind::Rejected : ErrorKind::Unreachable,
            "GET " + options_.callsPath + " answered " + std::to_string(status) +
                (isRefused ? ": in 3CX tick '3CX Configuration API access' for this API client, with a "
                             "department and a role"
                           : "")};
    }

    bool isWanted(const std::string& dn) const {
        if (dn.empty() || dn == access_.clientId) return false;
        if (!options_.extensions.empty())
            return std::ranges::find(options_.extensions, dn) != options_.extensions.end();
        return !known_ || known_->contains(dn);
    }

    void setLink(LinkState state) {
        if (std::exchange(link_, state) != state && handlers_.onLink) handlers_.onLink(state);
    }

    const PbxParts parts_;
    const ActiveCallsOptions options_;
    const PbxAccess& access_;
    PbxHandlers handlers_;
    PbxRequests requests_;
    ActiveCallsTracker tracker_;
    Timer wait_;  // between two looks
    UntilStopped running_;
    Error why_{ErrorKind::Cancelled, "stopped"};
    std::optional<std::set<std::string>> known_;  // extensions; none: the PBX would not say
    SteadyTime extensionsDueAt_{};
    int extensionFailures_ = 0;
    bool toldUnfiltered_ = false;
    std::optional<SteadyTime> lookedAt_;
    std::string told_;
    LinkState link_ = LinkState::NotConfigured;
};

ActiveCallsClient::ActiveCallsClient(PbxParts parts, ActiveCallsOptions options, const PbxAccess& access,
                                     PbxLogin& login, PbxHandlers handlers, std::vector<std::string> openKeys)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(options), access, login, std::move(handlers),
                                   std::move(openKeys))) {}
ActiveCallsClient::~ActiveCallsClient() = default;
asio::awaitable<Error> ActiveCallsClient::run() {
    return impl_->run();
}
void ActiveCallsClient::stop() {
    impl_->stop();
}
bool ActiveCallsClient::hasCalls() const {
    return impl_->hasCalls();
}

}  // namespace ninja3cx::telephony
