#pragma once

#include "shared/core/clock.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::simulators {

/// "Pbx.DownloadRecording(recId=5)"
struct ODataFunction {
    std::string name;
    std::map<std::string, std::string> values;  // without their quotes

    std::string valueOf(const std::string& parameter) const {
        const auto found = values.find(parameter);
        return found == values.end() ? std::string{} : found->second;
    }
};
std::optional<ODataFunction> parseODataFunction(std::string_view text);

/// "2026-01-01T00:00:00Z"; nothing for any other way to write a time.
std::optional<SystemTime> parseUtcSecond(const std::string& text);

}  // namespace ninja3cx::simulators
