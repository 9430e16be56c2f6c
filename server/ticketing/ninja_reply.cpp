#include "server/ticketing/ninja_reply.hpp"

#include "server/net/throttle.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ninja3cx::ticketing {
namespace {

constexpr std::size_t kMaxDetailBytes = 400;

std::string textOf(const boost::json::object& object, std::string_view name) {
    const boost::json::value* field = object.if_contains(name);
    if (!field) return {};
    if (field->is_string()) return std::string{field->get_string()};
    if (field->is_object()) {
        const boost::json::object& inner = field->get_object();
        for (const char* key : {"code", "message", "errorMessage"})
            if (std::string text = textOf(inner, key); !text.empty()) return text;
    }
    if (field->is_int64()) return std::to_string(field->get_int64());
    return {};
}

/// All four error shapes, and a bare string.
void readProblem(Reply& reply) {
    std::string text;
    std::string incident;
    if (reply.body.is_string()) {
        text = std::string{reply.body.get_string()};
    } else if (reply.body.is_object()) {
        const boost::json::object& body = reply.body.get_object();
        for (const char* name : {"resultCode", "error", "errorCode"})
            if (reply.resultCode.empty()) reply.resultCode = textOf(body, name);
        for (const char* name : {"errorMessage", "error_description", "message", "errorDetails"})
            if (text.empty()) text = textOf(body, name);
        incident = textOf(body, "incidentId");
    }
    reply.field = fieldNamedIn(text);
    if (reply.field.empty()) reply.field = fieldNamedIn(reply.resultCode);
    std::string detail = "NinjaOne answered " + std::to_string(reply.status);
    if (!reply.resultCode.empty()) detail += " " + reply.resultCode;
    if (!text.empty()) detail += ": " + text;
    if (!incident.empty()) detail += " (incident " + incident + ")";
    reply.detail = std::string{cutUtf8(toValidUtf8(detail), kMaxDetailBytes)};
}

}  // namespace

std::string fieldNamedIn(std::string_view text) {
    static constexpr std::array<std::string_view, 17> kFields{
        "ticketFormId", "clientId",   "subject",  "status",       "description",
        "type",         "priority",   "severity", "requesterUid", "assignedAppUserId",
        "locationId",   "nodeId",     "tags",     "attributes",   "attributeId",
        "cc",           "timeTracked"};
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    std::string found;
    std::size_t foundAt = std::string_view::npos;
    for (const std::string_view field : kFields) {
        for (std::size_t at = text.find(field); at != std::string_view::npos; at = text.find(field, at + 1)) {
            const bool startsWord = at == 0 || !isWord(text[at - 1]);
            const std::size_t end = at + field.size();
            const bool endsWord = end == text.size() || !isWord(text[end]);
            if (startsWord && endsWord) {
                if (at < foundAt) {
                    found = field;
                    foundAt = at;
                }
                break;
            }
        }
    }
    return found;
}

Reply readReply(const Result<net::HttpResponse>& answer, SystemTime now) {
    Reply reply;
    if (!answer) {
        switch (answer.error().kind) {
            case ErrorKind::Unreachable:
                reply.kind = ReplyKind::Unreachable;
                break;
            case ErrorKind::Unauthorized:
                reply.kind = ReplyKind::NeedsLogin;
                break;
            case ErrorKind::Busy:
                reply.kind = ReplyKind::Throttled;
                break;
            default:
                reply.kind = ReplyKind::Unclear;
                break;
        }
        reply.detail = answer.error().detail;
        return reply;
    }
    const net::HttpResponse& response = *answer;
    reply.status = response.status;
    reply.retryAfter = net::retryAfterOf(response, now);
    const bool isPage = net::isWebPage(response);
    bool isReadable = true;
    if (!isPage && !trimmed(response.body).empty()) {
        auto body = json::parse(trimmed(response.body));
        isReadable = static_cast<bool>(body);
        if (body) reply.body = std::move(*body);
    }
    readProblem(reply);

    const int status = response.status;
    if (status == 401) {
        reply.kind = ReplyKind::Expired;
    } else if (status == 429) {
        reply.kind = ReplyKind::Throttled;
    } else if (isPage || status == 503) {
        reply.kind = ReplyKind::Page;
        if (isPage) reply.detail += ": a web page instead of data";
    } else if (status >= 200 && status < 300) {
        reply.kind = isReadable ? ReplyKind::Ok : ReplyKind::Unclear;
        if (!isReadable) reply.detail += ": the answer is no valid JSON";
    } else if (status == 403) {
        reply.kind =
            reply.resultCode == "user_context_required" ? ReplyKind::UserContext : ReplyKind::Forbidden;
    } else if (status == 408 || status >= 500 || status < 400) {  // whoever redirects may have taken it first
        reply.kind = ReplyKind::Unclear;
    } else {
        reply.kind = ReplyKind::Refused;
    }
    return reply;
}

Error toError(const Reply& reply, const std::string& where) {
    ErrorKind kind = ErrorKind::Rejected;
    switch (reply.kind) {
        case ReplyKind::Unreachable:
            kind = ErrorKind::Unreachable;
            break;
        case ReplyKind::NeedsLogin:
        case ReplyKind::Expired:
            kind = ErrorKind::Unauthorized;
            break;
        case ReplyKind::Throttled:
        case ReplyKind::Page:
            kind = ErrorKind::Busy;
            break;
        case ReplyKind::Unclear:
            kind = ErrorKind::OutcomeUnknown;
            break;
        case ReplyKind::Refused:
            kind = reply.status == 404 ? ErrorKind::NotFound : ErrorKind::Rejected;
            break;
        case ReplyKind::Ok:
            kind = ErrorKind::BadMessage;
            break;
        case ReplyKind::UserContext:
        case ReplyKind::Forbidden:
            kind = ErrorKind::Rejected;
            break;
    }
    return Error{kind, where + ": " + reply.detail};
}

}  // namespace ninja3cx::ticketing
