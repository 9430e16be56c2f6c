#include "server/transcription/model_file.hpp"

#include "server/transcription/gpu.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/whisper_decoder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

namespace ninja3cx::transcription {
namespace {

using testing::HasSubstr;
const std::filesystem::path kModel = "models/ggml-demo-fr-q8_0.bin";

class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& bytes)
        : path_{std::filesystem::path{testing::TempDir()} /
                ("model-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".bin")} {
        std::ofstream{path_, std::ios::binary} << bytes;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

TEST(Processor, MustHaveWhatWhisperWasBuiltWithAndNoMore) {
    EXPECT_TRUE(compareProcessor({{"AVX2", true, true}, {"AVX512", false, false}}));
    EXPECT_TRUE(compareProcessor({{"AVX2", false, false}})) << "built for an older one";
    const auto lacking =
        compareProcessor({{"AVX2", true, false}, {"FMA", true, true}, {"BMI2", true, false}});
    ASSERT_FALSE(lacking);
    EXPECT_THAT(lacking.error().detail, HasSubstr("this processor lacks AVX2, BMI2"));
    EXPECT_THAT(lacking.error().detail, HasSubstr("-DPROJECT_WHISPER_NATIVE=ON"));
}

const std::string& demoModel() {
    static const std::string bytes = [] {
        std::string all(std::filesystem::file_size(kModel), '\0');
        std::ifstream{kModel, std::ios::binary}.read(all.data(), static_cast<std::streamsize>(all.size()));
        return all;
    }();
    return bytes;
}

TEST(ModelFile, TellsWhatTheDemoModelIs) {
    const auto info = inspectModelFile(kModel);
    ASSERT_TRUE(info) << info.error().detail;
    EXPECT_EQ(info->size, "tiny");
    EXPECT_EQ(info->weights, "q8_0");
    EXPECT_TRUE(info->isMultilingual);
    EXPECT_EQ(info->audioContext, 1500);
    EXPECT_EQ(info->melBands, 80);
}

TEST(ModelFile, SaysHowToGetAModelThatIsMissing) {
    const auto model = loadWhisperModel("models/none.bin");
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(model.error().detail, HasSubstr("models/none.bin: there is no such file"));
    EXPECT_THAT(model.error().detail, HasSubstr("models pull"));
}

TEST(Device, AGpuThatIsNotBuiltInIsRefusedWithTheOptionThatBuildsIt) {
    EXPECT_TRUE(checkDevice(Device::Auto));
    EXPECT_TRUE(checkDevice(Device::Cpu));
    EXPECT_FALSE(runsOnGpu(Device::Cpu));
    if (checkDevice(Device::Cuda) || checkDevice(Device::Vulkan)) GTEST_SKIP() << "this build has a GPU";
    for (const auto& [device, option] : {std::pair{Device::Cuda, "PROJECT_WHISPER_CUDA"},
                                         std::pair{Device::Vulkan, "PROJECT_WHISPER_VULKAN"}}) {
        const auto refused = checkDevice(device);
        EXPECT_EQ(refused.error().kind, ErrorKind::Rejected);
        EXPECT_THAT(refused.error().detail, HasSubstr(std::string{"-D"} + option + "=ON"));
        EXPECT_FALSE(loadWhisperModel(kModel, {device}));
        EXPECT_FALSE(runsOnGpu(device));
    }
}

struct BrokenRow {
    const char* name;
    std::function<std::string(std::string)> breakIt;
    const char* says;
};
class BrokenModels : public testing::TestWithParam<BrokenRow> {};
TEST_P(BrokenModels, AreRefusedWithTheReason) {
    const TemporaryFile file{GetParam().breakIt(demoModel())};
    const auto model = loadWhisperModel(file.path());
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().kind, ErrorKind::BadMessage);
    EXPECT_THAT(model.error().detail, HasSubstr(file.path().string()));
    EXPECT_THAT(model.error().detail, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, BrokenModels,
    testing::Values(
        BrokenRow{"Empty", [](auto) { return std::string{}; }, "not a ggml model file"},
        BrokenRow{"WebPage", [](auto) { return std::string(5000, '<'); }, "not a ggml model file"},
        BrokenRow{"HeaderOnly", [](auto bytes) { return bytes.substr(0, 20); }, "ends within its header"},
        BrokenRow{"Half", [](auto bytes) { return bytes.substr(0, bytes.size() / 2); },
                  "damaged or incomplete"},
        BrokenRow{"LastByteMissing", [](auto bytes) { return bytes.substr(0, bytes.size() - 1); },
                  "damaged or incomplete"},
        BrokenRow{"ExtraBytes", [](auto bytes) { return bytes + "more"; }, "damaged or incomplete"},
        BrokenRow{"HugeLayerCount",
                  [](auto bytes) {
                      bytes[4 * 5 + 3] = '\x7F';
                      return bytes;
                  },
                  "header is damaged"},
        BrokenRow{"UnknownWeights",  // whisper.cpp would end the program
                  [](auto bytes) {
                      bytes[4 * 11] = '\x05';
                      bytes[4 * 11 + 1] = '\0';
                      return bytes;
                  },
                  "weights of an unknown kind"},
        BrokenRow{"DamagedVocabulary",
                  [](auto bytes) {
                      bytes[48 + 8 + 4 * 80 * 201 + 3] = '\x7F';
                      return bytes;
                  },
                  "damaged vocabulary"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Processor, OfThisMachineIsGoodEnough) {
    const auto fits = checkProcessor();
    EXPECT_TRUE(fits) << fits.error().detail;
}

TEST(Language, IsCheckedBeforeWork) {
    EXPECT_TRUE(checkLanguage("fr"));
    EXPECT_TRUE(checkLanguage("auto"));
    EXPECT_FALSE(checkLanguage("klingon"));
}

}  // namespace
}  // namespace ninja3cx::transcription
