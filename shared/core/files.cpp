#include "shared/core/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace ninja3cx {
namespace {

Error failure(const char* what, const std::filesystem::path& file) {
    return Error{ErrorKind::Io, std::string{what} + " " + file.string() + ": " +
                                    std::error_code{errno, std::generic_category()}.message()};
}

Result<void> writeAll(int fd, std::string_view content, const std::filesystem::path& file) {
    while (!content.empty()) {
        const ::ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failure("cannot write", file);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

}  // namespace

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}
FileDescriptor::~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
}

Result<void> writePrivateFile(const std::filesystem::path& file, std::string_view content) {
    std::filesystem::path temporary = file;
    temporary += ".new";
    {
        const FileDescriptor fd{
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (!fd.isOpen()) return failure("cannot create", temporary);
        if (::fchmod(fd.get(), 0600) != 0) return failure("cannot protect", temporary);
        if (auto written = writeAll(fd.get(), content, temporary); !written) return written.error();
        if (::fsync(fd.get()) != 0) return failure("cannot flush", temporary);
    }
    if (::rename(temporary.c_str(), file.c_str()) != 0) return failure("cannot replace", file);
    const std::filesystem::path folder =
        file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
    const FileDescriptor fd{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd.isOpen()) return failure("cannot open", folder);
    if (::fsync(fd.get()) != 0) return failure("cannot flush", folder);
    return {};
}

Result<std::optional<std::string>> readPrivateFile(const std::filesystem::path& file, std::size_t maxBytes) {
    const FileDescriptor fd{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd.isOpen()) {
        if (errno == ENOENT) return std::optional<std::string>{};
        return failure("cannot open", file);
    }
    std::string content;
    std::string block(64U << 10U, '\0');
    while (true) {
        const ::ssize_t got = ::read(fd.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failure("cannot read", file);
        if (got == 0) return std::optional<std::string>{std::move(content)};
        content.append(block, 0, static_cast<std::size_t>(got));
        if (content.size() > maxBytes)
            return Error{ErrorKind::BadMessage,
                         file.string() + " is larger than " + std::to_string(maxBytes) + " bytes"};
    }
}

}  // namespace ninja3cx
