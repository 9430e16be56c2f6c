#include "server/models/catalog.hpp"

#include "server/models/checksum.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace ninja3cx::models {
namespace {

class ModelFiles : public testing::Test {
protected:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("catalog_test_" + std::to_string(::getpid()));
    void SetUp() override { std::filesystem::create_directories(folder_ / "downloaded"); }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    void put(const std::string& name) { std::ofstream{folder_ / name} << "x"; }
};

TEST_F(ModelFiles, AreFoundByNameWithTheQuantizedOneFirst) {
    put("downloaded/ggml-base.bin");
    EXPECT_EQ(*findModel("base", folder_), folder_ / "downloaded/ggml-base.bin");
    put("ggml-base-q8_0.bin");
    EXPECT_EQ(*findModel("base", folder_), folder_ / "ggml-base-q8_0.bin");
    put("downloaded/ggml-large-v3.bin");
    EXPECT_EQ(*findModel("large", folder_), folder_ / "downloaded/ggml-large-v3.bin");
    EXPECT_EQ(*findModel("ggml-base.bin", folder_), folder_ / "downloaded/ggml-base.bin");
    EXPECT_EQ(*findModel((folder_ / "ggml-base-q8_0.bin").string(), "elsewhere"),
              folder_ / "ggml-base-q8_0.bin");
}

TEST_F(ModelFiles, ThatAreMissingSayHowToGetThem) {
    EXPECT_NE(findModel("base", folder_).error().detail.find("models pull base"), std::string::npos);
    EXPECT_NE(findModel("bas", folder_).error().detail.find("did you mean 'base'?"), std::string::npos);
    EXPECT_NE(findModel("/no/such.bin", folder_).error().detail.find("does not exist"), std::string::npos);
}

TEST_F(ModelFiles, PulledByAnAddressAreFoundByTheirNameAndVerified) {
    put("downloaded/ggml-mine.bin");
    const auto file = findModel("mine", folder_);
    ASSERT_TRUE(file) << file.error().detail;
    EXPECT_EQ(file->filename(), "ggml-mine.bin");
    EXPECT_FALSE(notedChecksum(*file));
    ASSERT_TRUE(noteChecksum(*file, "sha1:" + std::string(40, 'a')));
    EXPECT_EQ(notedChecksum(*file), "sha1:" + std::string(40, 'a'));
}

TEST(Catalog, HoldsWellFormedChecksums) {
    for (const Model& model : catalog()) {
        const auto normal = normalChecksum(model.checksum);
        ASSERT_TRUE(normal) << model.name;
        EXPECT_EQ(*normal, model.checksum);
    }
}

TEST(Checksum, IsRecognisedByItsLengthAndRefusedOtherwise) {
    EXPECT_EQ(*normalChecksum(std::string(40, 'A')), "sha1:" + std::string(40, 'a'));
    EXPECT_EQ(*normalChecksum("sha256:" + std::string(64, '1')), "sha256:" + std::string(64, '1'));
    for (const std::string& wrong : {std::string{}, std::string(39, 'a'), "sha256:" + std::string(40, 'a'),
                                     "md5:" + std::string(32, 'a'), std::string(40, 'g')})
        EXPECT_FALSE(normalChecksum(wrong)) << wrong;
}

}  // namespace
}  // namespace ninja3cx::models
