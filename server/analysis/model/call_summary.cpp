#include "server/analysis/model/call_summary.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ninja3cx::analysis {

std::vector<std::size_t> turnsBehind(std::span<const std::vector<float>> turns, std::size_t head,
                                     Aspect aspect) {
    const std::size_t third = (turns.size() + 2) / 3;
    const std::size_t from = aspect == Aspect::LastThird ? turns.size() - third : 0;
    const std::size_t to = aspect == Aspect::FirstThird ? third : turns.size();
    std::vector<std::size_t> order(to - from);
    std::iota(order.begin(), order.end(), from);
    const std::size_t wanted = std::min<std::size_t>(order.size(), aspect == Aspect::TopThree ? 3 : 1);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(wanted), order.end(),
                      [&](std::size_t a, std::size_t b) {
                          return turns[a][head] != turns[b][head] ? turns[a][head] > turns[b][head] : a < b;
                      });
    order.resize(wanted);
    return order;
}

std::vector<float> summaryOf(std::span<const std::vector<float>> turns, std::size_t heads) {
    std::vector<float> summary;
    summary.reserve(summarySize(heads));
    for (std::size_t head = 0; head < heads; ++head)
        for (const Aspect aspect : kAspects) {
            float sum = 0;
            for (const std::size_t turn : turnsBehind(turns, head, aspect)) sum += turns[turn][head];
            summary.push_back(sum);
        }
    summary.push_back(std::log(static_cast<float>(std::max<std::size_t>(turns.size(), 1))));
    return summary;
}

}  // namespace ninja3cx::analysis
