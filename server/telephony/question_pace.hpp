#pragma once

#include "shared/core/clock.hpp"

#include <chrono>
#include <optional>

namespace ninja3cx::telephony {

/// How a question to another part of the PBX ended. Refused: it does not let us ask (401, 403, 404).
enum class Answer { Told = 1, Refused, Failed };

/// When a question that is asked again and again is due next, and whether what it told may still be relied on. Pure.
///
/// Refused: a token may just have been superseded; only the third refusal in a row is believed, and then the question is
/// asked every ten minutes. Failed: the pauses double, up to five minutes. Whatever the answer: not before the time that
/// the PBX named (Retry-After).
class QuestionPace {
public:
    /// Zero: never.
    explicit QuestionPace(std::chrono::milliseconds interval) : interval_(interval) {}

    bool isDue(SteadyTime now) const;
    /// True: from now on it is taken for refused, and was not before.
    bool note(Answer answer, SteadyTime now, std::optional<std::chrono::milliseconds> told = {});
    bool isRefused() const { return refusals_ >= kBelieved; }
    /// What it told last is as good as now.
    bool isFresh(SteadyTime now) const;

private:
    static constexpr int kBelieved = 3;

    std::chrono::milliseconds interval_;
    std::optional<SteadyTime> nextAt_;
    std::optional<SteadyTime> toldAt_;
    int refusals_ = 0;  // in a row
    int failures_ = 0;
};

}  // namespace ninja3cx::telephony
