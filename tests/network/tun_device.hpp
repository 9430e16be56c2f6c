#pragma once

#include "shared/core/result.hpp"

#include <string>

namespace ninja3cx::network_tests {

/// A network device of this process' network namespace whose other end is a file: what the system sends to `peer` is read there,
/// one packet each; what is written there the system receives. Point to point, IPv4. Gone when it is closed.
/// It stays where it was made, also when the process goes to another namespace.
class TunDevice {
public:
    struct Options {
        std::string name;     // at most 15 bytes
        std::string address;  // of this side, "10.77.0.1"
        std::string peer;
        int mtu = 1500;
    };
    /// Io: the system has none, or does not let this account make one.
    static Result<TunDevice> open(const Options& options);

    TunDevice(TunDevice&& other) noexcept;
    TunDevice& operator=(TunDevice&& other) noexcept;
    ~TunDevice();

    /// The file is the caller's from here on.
    int release();

private:
    explicit TunDevice(int file) : file_(file) {}
    int file_;
};

/// 127.0.0.1 of this process' network namespace.
Result<void> bringLoopbackUp();

}  // namespace ninja3cx::network_tests
