#include "agent/keyring/spool_key.hpp"

#include "agent/tests/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace ninja3cx::agent {
namespace {

namespace fs = std::filesystem;
using crypto::Key;

#if defined(__has_feature)
constexpr bool kIsUnderTsan = __has_feature(thread_sanitizer);
#else
constexpr bool kIsUnderTsan = false;  // the presets build for it with clang
#endif

constexpr Key keyOf(std::uint8_t byte) {
    Key key{};
    key.fill(byte);
    return key;
}
constexpr Key kInFile = keyOf(1);
constexpr Key kInVault = keyOf(2);
const Error kNone{ErrorKind::NotFound, "no keyring"};
const Error kLocked{ErrorKind::Busy, "it is locked"};

class FakeVault final : public KeyVault {
public:
    Result<std::optional<Key>> load() override {
        if (failure) return *failure;
        return kept;
    }
    Result<void> store(const Key& key) override {
        if (storeFailure) return *storeFailure;
        kept = forgets ? kInVault : key;
        return {};
    }
    std::optional<Key> kept;
    std::optional<Error> failure;
    std::optional<Error> storeFailure;
    bool forgets = false;
};

/// What is there, and what of it comes out as which key. 0: a fresh one.
struct Row {
    const char* name;
    bool hasFile;
    bool isKept;
    std::optional<Error> failure;
    std::optional<Error> storeFailure;
    bool forgets;
    bool isSpoolUsed;
    std::vector<int> keys;
    bool leavesFile;
    bool isTold;
};
class SpoolKey : public testing::TestWithParam<Row> {
protected:
    TemporaryFolder folder_;
};
TEST_P(SpoolKey, IsFoundAndNoneIsLost) {
    const Row& row = GetParam();
    const auto file = folder_.path() / "spool.key";
    const auto spool = folder_.path() / "spool";
    if (row.hasFile) {
        ASSERT_TRUE(crypto::writeKeyFile(file, kInFile));
    }
    fs::create_directories(row.isSpoolUsed ? spool / "call-1" : spool);
    FakeVault vault;
    if (row.isKept) vault.kept = kInVault;
    vault.failure = row.failure;
    vault.storeFailure = row.storeFailure;
    vault.forgets = row.forgets;
    const auto keys = spoolKeys(file, spool, vault);
    ASSERT_TRUE(keys) << keys.error().detail;
    EXPECT_EQ(keys->problem.has_value(), row.isTold);
    ASSERT_EQ(keys->boxes.size(), row.keys.size());
    const auto opens = [&](std::size_t at, const Key& key) {
        return crypto::SealedBox{key}.open(keys->boxes[at].seal(key)).has_value();
    };
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
        EXPECT_EQ(opens(i, kInFile), row.keys[i] == 1);
        EXPECT_EQ(opens(i, kInVault), row.keys[i] == 2);
    }
    const auto left = crypto::readKeyFile(file);
    ASSERT_TRUE(left);
    ASSERT_EQ(left->has_value(), row.leavesFile);
    // A later run finds the key that this one seals with.
    const auto& seals = row.leavesFile ? *left : vault.kept;
    EXPECT_TRUE(seals && opens(row.leavesFile ? row.keys.size() - 1 : 0, *seals));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, SpoolKey,
    testing::Values(
        Row{"FirstStartWithAKeyring", false, false, {}, {}, false, false, {0}, false, false},
        Row{"FirstStartWithout", false, false, kNone, {}, false, false, {0}, true, false},
        Row{"FirstStartWhileLocked", false, false, kLocked, {}, false, false, {0}, true, true},
        Row{"FirstStartAndTheKeyringRefuses", false, false, {}, kLocked, false, false, {0}, true, true},
        Row{"InTheKeyring", false, true, {}, {}, false, true, {2}, false, false},
        Row{"AFileMovesIntoTheKeyring", true, false, {}, {}, false, true, {1}, false, false},
        Row{"AFileStaysWhereThereIsNone", true, false, kNone, {}, false, true, {1}, true, false},
        Row{"AFileStaysWhileLocked", true, false, kLocked, {}, false, true, {1}, true, true},
        Row{"AFileStaysWhereTheKeyringRefuses", true, false, {}, kLocked, false, true, {1}, true, true},
        Row{"AFileStaysWhereTheKeyringForgets", true, false, {}, {}, true, true, {1}, true, true},
        Row{"OfALockedTimeStaysForItsAudio", true, true, {}, {}, false, true, {2, 1}, true, false},
        Row{"OfALockedTimeGoesWithItsAudio", true, true, {}, {}, false, false, {2}, false, false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(SpoolKeyFile, ThatOthersMayReadIsRefused) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "spool.key";
    ASSERT_TRUE(crypto::writeKeyFile(file, kInFile));
    struct stat facts {};
    ASSERT_EQ(::stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U);
    ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
    FakeVault vault;
    EXPECT_FALSE(spoolKeys(file, folder.path() / "spool", vault));
}

TEST(SystemVault, IsAbsentWhereTheSessionHasNoBus) {
    ::setenv("DBUS_SESSION_BUS_ADDRESS", "", 1);
    ::setenv("XDG_RUNTIME_DIR", "/nowhere", 1);
    const auto vault = systemVault("/nowhere/agent");
    EXPECT_EQ(vault->load().error().kind, ErrorKind::NotFound);
    EXPECT_EQ(vault->store(kInFile).error().kind, ErrorKind::NotFound);
}

/// Run by the test below in a session with a keyring of its own.
TEST(SystemVault, DISABLED_KeepsTheKey) {
    const auto vault = systemVault("/home/somebody/agent");
    const auto before = vault->load();
    ASSERT_TRUE(before) << before.error().detail;
    EXPECT_FALSE(*before);
    for (const Key& key : {kInFile, kInVault}) {
        const auto stored = vault->store(key);
        ASSERT_TRUE(stored) << stored.error().detail;
        const auto kept = vault->load();
        ASSERT_TRUE(kept) << kept.error().detail;
        EXPECT_EQ(*kept, key);
    }
    EXPECT_EQ(systemVault("/home/somebody/else")->load().value(), std::nullopt);
}

TEST(SystemVault, KeepsTheKeyInTheSessionsKeyring) {
    if (std::system("command -v dbus-run-session gnome-keyring-daemon >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "no dbus-run-session or gnome-keyring-daemon";
    if (kIsUnderTsan) GTEST_SKIP() << "ThreadSanitizer does not see how GLib's threads wait for each other";
    const TemporaryFolder home;
    const auto script = home.path() / "session.sh";
    std::ofstream{script}
        << "export HOME='" << home.path().string() << "' XDG_DATA_HOME='" << home.path().string()
        << "' XDG_RUNTIME_DIR='" << home.path().string() << "'\n"
        << "export ASAN_OPTIONS=detect_leaks=0\n"  // of GLib, which keeps what it made to its end
        << "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 1\n"
        // The daemon answers a little before it has a collection; what was not stored leaves nothing behind.
        << "for attempt in $(seq 50); do '" << fs::read_symlink("/proc/self/exe").string()
        << "' --gtest_also_run_disabled_tests --gtest_filter=SystemVault.DISABLED_KeepsTheKey && exit 0; "
           "done\n"
        << "exit 1\n";
    EXPECT_EQ(std::system(("dbus-run-session -- sh '" + script.string() + "' >&2").c_str()), 0);
}

}  // namespace
}  // namespace ninja3cx::agent
