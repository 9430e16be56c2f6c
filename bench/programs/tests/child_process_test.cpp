#include "bench/programs/child_process.hpp"

#include "server/tests/scratch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <signal.h>

#include <functional>

namespace ninja3cx::bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class Child : public testing::Test {
protected:
    ChildProcess shell(const std::string& script) {
        ChildProcess::Start start;
        start.program = "/bin/sh";
        start.arguments = {"-c", script};
        start.environment = {"GREETING=hello"};
        start.folder = scratch_.path();
        start.errors = scratch_.path() / "errors";
        auto started = ChildProcess::start(start);
        EXPECT_TRUE(started);
        return std::move(*started);
    }
    template <class T>
    Result<T> waitFor(asio::awaitable<Result<T>> work) {
        asio::io_context context;
        Result<T> result = Error{ErrorKind::Cancelled, "not done"};
        asio::co_spawn(context, std::move(work), [&result](std::exception_ptr failure, Result<T> done) {
            if (!failure) result = std::move(done);
        });
        context.run();
        return result;
    }
    const ninja3cx::test::Scratch scratch_;
};

TEST_F(Child, IsHeardAndRunsInItsFolderWithItsEnvironmentAlone) {
    ChildProcess child = shell("pwd; echo \"say: $GREETING $HOME.\"; echo wrong >&2; exit 3");
    const auto line = waitFor(child.lineWith("say:", 10s));
    ASSERT_TRUE(line) << line.error().detail;
    EXPECT_EQ(*line, "say: hello .");
    ASSERT_TRUE(waitFor(child.exited(10s)));
    EXPECT_EQ(child.exitCode(), 3);
    EXPECT_EQ(ninja3cx::test::readBytes(scratch_.path() / "errors"), "wrong\n");
    EXPECT_EQ(waitFor(child.lineWith("more", 10s)).error().kind, ErrorKind::NotFound);
}

TEST_F(Child, IsGoneWhenItIsKilledOrForgotten) {
    ChildProcess child = shell("echo pid $$; exec sleep 600");
    const auto line = waitFor(child.lineWith("pid", 10s));
    ASSERT_TRUE(line);
    const pid_t process = std::stoi(line->substr(4));
    EXPECT_FALSE(child.hasExited());
    EXPECT_EQ(waitFor(child.lineWith("never said", 20ms)).error().kind, ErrorKind::TimedOut);
    child.kill();
    EXPECT_TRUE(child.hasExited());
    EXPECT_EQ(child.exitCode(), -SIGKILL);
    EXPECT_EQ(::kill(process, 0), -1);

    pid_t forgotten = 0;
    {
        ChildProcess other = shell("echo pid $$; exec sleep 600");
        const auto said = waitFor(other.lineWith("pid", 10s));
        ASSERT_TRUE(said);
        forgotten = std::stoi(said->substr(4));
    }
    EXPECT_EQ(::kill(forgotten, 0), -1);
}

}  // namespace
}  // namespace ninja3cx::bench
