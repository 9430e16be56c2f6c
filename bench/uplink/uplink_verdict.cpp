#include "bench/uplink/uplink_verdict.hpp"

#include <string>

namespace ninja3cx::bench {
namespace {

constexpr double kMostNetworkCores = 0.5;  // what the network thread may take of one core
constexpr std::size_t kLeastRestarts = 2;

}  // namespace

Fails failsOfUplink(const UplinkRunResult& result, double networkThreadCores) {
    Fails fails;
    const auto none = [&fails](std::size_t count, const char* what) {
        if (count > 0) fails.push_back(std::to_string(count) + " " + what);
    };
    none(result.journals.lost, "frames are lost");
    none(result.journals.doubled, "frames are in a journal twice");
    none(result.journals.reordered, "frames are out of order");
    none(result.journals.foreign, "records hold something else than was captured");
    none(result.undelivered, "agents still wait for an acknowledgement");
    if (result.restarts < kLeastRestarts)
        fails.push_back("the server was started again " + std::to_string(result.restarts) + " times, not " +
                        std::to_string(kLeastRestarts));
    if (networkThreadCores >= kMostNetworkCores)
        fails.push_back("the network thread takes half of a core or more");
    return fails;
}

}  // namespace ninja3cx::bench
