#pragma once

#include "server/app/command_line.hpp"
#include "server/calls/ports.hpp"
#include "server/config/settings.hpp"

#include <filesystem>
#include <vector>

namespace ninja3cx::app {

/// What every command works with.
struct Setting {
    Arguments arguments;
    config::Settings settings;
    config::Secrets secrets;
    std::vector<std::string> sources;  // of the configuration
    std::filesystem::path dataDir;
    std::string version;
    std::vector<std::string> unreadable = {};  // secrets that this account may not read
};

/// Each prints its result on standard output, errors on standard error, and gives the exit code.
int serve(const Setting& setting);
int transcribe(const Setting& setting);
int analyze(const Setting& setting);
int listModels(const Setting& setting);
int pullModel(const Setting& setting);
int verifyModels(const Setting& setting);
int createKey(const Setting& setting);
int listKeys(const Setting& setting);
int revokeKey(const Setting& setting);
int backup(const Setting& setting);
int restore(const Setting& setting);
int purge(const Setting& setting);
int audit(const Setting& setting);
int selfSign(const Setting& setting);
int ninjaLogin(const Setting& setting);
int doctor(const Setting& setting);

/// A line of the audit trail under the name of the account that runs this command.
calls::AuditEntry commandAudit(const std::string& action, const std::string& about);

/// Prints "3cx-ninja-server: …" and gives `code`.
int complain(const std::string& what, int code = kFailed);

}  // namespace ninja3cx::app
