#include "agent/app/phone_watch.hpp"

#include "agent/app/local_sources.hpp"
#include "agent/app/single_instance.hpp"
#include "agent/app/terminal_face.hpp"
#include "agent/platform/unix_socket.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using protocol::CallState;
using protocol::Direction;

class FakeLine final : public ServerLine {
public:
    bool send(const protocol::ClientMessage& message) override {
        if (!isUp) return false;
        const auto* detected = std::get_if<protocol::CallDetected>(&message);
        if (detected) said.push_back(*detected);
        return true;
    }
    bool send(const protocol::AudioFrame&) override { return isUp; }
    void askForSnapshot() override {}
    std::size_t backlogBytes() const override { return 0; }

    /// What was said since this was asked last: "ringing 0612345678".
    std::vector<std::string> takeSaid() {
        std::vector<std::string> words;
        for (const auto& one : said)
            words.push_back(std::string{boost::describe::enum_to_string(one.state, "")} + " " +
                            one.remoteNumber);
        said.clear();
        return words;
    }

    bool isUp = true;
    std::vector<protocol::CallDetected> said;
};

using Words = std::vector<std::string>;

class Phone : public testing::Test {
protected:
    Phone() {
        phone_.use(line_);
        phone_.onWelcome();
    }
    void loseServer() {
        line_.isUp = false;
        phone_.onDown();
    }
    void findServer() {
        line_.isUp = true;
        phone_.onWelcome();
    }
    void pipe(const std::string& id, CallState state, const std::string& number = "") {
        phone_.onSoftphone({{Source::Softphone, state, clock_.steady(), id, {}, number, ""}});
    }
    void pass(std::chrono::milliseconds time) {
        clock_.advance(time);
        phone_.tick();
    }
    bool isShown(const std::string& text) const { return out_.str().find(text) != std::string::npos; }

    ManualClock clock_;
    std::ostringstream out_;
    TerminalFace face_{out_, OutputFormat::Text, Language::French};
    FakeLine line_;
    PhoneWatch phone_{clock_, face_, InternalCalls::Report};
};

TEST_F(Phone, ReportsAHooksCallUnderOneId) {
    phone_.onHook(Source::ContactUrl, {"0612345678", "Dupont"});
    clock_.advance(1s);
    phone_.onHook(Source::Ring, {"+33612345678", ""});
    pass(90s);
    ASSERT_EQ(line_.said.size(), 2U);
    EXPECT_EQ(line_.said[0].source, "contactUrl");
    EXPECT_EQ(line_.said[0].remoteName, "Dupont");
    EXPECT_EQ(line_.said[0].localId, line_.said[1].localId);
    EXPECT_EQ(line_.takeSaid(), (Words{"Ringing 0612345678", "Missed 0612345678"}));
    EXPECT_EQ(out_.str(), "") << "the server shows it";
}

TEST_F(Phone, SaysAgainAfterAnOutageWhatGoesOnAndWhatEnded) {
    pipe("1", CallState::Connected, "0612345678");
    pipe("2", CallState::Ringing, "0698765432");
    EXPECT_EQ(line_.takeSaid(), (Words{"Connected 0612345678", "Ringing 0698765432"}));
    loseServer();
    pipe("2", CallState::Ended);
    EXPECT_TRUE(isShown("0698765432 : manqué, vu sur ce poste ; le serveur ne répond pas")) << out_.str();
    findServer();
    EXPECT_EQ(line_.takeSaid(), (Words{"Missed 0698765432", "Connected 0612345678"}));
    clock_.advance(11min);
    pipe("1", CallState::Ended);
    line_.takeSaid();
    findServer();
    EXPECT_EQ(line_.takeSaid(), (Words{"Ended 0612345678"}));
}

/// Otherwise the server would take the first for one that goes on, and have it captured without end.
TEST_F(Phone, KeepsAnEndUntilTheServerHasHeardIt) {
    pipe("1", CallState::Connected, "0612345678");
    line_.takeSaid();
    loseServer();
    pipe("1", CallState::Ended);
    pass(15min);
    pipe("2", CallState::Connected, "0698765432");
    pipe("2", CallState::Ended);
    findServer();
    EXPECT_EQ(line_.takeSaid(), (Words{"Ended 0612345678", "Ended 0698765432"}));
    pass(5s);
    loseServer();  // with it, perhaps, what was said
    pass(15min);
    findServer();
    EXPECT_EQ(line_.takeSaid(), (Words{"Ended 0612345678", "Ended 0698765432"}));
    pass(PhoneWatch::kHeard);
    findServer();
    EXPECT_EQ(line_.takeSaid(), Words{});
}

TEST_F(Phone, TellsOfACallThatBeganAndEndedWhileTheServerWasAway) {
    loseServer();
    pipe("1", CallState::Ringing, "0612345678");
    pass(12s);
    pipe("1", CallState::Connected);
    pass(4min);
    pipe("1", CallState::Ended);
    pass(10s);
    pipe("2", CallState::Ringing, "0698765432");
    pass(20s);
    pipe("2", CallState::Ended);
    pass(30s);
    pipe("3", CallState::Connected, "0611223344");
    pass(30s);
    clock_.jumpDate(8h);  // asleep
    findServer();
    ASSERT_EQ(line_.said.size(), 3U);
    const std::int64_t asleep = 8 * 3'600'000;
    EXPECT_EQ(line_.said[0].state, CallState::Ended);
    EXPECT_EQ(line_.said[0].remoteNumber, "0612345678");
    EXPECT_EQ(line_.said[0].startedAgeMs, asleep + 342'000);
    EXPECT_EQ(line_.said[0].answeredAgeMs, asleep + 330'000);
    EXPECT_EQ(line_.said[0].endedAgeMs, asleep + 90'000);
    EXPECT_EQ(line_.said[1].state, CallState::Missed);
    EXPECT_EQ(line_.said[1].startedAgeMs, asleep + 80'000);
    EXPECT_EQ(line_.said[1].answeredAgeMs, std::nullopt);
    EXPECT_EQ(line_.said[2].state, CallState::Connected);
    EXPECT_EQ(line_.said[2].startedAgeMs, 30'000);
    EXPECT_EQ(line_.said[2].answeredAgeMs, 30'000);
    EXPECT_EQ(line_.said[2].endedAgeMs, std::nullopt);
}

TEST_F(Phone, ForgetsFirstOfManyEndsWhatTheServerNeverKnew) {
    pipe("1", CallState::Connected, "0612345678");
    loseServer();
    pipe("1", CallState::Ended);
    for (std::size_t i = 0; i < PhoneWatch::kEndsKept; ++i) {
        pass(20s);
        pipe(std::to_string(i + 2), CallState::Connected, "06000" + std::to_string(10'000 + i));
        EXPECT_FALSE(isShown("Le serveur est absent depuis trop d'appels"));
        pipe(std::to_string(i + 2), CallState::Ended);
    }
    EXPECT_TRUE(isShown("Le serveur est absent depuis trop d'appels"));
    line_.takeSaid();
    findServer();
    const Words said = line_.takeSaid();
    ASSERT_EQ(said.size(), PhoneWatch::kEndsKept);
    EXPECT_EQ(said[0], "Ended 0612345678");
    EXPECT_EQ(said[1], "Ended 0600010001");
}

TEST_F(Phone, DoesNotReportWhatTheServerShows) {
    protocol::Call call;
    call.callId = CallId{"call-1"};
    call.state = CallState::Ringing;
    call.remoteNumber = "+33612345678";
    phone_.onServerCall(call);
    phone_.onHook(Source::ContactUrl, {"0612345678", ""});
    phone_.onServerCallRemoved(call.callId);
    EXPECT_EQ(line_.takeSaid(), Words{});
}

TEST_F(Phone, FollowsTheTechniciansWord) {
    phone_.stop();
    EXPECT_TRUE(isShown("Aucun appel signalé par ce poste n'est en cours")) << out_.str();
    phone_.start("06 12 34 56 78");
    phone_.start("");
    EXPECT_TRUE(isShown("Un appel est déjà en cours")) << out_.str();
    phone_.stop();
    EXPECT_EQ(line_.takeSaid(), (Words{"Connected 06 12 34 56 78", "Ended 06 12 34 56 78"}));
    phone_.start("Dupont");
    EXPECT_TRUE(isShown("start [NUMÉRO]")) << out_.str();
}

TEST_F(Phone, TakesTheAudioOfThePhoneAsAHint) {
    phone_.onPhoneAudio(true);
    pass(2s);
    EXPECT_TRUE(isShown("'start NUMÉRO' le signale")) << out_.str();
    phone_.onPhoneAudio(false);
    pass(3s);
    phone_.onHook(Source::ContactUrl, {"0612345678", ""});
    clock_.advance(5s);
    phone_.onPhoneAudio(true);
    pass(2s);
    phone_.onPhoneAudio(false);
    pass(3s);
    EXPECT_EQ(line_.takeSaid(), (Words{"Ringing 0612345678", "Connected 0612345678", "Ended 0612345678"}));
}

TEST_F(Phone, EndsWhatAnEarlierRunLeftOpen) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "open-calls.json";
    phone_.use(OpenCalls{file});
    pipe("1", CallState::Connected, "0612345678");
    pipe("2", CallState::Ringing, "0698765432");
    pipe("2", CallState::Ended);
    pass(PhoneWatch::kHeard);
    const std::string localId = line_.said.front().localId;
    std::ostringstream kept;
    kept << std::ifstream{file}.rdbuf();
    EXPECT_EQ(kept.str().find("0612345678"), std::string::npos) << "no number at rest";

    FakeLine line;
    PhoneWatch offline{clock_, face_, InternalCalls::Report};  // ends before it was connected
    offline.use(line);
    offline.use(OpenCalls{file});

    PhoneWatch later{clock_, face_, InternalCalls::Report};
    later.use(line);
    later.use(OpenCalls{file});
    later.onWelcome();
    ASSERT_EQ(line.said.size(), 1U);
    EXPECT_EQ(line.said.front().localId, localId);
    EXPECT_EQ(line.said.front().source, "softphone");
    EXPECT_EQ(line.said.front().state, CallState::Ended);
    clock_.advance(PhoneWatch::kHeard);
    later.tick();

    PhoneWatch third{clock_, face_, InternalCalls::Report};
    third.use(line);
    line.said.clear();
    third.use(OpenCalls{file});
    third.onWelcome();
    EXPECT_TRUE(line.said.empty());
}

TEST_F(Phone, IsNotStoppedByADamagedFile) {
    const TemporaryFolder folder;
    std::ofstream{folder.path() / "open-calls.json"} << "{\"calls\":[{";
    phone_.use(OpenCalls{folder.path() / "open-calls.json"});
    phone_.onWelcome();
    EXPECT_TRUE(line_.said.empty());
}

/// The sources of a real PC: sockets, and programs that connect to them.
class Sources : public Phone {
protected:
    Sources() {
        LocalSourceOptions options{folder_.path()};
        options.softphonePipe = folder_.path() / "softphone.sock";
        options.extension = "201";
        sources_.emplace(context_.get_executor(), clock_, options, phone_, face_);
    }
    template <class Condition>
    void runUntil(Condition isTrue) {
        while (!isTrue()) context_.run_one();
    }

    TemporaryFolder folder_;
    asio::io_context context_;
    std::optional<LocalSources> sources_;
};

TEST_F(Sources, PrintTheContactUrlAndHearIt) {
    const ContactUrl url = contactUrlIn(folder_.path(), {}).value();
    EXPECT_TRUE(isShown(url.text())) << out_.str();
    asio::ip::tcp::socket browser{context_};
    browser.connect({asio::ip::address_v4::loopback(), url.port});
    asio::write(browser,
                asio::buffer("GET " + url.path() + "?number=0612345678 HTTP/1.1\r\nHost: 127.0.0.1:" +
                             std::to_string(url.port) + "\r\n\r\n"));
    runUntil([&] { return !line_.said.empty(); });
    EXPECT_EQ(line_.takeSaid(), (Words{"Ringing 0612345678"}));
}

/// Its path is a secret, and what a terminal shows may be kept.
TEST_F(Sources, PrintTheContactUrlOnlyWhereItIsNew) {
    sources_.reset();
    out_.str("");
    sources_.emplace(context_.get_executor(), clock_, LocalSourceOptions{folder_.path()}, phone_, face_);
    EXPECT_EQ(out_.str(), "");
}

TEST_F(Sources, FollowTheSoftphoneAndDialThroughIt) {
    phone_.dial("0612345678");
    EXPECT_TRUE(isShown("Le softphone 3CX n'est pas connecté")) << out_.str();
    asio::local::stream_protocol::socket softphone{context_};
    softphone.connect({(folder_.path() / "softphone.sock").string()});
    std::string heard(frameOf("__reqId=1,cmd=SRVHELLO").size(), '\0');
    bool isHeard = false;
    const auto hear = [&] {
        isHeard = false;
        asio::async_read(softphone, asio::buffer(heard),
                         [&](boost::system::error_code, std::size_t) { isHeard = true; });
        runUntil([&] { return isHeard; });
    };
    hear();
    EXPECT_EQ(heard, frameOf("__reqId=1,cmd=SRVHELLO"));
    asio::write(softphone, asio::buffer(frameOf("__reqId=1,cmd=SRVHELLO,__answ#=1,reply=CLIHELLO") +
                                        frameOf("cmd=RINGING,callid=7,originator=0612345678") +
                                        frameOf("cmd=CONNECTED,callid=7")));
    runUntil([&] { return line_.said.size() == 2; });
    EXPECT_EQ(line_.takeSaid(), (Words{"Ringing 0612345678", "Connected 0612345678"}));
    EXPECT_TRUE(isShown("Softphone 3CX connecté")) << out_.str();

    phone_.dial("0698765432");
    heard.resize(frameOf("__reqId=2,cmd=MAKE-CALL,callid=1,number=0698765432").size());
    hear();
    EXPECT_EQ(heard, frameOf("__reqId=2,cmd=MAKE-CALL,callid=1,number=0698765432"));

    softphone.close();
    runUntil([&] { return isShown("Softphone 3CX déconnecté"); });
    pass(15s);
    EXPECT_EQ(line_.takeSaid(), (Words{"Ended 0612345678"}));
}

/// The phone program's recording, as a test says.
class FakeActivity final : public PhoneActivity {
public:
    explicit FakeActivity(OnChange& say) : say_(say) {}
    void start(OnChange onChange) override { say_ = std::move(onChange); }
    void tick() override {}

private:
    OnChange& say_;
};

TEST_F(Sources, TakeThePhoneProgramsRecordingAsAHint) {
    PhoneActivity::OnChange say;
    sources_.reset();
    sources_.emplace(context_.get_executor(), clock_, LocalSourceOptions{folder_.path()}, phone_, face_,
                     std::make_unique<FakeActivity>(say));
    phone_.onHook(Source::ContactUrl, {"0612345678", ""});
    clock_.advance(5s);
    say(true);
    pass(2s);
    EXPECT_EQ(line_.takeSaid(), (Words{"Ringing 0612345678", "Connected 0612345678"}));
}

TEST_F(Sources, AreEachNeededByNobody) {
    TerminalFace face{out_, OutputFormat::Json};
    LocalSourceOptions options{folder_.path()};
    const LocalSources second{context_.get_executor(), clock_, options, phone_, face};
    EXPECT_TRUE(isShown("\"code\":\"handOver\"")) << out_.str();
    EXPECT_TRUE(isShown("\"code\":\"contactUrl\"")) << out_.str();
}

TEST_F(Sources, TakeTheCallOfASecondStart) {
    const auto lock = FolderLock::take(folder_.path());
    ASSERT_TRUE(lock);
    auto begun = Result<RingStart>{Error{ErrorKind::Cancelled, ""}};
    const auto work = asio::make_work_guard(context_);
    std::thread second{[&] {
        begun = ringOrStart(folder_.path(), {"0612345678", "Dupont"}, 10s);
        asio::post(context_, [&] { context_.stop(); });
    }};
    context_.run();
    second.join();
    ASSERT_TRUE(begun) << begun.error().detail;
    EXPECT_FALSE(begun->lock);
    ASSERT_EQ(line_.said.size(), 1U);
    EXPECT_EQ(line_.said.front().source, "ring");
    EXPECT_EQ(line_.said.front().remoteName, "Dupont");
}

TEST(SecondStart, BecomesTheAgentWhereNoneRuns) {
    const TemporaryFolder folder;
    const auto begun = ringOrStart(folder.path(), {"0612345678", ""}, 0ms);
    ASSERT_TRUE(begun);
    EXPECT_TRUE(begun->lock);
    EXPECT_FALSE(FolderLock::take(folder.path())) << "the second is refused";
}

TEST(SecondStart, IsWokenByTheEndOfTheRunningAgent) {
    const TemporaryFolder folder;
    auto lock = FolderLock::take(folder.path());
    auto begun = Result<RingStart>{Error{ErrorKind::Cancelled, ""}};
    std::thread second{[&] { begun = ringOrStart(folder.path(), {"0612345678", ""}, 1h); }};
    lock.reset();  // before or after it has looked
    second.join();
    ASSERT_TRUE(begun) << begun.error().detail;
    EXPECT_TRUE(begun->lock);
}

TEST(SecondStart, IsWokenByAnAgentThatBeginsToListen) {
    const TemporaryFolder folder;
    const auto lock = FolderLock::take(folder.path());
    auto begun = Result<RingStart>{Error{ErrorKind::Cancelled, ""}};
    asio::io_context context;
    const auto work = asio::make_work_guard(context);
    std::thread second{[&] {
        begun = ringOrStart(folder.path(), {"0612345678", "Dupont"}, 1h);
        asio::post(context, [&] { context.stop(); });
    }};
    std::vector<Caller> rang;
    HandOverDesk desk{[&](const Caller& caller) { rang.push_back(caller); }};
    auto server = serveUnixSocket(context.get_executor(), {handOverPlace(folder.path()), 8}, desk.handlers());
    ASSERT_TRUE(server) << server.error().detail;
    desk.use(**server);
    context.run();
    second.join();
    ASSERT_TRUE(begun) << begun.error().detail;
    EXPECT_FALSE(begun->lock);
    EXPECT_EQ(rang, (std::vector<Caller>{{"0612345678", "Dupont"}}));
}

TEST(SecondStart, SaysThatTheRunningAgentDoesNotListen) {
    const TemporaryFolder folder;
    const auto lock = FolderLock::take(folder.path());
    const auto begun = ringOrStart(folder.path(), {"0612345678", ""}, 0ms);
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().kind, ErrorKind::Unreachable);
}

}  // namespace
}  // namespace ninja3cx::agent
