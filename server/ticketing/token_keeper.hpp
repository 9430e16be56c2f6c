#pragma once

#include "server/ticketing/ninja_tokens.hpp"
#include "server/ticketing/scheduler.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>

namespace ninja3cx::ticketing {

/// Looks after a login that nobody uses: calls NinjaTokens::keepAlive every minute, and every two seconds while
/// a login is needed, so that one that is made elsewhere takes effect at once.
///
/// Threads: network thread only.
/// Lives:   tokens and scheduler must outlive the executor's last run; `stop` and the destructor start
///          nothing new.
class TokenKeeper {
public:
    /// `onProblem`: one line when something unforeseen went wrong; may be empty.
    TokenKeeper(net::asio::any_io_executor network, NinjaTokens& tokens, Scheduler& scheduler,
                std::function<void(const std::string&)> onProblem = {});
    ~TokenKeeper();
    TokenKeeper(const TokenKeeper&) = delete;
    TokenKeeper& operator=(const TokenKeeper&) = delete;

    /// The first look is at once.
    void start();
    void stop();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::ticketing
