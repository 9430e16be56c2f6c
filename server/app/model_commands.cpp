#include "server/app/after_call_model.hpp"
#include "server/app/commands.hpp"
#include "server/app/model_choice.hpp"
#include "server/app/speech.hpp"
#include "server/models/catalog.hpp"
#include "server/models/checksum.hpp"
#include "server/models/download.hpp"
#include "server/transcription/model_file.hpp"
#include "server/transcription/quantise.hpp"
#include "shared/core/text.hpp"

#include <boost/json.hpp>

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <system_error>
#include <vector>

namespace ninja3cx::app {
namespace {

std::atomic<bool> wasInterrupted{false};
void onInterrupt(int) {
    wasInterrupted = true;
}

/// One line that is written over on a terminal; a line for every tenth elsewhere.
class ProgressLine {
public:
    void show(std::int64_t now, std::int64_t total) {
        const std::int64_t tenths = total > 0 ? now * 1000 / total : now / (1 << 20);
        const std::int64_t step = isTerminal_ ? 1 : 100;
        if (tenths / step == shown_) return;
        shown_ = tenths / step;
        if (total > 0)
            std::fprintf(stderr, "%s%5.1f %% of %.0f MiB%s", isTerminal_ ? "\r" : "",
                         static_cast<double>(tenths) / 10, static_cast<double>(total) / (1 << 20),
                         isTerminal_ ? "" : "\n");
        else
            std::fprintf(stderr, "%s%lld MiB%s", isTerminal_ ? "\r" : "", static_cast<long long>(now >> 20),
                         isTerminal_ ? "" : "\n");
    }
    ~ProgressLine() {
        if (isTerminal_ && shown_ >= 0) std::fprintf(stderr, "\n");
    }

private:
    bool isTerminal_ = ::isatty(STDERR_FILENO) == 1;
    std::int64_t shown_ = -1;
};

const models::Model* knownFile(const std::filesystem::path& file) {
    for (const models::Model& model : models::catalog())
        if (model.fileName == file.filename().string()) return &model;
    return nullptr;
}

void noteOwn(const models::Download& download) {
    if (auto noted = models::noteChecksum(download.file, download.checksum); !noted)
        std::cerr << "'models verify' will not know this file: " << noted.error().detail << "\n";
}

/// What `models pull` is to do.
struct Pull {
    models::Download download;
    std::filesystem::path quantised;  // empty: it stays as it is
    bool keepsSource = false;
    bool isOwn = false;  // pulled by its address
};

/// BadMessage: it was asked for wrongly.
Result<Pull> planPull(const Setting& setting) {
    const auto usage = [](const std::string& what) { return Error{ErrorKind::BadMessage, what}; };
    const Arguments& arguments = setting.arguments;
    if (arguments.words.empty() || arguments.words[0].empty())
        return usage("models pull needs a name; 'models list' shows them");
    const std::string& name = arguments.words[0];
    const std::filesystem::path folder = models::downloadFolder(setting.settings.whisper.modelsDir);
    const auto url = arguments.value("url");
    const auto sum = arguments.value("sha");
    Pull pull;
    pull.isOwn = url.has_value();
    pull.keepsSource = arguments.switches.contains("keep-f16");
    const models::Model* model = nullptr;
    if (url || sum) {
        if (!url || !sum) return usage("--url and --sha go together: what is not verified is not used");
        auto checksum = models::normalChecksum(*sum);
        if (!checksum) return usage(checksum.error().detail);
        if (name.find('/') != std::string::npos || name.starts_with("."))
            return usage("the name must be a file's name, without a folder");
        // Whatever is known by name is looked for under its file's name only.
        const models::Model* known = models::modelNamed(name);
        const std::string fileName = known                    ? known->fileName
                                     : name.ends_with(".bin") ? name
                                                              : "ggml-" + name + ".bin";
        pull.download = {*url, *checksum, folder / fileName, {}, {}};
    } else {
        model = models::modelNamed(name);
        if (!model) return usage(models::unknownModel(name).detail);
        if (model->url.empty())
            return Error{ErrorKind::Rejected,
                         "the model '" + model->name + "' comes with this program; there is nothing to pull"};
        pull.download = {model->url, model->checksum, folder / model->fileName, {}, {}};
    }
    const auto quantises =
        shouldQuantise(model, arguments.value("type"), weightsFor(setting.settings.whisper));
    if (!quantises) return quantises.error();
    if (*quantises) pull.quantised = folder / models::quantisedName(pull.download.file.filename().string());
    return pull;
}

bool isThere(const std::filesystem::path& file) {
    std::error_code ignored;
    return std::filesystem::exists(file, ignored);
}

/// Whether the quantised file is there, whole, and made from what would be pulled.
bool isQuantised(const Pull& pull) {
    if (pull.quantised.empty() || !isThere(pull.quantised)) return false;
    const auto checksum = models::notedChecksum(pull.quantised);
    return checksum && models::notedSource(pull.quantised) == pull.download.checksum &&
           models::verifyFile(pull.quantised, *checksum).has_value();
}

Result<void> fetch(Pull& pull) {
    models::Download& download = pull.download;
    if (isThere(download.file)) {
        if (models::verifyFile(download.file, download.checksum)) return {};
        std::cerr << download.file.string() << " is damaged; pulling it again\n";
    }
    std::cerr << "Pulling " << download.url << "\n";
    ProgressLine progress;
    download.onProgress = [&](std::int64_t now, std::int64_t total) { progress.show(now, total); };
    download.isCancelled = [] { return wasInterrupted.load(); };
    return models::fetchFile(download);
}

Result<void> quantise(const Pull& pull) {
    const std::filesystem::path made = pull.quantised.string() + ".part";
    std::cerr << "Quantising it to q8_0\n";
    {
        ProgressLine progress;
        auto done = transcription::quantiseModelFile(
            {pull.download.file, made,
             [&](std::int64_t now, std::int64_t total) { progress.show(now, total); },
             [] { return wasInterrupted.load(); }});
        if (!done) return done;
    }
    auto installed = models::installMade(made, pull.quantised, pull.download.checksum);
    std::error_code ignored;
    if (!installed) std::filesystem::remove(made, ignored);
    return installed;
}

std::string sizeOf(const std::filesystem::path& file) {
    std::error_code failure;
    const auto bytes = std::filesystem::file_size(file, failure);
    if (failure) return "";
    constexpr std::uintmax_t kMiB = 1U << 20U;
    return bytes < kMiB ? std::to_string(bytes >> 10U) + " KiB"
                        : std::to_string((bytes + kMiB / 2) / kMiB) + " MiB";
}

/// Which settings lead to which files.
struct Uses {
    std::vector<std::pair<std::string, std::filesystem::path>> files;
    std::vector<std::string> of(const std::filesystem::path& file) const {
        std::vector<std::string> names;
        std::error_code failure;
        for (const auto& [name, used] : files)
            if (std::filesystem::equivalent(used, file, failure)) names.push_back(name);
        return names;
    }
};

/// A damaged file too: the setting leads to it all the same.
Result<std::filesystem::path> afterCallFile(const config::WhisperSettings& whisper,
                                            const Result<std::filesystem::path>& live) {
    const std::string& model = whisper.afterCall.model;
    if (model != "auto") return models::findModel(model, whisper.modelsDir, weightsFor(whisper));
    if (!live) return live.error();
    return autoAfterCall(whisper, *live).file;
}

/// Files that cannot be found are left out.
Uses usesOf(const config::WhisperSettings& whisper) {
    Uses uses;
    const auto configured = finalModelOf(whisper);
    if (configured) uses.files.emplace_back("whisper.model", *configured);
    const auto partial = partialModelOf(whisper, configured ? *configured : std::filesystem::path{});
    if (partial && partial->isWanted && !partial->file.empty())
        uses.files.emplace_back("whisper.partialModel", partial->file);
    if (!whisper.afterCall.model.empty())
        if (const auto file = afterCallFile(whisper, configured))
            uses.files.emplace_back("whisper.afterCall.model", *file);
    if (const auto voice = voiceModelOf(whisper)) uses.files.emplace_back("whisper.vadModel", *voice);
    return uses;
}

/// Whether a server that runs may come for this file later: it loads the model for after the call when it hears one, from where
/// it was at the start. What "auto" took then depends on what was installed, and free on a GPU, so any file may be it.
bool mayBeLoadedLater(const config::WhisperSettings& whisper, const std::filesystem::path& file) {
    if (whisper.afterCall.model.empty() || !isThere(file)) return false;
    if (whisper.afterCall.model == "auto") return true;
    const auto found = afterCallFile(whisper, finalModelOf(whisper));
    std::error_code failure;
    return found && std::filesystem::equivalent(*found, file, failure);
}

/// After the quantised file is in place: nothing uses the other one, unless it is configured itself.
void dropSource(const Setting& setting, const Pull& pull, bool mayBeLoaded) {
    if (!usesOf(setting.settings.whisper).of(pull.download.file).empty()) return;
    if (mayBeLoaded) {
        std::cout << pull.download.file.string()
                  << " is kept: a server that runs may yet load it (whisper.afterCall.model); once that was "
                     "started again, nothing needs it\n";
        return;
    }
    std::error_code failure;
    if (std::filesystem::remove(pull.download.file, failure))
        std::cout << pull.download.file.string() << " is deleted (--keep-f16 keeps it)\n";
    std::filesystem::remove(pull.download.file.string() + ".checksum", failure);
}

/// The table of `models list`, as text and as JSON.
class ModelTable {
public:
    explicit ModelTable(Uses uses) : uses_{std::move(uses)} {}

    void addMissing(const models::Model& model) {
        add({model.name, model.size, model.weights, "", {}, model.advice},
            model.url.empty() ? "not here; it comes with this program"
                              : "not here: models pull " + model.name);
    }
    void addFile(const std::string& name, const std::filesystem::path& file, const std::string& advice) {
        const auto info = transcription::inspectModelFile(file);
        const std::string place = toValidUtf8(file.string());
        add({toValidUtf8(name), sizeOf(file), info ? info->weights : "", place, uses_.of(file), advice},
            place);
    }
    const std::string& text() const { return text_; }
    const boost::json::array& rows() const { return rows_; }

private:
    struct Row {
        std::string name;
        std::string size;
        std::string weights;
        std::string file;
        std::vector<std::string> uses;
        std::string advice;
    };
    void add(const Row& row, const std::string& place) {
        rows_.push_back({{"name", row.name},
                         {"size", row.size},
                         {"isPresent", !row.file.empty()},
                         {"file", row.file},
                         {"weights", row.weights},
                         {"uses", boost::json::value_from(row.uses)},
                         {"advice", row.advice}});
        std::string line = "  " + row.name;
        line.resize(std::max<std::size_t>(26, line.size() + 1), ' ');
        line += row.size;
        line.resize(36, ' ');
        line += row.weights;
        line.resize(42, ' ');
        line += place;
        for (const std::string& use : row.uses) line += (&use == &row.uses[0] ? " = " : ", ") + use;
        text_ += line + (row.advice.empty() ? "" : " - " + row.advice) + "\n";
    }

    Uses uses_;
    std::string text_;
    boost::json::array rows_;
};

}  // namespace

int listModels(const Setting& setting) {
    const config::WhisperSettings& whisper = setting.settings.whisper;
    const auto configured = finalModelOf(whisper);
    std::string partialFile;
    std::string partialText = "none";
    if (configured) {
        const auto partial = partialModelOf(whisper, *configured);
        if (partial && partial->isWanted) partialFile = partial->file.string();
        if (!partial) partialText = partial.error().detail;
    }
    ModelTable table{usesOf(whisper)};
    auto others = models::presentModels(whisper.modelsDir);
    for (const models::Model& model : models::catalog()) {
        bool isPresent = false;
        for (auto file = others.begin(); file != others.end();) {
            const std::string name = file->filename().string();
            if (name != model.fileName && name != models::quantisedName(model.fileName)) {
                ++file;
                continue;
            }
            table.addFile(model.name, *file, model.advice);
            isPresent = true;
            file = others.erase(file);
        }
        if (!isPresent) table.addMissing(model);
    }
    for (const auto& file : others) table.addFile(file.filename().string(), file, "");
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(
                         boost::json::object{{"models", table.rows()},
                                             {"configured", configured ? configured->string() : ""},
                                             {"partial", partialFile}})
                  << "\n";
    else
        std::cout << table.text()
                  << "whisper.model: " << (configured ? configured->string() : configured.error().detail)
                  << "\nwhisper.partialModel: " << (partialFile.empty() ? partialText : partialFile)
                  << "\n`doctor` measures how many calls this machine carries with each.\n";
    return kDone;
}

int pullModel(const Setting& setting) {
    auto pull = planPull(setting);
    if (!pull)
        return complain(pull.error().detail, pull.error().kind == ErrorKind::Rejected ? kFailed : kBadUsage);
    const auto done = [](const std::filesystem::path& file) {
        std::cout << file.string() << " is there and verified\n";
        return kDone;
    };
    const bool wasQuantised = isQuantised(*pull);
    if (wasQuantised && !pull->keepsSource) return done(pull->quantised);
    // Asked before there is a better file that the settings lead to.
    const bool mayBeLoaded = mayBeLoadedLater(setting.settings.whisper, pull->download.file);
    std::signal(SIGINT, onInterrupt);
    if (auto fetched = fetch(*pull); !fetched) return complain(fetched.error().detail);
    if (pull->isOwn) noteOwn(pull->download);
    if (pull->quantised.empty() || wasQuantised) return done(pull->download.file);
    if (auto quantised = quantise(*pull); !quantised)
        return complain(quantised.error().detail + "; " + pull->download.file.string() +
                        " is there and verified, and can be used as it is");
    if (!pull->keepsSource) dropSource(setting, *pull, mayBeLoaded);
    return done(pull->quantised);
}

int verifyModels(const Setting& setting) {
    boost::json::array rows;
    bool areAllGood = true;
    for (const auto& file : models::presentModels(setting.settings.whisper.modelsDir)) {
        const models::Model* model = knownFile(file);
        const auto checksum = model ? std::optional{model->checksum} : models::notedChecksum(file);
        const char* verdict = "unknown";
        std::string detail = "no checksum is known of it";
        if (checksum) {
            const auto verified = models::verifyFile(file, *checksum);
            verdict = verified ? "ok" : "damaged";
            const auto source = models::notedSource(file);
            detail = source ? "quantised here from " + *source : "";
            if (!verified) detail = verified.error().detail;
            if (!verified && verified.error().kind == ErrorKind::Rejected)
                detail += "; delete it and pull it again";
            areAllGood = areAllGood && verified.has_value();
        }
        const std::string place = toValidUtf8(file.string());
        detail = toValidUtf8(detail);
        rows.push_back({{"file", place}, {"verdict", verdict}, {"detail", detail}});
        if (setting.arguments.wantsJson()) continue;
        std::cout << "  " << place << ": " << verdict << (detail.empty() ? "" : " (" + detail + ")") << "\n";
    }
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(boost::json::object{{"isGood", areAllGood}, {"files", rows}})
                  << "\n";
    return areAllGood ? kDone : kFailed;
}

}  // namespace ninja3cx::app
