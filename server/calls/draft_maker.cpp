#include "server/calls/draft_maker.hpp"

#include "shared/core/clock.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/codes.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <tuple>

namespace ninja3cx::calls {
namespace {

using protocol::Category;
using protocol::Priority;
using protocol::Severity;
using protocol::Speaker;
using protocol::TicketType;

constexpr std::size_t kMaxSubjectBytes = 200;  // never more than 200 characters

/// What is asked for, not broken, is no incident.
CategoryRule builtInRule(Category category) {
    switch (category) {
        case Category::OnboardingOffboarding:
        case Category::ProcurementLicence:
            return {category, TicketType::ServiceRequest, Severity::None, {}};
        case Category::InformationRequest:
        case Category::OtherNonSupport:
            return {category, TicketType::Question, Severity::None, {}};
        case Category::WorkstationPerformance:
            return {category, TicketType::Problem, std::nullopt, {}};
        default:
            return {category, TicketType::Incident, std::nullopt, {}};
    }
}

std::string tagOf(Category category) {
    return std::string{json::encode(category).as_string()};
}

std::string localTime(std::int64_t epochMs) {
    const std::time_t seconds = static_cast<std::time_t>(epochMs / 1000);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%d/%m/%Y %H:%M", &parts);
    return text.data();
}

std::string durationText(std::int64_t ms) {
    const std::int64_t seconds = std::max<std::int64_t>(ms, 0) / 1000;
    std::string text;
    if (seconds >= 3600) text = std::to_string(seconds / 3600) + " h ";
    if (seconds >= 60) text += std::to_string(seconds / 60 % 60) + " min ";
    return text + std::to_string(seconds % 60) + " s";
}

std::string clockText(std::int64_t ms) {
    const std::int64_t seconds = std::max<std::int64_t>(ms, 0) / 1000;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02lld:%02lld", static_cast<long long>(seconds / 60),
                  static_cast<long long>(seconds % 60));
    return text.data();
}

std::string callerName(const protocol::Call& call) {
    if (call.caller.state == protocol::CallerMatchState::One) return call.caller.contacts.front().name;
    return call.remoteName;
}

std::string callerLine(const protocol::Call& call) {
    const std::string name = callerName(call);
    const std::string number = call.remoteNumber.empty() ? "numéro masqué" : call.remoteNumber;
    return name.empty() ? number : name + " (" + number + ")";
}

std::string directionText(protocol::Direction direction) {
    switch (direction) {
        case protocol::Direction::Outbound:
            return "Appel sortant";
        case protocol::Direction::Internal:
            return "Appel interne";
        case protocol::Direction::Inbound:
            break;
    }
    return "Appel entrant";
}

/// In seconds. One that was only estimated is none: it may be billed.
std::optional<std::int64_t> lengthOf(const protocol::Call& call) {
    if (!call.answeredAtMs || !call.endedAtMs || call.isEndEstimated) return std::nullopt;
    const std::int64_t seconds = (*call.endedAtMs - *call.answeredAtMs) / 1000;
    if (seconds <= 0) return std::nullopt;
    return seconds;
}

std::string technicianLine(const protocol::Call& call) {
    if (call.technician.empty()) return "poste " + call.extension.value();
    return call.technician + " (poste " + call.extension.value() + ")";
}

std::string summaryLines(const protocol::DraftFields& fields) {
    return fields.summary.empty() ? "" : fields.summary + "\n\n";
}

std::string organizationLine(const protocol::DraftFields& fields) {
    return fields.organizationName.empty() ? "" : "Organisation : " + fields.organizationName + "\n";
}

std::string factsOf(const protocol::Call& call, const std::string& organization) {
    std::string text = "Appelant : " + callerLine(call) + "\n" + organization;
    text += "Technicien : " + technicianLine(call) + "\n";
    text += directionText(call.direction) + " du " + localTime(call.startedAtMs);
    if (call.answeredAtMs && call.endedAtMs) {
        text += ", durée " + durationText(*call.endedAtMs - *call.answeredAtMs);
        if (call.isEndEstimated) text += " (estimée)";
    }
    return text;
}

void sortBySpeech(std::vector<protocol::Utterance>& finals) {
    std::stable_sort(finals.begin(), finals.end(), [](const auto& one, const auto& other) {
        return std::tie(one.startMs, one.utteranceId) < std::tie(other.startMs, other.utteranceId);
    });
}

std::string linesOf(std::vector<protocol::Utterance> finals) {
    sortBySpeech(finals);
    std::string lines;
    for (const protocol::Utterance& utterance : finals) {
        if (utterance.text.empty()) continue;
        lines += "\n[" + clockText(utterance.startMs) + "] " +
                 (utterance.channel == Speaker::Agent ? "Technicien : " : "Client : ") + utterance.text;
    }
    return lines;
}

/// FNV-1a, then mixed so that every digit depends on every byte.
std::uint64_t stableHash(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31U);
}

}  // namespace

DraftId draftIdFor(const CallId& callId) {
    const std::string& id = callId.value();
    return DraftId{"draft-" + (id.starts_with("call-") ? id.substr(5) : id)};
}

std::string markerFor(const CallId& callId) {
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%012llx",
                  static_cast<unsigned long long>(stableHash(callId.value()) >> 16U));
    return std::string{"3CX-"} + digits.data();
}

CategoryRule ruleFor(Category category, const HubOptions& options) {
    const auto rule = std::find_if(options.categoryRules.begin(), options.categoryRules.end(),
                                   [&](const auto& each) { return each.category == category; });
    return rule == options.categoryRules.end() ? builtInRule(category) : *rule;
}

Severity severityFor(const CategoryRule& rule, Priority priority) {
    if (rule.severity) return *rule.severity;
    switch (priority) {
        case Priority::Low:
            return Severity::Minor;
        case Priority::Medium:
            return Severity::Moderate;
        case Priority::High:
            break;
    }
    return rule.category == Category::SecurityIncident ? Severity::Critical : Severity::Major;
}

protocol::DraftFields makeFields(const std::optional<protocol::Analysis>& analysis,
                                 const protocol::Call& call, const HubOptions& options) {
    protocol::DraftFields fields;
    fields.category = Category::OtherNonSupport;
    fields.priority = Priority::Low;
    if (call.caller.state == protocol::CallerMatchState::One) {
        const protocol::Contact& contact = call.caller.contacts.front();
        fields.organizationId = contact.organizationId;
        fields.organizationName = contact.organizationName;
        fields.requesterUid = contact.uid;
        fields.requesterName = contact.name;
    } else if (call.caller.organizationId) {  // who of it called is for a person to say
        fields.organizationId = call.caller.organizationId;
        fields.organizationName = call.caller.organizationName.value_or("");
    }
    if (analysis) {
        fields.subject = std::string{cutUtf8(analysis->subject, kMaxSubjectBytes)};
        if (fields.subject.empty()) fields.subject = "Appel : " + callerLine(call);
        fields.summary = analysis->summary;
        fields.category = analysis->category;
        fields.priority = analysis->priority;
        fields.isSolved = analysis->ticketWarranted && analysis->resolved;
    }
    const CategoryRule rule = ruleFor(fields.category, options);
    if (analysis && rule.priority) fields.priority = *rule.priority;
    fields.type = rule.type;
    fields.severity = severityFor(rule, fields.priority);
    fields.tags = {"3cx"};
    if (analysis) {
        fields.tags.push_back(tagOf(fields.category));
        fields.tags.insert(fields.tags.end(), rule.tags.begin(), rule.tags.end());
        fields.status = rule.status;
        fields.ticketFormId = rule.ticketFormId;
        if (!rule.attributes.empty()) fields.attributes = rule.attributes;
    }
    if (options.logsTime) fields.timeTrackedS = lengthOf(call);
    return fields;
}

std::string makeDescription(const protocol::DraftFields& fields, const protocol::Call& call,
                            const std::string& marker, const std::vector<EarlierCall>& earlier) {
    std::string text = summaryLines(fields) + factsOf(call, organizationLine(fields));
    for (const EarlierCall& each : earlier) {
        text += "\n\nAppel précédent, même dossier\n";
        if (!fields.isPublic || each.fields.isPublic) text += summaryLines(each.fields);
        text += factsOf(each.call, "");
    }
    return text + "\n\nRef: " + marker;
}

std::string amendDescription(const std::string& description, const protocol::DraftFields& before,
                             const protocol::DraftFields& after) {
    std::string text = description;
    const std::string summary = summaryLines(before);
    if (text.starts_with(summary)) text.replace(0, summary.size(), summaryLines(after));
    const std::string line = organizationLine(before);
    if (line.empty()) return text;
    const std::string changed = organizationLine(after);
    for (std::size_t at = text.find("\n" + line); at != std::string::npos;
         at = text.find("\n" + line, at + changed.size()))
        text.replace(at + 1, line.size(), changed);
    return text;
}

std::string makeTranscriptNote(std::vector<protocol::Utterance> finals) {
    const std::string lines = linesOf(std::move(finals));
    return lines.empty() ? lines : "Transcription de l'appel (données sensibles masquées)\n" + lines;
}

std::string makeJoinedNote(std::vector<SpokenCall> calls) {
    if (calls.size() == 1) return makeTranscriptNote(std::move(calls.front().finals));
    std::ranges::sort(calls, {}, &SpokenCall::startedAtMs);
    std::string text;
    for (SpokenCall& call : calls) {
        const std::string lines = linesOf(std::move(call.finals));
        if (!lines.empty()) text += "\n\nAppel du " + localTime(call.startedAtMs) + lines;
    }
    return text.empty() ? text : "Transcription des appels (données sensibles masquées)" + text;
}

protocol::AnalysisInput makeAnalysisInput(const protocol::Call& call, std::vector<protocol::Utterance> finals,
                                          const std::string& language) {
    sortBySpeech(finals);
    protocol::AnalysisInput input;
    input.id = call.callId.value();
    input.language = language;
    if (call.answeredAtMs) {
        input.startedAt = toIso8601(fromEpochMs(*call.answeredAtMs));
        if (call.endedAtMs)
            input.durationS = static_cast<double>(*call.endedAtMs - *call.answeredAtMs) / 1000.0;
    }
    for (protocol::Utterance& utterance : finals) {
        if (utterance.text.empty()) continue;
        input.turns.push_back({utterance.channel, static_cast<double>(utterance.startMs) / 1000.0,
                               static_cast<double>(utterance.endMs) / 1000.0, std::move(utterance.text)});
    }
    return input;
}

}  // namespace ninja3cx::calls
