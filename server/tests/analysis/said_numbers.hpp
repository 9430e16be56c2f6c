#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

/// Numbers as people say and write them, for calls that are made up.
namespace ninja3cx::analysis {

using Words = std::vector<std::string>;

/// Chance, the same with every standard library.
class Dice {
public:
    explicit Dice(unsigned seed) : random_{seed} {}
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }
    bool chance(unsigned percent) { return below(100) < percent; }
    const std::string& pick(const Words& words) { return words[below(words.size())]; }
    std::string digits(std::size_t count) {
        std::string all;
        for (std::size_t i = 0; i < count; ++i) all += static_cast<char>('0' + below(10));
        return all;
    }

private:
    std::mt19937 random_;
};

Words split(const std::string& text);

enum class Dialect { French, Belgian, Swiss, English };

std::string frenchBelow100(int n, Dialect dialect);
std::string englishBelow100(int n);
std::string below100(int n, Dialect dialect);
std::string below1000(int n, Dialect dialect);
std::string yearOf(int year, Dialect dialect, Dice& dice);
/// "double four", "triple seven", "oh"
std::string englishDigits(const std::string& digits, Dice& dice);
std::string pairs(const std::string& digits, Dialect dialect, Dice& dice);
std::string single(const std::string& digits, Dialect dialect, Dice& dice);
/// A long number as people and recognisers write and say it.
std::string numberSaid(const std::vector<std::string>& groups, Dialect dialect, Dice& dice);

/// With its check digit.
std::string withLuhn(std::string digits);
int mod97(const std::string& digits);
std::string ibanOf(const std::string& country, const std::string& account);
std::vector<std::string> grouped(const std::string& text, const std::vector<std::size_t>& sizes);

}  // namespace ninja3cx::analysis
