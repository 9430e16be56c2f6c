#include "server/api/static_files.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace ninja3cx::api {
namespace {

constexpr const char* kIndex = "/index.html";
constexpr std::uintmax_t kMaxFileBytes = 16U << 20;

std::string typeOf(const std::filesystem::path& file) {
    static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                                          {".js", "text/javascript; charset=utf-8"},
                                                          {".mjs", "text/javascript; charset=utf-8"},
                                                          {".css", "text/css; charset=utf-8"},
                                                          {".json", "application/json"},
                                                          {".svg", "image/svg+xml"},
                                                          {".png", "image/png"},
                                                          {".ico", "image/x-icon"},
                                                          {".webp", "image/webp"},
                                                          {".jpg", "image/jpeg"},
                                                          {".woff2", "font/woff2"},
                                                          {".woff", "font/woff"},
                                                          {".txt", "text/plain; charset=utf-8"},
                                                          {".map", "application/json"},
                                                          {".webmanifest", "application/manifest+json"},
                                                          {".mp3", "audio/mpeg"},
                                                          {".wasm", "application/wasm"}};
    const auto found = types.find(file.extension().string());
    return found == types.end() ? "application/octet-stream" : found->second;
}

net::HttpResponse page(int status, std::string text) {
    net::HttpResponse response{status, {}, std::move(text)};
    response.headers.set("Content-Type", "text/plain; charset=utf-8");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

StaticFiles::StaticFiles(std::filesystem::path folder) : folder_(std::move(folder)) {
    readAgain();
}

void StaticFiles::readAgain() {
    std::error_code failure;
    const auto changed = std::filesystem::last_write_time(folder_ / "index.html", failure);
    if (failure) {
        files_.clear();
        readAt_ = {};
        return;
    }
    if (changed == readAt_ && !files_.empty()) return;
    files_.clear();
    readAt_ = changed;
    for (std::filesystem::recursive_directory_iterator it{folder_, failure}, end; !failure && it != end;
         it.increment(failure)) {
        std::error_code ignored;
        if (!it->is_regular_file(ignored) || it->is_symlink(ignored) ||
            it->file_size(ignored) > kMaxFileBytes)
            continue;
        std::ifstream stream{it->path(), std::ios::binary};
        files_["/" + it->path().lexically_relative(folder_).generic_string()] =
            File{typeOf(it->path()), std::string{std::istreambuf_iterator<char>{stream}, {}}};
    }
}

net::HttpResponse StaticFiles::get(const std::string& path) {
    auto found = files_.find(path);
    if (found == files_.end()) {
        readAgain();
        found = files_.find(path);
    }
    if (found == files_.end()) {
        // A file that is not there must not look like a page: a browser would take HTML for a script.
        if (path.substr(path.find_last_of('/') + 1).find('.') != std::string::npos)
            return page(404, "There is no such file.\n");
        found = files_.find(kIndex);
    }
    if (found == files_.end())
        return page(404, "The dashboard is not built. Run `make build`, or set server.dashboardDir.\n");
    net::HttpResponse response{200, {}, found->second.body};
    response.headers.set("Content-Type", found->second.type);
    // Vite puts a hash of the content into the names below /assets.
    response.headers.set("Cache-Control", found->first.starts_with("/assets/")
                                              ? "public, max-age=31536000, immutable"
                                              : "no-cache");
    return response;
}

}  // namespace ninja3cx::api
