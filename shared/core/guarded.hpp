#pragma once

#include <mutex>
#include <utility>

namespace ninja3cx {

/// A value that can be reached only while its mutex is held. Never hold it across `co_await`.
template <class T>
class Guarded {
public:
    Guarded() = default;
    explicit Guarded(T value) : value_(std::move(value)) {}

    template <class F>
    decltype(auto) with(F&& use) {
        std::scoped_lock lock{mutex_};
        return std::forward<F>(use)(value_);
    }

private:
    std::mutex mutex_;
    T value_{};
};

}  // namespace ninja3cx
