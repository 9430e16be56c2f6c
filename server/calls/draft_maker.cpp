#include "server/calls/draft_maker.hpp"

#include "server/calls/draft_edit.hpp"
#include "server/calls/outbox_text.hpp"
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

/// The number that called is the requester's, as far as is known: nobody else's was matched.
bool isRequestersNumber(const protocol::DraftFields& fields, const protocol::CallerMatch& caller) {
    const bool isCandidate = std::ranges::any_of(
        caller.contacts, [&](const auto& contact) { return contact.uid == fields.requesterUid; });
    if (isCandidate) return true;
    if (caller.state == protocol::CallerMatchState::One) return false;
    if (caller.organizationId) return caller.organizationId == fields.organizationId;  // a switchboard's
    return caller.contacts.empty();
}

/// Who called, as the draft says. Whoever was matched, or named by the PBX, is another customer's person once it
/// says otherwise.
std::string callerLine(const protocol::DraftFields& fields, const protocol::Call& call) {
    const std::string number = call.remoteNumber.empty() ? "numéro masqué" : call.remoteNumber;
    std::string name;
    if (fields.requesterUid) {
        name = fields.requesterName;
        if (!isRequestersNumber(fields, call.caller)) return name.empty() ? "inconnu" : name;
    } else if (call.caller.state != protocol::CallerMatchState::One) {
        name = call.remoteName;
    }
    return name.empty() ? number : name + " (" + number + ")";
}

std::string generatedSubject(const protocol::DraftFields& fields, const protocol::Call& call) {
    return std::string{cutUtf8("Appel : " + callerLine(fields, call), kMaxSubjectBytes)};
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

constexpr std::string_view kCallerHead = "Appelant : ";
constexpr std::string_view kTechnicianHead = "Technicien : ";

std::string headLines(const std::string& caller, const protocol::DraftFields& fields,
                      const std::string& deviceName) {
    return std::string{kCallerHead} + caller + "\n" + organizationLine(fields) +
           (deviceName.empty() ? "" : "Appareil : " + deviceName + "\n");
}

bool isFromRecording(const protocol::Call& call) {
    return call.isFromRecording.value_or(false);
}

std::string factsOf(const protocol::Call& call) {
    std::string text = std::string{kTechnicianHead} + technicianLine(call) + "\n";
    text += directionText(call.direction) + " du " + localTime(call.startedAtMs);
    if (call.answeredAtMs && call.endedAtMs) {
        text += ", durée " + durationText(*call.endedAtMs - *call.answeredAtMs);
        if (call.isEndEstimated) text += " (estimée)";
    }
    if (isFromRecording(call)) text += "\nD'après l'enregistrement, interlocuteurs incertains";
    return text;
}

/// Where a line begins with `head`, from `at` on.
std::size_t findLine(const std::string& text, std::string_view head, std::size_t at) {
    while ((at = text.find(head, at)) != std::string::npos) {
        if (at == 0 || text[at - 1] == '\n') return at;
        ++at;
    }
    return at;
}

void sortBySpeech(std::vector<protocol::Utterance>& finals) {
    std::stable_sort(finals.begin(), finals.end(), [](const auto& one, const auto& other) {
        return std::tie(one.startMs, one.utteranceId) < std::tie(other.startMs, other.utteranceId);
    });
}

/// A silence of those would be read as nobody speaking.
std::string gapLine(const protocol::AudioGap& gap) {
    return "\n[" + clockText(gap.startMs) +
           "] (audio perdu : " + durationText(std::max<std::int64_t>(1'000, gap.endMs - gap.startMs)) + ")";
}

/// Of a recording it is not said who speaks: both may be in one channel.
std::string linesOf(const protocol::Call& call, std::vector<protocol::Utterance> finals) {
    std::erase_if(finals, [](const protocol::Utterance& utterance) { return utterance.text.empty(); });
    if (finals.empty()) return "";
    sortBySpeech(finals);
    const std::vector<protocol::AudioGap> gaps = call.gaps.value_or(std::vector<protocol::AudioGap>{});
    auto gap = gaps.begin();
    std::string lines;
    for (const protocol::Utterance& utterance : finals) {
        for (; gap != gaps.end() && gap->startMs <= utterance.startMs; ++gap) lines += gapLine(*gap);
        lines += "\n[" + clockText(utterance.startMs) + "] ";
        if (!isFromRecording(call))
            lines += utterance.channel == Speaker::Agent ? "Technicien : " : "Client : ";
        lines += utterance.text;
    }
    for (; gap != gaps.end(); ++gap) lines += gapLine(*gap);
    return lines;
}

void putOwnPlaces(protocol::Draft& draft) {
    const OwnPlaces own = ownPlacesOf(draft);
    draft.fields.deviceId = own.deviceId;
    if (!draft.fields.locationId) draft.fields.locationId = own.locationId;
}

/// FNV-1a, then mixed so that every digit depends on every byte.
std::uint64_t stableHash(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31U);
}

const protocol::Evidence* evidenceFor(const protocol::Analysis& analysis, std::string_view field) {
    const auto found = std::ranges::find(analysis.evidence, field, &protocol::Evidence::field);
    return found == analysis.evidence.end() ? nullptr : &*found;
}

bool isSure(const protocol::Analysis& analysis, std::string_view field) {
    const protocol::Evidence* evidence = evidenceFor(analysis, field);
    return !evidence || evidence->confidence == protocol::Confidence::Sure;
}

/// What nothing is said about is taken as it is: only a doubt that is told leaves a field open. Of a summary its first
/// sentence tells: what follows says itself where it is not sure.
bool isKnown(const protocol::Analysis& analysis, std::string_view field) {
    const protocol::Evidence* evidence = evidenceFor(analysis, field);
    return !evidence || evidence->confidence != protocol::Confidence::Unsure;
}

/// ISO 8601 with the offset, "2026-01-12T10:00:00+01:00": "demain" is a day of the place where it was said.
std::string localIso8601(std::int64_t epochMs) {
    const std::time_t seconds = static_cast<std::time_t>(epochMs / 1000);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S%z", &parts);
    std::string written = text.data();
    return written.insert(written.size() - 2, ":");
}

}  // namespace

std::vector<protocol::Utterance> turnsOf(std::vector<protocol::Utterance> finals) {
    sortBySpeech(finals);
    std::erase_if(finals, [](const protocol::Utterance& utterance) { return utterance.text.empty(); });
    return finals;
}

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

CategoryRule ruleFor(std::optional<Category> category, const std::optional<std::string>& customCategory,
                     const HubOptions& options) {
    if (!category) return {};
    const auto find = [&](const std::string& custom) {
        return std::ranges::find_if(options.categoryRules, [&](const CategoryRule& each) {
            return each.category == category && each.customCategory == custom;
        });
    };
    auto rule = options.categoryRules.end();
    if (customCategory) rule = find(*customCategory);
    if (rule == options.categoryRules.end()) rule = find("");
    return rule == options.categoryRules.end() ? builtInRule(*category) : *rule;
}

Severity severityFor(const CategoryRule& rule, std::optional<Priority> priority) {
    if (rule.severity) return *rule.severity;
    if (!priority) return Severity::None;
    switch (*priority) {
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
        // A ticket needs a subject: where the call does not tell one for certain, it says who called.
        if (isKnown(*analysis, "subject"))
            fields.subject = std::string{cutUtf8(analysis->subject, kMaxSubjectBytes)};
        if (fields.subject.empty()) fields.subject = generatedSubject(fields, call);
        if (isKnown(*analysis, "summary")) fields.summary = analysis->summary;
        if (isKnown(*analysis, "category")) fields.category = analysis->category;
        if (isKnown(*analysis, "priority")) fields.priority = analysis->priority;
        fields.isSolved = analysis->ticketWarranted && analysis->resolved && isSure(*analysis, "resolved");
        if (fields.category) fields.customCategory = analysis->customCategory;
    }
    const CategoryRule rule = ruleFor(fields.category, fields.customCategory, options);
    if (analysis && rule.priority) fields.priority = *rule.priority;
    fields.type = rule.type;
    fields.severity = severityFor(rule, fields.priority);
    fields.tags = {"3cx"};
    if (analysis) {
        if (fields.category) fields.tags.push_back(tagOf(*fields.category));
        if (fields.customCategory) fields.tags.push_back(*fields.customCategory);
        fields.tags.insert(fields.tags.end(), rule.tags.begin(), rule.tags.end());
        fields.status = rule.status;
        fields.ticketFormId = rule.ticketFormId;
        if (!rule.attributes.empty()) fields.attributes = rule.attributes;
    }
    if (options.logsTime) fields.timeTrackedS = lengthOf(call);
    return fields;
}

std::vector<protocol::AnalysisAction> actionsOf(const protocol::Analysis& analysis) {
    std::vector<protocol::AnalysisAction> known = analysis.actions;
    std::erase_if(known, [&](const protocol::AnalysisAction& action) {
        return !isKnown(analysis, "actions." + action.kind);
    });
    return known;
}

std::vector<protocol::FieldReason> reasonsOf(const protocol::Analysis& analysis,
                                             std::vector<protocol::Utterance> finals) {
    const std::vector<protocol::Utterance> turns = turnsOf(std::move(finals));
    std::vector<protocol::FieldReason> reasons;
    const auto add = [&](std::string_view evidenceField, std::string_view field, std::string value) {
        const protocol::Evidence* evidence = evidenceFor(analysis, evidenceField);
        if (!evidence) return;
        protocol::FieldReason& reason = reasons.emplace_back();
        reason.field = field;
        reason.value = std::move(value);
        reason.confidence = evidence->confidence;
        reason.cue = evidence->cue;
        for (const std::int32_t turn : evidence->turns)
            if (turn >= 0 && static_cast<std::size_t>(turn) < turns.size())
                reason.utterances.push_back(turns[static_cast<std::size_t>(turn)].utteranceId);
    };
    if (!isKnown(analysis, "subject")) add("subject", "subject", analysis.subject);
    if (!isKnown(analysis, "summary")) add("summary", "summary", analysis.summary);
    add("category", "category", std::string{json::encode(analysis.category).as_string()});
    if (analysis.customCategory) add("custom_category", "customCategory", *analysis.customCategory);
    add("priority", "priority", std::string{json::encode(analysis.priority).as_string()});
    add("resolved", "isSolved", analysis.resolved && analysis.ticketWarranted ? "true" : "false");
    return reasons;
}

protocol::DraftFields withFollowingSubject(protocol::DraftFields edited, const protocol::Draft& present,
                                           const protocol::Call& call) {
    if (edited.subject == generatedSubject(present.fields, call) ||
        edited.subject == generatedSubject(present.generated, call))
        edited.subject = generatedSubject(edited, call);
    return edited;
}

void proposePlaces(protocol::Draft& draft, const protocol::Call& call) {
    const bool isSure = call.caller.state == protocol::CallerMatchState::One &&
                        call.caller.rule == protocol::wordOf(protocol::MatchRule::ExactNumber);
    if (isSure && draft.fields.requesterUid) putOwnPlaces(draft);
}

void proposePlacesAnew(protocol::Draft& draft, const protocol::Call& call) {
    const bool isCandidate = std::ranges::any_of(
        call.caller.contacts, [&](const auto& contact) { return contact.uid == draft.fields.requesterUid; });
    if (draft.fields.deviceId) return;
    const bool hasLocation = draft.fields.locationId.has_value();
    if (isCandidate) putOwnPlaces(draft);
    // Nobody has chosen them, nor taken away what went with the former requester.
    draft.generated.deviceId = draft.fields.deviceId;
    if (!hasLocation) draft.generated.locationId = draft.fields.locationId;
}

std::string deviceNameOf(const protocol::Draft& draft) {
    if (!draft.fields.deviceId || !draft.devices) return "";
    const auto device = std::ranges::find(*draft.devices, *draft.fields.deviceId, &protocol::Device::id);
    return device == draft.devices->end() ? "" : device->name;
}

std::string makeDescription(const protocol::DraftFields& fields, const protocol::Call& call,
                            const std::string& marker, const std::string& deviceName) {
    return summaryLines(fields) + headLines(callerLine(fields, call), fields, deviceName) + factsOf(call) +
           "\n\nRef: " + marker;
}

std::string amendDescription(const std::string& description, const protocol::DraftFields& before,
                             const protocol::DraftFields& after, const protocol::Call* call,
                             const std::string& deviceName) {
    std::string text = description;
    std::size_t at = 0;
    if (const std::string summary = summaryLines(before); text.starts_with(summary)) {
        const std::string changed = summaryLines(after);
        text.replace(0, summary.size(), changed);
        at = changed.size();
    }
    at = findLine(text, kCallerHead, at);
    const std::size_t end = at == std::string::npos ? at : findLine(text, kTechnicianHead, at);
    if (end == std::string::npos) return text;
    std::string caller = text.substr(at, text.find('\n', at) - at).substr(kCallerHead.size());
    if (call)
        caller = callerLine(after, *call);
    else if (before.requesterUid != after.requesterUid)
        caller = after.requesterName.empty() ? "inconnu" : after.requesterName;
    return text.replace(at, end - at, headLines(caller, after, deviceName));
}

JoinedCall makeJoinedCall(const protocol::DraftFields& fields, const EarlierCall& earlier,
                          std::vector<protocol::Utterance> finals) {
    JoinedCall joined;
    joined.callId = earlier.call.callId;
    joined.marker = markerFor(earlier.call.callId);
    joined.startedAtMs = earlier.call.startedAtMs;
    if (!fields.isPublic || earlier.fields.isPublic) joined.description = summaryLines(earlier.fields);
    joined.description +=
        std::string{kCallerHead} + callerLine(fields, earlier.call) + "\n" + factsOf(earlier.call);
    if (fields.includesTranscript && earlier.fields.includesTranscript)
        joined.transcript = linesOf(earlier.call, std::move(finals));
    return joined;
}

std::string makeTranscriptNote(const protocol::Call& call, std::vector<protocol::Utterance> finals,
                               bool isOneOfSeveral) {
    const std::string lines = linesOf(call, std::move(finals));
    if (lines.empty()) return lines;
    return std::string{kNoteHead} + (isOneOfSeveral ? callHead(call.startedAtMs) : "") + lines;
}

protocol::AnalysisInput makeAnalysisInput(const protocol::Call& call, std::vector<protocol::Utterance> finals,
                                          const std::string& language) {
    protocol::AnalysisInput input;
    input.id = call.callId.value();
    input.language = language;
    if (call.answeredAtMs) {
        input.startedAt = localIso8601(*call.answeredAtMs);
        if (call.endedAtMs)
            input.durationS = static_cast<double>(*call.endedAtMs - *call.answeredAtMs) / 1000.0;
    }
    for (protocol::Utterance& utterance : turnsOf(std::move(finals)))
        input.turns.push_back({utterance.channel, static_cast<double>(utterance.startMs) / 1000.0,
                               static_cast<double>(utterance.endMs) / 1000.0, std::move(utterance.text)});
    return input;
}

}  // namespace ninja3cx::calls
