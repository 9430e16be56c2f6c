#include "server/directory/directory_sync.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace ninja3cx::directory {
namespace {

using namespace std::chrono_literals;
using ticketing::ReplyKind;
using Verdict = DirectorySync::Verdict;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kStart = 1'000'000 * kMinute;

ticketing::Reply reply(ReplyKind kind, int status) {
    ticketing::Reply made;
    made.kind = kind;
    made.status = status;
    return made;
}
const ticketing::Reply kServerError = reply(ReplyKind::Unclear, 500);
const ticketing::Reply kForbidden = reply(ReplyKind::Forbidden, 403);

/// The lists that a pass asks for when every one of them comes with three rows.
std::vector<List> pass(DirectorySync& sync, std::int64_t nowMs) {
    std::vector<List> asked;
    sync.beginPass(nowMs);
    while (const auto list = sync.next()) {
        asked.push_back(*list);
        EXPECT_EQ(sync.onRows(*list, 3, nowMs), Verdict::Take);
    }
    return asked;
}

const std::vector<List> kAll{std::begin(kLists), std::end(kLists)};

TEST(DirectorySync, WantsAListAgainSoonThatCouldNotBeKept) {
    DirectorySync sync{{}};
    pass(sync, kStart);
    const Stamp before = sync.stampOf(List::Contacts);
    sync.beginPass(kStart + 10 * kMinute);
    EXPECT_EQ(sync.onRows(List::Contacts, 5, kStart + 10 * kMinute), Verdict::Take);
    sync.putBack(List::Contacts, before, 3);
    sync.breakOff();
    EXPECT_EQ(sync.stampOf(List::Contacts).readAtMs, kStart);
    EXPECT_EQ(sync.peopleReadAtMs(), kStart);
    EXPECT_EQ(sync.pause({}), 15s);
}

TEST(DirectorySync, TriesAgainSoonWhatBrokeOffAtTheEnd) {
    DirectorySync sync{{}};
    pass(sync, kStart);
    sync.breakOff();
    EXPECT_EQ(sync.pause({}), 15s) << "all came, but could not be put to use";
}

TEST(DirectorySync, ReadsEachListOnceInAPass) {
    DirectorySync sync{{}};
    EXPECT_EQ(sync.peopleReadAtMs(), 0);
    EXPECT_EQ(pass(sync, kStart), kAll);
    EXPECT_EQ(sync.pause({}), 10min);
    EXPECT_EQ(pass(sync, kStart + 10 * kMinute), kAll);
    EXPECT_EQ(sync.peopleReadAtMs(), kStart + 10 * kMinute);
}

TEST(DirectorySync, AsksAgainOnlyForWhatIsMissing) {
    DirectorySync sync{{}};
    sync.beginPass(kStart);
    while (const auto list = sync.next()) {
        if (*list == List::EndUsers)
            EXPECT_EQ(sync.onFailure(*list, kServerError, kStart), Verdict::Leave);
        else
            sync.onRows(*list, 3, kStart);
    }
    EXPECT_EQ(sync.peopleReadAtMs(), 0) << "one list of people was never read";
    EXPECT_EQ(sync.pause({}), 15s);
    EXPECT_EQ(pass(sync, kStart + kMinute), std::vector<List>{List::EndUsers});
    EXPECT_EQ(sync.peopleReadAtMs(), kStart) << "as old as the older of the lists";
    EXPECT_EQ(sync.pause({}), 10min);
}

TEST(DirectorySync, WaitsLongerEachTimeAndAsLongAsNinjaOneWants) {
    DirectorySync sync{{}};
    const auto fail = [&] {
        sync.beginPass(kStart);
        sync.onFailure(*sync.next(), reply(ReplyKind::Throttled, 429), kStart);
        EXPECT_FALSE(sync.next()) << "the others would be refused as well";
    };
    fail();
    EXPECT_EQ(sync.pause({}), 15s);
    fail();
    EXPECT_EQ(sync.pause({}), 30s);
    fail();
    EXPECT_EQ(sync.pause(20min), 20min);
    pass(sync, kStart);
    EXPECT_EQ(sync.pause({}), 10min);
    fail();
    EXPECT_EQ(sync.pause({}), 15s);
}

TEST(DirectorySync, GivesUpAPassAfterTwoFailuresInARow) {
    DirectorySync sync{{}};
    sync.beginPass(kStart);
    EXPECT_EQ(sync.onFailure(List::Organizations, kServerError, kStart), Verdict::Leave);
    EXPECT_EQ(sync.onFailure(List::EndUsers, kServerError, kStart), Verdict::LeaveForNow);
    EXPECT_FALSE(sync.next());
    EXPECT_EQ(pass(sync, kStart + 1), kAll);
}

TEST(DirectorySync, BelievesAnEmptyListWhenItComesSoTwice) {
    DirectorySync sync{{}};
    pass(sync, kStart);
    sync.beginPass(kStart + 10 * kMinute);
    EXPECT_EQ(sync.onRows(List::Contacts, 0, kStart + 10 * kMinute), Verdict::Doubtful);
    EXPECT_EQ(sync.stampOf(List::Contacts).readAtMs, kStart) << "nor is the list any younger";
    sync.beginPass(kStart + 11 * kMinute);
    EXPECT_EQ(sync.onRows(List::Contacts, 0, kStart + 11 * kMinute), Verdict::Take);
    sync.beginPass(kStart + 30 * kMinute);
    EXPECT_EQ(sync.onRows(List::Contacts, 0, kStart + 30 * kMinute), Verdict::Take) << "it is empty by now";
    EXPECT_EQ(sync.onRows(List::Alerts, 0, kStart + 30 * kMinute), Verdict::Take) << "all may be well";
}

TEST(DirectorySync, DoesWithoutAListThatIsNotOffered) {
    DirectorySync sync{{}};
    sync.beginPass(kStart);
    EXPECT_EQ(sync.onFailure(List::Organizations, kForbidden, kStart), Verdict::Leave) << "never without";
    sync.beginPass(kStart);
    sync.onRows(List::Organizations, 3, kStart);
    EXPECT_EQ(sync.onFailure(List::EndUsers, kForbidden, kStart), Verdict::TakeNone);
    EXPECT_EQ(sync.onRows(List::Contacts, 3, kStart), Verdict::Take);
    EXPECT_EQ(sync.onFailure(List::Technicians, kForbidden, kStart), Verdict::TakeNone);
    EXPECT_EQ(sync.pause({}), 10min);
    EXPECT_EQ(sync.peopleReadAtMs(), kStart);
    EXPECT_EQ(sync.stampOf(List::EndUsers), (Stamp{kStart, false}));

    DirectorySync neither{{}};
    neither.beginPass(kStart);
    neither.onRows(List::Organizations, 3, kStart);
    EXPECT_EQ(neither.onFailure(List::EndUsers, kForbidden, kStart), Verdict::TakeNone);
    EXPECT_EQ(neither.onFailure(List::Contacts, kForbidden, kStart), Verdict::Leave) << "then nobody is left";
    EXPECT_EQ(neither.peopleReadAtMs(), 0);
}

TEST(DirectorySync, KeepsWhatALostRightHadShownUntilItIsStale) {
    DirectorySync sync{{10min, 24h}};
    pass(sync, kStart);
    const auto refuse = [&](std::int64_t atMs) {
        sync.beginPass(atMs);
        return sync.onFailure(List::Contacts, kForbidden, atMs);
    };
    EXPECT_EQ(refuse(kStart + 10 * kMinute), Verdict::Leave);
    EXPECT_EQ(refuse(kStart + 24 * 60 * kMinute), Verdict::Leave);
    EXPECT_EQ(refuse(kStart + 24 * 60 * kMinute + 1), Verdict::TakeNone);
}

TEST(DirectorySync, GoesOnAfterARestartWhereItWas) {
    DirectorySync sync{{}};
    for (const List list : kLists)
        if (list != List::Contacts) sync.restore(list, {kStart, true}, 3);
    sync.restore(List::Technicians, {kStart - 20 * kMinute, true}, 3);
    EXPECT_EQ(pass(sync, kStart + kMinute), (std::vector<List>{List::Organizations, List::Contacts,
                                                               List::OrganizationNumbers, List::Technicians}))
        << "organisations in any case: they tell whether NinjaOne answers";
}

TEST(DirectorySync, NeverAsksForWhatIsNotWanted) {
    DirectorySync sync{{10min, 24h, {List::OrganizationNumbers}}};
    sync.restore(List::OrganizationNumbers, {kStart, true}, 3);
    const auto asked = pass(sync, kStart);
    EXPECT_EQ(asked.size(), kAll.size() - 1);
    EXPECT_EQ(std::count(asked.begin(), asked.end(), List::OrganizationNumbers), 0);
    EXPECT_EQ(sync.pause({}), 10min) << "and does not miss it";
}

TEST(DirectorySync, ReadsAllAnewWhenTheClockWasSetBack) {
    DirectorySync sync{{}};
    pass(sync, kStart);
    EXPECT_EQ(pass(sync, kStart - 100 * kMinute), kAll);
}

OrganizationRecord organization(std::int64_t id, const char* name) {
    return {id, name};
}

TEST(ListDifference, IsWhatHasToBeWritten) {
    const std::vector<OrganizationRecord> before{organization(1, "a"), organization(2, "b"),
                                                 organization(4, "d"), organization(6, "f")};
    const std::vector<OrganizationRecord> after{organization(2, "b"), organization(3, "c"),
                                                organization(4, "D"), organization(7, "g")};
    const auto difference = differenceOf(before, after);
    const auto ids = [](const auto& rows) {
        std::vector<std::int64_t> found;
        for (const auto* row : rows) found.push_back(row->id);
        return found;
    };
    EXPECT_EQ(ids(difference.changed), (std::vector<std::int64_t>{3, 4, 7}));
    EXPECT_EQ(ids(difference.gone), (std::vector<std::int64_t>{1, 6}));
    EXPECT_TRUE(differenceOf(after, after).isEmpty());
}

TEST(Lists, HoldEachKeyOnceInOrder) {
    ticketing::Person off;
    off.uid = "u2";
    off.firstName = "Off";
    off.isEnabled = false;
    ticketing::Person on = off;
    on.firstName = "On";
    on.isEnabled = true;
    on.phone = "01 23 45 67 89";
    ticketing::Person first = on;
    first.uid = "u1";
    ticketing::Person nameless;
    nameless.id = 7;
    const auto people = peopleOf({off, on, nameless, first}, DialPlan{});
    ASSERT_EQ(people.size(), 2U);
    EXPECT_EQ(people[0].uid, "u1");
    EXPECT_EQ(people[1].name, "On") << "rather somebody who is enabled";
    EXPECT_EQ(people[1].number.e164, "+33123456789");
}

}  // namespace
}  // namespace ninja3cx::directory
