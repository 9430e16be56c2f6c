#pragma once

#include "server/calls/ports.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>

#include <functional>
#include <utility>
#include <vector>

namespace ninja3cx::app {

/// Hears nothing, for `serve --no-speech`: what else the server does with audio can be measured without a model. Network
/// thread; the handler runs on the executor.
class NoSpeech final : public calls::Transcriber {
public:
    using OnDrained = std::function<void(const CallId&, protocol::Speaker)>;
    NoSpeech(boost::asio::any_io_executor executor, OnDrained onDrained)
        : executor_(std::move(executor)), onDrained_(std::move(onDrained)) {}

    void open(Stream /*stream*/) override {}
    void feed(const CallId& /*callId*/, protocol::Speaker /*channel*/, std::int64_t /*callClockMs*/,
              std::vector<std::int16_t> /*samples*/) override {}
    void finish(const CallId& callId, protocol::Speaker channel) override {
        boost::asio::post(executor_,
                          [onDrained = onDrained_, callId, channel] { onDrained(callId, channel); });
    }
    void drop(const CallId& /*callId*/) override {}

private:
    boost::asio::any_io_executor executor_;
    OnDrained onDrained_;
};

}  // namespace ninja3cx::app
