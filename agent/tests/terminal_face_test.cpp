#include "agent/app/terminal_face.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace ninja3cx::agent {
namespace {

protocol::Utterance utterance(std::int32_t revision, bool isFinal, const std::string& text) {
    protocol::Utterance made;
    made.callId = CallId{"call-1"};
    made.utteranceId = UtteranceId{"customer-0061000"};
    made.channel = protocol::Speaker::Customer;
    made.revision = revision;
    made.isFinal = isFinal;
    made.startMs = 61'000;
    made.text = text;
    return made;
}

TEST(Terminal, WritesAFinalTextOnceWithTimeAndSpeaker) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text};
    face.showUtterance(utterance(0, false, "le VPN"));
    face.showUtterance(utterance(1, true, "Le VPN ne marche plus."));
    face.showUtterance(utterance(1, true, "Le VPN ne marche plus."));  // again after a reconnect
    EXPECT_EQ(out.str(), "[01:01] Client     : Le VPN ne marche plus.\n");
}

TEST(Terminal, WritesTheFinalTextOfAServerThatCountsAnew) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text};
    face.showUtterance(utterance(7, false, "le VPN"));
    face.showUtterance(utterance(1, true, "Le VPN ne marche plus."));
    EXPECT_NE(out.str().find("Le VPN ne marche plus."), std::string::npos);
}

TEST(Terminal, WritesTheFirstWordsOfEachCall) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Text};
    face.showUtterance(utterance(1, true, "Bonjour."));
    auto other = utterance(1, true, "Allô ?");  // ids are unique within a call only
    other.callId = CallId{"call-2"};
    face.showUtterance(other);
    EXPECT_NE(out.str().find("Allô ?"), std::string::npos);
}

TEST(Terminal, WritesOneJsonObjectALine) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Json};
    face.showUtterance(utterance(0, false, "le \"VPN\"\n"));
    const auto parsed = json::parse(out.str());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->at("event"), "utterance");
    EXPECT_EQ(parsed->at("utterance").at("text"), "le \"VPN\"\n");
}

}  // namespace
}  // namespace ninja3cx::agent
