#include "server/transcription/whisper_decoder.hpp"

#include "bench/call_variants.hpp"
#include "bench/shaped_model.hpp"
#include "bench/word_recall.hpp"
#include "server/tests/transcription/utterances_in.hpp"
#include "server/transcription/transcribe_file.hpp"
#include "shared/audio/audio_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
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

DecodeRequest requestOf(std::span<const std::int16_t> samples) {
    DecodeRequest request;
    request.samples = samples;
    request.language = "fr";
    return request;
}

TEST(Whisper, HearsMoreInNoiseWhereItHasTheTime) {
    ASSERT_TRUE(demoModel());
    auto decoder = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(decoder);
    const auto calls = bench::readSampleCalls("samples/calls");
    ASSERT_TRUE(calls) << calls.error().detail;
    const bench::SampleCall call =
        bench::CallVariants{calls->front(), 1}.make(bench::variantsOf("white-10dB").front());
    std::string spoken;
    for (const auto& turn : call.turns) spoken += turn.channel == 1 ? turn.text + " " : "";
    const std::atomic<std::size_t> none{0};
    const std::atomic<std::size_t> one{1};
    std::string hasty;
    std::string careful;
    int twice = 0;
    for (const Segment& utterance : utterancesIn(call.channels[1])) {
        auto request = requestOf(utterance.samples);
        for (const bool finalWaits : {true, false}) {
            request.isLive = true;
            request.finalsWaiting = finalWaits ? &one : &none;
            bool isHeardTwice = false;
            request.onHeardTwice = [&] { isHeardTwice = true; };
            const auto decoded = (*decoder)->decode(request);
            ASSERT_TRUE(decoded);
            (finalWaits ? hasty : careful) += decoded->text + " ";
            EXPECT_FALSE(finalWaits && isHeardTwice);
            twice += isHeardTwice ? 1 : 0;
        }
    }
    EXPECT_GT(twice, 0) << "and says so when it begins";
    const auto script = bench::words(spoken);
    EXPECT_GT(bench::commonWords(script, bench::words(careful)),
              bench::commonWords(script, bench::words(hasty)) + script.size() / 20);
}

TEST(Whisper, GivesTheTokensThatItsTextIsMadeOf) {
    auto decoder = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(decoder);
    const auto channels = beginning();
    const auto decoded = (*decoder)->decode(requestOf(std::span{channels[0]}.first(16'000 * 6)));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(textOf(decoded->tokens), decoded->text);
    EXPECT_GT(decoded->tokens.size(), 5U);
}

TEST(Whisper, BeginsWithThePrefixThatItIsGiven) {
    auto decoder = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(decoder);
    const auto channels = beginning();
    auto request = requestOf(std::span{channels[0]}.first(16'000 * 6));
    const auto whole = (*decoder)->decode(request);
    ASSERT_TRUE(whole);
    ASSERT_GT(whole->tokens.size(), 4U);
    for (const DecodeKind kind : {DecodeKind::Partial, DecodeKind::Final}) {
        request.kind = kind;
        request.prefix = {whole->tokens.begin(), whole->tokens.begin() + 4};
        const auto same = (*decoder)->decode(request);
        ASSERT_TRUE(same);
        EXPECT_EQ(same->tokens, whole->tokens) << "what it would have said itself changes nothing";
        request.prefix = tokensOf(demoModel(), "L'imprimante");
        const auto other = (*decoder)->decode(request);
        ASSERT_TRUE(other);
        EXPECT_TRUE(other->text.starts_with("L'imprimante")) << other->text;
        EXPECT_TRUE(std::equal(request.prefix.begin(), request.prefix.end(), other->tokens.begin()));
    }
}

TEST(Whisper, RecognisesTheLanguageOnTheSameEncoding) {
    auto decoder = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(decoder);
    const auto channels = beginning();
    auto request = requestOf(std::span{channels[0]}.first(16'000 * 6));
    const auto asked = (*decoder)->decode(request);
    request.language = "auto";
    const auto recognised = (*decoder)->decode(request);
    ASSERT_TRUE(asked);
    ASSERT_TRUE(recognised);
    EXPECT_EQ(asked->languageProbability, 0.0F);
    // The demo model knows no languages: which one it names is chance, that it names one is not.
    EXPECT_TRUE(checkLanguage(recognised->language)) << recognised->language;
    EXPECT_GT(recognised->languageProbability, 0.0F);
    EXPECT_LE(recognised->languageProbability, 1.0F);
}

TEST(Whisper, SaysItsScriptWhereItHasOne) {
    DecoderOptions options;
    const auto script = tokensOf(demoModel(), "ceci est le texte");
    options.script = [&](const DecodeRequest&) { return script; };
    auto decoder = makeWhisperDecoder(demoModel(), options);
    ASSERT_TRUE(decoder);
    const auto channels = beginning();
    const auto decoded = (*decoder)->decode(requestOf(std::span{channels[0]}.first(16'000 * 6)));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->text, "ceci est le texte");
    EXPECT_EQ(decoded->tokens, script);
}

TEST(Whisper, TakesAPromptOfAnyLength) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("whisper_decoder_test_" + std::to_string(::getpid()) + ".bin");
    ASSERT_TRUE(bench::writeShapedModel(bench::parseShape("shape:tiny:q8_0")->value(),
                                        "models/ggml-demo-fr-q8_0.bin", file));
    const auto model = loadWhisperModel(file);
    std::filesystem::remove(file);
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_TRUE(takesPrompt(*model));
    DecoderOptions options;  // its weights mean nothing
    options.script = [script = tokensOf(*model, "Bonjour")](const DecodeRequest&) { return script; };
    const auto channels = beginning();
    const auto samples = std::span{channels[0]}.first(16'000 * 6);
    for (const std::size_t words : {1U, 30U, 2'000U}) {
        auto decoder = makeWhisperDecoder(*model, options);
        ASSERT_TRUE(decoder);
        auto request = requestOf(samples);
        for (std::size_t i = 0; i < words; ++i) request.prompt += "imprimante ";
        const auto decoded = (*decoder)->decode(request);
        ASSERT_TRUE(decoded) << decoded.error().detail;
        request.prefix = tokensOf(*model, "Bonjour");
        ASSERT_TRUE((*decoder)->decode(request));
    }
}

TEST(Whisper, ShowsTheDemoModelNoNames) {
    ASSERT_TRUE(demoModel());
    EXPECT_FALSE(takesPrompt(demoModel()));
    auto decoder = makeWhisperDecoder(demoModel());
    ASSERT_TRUE(decoder);
    for (const auto& channel : beginning()) {
        auto request = requestOf(std::span{channel});
        const auto alone = (*decoder)->decode(request);
        request.prompt = "Claire Fontaine, Cabinet Moreau, Nordconfort, Outlook, FortiClient, Télésanté";
        const auto shown = (*decoder)->decode(request);
        ASSERT_TRUE(alone);
        ASSERT_TRUE(shown);
        EXPECT_FALSE(alone->text.empty());
        EXPECT_EQ(shown->text, alone->text);
    }
}

TEST(Transcribe, RefusesAnUnknownLanguageAndAMissingFile) {
    std::ostringstream out;
    TranscribeOptions options;
    options.model = "models/ggml-demo-fr-q8_0.bin";
    options.files = {"samples/calls/none.flac"};
    options.language = "xx";
    auto done = transcribeFiles(options, out, out);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().detail, HasSubstr("language 'xx'"));
    options.language = "fr";
    done = transcribeFiles(options, out, out);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().detail, HasSubstr("none.flac"));
    EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace ninja3cx::transcription
