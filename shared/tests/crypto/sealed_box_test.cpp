#include "shared/crypto/sealed_box.hpp"

#include "shared/core/files.hpp"
#include "shared/core/ids.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>
#include <string>

namespace ninja3cx::crypto {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytesOf(std::string_view text) {
    return {text.begin(), text.end()};
}

Bytes fromHex(std::string_view hex) {
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16)));
    return bytes;
}

Key keyOf(std::uint8_t byte) {
    Key key;
    key.fill(byte);
    return key;
}

TEST(SealedBox, GivesBackWhatItSealed) {
    const SealedBox box{randomKey()};
    for (const std::string text : {"", "x", "an ordinary piece of sixteen bytes and more"}) {
        const Bytes sealed = box.seal(bytesOf(text));
        EXPECT_EQ(sealed.size(), text.size() + SealedBox::kOverheadBytes);
        EXPECT_EQ(box.open(sealed).value(), bytesOf(text));
    }
}

/// The format is on disks: test case 14 of the GCM specification, laid out as ours.
TEST(SealedBox, OpensTheBytesOfTheSpecification) {
    const Bytes piece = fromHex(
        "000000000000000000000000"
        "cea7403d4d606b6e074ec5d3baf39d18"
        "d0d1c8a799996bf0265b98b5d48ab919");
    EXPECT_EQ(SealedBox{keyOf(0)}.open(piece).value(), Bytes(16, 0));
}

TEST(SealedBox, NeverUsesANonceTwice) {
    const SealedBox box{randomKey()};
    std::set<Bytes> nonces;
    for (int i = 0; i < 1000; ++i) {
        const Bytes sealed = box.seal(bytesOf("same"));
        nonces.emplace(sealed.begin(), sealed.begin() + 12);
    }
    EXPECT_EQ(nonces.size(), 1000U);
}

TEST(SealedBox, RefusesAPieceWithAnyBitChanged) {
    const SealedBox box{randomKey()};
    const Bytes sealed = box.seal(bytesOf("voice"));
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        Bytes changed = sealed;
        changed[i / 8] = static_cast<std::uint8_t>(changed[i / 8] ^ (1U << (i % 8)));
        const auto opened = box.open(changed);
        ASSERT_FALSE(opened) << "bit " << i;
        EXPECT_EQ(opened.error().kind, ErrorKind::BadMessage);
    }
}

TEST(SealedBox, RefusesEveryShorterAndALongerPiece) {
    const SealedBox box{randomKey()};
    const Bytes sealed = box.seal(bytesOf("voice"));
    for (std::size_t length = 0; length < sealed.size(); ++length)
        EXPECT_FALSE(box.open(std::span{sealed}.first(length))) << length;
    Bytes longer = sealed;
    longer.push_back(0);
    EXPECT_FALSE(box.open(longer));
}

TEST(SealedBox, RefusesAnotherKeysPiece) {
    EXPECT_FALSE(SealedBox{keyOf(2)}.open(SealedBox{keyOf(1)}.seal(bytesOf("voice"))));
}

class KeyFile : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / makeId("crypto-test");
    std::filesystem::path file_ = folder_ / "key";
};

TEST_F(KeyFile, IsMadeOnceForItsOwnerAlone) {
    const Bytes sealed = SealedBox::fromKeyFile(file_).value().seal(bytesOf("voice"));
    struct stat facts {};
    ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U);
    EXPECT_EQ(facts.st_size, 32);
    EXPECT_EQ(SealedBox::fromKeyFile(file_).value().open(sealed).value(), bytesOf("voice"));
}

TEST_F(KeyFile, IsRefusedWhenOthersCanReadItOrItsLengthIsWrong) {
    ASSERT_TRUE(SealedBox::fromKeyFile(file_));
    ::chmod(file_.c_str(), 0640);
    EXPECT_FALSE(SealedBox::fromKeyFile(file_));
    for (const std::size_t length : {0U, 31U, 33U}) {
        ASSERT_TRUE(writePrivateFile(file_, std::string(length, 'k')));
        const auto box = SealedBox::fromKeyFile(file_);
        ASSERT_FALSE(box) << length;
        EXPECT_EQ(box.error().kind, ErrorKind::Io);
    }
}

TEST_F(KeyFile, OfKnownBytesOpensWhatWasSealedBefore) {
    ASSERT_TRUE(writePrivateFile(file_, std::string(32, '\0')));
    const Bytes piece = fromHex(
        "000000000000000000000000cea7403d4d606b6e074ec5d3baf39d18"
        "d0d1c8a799996bf0265b98b5d48ab919");
    EXPECT_EQ(SealedBox::fromKeyFile(file_).value().open(piece).value(), Bytes(16, 0));
}

}  // namespace
}  // namespace ninja3cx::crypto
