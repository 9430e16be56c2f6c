#include "agent/link/handshake.hpp"
#include "agent/link/server_link.hpp"
#include "agent/link/server_pins.hpp"
#include "agent/tests/temporary_folder.hpp"
#include "shared/tests/test_certificate.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <optional>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using test::TestCertificate;
using test::TestKey;

/// A TLS server that takes one connection and hears what is said on it.
class TlsPeer {
public:
    TlsPeer(asio::io_context& context, const TestCertificate& certificate)
        : acceptor_(context, {asio::ip::address_v4::loopback(), 0}),
          tls_(contextOf(certificate)),
          socket_(context, tls_) {
        acceptor_.async_accept(socket_.lowest_layer(), [this](error_code failure) {
            if (failure) return;
            socket_.async_handshake(asio::ssl::stream_base::server, [this](error_code refused) {
                if (refused) return close();
                socket_.async_read_some(asio::buffer(buffer_), [this](error_code, std::size_t count) {
                    heard_.assign(buffer_.data(), count);
                    close();
                });
            });
        });
    }
    std::string address(const std::string& host = "localhost") const {
        return "https://" + host + ":" + std::to_string(acceptor_.local_endpoint().port());
    }
    const std::string& heard() const { return heard_; }

private:
    static asio::ssl::context contextOf(const TestCertificate& certificate) {
        asio::ssl::context context{asio::ssl::context::tls_server};
        context.use_certificate_file(certificate.certificateFile().string(), asio::ssl::context::pem);
        context.use_private_key_file(certificate.keyFile().string(), asio::ssl::context::pem);
        return context;
    }
    void close() {
        error_code ignored;
        socket_.lowest_layer().close(ignored);
    }

    tcp::acceptor acceptor_;
    asio::ssl::context tls_;
    asio::ssl::stream<tcp::socket> socket_;
    std::array<char, 4096> buffer_{};
    std::string heard_;
};

enum class Shown { Right, Renewed, Other, Expired, OfAnotherHost };
enum class Pinned { None, Right };
struct Row {
    const char* name;
    Shown shown;
    Pinned pinned;
    bool isVouchedFor;  // by caFile
    bool isTaken;
    const char* words;  // of the error
};
class ServerTrust : public testing::TestWithParam<Row> {};
TEST_P(ServerTrust, DecidesInTheHandshake) {
    const Row& row = GetParam();
    const TestKey key;
    const TestCertificate right{key};
    const TestCertificate shown{row.shown == Shown::Other ? TestKey{} : key,
                                row.shown == Shown::OfAnotherHost ? "DNS:other.example" : "DNS:localhost",
                                -7200, row.shown == Shown::Expired ? -3600 : 3600};
    asio::io_context context;
    const TlsPeer peer{context, row.shown == Shown::Right ? right : shown};
    LinkOptions options;
    options.server = peer.address();
    options.key = "secret-of-this-agent";
    if (row.isVouchedFor) options.caFile = (row.shown == Shown::Right ? right : shown).certificateFile();
    options.findPin = [&]() -> Result<std::optional<crypto::KeyFingerprint>> {
        return row.pinned == Pinned::Right ? std::optional{right.key()} : std::nullopt;
    };
    std::optional<Error> down;
    std::optional<Distrust> distrust;
    LinkHandlers handlers;
    ServerLink* running = nullptr;
    handlers.onDistrust = [&](const Distrust& why) { distrust = why; };
    handlers.onDown = [&](const Error& why, std::chrono::milliseconds) {
        down = why;
        asio::post(context, [&] { running->stop(); });
    };
    ServerLink link{context.get_executor(), options, handlers};
    running = &link;
    asio::co_spawn(context, link.run(), asio::detached);
    context.run();
    ASSERT_TRUE(down);
    EXPECT_EQ(distrust.has_value(), !row.isTaken) << down->detail;
    EXPECT_EQ(peer.heard().find("Bearer secret-of-this-agent") != std::string::npos, row.isTaken);
    if (row.isTaken) return;
    EXPECT_EQ(peer.heard(), "") << "it hears nothing at all";
    EXPECT_EQ(distrust->seen, shown.key());
    EXPECT_EQ(distrust->server, options.server);
    EXPECT_EQ(down->kind, ErrorKind::NotFound);
    EXPECT_NE(down->detail.find(row.words), std::string::npos) << down->detail;
    EXPECT_NE(down->detail.find(shown.key().text()), std::string::npos) << down->detail;
    EXPECT_NE(down->detail.find("3cx-ninja-agent pair " + options.server), std::string::npos);
    if (row.pinned == Pinned::Right) {
        EXPECT_NE(down->detail.find(right.key().text()), std::string::npos) << down->detail;
    }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ServerTrust,
    testing::Values(
        Row{"TheSystemVouches", Shown::Renewed, Pinned::None, true, true, ""},
        Row{"NobodyVouches", Shown::Renewed, Pinned::None, false, false, "(self-signed certificate)"},
        Row{"HasEnded", Shown::Expired, Pinned::None, true, false, "(certificate has expired)"},
        Row{"OfAnotherHost", Shown::OfAnotherHost, Pinned::None, true, false, "(hostname mismatch)"},
        Row{"ThePinnedKey", Shown::Right, Pinned::Right, false, true, ""},
        Row{"ThePinnedKeyInARenewedCertificate", Shown::Renewed, Pinned::Right, false, true, ""},
        Row{"ThePinnedKeyInOneThatHasEnded", Shown::Expired, Pinned::Right, false, true, ""},
        Row{"ThePinnedKeyOfAnotherHost", Shown::OfAnotherHost, Pinned::Right, false, true, ""},
        Row{"AnotherKeyThanPinned", Shown::Other, Pinned::Right, false, false, "has another key than"},
        Row{"AnotherKeyThanPinnedThoughTheSystemVouches", Shown::Other, Pinned::Right, true, false,
            "has another key than"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ServerTrust, APinThatCannotBeReadMakesNoConnection) {
    const TestCertificate certificate{TestKey{}};
    asio::io_context context;
    const TlsPeer peer{context, certificate};
    LinkOptions options;
    options.server = peer.address();
    options.findPin = []() -> Result<std::optional<crypto::KeyFingerprint>> {
        return Error{ErrorKind::BadMessage, "servers.json is damaged"};
    };
    std::optional<Error> down;
    LinkHandlers handlers;
    handlers.onDown = [&](const Error& why, std::chrono::milliseconds) {
        down = why;
        context.stop();
    };
    ServerLink link{context.get_executor(), options, handlers};
    asio::co_spawn(context, link.run(), asio::detached);
    context.run();
    ASSERT_TRUE(down);
    EXPECT_EQ(down->detail, "servers.json is damaged");
}

/// Without a word: `pair` looks first.
TEST(LookAtCertificate, ShowsTheKeyAndWhoVouches) {
    const TestKey key;
    const TestCertificate certificate{key, "IP:127.0.0.1"};
    const auto look = [&](std::optional<std::filesystem::path> caFile) {
        asio::io_context context;
        const TlsPeer peer{context, certificate};
        std::optional<Result<ServerCertificate>> seen;
        asio::co_spawn(
            context,
            lookAtCertificate(context.get_executor(), *parseServerAddress(peer.address("127.0.0.1")), caFile),
            [&](std::exception_ptr, Result<ServerCertificate> found) { seen = found; });
        context.run();
        EXPECT_EQ(peer.heard(), "");
        return seen->value();
    };
    EXPECT_EQ(look(std::nullopt), (ServerCertificate{certificate.key(), "self-signed certificate"}));
    EXPECT_EQ(look(certificate.certificateFile()), (ServerCertificate{certificate.key(), ""}));
}

class Pins : public testing::Test {
protected:
    ServerPins read() { return ServerPins::read(file_).value(); }
    std::string refusal(const std::string& content) {
        std::ofstream{file_} << content;
        const auto pins = ServerPins::read(file_);
        return pins ? "" : pins.error().detail;
    }
    TemporaryFolder folder_;
    const std::filesystem::path file_ = folder_.path() / "servers.json";
    const ServerAddress one_ = *parseServerAddress("https://one:3000");
};

TEST_F(Pins, AreKeptForTheirServerHoweverItsAddressIsWritten) {
    crypto::KeyFingerprint key;
    key.bytes.fill(7);
    EXPECT_EQ(read().latest(), std::nullopt);
    ASSERT_TRUE(read().put({"https://two:443", std::nullopt}));
    ASSERT_TRUE(read().put({one_.origin(), key}));
    EXPECT_EQ(read().keyOf(*parseServerAddress("wss://ONE:3000/ws")), key);
    EXPECT_EQ(read().keyOf(*parseServerAddress("https://one:3001")), std::nullopt);
    EXPECT_TRUE(read().find(*parseServerAddress("https://two")));
    EXPECT_EQ(read().latest(), "https://one:3000");
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(file_).permissions(), perms{0600});

    key.bytes.fill(8);
    ASSERT_TRUE(read().put({one_.origin(), key}));
    EXPECT_EQ(read().keyOf(one_), key) << "in the place of the one before";
    EXPECT_TRUE(read().forget(one_).value());
    EXPECT_FALSE(read().forget(one_).value());
    EXPECT_EQ(read().find(one_), std::nullopt);
}

TEST_F(Pins, ThatCannotBeReadAreNamedWithTheirFile) {
    const std::string where = file_.string() + " (remove it, and pair with the server anew): ";
    EXPECT_EQ(refusal("{").find(where + "it is no JSON: "), 0U);
    EXPECT_EQ(
        refusal(R"({"servers":[{"server":"https://one:3000","publicKeySha256":"AB:CD"}]})"),
        where + "publicKeySha256 of https://one:3000: it has 4 hexadecimal digits, and a SHA-256 has 64");
    EXPECT_EQ(refusal(R"({"servers":[{"server":"one"}]})"),
              where + "server address 'one' is no URL such as https://server:3000");
    EXPECT_NE(refusal(R"({"servers":[{"server":7}]})").find("server"), std::string::npos);
    EXPECT_NE(refusal(std::string(100'000, ' ')).find("is larger than 65536 bytes"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::agent
