#include "server/app/browser_wait.hpp"

#include "shared/core/exceptions.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <string>
#include <utility>

namespace ninja3cx::app {
namespace {

constexpr std::chrono::milliseconds kReplyReachesBrowser{100};
constexpr std::chrono::milliseconds kGrace{500};

}  // namespace

BrowserWait::BrowserWait(boost::asio::io_context& context, Stop stop)
    : context_(context), stop_(std::move(stop)), timer_(context) {}

void BrowserWait::answered() {
    if (outcome_) return;
    outcome_ = Result<void>{};
    timer_.expires_after(kReplyReachesBrowser);
    timer_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) stop_(kGrace);
    });
}

Result<void> BrowserWait::run(boost::asio::awaitable<void> listener, std::chrono::milliseconds patience) {
    timer_.expires_after(patience);
    timer_.async_wait([this](boost::system::error_code cancelled) {
        if (cancelled || outcome_) return;
        outcome_ = Error{ErrorKind::TimedOut, "no browser came back from the login page in time"};
        stop_(std::chrono::milliseconds{0});
    });
    boost::asio::co_spawn(context_, std::move(listener), [this](const std::exception_ptr& failure) {
        timer_.cancel();
        const std::string reason = failure ? reasonOf(failure) : "it ended by itself";
        if (!outcome_) outcome_ = Error{ErrorKind::Io, "the local listener failed: " + reason};
        stop_(std::chrono::milliseconds{0});
    });
    context_.run();
    return *outcome_;
}

}  // namespace ninja3cx::app
