#include "server/api/session.hpp"

#include "shared/core/extension.hpp"
#include "shared/protocol/audio_frame.hpp"

#include <spdlog/logger.h>

#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

namespace ninja3cx::api {
namespace {

using namespace protocol;

template <class T, class... Others>
constexpr bool isOneOf = (std::is_same_v<T, Others> || ...);

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;  // clang 16 does not deduce it by itself

Error forbidden(const std::string& what) {
    return Error{ErrorKind::Rejected, what};
}

/// The call or draft a message is about, for ErrorReply.
std::optional<std::string> aboutOf(const ClientMessage& message) {
    return std::visit(
        [](const auto& body) -> std::optional<std::string> {
            if constexpr (requires { body.callId; })
                return body.callId.value();
            else if constexpr (requires { body.draftId; })
                return body.draftId.value();
            else
                return std::nullopt;
        },
        message);
}

ErrorReply deliveredReply(const CallId& callId) {
    return {wordOf(RefusalCode::Delivered), "all audio of call " + callId.value() + " is here",
            callId.value(), false};
}

}  // namespace

Session::Session(SessionSurroundings& around, Visitor visitor,
                 std::shared_ptr<net::WebSocketConnection> connection)
    : around_(around),
      visitor_(std::move(visitor)),
      connection_(std::move(connection)),
      number_(++around.sessionsMade) {}

Session::~Session() {
    seat_.leave();
    const std::string actor = auth::actorOf(visitor_.principal, extension_);
    for (const CallId& callId : watching_) (void)around_.hub.watchCall(actor, CallWatch{callId, false});
}

void Session::send(const ServerMessage& message) {
    connection_->sendText(encodeMessage(message));
}

void Session::refuse(const Error& error, std::optional<std::string> about, std::optional<RefusalCode> code) {
    ++around_.counters.refusedMessages;
    const bool isOurs = isServerError(error.kind);
    if (isOurs) around_.log.error("a message{} failed: {}", about ? " about " + *about : "", error.detail);
    const std::string reason = isOurs ? "the server could not do this; its log says why" : error.detail;
    if (++refusals_ >= kPatience) {
        sendAway(1008, RefusalCode::TooManyErrors,
                 "too many messages in a row were wrong; the last: " + reason);
        return;
    }
    send(ErrorReply{wordOf(code.value_or(codeOf(error.kind))), reason, std::move(about), false});
}

void Session::sendAway(std::uint16_t closeCode, RefusalCode code, const std::string& message) {
    send(ErrorReply{wordOf(code), message, std::nullopt, true});
    connection_->close(closeCode, wordOf(code));
}

void Session::onText(const std::string& text) {
    ++around_.counters.messages;
    const auto message = decodeClientMessage(text);
    if (!hasGreeted()) {
        const Hello* hello = message ? std::get_if<Hello>(&*message) : nullptr;
        if (!hello) {
            sendAway(1008, RefusalCode::HelloExpected,
                     message ? "the first message must be 'hello'" : "no hello: " + message.error().detail);
            return;
        }
        if (auto greeted = greet(*hello); !greeted)
            sendAway(1008, codeOf(greeted.error().kind), greeted.error().detail);
        return;
    }
    if (!message) {
        const bool isUnknown = message.error().kind == ErrorKind::NotFound;
        refuse(message.error(), std::nullopt, isUnknown ? RefusalCode::UnknownType : RefusalCode::BadMessage);
        return;
    }
    if (auto done = act(*message); !done)
        refuse(done.error(), aboutOf(*message));
    else
        refusals_ = 0;
}

Result<void> Session::greet(const Hello& hello) {
    if (hello.protocol != kProtocolVersion)
        return Error{ErrorKind::BadMessage,
                     "protocol " + std::to_string(hello.protocol) + " is not spoken here, only " +
                         std::to_string(kProtocolVersion) + "; update the older program"};
    const auth::Principal& principal = visitor_.principal;
    if (hello.face == Face::Agent) {
        if (!auth::mayBeAgent(principal)) return forbidden("this key is not an agent's");
        if (principal.extension && hello.extension && *hello.extension != *principal.extension)
            return forbidden("this key is for extension " + principal.extension->value());
        extension_ = principal.extension ? principal.extension : hello.extension;
        if (!extension_)
            return Error{ErrorKind::BadMessage,
                         "this key is for the whole site: hello.extension must name the extension"};
        if (!isExtension(extension_->value()))
            return Error{ErrorKind::BadMessage, "an extension has 1 to 32 letters and digits"};
        if (auto may = around_.hub.mayJoin(*extension_); !may) return may;
    } else if (!auth::mayBeBoard(principal)) {
        return forbidden("an agent's key shows no board");
    }
    face_ = hello.face;
    const bool isSite = principal.isSiteKey && hello.face == Face::Agent;
    send(Welcome{kProtocolVersion, around_.version, around_.events.epoch(),
                 isSite ? auth::nameOf(auth::Role::Agent) : auth::nameOf(principal.role), extension_,
                 around_.serverId});
    seat_ = around_.events.attach(
        extension_, hello.lastEvent, [this] { return around_.hub.snapshot(extension_); },
        [connection = connection_](std::string text) { return connection->sendText(std::move(text)); });
    return {};
}

Result<void> Session::act(const ClientMessage& message) {
    if (const auto* watch = std::get_if<CallWatch>(&message)) return watchCall(*watch);
    return std::visit(
        [&](const auto& body) -> Result<void> {
            using Body = std::decay_t<decltype(body)>;
            if constexpr (std::is_same_v<Body, Hello>)
                return Error{ErrorKind::BadMessage, "hello was said already"};
            else if constexpr (isOneOf<Body, DraftEdit, DraftConfirm, DraftLater, DraftDiscard,
                                       DeliveryDecide>)
                return actOnDraft(body.draftId, message);
            else if (!extension_)
                return forbidden("only an agent program may say this");
            else
                return actAsAgent(message);
        },
        message);
}

Result<void> Session::watchCall(const CallWatch& watch) {
    if (extension_ || !auth::maySupervise(visitor_.principal))
        return forbidden("watching a call needs a supervisor's key");
    if (watch.isWatching == watching_.contains(watch.callId)) return {};
    auto watched = around_.hub.watchCall(auth::actorOf(visitor_.principal), watch);
    if (!watched) return watched;
    if (watch.isWatching)
        watching_.insert(watch.callId);
    else
        watching_.erase(watch.callId);
    return {};
}

Result<void> Session::actAsAgent(const ClientMessage& message) {
    const Extension& extension = *extension_;
    calls::CallHub& hub = around_.hub;
    // Whether a call of somebody else exists is not this key's business: same answer as for none.
    const auto ownsCall = [&](const CallId& callId) -> Result<void> {
        if (hub.owns(extension, callId)) return {};
        return Error{ErrorKind::NotFound, "extension " + extension.value() + " has no live call of this id"};
    };
    return std::visit(Overloaded{
                          [&](const AudioStart& start) -> Result<void> {
                              if (!hub.owns(extension, start.callId)) {
                                  answerForPastCall(start.callId);
                                  return {};
                              }
                              return advanceStream(start.callId, StreamEvent::Asked);
                          },
                          [&](const AudioEnd& end) -> Result<void> {
                              if (auto owned = ownsCall(end.callId); !owned) return owned;
                              return advanceStream(end.callId, StreamEvent::EndSaid, {{}, end});
                          },
                          [&](const CallDetected& detected) -> Result<void> {
                              return hub.onCallDetected(extension, detected);
                          },
                          [&](const RecordingPause& pause) -> Result<void> {
                              if (auto owned = ownsCall(pause.callId); !owned) return owned;
                              return hub.pauseRecording(extension, pause);
                          },
                          [&](const DraftShown& shown) -> Result<void> {
                              if (auto may = mayTouch(shown.draftId); !may) return may;
                              return hub.draftShown(extension, shown.draftId);
                          },
                          [&](const DraftPause& pause) -> Result<void> {
                              if (auto may = mayTouch(pause.draftId); !may) return may;
                              return hub.pauseDraft(extension, pause);
                          },
                          [](const auto&) -> Result<void> { return {}; },
                      },
                      message);
}

Result<void> Session::advanceStream(const CallId& callId, StreamEvent event, const StreamDetail& detail) {
    auto& all = around_.turns;
    const TurnsStep step = advanceTurns(all[callId], number_, event, around_.hub.isAudioComplete(callId));
    if (step.next.empty())
        all.erase(callId);
    else
        all[callId] = step.next;
    Result<void> own;
    for (const StreamOrder& order : step.orders) {
        if (order.program == number_)
            own = perform(order.action, callId, detail);
        else if (Session* const other = around_.sessionOfNumber(order.program))
            (void)other->perform(order.action, callId, {});
    }
    return own;
}

Result<void> Session::perform(StreamAction action, const CallId& callId, const StreamDetail& detail) {
    switch (action) {
        case StreamAction::Ask: {
            auto grant = around_.hub.startAudio(*extension_, callId);
            if (!grant) return grant.error();
            return advanceStream(callId, StreamEvent::Granted, {*grant, {}});
        }
        case StreamAction::TellReady:
            startFrom(callId, detail.grant.value());
            break;
        case StreamAction::TellSuperseded:
            send(ErrorReply{wordOf(RefusalCode::Superseded),
                            "another program of this extension streams call " + callId.value() +
                                " now; this one goes on when that one leaves",
                            callId.value(), false});
            break;
        case StreamAction::TellDelivered:
            send(deliveredReply(callId));
            break;
        case StreamAction::ForgetStream:
            std::erase_if(granted_, [&](const auto& stream) { return stream.second == callId; });
            std::erase_if(decoders_, [&](const auto& item) { return !granted_.contains(item.first.first); });
            break;
        case StreamAction::EndAudio:
            return around_.hub.endAudio(*extension_, detail.end.value());
        case StreamAction::SupersedeOthers:
        case StreamAction::PassOn:
            break;  // advanceTurns has made other programs' orders of them
    }
    return {};
}

StreamState Session::streamStateOf(const CallId& callId) const {
    const auto found = around_.turns.find(callId);
    return found == around_.turns.end() ? StreamState::Apart : api::streamStateOf(found->second, number_);
}

/// An agent program that was away for long asks whether its audio is still wanted. It deletes it only when that is
/// certain.
void Session::answerForPastCall(const CallId& callId) {
    const Extension extension = *extension_;
    around_.findPastCall(
        extension, callId,
        [weak = std::weak_ptr{connection_}, extension, callId](const std::optional<Call>& call) {
            const auto connection = weak.lock();
            if (!connection) return;
            ErrorReply reply{wordOf(RefusalCode::NotFound),
                             "extension " + extension.value() + " has no live call of this id",
                             callId.value(), false};
            if (call && call->recording == Recording::Blocked)
                reply = {wordOf(RefusalCode::Forbidden), "call " + callId.value() + " must not be recorded",
                         callId.value(), false};
            else if (call && call->isAudioComplete)
                reply = deliveredReply(callId);
            connection->sendText(encodeMessage(ServerMessage{reply}));
        });
}

Result<void> Session::mayTouch(const DraftId& draftId) const {
    if (extension_) {
        if (around_.hub.owns(*extension_, draftId)) return {};
        return Error{ErrorKind::NotFound,
                     "extension " + extension_->value() + " has no open draft of this id"};
    }
    if (auth::maySupervise(visitor_.principal)) return {};
    return forbidden("changing a draft needs its technician's or a supervisor's key");
}

Result<void> Session::actOnDraft(const DraftId& draftId, const ClientMessage& message) {
    if (auto may = mayTouch(draftId); !may) return may;
    const std::string actor = auth::actorOf(visitor_.principal, extension_);
    calls::CallHub& hub = around_.hub;
    return std::visit(Overloaded{
                          [&](const DraftEdit& edit) { return hub.editDraft(actor, edit); },
                          [&](const DraftConfirm& confirm) { return hub.confirmDraft(actor, confirm); },
                          [&](const DraftLater& later) { return hub.postponeDraft(actor, later.draftId); },
                          [&](const DraftDiscard& discard) { return hub.discardDraft(actor, discard); },
                          [&](const DeliveryDecide& decide) { return hub.decideDelivery(actor, decide); },
                          [](const auto&) -> Result<void> { return {}; },
                      },
                      message);
}

void Session::onBinary(const std::string& bytes) {
    if (!hasGreeted()) {
        sendAway(1008, RefusalCode::HelloExpected, "the first message must be 'hello'");
        return;
    }
    if (!extension_) {
        refuse(forbidden("only an agent program sends audio"), std::nullopt);
        return;
    }
    auto frame =
        decodeAudioFrame(std::span{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    if (!frame) {
        refuse(frame.error(), std::nullopt, RefusalCode::BadMessage);
        return;
    }
    const auto stream = granted_.find(frame->streamId);
    if (stream == granted_.end()) {
        refuse({ErrorKind::NotFound, "unknown audio stream " + std::to_string(frame->streamId)},
               std::nullopt);
        return;
    }
    if (streamStateOf(stream->second) != StreamState::Streams) return;  // another's turn: it was told
    if (auto unpacked = unpack(*frame); !unpacked) {
        refuse(unpacked.error(), std::nullopt, RefusalCode::BadMessage);
        return;
    }
    if (auto taken = around_.hub.onAudioFrame(*extension_, std::move(*frame)); !taken) {
        refuse(taken.error(), std::nullopt,
               taken.error().kind == ErrorKind::BadMessage ? std::optional{RefusalCode::WrongSequence}
                                                           : std::nullopt);
        return;
    }
    ++around_.counters.audioFrames;
    refusals_ = 0;
}

Result<void> Session::unpack(AudioFrame& frame) {
    const std::pair key{frame.streamId, frame.channel};
    if (frame.format != AudioFormat::Opus || frame.beginsPackets) decoders_.erase(key);
    if (frame.format != AudioFormat::Opus) return {};
    if (frame.beginsPackets) {
        auto fresh = opus::Decoder::make();
        if (!fresh) return fresh.error();
        decoders_.emplace(key, std::move(*fresh));
    }
    const auto decoder = decoders_.find(key);
    if (decoder == decoders_.end())
        return Error{ErrorKind::BadMessage, "audio frame: the Opus packets before this one are not here"};
    auto plain = decoder->second.decode(frame.packet);
    if (!plain) return inContext("audio frame", plain.error());
    frame.samples = std::move(*plain);
    frame.packet.clear();
    frame.beginsPackets = false;
    frame.format = AudioFormat::Pcm16;
    return {};
}

std::set<CallId> Session::callsInTurn() const {
    std::set<CallId> calls;
    for (const auto& [callId, turns] : around_.turns)
        if (turns.contains(number_)) calls.insert(callId);
    return calls;
}

std::set<CallId> Session::streaming() const {
    std::set<CallId> calls = callsInTurn();
    std::erase_if(calls, [this](const CallId& id) { return streamStateOf(id) != StreamState::Streams; });
    return calls;
}

void Session::acknowledge(const CallId& callId, const ChannelPositions& next) {
    send(AudioAck{callId, next});
}

void Session::startFrom(const CallId& callId, const calls::AudioGrant& grant) {
    granted_.insert_or_assign(grant.streamId, callId);
    send(AudioReady{callId, grant.streamId, grant.next, kAudioVersion,
                    std::vector<std::string>{"pcm", "opus"}});
}

void Session::sweepCalls() {
    for (const CallId& callId : callsInTurn())
        (void)advanceStream(
            callId, around_.hub.owns(*extension_, callId) ? StreamEvent::Checked : StreamEvent::CallGone);
}

void Session::leaveStreams() {
    for (const CallId& callId : callsInTurn()) (void)advanceStream(callId, StreamEvent::Left);
}

bool Session::takeHeard() {
    return std::exchange(heardCount_, connection_->heardCount()) != connection_->heardCount();
}

}  // namespace ninja3cx::api
