#include "bench/tickets/seeding.hpp"

#include "server/storage/sqlite_store.hpp"

#include <boost/asio/io_context.hpp>

#include <utility>

namespace ninja3cx::bench {
namespace {

std::vector<calls::Change> changesOf(const TicketCase& one) {
    std::vector<calls::Change> changes{calls::SaveCall{one.call, ""}};
    for (const protocol::Utterance& said : one.utterances) changes.emplace_back(calls::SaveUtterance{said});
    changes.emplace_back(calls::SaveAnalysis{one.call.callId, one.analysis});
    changes.emplace_back(calls::SaveDraft{one.draft});
    return changes;
}

}  // namespace

Result<void> seedDataFolder(const TicketWorld& world, const std::filesystem::path& dataDir) {
    constexpr std::size_t kCallsInACommit = 100;
    if (auto prepared = storage::prepareDataDir(dataDir); !prepared) return prepared.error();
    boost::asio::io_context context{1};
    auto store = storage::SqliteStore::open(dataDir, context.get_executor());
    if (!store) return store.error();
    Result<void> stored;
    const auto note = [&stored](Result<void> done) {
        if (!done) stored = std::move(done);
    };
    std::vector<calls::Change> changes;
    for (std::size_t i = 0; i < world.cases.size(); ++i) {
        for (calls::Change& change : changesOf(world.cases[i])) changes.push_back(std::move(change));
        if ((i + 1) % kCallsInACommit == 0 || i + 1 == world.cases.size())
            (*store)->commit(std::exchange(changes, {}), note);
    }
    store->reset();  // finishes what was asked for
    context.run();
    return stored;
}

}  // namespace ninja3cx::bench
