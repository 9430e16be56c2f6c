#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>

namespace ninja3cx::ticketing {

/// Waits that a test can make short. Network thread only.
class Scheduler {
public:
    virtual ~Scheduler() = default;

    /// One wait that can be ended early; ending it twice, or before it began, does nothing worse than ending
    /// it.
    class Sleep {
    public:
        virtual ~Sleep() = default;
        virtual boost::asio::awaitable<void> run(std::chrono::milliseconds delay) = 0;
        virtual void wake() = 0;
    };
    virtual std::shared_ptr<Sleep> makeSleep() = 0;
};

/// By the steady clock: a change of the computer's date neither shortens nor lengthens a wait.
class AsioScheduler final : public Scheduler {
public:
    explicit AsioScheduler(boost::asio::any_io_executor executor);
    std::shared_ptr<Sleep> makeSleep() override;

private:
    boost::asio::any_io_executor executor_;
};

}  // namespace ninja3cx::ticketing
