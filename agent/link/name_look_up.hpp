#pragma once

#include "agent/link/server_address.hpp"
#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <vector>

namespace ninja3cx::agent {

/// Where servers are. A look-up cannot be called off (it is getaddrinfo on a thread of Asio's), only not be waited for: one
/// that is still under way answers the next question. One executor.
class NameLookUp {
public:
    explicit NameLookUp(boost::asio::any_io_executor executor);

    /// Within 5 s. `localhost` is this computer, whatever the name service says.
    boost::asio::awaitable<Result<std::vector<boost::asio::ip::tcp::endpoint>>> find(ServerAddress address);
    bool isUnderWay() const;

private:
    struct Question;

    boost::asio::any_io_executor executor_;
    std::shared_ptr<Question> question_;
};

}  // namespace ninja3cx::agent
