#include "server/calls/continuation.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls {
namespace {

using namespace std::chrono_literals;
using protocol::OfferKind;

struct TopicRow {
    const char* name;
    Topic one;
    Topic other;
    bool isSame;
};
class SameTopic : public testing::TestWithParam<TopicRow> {};
TEST_P(SameTopic, IsToldByCategoryOrWords) {
    EXPECT_EQ(isSameTopic(GetParam().one, GetParam().other), GetParam().isSame);
    EXPECT_EQ(isSameTopic(GetParam().other, GetParam().one), GetParam().isSame);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, SameTopic,
    testing::Values(
        TopicRow{"Category", {"a", {"3cx", "network_vpn"}}, {"b", {"network_vpn"}}, true},
        TopicRow{"OtherCategory", {"a", {"3cx", "network_vpn"}}, {"b", {"3cx", "email"}}, false},
        TopicRow{"OurTagAlone", {"a", {"3cx"}}, {"b", {"3cx"}}, false},
        TopicRow{"CategoryOfAnything", {"a", {"other_non_support"}}, {"b", {"other_non_support"}}, false},
        TopicRow{"HalfTheWords", {"VPN : certificat expiré", {}}, {"Le VPN est en panne", {}}, true},
        TopicRow{"AccentsAndCase", {"IMPRIMANTE DU CAFÉ", {}}, {"l’imprimante café", {}}, true},
        TopicRow{"Guillemets", {"«\u00a0Outlook\u00a0» muet", {}}, {"Sœur d'Outlook", {}}, true},
        TopicRow{"Ligature", {"Nœud absent", {}}, {"NOEUD", {}}, true},
        TopicRow{"CommonWordsAlone", {"Panne de l'imprimante", {}}, {"Messagerie en panne", {}}, false},
        TopicRow{"TooFewWords",
                 {"Outlook demande le mot de passe", {}},
                 {"Photoshop : licence, installation, mot", {}},
                 false},
        TopicRow{"NoWords", {"", {}}, {"", {}}, false}),
    [](const auto& info) { return std::string{info.param.name}; });

constexpr std::int64_t kMinute = 60'000;

/// A call of Claire at minute 100 about the VPN.
Matter claire() {
    Matter matter;
    matter.requesterUid = "claire";
    matter.organizationId = 7;
    matter.number = "+33612345678";
    matter.topic = {"VPN en panne", {"network_vpn"}};
    matter.beganAtMs = 100 * kMinute;
    return matter;
}

OpenTicket ticket(std::int64_t id, const std::string& subject, std::int64_t changedAtMs) {
    OpenTicket made;
    made.ticketId = TicketId{id};
    made.organizationId = 7;
    made.requesterUid = "claire";
    made.subject = subject;
    made.status = "Ouvert";
    made.changedAtMs = changedAtMs;
    return made;
}

EarlierDraft earlier(const std::string& id, Matter matter, std::int64_t endedAtMs) {
    matter.beganAtMs = endedAtMs - 2 * kMinute;
    matter.endedAtMs = endedAtMs;
    return {DraftId{id}, std::move(matter), endedAtMs};
}

TEST(Offers, ThoseOfTheSameTopicComeFirstThenTheLatest) {
    const auto offers = offersFor(claire(),
                                  {ticket(1, "Écran cassé", 90), ticket(2, "VPN lent", 50),
                                   ticket(3, "VPN bloqué", 60), ticket(2, "VPN, encore", 99)},
                                  {earlier("draft-1", claire(), 95 * kMinute)}, 30min);
    ASSERT_EQ(offers.size(), 4U);
    EXPECT_EQ(offers[0].kind, OfferKind::Continue);
    EXPECT_EQ(offers[0].draftId, DraftId{"draft-1"});
    EXPECT_EQ(offers[1].ticketId, TicketId{3});
    EXPECT_EQ(offers[2].ticketId, TicketId{2});
    EXPECT_EQ(offers[2].subject, "VPN lent");
    EXPECT_EQ(offers[2].status, "Ouvert");
    EXPECT_EQ(offers[3].ticketId, TicketId{1});
    EXPECT_FALSE(offers[3].isSameTopic);
}

TEST(Offers, AreAtMostFive) {
    std::vector<OpenTicket> tickets;
    for (int i = 1; i <= 9; ++i) tickets.push_back(ticket(i, "Écran", i));
    const auto offers = offersFor(claire(), tickets, {}, 30min);
    ASSERT_EQ(offers.size(), 5U);
    EXPECT_EQ(offers.front().ticketId, TicketId{9});
}

TEST(Offers, ATicketOfAnotherPersonOrOrganisationIsNone) {
    OpenTicket paul = ticket(1, "VPN", 1);
    paul.requesterUid = "paul";
    OpenTicket moved = ticket(2, "VPN", 1);
    moved.organizationId = 9;
    EXPECT_TRUE(offersFor(claire(), {paul, moved}, {}, 30min).empty());
    Matter unknown = claire();
    unknown.requesterUid.reset();
    OpenTicket nobody = ticket(3, "VPN", 1);
    nobody.requesterUid.clear();
    EXPECT_TRUE(offersFor(unknown, {nobody, ticket(4, "VPN", 1)}, {}, 30min).empty());
}

struct EarlierRow {
    const char* name;
    void (*arrange)(Matter& earlier, Matter& now);
    std::int64_t endedAtMs;
    bool isOffered;
};
class EarlierCaller : public testing::TestWithParam<EarlierRow> {};
TEST_P(EarlierCaller, IsTheSameAndCalledNotLongAgo) {
    Matter now = claire();
    Matter before = claire();
    GetParam().arrange(before, now);
    const auto offers = offersFor(now, {}, {earlier("draft-1", before, GetParam().endedAtMs)}, 30min);
    EXPECT_EQ(!offers.empty(), GetParam().isOffered);
}
void nothing(Matter&, Matter&) {}
INSTANTIATE_TEST_SUITE_P(
    Rows, EarlierCaller,
    testing::Values(EarlierRow{"AtTheLimit", nothing, 70 * kMinute, true},
                    EarlierRow{"TooLongAgo", nothing, 70 * kMinute - 1, false},
                    EarlierRow{"Later", nothing, 103 * kMinute, false},
                    EarlierRow{"OtherNumber", [](Matter& before, Matter&) { before.number = "+33100000000"; },
                               95 * kMinute, true},
                    EarlierRow{"OtherPersonOfTheNumber",
                               [](Matter& before, Matter&) { before.requesterUid = "paul"; }, 95 * kMinute,
                               false},
                    EarlierRow{"OtherOrganisation",
                               [](Matter& before, Matter&) {
                                   before.requesterUid.reset();
                                   before.organizationId = 9;
                               },
                               95 * kMinute, false},
                    EarlierRow{"NobodyKnown",
                               [](Matter& before, Matter& now) {
                                   before.requesterUid.reset();
                                   now.requesterUid.reset();
                               },
                               95 * kMinute, true},
                    EarlierRow{"NamedMeanwhile", [](Matter& before, Matter&) { before.requesterUid.reset(); },
                               95 * kMinute, true},
                    EarlierRow{"Withheld",
                               [](Matter& before, Matter& now) {
                                   before.requesterUid.reset();
                                   before.number.clear();
                                   now.number.clear();
                               },
                               95 * kMinute, false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(SettledDraft, IsAnOpenTicketUntilItIsKnownToBeOver) {
    protocol::Draft draft;
    draft.delivery.state = protocol::DeliveryState::Created;
    draft.delivery.ticketId = TicketId{12};
    EXPECT_TRUE(isStillOpen(draft));
    protocol::TicketProgress progress;
    progress.parentId = 3000;
    draft.delivery.progress = progress;
    EXPECT_TRUE(isStillOpen(draft));
    draft.delivery.progress->parentId = 5000;
    EXPECT_FALSE(isStillOpen(draft));
    draft.delivery.progress->parentId = 2000;
    draft.delivery.progress->isDeleted = true;
    EXPECT_FALSE(isStillOpen(draft));
    draft.delivery.progress.reset();
    draft.fields.isSolved = true;
    EXPECT_FALSE(isStillOpen(draft));
    draft.fields.isSolved = false;
    draft.fields.commentOn = TicketId{12};
    EXPECT_FALSE(isStillOpen(draft)) << "the ticket is another's";
}

}  // namespace
}  // namespace ninja3cx::calls
