#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The users and recordings of 3CX's XAPI (V20's configuration API, OData; its calls: active_calls.hpp), read leniently: a
/// row that cannot be read is left out, an answer that is no collection is refused. Times are ms since 1970.
namespace ninja3cx::telephony {

struct XapiUser {
    std::string number;  // the extension
    std::string name;    // "Marie Martin"
    std::string email;
    std::optional<bool> isRegistered;
    std::string profile;  // "Available", "Away", "Out of office", or as the site named it
    std::optional<bool> isQueueLoggedIn;
    bool operator==(const XapiUser&) const = default;
};

struct XapiRecording {
    std::int64_t id = 0;
    std::int64_t startMs = 0;  // by the PBX's clock
    std::string fromDn;
    std::string fromNumber;
    std::string toDn;
    std::string toNumber;
    bool operator==(const XapiRecording&) const = default;
};

template <class T>
struct XapiPage {
    std::vector<T> items;
    std::size_t rows = 0;  // of the answer, those that could not be read included
};

Result<XapiPage<XapiUser>> parseXapiUsers(std::string_view json);
Result<XapiPage<XapiRecording>> parseXapiRecordings(std::string_view json);

}  // namespace ninja3cx::telephony
