#include "agent/app/agent_config.hpp"

#include "shared/json/codec.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace ninja3cx::agent {

namespace fs = std::filesystem;

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
    if (std::ifstream in{file}) {
        std::ostringstream text;
        text << in.rdbuf();
        boost::json::parse_options options;
        options.allow_comments = true;
        options.allow_trailing_commas = true;
        boost::system::error_code failure;
        const boost::json::value value = boost::json::parse(text.str(), failure, {}, options);
        if (failure)
            return Error{ErrorKind::BadMessage, file.string() + ": no valid JSON: " + failure.message()};
        auto decoded = json::decode<AgentConfig>(value, "", json::UnknownFields::Refused);
        if (!decoded) return inContext(file.string(), decoded.error());
        config = *decoded;
    } else if (isRequired) {
        return Error{ErrorKind::NotFound, file.string() + ": cannot be read"};
    }
    if (const char* key = std::getenv("NINJA_AGENT_KEY"); key && *key) config.key = key;
    return config;
}

}  // namespace ninja3cx::agent
