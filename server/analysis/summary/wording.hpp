#pragma once

#include "server/analysis/actions/actions.hpp"
#include "server/analysis/conclusions/category.hpp"
#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/lexicon/category_names.hpp"
#include "server/analysis/lexicon/subject_words.hpp"
#include "server/analysis/movements/movements.hpp"
#include "server/analysis/summary/name_phrases.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// What the texts of a ticket are made of: of a call whose personal data is masked, so that they show none.
struct Findings {
    const Conversation& conversation;
    const CategoryFinding& category;
    const Names& names;
    const std::vector<Movement>& movements;
    const std::vector<FoundAction>& actions;
    protocol::Sentiment sentiment{};
    bool isResolved = false;
    protocol::Confidence sentimentConfidence = protocol::Confidence::Sure;
    protocol::Confidence resolvedConfidence = protocol::Confidence::Sure;
    Basis sentimentBasis = {};
    Basis resolvedBasis = {};
    std::string ownCategory = {};  // the name of the configuration's own category; empty: none
    NamePhrases phrases{names};
};

/// A text, and what each of its sentences (`sentencesOf`) rests on. As sure as the weakest thing that it says.
struct GroundedText {
    std::string text;
    std::vector<Grounds> sentences;
};

/// At most 80 characters, as a colleague would write it: the thing and what is wrong with it.
struct Subject : GroundedText {
    SubjectId id = SubjectId::Other;
};
Subject subjectOf(const Findings& findings);

/// What the subject names, as the end of a sentence and without the company: "poste qui ne démarre plus". Empty where
/// it only says that there is a problem.
GroundedText matterNamed(const Findings& findings);

/// A few sentences in the language of the call: who called why, in reported speech, and what else; what was done;
/// what was agreed. What is unsure of that is left out, hesitations dropped.
GroundedText summaryOf(const Findings& findings);
/// The same, where why they called is told of `ofFirst`: the call without a second matter that was raised by the way.
GroundedText summaryOf(const Findings& findings, const Findings& ofFirst);

/// A text by its sentences: "M. Petit signale …. À faire : …." has two.
std::vector<std::string> sentencesOf(std::string_view text);

/// The category that the texts are written for: what else the call may be about, where it is not sure that it is no
/// matter for support.
protocol::Category topicOf(const Findings& findings);

/// How much of what the subject may be made of is said in `line`: 0 nothing, 1 what says all by itself.
double subjectMatter(const Findings& findings, const Line& line);

/// The customer's company; empty where only the word was heard that opens its name ("Cabinet").
std::string companyOf(const Names& names);

}  // namespace ninja3cx::analysis
