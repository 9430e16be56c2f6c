#include "shared/timer/timer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace ninja3cx {

namespace asio = boost::asio;

void RealTime::arm(asio::steady_timer& timer, SteadyTime at) {
    timer.expires_after(at - clock_.steady());
}

void ManualTime::arm(asio::steady_timer& timer, SteadyTime at) {
    timer.expires_at(asio::steady_timer::time_point::max());
    waiting_[&timer] = {at, armed_++};
}

bool ManualTime::advanceToNext() {
    const auto next = std::ranges::min_element(waiting_, {}, [](const auto& entry) { return entry.second; });
    if (next == waiting_.end()) return false;
    if (next->second.at > clock_.steady()) clock_.advance(next->second.at - clock_.steady());
    asio::steady_timer& timer = *next->first;
    waiting_.erase(next);
    timer.cancel();
    return true;
}

void ManualTime::advance(std::chrono::milliseconds by, const std::function<void()>& settle) {
    const SteadyTime end = clock_.steady() + by;
    settle();
    while (std::ranges::any_of(waiting_, [&](const auto& entry) { return entry.second.at <= end; })) {
        advanceToNext();
        settle();
    }
    clock_.advance(end - clock_.steady());
}

Timer::Timer(const asio::any_io_executor& executor, TimeSource& time) : time_(time), timer_(executor) {
    timer_.expires_at(asio::steady_timer::time_point::max());
}

Timer::~Timer() {
    callOff();
}

void Timer::callOff() {
    moment_->isOff = true;
    time_.disarm(timer_);
}

void Timer::expireAfter(std::chrono::milliseconds wait) {
    callOff();
    moment_ = std::make_shared<Moment>();
    moment_->at = time_.clock().steady() + wait;
    time_.arm(timer_, moment_->at);
}

void Timer::cancel() {
    callOff();
    moment_ = std::make_shared<Moment>();
    timer_.expires_at(asio::steady_timer::time_point::max());
}

std::chrono::milliseconds Timer::left() const {
    if (moment_->at == SteadyTime::max()) return std::chrono::milliseconds::max();
    return std::max(std::chrono::milliseconds{0}, moment_->at - time_.clock().steady());
}

asio::awaitable<bool> Timer::wait() {
    const auto moment = moment_;
    const Clock& clock = time_.clock();
    if (clock.steady() < moment->at) co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return !moment->isOff && clock.steady() >= moment->at;
}

void Timer::then(std::function<void()> due) {
    timer_.async_wait(
        [moment = moment_, &clock = time_.clock(), due = std::move(due)](boost::system::error_code) {
            if (!moment->isOff && clock.steady() >= moment->at) due();
        });
}

}  // namespace ninja3cx
