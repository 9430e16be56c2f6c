#pragma once

#include "shared/json/codec.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace ninja3cx::analysis {

/// A file of the repository; tests run in its root.
inline std::string readFile(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::stringstream text;
    text << file.rdbuf();
    if (!file) throw std::runtime_error("cannot read " + path);
    return text.str();
}

inline boost::json::value readJsonFile(const std::string& path) {
    const auto value = json::parse(readFile(path));
    if (!value) throw std::runtime_error(path + ": " + value.error().detail);
    return *value;
}

}  // namespace ninja3cx::analysis
