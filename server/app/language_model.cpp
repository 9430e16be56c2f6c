#include "server/app/language_model.hpp"

#include "server/analysis/entities_of_text.hpp"

#include <spdlog/logger.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace ninja3cx::app {

bool hasLanguageModel(const config::Settings& settings) {
    return !settings.analysis.languageModel.url.empty();
}

language_model::ModelAddress modelAddress(const Setting& setting) {
    const config::LanguageModelSettings& model = setting.settings.analysis.languageModel;
    return {model.url, model.model, setting.secrets.languageModelKey, model.caFile, model.allowPublic};
}

language_model::ImprovingAnalyser::Options improvingOptions(const config::AnalysisSettings& analysis) {
    const std::chrono::milliseconds popup{analysis.timeoutMs};
    language_model::ImprovingAnalyser::Options options;
    options.patience = std::max(popup * 3 / 4, popup - std::chrono::milliseconds{300});
    options.timeout = std::chrono::milliseconds{analysis.languageModel.timeoutMs};
    options.masksPersonalData = analysis.languageModel.maskPersonalData;
    return options;
}

LanguageModel::LanguageModel(const Setting& setting, boost::asio::any_io_executor network,
                             analysis::BackgroundAnalyser& inner, const Clock& clock,
                             std::shared_ptr<spdlog::logger> log)
    : http_(network),
      client_(modelAddress(setting), http_),
      analyser_(network, improvingOptions(setting.settings.analysis),
                {inner, client_, clock, analysis::entitiesOfText,
                 [&inner](std::function<void()> work, std::function<void()> then) {
                     inner.run(std::move(work), std::move(then));
                 },
                 [log](const std::string& problem) { log->warn("language model: {}", problem); },
                 [log](const std::string& news) { log->info("language model: {}", news); }}) {
    log->info("language model: {} at {} may improve the analysis of calls", client_.model(),
              setting.settings.analysis.languageModel.url);
}

}  // namespace ninja3cx::app
