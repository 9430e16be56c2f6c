#pragma once

#include "server/net/http.hpp"
#include "shared/core/result.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace ninja3cx::language_model {

/// Where the model is, and how it may be reached.
struct ModelAddress {
    std::string url;  // with or without "/v1"
    std::string model;
    std::string key;  // empty: none is sent
    std::string caFile;
    bool allowsPublic = false;
};

/// Asks one model. Only private addresses are connected to, whatever the name service says, unless public ones are allowed;
/// those never without encryption. No redirect is followed.
///
/// Threads: network thread only. Cancelled, `ask` answers a failure soon.
/// Errors:  details hold neither words of a call nor of an answer.
class ModelClient {
public:
    ModelClient(ModelAddress address, net::HttpTransport& http);

    const std::string& model() const { return address_.model; }
    /// `question`: a body by `chatRequest`. What it answers is for `readReply`.
    net::asio::awaitable<Result<std::string>> ask(std::string question, std::chrono::milliseconds timeout);
    /// The names of the models that are there.
    net::asio::awaitable<Result<std::vector<std::string>>> models(std::chrono::milliseconds timeout);

private:
    net::ClientRequest request(std::string url, std::chrono::milliseconds timeout) const;

    const ModelAddress address_;
    net::HttpTransport& http_;
};

}  // namespace ninja3cx::language_model
