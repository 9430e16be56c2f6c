#include "server/app/findings.hpp"
#include "server/app/options.hpp"
#include "server/app/wait_for.hpp"
#include "server/net/http.hpp"
#include "server/telephony/pbx_token.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

namespace ninja3cx::app {

namespace asio = boost::asio;

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
    const telephony::PbxOptions options = pbxOptions(setting);
    telephony::PbxToken token{options.access, http, clock};
    auto value = waitFor(context, token.get());
    if (!value) {
        const bool isKey = value.error().kind == ErrorKind::Unauthorized;
        findings.push_back({"PBX", Verdict::Failed, value.error().detail,
                            isKey ? "compare PBX_CLIENT_ID and PBX_CLIENT_SECRET with 3CX: Integrations, API"
                                  : "check pbx.url and the network; a private certificate needs pbx.caFile"});
        return;
    }
    net::ClientRequest request;
    request.url = options.access.baseUrl + "/callcontrol";
    request.tls = options.access.tls;
    request.headers.set("Authorization", "Bearer " + *value);
    auto answer = waitFor(context, http.send(std::move(request)));
    if (!answer || answer->status != 200) {
        findings.push_back(
            {"PBX", Verdict::Failed,
             answer ? "call control answers " + std::to_string(answer->status) : answer.error().detail,
             "in 3CX tick 'Call Control API access' for this API client; it needs the Enterprise licence"});
        return;
    }
    const auto dns = telephony::parseCallControl(answer->body);
    const std::size_t seen = dns ? dns->size() : 0;
    // The API client's own route point is always among them.
    findings.push_back({"PBX", seen > 1 ? Verdict::Ok : Verdict::Warning,
                        std::to_string(seen) + " numbers are monitored",
                        seen > 1 ? "" : "in 3CX add the technicians' extensions to 'extensions to monitor'"});
}

void checkNinja(const Setting& setting, Findings& findings) {
    if (!hasNinja(setting.secrets)) {
        findings.push_back({"NinjaOne", Verdict::Skipped, "no credentials",
                            "set NINJA_CLIENT_ID and NINJA_CLIENT_SECRET in server/.env"});
        return;
    }
    // A running server owns the refresh token, which changes at each use.
    if (isServing(setting.dataDir)) {
        findings.push_back({"NinjaOne", Verdict::Skipped,
                            "the running server holds the login; its dashboard shows the state",
                            "stop the server to check NinjaOne here"});
        return;
    }
    const RealClock clock;
    asio::io_context context{1};
    net::HttpClient http{context.get_executor()};
    asio::thread_pool disk{1};
    const ticketing::NinjaAccount account = ninjaAccount(setting);
    ticketing::NinjaTokens tokens{account, setting.dataDir, clock, http, disk.get_executor()};
    ticketing::NinjaClient client{account, tokens, clock, http};
    const auto writable = waitFor(context, tokens.accessToken(ticketing::Use::Write));
    if (!writable) {
        const bool isLogin = writable.error().kind == ErrorKind::Unauthorized;
        findings.push_back(
            {"NinjaOne", Verdict::Failed, tokens.redact(writable.error().detail),
             isLogin ? "log in: 3cx-ninja-server ninja login"
                     : "check ninja.apiUrl (the region), the client id and secret, and the network"});
        disk.join();
        return;
    }
    const auto boards = waitFor(context, client.boards());
    disk.join();
    if (!boards) {
        findings.push_back({"NinjaOne", Verdict::Failed, boards.error().detail,
                            "give the technician the right to use ticketing"});
        return;
    }
    for (const ticketing::Board& board : *boards) {
        if (board.id != setting.settings.ninja.boardId) continue;
        const bool isDeleted = board.name.find("elete") != std::string::npos;
        findings.push_back({"NinjaOne", isDeleted ? Verdict::Warning : Verdict::Ok, "board " + board.name,
                            isDeleted ? "ninja.boardId shows deleted tickets; choose another board" : ""});
        return;
    }
    findings.push_back({"NinjaOne", Verdict::Warning,
                        "there is no board " + std::to_string(setting.settings.ninja.boardId),
                        "set ninja.boardId to one of the tenant's boards"});
}

}  // namespace ninja3cx::app
