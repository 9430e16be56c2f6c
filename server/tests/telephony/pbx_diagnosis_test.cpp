#include "server/telephony/pbx_diagnosis.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
using Level = PbxFinding::Level;
using net::ReachProblem;

PbxSite v20Site() {
    PbxSite site;
    site.hasKey = true;
    site.clientId = "900";
    return site;
}
PbxSite v18Site() {
    PbxSite site;
    site.hasConsoleLogin = true;
    return site;
}
PbxSite inMode(PbxMode mode, PbxSite site) {
    site.mode = mode;
    return site;
}
PbxSite expecting(std::vector<std::string> extensions) {
    PbxSite site = v20Site();
    site.expected = std::move(extensions);
    return site;
}

/// Of a V20 that lets us do everything.
PbxAnswers fullV20() {
    PbxAnswers answers;
    answers.token.status = 200;
    answers.callControl.status = 200;
    answers.system = {"20.0.9.995", "3CXPSENTSPLA", true};
    answers.monitored = {"900", "201", "202"};
    return answers;
}
/// Of a V18 that lets us in.
PbxAnswers fullV18() {
    PbxAnswers answers;
    answers.token.status = 404;
    answers.console.status = 401;
    answers.login = LoginAnswer::Accepted;
    answers.legacyCalls.status = 200;
    answers.system.version = "18.0.9.23";
    return answers;
}
template <class Change>
PbxAnswers with(PbxAnswers answers, Change change) {
    change(answers);
    return answers;
}
PbxAnswers unreachable(ReachProblem problem) {
    PbxAnswers answers;
    answers.unreachable = net::ReachFailure{problem, "pbx:443: it is so"};
    return answers;
}
PbxAnswers withoutCallControl(int status, int lists) {
    return with(fullV20(), [&](PbxAnswers& a) {
        a.callControl.status = status;
        a.activeCalls.status = lists;
        a.monitored.clear();
    });
}
PbxAnswers token(int status) {
    PbxAnswers answers;
    answers.token.status = status;
    return answers;
}

struct Row {
    const char* name;
    PbxSite site;
    PbxAnswers answers;
    PbxCause cause;
    Level level;
    const char* words;  // of detail and remedy
};
class Diagnosis : public testing::TestWithParam<Row> {};
TEST_P(Diagnosis, NamesTheCause) {
    const Row& row = GetParam();
    const auto findings = diagnose(row.site, row.answers);
    ASSERT_FALSE(findings.empty());
    const PbxFinding& first = findings[0];
    EXPECT_EQ(first.cause, row.cause) << first.detail;
    EXPECT_EQ(first.level, row.level) << first.detail;
    const std::string text = first.detail + " -> " + first.remedy;
    EXPECT_NE(text.find(row.words), std::string::npos) << text;
    if (first.level == Level::Failed) {
        EXPECT_NE(first.remedy, "");
    }
}
INSTANTIATE_TEST_SUITE_P(
    Connections, Diagnosis,
    testing::Values(Row{"Name", v20Site(), unreachable(ReachProblem::NoSuchName), PbxCause::NameUnknown,
                        Level::Failed, "DNS"},
                    Row{"Refused", v20Site(), unreachable(ReachProblem::Refused), PbxCause::ConnectionRefused,
                        Level::Failed, "check the port"},
                    Row{"Silent", v20Site(), unreachable(ReachProblem::NoAnswer), PbxCause::NoAnswer,
                        Level::Failed, "firewall"},
                    Row{"NoTls", v20Site(), unreachable(ReachProblem::NoTls), PbxCause::NoTls, Level::Failed,
                        "not https"},
                    Row{"SelfSigned", v20Site(), unreachable(ReachProblem::SelfSigned),
                        PbxCause::CertificateSelfSigned, Level::Failed, "pbx.caFile"},
                    Row{"Authority", v20Site(), unreachable(ReachProblem::UnknownAuthority),
                        PbxCause::CertificateAuthority, Level::Failed, "pbx.caFile"},
                    Row{"WrongName", v20Site(), unreachable(ReachProblem::WrongName),
                        PbxCause::CertificateName, Level::Failed, "into pbx.url"},
                    Row{"Expired", v20Site(), unreachable(ReachProblem::Expired),
                        PbxCause::CertificateExpired, Level::Failed, "renew"},
                    Row{"NotYet", v20Site(), unreachable(ReachProblem::NotYetValid),
                        PbxCause::CertificateNotYetValid, Level::Failed, "timedatectl"},
                    Row{"OtherCertificate", v20Site(), unreachable(ReachProblem::BadCertificate),
                        PbxCause::CertificateOther, Level::Failed, "openssl"},
                    Row{"Address", v20Site(), unreachable(ReachProblem::BadAddress), PbxCause::BadAddress,
                        Level::Failed, "pbx.url"}),
    [](const auto& info) { return std::string{info.param.name}; });
INSTANTIATE_TEST_SUITE_P(
    V20, Diagnosis,
    testing::Values(
        Row{"Good", v20Site(), fullV20(), PbxCause::Works, Level::Good,
            "3CX 20.0.9.995, Call Control API, 2 numbers"},
        Row{"NoKey", PbxSite{}, PbxAnswers{}, PbxCause::NotConfigured, Level::Failed, "PBX_CLIENT_ID"},
        Row{"WrongKey", v20Site(), token(401), PbxCause::WrongKey, Level::Failed, "PBX_CLIENT_SECRET"},
        Row{"WrongId", v20Site(), token(400), PbxCause::WrongKey, Level::Failed, "PBX_CLIENT_ID"},
        Row{"NoLicenceForTokens", v20Site(), with(token(403), [](auto& a) { a.token.namesLicence = true; }),
            PbxCause::LicenceMissing, Level::Failed, "Enterprise"},
        Row{"Throttled", v20Site(), token(429), PbxCause::Throttled, Level::Failed, "wait"},
        Row{"Starting", v20Site(), token(502), PbxCause::Trouble, Level::Failed, "again in a few minutes"},
        Row{"NoAnswer", v20Site(), with(token(0), [](auto& a) { a.failure = "pbx: no answer in time"; }),
            PbxCause::NoAnswer, Level::Failed, "no answer in time"},
        Row{"WebPage", v20Site(), with(token(200), [](auto& a) { a.token.isWebPage = true; }),
            PbxCause::No3cx, Level::Failed, "pbx.url"},
        Row{"SomethingElse", v20Site(), with(token(404), [](auto& a) { a.console.status = 404; }),
            PbxCause::No3cx, Level::Failed, "pbx.url"},
        Row{"NoApi", v20Site(), withoutCallControl(403, 403), PbxCause::ApiNotEnabled, Level::Failed,
            "tick '3CX Call Control API access'"},
        Row{"NoApiButLists", v20Site(), withoutCallControl(404, 200), PbxCause::ApiNotEnabled, Level::Warning,
            "list of calls is asked for instead"},
        Row{"NoApiThatIsDemanded", inMode(PbxMode::CallControl, v20Site()), withoutCallControl(403, 200),
            PbxCause::ApiNotEnabled, Level::Failed, "tick"},
        Row{"SmallLicence", v20Site(),
            with(withoutCallControl(403, 200), [](auto& a) { a.system.product = "3CXPSPROFSPLA"; }),
            PbxCause::LicenceMissing, Level::Warning, "3CXPSPROFSPLA"},
        Row{"LicenceNotActive", v20Site(),
            with(withoutCallControl(403, 403), [](auto& a) { a.system.isLicenceActive = false; }),
            PbxCause::LicenceMissing, Level::Failed, "not active"},
        Row{"LicenceInWords", v20Site(),
            with(withoutCallControl(403, 403), [](auto& a) { a.callControl.namesLicence = true; }),
            PbxCause::LicenceMissing, Level::Failed, "Enterprise or AI"},
        Row{"TokenEndedAtOnce", v20Site(), withoutCallControl(401, 0), PbxCause::UsedTwice, Level::Failed,
            "another program"},
        Row{"NobodyMonitored", v20Site(), with(fullV20(), [](auto& a) { a.monitored = {"900"}; }),
            PbxCause::NotMonitored, Level::Failed, "extensions to monitor"},
        Row{"OneNotMonitored", expecting({"201", "203"}), fullV20(), PbxCause::NotMonitored, Level::Warning,
            "extension 203 is not monitored"},
        Row{"NoneOfOurs", expecting({"203", "204"}), fullV20(), PbxCause::NotMonitored, Level::Failed,
            "extensions 203, 204 are not monitored"},
        Row{"AllOfOurs", expecting({"201", "202"}), fullV20(), PbxCause::Works, Level::Good, "monitored"},
        Row{"ListsAsWished", inMode(PbxMode::ActiveCalls, v20Site()),
            with(fullV20(), [](auto& a) { a.activeCalls.status = 200; }), PbxCause::Works, Level::Good,
            "list of calls"},
        Row{"NoLists", inMode(PbxMode::ActiveCalls, v20Site()),
            with(fullV20(), [](auto& a) { a.activeCalls.status = 403; }), PbxCause::ApiNotEnabled,
            Level::Failed, "3CX Configuration API access"}),
    [](const auto& info) { return std::string{info.param.name}; });
INSTANTIATE_TEST_SUITE_P(
    Older, Diagnosis,
    testing::Values(Row{"Good", v18Site(), fullV18(), PbxCause::OlderThanV20, Level::Good, "3CX 18.0.9.23"},
                    Row{"NoLogin", v20Site(), with(fullV18(), [](auto& a) { a.login.reset(); }),
                        PbxCause::OlderThanV20, Level::Failed, "PBX_USER"},
                    Row{"WrongPassword", v18Site(),
                        with(fullV18(), [](auto& a) { a.login = LoginAnswer::WrongPassword; }),
                        PbxCause::WrongConsoleLogin, Level::Failed, "compare PBX_USER"},
                    Row{"SecondFactor", v18Site(),
                        with(fullV18(), [](auto& a) { a.login = LoginAnswer::SecondFactor; }),
                        PbxCause::WrongConsoleLogin, Level::Failed, "without one"},
                    Row{"MayNotSeeCalls", v18Site(),
                        with(fullV18(), [](auto& a) { a.legacyCalls.status = 403; }), PbxCause::Trouble,
                        Level::Failed, "right to see calls"},
                    Row{"AsV20", inMode(PbxMode::CallControl, v20Site()), fullV18(), PbxCause::OlderThanV20,
                        Level::Failed, "set pbx.mode to auto or legacy"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Diagnoses, WarnOfClocksThatDiffer) {
    for (const auto ahead : {1h, -1h}) {
        const auto findings =
            diagnose(v20Site(), with(fullV20(), [&](PbxAnswers& a) { a.clockAhead = ahead; }));
        ASSERT_EQ(findings.size(), 2U);
        EXPECT_EQ(findings[1].cause, PbxCause::ClockSkew);
        EXPECT_EQ(findings[1].level, Level::Warning);
        EXPECT_NE(findings[1].detail.find(ahead > 0h ? "3600 s ahead of" : "3600 s behind"),
                  std::string::npos)
            << findings[1].detail;
    }
    EXPECT_EQ(diagnose(v20Site(), with(fullV20(), [&](PbxAnswers& a) { a.clockAhead = 30s; })).size(), 1U);
}

TEST(Diagnoses, WarnOfCertificatesThatNobodyChecks) {
    PbxSite site = v20Site();
    site.acceptsAnyCertificate = true;
    const auto findings = diagnose(site, fullV20());
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[1].cause, PbxCause::UnsafeTls);
    EXPECT_EQ(findings[1].level, Level::Warning);
}

struct WayRow {
    const char* name;
    PbxMode mode;
    PbxAnswers answers;
    std::optional<PbxWay> way;
    ErrorKind why{};
};
class Ways : public testing::TestWithParam<WayRow> {};
TEST_P(Ways, AreFound) {
    const auto way = wayOf(GetParam().mode, GetParam().answers);
    ASSERT_EQ(way.has_value(), GetParam().way.has_value());
    if (way)
        EXPECT_EQ(*way, *GetParam().way);
    else
        EXPECT_EQ(way.error().kind, GetParam().why);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Ways,
    testing::Values(
        WayRow{"Best", PbxMode::Auto, fullV20(), PbxWay::CallControl},
        WayRow{"NotTicked", PbxMode::Auto, withoutCallControl(403, 200), PbxWay::ActiveCalls},
        WayRow{"NotThere", PbxMode::Auto, withoutCallControl(404, 200), PbxWay::ActiveCalls},
        WayRow{"Old", PbxMode::Auto, fullV18(), PbxWay::Legacy},
        WayRow{"WrongKey", PbxMode::Auto, token(401), std::nullopt, ErrorKind::Unauthorized},
        WayRow{"Starting", PbxMode::Auto, token(502), std::nullopt, ErrorKind::Unreachable},
        WayRow{"NoAnswer", PbxMode::Auto, token(0), std::nullopt, ErrorKind::Unreachable},
        WayRow{"Throttled", PbxMode::Auto, withoutCallControl(429, 0), std::nullopt, ErrorKind::Unreachable},
        WayRow{"Nothing", PbxMode::Auto, withoutCallControl(403, 403), std::nullopt, ErrorKind::Rejected},
        WayRow{"Unsure", PbxMode::Auto, withoutCallControl(403, 503), std::nullopt, ErrorKind::Unreachable},
        WayRow{"Fixed", PbxMode::ActiveCalls, PbxAnswers{}, PbxWay::ActiveCalls},
        WayRow{"FixedOld", PbxMode::Legacy, PbxAnswers{}, PbxWay::Legacy},
        WayRow{"FixedNew", PbxMode::CallControl, token(404), PbxWay::CallControl}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::telephony
