#pragma once

#include "bench/analysis/score.hpp"

#include <string>

/// A labelled call to score against.
namespace ninja3cx::bench {

inline EvaluatedCall callOf(const std::string& id) {
    EvaluatedCall call;
    call.input.id = id;
    call.input.language = "fr";
    call.input.durationS = 9;
    call.input.turns = {{protocol::Speaker::Agent, 0, 2, "support bonjour"},
                        {protocol::Speaker::Customer, 3, 5, "l'imprimante de Dinan est en panne"},
                        {protocol::Speaker::Agent, 6, 8, "je vous rappelle"}};
    CallLabels& labels = call.labels;
    labels.category = protocol::Category::PrinterScanner;
    labels.sentiment = protocol::Sentiment::Neutral;
    labels.priority = protocol::Priority::Low;
    labels.ticketWarranted = true;
    labels.callbackPromised = true;
    labels.actions = {{"callback", "agent", "todo"}};
    labels.entities["site"] = {"Dinan"};
    labels.subject = "Imprimante en panne";
    labels.summary = "L'imprimante de Dinan ne marche plus.";
    return call;
}

/// What is said when all is right.
inline Prediction rightOf(const EvaluatedCall& call) {
    const CallLabels& labels = call.labels;
    Prediction said;
    said.category = labels.category;
    said.sentiment = labels.sentiment;
    said.priority = labels.priority;
    said.resolved = labels.resolved;
    said.ticketWarranted = labels.ticketWarranted;
    said.callbackPromised = labels.callbackPromised;
    for (const LabelledAction& action : labels.actions) said.actions.push_back(action.kind);
    said.entities = labels.entities;
    for (const LabelledPii& pii : labels.pii)
        said.pii.push_back({pii.kind, pii.text, pii.value.value_or("")});
    said.subject = labels.subject;
    said.summary = labels.summary;
    return said;
}

}  // namespace ninja3cx::bench
