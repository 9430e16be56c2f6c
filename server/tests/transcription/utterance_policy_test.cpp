#include "server/transcription/utterance_policy.hpp"

#include "shared/audio/pcm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kMs = audio::kSamplesPerMs;

std::vector<Token> tokens(std::string_view text) {
    std::vector<Token> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string piece = " " + std::string{text.substr(at, end - at)};
        out.push_back({static_cast<int>(std::hash<std::string>{}(piece) % 50'000), piece});
        at = end + 1;
    }
    return out;
}

template <class T>
std::vector<T> all(const PolicyActions& actions) {
    std::vector<T> found;
    for (const PolicyAction& action : actions)
        if (const auto* one = std::get_if<T>(&action)) found.push_back(*one);
    return found;
}

class Policy : public testing::Test {
protected:
    explicit Policy(PolicyOptions options = {}) : policy_{options} {}

    /// Speech until `ms` of the call, then silence until `heardMs`; the utterance began at `startMs`.
    PolicyActions hear(std::int64_t ms, std::int64_t heardMs = -1, std::int64_t startMs = 0) {
        return policy_.heard({startMs * kMs, ms * kMs, (heardMs < 0 ? ms : heardMs) * kMs});
    }
    DecodeJob jobOf(const PolicyActions& actions) {
        const auto jobs = all<DecodeJob>(actions);
        EXPECT_EQ(jobs.size(), 1U);
        return jobs.empty() ? DecodeJob{} : jobs.front();
    }
    /// A partial of all that was said until `ms`, with this text.
    ShowPartial partial(std::int64_t ms, std::string_view text) {
        const DecodeJob job = jobOf(hear(ms));
        EXPECT_EQ(job.kind, DecodeKind::Partial);
        const auto shown = all<ShowPartial>(policy_.decoded(job.id, tokens(text)));
        EXPECT_EQ(shown.size(), 1U);
        return shown.empty() ? ShowPartial{} : shown.front();
    }

    UtterancePolicy policy_;
};

TEST_F(Policy, AsksForNoPartialOfAFirstSyllable) {
    EXPECT_THAT(hear(300), IsEmpty());
    EXPECT_EQ(jobOf(hear(700)), (DecodeJob{1, DecodeKind::Partial, 0, 700 * kMs, {}}));
}

TEST_F(Policy, HasOnePartialOutAtATime) {
    const DecodeJob first = jobOf(hear(700));
    EXPECT_THAT(hear(3000), IsEmpty());
    (void)policy_.decoded(first.id, tokens("bonjour"));
    EXPECT_EQ(jobOf(hear(3000)).kind, DecodeKind::Partial);
}

TEST_F(Policy, CommitsWhatTwoPartialsAgreeOnWholeWordsOnly) {
    EXPECT_EQ(partial(700, "bonjour je").stableBytes, 0);
    const auto second = partial(1700, "bonjour je suis bloqué");
    EXPECT_EQ(second.text, "bonjour je suis bloqué");
    EXPECT_EQ(second.stableBytes, 10) << "'je' is over: another word follows it";
    EXPECT_EQ(second.revision, 2);
    EXPECT_TRUE(second.isProvisional);
    // Forced upon the next one.
    EXPECT_EQ(jobOf(hear(2700)).prefix, tokens("bonjour je"));
}

TEST_F(Policy, TellsTheSameTextAgainWhereMoreOfItStays) {
    EXPECT_EQ(partial(700, "bonjour je suis").stableBytes, 0);
    const auto again = partial(1700, "bonjour je suis");
    EXPECT_EQ(again.text, "bonjour je suis");
    EXPECT_EQ(again.stableBytes, 10);
    const DecodeJob third = jobOf(hear(2700));
    EXPECT_THAT(policy_.decoded(third.id, tokens("bonjour je suis")), IsEmpty()) << "nothing is new";
}

TEST_F(Policy, CommitsNothingThatACutMayGiveToTheNextUtterance) {
    PolicyOptions options;
    options.isSameModel = true;
    SegmenterOptions segmenter;
    segmenter.maxLength = std::chrono::milliseconds{6'000};  // is cut after 4 s at the earliest
    policy_ = UtterancePolicy{options, segmenter};
    (void)partial(700, "un deux");
    (void)partial(1'700, "un deux trois");
    (void)partial(3'900, "un deux trois quatre");
    EXPECT_EQ(partial(5'000, "un deux trois quatre cinq").stableBytes, 13) << "of the partial before";
    EXPECT_EQ(jobOf(hear(5'900)).prefix, tokens("un deux trois"));
}

TEST_F(Policy, CommitsNothingOfAnInventionOrALoop) {
    for (const char* text : {"Merci d'avoir regardé cette vidéo", "je je je je je je je"}) {
        policy_ = UtterancePolicy{};
        for (const std::int64_t ms : {700, 1700, 2700}) {
            const DecodeJob job = jobOf(hear(ms));
            EXPECT_THAT(job.prefix, IsEmpty());
            EXPECT_THAT(policy_.decoded(job.id, tokens(text)), IsEmpty()) << text;
        }
    }
}

TEST_F(Policy, DoesNotCommitAWordThatMayGoOn) {
    (void)partial(700, "bonjour je");
    const auto again = partial(1700, "bonjour je.");
    EXPECT_EQ(again.stableBytes, 7) << "'je' may still become 'jeudi'";
}

TEST_F(Policy, LeavesOutAPartialThatDoesNotKeepWhatIsCommitted) {
    (void)partial(700, "bonjour je");
    (void)partial(1700, "bonjour je suis");
    const DecodeJob third = jobOf(hear(2700));
    EXPECT_THAT(policy_.decoded(third.id, tokens("bon jour je suis")), IsEmpty());
}

TEST_F(Policy, DecodesFinallyFromTheFirstSilenceAndKeepsItWhenNothingFollows) {
    const DecodeJob job = jobOf(hear(400, 600));
    EXPECT_EQ(job, (DecodeJob{1, DecodeKind::Speculative, 0, 600 * kMs, {}}));
    EXPECT_THAT(hear(400, 800), IsEmpty()) << "once";
    EXPECT_EQ(policy_.ended(0, 600 * kMs, false), (PolicyActions{Finish{job.id, 0, 600 * kMs, 1}}));
}

TEST_F(Policy, GivesUpASpeculationWhenSpeechGoesOnAndDecodesTheWholeAtItsEnd) {
    const DecodeJob early = jobOf(hear(400, 600));
    EXPECT_EQ(hear(650), (PolicyActions{CancelJob{early.id}}));
    const DecodeJob late = jobOf(hear(650, 850));
    EXPECT_EQ(late.kind, DecodeKind::Speculative);
    EXPECT_EQ(policy_.ended(0, 850 * kMs, false), (PolicyActions{Finish{late.id, 0, 850 * kMs, 1}}));
}

TEST_F(Policy, ShowsASpeculationThatWasDoneBeforeSpeechWentOn) {
    const DecodeJob early = jobOf(hear(400, 600));
    const auto shown = all<ShowPartial>(policy_.decoded(early.id, tokens("allô")));
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown.front().text, "allô");
    EXPECT_TRUE(shown.front().isProvisional) << "the final text may still differ";
    EXPECT_THAT(hear(650), IsEmpty()) << "there is nothing left to cancel";
}

TEST_F(Policy, ShowsNothingBeforeTheEndOfAnUtteranceWithoutPartials) {
    policy_ = UtterancePolicy{{.hasPartials = false}};
    const DecodeJob early = jobOf(hear(400, 600));
    EXPECT_THAT(policy_.decoded(early.id, tokens("allô")), IsEmpty());
    EXPECT_EQ(policy_.ended(0, 600 * kMs, false), (PolicyActions{Finish{early.id, 0, 600 * kMs, 1}}));
}

TEST_F(Policy, ShowsAPartialThatIsDoneWhileASpeculationRuns) {
    const DecodeJob first = jobOf(hear(700));
    const auto actions = hear(700, 900);
    EXPECT_THAT(all<CancelJob>(actions), IsEmpty());
    EXPECT_EQ(jobOf(actions).kind, DecodeKind::Speculative);
    EXPECT_THAT(all<ShowPartial>(policy_.decoded(first.id, tokens("bonjour"))), SizeIs(1));
}

TEST_F(Policy, GivesUpAPartialWhenASpeculationIsDone) {
    const DecodeJob partial = jobOf(hear(700));
    const DecodeJob better = jobOf(hear(700, 900));
    EXPECT_EQ(all<CancelJob>(policy_.decoded(better.id, tokens("bonjour"))),
              (std::vector{CancelJob{partial.id}}));
    EXPECT_THAT(policy_.decoded(partial.id, tokens("bon jour")), IsEmpty());
}

TEST_F(Policy, GivesUpAPartialOfTheSameModelAtAPause) {
    policy_ = UtterancePolicy{{.isSameModel = true}};
    const DecodeJob partial = jobOf(hear(700));
    EXPECT_EQ(all<CancelJob>(hear(700, 900)), (std::vector{CancelJob{partial.id}}))
        << "what it commits would be missing in the final text";
    EXPECT_THAT(policy_.decoded(partial.id, tokens("trop tard")), IsEmpty());
}

TEST_F(Policy, DecodesHalfAStepAtABreath) {
    (void)partial(700, "bonjour");
    EXPECT_THAT(hear(1'050, 1'150), IsEmpty()) << "less than half a step is new";
    EXPECT_THAT(hear(1'200, 1'250), IsEmpty()) << "no breath yet";
    EXPECT_EQ(jobOf(hear(1'200, 1'300)).kind, DecodeKind::Partial);
}

TEST_F(Policy, DecodesAFailedSpeculationAgain) {
    const DecodeJob early = jobOf(hear(400, 600));
    (void)policy_.lost(early.id);
    EXPECT_EQ(jobOf(policy_.ended(0, 600 * kMs, false)).kind, DecodeKind::Final);
}

TEST_F(Policy, AsksForPartialsMoreRarelyUnderLoadThenNotAtAll) {
    policy_.setStep(3000ms);
    (void)partial(700, "bonjour");
    EXPECT_THAT(hear(2700), IsEmpty());
    policy_.setStep(std::nullopt);
    EXPECT_THAT(hear(9000), IsEmpty());
    EXPECT_EQ(jobOf(hear(9000, 9200)).kind, DecodeKind::Speculative) << "finals are never left out";
}

TEST_F(Policy, ShowsNoneOfWhatWhisperInvents) {
    const DecodeJob job = jobOf(hear(700));
    EXPECT_THAT(policy_.decoded(job.id, tokens("Sous-titres réalisés par la communauté")), IsEmpty());
}

TEST_F(Policy, LetsNoTextVanishWhereALongUtteranceIsCut) {
    (void)partial(700, "le serveur");
    (void)partial(1700, "le serveur ne répond plus depuis hier");
    const auto cut = policy_.ended(0, 1200 * kMs, true);
    EXPECT_EQ(jobOf(cut).kind, DecodeKind::Final);
    EXPECT_THAT(hear(1750, -1, 1200), IsEmpty());
    const auto shown = all<ShowPartial>(policy_.settled(0, "Le serveur ne répond plus."));
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown.front().start, 1200 * kMs);
    EXPECT_EQ(shown.front().end, 1700 * kMs) << "of the sound that it was heard in";
    EXPECT_EQ(shown.front().text, "depuis hier");
    EXPECT_EQ(shown.front().stableBytes, 0);
}

TEST_F(Policy, LetsNoTextVanishWhereTheNextUtteranceEndsBeforeTheCutOnesTextIsKnown) {
    for (const bool hasThirdBegun : {false, true}) {
        policy_ = UtterancePolicy{};
        (void)partial(700, "le serveur");
        (void)partial(1700, "le serveur ne répond plus depuis hier");
        (void)policy_.ended(0, 1200 * kMs, true);
        EXPECT_THAT(hear(1750, -1, 1200), IsEmpty());
        const auto ended = all<Finish>(policy_.ended(1200 * kMs, 1900 * kMs, false));
        if (hasThirdBegun) (void)hear(2600, -1, 2500);
        const auto shown = all<ShowPartial>(policy_.settled(0, "Le serveur ne répond plus."));
        ASSERT_EQ(shown.size(), 1U);
        EXPECT_EQ(shown.front().start, 1200 * kMs);
        EXPECT_EQ(shown.front().end, 1900 * kMs);
        EXPECT_EQ(shown.front().text, "depuis hier");
        ASSERT_EQ(ended.size(), 1U);
        EXPECT_LT(shown.front().revision, ended.front().revision);
    }
}

enum class Job { Partial, Speculation, Both, DoneSpeculation };
struct Unended {
    const char* name;
    Job out;
    bool isEnded;  // how the next one is told of
};
class UnendedUtterance : public Policy, public testing::WithParamInterface<Unended> {};
TEST_P(UnendedUtterance, GivesUpItsJobsWhereAnotherOneBegins) {
    std::vector<CancelJob> wanted;
    DecodeJob partial, speculation;
    const Job out = GetParam().out;
    if (out == Job::Partial || out == Job::Both) {
        partial = jobOf(hear(700));
        wanted.push_back({partial.id});
    }
    if (out != Job::Partial) speculation = jobOf(out == Job::Both ? hear(700, 900) : hear(400, 600));
    if (out == Job::Speculation || out == Job::Both) wanted.push_back({speculation.id});
    if (out == Job::DoneSpeculation) (void)policy_.decoded(speculation.id, tokens("avant"));
    // The channel knew the first one from before a restart: nobody told that it ended.
    const auto actions =
        GetParam().isEnded ? policy_.ended(2'000 * kMs, 3'000 * kMs, false) : hear(2'300, -1, 2'000);
    EXPECT_EQ(all<CancelJob>(actions), wanted);
    (void)hear(2'400, -1, 2'000);
    EXPECT_THAT(policy_.decoded(partial.id, tokens("avant")), IsEmpty()) << "under the id of the next one";
    EXPECT_THAT(policy_.decoded(speculation.id, tokens("avant")), IsEmpty());
    EXPECT_EQ(jobOf(hear(2'800, -1, 2'000)).kind, DecodeKind::Partial) << "its own";
}
INSTANTIATE_TEST_SUITE_P(
    Rows, UnendedUtterance,
    testing::Values(Unended{"APartial", Job::Partial, false},
                    Unended{"ASpeculation", Job::Speculation, false}, Unended{"Both", Job::Both, false},
                    Unended{"ADoneSpeculation", Job::DoneSpeculation, false},
                    Unended{"APartialAndTheNextEnds", Job::Partial, true},
                    Unended{"ASpeculationAndTheNextEnds", Job::Speculation, true},
                    Unended{"BothAndTheNextEnds", Job::Both, true},
                    Unended{"ADoneSpeculationAndTheNextEnds", Job::DoneSpeculation, true}),
    [](const auto& info) { return std::string{info.param.name}; });

struct Behind {
    const char* name;
    const char* shown;
    const char* text;
    const char* rest;
};
class BehindText : public testing::TestWithParam<Behind> {};
TEST_P(BehindText, IsWhatTheFinalTextDoesNotSay) {
    EXPECT_EQ(behind(GetParam().shown, GetParam().text), GetParam().rest);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, BehindText,
    testing::Values(Behind{"Nothing", "oui merci", "Oui, merci.", ""},
                    Behind{"TwoWords", "oui merci au revoir", "Oui, merci.", "au revoir"},
                    Behind{"OneWordMore", "oui donc merci au revoir", "Oui merci", "au revoir"},
                    Behind{"NoCommonWord", "un deux trois", "quatre", "deux trois"},
                    Behind{"AnAccentedCapital", "école privée oui", "École privée…", "oui"},
                    Behind{"NoFinalText", "un deux", "", "un deux"}),
    [](const auto& info) { return std::string{info.param.name}; });

/// Random speech, pauses, answers early, late or never: what must hold whatever happens.
TEST(PolicyProperty, EachUtteranceHasOneFinalAndItsCommittedTextOnlyGrows) {
    std::mt19937 random{7};
    const auto draw = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    for (int round = 0; round < 300; ++round) {
        UtterancePolicy policy;
        std::vector<DecodeJob> open;
        std::set<std::uint64_t> cancelled;
        std::string stable;
        std::int64_t shownStart = -1;
        std::int32_t revision = 0;
        std::vector<Finish> finals;
        std::set<std::uint64_t> known;
        const auto follow = [&](const PolicyActions& actions) {
            for (const PolicyAction& action : actions) {
                if (const auto* job = std::get_if<DecodeJob>(&action)) {
                    EXPECT_TRUE(known.insert(job->id).second);
                    EXPECT_LT(job->start, job->end);
                    open.push_back(*job);
                } else if (const auto* cancel = std::get_if<CancelJob>(&action)) {
                    EXPECT_TRUE(known.contains(cancel->id));
                    cancelled.insert(cancel->id);
                } else if (const auto* finish = std::get_if<Finish>(&action)) {
                    EXPECT_TRUE(known.contains(finish->id));
                    EXPECT_FALSE(cancelled.contains(finish->id)) << "a final is never cancelled";
                    finals.push_back(*finish);
                } else if (const auto* shown = std::get_if<ShowPartial>(&action)) {
                    if (shown->start != shownStart) {
                        stable.clear();
                        revision = 0;
                    }
                    shownStart = shown->start;
                    EXPECT_GT(shown->revision, revision);
                    revision = shown->revision;
                    EXPECT_TRUE(shown->text.starts_with(stable)) << shown->text << " after " << stable;
                    ASSERT_GE(shown->text.size(), static_cast<std::size_t>(shown->stableBytes));
                    stable = shown->text.substr(0, static_cast<std::size_t>(shown->stableBytes));
                }
            }
        };
        std::int64_t at = 0;
        for (int utterance = 0; utterance < 4; ++utterance) {
            const std::int64_t start = at;
            std::int64_t voiceEnd = at;
            const int windows = 5 + draw(200);
            for (int window = 0; window < windows; ++window) {
                at += 512;
                if (at - voiceEnd > 400 * kMs || draw(5) != 0) voiceEnd = at;
                follow(policy.heard({start, voiceEnd, at}));
                while (!open.empty() && draw(10) == 0) {
                    const DecodeJob job = open.front();
                    open.erase(open.begin());
                    if (draw(10) == 0) {
                        follow(policy.lost(job.id));
                        continue;
                    }
                    std::vector<Token> text = job.prefix;
                    for (int word = 0; word < 1 + draw(4); ++word) {
                        const int id = draw(3);
                        text.push_back({id, " w" + std::to_string(id)});
                    }
                    follow(policy.decoded(job.id, text));
                }
            }
            const std::size_t before = finals.size();
            follow(policy.ended(start, std::min(voiceEnd + 200 * kMs, at), false));
            ASSERT_EQ(finals.size(), before + 1);
            EXPECT_EQ(finals.back().start, start);
            at += 512;
        }
    }
}

}  // namespace
}  // namespace ninja3cx::transcription
