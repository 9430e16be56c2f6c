#include "bench/tickets/seeding.hpp"

#include "bench/tickets/tests/people.hpp"
#include "server/storage/sqlite_store.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

TEST(SeedingADataFolder, LeavesWhatAServerTakesUp) {
    const ninja3cx::test::Scratch scratch;
    const auto world = makeTicketWorld(test::people(), 120, 4, 1, 1'767'225'600'000);
    const auto seeded = seedDataFolder(world, scratch.path() / "data");
    ASSERT_TRUE(seeded) << seeded.error().detail;

    boost::asio::io_context context{1};
    auto store = storage::SqliteStore::open(scratch.path() / "data", context.get_executor());
    ASSERT_TRUE(store) << store.error().detail;
    const auto open = (*store)->loadOpenWork({});
    ASSERT_TRUE(open) << open.error().detail;
    EXPECT_EQ(open->calls.size(), 120U);
    EXPECT_EQ(open->drafts.size(), 120U);
    EXPECT_TRUE(open->outbox.empty());
    for (const auto& one : open->calls) {
        EXPECT_TRUE(one.analysis);
        EXPECT_GE(one.utterances.size(), 4U);
    }
}

}  // namespace
}  // namespace ninja3cx::bench
