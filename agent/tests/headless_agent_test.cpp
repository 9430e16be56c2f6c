#include "agent/app/headless_agent.hpp"

#include "agent/app/capture_choice.hpp"
#include "agent/app/terminal_face.hpp"
#include "agent/tests/full_disk.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <sstream>
#include <tuple>

namespace ninja3cx::agent {
namespace {

using namespace std::chrono_literals;
using protocol::AudioEnd;
using protocol::AudioStart;
using protocol::CallState;
using protocol::DraftState;
using protocol::Recording;
using protocol::Speaker;

const CallId kCall{"call-1"};
const CallId kOther{"call-2"};
const DraftId kDraft{"draft-1"};

/// The network's edge: what was said, and whether there is a connection.
class FakeLine final : public ServerLine {
public:
    bool send(const protocol::ClientMessage& message) override {
        if (isUp) said.push_back(message);
        return isUp;
    }
    bool send(const protocol::AudioFrame& frame) override {
        if (isUp) frames.push_back(frame);
        return isUp;
    }
    void askForSnapshot() override { isSnapshotWanted = true; }
    std::size_t backlogBytes() const override { return backlog; }

    template <class Message>
    std::vector<Message> all() const {
        std::vector<Message> found;
        for (const auto& message : said)
            if (const auto* wanted = std::get_if<Message>(&message)) found.push_back(*wanted);
        return found;
    }

    bool isUp = true;
    std::size_t backlog = 0;
    bool isSnapshotWanted = false;
    std::vector<protocol::ClientMessage> said;
    std::vector<protocol::AudioFrame> frames;
};

class FakeSource final : public AudioSource {
public:
    void start(std::chrono::milliseconds callClock, OnPiece onPiece) override {
        ++starts;
        startedAt = callClock;
        isPaused = false;
        onPiece_ = std::move(onPiece);
    }
    void setPaused(bool paused) override { isPaused = paused; }
    void stop() override { onPiece_ = nullptr; }

    bool isOpen() const { return onPiece_ != nullptr; }
    /// 100 ms on both channels; nearly silent unless the customer is `loud`.
    void speak(std::int16_t loud = 1) {
        speakAt(spoken_ * 100, 0, loud);
        ++spoken_;
    }
    /// The same where the two clocks are said.
    void speakAt(std::int64_t callClockMs, std::int64_t deviceTimeUs, std::int16_t loud = 1) {
        onPiece_({Speaker::Agent, callClockMs, deviceTimeUs, std::vector<std::int16_t>(kPieceSamples, 1)});
        onPiece_(
            {Speaker::Customer, callClockMs, deviceTimeUs, std::vector<std::int16_t>(kPieceSamples, loud)});
    }

    int starts = 0;
    std::chrono::milliseconds startedAt{};
    bool isPaused = false;

private:
    OnPiece onPiece_;
    std::int64_t spoken_ = 0;
};

class Headless : public testing::Test {
protected:
    Headless() {
        agent_.use(line_);
        welcome();
    }

    void welcome(const std::string& extension = "201") { welcome(handlers_, extension); }
    static void welcome(const LinkHandlers& handlers, const std::string& extension = "201",
                        const std::string& serverId = "s-1") {
        protocol::Welcome message;
        message.extension = Extension{extension};
        message.serverId = serverId;
        handlers.onWelcome(message);
    }
    /// What a later run of the program finds and asks.
    std::vector<protocol::ClientMessage> askedByALaterRun(const std::string& extension,
                                                          const std::string& answer = "",
                                                          const std::string& serverId = "s-1") {
        Spool found =
            std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::Key{}}})).value();
        FakeLine line;
        HeadlessAgent later{clock_, found, nullptr, face_};
        later.use(line);
        welcome(later.handlers(), extension, serverId);
        later.handlers().onMessage(protocol::Snapshot{});
        if (!answer.empty())
            later.handlers().onMessage(protocol::ErrorReply{answer, "no", kCall.value(), false});
        return line.said;
    }

    static protocol::Call call(CallState state, Recording recording = Recording::None,
                               const CallId& callId = kCall) {
        protocol::Call made;
        made.callId = callId;
        made.extension = Extension{"201"};
        made.state = state;
        made.recording = recording;
        return made;
    }
    static protocol::Draft draft(DraftState state, const DraftId& draftId = kDraft,
                                 const CallId& callId = kCall) {
        protocol::Draft made;
        made.draftId = draftId;
        made.callId = callId;
        made.state = state;
        made.revision = 3;
        made.fields.subject = "VPN en panne (" + draftId.value() + ")";
        return made;
    }
    void hear(const protocol::ServerMessage& message) { handlers_.onMessage(message); }
    void happen(protocol::EventBody event) { hear(protocol::Event{++sequence_, std::move(event)}); }
    void callIs(CallState state, Recording recording = Recording::None) {
        happen(protocol::CallChanged{call(state, recording)});
    }
    void otherIs(CallState state, Recording recording = Recording::None) {
        happen(protocol::CallChanged{call(state, recording, kOther)});
    }
    void cut() {
        line_.isUp = false;
        handlers_.onDown(Error{ErrorKind::Unreachable, "cut"}, std::chrono::milliseconds{500});
    }
    /// What is said from then on is seen alone.
    void reconnect() {
        line_ = FakeLine{};
        welcome();
    }
    /// A new connection, which begins with all that the server knows.
    void comeBack(std::vector<protocol::Draft> drafts) {
        reconnect();
        protocol::Snapshot snapshot;
        snapshot.drafts = std::move(drafts);
        hear(snapshot);
    }
    std::vector<protocol::RecordingPause> pausesSaid() const { return line_.all<protocol::RecordingPause>(); }
    /// 100 ms of talk; how many pieces of each channel each call has got of all talk so far.
    using Captured = std::pair<std::int64_t, std::int64_t>;
    Captured speakAndCount() {
        if (source_.isOpen()) source_.speak();
        return {spool_.next(kCall).agent, spool_.next(kOther).agent};
    }
    void refuse(const std::string& code) { hear(protocol::ErrorReply{code, "no", kCall.value(), false}); }
    void ready(std::int64_t next = 0) { hear(protocol::AudioReady{kCall, 7, {next, next}}); }
    void acknowledge(std::int64_t next) { hear(protocol::AudioAck{kCall, {next, next}}); }
    /// A connected call whose audio flows.
    void talk(std::int64_t pieces) {
        callIs(CallState::Connected);
        ready();
        for (std::int64_t i = 0; i < pieces; ++i) source_.speak();
    }
    bool isSpooled() const { return std::filesystem::exists(folder_.path() / "spool" / kCall.value()); }
    std::string drafts() {
        out_.str("");
        agent_.onCommand("drafts");
        return out_.str();
    }

    TemporaryFolder folder_;
    ManualClock clock_;
    Spool spool_ =
        std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::Key{}}})).value();
    FakeSource source_;
    FakeLine line_;
    std::ostringstream out_;
    TerminalFace face_{out_, OutputFormat::Text};
    HeadlessAgent agent_{clock_, spool_, &source_, face_};
    LinkHandlers handlers_ = agent_.handlers();
    std::int64_t sequence_ = 0;
};

// ---- the telephone

TEST_F(Headless, ReportsWhatTheTechnicianSaysOfCalls) {
    agent_.onCommand("ring 0612345678");
    agent_.onCommand("start");
    agent_.onCommand("stop");
    const auto said = line_.all<protocol::CallDetected>();
    ASSERT_EQ(said.size(), 3U);
    EXPECT_EQ(said[0].state, CallState::Ringing);
    EXPECT_EQ(said[1].state, CallState::Connected);
    EXPECT_EQ(said[2].state, CallState::Ended);
    EXPECT_EQ(said[2].localId, said[0].localId);
    for (const char* wrong : {"ring", "stop 1", "dial"}) {
        out_.str("");
        agent_.onCommand(wrong);
        EXPECT_NE(out_.str().find("À écrire ainsi"), std::string::npos) << wrong;
    }
}

TEST_F(Headless, ReportsAgainAfterAnOutageAndAsTimePasses) {
    cut();
    agent_.onCommand("ring 0612345678");
    EXPECT_NE(out_.str().find("vu sur ce poste"), std::string::npos) << out_.str();
    reconnect();
    ASSERT_EQ(line_.all<protocol::CallDetected>().size(), 1U);
    clock_.advance(std::chrono::seconds{90});
    agent_.tick();
    EXPECT_EQ(line_.all<protocol::CallDetected>().back().state, CallState::Missed);
}

TEST_F(Headless, LeavesToTheServerWhatItShows) {
    protocol::Call ringing = call(CallState::Ringing);
    ringing.remoteNumber = "+33612345678";
    happen(protocol::CallChanged{ringing});
    agent_.onCommand("ring 0612345678");
    EXPECT_TRUE(line_.all<protocol::CallDetected>().empty());
    hear(protocol::Snapshot{});  // the call has gone
    clock_.advance(std::chrono::seconds{6});
    agent_.onCommand("ring 0612345678");
    EXPECT_EQ(line_.all<protocol::CallDetected>().size(), 1U);
}

// ---- audio

TEST_F(Headless, OpensAudioOnlyWhileTheCallIsConnected) {
    callIs(CallState::Ringing);
    EXPECT_FALSE(source_.isOpen());
    callIs(CallState::Connected);
    EXPECT_TRUE(source_.isOpen());
    callIs(CallState::Connected);
    EXPECT_EQ(source_.starts, 1);
    EXPECT_EQ(line_.all<AudioStart>(), std::vector{AudioStart{kCall}});
    callIs(CallState::Ended);
    EXPECT_FALSE(source_.isOpen());
}

struct Choice {
    const char* name;
    std::vector<CaptureCandidate> calls;
    std::optional<std::size_t> wanted;
};
class CaptureChoice : public testing::TestWithParam<Choice> {};
TEST_P(CaptureChoice, TakesTheCallThatBecameConnectedLast) {
    EXPECT_EQ(callToCapture(GetParam().calls), GetParam().wanted);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, CaptureChoice,
    testing::Values(Choice{"NoCall", {}, std::nullopt},
                    Choice{"Ringing", {{CallState::Ringing, Recording::None, 1, 0}}, std::nullopt},
                    Choice{"Held", {{CallState::Held, Recording::Active, 1, 0}}, std::nullopt},
                    Choice{"Ended", {{CallState::Ended, Recording::Active, 1, 0}}, std::nullopt},
                    Choice{"Blocked", {{CallState::Connected, Recording::Blocked, 1, 0}}, std::nullopt},
                    Choice{"Connected", {{CallState::Connected, Recording::None, 1, 0}}, 0},
                    Choice{"Paused", {{CallState::Connected, Recording::Paused, 1, 0}}, 0},
                    Choice{"NewestFirst",
                           {{CallState::Connected, Recording::Active, 2, 5},
                            {CallState::Connected, Recording::Active, 1, 9}},
                           0},
                    Choice{"NewestLast",
                           {{CallState::Connected, Recording::Active, 1, 9},
                            {CallState::Connected, Recording::Active, 2, 5}},
                           1},
                    Choice{"SameTurnAnsweredLater",
                           {{CallState::Connected, Recording::Active, 1, 9},
                            {CallState::Connected, Recording::Active, 1, 5}},
                           0},
                    Choice{"NewestIsHeld",
                           {{CallState::Connected, Recording::Active, 1, 5},
                            {CallState::Held, Recording::Active, 2, 9}},
                           0},
                    Choice{"NewestIsBlocked",
                           {{CallState::Connected, Recording::Active, 1, 5},
                            {CallState::Connected, Recording::Blocked, 2, 9}},
                           0}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(Headless, CapturesNothingOfACallThatIsHeldAndGoesOnAfterwards) {
    clock_.advance(std::chrono::seconds{1});
    protocol::Call connected = call(CallState::Connected);
    connected.answeredAtMs = toEpochMs(clock_.now());
    happen(protocol::CallChanged{connected});
    ready();
    source_.speak();
    callIs(CallState::Held);
    EXPECT_FALSE(source_.isOpen());
    EXPECT_TRUE(line_.all<AudioEnd>().empty());
    clock_.advance(std::chrono::seconds{30});
    happen(protocol::CallChanged{connected});
    ASSERT_TRUE(source_.isOpen());
    EXPECT_EQ(source_.startedAt, std::chrono::seconds{30});
    ready(1);
    source_.speak();
    callIs(CallState::Ended);
    EXPECT_EQ(line_.frames.size(), 4U);
    EXPECT_EQ(line_.all<AudioEnd>(), (std::vector{AudioEnd{kCall, {2, 2}}}));
}

TEST_F(Headless, CapturesTheSecondCallAndNotTheHeldOne) {
    callIs(CallState::Connected);
    EXPECT_EQ(speakAndCount(), (Captured{1, 0}));
    callIs(CallState::Held);
    otherIs(CallState::Ringing);
    EXPECT_EQ(speakAndCount(), (Captured{1, 0}));
    otherIs(CallState::Connected);
    EXPECT_EQ(speakAndCount(), (Captured{1, 1}));
    callIs(CallState::Held);  // told again
    EXPECT_EQ(speakAndCount(), (Captured{1, 2}));
    otherIs(CallState::Ended);
    EXPECT_EQ(speakAndCount(), (Captured{1, 2}));
    callIs(CallState::Connected);
    EXPECT_EQ(speakAndCount(), (Captured{2, 2}));
    EXPECT_EQ(line_.all<AudioStart>(),
              (std::vector{AudioStart{kCall}, AudioStart{kOther}, AudioStart{kCall}}));
}

TEST_F(Headless, SendsAllSpeechOfADeviceThatIsFasterThanTheCallsClock) {
    callIs(CallState::Connected);
    ready();
    constexpr std::int64_t kPieces = 1'200;  // two minutes; 1 % fast: 99 ms of the clock for 100 ms of sound
    for (std::int64_t i = 0; i < kPieces; ++i) {
        source_.speakAt(i * 99, 5'000'000 + i * 100'000, 9'000);
        acknowledge(i);
    }
    std::vector<protocol::AudioFrame> customer;
    std::copy_if(line_.frames.begin(), line_.frames.end(), std::back_inserter(customer),
                 [](const auto& frame) { return frame.channel == Speaker::Customer; });
    ASSERT_EQ(std::ssize(customer), kPieces);
    for (std::int64_t i = 0; i < kPieces; ++i) {
        const auto& frame = customer[static_cast<std::size_t>(i)];
        ASSERT_EQ(frame.callClockMs, i * 100) << "none begins before the one before it ends";
        ASSERT_EQ(frame.deviceTimeUs, 5'000'000 + i * 100'000);
    }
    EXPECT_LT(std::ssize(line_.frames) - kPieces, kPieces)
        << "silence is left out, so the microphone is in step";
    callIs(CallState::Ended);
    EXPECT_NE(out_.str().find("10101 ppm"), std::string::npos) << out_.str();
}

TEST_F(Headless, SwitchesToTheCallThatBecameConnectedLastAndBack) {
    callIs(CallState::Connected);
    otherIs(CallState::Connected);  // before the news that the first is held
    EXPECT_EQ(speakAndCount(), (Captured{0, 1}));
    callIs(CallState::Connected);  // told again
    EXPECT_EQ(speakAndCount(), (Captured{0, 2}));
    callIs(CallState::Held);
    callIs(CallState::Connected);
    EXPECT_EQ(speakAndCount(), (Captured{1, 2}));
}

TEST_F(Headless, OpensTheCallThatGoesOnWhenTheCapturedOneIsOver) {
    otherIs(CallState::Connected, Recording::Paused);
    for (const auto& over : std::vector<std::function<void()>>{
             [&] { callIs(CallState::Held); }, [&] { callIs(CallState::Ended); },
             [&] { happen(protocol::CallRemoved{kCall}); },
             [&] { callIs(CallState::Connected, Recording::Blocked); }, [&] { refuse("forbidden"); },
             [&] {
                 protocol::Snapshot snapshot;
                 snapshot.calls = {call(CallState::Connected, Recording::Paused, kOther)};
                 hear(snapshot);
             }}) {
        callIs(CallState::Ringing);
        callIs(CallState::Connected);
        const Captured before = speakAndCount();
        EXPECT_FALSE(source_.isPaused);
        over();
        EXPECT_EQ(speakAndCount().second, before.second + 1);
        EXPECT_TRUE(source_.isPaused);
    }
}

TEST_F(Headless, NeverOpensABlockedCall) {
    callIs(CallState::Connected, Recording::Blocked);
    EXPECT_EQ(source_.starts, 0);
    EXPECT_TRUE(line_.said.empty());
}

TEST_F(Headless, BeginsWhereTheCallIsByTheServersClock) {
    protocol::Snapshot snapshot;
    snapshot.serverTimeMs = toEpochMs(clock_.now()) + 60'000;
    snapshot.calls = {call(CallState::Connected)};
    snapshot.calls.front().answeredAtMs = snapshot.serverTimeMs - 2'500;
    hear(snapshot);
    EXPECT_EQ(source_.startedAt, std::chrono::milliseconds{2'500});
}

TEST_F(Headless, DeliversTheCallAndThenForgetsItsAudio) {
    talk(2);
    EXPECT_EQ(line_.frames.size(), 4U);
    callIs(CallState::Ended);
    EXPECT_EQ(line_.all<AudioEnd>(), (std::vector{AudioEnd{kCall, {2, 2}}}));
    EXPECT_TRUE(isSpooled());
    acknowledge(2);
    EXPECT_FALSE(isSpooled());
}

TEST_F(Headless, KeepsTheAudioOfACutAndSendsItAfterwards) {
    talk(1);
    cut();
    source_.speak();
    source_.speak();
    reconnect();
    EXPECT_EQ(line_.all<AudioStart>(), std::vector{AudioStart{kCall}});
    ready(1);
    EXPECT_EQ(line_.frames.size(), 4U);
    EXPECT_EQ(line_.frames.front().sequence, 1U);
}

TEST_F(Headless, GoesOnWhereTheServerIsWhenAnotherProgramHasStreamedMeanwhile) {
    talk(2);
    agent_.onCommand("record off");
    refuse("superseded");
    EXPECT_TRUE(source_.isOpen());
    EXPECT_TRUE(source_.isPaused) << "no answer to the pause";
    for (int i = 0; i < 4; ++i) source_.speak();
    line_.frames.clear();
    ready(4);
    EXPECT_EQ(line_.all<AudioStart>().size(), 1U) << "nobody asked";
    ASSERT_EQ(line_.frames.size(), 4U);
    EXPECT_EQ(line_.frames.front().sequence, 4U);
}

TEST_F(Headless, TellsOfADiskThatIsFullAndThatItIsWellAgain) {
    talk(1);
    {
        const FullDisk full;
        source_.speak();
    }
    EXPECT_NE(out_.str().find("sur ce poste a un problème"), std::string::npos) << out_.str();
    out_.str("");
    for (std::int64_t i = 0; i < Spool::kCalmFrames; ++i) source_.speak();
    EXPECT_EQ(out_.str(),
              "C'est réglé : le disque de ce poste accepte de nouveau l'enregistrement de l'appel\n");
}

TEST_F(Headless, TellsHowMuchOfACallCouldNotBeKept) {
    using namespace std::chrono_literals;
    talk(1);
    cut();
    const auto pass = [&](std::chrono::seconds time) {
        out_.str("");
        clock_.advance(time);
        agent_.tick();
        return out_.str();
    };
    {
        const FullDisk full;
        while (out_.str().find("audio is lost") == std::string::npos) source_.speak();
        for (int i = 0; i < 110; ++i) source_.speak();
        EXPECT_NE(pass(15s).find("12 s de cet appel n'ont pas pu être conservées : disque plein\n"),
                  std::string::npos)
            << out_.str();
        for (int i = 0; i < 10; ++i) source_.speak();
        EXPECT_EQ(pass(1s).find("conservées"), std::string::npos) << "not with each second of it";
    }
    source_.speak();
    EXPECT_NE(pass(1s).find("13 s de cet appel"), std::string::npos) << "all, once it grows no more";
    EXPECT_EQ(pass(60s).find("de cet appel n'ont"), std::string::npos);
    callIs(CallState::Ended);
    reconnect();
    hear(protocol::Snapshot{});
    for (std::int64_t next = 0; line_.all<AudioEnd>().empty() && next < 5'000; next += 50) {
        ready(next);
        acknowledge(next);
    }
    const auto ends = line_.all<AudioEnd>();
    ASSERT_EQ(ends.size(), 1U);
    ASSERT_TRUE(ends.front().gaps);
    ASSERT_EQ(ends.front().gaps->size(), 1U);
    const protocol::AudioGap gap = ends.front().gaps->front();
    EXPECT_GE(gap.endMs - gap.startMs, 12'000);
    EXPECT_LE(gap.endMs - gap.startMs, 12'200);
}

TEST_F(Headless, HoldsBackWhileTheLineIsFull) {
    line_.backlog = 1U << 20;
    talk(1);
    EXPECT_TRUE(line_.frames.empty());
    line_.backlog = 0;
    acknowledge(0);
    EXPECT_EQ(line_.frames.size(), 2U);
}

TEST_F(Headless, SaysADecisionAgainThatWasLostWithTheLink) {
    happen(protocol::DraftChanged{draft(DraftState::Counting)});
    agent_.onCommand("discard privé");
    cut();
    EXPECT_NE(out_.str().find("sera redite à la reconnexion"), std::string::npos) << out_.str();
    EXPECT_TRUE(line_.isSnapshotWanted);
    comeBack({draft(DraftState::Counting)});
    EXPECT_EQ(line_.all<protocol::DraftDiscard>(), (std::vector{protocol::DraftDiscard{kDraft, "privé"}}));
    happen(protocol::DraftChanged{draft(DraftState::Discarded)});
    cut();
    comeBack({draft(DraftState::Discarded)});
    EXPECT_TRUE(line_.all<protocol::DraftDiscard>().empty()) << "it was answered";
}

TEST_F(Headless, SaysADecisionAgainUntilTheDraftShowsThatItWasFollowed) {
    happen(protocol::DraftChanged{draft(DraftState::Counting)});
    agent_.onCommand("discard privé");
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});  // a standstill of the server
    for (int cuts = 0; cuts < 2; ++cuts) {
        out_.str("");
        cut();
        EXPECT_NE(out_.str().find("sera redite à la reconnexion"), std::string::npos) << out_.str();
        comeBack({draft(DraftState::Inbox)});
        EXPECT_EQ(line_.all<protocol::DraftDiscard>().size(), 1U);
    }
}

TEST_F(Headless, LetsNothingOvertakeADecisionThatIsInDoubt) {
    protocol::DraftFields edited = draft(DraftState::Inbox).fields;
    edited.requesterUid = "contact-7";
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    agent_.onCommand("edit requesterUid=contact-7");
    cut();
    line_ = FakeLine{};
    welcome();
    out_.str("");
    agent_.onCommand("confirm");
    EXPECT_NE(out_.str().find("sera dite à la reconnexion"), std::string::npos) << out_.str();
    protocol::Snapshot snapshot;
    snapshot.drafts = {draft(DraftState::Inbox)};
    hear(snapshot);
    EXPECT_TRUE(line_.all<protocol::DraftConfirm>().empty()) << "the edit may be refused";
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, edited}}));
}

TEST_F(Headless, KeepsADecisionThatIsMadeWhileTheLinkIsDown) {
    happen(protocol::DraftChanged{draft(DraftState::Counting)});
    cut();
    agent_.onCommand("discard privé");
    EXPECT_NE(out_.str().find("sera dite à la reconnexion"), std::string::npos) << out_.str();
    EXPECT_TRUE(line_.isSnapshotWanted);
    comeBack({draft(DraftState::Counting)});
    EXPECT_EQ(line_.all<protocol::DraftDiscard>(), (std::vector{protocol::DraftDiscard{kDraft, "privé"}}));
}

TEST_F(Headless, KeepsNoWordOnADeliveryWhileTheLinkIsDown) {
    protocol::Draft unconfirmed = draft(DraftState::Confirmed);
    unconfirmed.delivery.state = protocol::DeliveryState::Unconfirmed;
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    happen(protocol::DraftChanged{unconfirmed});
    cut();
    agent_.onCommand("again");
    EXPECT_NE(out_.str().find("rien n'a été envoyé"), std::string::npos) << out_.str();
    comeBack({unconfirmed});
    EXPECT_TRUE(line_.all<protocol::DeliveryDecide>().empty());
}

TEST_F(Headless, NeverSendsATicketAgainByItself) {
    protocol::Draft unconfirmed = draft(DraftState::Confirmed);
    unconfirmed.delivery.state = protocol::DeliveryState::Unconfirmed;
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    happen(protocol::DraftChanged{unconfirmed});
    agent_.onCommand("again");
    cut();
    EXPECT_NE(out_.str().find("puis décidez de nouveau"), std::string::npos) << out_.str();
    EXPECT_EQ(out_.str().find("sera redite"), std::string::npos) << out_.str();
    comeBack({unconfirmed});
    EXPECT_TRUE(line_.all<protocol::DeliveryDecide>().empty());
}

TEST_F(Headless, LeavesAnUnansweredDecisionOnAnotherTextToTheTechnician) {
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    agent_.onCommand("discard privé");
    cut();
    protocol::Draft edited = draft(DraftState::Inbox);
    edited.fields.subject = "Rappeler le client";
    out_.str("");
    comeBack({edited});
    EXPECT_TRUE(line_.all<protocol::DraftDiscard>().empty());
    EXPECT_NE(out_.str().find("puis décidez de nouveau"), std::string::npos) << out_.str();
}

TEST_F(Headless, PromisesNoRepetitionForADraftThatHasLeftTheView) {
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    happen(protocol::CallRemoved{kCall});
    agent_.onCommand("confirm");
    cut();
    EXPECT_EQ(out_.str().find("sera redite"), std::string::npos) << out_.str();
    EXPECT_NE(out_.str().find("puis décidez de nouveau"), std::string::npos) << out_.str();
}

TEST_F(Headless, ListsACountdownAsItIsNow) {
    protocol::Draft counting = draft(DraftState::Counting);
    counting.isAutomatic = true;
    counting.countdownTotalMs = counting.countdownLeftMs = 15'000;
    happen(protocol::DraftChanged{counting});
    clock_.advance(std::chrono::seconds{9});
    EXPECT_NE(drafts().find("dans 6 s"), std::string::npos) << out_.str();
}

TEST_F(Headless, ListsACountdownThatNobodySeesAsItStandsStill) {
    protocol::Draft counting = draft(DraftState::Counting);
    counting.isAutomatic = true;
    counting.countdownTotalMs = counting.countdownLeftMs = 15'000;
    happen(protocol::DraftChanged{counting});
    clock_.advance(std::chrono::seconds{4});
    cut();
    clock_.advance(std::chrono::seconds{2});
    cut();  // the next attempt
    clock_.advance(std::chrono::seconds{20});
    EXPECT_NE(drafts().find("dans 11 s"), std::string::npos) << out_.str();
    counting.countdownLeftMs = 11'000;
    comeBack({counting});
    clock_.advance(std::chrono::seconds{1});
    EXPECT_NE(drafts().find("dans 10 s"), std::string::npos) << out_.str();
}

struct Refusal {
    const char* name;
    const char* code;
    bool isDeleted;
};
class RefusedStart : public Headless, public testing::WithParamInterface<Refusal> {};
TEST_P(RefusedStart, DeletesTheAudioOnlyWhenItIsForGood) {
    callIs(CallState::Connected);
    source_.speak();
    refuse(GetParam().code);
    EXPECT_EQ(isSpooled(), !GetParam().isDeleted);
    EXPECT_EQ(source_.isOpen(), !GetParam().isDeleted);
}
INSTANTIATE_TEST_SUITE_P(Rows, RefusedStart,
                         testing::Values(Refusal{"DoNotRecord", "forbidden", true},
                                         Refusal{"AllThere", "delivered", true},
                                         Refusal{"NotNow", "conflict", false},
                                         Refusal{"Overloaded", "busy", false},
                                         Refusal{"ServerBroken", "serverError", false}),
                         [](const auto& info) { return std::string{info.param.name}; });

class RefusedPause : public Headless, public testing::WithParamInterface<const char*> {};
TEST_P(RefusedPause, DeletesNoAudio) {
    talk(2);
    agent_.onCommand("record off");
    EXPECT_EQ(line_.all<protocol::RecordingPause>().size(), 1U);
    refuse(GetParam());
    EXPECT_TRUE(isSpooled());
    EXPECT_TRUE(source_.isOpen());
    ready(2);  // the answer where the agent asked whether the call is still wanted
    source_.speak();
    EXPECT_EQ(line_.frames.size(), 6U);
}
INSTANTIATE_TEST_SUITE_P(Codes, RefusedPause, testing::Values("conflict", "forbidden", "notFound"));

TEST_F(Headless, AsksWhenTheEndIsRefusedAndThenDeletes) {
    talk(1);
    callIs(CallState::Ended);
    refuse("notFound");
    EXPECT_TRUE(isSpooled());
    EXPECT_EQ(line_.all<AudioStart>().size(), 2U);
    refuse("delivered");
    EXPECT_FALSE(isSpooled());
}

TEST_F(Headless, ClosesTheMicrophoneOfACallTheServerDoesNotKnowAndKeepsTheAudio) {
    talk(2);
    cut();
    reconnect();
    refuse("notFound");
    EXPECT_FALSE(source_.isOpen());
    EXPECT_TRUE(isSpooled());
    EXPECT_NE(out_.str().find("Enregistrement conservé (call-1)"), std::string::npos);
}

TEST_F(Headless, KeepsAudioOfAnUnknownCallForAWeekAndAsksEachTime) {
    talk(2);
    const auto asksOnce = [&](const std::vector<protocol::ClientMessage>& said) {
        return std::count(said.begin(), said.end(), protocol::ClientMessage{AudioStart{kCall}}) == 1;
    };
    EXPECT_TRUE(asksOnce(askedByALaterRun("201", "notFound")));
    EXPECT_TRUE(isSpooled());
    clock_.advance(SpoolLimits{}.maxAge - std::chrono::hours{1});
    EXPECT_TRUE(asksOnce(askedByALaterRun("201", "notFound")));
    EXPECT_TRUE(isSpooled());
    clock_.advance(std::chrono::hours{1});
    EXPECT_TRUE(asksOnce(askedByALaterRun("201", "notFound")));
    EXPECT_FALSE(isSpooled());
}

/// A key of another extension, or a shared PC: the server answers 'not found' to whatever it is asked.
TEST_F(Headless, KeepsTheAudioOfAnotherExtensionWithoutAWordForAWeek) {
    talk(2);
    clock_.advance(SpoolLimits{}.maxAge - std::chrono::hours{1});
    for (const char* answer : {"notFound", "forbidden", "delivered"}) {
        out_.str("");
        EXPECT_TRUE(askedByALaterRun("202", answer).empty());
        EXPECT_TRUE(isSpooled()) << answer;
        EXPECT_NE(out_.str().find("autre poste"), std::string::npos);
    }
    clock_.advance(std::chrono::hours{1});
    EXPECT_TRUE(askedByALaterRun("202").empty());
    EXPECT_FALSE(isSpooled());
}

TEST_F(Headless, DeliversTheAudioOfAnotherExtensionOnceThatOneConnects) {
    talk(2);
    EXPECT_TRUE(askedByALaterRun("202").empty());
    EXPECT_FALSE(askedByALaterRun("201", "delivered").empty());
    EXPECT_FALSE(isSpooled());
}

TEST_F(Headless, ErasesWhatNoServerTookForAWeekAndSaysSo) {
    talk(2);
    cut();
    callIs(CallState::Ended);
    clock_.advance(SpoolLimits{}.maxAge - std::chrono::hours{1});
    agent_.tick();
    EXPECT_TRUE(isSpooled());
    clock_.advance(std::chrono::hours{1});
    agent_.tick();
    EXPECT_FALSE(isSpooled());
    EXPECT_NE(out_.str().find("l'appel a plus de 7 jours"), std::string::npos) << out_.str();
}

TEST_F(Headless, LeavesWhatTheServerIsTakingThoughItIsOld) {
    talk(2);
    callIs(CallState::Ended);
    clock_.advance(SpoolLimits{}.maxAge + std::chrono::hours{1});
    agent_.tick();
    EXPECT_TRUE(isSpooled());
    acknowledge(2);
    EXPECT_FALSE(isSpooled());
    EXPECT_EQ(out_.str().find("effacé sans"), std::string::npos);
}

TEST_F(Headless, MakesRoomWithCallsThatTheServerDoesNotKnowTheOldestFirst) {
    const crypto::SealedBox box{crypto::Key{}};
    const auto folder = folder_.path() / "small";
    constexpr std::int64_t kFrameBytes = 3'300;
    const auto fill = [&](Spool& spool, const CallId& callId, std::int64_t recordedAtMs) {
        ASSERT_TRUE(spool.label(callId, {Extension{"201"}, recordedAtMs}));
        protocol::AudioFrame frame;
        frame.samples.assign(1600, 1);
        for (; frame.sequence < 3; ++frame.sequence) ASSERT_TRUE(spool.append(callId, frame));
    };
    const std::int64_t nowMs = toEpochMs(clock_.now());
    {
        Spool spool = std::move(Spool::open(folder, {box})).value();
        fill(spool, CallId{"newer"}, nowMs - 1'000);
        fill(spool, CallId{"older"}, nowMs - 2'000);
        fill(spool, CallId{"awaited"}, nowMs - 3'000);
    }
    SpoolLimits limits;
    limits.maxBytes = Spool::kNearlyBytes + 7 * kFrameBytes;
    Spool spool = std::move(Spool::open(folder, {box}, limits)).value();
    HeadlessAgent agent{clock_, spool, nullptr, face_};
    agent.use(line_);
    welcome(agent.handlers());
    for (const char* callId : {"newer", "older"})
        agent.handlers().onMessage(protocol::ErrorReply{"notFound", "no", callId, false});
    clock_.advance(1min);
    agent.tick();
    EXPECT_EQ(spool.calls(), (std::vector{CallId{"awaited"}, CallId{"newer"}}));
    EXPECT_NE(out_.str().find("la place manque"), std::string::npos) << out_.str();
}

/// The agent was pointed at another server, by mistake or for good.
TEST_F(Headless, KeepsAudioForTheServerThatHadTheCallWhateverAnotherOneAnswers) {
    talk(2);
    callIs(CallState::Ended);
    for (const char* answer : {"notFound", "forbidden", "delivered"}) {
        out_.str("");
        EXPECT_FALSE(askedByALaterRun("201", answer, "s-2").empty());
        EXPECT_TRUE(isSpooled()) << answer;
        EXPECT_NE(out_.str().find("autre serveur"), std::string::npos) << answer;
    }
    EXPECT_FALSE(askedByALaterRun("201", "delivered", "s-1").empty());
    EXPECT_FALSE(isSpooled());
}

class LostLabel : public Headless {
protected:
    LostLabel() {
        talk(2);
        callIs(CallState::Ended);
        const auto folder = folder_.path() / "spool" / kCall.value();
        std::filesystem::remove(folder / "call");
        const auto age = std::chrono::system_clock::now() - clock_.now();
        std::filesystem::last_write_time(
            folder, std::filesystem::file_time_type::clock::now() -
                        std::chrono::duration_cast<std::filesystem::file_time_type::duration>(age));
    }
};

TEST_F(LostLabel, IsNoReasonNotToAsk) {
    const auto said = askedByALaterRun("201", "delivered");
    EXPECT_EQ(said, (std::vector<protocol::ClientMessage>{AudioStart{kCall}}));
    EXPECT_FALSE(isSpooled());
}

TEST_F(LostLabel, KeepsAudioThatTheServerDoesNotKnowForAWeek) {
    EXPECT_FALSE(askedByALaterRun("202", "notFound").empty());
    EXPECT_TRUE(isSpooled());
    clock_.advance(SpoolLimits{}.maxAge + std::chrono::minutes{1});
    EXPECT_FALSE(askedByALaterRun("202", "notFound").empty());
    EXPECT_FALSE(isSpooled());
}

TEST_F(Headless, DeletesAfterACrashBetweenTheLastAcknowledgementAndTheDeletion) {
    talk(2);
    callIs(CallState::Ended);
    spool_.acknowledge(kCall, {2, 2});  // and then the program was killed
    ASSERT_TRUE(isSpooled());
    Spool found =
        std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::Key{}}})).value();
    FakeLine line;
    HeadlessAgent later{clock_, found, nullptr, face_};
    later.use(line);
    welcome(later.handlers());
    later.handlers().onMessage(protocol::AudioReady{kCall, 7, {2, 2}});
    EXPECT_TRUE(line.frames.empty());
    EXPECT_EQ(line.all<AudioEnd>(), (std::vector{AudioEnd{kCall, {2, 2}}}));
    EXPECT_FALSE(isSpooled());
}

TEST_F(Headless, DeletesWhatItCapturedOnceTheCallIsBlocked) {
    talk(3);
    ASSERT_TRUE(isSpooled());
    callIs(CallState::Connected, Recording::Blocked);
    EXPECT_FALSE(source_.isOpen());
    EXPECT_FALSE(isSpooled());
    EXPECT_TRUE(line_.all<AudioEnd>().empty());
}

TEST_F(Headless, DeletesAnEarlierRunsAudioOfACallThatWasBlockedMeanwhile) {
    talk(1);
    HeadlessAgent later{clock_, spool_, nullptr, face_};
    later.use(line_);
    welcome(later.handlers());
    protocol::Snapshot snapshot;
    snapshot.calls = {call(CallState::Ended, Recording::Blocked)};
    later.handlers().onMessage(snapshot);
    EXPECT_FALSE(isSpooled());
}

TEST_F(Headless, PausesTheSourceWithTheRecording) {
    talk(1);
    callIs(CallState::Connected, Recording::Paused);
    EXPECT_TRUE(source_.isPaused);
    callIs(CallState::Connected, Recording::Active);
    EXPECT_FALSE(source_.isPaused);
}

TEST_F(Headless, PausesAtOnceWithoutAConnectionAndSaysSoAfterwards) {
    callIs(CallState::Connected, Recording::Active);
    cut();
    out_.str("");
    agent_.onCommand("record off");
    EXPECT_TRUE(source_.isPaused);
    EXPECT_NE(out_.str().find("Enregistrement suspendu sur ce poste"), std::string::npos) << out_.str();
    EXPECT_EQ(out_.str().find("offline"), std::string::npos) << out_.str();
    line_.isUp = true;
    welcome();
    EXPECT_EQ(pausesSaid(), (std::vector{protocol::RecordingPause{kCall, true}}));
    protocol::Snapshot before;  // the server has not read the wish yet
    before.calls = {call(CallState::Connected, Recording::Active)};
    hear(before);
    EXPECT_TRUE(source_.isPaused);
    callIs(CallState::Connected, Recording::Paused);
    callIs(CallState::Connected, Recording::Active);  // resumed elsewhere
    EXPECT_FALSE(source_.isPaused);
    welcome();
    EXPECT_EQ(pausesSaid().size(), 1U);
}

TEST_F(Headless, ResumesWithoutAConnectionAndSaysSoAfterwards) {
    callIs(CallState::Connected, Recording::Paused);
    cut();
    out_.str("");
    agent_.onCommand("record on");
    EXPECT_FALSE(source_.isPaused);
    EXPECT_NE(out_.str().find("Enregistrement repris sur ce poste"), std::string::npos) << out_.str();
    line_.isUp = true;
    welcome();
    EXPECT_EQ(pausesSaid(), (std::vector{protocol::RecordingPause{kCall, false}}));
    callIs(CallState::Connected, Recording::Active);
    welcome();
    EXPECT_EQ(pausesSaid().size(), 1U);
}

TEST_F(Headless, SaysTheLastWishOfACut) {
    callIs(CallState::Connected, Recording::Active);
    cut();
    for (const char* command : {"record off", "record on", "record off"}) agent_.onCommand(command);
    EXPECT_TRUE(source_.isPaused);
    line_.isUp = true;
    welcome();
    EXPECT_EQ(pausesSaid(), (std::vector{protocol::RecordingPause{kCall, true}}));
}

TEST_F(Headless, RepeatsAPauseThatWasLostWithTheConnection) {
    callIs(CallState::Connected, Recording::Active);
    agent_.onCommand("record off");
    EXPECT_TRUE(source_.isPaused);
    cut();
    reconnect();
    EXPECT_EQ(pausesSaid(), (std::vector{protocol::RecordingPause{kCall, true}}));
}

TEST_F(Headless, KeepsAPauseOfOneCallWhileAnotherIsCaptured) {
    callIs(CallState::Connected, Recording::Active);
    agent_.onCommand("record off");
    callIs(CallState::Held, Recording::Active);
    otherIs(CallState::Connected, Recording::Active);
    EXPECT_FALSE(source_.isPaused);
    callIs(CallState::Connected, Recording::Active);
    EXPECT_TRUE(source_.isPaused);
}

TEST_F(Headless, HoldsARefusedPauseUntilTheTechnicianResumes) {
    callIs(CallState::Connected, Recording::Active);
    ready();
    agent_.onCommand("record off");
    out_.str("");
    refuse("busy");
    callIs(CallState::Connected, Recording::Active);
    EXPECT_TRUE(source_.isPaused);
    EXPECT_NE(out_.str().find("Enregistrement suspendu sur ce poste"), std::string::npos) << out_.str();
    agent_.onCommand("record on");
    EXPECT_FALSE(source_.isPaused);
}

TEST_F(Headless, ForgetsAPauseWithItsCall) {
    callIs(CallState::Connected, Recording::Active);
    cut();
    agent_.onCommand("record off");
    line_.isUp = true;
    callIs(CallState::Ended);
    welcome();
    EXPECT_TRUE(pausesSaid().empty());
}

TEST_F(Headless, DeliversACallThatHasLeftTheViewAndAsksForItNoMore) {
    talk(1);
    happen(protocol::CallRemoved{kCall});
    EXPECT_FALSE(source_.isOpen());
    EXPECT_TRUE(isSpooled());
    acknowledge(1);
    EXPECT_FALSE(isSpooled());
    reconnect();
    EXPECT_TRUE(line_.said.empty());
}

/// A call that is captured, and a server that sees it.
class Unseen : public Headless {
protected:
    Unseen() {
        clock_.advance(1s);
        see();
        ready();
        line_.said.clear();
        out_.str("");
    }

    /// The server says how things are.
    void see(CallState state = CallState::Connected,
             protocol::LinkState pbx = protocol::LinkState::Connected) {
        protocol::Snapshot snapshot;
        snapshot.serverTimeMs = toEpochMs(clock_.now());
        snapshot.system.pbx = pbx;
        snapshot.calls = {call(state)};
        snapshot.calls.front().answeredAtMs = answeredAtMs_;
        hear(snapshot);
    }
    void pbxIs(protocol::LinkState state) {
        protocol::SystemChanged changed;
        changed.system.pbx = state;
        happen(changed);
    }
    /// The customer speaks in the first of every `every`.
    void pass(std::chrono::seconds time, std::chrono::seconds every = 1s) {
        for (auto at = 0s; at < time; at += 1s) {
            if (source_.isOpen()) source_.speak(at % every == 0s ? 8000 : 1);
            clock_.advance(1s);
            agent_.tick();
        }
    }
    bool isSaid(const std::string& text) const { return out_.str().find(text) != std::string::npos; }

    const std::int64_t answeredAtMs_ = toEpochMs(clock_.now());
};

struct Outage {
    const char* name;
    bool isLinkCut;
    protocol::LinkState pbx;
};
class UnseenBy : public Unseen, public testing::WithParamInterface<Outage> {
protected:
    void lose() {
        pbxIs(GetParam().pbx);
        if (GetParam().isLinkCut) cut();
    }
};
TEST_P(UnseenBy, IsCapturedForTenMinutesAndNoLonger) {
    lose();
    pass(9min + 59s);
    EXPECT_TRUE(source_.isOpen());
    pass(1s);
    EXPECT_FALSE(source_.isOpen());
    EXPECT_TRUE(isSaid("Micro fermé : depuis 10 min, le serveur ne voit plus si l'appel continue."))
        << out_.str();
    out_.str("");
    pass(1h);
    EXPECT_FALSE(source_.isOpen());
    EXPECT_EQ(out_.str(), "");
}
TEST_P(UnseenBy, IsCapturedForTwoMinutesOfTheCustomersSilence) {
    lose();
    pass(5min, 119s);
    EXPECT_TRUE(source_.isOpen());
    pass(3min, 4min);
    EXPECT_FALSE(source_.isOpen());
    EXPECT_TRUE(isSaid("et le client se tait depuis 2 min")) << out_.str();
}
INSTANTIATE_TEST_SUITE_P(Rows, UnseenBy,
                         testing::Values(Outage{"NoServer", true, protocol::LinkState::Connected},
                                         Outage{"NeitherServerNorPbx", true, protocol::LinkState::Failed},
                                         Outage{"PbxFailed", false, protocol::LinkState::Failed},
                                         Outage{"PbxNotYetThere", false, protocol::LinkState::Connecting}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST_F(Unseen, IsNotWhatNinjaOnesNeedForALoginMakesOfACall) {
    protocol::SystemChanged changed;
    changed.system.pbx = protocol::LinkState::Connected;
    changed.system.ninja = protocol::LinkState::NeedsLogin;
    happen(changed);
    EXPECT_TRUE(isSaid("La connexion à NinjaOne est à refaire")) << out_.str();
    EXPECT_TRUE(source_.isOpen());
    out_.str("");
    protocol::Snapshot again;  // after a reconnect
    again.system = changed.system;
    again.calls = {call(CallState::Connected)};
    hear(again);
    EXPECT_FALSE(isSaid("NinjaOne")) << out_.str();
}

TEST_F(Unseen, IsNoCallThatTheServerSees) {
    pass(1h, 2h);
    EXPECT_TRUE(source_.isOpen());
    pbxIs(protocol::LinkState::NotConfigured);
    pass(1h, 2h);
    EXPECT_TRUE(source_.isOpen());
}

TEST_F(Unseen, CountsFromTheFirstOutageUntilAllIsSeenAgain) {
    cut();
    pass(5min);
    reconnect();
    see(CallState::Connected, protocol::LinkState::Connecting);  // the server was started anew
    pass(4min + 59s);
    EXPECT_TRUE(source_.isOpen());
    pass(1s);
    EXPECT_FALSE(source_.isOpen());
}

TEST_F(Unseen, BeginsAnewWithEachOutage) {
    for (int i = 0; i < 3; ++i) {
        pbxIs(protocol::LinkState::Failed);
        pass(9min);
        pbxIs(protocol::LinkState::Connected);
    }
    EXPECT_TRUE(source_.isOpen());
}

TEST_F(Unseen, GoesOnWhereTheCallIsOnceItIsSeenAgain) {
    for (int i = 0; i < 3; ++i) source_.speak();
    cut();
    pass(10min);
    EXPECT_FALSE(source_.isOpen());
    reconnect();
    EXPECT_FALSE(source_.isOpen()) << "nothing is said of the call yet";
    pass(1min);
    see();
    ASSERT_TRUE(source_.isOpen());
    EXPECT_EQ(source_.startedAt, 11min + 1s);
    EXPECT_TRUE(isSaid("Micro rouvert")) << out_.str();
    ready(3);
    const std::int64_t before = spool_.next(kCall).agent;
    EXPECT_GT(before, 3);
    source_.speak();
    EXPECT_EQ(spool_.next(kCall).agent, before + 1) << "of one stream";
    EXPECT_EQ(line_.frames.front().sequence, 3U) << "what was recorded unseen is delivered";
    EXPECT_TRUE(line_.all<AudioEnd>().empty());
}

TEST_F(Unseen, GoesOnOnceThePbxIsSeenAgain) {
    pbxIs(protocol::LinkState::Failed);
    pass(10min);
    callIs(CallState::Connected, Recording::Active);  // as before: the server cannot know better
    EXPECT_FALSE(source_.isOpen());
    pbxIs(protocol::LinkState::Connected);
    EXPECT_TRUE(source_.isOpen());
}

TEST_F(Unseen, GoesOnOnlyAfterTheEventsThatWereMissed) {
    cut();
    pass(10min);
    reconnect();
    EXPECT_EQ(line_.all<AudioStart>().size(), 1U);
    protocol::Call quieter = call(CallState::Connected);
    quieter.lagMs = 500;
    happen(protocol::CallChanged{quieter});
    EXPECT_FALSE(source_.isOpen()) << "its end may be the next";
    ready();  // the answer comes after all of them
    EXPECT_TRUE(source_.isOpen());
}

TEST_F(Unseen, IsDeliveredWithoutAMicrophoneWhenItWasOver) {
    source_.speak();
    cut();
    pass(10min);
    const int starts = source_.starts;
    reconnect();
    see(CallState::Ended);
    ready();
    for (std::int64_t acknowledged = 50; isSpooled() && acknowledged < 2000; acknowledged += 50)
        acknowledge(acknowledged);
    EXPECT_EQ(source_.starts, starts);
    EXPECT_EQ(line_.all<AudioEnd>().size(), 1U);
    EXPECT_FALSE(isSpooled());
}

TEST_F(Unseen, IsNotSilentWhileItsRecordingIsPaused) {
    agent_.onCommand("record off");
    cut();
    pass(9min, 1h);
    EXPECT_TRUE(source_.isOpen());
    agent_.onCommand("record on");
    pass(59s, 1h);
    EXPECT_TRUE(source_.isOpen());
    pass(1s);
    EXPECT_FALSE(source_.isOpen());
}

TEST_F(Unseen, StaysPausedWhenItIsPausedAfterTheMicrophoneWasClosed) {
    cut();
    pass(10min);
    agent_.onCommand("record on");
    EXPECT_FALSE(source_.isOpen());
    EXPECT_FALSE(isSaid("Enregistrement repris")) << out_.str();
    agent_.onCommand("record off");
    EXPECT_TRUE(isSaid("Enregistrement suspendu")) << out_.str();
    reconnect();
    see();
    EXPECT_TRUE(source_.isOpen());
    EXPECT_TRUE(source_.isPaused);
    EXPECT_FALSE(isSaid("Micro rouvert")) << out_.str();
}

// ---- text

TEST_F(Headless, TellsOfAnEchoOnceAlsoAfterAReconnect) {
    protocol::Call heard = call(CallState::Connected, Recording::Active);
    happen(protocol::CallChanged{heard});
    out_.str("");
    heard.echo = protocol::Echo{12, 150};
    happen(protocol::CallChanged{heard});
    const std::string told = out_.str();
    EXPECT_NE(told.find("Votre micro capte la voix du client"), std::string::npos) << told;
    cut();
    reconnect();
    out_.str("");
    heard.echo->attenuationDb = 9;
    protocol::Snapshot snapshot;
    snapshot.calls = {heard};
    hear(snapshot);
    EXPECT_EQ(out_.str(), "");
}

TEST_F(Headless, PassesOnPartialTextAsItGrowsAndTheFinalTextOnce) {
    std::ostringstream out;
    TerminalFace face{out, OutputFormat::Json};
    HeadlessAgent agent{clock_, spool_, nullptr, face};
    agent.use(line_);
    const LinkHandlers handlers = agent.handlers();
    std::int64_t sequence = 0;
    const auto utterance = [](std::int32_t revision, bool isFinal, std::int32_t stableBytes,
                              const std::string& text) {
        protocol::Utterance made;
        made.callId = kCall;
        made.utteranceId = UtteranceId{"customer-0061000"};
        made.channel = Speaker::Customer;
        made.revision = revision;
        made.isFinal = isFinal;
        made.stableBytes = stableBytes;
        made.text = text;
        return made;
    };
    const auto say = [&](const protocol::Utterance& said) {
        handlers.onMessage(protocol::Event{++sequence, protocol::UtteranceChanged{said}});
    };
    say(utterance(0, false, 0, "le V"));
    say(utterance(1, false, 3, "le VPN de"));
    protocol::Snapshot again;  // after a reconnect
    again.calls = {call(CallState::Connected)};
    again.utterances = {utterance(1, false, 3, "le VPN de")};
    handlers.onMessage(again);
    say(utterance(2, false, 7, "le VPN ne m"));
    say(utterance(1, false, 3, "le VPN de"));
    say(utterance(3, true, 22, "Le VPN ne marche plus."));
    say(utterance(2, false, 7, "le VPN ne m"));
    say(utterance(3, true, 22, "Le VPN ne marche plus."));

    std::vector<std::pair<std::int64_t, std::string>> shown;
    std::istringstream lines{out.str()};
    for (std::string text; std::getline(lines, text);) {
        const auto parsed = json::parse(text);
        ASSERT_TRUE(parsed) << text;
        if (parsed->at("event") != "utterance") continue;
        const auto& said = parsed->at("utterance");
        EXPECT_EQ(said.at("isFinal").as_bool(), said.at("revision").as_int64() == 3);
        shown.emplace_back(said.at("stableBytes").as_int64(), said.at("text").as_string().c_str());
    }
    EXPECT_EQ(shown, (std::vector<std::pair<std::int64_t, std::string>>{
                         {0, "le V"}, {3, "le VPN de"}, {7, "le VPN ne m"}, {22, "Le VPN ne marche plus."}}));
}

// ---- drafts

TEST_F(Headless, SaysOnceThatADraftIsShown) {
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    happen(protocol::DraftChanged{draft(DraftState::Counting)});
    protocol::Snapshot snapshot;
    snapshot.drafts = {draft(DraftState::Counting)};
    hear(snapshot);
    EXPECT_EQ(line_.all<protocol::DraftShown>(), std::vector{protocol::DraftShown{kDraft}});
}

TEST_F(Headless, SaysAgainThatADraftIsShownWhenTheServerWaitsForIt) {
    protocol::Draft waiting = draft(DraftState::Inbox);
    waiting.countdownLeftMs = 15'000;
    happen(protocol::DraftChanged{waiting});
    happen(protocol::DraftChanged{draft(DraftState::Counting)});
    protocol::Snapshot afterRestart;
    afterRestart.drafts = {waiting};
    hear(afterRestart);
    EXPECT_EQ(line_.all<protocol::DraftShown>().size(), 2U);
}

TEST_F(Headless, ForgetsTheDraftsOfRemovedCallsButTheChosenOne) {
    const DraftId other{"draft-2"};
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    happen(protocol::CallRemoved{kCall});
    EXPECT_NE(drafts().find("draft-1"), std::string::npos) << "the technician may still decide on it";
    happen(protocol::DraftChanged{draft(DraftState::Inbox, other, CallId{"call-2"})});
    EXPECT_EQ(drafts().find("draft-1"), std::string::npos);
    EXPECT_NE(drafts().find("draft-2"), std::string::npos);
}

TEST_F(Headless, ForgetsTheDraftsThatASnapshotLacks) {
    const DraftId other{"draft-2"};
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    protocol::Snapshot snapshot;
    snapshot.drafts = {draft(DraftState::Inbox, other, CallId{"call-2"})};
    hear(snapshot);
    EXPECT_EQ(drafts().find("draft-1"), std::string::npos);
    EXPECT_NE(drafts().find("draft-2"), std::string::npos);
}

// ---- several drafts

const DraftId kLater{"draft-2"};

class Several : public Headless {
protected:
    void wait(const DraftId& draftId, const CallId& callId, DraftState state = DraftState::Inbox) {
        happen(protocol::DraftChanged{draft(state, draftId, callId)});
    }
    void countDown(const DraftId& draftId, const CallId& callId) {
        auto counting = draft(DraftState::Counting, draftId, callId);
        counting.isAutomatic = true;
        counting.countdownLeftMs = 15'000;
        happen(protocol::DraftChanged{counting});
    }
    static protocol::Draft unconfirmed(const DraftId& draftId = kDraft) {
        auto sent = draft(DraftState::Confirmed, draftId);
        sent.delivery.state = protocol::DeliveryState::Unconfirmed;
        sent.delivery.problemCode = "unconfirmed";
        return sent;
    }
    std::string answer(const std::string& command) {
        out_.str("");
        agent_.onCommand(command);
        return out_.str();
    }
    std::vector<protocol::DraftConfirm> confirmed() const { return line_.all<protocol::DraftConfirm>(); }
    std::vector<protocol::DeliveryDecide> decided() const { return line_.all<protocol::DeliveryDecide>(); }
};

using protocol::DeliveryDecide;
using protocol::DeliveryDecision;
using protocol::DraftConfirm;

TEST_F(Several, CanAllBeDecidedAfterARestartAndSoCanADelivery) {
    protocol::Snapshot snapshot;
    snapshot.drafts = {unconfirmed()};
    hear(snapshot);
    agent_.onCommand("exists 4711");
    EXPECT_EQ(decided(),
              (std::vector{DeliveryDecide{kDraft, DeliveryDecision::AlreadyThere, TicketId{4711}}}));
}

TEST_F(Several, AreDecidedByNumberWhicheverCameLast) {
    wait(kDraft, kCall);
    wait(kLater, kOther);
    EXPECT_NE(out_.str().find("Plusieurs brouillons vous attendent (#1, #2)"), std::string::npos)
        << out_.str();
    agent_.onCommand("use 1");
    agent_.onCommand("confirm");
    EXPECT_EQ(confirmed(), (std::vector{DraftConfirm{kDraft, 3}}));
    agent_.onCommand("use #2");
    agent_.onCommand("confirm");
    EXPECT_EQ(confirmed(), (std::vector{DraftConfirm{kDraft, 3}, DraftConfirm{kLater, 3}}));
}

TEST_F(Several, AreNotGuessedAmong) {
    wait(kDraft, kCall);
    wait(kLater, kOther);
    line_.said.clear();
    for (const char* command :
         {"confirm", "later", "pause", "resume", "discard faux numéro", "edit subject=x"}) {
        const std::string asked = answer(command);
        EXPECT_NE(asked.find("Lequel ?"), std::string::npos) << command << ": " << asked;
        EXPECT_NE(asked.find("\n  #1 VPN en panne (draft-1) → à valider"), std::string::npos) << asked;
        EXPECT_NE(asked.find("\n  #2 VPN en panne (draft-2) → à valider"), std::string::npos) << asked;
    }
    EXPECT_TRUE(line_.said.empty());
    EXPECT_NE(answer("use 3").find("Aucun brouillon de ce numéro"), std::string::npos);
    EXPECT_NE(answer("use x").find("À écrire ainsi : use N"), std::string::npos);
}

TEST_F(Several, AreTakenUpOneAfterTheOther) {
    wait(kDraft, kCall);
    wait(kLater, kOther);
    agent_.onCommand("use 2");
    out_.str("");
    wait(kLater, kOther, DraftState::Confirmed);
    EXPECT_NE(out_.str().find("Les commandes portent maintenant sur #1 VPN en panne (draft-1)\n"),
              std::string::npos)
        << out_.str();
    agent_.onCommand("confirm");
    EXPECT_EQ(confirmed(), (std::vector{DraftConfirm{kDraft, 3}}));
    wait(kDraft, kCall, DraftState::Confirmed);
    EXPECT_NE(answer("confirm").find("Il n'y a pas de brouillon à décider"), std::string::npos);
}

TEST_F(Several, LeaveAnUndecidedDeliveryWithinReachOfItsCommands) {
    happen(protocol::DraftChanged{unconfirmed()});
    countDown(kLater, kOther);
    EXPECT_NE(out_.str().find("Les commandes portent maintenant sur #2"), std::string::npos) << out_.str();
    EXPECT_NE(answer("again").find("Lequel ?"), std::string::npos) << "the countdown is current";
    EXPECT_TRUE(decided().empty());
    agent_.onCommand("use 1");
    agent_.onCommand("again");
    EXPECT_EQ(decided(), (std::vector{DeliveryDecide{kDraft, DeliveryDecision::SendAgain, std::nullopt}}));
}

TEST_F(Several, AreNotMeantByAWordThatIsSaidTwice) {
    happen(protocol::DraftChanged{unconfirmed()});
    happen(protocol::DraftChanged{unconfirmed(kLater)});
    agent_.onCommand("use 1");
    agent_.onCommand("giveup");
    auto givenUp = unconfirmed();
    givenUp.delivery.state = protocol::DeliveryState::Rejected;
    givenUp.delivery.problemCode = "givenUp";
    happen(protocol::DraftChanged{givenUp});
    EXPECT_NE(answer("giveup").find("Lequel ?"), std::string::npos) << out_.str();
    EXPECT_EQ(decided(), (std::vector{DeliveryDecide{kDraft, DeliveryDecision::GiveUp, std::nullopt}}));
    agent_.onCommand("use 2");
    agent_.onCommand("giveup");
    EXPECT_EQ(decided().size(), 2U);
}

TEST_F(Several, ThatWereSentTakeNoWordOfADraft) {
    happen(protocol::DraftChanged{unconfirmed()});
    line_.said.clear();
    for (const char* command : {"confirm", "later", "pause", "discard faux numéro"})
        EXPECT_NE(answer(command).find("a déjà été envoyé"), std::string::npos) << command << out_.str();
    EXPECT_TRUE(line_.said.empty());
}

TEST_F(Several, AreNoDoubtToACountdownThatHasJustPoppedUp) {
    wait(kDraft, kCall);
    countDown(kLater, kOther);
    agent_.onCommand("confirm");
    EXPECT_EQ(confirmed(), (std::vector{DraftConfirm{kLater, 3}}));
}

TEST_F(Several, TakeNoNumberWhereItIsNotWritten) {
    wait(kDraft, kCall);
    wait(kLater, kOther);
    agent_.onCommand("use 2");
    line_.said.clear();
    EXPECT_NE(answer("confirm 1").find("À écrire ainsi : confirm ; 'use N' choisit le brouillon"),
              std::string::npos)
        << out_.str();
    EXPECT_NE(answer("exists 1 4711").find("À écrire ainsi : exists NUMÉRO"), std::string::npos);
    EXPECT_TRUE(line_.said.empty());
}

TEST_F(Several, AreToldApartByNumberSubjectAndCaller) {
    auto ringing = call(CallState::Ended);
    ringing.startedAtMs = 1;
    ringing.remoteName = "Jeanne";
    ringing.remoteNumber = "+33612345678";
    happen(protocol::CallChanged{ringing});
    wait(kDraft, kCall);
    EXPECT_NE(out_.str().find("#1 Ticket proposé : VPN en panne (draft-1) – Jeanne (+33612345678)\n"),
              std::string::npos)
        << out_.str();
    wait(kLater, kOther);
    agent_.onCommand("use 2");
    const std::string listed = drafts();
    EXPECT_NE(listed.find("#1 Ticket proposé"), std::string::npos) << listed;
    EXPECT_NE(listed.find("#2 [choisi] Ticket proposé"), std::string::npos) << listed;
    out_.str("");
    wait(kDraft, kCall, DraftState::Confirmed);
    EXPECT_EQ(out_.str(), "#1 VPN en panne (draft-1) – Jeanne (+33612345678) → confirmé\n");
    out_.str("");
    hear(protocol::ErrorReply{"conflict", "no", kDraft.value(), false});
    EXPECT_TRUE(out_.str().starts_with("#1 Refusé :")) << out_.str();
}

// ---- commands

TEST_F(Headless, PassesTheTechniciansDecisionsOn) {
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    line_.said.clear();
    for (const char* command : {"later", "pause", "resume", "discard faux numéro", "confirm", "again",
                                "exists 4711", "giveup", "edit subject=Imprimante"})
        EXPECT_TRUE(agent_.onCommand(command));
    protocol::DraftFields edited = draft(DraftState::Inbox).fields;
    edited.subject = "Imprimante";
    using protocol::DeliveryDecision;
    const std::vector<protocol::ClientMessage> wanted{
        protocol::DraftLater{kDraft},
        protocol::DraftPause{kDraft, true},
        protocol::DraftPause{kDraft, false},
        protocol::DraftDiscard{kDraft, "faux numéro"},
        protocol::DraftConfirm{kDraft, 3},
        protocol::DeliveryDecide{kDraft, DeliveryDecision::SendAgain, std::nullopt},
        protocol::DeliveryDecide{kDraft, DeliveryDecision::AlreadyThere, TicketId{4711}},
        protocol::DeliveryDecide{kDraft, DeliveryDecision::GiveUp, std::nullopt},
        protocol::DraftEdit{kDraft, 3, edited}};
    EXPECT_TRUE(line_.said == wanted);
}

TEST_F(Headless, ShowsWhoMayHaveCalledAndTakesOne) {
    protocol::Call ended = call(CallState::Ended);
    ended.startedAtMs = 1'000;
    ended.caller.state = protocol::CallerMatchState::Several;
    for (const auto& [uid, name, organization] :
         {std::tuple{"aa11", "Paul Girard", 12}, std::tuple{"bb22", "Claire Fontaine", 13}}) {
        protocol::Contact& contact = ended.caller.contacts.emplace_back();
        contact.uid = uid;
        contact.name = name;
        contact.organizationId = organization;
        contact.organizationName = "Client " + std::to_string(organization);
    }
    happen(protocol::CallChanged{ended});
    const protocol::Draft open = draft(DraftState::Inbox);
    happen(protocol::DraftChanged{open});
    EXPECT_NE(out_.str().find("\n  Qui appelle ? 'requester N' en fait le demandeur :"
                              "\n    1 Paul Girard, Client 12\n    2 Claire Fontaine, Client 13\n"),
              std::string::npos)
        << out_.str();
    line_.said.clear();
    agent_.onCommand("requester 2");
    protocol::DraftFields fields = open.fields;
    fields.requesterUid = "bb22";
    fields.requesterName = "Claire Fontaine";
    fields.organizationId = 13;
    fields.organizationName = "Client 13";
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, fields}}));
    protocol::Draft taken = open;
    taken.fields = fields;
    happen(protocol::DraftChanged{taken});
    EXPECT_NE(out_.str().find("2 [choisi] Claire Fontaine"), std::string::npos) << out_.str();
    line_.said.clear();
    for (const auto& [command, answer] : {std::pair{"requester 3", "Personne de ce numéro"},
                                          std::pair{"requester 0", "Personne de ce numéro"},
                                          std::pair{"requester", "À écrire ainsi : requester N"},
                                          std::pair{"requester x", "À écrire ainsi"}}) {
        out_.str("");
        agent_.onCommand(command);
        EXPECT_NE(out_.str().find(answer), std::string::npos) << command << ": " << out_.str();
    }
    EXPECT_TRUE(line_.said.empty());
}

TEST_F(Headless, LeavesTheOrganisationOfAnEditedRequesterToTheServer) {
    protocol::Draft open = draft(DraftState::Inbox);
    open.fields.organizationId = 7;
    happen(protocol::DraftChanged{open});
    line_.said.clear();
    agent_.onCommand("edit requesterUid=aa11");
    protocol::DraftFields fields = open.fields;
    fields.requesterUid = "aa11";
    fields.organizationId.reset();
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, fields}}));
}

TEST_F(Headless, JoinsACallToAnOfferOfItsDraft) {
    protocol::Draft offered = draft(DraftState::Inbox);
    offered.offers = {
        {protocol::OfferKind::Comment, TicketId{12}, std::nullopt, "VPN lent", "Ouvert", 0, true},
        {protocol::OfferKind::Continue, std::nullopt, DraftId{"draft-9"}, "VPN", "", 0, false}};
    happen(protocol::DraftChanged{offered});
    line_.said.clear();
    agent_.onCommand("join 1");
    protocol::DraftFields fields = offered.fields;
    fields.commentOn = TicketId{12};
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, fields}}));
    offered.fields = fields;
    happen(protocol::DraftChanged{offered});
    line_.said.clear();
    agent_.onCommand("join 2");
    fields.commentOn.reset();
    fields.continues = DraftId{"draft-9"};
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, fields}}));
    offered.fields = fields;
    happen(protocol::DraftChanged{offered});
    line_.said.clear();
    agent_.onCommand("join none");
    fields.continues.reset();
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, fields}}));
    line_.said.clear();
    for (const auto& [command, answer] :
         {std::pair{"join 3", "pas de proposition de ce numéro"}, std::pair{"join 0", "pas de proposition"},
          std::pair{"join", "À écrire ainsi : join N | join none"}, std::pair{"join x", "À écrire ainsi"}}) {
        out_.str("");
        agent_.onCommand(command);
        EXPECT_NE(out_.str().find(answer), std::string::npos) << command << ": " << out_.str();
    }
    EXPECT_TRUE(line_.said.empty());
}

TEST_F(Headless, TakesAnEarlierCallOutOfATicketThatWasRefused) {
    protocol::Draft refused = draft(DraftState::Confirmed);
    refused.delivery.state = protocol::DeliveryState::Rejected;
    refused.delivery.problemCode = "refused";
    refused.fields.continues = DraftId{"draft-9"};
    refused.offers = {{protocol::OfferKind::Continue, std::nullopt, DraftId{"draft-9"}, "VPN", "", 0, false}};
    happen(protocol::DraftChanged{refused});
    EXPECT_NE(out_.str().find("[choisi]"), std::string::npos) << out_.str();
    line_.said.clear();
    agent_.onCommand("join none");
    protocol::DraftFields fields = refused.fields;
    fields.continues.reset();
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, fields}}));
}

TEST_F(Headless, EditsAndConfirmsATicketThatWasRefused) {
    protocol::Draft refused = draft(DraftState::Confirmed);
    refused.delivery.state = protocol::DeliveryState::Rejected;
    refused.delivery.problemCode = "fieldRefused";
    happen(protocol::DraftChanged{refused});
    line_.said.clear();
    agent_.onCommand("edit severity=MINOR");
    protocol::DraftFields fields = refused.fields;
    fields.severity = protocol::Severity::Minor;
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 3, fields}}));
    refused.fields = fields;
    refused.revision = 4;
    happen(protocol::DraftChanged{refused});
    agent_.onCommand("confirm");
    EXPECT_EQ(line_.all<protocol::DraftConfirm>(), (std::vector{protocol::DraftConfirm{kDraft, 4}}));
    agent_.onCommand("again");
    EXPECT_EQ(line_.all<protocol::DeliveryDecide>().size(), 1U);
}

TEST_F(Headless, TakesTheProposedTextAndLeavesWhatElseWasDecided) {
    protocol::Draft held = draft(DraftState::Inbox);
    happen(protocol::DraftChanged{held});
    line_.said.clear();
    out_.str("");
    agent_.onCommand("take");
    EXPECT_TRUE(line_.said.empty());
    EXPECT_EQ(out_.str(), "Aucun autre texte n'est proposé pour ce brouillon\n");
    held.revision = 4;
    held.proposed = held.fields;
    held.proposed->subject = "Certificat VPN expiré";
    held.proposed->isPublic = !held.fields.isPublic;  // as it was when the proposal was made
    happen(protocol::DraftChanged{held});
    agent_.onCommand("take it");
    EXPECT_TRUE(line_.said.empty()) << out_.str();
    agent_.onCommand("take");
    protocol::DraftFields taken = held.fields;
    taken.subject = "Certificat VPN expiré";
    EXPECT_EQ(line_.all<protocol::DraftEdit>(), (std::vector{protocol::DraftEdit{kDraft, 4, taken}}));
}

TEST_F(Headless, ClearsAnOptionalFieldByAnEmptyValue) {
    protocol::Draft held = draft(DraftState::Inbox);
    held.fields.status = "PLANNED";
    held.fields.timeTrackedS = 60;
    held.fields.requesterUid = "aa11";
    held.fields.requesterName = "Claire";
    held.fields.organizationId = 11;
    happen(protocol::DraftChanged{held});
    const auto edited = [&](const std::string& command) {
        line_.said.clear();
        agent_.onCommand(command);
        const auto edits = line_.all<protocol::DraftEdit>();
        return edits.empty() ? protocol::DraftFields{} : edits.front().fields;
    };
    auto wanted = held.fields;
    wanted.status.reset();
    EXPECT_EQ(edited("edit status="), wanted);
    wanted = held.fields;
    wanted.timeTrackedS.reset();
    EXPECT_EQ(edited("edit timeTrackedS="), wanted);
    wanted = held.fields;
    wanted.requesterUid.reset();
    wanted.requesterName.clear();
    EXPECT_EQ(edited("edit requesterUid="), wanted) << "the organisation stays";
    line_.said.clear();
    agent_.onCommand("edit isPublic=");
    EXPECT_TRUE(line_.said.empty()) << "it has to be one or the other";
}

TEST_F(Headless, SaysThatAnEditChangesNothing) {
    happen(protocol::DraftChanged{draft(DraftState::Inbox)});
    out_.str("");
    agent_.onCommand("edit isPublic=false");
    EXPECT_NE(out_.str().find("Inchangé, c'est déjà ainsi : visible du client : non"), std::string::npos)
        << out_.str();
}

TEST_F(Headless, SaysWhatItCannotDo) {
    const std::pair<const char*, const char*> answers[] = {
        {"confirm", "Il n'y a pas de brouillon à décider"},
        {"record off", "Aucun appel n'est en cours d'enregistrement"},
        {"record", "À écrire ainsi : record on | record off"},
        {"confrim", "Commande inconnue : 'confrim'. Vouliez-vous dire 'confirm' ?"},
        {"discard", "À écrire ainsi : discard RAISON"},
        {"ring", "À écrire ainsi : ring NUMÉRO"},
        {"exists none", "À écrire ainsi : exists NUMÉRO"}};
    for (const auto& [command, answer] : answers) {
        out_.str("");
        EXPECT_TRUE(agent_.onCommand(command));
        EXPECT_NE(out_.str().find(answer), std::string::npos) << command << ": " << out_.str();
    }
    EXPECT_TRUE(line_.said.empty());
    EXPECT_FALSE(agent_.onCommand("quit"));
}

TEST_F(Headless, SaysThatARunningCountdownWaitsWhileTheServerIsOutOfReach) {
    welcome();
    auto counting = draft(DraftState::Counting);
    counting.isAutomatic = true;
    happen(protocol::DraftChanged{counting});
    cut();
    EXPECT_NE(out_.str().find("hors d'atteinte du serveur : le compte à rebours attend"), std::string::npos)
        << out_.str();
    welcome();
    counting.state = DraftState::Paused;
    happen(protocol::DraftChanged{counting});
    out_.str("");
    cut();
    EXPECT_EQ(out_.str().find("hors d'atteinte"), std::string::npos) << out_.str();
}

TEST_F(Headless, ReportsACallThatRangWhileThereWasNoConnection) {
    line_.isUp = false;
    agent_.onCommand("ring +33612345678");
    line_.isUp = true;
    welcome();
    const auto detected = line_.all<protocol::CallDetected>();
    ASSERT_EQ(detected.size(), 1U);
    EXPECT_EQ(detected.front().remoteNumber, "+33612345678");
}

}  // namespace
}  // namespace ninja3cx::agent
