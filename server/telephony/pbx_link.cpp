#include "server/telephony/pbx_link.hpp"

#include "server/telephony/handed_over.hpp"
#include "server/telephony/pbx_probe.hpp"
#include "server/telephony/phone_keys.hpp"
#include "server/telephony/until_stopped.hpp"
#include "shared/core/exceptions.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using protocol::LinkState;

constexpr std::chrono::milliseconds kBeforeVersion = 1s;  // calls come first

}  // namespace

class PbxLink::Impl {
public:
    Impl(PbxParts parts, PbxSetup setup, PbxConnect connect, PbxHandlers handlers,
         std::vector<std::string> openKeys)
        : parts_(std::move(parts)),
          setup_(std::move(setup)),
          connect_(std::move(connect)),
          handlers_(std::move(handlers)),
          token_(setup_.access, parts_.http, parts_.time.clock()),
          login_(setup_.access, parts_.http, parts_.time.clock()),
          probe_(setup_.access, parts_.http, token_, login_),
          keys_(std::move(openKeys)),
          wait_(parts_.executor, parts_.time),
          besideWait_(parts_.executor, parts_.time),
          going_(parts_.executor) {}

    asio::awaitable<void> run() {
        auto going = going_.run(goUntilStopped());
        co_await std::move(going);
    }

    void stop() {
        going_.stop();
        if (follower_) follower_->stop();
        wait_.cancel();
        besideWait_.cancel();
    }

    AskPbx asker() { return askPbxWith(setup_.access, token_, parts_.http); }

    std::optional<std::string> problem() const {
        auto problem = way_ == PbxWay::Legacy ? login_.problem() : token_.problem();
        return problem ? std::optional{"3CX: " + *problem} : std::nullopt;
    }

private:
    asio::awaitable<void> goUntilStopped() {
        while (!going_.isStopped()) {
            if (!next_) {
                auto finding = findWay();
                next_ = co_await std::move(finding);
            }
            if (going_.isStopped() || !next_) co_return;
            way_ = *std::exchange(next_, std::nullopt);
            makeFollower(*way_);
            auto following = followUnlessThrown();
            auto beside = besides(*way_);
            auto together = std::move(following) || std::move(beside);
            const auto ended = co_await std::move(together);
            follower_.reset();
            if (going_.isStopped()) co_return;
            if (next_) continue;
            setLink(LinkState::Failed);
            parts_.log->warn("3CX: {}; another way is looked for", std::get<0>(ended).detail);
            wait_.expireAfter(setup_.pauses.first);
            (void)co_await wait_.wait();
        }
    }

    /// An exception would end it unseen: what goes on beside would go on without it.
    asio::awaitable<Error> followUnlessThrown() {
        std::string thrown;
        try {
            auto following = follower_->run();
            co_return co_await std::move(following);
        } catch (...) {
            thrown = reasonOf(std::current_exception());
        }
        const auto state = co_await asio::this_coro::cancellation_state;
        if (going_.isStopped() || state.cancelled() != asio::cancellation_type::none)
            co_return Error{ErrorKind::Cancelled, "stopped"};
        co_return Error{ErrorKind::Io, "following its calls failed unexpectedly: " + thrown};
    }

    void setLink(LinkState state) {
        if (handlers_.onLink) handlers_.onLink(state);
    }

    /// Asks until the PBX says.
    asio::awaitable<std::optional<PbxWay>> findWay() {
        if (setup_.mode != PbxMode::Auto) co_return *wayOf(setup_.mode, {});
        if (setup_.access.clientId.empty() && !setup_.access.user.empty()) {
            parts_.log->info("3CX: followed by the {}: no API client is set", nameOf(PbxWay::Legacy));
            co_return PbxWay::Legacy;
        }
        setLink(LinkState::Connecting);
        for (int failures = 1; !going_.isStopped(); ++failures) {
            const PbxAnswers answers = co_await probe_.forTheWay();
            const auto state = co_await asio::this_coro::cancellation_state;
            if (going_.isStopped() || state.cancelled() != asio::cancellation_type::none)
                co_return std::nullopt;
            const auto way = wayOf(PbxMode::Auto, answers);
            if (way) {
                parts_.log->info("3CX: followed by the {}: {}", nameOf(*way), why(*way, answers));
                co_return *way;
            }
            setLink(LinkState::Failed);
            const auto pause = pauseAfter(failures, std::nullopt, 1.0, setup_.pauses);
            parts_.log->warn("3CX: {}; asked again in {} ms", way.error().detail, pause.count());
            wait_.expireAfter(pause);
            (void)co_await wait_.wait();
        }
        co_return std::nullopt;
    }

    static std::string why(PbxWay way, const PbxAnswers& answers) {
        if (way == PbxWay::CallControl) return "the PBX offers it";
        if (way == PbxWay::Legacy) return "there is no /connect/token, so the PBX is older than V20";
        return "GET /callcontrol answers " + std::to_string(answers.callControl.status) +
               " (not ticked for this API client, or not in the licence); holds are not seen, ends a second "
               "late";
    }

    /// What goes on beside the following: says what the PBX is, and ends the following once a better way is there.
    asio::awaitable<void> besides(PbxWay way) {
        besideWait_.expireAfter(kBeforeVersion);
        bool isDue = co_await besideWait_.wait();
        if (isDue) {
            const PbxSystem system = co_await probe_.system(way);
            if (!going_.isStopped() && !system.version.empty())
                parts_.log->info("3CX: version {}{}{}", system.version,
                                 system.product.empty() ? "" : ", " + system.product,
                                 system.isLicenceActive == false ? ", licence not active" : "");
        }
        while (isDue && !going_.isStopped()) {
            besideWait_.expireAfter(setup_.betterWayEvery);
            isDue = co_await besideWait_.wait();
            const bool mayBeBetter =
                setup_.mode == PbxMode::Auto && way != PbxWay::CallControl && !setup_.access.clientId.empty();
            if (!isDue || going_.isStopped() || !mayBeBetter || follower_->hasCalls()) continue;
            const PbxAnswers answers = co_await probe_.forTheWay();
            const auto state = co_await asio::this_coro::cancellation_state;
            if (going_.isStopped() || state.cancelled() != asio::cancellation_type::none) co_return;
            const auto better = wayOf(PbxMode::Auto, answers);
            if (!better || *better == way) continue;
            parts_.log->info("3CX: now followed by the {}: {}", nameOf(*better), why(*better, answers));
            next_ = *better;
            follower_->stop();
            break;
        }
        co_await going_.ended();
    }

    void makeFollower(PbxWay way) {
        keys_.begin(way == PbxWay::CallControl ? kEventKeys : kListKeys);
        PbxHandlers handlers{handlers_.onPhone,
                             [this](const std::string& prefix, const std::vector<std::string>& live) {
                                 onResync(prefix, live);
                             },
                             handlers_.onLink};
        if (way == PbxWay::CallControl) {
            PbxOptions options;
            options.extensions = setup_.extensions;
            options.expected = setup_.expected;
            options.pauses = setup_.pauses;
            options.endsWhenRefused = setup_.mode == PbxMode::Auto;
            follower_ = std::make_unique<PbxClient>(parts_, std::move(options), setup_.access, token_,
                                                    connect_, std::move(handlers), keys_.open());
            return;
        }
        ActiveCallsOptions options = way == PbxWay::Legacy ? legacyCalls() : xapiCalls();
        options.extensions = setup_.extensions;
        options.pauses = setup_.pauses;
        options.pollInterval = setup_.pollInterval;
        options.idleInterval = setup_.idleInterval;
        options.endsWhenRefused = setup_.mode == PbxMode::Auto;
        PbxLogin& login = way == PbxWay::Legacy ? static_cast<PbxLogin&>(login_) : token_;
        follower_ = std::make_unique<ActiveCallsClient>(parts_, std::move(options), setup_.access, login,
                                                        std::move(handlers), keys_.open());
    }

    void onResync(const std::string& prefix, const std::vector<std::string>& live) {
        if (!handlers_.onResync) return;
        for (const auto& [other, kept] : keys_.look(live)) handlers_.onResync(other, kept);
        handlers_.onResync(prefix, live);
    }

    const PbxParts parts_;
    const PbxSetup setup_;
    PbxConnect connect_;
    PbxHandlers handlers_;
    PbxToken token_;
    LegacyLogin login_;
    PbxProbe probe_;
    HandedOver keys_;
    std::unique_ptr<PbxFollower> follower_;
    std::optional<PbxWay> way_;   // that is gone now
    std::optional<PbxWay> next_;  // that is known to be there
    Timer wait_;
    Timer besideWait_;
    UntilStopped going_;
};

PbxLink::PbxLink(PbxParts parts, PbxSetup setup, PbxConnect connect, PbxHandlers handlers,
                 std::vector<std::string> openKeys)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(setup), std::move(connect),
                                   std::move(handlers), std::move(openKeys))) {}
PbxLink::~PbxLink() = default;
asio::awaitable<void> PbxLink::run() {
    return impl_->run();
}
void PbxLink::stop() {
    impl_->stop();
}
AskPbx PbxLink::asker() {
    return impl_->asker();
}
std::optional<std::string> PbxLink::problem() const {
    return impl_->problem();
}

}  // namespace ninja3cx::telephony
