#include "server/telephony/pbx_diagnosis.hpp"

#include "server/telephony/monitored.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <set>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
using Level = PbxFinding::Level;
using net::ReachProblem;

constexpr std::chrono::milliseconds kTolerableSkew = 60s;
constexpr const char* kApiPage = "in 3CX open Integrations, API, this API client";

bool isRefusal(int status) {
    return status == 403 || status == 404;
}

PbxFinding unreachableFinding(const net::ReachFailure& failure) {
    const auto failed = [&](PbxCause cause, const char* remedy) {
        return PbxFinding{cause, Level::Failed, failure.detail, remedy};
    };
    switch (failure.problem) {
        case ReachProblem::BadAddress:
            return failed(PbxCause::BadAddress, "check pbx.url (https://company.3cx.fr) and pbx.caFile");
        case ReachProblem::NoSuchName:
            return failed(
                PbxCause::NameUnknown,
                "check the name in pbx.url and this computer's name server (DNS): getent hosts NAME");
        case ReachProblem::Refused:
            return failed(PbxCause::ConnectionRefused,
                          "check the port in pbx.url (443 or 5001) and that the PBX runs");
        case ReachProblem::NoAnswer:
            return failed(PbxCause::NoAnswer,
                          "check pbx.url and the network: a firewall may drop connections to it");
        case ReachProblem::NoTls:
            return failed(PbxCause::NoTls, "check the port in pbx.url: what answers there is not https");
        case ReachProblem::SelfSigned:
            return failed(PbxCause::CertificateSelfSigned,
                          "save the PBX's certificate as a PEM file and name it in pbx.caFile");
        case ReachProblem::UnknownAuthority:
            return failed(PbxCause::CertificateAuthority,
                          "save the authority's certificate as a PEM file and name it in pbx.caFile");
        case ReachProblem::WrongName:
            return failed(PbxCause::CertificateName, "write the name that the certificate has into pbx.url");
        case ReachProblem::Expired:
            return failed(
                PbxCause::CertificateExpired,
                "renew the certificate in 3CX; first see that this computer's date is right: timedatectl");
        case ReachProblem::NotYetValid:
            return failed(PbxCause::CertificateNotYetValid,
                          "set this computer's date, or the PBX's: timedatectl set-ntp true");
        case ReachProblem::BadCertificate:
            return failed(PbxCause::CertificateOther,
                          "look at the PBX's certificate: openssl s_client -connect HOST:PORT");
        case ReachProblem::Other:
            break;
    }
    return failed(PbxCause::NoAnswer, "check pbx.url and the network");
}

/// Whether Call Control is missing because the licence does not have it.
bool lacksLicence(const PbxAnswers& answers) {
    if (answers.callControl.namesLicence || answers.token.namesLicence) return true;
    if (answers.system.isLicenceActive == false) return true;
    const std::string product = lowered(answers.system.product);
    return std::ranges::any_of(std::vector<std::string>{"pro", "std", "smb", "free", "basic", "start"},
                               [&](const std::string& small) { return product.find(small) != product.npos; });
}

std::string refusedWhat(const PbxAnswers& answers) {
    return "GET /callcontrol answers " + std::to_string(answers.callControl.status) + " to this API client";
}

PbxFinding callControlMissing(const PbxSite& site, const PbxAnswers& answers) {
    const bool hasList = answers.activeCalls.status == 200;
    const bool isEnough = hasList && site.mode != PbxMode::CallControl;
    PbxFinding finding;
    finding.level = isEnough ? Level::Warning : Level::Failed;
    finding.detail = refusedWhat(answers);
    if (isEnough)
        finding.detail +=
            "; its list of calls is asked for instead, where holds are not seen and ends a second late";
    if (lacksLicence(answers)) {
        finding.cause = PbxCause::LicenceMissing;
        const std::string product = answers.system.product.empty() ? "" : " (" + answers.system.product + ")";
        finding.detail += answers.system.isLicenceActive == false
                              ? ": the licence of this PBX" + product + " is not active"
                              : ": the licence of this PBX" + product + " does not have it";
        finding.remedy = "the Call Control API needs an Enterprise or AI licence of 8 calls or more";
        if (!isEnough)
            finding.remedy +=
                "; without it set pbx.mode to auto and tick '3CX Configuration API access' for the "
                "API client";
    } else {
        finding.cause = PbxCause::ApiNotEnabled;
        finding.remedy =
            std::string{kApiPage} +
            ", and tick '3CX Call Control API access'; where that is not offered the licence lacks it "
            "(Enterprise or AI)";
        if (!isEnough && site.mode != PbxMode::CallControl)
            finding.remedy += ", then tick '3CX Configuration API access' instead";
    }
    return finding;
}

/// Of an answer that says nothing about what was asked.
std::optional<PbxFinding> disturbance(const PbxAnswer& answer, const std::string& what,
                                      const std::string& failure) {
    if (answer.status == 0)
        return PbxFinding{PbxCause::NoAnswer, Level::Failed, failure.empty() ? what + ": no answer" : failure,
                          "check pbx.url and the network"};
    if (answer.status == 429)
        return PbxFinding{
            PbxCause::Throttled, Level::Failed, what + " answers 429: too many requests",
            "wait a few minutes; see in 3CX, Security, that this computer's address is not blocked"};
    if (answer.status == 408 || answer.status >= 500)
        return PbxFinding{
            PbxCause::Trouble, Level::Failed, what + " answers " + std::to_string(answer.status),
            "the PBX may be starting or updating: ask again in a few minutes, then look at its services"};
    if (answer.status == 200 && answer.isWebPage)
        return PbxFinding{PbxCause::No3cx, Level::Failed, what + " answers with a web page",
                          "pbx.url must be the address of the 3CX web client, without a path"};
    return std::nullopt;
}

std::string versionOf(const PbxAnswers& answers) {
    return answers.system.version.empty() ? std::string{"3CX"} : "3CX " + answers.system.version;
}

PbxFinding xapiMissing() {
    return {PbxCause::ApiNotEnabled, Level::Warning,
            "the Configuration API is closed to this API client: telephones, profiles, queues and recordings "
            "are not seen",
            std::string{kApiPage} +
                ", and tick '3CX Configuration API access' with a department and a role; or set "
                "pbx.statesSeconds and pbx.queuesSeconds to 0 and pbx.recordings to false"};
}

/// Where calls are followed: of what is still out of reach then.
std::optional<PbxFinding> recordingsClosed(const PbxSite& site, const PbxAnswers& answers) {
    const auto closed = [](const std::string& why, const std::string& remedy) {
        return PbxFinding{PbxCause::RecordingsClosed, Level::Warning,
                          why + ": calls that no PC hears (desk phone, mobile app) stay without text",
                          remedy + "set pbx.recordings to false"};
    };
    if (!site.wantsRecordings || answers.system.isXapiRefused) return std::nullopt;
    if (answers.login == LoginAnswer::Accepted)
        return closed("recordings cannot be fetched from a PBX older than V20", "");
    if (answers.recordings.status == 401 || isRefusal(answers.recordings.status))
        return closed("GET /xapi/v1/Recordings answers " + std::to_string(answers.recordings.status) +
                          " to this API client: it may not fetch recordings",
                      std::string{kApiPage} + ", and give it the role of a system owner; or ");
    return std::nullopt;
}

std::vector<PbxFinding> followedByEvents(const PbxSite& site, const PbxAnswers& answers) {
    const std::set<std::string> seen(answers.monitored.begin(), answers.monitored.end());
    const std::size_t others = seen.size() - seen.count(site.clientId);
    std::vector<std::string> missing;
    for (const std::string& extension : site.expected)
        if (!seen.contains(extension)) missing.push_back(extension);
    const PbxFinding works{
        PbxCause::Works, Level::Good,
        versionOf(answers) + ", Call Control API, " + std::to_string(others) + " numbers are monitored", ""};
    if (others == 0)
        return {{PbxCause::NotMonitored, Level::Failed,
                 versionOf(answers) + ", Call Control API: no extension is monitored, so no call is seen",
                 kMonitorRemedy}};
    if (missing.empty()) return {works};
    return {{PbxCause::NotMonitored, missing.size() == site.expected.size() ? Level::Failed : Level::Warning,
             unmonitoredText(missing), kMonitorRemedy},
            works};
}

PbxFinding legacyFinding(const PbxSite& site, const PbxAnswers& answers) {
    const bool isConsole = answers.console.status == 200 || answers.console.status == 401 || answers.login;
    if (!isConsole || answers.console.isWebPage)
        return {PbxCause::No3cx, Level::Failed,
                "neither /connect/token (V20) nor /api/SystemStatus (V16, V18) is there",
                "check pbx.url: its name and port must be those of the 3CX web client"};
    const std::string what = "this PBX is older than V20";
    if (site.mode == PbxMode::CallControl || site.mode == PbxMode::ActiveCalls)
        return {PbxCause::OlderThanV20, Level::Failed, what + " and has no API for pbx.mode as it is set",
                "set pbx.mode to auto or legacy, and PBX_USER and PBX_PASSWORD of its management console"};
    if (!site.hasConsoleLogin)
        return {PbxCause::OlderThanV20, Level::Failed,
                what + ", and no login to its management console is set", "set PBX_USER and PBX_PASSWORD"};
    if (answers.login && *answers.login != LoginAnswer::Accepted)
        return {PbxCause::WrongConsoleLogin, Level::Failed,
                what + ", and its management console refuses " +
                    (*answers.login == LoginAnswer::SecondFactor ? "a login without a second factor"
                                                                 : "PBX_USER and PBX_PASSWORD"),
                loginRemedy(*answers.login)};
    if (answers.legacyCalls.status != 200)
        return disturbance(answers.legacyCalls, "/api/activeCalls", answers.failure)
            .value_or(PbxFinding{PbxCause::Trouble, Level::Failed,
                                 "/api/activeCalls answers " + std::to_string(answers.legacyCalls.status),
                                 "give the console user of PBX_USER the right to see calls"});
    return {PbxCause::OlderThanV20, Level::Good,
            versionOf(answers) +
                ", older than V20: its list of calls is asked for, where holds are not seen and ends "
                "a second late",
            ""};
}

std::vector<PbxFinding> mainFindings(const PbxSite& site, const PbxAnswers& answers) {
    if (answers.unreachable) return {unreachableFinding(*answers.unreachable)};
    const bool isLegacy = site.mode == PbxMode::Legacy || (!site.hasKey && site.hasConsoleLogin);
    if (isLegacy) return {legacyFinding(site, answers)};
    if (!site.hasKey)
        return {{PbxCause::NotConfigured, Level::Failed, "the PBX answers, and no API client is set",
                 "set PBX_CLIENT_ID and PBX_CLIENT_SECRET (V20), or PBX_USER and PBX_PASSWORD (V16, V18)"}};
    if (answers.token.status == 404) return {legacyFinding(site, answers)};
    if (auto disturbed = disturbance(answers.token, "/connect/token", answers.failure)) return {*disturbed};
    if (answers.token.status != 200) {
        if (answers.token.namesLicence)
            return {{PbxCause::LicenceMissing, Level::Failed, "3CX gives no token: it speaks of the licence",
                     "3CX's APIs need an Enterprise or AI licence"}};
        return {{PbxCause::WrongKey, Level::Failed,
                 "3CX refuses the client id or its key (status " + std::to_string(answers.token.status) + ")",
                 "compare PBX_CLIENT_ID and PBX_CLIENT_SECRET with 3CX: Integrations, API; a new key can be "
                 "made there"}};
    }
    if (site.mode == PbxMode::ActiveCalls && answers.activeCalls.status == 200)
        return {{PbxCause::Works, Level::Good, versionOf(answers) + ", its list of calls is asked for", ""}};
    if (site.mode == PbxMode::ActiveCalls && isRefusal(answers.activeCalls.status))
        return {{lacksLicence(answers) ? PbxCause::LicenceMissing : PbxCause::ApiNotEnabled, Level::Failed,
                 "GET /xapi/v1/ActiveCalls answers " + std::to_string(answers.activeCalls.status),
                 std::string{kApiPage} +
                     ", and tick '3CX Configuration API access' with a department and a role; it "
                     "needs an Enterprise or AI licence"}};
    const PbxAnswer& asked = site.mode == PbxMode::ActiveCalls ? answers.activeCalls : answers.callControl;
    if (asked.status == 401)
        return {{PbxCause::UsedTwice, Level::Failed, "3CX refuses a token that it has just given",
                 "see whether another program uses the same client id: each new token ends the other's"}};
    if (auto disturbed = disturbance(asked, "3CX's API", answers.failure)) return {*disturbed};
    if (isRefusal(asked.status)) return {callControlMissing(site, answers)};
    if (asked.status != 200)
        return {{PbxCause::Trouble, Level::Failed, "3CX's API answers " + std::to_string(asked.status),
                 "the PBX's log may say more"}};
    return followedByEvents(site, answers);
}

}  // namespace

std::string nameOf(PbxWay way) {
    switch (way) {
        case PbxWay::CallControl:
            return "Call Control API";
        case PbxWay::ActiveCalls:
            return "list of calls (XAPI)";
        case PbxWay::Legacy:
            break;
    }
    return "list of calls of a PBX older than V20";
}

Result<PbxWay> wayOf(PbxMode mode, const PbxAnswers& answers) {
    if (mode == PbxMode::CallControl) return PbxWay::CallControl;
    if (mode == PbxMode::ActiveCalls) return PbxWay::ActiveCalls;
    if (mode == PbxMode::Legacy || answers.token.status == 404) return PbxWay::Legacy;
    const auto failed = [](ErrorKind kind, const std::string& why) { return Error{kind, why}; };
    if (answers.token.status >= 400 && answers.token.status < 404)
        return failed(ErrorKind::Unauthorized,
                      "3CX refuses the client id or its key: check PBX_CLIENT_ID, PBX_CLIENT_SECRET");
    if (answers.token.status != 200)
        return failed(ErrorKind::Unreachable,
                      answers.failure.empty()
                          ? "3CX answered " + std::to_string(answers.token.status) + " to the token request"
                          : answers.failure);
    if (answers.callControl.status == 200 && !answers.callControl.isWebPage) return PbxWay::CallControl;
    if (!isRefusal(answers.callControl.status))
        return failed(ErrorKind::Unreachable,
                      answers.failure.empty() ? refusedWhat(answers) : answers.failure);
    if (answers.activeCalls.status == 200 && !answers.activeCalls.isWebPage) return PbxWay::ActiveCalls;
    if (isRefusal(answers.activeCalls.status) || answers.activeCalls.status == 401)
        return failed(ErrorKind::Rejected,
                      "3CX lets this API client follow no calls: tick '3CX Call Control API access' for it, "
                      "or where the "
                      "licence lacks that '3CX Configuration API access'");
    return failed(ErrorKind::Unreachable,
                  answers.failure.empty()
                      ? "GET /xapi/v1/ActiveCalls answered " + std::to_string(answers.activeCalls.status)
                      : answers.failure);
}

std::vector<PbxFinding> diagnose(const PbxSite& site, const PbxAnswers& answers) {
    std::vector<PbxFinding> findings = mainFindings(site, answers);
    if (answers.clockAhead && std::chrono::abs(*answers.clockAhead) > kTolerableSkew) {
        const auto seconds = std::chrono::abs(*answers.clockAhead).count() / 1000;
        findings.push_back({PbxCause::ClockSkew, Level::Warning,
                            "the PBX's clock is " + std::to_string(seconds) + " s " +
                                (*answers.clockAhead > 0ms ? "ahead of" : "behind") + " this computer's",
                            "let both follow a time server: timedatectl set-ntp true"});
    }
    if (site.wantsXapi && answers.system.isXapiRefused && answers.callControl.status == 200)
        findings.push_back(xapiMissing());
    const bool isFollowed = std::ranges::none_of(
        findings, [](const PbxFinding& finding) { return finding.level == Level::Failed; });
    if (auto closed = recordingsClosed(site, answers); closed && isFollowed)
        findings.push_back(std::move(*closed));
    if (site.acceptsAnyCertificate)
        findings.push_back(
            {PbxCause::UnsafeTls, Level::Warning,
             "pbx.acceptAnyCertificate: whoever stands between may read the key and every call",
             "set it to false, and name a private authority's file in pbx.caFile"});
    return findings;
}

}  // namespace ninja3cx::telephony
