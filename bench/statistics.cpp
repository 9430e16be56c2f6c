#include "bench/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace ninja3cx::bench {

std::int64_t percentile(std::vector<std::int64_t> values, double share) {
    if (values.empty()) return 0;
    const auto rank = static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(values.size()))) - 1;
    const auto place = values.begin() + std::clamp<std::ptrdiff_t>(rank, 0, std::ssize(values) - 1);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

boost::json::object percentiles(const std::vector<std::int64_t>& values) {
    return {{"p50", percentile(values, 0.5)},
            {"p95", percentile(values, 0.95)},
            {"p99", percentile(values, 0.99)}};
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Growth growthOf(const std::vector<double>& values) {
    if (values.size() < 2) return {};
    const auto part = std::max<std::ptrdiff_t>(std::ssize(values) / 4, 1);
    return {median({values.begin(), values.begin() + part}), median({values.end() - part, values.end()})};
}

double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

}  // namespace ninja3cx::bench
