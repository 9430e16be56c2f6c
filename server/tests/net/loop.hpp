#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace ninja3cx {

/// The network thread of a test: the test's own.
class Loop {
public:
    boost::asio::io_context& context() { return context_; }
    boost::asio::any_io_executor executor() { return context_.get_executor(); }

    /// Runs everything until `isDone()`; throws when that takes longer than anything may.
    template <class Condition>
    void runUntil(Condition isDone) {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        context_.restart();
        while (!isDone()) {
            if (std::chrono::steady_clock::now() > end) throw std::runtime_error{"the test waited too long"};
            if (context_.run_one_for(std::chrono::milliseconds{200}) == 0) context_.restart();
        }
    }

    /// Runs everything until `task` has its result.
    template <class T>
    T get(boost::asio::awaitable<T> task) {
        const auto result = std::make_shared<std::optional<T>>();
        get(store(std::move(task), result));
        return std::move(**result);
    }

    void get(boost::asio::awaitable<void> task) {
        // Shared: after a test that waited too long the task still runs.
        struct Outcome {
            bool isDone = false;
            std::exception_ptr failure;
        };
        const auto outcome = std::make_shared<Outcome>();
        boost::asio::co_spawn(context_, std::move(task), [outcome](std::exception_ptr failure) {
            *outcome = {true, failure};
        });
        runUntil([&] { return outcome->isDone; });
        if (outcome->failure) std::rethrow_exception(outcome->failure);
    }

private:
    template <class T>
    static boost::asio::awaitable<void> store(boost::asio::awaitable<T> task,
                                              std::shared_ptr<std::optional<T>> result) {
        result->emplace(co_await std::move(task));
    }

    static constexpr std::chrono::seconds kPatience{30};
    boost::asio::io_context context_;
};

}  // namespace ninja3cx
