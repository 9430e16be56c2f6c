#include "server/calls/draft_edit.hpp"
#include "server/calls/draft_maker.hpp"
#include "server/calls/hub_impl.hpp"
#include "shared/protocol/delivery_rules.hpp"
#include "shared/protocol/proposal.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

/// Drafts: made at the end of a call, shown with a countdown, confirmed once, delivered.
namespace ninja3cx::calls {
namespace {

using protocol::DeliveryProblem;
using protocol::DeliveryState;
using protocol::DraftState;
using protocol::HeldReason;

constexpr const char* kServer = "server";
constexpr std::int64_t kEverMs = 1;  // not 0, which is "not sent yet" to the ticket desk

// Of drafts, when NinjaOne says something new: less than a millisecond.
constexpr std::size_t kLooksAtOnce = 20'000;
constexpr std::size_t kOwnLooks = 400;  // what a draft costs by itself, as so many

bool awaitsPopup(const protocol::Draft& draft) {
    return draft.state == DraftState::Inbox && draft.countdownLeftMs > 0;
}

/// What was refused of it may be changed, and it be sent again.
bool isMendable(const protocol::Draft& draft) {
    return draft.state == DraftState::Confirmed && protocol::isMendable(draft.delivery);
}

bool isEditable(const protocol::Draft& draft) {
    return isOpen(draft) || isMendable(draft);
}

/// Nobody has changed it, nor may be about to.
bool isUntouched(const protocol::Draft& draft) {
    return (draft.state == DraftState::Inbox || draft.state == DraftState::Counting) &&
           draft.fields == draft.generated;
}

/// Says of all that is not proposed what the draft says; gone once the draft says the same of the rest.
void keepProposal(protocol::Draft& draft) {
    if (!draft.proposed) return;
    draft.proposed = protocol::withProposal(draft.fields, *draft.proposed);
    if (*draft.proposed == draft.fields) draft.proposed.reset();
}

Amendment amendmentOf(const OutboxEntry& entry) {
    return {entry.fields, entry.description, entry.transcriptNote, entry.unwantedNote, entry.joined};
}

void putNote(OutboxEntry& entry, const std::string& note) {
    const bool isWanted = entry.fields.includesTranscript;
    entry.transcriptNote = isWanted ? note : "";
    entry.unwantedNote = isWanted || note.empty() ? std::nullopt : std::optional{note};
}

Error noSuchDraft(const DraftId& draftId) {
    return {ErrorKind::NotFound, "there is no open draft " + draftId.value()};
}

Error conflict(const TrackedDraft& tracked, std::int32_t revision) {
    return {ErrorKind::Conflict, "the draft was changed: it is at revision " +
                                     std::to_string(tracked.draft.revision) + ", not " +
                                     std::to_string(revision)};
}

std::string listOf(const std::vector<protocol::FieldProblem>& problems) {
    std::string text;
    for (const auto& problem : problems)
        text += (text.empty() ? "" : ", ") + problem.field + " (" + problem.code + ")";
    return text;
}

}  // namespace

// ---- making -----------------------------------------------------------------------------------------------

void CallHub::Impl::makeDraft(TrackedCall& call) {
    if (draftOf(call.call.callId)) {
        saveCall(call);
        updateDraft(call);
        return;
    }
    TrackedDraft& tracked = drafts_[draftIdFor(call.call.callId)];
    protocol::Draft& draft = tracked.draft;
    draft.draftId = draftIdFor(call.call.callId);
    draft.callId = call.call.callId;
    draft.extension = call.call.extension;
    draft.revision = 1;
    tracked.fieldsRevision = 1;
    draft.fields = makeFields(call.analysis, call.call, options_);
    offerPlaces(draft, ports_.directory);
    proposePlaces(draft, call.call);
    draft.generated = draft.fields;
    if (call.analysis) {
        draft.actions = actionsOf(*call.analysis);
        draft.reasons = reasonsOf(*call.analysis, call.texts());
    }
    draft.createdAtMs = nowMs();
    draft.changedAtMs = draft.createdAtMs;
    draft.countdownTotalMs = options_.countdown.count();
    if (!options_.draftsOnly && isAgentExpected(draft.extension)) {
        draft.countdownLeftMs = draft.countdownTotalMs;
        tracked.popupDue = faceTime() + options_.popupPatience;
    } else {
        draft.heldBecause = wordOf(HeldReason::AgentAway);
    }
    (void)renewOffers(draft);
    judge(tracked);
    std::vector<Change> changes;
    if (call.analysis) changes.emplace_back(SaveAnalysis{call.call.callId, *call.analysis});
    changes.emplace_back(SaveDraft{draft});
    saveCall(call, std::move(changes));
    publish({draft.extension}, protocol::DraftChanged{draft});
}

/// A better analysis came: from late audio, or after the patience was over.
void CallHub::Impl::updateDraft(TrackedCall& call) {
    std::vector<Change> changes;
    if (call.analysis) changes.emplace_back(SaveAnalysis{call.call.callId, *call.analysis});
    TrackedDraft* tracked = draftOf(call.call.callId);
    if (!tracked || !isOpen(tracked->draft) || !isUntouched(tracked->draft)) {
        if (!changes.empty()) ledger_.write(std::move(changes));
        return;
    }
    protocol::Draft& draft = tracked->draft;
    draft.fields = makeFields(call.analysis, call.call, options_);
    offerPlaces(draft, ports_.directory);
    proposePlaces(draft, call.call);
    draft.generated = draft.fields;
    if (call.analysis) {
        draft.actions = actionsOf(*call.analysis);
        draft.reasons = reasonsOf(*call.analysis, call.texts());
    }
    draft.proposed.reset();
    tracked->fieldsRevision = ++draft.revision;
    if (draft.state == DraftState::Counting)
        tracked->countdownEnd = faceTime() + options_.countdown;  // there is more to read
    (void)renewOffers(draft);
    judge(*tracked);
    saveDraft(*tracked, std::move(changes));
}

/// A language model was slower than the popup: what it wrote is offered beside what stands there.
void CallHub::Impl::proposeAnalysis(TrackedCall& call, const protocol::Analysis& better) {
    TrackedDraft* tracked = draftOf(call.call.callId);
    if (!tracked || !isOpen(tracked->draft)) return;
    protocol::Draft& draft = tracked->draft;
    draft.proposed = makeFields(better, call.call, options_);
    keepProposal(draft);
    if (!draft.proposed) return;
    ++draft.revision;
    saveDraft(*tracked);
}

/// What the fields lack, as NinjaOne and its directory are known now. True: that is news.
bool CallHub::Impl::checkFields(protocol::Draft& draft) {
    std::vector<protocol::FieldProblem> problems = problemsOf(draft.fields);
    const auto add = [&](protocol::FieldProblem problem) {
        const bool isKnown =
            std::ranges::any_of(problems, [&](const auto& known) { return known.field == problem.field; });
        if (!isKnown) problems.push_back(std::move(problem));
    };
    if (isInactive(draft.fields.requesterUid, ports_.directory))
        add({"requesterUid", wordOf(protocol::FieldFault::Inactive)});
    if (isDeviceGone(draft.fields, ports_.directory))
        add({"deviceId", wordOf(protocol::FieldFault::Unknown)});
    const auto& commentOn = draft.fields.commentOn;
    if (isOpen(draft) && commentOn && isClosed(draft.fields, *commentOn))
        add({"commentOn", wordOf(protocol::FieldFault::Inactive)});
    const auto& continues = draft.fields.continues;
    if (isOpen(draft) && continues && !mayGoOnWith(draft, find(*continues)))
        add({"continues", wordOf(protocol::FieldFault::NotAllowed)});
    for (protocol::FieldProblem& problem : ports_.tickets.problemsOf(draft.fields)) add(std::move(problem));
    return std::exchange(draft.problems, problems) != problems;
}

/// What the fields lack, and whether the draft may become a ticket by itself.
void CallHub::Impl::judge(TrackedDraft& tracked) {
    protocol::Draft& draft = tracked.draft;
    (void)checkFields(draft);
    if (!isOpen(draft)) return;
    AutomationFacts facts;
    facts.isAutoOn = options_.createsAutomatically;
    facts.isDraftsOnly = options_.draftsOnly;
    facts.isComplete = draft.problems.empty();
    facts.caller = protocol::CallerMatchState::None;
    if (const TrackedCall* call = find(draft.callId)) {
        facts.analysis = call->analysis            ? AnalysisOutcome::Done
                         : call->hasAnalysisFailed ? AnalysisOutcome::Failed
                                                   : AnalysisOutcome::Pending;
        facts.hasWords = call->hasWords;
        facts.isFromRecording = call->call.isFromRecording.value_or(false);
        facts.isEndSeen = !call->call.isEndEstimated;
        facts.isTicketWarranted = call->analysis && call->analysis->ticketWarranted;
        facts.caller = call->call.caller.state;
        facts.isWeakMatch = call->call.caller.rule == wordOf(protocol::MatchRule::NumberTail);
    }
    const std::optional<HeldReason> reason = heldBecause(facts);
    const bool hasCountdown =
        draft.state == DraftState::Counting || draft.state == DraftState::Paused || awaitsPopup(draft);
    draft.isAutomatic = !reason && hasCountdown;
    const bool isMended = draft.problems.empty() && draft.heldBecause == wordOf(HeldReason::FieldsMissing);
    if (reason || hasCountdown || isMended) draft.heldBecause = reason ? wordOf(*reason) : "";
}

/// As NinjaOne and its directory are known now. Shown where that is news.
void CallHub::Impl::review(TrackedDraft& tracked, bool renewsOffers) {
    const bool hasNewProblems = checkFields(tracked.draft);
    if (hasNewProblems) judge(tracked);
    const bool hasNewOffers = renewsOffers && renewOffers(tracked.draft);
    if (!hasNewOffers && !hasNewProblems) return;
    ++tracked.draft.revision;
    saveDraft(tracked);
}

/// Whether somebody may show the popup. Right after a restart every program is about to come back.
bool CallHub::Impl::isAgentExpected(const Extension& extension) const {
    const auto link = links_.find(extension);
    return isAgentConnected(extension) || (link != links_.end() && link->second.awaitedUntil) ||
           (restoredAt_ && now() - *restoredAt_ < options_.popupPatience);
}

// ---- deciding ---------------------------------------------------------------------------------------------

Result<void> CallHub::Impl::step(TrackedDraft& tracked, DraftEvent event, const std::string& actor,
                                 std::optional<HeldReason> holdReason, std::vector<Change> more) {
    protocol::Draft& draft = tracked.draft;
    // The contact may have left, and the tenant's form have changed, since the draft was made.
    const bool isToBeSent = event == DraftEvent::ConfirmAsked || event == DraftEvent::CountdownOver;
    const bool hasNewProblems = isToBeSent && isEditable(draft) && checkFields(draft);
    const DraftStep decided = advanceDraft(
        {draft.state, awaitsPopup(draft), draft.isAutomatic, draft.problems.empty(), isMendable(draft)},
        event);
    const bool hasChanged = decided.next != draft.state || !decided.actions.empty() ||
                            event == DraftEvent::Edited || hasNewProblems;
    if (decided.refusal != DraftRefusal::Settled && hasChanged) {
        if (decided.next != DraftState::Counting && draft.state == DraftState::Counting) {
            // What nobody saw run does not count.
            const auto stoppedAt = event == DraftEvent::LinkLost ? lastHeard(draft.extension) : faceTime();
            draft.countdownLeftMs = std::clamp<std::int64_t>((tracked.countdownEnd - stoppedAt).count(), 0,
                                                             draft.countdownTotalMs);
        }
        draft.state = decided.next;
        if (!isOpen(draft)) draft.proposed.reset();
        bool createsTicket = false;
        bool amendsTicket = false;
        for (const DraftAction action : decided.actions) {
            if (action == DraftAction::StartCountdown)
                tracked.countdownEnd = faceTime() + std::chrono::milliseconds{draft.countdownLeftMs};
            if (action == DraftAction::AwaitPopup) {
                draft.countdownLeftMs = std::max<std::int64_t>(1, draft.countdownLeftMs);
                tracked.popupDue = faceTime() + options_.popupPatience;
            }
            if (action == DraftAction::Hold) hold(tracked, holdReason);
            if (action == DraftAction::CreateTicket) createsTicket = true;
            if (action == DraftAction::AmendTicket) amendsTicket = true;
        }
        ++draft.revision;
        if (event == DraftEvent::Edited) tracked.fieldsRevision = draft.revision;
        if (createsTicket) {
            createTicket(tracked, actor);
        } else if (amendsTicket) {
            amendTicket(tracked, actor);
        } else {
            std::ranges::move(auditOf(event, actor, draft.draftId), std::back_inserter(more));
            saveDraft(tracked, std::move(more));
        }
    }
    refresh();
    if (decided.refusal == DraftRefusal::Incomplete)
        return Error{ErrorKind::Rejected, "not a ticket yet: " + listOf(draft.problems)};
    if (decided.refusal == DraftRefusal::Settled)
        return Error{ErrorKind::Conflict, draft.state == DraftState::Confirmed
                                              ? "the draft is confirmed already"
                                              : "the draft was discarded"};
    return {};
}

/// What people do to a draft is in the trail; what follows by itself is not. `createTicket` and `amendTicket` note the
/// rest.
std::vector<Change> CallHub::Impl::auditOf(DraftEvent event, const std::string& actor,
                                           const DraftId& draftId) const {
    std::string action;
    if (event == DraftEvent::Edited) action = "draft.edit";
    if (event == DraftEvent::PauseAsked) action = "draft.pause";
    if (event == DraftEvent::ResumeAsked) action = "draft.resume";
    if (event == DraftEvent::LaterAsked) action = "draft.postpone";
    if (event == DraftEvent::DiscardAsked) action = "draft.discard";
    if (action.empty()) return {};
    return {audit(actor, action, draftId.value())};
}

void CallHub::Impl::hold(TrackedDraft& tracked, std::optional<HeldReason> reason) {
    tracked.draft.countdownLeftMs = 0;
    if (tracked.draft.heldBecause.empty() && reason) tracked.draft.heldBecause = wordOf(*reason);
    tracked.draft.isAutomatic = false;
}

/// Where the look-up for its ticket begins. A date that is not before both now and the restore may be a wrong clock's,
/// and the ticket older: a window that is too long only takes longer.
std::int64_t CallHub::Impl::mayExistSince(const protocol::Draft& draft) {
    const std::int64_t beganAtMs = matterOf(draft).beganAtMs;
    const bool isDateInDoubt = beganAtMs > std::min(nowMs(), backupRestoredAtMs_.value_or(nowMs()));
    return isDateInDoubt ? kEverMs : beganAtMs;
}

/// The only place where a new outbox entry comes from.
void CallHub::Impl::createTicket(TrackedDraft& tracked, const std::string& actor) {
    protocol::Draft& draft = tracked.draft;
    // After the backup that was restored, or in the ticket that it parted from, it may be in NinjaOne already: that is
    // looked up before anything is sent.
    const bool mayExist = mayBeInNinja(draft);
    draft.delivery.state = mayExist ? DeliveryState::Unknown : DeliveryState::Queued;
    draft.heldBecause.clear();
    draft.countdownLeftMs = 0;
    leaveChoice(draft);
    const std::vector<TrackedDraft*> continued = continuedBy(draft);
    OutboxEntry entry = entryOf(draft, continued);
    entry.createdAtMs = mayExist ? mayExistSince(draft) : nowMs();
    tracked.sent = entry;
    std::vector<Change> changes = discardContinued(continued, draft, actor);
    changes.emplace_back(SaveOutbox{entry});
    changes.emplace_back(audit(actor, "draft.confirm", draft.draftId.value()));
    if (draft.fields.commentOn) changes.emplace_back(audit(actor, "draft.comment", draft.draftId.value()));
    saveDraft(tracked, std::move(changes), [this, entry] { ports_.tickets.deliver(entry); });
    for (const TrackedDraft* earlier : continued)
        publish({earlier->draft.extension}, protocol::DraftChanged{earlier->draft});
    renewOffersOfOthers(draft);
    for (const TrackedDraft* earlier : continued) renewOffersOfOthers(earlier->draft);
}

OutboxEntry CallHub::Impl::entryOf(const protocol::Draft& draft,
                                   const std::vector<TrackedDraft*>& continued) {
    OutboxEntry entry;
    entry.draftId = draft.draftId;
    entry.callId = draft.callId;
    entry.extension = draft.extension;
    entry.marker = markerFor(draft.callId);
    entry.fields = draft.fields;
    if (const TrackedCall* call = find(draft.callId)) {
        entry.description = makeDescription(draft.fields, call->call, entry.marker, deviceNameOf(draft));
        putNote(entry, makeTranscriptNote(call->call, call->texts(), !continued.empty()));
    } else {
        entry.description = draft.fields.summary + "\n\nRef: " + entry.marker;
    }
    if (!continued.empty()) entry.joined = joinedCallsOf(draft, continued);
    entry.delivery = draft.delivery;
    entry.createdAtMs = nowMs();
    return entry;
}

/// The ticket desk stores the entry: what it knows of earlier attempts is part of it. Until then the store holds the
/// refused one and, with it, what is to be sent in its place.
void CallHub::Impl::amendTicket(TrackedDraft& tracked, const std::string& actor) {
    leaveChoice(tracked.draft);
    tracked.draft.delivery = {};
    tracked.draft.delivery.state = DeliveryState::Queued;
    tracked.sent = amendedEntry(tracked);
    std::vector<Change> changes{audit(actor, "draft.amend", tracked.draft.draftId.value())};
    changes.emplace_back(SaveAmendment{tracked.draft.draftId, amendmentOf(*tracked.sent)});
    saveDraft(tracked, std::move(changes), [this, entry = *tracked.sent] { ports_.tickets.amend(entry); });
}

OutboxEntry CallHub::Impl::amendedEntry(const TrackedDraft& tracked) {
    const protocol::Draft& draft = tracked.draft;
    const std::vector<TrackedDraft*> joined = joinedIn(tracked);
    OutboxEntry fresh = entryOf(draft, joined);
    if (!tracked.sent) return fresh;
    OutboxEntry entry = *tracked.sent;
    std::string note = entry.unwantedNote.value_or(entry.transcriptNote);
    // An earlier version merged the calls into one text: without them it is made anew.
    const bool isMerged = entry.fields.continues && !entry.joined;
    if (isMerged && !draft.fields.continues) {
        entry.description = fresh.description;
        note.clear();
    } else {
        const TrackedCall* call = find(draft.callId);
        entry.description = amendDescription(entry.description, entry.fields, draft.fields,
                                             call ? &call->call : nullptr, deviceNameOf(draft));
    }
    if (note.empty()) note = fresh.transcriptNote;
    entry.fields = draft.fields;
    putNote(entry, note);
    if (entry.joined)
        entry.joined = withoutErased(fresh.joined.value_or(std::vector<JoinedCall>{}), *entry.joined);
    entry.delivery = draft.delivery;
    entry.step.clear();
    return entry;
}

Result<void> CallHub::Impl::draftShown(const Extension& extension, const DraftId& draftId) {
    onAgentHeard(extension);
    TrackedDraft* tracked = find(draftId);
    if (!tracked) return noSuchDraft(draftId);
    return step(*tracked, DraftEvent::Shown, kServer);
}

Result<void> CallHub::Impl::pauseDraft(const Extension& extension, const protocol::DraftPause& pause) {
    TrackedDraft* tracked = find(pause.draftId);
    if (!tracked) return noSuchDraft(pause.draftId);
    onAgentHeard(extension);
    return step(*tracked, pause.isPaused ? DraftEvent::PauseAsked : DraftEvent::ResumeAsked,
                "agent:" + extension.value());
}

Result<void> CallHub::Impl::editDraft(const std::string& actor, const protocol::DraftEdit& edit) {
    TrackedDraft* tracked = find(edit.draftId);
    if (!tracked) return noSuchDraft(edit.draftId);
    if (ledger_.isFull()) return kNothingIsStored;
    std::vector<TrackedDraft*> parted;
    if (isEditable(tracked->draft)) {
        if (edit.revision < tracked->fieldsRevision || edit.revision > tracked->draft.revision)
            return conflict(*tracked, edit.revision);
        auto fields = withKnownRequester(edit.fields, tracked->draft.fields, ports_.directory);
        if (fields) fields = withKnownPlaces(std::move(*fields), tracked->draft, ports_.directory);
        if (!fields) return fields.error();
        protocol::Draft edited = tracked->draft;
        edited.fields = withFittingCustomCategory(std::move(*fields), tracked->draft);
        if (const TrackedCall* call = find(edited.callId))
            edited.fields = withFollowingSubject(std::move(edited.fields), tracked->draft, call->call);
        fields = withTakenOffer(edited.fields, tracked->draft, offersOf(edited));
        if (!fields) return fields.error();
        edited.fields = *fields;
        if (isOfAnotherCaller(*tracked, edited)) edited.fields.continues.reset();
        if (!edited.fields.continues) parted = joinedIn(*tracked);
        const bool isOtherRequester = edited.fields.requesterUid != tracked->draft.fields.requesterUid;
        tracked->draft.fields = std::move(edited.fields);
        keepProposal(tracked->draft);
        offerPlaces(tracked->draft, ports_.directory);
        if (const TrackedCall* call = find(tracked->draft.callId); call && isOtherRequester)
            proposePlacesAnew(tracked->draft, call->call);
        (void)renewOffers(tracked->draft);
        judge(*tracked);
    }
    auto outcome = step(*tracked, DraftEvent::Edited, actor, std::nullopt, reopen(parted, actor));
    showReopened(parted);
    return outcome;
}

Result<void> CallHub::Impl::confirmDraft(const std::string& actor, const protocol::DraftConfirm& confirm) {
    TrackedDraft* tracked = find(confirm.draftId);
    if (!tracked) return noSuchDraft(confirm.draftId);
    if (isEditable(tracked->draft) &&
        (confirm.revision < tracked->fieldsRevision || confirm.revision > tracked->draft.revision))
        return conflict(*tracked, confirm.revision);
    const auto& continues = tracked->draft.fields.continues;
    if (isOpen(tracked->draft) && continues && !mayGoOnWith(tracked->draft, find(*continues)))
        return dropContinuation(*tracked);
    return step(*tracked, DraftEvent::ConfirmAsked, actor);
}

Result<void> CallHub::Impl::postponeDraft(const std::string& actor, const DraftId& draftId) {
    TrackedDraft* tracked = find(draftId);
    if (!tracked) return noSuchDraft(draftId);
    return step(*tracked, DraftEvent::LaterAsked, actor, HeldReason::Postponed);
}

Result<void> CallHub::Impl::discardDraft(const std::string& actor, const protocol::DraftDiscard& discard) {
    TrackedDraft* tracked = find(discard.draftId);
    if (!tracked) return noSuchDraft(discard.draftId);
    if (discard.reason.find_first_not_of(" \t\r\n") == std::string::npos)
        return Error{ErrorKind::Rejected, "a draft is discarded with a reason"};
    if (isOpen(tracked->draft)) tracked->draft.discardReason = discard.reason;
    const bool wasOpen = isOpen(tracked->draft);
    auto outcome = step(*tracked, DraftEvent::DiscardAsked, actor);
    if (outcome && wasOpen) {
        settle(*tracked);
        renewOffersOfOthers(tracked->draft);
    }
    return outcome;
}

// ---- delivery ---------------------------------------------------------------------------------------------

Result<void> CallHub::Impl::decideDelivery(const std::string& actor, const protocol::DeliveryDecide& decide) {
    TrackedDraft* tracked = find(decide.draftId);
    if (!tracked) return noSuchDraft(decide.draftId);
    protocol::Delivery& delivery = tracked->draft.delivery;
    const bool isGivenUp = delivery.problemCode == wordOf(DeliveryProblem::GivenUp);
    if (isGivenUp ||
        (delivery.state != DeliveryState::Unconfirmed && delivery.state != DeliveryState::Rejected))
        return Error{ErrorKind::Conflict, "this delivery needs no decision (any more)"};
    if (decide.decision == protocol::DeliveryDecision::AlreadyThere && !decide.ticketId)
        return Error{ErrorKind::Rejected, "name the ticket that was found"};
    // What was refused is sent as the draft says now.
    if (decide.decision == protocol::DeliveryDecision::SendAgain && isMendable(tracked->draft))
        return step(*tracked, DraftEvent::ConfirmAsked, actor);
    // So is what is there already. Not an amendment: that would be sent after a stop.
    std::optional<OutboxEntry> present;
    if (decide.decision == protocol::DeliveryDecision::AlreadyThere && isMendable(tracked->draft)) {
        leaveChoice(tracked->draft);
        present = amendedEntry(*tracked);
        tracked->sent = present;
    }
    std::vector<Change> changes{audit(actor, "delivery.decide", decide.draftId.value())};
    Ledger::Effect effect = [this, decide, present] {
        ports_.tickets.decide(decide.draftId, decide.decision, decide.ticketId, present);
    };
    // A draft that is given up is shown to nobody after a restart: it is once the ticket desk has stored that.
    if (decide.decision == protocol::DeliveryDecision::GiveUp) {
        ledger_.write(std::move(changes), std::move(effect));
        return {};
    }
    delivery.state = DeliveryState::Queued;  // a second click finds nothing to decide
    delivery.problem.clear();
    delivery.problemCode.clear();
    delivery.comparedTicketId.reset();
    delivery.ticketsInDoubt.reset();
    if (decide.decision == protocol::DeliveryDecision::AlreadyThere && !delivery.ticketId) {
        delivery.state = DeliveryState::Unknown;  // nothing is sent
        delivery.problemCode = wordOf(protocol::DeliveryProblem::Comparing);
        delivery.comparedTicketId = decide.ticketId;
    }
    ++tracked->draft.revision;
    saveDraft(*tracked, std::move(changes), std::move(effect));
    refresh();
    return {};
}

void CallHub::Impl::onDelivery(const DraftId& draftId, const protocol::Delivery& delivery) {
    TrackedDraft* tracked = find(draftId);
    if (!tracked || tracked->draft.state != DraftState::Confirmed || tracked->draft.delivery == delivery)
        return;
    const bool wasCreated = tracked->draft.delivery.state == DeliveryState::Created;
    const auto progress = tracked->draft.delivery.progress;
    tracked->draft.delivery = delivery;
    if (!delivery.progress) tracked->draft.delivery.progress = progress;
    auto& commentOn = tracked->draft.fields.commentOn;
    if (delivery.ticketId && commentOn != delivery.ticketId)
        commentOn.reset();  // it was at another place before
    ++tracked->draft.revision;
    if (isMendable(tracked->draft)) {
        tracked->fieldsRevision = tracked->draft.revision;  // confirmed before that
        offerPlaces(tracked->draft, ports_.directory);
        (void)renewOffers(tracked->draft);
    }
    const bool isDone = protocol::isDone(delivery);
    const bool isInTicket = delivery.state == DeliveryState::Created || delivery.ticketId;
    const std::vector<TrackedDraft*> joined = isDone ? joinedIn(*tracked) : std::vector<TrackedDraft*>{};
    const std::vector<TrackedDraft*> parted = isInTicket ? std::vector<TrackedDraft*>{} : joined;
    if (isDone) tracked->sent.reset();
    saveDraft(*tracked, reopen(parted, kServer));
    showReopened(parted);
    if (delivery.state == DeliveryState::Created && !wasCreated) {
        countCreated();
        recent_.note(tracked->draft);
        renewOffersOfOthers(tracked->draft);
    }
    if (isDone) settle(*tracked);
    if (isDone && isInTicket)
        for (const TrackedDraft* earlier : joined) settle(*earlier);
    refresh();
}

/// Also of tickets whose drafts have left the live view.
void CallHub::Impl::onProgress(const TicketId& ticketId, const protocol::TicketProgress& progress) {
    ledger_.write({SaveProgress{ticketId, progress}});
    showProgress(ticketId, progress);
    recent_.onProgress(ticketId, progress);
    for (auto& [draftId, tracked] : drafts_) {
        protocol::Draft& draft = tracked.draft;
        if (isEditable(draft) && mayBelongTo(draft, ticketId)) review(tracked);
        if (draft.delivery.ticketId != ticketId || draft.delivery.progress == progress) continue;
        draft.delivery.progress = progress;
        ++draft.revision;
        saveDraft(tracked);
    }
}

void CallHub::Impl::onNinjaNews() {
    for (const auto& [draftId, tracked] : drafts_)
        if (isEditable(tracked.draft)) toReview_.insert(toReview_.end(), draftId);
    reviewSome();
}

/// What is left waits for the next tick: each is compared with all others, and the network thread has more to do.
void CallHub::Impl::reviewSome() {
    for (std::size_t looks = 0; looks < kLooksAtOnce && !toReview_.empty();
         looks += kOwnLooks + drafts_.size()) {
        auto next = lastReviewed_ ? toReview_.upper_bound(*lastReviewed_) : toReview_.begin();
        if (next == toReview_.end()) next = toReview_.begin();
        lastReviewed_ = *next;  // others' turn first, however often news come
        toReview_.erase(next);
        TrackedDraft* tracked = find(*lastReviewed_);
        if (tracked && isEditable(tracked->draft)) review(*tracked, hasTickets(tracked->draft));
    }
}

void CallHub::Impl::settle(const TrackedDraft& tracked) {
    if (TrackedCall* call = find(tracked.draft.callId)) {
        advance(*call, CallEvent::DraftSettled);
        refresh();
    }
}

void CallHub::Impl::tickDrafts() {
    for (auto& [draftId, tracked] : drafts_) {
        if (tracked.draft.state == DraftState::Counting && isAgentSilent(tracked.draft.extension))
            (void)step(tracked, DraftEvent::LinkLost, kServer);
        else if (tracked.draft.state == DraftState::Counting && faceTime() >= tracked.countdownEnd)
            (void)step(tracked, DraftEvent::CountdownOver, kServer, HeldReason::FieldsMissing);
        else if (awaitsPopup(tracked.draft) && faceTime() >= tracked.popupDue)
            (void)step(tracked, DraftEvent::PopupOverdue, kServer, HeldReason::PopupNotShown);
    }
}

}  // namespace ninja3cx::calls
