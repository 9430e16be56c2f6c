#include "server/storage/audit.hpp"

#include "server/tests/storage/samples.hpp"

namespace ninja3cx::storage {
namespace {

class AuditTrail : public test::StoreFixture {
protected:
    Result<AuditPage> page(AuditFilter filter) {
        return answerOf<AuditPage>([&](auto done) { store_->audit(filter, done); });
    }
};

TEST_F(AuditTrail, IsReadInPagesFromTheNewestOn) {
    for (std::int64_t i = 1; i <= 5; ++i)
        ASSERT_TRUE(
            commit({calls::AuditEntry{i * 1'000, "server", "call.read", "call-" + std::to_string(i)}}));
    const auto about = [](const AuditPage& page) {
        std::string all;
        for (const AuditLine& line : page.lines) all += line.about + " ";
        return all;
    };
    const auto first = page({std::nullopt, std::nullopt, 2}).value();
    EXPECT_EQ(about(first), "call-5 call-4 ");
    ASSERT_TRUE(first.next);
    const auto second = page({first.next, std::nullopt, 2}).value();
    EXPECT_EQ(about(second), "call-3 call-2 ");
    const auto last = page({second.next, std::nullopt, 2}).value();
    EXPECT_EQ(about(last), "call-1 ");
    EXPECT_FALSE(last.next);
    EXPECT_EQ(about(page({std::nullopt, 4'000, 100}).value()), "call-5 call-4 ");
}

}  // namespace
}  // namespace ninja3cx::storage
