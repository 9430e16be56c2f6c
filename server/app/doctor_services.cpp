#include "server/app/findings.hpp"
#include "server/app/options.hpp"
#include "server/app/port_check.hpp"
#include "server/app/wait_for.hpp"
#include "server/net/http.hpp"
#include "server/net/reach.hpp"
#include "server/telephony/pbx_probe.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/tenant_check.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

namespace ninja3cx::app {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds kReachPatience{5'000};

Verdict verdictOf(ticketing::TenantFinding::Level level) {
    using Level = ticketing::TenantFinding::Level;
    switch (level) {
        case Level::Good:
            return Verdict::Ok;
        case Level::Warning:
            return Verdict::Warning;
        case Level::Failed:
            break;
    }
    return Verdict::Failed;
}

Verdict verdictOf(telephony::PbxFinding::Level level) {
    using Level = telephony::PbxFinding::Level;
    switch (level) {
        case Level::Good:
            return Verdict::Ok;
        case Level::Warning:
            return Verdict::Warning;
        case Level::Failed:
            break;
    }
    return Verdict::Failed;
}

void checkRunningNinja(const Setting& setting, Findings& findings) {
    const auto running = askRunningServer(setting.settings.server);
    if (!running || running->ninja.empty()) {
        findings.push_back({"NinjaOne", Verdict::Skipped,
                            "the running server holds the login and does not answer on this configuration's "
                            "port; its dashboard shows the state",
                            "stop the server to check NinjaOne here"});
        return;
    }
    const std::string said = "the running server says: " + running->ninja;
    if (running->ninja == "connected" && !running->ninjaWarning.empty())
        findings.push_back({"NinjaOne", Verdict::Warning, said, running->ninjaWarning});
    else if (running->ninja == "connected")
        findings.push_back({"NinjaOne", Verdict::Ok, said, ""});
    else if (running->ninja == "needsLogin")
        findings.push_back({"NinjaOne", Verdict::Failed, said, "log in: 3cx-ninja-server ninja login"});
    else if (running->ninja == "failed")
        findings.push_back(
            {"NinjaOne", Verdict::Failed,
             said + (running->problem.find("NinjaOne") == std::string::npos ? "" : ": " + running->problem),
             "the server's log says what NinjaOne answered"});
    else
        findings.push_back({"NinjaOne", Verdict::Warning, said,
                            running->ninja == "notConfigured"
                                ? "start the server again: it has not read NINJA_CLIENT_ID and "
                                  "NINJA_CLIENT_SECRET"
                                : "ask again in a minute"});
}

}  // namespace

void checkPbx(const Setting& setting, Findings& findings) {
    if (setting.settings.pbx.url.empty()) {
        findings.push_back({"PBX", Verdict::Skipped, "pbx.url is empty",
                            "set pbx.url, PBX_CLIENT_ID and PBX_CLIENT_SECRET"});
        return;
    }
    // 3CX knows one token for each API client: one for us would end the running server's.
    if (isServing(setting.dataDir)) {
        findings.push_back({"PBX", Verdict::Skipped,
                            "the running server holds the link; its dashboard shows the state",
                            "stop the server to check the PBX here"});
        return;
    }
    const RealClock clock;
    asio::io_context context{1};
    net::HttpClient http{context.get_executor()};
    const telephony::PbxAccess access = pbxSetup(setting).access;
    const telephony::PbxSite site = pbxSite(setting);
    telephony::PbxAnswers answers;
    auto unreachable = waitFor(
        context, net::reach(context.get_executor(), access.baseUrl + "/", access.tls, kReachPatience));
    if (!unreachable) {
        telephony::PbxToken token{access, http, clock};
        telephony::LegacyLogin login{access, http, clock};
        telephony::PbxProbe probe{access, http, token, login};
        answers = waitFor(context, probe.forDiagnosis(site));
    }
    answers.unreachable = std::move(unreachable);
    for (const telephony::PbxFinding& one : diagnose(site, answers))
        findings.push_back({"PBX", verdictOf(one.level), one.detail, one.remedy});
}

void checkNinja(const Setting& setting, Findings& findings) {
    if (!hasNinja(setting.secrets)) {
        findings.push_back({"NinjaOne", Verdict::Skipped, "no credentials",
                            "set NINJA_CLIENT_ID and NINJA_CLIENT_SECRET in server/.env"});
        return;
    }
    // A running server owns the refresh token, which changes at each use: it is asked.
    if (isServing(setting.dataDir)) return checkRunningNinja(setting, findings);
    const RealClock clock;
    asio::io_context context{1};
    net::HttpClient http{context.get_executor()};
    asio::thread_pool disk{1};
    const ticketing::NinjaAccount account = ninjaAccount(setting);
    ticketing::NinjaTokens tokens{account, setting.dataDir, clock, http, disk.get_executor()};
    ticketing::NinjaClient client{account, tokens, clock, http};
    const auto found = waitFor(context, ticketing::checkTenant(client, tenantWishes(setting.settings)));
    disk.join();
    for (const ticketing::TenantFinding& one : found)
        findings.push_back({"NinjaOne", verdictOf(one.level), tokens.redact(one.detail), one.remedy});
}

}  // namespace ninja3cx::app
