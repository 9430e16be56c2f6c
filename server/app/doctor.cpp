#include "server/app/findings.hpp"
#include "shared/core/text.hpp"

#include <boost/json.hpp>

#include <iostream>
#include <utility>

namespace ninja3cx::app {
namespace {

const char* nameOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Ok:
            return "ok";
        case Verdict::Warning:
            return "warning";
        case Verdict::Failed:
            return "failed";
        case Verdict::Skipped:
            return "skipped";
    }
    return "";
}

boost::json::object toJson(const Capacity& capacity) {
    boost::json::array models;
    for (const transcription::ModelCapacity& one : capacity.models)
        models.push_back({{"model", one.model},
                          {"isMeasured", one.isMeasured},
                          {"cores", one.cores},
                          {"calls", one.calls},
                          {"callsWithPartials", one.callsWithPartials},
                          {"utteranceMs", one.utteranceMs},
                          {"isRecommended", one.isRecommended}});
    return {{"cores", capacity.cores},
            {"isOnGpu", capacity.isOnGpu},
            {"wantedCalls", capacity.wantedCalls},
            {"models", models}};
}

}  // namespace

Findings printable(Findings findings) {
    for (Finding& finding : findings)
        for (std::string* text : {&finding.what, &finding.detail, &finding.remedy})
            *text = toValidUtf8(*text);
    return findings;
}

int doctor(const Setting& setting) {
    Findings findings;
    std::string sources;
    for (const std::string& source : setting.sources) sources += (sources.empty() ? "" : ", ") + source;
    findings.push_back({"configuration", Verdict::Ok, sources.empty() ? "built-in defaults" : sources, ""});
    for (const std::string& file : setting.unreadable)
        findings.push_back({"secrets", Verdict::Warning, file + " cannot be read by this account",
                            "run doctor as root or as the server's own account"});
    checkModel(setting, findings);
    checkData(setting, findings);
    checkPort(setting, findings);
    checkTls(setting, findings);
    checkReach(setting, findings);
    checkPbx(setting, findings);
    checkNinja(setting, findings);
    checkLanguageModel(setting, findings);
    if (!setting.arguments.wantsJson()) std::cerr << "Measuring for up to 5 s, 12 s on a busy machine\n";
    const Capacity capacity = checkCapacity(setting, findings);

    bool hasFailed = false;
    boost::json::array rows;
    for (const Finding& finding : printable(std::move(findings))) {
        hasFailed = hasFailed || finding.verdict == Verdict::Failed;
        rows.push_back({{"what", finding.what},
                        {"verdict", nameOf(finding.verdict)},
                        {"detail", finding.detail},
                        {"remedy", finding.remedy}});
        if (setting.arguments.wantsJson()) continue;
        std::string line = std::string{"  "} + nameOf(finding.verdict);
        line.resize(12, ' ');
        line += finding.what + ": " + finding.detail;
        std::cout << line << "\n";
        if (!finding.remedy.empty()) std::cout << std::string(12, ' ') << "-> " << finding.remedy << "\n";
    }
    if (setting.arguments.wantsJson())
        std::cout << boost::json::serialize(boost::json::object{
                         {"isGood", !hasFailed}, {"findings", rows}, {"capacity", toJson(capacity)}})
                  << "\n";
    return hasFailed ? kFailed : kDone;
}

}  // namespace ninja3cx::app
