#include "server/storage/sqlite_store.hpp"

#include "server/storage/records.hpp"

#include <boost/asio/post.hpp>

#include <future>
#include <utility>

namespace ninja3cx::storage {
namespace {

/// What a server that was killed has left in the log comes into the file: a new site's keys and calls would
/// else lie in the log alone for long. What a full disk does not take stays there, as at closing: the server
/// comes up all the same, and the first commit that fails tells of it.
Result<Database> openToServe(const DataDirLock& lock, const std::filesystem::path& dataDir) {
    auto database = openDatabase(lock, dataDir);
    if (database) (void)database->checkpoint();
    return database;
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& dataDir,
                                                       boost::asio::any_io_executor executor) {
    auto lock = DataDirLock::take(dataDir);
    if (!lock) return lock.error();
    auto database = openToServe(*lock, dataDir);
    if (!database) return database.error();
    return std::make_unique<SqliteStore>(
        Parts{dataDir, std::move(*lock), std::move(*database), std::move(executor)});
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const DataDirLock& lock,
                                                       const std::filesystem::path& dataDir,
                                                       boost::asio::any_io_executor executor) {
    auto database = openToServe(lock, dataDir);
    if (!database) return database.error();
    return std::make_unique<SqliteStore>(
        Parts{dataDir, std::nullopt, std::move(*database), std::move(executor)});
}

SqliteStore::SqliteStore(Parts parts) : parts_(std::move(parts)), thread_([this] { work(); }) {}

SqliteStore::~SqliteStore() {
    {
        std::scoped_lock lock{mutex_};
        isStopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
    (void)parts_.database.checkpoint();  // what it cannot bring over stays in the log, as after a crash
}

void SqliteStore::enqueue(Job job) {
    {
        std::scoped_lock lock{mutex_};
        jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
}

std::size_t SqliteStore::queued() const {
    std::scoped_lock lock{mutex_};
    return jobs_.size();
}

void SqliteStore::work() {
    for (;;) {
        Job job;
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [&] { return isStopping_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        if (auto answer = job(parts_.database)) boost::asio::post(parts_.executor, std::move(answer));
    }
}

Result<calls::OpenWork> SqliteStore::loadOpenWork(OpenWorkScope scope) {
    auto answer = std::make_shared<std::promise<Result<calls::OpenWork>>>();
    auto loaded = answer->get_future();
    enqueue([answer, scope = std::move(scope)](Database& database) -> std::function<void()> {
        auto settled = takeDeliveries(database);
        answer->set_value(settled ? readOpenWork(database, scope) : settled.error());
        return {};
    });
    return loaded.get();
}

void SqliteStore::commit(std::vector<calls::Change> changes, Done done) {
    const bool writes = !changes.empty();  // else it says nothing of the disk
    ask<void>(
        [changes = std::move(changes)](Database& database) {
            return database.atomically([&]() -> Result<void> {
                for (const calls::Change& change : changes)
                    if (auto applied = apply(database, change); !applied) return applied;
                return {};
            });
        },
        [health = health_, writes, done = std::move(done)](Result<void> outcome) {
            if (writes) health->note(outcome);
            done(std::move(outcome));
        });
}

void SqliteStore::probe() {
    if (!health_->problem || std::exchange(health_->wasTried, false)) return;
    ask<void>(
        [](Database& database) {
            // Written though it is the same; nothing reads it.
            return database.atomically([&] { return database.script("PRAGMA user_version = 0"); });
        },
        [health = health_](const Result<void>& outcome) {
            health->note(outcome);
            health->wasTried = false;
        });
}

void SqliteStore::Health::note(const Result<void>& outcome) {
    wasTried = true;
    const bool wasFailing = problem.has_value();
    problem = outcome ? std::nullopt : std::optional{outcome.error()};
    if (problem.has_value() != wasFailing && onProblem) onProblem(problem);
}

void SqliteStore::history(HistoryFilter filter, Handler<HistoryPage> handler) {
    ask<HistoryPage>(
        [filter = std::move(filter)](Database& database) { return readHistory(database, filter); },
        std::move(handler));
}

void SqliteStore::callDetail(CallId callId, Handler<CallDetail> handler) {
    ask<CallDetail>(
        [callId = std::move(callId)](Database& database) { return readCallDetail(database, callId); },
        std::move(handler));
}

void SqliteStore::audit(AuditFilter filter, Handler<AuditPage> handler) {
    ask<AuditPage>([filter](Database& database) { return readAudit(database, filter); }, std::move(handler));
}

void SqliteStore::hearing(CallId callId, Handler<std::optional<calls::HearingFacts>> handler) {
    ask<std::optional<calls::HearingFacts>>(
        [callId = std::move(callId)](Database& database) { return readHearing(database, callId); },
        std::move(handler));
}

void SqliteStore::sweep(RetentionRules rules, std::int64_t nowMs, Handler<ErasureReport> handler) {
    ask<ErasureReport>(
        [rules, nowMs, dataDir = parts_.dataDir](Database& database) {
            return storage::sweep(database, dataDir, rules, {"server", nowMs}, ClockTrust::Checked);
        },
        std::move(handler));
}

}  // namespace ninja3cx::storage
