#pragma once

#include <compare>
#include <functional>
#include <utility>

namespace ninja3cx {

/// Gives a plain value a type of its own, so that two things that must not be mixed cannot be.
/// `value()` is the only way out; nothing converts by itself.
template <class Tag, class T>
class Strong {
public:
    using Underlying = T;

    constexpr Strong() = default;
    constexpr explicit Strong(T value) : value_(std::move(value)) {}

    constexpr const T& value() const { return value_; }
    auto operator<=>(const Strong&) const = default;

private:
    T value_{};
};

}  // namespace ninja3cx

template <class Tag, class T>
struct std::hash<ninja3cx::Strong<Tag, T>> {
    std::size_t operator()(const ninja3cx::Strong<Tag, T>& strong) const {
        return std::hash<T>{}(strong.value());
    }
};
