#include "server/app/commands.hpp"
#include "server/models/catalog.hpp"
#include "server/models/checksum.hpp"
#include "server/models/download.hpp"

#include <boost/json.hpp>

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <iostream>

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

}  // namespace

int listModels(const Setting& setting) {
    const std::filesystem::path folder = setting.settings.whisper.modelsDir;
    const auto configured = models::findModel(setting.settings.whisper.model, folder);
    boost::json::array rows;
    std::string text;
    for (const models::Model& model : models::catalog()) {
        const auto file = models::findModel(model.fileName, folder);
        rows.push_back({{"name", model.name},
                        {"size", model.size},
                        {"isPresent", file.has_value()},
                        {"file", file ? file->string() : ""}});
        std::string line = "  " + model.name;
        line.resize(26, ' ');
        line += model.size;
        line.resize(38, ' ');
        const std::string remedy = model.url.empty() ? "not here; it comes with this program"
                                                     : "not here: models pull " + model.name;
        text += line + (file ? file->string() : remedy) + "\n";
    }
    for (const auto& file : models::presentModels(folder)) {
        if (knownFile(file)) continue;
        rows.push_back(
            {{"name", file.filename().string()}, {"size", ""}, {"isPresent", true}, {"file", file.string()}});
        std::string line = "  " + file.filename().string();
        line.resize(38, ' ');
        text += line + file.string() + "\n";
    }
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(boost::json::object{
                         {"models", rows}, {"configured", configured ? configured->string() : ""}})
                  << "\n";
    else
        std::cout << text
                  << "whisper.model: " << (configured ? configured->string() : configured.error().detail)
                  << "\n";
    return kDone;
}

int pullModel(const Setting& setting) {
    const auto& words = setting.arguments.words;
    if (words.empty() || words[0].empty())
        return complain("models pull needs a name; 'models list' shows them", kBadUsage);
    const auto url = setting.arguments.value("url");
    const auto sum = setting.arguments.value("sha");
    models::Download download;
    if (url || sum) {
        if (!url || !sum)
            return complain("--url and --sha go together: what is not verified is not used", kBadUsage);
        auto checksum = models::normalChecksum(*sum);
        if (!checksum) return complain(checksum.error().detail, kBadUsage);
        if (words[0].find('/') != std::string::npos || words[0].starts_with("."))
            return complain("the name must be a file's name, without a folder", kBadUsage);
        const std::string fileName = words[0].ends_with(".bin") ? words[0] : "ggml-" + words[0] + ".bin";
        download = {
            *url, *checksum, models::downloadFolder(setting.settings.whisper.modelsDir) / fileName, {}, {}};
    } else {
        const models::Model* model = models::modelNamed(words[0]);
        if (!model) return complain(models::unknownModel(words[0]).detail, kBadUsage);
        if (model->url.empty())
            return complain("the model '" + model->name +
                            "' comes with this program; there is nothing to pull");
        download = {model->url,
                    model->checksum,
                    models::downloadFolder(setting.settings.whisper.modelsDir) / model->fileName,
                    {},
                    {}};
    }
    if (std::filesystem::exists(download.file)) {
        if (models::verifyFile(download.file, download.checksum)) {
            if (url) noteOwn(download);  // an earlier version noted nothing
            std::cout << download.file.string() << " is there and verified\n";
            return kDone;
        }
        std::cerr << download.file.string() << " is damaged; pulling it again\n";
    }
    std::signal(SIGINT, onInterrupt);
    std::cerr << "Pulling " << download.url << "\n";
    Result<void> fetched = Error{ErrorKind::Cancelled, ""};
    {
        ProgressLine progress;
        download.onProgress = [&](std::int64_t now, std::int64_t total) { progress.show(now, total); };
        download.isCancelled = [] { return wasInterrupted.load(); };
        fetched = models::fetchFile(download);
    }
    if (!fetched) return complain(fetched.error().detail);
    if (url) noteOwn(download);
    std::cout << download.file.string() << " is there and verified\n";
    return kDone;
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
            detail = verified ? "" : verified.error().detail;
            if (!verified && verified.error().kind == ErrorKind::Rejected)
                detail += "; delete it and pull it again";
            areAllGood = areAllGood && verified.has_value();
        }
        rows.push_back({{"file", file.string()}, {"verdict", verdict}, {"detail", detail}});
        if (setting.arguments.wantsJson()) continue;
        std::cout << "  " << file.string() << ": " << verdict << (detail.empty() ? "" : " (" + detail + ")")
                  << "\n";
    }
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(boost::json::object{{"isGood", areAllGood}, {"files", rows}})
                  << "\n";
    return areAllGood ? kDone : kFailed;
}

}  // namespace ninja3cx::app
