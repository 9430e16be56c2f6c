#include "agent/local_hooks/contact_listener.hpp"
#include "agent/local_hooks/hand_over.hpp"
#include "agent/platform/unix_socket.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::ip::tcp;
using namespace std::chrono_literals;

const ContactUrl kUrl{41234, "00112233445566778899aabbccddeeff"};
const std::string kHost = "\r\nHost: 127.0.0.1:41234\r\n\r\n";

mode_t modeOf(const fs::path& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

struct RequestRow {
    const char* name;
    std::string head;
    int status;
    Caller caller = {};
};
void PrintTo(const RequestRow& row, std::ostream* out) {
    *out << row.name;
}
class ContactRequests : public testing::TestWithParam<RequestRow> {};

TEST_P(ContactRequests, AreAnswered) {
    const ContactAnswer answer = readContactRequest(GetParam().head, kUrl);
    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_EQ(answer.caller.has_value(), GetParam().status == 200);
    EXPECT_EQ(answer.caller.value_or(Caller{}).number, GetParam().caller.number);
    EXPECT_EQ(answer.caller.value_or(Caller{}).name, GetParam().caller.name);
}

std::string get(const std::string& query, const std::string& rest = kHost) {
    return "GET " + kUrl.path() + query + " HTTP/1.1" + rest;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ContactRequests,
    testing::Values(
        RequestRow{"Plain", get("?number=0612345678&name=Dupont"), 200, {"0612345678", "Dupont"}},
        RequestRow{"Encoded",
                   get("?number=%2B33612345678&name=Dupr%C3%A9%20%26%20Cie"),
                   200,
                   {"+33612345678", "Dupré & Cie"}},
        RequestRow{"PlusAsSpace",
                   get("?number=06+12+34+56+78&name=Jean+Dupont"),
                   200,
                   {"06 12 34 56 78", "Jean Dupont"}},
        RequestRow{"PlusAsItself", get("?number=+33612345678&name="), 200, {"+33612345678", ""}},
        RequestRow{"Anonymous", get("?number=anonymous&name=anonymous"), 200, {"", ""}},
        RequestRow{"Empty", get("?number=&name="), 200, {"", ""}},
        RequestRow{"NoQuery", get(""), 200, {"", ""}},
        RequestRow{"NameInPlaceOfTheNumber", get("?number=Dupont%20SARL"), 200, {"", "Dupont SARL"}},
        RequestRow{"NotFilledIn", get("?number=%CallerNumber%&name=%CallerDisplayName%"), 200, {"", ""}},
        RequestRow{
            "BrokenEncoding", get("?number=06%1&name=50%+de+remise%zz"), 200, {"", "50% de remise%zz"}},
        RequestRow{"Latin1", get("?number=0612345678&name=Dupr%E9"), 200, {"0612345678", "Dupr\xEF\xBF\xBD"}},
        RequestRow{"OtherFields", get("?x=1&NAME=D&number=0612345678&number=07"), 200, {"0612345678", "D"}},
        RequestRow{"LocalhostAndCase",
                   get("?number=201", "\r\nhost:  LOCALHOST:41234 \r\nX: y\r\n\r\n"),
                   200,
                   {"201", ""}},
        RequestRow{"OtherHost", get("?number=1", "\r\nHost: evil.example:41234\r\n\r\n"), 421},
        RequestRow{"OtherPort", get("?number=1", "\r\nHost: 127.0.0.1:80\r\n\r\n"), 421},
        RequestRow{"NoHost", get("?number=1", "\r\n\r\n"), 400},
        RequestRow{"TwoHosts", get("", "\r\nHost: 127.0.0.1:41234\r\nHost: 127.0.0.1:41234\r\n\r\n"), 400},
        RequestRow{"WrongSecret", "GET /3cx/00112233445566778899aabbccddeef0/ringing HTTP/1.1" + kHost, 404},
        RequestRow{"PathBelow", "GET " + kUrl.path() + "/x HTTP/1.1" + kHost, 404},
        RequestRow{"Root", "GET / HTTP/1.1" + kHost, 404},
        RequestRow{"Post", "POST " + kUrl.path() + " HTTP/1.1" + kHost, 405},
        RequestRow{"OldHttp", "GET " + kUrl.path() + " HTTP/0.9" + kHost, 400},
        RequestRow{"NoTarget", "GET HTTP/1.1" + kHost, 400}, RequestRow{"Nothing", "", 400},
        RequestRow{"Tls", "\x16\x03\x01\x02\r\n\r\n", 400}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ContactResponses, CarryNoMarkupOfTheCaller) {
    const std::string page = contactResponse({200, Caller{"06", "<script>alert(\"1\")</script>&'"}});
    EXPECT_NE(page.find("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"), std::string::npos)
        << page;
    EXPECT_EQ(page.find("<script>alert"), std::string::npos);
    EXPECT_NE(page.find("window.close()"), std::string::npos);
    EXPECT_NE(page.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
}

TEST(ContactResponses, SayWhatIsWrongInBothLanguages) {
    const std::string page = contactResponse({404, {}});
    EXPECT_TRUE(page.starts_with("HTTP/1.1 404 Not Found\r\n"));
    EXPECT_NE(page.find("recopiez-la dans 3CX"), std::string::npos);
    EXPECT_NE(page.find("copy it into 3CX again"), std::string::npos);
    EXPECT_EQ(page.find("script>"), std::string::npos);
}

TEST(ContactUrls, StayTheSame) {
    const TemporaryFolder folder;
    const auto made = contactUrlIn(folder.path(), {});
    ASSERT_TRUE(made);
    EXPECT_GT(made->port, 0);
    EXPECT_EQ(made->secret.size(), 32U);
    EXPECT_EQ(modeOf(folder.path() / "contact-url.json"), 0600U);
    EXPECT_TRUE(made->isNew);
    const auto kept = contactUrlIn(folder.path(), {});
    EXPECT_EQ(kept->text(), made->text());
    EXPECT_FALSE(kept->isNew);
    const auto moved = contactUrlIn(folder.path(), 41234);
    ASSERT_TRUE(moved);
    EXPECT_TRUE(moved->isNew);
    EXPECT_EQ(contactUrlIn(folder.path(), {})->text(), moved->text());
    EXPECT_EQ(moved->text(), "http://127.0.0.1:41234/3cx/" + made->secret +
                                 "/ringing?number=%CallerNumber%&name=%CallerDisplayName%");
}

TEST(ContactUrls, OfADamagedFileAreRefusedByItsName) {
    const TemporaryFolder folder;
    for (const char* content : {"no JSON", "{\"port\":1}", "{\"port\":70000,\"secret\":\"00\"}"}) {
        std::ofstream{folder.path() / "contact-url.json"} << content;
        const auto read = contactUrlIn(folder.path(), {});
        ASSERT_FALSE(read) << content;
        EXPECT_NE(read.error().detail.find("contact-url.json"), std::string::npos);
    }
}

/// A listener on a port of its own, and what it was told.
class Listening : public testing::Test {
protected:
    void listen(ContactLimits limits = {}) {
        url_ = contactUrlIn(folder_.path(), {}).value();
        auto opened = ContactListener::open(
            context_.get_executor(), url_, [this](const Caller& caller) { rang_.push_back(caller); }, limits);
        ASSERT_TRUE(opened) << opened.error().detail;
        listener_ = std::move(*opened);
    }
    tcp::socket connect() {
        tcp::socket socket{context_};
        socket.connect({asio::ip::address_v4::loopback(), url_.port});
        return socket;
    }
    /// All that the listener writes until it closes.
    std::string answerOn(tcp::socket& socket) {
        std::string answer;
        bool isDone = false;
        asio::async_read(socket, asio::dynamic_buffer(answer),
                         [&](boost::system::error_code, std::size_t) { isDone = true; });
        while (!isDone) context_.run_one();
        return answer;
    }
    std::string ask(const std::string& text) {
        tcp::socket socket = connect();
        asio::write(socket, asio::buffer(text));
        return answerOn(socket);
    }
    std::string open(const std::string& query) {
        return ask("GET " + url_.path() + query +
                   " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(url_.port) + "\r\n\r\n");
    }

    TemporaryFolder folder_;
    asio::io_context context_;
    ContactUrl url_;
    std::vector<Caller> rang_;
    std::unique_ptr<ContactListener> listener_;
};

TEST_F(Listening, TellsWhoRings) {
    listen();
    EXPECT_TRUE(open("?number=0612345678&name=Dupont").starts_with("HTTP/1.1 200 OK"));
    EXPECT_TRUE(ask("GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(url_.port) + "\r\n\r\n")
                    .starts_with("HTTP/1.1 404"));
    EXPECT_EQ(rang_, (std::vector<Caller>{{"0612345678", "Dupont"}}));
}

TEST_F(Listening, IsOnLoopbackAlone) {
    listen();
    tcp::socket socket{context_};
    boost::system::error_code failure;
    // Another address of this very machine, on which something that listens everywhere would answer.
    socket.connect({asio::ip::make_address_v4("127.0.0.2"), url_.port}, failure);
    EXPECT_EQ(failure, asio::error::connection_refused);
}

TEST_F(Listening, RefusesWhatIsTooLong) {
    listen();
    EXPECT_TRUE(open("?name=" + std::string(20'000, 'x')).starts_with("HTTP/1.1 431"));
    EXPECT_TRUE(rang_.empty());
}

TEST_F(Listening, CutsWhoIsSlow) {
    listen({.longest = 1ms});
    tcp::socket socket = connect();
    asio::write(socket, asio::buffer(std::string{"GET /3cx"}));
    EXPECT_EQ(answerOn(socket), "");
}

TEST_F(Listening, RefusesTooManyAtATime) {
    listen({.connections = 1});
    tcp::socket first = connect();
    tcp::socket second = connect();
    EXPECT_TRUE(answerOn(second).starts_with("HTTP/1.1 503"));
    asio::write(first, asio::buffer("GET " + url_.path() + " HTTP/1.1\r\nHost: localhost:" +
                                    std::to_string(url_.port) + "\r\n\r\n"));
    EXPECT_TRUE(answerOn(first).starts_with("HTTP/1.1 200"));
    EXPECT_EQ(rang_.size(), 1U);
}

TEST_F(Listening, SaysWhichPortIsTaken) {
    listen();
    const auto second = ContactListener::open(context_.get_executor(), url_, {});
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().detail.find(std::to_string(url_.port)), std::string::npos);
}

TEST(HandOverLines, AreReadAndWritten) {
    const Caller caller{"0612345678", "Dupré \"SARL\"\n"};
    EXPECT_EQ(decodeHandOver(encodeHandOver(caller)).value(), (Caller{"0612345678", "Dupré \"SARL\""}));
    EXPECT_TRUE(isTakenBy(encodeHandOverAnswer(true)));
    EXPECT_FALSE(isTakenBy(encodeHandOverAnswer(false)));
    for (const char* wrong :
         {"", "{}", "[]", "{\"ring\":{}}", "{\"ring\":{\"number\":1,\"name\":\"\"}}", "{"}) {
        EXPECT_FALSE(decodeHandOver(wrong)) << wrong;
        EXPECT_FALSE(isTakenBy(wrong)) << wrong;
    }
}

/// The names of sockets are short: inside, they are found from their folder.
class Inside {
public:
    explicit Inside(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    ~Inside() { fs::current_path(before_); }

private:
    fs::path before_;
};

/// A running agent's place for second starts, served on a thread of its own while a test asks.
class HandOver : public testing::Test {
protected:
    void serve(UnixSocketOptions options = {}) {
        options.path = path_;
        options.maxConnections = 8;
        auto server = serveUnixSocket(context_.get_executor(), options, desk_.handlers());
        ASSERT_TRUE(server) << server.error().detail;
        server_ = std::move(*server);
        desk_.use(*server_);
    }
    Result<std::string> ask(const std::string& request, std::chrono::milliseconds limit = 10s) {
        Result<std::string> answer = Error{ErrorKind::Cancelled, ""};
        auto work = asio::make_work_guard(context_);
        std::thread second{[&] {
            answer = askUnixSocket(path_, request, limit);
            work.reset();
            asio::post(context_, [&] { context_.stop(); });
        }};
        context_.restart();
        context_.run();
        second.join();
        return answer;
    }

    TemporaryFolder folder_;
    fs::path path_ = folder_.path() / (std::string(150, 'd')) / "agent.sock";
    asio::io_context context_;
    std::vector<Caller> rang_;
    HandOverDesk desk_{[this](const Caller& caller) { rang_.push_back(caller); }};
    std::unique_ptr<PipeServer> server_;

    HandOver() { fs::create_directories(path_.parent_path()); }
};

TEST_F(HandOver, RingsInTheRunningAgent) {
    serve();
    EXPECT_EQ(modeOf(path_), 0600U);
    const auto answer = ask(encodeHandOver({"0612345678", "Dupont"}));
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_TRUE(isTakenBy(*answer));
    EXPECT_EQ(rang_, (std::vector<Caller>{{"0612345678", "Dupont"}}));
    EXPECT_TRUE(isTakenBy(ask(encodeHandOver({"", ""})).value()));
    EXPECT_EQ(rang_.size(), 2U);
}

TEST_F(HandOver, RefusesWhatMakesNoSense) {
    serve();
    EXPECT_FALSE(isTakenBy(ask("rubbish\n").value()));
    EXPECT_FALSE(isTakenBy(ask(std::string(HandOverDesk::kMaxLineBytes + 1, 'x')).value()));
    EXPECT_TRUE(rang_.empty());
}

TEST_F(HandOver, FindsNobody) {
    EXPECT_EQ(askUnixSocket(path_, "x\n", 1s).error().kind, ErrorKind::Unreachable);
    serve();
    server_.reset();
    EXPECT_FALSE(fs::exists(path_));
    EXPECT_EQ(askUnixSocket(folder_.path() / "nowhere" / "s", "x\n", 1s).error().kind,
              ErrorKind::Unreachable);
}

TEST_F(HandOver, CutsWhoSaysNothing) {
    serve({.path = {}, .longest = 1ms});
    EXPECT_EQ(ask("no line feed").value(), "");
}

TEST_F(HandOver, DoesNotWaitForEver) {
    serve();
    EXPECT_EQ(ask("no line feed", 1ms).error().kind, ErrorKind::TimedOut);
}

TEST_F(HandOver, TakesOverWhatAnEarlierRunLeft) {
    {
        asio::local::stream_protocol::acceptor left{context_};
        left.open();
        const Inside inside{path_.parent_path()};
        left.bind({"agent.sock"});
        left.listen();
        // Somebody listens there: not taken.
        EXPECT_EQ(serveUnixSocket(context_.get_executor(), {path_}, {}).error().kind, ErrorKind::Conflict);
        EXPECT_TRUE(fs::exists(path_));
    }
    serve();
    EXPECT_TRUE(isTakenBy(ask(encodeHandOver({"1", ""})).value()));
    server_.reset();
    std::ofstream{path_} << "a file";
    EXPECT_EQ(serveUnixSocket(context_.get_executor(), {path_}, {}).error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(fs::exists(path_));
}

TEST_F(HandOver, LetsInOneProgramWhereThereIsPlaceForOne) {
    int opened = 0;
    int closed = 0;
    std::string heard;
    const auto server =
        serveUnixSocket(context_.get_executor(), {path_},
                        {[&](PipeServer::ConnectionId) { ++opened; },
                         [&](PipeServer::ConnectionId, std::string_view bytes) { heard += bytes; },
                         [&](PipeServer::ConnectionId) { ++closed; }});
    ASSERT_TRUE(server);
    const Inside inside{path_.parent_path()};
    asio::local::stream_protocol::socket first{context_};
    first.connect({"agent.sock"});
    asio::local::stream_protocol::socket second{context_};
    second.connect({"agent.sock"});
    std::string nothing;
    bool isRefused = false;
    asio::async_read(second, asio::dynamic_buffer(nothing),
                     [&](boost::system::error_code, std::size_t) { isRefused = true; });
    while (!isRefused) context_.run_one();
    EXPECT_EQ(opened, 1);
    asio::write(first, asio::buffer(std::string{"abc"}));
    while (heard.size() < 3) context_.run_one();
    // Who reads nothing is cut.
    for (int i = 0; i < 10 && closed == 0; ++i) (*server)->send(1, std::string(100'000, 'x'));
    EXPECT_EQ(closed, 1);
}

}  // namespace
}  // namespace ninja3cx::agent
