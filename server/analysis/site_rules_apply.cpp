#include "server/analysis/site_rules_apply.hpp"

#include "server/analysis/conversation/amend.hpp"
#include "server/analysis/conversation/phrases.hpp"
#include "server/analysis/words/plain_phrase.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Speaker;

/// What of some phrases was said, and where.
struct Said {
    std::vector<std::string> phrases;  // as they are written, each once
    std::vector<std::int32_t> turns;

    std::string list() const {
        std::string text;
        for (const std::string& phrase : phrases) text += (text.empty() ? "" : ", ") + phrase;
        return text;
    }
};

Said said(const std::vector<std::string>& phrases, const std::optional<Speaker>& speaker,
          const Conversation& conversation) {
    Said found;
    std::set<std::string> known;
    std::set<std::int32_t> turns;
    for (const std::string& written : phrases) {
        const auto plain = plainPhrase(written);
        if (!plain || !known.insert(*plain).second) continue;
        const Phrase phrase{*plain};
        bool isSaid = false;
        for (const Line& line : conversation.lines) {
            if (speaker && line.speaker != *speaker) continue;
            if (!phrase.find(line.words)) continue;
            isSaid = true;
            turns.insert(line.turn);
        }
        if (isSaid) found.phrases.push_back(written);
    }
    found.turns.assign(turns.begin(), turns.end());
    return found;
}

/// The turns of both, in order, each once.
std::vector<std::int32_t> merged(std::vector<std::int32_t> turns, const std::vector<std::int32_t>& more) {
    turns.insert(turns.end(), more.begin(), more.end());
    std::sort(turns.begin(), turns.end());
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
    return turns;
}

std::string citing(std::string citation, const Said& said, bool isEnglish) {
    return std::move(citation) + (isEnglish ? ": " : " : ") + said.list();
}

void applyKeywords(const SiteRules& rules, const Conversation& conversation, Conclusion<Category>& category) {
    std::optional<Category> best;
    Said bestSaid;
    for (const auto& [candidate, keywords] : rules.keywords) {
        Said here = said(keywords, Speaker::Customer, conversation);
        if (here.phrases.empty()) continue;
        // Of equals, the one that the call is of anyway, then the one said first.
        const auto rank = [&](Category one, const Said& of) {
            return std::tuple{of.phrases.size(), one == category.value, -of.turns.front()};
        };
        if (best && rank(candidate, here) <= rank(*best, bestSaid)) continue;
        best = candidate;
        bestSaid = std::move(here);
    }
    if (!best) return;
    const bool isAgreed = bestSaid.phrases.size() > 1;
    const bool isEnglish = conversation.isEnglish;
    const std::string cue =
        citing(citationOfKeywords(bestSaid.phrases.size(), isEnglish), bestSaid, isEnglish);
    if (*best == category.value) {
        category.confidence = isAgreed ? Confidence::Sure : std::min(category.confidence, Confidence::Likely);
        category.cue += (category.cue.empty() ? "" : ", ") + cue;
        category.turns = merged(std::move(category.turns), bestSaid.turns);
    } else if (isAgreed || category.confidence != Confidence::Sure) {
        category = {*best, isAgreed ? Confidence::Sure : Confidence::Likely, cue, bestSaid.turns};
    }
}

const CustomCategory* customOf(const SiteRules& rules, const std::string& id) {
    const auto found = std::ranges::find(rules.categories, id, &CustomCategory::id);
    return found == rules.categories.end() ? nullptr : &*found;
}

void applyCustomCategories(const SiteRules& rules, const Conversation& conversation,
                           Conclusion<Category>& category, SiteFinding& site) {
    const CustomCategory* best = nullptr;
    Said bestSaid;
    for (const CustomCategory& custom : rules.categories) {
        Said here = said(custom.phrases, std::nullopt, conversation);
        if (here.phrases.empty()) continue;
        const auto rank = [](const Said& of) { return std::pair{of.phrases.size(), -of.turns.front()}; };
        if (best && rank(here) <= rank(bestSaid)) continue;
        best = &custom;
        bestSaid = std::move(here);
    }
    if (!best) return;
    const std::string cue =
        citing(citationOf(*best, conversation.isEnglish), bestSaid, conversation.isEnglish);
    site.customCategory = {best->id, Confidence::Sure, cue, bestSaid.turns};
    category = {best->within, Confidence::Sure, cue, bestSaid.turns};
}

void applyRule(const SiteRule& rule, const SiteRules& rules, const Conversation& conversation,
               Conclusion<Category>& category, SiteFinding& site) {
    if (rule.when.category && *rule.when.category != category.value) return;
    if (rule.when.customCategory &&
        (!site.customCategory || site.customCategory->value != *rule.when.customCategory))
        return;
    std::string cue = citationOf(rule, conversation.isEnglish);
    std::vector<std::int32_t> turns;
    if (!rule.when.phrases.empty()) {
        const Said here = said(rule.when.phrases, rule.when.speaker, conversation);
        if (here.phrases.empty()) return;
        cue = citing(std::move(cue), here, conversation.isEnglish);
        turns = here.turns;
    } else {
        turns = rule.when.customCategory ? site.customCategory->turns : category.turns;
    }
    if (rule.category) category = {*rule.category, Confidence::Sure, cue, turns};
    if (rule.customCategory) {
        const CustomCategory* custom = customOf(rules, *rule.customCategory);
        if (custom) {
            site.customCategory = {custom->id, Confidence::Sure, cue, turns};
            category = {custom->within, Confidence::Sure, cue, turns};
        }
    } else if (site.customCategory) {
        const CustomCategory* custom = customOf(rules, site.customCategory->value);
        if (custom && custom->within != category.value) site.customCategory.reset();
    }
    if (rule.priority) site.priority = {*rule.priority, Confidence::Sure, cue, turns};
    if (rule.ticketWarranted) site.ticketWarranted = {*rule.ticketWarranted, Confidence::Sure, cue, turns};
}

}  // namespace

std::string citationOf(const SiteRule& rule, bool isEnglish) {
    return (isEnglish ? "rule " : "règle ") + rule.id;
}

std::string citationOf(const CustomCategory& category, bool isEnglish) {
    return isEnglish ? "category " + category.english : "catégorie " + category.french;
}

std::string citationOfKeywords(std::size_t count, bool isEnglish) {
    if (isEnglish) return count > 1 ? "keywords" : "keyword";
    return count > 1 ? "mots-clés" : "mot-clé";
}

void SiteFinding::settle(protocol::Analysis& analysis) const {
    if (instead) changeCategory(analysis, analysis.category, *instead);
    if (customCategory) {
        analysis.customCategory = customCategory->value;
        replaceEvidence(analysis, evidenceOf("custom_category", *customCategory));
    }
    if (priority) {
        analysis.priority = priority->value;
        replaceEvidence(analysis, evidenceOf("priority", *priority));
    }
    if (ticketWarranted) {
        analysis.ticketWarranted = ticketWarranted->value;
        replaceEvidence(analysis, evidenceOf("ticket_warranted", *ticketWarranted));
    }
}

SiteFinding applySiteRules(const SiteRules& rules, const Conversation& conversation,
                           Conclusion<Category>& category) {
    SiteFinding site;
    if (!conversation.hasWords()) return site;
    const Category before = category.value;
    applyKeywords(rules, conversation, category);
    applyCustomCategories(rules, conversation, category, site);
    for (const SiteRule& rule : rules.rules) applyRule(rule, rules, conversation, category, site);
    if (category.value != before) site.instead = before;
    return site;
}

}  // namespace ninja3cx::analysis
