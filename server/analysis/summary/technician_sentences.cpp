#include "server/analysis/summary/technician_sentences.hpp"

#include "server/analysis/conclusions/complaint_cues.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/why_called.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ninja3cx::analysis {
namespace {

/// The two who talk, or what is only supposed: not for a sentence that states a fact.
bool isSomebody(const Word& word) {
    return isOneOf(word.text, {"je",   "j",     "me",  "m",       "moi",     "vous",  "votre",    "vos",
                               "nous", "notre", "nos", "tu",      "i",       "you",   "your",     "we",
                               "my",   "our",   "if",  "si",      "peut",    "might", "may",      "could",
                               "sera", "will",  "ll",  "souvent", "parfois", "often", "sometimes"});
}

/// A statement of that many words at most, with nobody in it.
bool isPlain(const Clause& clause, std::size_t mostWords) {
    return !clause.isQuestion && clause.words.size() >= 5 && clause.words.size() <= mostWords &&
           std::none_of(clause.words.begin(), clause.words.end(), isSomebody);
}

/// Where the technician says that it is the help desk that calls.
std::optional<Grounds> outboundGrounds(const Findings& findings) {
    static const CueList kCalling{
        {"je vous appelle pour"},      {"je vous rappelle pour"}, {"je vous appelle au sujet"},
        {"je vous rappelle au sujet"}, {"je reviens vers vous"},  {"je vous rappelle comme"},
        {"je vous rappelle suite"},    {"je vous appelle suite"}, {"je vous appelle parce"},
        {"i m calling you"},           {"i m calling about"},     {"calling you back"},
        {"calling back about"},        {"returning your call"},   {"i m ringing about"},
        {"i m calling back"},          {"ringing you back"}};
    const auto& lines = findings.conversation.lines;
    const auto ours = std::find_if(lines.begin(), lines.end(), [](const Line& line) {
        return line.speaker == protocol::Speaker::Agent && line.turn < 4 && kCalling.first(line);
    });
    if (ours == lines.end()) return std::nullopt;
    // "je reviens vers vous" after a complaint is a promise.
    const bool isPromise = std::any_of(lines.begin(), ours, [&](const Line& line) {
        return line.speaker == protocol::Speaker::Customer &&
               (complaintCues().first(line) || subjectMatter(findings, line) >= 1);
    });
    if (isPromise) return std::nullopt;
    const auto hit = kCalling.first(*ours);
    return Grounds{
        {ours->turn}, spoken(*ours, hit->match.first, hit->match.last), protocol::Confidence::Likely};
}

/// The clause that says most of the matter, the earlier the better; an empty one where none says any.
Clause matterOf(const Findings& findings) {
    double most = 0;
    Clause chosen;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent || line.position > 0.7) continue;
        for (const Clause& clause : clausesOf(line, findings.phrases, findings.conversation.isEnglish)) {
            if (!isPlain(clause, 24)) continue;
            const double points = 1.0 - line.position + subjectMatter(findings, lineOf(clause));
            if (points <= most) continue;
            most = points;
            chosen = clause;
        }
    }
    return chosen;
}

const CueList& foundCues() {
    static const CueList kCues{{"a expire*", 1.5},      {"est tombe*", 1.5},
                               {"etait tombe*", 1.5},   {"est coupe*", 1.2},
                               {"vient de la", 1},      {"vient du", 1},
                               {"venait de", 1.2},      {"venait du", 1.2},
                               {"est plein*", 1.5},     {"est sature*", 1.5},
                               {"debranche*", 1.2},     {"decoche*", 1.2},
                               {"desactive*", 1.2},     {"a cause d", 1.2},
                               {"il manquait", 1.2},    {"n accepte plus", 1.5},
                               {"n accepte pas", 1.5},  {"hors service", 1.5},
                               {"est arrete*", 1.5},    {"s est arrete*", 1.5},
                               {"ne repond plus", 1.2}, {"est verrouille*", 1.2},
                               {"est mort*", 1.2},      {"est en panne", 1.2},
                               {"est en echec", 1.2},   {"ancien mot de passe", 1},
                               {"etait reste*", 1},     {"has expired", 1.5},
                               {"expired", 1},          {"is full", 1.5},
                               {"was full", 1.5},       {"unplugged", 1.2},
                               {"disabled", 1.2},       {"is down", 1.2},
                               {"went down", 1.2},      {"has failed", 1.5},
                               {"is failing", 1.5},     {"failed at", 1.2},
                               {"is blocked", 1.2},     {"turned off", 1.2},
                               {"switched off", 1.2},   {"caused by", 1.5},
                               {"outage", 1.5},         {"fault on", 1.5},
                               {"old password", 1}};
    return kCues;
}

/// It begins with a thing: "la ligne est coupée".
bool isAboutAThing(const Clause& clause) {
    return isOneOf(clause.words[0].text,
                   {"le", "la", "les", "l", "un", "une", "c", "il", "the", "there", "it", "a"});
}

}  // namespace

SummaryPart outboundSentence(const Findings& findings, const std::string& who) {
    auto grounds = outboundGrounds(findings);
    if (!grounds) return {};
    const bool isEnglish = findings.conversation.isEnglish;
    const std::string whom = findings.names.customer.empty() ? uncapitalised(who) : who;
    const std::string lead = isEnglish ? "The help desk called " + whom : "Le support rappelle " + whom;
    Clause matter = matterOf(findings);
    if (matter.text.empty()) return {lead + ".", std::move(*grounds)};
    grounds->add(groundsOf(matter, protocol::Confidence::Likely));
    return {lead + (isEnglish ? ": " : " : ") + uncapitalised(std::move(matter.text)) + ".",
            std::move(*grounds)};
}

SummaryPart foundSentence(const Findings& findings) {
    const bool isEnglish = findings.conversation.isEnglish;
    const auto& evidence = findings.category.main.turns;
    double most = 0;
    Clause chosen;
    for (const Line& line : findings.conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent || line.turn == 0) continue;
        for (const Clause& clause : clausesOf(line, findings.phrases, isEnglish)) {
            if (!isPlain(clause, 22) || !isAboutAThing(clause)) continue;
            double points = 0;
            for (const CueList::Hit& hit : foundCues().hits(lineOf(clause)))
                points = std::max(points, hit.weight);
            if (points == 0) continue;
            if (std::find(evidence.begin(), evidence.end(), line.turn) != evidence.end()) points += 1;
            if (points <= most) continue;
            most = points;
            chosen = clause;
        }
    }
    if (chosen.text.empty()) return {};
    constexpr double kPlain = 2.2;  // a plain word where the category shows
    Grounds grounds =
        groundsOf(chosen, most >= kPlain ? protocol::Confidence::Sure : protocol::Confidence::Likely);
    return {(isEnglish ? "Found: " : "Constat : ") + uncapitalised(std::move(chosen.text)) + ".",
            std::move(grounds)};
}

}  // namespace ninja3cx::analysis
