#include "server/app/commands.hpp"
#include "server/app/options.hpp"
#include "server/app/speech.hpp"
#include "server/models/catalog.hpp"
#include "server/net/http.hpp"
#include "server/storage/data_dir.hpp"
#include "server/telephony/pbx_token.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/transcription/model_file.hpp"
#include "server/transcription/processor.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json.hpp>

#include <chrono>
#include <iostream>
#include <optional>

namespace ninja3cx::app {

namespace asio = boost::asio;

namespace {

enum class Verdict { Ok = 1, Warning, Failed, Skipped };

const char* nameOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Ok:
            return "ok";
        case Verdict::Warning:
            return "warning";
        case Verdict::Failed:
            return "failed";
        case Verdict::Skipped:
            return "skipped";
    }
    return "";
}

struct Finding {
    std::string what;
    Verdict verdict{};
    std::string detail;  // what was found
    std::string remedy;  // what to do about it
};
using Findings = std::vector<Finding>;

/// Runs a coroutine to its end.
template <class T>
T waitFor(asio::io_context& context, asio::awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr failure;
    asio::co_spawn(context, std::move(work), [&](std::exception_ptr thrown, T value) {
        failure = thrown;
        result = std::move(value);
        context.stop();
    });
    context.restart();
    context.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
}

void checkModel(const Setting& setting, Findings& findings) {
    const config::WhisperSettings& whisper = setting.settings.whisper;
    if (auto able = transcription::checkProcessor(); !able) {
        findings.push_back(
            {"processor", Verdict::Failed, able.error().detail, "use another machine or build for this one"});
        return;
    }
    auto file = models::findModel(whisper.model, whisper.modelsDir);
    if (!file) {
        findings.push_back(
            {"model", Verdict::Failed, file.error().detail, "3cx-ninja-server models pull " + whisper.model});
        return;
    }
    auto info = transcription::inspectModelFile(*file);
    if (!info) {
        findings.push_back(
            {"model", Verdict::Failed, info.error().detail, "delete the file and pull it again"});
        return;
    }
    const bool isDemo = file->filename().string().find("demo") != std::string::npos;
    findings.push_back({"model", isDemo ? Verdict::Warning : Verdict::Ok,
                        file->string() + " (" + info->size + ")",
                        isDemo ? "the demo model understands synthetic voices only: models pull base" : ""});
    const bool hasSilero = voiceModelOf(whisper).has_value();
    findings.push_back(
        {"voice detection", hasSilero ? Verdict::Ok : Verdict::Warning,
         hasSilero ? "Silero" : "the built-in detector",
         hasSilero ? "" : "Silero is better with noise and music: 3cx-ninja-server models pull silero"});
}

void checkDisk(const Setting& setting, Findings& findings) {
    const std::string remedy = "give this account the right to write to " + setting.dataDir.string();
    if (auto prepared = storage::prepareDataDir(setting.dataDir); !prepared) {
        findings.push_back({"data", Verdict::Failed, prepared.error().detail, remedy});
        return;
    }
    if (auto database = storage::openDatabase(setting.dataDir); !database) {
        findings.push_back({"data", Verdict::Failed, database.error().detail, remedy});
        return;
    }
    std::error_code failure;
    const auto space = std::filesystem::space(setting.dataDir, failure);
    const auto gigabytes = failure ? 0 : space.available >> 30;
    const bool isTight = gigabytes < 2;
    findings.push_back({"data", isTight ? Verdict::Warning : Verdict::Ok,
                        setting.dataDir.string() + ", " + std::to_string(gigabytes) + " GiB free",
                        isTight ? "an hour of a call needs 0.2 GiB until it is transcribed: make room" : ""});
}

void checkPort(const Setting& setting, Findings& findings) {
    const config::ServerSettings& server = setting.settings.server;
    const std::string where = server.address + ":" + std::to_string(server.port);
    asio::io_context context;
    try {
        const net::HttpServer probe{context.get_executor(), serverOptions(server), net::Router{}};
        findings.push_back({"port", Verdict::Ok, where + " is free", ""});
    } catch (const std::exception& failure) {
        auto lock = storage::DataDirLock::take(setting.dataDir);
        if (lock)
            findings.push_back(
                {"port", Verdict::Failed, failure.what(), "change server.port or server.address"});
        else
            findings.push_back({"port", Verdict::Ok, where + " is in use by the running server", ""});
    }
    const bool isOpen =
        server.address != "127.0.0.1" && server.address != "::1" && server.address != "localhost";
    const bool hasTls = !server.tls.certificateFile.empty();
    if (!isOpen)
        findings.push_back({"reach", Verdict::Warning, "only this computer can reach the server",
                            "for agents on other computers set server.address to 0.0.0.0, with server.tls"});
    else if (!hasTls)
        findings.push_back({"reach", Verdict::Warning, "calls travel unencrypted through the network",
                            "3cx-ninja-server tls selfsign, then set server.tls"});
    else
        findings.push_back({"reach", Verdict::Ok, "encrypted", ""});
}

void checkPbx(const Setting& setting, asio::io_context& context, net::HttpTransport& http, const Clock& clock,
              Findings& findings) {
    if (setting.settings.pbx.url.empty()) {
        findings.push_back({"PBX", Verdict::Skipped, "pbx.url is empty",
                            "set pbx.url, PBX_CLIENT_ID and PBX_CLIENT_SECRET"});
        return;
    }
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

void checkNinja(const Setting& setting, asio::io_context& context, net::HttpTransport& http,
                const Clock& clock, Findings& findings) {
    if (!hasNinja(setting.secrets)) {
        findings.push_back({"NinjaOne", Verdict::Skipped, "no credentials",
                            "set NINJA_CLIENT_ID and NINJA_CLIENT_SECRET in server/.env"});
        return;
    }
    // A running server owns the refresh token, which changes at each use.
    if (auto lock = storage::DataDirLock::take(setting.dataDir); !lock) {
        findings.push_back({"NinjaOne", Verdict::Skipped,
                            "the running server holds the login; its dashboard shows the state",
                            "stop the server to check NinjaOne here"});
        return;
    }
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

}  // namespace

int doctor(const Setting& setting) {
    Findings findings;
    std::string sources;
    for (const std::string& source : setting.sources) sources += (sources.empty() ? "" : ", ") + source;
    findings.push_back({"configuration", Verdict::Ok, sources.empty() ? "built-in defaults" : sources, ""});
    checkModel(setting, findings);
    checkDisk(setting, findings);
    checkPort(setting, findings);
    const RealClock clock;
    asio::io_context context{1};
    net::HttpClient http{context.get_executor()};
    checkPbx(setting, context, http, clock, findings);
    checkNinja(setting, context, http, clock, findings);

    bool hasFailed = false;
    boost::json::array rows;
    for (const Finding& finding : findings) {
        hasFailed = hasFailed || finding.verdict == Verdict::Failed;
        rows.push_back({{"what", finding.what},
                        {"verdict", nameOf(finding.verdict)},
                        {"detail", finding.detail},
                        {"remedy", finding.remedy}});
        if (setting.arguments.wantsJson()) continue;
        std::string line = std::string{"  "} + nameOf(finding.verdict);
        line.resize(12, ' ');
        line += finding.what + ": " + finding.detail;
        std::cout << line << "\n";
        if (!finding.remedy.empty()) std::cout << std::string(12, ' ') << "-> " << finding.remedy << "\n";
    }
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(boost::json::object{{"isGood", !hasFailed}, {"findings", rows}})
                  << "\n";
    return hasFailed ? kFailed : kDone;
}

}  // namespace ninja3cx::app
