#include "bench/shaped_model.hpp"

#include "bench/bench_model.hpp"
#include "server/transcription/model_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace ninja3cx::bench {
namespace {

using testing::HasSubstr;

TEST(Shape, IsReadFromItsName) {
    const auto base = parseShape("shape:base:q5_1");
    ASSERT_TRUE(base && *base);
    EXPECT_EQ((*base)->shape.width, 512);
    EXPECT_EQ((*base)->shape.encoderLayers, 6);
    EXPECT_EQ((*base)->weights, ShapedModel::Weights::Q5_1);
    const auto turbo = parseShape("shape:large-v3-turbo");
    ASSERT_TRUE(turbo && *turbo);
    EXPECT_EQ((*turbo)->shape.decoderLayers, 4);
    EXPECT_EQ((*turbo)->shape.vocabulary, 51'866);
    EXPECT_EQ((*turbo)->weights, ShapedModel::Weights::Q8_0) << "as the product stores it on a CPU";
}

TEST(Shape, ThatIsUnknownIsRefusedWithThoseThereAre) {
    EXPECT_FALSE(parseShape("models/base.bin")) << "a file";
    for (const char* name : {"shape:", "shape:huge:q8_0", "shape:base:q4_0", "shape:base:q8_0:more"}) {
        const auto shape = parseShape(name);
        ASSERT_TRUE(shape) << name;
        ASSERT_FALSE(*shape) << name;
        EXPECT_THAT(shape->error().detail, HasSubstr("large-v3-turbo")) << name;
    }
}

TEST(MelFilters, AreThoseOfTheDemoModel) {
    const auto filters = melFilters(80);
    std::vector<float> demo(filters.size());
    std::ifstream in{kDemoModel, std::ios::binary};
    in.seekg(4 * 14);
    in.read(reinterpret_cast<char*>(demo.data()), static_cast<std::streamsize>(demo.size() * sizeof(float)));
    ASSERT_TRUE(in);
    for (std::size_t i = 0; i < filters.size(); ++i) ASSERT_NEAR(filters[i], demo[i], 1e-6F) << i;
    EXPECT_EQ(melFilters(128).size(), std::size_t{128} * 201);
}

TEST(ShapedModel, HasTheStructureAndTheSizeOfTheRealOne) {
    const std::filesystem::path file = std::filesystem::path{testing::TempDir()} / "shaped-tiny.bin";
    struct Row {
        const char* name;
        double megabytes;  // of the real file
    };
    for (const Row& row :
         {Row{"shape:tiny:q8_0", 43.5}, Row{"shape:tiny:q5_1", 32.2}, Row{"shape:tiny:f16", 77.7}}) {
        const auto shape = parseShape(row.name);
        ASSERT_TRUE(shape && *shape);
        ASSERT_TRUE(writeShapedModel(**shape, kDemoModel, file));
        const auto info = transcription::inspectModelFile(file);
        std::filesystem::remove(file);
        ASSERT_TRUE(info) << info.error().detail;
        EXPECT_EQ(info->size, "tiny");
        EXPECT_TRUE(info->isMultilingual);
        EXPECT_NEAR(static_cast<double>(info->bytes) / 1e6, row.megabytes, 0.5) << row.name;
    }
}

TEST(ShapedModel, IsLoadedAndWritesWordsInTheDemoModelsTokens) {
    const auto loaded = loadBenchModel("shape:tiny:q8_0");
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_TRUE(loaded->isShaped);
    const auto demo = loadBenchModel(kDemoModel);
    ASSERT_TRUE(demo) << demo.error().detail;
    EXPECT_FALSE(demo->isShaped);
    const auto tokens = transcription::tokensOf(loaded->model, "Bonjour, le support");
    EXPECT_EQ(tokens, transcription::tokensOf(demo->model, "Bonjour, le support"));
    ASSERT_FALSE(tokens.empty());
    EXPECT_TRUE(tokens.front().piece.starts_with(' '));
}

TEST(ShapedModel, CannotBeMadeFromAFileWithoutVocabulary) {
    const std::filesystem::path file = std::filesystem::path{testing::TempDir()} / "shaped-none.bin";
    const auto written = writeShapedModel(**parseShape("shape:tiny:q8_0"), "README.md", file);
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().detail, HasSubstr("README.md: has no vocabulary"));
}

}  // namespace
}  // namespace ninja3cx::bench
