#include "agent/platform/recording_streams.hpp"

#include "agent/platform/pulse_activity.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace ninja3cx::agent {
namespace {

TEST(RecordingStreams, AreThoseOfThePhonePrograms) {
    RecordingStreams streams{{"3cx", "chrom"}};
    EXPECT_FALSE(streams.isRecording());
    streams.note({1, "zoom", false, false});
    streams.note({2, "", false, false});
    EXPECT_FALSE(streams.isRecording());
    streams.note({3, "Chromium", false, false});
    EXPECT_TRUE(streams.isRecording());
    streams.note({4, "3CXSoftphone", false, false});
    streams.remove(3);
    EXPECT_TRUE(streams.isRecording());
    streams.remove(4);
    streams.remove(4);
    EXPECT_FALSE(streams.isRecording());
}

TEST(RecordingStreams, ThatPauseOrAreOursDoNotCount) {
    RecordingStreams streams{{"chrome"}};
    streams.note({1, "chrome", true, false});
    streams.note({2, "chrome", false, true});
    EXPECT_FALSE(streams.isRecording());
    streams.note({1, "chrome", false, false});
    EXPECT_TRUE(streams.isRecording());
    streams.note({1, "chrome", true, false});
    EXPECT_FALSE(streams.isRecording());
}

TEST(PulseActivity, TellsNothingWhereNoSoundServerRuns) {
    ::setenv("PULSE_SERVER", "unix:/nowhere/pulse", 1);
    int told = 0;
    {
        const auto activity = pulseActivity({"chrome"}, [](const std::function<void()>&) {});
        if (activity) {  // a PC without the library has none
            activity->start([&](bool) { ++told; });
            activity->tick();
        }
    }
    EXPECT_EQ(told, 0);
    ::unsetenv("PULSE_SERVER");
}

}  // namespace
}  // namespace ninja3cx::agent
