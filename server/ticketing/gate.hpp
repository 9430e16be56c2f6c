#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <memory>
#include <utility>

namespace ninja3cx::ticketing {

/// Something others wait for: `open` lets all of them go on, and those who come later too. Network thread
/// only.
class Gate {
public:
    explicit Gate(const boost::asio::any_io_executor& executor)
        : timer_(executor, boost::asio::steady_timer::time_point::max()) {}

    boost::asio::awaitable<void> wait() {
        if (isOpen_) co_return;
        boost::system::error_code ignored;
        co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    void open() {
        isOpen_ = true;
        timer_.cancel();
    }

private:
    boost::asio::steady_timer timer_;
    bool isOpen_ = false;
};

/// At most `seats` holders at once. Lives as long as its holders. Network thread only.
class Turnstile {
public:
    explicit Turnstile(std::size_t seats) : free_(seats) {}

    class Seat {
    public:
        explicit Seat(Turnstile* of) : of_(of) {}
        Seat(Seat&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
        Seat& operator=(Seat&&) = delete;
        ~Seat() {
            if (of_) of_->leave();
        }

    private:
        Turnstile* of_;
    };

    boost::asio::awaitable<Seat> enter() {
        while (free_ == 0) {
            if (!changed_) changed_ = std::make_shared<Gate>(co_await boost::asio::this_coro::executor);
            const std::shared_ptr<Gate> changed = changed_;
            co_await changed->wait();
        }
        --free_;
        co_return Seat{this};
    }

private:
    void leave() {
        ++free_;
        if (const auto changed = std::exchange(changed_, nullptr)) changed->open();
    }

    std::size_t free_;
    std::shared_ptr<Gate> changed_;
};

}  // namespace ninja3cx::ticketing
