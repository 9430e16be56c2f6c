#include "agent/call_tracking/call_tracker.hpp"

#include "agent/call_tracking/caller.hpp"
#include "shared/core/text.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <gtest/gtest.h>

#include <map>
#include <sstream>

namespace ninja3cx::agent {
namespace {

using protocol::CallState;
using protocol::Direction;

/// One line of a script: seconds, source, and what it says.
///   "0.5 pipe 7 ringing 0612345678 Dupont"   the softphone's call 7; "server c1 …" likewise
///   "1 url 0612345678 Dupont"                 a hook, also "ring"; "-" is a withheld number
///   "2 audio on" "3 start 0612345678" "9 stop" "9 lose pipe" "95 tick"
class Script {
public:
    explicit Script(InternalCalls internalCalls)
        : tracker_(internalCalls, [this] { return std::to_string(++lastId_); }) {}

    std::string play(const std::string& text) {
        std::istringstream lines{text};
        std::string told;
        for (std::string line; std::getline(lines, line);)
            if (!trimmed(line).empty()) told += playLine(line);
        return told;
    }

private:
    std::string playLine(const std::string& line) {
        std::istringstream words{line};
        std::string time;
        std::string source;
        words >> time >> source;
        const SteadyTime at{std::chrono::milliseconds{static_cast<int>(std::stod(time) * 1000)}};
        std::string told;
        for (const CallNews& news : say(words, source, at)) told += time + " " + written(news) + "\n";
        return told;
    }

    std::vector<CallNews> say(std::istream& words, const std::string& source, SteadyTime at) {
        std::string word;
        if (source == "tick") return tracker_.pass(at);
        if (source == "stop") return tracker_.stop(at);
        if (source == "start") {
            words >> word;
            return tracker_.start({Source::Manual, {}, at, "", {}, word, ""});
        }
        if (source == "lose") {
            words >> word;
            return tracker_.lose(word == "pipe" ? Source::Softphone : Source::Server, at);
        }
        if (source == "audio") {
            words >> word;
            return tracker_.observe(
                {Source::PhoneAudio, word == "on" ? CallState::Connected : CallState::Ended, at});
        }
        const bool isHook = source == "url" || source == "ring";
        Observation seen;
        seen.at = at;
        seen.source = source == "url"    ? Source::ContactUrl
                      : source == "ring" ? Source::Ring
                      : source == "pipe" ? Source::Softphone
                                         : Source::Server;
        seen.state = CallState::Ringing;
        if (!isHook) {
            words >> seen.sourceId >> word;
            seen.state = kStates.at(word);
        }
        if (isHook || seen.state == CallState::Ringing) seen.direction = Direction::Inbound;
        if (seen.state == CallState::Dialing) seen.direction = Direction::Outbound;
        words >> seen.number;
        if (seen.number == "-") seen.number.clear();
        std::getline(words, seen.name);
        seen.name = std::string{trimmed(seen.name)};
        return tracker_.observe(seen);
    }

    static std::string written(const CallNews& news) {
        if (news.kind == NewsKind::TalkUnannounced) return "talk without a call";
        if (news.kind == NewsKind::Transferred) return news.call.localId + " transferred";
        std::string text = news.call.localId + " " +
                           lowered(boost::describe::enum_to_string(news.call.state, "")) + " " +
                           lowered(boost::describe::enum_to_string(news.call.direction, "")) + " " +
                           (news.call.number.empty() ? "-" : news.call.number);
        if (!news.call.name.empty()) text += " " + news.call.name;
        if (news.call.beside) text += " beside " + *news.call.beside;
        if (!news.report) return text;
        EXPECT_EQ(news.report->localId, news.call.localId);
        EXPECT_EQ(news.report->state, news.call.state);
        EXPECT_EQ(news.report->remoteNumber, news.call.number);
        EXPECT_EQ(news.report->source, nameOf(news.call.source));
        return text + " !";
    }

    static const std::map<std::string, CallState> kStates;
    int lastId_ = 0;
    CallTracker tracker_;
};
const std::map<std::string, CallState> Script::kStates{{"ringing", CallState::Ringing},
                                                       {"dialing", CallState::Dialing},
                                                       {"connected", CallState::Connected},
                                                       {"held", CallState::Held},
                                                       {"ended", CallState::Ended}};

std::string tidy(const std::string& text) {
    std::istringstream lines{text};
    std::string tidied;
    for (std::string line; std::getline(lines, line);)
        if (!trimmed(line).empty()) tidied += std::string{trimmed(line)} + "\n";
    return tidied;
}

/// `told`: a line for each piece of news; "!" where it is reported to the server.
struct Row {
    const char* name;
    const char* script;
    const char* told;
    InternalCalls internalCalls = InternalCalls::Report;
};
class Calls : public testing::TestWithParam<Row> {};

TEST_P(Calls, AreFollowed) {
    Script script{GetParam().internalCalls};
    EXPECT_EQ(script.play(GetParam().script), tidy(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(OneSource, Calls,
                         testing::Values(Row{"AHookAnnouncesACall", "0 url 0612345678 Dupont",
                                             "0 1 ringing inbound 0612345678 Dupont !"},
                                         Row{"AHookAloneIsMissedInTheEnd",
                                             R"(0 url 0612345678
               89 tick
               90 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               90 1 missed inbound 0612345678 !)"},
                                         Row{"TheUrlOpenedTwiceIsOneCall",
                                             R"(0 url 0612345678 Dupont
               0.3 url 0612345678 Dupont
               4.9 url +33612345678)",
                                             "0 1 ringing inbound 0612345678 Dupont !"},
                                         Row{"WhoRingsAgainHasHungUpBefore",
                                             R"(0 url 0612345678
               20 url 0612345678)",
                                             R"(0 1 ringing inbound 0612345678 !
               20 1 missed inbound 0612345678 !
               20 2 ringing inbound 0612345678 !)"},
                                         Row{"AQueueRingsAgainAndAgain",
                                             R"(0 url 0612345678
               3 url 0612345678
               25 url 0612345678
               50 url 0612345678)",
                                             R"(0 1 ringing inbound 0612345678 !
               25 1 missed inbound 0612345678 !
               25 2 ringing inbound 0612345678 !
               50 2 missed inbound 0612345678 !
               50 3 ringing inbound 0612345678 !)"},
                                         Row{"TwoNumbersRingAtOnce",
                                             R"(0 url 0612345678
               1 url 0698765432)",
                                             R"(0 1 ringing inbound 0612345678 !
               1 2 ringing inbound 0698765432 !)"},
                                         Row{"AWithheldNumberIsACall", "0 url -", "0 1 ringing inbound - !"},
                                         Row{"TheSoftphoneSeesAWholeCall",
                                             R"(0 pipe 7 ringing 0612345678 Dupont
               6 pipe 7 connected 0612345678
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 Dupont !
               6 1 connected inbound 0612345678 Dupont !
               60 1 ended inbound 0612345678 Dupont !)"},
                                         Row{"TheSoftphoneRepeatsItself",
                                             R"(0 pipe 7 ringing 0612345678
               1 pipe 7 ringing 0612345678
               6 pipe 7 connected
               7 pipe 7 ringing 0612345678
               7 pipe 7 connected
               60 pipe 7 ended
               60 pipe 7 ended
               61 pipe 7 connected)",
                                             R"(0 1 ringing inbound 0612345678 !
               6 1 connected inbound 0612345678 !
               60 1 ended inbound 0612345678 !)"},
                                         Row{"NotAnsweredIsMissed",
                                             R"(0 pipe 7 ringing 0612345678
               20 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               20 1 missed inbound 0612345678 !)"},
                                         Row{"WhatTheSoftphoneLetsRingIsNotTimedOut",
                                             R"(0 pipe 7 ringing 0612345678
               200 tick
               201 pipe 7 connected)",
                                             R"(0 1 ringing inbound 0612345678 !
               201 1 connected inbound 0612345678 !)"},
                                         Row{"AnOutboundCall",
                                             R"(0 pipe 7 dialing 0612345678
               8 pipe 7 connected
               60 pipe 7 ended)",
                                             R"(0 1 dialing outbound 0612345678 !
               8 1 connected outbound 0612345678 !
               60 1 ended outbound 0612345678 !)"},
                                         Row{"AnEndAloneIsNoCall", "0 pipe 7 ended 0612345678", ""},
                                         Row{"AnIdThatIsUsedAgainIsAnotherCall",
                                             R"(0 pipe 1 ringing 0612345678
               3 pipe 1 ended
               4 pipe 1 ringing 0612345678)",
                                             R"(0 1 ringing inbound 0612345678 !
               3 1 missed inbound 0612345678 !
               4 2 ringing inbound 0612345678 !)"},
                                         Row{"ASoftphoneThatStaysAwayHasHungUp",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               30 lose pipe
               44 tick
               45 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               45 1 ended inbound 0612345678 !)"},
                                         Row{"ASoftphoneThatComesBackGoesOn",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               30 lose pipe
               33 pipe 7 connected
               60 tick
               70 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               70 1 ended inbound 0612345678 !)"},
                                         Row{"ASoftphoneThatWasRestartedCountsAnew",
                                             R"(0 pipe 1 ringing 0612345678
               5 pipe 1 connected
               30 lose pipe
               40 pipe 1 ringing 0698765432
               45 pipe 1 connected)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               40 1 ended inbound 0612345678 !
               40 2 ringing inbound 0698765432 !
               45 2 connected inbound 0698765432 !)"},
                                         Row{"TheTechnicianStartsAndStops",
                                             R"(0 start 0612345678
               60 stop)",
                                             R"(0 1 connected outbound 0612345678 !
               60 1 ended outbound 0612345678 !)"},
                                         Row{"TheTechnicianStartsWithoutANumber",
                                             R"(0 start
               1 start
               60 stop
               61 stop)",
                                             R"(0 1 connected outbound - !
               60 1 ended outbound - !)"},
                                         Row{"ACallThatNobodySeesEndIsNotEndless",
                                             R"(0 start
               14399 tick
               14400 tick)",
                                             R"(0 1 connected outbound - !
               14400 1 ended outbound - !)"}),
                         [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(SeveralSources, Calls,
                         testing::Values(Row{"HookAndSoftphoneAreOneCall",
                                             R"(0 url 0612345678 Dupont
               2 pipe 7 ringing +33612345678 Inconnu
               6 pipe 7 connected
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 Dupont !
               6 1 connected inbound 0612345678 Dupont !
               60 1 ended inbound 0612345678 Dupont !)"},
                                         Row{"SoftphoneThenHookIsOneCall",
                                             R"(0 pipe 7 ringing +33612345678
               4.5 url 0612345678 Dupont)",
                                             R"(0 1 ringing inbound +33612345678 !
               4.5 1 ringing inbound +33612345678 Dupont !)"},
                                         Row{"TheSameNumberLaterIsAnotherCall",
                                             R"(0 pipe 7 ringing 0612345678
               1 pipe 7 ended
               9 url 0612345678)",
                                             R"(0 1 ringing inbound 0612345678 !
               1 1 missed inbound 0612345678 !
               9 2 ringing inbound 0612345678 !)"},
                                         Row{"AHookLateForAShortCallAddsNothing",
                                             R"(0 pipe 7 ringing 0612345678
               1 pipe 7 ended
               2 url 0612345678)",
                                             R"(0 1 ringing inbound 0612345678 !
               1 1 missed inbound 0612345678 !)"},
                                         Row{"WithheldNumbersAreMergedByTime",
                                             R"(0 url -
               3 pipe 7 ringing 0612345678
               20 pipe 8 ringing -
               26 url -)",
                                             R"(0 1 ringing inbound - !
               3 1 ringing inbound 0612345678 !
               20 2 ringing inbound - !
               26 3 ringing inbound - !)"},
                                         Row{"InAndOutAreTwoCalls",
                                             R"(0 url 0612345678
               2 pipe 7 dialing 0612345678)",
                                             R"(0 1 ringing inbound 0612345678 !
               2 2 dialing outbound 0612345678 !)"},
                                         Row{"WhatTheServerToldFirstIsNotReported",
                                             R"(0 server c1 ringing 0612345678
               0.4 url 0612345678 Dupont
               1 pipe 7 ringing 0612345678
               6 pipe 7 connected
               6.1 server c1 connected 0612345678
               60 server c1 ended
               60.1 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678
               0.4 1 ringing inbound 0612345678 Dupont
               6 1 connected inbound 0612345678 Dupont
               60 1 ended inbound 0612345678 Dupont)"},
                                         Row{"TheServersEchoIsTheSameCallAndNoWitness",
                                             R"(0 url 0612345678
               0.1 server c1 ringing 0612345678
               89 tick
               90 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               90 1 missed inbound 0612345678 !)"},
                                         Row{"WhatTheServerHearsFromThePbxIsNotTimedOut",
                                             R"(0 url 0612345678
               0.1 server c1 ringing 0612345678
               6 server c1 connected 0612345678
               200 tick
               300 server c1 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               6 1 connected inbound 0612345678
               300 1 ended inbound 0612345678)"},
                                         Row{"TheServerMayEndAHooksCall",
                                             R"(0 url 0612345678
               0.1 server c1 ringing 0612345678
               8 server c1 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               8 1 missed inbound 0612345678)"},
                                         Row{"TheServerShowsAHold",
                                             R"(0 server c1 ringing 0612345678
               6 server c1 connected 0612345678
               40 server c1 held 0612345678
               55 server c1 connected 0612345678
               90 server c1 ended)",
                                             R"(0 1 ringing inbound 0612345678
               6 1 connected inbound 0612345678
               40 1 held inbound 0612345678
               55 1 connected inbound 0612345678
               90 1 ended inbound 0612345678)"},
                                         Row{"ACallThatTheServerGaveUpIsReportedAnew",
                                             R"(0 pipe 7 ringing 0612345678
               0.1 server c1 ringing 0612345678
               5 pipe 7 connected
               5.1 server c1 connected 0612345678
               100 server c1 ended
               104 tick
               105 tick
               105.1 server c2 connected 0612345678
               105.2 server c1 ended 0612345678
               111 tick
               130 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               105 2 connected inbound 0612345678 !
               130 2 ended inbound 0612345678 !)"},
                                         Row{"AServerThatIsAMomentAheadGivesNothingUp",
                                             R"(0 pipe 7 ringing 0612345678
               0.1 server c1 ringing 0612345678
               5 pipe 7 connected
               5.1 server c1 connected 0612345678
               99.9 server c1 ended
               100 pipe 7 ended
               110 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               100 1 ended inbound 0612345678 !)"},
                                         Row{"AServerThatComesLateFindsTheCall",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               50 server c1 connected +33612345678
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               60 1 ended inbound 0612345678 !)"},
                                         Row{"StartAnswersWhatRings",
                                             R"(0 url 0612345678
               7 start
               80 stop)",
                                             R"(0 1 ringing inbound 0612345678 !
               7 1 connected inbound 0612345678 !
               80 1 ended inbound 0612345678 !)"},
                                         Row{"TheTechniciansWordHoldsAgainstTheSoftphone",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               30 stop
               50 pipe 7 connected
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               30 1 ended inbound 0612345678 !)"},
                                         Row{"StopDoesNotEndWhatIsTheServers",
                                             R"(0 server c1 ringing 0612345678
               5 server c1 connected 0612345678
               30 stop)",
                                             R"(0 1 ringing inbound 0612345678
               5 1 connected inbound 0612345678)"}),
                         [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(SeveralCalls, Calls,
                         testing::Values(Row{"ASecondCallWaits",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 ringing 0698765432
               30 pipe 8 ended
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 ringing inbound 0698765432 beside 1 !
               30 2 missed inbound 0698765432 beside 1 !
               60 1 ended inbound 0612345678 !)"},
                                         Row{"TwoCallsAtOnceEndEachAtItsTime",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 ringing 0698765432
               22 pipe 8 connected
               30 pipe 7 ended
               60 pipe 8 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 ringing inbound 0698765432 beside 1 !
               22 2 connected inbound 0698765432 beside 1 !
               30 1 ended inbound 0612345678 !
               60 2 ended inbound 0698765432 beside 1 !)"},
                                         Row{"ABlindTransferEndsTheCall",
                                             R"(0 server c1 ringing 0612345678
               5 server c1 connected 0612345678
               30 server c1 ended)",
                                             R"(0 1 ringing inbound 0612345678
               5 1 connected inbound 0612345678
               30 1 ended inbound 0612345678)"},
                                         Row{"AConsultationThatEndsInATransfer",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 dialing 205
               24 pipe 8 connected
               40 pipe 8 ended
               40.2 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 dialing internal 205 beside 1 !
               24 2 connected internal 205 beside 1 !
               40 2 ended internal 205 beside 1 !
               40.2 1 ended inbound 0612345678 !
               40.2 1 transferred)"},
                                         Row{"ACallThatWentOnBefore",
                                             R"(0 pipe 7 connected 0612345678 Dupont
               60 pipe 7 ended)",
                                             R"(0 1 connected inbound 0612345678 Dupont !
               60 1 ended inbound 0612345678 Dupont !)"},
                                         Row{"TheSoftphoneMayTellAHold",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 7 held
               21 pipe 7 held
               30 pipe 7 connected
               40 pipe 7 held
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 1 held inbound 0612345678 !
               30 1 connected inbound 0612345678 !
               40 1 held inbound 0612345678 !
               60 1 ended inbound 0612345678 !)"},
                                         Row{"AConsultationWhileTheCustomerIsHeld",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               18 pipe 7 held
               20 pipe 8 dialing 205
               24 pipe 8 connected
               40 pipe 8 ended
               40.2 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               18 1 held inbound 0612345678 !
               20 2 dialing internal 205 beside 1 !
               24 2 connected internal 205 beside 1 !
               40 2 ended internal 205 beside 1 !
               40.2 1 ended inbound 0612345678 !
               40.2 1 transferred)"},
                                         Row{"ATransferWhereTheCustomersCallEndsFirst",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 dialing 0698765432
               24 pipe 8 connected
               40 pipe 7 ended
               40.2 pipe 8 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 dialing outbound 0698765432 beside 1 !
               24 2 connected outbound 0698765432 beside 1 !
               40 1 ended inbound 0612345678 !
               40.2 2 ended outbound 0698765432 beside 1 !
               40.2 1 transferred)"},
                                         Row{"AnUnansweredConsultationTransfersNothing",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 dialing 205
               24 pipe 8 ended
               24.2 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 dialing internal 205 beside 1 !
               24 2 missed internal 205 beside 1 !
               24.2 1 ended inbound 0612345678 !)"},
                                         Row{"TwoCustomersWhoHangUpTogetherAreNoTransfer",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 ringing 0698765432
               24 pipe 8 connected
               40 pipe 8 ended
               40.2 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 ringing inbound 0698765432 beside 1 !
               24 2 connected inbound 0698765432 beside 1 !
               40 2 ended inbound 0698765432 beside 1 !
               40.2 1 ended inbound 0612345678 !)"},
                                         Row{"TheSecondColleagueTakesTheCall",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               10 pipe 8 dialing 205
               12 pipe 8 connected
               18 pipe 8 ended
               20 pipe 9 dialing 206
               24 pipe 9 connected
               40 pipe 9 ended
               40.2 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               10 2 dialing internal 205 beside 1 !
               12 2 connected internal 205 beside 1 !
               18 2 ended internal 205 beside 1 !
               20 3 dialing internal 206 beside 1 !
               24 3 connected internal 206 beside 1 !
               40 3 ended internal 206 beside 1 !
               40.2 1 ended inbound 0612345678 !
               40.2 1 transferred)"},
                                         Row{"AConferenceAfterAConsultationIsNoTransfer",
                                             R"(0 pipe 7 ringing 0612345678 Dupont
               5 pipe 7 connected
               20 pipe 8 dialing 205
               24 pipe 8 connected
               30 pipe 7 connected 700 Conference
               30.1 pipe 8 ended
               90 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 Dupont !
               5 1 connected inbound 0612345678 Dupont !
               20 2 dialing internal 205 beside 1 !
               24 2 connected internal 205 beside 1 !
               30.1 2 ended internal 205 beside 1 !
               90 1 ended inbound 0612345678 Dupont !)"},
                                         Row{"AnIgnoredConsultationTransfersAllTheSame",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 dialing 205
               24 pipe 8 connected
               40 pipe 8 ended
               40.2 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 dialing internal 205 beside 1
               24 2 connected internal 205 beside 1
               40 2 ended internal 205 beside 1
               40.2 1 ended inbound 0612345678 !
               40.2 1 transferred)",
                                             InternalCalls::Ignore},
                                         Row{"ATransferThatTheServerSees",
                                             R"(0 server c1 ringing 0612345678
               5 server c1 connected 0612345678
               20 server c2 dialing 205
               24 server c2 connected 205
               40 server c2 ended
               40.2 server c1 ended)",
                                             R"(0 1 ringing inbound 0612345678
               5 1 connected inbound 0612345678
               20 2 dialing outbound 205 beside 1
               24 2 connected outbound 205 beside 1
               40 2 ended outbound 205 beside 1
               40.2 1 ended inbound 0612345678
               40.2 1 transferred)"},
                                         Row{"AQueueCallThatAColleagueTakes",
                                             R"(0 url 0612345678 Support
               0.3 pipe 7 ringing 0612345678
               9 pipe 7 ended
               9.1 url 0612345678
               40 pipe 8 ringing 0612345678
               44 pipe 8 connected
               60 pipe 8 ended)",
                                             R"(0 1 ringing inbound 0612345678 Support !
               9 1 missed inbound 0612345678 Support !
               40 2 ringing inbound 0612345678 !
               44 2 connected inbound 0612345678 !
               60 2 ended inbound 0612345678 !)"},
                                         Row{"AConsultationThatEndsBefore",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               20 pipe 8 dialing 205
               24 pipe 8 connected
               40 pipe 8 ended
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               20 2 dialing internal 205 beside 1 !
               24 2 connected internal 205 beside 1 !
               40 2 ended internal 205 beside 1 !
               60 1 ended inbound 0612345678 !)"},
                                         Row{"ATransferThatIsReceived",
                                             R"(0 pipe 7 ringing 205 Marie
               5 pipe 7 connected 205
               30 pipe 7 connected 0612345678 Dupont
               60 pipe 7 ended)",
                                             R"(0 1 ringing internal 205 Marie !
               5 1 connected internal 205 Marie !
               30 1 connected inbound 0612345678 Dupont !
               60 1 ended inbound 0612345678 Dupont !)"},
                                         Row{"AConferenceStaysTheCustomersCall",
                                             R"(0 pipe 7 ringing 0612345678 Dupont
               5 pipe 7 connected
               30 pipe 7 connected 700 Conference
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 Dupont !
               5 1 connected inbound 0612345678 Dupont !
               60 1 ended inbound 0612345678 Dupont !)"},
                                         Row{"AnInternalCallIsReportedAsSuch",
                                             R"(0 url 205 Marie
               4 pipe 7 ringing 205)",
                                             "0 1 ringing internal 205 Marie !"},
                                         Row{"AnInternalCallMayBeIgnored",
                                             R"(0 pipe 7 ringing 205 Marie
               5 pipe 7 connected 205
               60 pipe 7 ended)",
                                             R"(0 1 ringing internal 205 Marie
               5 1 connected internal 205 Marie
               60 1 ended internal 205 Marie)",
                                             InternalCalls::Ignore},
                                         Row{"AnIgnoredCallBecomesACustomers",
                                             R"(0 pipe 7 ringing 205
               5 pipe 7 connected 205
               30 pipe 7 connected 0612345678 Dupont
               60 pipe 7 ended)",
                                             R"(0 1 ringing internal 205
               5 1 connected internal 205
               30 1 connected inbound 0612345678 Dupont !
               60 1 ended inbound 0612345678 Dupont !)",
                                             InternalCalls::Ignore},
                                         Row{"ManyRingAndOneIsAnswered",
                                             R"(0 url 0612345678
               1 url 0698765432
               7 start 0612345678
               91 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               1 2 ringing inbound 0698765432 !
               7 1 connected inbound 0612345678 !
               91 2 missed inbound 0698765432 !)"}),
                         [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(AudioOfThePhone, Calls,
                         testing::Values(Row{"TellsAnswerAndEndOfAHooksCall",
                                             R"(0 url 0612345678
               6 audio on
               7 tick
               8 tick
               100 audio off
               102 tick
               103 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               8 1 connected inbound 0612345678 !
               103 1 ended inbound 0612345678 !)"},
                                         Row{"IsNoCallByItself",
                                             R"(0 audio on
               2 tick
               3 tick
               9 audio off
               20 tick)",
                                             "2 talk without a call"},
                                         Row{"ThatIsShortIsNothing",
                                             R"(0 url 0612345678
               6 audio on
               7 audio off
               10 tick
               20 tick)",
                                             "0 1 ringing inbound 0612345678 !"},
                                         Row{"ThatPausesGoesOn",
                                             R"(0 url 0612345678
               6 audio on
               8 tick
               20 audio off
               22 audio on
               30 tick
               40 audio off
               43 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               8 1 connected inbound 0612345678 !
               43 1 ended inbound 0612345678 !)"},
                                         Row{"FromTheFirstRingOnIsNoAnswer",
                                             R"(0 url 0612345678
               0.5 audio on
               10 tick
               90 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               90 1 missed inbound 0612345678 !)"},
                                         Row{"DoesNotEndWhatTheSoftphoneSees",
                                             R"(0 pipe 7 ringing 0612345678
               5 pipe 7 connected
               5.5 audio on
               8 tick
               20 audio off
               30 tick
               60 pipe 7 ended)",
                                             R"(0 1 ringing inbound 0612345678 !
               5 1 connected inbound 0612345678 !
               60 1 ended inbound 0612345678 !)"},
                                         Row{"DoesNotEndWhatTheServerSees",
                                             R"(0 url 0612345678
               0.2 server c1 ringing 0612345678
               6 server c1 connected 0612345678
               6.2 audio on
               9 tick
               20 audio off
               30 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               6 1 connected inbound 0612345678)"},
                                         Row{"EndsWhatTheServerOnlyEchoes",
                                             R"(0 url 0612345678
               0.2 server c1 ringing 0612345678
               6 audio on
               8 tick
               8.1 server c1 connected 0612345678
               20 audio off
               23 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               8 1 connected inbound 0612345678 !
               23 1 ended inbound 0612345678 !)"},
                                         Row{"EndsWhatTheTechnicianBegan",
                                             R"(0 start 0612345678
               1 audio on
               4 tick
               20 audio off
               23 tick)",
                                             R"(0 1 connected outbound 0612345678 !
               23 1 ended outbound 0612345678 !)"},
                                         Row{"LeavesASecondCallRinging",
                                             R"(0 url 0612345678
               6 audio on
               8 tick
               20 url 0698765432
               40 audio off
               43 tick
               110 tick)",
                                             R"(0 1 ringing inbound 0612345678 !
               8 1 connected inbound 0612345678 !
               20 2 ringing inbound 0698765432 beside 1 !
               43 1 ended inbound 0612345678 !
               110 2 missed inbound 0698765432 beside 1 !)"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(CallTracking, SaysWhatGoesOnAfterAReconnect) {
    int lastId = 0;
    CallTracker tracker{InternalCalls::Ignore, [&] { return std::to_string(++lastId); }};
    const auto at = [](int seconds) { return SteadyTime{std::chrono::seconds{seconds}}; };
    const auto pipe = [&](const char* id, CallState state, int seconds, const char* number) {
        tracker.observe({Source::Softphone, state, at(seconds), id, {}, number, ""});
    };
    pipe("1", CallState::Ringing, 0, "0612345678");
    pipe("2", CallState::Ringing, 20, "205");
    pipe("3", CallState::Ringing, 30, "0698765432");
    pipe("3", CallState::Ended, 31, "0698765432");
    pipe("1", CallState::Connected, 32, "0612345678");
    tracker.observe({Source::Server, CallState::Ringing, at(40), "c9", Direction::Inbound, "0145454545", ""});
    const auto reports = tracker.openReports();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports.front(), (protocol::CallDetected{"softphone", "1", CallState::Connected,
                                                       Direction::Inbound, "0612345678", "", 40'000, 8'000}));
    EXPECT_EQ(tracker.calls().size(), 3U);
}

struct CallerRow {
    const char* name;
    const char* number;
    const char* displayName;
    Caller read;
};
class Callers : public testing::TestWithParam<CallerRow> {};

TEST_P(Callers, AreMadeSenseOf) {
    EXPECT_EQ(callerOf(GetParam().number, GetParam().displayName), GetParam().read);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Callers,
    testing::Values(CallerRow{"Both", "0612345678", "Dupont SARL", {"0612345678", "Dupont SARL"}},
                    CallerRow{"Spaces", "  06 12 34 56 78 ", " Dupont ", {"06 12 34 56 78", "Dupont"}},
                    CallerRow{"Anonymous", "Anonymous", "", {"", ""}},
                    CallerRow{"Withheld", "", "Numéro masqué", {"", ""}},
                    CallerRow{"NameInPlaceOfTheNumber", "Dupont SARL", "", {"", "Dupont SARL"}},
                    CallerRow{"NumberInPlaceOfTheName", "+33612345678", "0612345678", {"+33612345678", ""}},
                    CallerRow{"NameAndNumber", "Dupont SARL (0612345678)", "", {"0612345678", "Dupont SARL"}},
                    CallerRow{"NameAndNumberWithSpaces", "Dupont ( 06 12 )", "", {"06 12", "Dupont"}},
                    CallerRow{
                        "SipAddress", "sip:0612345678@pbx.example;user=phone", "D", {"0612345678", "D"}},
                    CallerRow{"TelAddress", "tel:+33-6-12-34-56-78", "", {"+33-6-12-34-56-78", ""}},
                    CallerRow{"SipOfNobody", "sip:anonymous@anonymous.invalid", "", {"", ""}},
                    CallerRow{"Unfilled", "%CallerNumber%", "%CallerDisplayName%", {"", ""}},
                    CallerRow{"UnfilledTemplate", "[Number]", "[Name]", {"", ""}},
                    CallerRow{"Controls", "06123\n45678", "Du\x01pont", {"06123 45678", "Du pont"}},
                    CallerRow{"NoUtf8", "0612345678", "Dupr\xE9", {"0612345678", "Dupr\xEF\xBF\xBD"}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(CallerTexts, AreCutToWhatTheServerTakes) {
    const Caller caller =
        callerOf(std::string(500, '1'), std::string(199, 'x') + "é" + std::string(500, 'x'));
    EXPECT_EQ(caller.number, "");
    EXPECT_EQ(caller.name, std::string(199, 'x'));
}

TEST(NumberKeys, AreTheLastNineDigits) {
    EXPECT_EQ(numberKey("+33 6 12 34 56 78"), "612345678");
    EXPECT_EQ(numberKey("06.12.34.56.78"), numberKey("0033612345678"));
    EXPECT_EQ(numberKey("205"), "205");
    EXPECT_EQ(numberKey("anonymous"), "");
    EXPECT_TRUE(isInternalNumber("205"));
    EXPECT_FALSE(isInternalNumber("+205"));
    EXPECT_FALSE(isInternalNumber("5"));
    EXPECT_FALSE(isInternalNumber("612345"));
}

}  // namespace
}  // namespace ninja3cx::agent
