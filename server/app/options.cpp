#include "server/app/options.hpp"

#include "server/analysis/live/alert_rules.hpp"
#include "server/config/ninja_address.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <system_error>

namespace ninja3cx::app {
namespace {

net::ClientTls clientTls(const std::string& caFile, bool acceptsAny = false) {
    net::ClientTls tls;
    if (!caFile.empty()) tls.caFile = caFile;
    tls.acceptsAny = acceptsAny;
    return tls;
}

/// What is taken for personal data, and in which language a draft is written, follows what is spoken.
std::string analysisLanguage(const config::AnalysisSettings& analysis, const std::string& spoken) {
    if (analysis.language == config::AnalysisLanguage::Auto) return spoken;
    return analysis.language == config::AnalysisLanguage::En ? "en" : "fr";
}

std::optional<std::chrono::days> days(const std::optional<std::int32_t>& count) {
    return count ? std::optional{std::chrono::days{*count}} : std::nullopt;
}

std::optional<protocol::Category> categoryOf(const std::string& name) {
    const auto category =
        json::decode<protocol::Category>(boost::json::value(boost::json::string_view{name}));
    return category ? std::optional{*category} : std::nullopt;
}

std::vector<calls::CategoryRule> categoryRules(const config::Settings& settings) {
    std::vector<calls::CategoryRule> rules;
    for (const auto& [name, rule] : settings.ticket.categories) {
        const auto own = settings.analysis.categories.find(name);
        const bool isOwn = own != settings.analysis.categories.end();
        const auto category = isOwn ? std::optional{own->second.within} : categoryOf(name);
        if (!category) continue;
        calls::CategoryRule known{*category, rule.type, rule.severity, rule.tags};
        if (isOwn) known.customCategory = name;
        known.priority = rule.priority;
        known.status = rule.status;
        known.ticketFormId = rule.ticketFormId;
        for (const auto& [attribute, value] : rule.attributes)
            known.attributes.push_back({std::stoll(attribute), value});
        rules.push_back(std::move(known));
    }
    return rules;
}

telephony::PbxMode pbxMode(config::PbxMode mode) {
    switch (mode) {
        case config::PbxMode::Auto:
            return telephony::PbxMode::Auto;
        case config::PbxMode::CallControl:
            return telephony::PbxMode::CallControl;
        case config::PbxMode::ActiveCalls:
            return telephony::PbxMode::ActiveCalls;
        case config::PbxMode::Legacy:
            break;
    }
    return telephony::PbxMode::Legacy;
}

/// Extensions of which calls are wanted: those that are named anywhere.
std::vector<std::string> pbxExtensions(const config::Settings& settings) {
    std::vector<std::string> extensions = settings.pbx.extensions;
    for (const auto& [extension, technician] : settings.technicians)
        if (settings.pbx.extensions.empty()) extensions.push_back(extension);
    return extensions;
}

}  // namespace

analysis::SiteRules siteRules(const config::AnalysisSettings& from) {
    analysis::SiteRules rules;
    for (const auto& [id, category] : from.categories)
        rules.categories.push_back({id, category.french, category.english.value_or(category.french),
                                    category.within, category.phrases});
    for (const auto& [name, phrases] : from.keywords)
        if (const auto category = categoryOf(name)) rules.keywords[*category] = phrases;
    for (const config::SiteRule& rule : from.rules)
        rules.rules.push_back(
            {rule.id,
             {rule.when.phrases, rule.when.speaker, rule.when.category, rule.when.customCategory},
             rule.category,
             rule.customCategory,
             rule.priority,
             rule.ticketWarranted});
    for (const config::AlertRule& alert : from.alerts) {
        analysis::AlertRule& made = rules.alerts.emplace_back();
        made.id = alert.id;
        // A face knows none of the company's own, and the others by their id.
        made.text = alert.text.value_or(analysis::isBuiltInAlert(alert.id) ? "" : alert.id);
        made.phrases = alert.phrases;
        made.speaker = alert.speaker;
        made.mood = alert.mood;
        made.times = alert.times.value_or(1);
        if (alert.withinSeconds) made.within = std::chrono::seconds{*alert.withinSeconds};
        made.isOff = alert.enabled == false;
    }
    return rules;
}

calls::HubOptions hubOptions(const Setting& setting, const std::string& model) {
    const config::Settings& from = setting.settings;
    calls::HubOptions options;
    options.language = from.whisper.language;
    options.analysisLanguage = analysisLanguage(from.analysis, from.whisper.language);
    options.analysisPatience = std::chrono::milliseconds{from.analysis.timeoutMs};
    options.countdown = std::chrono::seconds{from.ticket.countdownSeconds};
    options.createsAutomatically = from.ticket.auto_;
    options.draftsOnly = from.ticket.draftsOnly;
    options.recordsInternalCalls = from.recording.internalCalls;
    for (const config::DoNotRecord& rule : from.recording.doNotRecord)
        options.doNotRecord.push_back({rule.number.value_or(""), rule.organization.value_or(""),
                                       rule.extension.value_or(""), rule.direction.value_or("")});
    options.numberForms = [plan = directory::DialPlan{from.pbx.country}](std::string_view written) {
        return directory::formsOf(written, plan);
    };
    options.categoryRules = categoryRules(from);
    options.logsTime = from.ticket.logsTime;
    options.continuationLimit = std::chrono::minutes{from.ticket.continuationMinutes};
    options.longWait = std::chrono::seconds{from.pbx.longWaitSeconds};
    options.recordingWait = std::chrono::minutes{from.pbx.recordingWaitMinutes};
    options.fetchesRecordings = from.pbx.recordings && !from.pbx.url.empty();
    options.isDemo = setting.arguments.has("demo");
    options.serverVersion = setting.version;
    options.model = model;
    for (const auto& [extension, technician] : from.technicians) {
        options.technicians[extension] = technician.name;
        if (technician.language)
            options.languages[extension] = {*technician.language,
                                            analysisLanguage(from.analysis, *technician.language)};
    }
    return options;
}

transcription::Dictionary dictionary(const config::WhisperSettings& whisper,
                                     const directory::DirectoryCopy& directory) {
    transcription::Dictionary dictionary{whisper.prompt, whisper.vocabulary, whisper.corrections, {}, {}};
    for (const auto& organization : directory.organizations)
        dictionary.organizations.push_back(organization.name);
    for (const protocol::Contact& person : directory.people) {
        const bool isAddress = person.name.find('@') != std::string::npos;  // of somebody without a name
        if (person.isActive && !isAddress) dictionary.people.push_back(person.name);
    }
    return dictionary;
}

net::ServerOptions serverOptions(const config::ServerSettings& server) {
    net::ServerOptions options;
    options.address = server.address;
    options.port = server.port;
    if (!server.tls.certificateFile.empty())
        options.tls = net::ServerTls{server.tls.certificateFile, server.tls.keyFile};
    options.maxMessageBytes = std::size_t{128} * 1024;  // a frame of audio has 32 KiB, an edited draft less
    options.maxConnections = static_cast<std::size_t>(server.maxConnections);
    options.pingInterval =
        std::chrono::seconds{3};  // a peer that is gone without a word is noticed after 9 to 12 s
    return options;
}

bool hasNinja(const config::Secrets& secrets) {
    return !secrets.ninjaClientId.empty() && !secrets.ninjaClientSecret.empty();
}

ticketing::NinjaAccount ninjaAccount(const Setting& setting) {
    ticketing::NinjaAccount account;
    account.apiUrl = setting.settings.ninja.apiUrl;
    account.clientId = setting.secrets.ninjaClientId;
    account.clientSecret = setting.secrets.ninjaClientSecret;
    account.seedRefreshToken = setting.secrets.ninjaRefreshToken;
    account.userAgent = "3cx-ninja-realtime/" + setting.version;
    account.tls = clientTls(setting.settings.ninja.caFile);
    return account;
}

ticketing::TenantWishes tenantWishes(const config::Settings& settings) {
    ticketing::TenantWishes wishes;
    wishes.boardId = settings.ninja.boardId;
    wishes.ticketFormId = settings.ninja.ticketFormId;
    wishes.newStatus = settings.ninja.newStatus;
    wishes.solvedStatus = settings.ninja.solvedStatus;
    for (const auto& [extension, technician] : settings.technicians) {
        if (technician.ninjaUserId) wishes.technicianIds[extension] = *technician.ninjaUserId;
        if (technician.email) wishes.technicianEmails[extension] = *technician.email;
        wishes.technicianNames[extension] = technician.name;
    }
    wishes.callIdAttribute = settings.ninja.callIdAttribute;
    for (const calls::CategoryRule& rule : categoryRules(settings)) {
        const std::string name = rule.customCategory.empty()
                                     ? std::string{json::encode(rule.category).as_string()}
                                     : rule.customCategory;
        protocol::DraftFields& fields = wishes.rules["ticket.categories." + name];
        fields.status = rule.status;
        fields.ticketFormId = rule.ticketFormId;
        if (!rule.attributes.empty()) fields.attributes = rule.attributes;
    }
    return wishes;
}

directory::NinjaDirectory::Options directoryOptions(const config::Settings& settings) {
    directory::NinjaDirectory::Options options;
    options.plan = directory::DialPlan{settings.pbx.country};
    options.interval = std::chrono::minutes{settings.ninja.directoryMinutes};
    options.staleAfter = std::chrono::hours{settings.ninja.staleAfterHours};
    options.organizationNumbers = settings.ninja.numbers;
    options.numberField = settings.ninja.numberField;
    for (const auto& [extension, technician] : settings.technicians) {
        if (technician.email) options.emails[Extension{extension}] = *technician.email;
        if (technician.ninjaUserId) options.technicianIds[Extension{extension}] = *technician.ninjaUserId;
    }
    return options;
}

telephony::PbxSetup pbxSetup(const Setting& setting) {
    const config::PbxSettings& pbx = setting.settings.pbx;
    const config::Secrets& secrets = setting.secrets;
    telephony::PbxSetup setup;
    setup.access = {pbx.url,
                    secrets.pbxClientId,
                    secrets.pbxClientSecret,
                    clientTls(pbx.caFile, pbx.acceptAnyCertificate),
                    secrets.pbxUser,
                    secrets.pbxPassword};
    while (setup.access.baseUrl.ends_with('/')) setup.access.baseUrl.pop_back();
    setup.mode = pbxMode(pbx.mode);
    setup.extensions = pbx.extensions;
    setup.expected = pbxExtensions(setting.settings);
    setup.pollInterval = std::chrono::milliseconds{pbx.pollMs};
    setup.idleInterval = std::chrono::milliseconds{pbx.idlePollMs};
    return setup;
}

telephony::PbxSite pbxSite(const Setting& setting) {
    const config::Secrets& secrets = setting.secrets;
    telephony::PbxSite site;
    site.mode = pbxMode(setting.settings.pbx.mode);
    site.hasKey = !secrets.pbxClientId.empty() && !secrets.pbxClientSecret.empty();
    site.hasConsoleLogin = !secrets.pbxUser.empty() && !secrets.pbxPassword.empty();
    site.acceptsAnyCertificate = setting.settings.pbx.acceptAnyCertificate;
    const config::PbxSettings& pbx = setting.settings.pbx;
    site.wantsXapi = pbx.statesSeconds > 0 || pbx.queuesSeconds > 0 || pbx.recordings;
    site.wantsRecordings = pbx.recordings;
    site.clientId = secrets.pbxClientId;
    site.expected = pbxExtensions(setting.settings);
    return site;
}

telephony::SiteWatchOptions siteWatchOptions(const config::PbxSettings& pbx) {
    return {std::chrono::seconds{pbx.statesSeconds}, std::chrono::seconds{pbx.queuesSeconds}, pbx.extensions};
}

telephony::RecordingFetchOptions recordingFetchOptions(const config::PbxSettings& pbx) {
    telephony::RecordingFetchOptions options;
    options.limit = std::chrono::minutes{pbx.recordingWaitMinutes};
    return options;
}

storage::RetentionRules retentionRules(const config::RetentionSettings& retention) {
    return {days(retention.transcriptDays), days(retention.callDays), days(retention.auditDays)};
}

Result<NinjaPace> ninjaPace(const Setting& setting) {
    constexpr double kFastest = 1'000;
    const auto given = setting.arguments.value("ninja-speed");
    if (!given) return NinjaPace{};
    const std::size_t at = std::min(given->find('@'), given->size());
    NinjaPace pace;
    std::int64_t originMs = 0;
    const auto reads = [&given](std::size_t begin, std::size_t end, auto& value) {
        const char* const last = given->data() + end;
        const auto [stopped, failure] = std::from_chars(given->data() + std::min(begin, end), last, value);
        return failure == std::errc{} && stopped == last;
    };
    if (!reads(0, at, pace.speed) || !reads(at + 1, given->size(), originMs) || !(pace.speed > 0) ||
        pace.speed > kFastest)
        return Error{ErrorKind::BadMessage,
                     "--ninja-speed needs SPEED@ORIGINMS, such as 20@1767225600000, not '" + *given + "'"};
    const auto address = config::ninjaAddress(setting.settings.ninja.apiUrl);
    if (!address || !address->starts_with("http://"))  // only loopback goes without encryption
        return Error{ErrorKind::BadMessage,
                     "--ninja-speed is for a simulator on this computer: ninja.apiUrl is " +
                         setting.settings.ninja.apiUrl};
    pace.origin = fromEpochMs(originMs);
    return pace;
}

logging::Options logOptions(const config::LogSettings& log) {
    logging::Options options;
    switch (log.level) {
        case config::LogLevel::Debug:
            options.level = logging::Level::Debug;
            break;
        case config::LogLevel::Info:
            options.level = logging::Level::Info;
            break;
        case config::LogLevel::Warning:
            options.level = logging::Level::Warning;
            break;
        case config::LogLevel::Error:
            options.level = logging::Level::Error;
            break;
    }
    options.format = log.format == config::LogFormat::Json ? logging::Format::Json : logging::Format::Text;
    options.directory = log.directory;
    options.maxFileBytes = static_cast<std::size_t>(log.maxMegabytes) << 20;
    options.files = static_cast<std::size_t>(log.files);
    return options;
}

}  // namespace ninja3cx::app
