#include "server/telephony/site_watch.hpp"

#include "server/net/throttle.hpp"
#include "server/telephony/question_pace.hpp"
#include "shared/core/exceptions.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <exception>
#include <set>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;

constexpr std::size_t kPageSize = 100;
constexpr std::size_t kMaxPages = 50;

std::string usersPath(std::size_t skip) {
    return "/xapi/v1/Users?$select=Id,Number,FirstName,LastName,EmailAddress,DisplayName,IsRegistered,"
           "CurrentProfileName,QueueStatus&$top=" +
           std::to_string(kPageSize) + "&$skip=" + std::to_string(skip);
}

Answer kindOf(const Result<net::HttpResponse>& answer) {
    if (!answer) return Answer::Failed;
    if (answer->status == 200) return net::isWebPage(*answer) ? Answer::Failed : Answer::Told;
    const bool isRefused = answer->status == 401 || answer->status == 403 || answer->status == 404;
    return isRefused ? Answer::Refused : Answer::Failed;
}

/// How one question of a round ended.
struct Outcome {
    Answer answer = Answer::Told;
    std::optional<std::chrono::milliseconds> told;  // how long the PBX wants to be left alone
};

Outcome outcomeOf(const Result<net::HttpResponse>& answer, SystemTime now) {
    return {kindOf(answer), answer ? net::retryAfterOf(*answer, now) : std::nullopt};
}

}  // namespace

class SiteWatch::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(asio::any_io_executor executor, SiteWatchOptions options, AskPbx ask, const Clock& clock,
         SiteWatchHandlers handlers, std::shared_ptr<spdlog::logger> log)
        : executor_(std::move(executor)),
          options_(std::move(options)),
          ask_(std::move(ask)),
          clock_(clock),
          handlers_(std::move(handlers)),
          log_(std::move(log)),
          users_(options_.statesEvery),
          calls_(options_.queuesEvery),
          monitored_(options_.queuesEvery),
          extensions_(options_.extensions.begin(), options_.extensions.end()) {}

    void tick() {
        if (isStopped_) return;
        const SteadyTime now = clock_.steady();
        if (!usersTask_.isRunning && users_.isDue(now)) start(usersTask_, lookAtUsers(shared_from_this()));
        const bool areQueuesDue = calls_.isDue(now) || (calls_.isRefused() && monitored_.isDue(now));
        if (!queuesTask_.isRunning && areQueuesDue) start(queuesTask_, lookAtQueues(shared_from_this()));
        forgetOld(now);
    }

    void stop() {
        isStopped_ = true;
        for (Task* task : {&usersTask_, &queuesTask_})
            if (task->isRunning) task->signal.emit(asio::cancellation_type::terminal);
    }

    std::string metrics() const {
        return toldQueues_ ? queueMetrics(board_.queues(), toEpochMs(clock_.now())) : "";
    }

private:
    struct Task {
        asio::cancellation_signal signal;
        bool isRunning = false;
    };

    void start(Task& task, asio::awaitable<void> work) {
        task.isRunning = true;
        asio::co_spawn(executor_, std::move(work),
                       asio::bind_cancellation_slot(task.signal.slot(), [self = shared_from_this(),
                                                                         &task](std::exception_ptr thrown) {
                           task.isRunning = false;
                           if (thrown && !self->isStopped_)
                               self->log_->error("looking at 3CX's users and queues: {}", reasonOf(thrown));
                       }));
    }

    /// What was told long ago is not shown as if it were so.
    void forgetOld(SteadyTime now) {
        if (!users_.isFresh(now) && std::exchange(toldUsers_, false)) handlers_.onUsers({});
        if (!calls_.isFresh(now) && !monitored_.isFresh(now) && std::exchange(toldQueues_, false))
            handlers_.onQueues(std::nullopt);
    }

    static asio::awaitable<void> lookAtUsers(std::shared_ptr<Impl> self) {
        std::vector<XapiUser> all;
        Outcome outcome;
        for (std::size_t page = 0; page < kMaxPages; ++page) {
            PbxQuestion question;
            question.path = usersPath(page * kPageSize);
            auto answer = co_await self->ask_(std::move(question));
            if (self->isStopped_) co_return;
            outcome = outcomeOf(answer, self->clock_.now());
            if (outcome.answer != Answer::Told) break;
            auto users = parseXapiUsers(answer->body);
            if (!users) {
                self->tellOnce(users.error().detail);
                outcome.answer = Answer::Failed;
                break;
            }
            for (XapiUser& user : users->items) all.push_back(std::move(user));
            if (users->rows < kPageSize) break;
        }
        if (outcome.answer == Answer::Told) self->noteExtensions(all);
        std::optional<std::vector<Dn>> monitored;
        if (outcome.answer == Answer::Told && self->options_.extensions.empty()) {
            auto seen = co_await askMonitored(self);
            if (self->isStopped_) co_return;
            // Refused: its calls are followed by lists, which show every extension's.
            if (seen.dns || seen.outcome.answer != Answer::Refused) outcome = seen.outcome;
            monitored = std::move(seen.dns);
        }
        self->noteUsers(outcome, std::move(all), monitored);
    }

    struct Monitored {
        Outcome outcome;
        std::optional<std::vector<Dn>> dns;
    };
    static asio::awaitable<Monitored> askMonitored(std::shared_ptr<Impl> self) {
        PbxQuestion question;
        question.path = "/callcontrol";
        auto answer = co_await self->ask_(std::move(question));
        Monitored seen{outcomeOf(answer, self->clock_.now()), std::nullopt};
        if (seen.outcome.answer != Answer::Told) co_return seen;
        auto dns = parseCallControl(answer->body);
        if (dns)
            seen.dns = std::move(*dns);
        else
            seen.outcome.answer = Answer::Failed;
        co_return seen;
    }

    /// What is none is a queue, for the board.
    void noteExtensions(const std::vector<XapiUser>& all) {
        extensions_.clear();
        for (const XapiUser& user : all) extensions_.insert(user.number);
    }

    void noteUsers(const Outcome& outcome, std::vector<XapiUser> all,
                   const std::optional<std::vector<Dn>>& monitored) {
        if (users_.note(outcome.answer, clock_.steady(), outcome.told))
            log_->warn(
                "3CX does not let this API client read its users: what technicians do is told from their "
                "calls and their agent programs alone. To change it, tick '3CX Configuration API access' at "
                "the API client, with a role that may read users");
        if (outcome.answer != Answer::Told) return;
        std::map<Extension, calls::PbxUser> users;
        std::map<Extension, std::string> emails;
        for (const XapiUser& user : followedUsers(std::move(all), monitored, options_.extensions)) {
            users.emplace(Extension{user.number}, pbxUserOf(user));
            if (!user.email.empty()) emails.emplace(Extension{user.number}, user.email);
        }
        toldUsers_ = true;
        if (handlers_.onEmails) handlers_.onEmails(std::move(emails));
        handlers_.onUsers(std::move(users));
    }

    static asio::awaitable<void> lookAtQueues(std::shared_ptr<Impl> self) {
        if (self->calls_.isDue(self->clock_.steady())) {
            PbxQuestion question;
            question.path = "/xapi/v1/ActiveCalls";
            auto answer = co_await self->ask_(std::move(question));
            if (self->isStopped_) co_return;
            self->noteCalls(outcomeOf(answer, self->clock_.now()), answer);
        }
        if (!self->calls_.isRefused()) co_return;
        auto seen = co_await askMonitored(self);
        if (self->isStopped_) co_return;
        (void)self->monitored_.note(seen.outcome.answer, self->clock_.steady(), seen.outcome.told);
        if (!seen.dns) co_return;
        self->board_.look(*seen.dns, toEpochMs(self->clock_.now()));
        self->tellQueues();
    }

    void noteCalls(Outcome outcome, const Result<net::HttpResponse>& answer) {
        Result<std::vector<ActiveCall>> calls{std::vector<ActiveCall>{}};
        if (outcome.answer == Answer::Told) calls = parseActiveCalls(answer->body);
        if (!calls) {
            tellOnce(calls.error().detail);
            outcome.answer = Answer::Failed;
        }
        if (calls_.note(outcome.answer, clock_.steady(), outcome.told))
            log_->warn(
                "3CX does not let this API client read its active calls: who waits in a queue is told only "
                "of "
                "queues that are among its extensions to monitor");
        if (outcome.answer != Answer::Told) return;
        board_.look(*calls, extensions_, toEpochMs(clock_.now()));
        tellQueues();
    }

    void tellQueues() {
        auto queues = board_.queues();
        if (queues.empty() && !toldQueues_) return;  // a PBX without queues, as far as is known
        toldQueues_ = true;
        handlers_.onQueues(std::move(queues));
    }

    /// Of answers that cannot be read: the same complaint once.
    void tellOnce(const std::string& complaint) {
        if (std::exchange(complaint_, complaint) != complaint) log_->warn("{}", complaint);
    }

    asio::any_io_executor executor_;
    SiteWatchOptions options_;
    AskPbx ask_;
    const Clock& clock_;
    SiteWatchHandlers handlers_;
    std::shared_ptr<spdlog::logger> log_;
    QuestionPace users_;
    QuestionPace calls_;
    QuestionPace monitored_;  // once the active calls are refused
    Task usersTask_;
    Task queuesTask_;
    std::set<std::string> extensions_;  // all of the PBX
    QueueBoard board_;
    std::string complaint_;
    bool toldUsers_ = false;
    bool toldQueues_ = false;
    bool isStopped_ = false;
};

SiteWatch::SiteWatch(asio::any_io_executor executor, SiteWatchOptions options, AskPbx ask, const Clock& clock,
                     SiteWatchHandlers handlers, std::shared_ptr<spdlog::logger> log)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(options), std::move(ask), clock,
                                   std::move(handlers), std::move(log))) {}
SiteWatch::~SiteWatch() {
    impl_->stop();
}
void SiteWatch::tick() {
    impl_->tick();
}
void SiteWatch::stop() {
    impl_->stop();
}
std::string SiteWatch::metrics() const {
    return impl_->metrics();
}

}  // namespace ninja3cx::telephony
