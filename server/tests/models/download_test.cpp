#include "server/models/download.hpp"

#include "server/models/checksum.hpp"
#include "server/net/http.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace ninja3cx::models {
namespace {

/// A server on loopback that knows ranges, as a thread of its own: the download blocks.
class FileServer {
public:
    explicit FileServer(std::string content) : content_(std::move(content)) {
        net::Router router;
        router.add("GET", "/file",
                   [this](net::HttpRequest request) -> net::asio::awaitable<net::HttpResponse> {
                       ranges_.push_back(request.headers.get("Range").value_or(""));
                       net::HttpResponse response{200, {}, content_};
                       const std::string range = ranges_.back();
                       if (range.starts_with("bytes=") && knowsRanges) {
                           const auto from = static_cast<std::size_t>(std::stoul(range.substr(6)));
                           if (from >= content_.size()) co_return net::HttpResponse{416, {}, {}};
                           response = {206, {}, content_.substr(from)};
                           response.headers.set("Content-Range", "bytes " + std::to_string(from) + "-" +
                                                                     std::to_string(content_.size() - 1) +
                                                                     "/" + std::to_string(content_.size()));
                       }
                       co_return response;
                   });
        router.add("GET", "/moved", [](net::HttpRequest) -> net::asio::awaitable<net::HttpResponse> {
            net::HttpResponse response{302, {}, {}};
            response.headers.set("Location", "/file");
            co_return response;
        });
        server_ = std::make_unique<net::HttpServer>(context_.get_executor(), net::ServerOptions{},
                                                    std::move(router));
        net::asio::co_spawn(context_, server_->run(), net::asio::detached);
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~FileServer() {
        net::asio::post(context_, [this] { server_->stop(std::chrono::milliseconds{0}); });
        thread_.join();
    }
    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
    }
    std::vector<std::string> ranges_;  // read after the download has ended
    bool knowsRanges = true;

private:
    std::string content_;
    net::asio::io_context context_;
    std::unique_ptr<net::HttpServer> server_;
    std::thread thread_;
};

class Downloads : public testing::Test {
protected:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("download_test_" + std::to_string(::getpid()));
    std::string content_ = std::string(300'000, 'm') + "end";
    std::string checksum_;
    void SetUp() override {
        std::filesystem::create_directories(folder_);
        std::ofstream{folder_ / "reference"} << content_;
        checksum_ = *checksumOf(folder_ / "reference", "sha256:");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string read(const std::string& name) const {
        std::ifstream stream{folder_ / name, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
    Download download(const FileServer& server, const std::string& path = "/file") const {
        return {server.url(path), checksum_, folder_ / "model.bin", {}, {}};
    }
};

TEST_F(Downloads, ArriveWholeThroughARedirectAndShowProgress) {
    FileServer server{content_};
    Download wanted = download(server, "/moved");
    std::int64_t last = 0;
    wanted.onProgress = [&](std::int64_t now, std::int64_t) { last = now; };
    const auto fetched = fetchFile(wanted);
    ASSERT_TRUE(fetched) << fetched.error().detail;
    EXPECT_EQ(read("model.bin"), content_);
    EXPECT_EQ(last, static_cast<std::int64_t>(content_.size()));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "model.bin.part"));
}

TEST_F(Downloads, GoOnWhereTheyStopped) {
    FileServer server{content_};
    std::ofstream{folder_ / "model.bin.part"} << content_.substr(0, 100'000);
    ASSERT_TRUE(fetchFile(download(server)));
    EXPECT_EQ(read("model.bin"), content_);
    EXPECT_EQ(server.ranges_, std::vector<std::string>{"bytes=100000-"});
}

TEST_F(Downloads, StartOverWhereTheServerKnowsNoRanges) {
    FileServer server{content_};
    server.knowsRanges = false;
    std::ofstream{folder_ / "model.bin.part"} << "something old";
    const auto fetched = fetchFile(download(server));
    ASSERT_TRUE(fetched) << fetched.error().detail;
    EXPECT_EQ(read("model.bin"), content_);
}

TEST_F(Downloads, AcceptAPartThatIsWholeAlready) {
    FileServer server{content_};
    std::ofstream{folder_ / "model.bin.part"} << content_;
    const auto fetched = fetchFile(download(server));
    ASSERT_TRUE(fetched) << fetched.error().detail;
    EXPECT_EQ(read("model.bin"), content_);
}

TEST_F(Downloads, WithAnotherChecksumAreDeleted) {
    FileServer server{content_ + "tampered"};
    const auto fetched = fetchFile(download(server));
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().kind, ErrorKind::Rejected);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "model.bin"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "model.bin.part"));
}

TEST_F(Downloads, OfNothingAreRefusedWithTheStatus) {
    FileServer server{content_};
    const auto fetched = fetchFile(download(server, "/nothing"));
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().kind, ErrorKind::Rejected);
    EXPECT_NE(fetched.error().detail.find("404"), std::string::npos) << fetched.error().detail;
}

}  // namespace
}  // namespace ninja3cx::models
