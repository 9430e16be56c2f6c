#pragma once

#include "server/calls/ports.hpp"
#include "server/storage/api_keys.hpp"
#include "server/storage/data_dir.hpp"
#include "server/storage/erasure.hpp"
#include "server/storage/history.hpp"
#include "server/storage/records.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace ninja3cx::storage {

template <class T>
using Handler = std::function<void(Result<T>)>;

/// The server's database, worked on by one thread.
///
/// Threads:  everything may be called from any thread and returns at once, but `loadOpenWork`. Handlers come
///           back through the executor.
/// Order:    one after another, as they were asked for: a query sees every commit that was asked for before
///           it.
/// Overload: the queue has no limit, for a commit is never refused. `queued` tells its length.
/// Stop:     the destructor first finishes all that was asked for; results are still posted to the executor. Then
///           it brings the write-ahead log into the file; that may take 5 s while another process reads.
class SqliteStore final : public calls::Store {
public:
    /// Locks the data directory; Conflict when another process has it.
    static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& dataDir,
                                                     boost::asio::any_io_executor executor);
    /// The same for a process that holds the lock already and keeps it for as long as the store is there.
    static Result<std::unique_ptr<SqliteStore>> open(const DataDirLock& lock,
                                                     const std::filesystem::path& dataDir,
                                                     boost::asio::any_io_executor executor);
    /// What `open` has made sure of.
    struct Parts {
        std::filesystem::path dataDir;
        std::optional<DataDirLock> lock;  // none: the opener's own
        Database database;
        boost::asio::any_io_executor executor;
    };
    explicit SqliteStore(Parts parts);
    ~SqliteStore() override;
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    /// At start; waits for the answer.
    Result<calls::OpenWork> loadOpenWork(OpenWorkScope scope);

    void commit(std::vector<calls::Change> changes, Done done) override;

    void history(HistoryFilter filter, Handler<HistoryPage> handler);
    void callDetail(CallId callId, Handler<CallDetail> handler);
    void audit(AuditFilter filter, Handler<AuditPage> handler);
    /// Nothing: there is no such call.
    void hearing(CallId callId, Handler<std::optional<calls::HearingFacts>> handler);
    /// Commits wait meanwhile.
    void sweep(RetentionRules rules, std::int64_t nowMs, Handler<ErasureReport> handler);

    template <class T>
    void withKeys(std::function<Result<T>(ApiKeys&)> work, Handler<T> handler) {
        ask<T>(
            [work = std::move(work)](Database& database) {
                ApiKeys keys{database};
                return work(keys);
            },
            std::move(handler));
    }

    std::size_t queued() const;

    /// Told when commits begin to fail (why), and when one succeeds again (nothing): whoever repeats a commit
    /// need not report it. One without changes tells nothing. Set it before the first commit; called through the executor, before the commit's
    /// own handler.
    using OnProblem = std::function<void(const std::optional<Error>& problem)>;
    void onProblem(OnProblem onProblem) { health_->onProblem = std::move(onProblem); }
    /// Why the latest commit with changes failed; nothing when it succeeded. On the executor's thread.
    const std::optional<Error>& problem() const { return health_->problem; }
    /// Where there is a problem and nothing was committed since the last probe: whether the disk takes a page by now. Else
    /// nobody would know that it is over until somebody has something to write.
    void probe();

private:
    /// How the commits fare; on the executor's thread. Outlives the store: its last results are still on
    /// their way then.
    struct Health {
        OnProblem onProblem;
        std::optional<Error> problem;
        bool wasTried = false;  // since the last probe
        void note(const Result<void>& outcome);
    };

    /// Runs on the storage thread and answers what is then posted to the executor.
    using Job = std::function<std::function<void()>(Database&)>;

    void enqueue(Job job);
    void work();

    template <class T>
    void ask(std::function<Result<T>(Database&)> work, Handler<T> handler) {
        enqueue([work = std::move(work),
                 handler = std::move(handler)](Database& database) -> std::function<void()> {
            return [handler, result = work(database)] { handler(result); };
        });
    }

    Parts parts_;  // the database: storage thread only; the rest never changes
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    bool isStopping_ = false;
    const std::shared_ptr<Health> health_ = std::make_shared<Health>();
    std::thread thread_;
};

}  // namespace ninja3cx::storage
