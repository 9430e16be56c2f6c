#include "server/ticketing/ninja_client.hpp"

#include "server/net/throttle.hpp"
#include "server/ticketing/on_executor.hpp"
#include "shared/core/ids.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;

constexpr std::int32_t kPageSize = 500;
constexpr std::int32_t kDevicePageSize = 1000;
constexpr std::size_t kMaxPages = 400;
constexpr std::size_t kLargeBytes = 64U << 10U;  // some milliseconds of work
constexpr std::size_t kSmallestFullLog = 50;     // NinjaOne may give fewer at once than it is asked for
constexpr int kBusyTokens = 3;                   // in a row: nobody is served any more
constexpr std::chrono::seconds kBulkTimeout{30};
constexpr std::chrono::seconds kWriteTimeout{20};
constexpr std::chrono::sys_days kEarliestDate{std::chrono::year{2020} / 1 /
                                              1};  // before: a clock that was never set

std::string boardQuery(std::int64_t cursor, std::int32_t pageSize) {
    const boost::json::value query{
        {"sortBy", boost::json::array{{{"field", "createTime"}, {"direction", "DESC"}}}},
        {"filters", boost::json::array{}},
        {"pageSize", pageSize},
        {"lastCursorId", cursor},
        {"searchCriteria", ""},
        {"includeColumns", boost::json::array{"id", "createTime", "summary", "description", "tags",
                                              "attributeValues", "status", "organization", "requester"}}};
    return boost::json::serialize(query);
}

Reply unreadable(Reply reply) {
    reply.kind = ReplyKind::Unclear;
    reply.detail += ": not the list or record that was asked for";
    return reply;
}

Reply endless(const std::string& path) {
    Reply reply;
    reply.kind = ReplyKind::Unclear;
    reply.detail = path + ": one page follows the other without an end";
    return reply;
}

}  // namespace

void throw_exception_from_error(const Reply& reply, const boost::source_location&) {
    throw std::runtime_error{reply.detail};
}

std::string textOf(Trouble trouble) {
    switch (trouble) {
        case Trouble::None:
            return "";
        case Trouble::NeedsLogin:
            return "NinjaOne needs a technician's login: run '3cx-ninja-server ninja login'";
        case Trouble::WrongRegion:
            return "NinjaOne does not know the client id on this host: check ninja.apiUrl (the region: us, "
                   "us2, "
                   "eu, ca, oc, fed or the tenant's own host), then NINJA_CLIENT_ID";
        case Trouble::WrongSecret:
            return "NinjaOne refuses the client: check NINJA_CLIENT_ID and NINJA_CLIENT_SECRET";
        case Trouble::TokenRefused:
            return "NinjaOne refuses the access token it has just given";
        case Trouble::Forbidden:
            return "the NinjaOne login may not do what is asked: check the technician's rights";
        case Trouble::Failing:
            return "NinjaOne answers with failures; the log says which";
        case Trouble::Unreachable:
            return "NinjaOne cannot be reached; the log says why";
        case Trouble::NotStored:
            return "the login that NinjaOne gave cannot be stored; the log says why";
    }
    return "";
}

NinjaClient::NinjaClient(NinjaAccount account, NinjaTokens& tokens, const Clock& clock,
                         net::HttpTransport& transport)
    : account_(std::move(account)), tokens_(tokens), clock_(clock), transport_(transport) {
    while (account_.apiUrl.ends_with('/')) account_.apiUrl.pop_back();
    tokens_.onLogin([this](Login login) {
        if (login == Login::Working) return noteWell();  // NinjaOne has just given a token
        tellLink();
    });
}

Trouble NinjaClient::trouble() const {
    return tokens_.facts().login == Login::Needed ? Trouble::NeedsLogin : trouble_;
}

void NinjaClient::tellLink() {
    const auto link = trouble() == Trouble::NeedsLogin ? protocol::LinkState::NeedsLogin : reach_;
    if (std::exchange(link_, link) != link && onLink_) onLink_(link);
}

void NinjaClient::noteWell() {
    reach_ = protocol::LinkState::Connected;
    trouble_ = Trouble::None;
    busyTokens_ = 0;
    detail_.clear();
    tellLink();
}

void NinjaClient::noteFailed(Trouble trouble, const std::string& detail) {
    reach_ = protocol::LinkState::Failed;
    trouble_ = trouble;
    detail_ = detail;
    tellLink();
}

void NinjaClient::noteAnswer(const Reply& reply) {
    const bool wasForbidden = std::exchange(wasForbidden_, reply.kind == ReplyKind::Forbidden);
    switch (reply.kind) {
        case ReplyKind::Ok:
        case ReplyKind::Refused:      // what was asked was wrong; the link is not
        case ReplyKind::UserContext:  // the login is told of by NinjaTokens
            return noteWell();
        case ReplyKind::Forbidden:
            if (wasForbidden || reach_ != protocol::LinkState::Connected)
                noteFailed(Trouble::Forbidden, reply.detail);
            return;
        case ReplyKind::Page:
        case ReplyKind::Unclear:
            return noteFailed(reply.status == 0 ? Trouble::Unreachable : Trouble::Failing, reply.detail);
        case ReplyKind::Unreachable:
            return noteFailed(Trouble::Unreachable, reply.detail);
        case ReplyKind::Expired:    // told of when the next token is refused, too
        case ReplyKind::Throttled:  // it is there, and busy
        case ReplyKind::NeedsLogin:
            return;
    }
}

/// Whatever it was, our call was not sent.
Reply NinjaClient::withoutToken(const Error& error) {
    Reply reply;
    reply.detail = tokens_.redact(error.detail);
    switch (error.kind) {
        case ErrorKind::Unauthorized:
            reply.kind = ReplyKind::NeedsLogin;
            tellLink();
            break;
        case ErrorKind::NotFound:
        case ErrorKind::Rejected:
            reply.kind = ReplyKind::NeedsLogin;
            noteFailed(error.kind == ErrorKind::NotFound ? Trouble::WrongRegion : Trouble::WrongSecret,
                       reply.detail);
            break;
        case ErrorKind::Busy:
            reply.kind = ReplyKind::Throttled;
            if (++busyTokens_ >= kBusyTokens || reach_ != protocol::LinkState::Connected)
                noteFailed(Trouble::Failing, reply.detail);
            break;
        default:
            reply.kind = ReplyKind::Unreachable;
            noteFailed(error.kind == ErrorKind::Io               ? Trouble::NotStored
                       : error.kind == ErrorKind::OutcomeUnknown ? Trouble::Failing
                                                                 : Trouble::Unreachable,
                       reply.detail);
            break;
    }
    return reply;
}

awaitable<Reply> NinjaClient::send(net::ClientRequest request, std::string token) {
    request.headers.set("Authorization", "Bearer " + token);
    request.headers.set("Accept", "application/json");
    request.headers.set("User-Agent", account_.userAgent);
    request.tls = account_.tls;
    const auto answer = co_await transport_.send(std::move(request));
    Reply reply;
    if (workers_ && answer && answer->body.size() > kLargeBytes) {
        auto work = [&answer, now = clock_.now()] { return readReply(answer, now); };
        reply = co_await runOn(*workers_, std::move(work));
        reply.bytes = answer->body.size();
    } else {
        reply = readReply(answer, clock_.now());
    }
    reply.detail = tokens_.redact(std::move(reply.detail));
    noteAnswer(reply);
    if (reply.kind == ReplyKind::Ok) noteDate(*answer);
    co_return reply;
}

void NinjaClient::noteDate(const net::HttpResponse& answer) {
    const auto date = net::readHttpDate(answer.headers.get("Date").value_or(""));
    if (date && *date >= kEarliestDate) timeThere_ = Told{*date, clock_.steady()};
}

std::optional<std::chrono::milliseconds> NinjaClient::clockAhead() const {
    if (!timeThere_) return std::nullopt;
    return timeThere_->there + (clock_.steady() - timeThere_->at) - clock_.now();
}

awaitable<Reply> NinjaClient::read(std::string method, std::string target, std::string body) {
    const Turnstile::Seat seat = co_await turnstile_.enter();
    auto token = co_await tokens_.accessToken(Use::Read);
    for (bool isRepeat = false;; isRepeat = true) {
        if (!token) co_return withoutToken(token.error());
        net::ClientRequest request;
        request.method = method;
        request.url = account_.apiUrl + target;
        request.totalTimeout = kBulkTimeout;
        request.maxBodyBytes = 64U << 20U;
        if (!body.empty()) {
            request.headers.set("Content-Type", "application/json");
            request.body = body;
        }
        Reply reply = co_await send(std::move(request), *token);
        if (reply.kind == ReplyKind::Expired && isRepeat) noteFailed(Trouble::TokenRefused, reply.detail);
        if (reply.kind != ReplyKind::Expired || isRepeat) co_return reply;
        token = co_await tokens_.replace(Use::Read, *token);
    }
}

awaitable<Reply> NinjaClient::write(std::string target, std::string contentType, std::string body,
                                    std::string method) {
    const Turnstile::Seat seat = co_await turnstile_.enter();
    const auto token = co_await tokens_.accessToken(Use::Write);
    if (!token) co_return withoutToken(token.error());
    net::ClientRequest request;
    request.method = std::move(method);
    request.url = account_.apiUrl + target;
    request.totalTimeout = kWriteTimeout;
    request.headers.set("Content-Type", std::move(contentType));
    request.body = std::move(body);
    Reply reply = co_await send(std::move(request), *token);
    if (reply.kind == ReplyKind::Ok || reply.kind == ReplyKind::UserContext)
        tokens_.noteUserContext(reply.kind == ReplyKind::Ok);
    if (reply.kind == ReplyKind::Expired) {
        if (!refusedToWrite_.empty() && refusedToWrite_ != *token)
            noteFailed(Trouble::TokenRefused, reply.detail);
        refusedToWrite_ = *token;
    } else if (reply.kind == ReplyKind::Ok) {
        refusedToWrite_.clear();
    }
    co_return reply;
}

awaitable<Reply> NinjaClient::prepareToWrite() {
    const auto token = co_await tokens_.replace(Use::Write, refusedToWrite_);
    if (!token) co_return withoutToken(token.error());
    Reply reply;
    reply.kind = ReplyKind::Ok;
    co_return reply;
}

template <class T, class Decode>
awaitable<Answer<T>> NinjaClient::readAs(std::string target, Decode decode) {
    Reply reply = co_await read("GET", std::move(target));
    if (reply.kind != ReplyKind::Ok) co_return Answer<T>{std::move(reply)};
    std::optional<T> decoded;
    if (workers_ && reply.bytes > kLargeBytes) {
        auto work = [&reply, decode] {
            auto made = decode(reply.body);
            if (made) reply.body = nullptr;  // to free it takes a while, too
            return made;
        };
        decoded = co_await runOn(*workers_, std::move(work));
    } else {
        decoded = decode(reply.body);
    }
    if (!decoded) co_return Answer<T>{unreadable(std::move(reply))};
    co_return Answer<T>{std::move(*decoded)};
}

/// Until an empty page: a short one may only mean that NinjaOne gives fewer than it was asked for.
template <class Row, class Decode>
awaitable<Answer<std::vector<Row>>> NinjaClient::readPaged(std::string path, std::int32_t pageSize,
                                                           Decode decode) {
    std::vector<Row> all;
    std::int64_t after = 0;
    for (std::size_t page = 0; page < kMaxPages; ++page) {
        std::string target = path + "?pageSize=" + std::to_string(pageSize);
        if (after > 0) target += "&after=" + std::to_string(after);
        auto rows = co_await readAs<std::vector<Row>>(std::move(target), decode);
        if (!rows) co_return rows.error();
        std::int64_t last = after;
        for (Row& row : *rows) {
            last = std::max(last, row.id);
            if (row.id > after) all.push_back(std::move(row));
        }
        if (last == after && !rows->empty()) co_return endless(path);
        if (last == after) co_return all;
        after = last;
    }
    co_return endless(path);
}

/// Until an empty page, or one that names no next one.
template <class Row, class Decode>
awaitable<Answer<std::vector<Row>>> NinjaClient::readReported(std::string path, Decode decode,
                                                              std::string query) {
    std::vector<Row> all;
    std::string cursor;
    for (std::size_t page = 0; page < kMaxPages; ++page) {
        std::string target = path + "?pageSize=" + std::to_string(kDevicePageSize) + query;
        if (!cursor.empty()) target += "&cursor=" + net::percentEncode(cursor);
        auto read = co_await readAs<ReportPage<Row>>(std::move(target), decode);
        if (!read) co_return read.error();
        std::move(read->rows.begin(), read->rows.end(), std::back_inserter(all));
        if (read->rowsSent == 0 || !read->cursor) co_return all;
        cursor = *read->cursor;
    }
    co_return endless(path);
}

awaitable<Answer<std::vector<Organization>>> NinjaClient::organizations() {
    co_return co_await readPaged<Organization>("/organizations", kPageSize, readOrganizations);
}
awaitable<Answer<std::vector<Location>>> NinjaClient::locations() {
    co_return co_await readPaged<Location>("/locations", kPageSize, readLocations);
}
awaitable<Answer<std::vector<Device>>> NinjaClient::devices() {
    co_return co_await readPaged<Device>("/devices", kDevicePageSize, readDevices);
}
awaitable<Answer<std::vector<DeviceHealth>>> NinjaClient::deviceHealth() {
    co_return co_await readReported<DeviceHealth>("/queries/device-health", readDeviceHealth);
}
awaitable<Answer<std::vector<Alert>>> NinjaClient::alerts() {
    co_return co_await readAs<std::vector<Alert>>("/alerts", readAlerts);
}
awaitable<Answer<std::vector<LoggedOnUser>>> NinjaClient::loggedOnUsers() {
    co_return co_await readReported<LoggedOnUser>("/queries/logged-on-users", readLoggedOnUsers);
}
awaitable<Answer<std::vector<OrganizationNumber>>> NinjaClient::organizationNumbers(std::string field) {
    std::string query = "&scopes=organization&fields=" + net::percentEncode(field);
    const auto decode = [field](const boost::json::value& body) {
        return readOrganizationNumbers(body, field);
    };
    co_return co_await readReported<OrganizationNumber>("/queries/scoped-custom-fields", decode,
                                                        std::move(query));
}
awaitable<Answer<std::vector<Person>>> NinjaClient::contacts() {
    co_return co_await readAs<std::vector<Person>>("/contacts", readPeople);
}
awaitable<Answer<std::vector<Person>>> NinjaClient::endUsers() {
    co_return co_await readAs<std::vector<Person>>("/user/end-users", readPeople);
}
awaitable<Answer<std::vector<Person>>> NinjaClient::technicians() {
    co_return co_await readAs<std::vector<Person>>("/user/technicians", readPeople);
}
awaitable<Answer<std::vector<Board>>> NinjaClient::boards() {
    co_return co_await readAs<std::vector<Board>>("/ticketing/trigger/boards", readBoards);
}
awaitable<Answer<std::vector<TicketStatus>>> NinjaClient::statuses() {
    co_return co_await readAs<std::vector<TicketStatus>>("/ticketing/statuses", readStatuses);
}
awaitable<Answer<std::vector<TicketForm>>> NinjaClient::forms() {
    co_return co_await readAs<std::vector<TicketForm>>("/ticketing/ticket-form", readForms);
}
awaitable<Answer<std::vector<TicketAttribute>>> NinjaClient::attributes() {
    co_return co_await readAs<std::vector<TicketAttribute>>("/ticketing/attributes", readAttributes);
}

awaitable<Answer<BoardPage>> NinjaClient::runBoard(std::int64_t boardId, std::int64_t cursor,
                                                   std::int32_t pageSize) {
    Reply reply = co_await read("POST", "/ticketing/trigger/board/" + std::to_string(boardId) + "/run",
                                boardQuery(cursor, pageSize));
    if (reply.kind != ReplyKind::Ok) co_return Answer<BoardPage>{std::move(reply)};
    auto page = readBoardPage(reply.body);
    if (!page) co_return Answer<BoardPage>{unreadable(std::move(reply))};
    co_return Answer<BoardPage>{std::move(*page)};
}

awaitable<Answer<Ticket>> NinjaClient::ticket(std::int64_t ticketId) {
    co_return co_await readAs<Ticket>("/ticketing/ticket/" + std::to_string(ticketId), readTicket);
}

awaitable<Answer<std::vector<LogEntry>>> NinjaClient::logEntries(std::int64_t ticketId, std::string type) {
    const std::string path =
        "/ticketing/ticket/" + std::to_string(ticketId) + "/log-entry?type=" + type + "&pageSize=500";
    std::vector<LogEntry> all;
    while (true) {
        const std::string after = all.empty() ? "" : "&anchorId=" + std::to_string(all.back().id);
        auto page = co_await readAs<std::vector<LogEntry>>(path + after, readLogEntries);
        if (!page) co_return page;
        std::ranges::sort(*page, {}, &LogEntry::id);
        const bool mayBeFull = page->size() >= kSmallestFullLog;
        if (!all.empty()) std::erase_if(*page, [&](const LogEntry& log) { return log.id <= all.back().id; });
        const bool isNews = !page->empty();
        std::ranges::move(*page, std::back_inserter(all));
        const bool isAnchor = isNews && all.back().id <= std::numeric_limits<std::int32_t>::max();
        if (!isAnchor || !mayBeFull || all.size() >= kMostLogEntries) break;
    }
    co_return Answer<std::vector<LogEntry>>{std::move(all)};
}

awaitable<Reply> NinjaClient::createTicket(std::string payload) {
    co_return co_await write("/ticketing/ticket", "application/json", std::move(payload));
}

awaitable<Reply> NinjaClient::addComment(std::int64_t ticketId, std::string comment,
                                         std::optional<File> file) {
    std::string boundary;
    do {
        boundary = "n3cx-" + randomHex(16);
    } while (comment.find(boundary) != std::string::npos ||
             (file && file->content.find(boundary) != std::string::npos));
    std::string body = multipartComment(boundary, comment, file);
    co_return co_await write("/ticketing/ticket/" + std::to_string(ticketId) + "/comment",
                             "multipart/form-data; boundary=" + boundary, std::move(body));
}

awaitable<Answer<boost::json::value>> NinjaClient::wholeTicket(std::int64_t ticketId) {
    const auto asObject = [](const boost::json::value& body) -> std::optional<boost::json::value> {
        if (!body.is_object()) return std::nullopt;
        return body;
    };
    co_return co_await readAs<boost::json::value>("/ticketing/ticket/" + std::to_string(ticketId), asObject);
}

awaitable<Reply> NinjaClient::putTicket(std::int64_t ticketId, std::string payload) {
    co_return co_await write("/ticketing/ticket/" + std::to_string(ticketId), "application/json",
                             std::move(payload), "PUT");
}

awaitable<Answer<SeenPage>> NinjaClient::runBoardByChange(std::int64_t boardId, std::int64_t cursor,
                                                          std::int32_t pageSize) {
    const boost::json::value query{
        {"sortBy", boost::json::array{{{"field", "lastUpdated"}, {"direction", "DESC"}}}},
        {"filters", boost::json::array{}},
        {"pageSize", pageSize},
        {"lastCursorId", cursor},
        {"searchCriteria", ""},
        {"includeColumns",
         boost::json::array{"id", "lastUpdated", "summary", "status", "tags", "organization"}}};
    Reply reply = co_await read("POST", "/ticketing/trigger/board/" + std::to_string(boardId) + "/run",
                                boost::json::serialize(query));
    if (reply.kind != ReplyKind::Ok) co_return Answer<SeenPage>{std::move(reply)};
    auto page = readSeenPage(reply.body);
    if (!page) co_return Answer<SeenPage>{unreadable(std::move(reply))};
    co_return Answer<SeenPage>{std::move(*page)};
}

awaitable<Answer<SeenTicket>> NinjaClient::seenTicket(std::int64_t ticketId) {
    co_return co_await readAs<SeenTicket>("/ticketing/ticket/" + std::to_string(ticketId), readSeenTicket);
}

std::string NinjaClient::ticketLink() const {
    return originOf(account_.apiUrl) + "/#/ticketing/ticket/";
}

std::string multipartComment(const std::string& boundary, const std::string& comment,
                             const std::optional<NinjaClient::File>& file) {
    std::string body =
        "--" + boundary +
        "\r\nContent-Disposition: form-data; name=\"comment\"\r\nContent-Type: application/json\r\n\r\n" +
        comment + "\r\n";
    if (file) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" +
                file->name + "\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + file->content + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

}  // namespace ninja3cx::ticketing
