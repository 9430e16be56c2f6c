#include "server/app/commands.hpp"

#include "server/app/certificate.hpp"
#include "server/app/model_choice.hpp"
#include "server/models/catalog.hpp"
#include "server/models/checksum.hpp"
#include "server/net/http.hpp"
#include "server/storage/data_dir.hpp"
#include "server/tests/half_float_model.hpp"
#include "server/tests/scratch.hpp"
#include "server/transcription/whisper_decoder.hpp"
#include "shared/audio/audio_file.hpp"
#include "shared/audio/wav.hpp"
#include "shared/core/text.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <utility>

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
    /// For `transcribe`: the first seconds of a sample call, with the demo model.
    void setUpBeginning() {
        auto sound = audio::readAudioFile("samples/calls/01-vpn-panne.flac").value();
        for (auto& channel : sound.channels) channel.resize(12'300 * 16);
        const auto file = folder_ / "call.wav";
        ASSERT_TRUE(audio::writeWavFile(file, sound));
        setting_.settings.whisper.modelsDir = "models";
        setting_.arguments.words = {file.string()};
        setting_.arguments.values = {{"model", "demo"}};
    }
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

TEST_F(Commands, RestoreSaysWhenTheAuditTrailCouldNotBeKept) {
    output(listKeys, kDone);  // makes the database
    setting_.arguments.words = {(folder_ / "copy.db").string()};
    output(backup, kDone);
    output(restore, kDone);
    EXPECT_EQ(errors_, "");
    std::ofstream{storage::databaseFile(setting_.dataDir)} << "damaged beyond repair";
    output(restore, kDone);
    EXPECT_NE(errors_.find("audit trail since the backup is not in it"), std::string::npos) << errors_;
    setting_.dataDir = folder_ / "fresh";
    output(restore, kDone);
    EXPECT_EQ(errors_, "") << "there was none";
}

TEST_F(Commands, ARestoreLetsNobodyInWhoWasShutOut) {
    const auto made = [&] {
        setting_.arguments = {};
        setting_.arguments.values = {
            {"role", "agent"}, {"extension", "201"}, {"label", "old PC"}, {"format", "json"}};
        return std::string{boost::json::parse(output(createKey, kDone)).at("keyId").as_string()};
    };
    const auto run = [&](int (*command)(const Setting&), const std::string& word) {
        setting_.arguments = {};
        if (!word.empty()) setting_.arguments.words = {word};
        return output(command, kDone);
    };
    const std::string good = made();
    const std::string lost = made();
    const std::string copy = (folder_ / "copy.db").string();
    run(backup, copy);
    run(revokeKey, lost);
    EXPECT_NE(run(restore, copy).find(lost + " was revoked since and stays so"), std::string::npos);
    EXPECT_EQ(errors_, "");
    const std::string trail = run(audit, "");
    EXPECT_NE(trail.find("key.keepRevoked  " + lost), std::string::npos) << trail;
    EXPECT_NE(trail.find("key.revoke  " + lost), std::string::npos) << trail;
    EXPECT_EQ(trail.find("key.restore"), std::string::npos) << trail;

    std::ofstream{storage::databaseFile(setting_.dataDir)} << "damaged beyond repair";
    run(restore, copy);
    const std::string warning = errors_;
    for (const std::string& id : {good, lost}) {
        EXPECT_NE(warning.find("  " + id + "  agent 201  old PC  created 20"), std::string::npos) << warning;
        EXPECT_NE(run(audit, "").find("key.restore  " + id), std::string::npos);
    }
    EXPECT_NE(warning.find("revoked after the backup was made"), std::string::npos) << warning;
}

TEST_F(Commands, ADamagedDatabaseHasNoBackup) {
    output(listKeys, kDone);  // makes the database
    const auto file = storage::databaseFile(setting_.dataDir);
    {
        std::fstream bytes{file, std::ios::in | std::ios::out | std::ios::binary};
        bytes.seekp(4'096 * 3);
        bytes << std::string(4'096 * 3, 'z');
    }
    setting_.arguments.words = {(folder_ / "copy.db").string()};
    output(backup, kFailed);
    EXPECT_NE(errors_.find("is damaged"), std::string::npos) << errors_;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "copy.db"));
}

TEST_F(Commands, PurgeSaysWhatItErasedAndRefusesNonsense) {
    output(listKeys, kDone);  // makes the database
    setting_.arguments.values = {{"format", "json"}};
    EXPECT_EQ(output(purge, kDone),
              "{\"calls\":0,\"transcripts\":0,\"auditLines\":0,\"kept\":0,\"unknownAudio\":0}\n");
    setting_.arguments.values = {{"call", "a"}, {"contact", "b"}};
    output(purge, kBadUsage);
    setting_.arguments.values = {{"older-than", "soon"}};
    output(purge, kBadUsage);
    setting_.arguments.values = {{"call", "call-none"}};
    output(purge, kFailed);
}

TEST_F(Commands, PurgeTakesWhatWasSetAsideOfACall) {
    output(listKeys, kDone);  // makes the database
    auto database = storage::openDatabase(setting_.dataDir);
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->script(
        "INSERT INTO calls (call_id, extension, stage, started_at_ms, remote_number, record, phone_key)"
        " VALUES ('call-1', '201', 'closed', 1, '+33612345678', '{}', '')"));
    const auto damaged = setting_.dataDir / "journal-damaged" / "call-1";
    std::filesystem::create_directories(damaged);
    std::ofstream{damaged / "agent.pcmj"} << "audio";
    setting_.arguments.values = {{"contact", "0612345678"}};
    output(purge, kDone);
    EXPECT_FALSE(std::filesystem::exists(damaged));
}

/// Whatever lies in the data directory beside the database, as its folder's list in docs/CONFIGURATION.md says.
TEST_F(Commands, NoFileOfTheDataDirectoryKeepsAWordAfterAPurge) {
    const std::string word = "Zebulonquark";
    const std::vector<std::map<std::string, std::string>> purges{
        {}, {{"contact", "0612345678"}}, {{"older-than", "0"}}};
    for (const auto& values : purges) {
        setting_.arguments = {};
        output(listKeys, kDone);  // makes the database
        const auto plant = [&](const std::string& file) {
            std::filesystem::create_directories((setting_.dataDir / file).parent_path());
            std::ofstream{setting_.dataDir / file} << word;
            std::filesystem::last_write_time(
                setting_.dataDir / file,
                std::filesystem::file_time_type::clock::now() - std::chrono::hours{1});
        };
        for (const char* file :
             {"ninja-directory.db", "ninja-directory.db-journal", "ninja-directory.db.aside",
              "ninja-directory.json", "ninja-directory.json.new", "journal/call-gone/agent.pcmj",
              "journal-unknown/call-2/agent.pcmj", "journal-unknown/call-2.2/customer.pcmj",
              "ninja.db.replaced-1", "ninja.db.replaced-1-wal", "ninja.db.restoring",
              "ninja.db-wal.damaged-1"})
            plant(file);
        ASSERT_EQ(test::filesWith(setting_.dataDir, word).size(), 12U);
        setting_.arguments.values.insert(values.begin(), values.end());
        output(purge, kDone);
        EXPECT_EQ(test::filesWith(setting_.dataDir, word), std::vector<std::string>{});
    }
    setting_.arguments = {};
    EXPECT_NE(output(audit, kDone).find("purge.unknownAudio  3 calls"), std::string::npos);
}

TEST_F(Commands, PurgeTakesTheAudioOfOneUnknownCall) {
    output(listKeys, kDone);  // makes the database
    for (const char* callId : {"call-1", "call-2"})
        std::filesystem::create_directories(setting_.dataDir / "journal-unknown" / callId);
    setting_.arguments.values = {{"call", "call-1"}};
    output(purge, kDone);
    EXPECT_FALSE(std::filesystem::exists(setting_.dataDir / "journal-unknown/call-1"));
    EXPECT_TRUE(std::filesystem::exists(setting_.dataDir / "journal-unknown/call-2"));
    output(purge, kFailed);
    setting_.arguments.values = {{"older-than", "1"}};
    output(purge, kDone);
    EXPECT_TRUE(std::filesystem::exists(setting_.dataDir / "journal-unknown/call-2"));
}

TEST_F(Commands, ASelfSignedCertificatesKeyIsPrivateAndNotOverwritten) {
    setting_.arguments.values = {{"out", (folder_ / "tls").string()}, {"host", "server.lan,10.1.2.3"}};
    EXPECT_NE(output(selfSign, kDone).find("SHA-256:"), std::string::npos);
    const auto modeOf = [&](const char* name) {
        return std::filesystem::status(folder_ / "tls" / name).permissions();
    };
    EXPECT_EQ(modeOf("server.key"), std::filesystem::perms{0600});
    EXPECT_EQ(modeOf("server.crt"), std::filesystem::perms{0644}) << "agents may be given it";
    output(selfSign, kFailed);
    EXPECT_NE(errors_.find("good until 20"), std::string::npos) << errors_;
    EXPECT_TRUE(checkKey(folder_ / "tls/server.key", folder_ / "tls/server.crt")) << "both are as they were";
}

TEST_F(Commands, ARenewedCertificateIsForTheSameNamesEachOnce) {
    setting_.arguments.values = {{"out", (folder_ / "tls").string()},
                                 {"host", "server.lan,localhost,10.1.2.3,::1,server.lan"},
                                 {"format", "json"}};
    const auto first = boost::json::parse(output(selfSign, kDone));
    const auto names = readCertificate(folder_ / "tls/server.crt")->names;
    EXPECT_EQ(boost::json::value_from(names), first.at("names"));
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
    EXPECT_EQ(std::count(names.begin(), names.end(), "server.lan"), 1);
    setting_.arguments.values.erase("host");
    setting_.arguments.switches = {"force"};
    const auto renewed = boost::json::parse(output(selfSign, kDone));
    EXPECT_EQ(renewed.at("names"), first.at("names"));
    EXPECT_NE(renewed.at("sha256"), first.at("sha256"));
    EXPECT_TRUE(checkKey(folder_ / "tls/server.key", folder_ / "tls/server.crt"));
}

TEST_F(Commands, ARenewedCertificateKeepsTheKeyThatAgentsPinnedUnlessAnotherIsAskedFor) {
    const auto made = [&](std::set<std::string> switches) {
        setting_.arguments.values = {{"out", (folder_ / "tls").string()}, {"format", "json"}};
        setting_.arguments.switches = std::move(switches);
        const auto said = boost::json::parse(output(selfSign, kDone));
        EXPECT_TRUE(checkKey(folder_ / "tls/server.key", folder_ / "tls/server.crt"));
        EXPECT_EQ(readCertificate(folder_ / "tls/server.crt")->key.text(),
                  said.at("publicKeySha256").as_string());
        return said;
    };
    const auto first = made({});
    EXPECT_EQ(first.at("isKeyKept"), false);
    const auto renewed = made({"force"});
    EXPECT_EQ(renewed.at("isKeyKept"), true);
    EXPECT_EQ(renewed.at("publicKeySha256"), first.at("publicKeySha256"));
    const auto another = made({"force", "new-key"});
    EXPECT_EQ(another.at("isKeyKept"), false);
    EXPECT_NE(another.at("publicKeySha256"), first.at("publicKeySha256"));
    std::ofstream{folder_ / "tls/server.key"} << "no key";
    EXPECT_EQ(made({"force"}).at("isKeyKept"), false) << "there was none to keep";
}

/// The keys of an object, as scripts rely on them; docs/COMMANDS.md names them.
std::string keysOf(const boost::json::value& value) {
    std::string keys;
    for (const auto& [key, ignored] : value.as_object()) keys += (keys.empty() ? "" : " ") + std::string{key};
    return keys;
}

TEST_F(Commands, JsonKeepsItsShape) {
    const auto json = [&](int (*command)(const Setting&), int code) {
        setting_.arguments.values["format"] = "json";
        return boost::json::parse(output(command, code));
    };
    setting_.arguments.values = {{"role", "admin"}};
    const auto key = json(createKey, kDone);
    EXPECT_EQ(keysOf(key), "keyId role extension key");
    setting_.arguments = {};
    const auto list = json(listKeys, kDone);
    EXPECT_EQ(keysOf(list), "keys");
    EXPECT_EQ(keysOf(list.at("keys").as_array().at(0)),
              "keyId role extension label createdAtMs lastUsedAtMs isRevoked");
    setting_.arguments.words = {std::string{key.at("keyId").as_string()}};
    EXPECT_EQ(keysOf(json(revokeKey, kDone)), "keyId isRevoked");
    const std::string file = (folder_ / "copy.db").string();
    setting_.arguments.words = {file};
    EXPECT_EQ(boost::json::serialize(json(backup, kDone)), "{\"file\":\"" + file + "\"}");
    EXPECT_EQ(keysOf(json(restore, kDone)), "file replaced keysKeptRevoked keysInDoubt");
    setting_.arguments.words = {};
    EXPECT_EQ(keysOf(json(purge, kDone)), "calls transcripts auditLines kept unknownAudio");
    setting_.arguments.values["out"] = (folder_ / "tls").string();
    EXPECT_EQ(keysOf(json(selfSign, kDone)),
              "certificateFile keyFile sha256 names notAfter publicKeySha256 isKeyKept");
    const auto models = json(listModels, kDone);
    EXPECT_EQ(keysOf(models), "models configured partial");
    EXPECT_EQ(keysOf(models.at("models").as_array().at(0)), "name size isPresent file weights uses advice");
    const auto verified = json(verifyModels, kDone);
    EXPECT_EQ(keysOf(verified), "isGood files");
    EXPECT_EQ(keysOf(verified.at("files").as_array().at(0)), "file verdict detail");
    setting_.settings.whisper.modelsDir = (folder_ / "nothing").string();
    setting_.settings.server.port = 0;
    const auto health = json(doctor, kFailed);
    EXPECT_EQ(keysOf(health), "isGood findings capacity");
    EXPECT_EQ(keysOf(health.at("findings").as_array().at(0)), "what verdict detail remedy");
}

TEST_F(Commands, TheDemoModelIsVerifiedAndADamagedOneIsFound) {
    EXPECT_NE(output(verifyModels, kDone).find("ggml-demo-fr-q8_0.bin: ok"), std::string::npos);
    std::filesystem::create_directories(folder_ / "models");
    std::ofstream{folder_ / "models/ggml-demo-fr-q8_0.bin"} << "cut";
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    EXPECT_NE(output(verifyModels, kFailed).find("ggml-demo-fr-q8_0.bin: damaged"), std::string::npos);
    setting_.arguments.words = {"demo"};
    output(pullModel, kFailed);
    EXPECT_NE(errors_.find("comes with this program"), std::string::npos) << errors_;
}

TEST_F(Commands, AFileThatIsThereAlreadyIsKnownToVerifyOnceItWasPulledByItsAddress) {
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    std::filesystem::create_directories(folder_ / "models/downloaded");
    std::ofstream{folder_ / "models/downloaded/ggml-mine.bin"} << "abc";
    setting_.arguments.words = {"mine"};
    setting_.arguments.values = {{"url", "http://127.0.0.1:1/x"},
                                 {"sha", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}};
    EXPECT_NE(output(pullModel, kDone).find("is there and verified"), std::string::npos);
    EXPECT_NE(output(verifyModels, kDone).find("ggml-mine.bin: ok"), std::string::npos);
}

TEST_F(Commands, AModelOfTheCatalogueIsFoundWhereverItWasPulledFrom) {
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    const auto downloads = folder_ / "models/downloaded";
    std::filesystem::create_directories(downloads);
    struct Row {
        const char* name;
        const char* file;
    };
    for (const Row& row : {Row{"silero", "ggml-silero-v6.2.0.bin"}, Row{"tiny", "ggml-tiny.bin"},
                           Row{"large", "ggml-large-v3.bin"}, Row{"mine.bin", "mine.bin"}}) {
        SCOPED_TRACE(row.name);
        std::ofstream{downloads / row.file} << "abc";  // as from a mirror
        setting_.arguments.words = {row.name};
        setting_.arguments.values = {
            {"url", "http://127.0.0.1:1/x"},
            {"sha", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}};
        EXPECT_EQ(output(pullModel, kDone), (downloads / row.file).string() + " is there and verified\n");
    }
    setting_.arguments = {};
    const std::string list = output(listModels, kDone);
    EXPECT_EQ(list.find("not here: models pull silero"), std::string::npos) << list;
    EXPECT_NE(list.find("ggml-silero-v6.2.0.bin = whisper.vadModel"), std::string::npos) << list;
}

TEST_F(Commands, APulledModelIsQuantisedAndKnownToVerify) {
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    const auto downloads = folder_ / "models/downloaded";
    std::filesystem::create_directories(downloads);
    test::writeBytes(downloads / "ggml-mine.bin", test::halfFloatModel());
    const std::string sum = *models::checksumOf(downloads / "ggml-mine.bin", "sha256:");
    setting_.arguments.words = {"mine"};
    setting_.arguments.values = {{"url", "http://127.0.0.1:1/x"}, {"sha", sum}, {"type", "q8_0"}};
    const auto made = downloads / "ggml-mine-q8_0.bin";
    const std::string text = output(pullModel, kDone);
    EXPECT_NE(text.find(made.string() + " is there and verified"), std::string::npos) << text;
    EXPECT_EQ(std::filesystem::exists(downloads / "ggml-mine.bin"), false) << text;
    EXPECT_EQ(output(pullModel, kDone), made.string() + " is there and verified\n") << "nothing is pulled";

    setting_.arguments = {};
    setting_.settings.whisper.model = "mine";
    const std::string list = output(listModels, kDone);
    EXPECT_NE(list.find("q8_0  " + made.string() + " = whisper.model, whisper.partialModel"),
              std::string::npos)
        << list;
    EXPECT_NE(output(verifyModels, kDone).find("quantised here from " + sum), std::string::npos);
    test::writeBytes(made, "damaged");
    EXPECT_NE(output(verifyModels, kFailed).find("damaged"), std::string::npos);
}

TEST_F(Commands, TheSourceOfAQuantisedModelIsKeptWhereItIsAskedForOrUsed) {
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    const auto downloads = folder_ / "models/downloaded";
    std::filesystem::create_directories(downloads);
    const auto source = downloads / "ggml-mine.bin";
    const auto made = downloads / "ggml-mine-q8_0.bin";
    test::writeBytes(source, test::halfFloatModel());
    setting_.arguments.words = {"mine"};
    setting_.arguments.values = {
        {"url", "http://127.0.0.1:1/x"}, {"sha", *models::checksumOf(source, "sha256:")}, {"type", "f16"}};
    output(pullModel, kDone);
    EXPECT_FALSE(std::filesystem::exists(made));
    setting_.arguments.values["type"] = "q8_0";
    setting_.arguments.switches = {"keep-f16"};
    output(pullModel, kDone);
    EXPECT_TRUE(std::filesystem::exists(source));
    std::filesystem::remove(made);
    setting_.arguments.switches = {};
    setting_.settings.whisper.model = "ggml-mine.bin";
    output(pullModel, kDone);
    EXPECT_TRUE(std::filesystem::exists(source));
    EXPECT_TRUE(std::filesystem::exists(made));
    setting_.settings.whisper.model = "mine";
    for (std::string* setting :
         {&setting_.settings.whisper.partialModel, &setting_.settings.whisper.afterCall.model}) {
        std::filesystem::remove(made);
        const std::string before = std::exchange(*setting, "ggml-mine.bin");
        output(pullModel, kDone);
        EXPECT_TRUE(std::filesystem::exists(source));
        EXPECT_TRUE(std::filesystem::exists(made));
        *setting = before;
    }
    setting_.arguments.values["type"] = "q4_0";
    output(pullModel, kBadUsage);
}

TEST_F(Commands, ModelsAreListedWithTheSettingsThatUseThem) {
    setting_.settings.whisper.modelsDir = "models";
    setting_.settings.whisper.model = "base";
    setting_.settings.whisper.partialModel = "off";
    setting_.settings.whisper.afterCall.model = "demo";
    const std::string list = output(listModels, kDone);
    EXPECT_NE(list.find("ggml-demo-fr-q8_0.bin = whisper.afterCall.model"), std::string::npos) << list;
    setting_.settings.whisper.model = setting_.settings.whisper.partialModel = "demo";
    const std::string all = "= whisper.model, whisper.partialModel, whisper.afterCall.model";
    EXPECT_NE(output(listModels, kDone).find(all), std::string::npos);
    setting_.settings.whisper.afterCall.model = "auto";
    EXPECT_NE(output(listModels, kDone).find(all), std::string::npos) << "no better one is there";
}

TEST_F(Commands, AModelFileWhoseNameIsNoTextIsListedAllTheSame) {
    setting_.settings.whisper.modelsDir = folder_.string();
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", folder_ / "ggml-\xff.bin");
    setting_.arguments.values = {{"format", "json"}};
    for (const auto command : {listModels, verifyModels}) {
        const std::string json = output(command, kDone);
        EXPECT_TRUE(isUtf8(json)) << json;
        EXPECT_NE(json.find("ggml-\xEF\xBF\xBD.bin"), std::string::npos) << json;
    }
}

TEST_F(Commands, TheSourceThatAServerMayYetLoadForAfterTheCallIsKept) {
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    const auto downloads = folder_ / "models/downloaded";
    std::filesystem::create_directories(downloads);
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", folder_ / "models/ggml-demo-fr-q8_0.bin");
    setting_.settings.whisper.model = "demo";
    const auto source = downloads / "ggml-small.bin";
    const auto made = downloads / "ggml-small-q8_0.bin";
    test::writeBytes(source, test::halfFloatModel());
    setting_.arguments.words = {"small"};
    setting_.arguments.values = {
        {"url", "http://127.0.0.1:1/x"}, {"sha", *models::checksumOf(source, "sha256:")}, {"type", "q8_0"}};
    for (const char* model : {"auto", "small"}) {
        setting_.settings.whisper.afterCall.model = model;
        const std::string text = output(pullModel, kDone);
        EXPECT_TRUE(std::filesystem::exists(source)) << model;
        EXPECT_NE(text.find(source.string() + " is kept"), std::string::npos) << text;
        EXPECT_TRUE(std::filesystem::exists(made)) << model;
        std::filesystem::remove(made);
    }
    setting_.settings.whisper.afterCall.model = "demo";
    output(pullModel, kDone);
    EXPECT_FALSE(std::filesystem::exists(source));
}

TEST_F(Commands, AModelThatWasQuantisedOfThePublishedFileIsNotPulledAgain) {
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    const auto made = folder_ / "models/downloaded/ggml-base-q8_0.bin";
    std::filesystem::create_directories(made.parent_path());
    test::writeBytes(folder_ / "made", "weights");
    ASSERT_TRUE(models::installMade(folder_ / "made", made, models::modelNamed("base")->checksum));
    setting_.arguments.words = {"base"};
    EXPECT_EQ(output(pullModel, kDone), made.string() + " is there and verified\n");
}

TEST_F(Commands, AModelThatCannotBeQuantisedStaysUsable) {
    setting_.settings.whisper.modelsDir = (folder_ / "models").string();
    const auto file = folder_ / "models/downloaded/ggml-mine.bin";
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", file);
    setting_.arguments.words = {"mine"};
    setting_.arguments.values = {
        {"url", "http://127.0.0.1:1/x"}, {"sha", *models::checksumOf(file, "sha256:")}, {"type", "q8_0"}};
    output(pullModel, kFailed);
    EXPECT_NE(errors_.find("quantised already (q8_0)"), std::string::npos) << errors_;
    EXPECT_NE(errors_.find("can be used as it is"), std::string::npos) << errors_;
    EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(Quantised, IsWhatAProcessorGetsOfAPublishedModel) {
    const models::Model* base = models::modelNamed("base");
    EXPECT_TRUE(*shouldQuantise(base, {}, models::Weights::Q8_0));
    EXPECT_FALSE(*shouldQuantise(base, {}, models::Weights::F16)) << "a GPU";
    EXPECT_FALSE(*shouldQuantise(base, "f16", models::Weights::Q8_0));
    EXPECT_TRUE(*shouldQuantise(base, "q8_0", models::Weights::F16));
    EXPECT_FALSE(*shouldQuantise(nullptr, {}, models::Weights::Q8_0));
    for (const char* name : {"silero", "large-v3-q5_0"}) {
        EXPECT_FALSE(*shouldQuantise(models::modelNamed(name), {}, models::Weights::Q8_0));
        EXPECT_FALSE(shouldQuantise(models::modelNamed(name), "q8_0", models::Weights::Q8_0));
    }
}

TEST_F(Commands, TranscribeEndsAnUtteranceAtTheSilenceThatIsSet) {
    // The same words twice, and a second and a half between them.
    const auto sample = audio::readAudioFile("samples/calls/01-vpn-panne.flac").value().channels[0];
    const auto firstSound = std::ranges::find_if(sample, [](std::int16_t one) { return one > 1'000; });
    std::vector<std::int16_t> sound(8'000);
    for (int times = 0; times < 2; ++times) {
        sound.insert(sound.end(), firstSound, firstSound + 16'000);
        sound.insert(sound.end(), 24'000, 0);
    }
    const auto file = folder_ / "words.wav";
    ASSERT_TRUE(audio::writeWavFile(file, audio::Pcm{{sound}}));
    setting_.settings.whisper.modelsDir = "models";
    setting_.arguments.words = {file.string()};
    setting_.arguments.values = {{"model", "demo"}, {"format", "srt"}};
    EXPECT_NE(output(transcribe, kDone).find("\n\n2\n"), std::string::npos);
    setting_.settings.whisper.endSilenceMs = 2'000;
    EXPECT_EQ(output(transcribe, kDone).find("\n\n2\n"), std::string::npos);
}

TEST_F(Commands, TranscribeSaysWhatItCorrectedAndWhichLanguageItHeard) {
    ASSERT_NO_FATAL_FAILURE(setUpBeginning());
    setting_.arguments.values["format"] = "json";
    const auto heard = [&] { return boost::json::parse(output(transcribe, kDone)).at("files").at(0); };
    const auto plain = heard();
    EXPECT_EQ(errors_, "");
    EXPECT_EQ(keysOf(plain.at("utterances").at(0)), "channel startMs endMs text");
    EXPECT_EQ(plain.at("language"), "fr");

    setting_.settings.whisper.corrections = {{"Bonjour", "Bonsoir"}, {"Claire Fontaine", "Clara Fontanes"}};
    setting_.arguments.values["language"] = "auto";
    const auto corrected = heard();
    EXPECT_NE(errors_.find(setting_.arguments.words[0] + ": "), std::string::npos) << errors_;
    EXPECT_NE(errors_.find(" correction"), std::string::npos) << errors_;
    EXPECT_EQ(errors_.find("Fontan"), std::string::npos) << errors_;
    const std::string text = boost::json::serialize(corrected);
    EXPECT_NE(text.find(R"("heard":"Claire Fontaine"}])"), std::string::npos) << text;
    EXPECT_NE(text.find("Clara Fontanes"), std::string::npos) << text;
    const std::string language{corrected.at("language").as_string()};
    EXPECT_EQ(language.size(), 2U) << language;
}

TEST_F(Commands, TranscribeWithTheDemoModelShowsItNoNames) {
    ASSERT_NO_FATAL_FAILURE(setUpBeginning());
    const std::string alone = output(transcribe, kDone);
    EXPECT_EQ(errors_, "");
    setting_.settings.whisper.prompt = "Support informatique. Claire Fontaine, Cabinet Moreau.";
    setting_.settings.whisper.vocabulary = {"Nordconfort", "Télésanté", "FortiClient"};
    EXPECT_EQ(output(transcribe, kDone), alone);
    EXPECT_EQ(errors_, "the demo model is shown no names before it listens; they only correct its text\n");
}

TEST_F(Commands, TranscribeRefusesADeviceThatIsNotThere) {
    if (transcription::checkDevice(transcription::Device::Cuda)) GTEST_SKIP() << "there is one";
    setting_.settings.whisper.modelsDir = "models";
    setting_.settings.whisper.device = config::Device::Cuda;
    setting_.arguments.words = {"samples/calls/01-vpn-panne.flac"};
    setting_.arguments.values = {{"model", "demo"}};
    EXPECT_EQ(output(transcribe, kFailed), "");
    EXPECT_NE(errors_.find("whisper.device: "), std::string::npos) << errors_;
}

TEST_F(Commands, TranscribeTellsAWrongWordFromAModelThatIsNotHereAndAWrongSetting) {
    setting_.arguments.words = {"call.wav"};
    setting_.settings.whisper.modelsDir = (folder_ / "nothing").string();
    setting_.arguments.values = {{"model", "bas"}};
    output(transcribe, kBadUsage);
    setting_.arguments.values = {{"model", "base"}};
    output(transcribe, kFailed);
    EXPECT_NE(errors_.find("models pull base"), std::string::npos) << errors_;
    setting_.settings.whisper.modelsDir = "models";
    setting_.settings.whisper.language = "xx";
    setting_.arguments.values = {{"model", "demo"}};
    output(transcribe, kFailed);
    EXPECT_NE(errors_.find("whisper.language: "), std::string::npos) << errors_;
    setting_.arguments.values = {{"model", "demo"}, {"language", "yy"}};
    output(transcribe, kBadUsage);
    EXPECT_NE(errors_.find("--language: "), std::string::npos) << errors_;
}

TEST_F(Commands, TranscribeRefusesAVoiceModelThatIsNotThereOrDamaged) {
    const auto sound = folder_ / "words.wav";
    ASSERT_TRUE(audio::writeWavFile(sound, audio::Pcm{{std::vector<std::int16_t>(16'000)}}));
    const auto voice = folder_ / "silero.bin";
    setting_.settings.whisper.modelsDir = "models";
    setting_.settings.whisper.vadModel = voice.string();
    setting_.arguments.words = {sound.string()};
    setting_.arguments.values = {{"model", "demo"}};
    output(transcribe, kFailed);
    EXPECT_NE(errors_.find("whisper.vadModel: " + voice.string() + " does not exist"), std::string::npos)
        << errors_;
    std::ofstream{voice} << std::string(600'000, '<');
    output(transcribe, kFailed);
    EXPECT_NE(errors_.find(voice.string() + ": is not a ggml model file"), std::string::npos) << errors_;
    EXPECT_NE(errors_.find("models pull silero"), std::string::npos) << errors_;
}

TEST_F(Commands, AModelThatCannotBeLoadedIsNamedAtTheStartWithItsRemedy) {
    const auto file = folder_ / "mine.bin";
    setting_.settings.whisper.model = file.string();
    setting_.settings.log.directory = "";
    const auto startSays = [&](const std::string& words) {
        output(serve, kFailed);
        EXPECT_NE(errors_.find(words), std::string::npos) << errors_;
        EXPECT_NE(errors_.find(file.string()), std::string::npos) << errors_;
        EXPECT_NE(errors_.find("whisper.model"), std::string::npos) << errors_;
    };
    startSays("does not exist");
    std::ofstream{file} << "version https://git-lfs.github.com/spec/v1\noid sha256:0\n";
    startSays("is not a ggml model file");
    std::ofstream{file}.close();
    startSays("is not a ggml model file");
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", file,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(file, 1'000'000);
    startSays("is damaged or incomplete");
}

TEST_F(Commands, ASecondStartLeavesTheLogOfTheFirstAlone) {
    setting_.settings.log.directory = (folder_ / "logs").string();
    const auto running = storage::DataDirLock::take(setting_.dataDir);
    ASSERT_TRUE(running);
    output(serve, kFailed);
    EXPECT_NE(errors_.find("is in use by process"), std::string::npos) << errors_;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "logs"));
}

TEST_F(Commands, ALoginToNinjaOneWhosePortIsTakenSaysWhatToDo) {
    boost::asio::io_context context;
    const net::HttpServer other{context.get_executor(), {}, {}};
    setting_.secrets.ninjaClientId = "client";
    setting_.secrets.ninjaClientSecret = "secret";
    setting_.arguments.values = {{"port", std::to_string(other.port())}};
    output(ninjaLogin, kFailed);
    EXPECT_NE(errors_.find("cannot listen on"), std::string::npos) << errors_;
    EXPECT_NE(errors_.find("--port"), std::string::npos) << errors_;
}

TEST_F(Commands, DoctorSaysHowToMendEachFailure) {
    setting_.settings.whisper.modelsDir = (folder_ / "no\xE9thing").string();
    setting_.settings.server.port = 0;
    setting_.settings.pbx.url = "http://127.0.0.1:1";
    const std::string text = output(doctor, kFailed);
    EXPECT_TRUE(isUtf8(text)) << "whatever bytes a folder's name has";
    EXPECT_NE(text.find("3cx-ninja-server models pull base"), std::string::npos) << text;
    EXPECT_NE(text.find("check the port in pbx.url"), std::string::npos) << text;
    EXPECT_NE(text.find("NINJA_CLIENT_ID"), std::string::npos) << text;
}

TEST_F(Commands, ModelsAreListedWithWhereTheyAre) {
    const std::string text = output(listModels, kDone);
    EXPECT_NE(text.find("not here: models pull large-v3"), std::string::npos);
    EXPECT_NE(text.find("ggml-demo-fr-q8_0.bin"), std::string::npos);
    setting_.arguments.words = {"bas"};
    output(pullModel, kBadUsage);
    EXPECT_NE(errors_.find("did you mean 'base'?"), std::string::npos) << errors_;
    setting_.arguments.words = {"mine"};
    setting_.arguments.values = {{"url", "https://example.com/x"}};
    output(pullModel, kBadUsage);
}

/// A call as `analyze` reads it, in a file of its own.
std::filesystem::path callFile(const std::filesystem::path& folder, const std::string& language,
                               const std::vector<std::pair<std::string, std::string>>& turns) {
    std::string list;
    double at = 3;
    for (const auto& [speaker, text] : turns) {
        list += std::string{list.empty() ? "" : ","} + R"({"speaker":")" + speaker + R"(","t0":)" +
                std::to_string(at) + R"(,"t1":)" + std::to_string(at + 2) + R"(,"text":")" + text + "\"}";
        at += 70;
    }
    const auto file = folder / "call.json";
    std::ofstream{file} << R"({"id":"c-7","language":")" + language + R"(","duration_s":192,"turns":[)" +
                               list + "]}";
    return file;
}

const char* const kSiteConfiguration = R"({ "analysis": {
    "categories": { "erp_sage": { "french": "ERP Sage", "english": "Sage ERP", "within": "software_application",
                                  "phrases": ["sage", "module compta*"] } },
    "keywords": { "network_vpn": ["forti client", "tunnel*"] },
    "rules": [ { "id": "direction", "when": { "phrases": ["direction générale"], "speaker": "customer" },
                 "priority": "HIGH" } ] },
    "ninja": { "ticketFormId": 7 },
    "ticket": { "categories": { "erp_sage": { "type": "PROBLEM", "status": "2002", "tags": ["editeur"] } } } })";

class AnalyzeCommand : public Commands {
protected:
    void configure(const std::string& text) {
        std::ofstream{folder_ / "site.json"} << text;
        auto loaded = config::loadSettings({{folder_ / "site.json"}, {}, {}});
        ASSERT_TRUE(loaded) << loaded.error().detail;
        setting_.settings = loaded->settings;
    }
    boost::json::value analysisOf(const std::filesystem::path& file) {
        setting_.arguments.words = {file.string()};
        return boost::json::parse(output(analyze, kDone));
    }
    std::string explanationOf(const std::filesystem::path& file) {
        setting_.arguments.words = {file.string()};
        setting_.arguments.switches = {"explain"};
        return output(analyze, kDone);
    }
};

TEST_F(AnalyzeCommand, GoesByTheRulesOfTheConfiguration) {
    const auto file = callFile(folder_, "fr",
                               {{"agent", "Support bonjour"},
                                {"customer", "le module comptabilité plante à la Direction générale"}});
    EXPECT_FALSE(analysisOf(file).as_object().contains("custom_category"));
    configure(kSiteConfiguration);
    const auto analysis = analysisOf(file);
    EXPECT_EQ(analysis.at("custom_category"), "erp_sage");
    EXPECT_EQ(analysis.at("category"), "software_application");
    EXPECT_EQ(analysis.at("priority"), "HIGH");
}

TEST_F(AnalyzeCommand, ExplainsForPeopleInTheLanguageOfTheCall) {
    configure(kSiteConfiguration);
    const std::string french =
        explanationOf(callFile(folder_, "fr",
                               {{"agent", "Support bonjour"},
                                {"customer", "le module comptabilité plante à la Direction générale"},
                                {"customer", "mon mot de passe c'est Bleuet45"}}));
    for (const char* part :
         {"Appel c-7 – 3 min 12 s, 3 tours de parole", "Catégorie : Logiciel (software_application) – sûr",
          "Catégorie maison : ERP Sage (erp_sage) – sûr", "  indices : catégorie ERP Sage : module compta*",
          "    2  01:13  client      le *module comptabilité* plante à la Direction générale",
          "Priorité : haute (HIGH) – sûr", "  indices : règle direction : direction générale",
          "plante à la *Direction générale*",
          "Règles de la configuration : catégorie ERP Sage ; règle direction\n",
          "Dans NinjaOne, par ticket.categories.erp_sage :\n  catégorie : ERP Sage (erp_sage)\n  type : "
          "PROBLEM\n",
          "  priorité : HIGH\n  gravité : MAJOR\n  statut : 2002\n  formulaire : 7 (ninja.ticketFormId)\n",
          "  étiquettes : 3cx, ", "Données personnelles :\n  mot de passe ou code : tour 3 (02:23), octets "})
        EXPECT_NE(french.find(part), std::string::npos) << part << " is not in\n" << french;
    EXPECT_EQ(french.find("Bleuet45"), std::string::npos) << french;
    const std::string english = explanationOf(callFile(
        folder_, "en", {{"customer", "Sage keeps crashing"}, {"agent", "I will call you back tomorrow"}}));
    for (const char* part :
         {"Call c-7 – 3 min 12 s, 2 turns", "Own category: Sage ERP (erp_sage) – sure",
          "  cues: category Sage ERP: sage", "    1  00:03  customer    *Sage* keeps crashing",
          "Rules of the configuration: category Sage ERP\n",
          "In NinjaOne, by ticket.categories.erp_sage:\n  category: Sage ERP (erp_sage)\n  type: PROBLEM\n",
          "Callback promised: yes – ", "  to do: ", "(callback), technician", "Personal data: none"})
        EXPECT_NE(english.find(part), std::string::npos) << part << " is not in\n" << english;
    setting_.arguments.values = {{"format", "json"}};
    EXPECT_EQ(boost::json::parse(output(analyze, kDone)).at("id"), "c-7")
        << "scripts get what they asked for";
}

TEST_F(AnalyzeCommand, SaysWhichKeywordsTookTheCategory) {
    configure(kSiteConfiguration);
    const std::string text =
        explanationOf(callFile(folder_, "fr", {{"customer", "mon forti client et le tunnel"}}));
    EXPECT_NE(text.find("Règles de la configuration : mots-clés : forti client, tunnel*\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("mon *forti client* et le *tunnel*"), std::string::npos) << text;
}

TEST_F(AnalyzeCommand, NamesTheFileThatCannotBeAnalysedAndWhatIsWrongWithIt) {
    std::filesystem::create_directories(folder_ / "calls");
    std::ofstream{folder_ / "empty.json"};
    std::ofstream{folder_ / "huge.json"} << std::string((16U << 20U) + 1, ' ');
    std::ofstream{folder_ / "cut.json"} << R"({"id":"c","turns":[)";
    std::ofstream{folder_ / "robot.json"}
        << R"({"id":"c","language":"fr","duration_s":1,"turns":[{"speaker":"robot","t0":0,"t1":1,"text":"a"}]})";
    for (const auto& [name, problem] : std::map<std::string, std::string>{
             {"calls", ": is a directory"},
             {"none.json", ": there is no such file"},
             {"empty.json", ": is empty; a call is a JSON object"},
             {"huge.json", ": is larger than 16 MiB"},
             {"cut.json", ": no valid JSON near byte 19"},
             {"robot.json", ": turns[0].speaker: 'robot' is none of agent, customer"}}) {
        setting_.arguments.words = {(folder_ / name).string()};
        EXPECT_EQ(output(analyze, kFailed), "");
        EXPECT_NE(errors_.find((folder_ / name).string() + problem), std::string::npos) << errors_;
    }
}

}  // namespace
}  // namespace ninja3cx::app
