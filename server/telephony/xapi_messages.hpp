#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What 3CX's XAPI (V20's configuration API, OData) says, read leniently: a row that cannot be read is left out, an
/// answer that is no collection is refused. Times are ms since 1970.
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

/// "800 Support", "10001 Trunk (0612345678)".
struct XapiParty {
    std::string dn;
    std::string name;
    std::string number;  // in the brackets; empty: none
    bool operator==(const XapiParty&) const = default;
};

struct XapiCall {
    std::int64_t id = 0;
    XapiParty caller;
    XapiParty callee;
    std::string status;                       // "Routing", "Talking", "Transferring" …
    std::optional<std::int64_t> changedAtMs;  // by the PBX's clock, as serverNowMs
    std::optional<std::int64_t> serverNowMs;
    bool operator==(const XapiCall&) const = default;
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
Result<XapiPage<XapiCall>> parseXapiCalls(std::string_view json);
Result<XapiPage<XapiRecording>> parseXapiRecordings(std::string_view json);

XapiParty parseXapiParty(std::string_view text);
/// "2026-01-12T09:00:00.123Z", "…+01:00"; without an offset it is UTC. Nothing where it is no time.
std::optional<std::int64_t> parseXapiTime(std::string_view text);

}  // namespace ninja3cx::telephony
