#include "server/telephony/recording_hunt.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <tuple>

namespace ninja3cx::telephony {
namespace {

constexpr std::int64_t kFirstLookMs = 5'000;
constexpr std::int64_t kShortestPauseMs = 10'000;
constexpr std::int64_t kLongestPauseMs = 120'000;
constexpr std::int64_t kMostApartMs = 30'000;
constexpr std::size_t kComparedDigits = 9;  // a national number without its trunk prefix

std::string digitsOf(const std::string& number) {
    std::string digits;
    for (const char c : number)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

/// Withheld on both sides is the same, too.
bool isSameNumber(const std::string& one, const std::string& other) {
    const std::string a = digitsOf(one);
    const std::string b = digitsOf(other);
    if (a.size() < kComparedDigits || b.size() < kComparedDigits) return a == b;
    return a.substr(a.size() - kComparedDigits) == b.substr(b.size() - kComparedDigits);
}

bool isWith(const XapiRecording& recording, const calls::SilentCall& call) {
    const std::string& extension = call.extension.value();
    const bool isFrom = recording.fromDn == extension && isSameNumber(recording.toNumber, call.remoteNumber);
    const bool isTo = recording.toDn == extension && isSameNumber(recording.fromNumber, call.remoteNumber);
    return isFrom || isTo;
}

}  // namespace

HuntStep nextHuntStep(std::int64_t endedAtMs, const LastLook& last, std::int64_t nowMs,
                      std::chrono::minutes limit) {
    const std::int64_t deadlineMs = endedAtMs + std::chrono::milliseconds{limit}.count();
    if (!last.atMs) return nowMs - endedAtMs >= kFirstLookMs ? HuntStep::Look : HuntStep::Wait;
    const bool isPastLimit = *last.atMs >= deadlineMs;
    if (isPastLimit && last.wasAnswered) return HuntStep::GiveUp;
    const std::int64_t pauseMs = std::clamp((*last.atMs - endedAtMs) / 2, kShortestPauseMs, kLongestPauseMs);
    const std::int64_t nextMs = *last.atMs + pauseMs;
    return nowMs >= (isPastLimit ? nextMs : std::min(nextMs, deadlineMs)) ? HuntStep::Look : HuntStep::Wait;
}

std::vector<std::pair<CallId, XapiRecording>> matchRecordings(const std::vector<calls::SilentCall>& calls,
                                                              const std::vector<XapiRecording>& recordings,
                                                              const std::set<std::int64_t>& taken,
                                                              std::int64_t skewMs) {
    using Pair = std::tuple<std::int64_t, const calls::SilentCall*, const XapiRecording*>;
    std::vector<Pair> pairs;
    for (const calls::SilentCall& call : calls)
        for (const XapiRecording& recording : recordings) {
            const std::int64_t apartMs = std::abs(recording.startMs - skewMs - call.answeredAtMs);
            if (!taken.contains(recording.id) && apartMs <= kMostApartMs && isWith(recording, call))
                pairs.emplace_back(apartMs, &call, &recording);
        }
    std::ranges::stable_sort(pairs, {}, [](const Pair& pair) { return std::get<0>(pair); });
    std::vector<std::pair<CallId, XapiRecording>> matches;
    std::set<std::int64_t> usedRecordings;
    std::set<CallId> usedCalls;
    for (const auto& [apartMs, call, recording] : pairs) {
        if (usedCalls.contains(call->callId) || !usedRecordings.insert(recording->id).second) continue;
        usedCalls.insert(call->callId);
        matches.emplace_back(call->callId, *recording);
    }
    return matches;
}

}  // namespace ninja3cx::telephony
