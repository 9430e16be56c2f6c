#include "server/directory/directory_store.hpp"

#include "server/tests/scratch.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>

namespace ninja3cx::directory {
namespace {

constexpr Stamp kOld{1'000, true};
constexpr Stamp kNew{2'000, true};

PersonRecord person(const std::string& uid, const std::string& phone) {
    PersonRecord made;
    made.uid = uid;
    made.name = "Name of " + uid;
    made.email = uid + "@exemple.fr";
    made.phone = phone;
    made.number = numberOf(phone, DialPlan{});
    made.organizationId = 12;
    return made;
}

/// Sorted; of `count` people all are others than those of another `round`.
std::vector<PersonRecord> people(int count, int round) {
    std::vector<PersonRecord> made;
    for (int i = 0; i < count; ++i)
        made.push_back(
            person("u" + std::to_string(1000 + i), "01234" + std::to_string(10'000 + 7 * i + round)));
    return made;
}

/// Runs on every connection that is opened while this lives.
class OnOpen {
public:
    explicit OnOpen(void (*act)(sqlite3*)) {
        act_ = act;
        sqlite3_auto_extension(entry());
    }
    ~OnOpen() { sqlite3_cancel_auto_extension(entry()); }
    OnOpen(const OnOpen&) = delete;
    OnOpen& operator=(const OnOpen&) = delete;

private:
    static int run(sqlite3* handle, const char**, const void*) {
        act_(handle);
        return SQLITE_OK;
    }
    static void (*entry())() { return reinterpret_cast<void (*)()>(&run); }
    static inline void (*act_)(sqlite3*) = nullptr;
};

struct DirectoryStoreTest : testing::Test {
    DirectoryStore make(const DialPlan& plan = {}) {
        return DirectoryStore{folder.path(), plan,
                              [this](const std::string& line) { remarks.push_back(line); }};
    }
    DirectoryStore::Held held() {
        auto store = make();
        auto read = store.load();
        EXPECT_TRUE(read) << (read ? "" : read.error().detail);
        return read ? *read : DirectoryStore::Held{};
    }
    std::filesystem::path file() const { return folder.path() / "ninja-directory.db"; }

    test::Scratch folder;
    std::vector<std::string> remarks;
};

TEST_F(DirectoryStoreTest, GivesBackWhatWasStored) {
    const std::vector<OrganizationRecord> organizations{{12, "Exemple SARL"}};
    std::vector<PersonRecord> contacts{person("c1", "01 23 45 67 89"), person("c2", ""),
                                       person("c3", "123456789")};
    contacts[1].isEnabled = false;
    contacts[2].deviceIds = {345, 7};
    const std::vector<OrganizationNumberRecord> numbers{{12, "01 40 00 00 00"}};
    const std::vector<TechnicianRecord> technicians{{4, "Alice", "alice@msp.fr", true}};
    const std::vector<LocationRecord> locations{{3, 12, "Lyon"}};
    const std::vector<DeviceRecord> devices{{345, 12, 3, "PC-COMPTA-02", "c1", true},
                                            {346, 12, 0, "SRV", "", false}};
    const std::vector<HealthRecord> health{{345, "UNHEALTHY", "updates"}};
    const std::vector<AlertRecord> alerts{{"a1", 345, "Disk full"}};
    const std::vector<LoggedOnRecord> loggedOn{{345, "EXEMPLE\\cmartin", 1'763'827'200}};
    {
        auto store = make();
        ASSERT_TRUE(store.load());
        ASSERT_TRUE(store.replace(List::Organizations, organizations, kOld));
        ASSERT_TRUE(store.replace(List::Contacts, contacts, kNew));
        ASSERT_TRUE(store.replace(List::OrganizationNumbers, numbers, kOld));
        ASSERT_TRUE(store.replace(List::Technicians, technicians, kOld));
        ASSERT_TRUE(store.replace(List::Locations, locations, kOld));
        ASSERT_TRUE(store.replace(List::Devices, devices, kOld));
        ASSERT_TRUE(store.replace(List::DeviceHealth, health, kOld));
        ASSERT_TRUE(store.replace(List::Alerts, alerts, kOld));
        ASSERT_TRUE(store.replace(List::LoggedOnUsers, loggedOn, kOld));
        ASSERT_TRUE(store.replace(List::EndUsers, std::vector<PersonRecord>{}, Stamp{3'000, false}));
    }
    const auto read = held();
    EXPECT_EQ(*read.lists.organizations, organizations);
    EXPECT_EQ(*read.lists.contacts, contacts);
    EXPECT_EQ(*read.lists.organizationNumbers, numbers);
    EXPECT_EQ(*read.lists.technicians, technicians);
    EXPECT_EQ(*read.lists.locations, locations);
    EXPECT_EQ(*read.lists.devices, devices);
    EXPECT_EQ(*read.lists.health, health);
    EXPECT_EQ(*read.lists.alerts, alerts);
    EXPECT_EQ(*read.lists.loggedOn, loggedOn);
    EXPECT_TRUE(read.lists.endUsers->empty());
    EXPECT_EQ(read.stamps.at(List::Contacts), kNew);
    EXPECT_EQ(read.stamps.at(List::EndUsers), (Stamp{3'000, false}));
    EXPECT_TRUE(remarks.empty());
    struct stat about {};
    ASSERT_EQ(::stat(file().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST_F(DirectoryStoreTest, WritesOnlyTheRowsThatDiffer) {
    auto store = make();
    auto rows = people(500, 0);
    EXPECT_EQ(store.replace(List::Contacts, rows, kOld).value(), 500U);
    EXPECT_EQ(store.replace(List::Contacts, rows, kNew).value(), 0U);
    rows[3].name = "Somebody else";
    rows.erase(rows.begin() + 7);
    EXPECT_EQ(store.replace(List::Contacts, rows, kNew).value(), 2U);
    EXPECT_EQ(*held().lists.contacts, rows);
}

TEST_F(DirectoryStoreTest, KeepsNumbersIndexedInTheirInternationalForm) {
    {
        auto store = make();
        ASSERT_TRUE(store.replace(List::Contacts, std::vector{person("c1", "01.23.45.67.89")}, kOld));
    }
    auto database = storage::Database::open(file(), storage::Database::Access::ReadOnly);
    ASSERT_TRUE(database);
    EXPECT_EQ(database->text("SELECT uid FROM contacts WHERE e164 = '+33123456789'").value(), "c1");
    std::string plan;
    ASSERT_TRUE(database->each("EXPLAIN QUERY PLAN SELECT uid FROM contacts WHERE e164 = ?", {},
                               [&](const auto& row) {
                                   plan += row.text(3);
                                   return Result<void>{};
                               }));
    EXPECT_NE(plan.find("contacts_e164"), std::string::npos) << plan;
}

TEST_F(DirectoryStoreTest, ReadsNumbersAnewWhenTheSiteMoved) {
    {
        auto store = make();
        ASSERT_TRUE(store.load());
        ASSERT_TRUE(store.replace(List::Contacts, std::vector{person("c1", "02 123 45 67 89")}, kOld));
    }
    auto store = make(DialPlan{"BE"});
    const auto read = store.load();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->lists.contacts->at(0).number, numberOf("02 123 45 67 89", DialPlan{"BE"}));
    EXPECT_EQ(read->stamps.at(List::Contacts), kOld);
}

TEST_F(DirectoryStoreTest, IsMadeAnewWhenItIsDamaged) {
    {
        auto store = make();
        ASSERT_TRUE(store.replace(List::Contacts, people(300, 0), kOld));
    }
    const auto size = std::filesystem::file_size(file());
    {
        std::fstream wound{file(), std::ios::in | std::ios::out | std::ios::binary};
        wound.seekp(4096);
        wound << std::string(size - 4096, '\x5a');
    }
    const auto read = held();
    EXPECT_TRUE(read.stamps.empty());
    EXPECT_TRUE(read.lists.contacts->empty());
    ASSERT_EQ(remarks.size(), 1U);
    EXPECT_NE(remarks[0].find("is damaged: it is made anew"), std::string::npos) << remarks[0];
    auto store = make();
    EXPECT_TRUE(store.replace(List::Contacts, people(300, 1), kNew));
    EXPECT_EQ(remarks.size(), 1U);
}

TEST_F(DirectoryStoreTest, IsMadeAnewWhenItIsDamagedWhileInUse) {
    auto store = make();
    ASSERT_TRUE(store.replace(List::Contacts, people(300, 0), kOld));
    {
        std::fstream wound{file(), std::ios::in | std::ios::out | std::ios::binary};
        wound.seekp(24);
        wound << "changed by another";  // so that what is cached of it is read anew
        wound.seekp(4096);
        wound << std::string(std::filesystem::file_size(file()) - 4096, '\x5a');
    }
    const auto rows = people(300, 1);
    EXPECT_TRUE(store.replace(List::Contacts, rows, kNew));
    EXPECT_EQ(remarks.size(), 1U);
    EXPECT_EQ(*held().lists.contacts, rows);
}

TEST_F(DirectoryStoreTest, SetsAFileAsideThatIsNotItsOwn) {
    for (const bool isDatabase : {false, true}) {
        std::filesystem::remove(file());
        if (isDatabase) {
            auto other = storage::Database::open(file(), storage::Database::Access::ReadWrite);
            ASSERT_TRUE(other);
            ASSERT_TRUE(other->script("CREATE TABLE theirs(x)"));
        } else {
            std::ofstream{file()} << R"({"version":1})";
        }
        remarks.clear();
        EXPECT_TRUE(held().stamps.empty());
        ASSERT_EQ(remarks.size(), 1U);
        EXPECT_NE(remarks[0].find("is set aside as"), std::string::npos) << remarks[0];
        EXPECT_TRUE(std::filesystem::exists(file().string() + ".aside"));
    }
}

TEST_F(DirectoryStoreTest, SetsNoFileAsideOverAnother) {
    const auto contentOf = [](const std::filesystem::path& path) {
        std::ifstream in{path};
        return std::string{std::istreambuf_iterator<char>{in}, {}};
    };
    const auto plant = [&](const std::string& content) {
        std::filesystem::remove(file());
        std::ofstream{file()} << content;
    };
    for (int number = 1; number <= 9; ++number) {
        plant("notes " + std::to_string(number));
        EXPECT_TRUE(held().stamps.empty());
    }
    const auto aside = setAsideIn(folder.path());
    ASSERT_EQ(aside.size(), 9U);
    EXPECT_EQ(contentOf(file().string() + ".aside"), "notes 1");
    EXPECT_EQ(contentOf(file().string() + ".aside-9"), "notes 9");
    EXPECT_NE(remarks[1].find(".aside-2"), std::string::npos) << remarks[1];

    plant("notes 10");
    const auto refused = make().load();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("move them elsewhere"), std::string::npos);
    EXPECT_EQ(contentOf(file()), "notes 10") << "rather no copy than to lose what is somebody's";

    ASSERT_TRUE(eraseCopy(folder.path()));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(DirectoryStoreTest, IsMadeAnewByAnotherVersion) {
    {
        auto store = make();
        ASSERT_TRUE(store.replace(List::Contacts, people(3, 0), kOld));
    }
    {
        auto database = storage::Database::open(file(), storage::Database::Access::ReadWrite);
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->script("PRAGMA user_version = 99"));
    }
    EXPECT_TRUE(held().stamps.empty());
    ASSERT_EQ(remarks.size(), 1U);
    EXPECT_NE(remarks[0].find("another version"), std::string::npos) << remarks[0];
}

TEST_F(DirectoryStoreTest, RemovesTheFileThatWasBeforeIt) {
    for (const char* name : {"ninja-directory.json", "ninja-directory.json.new"})
        std::ofstream{folder.path() / name} << "{}";
    (void)held();
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "ninja-directory.json"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "ninja-directory.json.new"));
}

TEST_F(DirectoryStoreTest, ErasingLeavesNothingOfIt) {
    {
        auto store = make();
        ASSERT_TRUE(store.replace(List::Contacts, people(3, 0), kOld));
    }
    for (const char* end : {"-journal", "-wal", "-shm", ".aside"})
        std::ofstream{file().string() + end} << "x";
    ASSERT_TRUE(eraseCopy(folder.path()));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    EXPECT_TRUE(eraseCopy(folder.path())) << "nor is there anything to complain of";
}

TEST_F(DirectoryStoreTest, LeavesTheOldListWhenTheDiskIsFull) {
    const auto before = people(50, 0);
    {
        auto store = make();
        ASSERT_TRUE(store.replace(List::Contacts, before, kOld));
    }
    {
        const OnOpen full{[](sqlite3* handle) {
            sqlite3_exec(handle, "PRAGMA max_page_count = 1", nullptr, nullptr, nullptr);  // its present size
        }};
        auto store = make();
        const auto refused = store.replace(List::Contacts, people(5'000, 1), kNew);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().detail.find("disk is full"), std::string::npos) << refused.error().detail;
        EXPECT_EQ(*store.load()->lists.contacts, before);
    }
    EXPECT_EQ(held().stamps.at(List::Contacts), kOld);
    EXPECT_TRUE(remarks.empty());
    auto store = make();
    EXPECT_TRUE(store.replace(List::Contacts, people(5'000, 1), kNew));
}

int changesUntilTheEnd = 0;
int commitsUntilTheEnd = 0;

/// The process ends within SQLite: at a change of a row, or when a transaction is about to be committed.
void endWithin(sqlite3* handle) {
    sqlite3_exec(handle, "PRAGMA cache_size = 1", nullptr, nullptr,
                 nullptr);  // what is written goes to the file
    sqlite3_update_hook(
        handle,
        [](void*, int, const char*, const char*, sqlite3_int64) {
            if (--changesUntilTheEnd == 0) ::_exit(1);
        },
        nullptr);
    sqlite3_commit_hook(
        handle, [](void*) -> int { return --commitsUntilTheEnd == 0 ? (::_exit(1), 0) : 0; }, nullptr);
}

struct CrashTest : DirectoryStoreTest {
    const std::vector<OrganizationRecord> oldOrganizations{{1, "One"}, {2, "Two"}};
    const std::vector<OrganizationRecord> newOrganizations{{1, "One"}, {3, "Three"}};
    const std::vector<PersonRecord> oldPeople = people(300, 0);
    const std::vector<PersonRecord> newPeople = people(350, 1);

    bool write(const std::vector<OrganizationRecord>& organizations, const std::vector<PersonRecord>& people,
               Stamp stamp) {
        auto store = make();
        return store.load() && store.replace(List::Organizations, organizations, stamp) &&
               store.replace(List::EndUsers, people, stamp) && store.replace(List::Contacts, people, stamp);
    }
    /// True when it came to its end.
    bool writeNewUntilKilled(int changes, int commits) {
        const ::pid_t child = ::fork();
        if (child == 0) {
            changesUntilTheEnd = changes;
            commitsUntilTheEnd = commits;
            const OnOpen hooked{endWithin};
            ::_exit(write(newOrganizations, newPeople, kNew) ? 0 : 2);
        }
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) != 2);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    void expectWholeLists(const std::string& where) {
        const auto read = held();
        const auto check = [&](List list, const auto& rows, const auto& before, const auto& after) {
            ASSERT_TRUE(read.stamps.contains(list)) << where;
            const bool isNew = read.stamps.at(list) == kNew;
            EXPECT_TRUE(isNew || read.stamps.at(list) == kOld) << where;
            EXPECT_TRUE(rows == (isNew ? after : before)) << where << ", list " << nameOf(list).spoken;
        };
        check(List::Organizations, *read.lists.organizations, oldOrganizations, newOrganizations);
        check(List::EndUsers, *read.lists.endUsers, oldPeople, newPeople);
        check(List::Contacts, *read.lists.contacts, oldPeople, newPeople);
    }
};

TEST_F(CrashTest, LeavesEachListOldOrNewWhereverItStrikes) {
    ASSERT_TRUE(write(oldOrganizations, oldPeople, kOld));
    const auto kept = folder.path() / "kept.db";
    std::filesystem::copy_file(file(), kept);
    const auto from = [&] {
        std::filesystem::copy_file(kept, file(), std::filesystem::copy_options::overwrite_existing);
        std::filesystem::remove(file().string() + "-journal");
    };
    int kills = 0;
    for (int commits = 1;; ++commits) {
        from();
        if (writeNewUntilKilled(0, commits)) break;
        ++kills;
        expectWholeLists("commit " + std::to_string(commits));
    }
    EXPECT_GE(kills, 3) << "each list has a commit of its own";
    for (int changes = 1;; changes += 67) {
        from();
        if (writeNewUntilKilled(changes, 0)) break;
        ++kills;
        expectWholeLists("change " + std::to_string(changes));
    }
    EXPECT_GE(kills, 12);
    EXPECT_TRUE(remarks.empty()) << remarks.front();
}

}  // namespace
}  // namespace ninja3cx::directory
