#pragma once

#include "shared/core/result.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace ninja3cx::config {

/// Where a value was written, for error messages: "server/config/default.json:12", "environment variable
/// SERVER_PORT".
using Origins = std::map<std::string, std::string>;

/// The settings of one source, not yet checked. `origins` knows every key by its path, e.g.
/// "server.tls.keyFile".
struct Layer {
    std::string name;
    boost::json::value tree;
    Origins origins;
};

/// JSON; // and /* */ comments and trailing commas are allowed, a key twice in one object is not. Errors
/// start with "name:line:".
Result<Layer> parseLayer(const std::string& name, std::string_view text);
Result<Layer> readLayer(const std::filesystem::path& file);

/// Puts `upper` over `lower`: objects merge, everything else replaces.
void overlay(Layer& lower, const Layer& upper);

/// The origin of `path`, or of the nearest thing around it.
std::string originOf(const Layer& layer, std::string path);

}  // namespace ninja3cx::config
