#include "server/app/command_line.hpp"

#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::app {
namespace {

const std::set<std::string> kCommonValues{"config", "data"};
const std::set<std::string> kCommonSwitches{"help", "version"};

Error usageError(const std::string& what) {
    return Error{ErrorKind::BadMessage, what + "; see 3cx-ninja-server --help"};
}

std::string meant(const std::string& word, const std::vector<std::string>& candidates) {
    const std::string close = nearest(word, candidates);
    return close.empty() ? std::string{} : "; did you mean '" + close + "'?";
}

/// The command that `words` begin with; the longest of several.
const CommandSpec* commandOf(const std::vector<std::string>& words, const std::vector<CommandSpec>& commands,
                             std::size_t& used) {
    const CommandSpec* found = nullptr;
    for (std::size_t count = 1; count <= 2 && count <= words.size(); ++count) {
        const std::string name = count == 1 ? words[0] : words[0] + " " + words[1];
        for (const CommandSpec& command : commands) {
            if (command.name != name) continue;
            found = &command;
            used = count;
        }
    }
    return found;
}

}  // namespace

std::optional<std::string> Arguments::value(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional{found->second};
}

Result<Arguments> parseCommandLine(const std::vector<std::string>& given,
                                   const std::vector<CommandSpec>& commands) {
    // Which options take a value differs by command, so the command is looked for first: it holds no dash.
    std::vector<std::string> leading;
    for (const std::string& word : given) {
        if (word.starts_with("-")) break;
        leading.push_back(word);
    }
    std::size_t used = 0;
    const CommandSpec* command = commandOf(leading, commands, used);
    if (!command && !leading.empty()) {
        std::vector<std::string> names;
        std::string parts;  // of a command that has two words
        for (const CommandSpec& one : commands) {
            names.push_back(one.name);
            if (!one.name.starts_with(leading[0] + " ")) continue;
            parts += (parts.empty() ? "" : ", ") + one.name.substr(leading[0].size() + 1);
        }
        if (leading.size() == 1 && !parts.empty())
            return usageError("'" + leading[0] + "' needs one of: " + parts);
        const std::string typed = leading.size() > 1 ? leading[0] + " " + leading[1] : leading[0];
        std::string hint = meant(typed, names);
        if (hint.empty()) hint = meant(leading[0], names);
        return usageError("no command is called '" + leading[0] + "'" + hint);
    }
    if (!command) {
        const auto serve = std::find_if(commands.begin(), commands.end(),
                                        [](const CommandSpec& one) { return one.name == "serve"; });
        command = &*serve;
    }
    Arguments arguments;
    arguments.command = command->name;
    bool areOptionsOver = false;
    for (std::size_t i = used; i < given.size(); ++i) {
        const std::string& word = given[i];
        if (areOptionsOver || !word.starts_with("-") || word == "-") {
            arguments.words.push_back(word);
            continue;
        }
        if (word == "--") {
            areOptionsOver = true;
            continue;
        }
        if (word == "-h") {
            arguments.switches.insert("help");
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name =
            word.starts_with("--") ? word.substr(2, equals == std::string::npos ? equals : equals - 2) : word;
        if (command->switches.contains(name) || kCommonSwitches.contains(name)) {
            if (equals != std::string::npos) return usageError("--" + name + " takes no value");
            arguments.switches.insert(name);
        } else if (command->values.contains(name) || kCommonValues.contains(name)) {
            if (equals == std::string::npos && i + 1 >= given.size())
                return usageError("--" + name + " needs a value");
            arguments.values[name] = equals != std::string::npos ? word.substr(equals + 1) : given[++i];
        } else {
            std::vector<std::string> known;
            for (const auto* set : {&command->values, &command->switches, &kCommonValues, &kCommonSwitches})
                for (const std::string& option : *set) known.push_back("--" + option);
            return usageError("'" + command->name + "' has no option " + word + meant(word, known));
        }
    }
    if (arguments.words.size() > command->maxWords)
        return usageError("'" + command->name + "' cannot use '" + arguments.words[command->maxWords] + "'");
    if (const auto format = arguments.value("format");
        format && command->name != "transcribe" && *format != "json" && *format != "text")
        return usageError("--format must be text or json");
    return arguments;
}

std::string helpText(const std::vector<CommandSpec>& commands, const std::string& version) {
    std::string text = "3cx-ninja-server " + version +
                       "\nTranscribes support calls on this machine and makes NinjaOne tickets of them.\n\n"
                       "Usage: 3cx-ninja-server [COMMAND] [OPTIONS]\n\nCommands:\n";
    for (const CommandSpec& command : commands) {
        std::string line = "  " + command.name + (command.usage.empty() ? "" : " " + command.usage);
        if (line.size() < 52)
            line.resize(52, ' ');
        else
            line += "\n" + std::string(52, ' ');
        text += line + command.summary + "\n";
    }
    text +=
        "\nOptions of every command:\n"
        "  --config FILE   a configuration file over the defaults (docs/CONFIGURATION.md)\n"
        "  --data DIR      where calls are kept; server.dataDir otherwise\n"
        "  --help          this text\n"
        "  --version       the version\n\n"
        "Exit codes: 0 done, 1 failed, 2 bad usage.\n";
    return text;
}

}  // namespace ninja3cx::app
