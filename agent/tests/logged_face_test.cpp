#include "agent/app/logged_face.hpp"

#include "agent/app/terminal_face.hpp"
#include "agent/tests/temporary_folder.hpp"
#include "shared/logging/logging.hpp"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace ninja3cx::agent {
namespace {

using namespace std::chrono_literals;

const CallId kCall{"call-1"};

/// Everything that a face may be shown, `secret` wherever names, numbers, words and what was typed may stand.
void showAll(Face& face, const std::string& secret) {
    protocol::Welcome welcome;
    welcome.serverVersion = "1.2";
    welcome.extension = Extension{"201"};
    face.showConnected(welcome);
    face.showNinja(protocol::LinkState::NeedsLogin);
    face.showStorage("audioNotStored");
    face.showDown({ErrorKind::Unreachable, "connection refused"}, 500, false);
    protocol::Call call;
    call.callId = kCall;
    call.remoteNumber = secret;
    call.remoteName = secret;
    call.technician = secret;
    call.caller.organizationName = secret;
    face.showCall(call);
    protocol::Utterance said;
    said.callId = kCall;
    said.isFinal = true;
    said.text = secret;
    face.showUtterance(said);
    protocol::Draft draft;
    draft.draftId = DraftId{"draft-1"};
    draft.callId = kCall;
    draft.fields.subject = secret;
    draft.fields.summary = secret;
    draft.fields.requesterName = secret;
    draft.delivery.problem = secret;
    draft.discardReason = secret;
    face.showDraft(draft);
    face.showChoice(draft, {});
    face.showUnchanged(draft, "subject", {});
    face.showSeveral({{draft, {}}}, true);
    face.showRefused({"conflict", secret, "draft-1", false}, &draft);
    face.showProblem(LocalProblem::Spool, "no space left");
    face.showDiskWell();
    face.showUsage("use");
    face.showUnknownCommand(secret);
    face.showBadEdit("priority", secret, secret);
    face.showKeyring(Error{ErrorKind::Io, "locked"}, 2);
    face.showDrift(protocol::Speaker::Customer, -400);
    face.showUndelivered(kCall, 20, true);
    face.showCaughtUp(kCall);
    face.showLost(kCall, 12'000, true);
    face.showKept(kCall, "unknownCall", 168h);
    face.showErased(kCall, "tooOld", 168h);
    face.showErasedSealed(3);
    face.showPausedHere(kCall, true);
    face.showStoppedUnseen(kCall, BlindEnd::Silent, 2min);
    face.showSeenAgain(kCall);
    face.showAudio(kCall, "open");
    TrackedCall tracked;
    tracked.localId = "local-1";
    tracked.source = Source::Ring;
    tracked.number = secret;
    tracked.name = secret;
    face.showPhone(tracked, true);
    face.showTalkUnannounced();
    face.showContactUrl("http://127.0.0.1:4711/" + secret);
    face.showSoftphone(true);
    face.showHelp();
    face.forget(kCall);
    face.forget(DraftId{"draft-1"});
}

class Logged : public testing::Test {
protected:
    std::ostringstream logged_;
    spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_st>(logged_)};
    std::ostringstream out_;
    TerminalFace terminal_{out_, OutputFormat::Json};
    LoggedFace face_{terminal_, log_};
};

TEST_F(Logged, ShowsAllAndLogsNothingOfWhatIsPersonal) {
    showAll(face_, "Dupont");
    std::ostringstream alone;
    TerminalFace terminal{alone, OutputFormat::Json};
    showAll(terminal, "Dupont");
    EXPECT_EQ(out_.str(), alone.str());
    EXPECT_EQ(logged_.str().find("Dupont"), std::string::npos) << logged_.str();
    for (const char* said :
         {"connected as extension 201", "needsLogin", "audioNotStored", "connection refused",
          "call call-1: ringing", "draft draft-1 of call call-1: inbox",
          "refused something of draft-1: conflict", "Spool: no space left", "keyring: locked",
          "12000 ms of its audio are lost: disk full", "tooOld", "audio open", "ring saw call local-1"})
        EXPECT_NE(logged_.str().find(said), std::string::npos) << said << "\n" << logged_.str();
}

TEST_F(Logged, LogsWhatGoesOnOnce) {
    const auto lines = [&] { return std::ranges::count(logged_.str(), '\n'); };
    for (int attempt = 0; attempt < 5; ++attempt)
        face_.showDown({ErrorKind::Unreachable, "connection refused"}, 500, false);
    EXPECT_EQ(lines(), 1) << "each attempt is shown";
    protocol::Call call;
    call.callId = kCall;
    face_.showCall(call);
    call.lagMs = 800;
    face_.showCall(call);
    EXPECT_EQ(lines(), 2);
    call.state = protocol::CallState::Connected;
    face_.showCall(call);
    EXPECT_EQ(lines(), 3);
    face_.showConnected({});
    face_.showDown({ErrorKind::Unreachable, "connection refused"}, 500, false);
    EXPECT_EQ(lines(), 5) << "another outage";
}

TEST(AgentLog, IsOfItsOwnerAloneAndTurnsOver) {
    const TemporaryFolder folder;
    logging::Options options;
    options.directory = folder.path() / "logs";
    options.fileName = "agent.log";
    options.maxFileBytes = 2'000;
    options.files = 2;
    options.toStandardError = false;
    {
        const auto log = logging::makeLogger(options).value();
        std::ostringstream out;
        TerminalFace terminal{out, OutputFormat::Json};
        LoggedFace face{terminal, *log};
        for (int i = 0; i < 100; ++i) face.showAudio(CallId{"call-" + std::to_string(i)}, "delivered");
    }
    for (const char* name : {"agent.log", "agent.1.log"}) {
        struct stat about {};
        ASSERT_EQ(::stat((options.directory / name).c_str(), &about), 0) << name;
        EXPECT_EQ(about.st_mode & 0777, 0600U) << name;
        EXPECT_LE(about.st_size, 2'000) << name;
    }
    EXPECT_FALSE(std::filesystem::exists(options.directory / "agent.2.log"));
}

}  // namespace
}  // namespace ninja3cx::agent
