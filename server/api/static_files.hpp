#pragma once

#include "server/net/http.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace ninja3cx::api {

/// The built dashboard, held in memory and read again when its index changes. Paths without a file are the
/// index: the dashboard has pages of its own.
class StaticFiles {
public:
    explicit StaticFiles(std::filesystem::path folder);
    net::HttpResponse get(const std::string& path);

private:
    struct File {
        std::string type;
        std::string body;
    };
    void readAgain();

    std::filesystem::path folder_;
    std::filesystem::file_time_type readAt_{};
    std::map<std::string, File> files_;  // "/assets/index-3f2a.js"
};

}  // namespace ninja3cx::api
