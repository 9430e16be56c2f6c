#include "server/transcription/group_limits.hpp"

#include "server/tests/scratch.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

namespace ninja3cx::transcription {
namespace {

constexpr std::uint64_t kGb = 1'000'000'000;
constexpr std::uint64_t kMost = 9'223'372'036'854'771'712;

struct Row {
    const char* what;
    const char* membership;
    std::map<std::string, std::string> files;
    GroupLimits limits;
};

TEST(GroupLimits, AreTheLeastOfAllGroupsThatAProcessIsIn) {
    const test::Scratch scratch;
    int number = 0;
    for (const Row& row : {
             Row{"no limits", "0::/a\n", {{"a/cpu.max", "max 100000\n"}, {"a/memory.max", "max\n"}}, {}},
             Row{"a container's own root",
                 "0::/\n",
                 {{"cpu.max", "200000 100000\n"}, {"memory.max", "2000000000\n"}},
                 {2, 2 * kGb}},
             Row{"part of a core", "0::/a\n", {{"a/cpu.max", "150000 100000\n"}}, {2, 0}},
             Row{"less than a core", "0::/a\n", {{"a/cpu.max", "1000 100000\n"}}, {1, 0}},
             Row{"another period", "0::/a\n", {{"a/cpu.max", "200000 50000\n"}}, {4, 0}},
             Row{"a parent has less",
                 "0::/a/b/c\n",
                 {{"a/cpu.max", "300000 100000\n"},
                  {"a/b/memory.max", "1000000000\n"},
                  {"a/b/c/cpu.max", "800000 100000\n"},
                  {"a/b/c/memory.max", "4000000000\n"}},
                 {3, kGb}},
             Row{"a parent has more",
                 "0::/a/b\n",
                 {{"a/cpu.max", "800000 100000\n"},
                  {"a/memory.max", "4000000000\n"},
                  {"a/b/cpu.max", "200000 100000\n"},
                  {"a/b/memory.max", "1000000000\n"}},
                 {2, kGb}},
             Row{"a group without these files",
                 "0::/a/b\n",
                 {{"a/memory.max", "1000000000\n"}, {"a/b/cgroup.procs", ""}},
                 {0, kGb}},
             Row{"another's group", "0::/a\n", {{"b/cpu.max", "100000 100000\n"}}, {}},
             Row{"lines of version 1 before it",
                 "12:cpu:/b\n0::/a\n",
                 {{"a/cpu.max", "200000 100000\n"}, {"b/cpu.max", "100000 100000\n"}},
                 {2, 0}},
             Row{"version 1 alone", "12:cpu:/a\n", {{"a/cpu.max", "200000 100000\n"}}, {}},
             Row{"a path that leads out", "0::/../a\n", {{"a/cpu.max", "200000 100000\n"}}, {2, 0}},
             Row{"a quota of what nobody has",
                 "0::/a\n",
                 {{"a/memory.max", "9223372036854771712\n"}},
                 {0, kMost}},
             Row{"what is no number", "0::/a\n", {{"a/cpu.max", "\n"}, {"a/memory.max", "much\n"}}, {}},
             Row{"no period", "0::/a\n", {{"a/cpu.max", "200000 0\n"}}, {}},
             Row{"no groups at all", "", {}, {}},
         }) {
        const auto folder = scratch.path() / std::to_string(number++);
        for (const auto& [name, text] : row.files) {
            std::filesystem::create_directories((folder / "groups" / name).parent_path());
            std::ofstream{folder / "groups" / name} << text;
        }
        std::filesystem::create_directories(folder);
        std::ofstream{folder / "membership"} << row.membership;
        EXPECT_EQ(groupLimits(folder / "membership", folder / "groups"), row.limits) << row.what;
    }
    EXPECT_EQ(groupLimits("/nowhere", "/nowhere"), GroupLimits{});
}

}  // namespace
}  // namespace ninja3cx::transcription
