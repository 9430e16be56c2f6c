#include "bench/uplink/uplink_agent.hpp"

#include "shared/crypto/sealed_box.hpp"

#include <utility>

namespace ninja3cx::bench {
namespace {

/// It does not give a call up because the server was away.
constexpr agent::BlindLimits kPatient{std::chrono::hours{1}, std::chrono::hours{1}};

Extension extensionOf(std::size_t number) {
    return Extension{std::to_string(1001 + number)};
}

agent::LinkOptions linkOptions(const UplinkAgent::Options& options) {
    agent::LinkOptions link;
    link.server = options.server;
    link.key = options.key;
    link.extension = extensionOf(options.number);
    link.version = "bench";
    return link;
}

}  // namespace

Result<std::unique_ptr<UplinkAgent>> UplinkAgent::make(boost::asio::any_io_executor executor,
                                                       const Clock& clock, const Options& options) {
    std::error_code failure;
    std::filesystem::create_directories(options.folder, failure);
    if (failure) return Error{ErrorKind::Io, options.folder.string() + ": " + failure.message()};
    auto box = crypto::SealedBox::fromKeyFile(options.folder / "spool.key");
    if (!box) return box.error();
    auto spool = agent::Spool::open(options.folder / "spool", *box);
    if (!spool) return spool.error();
    return std::unique_ptr<UplinkAgent>{
        new UplinkAgent{std::move(executor), clock, options, std::move(*spool)}};
}

UplinkAgent::UplinkAgent(boost::asio::any_io_executor executor, const Clock& clock, const Options& options,
                         agent::Spool spool)
    : number_(options.number),
      spool_(std::move(spool)),
      source_(executor, clock, options.number, options.length),
      face_(nothing_, agent::OutputFormat::Text),
      agent_(clock, spool_, &source_, face_, kPatient),
      link_(executor, linkOptions(options), handlers()) {
    agent_.use(link_);
}

agent::LinkHandlers UplinkAgent::handlers() {
    agent::LinkHandlers handlers = agent_.handlers();
    handlers.onWelcome = [this, next = std::move(handlers.onWelcome)](const protocol::Welcome& welcome) {
        next(welcome);
        detect();
    };
    handlers.onMessage = [this,
                          next = std::move(handlers.onMessage)](const protocol::ServerMessage& message) {
        take(message);
        next(message);
    };
    handlers.onDown = [this, next = std::move(handlers.onDown)](const Error& why,
                                                                std::chrono::milliseconds retryIn) {
        ++tally_.reconnects;
        next(why, retryIn);
    };
    return handlers;
}

/// Each time: the server knows it again by its id.
void UplinkAgent::detect() {
    protocol::CallDetected detected;
    detected.source = "bench";
    detected.localId = "uplink";
    detected.state = protocol::CallState::Connected;
    detected.direction = protocol::Direction::Inbound;
    detected.remoteNumber = "+331990000" + std::to_string(10 + number_);
    link_.send(detected);
}

void UplinkAgent::take(const protocol::ServerMessage& message) {
    if (const auto* ready = std::get_if<protocol::AudioReady>(&message)) {
        callId_ = ready->callId;
        acknowledged_ = ready->next;
        const auto captured = static_cast<std::int64_t>(source_.frames());
        if (std::exchange(wasReady_, true))
            tally_.replayed +=
                static_cast<std::size_t>(2 * captured - ready->next.agent - ready->next.customer);
    } else if (const auto* ack = std::get_if<protocol::AudioAck>(&message)) {
        acknowledged_ = ack->next;
    } else if (std::holds_alternative<protocol::ErrorReply>(message)) {
        ++tally_.refused;
    }
}

bool UplinkAgent::isDelivered() const {
    const auto captured = static_cast<std::int64_t>(source_.frames());
    return source_.isOver() && acknowledged_.agent >= captured && acknowledged_.customer >= captured;
}

void UplinkAgent::stop() {
    source_.stop();
    link_.stop();
}

}  // namespace ninja3cx::bench
