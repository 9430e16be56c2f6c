#include "agent/link/server_link.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

namespace ninja3cx::agent {
namespace {

std::string refusalOf(const std::string& server) {
    boost::asio::io_context context;
    LinkOptions options;
    options.server = server;
    try {
        const ServerLink link{context.get_executor(), options, {}};
    } catch (const std::runtime_error& refusal) {
        return refusal.what();
    }
    return "";
}

TEST(ServerAddress, ThatCannotBeUsedIsRefusedWithTheReason) {
    EXPECT_EQ(refusalOf("http://server:99999"),
              "server address 'http://server:99999': port '99999' is none of 1 to 65535");
    EXPECT_EQ(refusalOf("http://server:0"),
              "server address 'http://server:0': port '0' is none of 1 to 65535");
    EXPECT_NE(refusalOf("http://server:abc").find("'http://server:abc'"), std::string::npos);
    EXPECT_NE(refusalOf("http://").find("names no host"), std::string::npos);
    EXPECT_NE(refusalOf("ftp://server").find("must start with http://"), std::string::npos);
    EXPECT_NE(refusalOf("server").find("is no URL"), std::string::npos);
}

TEST(ServerAddress, MayNameAPortOrNot) {
    EXPECT_EQ(refusalOf("http://server:3000"), "");
    EXPECT_EQ(refusalOf("wss://server"), "");
    EXPECT_EQ(refusalOf("http://[::1]:65535"), "");
}

using boost::asio::ip::tcp;

/// What the link makes of a server that answers the handshake so, and when it tries again.
std::pair<Error, std::chrono::milliseconds> downAfter(const std::string& answer) {
    boost::asio::io_context context;
    tcp::acceptor acceptor{context, {boost::asio::ip::address_v4::loopback(), 0}};
    tcp::socket peer{context};
    std::string request;
    acceptor.async_accept(peer, [&](boost::system::error_code) {
        boost::asio::async_read_until(peer, boost::asio::dynamic_buffer(request), "\r\n\r\n",
                                      [&](boost::system::error_code, std::size_t) {
                                          boost::asio::write(peer, boost::asio::buffer(answer));
                                      });
    });
    LinkOptions options;
    options.server = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
    std::pair<Error, std::chrono::milliseconds> down{};
    LinkHandlers handlers;
    ServerLink* running = nullptr;
    handlers.onDown = [&](const Error& why, std::chrono::milliseconds retryIn) {
        down = {why, retryIn};
        boost::asio::post(context, [&] { running->stop(); });
    };
    ServerLink link{context.get_executor(), options, handlers};
    running = &link;
    boost::asio::co_spawn(context, link.run(), boost::asio::detached);
    context.run();
    EXPECT_EQ(down.first.detail.find("declined by the remote peer"), std::string::npos) << down.first.detail;
    return down;
}

/// No reset, no close frame, no pong: a cable that was pulled.
TEST(ServerLink, NoticesAServerThatIsGoneWithoutAWord) {
    boost::asio::io_context context;
    tcp::acceptor acceptor{context, {boost::asio::ip::address_v4::loopback(), 0}};
    boost::beast::websocket::stream<tcp::socket> peer{context};
    bool isOpen = false;
    acceptor.async_accept(peer.next_layer(), [&](boost::system::error_code) {
        peer.async_accept(
            [&](boost::system::error_code failure) { isOpen = !failure; });  // and then reads nothing
    });
    LinkOptions options;
    EXPECT_LE(options.longestSilence, std::chrono::seconds{15});
    options.longestSilence = std::chrono::milliseconds{100};
    options.server = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
    LinkHandlers handlers;
    ServerLink* running = nullptr;
    std::optional<Error> down;
    handlers.onDown = [&](const Error& why, std::chrono::milliseconds) {
        down = why;
        boost::asio::post(context, [&] { running->stop(); });
    };
    ServerLink link{context.get_executor(), options, handlers};
    running = &link;
    boost::asio::co_spawn(context, link.run(), boost::asio::detached);
    context.run();
    EXPECT_TRUE(isOpen);
    ASSERT_TRUE(down);
    EXPECT_EQ(down->kind, ErrorKind::Unreachable);
    EXPECT_NE(down->detail.find("connection lost"), std::string::npos) << down->detail;
}

/// The server takes the connection and says nothing: `quit` must not wait for it.
TEST(ServerLink, StopsAtOnceWhileItConnects) {
    for (const std::string scheme : {"http", "https"}) {
        boost::asio::io_context context;
        tcp::acceptor acceptor{context, {boost::asio::ip::address_v4::loopback(), 0}};
        LinkOptions options;
        options.server = scheme + "://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
        ServerLink link{context.get_executor(), options, {}};
        tcp::socket peer{context};
        std::string begun(1, '\0');
        acceptor.async_accept(peer, [&](boost::system::error_code) {
            boost::asio::async_read(peer, boost::asio::buffer(begun),
                                    [&](boost::system::error_code, std::size_t) { link.stop(); });
        });
        boost::asio::co_spawn(context, link.run(), boost::asio::detached);
        const auto before = std::chrono::steady_clock::now();
        context.run();
        EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{3}) << scheme;
    }
}

TEST(ServerLink, SaysGoodbyeWhenItStops) {
    boost::asio::io_context context;
    tcp::acceptor acceptor{context, {boost::asio::ip::address_v4::loopback(), 0}};
    boost::beast::websocket::stream<tcp::socket> peer{context};
    boost::beast::flat_buffer heard;
    boost::system::error_code end;
    LinkOptions options;
    options.server = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
    ServerLink link{context.get_executor(), options, {}};
    const std::function<void()> hear = [&] {
        peer.async_read(heard, [&](boost::system::error_code failure, std::size_t) {
            end = failure;
            link.stop();
            if (!failure) hear();
        });
    };
    acceptor.async_accept(peer.next_layer(), [&](boost::system::error_code) {
        peer.async_accept([&](boost::system::error_code) { hear(); });
    });
    boost::asio::co_spawn(context, link.run(), boost::asio::detached);
    context.run();
    EXPECT_EQ(end, boost::beast::websocket::error::closed);
    EXPECT_EQ(peer.reason().code, boost::beast::websocket::close_code::normal);
}

/// Otherwise the connection would stand, and nothing that comes would be heard any more.
TEST(ServerLink, ConnectsAgainWhereAMessageCannotBeFollowed) {
    boost::asio::io_context context;
    tcp::acceptor acceptor{context, {boost::asio::ip::address_v4::loopback(), 0}};
    boost::beast::websocket::stream<tcp::socket> peer{context};
    const std::string welcome = protocol::encodeMessage(protocol::ServerMessage{protocol::Welcome{}});
    acceptor.async_accept(peer.next_layer(), [&](boost::system::error_code) {
        peer.async_accept([&](boost::system::error_code) {
            peer.async_write(boost::asio::buffer(welcome), [](boost::system::error_code, std::size_t) {});
        });
    });
    LinkOptions options;
    options.server = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
    ServerLink* running = nullptr;
    std::optional<Error> down;
    LinkHandlers handlers;
    handlers.onWelcome = [](const protocol::Welcome&) { throw std::length_error{"too much"}; };
    handlers.onDown = [&](const Error& why, std::chrono::milliseconds) {
        down = why;
        boost::asio::post(context, [&] { running->stop(); });
    };
    ServerLink link{context.get_executor(), options, handlers};
    running = &link;
    boost::asio::co_spawn(context, link.run(), boost::asio::detached);
    boost::asio::steady_timer patience{context, std::chrono::seconds{5}};
    patience.async_wait([&](boost::system::error_code failure) {
        if (!failure) context.stop();
    });
    while (!down && !context.stopped()) context.run_one();
    patience.cancel();
    ASSERT_TRUE(down) << "the link is deaf";
    EXPECT_EQ(down->kind, ErrorKind::BadMessage);
    EXPECT_NE(down->detail.find("too much"), std::string::npos) << down->detail;
    context.run();
}

TEST(ServerLink, SendsAnOlderServerFramesThatItReads) {
    protocol::AudioReady ready;
    EXPECT_EQ(newestFrameFor(ready), 1);
    for (const auto& [read, sent] : {std::pair{2, 2}, std::pair{1, 1}, std::pair{9, 2}, std::pair{-3, 1}}) {
        ready.frameVersion = read;
        EXPECT_EQ(newestFrameFor(ready), sent) << read;
    }
}

TEST(ServerLink, WaitsAsLongAsAskedWhenTooManyWrongKeysCameFromHere) {
    const auto [why, retryIn] = downAfter("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(why.kind, ErrorKind::Busy);
    EXPECT_NE(why.detail.find(" answered 429 "), std::string::npos) << why.detail;
    EXPECT_GE(retryIn, std::chrono::seconds{60});
}

TEST(ServerLink, TriesAgainSoonWhenTheServerStops) {
    const auto [why, retryIn] = downAfter("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(why.kind, ErrorKind::Cancelled);
    EXPECT_LE(retryIn, std::chrono::seconds{1});
}

TEST(ServerLink, TellsAWrongKeyFromAnAddressWhereSomethingElseAnswers) {
    EXPECT_EQ(downAfter("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n").first.kind,
              ErrorKind::Unauthorized);
    EXPECT_EQ(downAfter("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").first.kind,
              ErrorKind::NotFound);
    EXPECT_EQ(declined("server", 502).kind, ErrorKind::Unreachable) << "a proxy before it says so";
}

}  // namespace
}  // namespace ninja3cx::agent
