#include "server/app/commands.hpp"
#include "server/app/options.hpp"
#include "server/app/server.hpp"
#include "server/app/speech.hpp"
#include "server/storage/data_dir.hpp"
#include "shared/logging/logging.hpp"

#include <spdlog/logger.h>

#include <iostream>
#include <stdexcept>
#include <utility>

namespace ninja3cx::app {
namespace {

std::string partialTextBy(const Speech& speech) {
    if (!speech.options.policy.hasPartials) return "nobody";
    return speech.partialModelFile.empty() ? "the same" : speech.partialModelFile.string();
}

Result<Speech> noSpeech() {
    Speech speech;
    speech.isOff = true;
    return speech;
}

}  // namespace

int complain(const std::string& what, int code) {
    std::cerr << "3cx-ninja-server: " << what << "\n";
    return code;
}

int serve(const Setting& setting) {
    if (const auto pace = ninjaPace(setting); !pace) return complain(pace.error().detail, kBadUsage);
    // Before anything is written: a second start must not touch the first one's files, nor its log.
    auto lock = storage::DataDirLock::take(setting.dataDir);
    if (!lock) return complain(lock.error().detail);
    auto log = logging::makeLogger(logOptions(setting.settings.log));
    if (!log) return complain(log.error().detail);
    for (const std::string& source : setting.sources) (*log)->info("configuration from {}", source);
    auto speech = setting.arguments.has("no-speech") ? noSpeech() : loadSpeech(setting.settings.whisper);
    if (!speech) return complain(speech.error().detail);
    if (speech->isOff)
        (*log)->warn("nobody listens: audio is stored and becomes no text; for benchmarks only");
    else
        (*log)->info("model {} with {} workers, partial text by {}", speech->modelFile.string(),
                     speech->workers.size(), partialTextBy(*speech));
    try {
        Server server{setting, *lock, std::move(*speech), *log};
        server.run();
    } catch (const std::runtime_error& failure) {
        (*log)->error("{}", failure.what());
        return complain(failure.what());
    }
    return kDone;
}

}  // namespace ninja3cx::app
