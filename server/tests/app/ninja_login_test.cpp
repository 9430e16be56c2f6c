#include "server/app/commands.hpp"
#include "server/app/findings.hpp"
#include "server/app/wait_for.hpp"
#include "server/net/http.hpp"
#include "server/tests/scratch.hpp"
#include "server/ticketing/token_vault.hpp"
#include "simulators/ninja_one/ninja_one.hpp"
#include "simulators/ninja_schema/ninja_api.hpp"
#include "simulators/serve/serve.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>

#include <condition_variable>
#include <iostream>
#include <mutex>
#include <streambuf>
#include <string>
#include <thread>

namespace ninja3cx::app {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// Stands in for standard output, and lets another thread wait for what is printed.
class Overheard : public std::streambuf {
public:
    Overheard() : before_(std::cout.rdbuf(this)) {}
    ~Overheard() override { std::cout.rdbuf(before_); }
    Overheard(const Overheard&) = delete;
    Overheard& operator=(const Overheard&) = delete;

    /// The line that begins so, without the blanks before it; empty when none comes.
    std::string line(const std::string& start) {
        std::unique_lock lock{mutex_};
        std::string found;
        changed_.wait_for(lock, 30s, [&] {
            const std::size_t at = text_.find(start);
            const std::size_t end = at == std::string::npos ? at : text_.find('\n', at);
            if (end == std::string::npos) return false;
            found = text_.substr(at, end - at);
            return true;
        });
        return found;
    }

private:
    int_type overflow(int_type c) override {
        const char letter = traits_type::to_char_type(c);
        xsputn(&letter, 1);
        return c;
    }
    std::streamsize xsputn(const char* text, std::streamsize size) override {
        const std::lock_guard lock{mutex_};
        text_.append(text, static_cast<std::size_t>(size));
        changed_.notify_all();
        return size;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::string text_;
    std::streambuf* before_;
};

/// The simulated NinjaOne on a port of loopback.
class Tenant {
public:
    Tenant() {
        net::Router router;
        simulators::addSimulator(router, [this](const auto& request) {
            const bool isPersons = request.path == "/ws/oauth/authorize" || request.path.starts_with("/_sim");
            const std::string wrong = isPersons ? "" : textOf(simulators::NinjaApi::builtIn().check(request));
            EXPECT_EQ(wrong, "") << request.method << " " << request.path;
            return ninja_.handle(request);
        });
        server_ = std::make_unique<net::HttpServer>(context_.get_executor(), net::ServerOptions{},
                                                    std::move(router));
        asio::co_spawn(context_, server_->run(), asio::detached);
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~Tenant() {
        asio::post(context_, [this] { server_->stop(0ms); });
        thread_.join();
    }
    Tenant(const Tenant&) = delete;
    Tenant& operator=(const Tenant&) = delete;
    std::string origin() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

private:
    const RealClock clock_;
    simulators::NinjaOne ninja_{clock_, {}};
    asio::io_context context_{1};
    std::unique_ptr<net::HttpServer> server_;
    std::thread thread_;
};

net::HttpResponse visit(const std::string& url) {
    asio::io_context context{1};
    net::HttpClient http{context.get_executor()};
    net::ClientRequest request;
    request.method = "GET";
    request.url = url;
    const auto answer = waitFor(context, http.send(std::move(request)));
    return answer ? *answer : net::HttpResponse{0, {}, answer.error().detail};
}

TEST(NinjaLogin, LeadsFromThePrintedPageToALoginWithWhichDoctorIsContent) {
    const Tenant tenant;
    const test::Scratch scratch;
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    setting.settings.ninja.apiUrl = tenant.origin() + "/api/v2";
    setting.settings.ninja.boardId = 2;
    setting.secrets.ninjaClientId = "sim-client";
    setting.secrets.ninjaClientSecret = "sim-secret";
    setting.arguments.values = {{"port", "0"}};
    setting.dataDir = scratch.path() / "data";
    setting.version = "1.2.3";
    const auto doctorSays = [&] {
        Findings findings;
        checkNinja(setting, findings);
        return findings.empty() ? Finding{} : findings.front();
    };
    const auto isStored = [&] { return ticketing::TokenVault{setting.dataDir}.load()->has_value(); };

    int code = -1;
    {
        Overheard output;
        std::thread command{[&] { code = ninjaLogin(setting); }};
        const std::string page = output.line(tenant.origin() + "/ws/oauth/authorize?");
        const net::HttpResponse agreed = visit(page + "&approve=1");
        const std::string callback = agreed.headers.get("Location").value_or("");
        EXPECT_EQ(agreed.status, 302) << page << ": " << agreed.body;
        const std::string forged = callback.substr(0, callback.rfind('=') + 1) + "another-state";
        EXPECT_EQ(visit(forged).status, 400) << "an answer to somebody else's question";
        EXPECT_FALSE(isStored());
        EXPECT_EQ(visit(callback).status, 200);
        command.join();
        EXPECT_FALSE(output.line("Connected.").empty());
    }
    EXPECT_EQ(code, kDone);
    EXPECT_TRUE(isStored());
    const Finding found = doctorSays();
    EXPECT_EQ(found.verdict, Verdict::Ok) << found.detail << " -> " << found.remedy;
    EXPECT_EQ(doctorSays().verdict, Verdict::Ok) << "also with the token that replaced the first";

    setting.secrets.ninjaClientId = "of-another-region";
    EXPECT_NE(doctorSays().remedy.find("the region: us, us2, eu"), std::string::npos);
    setting.secrets.ninjaClientId = "sim-client";
    setting.secrets.ninjaClientSecret = "wrong-secret";
    EXPECT_NE(doctorSays().remedy.find("NINJA_CLIENT_SECRET"), std::string::npos);
    EXPECT_TRUE(isStored()) << "neither of them is the login's fault";
}

TEST(NinjaLogin, SaysWhyNinjaOneRefusedAndWhatToDo) {
    const Tenant tenant;
    const test::Scratch scratch;
    Setting setting;
    setting.settings = config::loadSettings({})->settings;
    setting.settings.ninja.apiUrl = tenant.origin() + "/api/v2";
    setting.secrets.ninjaClientId = "sim-client";
    setting.secrets.ninjaClientSecret = "sim-secret";
    setting.arguments.values = {{"port", "0"}};
    setting.dataDir = scratch.path() / "data";
    const std::string longText(5000, 'x');
    struct Row {
        std::string answer;  // after the callback's state
        std::string said;
    };
    for (const Row& row :
         {Row{"&error=access_denied&error_description=no%1B%5B2J%C2%9B%0Aagain",
              "NinjaOne refused the login: access_denied: no [2J   again; run 'ninja login' again and agree"},
          Row{"&error=invalid_scope", "invalid_scope; in NinjaOne allow the client app the scopes"},
          Row{"&error=unauthorized_client", "in NinjaOne allow the client app the grants"},
          Row{"&error=quite_new&error_description=" + longText, "quite_new: xxx"},
          Row{"", "holds neither a code nor an error"},
          Row{"&code=WRONG",
              "invalid_grant: the code is unknown, used, too old or for another redirect_uri; "
              "run 'ninja login' again"}}) {
        int code = -1;
        testing::internal::CaptureStderr();
        {
            Overheard output;
            std::thread command{[&] { code = ninjaLogin(setting); }};
            const std::string page = output.line(tenant.origin() + "/ws/oauth/authorize?");
            const std::string callback =
                output.line("http://localhost:") + "?state=" + page.substr(page.rfind("state=") + 6);
            EXPECT_EQ(visit(callback + row.answer).status, 400);
            command.join();
        }
        const std::string said = testing::internal::GetCapturedStderr();
        EXPECT_EQ(code, kFailed);
        EXPECT_NE(said.find(row.said), std::string::npos) << said;
        EXPECT_EQ(said.find_first_of("\x1B\xC2"), std::string::npos) << said;
        EXPECT_EQ(said.find("refresh token is no longer valid"), std::string::npos) << said;
        EXPECT_LT(said.size(), 700U);
    }
}

}  // namespace
}  // namespace ninja3cx::app
