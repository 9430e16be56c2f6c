#pragma once

#include "agent/local_hooks/contact_request.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace ninja3cx::agent {

struct ContactLimits {
    std::size_t headBytes = 8192;
    std::size_t connections = 8;
    std::chrono::milliseconds longest{5000};  // of one connection, whatever it does
};

/// Listens on 127.0.0.1 alone for 3CX's client opening the contact URL. Each connection is one request.
///
/// Threads: the executor's one. The destructor closes everything; `onRing` is not called any more.
class ContactListener {
public:
    using OnRing = std::function<void(const Caller&)>;
    /// Errors name the port: it is taken.
    static Result<std::unique_ptr<ContactListener>> open(boost::asio::any_io_executor executor,
                                                         ContactUrl url, OnRing onRing,
                                                         ContactLimits limits = {});
    ~ContactListener();

private:
    class Impl;
    explicit ContactListener(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::agent
