#include "server/ticketing/ticket_delivery.hpp"

#include "server/calls/outbox_text.hpp"
#include "server/ticketing/delivery_flow.hpp"
#include "server/ticketing/tenant_keeper.hpp"
#include "server/ticketing/ticket_lookup.hpp"
#include "server/ticketing/ticket_payload.hpp"
#include "server/ticketing/ticket_update.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/codes.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>
#include <exception>
#include <map>
#include <random>
#include <set>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;
using std::chrono::milliseconds;

constexpr std::size_t kOnTheWire = 2;
constexpr milliseconds kStorePause{5'000};
constexpr milliseconds kBreakPause{5'000};
/// What was seen of a ticket: a full disk may hold up what is next.
constexpr milliseconds kCheckLasts{10'000};
/// After a ticket was made: what changes it then is the tenant's automation.
constexpr milliseconds kNobodyElseFor{30'000};

bool isOfALookUp(const std::string& problemCode) {
    using enum protocol::DeliveryProblem;
    return problemCode == wordOf(NotInNinja) || problemCode == wordOf(InDoubt) ||
           problemCode == wordOf(NotMoved);
}

FlowState lastStateOf(const calls::OutboxEntry& entry, bool wantsClose, std::int64_t nowMs) {
    if (!entry.step.empty())
        if (auto state = json::decodeText<FlowState>(entry.step)) return *state;
    FlowState state;
    state.wantsNote = calls::hasNote(entry);
    const bool isFresh = entry.step.empty() && (entry.delivery.state == protocol::DeliveryState::None ||
                                                entry.delivery.state == protocol::DeliveryState::Queued);
    if (!isFresh) {  // nobody knows what was done for it: look it up first
        state.phase = Phase::Sending;
        state.attempts = 1;
        state.firstSentAtMs =
            entry.createdAtMs <= nowMs ? entry.createdAtMs : 1;  // by a clock that was wrong
        state.noteMayExist = true;
        state.mayBeElsewhere = true;
        if (entry.delivery.ticketId) {  // all but what became of its note
            state.ticketId = entry.delivery.ticketId->value();
            state.hasNote = entry.delivery.hasTranscriptNote;
            state.noteAttempts = kMostNoteAttempts;  // it may have been withheld since
            const bool isOver = entry.delivery.state == protocol::DeliveryState::Created;
            state.phase = state.wantsNote && !state.hasNote ? Phase::NoteSending
                          : wantsClose && !isOver           ? Phase::Closing
                                                            : Phase::Done;
        } else if (entry.delivery.state == protocol::DeliveryState::Rejected) {
            state.phase = Phase::Rejected;
            state.mayExist = true;
            state.problem = entry.delivery.problem;
            state.problemCode = entry.delivery.problemCode;
            state.field = entry.delivery.field;
            if (isOfALookUp(state.problemCode)) {  // which says nothing any more
                state.problem = "refused before the backup was made";
                state.problemCode = wordOf(protocol::DeliveryProblem::Refused);
            }
        }
    }
    return state;
}

FlowState stateOf(const calls::OutboxEntry& entry, bool wantsClose, std::int64_t nowMs) {
    FlowState state = lastStateOf(entry, wantsClose, nowMs);
    if (!calls::hasNote(entry)) state.wantsNote = false;  // of a call that is erased since
    // What is wanted stands in the entry; a step of an earlier version does not say it.
    state.wantsClose = wantsClose;
    state.commentsOn.reset();
    if (entry.fields.commentOn) state.commentsOn = entry.fields.commentOn->value();
    return state;
}

SentBetween sentBetween(const FlowState& state) {
    SentBetween sent{{state.firstSentAtMs, state.firstSentThereMs}};
    if (state.lastSentAtMs) sent.last = SentAt{*state.lastSentAtMs, state.lastSentThereMs};
    sent.wasOther = state.isMended.value_or(false) || state.mayBeElsewhere.value_or(false);
    return sent;
}

Replied repliedBy(const Reply& reply) {
    Replied event;
    event.kind = reply.kind;
    event.retryAfter = reply.retryAfter;
    event.field = reply.field;
    event.detail = reply.detail;
    return event;
}

/// A technician named the ticket of what was refused and would become something elsewhere now. First it is compared with
/// what was refused, then that is looked for at its place, then the ticket is compared with what it is now. Until it is
/// taken, nothing is forgotten.
struct Asked {
    enum class About { Former = 1, FormerPlace, Present };
    Decided decided;
    calls::OutboxEntry present;
    About about = About::Former;
};

/// `present`: what was refused as it is now.
struct Decision {
    Decided decided;
    std::optional<calls::OutboxEntry> present;
};

}  // namespace

class TicketDelivery::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(net::asio::any_io_executor executor, Options options, Ports ports, OnDelivery onDelivery)
        : executor_(std::move(executor)),
          options_(std::move(options)),
          ports_(std::move(ports)),
          onDelivery_(std::move(onDelivery)),
          tenant_(options_.folder,
                  {options_.formId, options_.newStatus, options_.solvedStatus, options_.callIdAttribute},
                  {ports_.ninja, ports_.clock, ports_.scheduler, executor_, ports_.disk, ports_.onProblem,
                   ports_.onTenant}) {}

    void start() { tenant_.start(); }

    std::vector<protocol::FieldProblem> problemsOf(const protocol::DraftFields& fields) const {
        return ticketing::problemsOf(tenant_.settings(), fields);
    }

    void deliver(calls::OutboxEntry entry) {
        if (isStopped_ || jobs_.contains(entry.draftId) || settled_.contains(entry.draftId)) return;
        auto job = std::make_shared<Job>();
        job->entry = std::move(entry);
        job->state = stateOf(job->entry, wantsClose(*job), nowMs());
        const bool isInTheDark = job->state.mayBeElsewhere.value_or(false) && !job->state.ticketId;
        if (job->entry.amended && isInTheDark && job->state.phase != Phase::Rejected) {
            // Of a restored backup: nobody knows whether it was sent, but only that it would be as it is mended.
            job->entry = calls::withAmendment(std::move(job->entry));
            job->state = stateOf(job->entry, wantsClose(*job), nowMs());
        }
        jobs_.emplace(job->entry.draftId, job);
        if (!job->entry.amended) return begin(job, Started{});
        job->amended = calls::withAmendment(job->entry);
        beginAmended(job);
    }

    void decide(const DraftId& draftId, Decision decision) {
        const auto found = jobs_.find(draftId);
        if (isStopped_ || found == jobs_.end()) return;
        if (found->second->isRunning)
            found->second->pending.push_back(std::move(decision));
        else
            begin(found->second, follow(*found->second, std::move(decision)));
    }

    void amend(calls::OutboxEntry entry) {
        const auto found = jobs_.find(entry.draftId);
        if (isStopped_ || found == jobs_.end()) return;
        found->second->amended = std::move(entry);
        if (!found->second->isRunning) beginAmended(found->second);
    }

    void onLogin() {
        tenant_.onLogin();
        for (const auto& [draftId, job] : jobs_)
            if (job->sleep && job->state.problemCode == wordOf(protocol::DeliveryProblem::NeedsLogin))
                job->sleep->wake();
    }

    void stop() {
        isStopped_ = true;
        tenant_.stop();
        for (const auto& [draftId, job] : jobs_)
            if (job->sleep) job->sleep->wake();
    }

private:
    struct Job {
        calls::OutboxEntry entry;
        FlowState state;
        bool isRunning = false;
        std::deque<Decision> pending;               // decisions that came while it ran
        std::optional<calls::OutboxEntry> amended;  // so did this: begun when it is at rest
        std::optional<calls::OutboxEntry> moving;   // begun once nothing can be at the former place
        std::optional<Asked> asked;
        std::optional<SteadyTime> seenAt;  // whose ticket it is, and that it may be added to
        bool isClosingWanted = false;      // a technician said so
        std::optional<SteadyTime> madeAt;  // by an answer of NinjaOne: the ticket, or the comment on it
        std::shared_ptr<Scheduler::Sleep> sleep;
    };

    void begin(const std::shared_ptr<Job>& job, Event event) {
        job->isRunning = true;
        net::asio::co_spawn(executor_, run(shared_from_this(), job, std::move(event)),
                            [self = shared_from_this(), job](std::exception_ptr failure) {
                                if (!failure) return;
                                job->isRunning = false;
                                self->complain(*job, "ended unexpectedly");
                            });
    }

    /// One entry, from one event until nothing is left to do for now.
    static awaitable<void> run(std::shared_ptr<Impl> self, std::shared_ptr<Job> job, Event event) {
        // A post between hand-over and first report: the caller of `deliver` has returned by then.
        co_await net::asio::post(self->executor_, net::asio::use_awaitable);
        while (true) {
            const bool isAtRest = co_await self->tryToAdvance(job, std::move(event));
            if (isAtRest) break;
            // As after a restart: what may have been sent is looked up before anything is sent again.
            job->state = stateOf(job->entry, self->wantsClose(*job), self->nowMs());
            job->asked.reset();
            event = Started{};
            co_await self->sleepFor(job, kBreakPause);
        }
        job->isRunning = false;
        job->moving.reset();
        job->asked.reset();
        if (isSettled(job->state) && !self->isStopped_) {
            self->settled_.insert(job->entry.draftId);
            self->jobs_.erase(job->entry.draftId);
        } else if (job->amended && !self->isStopped_) {
            self->beginAmended(job);
        }
    }

    /// What the earlier attempts may have left stays known: then only the words are new, or it is looked up before the
    /// entry becomes something elsewhere.
    void beginAmended(const std::shared_ptr<Job>& job) {
        calls::OutboxEntry entry = std::move(*job->amended);
        job->amended.reset();
        if (job->state.phase != Phase::Rejected) {
            job->entry.amended.reset();
            return begin(job, Started{});  // stores and tells what is true
        }
        if (!mayHaveLeft(job->state)) {
            beginAnew(*job, std::move(entry));
            return begin(job, Started{});
        }
        if (entry.fields.commentOn != job->entry.fields.commentOn) {
            job->entry.amended.reset();  // a stop meanwhile: it is confirmed once more
            job->moving = std::move(entry);
            return begin(job, Moved{});
        }
        noteMended(*job, entry);
        replaceEntry(*job, std::move(entry));
        job->state.wantsNote = calls::hasNote(job->entry);
        begin(job, Decided{protocol::DeliveryDecision::SendAgain, std::nullopt});
    }

    /// But for its note and whether it is closed, which are seen to apart.
    bool saysSomethingElse(const calls::OutboxEntry& before, calls::OutboxEntry now) const {
        now.fields.isSolved = before.fields.isSolved;
        if (now.fields.commentOn) return commentRequest(now).json != commentRequest(before).json;
        const auto textOf = [this](const calls::OutboxEntry& entry) {
            return ticketRequest(entry, tenant_.settings(), std::nullopt, true).json;
        };
        return textOf(now) != textOf(before);
    }

    /// What an earlier attempt left may lack it: to be seen in what is compared with a ticket that is read, or not.
    void noteMended(Job& job, const calls::OutboxEntry& now) const {
        if (!saysSomethingElse(job.entry, now)) return;
        job.state.isMended = true;
        calls::OutboxEntry unseen = job.entry;
        unseen.fields.tags = now.fields.tags;
        unseen.fields.attributes = now.fields.attributes;
        unseen.fields.ticketFormId = now.fields.ticketFormId;
        unseen.fields.status = now.fields.status;
        unseen.fields.isPublic = now.fields.isPublic;
        unseen.fields.timeTrackedS = now.fields.timeTrackedS;
        if (saysSomethingElse(job.entry, unseen)) job.state.isMendedUnseen = true;
    }

    static void replaceEntry(Job& job, calls::OutboxEntry entry) {
        entry.createdAtMs = std::min(entry.createdAtMs, job.entry.createdAtMs);
        entry.step.clear();
        job.entry = std::move(entry);
    }

    /// The event with which a decision begins. What is decided about what was refused is decided about it as it is now;
    /// nothing is stored before the first that the flow makes of it.
    Event follow(Job& job, Decision decision) const {
        if (!decision.present || job.state.phase != Phase::Rejected) return decision.decided;
        if (mayHaveLeft(job.state) && decision.present->fields.commentOn != job.entry.fields.commentOn) {
            job.asked = Asked{decision.decided, std::move(*decision.present)};
            job.state.isMended = true;  // what it left is at another place, at least
            job.state.isMendedUnseen = true;
            return decision.decided;
        }
        becomePresent(job, std::move(*decision.present));
        return decision.decided;
    }

    /// Still refused.
    void becomePresent(Job& job, calls::OutboxEntry entry) const {
        if (mayHaveLeft(job.state)) noteMended(job, entry);
        entry.createdAtMs = std::min(entry.createdAtMs, job.entry.createdAtMs);
        entry.delivery = std::move(job.entry.delivery);
        entry.step = std::move(job.entry.step);
        job.entry = std::move(entry);
        takePlaceOf(job.state, job.entry);
    }

    /// What was found is what was refused; but the draft says something else now. Of another customer than that, it is in
    /// doubt; else only its place is the former one.
    Event asItIsNow(Job& job, Event event) const {
        const bool isAsked = job.asked && job.asked->about != Asked::About::Present;
        if (!job.moving && !isAsked) return event;
        auto* seen = std::get_if<LookedUp>(&event);
        auto* checked = std::get_if<Checked>(&event);
        const bool isFound = (seen && seen->kind == LookedUp::Kind::Found) ||
                             (checked && checked->kind == Checked::Kind::Ours);
        if (!isFound) return event;
        calls::OutboxEntry now = job.moving ? *job.moving : job.asked->present;
        const bool isSameCustomer = now.fields.organizationId == job.entry.fields.organizationId &&
                                    now.fields.requesterUid == job.entry.fields.requesterUid;
        if (!isSameCustomer) {
            constexpr const char* kWhy = "is in the name of the customer before the draft was changed";
            if (checked) {
                checked->kind = Checked::Kind::NotOurs;
                checked->detail = kWhy;
            } else {
                seen->kind = LookedUp::Kind::Doubtful;
                seen->similarTicketId = seen->ticketId;
                seen->inDoubt = {seen->ticketId.value_or(0)};
                seen->detail = "ticket " + std::to_string(seen->inDoubt.front()) + " " + kWhy;
            }
            return event;
        }
        now.fields.commentOn = job.entry.fields.commentOn;
        job.moving.reset();
        job.asked.reset();
        becomePresent(job, std::move(now));
        return event;
    }

    /// What is asked next of a ticket that was named; none: what came of it stands.
    std::optional<Event> askNext(Job& job, FlowStep& step) const {
        using enum Asked::About;
        if (!isAtRest(step.next) && !step.next.ticketId) return std::nullopt;  // still being asked
        Asked& asked = *job.asked;
        const bool isRefused = step.next.phase == Phase::Rejected;
        const bool isNotIt = step.next.problemCode == wordOf(protocol::DeliveryProblem::NotThisCalls) ||
                             step.next.problemCode == wordOf(protocol::DeliveryProblem::TargetGone);
        if (asked.about == Former && isRefused && isNotIt) {
            asked.about = FormerPlace;
            job.state = std::move(step.next);
            return Moved{asked.decided.ticketId};
        }
        if (asked.about == FormerPlace && isRefused && !mayHaveLeft(step.next)) {
            asked.about = Present;
            step.next.mayExist = job.state.mayExist;
            step.next.noteMayExist = job.state.noteMayExist;
            job.state = std::move(step.next);
            takePlaceOf(job.state, asked.present);
            return asked.decided;
        }
        if (asked.about == Present && isRefused) {
            takePlaceOf(step.next, job.entry);
            step.next.isMended = true;
            step.next.isMendedUnseen = true;
        } else if (asked.about == Present) {
            becomePresent(job, std::move(asked.present));
        }
        job.asked.reset();
        return std::nullopt;
    }

    static void takePlaceOf(FlowState& state, const calls::OutboxEntry& entry) {
        state.wantsNote = calls::hasNote(entry);
        state.commentsOn.reset();
        if (entry.fields.commentOn) state.commentsOn = entry.fields.commentOn->value();
    }

    /// Nothing of it is in NinjaOne.
    void beginAnew(Job& job, calls::OutboxEntry entry) const {
        replaceEntry(job, std::move(entry));
        job.entry.delivery = {};
        job.state = stateOf(job.entry, wantsClose(job), nowMs());
    }

    static const calls::OutboxEntry& askedAbout(const Job& job) {
        const bool isPresent = job.asked && job.asked->about == Asked::About::Present;
        return isPresent ? job.asked->present : job.entry;
    }

    bool wantsClose(const Job& job) const {
        return mayHaveFinalStatus(tenant_.settings(), askedAbout(job).fields);
    }

    /// Until nothing is left to do for now; false when something unforeseen broke it off.
    awaitable<bool> tryToAdvance(std::shared_ptr<Job> job, Event event) {
        std::string failure;
        try {
            co_await advanceFrom(job, std::move(event));
            if (isStopped_ || isAtRest(job->state)) co_return true;
            failure = "nothing was in hand";
        } catch (const std::exception& thrown) {
            failure = thrown.what();
        }
        if (isStopped_) co_return true;
        complain(*job, "broke off, to go on in 5 s: " + failure);
        co_return false;
    }

    awaitable<void> advanceFrom(std::shared_ptr<Job> job, Event event) {
        std::optional<Turnstile::Seat> seat;
        while (!isStopped_) {
            // Told anew each time: fields are mended, and a status by its name is known once NinjaOne was asked.
            event = asItIsNow(*job, std::move(event));
            if (std::holds_alternative<Decided>(event))
                job->seenAt.reset();  // whoever decides may have changed it
            if (const auto* decided = std::get_if<Decided>(&event);
                decided && job->state.phase == Phase::CloseHeld)
                job->isClosingWanted = decided->decision == protocol::DeliveryDecision::SendAgain;
            job->state.wantsClose = wantsClose(*job);
            FlowStep step = advance(job->state, event, time());
            if (job->moving && step.next.phase == Phase::Rejected && !mayHaveLeft(step.next)) {
                calls::OutboxEntry entry = *std::exchange(job->moving, std::nullopt);
                beginAnew(*job, std::move(entry));
                event = Started{};
                continue;
            }
            if (job->asked) {
                if (auto next = askNext(*job, step)) {
                    event = std::move(*next);
                    continue;
                }
            }
            // After a decision the hub shows the delivery as under way: it hears of it in any case.
            if (step.next != job->state || std::holds_alternative<Started>(event) ||
                std::holds_alternative<Decided>(event)) {
                job->state = std::move(step.next);
                co_await persist(job);
                if (isStopped_) break;
                report(*job);
            }
            if (step.action.kind == ActionKind::None) {
                if (job->pending.empty()) break;
                event = follow(*job, std::move(job->pending.front()));
                job->pending.pop_front();
                continue;
            }
            const bool isLookUp =
                step.action.kind == ActionKind::LookUp || step.action.kind == ActionKind::LookUpComment;
            const bool isLong = isLookUp && job->state.mayBeElsewhere.value_or(false);
            std::optional<Turnstile::Seat> lookersSeat;
            if (step.action.kind == ActionKind::Wait || isLong)
                seat.reset();
            else if (!seat)
                seat.emplace(co_await turnstile_.enter());
            if (isLong) lookersSeat.emplace(co_await lookers_.enter());
            if (isStopped_) break;
            event = co_await perform(job, step.action);
        }
    }

    bool isWithin(const std::optional<SteadyTime>& time, milliseconds length) const {
        return time && ports_.clock.steady() - *time <= length;
    }

    std::int64_t nowMs() const { return toEpochMs(ports_.clock.now()); }

    FlowTime time() const {
        const std::int64_t now = nowMs();
        FlowTime time{now, ports_.clock.steady().time_since_epoch().count()};
        if (const auto ahead = ports_.ninja.clockAhead()) time.thereMs = now + ahead->count();
        return time;
    }

    void complain(const Job& job, const std::string& what) const {
        if (ports_.onProblem) ports_.onProblem(job.entry.draftId.value() + " " + what);
    }

    /// Returns when the state is durable.
    awaitable<void> persist(std::shared_ptr<Job> job) {
        job->entry.step = json::encodeText(job->state);
        job->entry.delivery = deliveryOf(job->state, ports_.ninja.ticketLink());
        if (isSettled(job->state)) calls::forgetNote(job->entry);  // not kept longer than it is needed
        while (!isStopped_) {
            const Result<void> stored = co_await commit(job->entry);
            if (stored) co_return;
            co_await sleepFor(job, kStorePause);
        }
    }

    awaitable<Result<void>> commit(calls::OutboxEntry entry) {
        auto initiate = [this](auto handler, calls::OutboxEntry saved) {
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            std::vector<calls::Change> changes;
            changes.emplace_back(calls::SaveOutbox{std::move(saved)});
            ports_.store.commit(std::move(changes), [executor = executor_, shared](Result<void> done) {
                net::asio::post(executor,
                                [shared, done = std::move(done)]() mutable { (*shared)(std::move(done)); });
            });
        };
        co_return co_await net::asio::async_initiate<decltype(net::asio::use_awaitable), void(Result<void>)>(
            std::move(initiate), net::asio::use_awaitable, std::move(entry));
    }

    void report(const Job& job) {
        if (onDelivery_) onDelivery_(job.entry.draftId, job.entry.delivery);
    }

    awaitable<void> sleepFor(std::shared_ptr<Job> job, milliseconds delay) {
        job->sleep = ports_.scheduler.makeSleep();
        co_await job->sleep->run(delay);
        job->sleep.reset();
    }

    milliseconds jittered(const Action& action) {
        if (action.isExact || options_.jitter <= 0) return action.delay;
        std::uniform_real_distribution<double> share{0.0, options_.jitter};
        return action.delay + milliseconds{static_cast<std::int64_t>(
                                  static_cast<double>(action.delay.count()) * share(random_))};
    }

    /// Does it and says what came of it.
    awaitable<Event> perform(std::shared_ptr<Job> job, Action action) {
        try {
            switch (action.kind) {
                case ActionKind::Prepare:
                    co_return co_await prepare(job);
                case ActionKind::Create:
                    co_return co_await create(job);
                case ActionKind::RefreshToken: {
                    const Reply reply = co_await ports_.ninja.prepareToWrite();
                    if (reply.kind == ReplyKind::Ok) co_return Refreshed{};
                    co_return repliedBy(reply);
                }
                case ActionKind::LookUp:
                case ActionKind::LookUpComment: {
                    const SentBetween sent = sentBetween(job->state);
                    if (job->state.mayBeElsewhere.value_or(false)) co_return co_await lookFar(job, sent);
                    if (action.kind == ActionKind::LookUpComment)
                        co_return co_await lookUpComment(ports_.ninja, job->entry);
                    co_return co_await lookUpTicket(ports_.ninja, job->entry, sent);
                }
                case ActionKind::PostComment:
                    co_return co_await comment(job);
                case ActionKind::Close:
                    co_return co_await close(job);
                case ActionKind::CheckTicket:
                    co_return co_await checkNamed(job);
                case ActionKind::LookUpNote:
                    co_return co_await lookUpNote(ports_.ninja, job->entry, job->state.ticketId.value_or(0));
                case ActionKind::PostNote: {
                    if (const auto why = co_await whyNoNote(job)) co_return *why;
                    NoteRequest note = noteRequest(job->entry);
                    co_return repliedBy(co_await ports_.ninja.addComment(
                        job->state.ticketId.value_or(0), std::move(note.json), std::move(note.file)));
                }
                case ActionKind::Wait:
                    co_await sleepFor(job, jittered(action));
                    co_return TimeCame{};
                case ActionKind::None:
                    break;
            }
        } catch (const std::exception& failure) {
            // Not a failure anybody foresaw; the careful reading of it is that the request may have left.
            if (action.kind == ActionKind::LookUp || action.kind == ActionKind::LookUpNote ||
                action.kind == ActionKind::LookUpComment) {
                LookedUp seen;
                seen.kind = LookedUp::Kind::Failed;
                seen.detail = failure.what();
                co_return seen;
            }
            if (action.kind == ActionKind::CheckTicket) {
                Checked checked;
                checked.kind = Checked::Kind::Failed;
                checked.detail = failure.what();
                co_return checked;
            }
            Replied event;
            event.kind = ReplyKind::Unclear;
            event.detail = failure.what();
            co_return event;
        }
        co_return TimeCame{};
    }

    awaitable<Event> lookFar(std::shared_ptr<Job> job, SentBetween sent) {
        // By name: g++ 12 destroys what a co_await's arguments convert to twice.
        const Pause pause = [this, job](milliseconds delay) { return sleepFor(job, delay); };
        const bool readsComments = job->state.absences == 0;
        co_return co_await lookUpEverywhere(ports_.ninja, job->entry, sent, readsComments, pause);
    }

    awaitable<Event> prepare(std::shared_ptr<Job> job) {
        if (!job->entry.fields.organizationId) {
            Replied missing;
            missing.kind = ReplyKind::Refused;
            missing.field = "clientId";
            missing.detail = "the draft names no organisation";
            co_return missing;
        }
        if (job->state.commentsOn) co_return co_await prepareComment(job);
        Reply reply = co_await tenant_.refresh();
        if (reply.kind == ReplyKind::Ok && !formOf(tenant_.settings(), job->entry.fields))
            reply = tenant_.whyNoForm();
        if (reply.kind == ReplyKind::Ok) reply = co_await ports_.ninja.prepareToWrite();
        if (reply.kind != ReplyKind::Ok) co_return repliedBy(reply);
        co_return Prepared{};
    }

    awaitable<Event> prepareComment(std::shared_ptr<Job> job) {
        const Reply token = co_await ports_.ninja.prepareToWrite();
        if (token.kind != ReplyKind::Ok) co_return repliedBy(token);
        const auto ticket = co_await ports_.ninja.wholeTicket(job->state.commentsOn.value_or(0));
        Checked checked = checkedTarget(ticket, job->entry);
        if (checked.kind == Checked::Kind::Ours && isClosed(*ticket).value_or(false)) {
            checked.kind = Checked::Kind::NotOurs;  // nobody looks at what is closed
            checked.detail = "is resolved already";
        }
        if (checked.kind == Checked::Kind::NotOurs) co_return checked;
        if (checked.kind != Checked::Kind::Ours) co_return repliedBy(ticket.error());
        job->seenAt = ports_.clock.steady();
        Prepared prepared;
        if (const auto status = readStatusOf(*ticket)) prepared.statusId = status->id;
        co_return prepared;
    }

    /// A note that waited, or was looked for: meanwhile its ticket may have become another customer's.
    awaitable<std::optional<Event>> whyNoNote(std::shared_ptr<Job> job) {
        if (isWithin(job->seenAt, kCheckLasts)) co_return std::nullopt;
        const std::int64_t ticketId = job->state.ticketId.value_or(0);
        const auto ticket = co_await ports_.ninja.wholeTicket(ticketId);
        Checked checked;
        checked.kind = Checked::Kind::NotOurs;
        if (ticket)
            checked.detail = whyNotToChange(*ticket, ticketId, job->entry);
        else if (ticket.error().status == 404)
            checked.detail = "does not exist in NinjaOne";
        else
            co_return repliedBy(ticket.error());
        if (!checked.detail.empty()) co_return checked;
        job->seenAt = ports_.clock.steady();
        co_return std::nullopt;
    }

    awaitable<Event> checkNamed(std::shared_ptr<Job> job) {
        const std::int64_t named = job->state.claimedTicketId.value_or(0);
        if (!job->state.commentsOn || named != *job->state.commentsOn)
            co_return askedChecked(*job, co_await checkTicket(ports_.ninja, askedAbout(*job), named));
        co_return co_await checkComment(ports_.ninja, askedAbout(*job));
    }

    /// The ticket that the draft is to be a comment on was not made by hand for what was refused.
    static Checked askedChecked(const Job& job, Checked checked) {
        if (!job.asked || job.asked->about != Asked::About::Former || !checked.isByHand) return checked;
        const auto& target = job.asked->present.fields.commentOn;
        if (!target || target->value() != job.state.claimedTicketId) return checked;
        checked.kind = Checked::Kind::NotOurs;
        checked.detail = "does not have this call's reference (" + job.entry.marker + ")";
        return checked;
    }

    awaitable<Event> comment(std::shared_ptr<Job> job) {
        if (!isWithin(job->seenAt, kCheckLasts)) {
            Event checked = co_await prepareComment(job);
            if (!std::holds_alternative<Prepared>(checked)) co_return checked;
        }
        NoteRequest request = commentRequest(job->entry);
        const std::int64_t target = job->state.commentsOn.value_or(0);
        const Reply reply =
            co_await ports_.ninja.addComment(target, std::move(request.json), std::move(request.file));
        if (reply.kind == ReplyKind::Refused && reply.status == 404) {
            Checked gone;
            gone.kind = Checked::Kind::NotOurs;
            gone.detail = "does not exist in NinjaOne";
            gone.isGone = true;
            co_return gone;
        }
        const bool isRefused = reply.kind == ReplyKind::Refused || reply.kind == ReplyKind::Forbidden;
        if (isRefused || reply.kind == ReplyKind::Ok) {
            // It may have been deleted since it was looked at: what is added to it then, nobody sees.
            const auto ticket = co_await ports_.ninja.wholeTicket(target);
            Checked checked = checkedTarget(ticket, job->entry);
            if (checked.isGone || (isRefused && checked.kind == Checked::Kind::NotOurs)) co_return checked;
            if (reply.kind == ReplyKind::Ok) job->seenAt = job->madeAt = ports_.clock.steady();
        }
        co_return repliedBy(reply);
    }

    /// Why somebody may be at work on a ticket that is to be closed after a while; empty: nobody is, or a technician
    /// wants it closed all the same.
    std::string whyTakenUp(const Job& job, const std::optional<TicketStatus>& status) const {
        if (!status || job.isClosingWanted || isWithin(job.madeAt, kNobodyElseFor)) return {};
        const auto isAsItWasMade = [&] {
            const FirstStatus made = firstStatus(tenant_.settings(), job.entry.fields, job.state.startsOpen);
            return blockOf(*status) == protocol::kNew || std::to_string(status->id) == made.id;
        };
        if (status->id == job.state.closesFrom) return {};
        if (job.state.commentsOn ? status->id == job.state.commentedIn : isAsItWasMade()) return {};
        return "it waited, and is " + (status->displayName.empty() ? status->name : status->displayName) +
               ": somebody may have taken it up";
    }

    /// Reads the ticket; changes it unless it is closed.
    awaitable<Event> close(std::shared_ptr<Job> job) {
        const std::int64_t ticketId = job->state.ticketId.value_or(0);
        const auto ticket = co_await ports_.ninja.wholeTicket(ticketId);
        if (!ticket) co_return repliedBy(ticket.error());
        Replied refused;
        refused.kind = ReplyKind::Refused;
        if (const std::string why = whyNotToChange(*ticket, ticketId, job->entry); !why.empty()) {
            refused.detail = "it " + why;
            co_return refused;
        }
        Replied done;
        done.kind = ReplyKind::Ok;
        if (isClosed(*ticket).value_or(false)) co_return done;
        const auto status = readStatusOf(*ticket);
        if (status) refused.statusId = done.statusId = status->id;
        if (job->state.mayBeElsewhere.value_or(false)) {
            refused.detail = "it is open: it may have been closed, and opened again, while nobody looked";
            co_return refused;
        }

        const Reply tenant = co_await tenant_.refresh();
        if (tenant.kind != ReplyKind::Ok) co_return repliedBy(tenant);
        if (const std::string why = whyTakenUp(*job, status); !why.empty()) {
            refused.detail = why;
            co_return refused;
        }
        const auto wanted = finalStatus(tenant_.settings(), job->entry.fields);
        if (!wanted) co_return done;
        TicketChange change;
        change.status = *wanted;
        TicketUpdate update = ticketUpdate(*ticket, change);
        if (!update.lacks.empty()) {
            refused.field = update.lacks;
            refused.detail =
                "NinjaOne changes no ticket without " + update.lacks + ", and this one has none to give back";
            co_return refused;
        }
        const Reply reply = co_await ports_.ninja.putTicket(ticketId, std::move(update.json));
        Replied event = repliedBy(reply);
        event.statusId = done.statusId;
        event.isConflict = isVersionConflict(reply);
        if (reply.kind == ReplyKind::Ok && !isClosed(reply.body).value_or(true)) {
            event.kind = ReplyKind::Unclear;  // to be read again
            event.detail = "NinjaOne took the change, and the ticket is as open as before";
        }
        co_return event;
    }

    awaitable<Event> create(std::shared_ptr<Job> job) {
        const auto assignee =
            options_.technicianFor ? options_.technicianFor(job->entry.extension) : std::nullopt;
        const TicketRequest request =
            ticketRequest(job->entry, tenant_.settings(), assignee, job->state.startsOpen);
        const Reply reply = co_await ports_.ninja.createTicket(request.json);
        Replied event = repliedBy(reply);
        event.wasResolvedStatus = request.hasResolvedStatus;
        if (reply.kind == ReplyKind::Ok) {
            const auto ticket = readTicket(reply.body);
            const std::int64_t wanted = job->entry.fields.organizationId.value_or(0);
            if (ticket && ticket->clientId != 0 && ticket->clientId != wanted) {
                event.kind = ReplyKind::Unclear;  // to be looked up
                event.detail = "NinjaOne answered with another organisation's ticket";
                co_return event;
            }
            job->seenAt = job->madeAt = ports_.clock.steady();
            if (ticket) event.ticketId = ticket->id;
            event.isClosed = isClosed(reply.body).value_or(request.hasResolvedStatus);
        }
        co_return event;
    }

    net::asio::any_io_executor executor_;
    Options options_;
    Ports ports_;
    OnDelivery onDelivery_;
    std::map<DraftId, std::shared_ptr<Job>> jobs_;
    std::set<DraftId> settled_;  // of this run: a short text for each ticket
    Turnstile turnstile_{kOnTheWire};
    Turnstile lookers_{1};  // for what is of before a restored backup: others are not to wait for it
    TenantKeeper tenant_;
    std::mt19937 random_{std::random_device{}()};
    bool isStopped_ = false;
};

TicketDelivery::TicketDelivery(net::asio::any_io_executor executor, Options options, Ports ports,
                               OnDelivery onDelivery)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(options), std::move(ports),
                                   std::move(onDelivery))) {}

TicketDelivery::~TicketDelivery() {
    impl_->stop();
}

void TicketDelivery::start() {
    impl_->start();
}

std::vector<protocol::FieldProblem> TicketDelivery::problemsOf(const protocol::DraftFields& fields) const {
    return impl_->problemsOf(fields);
}

void TicketDelivery::deliver(calls::OutboxEntry entry) {
    impl_->deliver(std::move(entry));
}

void TicketDelivery::amend(calls::OutboxEntry entry) {
    impl_->amend(std::move(entry));
}

void TicketDelivery::decide(const DraftId& draftId, protocol::DeliveryDecision decision,
                            std::optional<TicketId> ticketId, std::optional<calls::OutboxEntry> present) {
    Decided decided;
    decided.decision = decision;
    if (ticketId) decided.ticketId = ticketId->value();
    impl_->decide(draftId, {decided, std::move(present)});
}

void TicketDelivery::onLogin() {
    impl_->onLogin();
}
void TicketDelivery::stop() {
    impl_->stop();
}

}  // namespace ninja3cx::ticketing
