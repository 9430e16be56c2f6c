#include "agent/app/draft_choice.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::agent {
namespace {

using enum DraftNeed;
using protocol::DeliveryState;
using protocol::DraftState;

const DraftId kFirst{"draft-b"};  // numbers follow the order of arrival, not the ids
const DraftId kSecond{"draft-a"};
const DraftId kThird{"draft-c"};

class Choice : public testing::Test {
protected:
    void is(const DraftId& draftId, DraftNeed need, bool popsUp = false) {
        const SeenDraft seen{draftId, need, false, popsUp};
        choice_.follow({&seen, 1});
    }
    void isGone(const DraftId& draftId, DraftNeed need) {
        const SeenDraft seen{draftId, need, true, false};
        choice_.follow({&seen, 1});
    }

    DraftChoice choice_;
};

TEST_F(Choice, IsTheOnlyDraftThatWaits) {
    EXPECT_EQ(choice_.current(), std::nullopt);
    is(kFirst, Delivery);
    EXPECT_EQ(choice_.current(), kFirst);
    is(kSecond, Nothing);
    EXPECT_EQ(choice_.current(), kFirst);
    is(kFirst, Nothing);
    EXPECT_EQ(choice_.current(), std::nullopt);
}

TEST_F(Choice, IsNoneWhileSeveralWaitUntilOneIsUsed) {
    is(kFirst, Held);
    is(kSecond, Held);
    EXPECT_EQ(choice_.current(), std::nullopt);
    EXPECT_EQ(choice_.meant(Concern::Draft), std::nullopt);
    EXPECT_EQ(choice_.waiting(), (std::vector{kFirst, kSecond}));
    EXPECT_FALSE(choice_.use(3));
    EXPECT_TRUE(choice_.use(2));
    EXPECT_EQ(choice_.meant(Concern::Draft), kSecond);
    EXPECT_TRUE(choice_.use(1));
    EXPECT_EQ(choice_.meant(Concern::Draft), kFirst);
    is(kThird, Held);
    EXPECT_EQ(choice_.current(), kFirst) << "it was chosen by hand";
}

TEST_F(Choice, GoesToTheNextThatWaitsWhenOneIsSettled) {
    is(kFirst, Held);
    is(kSecond, Held);
    is(kThird, Held);
    choice_.use(2);
    is(kSecond, Nothing);
    EXPECT_EQ(choice_.current(), kFirst);
    EXPECT_FALSE(choice_.use(2)) << "it does not wait";
    is(kFirst, Nothing);
    EXPECT_EQ(choice_.current(), kThird);
}

TEST_F(Choice, StaysWithTheOneThatIsBeingSentOrCompared) {
    is(kFirst, Delivery);
    is(kSecond, Delivery);
    choice_.use(1);
    is(kFirst, UnderWay);
    EXPECT_EQ(choice_.current(), kFirst);
    EXPECT_EQ(choice_.meant(Concern::Delivery), kFirst) << "the server says that there is nothing to decide";
    EXPECT_TRUE(choice_.use(1));
    is(kFirst, Nothing);
    EXPECT_EQ(choice_.current(), kSecond);
}

TEST_F(Choice, IsNotTheNextOneWhileTheOneJustConfirmedIsBeingSent) {
    is(kFirst, Countdown, true);
    is(kSecond, Held);
    is(kFirst, UnderWay);
    EXPECT_EQ(choice_.meant(Concern::Draft), std::nullopt) << "a second 'confirm' may be for the first";
    is(kFirst, Nothing);
    EXPECT_EQ(choice_.meant(Concern::Draft), kSecond);
}

TEST_F(Choice, IsNotOneThatComesWhileTheOneJustConfirmedIsBeingSent) {
    is(kFirst, Held);
    is(kFirst, UnderWay);
    is(kSecond, Countdown, true);
    EXPECT_EQ(choice_.current(), kFirst);
    EXPECT_EQ(choice_.meant(Concern::Draft), std::nullopt) << "a second 'confirm' may be for the first";
    is(kFirst, Delivery);
    EXPECT_EQ(choice_.meant(Concern::Delivery), kFirst);
    is(kFirst, Nothing);
    EXPECT_EQ(choice_.current(), kSecond);
}

TEST_F(Choice, IsNoneOnceOneThatDoesNotWaitWasWanted) {
    is(kFirst, Held);
    EXPECT_FALSE(choice_.use(2));
    EXPECT_EQ(choice_.meant(Concern::Draft), std::nullopt) << "whoever wanted another does not mean this one";
    EXPECT_TRUE(choice_.use(1));
    EXPECT_EQ(choice_.meant(Concern::Draft), kFirst);
    EXPECT_FALSE(choice_.use(2));
    is(kFirst, Nothing);
    is(kSecond, Held);
    EXPECT_EQ(choice_.meant(Concern::Draft), kSecond);
}

TEST_F(Choice, IsTheOneThatIsLeft) {
    is(kFirst, Held);
    is(kSecond, Held);
    is(kFirst, Nothing);
    EXPECT_EQ(choice_.current(), kSecond);
}

TEST_F(Choice, IsACountdownThatPopsUp) {
    is(kFirst, Held);
    is(kSecond, Countdown, true);
    EXPECT_EQ(choice_.current(), kSecond);
    is(kThird, Held);
    EXPECT_EQ(choice_.current(), kSecond) << "it still runs";
    is(kSecond, Nothing);
    EXPECT_EQ(choice_.current(), kFirst);
}

TEST_F(Choice, IsNoneWhenACountdownPopsUpBesideAnother) {
    is(kFirst, Countdown, true);
    is(kSecond, Countdown, true);
    EXPECT_EQ(choice_.current(), std::nullopt);
}

TEST_F(Choice, IsNoneWhenACountdownPopsUpWhileTheTechnicianIsAtAnother) {
    is(kFirst, Held);
    choice_.use(1);
    is(kSecond, Countdown, true);
    EXPECT_EQ(choice_.current(), std::nullopt) << "what is being typed may be for either";
    is(kThird, Held);
    choice_.use(3);
    EXPECT_EQ(choice_.current(), kThird);
}

TEST_F(Choice, TakesADecisionThatOnlyOneDraftCanHave) {
    is(kFirst, Delivery);
    is(kSecond, Held);
    EXPECT_EQ(choice_.meant(Concern::Delivery), kFirst);
    EXPECT_EQ(choice_.meant(Concern::Draft), kSecond);
}

TEST_F(Choice, DoubtsADecisionThatTheCurrentDraftCannotHave) {
    is(kFirst, Delivery);
    is(kSecond, Countdown, true);
    EXPECT_EQ(choice_.meant(Concern::Draft), kSecond);
    EXPECT_EQ(choice_.meant(Concern::Delivery), std::nullopt);
    choice_.use(2);
    EXPECT_EQ(choice_.meant(Concern::Delivery), kSecond) << "the server says that it is not possible";
}

TEST_F(Choice, StaysWithADraftThatIsGoneUntilAnotherWaits) {
    is(kFirst, Held);
    isGone(kFirst, Held);
    EXPECT_EQ(choice_.current(), kFirst);
    is(kSecond, Held);
    EXPECT_EQ(choice_.current(), kSecond);
}

TEST_F(Choice, KeepsTheNumbersOfDraftsThatComeBack) {
    is(kFirst, Held);
    is(kSecond, Held);
    isGone(kFirst, Held);
    is(kThird, Held);
    is(kFirst, Held);
    EXPECT_EQ(choice_.numberOf(kFirst), 1);
    EXPECT_EQ(choice_.numberOf(kSecond), 2);
    EXPECT_EQ(choice_.numberOf(kThird), 3);
}

struct Need {
    const char* name;
    DraftState state;
    bool isAutomatic;
    DeliveryState delivery;
    const char* problem;
    DraftNeed wanted;
};
class NeedOf : public testing::TestWithParam<Need> {};
TEST_P(NeedOf, ADraft) {
    protocol::Draft draft;
    draft.state = GetParam().state;
    draft.isAutomatic = GetParam().isAutomatic;
    draft.countdownLeftMs = 15'000;
    draft.delivery.state = GetParam().delivery;
    draft.delivery.problemCode = GetParam().problem;
    EXPECT_EQ(needOf(draft), GetParam().wanted);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, NeedOf,
    testing::Values(
        Need{"Automatic", DraftState::Counting, true, DeliveryState::None, "", Countdown},
        Need{"PopupAwaited", DraftState::Inbox, true, DeliveryState::None, "", Countdown},
        Need{"HeldPopup", DraftState::Counting, false, DeliveryState::None, "", Held},
        Need{"Inbox", DraftState::Inbox, false, DeliveryState::None, "", Held},
        Need{"BackFromAnother", DraftState::Inbox, false, DeliveryState::Unknown, "", Held},
        Need{"Paused", DraftState::Paused, true, DeliveryState::None, "", Held},
        Need{"Discarded", DraftState::Discarded, false, DeliveryState::None, "", Nothing},
        Need{"Waiting", DraftState::Confirmed, true, DeliveryState::Waiting, "throttled", Nothing},
        Need{"Queued", DraftState::Confirmed, true, DeliveryState::Queued, "", UnderWay},
        Need{"Compared", DraftState::Confirmed, true, DeliveryState::Unknown, "comparing", UnderWay},
        Need{"LookedUp", DraftState::Confirmed, true, DeliveryState::Unknown, "lookingUp", UnderWay},
        Need{"Unconfirmed", DraftState::Confirmed, true, DeliveryState::Unconfirmed, "unconfirmed", Delivery},
        Need{"Rejected", DraftState::Confirmed, true, DeliveryState::Rejected, "refused", Mending},
        Need{"Forbidden", DraftState::Confirmed, true, DeliveryState::Rejected, "forbidden", Delivery},
        Need{"GivenUp", DraftState::Confirmed, true, DeliveryState::Rejected, "givenUp", Nothing}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(Choice, OfWhatIsRefusedIsForItsWordsAndItsDelivery) {
    is(kFirst, Held);
    is(kSecond, Mending);
    EXPECT_EQ(choice_.meant(Concern::Draft), kFirst);
    EXPECT_EQ(choice_.meant(Concern::Delivery), kSecond);
    EXPECT_EQ(choice_.meant(Concern::Content), std::nullopt) << "either could be edited";
    is(kFirst, Delivery);
    EXPECT_EQ(choice_.meant(Concern::Content), kSecond);
}

TEST(Need, OfARefusedTicketThatIsNotThereIsMending) {
    protocol::Draft draft;
    draft.state = DraftState::Confirmed;
    draft.delivery.state = DeliveryState::Rejected;
    for (const char* code : {"refused", "fieldRefused", "targetGone", "notThisCalls", "noSuchTicket",
                             "inDoubt", "notInNinja", "notMoved", "lookUpFails"}) {
        draft.delivery.problemCode = code;
        EXPECT_EQ(needOf(draft), Mending) << code;
    }
    for (const char* code : {"forbidden", "noteRefused", "ofAnotherVersion", ""}) {
        draft.delivery.problemCode = code;
        EXPECT_EQ(needOf(draft), Delivery) << code;
    }
    draft.delivery.problemCode = "refused";
    draft.delivery.ticketId = TicketId{12};
    EXPECT_EQ(needOf(draft), Delivery);
}

}  // namespace
}  // namespace ninja3cx::agent
