#pragma once

#include "shared/core/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::net {

/// A request target taken apart and percent-decoded.
struct Target {
    std::string path;  // "/api/calls/a b"
    std::vector<std::string>
        segments;  // "api", "calls", "a b"; a slash that came as %2F stays inside its segment
    std::map<std::string, std::string> query;
};

/// BadMessage for a broken percent-encoding, control characters, bytes that are not UTF-8, a path that does
/// not start with a slash, or one with "." or ".." segments: no handler ever sees such a path.
Result<Target> parseTarget(std::string_view target);

/// `plusIsSpace`: the rule of forms and queries.
Result<std::string> percentDecode(std::string_view text, bool plusIsSpace);

/// The fields of a query or form; BadMessage as soon as one of them cannot be decoded.
Result<std::map<std::string, std::string>> parseFields(std::string_view text);

}  // namespace ninja3cx::net
