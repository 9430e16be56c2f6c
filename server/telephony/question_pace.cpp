#include "server/telephony/question_pace.hpp"

#include <algorithm>
#include <cstdint>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kAfterRefusal = 10min;
constexpr std::chrono::milliseconds kLongestPause = 5min;

}  // namespace

bool QuestionPace::isDue(SteadyTime now) const {
    return interval_ > 0ms && (!nextAt_ || now >= *nextAt_);
}

bool QuestionPace::note(Answer answer, SteadyTime now, std::optional<std::chrono::milliseconds> told) {
    const bool wasRefused = isRefused();
    std::chrono::milliseconds pause = interval_;
    if (answer != Answer::Refused) refusals_ = 0;
    if (answer != Answer::Failed) failures_ = 0;
    if (answer == Answer::Told) {
        toldAt_ = now;
    } else if (answer == Answer::Failed) {
        failures_ = std::min(failures_ + 1, 20);
        pause = std::max(interval_, std::min(interval_ * (std::int64_t{1} << failures_), kLongestPause));
    } else {
        refusals_ = std::min(refusals_ + 1, kBelieved);
        if (isRefused()) pause = std::max(interval_, kAfterRefusal);
    }
    nextAt_ = now + std::max(pause, told.value_or(0ms));
    return isRefused() && !wasRefused;
}

bool QuestionPace::isFresh(SteadyTime now) const {
    return toldAt_ && !isRefused() && now - *toldAt_ <= interval_ * 3 + 1min;
}

}  // namespace ninja3cx::telephony
