#include "server/transcription/subtitles.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::transcription {
namespace {

Transcript transcript() {
    protocol::Utterance first;
    first.channel = protocol::Speaker::Agent;
    first.startMs = 630;
    first.endMs = 4'980;
    first.text = "Bonjour, support informatique.";
    protocol::Utterance second;
    second.channel = protocol::Speaker::Customer;
    second.startMs = 3'725'010;
    second.endMs = 3'726'500;
    second.text = "A < B & C --> D";
    return {"call.flac", 3'727'000, "fr", true, {first, second}};
}

TEST(Subtitles, AreWrittenAsText) {
    EXPECT_EQ(
        asText(transcript()),
        "[00:00:00.630] Agent: Bonjour, support informatique.\n[01:02:05.010] Customer: A < B & C --> D\n");
}

TEST(Subtitles, AreWrittenAsSrt) {
    EXPECT_EQ(asSrt(transcript()),
              "1\n00:00:00,630 --> 00:00:04,980\nAgent: Bonjour, support informatique.\n\n"
              "2\n01:02:05,010 --> 01:02:06,500\nCustomer: A < B & C --> D\n\n");
}

TEST(Subtitles, AreWrittenAsVttWithoutMarkupInTheText) {
    EXPECT_EQ(asVtt(transcript()),
              "WEBVTT\n\n00:00:00.630 --> 00:00:04.980\n<v Agent>Bonjour, support informatique.\n\n"
              "01:02:05.010 --> 01:02:06.500\n<v Customer>A &lt; B &amp; C --&gt; D\n\n");
}

TEST(Subtitles, AreWrittenAsStableJson) {
    EXPECT_EQ(asJson({transcript()}),
              R"({"files":[{"file":"call.flac","durationMs":3727000,"language":"fr","utterances":[)"
              R"({"channel":"agent","startMs":630,"endMs":4980,"text":"Bonjour, support informatique."},)"
              R"({"channel":"customer","startMs":3725010,"endMs":3726500,"text":"A < B & C --> D"}]}]})"
              "\n");
}

TEST(Subtitles, SayInJsonWhatWasCorrected) {
    auto corrected = transcript();
    corrected.utterances[0].corrections = {{0, 7, "Bonjoure"}, {9, 7, "suport"}};
    const std::string json = asJson({corrected});
    EXPECT_NE(json.find(R"("text":"Bonjour, support informatique.","corrections":[{"at":0,"length":7,)"
                        R"("heard":"Bonjoure"},{"at":9,"length":7,"heard":"suport"}]},{)"),
              std::string::npos)
        << json;
    EXPECT_EQ(json.find("corrections", json.find("3725010")), std::string::npos) << json;
}

TEST(Subtitles, NameNobodyInARecordingOfOneChannel) {
    auto mono = transcript();
    mono.hasTwoSides = false;
    EXPECT_EQ(asText(mono).substr(0, 40), "[00:00:00.630] Bonjour, support informat");
    EXPECT_NE(asJson({mono}).find(R"("channel":null)"), std::string::npos);
}

TEST(Subtitles, RefuseAnUnknownFormat) {
    const auto format = parseFormat("docx");
    ASSERT_FALSE(format);
    EXPECT_EQ(format.error().detail, "format 'docx' is not known; use text, json, srt or vtt");
}

}  // namespace
}  // namespace ninja3cx::transcription
