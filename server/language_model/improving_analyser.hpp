#pragma once

#include "server/calls/ports.hpp"
#include "server/language_model/improvement.hpp"
#include "server/language_model/model_client.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace ninja3cx::language_model {

/// Does `work` on another thread, then `then` on the network thread, also where `work` threw. In the order in which it was
/// asked; neither comes once all ends.
using InBackground = std::function<void(std::function<void()> work, std::function<void()> then)>;

/// Lets a language model improve what another analyser finds. Whatever becomes of the model, a call has the built-in
/// analysis: with `done` by the patience at the latest, improved where the model was faster; with `better` where it was
/// slower. A call that is analysed again, or cannot wait in the queue, gets the built-in one at once.
///
/// Threads: network thread only, on which nothing takes long: what is asked is written, and the answer read and judged,
///          in the background. `tick` lets time pass; what is due is called from there.
/// Order:   one question at a time, in the order in which calls ended; a few wait.
/// Failure: three in a row, and the model is left alone for a minute, then longer. Told of each, without words of a
///          call, and once when it is over.
/// Erased:  words that are forgotten are not sent, wherever their call is by then; nor is an answer to them used.
/// Lives:   `inner`, whose `mask` is used in the background as well, the model and the clock outlive it. After `stop` all
///          that waited has its built-in analysis, and no `better` comes.
class ImprovingAnalyser final : public calls::Analyser {
public:
    struct Options {
        std::chrono::milliseconds patience{2'700};  // shorter than the hub's
        std::chrono::milliseconds timeout{30'000};  // from the end of the call to a late result
        bool masksPersonalData = true;
    };
    struct Ports {
        calls::Analyser& inner;
        ModelClient& model;
        const Clock& clock;
        EntitiesOf entitiesOf;  // in the background
        InBackground inBackground;
        std::function<void(const std::string&)> onProblem;  // of each call with which it fails; may be empty
        std::function<void(const std::string&)> onNews;  // what cannot stand; an end of trouble; may be empty
    };

    ImprovingAnalyser(boost::asio::any_io_executor network, Options options, Ports ports);
    ~ImprovingAnalyser() override;
    ImprovingAnalyser(const ImprovingAnalyser&) = delete;
    ImprovingAnalyser& operator=(const ImprovingAnalyser&) = delete;

    void analyse(protocol::AnalysisInput input, Done done, Better better) override;
    void forget(const CallId& callId) override;
    std::unique_ptr<calls::CallReader> follow(const std::string& language) const override;
    calls::Masked mask(const std::string& text, const std::string& language,
                       const std::string& before) const override;
    std::span<const std::string_view> revealingEndings() const override;

    void tick();
    void stop();
    /// For /metrics.
    std::string metrics() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::language_model
