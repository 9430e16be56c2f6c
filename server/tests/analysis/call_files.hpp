#pragma once

#include "shared/json/codec.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace ninja3cx::analysis {

/// A JSON file of the repository; tests run in its root.
inline boost::json::value readJsonFile(const std::string& path) {
    std::ifstream file{path};
    std::stringstream text;
    text << file.rdbuf();
    const auto value = json::parse(text.str());
    if (!value) throw std::runtime_error(path + ": " + value.error().detail);
    return *value;
}

}  // namespace ninja3cx::analysis
