#include "server/app/commands.hpp"

#include "server/storage/data_dir.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace ninja3cx::app {
namespace {

class Commands : public testing::Test {
protected:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("commands_test_" + std::to_string(::getpid()));
    Setting setting_;
    void SetUp() override {
        std::filesystem::create_directories(folder_);
        setting_.settings = config::loadSettings({})->settings;
        setting_.dataDir = folder_ / "data";
        setting_.version = "1.2.3";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    /// Runs a command and gives what it printed.
    std::string output(int (*command)(const Setting&), int expectedCode) {
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        EXPECT_EQ(command(setting_), expectedCode);
        errors_ = testing::internal::GetCapturedStderr();
        return testing::internal::GetCapturedStdout();
    }
    std::string errors_;
};

TEST_F(Commands, KeysAreShownOnceListedWithoutTheirSecretAndRevoked) {
    setting_.arguments.values = {{"role", "agent"}, {"extension", "201"}, {"label", "Alice's PC"}};
    const std::string key = output(createKey, kDone);
    EXPECT_EQ(key.substr(0, 5), "3cxn_");
    setting_.arguments = {};
    const std::string list = output(listKeys, kDone);
    EXPECT_NE(list.find("agent 201  Alice's PC"), std::string::npos) << list;
    EXPECT_NE(list.find("never used"), std::string::npos) << list;
    EXPECT_EQ(list.find(key.substr(5, 20)), std::string::npos);
    setting_.arguments.words = {list.substr(2, list.find(' ', 2) - 2)};
    output(revokeKey, kDone);
    EXPECT_NE(output(listKeys, kDone).find("revoked"), std::string::npos);
    setting_.arguments.words = {"key-none"};
    output(revokeKey, kFailed);
}

TEST_F(Commands, WhatCommandsDidIsInTheAuditTrail) {
    setting_.arguments.values = {{"role", "admin"}};
    output(createKey, kDone);
    setting_.arguments = {};
    const std::string list = output(listKeys, kDone);
    const std::string keyId = list.substr(2, list.find(' ', 2) - 2);
    setting_.arguments.words = {keyId};
    output(revokeKey, kDone);
    setting_.arguments.words = {"key-none"};
    output(revokeKey, kFailed);
    setting_.arguments.words = {(folder_ / "copy.db").string()};
    output(backup, kDone);
    setting_.arguments = {};
    setting_.arguments.values = {{"contact", "+33612345678"}};
    output(purge, kDone);
    setting_.arguments = {};
    setting_.arguments.words = {(folder_ / "copy.db").string()};
    output(restore, kDone);
    setting_.arguments = {};
    const std::string trail = output(audit, kDone);
    std::size_t from = 0;
    for (const char* action :
         {"restore  copy.db", "purge.contact  0 calls", "backup  copy.db", "key.revoke", "key.create"}) {
        const std::size_t found = trail.find(action);
        ASSERT_NE(found, std::string::npos) << action << " is not in\n" << trail;
        EXPECT_GT(found, from) << trail;
        from = found;
    }
    EXPECT_EQ(trail.find("33612345678"), std::string::npos) << trail;
    EXPECT_EQ(trail.find("key-none"), std::string::npos) << trail;
    EXPECT_NE(trail.find("Z  command:"), std::string::npos) << trail;
    setting_.arguments.values = {{"limit", "1"}, {"format", "json"}};
    const std::string newest = output(audit, kDone);
    EXPECT_EQ(newest.rfind(R"({"lines":[{"id":)", 0), 0U) << newest;
    EXPECT_NE(newest.find(R"("action":"audit.read")"), std::string::npos) << newest;
    setting_.arguments.values = {{"since", "2999-01-01"}};
    EXPECT_EQ(output(audit, kDone), "");
    for (const char* day : {"yesterday", "2026-02-30", "2026-1-1"}) {
        setting_.arguments.values = {{"since", day}};
        output(audit, kBadUsage);
    }
    setting_.arguments.values = {{"limit", "0"}};
    output(audit, kBadUsage);
}

TEST_F(Commands, AKeyNeedsAKnownRole) {
    setting_.arguments.values = {{"role", "boss"}};
    output(createKey, kBadUsage);
    setting_.arguments.values = {{"role", "dashboard"}, {"extension", "201"}};
    output(createKey, kBadUsage);
}

TEST_F(Commands, ABackupComesBack) {
    setting_.arguments.values = {{"role", "admin"}};
    output(createKey, kDone);
    setting_.arguments = {};
    setting_.arguments.words = {(folder_ / "copy.db").string()};
    output(backup, kDone);
    output(backup, kFailed);  // overwrites nothing
    setting_.dataDir = folder_ / "other";
    output(restore, kDone);
    EXPECT_NE(output(listKeys, kDone).find("admin"), std::string::npos);
}

TEST_F(Commands, PurgeSaysWhatItErasedAndRefusesNonsense) {
    output(listKeys, kDone);  // makes the database
    setting_.arguments.values = {{"format", "json"}};
    EXPECT_EQ(output(purge, kDone), "{\"calls\":0,\"transcripts\":0,\"auditLines\":0,\"kept\":0}\n");
    setting_.arguments.values = {{"call", "a"}, {"contact", "b"}};
    output(purge, kBadUsage);
    setting_.arguments.values = {{"older-than", "soon"}};
    output(purge, kBadUsage);
    setting_.arguments.values = {{"call", "call-none"}};
    output(purge, kFailed);
}

TEST_F(Commands, ASelfSignedCertificateIsPrivateAndNotOverwritten) {
    setting_.arguments.values = {{"out", (folder_ / "tls").string()}, {"host", "server.lan,10.1.2.3"}};
    EXPECT_NE(output(selfSign, kDone).find("SHA-256:"), std::string::npos);
    for (const char* name : {"server.crt", "server.key"})
        EXPECT_EQ(std::filesystem::status(folder_ / "tls" / name).permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    output(selfSign, kFailed);
    setting_.arguments.switches = {"force"};
    output(selfSign, kDone);
}

TEST_F(Commands, ASecondStartLeavesTheLogOfTheFirstAlone) {
    setting_.settings.log.directory = (folder_ / "logs").string();
    const auto running = storage::DataDirLock::take(setting_.dataDir);
    ASSERT_TRUE(running);
    output(serve, kFailed);
    EXPECT_NE(errors_.find("is in use by process"), std::string::npos) << errors_;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "logs"));
}

TEST_F(Commands, DoctorSaysHowToMendEachFailure) {
    setting_.settings.whisper.modelsDir = (folder_ / "nothing").string();
    setting_.settings.server.port = 0;
    setting_.settings.pbx.url = "http://127.0.0.1:1";
    const std::string text = output(doctor, kFailed);
    EXPECT_NE(text.find("3cx-ninja-server models pull base"), std::string::npos) << text;
    EXPECT_NE(text.find("check pbx.url and the network"), std::string::npos) << text;
    EXPECT_NE(text.find("NINJA_CLIENT_ID"), std::string::npos) << text;
}

TEST_F(Commands, ModelsAreListedWithWhereTheyAre) {
    const std::string text = output(listModels, kDone);
    EXPECT_NE(text.find("not here: models pull large-v3"), std::string::npos);
    EXPECT_NE(text.find("ggml-demo-fr-q8_0.bin"), std::string::npos);
    setting_.arguments.words = {"bas"};
    output(pullModel, kFailed);
    EXPECT_NE(errors_.find("did you mean 'base'?"), std::string::npos) << errors_;
    setting_.arguments.words = {"mine"};
    setting_.arguments.values = {{"url", "https://example.com/x"}};
    output(pullModel, kBadUsage);
}

}  // namespace
}  // namespace ninja3cx::app
