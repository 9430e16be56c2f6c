#include "shared/core/clock.hpp"
#include "tests/network/lossy_line.hpp"
#include "tests/network/tun_device.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// `bad_link`: a slow, lossy network between the network namespace that it is started in and a new one, which is its own:
/// `nsenter --net=/proc/PID/ns/net PROGRAM` runs a program on the other side. The kernels' TCP does all the rest.
namespace ninja3cx::network_tests {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kMostPacketBytes = 65'536;

const char* const kUsage =
    "bad_link [--delay-ms 150] [--loss 0.02] [--seed 1] [--seconds 300] [--near 10.77.0.1] [--far "
    "10.77.0.2]\n"
    "  Needs a network namespace that it may change (unshare --net). Each way takes --delay-ms and loses "
    "--loss of the\n"
    "  packets. Commands on standard input, one a line: 'away MS' loses everything for so long. It ends when "
    "standard\n"
    "  input does, with its parent, and after --seconds at the latest.\n";

struct Options {
    LossyLine::Options line{150ms, 0.02, 1};
    std::chrono::seconds longest{300};
    std::string near = "10.77.0.1";
    std::string far = "10.77.0.2";
};

/// Throws std::invalid_argument or std::out_of_range, of a number that is none.
bool takeOption(Options& options, std::string_view name, const std::string& value) {
    if (name == "--delay-ms")
        options.line.delay = std::chrono::milliseconds{std::stoul(value)};
    else if (name == "--loss")
        options.line.loss = std::clamp(std::stod(value), 0.0, 1.0);
    else if (name == "--seed")
        options.line.seed = std::stoul(value);
    else if (name == "--seconds")
        options.longest = std::chrono::seconds{std::stoul(value)};
    else if (name == "--near")
        options.near = value;
    else if (name == "--far")
        options.far = value;
    else
        return false;
    return true;
}

/// What comes out of one device goes into the other.
class Direction {
public:
    Direction(const Clock& clock, asio::posix::stream_descriptor& from, asio::posix::stream_descriptor& to,
              const LossyLine::Options& options)
        : clock_(clock), from_(from), to_(to), wake_(from.get_executor()), line_(options) {}

    asio::awaitable<void> read() {
        std::vector<std::uint8_t> buffer(kMostPacketBytes);
        for (;;) {
            auto [failure, bytes] = co_await from_.async_read_some(asio::buffer(buffer), kTuple);
            if (failure) co_return;
            line_.put({buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(bytes)}, clock_.steady());
            wake_.cancel();
        }
    }
    asio::awaitable<void> deliver() {
        for (;;) {
            while (const auto packet = line_.take(clock_.steady())) {
                error_code refused;  // a packet that the system does not take is lost, as anywhere
                to_.write_some(asio::buffer(*packet), refused);
            }
            if (const auto due = line_.nextDue())
                wake_.expires_after(std::max(*due - clock_.steady(), 1ms));
            else
                wake_.expires_at(asio::steady_timer::time_point::max());
            co_await wake_.async_wait(kTuple);
            if (!to_.is_open()) co_return;
        }
    }
    LossyLine& line() { return line_; }

private:
    const Clock& clock_;
    asio::posix::stream_descriptor& from_;
    asio::posix::stream_descriptor& to_;
    asio::steady_timer wake_;
    LossyLine line_;
};

class BadLink {
public:
    BadLink(asio::io_context& io, const Options& options, TunDevice near, TunDevice far)
        : io_(io),
          near_(io, near.release()),
          far_(io, far.release()),
          input_(io, ::dup(STDIN_FILENO)),
          outage_(io),
          end_(io, options.longest),
          toFar_(clock_, near_, far_, options.line),
          toNear_(clock_, far_, near_, {options.line.delay, options.line.loss, options.line.seed + 1}) {}

    void start() {
        for (Direction* direction : {&toFar_, &toNear_}) {
            asio::co_spawn(io_, direction->read(), asio::detached);
            asio::co_spawn(io_, direction->deliver(), asio::detached);
        }
        asio::co_spawn(io_, obey(), asio::detached);
        end_.async_wait([this](error_code) { io_.stop(); });
        std::cout << "{\"event\":\"ready\",\"pid\":" << ::getpid() << "}" << std::endl;
    }
    void sayCounts(const char* event) {
        std::cout << "{\"event\":\"" << event << "\",\"toFar\":{\"carried\":" << toFar_.line().carried()
                  << ",\"lost\":" << toFar_.line().lost()
                  << "},\"toNear\":{\"carried\":" << toNear_.line().carried()
                  << ",\"lost\":" << toNear_.line().lost() << "}}" << std::endl;
    }

private:
    asio::awaitable<void> obey() {
        std::string text;
        for (;;) {
            auto [failure, bytes] =
                co_await asio::async_read_until(input_, asio::dynamic_buffer(text, 1024), '\n', kTuple);
            if (failure) break;
            const std::string line = text.substr(0, bytes - 1);
            text.erase(0, bytes);
            if (line.starts_with("away "))
                goAway(std::chrono::milliseconds{std::atol(line.c_str() + 5)});
            else
                std::cerr << "bad_link: '" << line << "' is no command\n";
        }
        io_.stop();
    }
    void goAway(std::chrono::milliseconds duration) {
        setAway(true);
        sayCounts("away");
        outage_.expires_after(duration);
        outage_.async_wait([this](error_code cancelled) {
            if (cancelled) return;
            setAway(false);
            sayCounts("back");
        });
    }
    void setAway(bool isAway) {
        toFar_.line().setAway(isAway);
        toNear_.line().setAway(isAway);
    }

    RealClock clock_;
    asio::io_context& io_;
    asio::posix::stream_descriptor near_;
    asio::posix::stream_descriptor far_;
    asio::posix::stream_descriptor input_;
    asio::steady_timer outage_;
    asio::steady_timer end_;
    Direction toFar_;
    Direction toNear_;
};

int fail(const std::string& why) {
    std::cerr << "bad_link: " << why << "\n";
    return 1;
}

/// Whatever this machine prefers: of the widespread ones, which a loss slows down, the first that a namespace may have.
void slowDownAtLosses() {
    for (const char* control : {"cubic", "reno"}) {
        std::ofstream file{"/proc/sys/net/ipv4/tcp_congestion_control"};
        if (file << control << std::flush) return;
    }
}

int run(const Options& options) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto near = TunDevice::open({"ninja-near", options.near, options.far});
    if (!near) return fail(near.error().detail);
    slowDownAtLosses();
    if (::unshare(CLONE_NEWNET) != 0)
        return fail(std::string{"no network namespace: "} + std::strerror(errno));
    slowDownAtLosses();
    if (auto up = bringLoopbackUp(); !up) return fail(up.error().detail);
    auto far = TunDevice::open({"ninja-far", options.far, options.near});
    if (!far) return fail(far.error().detail);

    asio::io_context io{1};
    BadLink link{io, options, std::move(*near), std::move(*far)};
    link.start();
    io.run();
    link.sayCounts("end");
    return 0;
}

}  // namespace
}  // namespace ninja3cx::network_tests

int main(int argc, char** argv) {
    using namespace ninja3cx::network_tests;
    Options options;
    const std::vector<std::string> words{argv + 1, argv + argc};
    try {
        for (std::size_t i = 0; i < words.size(); i += 2)
            if (i + 1 == words.size() || !takeOption(options, words[i], words[i + 1])) {
                std::cerr << kUsage;
                return 2;
            }
    } catch (const std::exception&) {
        std::cerr << "bad_link: a number is wrong\n" << kUsage;
        return 2;
    }
    return run(options);
}
