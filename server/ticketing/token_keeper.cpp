#include "server/ticketing/token_keeper.hpp"

#include <boost/asio/co_spawn.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;

constexpr std::chrono::seconds kLook{60};
constexpr std::chrono::seconds kLookForLogin{2};

}  // namespace

struct TokenKeeper::Impl {
    Impl(net::asio::any_io_executor executor, NinjaTokens& of, Scheduler& scheduler,
         std::function<void(const std::string&)> problem)
        : network(std::move(executor)),
          tokens(of),
          onProblem(std::move(problem)),
          sleep(scheduler.makeSleep()) {}

    static awaitable<void> run(std::shared_ptr<Impl> self) {
        while (!self->isStopped) {
            try {
                co_await self->tokens.keepAlive();
            } catch (const std::exception& failure) {
                if (self->onProblem)
                    self->onProblem(std::string{"the NinjaOne login could not be looked after: "} +
                                    failure.what());
            }
            if (self->isStopped) break;
            const bool isNeeded = self->tokens.facts().login == Login::Needed;
            co_await self->sleep->run(isNeeded ? kLookForLogin : kLook);
        }
    }

    net::asio::any_io_executor network;
    NinjaTokens& tokens;
    std::function<void(const std::string&)> onProblem;
    std::shared_ptr<Scheduler::Sleep> sleep;
    bool isStarted = false;
    bool isStopped = false;
};

TokenKeeper::TokenKeeper(net::asio::any_io_executor network, NinjaTokens& tokens, Scheduler& scheduler,
                         std::function<void(const std::string&)> onProblem)
    : impl_(std::make_shared<Impl>(std::move(network), tokens, scheduler, std::move(onProblem))) {
    // Others use the login while this sleeps its minute, and one of them finds that it has died.
    tokens.onLogin([weak = std::weak_ptr{impl_}](Login login) {
        const auto impl = weak.lock();
        if (impl && login == Login::Needed) impl->sleep->wake();
    });
}

TokenKeeper::~TokenKeeper() {
    stop();
}

void TokenKeeper::start() {
    if (std::exchange(impl_->isStarted, true)) return;
    net::asio::co_spawn(impl_->network, Impl::run(impl_), [impl = impl_](std::exception_ptr failure) {
        if (failure && impl->onProblem)
            impl->onProblem("the NinjaOne login is no longer looked after: restart the server");
    });
}

void TokenKeeper::stop() {
    impl_->isStopped = true;
    impl_->sleep->wake();
}

}  // namespace ninja3cx::ticketing
