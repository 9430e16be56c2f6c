#include "agent/app/agent_config.hpp"

#include "agent/app/texts.hpp"
#include "shared/config/layer.hpp"
#include "shared/config/schema.hpp"
#include "shared/json/codec.hpp"

#include <cstdlib>

namespace ninja3cx::agent {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMaxUnseenSeconds = 3600;  // the promise is not to be configured away

Result<void> checkRange(const char* name, const std::optional<std::int64_t>& number, std::int64_t least,
                        std::int64_t most) {
    if (!number || (*number >= least && *number <= most)) return {};
    return Error{ErrorKind::BadMessage, std::string{name} + " must be " + std::to_string(least) + " to " +
                                            std::to_string(most) + ", not " + std::to_string(*number)};
}

Result<void> checkRanges(const AgentConfig& config) {
    constexpr std::int64_t kMostMegabytes = 1'000'000;
    for (auto& range :
         {checkRange("unseenSeconds", config.unseenSeconds, 0, kMaxUnseenSeconds),
          checkRange("unseenSilenceSeconds", config.unseenSilenceSeconds, 0, kMaxUnseenSeconds),
          checkRange("spool.maxMegabytes", config.spool.maxMegabytes, 10, kMostMegabytes),
          checkRange("spool.maxAgeDays", config.spool.maxAgeDays, 1, 365),
          checkRange("spool.minFreeMegabytes", config.spool.minFreeMegabytes, 0, kMostMegabytes)})
        if (!range) return range;
    return {};
}

Result<void> checkPhone(const AgentConfig& config) {
    const auto bad = [](std::string detail) { return Error{ErrorKind::BadMessage, std::move(detail)}; };
    if (config.contactUrlPort && (*config.contactUrlPort < 0 || *config.contactUrlPort > 65'535))
        return bad("contactUrlPort must be 0 (none) or a port, 1 to 65535, not " +
                   std::to_string(*config.contactUrlPort));
    if (config.internalCalls && *config.internalCalls != "report" && *config.internalCalls != "ignore")
        return bad("internalCalls must be report or ignore, not '" + *config.internalCalls + "'");
    if (config.softphonePipe && !fs::path{*config.softphonePipe}.is_absolute())
        return bad("softphonePipe must be the whole path of a socket, not '" + *config.softphonePipe + "'");
    return {};
}

}  // namespace

BlindLimits AgentConfig::blindLimits() const {
    BlindLimits limits;
    if (unseenSeconds) limits.longest = std::chrono::seconds{*unseenSeconds};
    if (unseenSilenceSeconds) limits.silence = std::chrono::seconds{*unseenSilenceSeconds};
    return limits;
}

SpoolLimits AgentConfig::spoolLimits() const {
    SpoolLimits limits;
    if (spool.maxMegabytes) limits.maxBytes = *spool.maxMegabytes << 20;
    if (spool.minFreeMegabytes) limits.minFreeBytes = *spool.minFreeMegabytes << 20;
    if (spool.maxAgeDays) limits.maxAge = std::chrono::hours{24 * *spool.maxAgeDays};
    return limits;
}

InternalCalls AgentConfig::internalCallsRule() const {
    return internalCalls == "ignore" ? InternalCalls::Ignore : InternalCalls::Report;
}

std::optional<std::uint16_t> AgentConfig::contactPort() const {
    if (!contactUrlPort) return std::nullopt;
    return static_cast<std::uint16_t>(*contactUrlPort);
}

Result<fs::path> agentFolder() {
    fs::path base;
    if (const char* xdg = std::getenv("XDG_CONFIG_HOME"); xdg && *xdg)
        base = xdg;
    else if (const char* home = std::getenv("HOME"); home && *home)
        base = fs::path{home} / ".config";
    else
        return Error{ErrorKind::Io,
                     "neither XDG_CONFIG_HOME nor HOME is set: no place for the agent's files"};
    fs::path folder = base / "3cx-ninja-agent";
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) return Error{ErrorKind::Io, folder.string() + ": " + failure.message()};
    fs::permissions(folder, fs::perms::owner_all, failure);
    return folder;
}

Result<AgentConfig> loadAgentConfig(const fs::path& file, bool isRequired) {
    AgentConfig config;
    std::error_code ignored;
    if (isRequired || fs::exists(file, ignored)) {
        const auto layer = config::readLayer(file);
        if (!layer) return layer.error();
        const auto checked = config::checkLayer(config::schemaOf<AgentConfig>(), {}, *layer);
        if (!checked) return checked.error();
        boost::json::value tree = layer->tree;
        for (const char* group : {"spool", "uplink"})  // all of it may be left out
            tree.as_object().emplace(group, boost::json::object{});
        auto decoded = json::decode<AgentConfig>(tree);
        if (!decoded) return inContext(file.string(), decoded.error());
        config = *decoded;
        if (config.language && !languageNamed(*config.language))
            return Error{ErrorKind::BadMessage,
                         file.string() + ": language must be fr or en, not '" + *config.language + "'"};
        for (const auto& range : {checkPhone(config), checkRanges(config)})
            if (!range) return inContext(file.string(), range.error());
    }
    if (const char* key = std::getenv("NINJA_AGENT_KEY"); key && *key) config.key = key;
    return config;
}

}  // namespace ninja3cx::agent
