#include "server/models/checksum.hpp"

#include "shared/core/c_handle.hpp"
#include "shared/core/files.hpp"
#include "shared/core/hex.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

namespace ninja3cx::models {

Result<std::string> normalChecksum(const std::string& text) {
    std::string hex = text;
    std::string algorithm;
    if (const std::size_t colon = text.find(':'); colon != std::string::npos) {
        algorithm = text.substr(0, colon);
        hex = text.substr(colon + 1);
    }
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::string byLength = hex.size() == 40 ? "sha1" : hex.size() == 64 ? "sha256" : "";
    const bool isHex = hex.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (byLength.empty() || !isHex || (!algorithm.empty() && algorithm != byLength))
        return Error{ErrorKind::BadMessage,
                     "'" + text + "' is no checksum; write sha1: with 40 or sha256: with 64 hex digits"};
    return byLength + ":" + hex;
}

Result<std::string> checksumOf(const std::filesystem::path& file, const std::string& likeThis) {
    const bool isSha1 = likeThis.starts_with("sha1:");
    const CHandle<EVP_MD_CTX, EVP_MD_CTX_free> context{EVP_MD_CTX_new()};
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return Error{ErrorKind::Io, file.string() + ": cannot be read"};
    if (!context || EVP_DigestInit_ex(context.get(), isSha1 ? EVP_sha1() : EVP_sha256(), nullptr) != 1)
        return Error{ErrorKind::Io, "OpenSSL cannot compute the checksum"};
    std::vector<char> block(1U << 20);
    while (stream) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad()) return Error{ErrorKind::Io, file.string() + ": reading it failed"};
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1)
        return Error{ErrorKind::Io, "OpenSSL cannot compute the checksum"};
    return (isSha1 ? "sha1:" : "sha256:") + toHex(std::span{digest}.first(length));
}

Result<void> verifyFile(const std::filesystem::path& file, const std::string& checksum) {
    auto found = checksumOf(file, checksum);
    if (!found) return found.error();
    if (*found != checksum)
        return Error{ErrorKind::Rejected,
                     file.string() + ": its checksum is " + *found + ", expected " + checksum};
    return {};
}

namespace {

std::filesystem::path noteOf(const std::filesystem::path& file) {
    return file.string() + ".checksum";
}

/// A line for the file and, if it was made here, one for what it was made from.
std::optional<std::string> noteLine(const std::filesystem::path& file, bool isSource) {
    constexpr std::size_t kMostBytes = 256;
    const auto noted = readPrivateFile(noteOf(file), kMostBytes);
    if (!noted || !*noted) return std::nullopt;
    const std::string& text = **noted;
    const std::size_t end = std::min(text.find('\n'), text.size());
    auto checksum =
        normalChecksum(isSource ? text.substr(std::min(end + 1, text.size())) : text.substr(0, end));
    return checksum ? std::optional{std::move(*checksum)} : std::nullopt;
}

}  // namespace

Result<void> noteChecksum(const std::filesystem::path& file, const std::string& checksum,
                          const std::string& source) {
    return writePrivateFile(noteOf(file), source.empty() ? checksum : checksum + "\n" + source);
}

std::optional<std::string> notedChecksum(const std::filesystem::path& file) {
    return noteLine(file, false);
}

std::optional<std::string> notedSource(const std::filesystem::path& file) {
    return noteLine(file, true);
}

Result<void> installMade(const std::filesystem::path& made, const std::filesystem::path& file,
                         const std::string& source) {
    const auto checksum = checksumOf(made, "sha256:");
    if (!checksum) return checksum.error();
    // First the note: a file without one would not be known again.
    if (auto noted = noteChecksum(file, *checksum, source); !noted) return noted.error();
    std::error_code failure;
    std::filesystem::rename(made, file, failure);
    if (failure) return Error{ErrorKind::Io, file.string() + ": " + failure.message()};
    return {};
}

}  // namespace ninja3cx::models
