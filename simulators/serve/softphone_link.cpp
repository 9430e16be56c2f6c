#include "simulators/serve/softphone_link.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <deque>

namespace ninja3cx::simulators {
namespace {

namespace asio = boost::asio;
using Socket = asio::local::stream_protocol::socket;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kTriesAgain{2};
constexpr std::size_t kMostWaiting = 1'000;  // frames that the other side does not take

/// Writes one frame after the other.
class UnixPipe final : public PipeSink, public std::enable_shared_from_this<UnixPipe> {
public:
    explicit UnixPipe(Socket connected) : socket(std::move(connected)) {}

    void send(std::string bytes) override {
        outbox_.push_back(std::move(bytes));
        if (outbox_.size() > kMostWaiting) close();
        if (outbox_.size() == 1) writeNext();
    }
    void close() {
        boost::system::error_code ignored;
        socket.close(ignored);
    }

    Socket socket;

private:
    void writeNext() {
        asio::async_write(socket, asio::buffer(outbox_.front()),
                          [self = shared_from_this()](boost::system::error_code failure, std::size_t) {
                              self->outbox_.pop_front();
                              if (!failure && !self->outbox_.empty()) self->writeNext();
                          });
    }

    std::deque<std::string> outbox_;
};

}  // namespace

class SoftphoneLink::Impl : public std::enable_shared_from_this<SoftphoneLink::Impl> {
public:
    Impl(const asio::any_io_executor& executor, Pbx& pbx, SoftphonePipe pipe,
         std::function<void()> afterwards)
        : pipe_(std::move(pipe)),
          executor_(executor),
          pbx_(&pbx),
          afterwards_(std::move(afterwards)),
          timer_(executor) {}

    const std::string& path() const { return pipe_.path; }

    void start() {
        asio::co_spawn(executor_, run(shared_from_this()), [](std::exception_ptr) {});
    }

    void stop() {
        if (open_) pbx_->pipeClosed(id_);
        if (open_) open_->close();
        pbx_ = nullptr;
        timer_.cancel();
    }

private:
    asio::awaitable<void> run(std::shared_ptr<Impl> /*keeps this alive*/) {
        while (pbx_) {
            Socket socket{executor_};
            const asio::local::stream_protocol::endpoint place{pipe_.path};
            const auto [failure] = co_await socket.async_connect(place, kAsTuple);
            if (!failure && pbx_) co_await talk(std::move(socket));
            if (!pbx_) co_return;
            timer_.expires_after(kTriesAgain);
            co_await timer_.async_wait(kAsTuple);
        }
    }

    asio::awaitable<void> talk(Socket socket) {
        open_ = std::make_shared<UnixPipe>(std::move(socket));
        id_ = pbx_->openPipe(pipe_.extension, open_);
        std::array<char, 4096> bytes{};
        while (pbx_) {
            const auto [failure, count] =
                co_await open_->socket.async_read_some(asio::buffer(bytes), kAsTuple);
            if (failure || !pbx_) break;
            pbx_->pipeBytes(id_, {bytes.data(), count});
            afterwards_();
        }
        if (pbx_) pbx_->pipeClosed(id_);
        open_.reset();
    }

    const SoftphonePipe pipe_;
    const asio::any_io_executor executor_;
    Pbx* pbx_;  // null: stopped
    const std::function<void()> afterwards_;
    asio::steady_timer timer_;
    std::shared_ptr<UnixPipe> open_;
    PipeId id_ = 0;
};

SoftphoneLink::SoftphoneLink(const asio::any_io_executor& executor, Pbx& pbx, SoftphonePipe pipe,
                             std::function<void()> afterwards)
    : impl_(std::make_shared<Impl>(executor, pbx, std::move(pipe), std::move(afterwards))) {
    impl_->start();
}
SoftphoneLink::~SoftphoneLink() {
    impl_->stop();
}
const std::string& SoftphoneLink::path() const {
    return impl_->path();
}

}  // namespace ninja3cx::simulators
