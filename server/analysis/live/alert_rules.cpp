#include "server/analysis/live/alert_rules.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

std::vector<ReadyAlert> alertsOf(const std::vector<AlertRule>& own, std::string_view language) {
    std::vector<ReadyAlert> alerts;
    for (const AlertRule& rule : own) alerts.emplace_back(rule);
    for (ReadyAlert& builtIn : builtInAlerts(language))
        if (std::ranges::find(own, builtIn.rule.id, &AlertRule::id) == own.end())
            alerts.push_back(std::move(builtIn));
    return alerts;
}

bool ReadyAlert::isMetBy(protocol::Speaker speaker, std::span<const Word> words, float unhappy) const {
    if (rule.speaker && *rule.speaker != speaker) return false;
    if (unhappyFrom && unhappy >= *unhappyFrom) return true;
    return rule.phrases.empty() || !phrases.in(words).empty();
}

}  // namespace ninja3cx::analysis
