#include "server/transcription/whisper_decoder.hpp"

#include "server/transcription/transcribe_file.hpp"
#include "shared/audio/audio_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace ninja3cx::transcription {
namespace {

using testing::HasSubstr;

WhisperModel demoModel() {
    static const WhisperModel model = [] {
        auto loaded = loadWhisperModel("models/ggml-demo-fr-q8_0.bin");
        return loaded ? *loaded : nullptr;
    }();
    return model;
}

/// The first 13 s of the first sample call: one turn of the agent, two of the customer.
std::vector<std::vector<std::int16_t>> beginning() {
    auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac");
    if (!call) return {};
    for (auto& channel : call->channels) channel.resize(12'300 * 16);
    return call->channels;
}

TEST(Whisper, WritesTheWordsOfASampleCall) {
    ASSERT_TRUE(demoModel());
    const auto utterances = transcribeChannels(beginning(), {demoModel(), {}, "fr", {}, 2, false, {}});
    ASSERT_TRUE(utterances) << utterances.error().detail;
    std::string agent;
    std::string customer;
    for (const auto& utterance : *utterances) {
        EXPECT_TRUE(utterance.isFinal);
        EXPECT_LT(utterance.startMs, utterance.endMs);
        (utterance.channel == protocol::Speaker::Agent ? agent : customer) += utterance.text + " ";
    }
    for (const char* word : {"Bonjour", "Julien", "écoute", "puis-je"}) EXPECT_THAT(agent, HasSubstr(word));
    for (const char* word : {"Claire", "Fontaine", "Moreau", "connecter", "VPN", "hier soir"}) {
        EXPECT_THAT(customer, HasSubstr(word));
    }
}

TEST(Whisper, WritesNothingOnSilenceAndOnTooLittleSound) {
    ASSERT_TRUE(demoModel());
    auto decoder = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(decoder);
    const std::atomic<bool> isCancelled{false};
    for (const std::size_t samples : {0U, 1U, 200U, 16'000U, 64'000U}) {
        const std::vector<std::int16_t> silence(samples, 0);
        const auto decoded = (*decoder)->decode({silence, "fr", &isCancelled});
        ASSERT_TRUE(decoded) << decoded.error().detail;
        EXPECT_EQ(decoded->text, "") << samples;
    }
}

TEST(Whisper, StopsWhenItIsCancelled) {
    ASSERT_TRUE(demoModel());
    auto decoder = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(decoder);
    const auto channels = beginning();
    const std::atomic<bool> isCancelled{true};
    const auto decoded = (*decoder)->decode({channels[0], "fr", &isCancelled});
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().kind, ErrorKind::Cancelled);
    const std::atomic<bool> goesOn{false};
    const auto next = (*decoder)->decode({std::span{channels[0]}.first(16'000 * 6), "fr", &goesOn});
    ASSERT_TRUE(next) << next.error().detail;
    EXPECT_THAT(next->text, HasSubstr("Bonjour"));
}

/// Another call's sound in the same worker must leave no trace.
TEST(Whisper, GivesTheSameTextWhateverItDecodedBefore) {
    ASSERT_TRUE(demoModel());
    const auto channels = beginning();
    const auto agent = std::span{channels[0]}.first(16'000 * 5);
    const auto customer = std::span{channels[1]}.subspan(16'000 * 5, 16'000 * 7);
    auto fresh = makeWhisperDecoder(demoModel());
    auto used = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(fresh);
    ASSERT_TRUE(used);
    ASSERT_TRUE((*used)->decode({customer, "fr", nullptr}));
    const auto first = (*fresh)->decode({agent, "fr", nullptr});
    const auto second = (*used)->decode({agent, "fr", nullptr});
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_EQ(first->text, second->text);
}

TEST(Transcribe, RefusesAnUnknownLanguageAndAMissingFile) {
    std::ostringstream out;
    TranscribeOptions options;
    options.model = "models/ggml-demo-fr-q8_0.bin";
    options.files = {"samples/calls/none.flac"};
    options.language = "xx";
    auto done = transcribeFiles(options, out);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().detail, HasSubstr("language 'xx'"));
    options.language = "fr";
    done = transcribeFiles(options, out);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().detail, HasSubstr("none.flac"));
    EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace ninja3cx::transcription
