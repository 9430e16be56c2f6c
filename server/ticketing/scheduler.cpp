#include "server/ticketing/scheduler.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace ninja3cx::ticketing {
namespace {

namespace asio = boost::asio;

class TimerSleep final : public Scheduler::Sleep {
public:
    explicit TimerSleep(const asio::any_io_executor& executor) : timer_(executor) {}

    asio::awaitable<void> run(std::chrono::milliseconds delay) override {
        if (std::exchange(isWoken_, false)) co_return;
        timer_.expires_after(delay);
        boost::system::error_code ignored;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        isWoken_ = false;
    }
    void wake() override {
        isWoken_ = true;
        timer_.cancel();
    }

private:
    asio::steady_timer timer_;
    bool isWoken_ = false;
};

}  // namespace

AsioScheduler::AsioScheduler(asio::any_io_executor executor) : executor_(std::move(executor)) {}

std::shared_ptr<Scheduler::Sleep> AsioScheduler::makeSleep() {
    return std::make_shared<TimerSleep>(executor_);
}

}  // namespace ninja3cx::ticketing
