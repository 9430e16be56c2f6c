#pragma once

#include "agent/app/texts.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/key_fingerprint.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::agent {

enum class OutputFormat { Text, Json };

struct CommandLine {
    bool isHeadless = false;
    bool wantsHelp = false;
    bool wantsVersion = false;
    bool wantsContactUrl = false;
    bool wantsDiscovery = false;
    std::optional<std::string> pair;                    // the address of the server
    std::optional<crypto::KeyFingerprint> fingerprint;  // that it must have
    bool forgetsServer = false;
    OutputFormat format = OutputFormat::Text;
    std::optional<std::string> config;
    std::optional<std::string> play;
    std::optional<std::string> ring;
    std::optional<std::string> name;  // of who rings
    std::optional<std::string> server;
    std::optional<std::string> extension;
    std::optional<Language> language;
};

/// Errors (bad usage) name the argument, in `language`.
Result<CommandLine> parseCommandLine(const std::vector<std::string>& arguments, Language language);
/// Of a --language among the arguments, even where they are wrong otherwise; empty when there is none.
std::optional<Language> languageAsked(const std::vector<std::string>& arguments);
const char* usage(Language language);

}  // namespace ninja3cx::agent
