#pragma once

#include "shared/config/environment.hpp"
#include "shared/core/result.hpp"
#include "shared/protocol/analysis.hpp"
#include "shared/protocol/records.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The server's configuration. Every key is a member here, with the same name; its default stands in
/// default.json, which is also built into the program; docs/CONFIGURATION.md explains each.
namespace ninja3cx::config {

struct TlsSettings {
    std::string certificateFile;  // both empty: no TLS
    std::string keyFile;
};
BOOST_DESCRIBE_STRUCT(TlsSettings, (), (certificateFile, keyFile))

struct CorsSettings {
    std::vector<std::string> origins;
};
BOOST_DESCRIBE_STRUCT(CorsSettings, (), (origins))

struct DiscoverySettings {
    bool enabled = false;  // where other computers reach the server
};
BOOST_DESCRIBE_STRUCT(DiscoverySettings, (), (enabled))

struct ServerSettings {
    std::string address;
    std::uint16_t port = 0;
    std::string dataDir;
    std::string dashboardDir;
    std::int32_t maxConnections = 0;
    TlsSettings tls;
    CorsSettings cors;
    DiscoverySettings discovery;
};
BOOST_DESCRIBE_STRUCT(ServerSettings, (),
                      (address, port, dataDir, dashboardDir, maxConnections, tls, cors, discovery))

enum class Device { Auto, Cpu, Cuda, Vulkan };
BOOST_DESCRIBE_ENUM(Device, Auto, Cpu, Cuda, Vulkan)

/// Calls are heard again while the machine is idle, and their audio is kept for it.
struct AfterCallSettings {
    std::string model;          // "auto", or as whisper.model; empty: off
    std::int32_t maxHours = 0;  // after the end of a call: then its audio goes anyway
};
BOOST_DESCRIBE_STRUCT(AfterCallSettings, (), (model, maxHours))

struct WhisperSettings {
    std::string model;
    std::string partialModel;  // "auto", "off", empty (the final model), or as model
    std::string vadModel;      // empty: silero when it was pulled, else the built-in detector
    std::string modelsDir;
    std::string language;
    Device device{};
    std::int32_t workers = 0;       // 0: as many as fit the processor and the memory
    std::int32_t endSilenceMs = 0;  // ends an utterance
    std::string prompt;
    std::vector<std::string> vocabulary;
    std::map<std::string, std::string> corrections;  // what was written, and what was meant
    AfterCallSettings afterCall;
};
BOOST_DESCRIBE_STRUCT(WhisperSettings, (),
                      (model, partialModel, vadModel, modelsDir, language, device, workers, endSilenceMs,
                       prompt, vocabulary, corrections, afterCall))

struct NinjaSettings {
    std::string apiUrl;
    std::int64_t boardId = 0;
    std::optional<std::int64_t> ticketFormId;  // absent: the tenant's default form
    std::string newStatus;
    std::string solvedStatus;
    std::string caFile;
    std::int32_t directoryMinutes = 0;
    std::int32_t staleAfterHours = 0;
    std::string callIdAttribute;                  // name of the TEXT attribute that holds the marker
    std::int32_t progressSeconds = 0;             // between two looks at what became of our tickets; 0: none
    std::map<std::string, std::int64_t> numbers;  // of switchboards: number to organisation
    std::string numberField;                      // an organisation's custom field with such a number
};
BOOST_DESCRIBE_STRUCT(NinjaSettings, (),
                      (apiUrl, boardId, ticketFormId, newStatus, solvedStatus, caFile, directoryMinutes,
                       staleAfterHours, callIdAttribute, progressSeconds, numbers, numberField))

enum class AnalysisLanguage { Auto, Fr, En };
BOOST_DESCRIBE_ENUM(AnalysisLanguage, Auto, Fr, En)

/// A category of the company's own, inside a built-in one.
struct CustomCategory {
    std::string french;
    std::optional<std::string> english;  // absent: as in French
    protocol::Category within{};
    std::vector<std::string> phrases;  // one of them said; empty: only rules name it
};
BOOST_DESCRIBE_STRUCT(CustomCategory, (), (french, english, within, phrases))

/// All that is given must hold.
struct RuleWhen {
    std::vector<std::string> phrases;  // one of them is said
    std::optional<protocol::Speaker> speaker;
    std::optional<protocol::Category> category;
    std::optional<std::string> customCategory;
};
BOOST_DESCRIBE_STRUCT(RuleWhen, (), (phrases, speaker, category, customCategory))

/// What it makes of a call for which they hold.
struct SiteRule {
    std::string id;
    RuleWhen when;
    std::optional<protocol::Category> category;
    std::optional<std::string> customCategory;
    std::optional<protocol::Priority> priority;
    std::optional<bool> ticketWarranted;
};
BOOST_DESCRIBE_STRUCT(SiteRule, (), (id, when, category, customCategory, priority, ticketWarranted))

/// Raised during a call.
struct AlertRule {
    std::string id;
    std::optional<std::string> text;  // for people; absent: the id
    std::vector<std::string> phrases;
    std::optional<protocol::Speaker> speaker;
    std::optional<protocol::Sentiment> mood;    // of the customer's last 30 s
    std::optional<std::int32_t> times;          // so many utterances; absent: one
    std::optional<std::int32_t> withinSeconds;  // absent: in the whole call
    std::optional<bool> enabled = {};           // false: never raised, nor the built-in one of that id
};
BOOST_DESCRIBE_STRUCT(AlertRule, (), (id, text, phrases, speaker, mood, times, withinSeconds, enabled))

/// A language model of the company's own that may improve the analysis.
struct LanguageModelSettings {
    std::string url;             // empty: none
    std::string model;           // as its server calls it
    std::int32_t timeoutMs = 0;  // for a result that is late for the popup
    bool maskPersonalData = true;
    bool allowPublic = false;
    std::string caFile;
};
BOOST_DESCRIBE_STRUCT(LanguageModelSettings, (),
                      (url, model, timeoutMs, maskPersonalData, allowPublic, caFile))

struct AnalysisSettings {
    AnalysisLanguage language{};  // Auto: whisper.language, or what was spoken where that is "auto"
    std::int32_t timeoutMs = 0;   // then the draft opens with what there is
    std::map<std::string, CustomCategory> categories = {};          // by id, e.g. "erp_sage"
    std::map<std::string, std::vector<std::string>> keywords = {};  // by built-in category
    std::vector<SiteRule> rules = {};                               // a later one wins
    std::vector<AlertRule> alerts = {};
    LanguageModelSettings languageModel = {};
};
BOOST_DESCRIBE_STRUCT(AnalysisSettings, (),
                      (language, timeoutMs, categories, keywords, rules, alerts, languageModel))

/// What a category becomes in NinjaOne, in place of the built-in rule.
struct TicketRule {
    protocol::TicketType type = protocol::TicketType::Incident;
    std::optional<protocol::Severity> severity;  // absent: by priority
    std::vector<std::string> tags;
    std::optional<protocol::Priority> priority;  // absent: the analysis'
    std::optional<std::string> status;           // of the new ticket
    std::optional<std::int64_t> ticketFormId;
    std::map<std::string, std::string> attributes;  // by the attribute's number: the value
};
BOOST_DESCRIBE_STRUCT(TicketRule, (), (type, severity, tags, priority, status, ticketFormId, attributes))

struct TicketSettings {
    std::int32_t countdownSeconds = 0;
    bool auto_ = false;  // "auto"
    bool draftsOnly = false;
    bool logsTime = false;
    std::int32_t continuationMinutes = 0;
    std::map<std::string, TicketRule>
        categories;  // by category, e.g. "network_vpn", or one of analysis.categories
};
BOOST_DESCRIBE_STRUCT(TicketSettings, (),
                      (countdownSeconds, auto_, draftsOnly, logsTime, continuationMinutes, categories))

struct Technician {
    std::string name;
    std::optional<std::string> email;         // the NinjaOne user's
    std::optional<std::int64_t> ninjaUserId;  // where the address does not tell
    std::optional<std::string> language;      // of the calls; absent: whisper.language
};
BOOST_DESCRIBE_STRUCT(Technician, (), (name, email, ninjaUserId, language))

struct DoNotRecord {
    std::optional<std::string> number;
    std::optional<std::string> organization;
    std::optional<std::string> extension;
    std::optional<std::string> direction;
};
BOOST_DESCRIBE_STRUCT(DoNotRecord, (), (number, organization, extension, direction))

struct RecordingSettings {
    bool internalCalls = false;
    std::vector<DoNotRecord> doNotRecord;
};
BOOST_DESCRIBE_STRUCT(RecordingSettings, (), (internalCalls, doNotRecord))

struct RetentionSettings {
    std::optional<std::int32_t> transcriptDays;  // absent: for ever
    std::optional<std::int32_t> callDays;
    std::optional<std::int32_t> auditDays;
};
BOOST_DESCRIBE_STRUCT(RetentionSettings, (), (transcriptDays, callDays, auditDays))

/// How calls are learnt of. Auto: whichever way the PBX offers.
enum class PbxMode { Auto, CallControl, ActiveCalls, Legacy };
BOOST_DESCRIBE_ENUM(PbxMode, Auto, CallControl, ActiveCalls, Legacy)

struct PbxSettings {
    std::string url;  // empty: no PBX
    PbxMode mode{};
    std::vector<std::string> extensions;
    std::string country;  // where numbers in national form are from, e.g. "FR"
    std::string caFile;
    bool acceptAnyCertificate = false;
    std::int32_t pollMs = 0;         // of the list of calls, while calls go on
    std::int32_t idlePollMs = 0;     // and while none do
    std::int32_t statesSeconds = 0;  // how often users are looked at; 0: never
    std::int32_t queuesSeconds = 0;  // and who waits in the queues
    std::int32_t longWaitSeconds = 0;
    bool recordings = false;  // fetched of calls that the PC does not hear
    std::int32_t recordingWaitMinutes = 0;
};
BOOST_DESCRIBE_STRUCT(PbxSettings, (),
                      (url, mode, extensions, country, caFile, acceptAnyCertificate, pollMs, idlePollMs,
                       statesSeconds, queuesSeconds, longWaitSeconds, recordings, recordingWaitMinutes))

struct RedisSettings {
    std::string url;
};
BOOST_DESCRIBE_STRUCT(RedisSettings, (), (url))

enum class LogLevel { Debug, Info, Warning, Error };
BOOST_DESCRIBE_ENUM(LogLevel, Debug, Info, Warning, Error)
enum class LogFormat { Text, Json };
BOOST_DESCRIBE_ENUM(LogFormat, Text, Json)

struct LogSettings {
    LogLevel level{};
    LogFormat format{};
    std::string directory;  // empty: none, only standard error
    std::int32_t maxMegabytes = 0;
    std::int32_t files = 0;
};
BOOST_DESCRIBE_STRUCT(LogSettings, (), (level, format, directory, maxMegabytes, files))

/// Only from the environment or server/.env.
struct Secrets {
    std::string ninjaClientId;
    std::string ninjaClientSecret;
    std::string ninjaRefreshToken;
    std::string apiKey;
    std::string pbxClientId;
    std::string pbxClientSecret;
    std::string pbxUser;  // of the management console, for a PBX older than V20
    std::string pbxPassword;
    std::string languageModelKey;  // empty: none is needed
};

struct Settings {
    ServerSettings server;
    WhisperSettings whisper;
    NinjaSettings ninja;
    AnalysisSettings analysis;
    TicketSettings ticket;
    RecordingSettings recording;
    RetentionSettings retention;
    std::map<std::string, Technician> technicians;  // by extension
    PbxSettings pbx;
    RedisSettings redis;
    LogSettings log;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (server, whisper, ninja, analysis, ticket, recording, retention, technicians, pbx,
                       redis, log))

struct Loaded {
    Settings settings;
    Secrets secrets;
    std::vector<std::string> sources;     // what was read, in order
    std::vector<std::string> unreadable;  // secrets that this account may not read
};

struct Sources {
    std::vector<std::filesystem::path> files;    // each over the one before; all must exist
    std::vector<std::filesystem::path> dotEnvs;  // all must exist
    Environment environment;                     // wins over the .env files
    /// Those of `dotEnvs` that not every account may read, as an installed server's secrets; it then goes without.
    std::vector<std::filesystem::path> optional = {};
};

/// Built-in defaults, then files, then .env files, then the environment; everything checked. Errors say file,
/// line and what to write instead.
Result<Loaded> loadSettings(const Sources& sources);

/// Where a server started in `workingDirectory` finds its configuration: server/config/default.json and
/// server/.env of a source tree, /etc/3cx-ninja/ of an installed one, then `configFile` with a .env
/// beside it.
Sources standardSources(const std::filesystem::path& workingDirectory,
                        const std::optional<std::filesystem::path>& configFile);

}  // namespace ninja3cx::config
