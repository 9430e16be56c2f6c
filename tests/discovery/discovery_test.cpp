#include "agent/discovery/search.hpp"
#include "server/discovery/publisher.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace ninja3cx {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using discovery::PublishNews;

#if defined(__has_feature)
constexpr bool kIsUnderTsan = __has_feature(thread_sanitizer);
#else
constexpr bool kIsUnderTsan = false;  // the presets build for it with clang
#endif

/// What a publisher told, in order. Any thread.
class News {
public:
    discovery::OnPublishNews handler() {
        return [this](PublishNews news, const std::string& detail) {
            {
                const std::scoped_lock lock{mutex_};
                told_.emplace_back(news, detail);
            }
            isThere_.notify_one();
        };
    }
    /// The next; none within half a minute is a failure.
    std::pair<PublishNews, std::string> next() {
        std::unique_lock lock{mutex_};
        if (!isThere_.wait_for(lock, 30s, [this] { return !told_.empty(); })) {
            ADD_FAILURE() << "nothing is told";
            return {PublishNews::None, ""};
        }
        auto first = std::move(told_.front());
        told_.pop_front();
        return first;
    }

private:
    std::mutex mutex_;
    std::condition_variable isThere_;
    std::deque<std::pair<PublishNews, std::string>> told_;
};

discovery::Announcement announcement(const std::string& identity) {
    return {"3CX-NinjaOne büro", "0.0.0.0", 3000, {identity, "0.1.0", true, "/ws"}};
}

std::ptrdiff_t countDescriptors() {
    return std::distance(fs::directory_iterator{"/proc/self/fd"}, fs::directory_iterator{});
}

void order(const std::string& word) {
    const std::string line = word + "\n";
    ASSERT_EQ(::write(9, line.data(), line.size()), static_cast<::ssize_t>(line.size()));
}

/// Run by the test below in a session with a bus and an Avahi daemon of its own, see session.sh.
TEST(Discovery, DISABLED_FindsWhatIsPublished) {
    EXPECT_EQ(agent::searchServers(1s).error().kind, ErrorKind::NotFound) << "no daemon yet";
    News news;
    auto publisher = discovery::publish(announcement("s-1"), news.handler());
    EXPECT_EQ(news.next(), (std::pair{PublishNews::Absent, std::string{"its daemon does not run"}}));

    order("start");
    EXPECT_EQ(news.next(), (std::pair{PublishNews::Published, std::string{"3CX-NinjaOne büro"}}));
    auto found = agent::searchServers(10s);
    ASSERT_TRUE(found) << found.error().detail;
    ASSERT_EQ(found->servers.size(), 1U);
    EXPECT_EQ(found->servers[0],
              (agent::FoundServer{
                  "3CX-NinjaOne büro", "testhost.local", "127.0.0.1", 3000, {"s-1", "0.1.0", true, "/ws"}}));
    EXPECT_TRUE(found->unreadable.empty());

    {  // a second one of the same name is found by another
        News others;
        const auto other = discovery::publish(announcement("s-2"), others.handler());
        EXPECT_EQ(others.next(), (std::pair{PublishNews::Published, std::string{"3CX-NinjaOne büro #2"}}));
        found = agent::searchServers(10s);
        ASSERT_TRUE(found) << found.error().detail;
        ASSERT_EQ(found->servers.size(), 2U);
        EXPECT_EQ(found->servers[1].record.identity, "s-2");
    }
    // Who ends is withdrawn, and remembered for another second (RFC 6762, 10.1).
    const auto until = std::chrono::steady_clock::now() + 30s;
    do {
        found = agent::searchServers(10s);
        ASSERT_TRUE(found) << found.error().detail;
    } while (found->servers.size() > 1 && std::chrono::steady_clock::now() < until);
    ASSERT_EQ(found->servers.size(), 1U);
    EXPECT_EQ(found->servers[0].record.identity, "s-1");

    order("stop");
    EXPECT_EQ(news.next().first, PublishNews::Lost);
    order("start");
    EXPECT_EQ(news.next(), (std::pair{PublishNews::Published, std::string{"3CX-NinjaOne büro"}}));
    found = agent::searchServers(10s);
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(found->servers.size(), 1U);

    // A daemon that hangs holds up nobody's end, neither what is published nor what is just being.
    order("freeze");
    char frozen = 0;
    ASSERT_EQ(::read(8, &frozen, 1), 1);
    News unheard;
    const auto began = std::chrono::steady_clock::now();
    discovery::publish(announcement("s-3"), unheard.handler()).reset();
    const auto descriptorsBefore = countDescriptors();
    auto waiting = discovery::publish(announcement("s-4"), unheard.handler());
    // A pipe of its loop, its socket to the bus, and a copy of that: now it asks the daemon.
    while (countDescriptors() < descriptorsBefore + 4) std::this_thread::yield();
    waiting.reset();
    publisher.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 20s) << "a call to the daemon waits 25 s";
}

std::string sessionOf(const fs::path& work, const std::string& command) {
    return "unshare --map-root-user --net --mount --pid --fork --kill-child sh tests/discovery/session.sh '" +
           work.string() + "' " + command;
}

TEST(Discovery, FindsWhatIsPublishedThroughARealDaemon) {
    const std::string path = "PATH=\"$PATH:/usr/sbin:/sbin\"; ";
    if (std::system((path + "command -v avahi-daemon dbus-daemon unshare ip >/dev/null 2>&1").c_str()) != 0)
        GTEST_SKIP() << "no avahi-daemon, dbus-daemon, unshare or ip";
    if (kIsUnderTsan) GTEST_SKIP() << "ThreadSanitizer does not see how Avahi's and D-Bus's threads wait";
    std::string pattern = (fs::temp_directory_path() / "discovery-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    const fs::path work = pattern;
    if (std::system("unshare --map-root-user --net --mount --pid --fork true 2>/dev/null") != 0) {
        fs::remove_all(work);
        GTEST_SKIP() << "this system lets nobody make namespaces";
    }
    EXPECT_EQ(std::system(sessionOf(work, "'" + fs::read_symlink("/proc/self/exe").string() +
                                              "' --gtest_also_run_disabled_tests "
                                              "--gtest_filter=Discovery.DISABLED_FindsWhatIsPublished >&2")
                              .c_str()),
              0);
    fs::remove_all(work);
}

/// In a session without a bus nobody is asked, and nothing is published; that is told once.
TEST(Discovery, IsToldToBeAbsentWhereThereIsNoBus) {
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
    News news;
    const auto publisher = discovery::publish(announcement("s-1"), news.handler());
    EXPECT_EQ(news.next().first, PublishNews::Absent);
    EXPECT_EQ(agent::searchServers(1s).error().kind, ErrorKind::NotFound);
    ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
}

}  // namespace
}  // namespace ninja3cx
