#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"
#include "simulators/exchange/exchange.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <random>
#include <regex>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

/// Which requests a fault meets.
struct FaultMatch {
    std::optional<std::string> method;     // absent: the kind's usual method
    std::optional<std::string> pathRegex;  // searched in the path; absent: the kind's usual path
};
BOOST_DESCRIBE_STRUCT(FaultMatch, (), (method, pathRegex))

/// One scripted trouble. What a `kind` does is the simulator's affair.
struct Fault {
    std::optional<FaultMatch> match;
    std::string kind;
    std::optional<int>
        times;  // how often it strikes; absent: the kind's usual number; -1: until it is removed
    boost::json::value params;          // of the kind
    std::optional<double> at;           // seconds from the start of a scenario; absent: at once
    std::optional<double> probability;  // of striking a request that matches; absent: 1
};
BOOST_DESCRIBE_STRUCT(Fault, (), (match, kind, times, params, at, probability))

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string httpDate(SystemTime time);

/// A number among a fault's parameters, within a thousand million either way.
double numberParam(const Fault& fault, std::string_view name, double otherwise);
std::string textParam(const Fault& fault, std::string_view name, std::string_view otherwise);

/// The faults that wait for a request.
class FaultList {
public:
    /// `fault.times` must be set by now. Its number, for `remove`. BadMessage if the path's regex is none or the
    /// probability no probability.
    Result<int> add(Fault fault);
    /// What happens by chance happens the same way again.
    void setSeed(std::uint64_t seed) { random_.seed(seed); }
    bool remove(int number);
    void clear() { waiting_.clear(); }

    struct Waiting {
        int number;
        Fault fault;
        std::regex path;
    };
    /// Those that match and that chance lets strike, in the order they came. Valid until the list changes.
    std::vector<const Waiting*> matching(const Request& request);
    /// One strike is used up.
    void struck(int number);
    boost::json::array list() const;

private:
    int lastNumber_ = 0;
    std::mt19937_64 random_;
    std::vector<Waiting> waiting_;
};

/// A reply for the kinds that every HTTP server may show: "429" (params.retryAfter: seconds, absent, any
/// text, or "date" for the HTTP date params.dateInS from now), "html" (params.status), "500", "502", "503",
/// "drop". Nothing for other kinds.
std::optional<Reply> commonFaultReply(const Fault& fault, SystemTime now);

}  // namespace ninja3cx::simulators
