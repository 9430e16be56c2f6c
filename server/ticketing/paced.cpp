#include "server/ticketing/paced.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using std::chrono::milliseconds;

milliseconds hastened(milliseconds time, double speed) {
    return milliseconds{static_cast<std::int64_t>(static_cast<double>(time.count()) / speed)};
}

class PacedSleep final : public Scheduler::Sleep {
public:
    PacedSleep(std::shared_ptr<Sleep> next, double speed) : next_(std::move(next)), speed_(speed) {}
    boost::asio::awaitable<void> run(milliseconds delay) override {
        return next_->run(hastened(delay, speed_));
    }
    void wake() override { next_->wake(); }

private:
    const std::shared_ptr<Sleep> next_;
    const double speed_;
};

}  // namespace

std::shared_ptr<Scheduler::Sleep> PacedScheduler::makeSleep() {
    return std::make_shared<PacedSleep>(next_.makeSleep(), speed_);
}

net::asio::awaitable<Result<net::HttpResponse>> PacedTransport::send(net::ClientRequest request) {
    request.connectTimeout = hastened(request.connectTimeout, speed_);
    request.totalTimeout = hastened(request.totalTimeout, speed_);
    return next_.send(std::move(request));
}

}  // namespace ninja3cx::ticketing
