#pragma once

#include "server/analysis/background/background_analyser.hpp"
#include "server/app/commands.hpp"
#include "server/language_model/improving_analyser.hpp"
#include "server/net/http.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::app {

bool hasLanguageModel(const config::Settings& settings);
language_model::ModelAddress modelAddress(const Setting& setting);
/// The popup's patience is the hub's: the model's result must be there a little before.
language_model::ImprovingAnalyser::Options improvingOptions(const config::AnalysisSettings& analysis);

/// The configured language model and what it takes to ask it. Made only where `hasLanguageModel`: without it there is nothing
/// that could open a connection.
class LanguageModel {
public:
    /// `inner` outlives it.
    LanguageModel(const Setting& setting, boost::asio::any_io_executor network,
                  analysis::BackgroundAnalyser& inner, const Clock& clock,
                  std::shared_ptr<spdlog::logger> log);

    language_model::ImprovingAnalyser& analyser() { return analyser_; }
    std::string metrics() const { return analyser_.metrics(); }

private:
    net::HttpClient http_;
    language_model::ModelClient client_;
    language_model::ImprovingAnalyser analyser_;
};

}  // namespace ninja3cx::app
