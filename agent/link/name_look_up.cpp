#include "agent/link/name_look_up.hpp"

#include "shared/address/localhost.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <string>
#include <utility>

namespace ninja3cx::agent {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kPatience{5};

}  // namespace

struct NameLookUp::Question {
    Question(const asio::any_io_executor& executor, std::string name)
        : about(std::move(name)), resolver(executor), done(executor) {}
    std::string about;  // host and port
    tcp::resolver resolver;
    asio::steady_timer done;
    bool isDone = false;
    error_code failure;
    std::vector<tcp::endpoint> endpoints;
};

NameLookUp::NameLookUp(asio::any_io_executor executor) : executor_(std::move(executor)) {}

asio::awaitable<Result<std::vector<tcp::endpoint>>> NameLookUp::find(ServerAddress address) {
    auto endpoints = localhostEndpoints(address.host, static_cast<std::uint16_t>(std::stoul(address.port)));
    if (!endpoints.empty()) co_return std::move(endpoints);
    const std::string about = address.host + ":" + address.port;
    if (!question_ || question_->about != about) {
        question_ = std::make_shared<Question>(executor_, about);
        question_->resolver.async_resolve(
            address.host, address.port,
            [question = question_](error_code failure, const tcp::resolver::results_type& found) {
                question->isDone = true;
                question->failure = failure;
                for (const auto& entry : found) question->endpoints.push_back(entry.endpoint());
                question->done.cancel();
            });
    }
    if (!question_->isDone) {
        question_->done.expires_after(kPatience);
        co_await question_->done.async_wait(kTuple);
    }
    if (!question_->isDone)
        co_return Error{ErrorKind::Unreachable, address.host + ": no answer about this name"};
    const auto answered = std::exchange(question_, nullptr);
    if (answered->failure)
        co_return Error{ErrorKind::Unreachable, address.host + ": " + answered->failure.message()};
    co_return std::move(answered->endpoints);
}

bool NameLookUp::isUnderWay() const {
    return question_ && !question_->isDone;
}

}  // namespace ninja3cx::agent
