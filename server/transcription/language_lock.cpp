#include "server/transcription/language_lock.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::transcription {

LanguageLock::LanguageLock(std::string wanted) : language_{std::move(wanted)} {}

void LanguageLock::vote(const std::string& language, float probability, double seconds) {
    if (!isOpen() || language.empty() || language == "auto") return;
    votes_[language] += static_cast<double>(std::clamp(probability, 0.0F, 1.0F)) * std::max(seconds, 0.0);
    double second = 0;
    for (const auto& [other, weight] : votes_) {
        if (other != language) second = std::max(second, weight);
    }
    if (votes_[language] - second >= kEnoughSeconds) language_ = language;
}

}  // namespace ninja3cx::transcription
