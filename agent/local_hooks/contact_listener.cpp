#include "agent/local_hooks/contact_listener.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <set>
#include <utility>

namespace ninja3cx::agent {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::seconds kPause{1};

/// Kept alive by what waits; does nothing any more once it is closed.
class ContactListener::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(asio::any_io_executor executor, ContactUrl url, OnRing onRing, ContactLimits limits)
        : executor_(executor),
          url_(std::move(url)),
          onRing_(std::move(onRing)),
          limits_(limits),
          acceptor_(executor),
          pause_(executor) {}

    Result<void> open() {
        const tcp::endpoint here{asio::ip::address_v4::loopback(), url_.port};
        boost::system::error_code failure;
        acceptor_.open(here.protocol(), failure);
        if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address{true}, failure);
        if (!failure) acceptor_.bind(here, failure);
        if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
        if (failure)
            return Error{ErrorKind::Io, "127.0.0.1:" + std::to_string(url_.port) + ": " + failure.message()};
        accept();
        return {};
    }

    void close() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        while (!guests_.empty()) drop(*guests_.begin());
        isClosed_ = true;
    }

private:
    struct Guest {
        Guest(tcp::socket peer, const asio::any_io_executor& executor)
            : socket(std::move(peer)), deadline(executor) {}
        tcp::socket socket;
        asio::steady_timer deadline;
        std::string head;
        std::string response;
    };
    using GuestPtr = std::shared_ptr<Guest>;

    void accept() {
        acceptor_.async_accept(
            [self = shared_from_this()](boost::system::error_code failure, tcp::socket peer) {
                if (self->isClosed_ || failure == asio::error::operation_aborted) return;
                if (failure) return self->acceptLater();
                self->receive(std::move(peer));
                self->accept();
            });
    }

    /// The system is out of something, as a rule of file descriptors.
    void acceptLater() {
        pause_.expires_after(kPause);
        pause_.async_wait([self = shared_from_this()](boost::system::error_code failure) {
            if (!failure && !self->isClosed_) self->accept();
        });
    }

    void receive(tcp::socket peer) {
        const auto guest = std::make_shared<Guest>(std::move(peer), executor_);
        const bool isTooMany = guests_.size() >= limits_.connections;
        guests_.insert(guest);
        guest->deadline.expires_after(limits_.longest);
        guest->deadline.async_wait([self = shared_from_this(), guest](boost::system::error_code failure) {
            if (!failure) self->drop(guest);
        });
        if (isTooMany) return respond(guest, {503, {}});
        asio::async_read_until(
            guest->socket, asio::dynamic_buffer(guest->head, limits_.headBytes), "\r\n\r\n",
            [self = shared_from_this(), guest](boost::system::error_code failure, std::size_t bytes) {
                if (self->isClosed_) return;
                if (failure == asio::error::not_found) return self->respond(guest, {431, {}});
                if (failure) return self->drop(guest);
                self->answer(guest, bytes);
            });
    }

    void answer(const GuestPtr& guest, std::size_t bytes) {
        const ContactAnswer answer = readContactRequest(std::string_view{guest->head}.substr(0, bytes), url_);
        respond(guest, answer);
        if (answer.caller) onRing_(*answer.caller);
    }

    void respond(const GuestPtr& guest, const ContactAnswer& answer) {
        guest->response = contactResponse(answer);
        asio::async_write(guest->socket, asio::buffer(guest->response),
                          [self = shared_from_this(), guest](boost::system::error_code failure, std::size_t) {
                              boost::system::error_code ignored;
                              if (!failure) guest->socket.shutdown(tcp::socket::shutdown_both, ignored);
                              self->drop(guest);
                          });
    }

    void drop(GuestPtr guest) {
        boost::system::error_code ignored;
        guest->deadline.cancel();
        guest->socket.close(ignored);
        guests_.erase(guest);
    }

    asio::any_io_executor executor_;
    ContactUrl url_;
    OnRing onRing_;
    ContactLimits limits_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::set<GuestPtr> guests_;
    bool isClosed_ = false;
};

ContactListener::ContactListener(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
ContactListener::~ContactListener() {
    impl_->close();
}

Result<std::unique_ptr<ContactListener>> ContactListener::open(asio::any_io_executor executor, ContactUrl url,
                                                               OnRing onRing, ContactLimits limits) {
    auto impl = std::make_shared<Impl>(executor, std::move(url), std::move(onRing), limits);
    if (const auto opened = impl->open(); !opened) return opened.error();
    return std::unique_ptr<ContactListener>{new ContactListener{std::move(impl)}};
}

}  // namespace ninja3cx::agent
