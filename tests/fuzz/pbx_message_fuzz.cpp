#include "server/telephony/pbx_messages.hpp"
#include "server/telephony/pbx_tracker.hpp"

#include <cstdint>
#include <cstdlib>

/// An event names a DN that may stand in a path; a token lives for a while and not for ever.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::telephony;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto token = parseToken(text))
        if (token->value.empty() || token->lifetime.count() < 1 || token->lifetime.count() > 3300)
            std::abort();
    if (const auto event = parseEvent(text); event && event->type != PbxEvent::Type::Other)
        if (event->dn.empty() || event->dn.find_first_of("/.%?") != std::string::npos) std::abort();
    PbxTracker tracker;
    if (auto participant = parseParticipant(text)) tracker.upsert(*participant);
    if (auto dns = parseCallControl(text)) tracker.resync(*dns);
    return 0;
}
