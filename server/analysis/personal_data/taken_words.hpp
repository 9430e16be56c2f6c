#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {

/// The words of a line that no secret may use: those of another secret, and those that say what something else is
/// called.
class TakenWords {
public:
    explicit TakenWords(std::size_t words) : isTaken_(words, false), isNamed_(words, false) {}

    bool isFree(std::size_t first, std::size_t last) const {
        for (std::size_t at = first; at < last; ++at)
            if (isTaken_[at] || isNamed_[at]) return false;
        return true;
    }
    /// False: they are not free, and nothing was taken.
    bool take(std::size_t first, std::size_t last) {
        if (!isFree(first, last)) return false;
        std::fill(isTaken_.begin() + static_cast<std::ptrdiff_t>(first),
                  isTaken_.begin() + static_cast<std::ptrdiff_t>(last), true);
        return true;
    }

    bool isTaken(std::size_t at) const { return isTaken_[at]; }
    bool isNamed(std::size_t at) const { return isNamed_[at]; }
    void setNamed(std::vector<bool> isNamed) { isNamed_ = std::move(isNamed); }
    void addNamed(std::size_t first, std::size_t last) {
        std::fill(isNamed_.begin() + static_cast<std::ptrdiff_t>(first),
                  isNamed_.begin() + static_cast<std::ptrdiff_t>(last), true);
    }

private:
    std::vector<bool> isTaken_;
    std::vector<bool> isNamed_;
};

}  // namespace ninja3cx::analysis
