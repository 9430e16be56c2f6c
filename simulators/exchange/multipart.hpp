#pragma once

#include "shared/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::simulators {

struct Part {
    std::string name;
    std::string fileName;     // empty: not a file
    std::string contentType;  // empty: not given
    std::string body;
};

/// The parts of a multipart/form-data body; `contentType` is the request's header with its boundary.
Result<std::vector<Part>> parseMultipart(std::string_view contentType, std::string_view body);

}  // namespace ninja3cx::simulators
