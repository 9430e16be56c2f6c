#include "server/telephony/xapi_messages.hpp"

#include "server/telephony/lenient_json.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace bj = boost::json;

constexpr std::size_t kMaxNameBytes = 200;

bool isNumber(std::string_view text) {
    return !text.empty() && text.find_first_not_of("+0123456789*#-. ") == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<XapiUser> readUser(const bj::object& row) {
    XapiUser user;
    user.number = lenient::textOf(row, "number");
    if (user.number.empty() || user.number.size() > 32) return std::nullopt;
    const std::string first = lenient::textOf(row, "firstname");
    const std::string last = lenient::textOf(row, "lastname");
    user.name = trimmed(first + " " + last);
    if (user.name.empty()) user.name = trimmed(lenient::textOf(row, "displayname"));
    if (user.name.size() > kMaxNameBytes) user.name.clear();
    user.email = lenient::textOf(row, "emailaddress");
    user.isRegistered = lenient::flagOf(row, "isregistered");
    user.profile = lenient::textOf(row, "currentprofilename");
    const std::string queues = lenient::textOf(row, "queuestatus");
    if (queues == "LoggedIn") user.isQueueLoggedIn = true;
    if (queues == "LoggedOut") user.isQueueLoggedIn = false;
    return user;
}

std::optional<XapiCall> readCall(const bj::object& row) {
    const auto id = lenient::numberOf(row, "id");
    if (!id) return std::nullopt;
    XapiCall call;
    call.id = *id;
    call.caller = parseXapiParty(lenient::textOf(row, "caller"));
    call.callee = parseXapiParty(lenient::textOf(row, "callee"));
    call.status = lenient::textOf(row, "status");
    call.changedAtMs = parseXapiTime(lenient::textOf(row, "lastchangestatus"));
    call.serverNowMs = parseXapiTime(lenient::textOf(row, "servernow"));
    return call;
}

std::optional<XapiRecording> readRecording(const bj::object& row) {
    const auto id = lenient::numberOf(row, "id");
    const auto start = parseXapiTime(lenient::textOf(row, "starttime"));
    if (!id || !start) return std::nullopt;
    return XapiRecording{*id,
                         *start,
                         lenient::textOf(row, "fromdn"),
                         lenient::textOf(row, "fromcallernumber"),
                         lenient::textOf(row, "todn"),
                         lenient::textOf(row, "tocallernumber")};
}

template <class T, class Read>
Result<XapiPage<T>> readPage(std::string_view text, const char* what, Read read) {
    const auto value = json::parse(text);
    if (!value) return inContext(std::string{"3CX "} + what, value.error());
    const bj::value* rows = value->is_object() ? lenient::find(value->get_object(), "value") : nullptr;
    if (!rows || !rows->is_array())
        return Error{ErrorKind::BadMessage, std::string{"3CX "} + what + ": the answer is no collection"};
    XapiPage<T> page;
    page.rows = rows->get_array().size();
    for (const bj::value& row : rows->get_array()) {
        if (!row.is_object()) continue;
        if (auto item = read(row.get_object())) page.items.push_back(std::move(*item));
    }
    return page;
}

/// The digits at the front of `text`, `count` of them, which are taken off.
std::optional<int> takeDigits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int number = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, std::string_view anyOf) {
    if (text.empty() || anyOf.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// ".123", as far as milliseconds.
int takeFraction(std::string_view& text) {
    int ms = 0;
    int scale = 100;
    if (!take(text, ".")) return 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        ms += (text.front() - '0') * scale;
        scale /= 10;
        text.remove_prefix(1);
    }
    return ms;
}

/// "Z", "+01:00" or nothing: minutes before UTC.
std::optional<int> takeOffset(std::string_view& text) {
    if (text.empty() || take(text, "Zz")) return 0;
    const bool isAhead = text.front() == '+';
    if (!take(text, "+-")) return std::nullopt;
    const auto hours = takeDigits(text, 2);
    (void)take(text, ":");
    const auto minutes = takeDigits(text, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    return isAhead ? -offset : offset;
}

}  // namespace

std::optional<std::int64_t> parseXapiTime(std::string_view text) {
    using namespace std::chrono;
    const auto year = takeDigits(text, 4);
    if (!year || !take(text, "-")) return std::nullopt;
    const auto month = takeDigits(text, 2);
    if (!month || !take(text, "-")) return std::nullopt;
    const auto day = takeDigits(text, 2);
    if (!day || !take(text, "Tt ")) return std::nullopt;
    const auto hour = takeDigits(text, 2);
    if (!hour || !take(text, ":")) return std::nullopt;
    const auto minute = takeDigits(text, 2);
    if (!minute || !take(text, ":")) return std::nullopt;
    const auto second = takeDigits(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const int ms = takeFraction(text);
    const auto offset = takeOffset(text);
    if (!offset || !text.empty()) return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                              std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    const auto moment =
        sys_days{date} + hours{*hour} + minutes{*minute + *offset} + seconds{*second} + milliseconds{ms};
    return duration_cast<milliseconds>(moment.time_since_epoch()).count();
}

XapiParty parseXapiParty(std::string_view text) {
    XapiParty party;
    text = trimmed(text);
    const std::size_t blank = text.find(' ');
    party.dn = text.substr(0, blank);
    if (blank == std::string_view::npos) return party;
    text = trimmed(text.substr(blank));
    const std::size_t open = text.rfind('(');
    if (open != std::string_view::npos && text.ends_with(')')) {
        const std::string_view number = trimmed(text.substr(open + 1, text.size() - open - 2));
        if (isNumber(number)) {  // else it is a part of the name: "Support (N1)"
            party.number = number;
            text = trimmed(text.substr(0, open));
        }
    }
    if (text.size() <= kMaxNameBytes) party.name = text;
    return party;
}

Result<XapiPage<XapiUser>> parseXapiUsers(std::string_view json) {
    return readPage<XapiUser>(json, "users", readUser);
}
Result<XapiPage<XapiCall>> parseXapiCalls(std::string_view json) {
    return readPage<XapiCall>(json, "active calls", readCall);
}
Result<XapiPage<XapiRecording>> parseXapiRecordings(std::string_view json) {
    return readPage<XapiRecording>(json, "recordings", readRecording);
}

}  // namespace ninja3cx::telephony
