#pragma once

#include "shared/core/result.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::app {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kBadUsage = 2;

struct CommandSpec {
    std::string name;                // "keys create"
    std::string usage;               // after the name
    std::string summary;             // one line
    std::set<std::string> values;    // options with a value, without "--"
    std::set<std::string> switches;  // options without
    std::size_t maxWords = 0;
};

struct Arguments {
    std::string command;
    std::vector<std::string> words;
    std::map<std::string, std::string> values;
    std::set<std::string> switches;

    std::optional<std::string> value(const std::string& name) const;
    bool has(const std::string& name) const { return switches.contains(name); }
    bool wantsJson() const { return value("format") == "json"; }
};

/// Pure. "--name value" and "--name=value"; "--" ends the options. --config, --data, --help and --version are
/// known to every command. No command: "serve". BadMessage says what is wrong and what was probably meant.
Result<Arguments> parseCommandLine(const std::vector<std::string>& words,
                                   const std::vector<CommandSpec>& commands);

std::string helpText(const std::vector<CommandSpec>& commands, const std::string& version);

}  // namespace ninja3cx::app
