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

Result<void> checkUnseen(const char* name, const std::optional<std::int64_t>& seconds) {
    if (!seconds || (*seconds >= 0 && *seconds <= kMaxUnseenSeconds)) return {};
    return Error{ErrorKind::BadMessage, std::string{name} + " must be 0 to " +
                                            std::to_string(kMaxUnseenSeconds) + ", not " +
                                            std::to_string(*seconds)};
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
        auto decoded = json::decode<AgentConfig>(layer->tree);
        if (!decoded) return inContext(file.string(), decoded.error());
        config = *decoded;
        if (config.language && !languageNamed(*config.language))
            return Error{ErrorKind::BadMessage,
                         file.string() + ": language must be fr or en, not '" + *config.language + "'"};
        for (const auto& range : {checkPhone(config), checkUnseen("unseenSeconds", config.unseenSeconds),
                                  checkUnseen("unseenSilenceSeconds", config.unseenSilenceSeconds)})
            if (!range) return inContext(file.string(), range.error());
    }
    if (const char* key = std::getenv("NINJA_AGENT_KEY"); key && *key) config.key = key;
    return config;
}

}  // namespace ninja3cx::agent
