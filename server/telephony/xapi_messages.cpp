#include "server/telephony/xapi_messages.hpp"

#include "server/telephony/lenient_json.hpp"
#include "server/telephony/pbx_time.hpp"
#include "shared/core/text.hpp"

#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace bj = boost::json;

constexpr std::size_t kMaxNameBytes = 200;

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

std::optional<XapiRecording> readRecording(const bj::object& row) {
    const auto id = lenient::numberOf(row, "id");
    const auto start = readPbxTime(lenient::textOf(row, "starttime"));
    if (!id || !start) return std::nullopt;
    return XapiRecording{*id,
                         toEpochMs(*start),
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

}  // namespace

Result<XapiPage<XapiUser>> parseXapiUsers(std::string_view json) {
    return readPage<XapiUser>(json, "users", readUser);
}
Result<XapiPage<XapiRecording>> parseXapiRecordings(std::string_view json) {
    return readPage<XapiRecording>(json, "recordings", readRecording);
}

}  // namespace ninja3cx::telephony
