#include "server/telephony/active_calls.hpp"

#include "server/telephony/lenient_json.hpp"
#include "server/telephony/pbx_time.hpp"
#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::telephony {
namespace {

namespace bj = boost::json;
using std::chrono::milliseconds;

constexpr std::size_t kMaxNameBytes = 200;
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

}  // namespace

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
    const std::string_view name = trimmed(text.substr(space));
    if (name.size() <= kMaxNameBytes) party.name = name;
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
                         readPbxTime(lenient::textOf(object, "establishedat")),
                         readPbxTime(lenient::textOf(object, "lastchangestatus")),
                         readPbxTime(lenient::textOf(object, "servernow"))});
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
