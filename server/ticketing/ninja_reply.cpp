#include "server/ticketing/ninja_reply.hpp"

#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace ninja3cx::ticketing {
namespace {

constexpr std::size_t kMaxDetailBytes = 400;
constexpr std::chrono::hours kLongestRetryAfter{1};

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool startsWithCaseless(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                      [](char a, char b) { return a == lower(b); });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

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

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
std::optional<std::int64_t> daysFromCivil(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date}.time_since_epoch().count();
}

}  // namespace

std::optional<std::chrono::milliseconds> readRetryAfter(std::string_view header, SystemTime now) {
    const std::string text{trimmed(header).substr(0, 64)};
    if (text.empty()) return std::nullopt;
    std::chrono::milliseconds wait{0};
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        std::int64_t seconds = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (failure != std::errc{} || seconds > 3600) seconds = 3600;
        wait = std::chrono::seconds{seconds};
    } else {
        std::array<char, 4> monthName{};
        int day = 0;
        int year = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (std::sscanf(text.c_str(), "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d", &day, monthName.data(),
                        &year, &hour, &minute, &second) != 6)
            return std::nullopt;
        static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
        const std::size_t at = kMonths.find(std::string_view{monthName.data()});
        if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
        const auto days = daysFromCivil(year, static_cast<int>(at / 3) + 1, day);
        if (!days) return std::nullopt;
        const std::int64_t epochSeconds = *days * 86'400 + hour * 3'600 + minute * 60 + second;
        wait = std::chrono::milliseconds{epochSeconds * 1'000} - now.time_since_epoch();
    }
    return std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds{0}, kLongestRetryAfter);
}

std::string fieldNamedIn(std::string_view text) {
    static constexpr std::array<std::string_view, 16> kFields{"ticketFormId", "clientId",
                                                              "subject",      "status",
                                                              "description",  "type",
                                                              "priority",     "severity",
                                                              "requesterUid", "assignedAppUserId",
                                                              "locationId",   "nodeId",
                                                              "tags",         "attributes",
                                                              "attributeId",  "cc"};
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

bool isWebPage(const net::HttpResponse& response) {
    const std::string_view body = trimmed(response.body);
    if (!body.empty() && body.front() == '<') return true;
    const auto contentType = response.headers.get("Content-Type");
    return contentType && startsWithCaseless(trimmed(*contentType), "text/html") && !body.empty() &&
           body.front() != '{' && body.front() != '[';
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
    if (const auto header = response.headers.get("Retry-After"))
        reply.retryAfter = readRetryAfter(*header, now);
    const bool isPage = isWebPage(response);
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
    } else if (status == 408 || status >= 500 || status < 200) {
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
