#include "server/app/findings.hpp"
#include "server/app/language_model.hpp"
#include "server/app/wait_for.hpp"
#include "server/language_model/model_client.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace ninja3cx::app {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr const char* kWhat = "language model";

std::string remedyFor(const Error& problem, const config::LanguageModelSettings& model) {
    if (problem.detail.find("may not be connected to") != std::string::npos)
        return "name a host of the company's own network; calls leave it only with allowPublic, and over "
               "https://";
    if (problem.kind == ErrorKind::Unauthorized) return "set LLM_API_KEY in server/.env";
    if (problem.kind == ErrorKind::Rejected)
        return "check the path of analysis.languageModel.url: it usually ends with /v1";
    if (model.url.starts_with("https://"))
        return "check analysis.languageModel.url and the network; a private certificate needs its caFile";
    return "check analysis.languageModel.url, and that its server runs and lets this computer in";
}

}  // namespace

void checkLanguageModel(const Setting& setting, Findings& findings) {
    const config::LanguageModelSettings& model = setting.settings.analysis.languageModel;
    if (!hasLanguageModel(setting.settings)) {
        findings.push_back(
            {kWhat, Verdict::Skipped, "none is configured: calls have the built-in analysis", ""});
        return;
    }
    std::error_code ignored;
    if (!model.caFile.empty() && !std::filesystem::exists(model.caFile, ignored)) {
        findings.push_back({kWhat, Verdict::Failed, "there is no file " + model.caFile,
                            "set analysis.languageModel.caFile to the authority's certificate, or to \"\""});
        return;
    }
    boost::asio::io_context context{1};
    net::HttpClient http{context.get_executor()};
    language_model::ModelClient client{modelAddress(setting), http};
    auto asking = client.models(kPatience);
    const auto names = waitFor(context, std::move(asking));
    if (!names) {
        findings.push_back({kWhat, Verdict::Failed, names.error().detail, remedyFor(names.error(), model)});
        return;
    }
    const auto isMeant = [&](const std::string& name) {
        return name == model.model || name == model.model + ":latest";  // as Ollama writes it
    };
    if (std::ranges::any_of(*names, isMeant)) {
        findings.push_back({kWhat, Verdict::Ok, model.model + " is there, at " + model.url, ""});
        return;
    }
    std::string list;
    for (const std::string& name : *names) list += (list.empty() ? "" : ", ") + name;
    findings.push_back({kWhat, Verdict::Failed, model.url + " answers and does not have " + model.model,
                        list.empty() ? "load the model there, or check the path: it usually ends with /v1"
                                     : "set analysis.languageModel.model to one of: " + list});
}

}  // namespace ninja3cx::app
