#include "simulators/serve/pbx_service.hpp"

#include "simulators/serve/serve.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

constexpr std::chrono::milliseconds kPatience{2'000};  // with who answers a contact address

class LinkSink final : public SocketSink {
public:
    explicit LinkSink(std::shared_ptr<net::WebSocketConnection> socket) : socket_(std::move(socket)) {}
    void text(std::string frame) override { socket_->sendText(std::move(frame)); }
    void binary(std::string frame) override { socket_->sendBinary(std::move(frame)); }
    void close(std::uint16_t code) override { socket_->close(code, ""); }
    void breakLink() override { socket_->breakLink(); }
    void playDead() override { socket_->playDead(); }

private:
    std::shared_ptr<net::WebSocketConnection> socket_;
};

/// The PBX forgets the socket however its coroutine ends.
struct OpenSocket {
    OpenSocket(Pbx& owner, std::shared_ptr<SocketSink> sink)
        : pbx(owner), id(owner.openSocket(std::move(sink))) {}
    ~OpenSocket() { pbx.socketClosed(id); }
    OpenSocket(const OpenSocket&) = delete;
    OpenSocket& operator=(const OpenSocket&) = delete;

    Pbx& pbx;
    SocketId id;
};

/// Nobody waits for what the page says.
boost::asio::awaitable<void> visit(boost::asio::any_io_executor executor, std::string url) {
    net::HttpClient client{executor};
    net::ClientRequest request;
    request.url = std::move(url);
    request.totalTimeout = kPatience;
    request.maxBodyBytes = 1U << 20;
    request.mayReach = [](const boost::asio::ip::address& address) { return address.is_loopback(); };
    co_await client.send(std::move(request));
}

}  // namespace

PbxService::PbxService(const boost::asio::any_io_executor& executor, const Clock& clock, Pbx& pbx)
    : executor_(executor), clock_(clock), pbx_(pbx), timer_(executor) {
    pbx_.openUrlsWith([this](const std::string& url) { openUrl(url); });
    connectSoftphones();
    wake();
}

void PbxService::addTo(net::Router& router) {
    addSimulator(router, [this](const Request& request) {
        Reply reply = pbx_.handle(request);
        connectSoftphones();
        wake();
        return reply;
    });
    router.addWebSocket(
        "/callcontrol/ws",
        [this](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
            auto refusal = pbx_.socketRefusal(toRequest(request));
            if (!refusal) return std::nullopt;
            return toResponse(std::move(*refusal));
        },
        [this](net::HttpRequest, std::shared_ptr<net::WebSocketConnection> socket) {
            return talk(std::move(socket));
        });
}

boost::asio::awaitable<void> PbxService::talk(std::shared_ptr<net::WebSocketConnection> socket) {
    const OpenSocket open{pbx_, std::make_shared<LinkSink>(socket)};
    while (true) {
        auto message = co_await socket->receive();
        if (!message) co_return;
        if (!message->isBinary) pbx_.socketText(open.id, message->data);
        wake();
    }
}

void PbxService::connectSoftphones() {
    if (isStopped_) return;
    for (const SoftphonePipe& pipe : pbx_.softphonePipes()) {
        auto& link = softphones_[pipe.extension];
        if (!link || link->path() != pipe.path)
            link = std::make_unique<SoftphoneLink>(executor_, pbx_, pipe, [this] { wake(); });
    }
}

void PbxService::openUrl(const std::string& url) {
    if (!isStopped_) boost::asio::co_spawn(executor_, visit(executor_, url), [](std::exception_ptr) {});
}

void PbxService::wake() {
    if (isStopped_) return;
    const auto next = pbx_.nextDue();
    if (!next) {
        timer_.cancel();
        return;
    }
    timer_.expires_after(std::max(*next - clock_.steady(), std::chrono::milliseconds{0}));
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        pbx_.run();
        wake();
    });
}

void PbxService::stop() {
    isStopped_ = true;
    softphones_.clear();
    timer_.cancel();
}

}  // namespace ninja3cx::simulators
