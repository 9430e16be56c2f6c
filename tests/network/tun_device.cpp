#include "tests/network/tun_device.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace ninja3cx::network_tests {
namespace {

Error failed(const std::string& what) {
    return Error{ErrorKind::Io, what + ": " + std::strerror(errno)};
}

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    int value() const { return value_; }
    int release() { return std::exchange(value_, -1); }

private:
    int value_;
};

ifreq requestFor(const std::string& name) {
    ifreq request{};
    name.copy(request.ifr_name, IFNAMSIZ - 1);
    return request;
}

bool putAddress(sockaddr& into, const std::string& address) {
    sockaddr_in inet{};
    inet.sin_family = AF_INET;
    if (::inet_pton(AF_INET, address.c_str(), &inet.sin_addr) != 1) return false;
    std::memcpy(&into, &inet, sizeof inet);
    return true;
}

Result<void> bringUp(int socket, const std::string& name) {
    ifreq request = requestFor(name);
    if (::ioctl(socket, SIOCGIFFLAGS, &request) != 0) return failed("flags of " + name);
    request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP | IFF_RUNNING);
    if (::ioctl(socket, SIOCSIFFLAGS, &request) != 0) return failed("cannot bring up " + name);
    return {};
}

Result<void> configure(const TunDevice::Options& options) {
    const Descriptor socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    if (socket.value() < 0) return failed("no socket");
    ifreq request = requestFor(options.name);
    if (!putAddress(request.ifr_addr, options.address) || ::ioctl(socket.value(), SIOCSIFADDR, &request) != 0)
        return failed("cannot give " + options.name + " the address " + options.address);
    request = requestFor(options.name);
    if (!putAddress(request.ifr_dstaddr, options.peer) ||
        ::ioctl(socket.value(), SIOCSIFDSTADDR, &request) != 0)
        return failed("cannot give " + options.name + " the peer " + options.peer);
    request = requestFor(options.name);
    request.ifr_mtu = options.mtu;
    if (::ioctl(socket.value(), SIOCSIFMTU, &request) != 0) return failed("MTU of " + options.name);
    return bringUp(socket.value(), options.name);
}

}  // namespace

Result<TunDevice> TunDevice::open(const Options& options) {
    Descriptor file{::open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK)};
    if (file.value() < 0) return failed("cannot open /dev/net/tun");
    ifreq request = requestFor(options.name);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (::ioctl(file.value(), TUNSETIFF, &request) != 0)
        return failed("cannot make the device " + options.name);
    if (auto configured = configure(options); !configured) return configured.error();
    return TunDevice{file.release()};
}

TunDevice::TunDevice(TunDevice&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

TunDevice& TunDevice::operator=(TunDevice&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

TunDevice::~TunDevice() {
    if (file_ >= 0) ::close(file_);
}

int TunDevice::release() {
    return std::exchange(file_, -1);
}

Result<void> bringLoopbackUp() {
    const Descriptor socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    if (socket.value() < 0) return failed("no socket");
    return bringUp(socket.value(), "lo");
}

}  // namespace ninja3cx::network_tests
