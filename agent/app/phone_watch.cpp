#include "agent/app/phone_watch.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::agent {
namespace {

using protocol::CallState;

}  // namespace

PhoneWatch::PhoneWatch(const Clock& clock, Face& face, InternalCalls internalCalls)
    : clock_(clock), face_(face), tracker_(internalCalls, [] { return makeId("local"); }) {}

void PhoneWatch::use(OpenCalls openCalls) {
    openCalls_ = std::move(openCalls);
    for (const protocol::CallDetected& end : openCalls_.takeLeft())
        ended_.push_back({end, clock_.steady(), clock_.now()});
}

void PhoneWatch::onWelcome() {
    isServerAway_ = false;
    for (Ended& ended : ended_)
        if (say(asOfNow(ended))) ended.saidAt = clock_.steady();
    follow(tracker_.pass(clock_.steady()));
    for (const protocol::CallDetected& open : tracker_.openReports()) say(open);
}

void PhoneWatch::onDown() {
    isServerAway_ = true;
    for (Ended& ended : ended_) ended.saidAt.reset();
    follow(tracker_.lose(Source::Server, clock_.steady()));
}

void PhoneWatch::onServerCall(const protocol::Call& call) {
    follow(tracker_.observe({Source::Server, call.state, clock_.steady(), call.callId.value(), call.direction,
                             call.remoteNumber, call.remoteName}));
}

void PhoneWatch::onServerCallRemoved(const CallId& callId) {
    follow(tracker_.observe({Source::Server, CallState::Ended, clock_.steady(), callId.value()}));
}

void PhoneWatch::onHook(Source source, const Caller& caller) {
    follow(tracker_.observe({source, CallState::Ringing, clock_.steady(), "", protocol::Direction::Inbound,
                             caller.number, caller.name}));
}

void PhoneWatch::onSoftphone(const std::vector<Observation>& seen) {
    for (const Observation& one : seen) follow(tracker_.observe(one));
}

void PhoneWatch::onSoftphoneGone() {
    follow(tracker_.lose(Source::Softphone, clock_.steady()));
}

void PhoneWatch::onPhoneAudio(bool isRecording) {
    follow(tracker_.observe(
        {Source::PhoneAudio, isRecording ? CallState::Connected : CallState::Ended, clock_.steady()}));
}

void PhoneWatch::start(const std::string& number) {
    const Caller caller = callerOf(number, "");
    if (!number.empty() && caller.number.empty()) return face_.showUsage("start");
    const auto news =
        tracker_.start({Source::Manual, CallState::Connected, clock_.steady(), "", {}, caller.number});
    if (news.empty()) face_.showProblem(LocalProblem::IsTalking);
    follow(news);
}

void PhoneWatch::stop() {
    const auto news = tracker_.stop(clock_.steady());
    if (news.empty()) face_.showProblem(LocalProblem::NoCallOfOurs);
    follow(news);
}

void PhoneWatch::dial(const std::string& number) {
    const Caller caller = callerOf(number, "");
    if (caller.number.empty()) return face_.showUsage("dial");
    if (!dial_ || !dial_(caller.number)) face_.showProblem(LocalProblem::NoSoftphone);
}

void PhoneWatch::tick() {
    follow(tracker_.pass(clock_.steady()));
    forgetHeard();
}

void PhoneWatch::follow(const std::vector<CallNews>& news) {
    for (const CallNews& one : news) {
        if (one.report) report(*one.report);
        if (one.kind == NewsKind::TalkUnannounced)
            face_.showTalkUnannounced();
        else if (one.call.source != Source::Server)
            face_.showPhone(one.call, isServerAway_);
    }
}

void PhoneWatch::report(const protocol::CallDetected& report) {
    const bool isSaid = say(report);  // otherwise after the next welcome
    if (!isOver(report.state)) return;
    forgetHeard();
    ended_.push_back(
        {report, clock_.steady(), clock_.now(), isSaid ? std::optional{clock_.steady()} : std::nullopt});
    keepFew();
}

bool PhoneWatch::say(const protocol::CallDetected& report) {
    if (!link_->send(report)) return false;
    if (!isOver(report.state)) openCalls_.note(report);
    return true;
}

/// The time in which this PC slept is in the date alone; one that is set back says nothing.
protocol::CallDetected PhoneWatch::asOfNow(const Ended& ended) const {
    const std::int64_t since =
        std::max(clock_.steady() - ended.notedAt, clock_.now() - ended.notedOn).count();
    protocol::CallDetected report = ended.report;
    for (auto* age : {&report.startedAgeMs, &report.answeredAgeMs, &report.endedAgeMs})
        if (*age) *age = std::min(**age + since, protocol::CallDetected::kLongestAgeMs);
    return report;
}

void PhoneWatch::forgetHeard() {
    std::erase_if(ended_, [&](const Ended& ended) {
        const bool isHeard = ended.saidAt && clock_.steady() - *ended.saidAt >= kHeard;
        if (isHeard) openCalls_.note(ended.report);
        return isHeard;
    });
}

/// A call that the server takes for one that goes on would be captured without end: those ends go last.
void PhoneWatch::keepFew() {
    if (ended_.size() <= kEndsKept) return;
    const auto unknown = std::ranges::find_if(
        ended_, [&](const Ended& ended) { return !openCalls_.has(ended.report.localId); });
    ended_.erase(unknown == ended_.end() ? ended_.begin() : unknown);
    face_.showProblem(LocalProblem::CallNotKept);
}

}  // namespace ninja3cx::agent
