#include "server/ticketing/ticket_watch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::ticketing {
namespace {

constexpr std::int64_t kNowMs = 1'767'225'600'000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr double kNow = 1'767'225'600.0;

const TicketStatus kOpen{2000, 2000, "OPEN", "Ouvert"};
const TicketStatus kPlanned{2001, 2000, "PLANNED", "Planifié"};
const TicketStatus kResolved{5000, 5000, "RESOLVED", ""};

SeenTicket row(std::int64_t id, double lastUpdated, const TicketStatus& status = kOpen) {
    SeenTicket seen;
    seen.id = id;
    seen.lastUpdated = lastUpdated;
    seen.status = status;
    seen.subject = "Imprimante";
    return seen;
}
SeenTicket whole(std::int64_t id, const std::string& requesterUid, const TicketStatus& status = kOpen) {
    SeenTicket seen = row(id, 0, status);
    seen.lastUpdated.reset();
    seen.clientId = 12;
    seen.requesterUid = requesterUid;
    return seen;
}

/// One look that shows these rows and nothing else.
void look(TicketWatch& watch, std::int64_t nowMs, const std::vector<SeenTicket>& rows) {
    watch.beginLook(nowMs);
    watch.take(rows);
    watch.endLook(true);
}

std::vector<std::int64_t> readable(const TicketWatch& watch, std::int64_t nowMs = kNowMs,
                                   std::size_t limit = 20) {
    return watch.toRead(limit, nowMs);
}

using Ids = std::vector<std::int64_t>;

TEST(TicketWatch, TellsEachChangeOfAFollowedTicketOnceAndOfNoOther) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    look(watch, kNowMs, {row(7, kNow - 1), row(8, kNow - 2)});
    const protocol::TicketProgress open{2000, 2000, "Ouvert", false, kNowMs - 1'000, kNowMs};
    EXPECT_EQ(watch.takeNews(), (std::vector<TicketWatch::News>{{TicketId{7}, open}}));
    EXPECT_TRUE(watch.takeNews().empty());
    look(watch, kNowMs + kMinuteMs, {row(7, kNow + 30)});  // a comment, say
    EXPECT_TRUE(watch.takeNews().empty());
    look(watch, kNowMs + 2 * kMinuteMs, {row(7, kNow + 90, kPlanned)});
    const protocol::TicketProgress planned{
        2001, 2000, "Planifié", false, kNowMs + 90'000, kNowMs + 2 * kMinuteMs};
    EXPECT_EQ(watch.takeNews(), (std::vector<TicketWatch::News>{{TicketId{7}, planned}}));
    look(watch, kNowMs + 3 * kMinuteMs, {row(7, kNow + 150, kResolved)});
    EXPECT_EQ(watch.takeNews().at(0).progress.status, "RESOLVED")
        << "where the tenant has no word of its own";
}

TEST(TicketWatch, WhatWasToldBeforeARestartIsNotToldAgain) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, protocol::TicketProgress{2000, 2000, "Ouvert", false, 5, 6});
    look(watch, kNowMs, {row(7, kNow - 1)});
    EXPECT_TRUE(watch.takeNews().empty());
}

TEST(TicketWatch, ALookGoesBackToWhereTheOneBeforeItEnded) {
    TicketWatch watch;
    watch.beginLook(kNowMs);
    EXPECT_TRUE(watch.take({row(7, kNow - 10)}));
    EXPECT_TRUE(watch.take({row(8, kNow - 27 * 24 * 3600)})) << "the first look goes back for weeks";
    EXPECT_FALSE(watch.take({row(9, kNow - 31 * 24 * 3600)}));
    watch.endLook(true);
    watch.beginLook(kNowMs + kMinuteMs);
    EXPECT_TRUE(watch.take({row(7, kNow + 50), row(8, kNow - 200)}));
    EXPECT_FALSE(watch.take({row(9, kNow - 311)})) << "5 minutes behind what is known";
}

TEST(TicketWatch, ALookThatFailedHasShownNothing) {
    TicketWatch watch;
    look(watch, kNowMs, {row(7, kNow - 10)});
    watch.beginLook(kNowMs + 60 * kMinuteMs);
    watch.take({row(7, kNow + 3'000)});  // and then NinjaOne fails
    watch.beginLook(kNowMs + 61 * kMinuteMs);
    EXPECT_TRUE(watch.take({row(7, kNow + 3'000), row(8, kNow)}));
}

TEST(TicketWatch, ARowOfADayToComeHidesNoChangeUntilThen) {
    TicketWatch watch;
    look(watch, kNowMs, {row(7, kNow + 24 * 3600)});
    watch.beginLook(kNowMs + kMinuteMs);
    EXPECT_TRUE(watch.take({row(7, kNow + 24 * 3600), row(8, kNow + 30)}));
}

TEST(TicketWatch, AListThatIsNotSortedIsReadToItsEnd) {
    TicketWatch watch;
    look(watch, kNowMs, {row(7, kNow - 10)});
    watch.beginLook(kNowMs + kMinuteMs);
    EXPECT_TRUE(watch.take({row(7, kNow - 5'000), row(8, kNow + 30)}));
    SeenTicket timeless = row(9, 0);
    timeless.lastUpdated.reset();
    watch.beginLook(kNowMs + 2 * kMinuteMs);
    EXPECT_TRUE(watch.take({timeless, row(7, kNow - 5'000)}));
}

TEST(TicketWatch, AfterALookThatCouldNotSeeEverythingOurTicketsAreReadByThemselves) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    watch.follow(TicketId{8}, kNowMs, std::nullopt);
    look(watch, kNowMs, {row(7, kNow - 5, kResolved), row(8, kNow - 6, kResolved)});
    EXPECT_TRUE(readable(watch).empty());
    watch.beginLook(kNowMs + kMinuteMs);
    watch.take({row(7, kNow + 5, kResolved)});
    watch.endLook(false);
    EXPECT_EQ(readable(watch), Ids{8});
}

TEST(TicketWatch, ATicketThatNoBoardShowsIsReadByItselfNowAndThen) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    look(watch, kNowMs, {});
    EXPECT_EQ(readable(watch), Ids{7});
    watch.read(whole(7, "uid", kResolved), kNowMs);
    EXPECT_EQ(watch.takeNews().at(0).progress.parentId, 5000);
    EXPECT_TRUE(readable(watch, kNowMs + 5 * 60 * kMinuteMs).empty());
    EXPECT_EQ(readable(watch, kNowMs + 6 * 60 * kMinuteMs), Ids{7});
    watch.noTicket(7, kNowMs + 6 * 60 * kMinuteMs);
    const auto news = watch.takeNews();
    ASSERT_EQ(news.size(), 1U);
    EXPECT_TRUE(news[0].progress.isDeleted);
    EXPECT_EQ(news[0].progress.status, "RESOLVED") << "the last that is known";
}

TEST(TicketWatch, TheBoardOfDeletedTicketsMakesTheTicketsThemselvesBeAsked) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    watch.follow(TicketId{8}, kNowMs, std::nullopt);
    look(watch, kNowMs, {row(7, kNow - 5), row(8, kNow - 6)});
    watch.takeNews();
    for (const std::int64_t id : readable(watch)) watch.read(whole(id, "uid"), kNowMs);
    watch.takeDeleted({row(7, kNow - 5), row(9, kNow - 7)});
    EXPECT_TRUE(watch.takeNews().empty());
    ASSERT_EQ(readable(watch), Ids{7});
    SeenTicket gone = whole(7, "uid");
    gone.isDeleted = true;
    watch.read(gone, kNowMs);
    EXPECT_TRUE(watch.takeNews().at(0).progress.isDeleted);
    EXPECT_TRUE(watch.isClosed(TicketId{7}));
    // Where the board of all tickets shows deleted ones as well, nothing goes to and fro.
    look(watch, kNowMs + kMinuteMs, {row(7, kNow - 5)});
    watch.takeDeleted({row(7, kNow - 5)});
    EXPECT_TRUE(watch.takeNews().empty());
    EXPECT_TRUE(watch.isClosed(TicketId{7}));
    EXPECT_EQ(watch.openTicketsOf("uid").size(), 1U);  // 8
    // Taken back.
    look(watch, kNowMs + 2 * kMinuteMs, {row(7, kNow + 100)});
    EXPECT_EQ(readable(watch), Ids{7});
    watch.read(whole(7, "uid"), kNowMs + 2 * kMinuteMs);
    EXPECT_FALSE(watch.takeNews().at(0).progress.isDeleted);
    EXPECT_FALSE(watch.isClosed(TicketId{7}));
}

TEST(TicketWatch, ABoardThatOnlySoundsLikeDeletedTicketsCostsOneReadingForEachTicket) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    look(watch, kNowMs, {row(7, kNow - 5, kResolved)});
    watch.takeDeleted({row(7, kNow - 5, kResolved)});
    ASSERT_EQ(readable(watch), Ids{7});
    watch.read(whole(7, "uid", kResolved), kNowMs);
    watch.takeDeleted({row(7, kNow - 5, kResolved)});
    EXPECT_TRUE(readable(watch).empty());
}

TEST(TicketWatch, ARowWithoutAStatusIsReadByItself) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    SeenTicket bare = row(7, kNow - 5);
    bare.status.reset();
    look(watch, kNowMs, {bare});
    EXPECT_TRUE(watch.takeNews().empty());
    ASSERT_EQ(readable(watch), Ids{7});
    watch.read(whole(7, "uid", kResolved), kNowMs);
    const auto news = watch.takeNews();
    EXPECT_EQ(news.at(0).progress.statusId, 5000);
    EXPECT_EQ(news.at(0).progress.changedAtMs, kNowMs - 5'000);
    look(watch, kNowMs + kMinuteMs, {bare});
    EXPECT_TRUE(readable(watch).empty());
}

TEST(TicketWatch, KnowsTheOpenTicketsOfARequesterAndReadsEachOnceUntilItChanges) {
    TicketWatch watch;
    SeenTicket old = row(5, kNow - 29.0 * 24 * 3600);
    look(watch, kNowMs, {row(7, kNow - 5), row(8, kNow - 4), row(6, kNow - 3, kResolved), old});
    EXPECT_EQ(readable(watch), (Ids{8, 7}))
        << "the last changed first; resolved and old ones are of no interest";
    EXPECT_EQ(readable(watch, kNowMs, 1), Ids{8});
    SeenTicket tagged = whole(7, "uid-1");
    tagged.tags = {"vpn"};
    watch.read(tagged, kNowMs);
    watch.read(whole(8, "uid-2"), kNowMs);
    EXPECT_TRUE(readable(watch).empty());
    const auto tickets = watch.openTicketsOf("uid-1");
    ASSERT_EQ(tickets.size(), 1U);
    EXPECT_EQ(tickets[0].ticketId, TicketId{7});
    EXPECT_EQ(tickets[0].organizationId, 12);
    EXPECT_EQ(tickets[0].subject, "Imprimante");
    EXPECT_EQ(tickets[0].status, "Ouvert");
    EXPECT_EQ(tickets[0].changedAtMs, kNowMs - 5'000);
    EXPECT_EQ(tickets[0].tags, std::vector<std::string>{"vpn"});
    EXPECT_TRUE(watch.openTicketsOf("").empty());

    look(watch, kNowMs + kMinuteMs, {row(7, kNow + 5, kPlanned), row(8, kNow - 4)});
    EXPECT_EQ(readable(watch), Ids{7});
    EXPECT_EQ(watch.openTicketsOf("uid-1").at(0).status, "Planifié") << "it is known meanwhile";
    watch.read(whole(7, "uid-2", kPlanned), kNowMs + kMinuteMs);
    EXPECT_TRUE(watch.openTicketsOf("uid-1").empty());
    ASSERT_EQ(watch.openTicketsOf("uid-2").size(), 2U);
    EXPECT_EQ(watch.openTicketsOf("uid-2")[0].ticketId, TicketId{7}) << "the last changed first";
    look(watch, kNowMs + 2 * kMinuteMs, {row(7, kNow + 65, kResolved)});
    EXPECT_EQ(watch.openTicketsOf("uid-2").size(), 1U);
    look(watch, kNowMs + 29L * 24 * 60 * kMinuteMs, {});
    EXPECT_TRUE(watch.openTicketsOf("uid-2").empty());
}

TEST(TicketWatch, KnowsOfATicketThatItIsClosedUntilItIsSeenOpen) {
    TicketWatch watch;
    const auto later = [&](int minutes) { return kNow + 60.0 * minutes; };
    look(watch, kNowMs, {row(7, kNow - 5), row(8, kNow - 6, kResolved)});
    EXPECT_TRUE(watch.isClosed(TicketId{8}));
    EXPECT_FALSE(watch.isClosed(TicketId{7}));
    EXPECT_FALSE(watch.isClosed(TicketId{9})) << "nobody has seen it";
    EXPECT_TRUE(watch.takeOpenNews());
    look(watch, kNowMs + kMinuteMs, {row(7, kNow - 5), row(8, kNow - 6, kResolved)});
    EXPECT_FALSE(watch.takeOpenNews()) << "nothing has changed";
    look(watch, kNowMs + 2 * kMinuteMs, {row(8, later(2)), row(7, later(1), kResolved)});
    EXPECT_TRUE(watch.isClosed(TicketId{7}));
    EXPECT_FALSE(watch.isClosed(TicketId{8}));
    EXPECT_TRUE(watch.takeOpenNews());
    watch.read(whole(8, "uid"), kNowMs + 2 * kMinuteMs);
    EXPECT_TRUE(watch.takeOpenNews()) << "whose it is";
    watch.noTicket(8, kNowMs + 3 * kMinuteMs);
    EXPECT_TRUE(watch.isClosed(TicketId{8}));
    EXPECT_TRUE(watch.takeOpenNews());
    watch.takeDeleted({row(10, later(3))});
    EXPECT_TRUE(watch.isClosed(TicketId{10}));
    look(watch, kNowMs + 29L * 24 * 60 * kMinuteMs, {});
    EXPECT_FALSE(watch.isClosed(TicketId{8})) << "long ago";
}

TEST(TicketWatch, ManyOpenTicketsLeaveRoomForOurs) {
    TicketWatch watch;
    std::vector<SeenTicket> rows;
    for (int i = 0; i < 50; ++i) rows.push_back(row(100 + i, kNow - i));
    for (int i = 0; i < 9; ++i) watch.follow(TicketId{i + 1}, kNowMs, std::nullopt);
    look(watch, kNowMs, rows);
    const Ids first = readable(watch);
    ASSERT_EQ(first.size(), 20U);
    EXPECT_EQ(std::ranges::count_if(first, [](std::int64_t id) { return id < 100; }), 5);
}

TEST(TicketWatch, ATicketThatCannotBeReadHoldsUpNoOther) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    look(watch, kNowMs, {row(8, kNow - 4)});
    EXPECT_EQ(readable(watch), (Ids{7, 8}));
    watch.unreadable(7, kNowMs);
    watch.unreadable(8, kNowMs);
    EXPECT_TRUE(readable(watch).empty());
    EXPECT_TRUE(watch.takeNews().empty());
    EXPECT_TRUE(watch.openTicketsOf("").empty());
}

TEST(TicketWatch, FollowsNoTicketForEver) {
    TicketWatch watch;
    watch.follow(TicketId{7}, kNowMs, std::nullopt);
    look(watch, kNowMs + 31L * 24 * 60 * kMinuteMs, {row(7, kNow + 31 * 24 * 3600.0)});
    EXPECT_TRUE(watch.takeNews().empty());
}

}  // namespace
}  // namespace ninja3cx::ticketing
