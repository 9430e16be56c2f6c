#include "server/telephony/pbx_probe.hpp"

#include "server/net/throttle.hpp"
#include "server/telephony/lenient_json.hpp"
#include "shared/core/text.hpp"

#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;

PbxAnswer answerOf(int status, const std::string& body, bool isWebPage) {
    const bool isRefusal = status >= 400 && status < 500;
    return {status, isWebPage, isRefusal && lowered(body).find("licen") != std::string::npos};
}

/// A 404 is one as well: an API that is closed may look as if it were not there.
bool isRefusal(int status) {
    return status == 403 || status == 404;
}

}  // namespace

PbxSystem readSystemStatus(std::string_view text) {
    const auto value = json::parse(text);
    if (!value || !value->is_object()) return {};
    const boost::json::object& object = value->get_object();
    return {lenient::textOf(object, "version"), lenient::textOf(object, "productcode"),
            lenient::flagOf(object, "licenseactive")};
}

PbxProbe::PbxProbe(const PbxAccess& access, net::HttpTransport& http, PbxToken& token, LegacyLogin& login)
    : access_(access), http_(http), token_(token), login_(login) {}

asio::awaitable<PbxProbe::Told> PbxProbe::ask(PbxLogin* login, std::string path, std::string* failure) {
    for (int attempt = 0;; ++attempt) {
        net::ClientRequest request;
        request.url = access_.baseUrl + path;
        request.tls = access_.tls;
        request.totalTimeout = 10s;
        request.maxBodyBytes = 4U << 20;
        request.headers.set("Accept", "application/json");
        std::string proof;
        if (login) {
            auto got = co_await login->get();
            if (!got) {
                if (failure) *failure = got.error().detail;
                co_return Told{};
            }
            proof = *got;
            login->sign(request.headers, proof);
        }
        auto answer = co_await http_.send(std::move(request));
        if (!answer) {
            if (failure) *failure = answer.error().detail;
            co_return Told{};
        }
        if (login && answer->status == 401) {
            login->refused(proof);
            if (attempt == 0) continue;
        } else if (login) {
            login->worked(proof);
        }
        co_return Told{answerOf(answer->status, answer->body, net::isWebPage(*answer)), answer->body,
                       answer->headers.get("X-3CX-Version").value_or("")};
    }
}

/// Whether there is one.
asio::awaitable<bool> PbxProbe::askToken(PbxAnswers& answers) {
    const auto token = co_await token_.get();
    const PbxToken::Answer& last = token_.lastAnswer();
    answers.clockAhead = last.clockAhead;
    if (token) {
        answers.token.status = 200;
        co_return true;
    }
    answers.token = answerOf(last.status, last.body, false);
    // An answer that cannot be used is a page of something else. Busy: too early to ask again, so the last counts.
    if (last.status == 200 && token.error().kind == ErrorKind::BadMessage) answers.token.isWebPage = true;
    if (last.status == 200 && token.error().kind == ErrorKind::Busy) answers.token = {};
    if (answers.token.status == 0) answers.failure = token.error().detail;
    co_return false;
}

asio::awaitable<PbxAnswers> PbxProbe::forTheWay() {
    PbxAnswers answers;
    const bool hasToken = co_await askToken(answers);
    if (hasToken) co_await askApis(answers);
    co_return answers;
}

asio::awaitable<void> PbxProbe::askApis(PbxAnswers& answers) {
    std::string path = "/callcontrol";
    const Told seen = co_await ask(&token_, std::move(path), &answers.failure);
    answers.callControl = seen.answer;
    if (seen.answer.status == 200) {
        if (const auto dns = parseCallControl(seen.body))
            for (const Dn& dn : *dns) answers.monitored.push_back(dn.dn);
        else
            answers.callControl.isWebPage = true;
        co_return;
    }
    if (!isRefusal(seen.answer.status)) co_return;
    path = "/xapi/v1/ActiveCalls";
    answers.activeCalls = (co_await ask(&token_, std::move(path), &answers.failure)).answer;
}

asio::awaitable<void> PbxProbe::askConsole(PbxAnswers& answers) {
    const auto cookie = co_await login_.get();
    if (!cookie) {
        answers.login = login_.lastAnswer();
        if (!answers.login) answers.failure = cookie.error().detail;
        co_return;
    }
    answers.login = LoginAnswer::Accepted;
    std::string path = "/api/activeCalls";
    answers.legacyCalls = (co_await ask(&login_, std::move(path), &answers.failure)).answer;
}

asio::awaitable<PbxSystem> PbxProbe::system(PbxWay way) {
    const bool isOld = way == PbxWay::Legacy;
    PbxLogin* const login = isOld ? static_cast<PbxLogin*>(&login_) : &token_;
    std::string path = isOld ? "/api/SystemStatus" : "/xapi/v1/SystemStatus";
    const Told status = co_await ask(login, std::move(path), nullptr);
    PbxSystem system = status.answer.status == 200 ? readSystemStatus(status.body) : PbxSystem{};
    if (!status.version.empty()) system.version = status.version;
    const bool isRefused = isRefusal(status.answer.status);
    if (isOld || (!system.version.empty() && !isRefused)) co_return system;
    path = "/xapi/v1/Defs?$select=Id";
    const Told probe = co_await ask(&token_, std::move(path), nullptr);
    if (!probe.version.empty()) system.version = probe.version;
    system.isXapiRefused = isRefused && isRefusal(probe.answer.status);
    co_return system;
}

asio::awaitable<PbxAnswers> PbxProbe::forDiagnosis(PbxSite site) {
    PbxAnswers answers;
    bool hasToken = false;
    if (site.hasKey && site.mode != PbxMode::Legacy) {
        hasToken = co_await askToken(answers);
        if (hasToken) co_await askApis(answers);
        if (hasToken && site.mode == PbxMode::ActiveCalls && answers.activeCalls.status == 0) {
            std::string path = "/xapi/v1/ActiveCalls";
            answers.activeCalls = (co_await ask(&token_, std::move(path), &answers.failure)).answer;
        }
    }
    if (hasToken) {
        answers.system = co_await system(PbxWay::CallControl);
        if (site.wantsRecordings && !answers.system.isXapiRefused) {
            std::string path = "/xapi/v1/Recordings?$top=1";
            answers.recordings = (co_await ask(&token_, std::move(path), nullptr)).answer;
        }
        co_return answers;
    }
    if (answers.token.status != 404 && answers.token.status != 0) co_return answers;
    std::string path = "/api/SystemStatus";
    const Told console = co_await ask(nullptr, std::move(path), nullptr);
    answers.console = console.answer;
    const bool isConsole = console.answer.status == 200 || console.answer.status == 401;
    if (!isConsole || !site.hasConsoleLogin) co_return answers;
    co_await askConsole(answers);
    if (answers.login == LoginAnswer::Accepted) answers.system = co_await system(PbxWay::Legacy);
    co_return answers;
}

}  // namespace ninja3cx::telephony
