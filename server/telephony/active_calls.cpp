#include "server/telephony/active_calls.hpp"

#include "server/telephony/lenient_json.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::telephony {
namespace {

namespace bj = boost::json;
using std::chrono::milliseconds;

constexpr std::size_t kFewestDigits = 3;  // of somebody outside: "(2)" belongs to a name

bool isWithheld(std::string_view text) {
    const std::string word = lowered(text);
    return word.empty() || word == "anonymous" || word == "unknown" || word == "private" ||
           word == "withheld";
}

bool isPhoneNumber(std::string_view text) {
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits >= static_cast<std::ptrdiff_t>(kFewestDigits) &&
           text.find_first_not_of("0123456789+*#-. ") == std::string_view::npos;
}

/// The rows of either kind of list.
const bj::array* rowsOf(const bj::value& value) {
    if (value.is_array()) return &value.get_array();
    if (!value.is_object()) return nullptr;
    for (const char* const name : {"value", "list"})
        if (const bj::value* rows = lenient::find(value.get_object(), name); rows && rows->is_array())
            return &rows->get_array();
    return nullptr;
}

Result<bj::array> readRows(std::string_view text, const std::string& what) {
    const auto value = json::parse(text);
    if (!value) return inContext("3CX " + what, value.error());
    const bj::array* rows = rowsOf(*value);
    if (!rows) return Error{ErrorKind::BadMessage, "3CX: the list of " + what + " has no rows"};
    return *rows;
}

/// Exactly so many digits at the beginning, and takes them away.
std::optional<int> takeDigits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    const auto number = lenient::numberIn(text.substr(0, count));
    if (!number || text[0] == '-') return std::nullopt;
    text.remove_prefix(count);
    return static_cast<int>(*number);
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

/// "Z", "+02:00" or nothing, which is taken for UTC.
std::optional<std::chrono::minutes> readOffset(std::string_view text) {
    if (text.empty() || text == "Z") return std::chrono::minutes{0};
    const bool isBehind = text.starts_with('-');
    if (!isBehind && !text.starts_with('+')) return std::nullopt;
    text.remove_prefix(1);
    const auto hours = takeDigits(text, 2);
    (void)take(text, ':');
    const auto minutes = takeDigits(text, 2);
    if (!hours || !minutes || !text.empty()) return std::nullopt;
    const std::chrono::minutes offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return isBehind ? -offset : offset;
}

}  // namespace

std::optional<SystemTime> readIsoTime(std::string_view text) {
    const auto year = takeDigits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = takeDigits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = takeDigits(text, 2);
    if (!day || !take(text, 'T')) return std::nullopt;
    std::array<int, 3> parts{};
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const auto part = takeDigits(text, 2);
        if (!part || *part > (at == 0 ? 23 : 60) || (at < 2 && !take(text, ':'))) return std::nullopt;
        parts.at(at) = *part;
    }
    if (take(text, '.')) text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    const auto offset = readOffset(text);
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!offset || !date.ok()) return std::nullopt;
    return SystemTime{std::chrono::sys_days{date} + std::chrono::hours{parts[0]} +
                      std::chrono::minutes{parts[1]} + std::chrono::seconds{parts[2]} - *offset};
}

Party readParty(std::string_view text) {
    Party party;
    text = trimmed(text);
    if (text.ends_with(')')) {
        if (const std::size_t open = text.rfind('('); open != std::string_view::npos) {
            const std::string_view inside = trimmed(text.substr(open + 1, text.size() - open - 2));
            if (isPhoneNumber(inside) || isWithheld(inside)) {
                party.outsideNumber = isWithheld(inside) ? std::string{} : std::string{inside};
                text = trimmed(text.substr(0, open));
            }
        }
    }
    const std::size_t space = std::min(text.find(' '), text.size());
    party.dn = text.substr(0, space);
    party.name = trimmed(text.substr(space));
    return party;
}

std::optional<milliseconds> ActiveCall::age() const {
    if (!establishedAt || !serverNow || *serverNow < *establishedAt) return std::nullopt;
    return *serverNow - *establishedAt;
}

Result<std::vector<ActiveCall>> parseActiveCalls(std::string_view text) {
    const auto rows = readRows(text, "active calls");
    if (!rows) return rows.error();
    std::vector<ActiveCall> calls;
    for (const bj::value& row : *rows) {
        if (!row.is_object()) continue;
        const bj::object& object = row.get_object();
        const auto id = lenient::numberOf(object, "id");
        if (!id) continue;
        calls.push_back({*id, readParty(lenient::textOf(object, "caller")),
                         readParty(lenient::textOf(object, "callee")), lenient::textOf(object, "status"),
                         readIsoTime(lenient::textOf(object, "establishedat")),
                         readIsoTime(lenient::textOf(object, "servernow"))});
    }
    return calls;
}

Result<std::vector<std::string>> parseExtensions(std::string_view text) {
    const auto rows = readRows(text, "extensions");
    if (!rows) return rows.error();
    std::vector<std::string> numbers;
    for (const bj::value& row : *rows) {
        if (!row.is_object()) continue;
        std::string number = lenient::textOf(row.get_object(), "number");
        if (!number.empty()) numbers.push_back(std::move(number));
    }
    return numbers;
}

}  // namespace ninja3cx::telephony
