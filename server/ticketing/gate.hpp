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
    bool isOpen() const { return isOpen_; }

private:
    boost::asio::steady_timer timer_;
    bool isOpen_ = false;
};

/// At most `seats` holders at once. Network thread only.
/// A seat may outlive the turnstile: a coroutine that the stop of the program cut off leaves it late.
class Turnstile {
    struct Shared {
        std::size_t free = 0;
        std::shared_ptr<Gate> changed;
    };

public:
    explicit Turnstile(std::size_t seats) : shared_(std::make_shared<Shared>(Shared{seats, nullptr})) {}

    class Seat {
    public:
        explicit Seat(std::shared_ptr<Shared> of) : of_(std::move(of)) {}
        Seat(Seat&& other) noexcept = default;
        Seat& operator=(Seat&&) = delete;
        ~Seat() {
            if (!of_) return;
            ++of_->free;
            if (const auto changed = std::exchange(of_->changed, nullptr)) changed->open();
        }

    private:
        std::shared_ptr<Shared> of_;
    };

    boost::asio::awaitable<Seat> enter() {
        const std::shared_ptr<Shared> shared = shared_;
        while (shared->free == 0) {
            if (!shared->changed)
                shared->changed = std::make_shared<Gate>(co_await boost::asio::this_coro::executor);
            const std::shared_ptr<Gate> changed = shared->changed;
            co_await changed->wait();
        }
        --shared->free;
        co_return Seat{shared};
    }

private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace ninja3cx::ticketing
