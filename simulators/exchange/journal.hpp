#pragma once

#include "shared/core/clock.hpp"
#include "simulators/exchange/exchange.hpp"

#include <deque>
#include <map>
#include <string>

namespace ninja3cx::simulators {

/// Every exchange a simulator had: the latest ones in full, all of them counted by method and route.
class Journal {
public:
    explicit Journal(const Clock& clock) : clock_(clock) {}
    void add(const Request& request, const std::string& route, const Reply& reply);
    boost::json::array entries() const;  // oldest first
    boost::json::object counts() const;  // "GET /ticketing/ticket/{id}": 3
    void clear();

private:
    const Clock& clock_;
    std::int64_t total_ = 0;
    std::deque<boost::json::object> entries_;
    std::map<std::string, std::int64_t> counts_;
};

}  // namespace ninja3cx::simulators
