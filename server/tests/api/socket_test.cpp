#include "server/tests/api/world.hpp"
#include "shared/opus/opus_codec.hpp"
#include "shared/protocol/audio_frame.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <stdexcept>
#include <utility>

namespace ninja3cx::api {
namespace {

using namespace protocol;
using Socket = std::shared_ptr<net::WebSocketConnection>;

class Sockets : public testing::Test, public World {
protected:
    asio::awaitable<Socket> connectedAs(std::string key) {
        auto socket = co_await this->socket(bearer(keys_.at(key)));
        if (!socket) throw std::runtime_error{socket.error().detail};
        co_return std::move(*socket);
    }
    /// A client that has been welcomed; its snapshot is the next message.
    asio::awaitable<Socket> greetedAs(std::string key, Face face) {
        Socket socket = co_await connectedAs(std::move(key));
        socket->sendText(hello(face));
        const auto welcome = co_await nextOf<Welcome>(socket);
        if (!welcome) throw std::runtime_error{"no welcome"};
        EXPECT_EQ(welcome->serverId, "s-1");
        co_return socket;
    }
    static std::string frame(std::uint32_t streamId, std::uint64_t sequence,
                             Speaker channel = Speaker::Agent) {
        AudioFrame one;
        one.channel = channel;
        one.sequence = sequence;
        one.callClockMs = static_cast<std::int64_t>(sequence) * 100;
        one.streamId = streamId;
        one.samples.assign(1600, 0);
        const auto bytes = encodeAudioFrame(one);
        return {bytes.begin(), bytes.end()};
    }
    static void say(const Socket& socket, ClientMessage message) { socket->sendText(encodeMessage(message)); }
    static asio::awaitable<AudioReady> streaming(Socket socket, CallId callId) {
        say(socket, AudioStart{callId});
        auto ready = co_await nextOf<AudioReady>(socket);
        if (!ready) throw std::runtime_error{"no audioReady"};
        co_return *ready;
    }
    /// Waits until everything sent so far has been handled.
    static asio::awaitable<void> handled(Socket socket) {
        socket->sendText(R"({"type":"areYouThere"})");
        while (true) {
            const auto error = co_await nextOf<ErrorReply>(socket);
            if (!error || error->code == "unknownType") co_return;
        }
    }
    static asio::awaitable<std::uint16_t> closeCodeOf(Socket socket) {
        bool isOpen = true;
        while (isOpen) {
            const auto message = co_await socket->receive();
            isOpen = message.has_value();
        }
        co_return socket->peerCloseCode();
    }
};

TEST_F(Sockets, NeedAKeyAndCookiesNeedAnOwnPage) {
    run([&]() -> asio::awaitable<void> {
        const net::Headers none;
        const auto withoutKey = co_await socket(none);
        EXPECT_EQ(withoutKey.error().kind, ErrorKind::Unauthorized);
        const auto withWrongKey = co_await socket(bearer("wrong"));
        EXPECT_EQ(withWrongKey.error().kind, ErrorKind::Unauthorized);
        net::Headers cookie;
        cookie.set("Cookie",
                   "ninja3cx_session=" + access_->openSession(*access_->byKey(keys_["dashboard"], "x")));
        const auto withoutOrigin = co_await socket(cookie);
        EXPECT_EQ(withoutOrigin.error().kind, ErrorKind::Unauthorized) << "no Origin";
        cookie.set("Origin", "http://evil.example");
        const auto fromForeignPage = co_await socket(cookie);
        EXPECT_EQ(fromForeignPage.error().kind, ErrorKind::Unauthorized);
        cookie.set("Origin", url(""));
        const auto fromOwnPage = co_await socket(cookie);
        EXPECT_TRUE(fromOwnPage.has_value()) << "the server's own page";
        cookie.set("Origin", "http://localhost:4173");
        const auto fromConfiguredOrigin = co_await socket(cookie);
        EXPECT_TRUE(fromConfiguredOrigin.has_value()) << "a configured origin";
    });
}

TEST_F(Sockets, OfABoardAreInTheAuditTrailFromTheirBeginningAndAgentsAreNot) {
    ringing("201", "+33611111111", CallState::Connected);
    const std::vector<std::string> actors{"supervisor:key-supervisor", "dashboard:key-dashboard"};
    run([&]() -> asio::awaitable<void> {
        const Socket supervisor = co_await greetedAs("supervisor", Face::Board);
        const Socket wall = co_await greetedAs("dashboard", Face::Board);
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        co_await handled(supervisor);
        co_await handled(wall);
        co_await handled(agent);
        ring("201", "+33611111111", CallState::Held);  // events make no lines
        co_await settle();
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        std::size_t lines = 0;
        for (auto at = trail.body.find("board.opened"); at != std::string::npos;
             at = trail.body.find("board.opened", at + 1))
            ++lines;
        EXPECT_EQ(lines, 2U) << trail.body;
        for (const std::string& actor : actors) {
            const std::string line =
                R"("actor":")" + actor + R"(","action":"board.opened","about":"127.0.0.1")";
            EXPECT_NE(trail.body.find(line), std::string::npos) << trail.body;
        }
    });
}

struct Greeting {
    const char* key;
    std::string first;
    std::string code;  // of the ErrorReply; empty: welcome
};

TEST_F(Sockets, AreGreetedByRoleOrSentAway) {
    const std::vector<Greeting> greetings{
        {"agent201", hello(Face::Agent), ""},
        {"agent201", hello(Face::Agent, "201"), ""},
        {"agent201", hello(Face::Agent, "202"), "forbidden"},
        {"agent201", hello(Face::Board), "forbidden"},
        {"dashboard", hello(Face::Board), ""},
        {"dashboard", hello(Face::Agent, "201"), "forbidden"},
        {"supervisor", hello(Face::Agent, "201"), "forbidden"},
        {"site", hello(Face::Board), ""},
        {"site", hello(Face::Agent, "205"), ""},
        {"site", hello(Face::Agent), "badMessage"},
        {"site", hello(Face::Agent, std::string(33, '2')), "badMessage"},
        {"site", hello(Face::Agent, "2 01"), "badMessage"},
        {"dashboard", "{not json", "helloExpected"},
        {"dashboard", R"({"type":"callWatch","callId":"c","isWatching":true})", "helloExpected"},
        {"dashboard", R"({"type":"hello","protocol":99,"face":"board","client":{"name":"x","version":"1"}})",
         "badMessage"}};
    run([&]() -> asio::awaitable<void> {
        for (const Greeting& greeting : greetings) {
            const std::string what = std::string{greeting.key} + " " + greeting.first;
            const Socket socket = co_await connectedAs(greeting.key);
            socket->sendText(greeting.first);
            const auto answer = co_await next(socket);
            if (!answer) throw std::runtime_error{"no answer to " + what};
            if (greeting.code.empty()) {
                EXPECT_TRUE(std::holds_alternative<Welcome>(*answer))
                    << what << ": " << encodeMessage(*answer);
                const auto second = co_await next(socket);
                EXPECT_TRUE(second && std::holds_alternative<Snapshot>(*second)) << what;
            } else {
                const auto* error = std::get_if<ErrorReply>(&*answer);
                EXPECT_TRUE(error && error->code == greeting.code && error->isFatal)
                    << what << ": " << encodeMessage(*answer);
                const auto closeCode = co_await closeCodeOf(socket);
                EXPECT_EQ(closeCode, 1008) << what;
            }
        }
    });
}

TEST_F(Sockets, ThatStaySilentAreClosed) {
    run([&]() -> asio::awaitable<void> {
        const Socket socket = co_await connectedAs("dashboard");
        const auto error = co_await nextOf<ErrorReply>(socket);
        EXPECT_TRUE(error && error->code == "helloTimeout");
        const auto closeCode = co_await closeCodeOf(socket);
        EXPECT_EQ(closeCode, 1008);
    });
}

TEST_F(Sockets, AWrongMessageIsAnsweredAndHarmsNobody) {
    ringing("201", "+33611111111", CallState::Connected);
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"{", "badMessage"},
        {"[]", "badMessage"},
        {R"({"type":"danceForMe"})", "unknownType"},
        {R"({"type":"audioStart"})", "badMessage"},
        {R"({"type":"audioStart","callId":"call-none"})", "notFound"},
        {R"({"type":"draftLater","draftId":"draft-none"})", "notFound"},
        {R"({"type":"callWatch","callId":"call-none","isWatching":true})", "forbidden"},
        {hello(Face::Agent), "badMessage"}};
    run([&]() -> asio::awaitable<void> {
        const Socket board = co_await greetedAs("dashboard", Face::Board);
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        const Socket clumsy = co_await greetedAs("agent201", Face::Agent);
        for (const auto& [text, code] : mistakes) {
            clumsy->sendText(text);
            const auto error = co_await nextOf<ErrorReply>(clumsy);
            EXPECT_TRUE(error && error->code == code && !error->isFatal)
                << text << (error ? error->code : "");
        }
        clumsy->sendBinary("3CXAnonsense");
        const auto error = co_await nextOf<ErrorReply>(clumsy);
        EXPECT_TRUE(error && error->code == "badMessage");
        clumsy->sendText(std::string(100'000, ' '));
        const auto closeCode = co_await closeCodeOf(clumsy);
        EXPECT_EQ(closeCode, 1009);

        say(agent, AudioStart{callOf("201")});
        const auto ready = co_await nextOf<AudioReady>(agent);
        EXPECT_TRUE(ready.has_value()) << "the other agent goes on";
        ring("202", "+33622222222", CallState::Ringing);
        const auto event = co_await nextOf<Event>(board);
        EXPECT_TRUE(event.has_value()) << "and so does the board";
    });
}

TEST_F(Sockets, WhatAnAgentProgramSaysIsBounded) {
    run([&]() -> asio::awaitable<void> {
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        CallDetected detected{"url", std::string(500, 'a'), CallState::Connected, Direction::Inbound, "", ""};
        const ClientMessage tooLong = detected;
        say(agent, tooLong);
        const auto refused = co_await nextOf<ErrorReply>(agent);
        if (!refused) throw std::runtime_error{"no answer"};
        EXPECT_EQ(refused->code, "badMessage");
        EXPECT_NE(refused->message.find("localId"), std::string::npos);
        for (int i = 0; i < 9; ++i) {
            detected.localId = std::to_string(i);
            const ClientMessage one = detected;
            say(agent, one);
        }
        const auto busy = co_await nextOf<ErrorReply>(agent);
        if (!busy) throw std::runtime_error{"no answer"};
        EXPECT_EQ(busy->code, "busy");
        EXPECT_FALSE(busy->isFatal);
    });
}

TEST_F(Sockets, ACrowdOfErrorsEndsTheirConnectionOnly) {
    run([&]() -> asio::awaitable<void> {
        const Socket board = co_await greetedAs("dashboard", Face::Board);
        for (int i = 0; i < Session::kPatience; ++i) board->sendText("{");
        std::optional<ErrorReply> last;
        while (true) {
            const auto error = co_await nextOf<ErrorReply>(board);
            if (!error) break;
            last = error;
        }
        EXPECT_TRUE(last && last->isFatal && last->code == "tooManyErrors");
    });
}

TEST_F(Sockets, AudioIsAcknowledgedAndGapsAreRefused) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        const AudioReady ready = co_await streaming(agent, callId);
        EXPECT_EQ(ready.frameVersion, kAudioVersion) << "a newer agent sends what we read";
        EXPECT_EQ(ready.next, ChannelPositions{});
        for (std::uint64_t i = 0; i < 3; ++i) agent->sendBinary(frame(ready.streamId, i));
        agent->sendBinary(frame(ready.streamId, 5));
        const auto gap = co_await nextOf<ErrorReply>(agent);
        EXPECT_TRUE(gap && gap->code == "wrongSequence") << (gap ? gap->code : "");
        co_await settle();
        api_->tick();
        const auto ack = co_await nextOf<AudioAck>(agent);
        EXPECT_TRUE(ack && ack->callId == callId && ack->next == (ChannelPositions{3, 0}));

        // The agent program comes back on a new connection while the old one still lingers.
        const Socket again = co_await greetedAs("agent201", Face::Agent);
        const AudioReady resumed = co_await streaming(again, callId);
        EXPECT_EQ(resumed.next, (ChannelPositions{3, 0}));
        again->sendBinary(frame(resumed.streamId, 2));  // a repeat
        again->sendBinary(frame(resumed.streamId, 3));
        again->sendBinary(frame(resumed.streamId, 0, Speaker::Customer));
        co_await handled(again);
        co_await settle();
        api_->tick();
        const auto later = co_await nextOf<AudioAck>(again);
        EXPECT_TRUE(later && later->next == (ChannelPositions{4, 1}));
    });
}

TEST_F(Sockets, TakeOpusAndRefuseByNameWhatIsNone) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        const AudioReady ready = co_await streaming(agent, callId);
        EXPECT_EQ(ready.audioFormats, (std::vector<std::string>{"pcm", "opus"}));
        auto encoder = opus::Encoder::make();
        const auto packed = [&](std::uint64_t sequence, bool beginsPackets) {
            AudioFrame one;
            one.sequence = sequence;
            one.callClockMs = static_cast<std::int64_t>(sequence) * 100;
            one.streamId = ready.streamId;
            one.format = AudioFormat::Opus;
            one.beginsPackets = beginsPackets;
            one.packet = *encoder->encode(std::vector<std::int16_t>(1600, 300));
            return one;
        };
        const auto sent = [&](const AudioFrame& one) {
            const auto bytes = encodeAudioFrame(one);
            agent->sendBinary({bytes.begin(), bytes.end()});
        };
        const auto isRefused = [](const std::optional<ErrorReply>& error, const char* why) {
            return error && error->code == "badMessage" && error->message.find(why) != std::string::npos;
        };
        sent(packed(0, false));
        const auto first = co_await nextOf<ErrorReply>(agent);
        EXPECT_TRUE(isRefused(first, "audio frame: the Opus packets before"));
        AudioFrame bad = packed(0, true);
        bad.packet = {0x03};
        sent(bad);
        const auto second = co_await nextOf<ErrorReply>(agent);
        EXPECT_TRUE(isRefused(second, "audio frame: no Opus packet"));
        encoder = opus::Encoder::make();
        for (std::uint64_t i = 0; i < 3; ++i) sent(packed(i, i == 0));
        agent->sendBinary(frame(ready.streamId, 3));
        co_await handled(agent);
        co_await settle();
        api_->tick();
        const auto ack = co_await nextOf<AudioAck>(agent);
        EXPECT_TRUE(ack && ack->next == (ChannelPositions{4, 0}));
    });
}

TEST_F(Sockets, AProgramThatNamesItsExtensionWithTheSitesKeyIsInTheAuditTrail) {
    run([&]() -> asio::awaitable<void> {
        Hello who;
        who.protocol = 1;
        who.face = Face::Agent;
        who.client = {"test", "1"};
        who.extension = Extension{"201"};
        for (int i = 0; i < 2; ++i) {
            const Socket agent = co_await connectedAs("site");
            say(agent, who);
            EXPECT_TRUE(co_await nextOf<Welcome>(agent));
        }
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        const std::string opened = R"("action":"extension.opened","about":"201")";
        const std::size_t first = trail.body.find(opened);
        EXPECT_NE(first, std::string::npos) << trail.body;
        EXPECT_EQ(trail.body.find(opened, first + 1), std::string::npos) << "once an hour is enough";
    });
}

TEST_F(Sockets, OfTwoProgramsTheLaterStreamsAndTheEarlierGoesOnWhenItLeaves) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket earlier = co_await greetedAs("agent201", Face::Agent);
        const AudioReady first = co_await streaming(earlier, callId);
        earlier->sendBinary(frame(first.streamId, 0));
        co_await handled(earlier);

        const Socket later = co_await greetedAs("agent201", Face::Agent);
        const AudioReady second = co_await streaming(later, callId);
        const auto told = co_await nextOf<ErrorReply>(earlier);
        EXPECT_TRUE(told && told->code == "superseded" && told->about == callId.value() && !told->isFatal);
        // One microphone at a time, and how long the call is says the one that streams it.
        for (std::uint64_t i = 1; i < 4; ++i) earlier->sendBinary(frame(first.streamId, i));
        say(earlier, AudioEnd{callId, {4, 0}});
        co_await handled(earlier);
        for (std::uint64_t i = 1; i < 3; ++i) later->sendBinary(frame(second.streamId, i));
        co_await handled(later);
        co_await settle();
        api_->tick();
        const auto ack = co_await nextOf<AudioAck>(later);
        EXPECT_TRUE(ack && ack->next == (ChannelPositions{3, 0}));

        later->close(1000, "");
        const auto again = co_await nextOf<AudioReady>(earlier);
        if (!again) throw std::runtime_error{"the earlier program was not asked"};
        EXPECT_EQ(again->next, (ChannelPositions{3, 0}));
        earlier->sendBinary(frame(again->streamId, 3));
        co_await handled(earlier);
        co_await settle();
        api_->tick();
        const auto lastAck = co_await nextOf<AudioAck>(earlier);
        EXPECT_TRUE(lastAck && lastAck->next == (ChannelPositions{4, 0}));
    });
}

TEST_F(Sockets, AProgramThatStreamedAMomentDoesNotSayHowLongTheCallIs) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket recording = co_await greetedAs("agent201", Face::Agent);
        const Socket passing = co_await greetedAs("agent201", Face::Agent);
        std::uint32_t streamId = 0;
        for (const Socket& program : {recording, passing}) {
            const AudioReady ready = co_await streaming(program, callId);
            streamId = ready.streamId;
        }
        ring("201", "+33611111111", CallState::Ended);
        say(recording, AudioEnd{callId, {3, 0}});
        co_await handled(recording);
        say(passing, AudioEnd{callId, {}});
        const auto turn = co_await nextOf<AudioReady>(recording);
        if (!turn) throw std::runtime_error{"the recording program has not got its turn"};
        EXPECT_FALSE(hub_->isAudioComplete(callId));
        for (std::uint64_t i = 0; i < 3; ++i) recording->sendBinary(frame(streamId, i));
        say(recording, AudioEnd{callId, {3, 0}});
        co_await handled(recording);
        co_await settle();
        EXPECT_TRUE(hub_->isAudioComplete(callId));
    });
}

TEST_F(Sockets, AProgramThatNeverAskedDoesNotEndWhatAnotherStreams) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket earlier = co_await greetedAs("agent201", Face::Agent);
        const Socket streaming = co_await greetedAs("agent201", Face::Agent);
        const Socket passing = co_await greetedAs("agent201", Face::Agent);
        std::uint32_t streamId = 0;
        for (const Socket& program : {earlier, streaming}) {
            say(program, AudioStart{callId});
            const auto ready = co_await nextOf<AudioReady>(program);
            if (!ready) throw std::runtime_error{"no audioReady"};
            streamId = ready->streamId;
        }
        say(passing, AudioEnd{callId, {}});
        co_await handled(passing);
        earlier->sendBinary(frame(streamId, 0));
        earlier->sendBinary(frame(streamId, 1));
        co_await handled(earlier);
        streaming->sendBinary(frame(streamId, 0));
        co_await handled(streaming);
        co_await settle();
        api_->tick();
        const auto ack = co_await nextOf<AudioAck>(streaming);
        EXPECT_TRUE(ack && ack->next == (ChannelPositions{1, 0})) << "the earlier one still waits";
    });
}

TEST_F(Sockets, TheProgramThatYieldedIsToldWhenTheOtherHasDeliveredTheCall) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket earlier = co_await greetedAs("agent201", Face::Agent);
        const Socket later = co_await greetedAs("agent201", Face::Agent);
        for (const Socket& program : {earlier, later}) {
            say(program, AudioStart{callId});
            (void)co_await nextOf<AudioReady>(program);
        }
        ring("201", "+33611111111", CallState::Ended);
        say(later, AudioEnd{callId, {}});
        (void)co_await nextOf<AudioReady>(earlier);  // has it anything more?
        say(earlier, AudioEnd{callId, {}});
        co_await handled(earlier);
        co_await settle();
        clock_.advance(std::chrono::seconds{2});
        api_->tick();
        std::optional<ErrorReply> told;
        do told = co_await nextOf<ErrorReply>(later);
        while (told && told->code != "delivered");
        EXPECT_TRUE(told && told->about == callId.value());
        say(earlier, AudioStart{callId});
        const auto answer = co_await nextOf<ErrorReply>(earlier);
        EXPECT_TRUE(answer && answer->code == "delivered") << "whoever asks";
    });
}

TEST_F(Sockets, AStreamIsTakenOnlyFromTheProgramThatAskedForIt) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket asking = co_await greetedAs("agent201", Face::Agent);
        const AudioReady ready = co_await streaming(asking, callId);
        const Socket other = co_await greetedAs("agent201", Face::Agent);
        other->sendBinary(frame(ready.streamId, 0));
        const auto refused = co_await nextOf<ErrorReply>(other);
        EXPECT_TRUE(refused && refused->code == "notFound");
    });
}

TEST_F(Sockets, ACountdownRunsWhileItsAgentAnswersPingsAndStandsStillWhenItDoesNot) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        co_await handled(agent);
        ring("201", "+33611111111", CallState::Ended);
        const auto pass = [&](int seconds) -> asio::awaitable<void> {
            for (int i = 0; i < seconds * 10; ++i) {
                clock_.advance(std::chrono::milliseconds{100});
                hub_->tick();
                api_->tick();
                for (int turn = 0; turn < 10; ++turn) co_await settle();
            }
        };
        const auto draft = [&] {
            const auto drafts = hub_->snapshot(std::nullopt).drafts;
            return drafts.empty() ? Draft{} : drafts.front();
        };
        while (draft().draftId.value().empty()) {  // the store has a thread of its own
            co_await pass(1);
            for (int i = 0; i < 1'000; ++i) co_await settle();
        }
        say(agent, DraftShown{draft().draftId});
        while (draft().state != DraftState::Counting) co_await settle();  // once it is stored
        const auto revision = draft().revision;
        // A client that takes no messages answers no pings.
        const auto drain = [](Socket from) -> asio::awaitable<void> {
            while (true) {
                const auto message = co_await from->receive();
                if (!message) co_return;
            }
        };
        asio::co_spawn(context_, drain(agent), asio::detached);
        for (int i = 0; i < 10; ++i) {
            const auto heard = agent->heardCount();
            co_await pass(1);
            // The server asks every second.
            for (int turn = 0; turn < 1'000 && agent->heardCount() == heard; ++turn) co_await settle();
        }
        EXPECT_EQ(draft().state, DraftState::Counting);
        EXPECT_EQ(draft().revision, revision) << "and never stood still";
        agent->playDead();
        co_await pass(4);
        while (draft().state != DraftState::Inbox) co_await settle();
        EXPECT_GT(draft().countdownLeftMs, 3'000);
    });
}

TEST_F(Sockets, WhatCouldNotBeStoredIsAskedForAgain) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        const AudioReady ready = co_await streaming(agent, callId);
        agent->sendBinary(frame(ready.streamId, 0));
        co_await handled(agent);
        hub_->onAudioFailed(callId, Error{ErrorKind::Io, "disk full"});
        clock_.advance(std::chrono::seconds{1});
        api_->tick();
        const auto again = co_await nextOf<AudioReady>(agent);
        EXPECT_TRUE(again && again->streamId == ready.streamId && again->next == (ChannelPositions{1, 0}));
    });
}

TEST_F(Sockets, AnAgentCannotTouchOrSenseTheCallsOfOthers) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    std::vector<ClientMessage> attempts;
    for (const CallId& id : {callId, CallId{"call-none"}}) {
        attempts.push_back(AudioStart{id});
        attempts.push_back(AudioEnd{id, {}});
        attempts.push_back(RecordingPause{id, true});
    }
    run([&]() -> asio::awaitable<void> {
        const Socket other = co_await greetedAs("agent202", Face::Agent);
        const auto snapshot = co_await nextOf<Snapshot>(other);
        EXPECT_TRUE(snapshot && snapshot->calls.empty() && snapshot->utterances.empty());
        std::vector<std::string> answers;
        for (const CallId& id : {callId, CallId{"call-none"}}) {
            const std::vector<ClientMessage> attempts{AudioStart{id}, AudioEnd{id, {}},
                                                      RecordingPause{id, true}};
            for (const ClientMessage& message : attempts) {
                say(other, message);
                const auto error = co_await nextOf<ErrorReply>(other);
                EXPECT_TRUE(error && error->code == "notFound");
                if (error) answers.push_back(error->message);
            }
        }
        for (const std::string& answer : answers)
            EXPECT_EQ(answer, answers.front()) << "existing or not: the same";
    });
}

/// An agent program that was away for long asks about audio it still has.
TEST_F(Sockets, SayWhetherThePastCallsAudioIsStillWanted) {
    const auto past = [&](const std::string& id, bool isComplete, Recording recording) {
        protocol::Call call;
        call.callId = CallId{id};
        call.extension = Extension{"201"};
        call.stage = protocol::CallStage::Closed;
        call.state = CallState::Ended;
        call.recording = recording;
        call.isAudioComplete = isComplete;
        store_->commit({calls::SaveCall{call, ""}}, [](const Result<void>& stored) { ASSERT_TRUE(stored); });
    };
    past("call-whole", true, Recording::Active);
    past("call-part", false, Recording::Active);
    past("call-blocked", false, Recording::Blocked);
    const std::map<std::string, std::string> wanted{{"call-whole", "delivered"},
                                                    {"call-part", "notFound"},
                                                    {"call-blocked", "forbidden"},
                                                    {"call-none", "notFound"}};
    run([&]() -> asio::awaitable<void> {
        const Socket ours = co_await greetedAs("agent201", Face::Agent);
        const Socket other = co_await greetedAs("agent202", Face::Agent);
        for (const auto& [id, code] : wanted) {
            say(ours, AudioStart{CallId{id}});
            const auto answer = co_await nextOf<ErrorReply>(ours);
            EXPECT_TRUE(answer && answer->code == code && answer->about == id) << id;
            say(other, AudioStart{CallId{id}});
            const auto foreign = co_await nextOf<ErrorReply>(other);
            EXPECT_TRUE(foreign && foreign->code == "notFound") << "nobody else learns of it";
        }
    });
}

TEST_F(Sockets, OnlyASupervisorWatchesAndTheTechnicianSeesIt) {
    ringing("201", "+33611111111", CallState::Connected);
    const CallId callId = callOf("201");
    run([&]() -> asio::awaitable<void> {
        const Socket agent = co_await greetedAs("agent201", Face::Agent);
        const Socket board = co_await greetedAs("dashboard", Face::Board);
        say(board, CallWatch{callId, true});
        const auto refused = co_await nextOf<ErrorReply>(board);
        EXPECT_TRUE(refused && refused->code == "forbidden");
        const auto watchersBecome = [&](std::int32_t wanted) -> asio::awaitable<bool> {
            while (true) {
                const auto event = co_await nextOf<Event>(agent);
                if (!event) co_return false;
                const auto* changed = std::get_if<CallChanged>(&event->event);
                if (changed && changed->call.watchers == wanted) co_return true;
            }
        };
        const Socket supervisor = co_await greetedAs("supervisor", Face::Board);
        say(supervisor, CallWatch{callId, true});
        const auto isShown = co_await watchersBecome(1);
        EXPECT_TRUE(isShown);
        supervisor->close(1000, "bye");
        const auto isGone = co_await watchersBecome(0);
        EXPECT_TRUE(isGone) << "leaving ends the watch";
    });
}

TEST_F(Sockets, AClientThatReturnsGetsExactlyWhatItMissed) {
    run([&]() -> asio::awaitable<void> {
        const Socket first = co_await greetedAs("dashboard", Face::Board);
        const auto snapshot = co_await nextOf<Snapshot>(first);
        if (!snapshot) throw std::runtime_error{"no snapshot"};
        ring("201", "+33611111111", CallState::Ringing);
        const auto seen = co_await nextOf<Event>(first);
        if (!seen) throw std::runtime_error{"no event"};
        EXPECT_EQ(seen->sequence, snapshot->sequence + 1);
        first->close(1000, "gone");
        ring("202", "+33622222222", CallState::Ringing);

        const Socket again = co_await connectedAs("dashboard");
        again->sendText(hello(Face::Board, std::nullopt, EventPosition{snapshot->epoch, seen->sequence}));
        (void)co_await nextOf<Welcome>(again);
        const auto missed = co_await next(again);
        const auto* event = missed ? std::get_if<Event>(&*missed) : nullptr;
        EXPECT_TRUE(event && event->sequence == seen->sequence + 1);

        const Socket stranger = co_await connectedAs("dashboard");
        stranger->sendText(hello(Face::Board, std::nullopt, EventPosition{"epoch-0", 1}));
        (void)co_await nextOf<Welcome>(stranger);
        const auto fresh = co_await next(stranger);
        EXPECT_TRUE(fresh && std::holds_alternative<Snapshot>(*fresh))
            << "another run of the server: a snapshot";
    });
}

TEST_F(Sockets, ARevokedKeyClosesItsConnections) {
    run([&]() -> asio::awaitable<void> {
        const Socket board = co_await greetedAs("dashboard", Face::Board);
        access_->setKeys({});
        clock_.advance(std::chrono::seconds{2});
        api_->tick();
        const auto error = co_await nextOf<ErrorReply>(board);
        EXPECT_TRUE(error && error->code == "unauthorized" && error->isFatal);
        const auto closeCode = co_await closeCodeOf(board);
        EXPECT_EQ(closeCode, 1008);
    });
}

TEST_F(Sockets, ATechnicianIsThereWhileOneOfTheirProgramsIs) {
    run([&]() -> asio::awaitable<void> {
        const auto isConnected = [&] {
            for (const Agent& agent : hub_->snapshot(std::nullopt).agents)
                if (agent.extension.value() == "201") return agent.isConnected;
            return false;
        };
        const Socket board = co_await greetedAs("dashboard", Face::Board);
        const Socket one = co_await greetedAs("agent201", Face::Agent);
        const Socket two = co_await greetedAs("agent201", Face::Agent);
        co_await handled(two);
        EXPECT_TRUE(isConnected());
        one->close(1000, "");
        (void)co_await closeCodeOf(one);
        co_await settle();
        EXPECT_TRUE(isConnected());
        two->close(1000, "");
        while (isConnected()) {
            const auto event = co_await nextOf<Event>(board);
            if (!event) break;
        }
        EXPECT_FALSE(isConnected());
    });
}

}  // namespace
}  // namespace ninja3cx::api
