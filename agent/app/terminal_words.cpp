#include "agent/app/terminal_words.hpp"

#include "shared/protocol/call_states.hpp"
#include "shared/protocol/codes.hpp"

#include <cstdio>
#include <ctime>

namespace ninja3cx::agent {
namespace {

/// How surely the caller is known; empty where the number proves it.
std::string recognitionText(const Texts& texts, const protocol::CallerMatch& caller) {
    const auto rule = protocol::codeNamed<protocol::MatchRule>(caller.rule.value_or(""));
    if (caller.state == protocol::CallerMatchState::One && rule == protocol::MatchRule::NumberTail)
        return texts.pick("reconnu aux derniers chiffres seulement", "recognised by the last digits only");
    if (caller.state == protocol::CallerMatchState::None && rule == protocol::MatchRule::OrganizationNumber)
        return texts.pick("numéro de l'organisation", "the organisation's number");
    return texts.of(caller.state);
}

/// Of NinjaOne's directory when the call began, if it was old by then.
std::string directoryAgeText(const Texts& texts, const protocol::Call& call) {
    constexpr std::int64_t kHourMs = 3'600'000;
    if (!call.caller.directoryAtMs || call.remoteNumber.empty()) return "";
    const std::int64_t hours = (call.startedAtMs - *call.caller.directoryAtMs) / kHourMs;
    if (hours < 1) return "";
    const std::string age =
        hours < 48 ? std::to_string(hours) + " h" : std::to_string(hours / 24) + texts.pick(" j", " d");
    return texts.pick("annuaire NinjaOne d'il y a ", "NinjaOne directory of ") + age + texts.pick("", " ago");
}

}  // namespace

std::string clockText(std::int64_t ms) {
    char text[24];
    std::snprintf(text, sizeof text, "%02d:%02d", static_cast<int>(ms / 60'000),
                  static_cast<int>(ms / 1000 % 60));
    return text;
}

std::string wallClockText(std::int64_t atMs) {
    const auto seconds = static_cast<std::time_t>(atMs / 1000);
    std::tm local{};
    char text[16] = "";
    if (::localtime_r(&seconds, &local)) std::strftime(text, sizeof text, "%H:%M:%S", &local);
    return text;
}

std::string secondsText(std::int64_t ms) {
    return std::to_string((ms + 999) / 1000) + " s";
}

std::string durationText(std::chrono::milliseconds duration) {
    constexpr std::int64_t kMinuteMs = 60'000;
    const std::int64_t ms = duration.count();
    return ms % kMinuteMs == 0 ? std::to_string(ms / kMinuteMs) + " min" : secondsText(ms);
}

std::string callerText(const Texts& texts, const protocol::Call& call) {
    const std::string number =
        call.remoteNumber.empty() ? texts.pick("numéro masqué", "number withheld") : call.remoteNumber;
    if (call.caller.state == protocol::CallerMatchState::One && !call.caller.contacts.empty()) {
        const protocol::Contact& contact = call.caller.contacts.front();
        return contact.name + ", " + contact.organizationName + " (" + number + ")";
    }
    std::string name = call.remoteName;
    if (call.caller.organizationName) name += (name.empty() ? "" : ", ") + *call.caller.organizationName;
    return name.empty() ? number : name + " (" + number + ")";
}

std::string callText(const Texts& texts, const protocol::Call& call) {
    using enum protocol::CallState;
    std::string text =
        texts.of(call.direction) + " " + callerText(texts, call) + texts.colon() + texts.of(call.state);
    const auto add = [&](const std::string& more) {
        if (!more.empty()) text += ", " + more;
    };
    if (!isOver(call.state) && call.direction != protocol::Direction::Internal) {
        add(recognitionText(texts, call.caller));
        add(directoryAgeText(texts, call));
    }
    if (call.state != Missed) add(texts.of(call.recording));
    if (call.isFromRecording.value_or(false)) add(texts.of(protocol::HeldReason::FromRecording));
    if (call.state == Ended && call.stage != protocol::CallStage::Live) add(texts.of(call.stage));
    return text;
}

std::string insightText(const Texts& texts, const protocol::CallInsight& insight) {
    std::string text = texts.pick("client", "customer") + std::string{texts.colon()} + texts.of(insight.mood);
    if (insight.trend != protocol::MoodTrend::Steady) text += " (" + texts.of(insight.trend) + ")";
    if (insight.topic || insight.customTopic) {
        text += texts.pick(", sujet", ", topic") + std::string{texts.colon()};
        if (insight.topic) text += texts.of(*insight.topic);
        if (insight.customTopic)
            text += insight.topic ? " (" + *insight.customTopic + ")" : *insight.customTopic;
    }
    for (std::size_t i = 0; i < insight.alerts.size(); ++i)
        text += (i == 0 ? texts.pick(", alerte", ", alert") + std::string{texts.colon()} : ", ") +
                texts.of(insight.alerts[i]);
    return text;
}

}  // namespace ninja3cx::agent
