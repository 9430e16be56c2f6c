#include "bench/script.hpp"

#include "shared/audio/pcm.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using transcription::DecodeKind;
using transcription::DecodeRequest;
using transcription::Token;

/// A word's first letters are one token, each further letter is one.
std::vector<Token> tokenise(const std::string& word) {
    std::vector<Token> tokens{{word[0], " " + word.substr(0, 1)}};
    for (const char c : word.substr(1)) tokens.push_back({c, std::string(1, c)});
    return tokens;
}

class ScriptTest : public testing::Test {
protected:
    ScriptTest() {
        SampleCall call;
        call.channels.assign(2, std::vector<std::int16_t>(std::size_t{10} * audio::kRateHz));
        call.turns = {{0, 1.0, 5.0, "un serveur tombe souvent"}, {1, 6.0, 7.0, "oui"}};
        auto calls = std::make_shared<const std::vector<SampleCall>>(std::vector{call});
        tapes_.emplace(CallId{"one"}, CallTape{calls, 0, 0, std::int64_t{10} * audio::kRateHz});
        script_.emplace(tapes_, tokenise);
    }

    std::string said(double from, double to, DecodeKind kind = DecodeKind::Partial,
                     std::vector<Token> prefix = {}, protocol::Speaker channel = protocol::Speaker::Agent) {
        const std::vector<std::int16_t> sound(static_cast<std::size_t>((to - from) * audio::kRateHz));
        DecodeRequest request;
        request.samples = sound;
        request.kind = kind;
        request.prefix = std::move(prefix);
        request.callId = CallId{"one"};
        request.channel = channel;
        request.start = static_cast<std::int64_t>(from * audio::kRateHz);
        return textOf(script_->tokens(request));
    }

    Script::Tapes tapes_;
    std::optional<Script> script_;
};

TEST_F(ScriptTest, SaysTheWordsWhoseMiddleWasHeard) {
    EXPECT_EQ(said(0, 9), "un serveur tombe souvent");
    EXPECT_EQ(said(1.4, 4.6, DecodeKind::Final), "un serveur tombe souvent");
    EXPECT_EQ(said(1.6, 4.4, DecodeKind::Final), "serveur tombe");
    EXPECT_EQ(said(0, 0.5), "");
    EXPECT_EQ(said(0, 9, DecodeKind::Final, {}, protocol::Speaker::Customer), "oui");
}

TEST_F(ScriptTest, LetsAPartialHearHalfOfAWordThatGoesOn) {
    EXPECT_EQ(said(1, 2.6), "un ser");
    EXPECT_EQ(said(1, 2.6, DecodeKind::Speculative), "un serveur");
    EXPECT_EQ(said(1, 3.0), "un serveur");
    EXPECT_EQ(said(1, 1.7), "") << "a short word is not heard before its end";
}

TEST_F(ScriptTest, GoesOnBehindWhatIsCommitted) {
    EXPECT_EQ(said(1, 4, DecodeKind::Partial, tokenise("un")), "un serveur tombe");
    EXPECT_EQ(said(1, 4, DecodeKind::Partial, tokenise("autre")), "autre")
        << "nothing follows what was not said";
}

TEST_F(ScriptTest, HasNothingToSayInACallThatItDoesNotKnow) {
    DecodeRequest request;
    request.callId = CallId{"other"};
    EXPECT_TRUE(script_->tokens(request).empty());
}

TEST(FirstHalf, EndsBetweenLetters) {
    EXPECT_EQ(firstHalf("serveur"), "ser");
    EXPECT_EQ(firstHalf("dépôts"), "dép");
    EXPECT_EQ(firstHalf("un"), "");
    EXPECT_EQ(firstHalf("été"), "");
}

}  // namespace
}  // namespace ninja3cx::bench
