#include "agent/app/command_line.hpp"

namespace ninja3cx::agent {

const char* usage() {
    return "Usage: 3cx-ninja-agent --headless [options]\n"
           "\n"
           "  --headless            run in a terminal: the transcript grows on standard output, drafts are "
           "decided\n"
           "                        by commands on standard input (type 'help')\n"
           "  --server URL          the server, e.g. https://server:3000 (default http://localhost:3000)\n"
           "  --extension NUMBER    whose calls these are, when the key is for the whole site\n"
           "  --play FILE           a two-channel WAV, FLAC or MP3 instead of devices: left technician, "
           "right customer\n"
           "  --ring NUMBER         report an incoming call from NUMBER, as a telephone's contact-URL hook "
           "would\n"
           "  --format text|json    json: one object a line, for programs\n"
           "  --config FILE         instead of config.json in $XDG_CONFIG_HOME/3cx-ninja-agent\n"
           "  --help, --version\n"
           "\n"
           "The key comes from the configuration or from the environment variable NINJA_AGENT_KEY.\n"
           "Exit codes: 0 done, 1 failed, 2 bad usage.\n";
}

Result<CommandLine> parseCommandLine(const std::vector<std::string>& arguments) {
    CommandLine line;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        const auto value = [&](std::optional<std::string>& into) -> bool {
            if (i + 1 >= arguments.size()) return false;
            into = arguments[++i];
            return true;
        };
        bool isComplete = true;
        std::optional<std::string> format;
        if (argument == "--headless") {
            line.isHeadless = true;
        } else if (argument == "--help" || argument == "-h") {
            line.wantsHelp = true;
        } else if (argument == "--version") {
            line.wantsVersion = true;
        } else if (argument == "--config") {
            isComplete = value(line.config);
        } else if (argument == "--play") {
            isComplete = value(line.play);
        } else if (argument == "--ring") {
            isComplete = value(line.ring);
        } else if (argument == "--server") {
            isComplete = value(line.server);
        } else if (argument == "--extension") {
            isComplete = value(line.extension);
        } else if (argument == "--format") {
            isComplete = value(format);
            if (format && *format != "text" && *format != "json")
                return Error{ErrorKind::BadMessage, "--format must be text or json, not '" + *format + "'"};
            if (format == "json") line.format = OutputFormat::Json;
        } else {
            return Error{ErrorKind::BadMessage, "unknown argument '" + argument + "'"};
        }
        if (!isComplete) return Error{ErrorKind::BadMessage, argument + " needs a value"};
    }
    return line;
}

}  // namespace ninja3cx::agent
