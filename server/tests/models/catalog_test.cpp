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
    void put(const std::string& name, std::size_t bytes = 1) {
        std::ofstream{folder_ / name} << std::string(bytes, 'x');
    }
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

TEST_F(ModelFiles, OfHalfFloatsComeFirstWhereTheyArePreferred) {
    put("downloaded/ggml-base.bin");
    put("ggml-base-q8_0.bin");
    EXPECT_EQ(*findModel("base", folder_, Weights::F16), folder_ / "downloaded/ggml-base.bin");
    put("downloaded/ggml-mine-q8_0.bin");
    EXPECT_EQ(*findModel("mine", folder_, Weights::F16), folder_ / "downloaded/ggml-mine-q8_0.bin")
        << "what there is";
}

TEST_F(ModelFiles, ForPartialTextAreTheSmallerOnesThatAreThere) {
    put("ggml-base-q8_0.bin", 80);
    const auto base = folder_ / "ggml-base-q8_0.bin";
    const auto fileOf = [&](const std::string& wanted) {
        const auto found = partialModelFile(wanted, base, folder_);
        EXPECT_TRUE(found && found->isWanted) << wanted;
        return found ? found->file : std::filesystem::path{};
    };
    EXPECT_EQ(fileOf("auto"), base) << "tiny was not pulled";
    put("downloaded/ggml-tiny.bin", 90);
    EXPECT_EQ(fileOf("auto"), base) << "tiny is larger";
    put("downloaded/ggml-tiny-q8_0.bin", 40);
    EXPECT_EQ(fileOf("auto"), folder_ / "downloaded/ggml-tiny-q8_0.bin");
    EXPECT_EQ(fileOf(""), base);
    EXPECT_EQ(fileOf("ggml-tiny.bin"), folder_ / "downloaded/ggml-tiny.bin");
    EXPECT_FALSE(partialModelFile("off", base, folder_)->isWanted);
    const auto missing = partialModelFile("small", base, folder_);
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().detail.find("models pull small"), std::string::npos) << missing.error().detail;
}

TEST_F(ModelFiles, MadeHereAreKnownWithWhatTheyWereMadeFrom) {
    const std::string source = "sha1:" + std::string(40, 'a');
    const auto file = folder_ / "ggml-base-q8_0.bin";
    put("ggml-base-q8_0.bin", 5);
    put("made", 10);
    ASSERT_TRUE(installMade(folder_ / "made", file, source));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "made"));
    EXPECT_EQ(std::filesystem::file_size(file), 10U);
    EXPECT_EQ(notedSource(file), source);
    ASSERT_TRUE(notedChecksum(file));
    EXPECT_TRUE(verifyFile(file, *notedChecksum(file)));
    ASSERT_TRUE(noteChecksum(file, source));
    EXPECT_FALSE(notedSource(file)) << "pulled by its address";
    EXPECT_FALSE(installMade(folder_ / "nothing", file, source));
    EXPECT_EQ(notedChecksum(file), source);
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
        EXPECT_NE(model.advice, "") << model.name;
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
