#include "server/telephony/pbx_messages.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

TEST(Participants, AreReadInEitherSpelling) {
    const auto snake = parseParticipant(
        R"({"id":8106,"status":"Ringing","dn":"150","party_caller_name":"Dupont","party_dn":"10007",
            "party_caller_id":"0123456789","party_did":null,"party_dn_type":"Wexternalline","callid":1264,"legid":4,
            "something_new":[1,2]})");
    const auto pascal = parseParticipant(
        R"({"Id":"8106","Status":"Ringing","Dn":"150","PartyCallerName":"Dupont","PartyDn":"10007",
            "PartyCallerId":"0123456789","PartyDid":"","PartyDnType":"Wexternalline","CallId":"1264","LegId":4})");
    ASSERT_TRUE(snake);
    ASSERT_TRUE(pascal);
    EXPECT_EQ(*snake, *pascal);
    EXPECT_EQ(snake->callId, 1264);
    EXPECT_EQ(snake->partyCallerId, "0123456789");
}

TEST(Participants, NeedAnId) {
    EXPECT_FALSE(parseParticipant(R"({"status":"Ringing"})"));
    EXPECT_FALSE(parseParticipant("[]"));
    EXPECT_FALSE(parseParticipant("<html>"));
}

struct EventRow {
    const char* name;
    const char* entity;
    int type;
    PbxEvent::Type expected;
    const char* dn;
    std::optional<std::int64_t> participant;
};
class EventEntities : public testing::TestWithParam<EventRow> {};

TEST_P(EventEntities, AreReadStrictly) {
    const EventRow& row = GetParam();
    const auto event = parseEvent(R"({"sequence":15,"event":{"event_type":)" + std::to_string(row.type) +
                                  R"(,"entity":")" + row.entity + R"(","attached_data":null}})");
    ASSERT_TRUE(event);
    EXPECT_EQ(event->type, row.expected);
    EXPECT_EQ(event->sequence, 15);
    if (row.expected != PbxEvent::Type::Other) {
        EXPECT_EQ(event->dn, row.dn);
        EXPECT_EQ(event->participantId, row.participant);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, EventEntities,
    testing::Values(
        EventRow{"Upsert", "/callcontrol/201/participants/8106", 0, PbxEvent::Type::Upsert, "201", 8106},
        EventRow{"Remove", "/callcontrol/201/participants/8106", 1, PbxEvent::Type::Remove, "201", 8106},
        EventRow{"TrailingSlash", "/callcontrol/201/participants/8106/", 0, PbxEvent::Type::Upsert, "201",
                 8106},
        EventRow{"WholeDn", "/callcontrol/201", 0, PbxEvent::Type::Upsert, "201", std::nullopt},
        EventRow{"Device", "/callcontrol/201/devices/sip%3A201", 0, PbxEvent::Type::Other, "", std::nullopt},
        EventRow{"Escape", "/callcontrol/../participants/1", 0, PbxEvent::Type::Other, "", std::nullopt},
        EventRow{"NoNumber", "/callcontrol/201/participants/1;rm", 0, PbxEvent::Type::Other, "",
                 std::nullopt},
        EventRow{"OtherHost", "https://evil/callcontrol/201", 0, PbxEvent::Type::Other, "", std::nullopt},
        EventRow{"Dtmf", "/callcontrol/900/participants/3", 2, PbxEvent::Type::Other, "", std::nullopt},
        EventRow{"Unknown", "/callcontrol/201/participants/1", 99, PbxEvent::Type::Other, "", std::nullopt}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Tokens, LiveAsLongAsTheirJwtSays) {
    // {"iat":1000,"exp":1060}
    const auto token = parseToken(
        R"({"token_type":"Bearer","expires_in":3600,"access_token":"eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjEwMDAsImV4cCI6MTA2MH0.sig"})");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->lifetime, std::chrono::seconds{60});
}

TEST(Tokens, WithTimesThatCannotBeAreReadWithoutTheirJwt) {
    // {"iat":-9223372036854775808,"exp":9223372036854775807}
    const auto token = parseToken(
        R"({"expires_in":50,"access_token":"eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOi05MjIzMzcyMDM2ODU0Nzc1ODA4LCJleHAiOjkyMjMzNzIwMzY4NTQ3NzU4MDd9.sig"})");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->lifetime, std::chrono::minutes{50});
}

TEST(Tokens, WithoutAReadableJwtSmallNumbersAreMinutes) {
    EXPECT_EQ(parseToken(R"({"access_token":"opaque","expires_in":50})")->lifetime, std::chrono::minutes{50});
    EXPECT_EQ(parseToken(R"({"access_token":"opaque","expires_in":1800})")->lifetime,
              std::chrono::seconds{1800});
    EXPECT_EQ(parseToken(R"({"access_token":"opaque","expires_in":99999})")->lifetime,
              std::chrono::minutes{55});
    EXPECT_FALSE(parseToken(R"({"expires_in":60})"));
}

TEST(CallControl, ListsDnsWithTheirParticipants) {
    const auto dns = parseCallControl(
        R"([{"dn":"900","type":"Wroutepoint","devices":[],"participants":[]},
            {"dn":"201","type":"Wextension","participants":[{"id":1,"status":"Connected","callid":7}]}])");
    ASSERT_TRUE(dns);
    ASSERT_EQ(dns->size(), 2U);
    EXPECT_EQ((*dns)[1].participants.at(0).dn, "201") << "a leg without dn belongs to the list it is in";
    EXPECT_FALSE(parseCallControl(R"({"error":"x"})"));
}

TEST(Telephones, AreExtensionsAndWhatTellsNoType) {
    for (const char* type : {"Wextension", "wextension", "Extension", ""})
        EXPECT_TRUE(isTelephone({"201", type, {}})) << type;
    for (const char* type : {"Wroutepoint", "Wqueue", "WQueue", "Wringgroup", "Wivr", "Wconference",
                             "Wspecialmenu", "Wparking", "Wfax", "Wexternalline", "None"})
        EXPECT_FALSE(isTelephone({"800", type, {}})) << type;
}

}  // namespace
}  // namespace ninja3cx::telephony
