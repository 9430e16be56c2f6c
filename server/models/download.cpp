#include "server/models/download.hpp"

#include "server/models/checksum.hpp"
#include "shared/core/c_handle.hpp"

#include <curl/curl.h>

#include <cstdio>
#include <system_error>

namespace ninja3cx::models {
namespace {

struct Transfer {
    std::FILE* file = nullptr;
    std::int64_t offset = 0;
    bool didDiskFail = false;
    const Download* download = nullptr;
};

std::size_t onBytes(char* bytes, std::size_t size, std::size_t count, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    const std::size_t written = std::fwrite(bytes, size, count, transfer.file);
    transfer.didDiskFail = written != count;
    return written * size;
}

int onProgress(void* context, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
    const auto& transfer = *static_cast<Transfer*>(context);
    if (transfer.download->isCancelled && transfer.download->isCancelled()) return 1;
    if (transfer.download->onProgress)
        transfer.download->onProgress(transfer.offset + now, total > 0 ? transfer.offset + total : 0);
    return 0;
}

/// One transfer that appends to `part`. Conflict: the server cannot go on in the middle.
Result<void> transferInto(const std::filesystem::path& part, const Download& download) {
    const CHandle<std::FILE, std::fclose> file{std::fopen(part.c_str(), "ab")};
    const CHandle<CURL, curl_easy_cleanup> curl{curl_easy_init()};
    if (!file)
        return Error{ErrorKind::Io,
                     part.string() + ": cannot be written; check the folder and its permissions"};
    if (!curl) return Error{ErrorKind::Io, "libcurl cannot start"};
    std::error_code failure;
    const auto present = std::filesystem::file_size(part, failure);
    Transfer transfer{file.get(), failure ? 0 : static_cast<std::int64_t>(present), false, &download};
    CURL* handle = curl.get();
    const char* protocols = download.url.starts_with("http://") ? "http,https" : "https";
    curl_easy_setopt(handle, CURLOPT_URL, download.url.c_str());
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 8L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 20L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1024L);  // a download that stands still is given up
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 60L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "3cx-ninja-server");
    curl_easy_setopt(handle, CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(transfer.offset));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &onBytes);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
    const CURLcode outcome = curl_easy_perform(handle);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (std::fflush(file.get()) != 0 || transfer.didDiskFail)
        return Error{ErrorKind::Io, part.string() + ": writing failed; is the disk full?"};
    if (outcome == CURLE_OK || (status == 416 && transfer.offset > 0)) return {};  // 416: nothing was missing
    if (outcome == CURLE_RANGE_ERROR) return Error{ErrorKind::Conflict, "no ranges"};
    if (outcome == CURLE_ABORTED_BY_CALLBACK)
        return Error{ErrorKind::Cancelled, "stopped; the same command goes on where this one ended"};
    if (status >= 400)
        return Error{ErrorKind::Rejected, download.url + ": the server answered " + std::to_string(status)};
    return Error{ErrorKind::Unreachable, download.url + ": " + curl_easy_strerror(outcome) +
                                             "; the same command goes on where this one ended"};
}

}  // namespace

Result<void> fetchFile(const Download& download) {
    std::error_code failure;
    std::filesystem::create_directories(download.file.parent_path(), failure);
    const std::filesystem::path part = download.file.string() + ".part";
    auto transferred = transferInto(part, download);
    if (!transferred && transferred.error().kind == ErrorKind::Conflict) {
        std::filesystem::remove(part, failure);
        transferred = transferInto(part, download);
    }
    if (!transferred) return transferred.error();
    if (auto verified = verifyFile(part, download.checksum); !verified) {
        std::filesystem::remove(part, failure);
        return inContext("the download was damaged and is deleted, pull again", verified.error());
    }
    std::filesystem::rename(part, download.file, failure);
    if (failure) return Error{ErrorKind::Io, download.file.string() + ": " + failure.message()};
    return {};
}

}  // namespace ninja3cx::models
