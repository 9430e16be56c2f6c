#include "agent/softphone/conversation.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <cstdlib>

/// Whatever connects to the softphone's pipe: however its bytes are cut, the same calls are seen, with texts that the
/// server takes; and what is written is one frame of one message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::agent;
    const auto require = [](bool isTrue) {
        if (!isTrue) std::abort();
    };
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const ninja3cx::SteadyTime now{};
    SoftphoneConversation whole{"201"};
    const auto seen = whole.hear(input, now);
    SoftphoneConversation cut{"201"};
    std::size_t count = 0;
    const std::size_t piece = size == 0 ? 1 : 1 + data[0] % 7U;
    for (std::size_t at = 0; at < size; at += piece) count += cut.hear(input.substr(at, piece), now).size();
    require(count == seen.size());
    for (const Observation& one : seen) {
        require(one.number.size() <= 64 && one.name.size() <= 200 && one.sourceId.size() <= 100);
        require(ninja3cx::isUtf8(one.number) && ninja3cx::isUtf8(one.name) && ninja3cx::isUtf8(one.sourceId));
    }

    FrameReader reader;
    reader.feed(frameOf(input));
    const auto text = reader.next();
    require(text.has_value() && !reader.next());
    if (size < kMaxFrameUnits) require(*text == ninja3cx::toValidUtf8(input));

    reader.feed(whole.makeCall(std::string{input.substr(0, 1000)}));
    const PipeMessage message = PipeMessage::read(reader.next().value_or(""));
    require(message["cmd"] == "MAKE-CALL" && message["callid"] == "1" && !message.isReply());
    return 0;
}
