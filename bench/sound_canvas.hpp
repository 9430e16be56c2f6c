#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <numbers>
#include <random>
#include <span>
#include <vector>

/// Sound that is made by rules, the same on every machine with the same mathematical library.
namespace ninja3cx::bench {

inline constexpr double kTurn = 2 * std::numbers::pi;

/// A level as a factor.
double fromDb(double db);

/// The distributions of the standard library differ from one library to the next; these do not.
class Dice {
public:
    explicit Dice(unsigned seed) : random_{seed} {}

    double between(double low, double high);
    std::size_t below(std::size_t count);
    /// Of mean 0 and deviation 1, bell-shaped enough.
    double bell();
    template <class T, std::size_t n>
    T oneOf(const std::array<T, n>& choices) {
        return choices[below(n)];
    }

private:
    std::mt19937 random_;
};

/// The sound that is being made, 16 kHz; time in seconds, gains of full scale.
class Canvas {
public:
    Canvas(std::size_t samples, unsigned seed) : dice{seed}, sound_(samples) {}

    double length() const;
    std::span<double> stretch(double from, double to);

    /// Steady, with edges of 5 ms.
    void tone(double from, double to, double hertz, double gain);
    void tones(double from, double to, std::initializer_list<double> hertz, double gain);
    /// `make(time since from, time left)`.
    void shaped(double from, double to, const std::function<double(double, double)>& make);
    /// Filtered by one pole at `corner`, below or above.
    void noise(double from, double to, double gain, double corner = 0, bool isHigh = false);

    /// Made softer as a whole where it would be too loud: a telephone line may add a little.
    std::vector<std::int16_t> samples() const;

    Dice dice;

private:
    std::vector<double> sound_;
};

}  // namespace ninja3cx::bench
