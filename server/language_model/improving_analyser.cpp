#include "server/language_model/improving_analyser.hpp"

#include "server/analysis/conversation/conversation.hpp"
#include "server/language_model/circuit_breaker.hpp"
#include "server/language_model/prompt.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <optional>
#include <utility>

namespace ninja3cx::language_model {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr std::ptrdiff_t kMostWaiting = 8;

enum class JobState {
    Analysing = 1,  // by the built-in analysis
    Waiting,        // for its turn
    Asked,          // the model is, and what it says is judged
};

/// What the other thread sees of a call. This one leaves alone what that one works on.
struct Call {
    protocol::AnalysisInput input;
    protocol::Analysis builtIn;
    std::optional<protocol::AnalysisInput> open = {};  // without personal data
    std::string question = {};
};

/// One call, from `analyse` on: what nobody may ask about any more is found here from its first moment.
struct Job {
    std::string id;
    const std::shared_ptr<Call> call = std::make_shared<Call>();
    calls::Analyser::Done done;  // empty: it was called
    calls::Analyser::Better better;
    SteadyTime due{};
    SteadyTime lateUntil{};
    asio::cancellation_signal cancel;
    JobState state = JobState::Analysing;
    bool isAnswered = false;  // by the model, whatever it was
    bool isGivenUp = false;   // nobody waits for the answer any more

    JobState stateOf() const { return state; }
    bool isInLine() const { return state != JobState::Analysing; }

    void answer(protocol::Analysis analysis) {
        if (const auto told = std::exchange(done, {}))
            told(std::move(analysis));
        else if (better)
            better(std::move(analysis));
    }
    /// What the model says comes as `better`, if at all.
    void answerWithBuiltIn() {
        if (state == JobState::Analysing) return;  // it comes
        if (const auto told = std::exchange(done, {})) told(call->builtIn);
    }
};

std::string listOf(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

bool hasWords(const protocol::AnalysisInput& input) {
    return std::ranges::any_of(
        input.turns, [](const protocol::Turn& turn) { return !analysis::wordsOf(turn.text).empty(); });
}

}  // namespace

class ImprovingAnalyser::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(asio::any_io_executor network, Options chosen, Ports of)
        : executor_(std::move(network)), options_(chosen), ports_(std::move(of)) {}

    calls::Analyser& inner() const { return ports_.inner; }

    void analyse(protocol::AnalysisInput input, Done done, Better better) {
        giveUp([&](const Job& job) { return job.id == input.id; });  // it has other words now
        if (isStopped_ || !hasWords(input))
            return ports_.inner.analyse(std::move(input), std::move(done), {});
        const SteadyTime now = ports_.clock.steady();
        const auto job = std::make_shared<Job>();
        job->id = input.id;
        job->call->input = input;
        job->done = std::move(done);
        job->better = std::move(better);
        job->due = now + options_.patience;
        job->lateUntil = now + options_.timeout;
        jobs_.push_back(job);
        ports_.inner.analyse(std::move(input),
                             [weak = weak_from_this(), job](Result<protocol::Analysis> result) {
                                 const auto self = weak.lock();
                                 if (self && result) return self->onBuiltIn(job, std::move(*result));
                                 if (self) self->remove(job);
                                 if (const auto told = std::exchange(job->done, {})) told(std::move(result));
                             },
                             {});
    }

    void forget(const CallId& callId) {
        giveUp([&](const Job& job) { return job.id == callId.value(); });
        ports_.inner.forget(callId);
    }

    void tick() {
        const SteadyTime now = ports_.clock.steady();
        // A callback may have another call analysed.
        const std::deque<std::shared_ptr<Job>> jobs = jobs_;
        for (const auto& job : jobs) {
            if (job->state == JobState::Analysing) continue;
            if (now >= job->due) job->answerWithBuiltIn();
            if (now >= job->lateUntil) leave(job);
        }
    }

    void stop() {
        isStopped_ = true;
        giveUp([](const Job&) { return true; });
    }

    std::string metrics() const {
        const auto counter = [](const std::string& outcome, std::uint64_t count) {
            return "ninja3cx_language_model_calls_total{outcome=\"" + outcome + "\"} " +
                   std::to_string(count) + "\n";
        };
        return "# TYPE ninja3cx_language_model_up gauge\nninja3cx_language_model_up " +
               std::string{breaker_.isWell() ? "1" : "0"} +
               "\n# TYPE ninja3cx_language_model_calls_total counter\n" + counter("improved", improved_) +
               counter("unchanged", unchanged_) + counter("failed", failed_) + counter("skipped", skipped_) +
               "# TYPE ninja3cx_language_model_fields_refused_total counter\n"
               "ninja3cx_language_model_fields_refused_total " +
               std::to_string(refusedFields_) + "\n";
    }

private:
    void onBuiltIn(const std::shared_ptr<Job>& job, protocol::Analysis builtIn) {
        job->call->builtIn = std::move(builtIn);
        const SteadyTime now = ports_.clock.steady();
        const bool isFull = std::ranges::count(jobs_, true, &Job::isInLine) > kMostWaiting;
        job->state = JobState::Waiting;
        if (job->isGivenUp) return job->answerWithBuiltIn();
        if (isFull || !breaker_.mayAsk(now) || now >= job->lateUntil) {
            ++skipped_;
            remove(job);
            return job->answerWithBuiltIn();
        }
        if (now >= job->due) job->answerWithBuiltIn();
        askNext();
    }

    void askNext() {
        if (isStopped_ || std::ranges::find(jobs_, JobState::Asked, &Job::stateOf) != jobs_.end()) return;
        const auto next = std::ranges::find(jobs_, JobState::Waiting, &Job::stateOf);
        if (next == jobs_.end()) return;
        const std::shared_ptr<Job> job = *next;
        const SteadyTime now = ports_.clock.steady();
        if (!breaker_.mayAsk(now)) return skipAll();
        job->state = JobState::Asked;
        ports_.inBackground(
            [call = job->call, mask = masker(), model = ports_.model.model(),
             masks = options_.masksPersonalData] {
                call->input.language = analysis::languageOf(call->input);
                call->open = withoutPersonalData(call->input, call->builtIn.pii, mask);
                call->question = chatRequest(model, masks ? *call->open : call->input);
            },
            [self = shared_from_this(), job] { self->send(job); });
    }

    void send(const std::shared_ptr<Job>& job) {
        if (job->isGivenUp) return finish(job);
        const auto left = std::chrono::duration_cast<milliseconds>(job->lateUntil - ports_.clock.steady());
        if (job->call->question.empty() || left <= milliseconds{0}) {
            ++skipped_;
            job->answerWithBuiltIn();
            return finish(job);
        }
        asio::co_spawn(executor_, ask(shared_from_this(), job, left),
                       asio::bind_cancellation_slot(
                           job->cancel.slot(), [self = shared_from_this(), job](std::exception_ptr failure) {
                               if (failure && !job->isAnswered)
                                   self->onReply(job, Error{ErrorKind::Rejected, "the question broke off"});
                           }));
    }

    static asio::awaitable<void> ask(std::shared_ptr<Impl> self, std::shared_ptr<Job> job,
                                     milliseconds timeout) {
        if (job->isGivenUp) co_return self->finish(job);
        auto asking = self->ports_.model.ask(std::move(job->call->question), timeout);
        auto reply = co_await std::move(asking);
        self->onReply(job, std::move(reply));
    }

    Mask masker() const {
        return [&inner = ports_.inner](const std::string& text, const std::string& language) {
            return inner.mask(text, language, "");
        };
    }

    void onReply(const std::shared_ptr<Job>& job, Result<std::string> reply) {
        job->isAnswered = true;
        if (job->isGivenUp) return finish(job);  // that we hung up says nothing of the model
        if (!reply) {
            onFailure(*job, reply.error().detail);
            return finish(job);
        }
        const auto judged = std::make_shared<Result<Improvement>>(
            Error{ErrorKind::Rejected, "what the language model wrote could not be judged"});
        ports_.inBackground(
            [call = job->call, body = std::move(*reply), model = ports_.model.model(),
             judges = Judges{masker(), ports_.entitiesOf}, judged] {
                const Result<Proposal> proposal = readReply(body);
                if (proposal)
                    *judged = improve(call->input, *call->open, call->builtIn, *proposal, model, judges);
                else
                    *judged = proposal.error();
            },
            [self = shared_from_this(), job, judged] {
                if (!job->isGivenUp) self->onJudged(*job, std::move(*judged));
                self->finish(job);
            });
    }

    void onJudged(Job& job, Result<Improvement> made) {
        if (!made) return onFailure(job, made.error().detail);
        refusedFields_ += made->refused.size();
        if (made->accepted == 0) return onFailure(job, "nothing that the language model wrote can stand");
        if (!breaker_.isWell()) tell("the language model answers again");
        if (!made->refused.empty())
            tell("of what the language model wrote of a call cannot stand: " + listOf(made->refused));
        breaker_.noteSuccess();
        if (!made->analysis.improvedBy) {
            ++unchanged_;
            return job.answerWithBuiltIn();
        }
        ++improved_;
        job.answer(std::move(made->analysis));
    }

    void tell(const std::string& news) const {
        if (ports_.onNews) ports_.onNews(news);
    }

    void finish(const std::shared_ptr<Job>& job) {
        remove(job);
        askNext();
    }

    void skipAll() {
        const std::deque<std::shared_ptr<Job>> all = jobs_;
        for (const auto& job : all) {
            if (job->state != JobState::Waiting) continue;
            ++skipped_;
            remove(job);
            job->answerWithBuiltIn();
        }
    }

    void onFailure(Job& job, const std::string& why) {
        ++failed_;
        if (ports_.onProblem)  // the breaker sees to it that there are few
            ports_.onProblem("a call has the built-in analysis alone: " + why);
        breaker_.noteFailure(ports_.clock.steady());
        job.answerWithBuiltIn();
    }

    template <class IsMeant>
    void giveUp(IsMeant isMeant) {
        const std::deque<std::shared_ptr<Job>> jobs = jobs_;
        for (const auto& job : jobs) {
            if (job->isGivenUp || !isMeant(*job)) continue;
            job->isGivenUp = true;
            job->answerWithBuiltIn();
            job->better = {};
            if (job->state == JobState::Analysing) job->call->input.turns.clear();
            leave(job);
        }
    }

    void leave(const std::shared_ptr<Job>& job) {
        if (job->state != JobState::Asked) return remove(job);
        if (job->isAnswered) return;
        job->cancel.emit(asio::cancellation_type::terminal);
        asio::post(executor_,
                   [job] {});  // from outside the loop Asio emits later: the signal must be there still
    }

    void remove(const std::shared_ptr<Job>& job) { std::erase(jobs_, job); }

    const asio::any_io_executor executor_;
    const Options options_;
    const Ports ports_;
    std::deque<std::shared_ptr<Job>> jobs_;  // in the order in which their calls ended; one is asked about
    CircuitBreaker breaker_;
    bool isStopped_ = false;
    std::uint64_t improved_ = 0;
    std::uint64_t unchanged_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t skipped_ = 0;
    std::uint64_t refusedFields_ = 0;
};

ImprovingAnalyser::ImprovingAnalyser(asio::any_io_executor network, Options options, Ports ports)
    : impl_(std::make_shared<Impl>(std::move(network), options, std::move(ports))) {}

ImprovingAnalyser::~ImprovingAnalyser() {
    impl_->stop();
}

void ImprovingAnalyser::analyse(protocol::AnalysisInput input, Done done, Better better) {
    impl_->analyse(std::move(input), std::move(done), std::move(better));
}

void ImprovingAnalyser::forget(const CallId& callId) {
    impl_->forget(callId);
}

std::unique_ptr<calls::CallReader> ImprovingAnalyser::follow(const std::string& language) const {
    return impl_->inner().follow(language);
}

calls::Masked ImprovingAnalyser::mask(const std::string& text, const std::string& language,
                                      const std::string& before) const {
    return impl_->inner().mask(text, language, before);
}

std::span<const std::string_view> ImprovingAnalyser::revealingEndings() const {
    return impl_->inner().revealingEndings();
}

void ImprovingAnalyser::tick() {
    impl_->tick();
}

void ImprovingAnalyser::stop() {
    impl_->stop();
}

std::string ImprovingAnalyser::metrics() const {
    return impl_->metrics();
}

}  // namespace ninja3cx::language_model
