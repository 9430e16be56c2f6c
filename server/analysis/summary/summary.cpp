#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/dates/written_due.hpp"
#include "server/analysis/entities/name_grounds.hpp"
#include "server/analysis/lexicon/category_names.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/summary/caller_gender.hpp"
#include "server/analysis/summary/deadline.hpp"
#include "server/analysis/summary/movement_subject.hpp"
#include "server/analysis/summary/summary_part.hpp"
#include "server/analysis/summary/technician_sentences.hpp"
#include "server/analysis/summary/why_called.hpp"
#include "server/analysis/summary/wording.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;

/// "madame Lambert": a surname, though it is a first name too.
bool isTitled(const Conversation& conversation, const std::string& name) {
    for (const Line& line : conversation.lines)
        for (std::size_t at = 1; at < line.words.size(); ++at)
            if (line.words[at].text == name && isOneOf(line.words[at - 1].text, {"madame", "monsieur"}))
                return true;
    return false;
}

/// "M. Arnoult" for a surname alone; "Le client" for nobody.
SummaryPart callerOf(const Findings& findings, Gender gender, bool hasCompany) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::string who = findings.names.customer;
    Grounds grounds;
    if (!who.empty()) grounds.add(groundsOfName(findings.conversation, "person", who));
    const bool hasParticle = who.starts_with("Le ") && who.find(' ', 3) == std::string::npos;
    const bool isSurname = !who.empty() && (hasParticle || who.find(' ') == std::string::npos) &&
                           !isEnglish &&
                           (!isFirstName(folded(who)) || isTitled(findings.conversation, folded(who)));
    if (isSurname && gender == Gender::Woman) who = "Mme " + who;
    if (isSurname && gender == Gender::Man) who = "M. " + who;
    if (who.empty()) who = isEnglish ? "The customer" : gender == Gender::Woman ? "La cliente" : "Le client";
    if (const std::string company = companyOf(findings.names); !company.empty() && hasCompany) {
        who += " (" + company + ")";
        grounds.add(groundsOfName(findings.conversation, "company", company));
    }
    return {std::move(who), std::move(grounds)};
}

/// How the call ended, and the mood where there is one. What is still to be done says by itself that it is open.
SummaryPart outcome(const Findings& findings, Gender gender, bool needsState) {
    const bool isEnglish = findings.conversation.isEnglish;
    std::string state;
    Grounds grounds;
    if (findings.isResolved && findings.resolvedConfidence == protocol::Confidence::Unsure)
        state = !needsState ? "" : isEnglish ? " Outcome to be confirmed" : " Issue à confirmer";
    else if (findings.isResolved)
        state = isEnglish ? " Resolved in the call" : " Résolu pendant l'appel";
    else if (needsState)
        state = isEnglish ? " Still open" : " Reste ouvert";
    if (!state.empty())
        grounds.add({findings.resolvedBasis.turns, findings.resolvedBasis.cue, findings.resolvedConfidence});
    if (findings.sentiment == protocol::Sentiment::Neutral ||
        findings.sentimentConfidence == protocol::Confidence::Unsure)
        return {state.empty() ? state : state + ".", std::move(grounds)};
    grounds.add({findings.sentimentBasis.turns, findings.sentimentBasis.cue, findings.sentimentConfidence});
    const bool isUnhappy = findings.sentiment == protocol::Sentiment::Negative;
    std::string mood;
    if (isEnglish)
        mood = isUnhappy ? "the customer is unhappy." : "the customer is pleased.";
    else if (gender == Gender::Woman)
        mood = isUnhappy ? "la cliente est mécontente." : "la cliente est satisfaite.";
    else
        mood = isUnhappy ? "le client est mécontent." : "le client est satisfait.";
    if (state.empty()) return {" " + capitalised(std::move(mood)), std::move(grounds)};
    return {state + (isEnglish ? "; " : " ; ") + mood, std::move(grounds)};
}

/// Why somebody calls who needs no support, by the subject that was found. Empty: it does not tell.
std::string_view offSupport(SubjectId subject, Gender gender, bool isEnglish) {
    switch (subject) {
        case SubjectId::SalesCall:
            return isEnglish ? " called to sell something." : " appelle pour une offre commerciale.";
        case SubjectId::WrongNumber:
            if (isEnglish) return " had dialled a wrong number.";
            return gender == Gender::Woman ? " s'est trompée de numéro." : " s'est trompé de numéro.";
        case SubjectId::CourtesyCall:
            return isEnglish ? " called out of courtesy; no technical matter was raised."
                             : " appelle par courtoisie, sans demande technique.";
        default:
            return {};
    }
}

std::string joined(const std::vector<std::string>& parts, bool isEnglish) {
    const std::string_view conjunction = isEnglish ? " and " : " et ";
    // "compte débloqué et sessions fermées, et transmis au niveau 2"
    const bool isNested = std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
        return part.find(conjunction) != std::string::npos;
    });
    std::string all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) all += i + 1 < parts.size() ? ", " : (isNested ? "," : "") + std::string{conjunction};
        all += parts[i];
    }
    return all;
}

/// What was done, or is still to be done, and told for certain; four at most.
std::vector<const FoundAction*> actionsToTell(const Findings& findings, std::string_view status) {
    std::vector<const FoundAction*> actions;
    for (const FoundAction& found : findings.actions)
        if (found.action.status == status && found.action.kind != protocol::action_kind::kNone &&
            found.confidence != protocol::Confidence::Unsure && actions.size() < 4)
            actions.push_back(&found);
    return actions;
}

/// "rappeler la cliente", "par le client : redémarrer"
std::string plainAction(const protocol::AnalysisAction& action, Gender gender, bool isEnglish) {
    const bool isCustomers = action.owner == "customer";
    if (action.kind == protocol::action_kind::kCallback && action.status == protocol::action_status::kTodo &&
        !isCustomers)
        return isEnglish                 ? "call the customer back"
               : gender == Gender::Woman ? "rappeler la cliente"
                                         : "rappeler le client";
    const std::string_view owner = !isCustomers ? "" : isEnglish ? "by the customer: " : "par le client : ";
    return std::string{owner} + uncapitalised(action.text);
}

/// In brackets behind it: the colleague who does it, and when.
std::string asideOf(const protocol::AnalysisAction& action, bool isEnglish) {
    const bool isColleague = action.owner != "agent" && action.owner != "customer";
    std::string aside = isColleague ? action.owner : std::string{};
    if (action.due) aside += (aside.empty() ? "" : ", ") + writtenDue(action, isEnglish);
    return aside;
}

/// In brackets that are open already, or in its own.
std::string withAside(std::string part, const std::string& aside) {
    if (aside.empty()) return part;
    if (!part.ends_with(')')) return part + " (" + aside + ")";
    part.pop_back();
    return part + ", " + aside + ")";
}

SummaryPart actionSentence(const Findings& findings, std::string_view status, Gender gender) {
    const bool isEnglish = findings.conversation.isEnglish;
    const auto actions = actionsToTell(findings, status);
    std::vector<std::string> parts;
    Grounds grounds;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const protocol::AnalysisAction& action = actions[i]->action;
        grounds.add({actions[i]->turns, actions[i]->cue, actions[i]->confidence});
        // What several have in common is said once.
        const bool isSaidNext = i + 1 < actions.size() && actions[i + 1]->action.due == action.due &&
                                actions[i + 1]->action.owner == action.owner;
        parts.push_back(withAside(plainAction(action, gender, isEnglish),
                                  isSaidNext ? std::string{} : asideOf(action, isEnglish)));
    }
    if (parts.empty()) return {};
    const bool isDone = status == protocol::action_status::kDone;
    const std::string_view lead =
        isEnglish ? (isDone ? "Done: " : "To do: ") : (isDone ? "Fait : " : "À faire : ");
    return {std::string{lead} + joined(parts, isEnglish) + ".", std::move(grounds)};
}

/// Which sentence of the text each piece is.
GroundedText assembled(const std::vector<SummaryPart>& pieces) {
    GroundedText whole;
    std::vector<std::size_t> ends;  // of each piece in the text
    for (const SummaryPart& piece : pieces) {
        if (!whole.text.empty() && !piece.text.empty() && piece.text[0] != ' ') whole.text += ' ';
        whole.text += piece.text;
        ends.push_back(whole.text.size());
    }
    std::size_t end = 0;
    std::size_t piece = 0;
    for (const std::string& sentence : sentencesOf(whole.text)) {
        const std::size_t begin = whole.text.find(sentence, end);
        end = begin + sentence.size();
        while (piece + 1 < pieces.size() && ends[piece] <= begin) ++piece;
        Grounds grounds = pieces[piece].grounds;
        for (std::size_t more = piece + 1; more < pieces.size() && ends[more - 1] < end; ++more)
            grounds.add(pieces[more].grounds);
        whole.sentences.push_back(std::move(grounds));
    }
    return whole;
}

}  // namespace

std::vector<std::string> sentencesOf(std::string_view text) {
    std::vector<std::string> sentences;
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isStop = text[at] == '.' || text[at] == '!' || text[at] == '?';
        const bool isEnd = at + 1 == text.size() || (isStop && text[at + 1] == ' ');
        if (!isEnd) continue;
        const std::size_t word = text.find_last_of(" (", at) + 1;
        const bool isTitle =
            isOneOf(text.substr(word, at - word), {"M", "Mr", "Mrs", "Ms", "Dr", "St", "Me"});
        // "« Ça marche ? » dit-elle" goes on with a small letter.
        const std::string_view next = text.substr(std::min(at + 2, text.size()));
        const bool goesOn = next.starts_with("»") || (!next.empty() && next[0] >= 'a' && next[0] <= 'z');
        if (at + 1 < text.size() && (isTitle || goesOn)) continue;
        sentences.emplace_back(text.substr(from, at + 1 - from));
        from = std::min(at + 2, text.size());
    }
    return sentences;
}

std::string companyOf(const Names& names) {
    if (names.companies.empty()) return {};
    const std::string& company = names.companies[0];
    return company.find(' ') == std::string::npos && opensCompany(folded(company)) ? std::string{} : company;
}

GroundedText summaryOf(const Findings& findings) {
    return summaryOf(findings, findings);
}

GroundedText summaryOf(const Findings& findings, const Findings& ofFirst) {
    const bool isEnglish = findings.conversation.isEnglish;
    if (!findings.conversation.hasWords())
        return {isEnglish ? "Nothing was understood of this call." : "Rien n'a été compris de cet appel.",
                {{{}, {}, protocol::Confidence::Unsure}}};
    const Gender gender = genderOf(findings.conversation, findings.names.customer);

    const bool isOffSupport = topicOf(findings) == Category::OtherNonSupport;
    const SubjectId subject = isOffSupport ? subjectOf(findings).id : SubjectId::Other;
    const std::string_view offReason = offSupport(subject, gender, isEnglish);
    const auto& category = findings.category.main;
    // Whom one meant to call by a wrong number is not where one works.
    const SummaryPart caller = callerOf(findings, gender, subject != SubjectId::WrongNumber);
    const std::string& who = caller.text;
    SummaryPart first = isOffSupport ? SummaryPart{} : outboundSentence(findings, who);
    if (!offReason.empty()) first = {who + std::string{offReason}, groundsOf(category)};
    const SummaryPart found = isOffSupport ? SummaryPart{} : foundSentence(findings);
    const SummaryPart done = actionSentence(findings, protocol::action_status::kDone, gender);
    const SummaryPart todo = actionSentence(findings, protocol::action_status::kTodo, gender);
    if (first.text.empty())
        first = problemSentence(ofFirst, who, gender,
                                found.text.empty() && !findings.category.secondMatter &&
                                    deadlineSentence(findings, {}, gender).text.empty() &&
                                    (done.text.empty() || todo.text.empty()));
    if (first.text.empty() && isOffSupport)
        first = {who + (isEnglish ? " called about something that is no matter for support."
                                  : " appelle pour un sujet qui ne relève pas du support."),
                 groundsOf(category)};
    if (first.text.empty() && category.confidence == protocol::Confidence::Unsure)
        first = {who + (isEnglish ? " called; what for is to be confirmed."
                                  : " appelle ; l'objet de l'appel est \u00e0 pr\u00e9ciser."),
                 groundsOf(category)};
    if (first.text.empty())
        first = {who + (isEnglish ? " called about: " : " appelle au sujet de : ") +
                     uncapitalised(categoryName(topicOf(findings), isEnglish)) + ".",
                 groundsOf(category)};
    const SummaryPart second = isOffSupport ? SummaryPart{} : secondSentence(findings, first, gender);
    const SummaryPart deadline =
        isOffSupport ? SummaryPart{} : deadlineSentence(findings, first.text + second.text, gender);
    first.grounds.add(caller.grounds);
    const bool isPlainlyOff =
        isOffSupport && (!offReason.empty() || category.confidence == protocol::Confidence::Sure);
    const SummaryPart last =
        isPlainlyOff ? SummaryPart{isEnglish ? "No ticket is needed." : "Aucun ticket n'est nécessaire.",
                                   groundsOf(category)}
                     : outcome(findings, gender, todo.text.empty());
    std::vector<SummaryPart> pieces;
    const SummaryPart moved = category.value == Category::OnboardingOffboarding
                                  ? movementSentence(findings, first.text + done.text + todo.text)
                                  : SummaryPart{};
    for (const SummaryPart& piece : {first, moved, second, deadline, found, done, todo, last})
        if (!piece.text.empty()) pieces.push_back(piece);
    return assembled(pieces);
}

}  // namespace ninja3cx::analysis
