#include "server/analysis/analyse.hpp"

#include "server/analysis/actions/actions.hpp"
#include "server/analysis/actions/due_date.hpp"
#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conclusions/category_of_call.hpp"
#include "server/analysis/conclusions/priority.hpp"
#include "server/analysis/conclusions/sentiment.hpp"
#include "server/analysis/entities/entities.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/movements/movements.hpp"
#include "server/analysis/outcome/outcome.hpp"
#include "server/analysis/personal_data/masked_call.hpp"
#include "server/analysis/promises/callback_verdict.hpp"
#include "server/analysis/site_rules_apply.hpp"
#include "server/analysis/summary/wording.hpp"
#include "server/analysis/weights/weights.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {

namespace {

/// All of it: the matter has the same lines, some with fewer words.
bool isSaidIn(const Conversation& told, const Conversation& matter) {
    const auto isWhole = [](const Line& line, const Line& same) {
        return line.words.size() == same.words.size();
    };
    return std::ranges::equal(told.lines, matter.lines, isWhole);
}

std::string ownCategoryName(const SiteRules& rules, const SiteFinding& site, bool isEnglish) {
    if (!site.customCategory) return {};
    const auto own = std::ranges::find(rules.categories, site.customCategory->value, &CustomCategory::id);
    return own == rules.categories.end() ? std::string{} : isEnglish ? own->english : own->french;
}

}  // namespace

protocol::Analysis analyse(const protocol::AnalysisInput& input, const SiteRules& rules) {
    std::vector<protocol::PersonalData> pii = findPersonalData(readConversation(input));
    // What names, entities and texts are read from.
    const protocol::AnalysisInput clean = maskedCall(input, pii);
    const Conversation told = readConversation(clean);
    const Model& model = builtInModel();
    const CallReading reading{told, model};
    const Names names = withoutMoverAsCaller(findNames(told), told);
    const std::vector<Movement> movements = movementsIn(told, names);
    CallCategory category = categoryOfCall(reading, names, movements, model);
    const SiteFinding site = applySiteRules(rules, told, category.main);
    const SentimentFinding sentiment = findSentiment(reading);
    const Conclusion<protocol::Priority> priority = findPriority(reading, category);
    const CallbackVerdict callback = callbackVerdict(reading);
    std::vector<FoundAction> actions = findActions(reading, names, movements, category, callback);
    fillDueDates(actions, told, input.startedAt);
    const Outcome outcome = findOutcome(reading, category, actions, callback);

    protocol::Analysis analysis;
    analysis.id = input.id;
    analysis.category = category.main.value;
    if (category.secondary) analysis.secondaryCategory = category.secondary->value;
    analysis.runnerUp = category.runnerUp;
    analysis.sentiment = sentiment.overall.value;
    analysis.sentimentStart = sentiment.start;
    analysis.sentimentEnd = sentiment.end;
    analysis.priority = priority.value;
    analysis.resolved = outcome.resolved.value;
    analysis.ticketWarranted = outcome.ticketWarranted.value;
    analysis.callbackPromised = outcome.callbackPromised.value;
    const CategoryFinding topic = categoryToTell(reading, category);
    const Findings findings{told,
                            topic,
                            names,
                            movements,
                            actions,
                            analysis.sentiment,
                            analysis.resolved,
                            sentiment.overall.confidence,
                            outcome.resolved.confidence,
                            {sentiment.overall.turns, sentiment.overall.cue},
                            {outcome.resolved.turns, outcome.resolved.cue},
                            ownCategoryName(rules, site, told.isEnglish)};
    // What is raised by the way names no call.
    const auto firstOf = [&](const Conversation& conversation) {
        return category.aside ? withoutAside(conversation, *category.aside) : conversation;
    };
    const Conversation matter = firstOf(reading.matter());
    const std::vector<Movement> movementsOfMatter =
        isSaidIn(told, matter) ? movements : movementsIn(matter, names);
    Findings ofMatter{matter, category, names, movementsOfMatter, actions};
    ofMatter.ownCategory = findings.ownCategory;
    const GroundedText subject = subjectOf(ofMatter);
    const Conversation firstTold = firstOf(told);
    Findings ofFirst{firstTold, topic, names, category.aside ? movementsOfMatter : movements, actions};
    ofFirst.ownCategory = findings.ownCategory;
    const GroundedText summary = summaryOf(findings, ofFirst);
    const Entities entities = findEntities(told, names);
    analysis.subject = subject.text;
    analysis.summary = summary.text;
    analysis.pii = std::move(pii);

    analysis.evidence.push_back(evidenceOf("category", category.main));
    if (category.secondary)
        analysis.evidence.push_back(evidenceOf("secondary_category", *category.secondary));
    analysis.evidence.push_back(evidenceOf("sentiment", sentiment.overall));
    analysis.evidence.push_back(evidenceOf("priority", priority));
    analysis.evidence.push_back(evidenceOf("resolved", outcome.resolved));
    analysis.evidence.push_back(evidenceOf("ticket_warranted", outcome.ticketWarranted));
    analysis.evidence.push_back(evidenceOf("callback_promised", outcome.callbackPromised));
    for (const FoundAction& found : actions) {
        analysis.evidence.push_back(
            {"actions." + found.action.kind, found.cue, found.turns, found.confidence});
        analysis.actions.push_back(found.action);
    }
    for (const Grounds& grounds : subject.sentences)
        analysis.evidence.push_back(evidenceOf("subject", grounds));
    for (const Grounds& grounds : summary.sentences)
        analysis.evidence.push_back(evidenceOf("summary", grounds));
    for (const auto& [kind, found] : entities) {
        std::vector<std::string>& values = analysis.entities[kind];
        for (const FoundEntity& entity : found) {
            values.push_back(entity.value);
            analysis.evidence.push_back(evidenceOf(entityField(kind, entity.value), entity.grounds));
        }
    }
    site.settle(analysis);
    return analysis;
}

protocol::Analysis withoutValues(protocol::Analysis analysis) {
    for (protocol::PersonalData& data : analysis.pii) {
        data.text.reset();
        data.value.reset();
    }
    return analysis;
}

}  // namespace ninja3cx::analysis
