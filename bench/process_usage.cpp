#include "bench/process_usage.hpp"

#include <sys/resource.h>

#include <fstream>
#include <string>

namespace ninja3cx::bench {
namespace {

/// A line of /proc/self/status such as "VmRSS:   1234 kB".
double statusMb(const std::string& name) {
    std::ifstream status{"/proc/self/status"};
    std::string word;
    while (status >> word) {
        double kiB = 0;
        if (word == name && status >> kiB) return kiB * 1024 / 1e6;
    }
    return 0;
}

}  // namespace

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double memoryMb() {
    return statusMb("VmRSS:");
}

double peakMemoryMb() {
    return statusMb("VmHWM:");
}

void forgetPeakMemory() {
    std::ofstream{"/proc/self/clear_refs"} << 5;
}

}  // namespace ninja3cx::bench
