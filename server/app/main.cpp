#include "server/app/command_line.hpp"
#include "server/app/commands.hpp"
#include "server/app/no_core.hpp"
#include "server/config/settings.hpp"

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace ninja3cx;
using namespace ninja3cx::app;

struct Command {
    CommandSpec spec;
    int (*run)(const Setting&);
};

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        {{"serve",
          "[--demo] [--print-link]",
          "runs the server (the default)",
          {"ninja-speed"},
          {"demo", "print-link", "no-speech"},
          0},
         serve},
        {{"transcribe",
          "FILE… [--format text|json|srt|vtt] [--realtime] [--model M] [--language L]",
          "recordings to text",
          {"format", "model", "language"},
          {"realtime"},
          1000},
         transcribe},
        {{"analyze",
          "[FILE|-] [--explain]",
          "a call's JSON to its analysis; --explain: why, for people",
          {"format"},
          {"explain"},
          1},
         analyze},
        {{"models list", "[--format json]", "what there is", {"format"}, {}, 0}, listModels},
        {{"models pull",
          "NAME [--type f16|q8_0] [--keep-f16] [--url URL --sha SUM]",
          "downloads, resumes, verifies, quantises",
          {"url", "sha", "type"},
          {"keep-f16"},
          1},
         pullModel},
        {{"models verify", "[--format json]", "checks the files", {"format"}, {}, 0}, verifyModels},
        {{"keys create",
          "--role R [--extension N] [--label L]",
          "a new key; shown once",
          {"role", "extension", "label", "format"},
          {},
          0},
         createKey},
        {{"keys list", "[--format json]", "who may come in", {"format"}, {}, 0}, listKeys},
        {{"keys revoke", "KEY-ID [--format json]", "shuts a key out", {"format"}, {}, 1}, revokeKey},
        {{"backup",
          "FILE [--format json]",
          "a copy of the database, also while the server runs",
          {"format"},
          {},
          1},
         backup},
        {{"restore", "FILE [--format json]", "puts a backup in its place", {"format"}, {}, 1}, restore},
        {{"purge",
          "[--call ID|--contact NUMBER|--older-than DAYS]",
          "really removes; alone: by the retention rules",
          {"call", "contact", "older-than", "format"},
          {},
          0},
         purge},
        {{"audit",
          "[--since DAY] [--limit N] [--format json]",
          "who did what; newest first, times in UTC",
          {"since", "limit", "format"},
          {},
          0},
         audit},
        {{"tls selfsign",
          "[--host NAME,…] [--days N] [--out DIR] [--force [--new-key]]",
          "makes a certificate; --force renews it: same names, same key",
          {"host", "days", "out", "format"},
          {"force", "new-key"},
          0},
         selfSign},
        {{"ninja login", "[--port N]", "connects this server to NinjaOne as a technician", {"port"}, {}, 0},
         ninjaLogin},
        {{"doctor", "[--format json]", "checks everything, says how to mend it", {"format"}, {}, 0}, doctor}};
    return all;
}

int run(const std::vector<std::string>& words) {
    std::vector<CommandSpec> specs;
    for (const Command& command : commands()) specs.push_back(command.spec);
    auto arguments = parseCommandLine(words, specs);
    if (!arguments) return complain(arguments.error().detail, kBadUsage);
    if (arguments->has("help")) {
        std::cout << helpText(specs, PROJECT_VERSION_TEXT);
        return kDone;
    }
    if (arguments->has("version")) {
        std::cout << PROJECT_VERSION_TEXT << "\n";
        return kDone;
    }
    std::optional<std::filesystem::path> configFile;
    if (const auto file = arguments->value("config")) configFile = *file;
    auto loaded = config::loadSettings(config::standardSources(std::filesystem::current_path(), configFile));
    if (!loaded) return complain(loaded.error().detail, kBadUsage);
    Setting setting{*arguments,
                    loaded->settings,
                    loaded->secrets,
                    loaded->sources,
                    loaded->settings.server.dataDir,
                    PROJECT_VERSION_TEXT,
                    loaded->unreadable};
    if (const auto folder = arguments->value("data")) setting.dataDir = *folder;
    // What talks to the PBX or to NinjaOne would fail later, and of something else.
    const bool needsSecrets = arguments->command == "serve" || arguments->command == "ninja";
    if (needsSecrets && !setting.unreadable.empty())
        return complain(setting.unreadable.front() + " cannot be read by this account: check its permissions",
                        kBadUsage);
    for (const Command& command : commands())
        if (command.spec.name == arguments->command) return command.run(setting);
    return kBadUsage;
}

}  // namespace

int main(int count, char** words) {
    // Whisper's workers are parallel by themselves; OpenBLAS must not multiply them.
    ::setenv("OPENBLAS_NUM_THREADS", "1", 0);
    // Before any secret is read. Where the system refuses, that is no reason not to serve.
    if (auto forbidden = forbidCores(); !forbidden) complain(forbidden.error().detail);
    try {
        return run({words + 1, words + count});
    } catch (const std::exception& failure) {
        return complain(failure.what());
    }
}
