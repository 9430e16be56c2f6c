#include "server/telephony/pbx_messages.hpp"
#include "server/telephony/pbx_tracker.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::telephony;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    (void)parseToken(text);
    (void)parseEvent(text);
    PbxTracker tracker;
    if (auto participant = parseParticipant(text)) tracker.upsert(*participant);
    if (auto dns = parseCallControl(text)) tracker.resync(*dns);
    return 0;
}
