#include "server/app/certificate.hpp"
#include "server/app/findings.hpp"
#include "server/app/port_check.hpp"
#include "server/net/http.hpp"
#include "server/storage/data_dir.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace ninja3cx::app {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

using Answers = std::map<std::string, net::HttpResponse>;

/// Answers on a free port of loopback, from its own thread.
class Neighbour {
public:
    explicit Neighbour(const std::string& health, std::optional<net::ServerTls> tls = std::nullopt)
        : Neighbour(Answers{{"/health", net::jsonResponse(200, health)},
                            {"/v1/models", net::jsonResponse(200, health)}},
                    std::move(tls)) {}
    explicit Neighbour(const Answers& answers, std::optional<net::ServerTls> tls = std::nullopt) {
        net::Router router;
        for (const auto& [path, answer] : answers)
            for (const char* const method : {"GET", "POST"})
                router.add(method, path, [answer](net::HttpRequest) -> asio::awaitable<net::HttpResponse> {
                    co_return answer;
                });
        net::ServerOptions options;
        options.tls = std::move(tls);
        options.onProblem = [this](const std::string& problem) { problems_.push_back(problem); };
        server_ =
            std::make_unique<net::HttpServer>(context_.get_executor(), std::move(options), std::move(router));
        asio::co_spawn(context_, server_->run(), asio::detached);
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~Neighbour() { stop(); }
    Neighbour(const Neighbour&) = delete;
    Neighbour& operator=(const Neighbour&) = delete;
    std::uint16_t port() const { return server_->port(); }
    /// Answers what it would have logged.
    std::vector<std::string> stop() {
        if (thread_.joinable()) {
            asio::post(context_, [this] { server_->stop(0ms); });
            thread_.join();
        }
        return problems_;
    }

private:
    std::vector<std::string> problems_;
    asio::io_context context_{1};
    std::unique_ptr<net::HttpServer> server_;
    std::thread thread_;
};

constexpr const char* kOurHealth = R"({"program":"3cx-ninja-server","status":"ok","version":"1.2.3"})";

class Doctor : public testing::Test {
protected:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("doctor_test_" + std::to_string(::getpid()));
    Setting setting_;
    void SetUp() override {
        std::filesystem::create_directories(folder_);
        setting_.settings = config::loadSettings({})->settings;
        setting_.settings.server.port = 0;
        setting_.dataDir = folder_ / "data";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    Finding only(void (*check)(const Setting&, Findings&)) {
        Findings findings;
        check(setting_, findings);
        EXPECT_EQ(findings.size(), 1U);
        if (findings.empty()) return {};
        if (findings[0].verdict == Verdict::Failed) {
            EXPECT_NE(findings[0].remedy, "");
        }
        return findings[0];
    }
    void expect(const Finding& finding, Verdict verdict, const std::string& words) {
        EXPECT_EQ(finding.verdict, verdict) << finding.detail;
        EXPECT_NE((finding.detail + " -> " + finding.remedy).find(words), std::string::npos)
            << finding.detail << " -> " << finding.remedy;
    }
    void makeCertificate(const std::string& folder, const std::string& days = "825") {
        Setting making = setting_;
        making.arguments.values = {{"out", (folder_ / folder).string()}, {"days", days}};
        testing::internal::CaptureStdout();
        EXPECT_EQ(selfSign(making), kDone);
        testing::internal::GetCapturedStdout();
        setting_.settings.server.tls = {(folder_ / folder / "server.crt").string(),
                                        (folder_ / folder / "server.key").string()};
    }
};

TEST_F(Doctor, ALostDatabaseIsSaidAndNotReplaced) {
    { auto made = storage::openDatabase(setting_.dataDir); }
    std::filesystem::remove(storage::databaseFile(setting_.dataDir));
    for (int times = 0; times < 2; ++times)
        expect(only(checkData), Verdict::Failed, "-> 3cx-ninja-server restore FILE");
    EXPECT_FALSE(std::filesystem::exists(storage::databaseFile(setting_.dataDir)));
}

TEST_F(Doctor, NamesWhatWasSetAside) {
    { auto made = storage::openDatabase(setting_.dataDir); }
    for (const char* name : {"ninja-directory.db.aside", "ninja-directory.db.aside-2"})
        std::ofstream{setting_.dataDir / name} << "notes";
    Findings findings;
    checkData(setting_, findings);
    ASSERT_EQ(findings.size(), 2U);
    expect(findings[0], Verdict::Warning, "ninja-directory.db.aside and 1 more -> move what is yours");
}

TEST_F(Doctor, AFreePortIsGood) {
    expect(only(checkPort), Verdict::Ok, "is free");
}

TEST_F(Doctor, TheRunningServersPortIsGood) {
    Neighbour running{kOurHealth};
    setting_.settings.server.port = running.port();
    const auto lock = storage::DataDirLock::take(setting_.dataDir);
    expect(only(checkPort), Verdict::Ok, "the running server (1.2.3) answers");
    EXPECT_EQ(running.stop(), std::vector<std::string>{});
}

TEST_F(Doctor, LeavesNoWarningInTheLogOfARunningServerWithTls) {
    makeCertificate("tls");
    const config::TlsSettings& tls = setting_.settings.server.tls;
    Neighbour running{kOurHealth, net::ServerTls{tls.certificateFile, tls.keyFile}};
    setting_.settings.server.port = running.port();
    const auto lock = storage::DataDirLock::take(setting_.dataDir);
    expect(only(checkPort), Verdict::Ok, "the running server (1.2.3) answers");
    EXPECT_EQ(running.stop(), std::vector<std::string>{});
}

TEST_F(Doctor, FindsARunningServerWithTlsThatIsNotConfiguredAnyMore) {
    makeCertificate("tls");
    const config::TlsSettings tls = std::exchange(setting_.settings.server.tls, {});
    Neighbour running{kOurHealth, net::ServerTls{tls.certificateFile, tls.keyFile}};
    setting_.settings.server.port = running.port();
    const auto lock = storage::DataDirLock::take(setting_.dataDir);
    expect(only(checkPort), Verdict::Ok, "the running server (1.2.3) answers");
    EXPECT_EQ(running.stop(), std::vector<std::string>{}) << "nothing to warn of";
}

TEST_F(Doctor, AnotherServerOfOursOnThePortIsNotThisOne) {
    const Neighbour running{kOurHealth};
    setting_.settings.server.port = running.port();
    expect(only(checkPort), Verdict::Failed, "another 3cx-ninja-server (1.2.3)");
}

TEST_F(Doctor, AnotherProgramOnThePortIsNamedSoEvenWhileAServerRuns) {
    const Neighbour stranger{R"({"status":"ok","version":"9"})"};
    setting_.settings.server.port = stranger.port();
    const auto lock = storage::DataDirLock::take(setting_.dataDir);
    expect(only(checkPort), Verdict::Failed, "another program has 127.0.0.1:");
}

TEST_F(Doctor, AnAddressOfAnotherComputerIsSaid) {
    setting_.settings.server.address = "192.0.2.1";  // reserved for documentation
    expect(only(checkPort), Verdict::Failed, "is no address of this computer");
}

TEST(PortUse, FollowsTheSystemsAnswer) {
    using namespace boost::system::errc;
    EXPECT_EQ(portUseOf({}), PortUse::Free);
    EXPECT_EQ(portUseOf(make_error_code(permission_denied)), PortUse::NotAllowed);
    EXPECT_EQ(portUseOf(make_error_code(address_in_use)), PortUse::OtherProgram);
    EXPECT_EQ(portUseOf(make_error_code(address_not_available)), PortUse::NotOurAddress);
    EXPECT_EQ(portUseOf(make_error_code(too_many_files_open)), PortUse::Unknown);
}

TEST_F(Doctor, ACertificateOfOursIsGoodAndSaysForWhom) {
    makeCertificate("tls");
    const Finding finding = only(checkTls);
    expect(finding, Verdict::Ok, "localhost");
    EXPECT_NE(finding.detail.find("::1"), std::string::npos) << finding.detail;
    const auto certificate = readCertificate(setting_.settings.server.tls.certificateFile);
    EXPECT_NE(finding.detail.find(certificate->key.text()), std::string::npos) << finding.detail;
}

TEST_F(Doctor, ACertificateThatEndsWithinAMonthIsAWarning) {
    makeCertificate("tls", "29");
    expect(only(checkTls), Verdict::Warning, "tls selfsign");
}

TEST_F(Doctor, AKeyOfAnotherCertificateIsSaid) {
    makeCertificate("other");
    const std::string other = setting_.settings.server.tls.keyFile;
    makeCertificate("tls");
    setting_.settings.server.tls.keyFile = other;
    expect(only(checkTls), Verdict::Failed, "is not the key of");
}

TEST_F(Doctor, FilesThatAreNoCertificateAndNoKeyAreNamed) {
    makeCertificate("tls");
    const config::TlsSettings good = setting_.settings.server.tls;
    setting_.settings.server.tls.certificateFile = (folder_ / "none.crt").string();
    expect(only(checkTls), Verdict::Failed, "none.crt cannot be read: No such file");
    setting_.settings.server.tls = {good.keyFile, good.keyFile};
    expect(only(checkTls), Verdict::Failed, "holds no certificate");
    setting_.settings.server.tls = {good.certificateFile, good.certificateFile};
    expect(only(checkTls), Verdict::Failed, "holds no private key");
}

TEST_F(Doctor, AKeyThatAllMayReadIsAWarning) {
    makeCertificate("tls");
    std::filesystem::permissions(setting_.settings.server.tls.keyFile, std::filesystem::perms{0644});
    expect(only(checkTls), Verdict::Warning, "chmod o=");
}

TEST(Certificate, ItsDaysDecide) {
    const SystemTime now{1'800'000'000'000ms};
    const auto day = std::chrono::days{1};
    EXPECT_EQ(validityOf({{}, now - day, now + 31 * day, {}}, now), Validity::Good);
    EXPECT_EQ(validityOf({{}, now - day, now + 29 * day, {}}, now), Validity::EndsSoon);
    EXPECT_EQ(validityOf({{}, now - day, now, {}}, now), Validity::Ended);
    EXPECT_EQ(validityOf({{}, now + day, now + 90 * day, {}}, now), Validity::NotYet);
}

TEST_F(Doctor, OpenToTheNetworkWithoutTlsIsAWarning) {
    expect(only(checkReach), Verdict::Warning, "only this computer");
    setting_.settings.server.address = "0.0.0.0";
    expect(only(checkReach), Verdict::Warning, "unencrypted");
    makeCertificate("tls");
    expect(only(checkReach), Verdict::Ok, "encrypted");
}

TEST(Reach, OpenToTheNetworkWithoutTlsIsWarnedOfAtTheStart) {
    config::ServerSettings server = config::loadSettings({})->settings.server;
    EXPECT_EQ(warningOfReach(server), std::nullopt);
    for (const char* address : {"0.0.0.0", "::", "192.0.2.1"}) {
        server.address = address;
        server.tls = {};
        const auto warning = warningOfReach(server);
        ASSERT_TRUE(warning) << address;
        EXPECT_NE(warning->find("without encryption"), std::string::npos) << *warning;
        server.tls = {"server.crt", "server.key"};
        EXPECT_EQ(warningOfReach(server), std::nullopt) << address;
    }
}

TEST_F(Doctor, ADeviceThatThisBuildLacksIsSaid) {
    setting_.settings.whisper.device = config::Device::Cuda;
    const Finding finding = only(checkModel);
    expect(finding, Verdict::Failed, "CUDA");
    EXPECT_EQ(finding.what, "device");
}

TEST_F(Doctor, TheModelForAfterTheCallIsLookedAtWhereThereIsOne) {
    config::WhisperSettings& whisper = setting_.settings.whisper;
    const auto afterCall = [&] {
        Findings findings;
        checkModel(setting_, findings);
        std::erase_if(findings,
                      [](const Finding& finding) { return finding.what != "model after the call"; });
        return findings;
    };
    whisper.model = "demo";
    whisper.modelsDir = folder_.string();
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", folder_ / "ggml-demo-fr-q8_0.bin");
    ASSERT_EQ(afterCall().size(), 1U);
    expect(afterCall()[0], Verdict::Ok, "none; whisper.afterCall.model \"auto\" would take the live model: ");
    EXPECT_NE(afterCall()[0].detail.find("the memory carries "), std::string::npos) << afterCall()[0].detail;
    whisper.afterCall.model = "small";
    ASSERT_EQ(afterCall().size(), 1U);
    expect(afterCall()[0], Verdict::Failed, "models pull small");
    whisper.afterCall.model = "demo";
    ASSERT_EQ(afterCall().size(), 1U);
    expect(afterCall()[0], Verdict::Warning,
           "at most 12 h after the end of a call -> it is the live model too");
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", folder_ / "ggml-other.bin");
    whisper.afterCall.model = (folder_ / "ggml-other.bin").string();
    ASSERT_EQ(afterCall().size(), 1U);
    expect(afterCall()[0], Verdict::Ok, "while the machine is idle");
    whisper.afterCall.model = "auto";
    ASSERT_EQ(afterCall().size(), 1U);
    expect(afterCall()[0], Verdict::Warning,
           "hears better than that in noise at most: 3cx-ninja-server models pull ");
    std::filesystem::copy_file("models/ggml-demo-fr-q8_0.bin", folder_ / "ggml-small-q8_0.bin");
    expect(afterCall()[0], Verdict::Ok, "(auto took small, the best that is installed");
    expect(afterCall()[0], Verdict::Ok, "-> the memory carries a better one: ");
}

TEST_F(Doctor, AVoiceModelThatIsNotThereOrDamagedIsSaid) {
    setting_.settings.whisper.model = "demo";
    const auto voice = [&] {
        Findings findings;
        checkModel(setting_, findings);
        for (const Finding& one : findings)
            if (one.what == "voice detection") return one;
        return Finding{};
    };
    const auto file = folder_ / "silero.bin";
    setting_.settings.whisper.vadModel = file.string();
    EXPECT_EQ(voice().detail, "whisper.vadModel: " + file.string() + " does not exist");
    EXPECT_EQ(voice().remedy,
              "Correct whisper.vadModel, or set it to \"\" and get Silero with "
              "`3cx-ninja-server models pull silero`");
    std::ofstream{file} << std::string(600'000, '<');
    expect(voice(), Verdict::Failed, "is not a ggml model file");
    EXPECT_EQ(voice().detail.find("models pull silero"), std::string::npos) << "that is the remedy";
    EXPECT_EQ(voice().remedy,
              "Fetch it again with `3cx-ninja-server models pull silero`, or check whisper.vadModel");
}

TEST_F(Doctor, SaysWhatMakesPartialText) {
    setting_.settings.whisper.model = "demo";
    const auto partial = [&](const std::string& wanted) {
        setting_.settings.whisper.partialModel = wanted;
        Findings findings;
        checkModel(setting_, findings);
        for (const Finding& one : findings)
            if (one.what == "partial text") return one;
        return Finding{};
    };
    expect(partial("auto"), Verdict::Ok, "by the same model");
    expect(partial("off"), Verdict::Ok, "off");
    expect(partial("nothing.bin"), Verdict::Failed, "whisper.partialModel: ");
}

TEST(Finding, IsTextWhateverBytesTheNamesInItHave) {
    const Findings told = printable({{"da\xE9ta", Verdict::Failed, "/srv/\xFF/d\xC3\xA9", "ask \xFE"}});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].what, "da\uFFFDta");
    EXPECT_EQ(told[0].verdict, Verdict::Failed);
    EXPECT_EQ(told[0].detail, "/srv/\uFFFD/d\u00E9");
    EXPECT_EQ(told[0].remedy, "ask \uFFFD");
}

TEST(CapacityInWords, NamesTheRecommendedModelAndHowItIsKnown) {
    Capacity capacity{false,
                      2,
                      8,
                      true,
                      {{"tiny", true, 2, 23.4, 9.9, 230, false},
                       {"base", true, 2, 11.8, 6.6, 498, true},
                       {"small", false, 2, 0.7, 0.5, 12'345, false}}};
    Findings findings = describe(capacity, "tiny");
    ASSERT_EQ(findings.size(), 4U);
    EXPECT_EQ(findings[0].verdict, Verdict::Ok);
    EXPECT_EQ(findings[0].detail,
              "for 8 calls at once: base; both sides of a call speaking 90 % of the time, 70 % of 2 cores "
              "busy");
    EXPECT_EQ(findings[0].remedy, "3cx-ninja-server models pull base, then set whisper.model to \"base\"");
    EXPECT_EQ(findings[2].detail,
              "11 at once with final text, 6 with partial text by tiny; 0.5 s for an utterance of 4 s "
              "(measured) <- recommended");
    EXPECT_EQ(findings[3].detail,
              "not one at once with final text, not one with partial text by tiny; 12 s for an utterance of "
              "4 s (estimated)");
    EXPECT_EQ(describe(capacity, "base")[0].remedy, "") << "as it is";
    EXPECT_EQ(describe(capacity, "small")[0].verdict, Verdict::Warning) << "it does not carry them";
    EXPECT_EQ(describe(capacity, "/own/model.bin")[0].verdict, Verdict::Ok) << "not known";

    capacity.models[1].isRecommended = false;
    capacity.wantedCalls = 40;
    capacity.isWantedUsual = false;
    findings = describe(capacity, "/own/model.bin");
    EXPECT_EQ(findings[0].verdict, Verdict::Warning);
    EXPECT_NE(findings[0].detail.find("no model carries 40 calls at once (as many as there are technicians)"),
              std::string::npos)
        << findings[0].detail;
    EXPECT_NE(findings[0].remedy, "");
}

TEST(CapacityInWords, NamesTheCoresThatWorkWhereThereAreFewerWorkers) {
    const Capacity capacity{
        false, 64, 8, true, {{"tiny", true, 64, 600, 300, 230, false}, {"base", true, 4, 20, 10, 498, true}}};
    const Findings findings = describe(capacity, "base");
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_NE(findings[0].detail.find("70 % of 4 cores busy"), std::string::npos) << findings[0].detail;
    EXPECT_EQ(findings[1].detail.find("workers"), std::string::npos) << findings[1].detail;
    EXPECT_NE(findings[2].detail.find("(measured); 4 workers for 64 cores <- recommended"), std::string::npos)
        << findings[2].detail;
}

TEST(CoresWith, AModelAreAsManyAsTheServerStartsWorkers) {
    constexpr std::uint64_t kGb = 1'000'000'000;
    struct Row {
        const char* what;
        MachineRoom machine;
        std::int32_t workers;
        const char* model;
        std::size_t cores;
    };
    for (const Row& row : {
             Row{"memory for each", {8, 64 * kGb, false}, 0, "large-v3", 8},
             Row{"memory for some", {64, 8 * kGb, false}, 0, "large-v3", 4},
             Row{"more of a smaller one", {64, 8 * kGb, false}, 0, "base", 13},
             Row{"tiny makes its partials itself", {64, 8 * kGb, false}, 0, "tiny", 33},
             Row{"fewer workers than cores", {8, 64 * kGb, false}, 3, "base", 3},
             Row{"more workers than cores", {8, 64 * kGb, false}, 16, "base", 8},
             Row{"workers that somebody wants in spite of memory", {64, 8 * kGb, false}, 16, "large-v3", 16},
             Row{"a model of one's own", {8, 1 * kGb, false}, 0, "own", 8},
             Row{"a GPU takes turns", {8, 64 * kGb, true}, 4, "base", 1},
         })
        EXPECT_EQ(coresWith(row.machine, row.workers)(row.model), row.cores) << row.what;
}

TEST(CapacityInWords, SaysThatTheMachineIsBusyWhereMeasuringGotLittleOfACore) {
    Capacity capacity{false, 2, 8, true, {{"base", true, 2, 11.8, 6.6, 498, true}}, {9'000ms, 600ms}};
    const std::string busy = "the machine is busy: measuring got 0.6 s of a core in 9.0 s";
    EXPECT_EQ(busyness(capacity), busy);
    EXPECT_TRUE(describe(capacity, "base")[0].detail.ends_with(" busy; " + busy))
        << describe(capacity, "base")[0].detail;
    capacity.isOnGpu = true;
    EXPECT_EQ(busyness(capacity), "") << "it waited for the GPU";
    capacity.isOnGpu = false;
    capacity.effort.processor = 8'000ms;
    EXPECT_EQ(busyness(capacity), "");
    EXPECT_TRUE(describe(capacity, "base")[0].detail.ends_with("70 % of 2 cores busy"));
}

TEST_F(Doctor, MeasuresThisMachineInAFewSeconds) {
    setting_.settings.whisper.workers = 1;
    Findings findings;
    const Capacity capacity = checkCapacity(setting_, findings);
    ASSERT_FALSE(findings.empty());
    if (findings[0].verdict == Verdict::Skipped) GTEST_SKIP() << findings[0].detail;
    EXPECT_EQ(capacity.wantedCalls, 8U);
    ASSERT_EQ(capacity.models.size(), 6U);
    EXPECT_EQ(findings.size(), 7U);
    EXPECT_GT(capacity.models[0].calls, capacity.models[2].calls);
    EXPECT_GT(capacity.models[1].callsWithPartials, 0);
    EXPECT_EQ(capacity.cores, 1U);
    for (const auto& one : capacity.models) EXPECT_EQ(one.cores, 1U) << "one worker is all there is";
}

TEST_F(Doctor, ARunningServerSaysHowItStandsWithNinjaOne) {
    setting_.secrets.ninjaClientId = setting_.secrets.ninjaClientSecret = "x";
    const auto lock = storage::DataDirLock::take(setting_.dataDir);
    struct Row {
        const char* more;
        Verdict verdict;
        const char* said;
    };
    for (const Row& row :
         {Row{R"(,"ninja":"connected"})", Verdict::Ok, "the running server says: connected"},
          Row{R"(,"ninja":"connected","ninjaWarning":"ninja.boardId shows deleted tickets"})",
              Verdict::Warning, "connected -> ninja.boardId shows deleted tickets"},
          Row{R"(,"ninja":"needsLogin"})", Verdict::Failed, "-> log in: 3cx-ninja-server ninja login"},
          Row{R"(,"ninja":"failed","status":"degraded","problem":"NinjaOne cannot be reached"})",
              Verdict::Failed, "failed: NinjaOne cannot be reached"},
          Row{R"(,"ninja":"failed","status":"degraded","problem":"the disk is full"})", Verdict::Failed,
              "failed"},
          Row{R"(,"ninja":"connecting"})", Verdict::Warning, "-> ask again in a minute"},
          Row{R"(,"ninja":"notConfigured"})", Verdict::Warning, "-> start the server again"},
          Row{"}", Verdict::Skipped, "its dashboard shows the state"}}) {
        const Neighbour neighbour{R"({"program":"3cx-ninja-server","version":"1.2.3")" +
                                  std::string{row.more}};
        setting_.settings.server.address = "127.0.0.1";
        setting_.settings.server.port = neighbour.port();
        expect(only(checkNinja), row.verdict, row.said);
    }
}

TEST_F(Doctor, ALanguageModelIsLookedForWhereItIsConfigured) {
    expect(only(checkLanguageModel), Verdict::Skipped, "none is configured");
    config::LanguageModelSettings& model = setting_.settings.analysis.languageModel;
    model.model = "mistral";
    {
        const Neighbour ollama{R"({"data":[{"id":"qwen"},{"id":"mistral:latest"}]})"};
        model.url = "http://127.0.0.1:" + std::to_string(ollama.port()) + "/v1";
        expect(only(checkLanguageModel), Verdict::Ok, "mistral is there");
        model.model = "llama";
        expect(only(checkLanguageModel), Verdict::Failed, "to one of: qwen, mistral:latest");
        model.url += "/v2";
        expect(only(checkLanguageModel), Verdict::Failed, "it usually ends with /v1");
    }
    model.url = "http://127.0.0.1:1/v1";
    expect(only(checkLanguageModel), Verdict::Failed, "that its server runs");
    model.url = "http://203.0.113.7/v1";
    expect(only(checkLanguageModel), Verdict::Failed, "name a host of the company's own network");
    model.caFile = (folder_ / "none.pem").string();
    expect(only(checkLanguageModel), Verdict::Failed, "there is no file");
}

TEST_F(Doctor, WhileAServerRunsNobodyIsAskedForATokenThatWouldEndItsOwn) {
    setting_.settings.pbx.url = "http://127.0.0.1:1";
    setting_.secrets.ninjaClientId = setting_.secrets.ninjaClientSecret = "x";
    const auto lock = storage::DataDirLock::take(setting_.dataDir);
    expect(only(checkPbx), Verdict::Skipped, "the running server");
    expect(only(checkNinja), Verdict::Skipped, "the running server");
}

net::HttpResponse plain(int status, std::string body = "") {
    net::HttpResponse made;
    made.status = status;
    made.body = std::move(body);
    return made;
}
net::HttpResponse tokenOf(const char* date = "") {
    net::HttpResponse made = net::jsonResponse(200, R"({"access_token":"T1","expires_in":3600})");
    if (*date) made.headers.set("Date", date);
    return made;
}

struct PbxRow {
    const char* name;
    Answers answers;
    Verdict verdict;
    const char* words;
    std::size_t at = 0;  // of the findings
};
class DoctorOfAPbx : public Doctor, public testing::WithParamInterface<PbxRow> {};
TEST_P(DoctorOfAPbx, NamesTheCause) {
    const PbxRow& row = GetParam();
    Neighbour pbx{row.answers};
    setting_.settings.pbx.url = "http://127.0.0.1:" + std::to_string(pbx.port()) + "/";
    setting_.settings.technicians["201"] = {};
    setting_.secrets.pbxClientId = "900";
    setting_.secrets.pbxClientSecret = "key";
    Findings findings;
    checkPbx(setting_, findings);
    ASSERT_GT(findings.size(), row.at);
    expect(findings[row.at], row.verdict, row.words);
}
const net::HttpResponse kMonitored = net::jsonResponse(200, R"([{"dn":"900"},{"dn":"201"}])");
INSTANTIATE_TEST_SUITE_P(
    Rows, DoctorOfAPbx,
    testing::Values(
        PbxRow{"Good",
               {{"/connect/token", tokenOf()},
                {"/callcontrol", kMonitored},
                {"/xapi/v1/SystemStatus", net::jsonResponse(200, R"({"Version":"20.0.9.995"})")}},
               Verdict::Ok,
               "3CX 20.0.9.995, Call Control API, 1 numbers"},
        PbxRow{"WrongKey", {{"/connect/token", plain(401)}}, Verdict::Failed, "compare PBX_CLIENT_ID"},
        PbxRow{"NotEnabled",
               {{"/connect/token", tokenOf()}, {"/callcontrol", plain(403)}},
               Verdict::Failed,
               "tick '3CX Call Control API access'"},
        PbxRow{"OnlyLists",
               {{"/connect/token", tokenOf()},
                {"/callcontrol", plain(403)},
                {"/xapi/v1/ActiveCalls", net::jsonResponse(200, R"({"value":[]})")}},
               Verdict::Warning,
               "list of calls is asked for instead"},
        PbxRow{
            "NoLicence",
            {{"/connect/token", tokenOf()}, {"/callcontrol", plain(403, "The licence does not include it")}},
            Verdict::Failed,
            "needs an Enterprise or AI licence"},
        PbxRow{"NotMonitored",
               {{"/connect/token", tokenOf()},
                {"/callcontrol", net::jsonResponse(200, R"([{"dn":"900"},{"dn":"202"}])")}},
               Verdict::Failed,
               "extension 201 is not monitored"},
        PbxRow{"Old", {{"/api/SystemStatus", plain(401)}}, Verdict::Failed, "set PBX_USER and PBX_PASSWORD"},
        PbxRow{"NoPbx", {{"/", plain(200, "hello")}}, Verdict::Failed, "check pbx.url"},
        PbxRow{"TimeSkew",
               {{"/connect/token", tokenOf("Sun, 06 Nov 1994 08:49:37 GMT")}, {"/callcontrol", kMonitored}},
               Verdict::Warning,
               "behind this computer's",
               1}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(Doctor, SaysWhyAPbxCannotBeReached) {
    setting_.settings.pbx.url = "https://nowhere.invalid";
    expect(only(checkPbx), Verdict::Failed, "(DNS)");
    makeCertificate("pbx");
    const auto& own = setting_.settings.server.tls;
    Neighbour pbx{Answers{}, net::ServerTls{own.certificateFile, own.keyFile}};
    setting_.settings.pbx.url = "https://localhost:" + std::to_string(pbx.port());
    expect(only(checkPbx), Verdict::Failed, "pbx.caFile");
    setting_.settings.pbx.acceptAnyCertificate = true;
    Findings findings;
    checkPbx(setting_, findings);
    ASSERT_EQ(findings.size(), 2U);
    expect(findings[1], Verdict::Warning, "acceptAnyCertificate");
}

}  // namespace
}  // namespace ninja3cx::app
