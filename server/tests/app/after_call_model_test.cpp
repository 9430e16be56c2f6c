#include "server/app/after_call_model.hpp"

#include "server/app/speech.hpp"
#include "server/tests/scratch.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace ninja3cx::app {
namespace {

constexpr std::uint64_t kMb = 1'000'000;
constexpr std::uint64_t kGb = 1'000 * kMb;

HearingModel model(const std::string& name, std::uint64_t bytes) {
    return {name, "models/ggml-" + name + ".bin", bytes};
}

TEST(AutoAfterCall, IsTheBestInstalledModelThatFitsHalfOfTheMemory) {
    const HearingModel tiny = model("tiny", 160 * kMb);
    const HearingModel base = model("base", 250 * kMb);
    const HearingModel small = model("small", 560 * kMb);
    const HearingModel medium = model("medium", 1'300 * kMb);
    const HearingModel turbo = model("large-v3-turbo", 1'400 * kMb);
    const HearingModel large = model("large-v3", 2'300 * kMb);
    const HearingModel largeQ5 = model("large-v3-q5_0", 1'800 * kMb);
    struct Row {
        const char* what;
        HearingModel live;
        std::vector<HearingModel> installed;
        std::uint64_t memory;
        const char* chosen;
    };
    for (const Row& row : {
             Row{"all fit", base, {tiny, base, small, medium, turbo, large}, 16 * kGb, "large-v3"},
             Row{"large does not", base, {large, turbo, medium, small}, 4 * kGb, "large-v3-turbo"},
             Row{"of few bits it does", base, {large, largeQ5, turbo}, 4 * kGb, "large-v3-q5_0"},
             Row{"exactly half", base, {large, turbo}, 4'600 * kMb, "large-v3"},
             Row{"medium is the best there is", base, {medium, small, base}, 16 * kGb, "medium"},
             Row{"little memory", base, {turbo, medium, small}, 2 * kGb, "small"},
             Row{"only worse ones fit", small, {turbo, base, tiny}, 2 * kGb, "small"},
             Row{"nothing else is installed", base, {base}, 16 * kGb, "base"},
             Row{"the live one is the best", large, {turbo, large}, 16 * kGb, "large-v3"},
             Row{"turbo is better than medium", turbo, {medium, turbo}, 16 * kGb, "large-v3-turbo"},
             Row{"the live one is of no known kind", model("mine", 0), {tiny}, 16 * kGb, "tiny"},
             Row{"a damaged file", base, {model("large-v3", 0), small}, 16 * kGb, "small"},
             Row{"a memory that is not known", base, {small}, 0, "base"},
             Row{"nothing is installed", base, {}, 16 * kGb, "base"},
         }) {
        const AfterCallChoice choice = bestAfterCall(row.live, row.installed, row.memory);
        EXPECT_EQ(choice.name, row.chosen) << row.what;
        EXPECT_EQ(choice.file, "models/ggml-" + choice.name + ".bin") << row.what;
    }
    EXPECT_EQ(bestAfterCall(base, {large, turbo}, 4 * kGb).why,
              "large-v3-turbo, the best that is installed and fits half of the memory (2.0 GB); "
              "large-v3 takes 2.3 GB");
    EXPECT_EQ(bestAfterCall(base, {base, model("small", 0)}, 4 * kGb).why,
              "the live model: no better one is installed that fits half of the memory (2.0 GB); "
              "models/ggml-small.bin is damaged");
}

TEST(AutoAfterCall, ABetterModelIsNamedWhereMemoryWouldCarryIt) {
    struct Row {
        const char* name;
        std::uint64_t memory;
        bool isOnGpu;
        const char* better;
    };
    for (const Row& row :
         {Row{"base", 16 * kGb, false, "large-v3"}, Row{"base", 4 * kGb, false, "large-v3-q5_0"},
          Row{"base", 3'200 * kMb, false, "large-v3-turbo"}, Row{"base", 1'500 * kMb, false, "small"},
          Row{"base", 1 * kGb, false, ""}, Row{"medium", 2'200 * kMb, false, "large-v3-turbo-q5_0"},
          Row{"large-v3-turbo", 3 * kGb, false, ""}, Row{"large-v3", 64 * kGb, false, ""},
          Row{"large-v3-turbo", 6 * kGb, true, "large-v3-q5_0"},
          Row{"large-v3-turbo", 24 * kGb, true, "large-v3"}, Row{"base", 0, false, ""}})
        EXPECT_EQ(betterThan(row.name, row.memory, row.isOnGpu).value_or(""), row.better)
            << row.name << " " << row.memory;
}

TEST(AutoAfterCall, LooksInBothFoldersOfModels) {
    const test::Scratch scratch;
    config::WhisperSettings whisper = config::loadSettings({})->settings.whisper;
    whisper.device = config::Device::Cpu;
    whisper.modelsDir = scratch.path().string();
    const auto live = scratch.path() / "ggml-demo-fr-q8_0.bin";
    std::filesystem::create_directories(scratch.path() / "downloaded");
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", live);
    EXPECT_EQ(autoAfterCall(whisper, live).file, live);
    std::filesystem::copy_file(live, scratch.path() / "ggml-base.bin");
    EXPECT_EQ(autoAfterCall(whisper, live).name, "base");
    std::ofstream{scratch.path() / "ggml-medium.bin"} << "cut off";
    std::filesystem::copy_file(live, scratch.path() / "downloaded" / "ggml-small-q8_0.bin");
    const AfterCallChoice choice = autoAfterCall(whisper, live);
    EXPECT_EQ(choice.file, scratch.path() / "downloaded" / "ggml-small-q8_0.bin");
    EXPECT_NE(choice.why.find("ggml-medium.bin is damaged"), std::string::npos) << choice.why;

    whisper.model = "demo";
    whisper.afterCall.model = "auto";
    const auto speech = loadSpeech(whisper);
    ASSERT_TRUE(speech) << speech.error().detail;
    ASSERT_TRUE(speech->afterCall);
    EXPECT_EQ(speech->afterCall->file, choice.file);
    EXPECT_EQ(speech->afterCall->why, choice.why);
}

}  // namespace
}  // namespace ninja3cx::app
