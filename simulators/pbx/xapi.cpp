#include "simulators/pbx/xapi.hpp"

#include "simulators/pbx/odata.hpp"
#include "simulators/pbx/odata_function.hpp"

namespace ninja3cx::simulators {
namespace {

using Ids = RouteTable::Ids;

Reply noRole() {
    return odataError(403, "The role of this API client does not allow to see recordings");
}

}  // namespace

Xapi::Xapi(const SwitchboardParts& parts, const Switchboard& switchboard, RecordingReader recordings)
    : site_(parts.site),
      profile_(parts.profile),
      users_(parts.users),
      history_(parts.history),
      switchboard_(switchboard),
      recordings_(std::move(recordings)) {
    addRoutes();
    addHistoryRoutes();
}

std::string Xapi::build() const {
    if (profile_.version == "v18") return "18.0.9.20";
    return profile_.version == "v20.0.7" ? "20.0.7.1080" : "20.0.9.995";
}

void Xapi::addRoutes() {
    routes_.add("GET", "/xapi/v1/Defs", [](const Request& request, const Ids&) {
        boost::json::array rows;
        rows.push_back(boost::json::object{{"Id", 1}});
        return odataReply(request, "Defs", std::move(rows));
    });
    routes_.add("GET", "/xapi/v1/SystemStatus",
                [this](const Request&, const Ids&) { return jsonReply(200, systemStatus()); });
    routes_.add("GET", "/xapi/v1/Users",
                [this](const Request& request, const Ids&) { return odataReply(request, "Users", users()); });
    routes_.add("GET", "/xapi/v1/Queues", [this](const Request& request, const Ids&) {
        return odataReply(request, "Queues", queues());
    });
    routes_.add("GET", "/xapi/v1/ActiveCalls", [this](const Request& request, const Ids&) {
        return odataReply(request, "ActiveCalls", switchboard_.activeCalls());
    });
}

void Xapi::addHistoryRoutes() {
    routes_.add("GET", "/xapi/v1/Recordings", [this](const Request& request, const Ids&) {
        if (profile_.role == "user") return noRole();
        return odataReply(request, "Recordings", history_.recordingRows());
    });
    routes_.add("GET", "/xapi/v1/Recordings/{function}", [this](const Request&, const Ids& ids) {
        return profile_.role == "user" ? noRole() : download(ids[0]);
    });
    routes_.add("GET", "/xapi/v1/ReportCallLogData/{function}",
                [this](const Request& request, const Ids& ids) { return callLog(request, ids[0]); });
}

boost::json::object Xapi::systemStatus() const {
    const auto count = static_cast<std::int64_t>(site_.extensions.size());
    std::int64_t registered = 0;
    for (const ExtensionSetup& extension : site_.extensions)
        registered += switchboard_.devicesOf(extension.number).empty() ? 0 : 1;
    return {{"FQDN", "pbx.example"},
            {"Version", build()},
            {"Activated", true},
            {"LicenseActive", true},
            {"ProductCode", profile_.licence == "full" ? "3CXENT" : "3CXPRO"},
            {"MaxSimCalls", 16},
            {"CallsActive", switchboard_.activeCalls().size()},
            {"ExtensionsRegistered", registered},
            {"ExtensionsTotal", count},
            {"UserExtensions", count},
            {"TrunksRegistered", 1},
            {"TrunksTotal", 1},
            {"HasNotRunningServices", false},
            {"DiskUsage", 12},
            {"OS", "Linux"}};
}

boost::json::array Xapi::users() const {
    boost::json::array rows;
    std::int64_t id = 100;
    for (const ExtensionSetup& extension : site_.extensions)
        rows.push_back({{"Id", ++id},
                        {"Number", extension.number},
                        {"FirstName", extension.firstName},
                        {"LastName", extension.lastName},
                        {"DisplayName", extension.firstName + " " + extension.lastName},
                        {"EmailAddress", extension.email},
                        {"IsRegistered", !switchboard_.devicesOf(extension.number).empty()},
                        {"CurrentProfileName", users_.profileOf(extension.number)},
                        {"QueueStatus", users_.isLoggedIn(extension.number) ? "LoggedIn" : "LoggedOut"}});
    return rows;
}

boost::json::array Xapi::extensionList() const {
    boost::json::array rows;
    for (const ExtensionSetup& extension : site_.extensions)
        rows.push_back({{"Number", extension.number},
                        {"FirstName", extension.firstName},
                        {"LastName", extension.lastName},
                        {"IsRegistered", !switchboard_.devicesOf(extension.number).empty()}});
    return rows;
}

boost::json::array Xapi::queues() const {
    boost::json::array rows;
    std::int64_t id = 500;
    for (const QueueSetup& queue : site_.queues)
        rows.push_back({{"Id", ++id}, {"Number", queue.dn}, {"Name", queue.name}});
    return rows;
}

Reply Xapi::download(const std::string& function) const {
    const auto call = parseODataFunction(function);
    if (!call || call->name != "Pbx.DownloadRecording") return odataError(404, "Not found in this simulator");
    const auto id = toInteger(call->valueOf("recId"));
    const RecordingSource* source = id ? history_.findRecording(*id) : nullptr;
    if (!source) return odataError(404, "There is no such recording");
    if (!recordings_) return odataError(500, "This simulator has no sound files");
    auto file = recordings_(*source);
    if (!file) return odataError(500, file.error().detail);
    Reply reply;
    reply.headers.emplace_back("Content-Type", file->contentType);
    reply.body = std::move(file->bytes);
    return reply;
}

Reply Xapi::callLog(const Request& request, const std::string& function) const {
    const auto call = parseODataFunction(function);
    if (!call || call->name != "Pbx.GetCallLogData") return odataError(404, "Not found in this simulator");
    for (const char* parameter :
         {"periodFrom", "periodTo", "sourceType", "sourceFilter", "destinationType", "destinationFilter",
          "callsType", "callTimeFilterType", "callTimeFilterFrom", "callTimeFilterTo", "hidePcalls"})
        if (!call->values.contains(parameter))
            return odataError(400, std::string{"The parameter "} + parameter + " is missing");
    const auto from = parseUtcSecond(call->valueOf("periodFrom"));
    const auto to = parseUtcSecond(call->valueOf("periodTo"));
    if (!from || !to)
        return odataError(400,
                          "periodFrom and periodTo must be like 2026-01-01T00:00:00Z, without fractions");
    return odataReply(request, "ReportCallLogData", history_.logRows(*from, *to), Paging::BeforeFilter);
}

}  // namespace ninja3cx::simulators
