#pragma once

#include "server/calls/call_hub.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Analysis and call to what a ticket says. Pure.
namespace ninja3cx::calls {

/// One draft for a call, for ever: its id follows from the call's.
DraftId draftIdFor(const CallId& callId);

/// "3CX-" and twelve hex digits that follow from the call's id: how a ticket of ours is found again in
/// NinjaOne.
std::string markerFor(const CallId& callId);

/// How a category and a priority are filed: by the custom category's rule, the category's, or the built-in one. An open
/// category is an incident.
CategoryRule ruleFor(std::optional<protocol::Category> category,
                     const std::optional<std::string>& customCategory, const HubOptions& options);
protocol::Severity severityFor(const CategoryRule& rule, std::optional<protocol::Priority> priority);

/// The fields of a fresh draft. Requester and organisation only when the caller is exactly one contact; the organisation
/// alone where the number is a switchboard's.
/// Without an analysis subject and summary stay empty: somebody must write them; nor does any category's rule choose
/// form, status, attributes and priority then. Category and priority stay open where the analysis is unsure of them, and
/// only what is surely solved is closed at once. The call's length becomes a time entry only where that is configured.
protocol::DraftFields makeFields(const std::optional<protocol::Analysis>& analysis,
                                 const protocol::Call& call, const HubOptions& options);

/// Of what was done or agreed, all that the analysis is not unsure of.
std::vector<protocol::AnalysisAction> actionsOf(const protocol::Analysis& analysis);

/// What those fields rest on. `finals`: what the analysis has read.
std::vector<protocol::FieldReason> reasonsOf(const protocol::Analysis& analysis,
                                             std::vector<protocol::Utterance> finals);

/// A call that another one goes on with, as its draft said.
struct EarlierCall {
    protocol::DraftFields fields;
    protocol::Call call;
};

/// A generated subject names the caller: where `edited` has the present one, or still the first, it follows the
/// requester.
protocol::DraftFields withFollowingSubject(protocol::DraftFields edited, const protocol::Draft& present,
                                           const protocol::Call& call);

/// The requester's own device and location into a fresh draft: only where the number is exactly one person's.
void proposePlaces(protocol::Draft& draft, const protocol::Call& call);
/// The same where somebody has named another requester, of those who may have called, and no device. Into `generated` as
/// well.
void proposePlacesAnew(protocol::Draft& draft, const protocol::Call& call);
/// As the draft's list calls it; empty: none is chosen.
std::string deviceNameOf(const protocol::Draft& draft);

/// The description of the ticket's own call: summary, facts, and as last line "Ref: " with the marker. The caller is
/// the requester; the number stands there only where it is nobody else's.
std::string makeDescription(const protocol::DraftFields& fields, const protocol::Call& call,
                            const std::string& marker, const std::string& deviceName = "");

/// The description that was made of `before`, with what `after` says. `call`: where it is still known.
std::string amendDescription(const std::string& description, const protocol::DraftFields& before,
                             const protocol::DraftFields& after, const protocol::Call* call,
                             const std::string& deviceName);

/// What a ticket of these fields says of an earlier call. A text that the customer may see has its summary only where
/// that was to be seen as well. The caller is the requester, as above; the transcript is there where both wanted theirs.
JoinedCall makeJoinedCall(const protocol::DraftFields& fields, const EarlierCall& earlier,
                          std::vector<protocol::Utterance> finals);

/// The transcript as a private note: times and speakers, in the order of speech, and where audio was lost. Empty without a
/// word spoken. Of a recording without the speakers, who are not sure. `isOneOfSeveral`: when the call began stands there, for
/// earlier calls' transcripts may come before.
std::string makeTranscriptNote(const protocol::Call& call, std::vector<protocol::Utterance> finals,
                               bool isOneOfSeveral = false);

/// As the analysis reads them, in the order of speech: a turn's index is a place in this list.
std::vector<protocol::Utterance> turnsOf(std::vector<protocol::Utterance> finals);

/// What the analyser reads.
protocol::AnalysisInput makeAnalysisInput(const protocol::Call& call, std::vector<protocol::Utterance> finals,
                                          const std::string& language);

}  // namespace ninja3cx::calls
