#pragma once

#include "agent/app/blind_limit.hpp"
#include "agent/call_tracking/call_tracker.hpp"
#include "agent/link/call_uplink.hpp"
#include "agent/link/spool.hpp"
#include "shared/core/result.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::agent {

/// What recordings that are not yet delivered may take of this PC.
struct SpoolConfig {
    std::optional<std::int64_t> maxMegabytes;
    std::optional<std::int64_t> maxAgeDays;
    std::optional<std::int64_t> minFreeMegabytes;  // of the disk, left to everything else
};
BOOST_DESCRIBE_STRUCT(SpoolConfig, (), (maxMegabytes, maxAgeDays, minFreeMegabytes))

struct UplinkConfig {
    std::optional<UplinkCodec> codec;  // "auto", "pcm", "opus"
};
BOOST_DESCRIBE_STRUCT(UplinkConfig, (), (codec))

/// config.json in the agent's folder; comments are allowed, unknown keys refused, with the line and the nearest
/// key. The API key may also come from the environment variable NINJA_AGENT_KEY, which wins.
struct AgentConfig {
    std::optional<std::string> server;     // "https://server:3000"
    std::optional<std::string> key;        // the agent's API key
    std::optional<std::string> extension;  // "201"; needed with a site-wide key
    std::optional<std::string> caFile;     // PEM, for a certificate of the company's own
    std::optional<std::string> language;   // "fr", "en"
    // How long a call is captured that the server or its PBX, out of reach, cannot see end; see BlindLimit.
    std::optional<std::int64_t> unseenSeconds;         // at most
    std::optional<std::int64_t> unseenSilenceSeconds;  // of the customer's silence
    SpoolConfig spool{};
    UplinkConfig uplink{};

    std::optional<std::int64_t> contactUrlPort;  // 0: none; absent: a free one, kept
    std::optional<std::string> softphonePipe;    // the Unix socket at which a softphone may connect
    std::optional<std::string> internalCalls;    // "report", "ignore"

    std::optional<std::vector<std::string>> phonePrograms;  // how the names of their binaries begin

    BlindLimits blindLimits() const;
    SpoolLimits spoolLimits() const;
    InternalCalls internalCallsRule() const;
    std::optional<std::uint16_t> contactPort() const;
};
BOOST_DESCRIBE_STRUCT(AgentConfig, (),
                      (server, key, extension, caFile, language, unseenSeconds, unseenSilenceSeconds, spool,
                       uplink, contactUrlPort, softphonePipe, internalCalls, phonePrograms))

/// $XDG_CONFIG_HOME/3cx-ninja-agent, else ~/.config/3cx-ninja-agent. Created (0700) when absent.
Result<std::filesystem::path> agentFolder();

/// A missing file is an empty configuration unless `isRequired`.
Result<AgentConfig> loadAgentConfig(const std::filesystem::path& file, bool isRequired);

}  // namespace ninja3cx::agent
