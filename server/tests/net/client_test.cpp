#include "server/tests/net/running_server.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

TEST(Client, CallsANonListenerUnreachable) {
    Loop loop;
    asio::ip::tcp::acceptor free{loop.context(), {asio::ip::make_address("127.0.0.1"), 0}};
    ClientRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(free.local_endpoint().port()) + "/";
    free.close();
    HttpClient client{loop.executor()};
    const auto response = loop.get(client.send(request));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
}

}  // namespace
}  // namespace ninja3cx::net
