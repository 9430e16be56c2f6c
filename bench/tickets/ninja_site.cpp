#include "bench/tickets/ninja_site.hpp"

#include "bench/programs/pause.hpp"
#include "shared/json/codec.hpp"

#include <map>
#include <utility>

namespace ninja3cx::bench {
namespace {

using boost::json::object;
using boost::json::value;
using net::asio::awaitable;
using namespace std::chrono_literals;

constexpr int kTries = 60;
constexpr auto kRetry = 100ms;
constexpr auto kPatience = 5s;

std::string textOf(const value& row, std::string_view name) {
    const auto* found = row.is_object() ? row.get_object().if_contains(name) : nullptr;
    return found && found->is_string() ? std::string{found->get_string()} : std::string{};
}
std::int64_t numberOf(const value& row, std::string_view name) {
    const auto* found = row.is_object() ? row.get_object().if_contains(name) : nullptr;
    return found && found->is_int64() ? found->get_int64() : 0;
}

Result<value> readJson(const Result<net::HttpResponse>& answer, const std::string& path) {
    if (!answer) return answer.error();
    if (answer->status != 200)
        return Error{answer->status == 401 ? ErrorKind::Unauthorized : ErrorKind::Rejected,
                     path + " answered " + std::to_string(answer->status)};
    return json::parse(answer->body);
}

}  // namespace

awaitable<Result<value>> NinjaSite::control(std::string method, std::string path, std::string body) {
    net::ClientRequest request;
    request.method = std::move(method);
    request.url = origin_ + path;
    request.body = std::move(body);
    request.maxBodyBytes = 256U << 20U;
    const auto answer = co_await http_.send(std::move(request));
    co_return readJson(answer, path);
}

awaitable<Result<void>> NinjaSite::addFault(object fault) {
    const auto added = co_await control("POST", "/__sim/faults", boost::json::serialize(fault));
    if (!added) co_return added.error();
    co_return Result<void>{};
}

awaitable<Result<void>> NinjaSite::removeFaults() {
    const auto removed = co_await control("DELETE", "/__sim/faults");
    if (!removed) co_return removed.error();
    co_return Result<void>{};
}

awaitable<Result<object>> NinjaSite::state() {
    auto state = co_await control("GET", "/_sim/state");
    if (!state) co_return state.error();
    co_return std::move(state->as_object());
}

awaitable<Result<void>> NinjaSite::logIn() {
    net::ClientRequest request;
    request.method = "POST";
    request.url = origin_ + "/ws/oauth/token";
    request.totalTimeout = kPatience;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = net::formEncode({{"grant_type", "client_credentials"},
                                    {"client_id", kNinjaClientId},
                                    {"client_secret", kNinjaClientSecret},
                                    {"scope", "monitoring"}});
    ++requests_;
    const auto answer = co_await http_.send(std::move(request));
    const auto body = readJson(answer, "the token page");
    if (!body) co_return body.error();
    token_ = textOf(*body, "access_token");
    co_return Result<void>{};
}

awaitable<Result<value>> NinjaSite::ask(std::string method, std::string path, std::string body) {
    Result<value> answer = Error{ErrorKind::Unreachable, path};
    for (int attempt = 0; attempt < kTries; ++attempt) {
        if (attempt > 0) co_await pauseFor(kRetry);
        if (token_.empty()) {
            const auto login = co_await logIn();
            if (!login) {
                answer = login.error();
                continue;
            }
        }
        net::ClientRequest request;
        request.method = method;
        request.url = origin_ + "/v2" + path;
        request.totalTimeout = kPatience;
        request.maxBodyBytes = 64U << 20U;
        request.headers.set("Authorization", "Bearer " + token_);
        if (!body.empty()) request.headers.set("Content-Type", "application/json");
        request.body = body;
        ++requests_;
        const auto sent = co_await http_.send(std::move(request));
        answer = readJson(sent, path);
        if (answer) break;
        if (answer.error().kind == ErrorKind::Unauthorized) token_.clear();
    }
    co_return answer;
}

awaitable<Result<std::vector<protocol::Contact>>> NinjaSite::contacts() {
    const auto organizations = co_await ask("GET", "/organizations?pageSize=1000");
    if (!organizations) co_return organizations.error();
    std::map<std::int64_t, std::string> names;
    for (const value& row : organizations->as_array()) names[numberOf(row, "id")] = textOf(row, "name");
    const auto people = co_await ask("GET", "/contacts");
    if (!people) co_return people.error();
    std::vector<protocol::Contact> all;
    for (const value& row : people->as_array()) {
        protocol::Contact contact;
        contact.uid = textOf(row, "uid");
        contact.name = textOf(row, "firstName") + " " + textOf(row, "lastName");
        contact.organizationId = numberOf(row, "organizationId");
        contact.organizationName = names[contact.organizationId];
        if (std::string phone = textOf(row, "phone"); !phone.empty()) contact.phone = std::move(phone);
        all.push_back(std::move(contact));
    }
    co_return all;
}

awaitable<Result<std::vector<BoardLine>>> NinjaSite::allTickets() {
    constexpr std::size_t kPage = 500;
    std::vector<BoardLine> lines;
    for (std::size_t cursor = 0;; cursor += kPage) {
        const object newestFirst{{"field", "createTime"}, {"direction", "DESC"}};
        const object run{{"sortBy", boost::json::array{newestFirst}},
                         {"pageSize", kPage},
                         {"lastCursorId", cursor},
                         {"includeColumns", boost::json::array{"id", "description", "organization"}}};
        const auto page = co_await ask("POST", "/ticketing/trigger/board/2/run", boost::json::serialize(run));
        if (!page) co_return page.error();
        const auto& rows = page->as_object().at("data").as_array();
        for (const value& row : rows)
            lines.push_back({numberOf(row, "id"), textOf(row, "organization"), textOf(row, "description")});
        if (rows.size() < kPage) co_return lines;
    }
}

awaitable<Result<net::HttpResponse>> NinjaSite::get(std::string url) {
    net::ClientRequest request;
    request.url = std::move(url);
    request.totalTimeout = kPatience;
    co_return co_await http_.send(std::move(request));
}

awaitable<Result<void>> NinjaSite::agree(std::string page) {
    ++requests_;
    const auto agreed = co_await get(std::move(page) + "&approve=1");
    const std::string back = agreed ? agreed->headers.get("Location").value_or("") : std::string{};
    if (back.empty()) co_return Error{ErrorKind::Rejected, "the page to agree on led nowhere"};
    const auto answer = co_await get(back);
    if (!answer) co_return answer.error();
    if (answer->status != 200) co_return Error{ErrorKind::Rejected, answer->body};
    co_return Result<void>{};
}

}  // namespace ninja3cx::bench
