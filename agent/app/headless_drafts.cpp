#include "agent/app/headless_agent.hpp"
#include "shared/protocol/delivery_rules.hpp"
#include "shared/protocol/proposal.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Drafts, and what the technician decides on them.
namespace ninja3cx::agent {
namespace {

/// A word that is said twice by mistake; the draft that it was said of may have left its place to another.
constexpr std::chrono::seconds kDoubleClick{2};

template <class T>
inline constexpr bool isOptionalType = false;
template <class T>
inline constexpr bool isOptionalType<std::optional<T>> = true;

/// Of a field of DraftFields: it may be absent.
bool isOptional(std::string_view name) {
    bool found = false;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>([&](auto d) {
        using Value = std::remove_cvref_t<decltype(std::declval<protocol::DraftFields>().*d.pointer)>;
        if (name == d.name) found = isOptionalType<Value>;
    });
    return found;
}

}  // namespace

void HeadlessAgent::decide(const protocol::ClientMessage& message) {
    const auto draftId = decidedDraft(message);
    KnownDraft* const known = draftId ? &drafts_[*draftId] : nullptr;
    const bool mustWait = known && known->decisions.isInDoubt();
    if (!mustWait && link_->send(message)) {
        if (known) known->decisions.add(message, known->draft);
        return;
    }
    if (!known || !maySayLater(message)) return face_.showProblem(LocalProblem::Offline);
    known->decisions.addUnsaid(message, known->draft);
    link_->askForSnapshot();
    face_.showProblem(LocalProblem::SaidLater);
}

/// What is known of the drafts is as of now.
void HeadlessAgent::tellAgain() {
    for (auto& [draftId, known] : drafts_) {
        const auto again = known.decisions.sayAgain(known.isRemoved ? nullptr : &known.draft);
        for (const protocol::ClientMessage& decision : again.decisions) link_->send(decision);
        if (again.isLeft) face_.showProblem(LocalProblem::DecideAgain);
    }
}

void HeadlessAgent::onDraft(const protocol::Draft& draft) {
    KnownDraft& known = drafts_[draft.draftId];
    known.draft = draft;
    known.heardAt = clock_.steady();
    known.decisions.onDraft(draft);
    known.isRemoved = false;
    face_.showDraft(draft, markOf(draft));
    const bool isOpen = draft.state == protocol::DraftState::Inbox ||
                        draft.state == protocol::DraftState::Counting ||
                        draft.state == protocol::DraftState::Paused;
    // Inbox with time left is a popup the server waits for: a restarted server has forgotten that it was
    // shown.
    const bool isAwaited = draft.state == protocol::DraftState::Inbox && draft.countdownLeftMs > 0;
    const bool wasShown = std::exchange(known.wasShown, true);
    if (isOpen && (!wasShown || isAwaited)) {
        known.popsUp = true;
        decide(protocol::DraftShown{draft.draftId});
    }
}

void HeadlessAgent::removeDraftsOf(const CallId& callId) {
    for (auto& [draftId, known] : drafts_)
        if (known.draft.callId == callId) known.isRemoved = true;
}

/// The server says when a countdown starts and stops; between, it runs, and stands still where it cannot be seen.
/// After an outage that the server has not noticed it has run on.
protocol::Draft HeadlessAgent::asOfNow(const KnownDraft& known) const {
    const SteadyTime seenUntil = downSince_.value_or(clock_.steady());
    protocol::Draft draft = known.draft;
    if (draft.state == protocol::DraftState::Counting)
        draft.countdownLeftMs =
            std::max<std::int64_t>(0, draft.countdownLeftMs - (seenUntil - known.heardAt).count());
    return draft;
}

DraftMark HeadlessAgent::markOf(const protocol::Draft& draft) {
    const auto call = calls_.find(draft.callId);
    const bool isSeen = call != calls_.end() && call->second.call.startedAtMs != 0;
    return {choice_.numberOf(draft.draftId), isSeen ? &call->second.call : nullptr,
            choice_.current() == draft.draftId};
}

void HeadlessAgent::followChoice() {
    std::vector<SeenDraft> seen;
    for (auto& [draftId, known] : drafts_)
        seen.push_back({draftId, needOf(known.draft), known.isRemoved, std::exchange(known.popsUp, false)});
    const std::vector<DraftId> waitedBefore = choice_.waiting();
    const std::optional<DraftId> before = choice_.current();
    choice_.follow(seen);
    const std::vector<DraftId> waiting = choice_.waiting();
    const std::optional<DraftId>& now = choice_.current();
    if (!now && waiting.size() > 1 && (before || waitedBefore.size() < 2)) return sayWaiting(false);
    if (!now || now == before) return;
    const bool isNew = std::find(waitedBefore.begin(), waitedBefore.end(), *now) == waitedBefore.end();
    if (!isNew || waiting.size() > 1) sayChoice();  // a lone new draft needs no word
}

void HeadlessAgent::sayChoice() {
    if (!choice_.current()) return;
    const protocol::Draft& draft = drafts_.at(*choice_.current()).draft;
    face_.showChoice(draft, markOf(draft));
}

void HeadlessAgent::sayWaiting(bool isAsked) {
    std::vector<std::pair<protocol::Draft, DraftMark>> waiting;
    for (const DraftId& draftId : choice_.waiting()) {
        const KnownDraft& known = drafts_.at(draftId);
        waiting.emplace_back(asOfNow(known), markOf(known.draft));
    }
    face_.showSeveral(waiting, isAsked);
}

protocol::Draft* HeadlessAgent::chosenDraft(Concern concern) {
    if (const auto meant = choice_.meant(concern))
        if (const auto found = drafts_.find(*meant); found != drafts_.end()) return &found->second.draft;
    if (choice_.waiting().empty())
        face_.showProblem(LocalProblem::NoDraft);
    else
        sayWaiting(true);
    return nullptr;
}

protocol::Draft* HeadlessAgent::decidedBy(const std::string& verb, Concern concern) {
    protocol::Draft* const draft = chosenDraft(concern);
    if (!draft) return nullptr;
    const SteadyTime now = clock_.steady();
    const bool isRepeated = lastWord_ && lastWord_->verb == verb && now - lastWord_->saidAt < kDoubleClick;
    if (isRepeated && lastWord_->draftId != draft->draftId) {
        sayWaiting(true);
        return nullptr;
    }
    lastWord_ = LastWord{verb, draft->draftId, now};
    const bool isSent = draft->state == protocol::DraftState::Confirmed;
    const bool isToBeSent = verb == "confirm" && isMendable(draft->delivery);
    if (isSent && concern != Concern::Delivery && !isToBeSent) {
        face_.showProblem(LocalProblem::IsSent);
        return nullptr;
    }
    return draft;
}

void HeadlessAgent::editDraft(const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos) return face_.showUsage("edit");
    protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    const std::string name = assignment.substr(0, equals);
    const std::string text = assignment.substr(equals + 1);
    boost::json::value fields = json::encode(draft->fields);
    boost::json::object& object = fields.get_object();
    // The value is JSON where it can be (numbers, true, ["a","b"]), else plain text; the field's type
    // decides.
    object[name] = boost::json::string_view{text};
    if (text.empty() && isOptional(name)) object.erase(name);
    auto edited = json::decode<protocol::DraftFields>(fields, "", json::UnknownFields::Refused);
    if (!edited) {
        if (auto parsed = json::parse(text)) {
            object[name] = *parsed;
            edited = json::decode<protocol::DraftFields>(fields, "", json::UnknownFields::Refused);
        }
    }
    if (!edited) return face_.showBadEdit(name, text, edited.error().detail);
    // Alone it names the organisation as well, which the server knows.
    const bool isOther = name == "requesterUid" && edited->requesterUid != draft->fields.requesterUid;
    if (isOther && edited->requesterUid) edited->organizationId.reset();
    if (isOther && !edited->requesterUid) edited->requesterName.clear();
    if (name == "organizationId" && !edited->organizationId) edited->organizationName.clear();
    if (*edited == draft->fields) face_.showUnchanged(*draft, name, markOf(*draft));
    decide(protocol::DraftEdit{draft->draftId, draft->revision, std::move(*edited)});
}

void HeadlessAgent::takeProposal() {
    const protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    if (!draft->proposed) return face_.showProblem(LocalProblem::NoProposal);
    protocol::DraftFields fields = protocol::withProposal(draft->fields, *draft->proposed);
    decide(protocol::DraftEdit{draft->draftId, draft->revision, std::move(fields)});
}

/// Who called, of those that were last shown with the draft.
void HeadlessAgent::takeCandidate(const std::string& which) {
    std::size_t number = 0;
    const auto read = std::from_chars(which.data(), which.data() + which.size(), number);
    if (read.ec != std::errc{} || read.ptr != which.data() + which.size())
        return face_.showUsage("requester");
    const protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    const auto call = calls_.find(draft->callId);
    const std::size_t count = call == calls_.end() ? 0 : call->second.call.caller.contacts.size();
    if (number == 0 || number > count) return face_.showProblem(LocalProblem::NoSuchCandidate);
    const protocol::Contact& contact = call->second.call.caller.contacts[number - 1];
    protocol::DraftFields fields = draft->fields;
    fields.requesterUid = contact.uid;
    fields.requesterName = contact.name;
    fields.organizationId = contact.organizationId;
    fields.organizationName = contact.organizationName;
    decide(protocol::DraftEdit{draft->draftId, draft->revision, std::move(fields)});
}

/// Which of the draft's offers the call belongs to, as they were last shown.
void HeadlessAgent::joinOffer(const std::string& which) {
    std::size_t number = 0;
    const auto read = std::from_chars(which.data(), which.data() + which.size(), number);
    const bool isNumber = read.ec == std::errc{} && read.ptr == which.data() + which.size();
    if (!isNumber && which != "none") return face_.showUsage("join");
    const protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    protocol::DraftFields fields = draft->fields;
    fields.commentOn.reset();
    fields.continues.reset();
    if (isNumber) {
        const std::size_t count = draft->offers ? draft->offers->size() : 0;
        if (number == 0 || number > count) return face_.showProblem(LocalProblem::NoSuchOffer);
        const protocol::TicketOffer& offer = (*draft->offers)[number - 1];
        fields.commentOn = offer.ticketId;
        fields.continues = offer.draftId;
    }
    if (fields == draft->fields)
        face_.showUnchanged(*draft, fields.continues ? "continues" : "commentOn", markOf(*draft));
    decide(protocol::DraftEdit{draft->draftId, draft->revision, std::move(fields)});
}

}  // namespace ninja3cx::agent
