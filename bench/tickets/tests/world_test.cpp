#include "bench/tickets/world.hpp"

#include "bench/tickets/tests/people.hpp"
#include "server/calls/draft_maker.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace ninja3cx::bench {
namespace {

TEST(TicketWorld, IsTheSameForTheSameSeedAndAnotherForAnother) {
    const auto draftsOf = [](std::uint64_t seed) {
        std::vector<protocol::Draft> drafts;
        for (const TicketCase& one : makeTicketWorld(test::people(), 50, 4, seed, 1'767'225'600'000).cases)
            drafts.push_back(one.draft);
        return drafts;
    };
    EXPECT_EQ(draftsOf(1), draftsOf(1));
    EXPECT_NE(draftsOf(1), draftsOf(2));
}

TEST(TicketWorld, LeavesDraftsThatOnlyWaitForATechnician) {
    std::size_t namedByHand = 0;
    for (const TicketCase& one : makeTicketWorld(test::people(), 200, 20, 1, 1'767'225'600'000).cases) {
        EXPECT_EQ(one.draft.state, protocol::DraftState::Inbox);
        EXPECT_EQ(one.draft.callId, one.call.callId);
        EXPECT_EQ(one.draft.extension, one.call.extension);
        EXPECT_EQ(one.marker, calls::markerFor(one.call.callId));
        EXPECT_FALSE(one.draft.fields.isPublic);
        EXPECT_EQ(one.draft.problems.empty(), !one.isNamedByHand);
        if (one.isNamedByHand)
            ++namedByHand;
        else
            EXPECT_EQ(one.draft.fields.requesterUid, one.requester.uid);
    }
    EXPECT_GT(namedByHand, 0U);
    EXPECT_LT(namedByHand, 100U);
}

TEST(TicketWorld, HasTicketsThatLookAlikeAndWordsThatDoNot) {
    std::map<std::pair<std::string, std::int64_t>, int> alike;
    std::set<std::string> spoken;
    std::set<std::string> markers;
    std::set<std::string> extensions;
    std::size_t longest = 0;
    const auto world = makeTicketWorld(test::people(), 200, 20, 1, 1'767'225'600'000);
    for (const TicketCase& one : world.cases) {
        ++alike[{one.draft.fields.subject, one.requester.organizationId}];
        spoken.insert(one.spoken);
        markers.insert(one.marker);
        extensions.insert(one.call.extension.value());
        const std::string note = calls::makeTranscriptNote(one.call, one.utterances);
        EXPECT_NE(note.find(one.spoken), std::string::npos);
        longest = std::max(longest, note.size());
    }
    EXPECT_LT(alike.size(), world.cases.size());
    EXPECT_EQ(spoken.size(), world.cases.size());
    EXPECT_EQ(markers.size(), world.cases.size());
    EXPECT_EQ(extensions.size(), 20U);
    EXPECT_GT(longest, 30'000U) << "one that does not fit into a comment";
    for (const std::string& one : spoken)
        for (const std::string& other : spoken)
            EXPECT_TRUE(one == other || other.find(one) == std::string::npos) << one;
}

}  // namespace
}  // namespace ninja3cx::bench
