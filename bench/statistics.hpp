#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <vector>

namespace ninja3cx::bench {

/// The value below or at which `share` of them lie (nearest rank); 0 of none.
std::int64_t percentile(std::vector<std::int64_t> values, double share);
/// {"p50", "p95", "p99"}.
boost::json::object percentiles(const std::vector<std::int64_t>& values);

double median(std::vector<double> values);

/// From the median of the first quarter of some values to that of the last: no single value changes it much.
struct Growth {
    double first = 0;
    double last = 0;

    double by() const { return last - first; }
    double pct() const { return first > 0 ? 100 * by() / first : 0; }
};
/// None where there is nothing to compare.
Growth growthOf(const std::vector<double>& values);

/// As it is written into results: four decimals.
double rounded(double value);

}  // namespace ninja3cx::bench
