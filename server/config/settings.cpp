#include "server/config/settings.hpp"

#include "server/config/countries.hpp"
#include "server/config/language_model_address.hpp"
#include "server/config/languages.hpp"
#include "server/config/ninja_address.hpp"
#include "server/config/site_check.hpp"
#include "shared/config/layer.hpp"
#include "shared/config/schema.hpp"
#include "shared/core/limits.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace ninja3cx::config {

extern const std::string_view kDefaultJson;

namespace {

const std::vector<Secret>& secrets() {
    static const std::vector<Secret> all{{"ninja.clientId", "NINJA_CLIENT_ID"},
                                         {"ninja.clientSecret", "NINJA_CLIENT_SECRET"},
                                         {"ninja.refreshToken", "NINJA_REFRESH_TOKEN"},
                                         {"apiKey", "API_KEY"},
                                         {"server.apiKey", "API_KEY"},
                                         {"pbx.clientId", "PBX_CLIENT_ID"},
                                         {"pbx.clientSecret", "PBX_CLIENT_SECRET"},
                                         {"pbx.user", "PBX_USER"},
                                         {"pbx.password", "PBX_PASSWORD"},
                                         {"analysis.languageModel.apiKey", "LLM_API_KEY"}};
    return all;
}

/// Rules that a type cannot say. The first that is broken.
class Rules {
public:
    explicit Rules(const Layer& layer) : layer_(layer) {}

    void require(bool isFine, const std::string& path, const std::string& what) {
        if (!isFine && !broken_)
            broken_ = Error{ErrorKind::BadMessage, originOf(layer_, path) + ": " + path + ": " + what};
    }
    /// What is missing at `path` because of `cause`, which somebody wrote.
    void requireFor(bool isFine, const std::string& path, const std::string& cause, const std::string& what) {
        const auto sourceOf = [](const std::string& origin) { return origin.substr(0, origin.rfind(':')); };
        const std::string there = originOf(layer_, path);
        const std::string because = originOf(layer_, cause);
        if (isFine || sourceOf(there) == sourceOf(because)) return require(isFine, path, what);
        if (!broken_)
            broken_ = Error{ErrorKind::BadMessage,
                            because + ": " + path + ": " + what + "; " + cause + " is set here and needs it"};
    }
    template <class T>
    void range(T value, T low, T high, const std::string& path) {
        require(value >= low && value <= high, path,
                std::to_string(value) + " is outside " + std::to_string(low) + " to " + std::to_string(high));
    }
    void language(const std::string& code, const std::string& path) {
        const std::string near = isLanguage(code) ? "" : nearestLanguage(code);
        require(isLanguage(code), path,
                "there is no language '" + code + "'" +
                    (near.empty() ? "." : "; did you mean '" + near + "'?") +
                    " Write \"auto\" or a code such as \"fr\"");
    }
    void url(const std::string& value, const std::string& path) {
        const bool isUrl = (value.starts_with("https://") && value.size() > 8) ||
                           (value.starts_with("http://") && value.size() > 7);
        require(isUrl, path, "must begin with https:// (or http:// for a simulator)");
    }
    Result<void> verdict() const {
        if (broken_) return *broken_;
        return {};
    }

private:
    const Layer& layer_;
    std::optional<Error> broken_;
};

bool isAddress(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> into{};
    return ::inet_pton(AF_INET, text.c_str(), into.data()) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), into.data()) == 1;
}

bool isDigits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

void checkLanguageModel(const LanguageModelSettings& model, Rules& rules) {
    const std::string path = "analysis.languageModel.";
    rules.range(model.timeoutMs, 1'000, 120'000, path + "timeoutMs");
    if (model.url.empty()) return;
    const auto checked = checkLanguageModelAddress(model.url, model.allowPublic);
    rules.require(static_cast<bool>(checked), path + "url", checked ? "" : checked.error().detail);
    rules.requireFor(
        !model.model.empty(), path + "model", path + "url",
        "must be the model's name as its server calls it, such as \"mistral-small\"; GET /v1/models lists "
        "them");
}

Result<void> checkRules(const Settings& s, const Layer& layer) {
    Rules rules{layer};
    rules.require(isAddress(s.server.address), "server.address",
                  "'" + s.server.address +
                      "' must be an address in numbers: 127.0.0.1 (this computer only), 0.0.0.0 (all its "
                      "networks) or one of this computer's own");
    rules.range(s.server.maxConnections, 1, 100'000, "server.maxConnections");
    rules.require(
        s.server.tls.certificateFile.empty() == s.server.tls.keyFile.empty(), "server.tls",
        "needs both certificateFile and keyFile, or neither; '3cx-ninja-server tls selfsign' makes them");
    for (const std::string& origin : s.server.cors.origins)
        rules.require(
            (origin.starts_with("http://") || origin.starts_with("https://")) && !origin.ends_with("/"),
            "server.cors.origins", "'" + origin + "' must look like https://host:port, without a path");
    rules.require(!s.whisper.model.empty(), "whisper.model", "must be a model's name or a file");
    rules.language(s.whisper.language, "whisper.language");
    for (const auto& [extension, technician] : s.technicians)
        if (technician.language)
            rules.language(*technician.language, "technicians." + extension + ".language");
    for (const auto& [heard, meant] : s.whisper.corrections)
        rules.require(!heard.empty() && !meant.empty(), "whisper.corrections." + heard,
                      "needs what was written and what was meant: { \"nord confor\": \"Nordconfort\" }");
    rules.range(s.whisper.workers, 0, kMostWorkers, "whisper.workers");
    rules.range(s.whisper.endSilenceMs, 250, 2'000, "whisper.endSilenceMs");
    rules.range(s.whisper.afterCall.maxHours, 1, 168, "whisper.afterCall.maxHours");
    const auto address = ninjaAddress(s.ninja.apiUrl);
    rules.require(static_cast<bool>(address), "ninja.apiUrl", address ? "" : address.error().detail);
    rules.require(!s.ninja.newStatus.empty(), "ninja.newStatus", "must be a status id such as \"1000\"");
    rules.require(!s.ninja.solvedStatus.empty(), "ninja.solvedStatus",
                  "must be a status id such as \"5000\"");
    rules.range(s.ninja.directoryMinutes, 1, 24 * 60, "ninja.directoryMinutes");
    rules.range(s.ninja.staleAfterHours, 1, 24 * 30, "ninja.staleAfterHours");
    rules.range(s.ninja.progressSeconds, 0, 24 * 3600, "ninja.progressSeconds");
    for (const auto& [number, organization] : s.ninja.numbers) {
        rules.require(isDigits(std::string_view{number}.substr(number.starts_with('+') ? 1 : 0)),
                      "ninja.numbers." + number, "must be a telephone number such as \"+33140000000\"");
        rules.require(organization > 0, "ninja.numbers." + number,
                      "must be an organisation's number in NinjaOne");
    }
    rules.range(s.analysis.timeoutMs, 100, 60'000, "analysis.timeoutMs");
    checkLanguageModel(s.analysis.languageModel, rules);
    rules.range(s.ticket.countdownSeconds, 1, 600, "ticket.countdownSeconds");
    rules.range(s.ticket.continuationMinutes, 0, 24 * 60, "ticket.continuationMinutes");
    if (const auto problem = problemOf(s.analysis)) rules.require(false, problem->path, problem->what);
    for (const auto& [category, rule] : s.ticket.categories) {
        const std::string unknown = unknownCategory(category, s.analysis);
        rules.require(unknown.empty(), "ticket.categories." + category, unknown);
        for (const auto& [attribute, value] : rule.attributes)
            rules.require(isDigits(attribute) && attribute.size() <= 9,
                          "ticket.categories." + category + ".attributes." + attribute,
                          "must be the number of a ticket attribute in NinjaOne");
    }
    rules.require(isCountry(s.pbx.country), "pbx.country",
                  "must be a country's two capital letters, such as \"FR\"");
    rules.range(s.pbx.statesSeconds, 0, 3'600, "pbx.statesSeconds");
    rules.range(s.pbx.queuesSeconds, 0, 3'600, "pbx.queuesSeconds");
    rules.range(s.pbx.longWaitSeconds, 1, 3'600, "pbx.longWaitSeconds");
    rules.range(s.pbx.recordingWaitMinutes, 1, 24 * 60, "pbx.recordingWaitMinutes");
    const auto days = [&](const std::optional<std::int32_t>& value, const std::string& path) {
        if (value) rules.range(*value, 1, 36'500, path);
    };
    days(s.retention.transcriptDays, "retention.transcriptDays");
    days(s.retention.callDays, "retention.callDays");
    days(s.retention.auditDays, "retention.auditDays");
    rules.require(!s.retention.callDays ||
                      (s.retention.transcriptDays && *s.retention.callDays >= *s.retention.transcriptDays),
                  "retention.callDays", "must not be shorter than retention.transcriptDays");
    for (const DoNotRecord& rule : s.recording.doNotRecord) {
        rules.require(
            rule.number || rule.organization || rule.extension || rule.direction, "recording.doNotRecord",
            "a rule without number, organization, extension or direction would block every call; for that, "
            "list the three directions");
        rules.require(!rule.direction || *rule.direction == "inbound" || *rule.direction == "outbound" ||
                          *rule.direction == "internal",
                      "recording.doNotRecord", "direction must be inbound, outbound or internal");
    }
    if (!s.pbx.url.empty()) rules.url(s.pbx.url, "pbx.url");
    rules.range(s.pbx.pollMs, 500, 60'000, "pbx.pollMs");
    rules.range(s.pbx.idlePollMs, 500, 60'000, "pbx.idlePollMs");
    rules.require(s.redis.url.empty(), "redis.url",
                  "this version runs on one machine and has no cluster; leave it empty");
    rules.range(s.log.maxMegabytes, 1, 10'000, "log.maxMegabytes");
    rules.range(s.log.files, 1, 1000, "log.files");
    return rules.verdict();
}

std::string value(const Environment& environment, const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string{} : found->second;
}

}  // namespace

Result<Loaded> loadSettings(const Sources& sources) {
    const Schema schema = schemaOf<Settings>();
    auto merged = parseLayer("built-in default.json", kDefaultJson);
    if (!merged) return merged.error();
    Loaded loaded;
    for (const std::filesystem::path& file : sources.files) {
        auto layer = readLayer(file);
        if (!layer) return layer.error();
        if (auto checked = checkLayer(schema, secrets(), *layer); !checked) return checked.error();
        overlay(*merged, *layer);
        loaded.sources.push_back(file.string());
    }
    Environment environment = sources.environment;
    for (const std::filesystem::path& file : sources.dotEnvs) {
        if (std::ranges::find(sources.optional, file) != sources.optional.end() &&
            ::access(file.c_str(), R_OK) != 0) {
            loaded.unreadable.push_back(file.string());
            continue;
        }
        auto variables = readDotEnv(file);
        if (!variables) return variables.error();
        environment.insert(variables->begin(), variables->end());
        loaded.sources.push_back(file.string());
    }
    auto fromEnvironment = environmentLayer(schema, environment);
    if (!fromEnvironment) return fromEnvironment.error();
    if (auto checked = checkLayer(schema, secrets(), *fromEnvironment); !checked) return checked.error();
    overlay(*merged, *fromEnvironment);

    auto settings = json::decode<Settings>(merged->tree, "", json::UnknownFields::Refused);
    if (!settings) return settings.error();
    if (auto checked = checkRules(*settings, *merged); !checked) return checked.error();
    loaded.settings = std::move(*settings);
    if (auto address = ninjaAddress(loaded.settings.ninja.apiUrl)) loaded.settings.ninja.apiUrl = *address;
    loaded.secrets = {value(environment, "NINJA_CLIENT_ID"),
                      value(environment, "NINJA_CLIENT_SECRET"),
                      value(environment, "NINJA_REFRESH_TOKEN"),
                      value(environment, "API_KEY"),
                      value(environment, "PBX_CLIENT_ID"),
                      value(environment, "PBX_CLIENT_SECRET"),
                      value(environment, "PBX_USER"),
                      value(environment, "PBX_PASSWORD"),
                      value(environment, "LLM_API_KEY")};
    if (!loaded.secrets.apiKey.empty() && loaded.secrets.apiKey.size() < 16)
        return Error{
            ErrorKind::BadMessage,
            "API_KEY: shorter than 16 characters and so guessable; make one with: openssl rand -hex 32"};
    return loaded;
}

Sources standardSources(const std::filesystem::path& workingDirectory,
                        const std::optional<std::filesystem::path>& configFile) {
    Sources sources;
    const auto addIfThere = [](std::vector<std::filesystem::path>& to, const std::filesystem::path& file) {
        std::error_code ignored;
        if (std::filesystem::exists(file, ignored) && std::find(to.begin(), to.end(), file) == to.end())
            to.push_back(file);
    };
    // `npm start` runs in server/, `make run` beside it.
    const auto server = std::filesystem::exists(workingDirectory / "server/config/default.json")
                            ? workingDirectory / "server"
                            : workingDirectory;
    const std::filesystem::path installed = "/etc/3cx-ninja";  // as packaging/server lays it
    if (std::filesystem::exists(server / "config/default.json")) {
        addIfThere(sources.files, server / "config/default.json");
        addIfThere(sources.dotEnvs, server / ".env");
    } else {
        addIfThere(sources.files, installed / "server.json");
        addIfThere(sources.dotEnvs, installed / "server.env");
    }
    sources.optional = sources.dotEnvs;
    if (configFile) {
        sources.files.push_back(*configFile);
        // The file closest to the chosen configuration speaks first.
        const auto beside = configFile->parent_path() / ".env";
        std::erase(sources.optional, beside);
        if (std::filesystem::exists(beside) &&
            std::find(sources.dotEnvs.begin(), sources.dotEnvs.end(), beside) == sources.dotEnvs.end())
            sources.dotEnvs.insert(sources.dotEnvs.begin(), beside);
    }
    sources.environment = processEnvironment();
    return sources;
}

}  // namespace ninja3cx::config
