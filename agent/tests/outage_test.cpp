#include "agent/app/headless_agent.hpp"
#include "agent/app/terminal_face.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <utility>

namespace ninja3cx::agent {
namespace {

using namespace std::chrono_literals;
using protocol::Speaker;

const CallId kCall{"call-1"};
constexpr std::int64_t kCallMs = 60'000;
constexpr std::int64_t kPieceMs = 100;

class Devices final : public AudioSource {
public:
    void start(std::chrono::milliseconds, OnPiece onPiece) override { onPiece_ = std::move(onPiece); }
    void setPaused(bool) override {}
    void stop() override { onPiece_ = nullptr; }
    void hear(std::int64_t callClockMs) {
        if (!onPiece_) return;
        const auto sample = static_cast<std::int16_t>(callClockMs / kPieceMs);
        for (const Speaker channel : {Speaker::Agent, Speaker::Customer})
            onPiece_({channel, callClockMs, 1'000'000 + callClockMs * 1000,
                      std::vector<std::int16_t>(kPieceSamples, sample)});
    }

private:
    OnPiece onPiece_;
};

/// A server and the line to it. What is said takes a while; what is under way when the line is cut is lost, in both
/// directions. It journals frames as the real one does: in sequence, repeats ignored.
class ServerDouble final : public ServerLine {
public:
    bool send(const protocol::ClientMessage& message) override {
        if (isUp) toServer_.push_back(message);
        return isUp;
    }
    bool send(const protocol::AudioFrame& frame) override {
        if (isUp) frames_.push_back(frame);
        return isUp;
    }
    void askForSnapshot() override {}
    std::size_t backlogBytes() const override { return 0; }

    void cut() {
        isUp = false;
        toServer_.clear();
        frames_.clear();
        toAgent_.clear();
    }
    /// One way, of everything that is under way.
    void pass(const LinkHandlers& handlers) {
        for (const auto& message : std::exchange(toAgent_, {})) handlers.onMessage(message);
        for (const auto& message : std::exchange(toServer_, {})) {
            if (std::holds_alternative<protocol::AudioStart>(message))
                toAgent_.push_back(protocol::AudioReady{kCall, 7, next(), 2});
            else if (const auto* said = std::get_if<protocol::AudioEnd>(&message))
                end = *said;
        }
        const bool isNews = !frames_.empty();
        for (auto& frame : std::exchange(frames_, {})) {
            auto& journal = frame.channel == Speaker::Agent ? agent : customer;
            EXPECT_LE(frame.sequence, journal.size()) << "a gap";
            if (frame.sequence == journal.size()) journal.push_back(std::move(frame));
        }
        if (isNews) toAgent_.push_back(protocol::AudioAck{kCall, next()});
    }
    protocol::ChannelPositions next() const { return {std::ssize(agent), std::ssize(customer)}; }

    bool isUp = true;
    std::vector<protocol::AudioFrame> agent;
    std::vector<protocol::AudioFrame> customer;
    std::optional<protocol::AudioEnd> end;

private:
    std::vector<protocol::ClientMessage> toServer_;
    std::vector<protocol::AudioFrame> frames_;
    std::vector<protocol::ServerMessage> toAgent_;
};

/// When the line is away, in ms of the call, and what the technician reads meanwhile.
struct Outages {
    const char* name;
    std::vector<std::pair<std::int64_t, std::int64_t>> away;
    const char* told;
};
class Outage : public testing::TestWithParam<Outages> {
protected:
    Outage() { agent_.use(line_); }

    /// A connection, which begins with all that the server knows.
    void comeUp() {
        line_.isUp = true;
        protocol::Welcome welcome;
        welcome.extension = Extension{"201"};
        welcome.serverId = "s-1";
        handlers_.onWelcome(welcome);
        tellOfTheCall();
    }
    void tellOfTheCall() {
        protocol::Call call;
        call.callId = kCall;
        call.extension = Extension{"201"};
        call.answeredAtMs = answeredAtMs_;
        call.state = elapsedMs() >= kCallMs ? protocol::CallState::Ended : protocol::CallState::Connected;
        call.recording = protocol::Recording::Active;
        protocol::Snapshot snapshot;
        snapshot.serverTimeMs = toEpochMs(clock_.now());
        snapshot.calls = {call};
        handlers_.onMessage(snapshot);
    }
    void goDown() {
        line_.cut();
        handlers_.onDown(Error{ErrorKind::Unreachable, "cut"}, 500ms);
    }
    std::int64_t elapsedMs() const { return toEpochMs(clock_.now()) - answeredAtMs_; }
    bool isSaid(const std::string& text) const { return out_.str().find(text) != std::string::npos; }

    TemporaryFolder folder_;
    ManualClock clock_;
    Spool spool_ =
        std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::Key{}}})).value();
    Devices devices_;
    ServerDouble line_;
    std::ostringstream out_;
    TerminalFace face_{out_, OutputFormat::Text, Language::English};
    HeadlessAgent agent_{clock_, spool_, &devices_, face_};
    LinkHandlers handlers_ = agent_.handlers();
    std::int64_t answeredAtMs_ = toEpochMs(clock_.now());
};

TEST_P(Outage, LosesNoFrameDoublesNoneAndIsShown) {
    comeUp();
    for (std::int64_t now = 0; now < 2 * kCallMs; now = elapsedMs()) {
        for (const auto& [from, to] : GetParam().away) {
            if (now == from) goDown();
            if (now == to) comeUp();
        }
        if (now == kCallMs && line_.isUp) tellOfTheCall();
        if (now < kCallMs) devices_.hear(now);
        if (now % 1'000 == 0) agent_.tick();
        if (line_.isUp) line_.pass(handlers_);
        clock_.advance(std::chrono::milliseconds{kPieceMs});
    }
    constexpr std::int64_t kFrames = kCallMs / kPieceMs;
    for (const auto* journal : {&line_.agent, &line_.customer}) {
        ASSERT_EQ(std::ssize(*journal), kFrames);
        for (std::int64_t i = 0; i < kFrames; ++i) {
            const auto& frame = (*journal)[static_cast<std::size_t>(i)];
            ASSERT_EQ(frame.callClockMs, i * kPieceMs);
            ASSERT_EQ(frame.deviceTimeUs, 1'000'000 + i * kPieceMs * 1000);
            ASSERT_EQ(frame.samples.front(), static_cast<std::int16_t>(i));
        }
    }
    EXPECT_EQ(line_.end, (protocol::AudioEnd{kCall, {kFrames, kFrames}}));
    EXPECT_TRUE(spool_.calls().empty()) << "delivered, so nothing of it stays here";
    EXPECT_TRUE(isSaid(std::string{"Recording, not yet delivered: "} + GetParam().told)) << out_.str();
    EXPECT_TRUE(isSaid("Delivered: the server has all")) << out_.str();
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Outage,
    testing::Values(Outages{"InMidCall", {{10'000, 40'000}}, "16 s"},
                    Outages{"OverTheHangUp", {{25'000, 90'000}}, "36 s"},
                    Outages{"FromTheSecondFrameOn", {{100, 20'000}}, "17 s"},
                    Outages{"AgainAndAgain",
                            {{3'000, 20'000}, {20'300, 22'000}, {22'100, 41'000}, {59'900, 61'000}},
                            "16 s"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::agent
