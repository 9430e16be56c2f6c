#include "server/app/findings.hpp"
#include "server/net/http.hpp"
#include "server/tests/scratch.hpp"
#include "simulators/app/test_certificates.hpp"
#include "simulators/serve/pbx_service.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

/// What doctor says of the PBX simulator in each of its modes, asked over the network.
namespace ninja3cx::app {
namespace {

namespace asio = boost::asio;
namespace sim = simulators;
using namespace std::chrono_literals;

constexpr double kSpeed = 1000;  // of the simulator's answers

sim::AudioInfo noAudio(const std::string& audio) {
    return {audio, std::nullopt};
}

/// As 3cx-ninja-sim serves it, on its own thread.
class SimulatedPbx {
public:
    explicit SimulatedPbx(sim::PbxScenario scenario) : kind_(scenario.profile.tls) {
        net::ServerOptions options;
        if (kind_ != "off") {
            certificates_.emplace(std::move(sim::TestCertificates::make(kind_).value()));
            options.tls = net::ServerTls{certificates_->certificateFile(), certificates_->keyFile()};
        }
        pbx_ = std::make_unique<sim::Pbx>(clock_, std::move(scenario), noAudio, kSpeed);
        service_ = std::make_unique<sim::PbxService>(context_.get_executor(), clock_, *pbx_);
        net::Router router;
        service_->addTo(router);
        server_ =
            std::make_unique<net::HttpServer>(context_.get_executor(), std::move(options), std::move(router));
        asio::co_spawn(context_, server_->run(), asio::detached);
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~SimulatedPbx() {
        asio::post(context_, [this] {
            server_->stop(0ms);
            service_->stop();
        });
        thread_.join();
    }
    SimulatedPbx(const SimulatedPbx&) = delete;
    SimulatedPbx& operator=(const SimulatedPbx&) = delete;

    std::string url() const {
        return (kind_ == "off" ? "http" : "https") + ("://127.0.0.1:" + std::to_string(server_->port()));
    }
    std::string caFile() const { return certificates_ ? certificates_->caFile().string() : ""; }

private:
    const std::string kind_;
    const RealClock clock_;
    std::optional<sim::TestCertificates> certificates_;
    asio::io_context context_{1};
    std::unique_ptr<sim::Pbx> pbx_;
    std::unique_ptr<sim::PbxService> service_;
    std::unique_ptr<net::HttpServer> server_;
    std::thread thread_;
};

struct Said {
    Verdict verdict;
    const char* words;  // of the cause and its remedy
};
using Change = std::function<void(Setting&)>;
struct Row {
    const char* name;
    const char* scenario;
    std::vector<Said> said;  // all of it
    bool isCaKnown = false;  // pbx.caFile names the simulator's authority
    Change change = {};      // of a setting that is right for the simulator as it is by default
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.scenario;
}

void asV18(Setting& setting) {
    setting.secrets.pbxUser = "admin";
    setting.secrets.pbxPassword = "sim-key";
}

class DoctorOfASimulatedPbx : public testing::TestWithParam<Row> {};
TEST_P(DoctorOfASimulatedPbx, NamesTheCause) {
    const Row& row = GetParam();
    auto scenario = sim::parsePbxScenario(row.scenario, noAudio);
    ASSERT_TRUE(scenario) << scenario.error().detail;
    const SimulatedPbx pbx{std::move(*scenario)};
    const test::Scratch scratch;
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    setting.dataDir = scratch.path() / "data";
    setting.settings.pbx.url = pbx.url();
    setting.settings.technicians["201"] = {};
    setting.secrets.pbxClientId = "900";
    setting.secrets.pbxClientSecret = "sim-key";
    if (row.isCaKnown) setting.settings.pbx.caFile = pbx.caFile();
    if (row.change) row.change(setting);

    Findings findings;
    checkPbx(setting, findings);
    for (std::size_t at = 0; at < std::max(findings.size(), row.said.size()); ++at) {
        ASSERT_LT(at, findings.size()) << "missing: " << row.said[at].words;
        const std::string text = findings[at].detail + " -> " + findings[at].remedy;
        ASSERT_LT(at, row.said.size()) << "too much: " << text;
        EXPECT_EQ(findings[at].what, "PBX");
        EXPECT_EQ(findings[at].verdict, row.said[at].verdict) << text;
        EXPECT_NE(text.find(row.said[at].words), std::string::npos) << text;
        EXPECT_EQ(findings[at].remedy.empty(), findings[at].verdict == Verdict::Ok) << text;
    }
}

const Said kGood{Verdict::Ok, "3CX 20.0.9.995, Call Control API, 6 numbers are monitored"};

INSTANTIATE_TEST_SUITE_P(
    Rows, DoctorOfASimulatedPbx,
    testing::Values(
        Row{"Good", "{}", {kGood}},
        Row{"GoodInPascalCaseWithMinutes",
            R"({"profile":{"version":"v20.0.7","expiresIn":"minutes","keyCase":"pascal","ids":"string"}})",
            {{Verdict::Ok, "3CX 20.0.7.1080, Call Control API, 6 numbers are monitored"}}},
        Row{"WrongClientId",
            "{}",
            {{Verdict::Failed, "refuses the client id or its key (status 401) -> compare PBX_CLIENT_ID"}},
            false,
            [](Setting& setting) { setting.secrets.pbxClientId = "901"; }},
        Row{"WrongClientSecret",
            "{}",
            {{Verdict::Failed, "refuses the client id or its key (status 401) -> compare PBX_CLIENT_ID"}},
            false,
            [](Setting& setting) { setting.secrets.pbxClientSecret = "other"; }},
        Row{"NoApiEnabled",
            R"({"profile":{"callControl":"off","xapi":"off"}})",
            {{Verdict::Failed, "this API client, and tick '3CX Call Control API access'"}}},
        Row{"OnlyTheListOfCalls",
            R"({"profile":{"callControl":"off"}})",
            {{Verdict::Warning, "its list of calls is asked for instead"}}},
        Row{"OnlyCallControl",
            R"({"profile":{"xapi":"off"}})",
            {{Verdict::Ok, "Call Control API, 6 numbers"},
             {Verdict::Warning, "tick '3CX Configuration API access'"}}},
        Row{"ConfigurationApiIsNotWanted",
            R"({"profile":{"xapi":"off"}})",
            {{Verdict::Ok, "Call Control API, 6 numbers"}},
            false,
            [](Setting& setting) {
                setting.settings.pbx.statesSeconds = setting.settings.pbx.queuesSeconds = 0;
                setting.settings.pbx.recordings = false;
            }},
        Row{"RoleThatSeesNoRecordings",
            R"({"profile":{"role":"user"}})",
            {kGood,
             {Verdict::Warning,
              "GET /xapi/v1/Recordings answers 403 to this API client: it may not fetch recordings: calls "
              "that "
              "no PC hears (desk phone, mobile app) stay without text -> in 3CX open Integrations, API, this "
              "API client, and give it the role of a system owner; or set pbx.recordings to false"}}},
        Row{"RecordingsAreNotWanted",
            R"({"profile":{"role":"user"}})",
            {kGood},
            false,
            [](Setting& setting) { setting.settings.pbx.recordings = false; }},
        Row{"OnlyTheListOfCallsOfARoleThatSeesNoRecordings",
            R"({"profile":{"callControl":"off","role":"user"}})",
            {{Verdict::Warning, "its list of calls is asked for instead"},
             {Verdict::Warning, "it may not fetch recordings"}}},
        Row{"ExtensionNotMonitored",
            R"({"monitored":["202"]})",
            {{Verdict::Failed,
              "extension 201 is not monitored: its calls are not seen -> in 3CX open Integrations, API, "
              "this API client, and add the technicians' extensions to 'extensions to monitor'"},
             {Verdict::Ok, "1 numbers are monitored"}}},
        Row{"NothingMonitored",
            R"({"monitored":[]})",
            {{Verdict::Failed, "no extension is monitored, so no call is seen"}}},
        Row{"LicenceMissing",
            R"({"profile":{"licence":"missing"}})",
            {{Verdict::Failed,
              "the licence of this PBX does not have it -> the Call Control API needs an "
              "Enterprise or AI licence"}}},
        Row{"V18WithoutALogin",
            R"({"profile":{"version":"v18"}})",
            {{Verdict::Failed,
              "this PBX is older than V20, and no login to its management console is set -> "
              "set PBX_USER and PBX_PASSWORD"}}},
        Row{"V18",
            R"({"profile":{"version":"v18"}})",
            {{Verdict::Ok, "3CX 18.0.9.20, older than V20: its list of calls is asked for"},
             {Verdict::Warning,
              "recordings cannot be fetched from a PBX older than V20: calls that no PC hears (desk phone, "
              "mobile app) stay without text -> set pbx.recordings to false"}},
            false,
            asV18},
        Row{"V18WithoutRecordings",
            R"({"profile":{"version":"v18"}})",
            {{Verdict::Ok, "3CX 18.0.9.20, older than V20: its list of calls is asked for"}},
            false,
            [](Setting& setting) {
                asV18(setting);
                setting.settings.pbx.recordings = false;
            }},
        Row{"V18WithAWrongPassword",
            R"({"profile":{"version":"v18"}})",
            {{Verdict::Failed, "its management console refuses PBX_USER and PBX_PASSWORD"}},
            false,
            [](Setting& setting) {
                asV18(setting);
                setting.secrets.pbxPassword = "other";
            }},
        Row{"ValidCertificate", R"({"profile":{"tls":"valid"}})", {kGood}, true},
        Row{"CertificateOfAnUnknownAuthority",
            R"({"profile":{"tls":"valid"}})",
            {{Verdict::Failed, "save the authority's certificate as a PEM file and name it in pbx.caFile"}}},
        Row{"SelfSignedCertificate",
            R"({"profile":{"tls":"self-signed"}})",
            {{Verdict::Failed, "save the PBX's certificate as a PEM file and name it in pbx.caFile"}}},
        Row{"SelfSignedCertificateThatIsKnown", R"({"profile":{"tls":"self-signed"}})", {kGood}, true},
        Row{"CertificateOfAWrongName",
            R"({"profile":{"tls":"wrong-name"}})",
            {{Verdict::Failed, "write the name that the certificate has into pbx.url"}},
            true},
        Row{"ExpiredCertificate",
            R"({"profile":{"tls":"expired"}})",
            {{Verdict::Failed, "renew the certificate in 3CX"}},
            true},
        Row{"NameUnknown",
            "{}",
            {{Verdict::Failed, "this computer's name server (DNS)"}},
            false,
            [](Setting& setting) { setting.settings.pbx.url = "https://pbx.invalid"; }},
        Row{"NobodyListens",
            "{}",
            {{Verdict::Failed, "check the port in pbx.url"}},
            false,
            [](Setting& setting) { setting.settings.pbx.url = "http://127.0.0.1:1"; }},
        Row{"NoTls",
            "{}",
            {{Verdict::Failed, "what answers there is not https"}},
            false,
            [](Setting& setting) { setting.settings.pbx.url.replace(0, 4, "https"); }},
        Row{"ClockAhead",
            R"({"profile":{"clockSkewS":300}})",
            {kGood, {Verdict::Warning, " s ahead of this computer's -> let both follow a time server"}}},
        Row{"ClockBehind",
            R"({"profile":{"clockSkewS":-300}})",
            {kGood, {Verdict::Warning, " s behind this computer's -> let both follow a time server"}}},
        Row{"Throttled",
            R"({"faults":[{"kind":"429","times":50}]})",
            {{Verdict::Failed, "answers 429: too many requests"}}},
        Row{"Starting",
            R"({"faults":[{"kind":"502","times":50}]})",
            {{Verdict::Failed, "answers 502 -> the PBX may be starting"}}}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::app
