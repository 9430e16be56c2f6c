#include "server/language_model/model_client.hpp"

#include "server/language_model/prompt.hpp"
#include "shared/address/private_address.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::language_model {
namespace {

using net::asio::awaitable;

constexpr std::size_t kMaxBodyBytes = 256U << 10;
constexpr std::chrono::milliseconds kConnectTimeout{3'000};

Error refusal(int status) {
    if (status == 401 || status == 403)
        return {ErrorKind::Unauthorized,
                "the language model's server refuses the key (" + std::to_string(status) + ")"};
    if (status / 100 == 3)
        return {ErrorKind::Rejected, "the language model's server points elsewhere (" +
                                         std::to_string(status) + "), which is not followed"};
    return {ErrorKind::Rejected, "the language model's server answers " + std::to_string(status)};
}

/// {"data":[{"id":"…"}]}; empty: it is no such list.
std::vector<std::string> modelNames(const std::string& body) {
    std::vector<std::string> names;
    const auto parsed = json::parse(body);
    const auto* object = parsed ? parsed->if_object() : nullptr;
    const auto* data = object ? object->if_contains("data") : nullptr;
    const auto* list = data ? data->if_array() : nullptr;
    if (!list) return names;
    for (const auto& item : *list) {
        const auto* one = item.if_object();
        const auto* id = one ? one->if_contains("id") : nullptr;
        if (id && id->is_string()) names.emplace_back(std::string_view{id->get_string()});
    }
    return names;
}

}  // namespace

ModelClient::ModelClient(ModelAddress address, net::HttpTransport& http)
    : address_(std::move(address)), http_(http) {}

net::ClientRequest ModelClient::request(std::string url, std::chrono::milliseconds timeout) const {
    net::ClientRequest request;
    const bool mayBePublic = address_.allowsPublic && url.starts_with("https://");
    request.url = std::move(url);
    if (!address_.key.empty()) request.headers.set("Authorization", "Bearer " + address_.key);
    if (!address_.caFile.empty()) request.tls.caFile = address_.caFile;
    request.connectTimeout = std::min(kConnectTimeout, timeout);
    request.totalTimeout = timeout;
    request.maxBodyBytes = kMaxBodyBytes;
    if (!mayBePublic) request.mayReach = isPrivateAddress;
    return request;
}

awaitable<Result<std::string>> ModelClient::ask(std::string question, std::chrono::milliseconds timeout) {
    net::ClientRequest asked = request(chatAddress(address_.url), timeout);
    asked.method = "POST";
    asked.headers.set("Content-Type", "application/json");
    asked.headers.set("Accept", "application/json");
    asked.body = std::move(question);
    auto sending = http_.send(std::move(asked));
    auto answer = co_await std::move(sending);
    if (!answer) co_return answer.error();
    if (answer->status != 200) co_return refusal(answer->status);
    co_return std::move(answer->body);
}

awaitable<Result<std::vector<std::string>>> ModelClient::models(std::chrono::milliseconds timeout) {
    net::ClientRequest asked = request(modelsAddress(address_.url), timeout);
    auto sending = http_.send(std::move(asked));
    const auto answer = co_await std::move(sending);
    if (!answer) co_return answer.error();
    if (answer->status != 200) co_return refusal(answer->status);
    co_return modelNames(answer->body);
}

}  // namespace ninja3cx::language_model
