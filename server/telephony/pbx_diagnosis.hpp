#pragma once

#include "server/net/reach.hpp"
#include "server/telephony/legacy_login.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

/// What a PBX's answers say about it, and about our configuration. Pure.
namespace ninja3cx::telephony {

/// `pbx.mode`.
enum class PbxMode { Auto = 1, CallControl, ActiveCalls, Legacy };
/// How calls are learnt of: events, XAPI's list of calls, the list of a PBX older than V20.
enum class PbxWay { CallControl = 1, ActiveCalls, Legacy };
/// "Call Control API" …
std::string nameOf(PbxWay way);

/// What is configured.
struct PbxSite {
    PbxMode mode = PbxMode::Auto;
    bool hasKey = false;           // PBX_CLIENT_ID and PBX_CLIENT_SECRET
    bool hasConsoleLogin = false;  // PBX_USER and PBX_PASSWORD
    bool acceptsAnyCertificate = false;
    bool wantsXapi = false;  // states of users, queues or recordings
    bool wantsRecordings = false;
    std::string clientId;               // also the DN of the client's route point
    std::vector<std::string> expected;  // extensions of which calls are wanted
};

/// Of GET SystemStatus.
struct PbxSystem {
    std::string version;
    std::string product;  // "3CXPSPROF…"
    std::optional<bool> isLicenceActive = {};
    bool isXapiRefused = false;  // neither it nor Defs, which anybody may read whom the API is open to
};

struct PbxAnswer {
    int status = 0;  // 0: not asked, or no answer
    bool isWebPage = false;
    bool namesLicence = false;  // a refusal that speaks of a licence
};
struct PbxAnswers {
    std::optional<net::ReachFailure> unreachable = {};
    std::string failure = {};               // of a request that got no answer
    PbxAnswer console = {};                 // GET /api/SystemStatus without a login
    PbxAnswer token = {};                   // POST /connect/token
    PbxAnswer callControl = {};             // GET /callcontrol
    PbxAnswer activeCalls = {};             // GET /xapi/v1/ActiveCalls
    PbxAnswer legacyCalls = {};             // GET /api/activeCalls
    PbxAnswer recordings = {};              // GET /xapi/v1/Recordings, where they are wanted
    std::optional<LoginAnswer> login = {};  // POST /api/login
    PbxSystem system = {};
    std::vector<std::string> monitored = {};
    std::optional<std::chrono::milliseconds> clockAhead = {};  // the PBX's before ours
};

/// Which way to go. Errors: Unauthorized, Rejected (no way is open to us), Unreachable (ask again later).
Result<PbxWay> wayOf(PbxMode mode, const PbxAnswers& answers);

enum class PbxCause {
    Works = 1,
    NotConfigured,
    BadAddress,
    NameUnknown,
    ConnectionRefused,
    NoAnswer,
    NoTls,
    CertificateSelfSigned,
    CertificateAuthority,
    CertificateName,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOther,
    No3cx,
    WrongKey,
    WrongConsoleLogin,
    OlderThanV20,
    ApiNotEnabled,
    LicenceMissing,
    NotMonitored,
    UsedTwice,
    Throttled,
    Trouble,  // 5xx and what nobody foresaw
    RecordingsClosed,
    ClockSkew,
    UnsafeTls,
};

struct PbxFinding {
    enum class Level { Good = 1, Warning, Failed };
    PbxCause cause{};
    Level level{};
    std::string detail;
    std::string remedy;  // empty where nothing is to be done
};
/// What matters most first; at least one.
std::vector<PbxFinding> diagnose(const PbxSite& site, const PbxAnswers& answers);

}  // namespace ninja3cx::telephony
