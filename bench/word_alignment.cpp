#include "bench/word_alignment.hpp"

#include <algorithm>

namespace ninja3cx::bench {

std::vector<std::pair<std::size_t, std::size_t>> alignWords(const std::vector<std::string>& one,
                                                            const std::vector<std::string>& other) {
    // common[i][j]: of what stands from one[i] and from other[j] on.
    const std::size_t width = other.size() + 1;
    std::vector<std::size_t> common((one.size() + 1) * width, 0);
    for (std::size_t i = one.size(); i-- > 0;) {
        for (std::size_t j = other.size(); j-- > 0;) {
            common[i * width + j] = one[i] == other[j]
                                        ? common[(i + 1) * width + j + 1] + 1
                                        : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
        }
    }
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0, j = 0; i < one.size() && j < other.size();) {
        if (one[i] == other[j]) {
            pairs.emplace_back(i++, j++);
        } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            ++i;
        } else {
            ++j;
        }
    }
    return pairs;
}

}  // namespace ninja3cx::bench
