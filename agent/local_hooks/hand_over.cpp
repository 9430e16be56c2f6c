#include "agent/local_hooks/hand_over.hpp"

#include "shared/json/codec.hpp"

namespace ninja3cx::agent {
namespace {

struct RingText {
    std::string number;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(RingText, (), (number, name))
struct HandOverText {
    RingText ring;
};
BOOST_DESCRIBE_STRUCT(HandOverText, (), (ring))
struct AnswerText {
    bool isTaken = false;
};
BOOST_DESCRIBE_STRUCT(AnswerText, (), (isTaken))

template <class T>
Result<T> decodeLine(std::string_view line) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(boost::json::string_view{line.data(), line.size()}, failure);
    if (failure) return Error{ErrorKind::BadMessage, "hand-over: " + failure.message()};
    return json::decode<T>(value);
}

template <class T>
std::string encodeLine(const T& value) {
    return boost::json::serialize(json::encode(value)) + "\n";
}

}  // namespace

std::string encodeHandOver(const Caller& caller) {
    return encodeLine(HandOverText{{caller.number, caller.name}});
}

Result<Caller> decodeHandOver(std::string_view line) {
    const auto text = decodeLine<HandOverText>(line);
    if (!text) return text.error();
    return callerOf(text->ring.number, text->ring.name);
}

std::string encodeHandOverAnswer(bool isTaken) {
    return encodeLine(AnswerText{isTaken});
}

bool isTakenBy(std::string_view answer) {
    const auto text = decodeLine<AnswerText>(answer);
    return text && text->isTaken;
}

PipeServer::Handlers HandOverDesk::handlers() {
    return {
        [this](PipeServer::ConnectionId connection) { lines_[connection].clear(); },
        [this](PipeServer::ConnectionId connection, std::string_view bytes) { onBytes(connection, bytes); },
        [this](PipeServer::ConnectionId connection) { lines_.erase(connection); }};
}

void HandOverDesk::onBytes(PipeServer::ConnectionId connection, std::string_view bytes) {
    const auto found = lines_.find(connection);
    if (found == lines_.end()) return;  // it has had its answer
    std::string& line = found->second;
    line += bytes;
    const std::size_t end = line.find('\n');
    if (end == std::string::npos && line.size() <= kMaxLineBytes) return;
    const bool isWhole = end <= kMaxLineBytes;
    const auto caller = isWhole ? decodeHandOver(std::string_view{line}.substr(0, end))
                                : Result<Caller>{Error{ErrorKind::BadMessage, "hand-over: too long"}};
    lines_.erase(found);
    if (caller) onRing_(*caller);
    server_->send(connection, encodeHandOverAnswer(caller.has_value()));
    server_->close(connection);
}

}  // namespace ninja3cx::agent
