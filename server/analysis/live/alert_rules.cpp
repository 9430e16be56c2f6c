#include "server/analysis/live/alert_rules.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

std::vector<ReadyAlert> alertsOf(const std::vector<AlertRule>& own, std::string_view language) {
    std::vector<ReadyAlert> alerts;
    for (const AlertRule& rule : own)
        if (!rule.isOff) alerts.emplace_back(rule);
    for (ReadyAlert& builtIn : builtInAlerts(language))
        if (std::ranges::find(own, builtIn.rule.id, &AlertRule::id) == own.end())
            alerts.push_back(std::move(builtIn));
    return alerts;
}

bool SaidTogether::isIn(std::span<const Word> words) const {
    const std::vector<Phrase::Match> done = deeds.placesIn(words);
    if (done.empty()) return false;
    const std::vector<Phrase::Match> named = objects.placesIn(words);
    const std::vector<Phrase::Match> idle = harmless.placesIn(words);
    for (const Phrase::Match& deed : done) {
        const bool isIdle = std::ranges::any_of(
            idle, [&](const Phrase::Match& each) { return each.first < deed.last && each.last > deed.last; });
        if (isIdle) continue;
        for (const Phrase::Match& object : named) {
            if (object.first >= deed.last && object.first - deed.last <= apart) return true;
            if (isObjectFirstToo && object.last <= deed.first && deed.first - object.last <= apart)
                return true;
        }
    }
    return false;
}

bool isBuiltInAlert(std::string_view id) {
    return std::ranges::any_of(builtInAlerts("fr"),
                               [&](const ReadyAlert& alert) { return alert.rule.id == id; });
}

bool ReadyAlert::isMetBy(protocol::Speaker speaker, std::span<const Word> words, float unhappy) const {
    if (rule.speaker && *rule.speaker != speaker) return false;
    if (unhappyFrom && unhappy >= *unhappyFrom) return true;
    if (together && together->isIn(words)) return true;
    return rule.phrases.empty() || !phrases.in(words).empty();
}

}  // namespace ninja3cx::analysis
