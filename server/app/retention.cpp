#include "server/app/retention.hpp"

#include <spdlog/logger.h>

#include <chrono>

namespace ninja3cx::app {

using namespace std::chrono_literals;

namespace {
constexpr auto kSweepEvery = 24h;
constexpr auto kRetryEvery = 1h;
}  // namespace

Retention::Retention(storage::RetentionRules rules, Ports ports) : rules_(rules), ports_(std::move(ports)) {}

void Retention::start() {
    retriedAt_ = ports_.clock.steady();
    sweep();
}

void Retention::tick() {
    if (ports_.clock.steady() - sweptAt_ >= kSweepEvery) sweep();
    if (!ports_.retryRemovals || ports_.clock.steady() - retriedAt_ < kRetryEvery) return;
    retriedAt_ = ports_.clock.steady();
    ports_.retryRemovals();
}

std::optional<std::string> Retention::problem() const {
    if (!isClockDoubted_) return std::nullopt;
    return "the clock may be wrong, so nothing is erased by age; the log says more";
}

void Retention::sweep() {
    sweptAt_ = ports_.clock.steady();
    ports_.store.sweep(rules_, toEpochMs(ports_.clock.now()),
                       [this](const Result<storage::ErasureReport>& report) { swept(report); });
}

void Retention::swept(const Result<storage::ErasureReport>& report) {
    if (!report) {
        ports_.log->error("retention: {}", report.error().detail);
        return;
    }
    isClockDoubted_ = report->clockDoubt.has_value();
    if (isClockDoubted_) ports_.log->warn("retention: {}", *report->clockDoubt);
    if (const auto age = storage::shortestOf(rules_); age && !isClockDoubted_)
        ports_.eraseUnknownAudio(toEpochMs(ports_.clock.now() - *age));
    for (const std::vector<CallId>* callIds : {&report->erased, &report->wordsErased})
        for (const CallId& callId : *callIds) ports_.journal.erase(callId);
    if (!report->erased.empty()) ports_.forgetCalls({report->erased.begin(), report->erased.end()});
    if (!report->wordsErased.empty())
        ports_.forgetWords({report->wordsErased.begin(), report->wordsErased.end()});
    if (!report->erased.empty() || !report->wordsErased.empty())
        ports_.log->info("retention: {} calls and the words of {} more erased", report->erased.size(),
                         report->wordsErased.size());
}

}  // namespace ninja3cx::app
