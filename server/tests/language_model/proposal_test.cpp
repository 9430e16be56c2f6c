#include "server/language_model/proposal.hpp"

#include "shared/json/codec.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::language_model {
namespace {

std::string completion(const std::string& content) {
    return boost::json::serialize(boost::json::object{
        {"choices", {{{"index", 0}, {"message", {{"role", "assistant"}, {"content", content}}}}}}});
}

const std::string kGood = R"({"subject":"VPN","category":{"value":"network_vpn","turns":[1,2]}})";

struct Row {
    const char* name;
    std::string body;
    bool isRead;
};
class Reply : public testing::TestWithParam<Row> {};

TEST_P(Reply, IsReadWhateverStandsAroundIt) {
    const auto proposal = readReply(GetParam().body);
    ASSERT_EQ(proposal.has_value(), GetParam().isRead);
    if (!GetParam().isRead) {
        EXPECT_EQ(proposal.error().kind, ErrorKind::BadMessage);
        EXPECT_EQ(proposal.error().detail.find("secret"), std::string::npos) << "it is logged";
        return;
    }
    EXPECT_EQ(proposal->subject, "VPN");
    EXPECT_EQ(proposal->category, (Quoted<protocol::Category>{protocol::Category::NetworkVpn, {1, 2}}));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Reply,
    testing::Values(
        Row{"Bare", completion(kGood), true}, Row{"Fenced", completion("```json\n" + kGood + "\n```"), true},
        Row{"Introduced", completion("Voici l'analyse {secret} :\n" + kGood + "\nVoilà."), true},
        Row{"ThoughtAloud", completion("<think>{\"subject\":\"secret\"}</think>\n" + kGood), true},
        Row{"InParts",
            R"({"choices":[{"message":{"content":[{"type":"text","text":"{\"subject\":\"VPN\",\"category\":"},)"
            R"({"type":"text","text":"{\"value\":\"network_vpn\",\"turns\":[1,2]}}"}]}}]})",
            true},
        Row{"Nothing", "", false}, Row{"NoJson", "<html>secret</html>", false},
        Row{"Truncated", completion(kGood).substr(0, 60), false},
        Row{"TruncatedContent", completion(kGood.substr(0, 40)), false},
        Row{"AnotherObject", R"({"error":"secret"})", false}, Row{"NoChoices", R"({"choices":[]})", false},
        Row{"NullContent", R"({"choices":[{"message":{"content":null}}]})", false},
        Row{"Words", completion("I cannot do that, secret."), false},
        Row{"EmptyObject", completion("{}"), false},
        Row{"WrongTypes",
            completion(R"({"subject":7,"summary":["secret"],"resolved":"yes","actions":{},"entities":[]})"),
            false},
        Row{"Deep", completion(std::string(5'000, '{') + std::string(5'000, '[')), false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Reply, KeepsEachFieldThatHasItsShape) {
    const auto proposal = readReply(completion(R"({
        "subject": 3, "summary": "Le VPN.", "category": {"value": "vpn", "turns": [1]},
        "sentiment": "negative", "priority": {"value": "HIGH", "turns": [0, "1", 2.5, 0, -4, 99999999999]},
        "resolved": {"value": true}, "ticket_warranted": {"value": "true", "turns": [1]},
        "callback_promised": null,
        "actions": [{"kind":"reboot","text":"Redémarrer","owner":"agent","due":null,"status":"done","turns":[1]},
                    {"kind":"reboot","text":7,"owner":"agent","status":"done"}, "reboot"],
        "entities": {"person": ["Lucie", 7, ""], "phone": "06", "site": []}, "extra": {"a": 1}})"));
    ASSERT_TRUE(proposal) << proposal.error().detail;
    Proposal wanted;
    wanted.summary = "Le VPN.";
    wanted.sentiment = Quoted<protocol::Sentiment>{protocol::Sentiment::Negative, {}};
    wanted.priority = Quoted<protocol::Priority>{protocol::Priority::High, {0, -4}};
    wanted.resolved = Quoted<bool>{true, {}};
    wanted.actions.push_back({{"reboot", "Redémarrer", "agent", std::nullopt, "done"}, {1}});
    wanted.entities["person"] = {"Lucie"};
    EXPECT_EQ(*proposal, wanted);
}

}  // namespace
}  // namespace ninja3cx::language_model
