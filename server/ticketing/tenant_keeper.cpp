#include "server/ticketing/tenant_keeper.hpp"

#include "server/ticketing/on_executor.hpp"
#include "shared/core/files.hpp"
#include "shared/json/codec.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;
using std::chrono::milliseconds;

constexpr const char* kCopyName = "ninja-tenant.json";
constexpr std::size_t kMaxFileBytes = 16U << 20U;
constexpr std::chrono::minutes kAge{15};
constexpr milliseconds kFirstRetry{15'000};

/// What is missing for lack of permission is done without; what failed for now is worth waiting for.
bool canDoWithout(const Reply& reply) {
    return reply.kind == ReplyKind::Refused || reply.kind == ReplyKind::Forbidden ||
           reply.kind == ReplyKind::UserContext;
}

Reply okReply() {
    Reply ok;
    ok.kind = ReplyKind::Ok;
    return ok;
}

}  // namespace

class TenantKeeper::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(const std::filesystem::path& folder, TenantSettings configured, Ports of)
        : settings(std::move(configured)),
          file_(folder.empty() || !of.disk ? std::filesystem::path{} : folder / kCopyName),
          ports_(std::move(of)),
          sleep_(ports_.scheduler.makeSleep()) {
        load();
    }

    static awaitable<void> run(std::shared_ptr<Impl> self) {
        milliseconds retry = kFirstRetry;
        while (!self->isStopped_) {
            self->retryAfter_.reset();
            try {
                co_await self->refresh();
            } catch (const std::exception& failure) {
                self->complain(std::string{"reading the tenant's forms failed: "} + failure.what());
            }
            if (self->isStopped_) break;
            milliseconds pause = self->timeLeft();
            if (pause > milliseconds{0}) {
                retry = kFirstRetry;
            } else {
                pause = std::max(retry, self->retryAfter_.value_or(milliseconds{0}));
                retry = std::min<milliseconds>(retry * 2, kAge);
            }
            co_await self->sleep_->run(pause);
        }
    }

    awaitable<Reply> refresh() {
        // Those who come meanwhile take what this reading gives.
        const Turnstile::Seat seat = co_await turnstile_.enter();
        if (timeLeft() > milliseconds{0}) co_return okReply();
        auto forms = co_await ports_.ninja.forms();
        if (!forms && !settings.formId && !canDoWithout(forms.error())) co_return orWhatWeHave(forms.error());
        auto statuses = co_await ports_.ninja.statuses();
        if (!statuses && !canDoWithout(statuses.error())) co_return orWhatWeHave(statuses.error());
        auto attributes = co_await ports_.ninja.attributes();
        if (!attributes && !canDoWithout(attributes.error())) co_return orWhatWeHave(attributes.error());
        withoutForms_ = forms ? std::nullopt : std::optional{forms.error()};
        settings.facts.forms = forms ? std::move(*forms) : std::vector<TicketForm>{};
        settings.facts.statuses = statuses ? std::move(*statuses) : std::vector<TicketStatus>{};
        settings.facts.attributes = attributes ? std::move(*attributes) : std::vector<TicketAttribute>{};
        hasFacts_ = true;
        readAt_ = ports_.clock.steady();
        std::string text = json::encodeText(settings.facts);
        const bool isNew = std::exchange(known_, text) != text;
        if (isNew && ports_.onChange && !isStopped_) ports_.onChange();
        co_await store(std::move(text));
        co_return okReply();
    }

    Reply whyNoForm() const {
        if (withoutForms_) return *withoutForms_;
        Reply none;
        none.kind = ReplyKind::Refused;
        none.field = "ticketFormId";
        none.detail = "NinjaOne has no active default ticket form: set ninja.ticketFormId";
        return none;
    }

    void start() {
        if (std::exchange(isStarted_, true)) return;
        net::asio::co_spawn(
            ports_.network, run(shared_from_this()), [self = shared_from_this()](std::exception_ptr failure) {
                if (failure) self->complain("the tenant's forms are no longer read: restart the server");
            });
    }

    void onLogin() {
        if (timeLeft() == milliseconds{0}) sleep_->wake();
    }

    void stop() {
        isStopped_ = true;
        sleep_->wake();
    }

    TenantSettings settings;

private:
    /// Until what was read is too old; zero: it is.
    milliseconds timeLeft() const {
        if (!readAt_) return milliseconds{0};
        const auto left = kAge - (ports_.clock.steady() - *readAt_);
        return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(left));
    }

    void complain(const std::string& what) const {
        if (ports_.onProblem && !isStopped_) ports_.onProblem(what);
    }

    /// An older copy of the tenant's settings is better than none.
    Reply orWhatWeHave(const Reply& failure) {
        retryAfter_ = failure.retryAfter;
        return hasFacts_ ? okReply() : failure;
    }

    void load() {
        if (file_.empty()) return;
        const auto content = readPrivateFile(file_, kMaxFileBytes);
        if (!content) return complain("the stored forms are not used: " + content.error().detail);
        if (!*content) return;
        auto facts = json::decodeText<TenantFacts>(**content);
        if (!facts) return complain("the stored forms are not used: " + facts.error().detail);
        settings.facts = std::move(*facts);
        stored_ = **content;
        known_ = json::encodeText(settings.facts);
        hasFacts_ = true;
    }

    awaitable<void> store(std::string text) {
        if (file_.empty() || text == stored_) co_return;
        auto work = [file = file_, text] { return writePrivateFile(file, text); };
        const Result<void> written = co_await runOn(*ports_.disk, std::move(work));
        if (written)
            stored_ = std::move(text);
        else
            complain("the tenant's forms could not be stored: " + written.error().detail);
    }

    std::filesystem::path file_;
    Ports ports_;
    std::shared_ptr<Scheduler::Sleep> sleep_;
    Turnstile turnstile_{1};
    std::optional<SteadyTime> readAt_;
    std::optional<Reply> withoutForms_;  // why they are done without
    std::optional<milliseconds> retryAfter_;
    std::string stored_;
    std::string known_;      // the facts
    bool hasFacts_ = false;  // maybe of a previous run
    bool isStarted_ = false;
    bool isStopped_ = false;
};

TenantKeeper::TenantKeeper(const std::filesystem::path& folder, TenantSettings configured, Ports ports)
    : impl_(std::make_shared<Impl>(folder, std::move(configured), std::move(ports))) {}

TenantKeeper::~TenantKeeper() {
    stop();
}

void TenantKeeper::start() {
    impl_->start();
}

awaitable<Reply> TenantKeeper::refresh() {
    const std::shared_ptr<Impl> impl = impl_;
    co_return co_await impl->refresh();
}

const TenantSettings& TenantKeeper::settings() const {
    return impl_->settings;
}

Reply TenantKeeper::whyNoForm() const {
    return impl_->whyNoForm();
}

void TenantKeeper::onLogin() {
    impl_->onLogin();
}

void TenantKeeper::stop() {
    impl_->stop();
}

}  // namespace ninja3cx::ticketing
