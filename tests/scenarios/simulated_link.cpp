#include "tests/scenarios/simulated_link.hpp"

#include "simulators/serve/serve.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>
#include <utility>

namespace ninja3cx::scenarios {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using simulators::Delivery;
using simulators::Reply;
using simulators::Request;
using std::chrono::milliseconds;

constexpr milliseconds kOneWay = 5ms;
constexpr int kSilentPings = 2;  // as in server/net

/// "http://pbx.example/xapi/v1/Users?$top=5", taken apart.
Request requestOf(const net::ClientRequest& from) {
    const std::size_t host = from.url.find("://");
    const std::string target = from.url.substr(std::min(from.url.find('/', host + 3), from.url.size()));
    const std::size_t question = target.find('?');
    Request request;
    request.method = from.method;
    request.path = simulators::percentDecode(target.substr(0, question), false);
    if (question != std::string::npos) request.query = simulators::decodeForm(target.substr(question + 1));
    request.headers = from.headers.all();
    request.body = from.body;
    return request;
}

Error unknown(const std::string& why) {
    return {ErrorKind::OutcomeUnknown, "the PBX: " + why};
}

/// How long the answer is under way, headers and body.
milliseconds durationOf(const Reply& reply) {
    milliseconds all = reply.delay;
    if (reply.bodyBytesPerSecond > 0)
        all += milliseconds{static_cast<std::int64_t>(reply.body.size() * 1000 / reply.bodyBytesPerSecond)};
    return all;
}

/// The client's end of a WebSocket, into which the PBX writes.
class Line final : public simulators::SocketSink, public std::enable_shared_from_this<Line> {
public:
    Line(const asio::any_io_executor& executor, TimeSource& time, const net::WebSocketClientOptions& options,
         simulators::Pbx& pbx)
        : pbx_(pbx),
          maxMessageBytes_(options.maxMessageBytes),
          pingInterval_(options.pingInterval),
          bell_(executor, asio::steady_timer::time_point::max()),
          ticker_(executor, time) {}

    void start() {
        id_ = pbx_.openSocket(shared_from_this());
        tick();
    }

    // the PBX's side
    void text(std::string frame) override { arrive({false, std::move(frame)}); }
    void binary(std::string frame) override { arrive({true, std::move(frame)}); }
    void close(std::uint16_t code) override {
        end({ErrorKind::Cancelled, "the peer closed the WebSocket: " + std::to_string(code)});
    }
    void breakLink() override { end({ErrorKind::Unreachable, "Connection reset by peer"}); }
    void playDead() override { isDead_ = true; }

    // ours
    asio::awaitable<Result<net::WebSocketMessage>> receive() {
        const auto self = shared_from_this();
        for (;;) {
            if (isClosed_) co_return Error{ErrorKind::Cancelled, "the WebSocket was closed here"};
            if (!inbox_.empty()) {
                net::WebSocketMessage message = std::move(inbox_.front());
                inbox_.pop_front();
                co_return message;
            }
            if (end_) co_return *end_;
            co_await bell_.async_wait(asio::as_tuple(asio::use_awaitable));
            const auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none) isClosed_ = true;
        }
    }
    bool send(const std::string& message) {
        if (isClosed_ || end_) return false;
        if (!isDead_) pbx_.socketText(id_, message);
        return true;
    }
    void closeHere() {
        isClosed_ = true;
        pbx_.socketClosed(id_);
        rest();
    }

private:
    void arrive(net::WebSocketMessage message) {
        if (isDead_ || end_ || isClosed_) return;
        hasHeard_ = true;
        if (message.data.size() > maxMessageBytes_)
            return end({ErrorKind::BadMessage,
                        "a message of more than " + std::to_string(maxMessageBytes_) + " bytes"});
        inbox_.push_back(std::move(message));
        bell_.cancel();
    }

    /// The PBX is in the middle of its sockets: it forgets this one when our side has noticed.
    void end(Error why) {
        if (!end_) end_ = std::move(why);
        rest();
    }

    void rest() {
        ticker_.cancel();
        bell_.cancel();
    }

    void tick() {
        ticker_.expireAfter(pingInterval_);
        ticker_.then([weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self || self->end_ || self->isClosed_) return;
            if (std::exchange(self->hasHeard_, false))
                self->silentTicks_ = 0;
            else if (++self->silentTicks_ > kSilentPings)
                return self->end({ErrorKind::Unreachable, "the peer answers no pings"});
            else if (!self->isDead_)
                self->hasHeard_ = true;  // the answer to our ping
            self->tick();
        });
    }

    simulators::Pbx& pbx_;
    const std::size_t maxMessageBytes_;
    const milliseconds pingInterval_;
    simulators::SocketId id_ = 0;
    asio::steady_timer bell_;
    Timer ticker_;
    std::deque<net::WebSocketMessage> inbox_;
    std::optional<Error> end_;
    int silentTicks_ = 0;
    bool hasHeard_ = false;  // since the last tick
    bool isDead_ = false;
    bool isClosed_ = false;
};

class Connection final : public net::WebSocketConnection {
public:
    explicit Connection(std::shared_ptr<Line> line) : line_(std::move(line)) {}
    ~Connection() override { line_->closeHere(); }
    asio::awaitable<Result<net::WebSocketMessage>> receive() override { return line_->receive(); }
    bool sendText(std::string text) override { return line_->send(text); }
    bool sendBinary(std::string) override { return true; }
    void close(std::uint16_t, std::string) override { line_->closeHere(); }

private:
    std::shared_ptr<Line> line_;
};

}  // namespace

SimulatedLink::SimulatedLink(asio::any_io_executor executor, TimeSource& time, simulators::Pbx& pbx)
    : executor_(std::move(executor)), time_(time), pbx_(pbx), due_(executor_, time) {
    wakePbx();
}

void SimulatedLink::wakePbx() {
    const auto next = pbx_.nextDue();
    if (!next) return due_.cancel();
    due_.expireAfter(std::max(*next - time_.clock().steady(), milliseconds{0}));
    due_.then([this] {
        pbx_.run();
        wakePbx();
    });
}

/// False: cancelled meanwhile.
asio::awaitable<bool> SimulatedLink::pass(milliseconds wait) {
    Timer timer{executor_, time_};
    timer.expireAfter(wait);
    const bool hasCome = co_await timer.wait();
    co_return hasCome;
}

asio::awaitable<Result<net::HttpResponse>> SimulatedLink::send(net::ClientRequest request) {
    const bool isThere = co_await pass(kOneWay);
    if (!isThere) co_return unknown("cancelled before the answer was there");
    Reply reply = pbx_.handle(requestOf(request));
    wakePbx();
    const bool isNever = reply.delivery == Delivery::Never;
    const milliseconds whole = isNever ? request.totalTimeout : durationOf(reply) + 2 * kOneWay;
    const bool isBack = co_await pass(std::min(whole, request.totalTimeout) - kOneWay);
    if (!isBack) co_return unknown("cancelled before the answer was there");
    if (whole >= request.totalTimeout) co_return unknown("no answer in time");
    if (reply.delivery != Delivery::Whole) co_return unknown("no complete answer: reset by peer");
    if (reply.body.size() > request.maxBodyBytes)
        co_return unknown("an answer that cannot be read: more than " + std::to_string(request.maxBodyBytes) +
                          " bytes");
    co_return simulators::toResponse(std::move(reply));
}

asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>> SimulatedLink::connect(
    net::WebSocketClientOptions options) {
    const Error cancelled{ErrorKind::Unreachable, "the PBX: cancelled"};
    const bool isThere = co_await pass(kOneWay);
    if (!isThere) co_return cancelled;
    Request upgrade;
    upgrade.method = "GET";
    upgrade.path = "/callcontrol/ws";
    upgrade.headers = options.headers.all();
    const auto refusal = pbx_.socketRefusal(upgrade);
    std::shared_ptr<net::WebSocketConnection> connection;
    if (!refusal) {
        const auto line = std::make_shared<Line>(executor_, time_, options, pbx_);
        line->start();
        connection = std::make_shared<Connection>(line);
    }
    wakePbx();
    const bool isBack = co_await pass(kOneWay);
    if (!isBack) co_return cancelled;
    if (connection) co_return connection;
    if (refusal->delivery != Delivery::Whole)
        co_return Error{ErrorKind::Unreachable, "the PBX: reset by peer"};
    const bool isUnauthorized = refusal->status == 401 || refusal->status == 403;
    co_return Error{isUnauthorized ? ErrorKind::Unauthorized : ErrorKind::Rejected,
                    "the PBX refuses the WebSocket with status " + std::to_string(refusal->status)};
}

}  // namespace ninja3cx::scenarios
