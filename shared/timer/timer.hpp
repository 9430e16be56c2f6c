#pragma once

#include "shared/core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace ninja3cx {

/// Where the time comes from that a Timer waits for. Network thread only; outlives its timers.
class TimeSource {
public:
    virtual ~TimeSource() = default;
    virtual const Clock& clock() const = 0;
    /// Ends what waits on `timer` once `clock().steady()` is `at`, with whatever error code.
    virtual void arm(boost::asio::steady_timer& timer, SteadyTime at) = 0;
    virtual void disarm(boost::asio::steady_timer& timer) = 0;
};

/// As the computer's clock goes.
class RealTime final : public TimeSource {
public:
    explicit RealTime(const Clock& clock) : clock_(clock) {}
    const Clock& clock() const override { return clock_; }
    void arm(boost::asio::steady_timer& timer, SteadyTime at) override;
    void disarm(boost::asio::steady_timer&) override {}

private:
    const Clock& clock_;
};

/// Goes on only when a test says so, and then stops at each moment that somebody waits for.
class ManualTime final : public TimeSource {
public:
    explicit ManualTime(ManualClock& clock) : clock_(clock) {}
    const Clock& clock() const override { return clock_; }
    void arm(boost::asio::steady_timer& timer, SteadyTime at) override;
    void disarm(boost::asio::steady_timer& timer) override { waiting_.erase(&timer); }

    /// To the next moment that is waited for. False: there is none.
    bool advanceToNext();
    /// `settle` runs what has become possible: the network thread until it has nothing left to do.
    void advance(std::chrono::milliseconds by, const std::function<void()>& settle);

private:
    ManualClock& clock_;
    struct Moment {
        SteadyTime at;
        std::uint64_t order;  // of one moment: who waited first comes first
        auto operator<=>(const Moment&) const = default;
    };
    std::map<boost::asio::steady_timer*, Moment> waiting_;
    std::uint64_t armed_ = 0;
};

/// A moment to wait for, like Asio's steady_timer. Network thread only; no coroutine may wait when it goes.
class Timer {
public:
    Timer(const boost::asio::any_io_executor& executor, TimeSource& time);
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Calls off what waits.
    void expireAfter(std::chrono::milliseconds wait);
    void cancel();
    /// Zero once it has come; never for what was not set, or was called off.
    std::chrono::milliseconds left() const;
    /// True: the moment has come. False: called off, set anew, or the coroutine was cancelled.
    boost::asio::awaitable<bool> wait();
    /// `due` runs unless it is called off before.
    void then(std::function<void()> due);

private:
    struct Moment {
        SteadyTime at = SteadyTime::max();
        bool isOff = false;
    };
    void callOff();

    TimeSource& time_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<Moment> moment_ = std::make_shared<Moment>();
};

}  // namespace ninja3cx
