#include "agent/link/server_link.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace ninja3cx::agent
