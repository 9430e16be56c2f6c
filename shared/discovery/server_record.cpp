#include "shared/discovery/server_record.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace ninja3cx::discovery {
namespace {

constexpr std::size_t kMaxIdentity = 64;
constexpr std::size_t kMaxVersion = 32;
constexpr std::size_t kMaxPath = 128;

bool isWordOf(std::string_view text, std::string_view others) {
    return std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               others.find(c) != std::string_view::npos;
    });
}

Error bad(const std::string& what) {
    return Error{ErrorKind::BadMessage, "TXT record: " + what};
}

}  // namespace

std::vector<std::string> encodeTxt(const ServerRecord& record) {
    return {"txtvers=1", "id=" + record.identity, "version=" + record.version,
            record.isTls ? "tls=1" : "tls=0", "path=" + record.path};
}

Result<ServerRecord> decodeTxt(const std::vector<std::string>& entries) {
    std::map<std::string, std::string> values;
    for (const std::string& entry : entries) {
        const std::size_t end = entry.find('=');
        if (end == std::string::npos || end == 0) continue;
        values.emplace(lowered(std::string_view{entry}.substr(0, end)), entry.substr(end + 1));
    }
    std::optional<Error> failure;
    const auto take = [&](const std::string& key, std::size_t most, auto isFit) {
        const auto found = values.find(key);
        const std::string value = found == values.end() ? "" : found->second;
        const bool isThere = !value.empty() && value.size() <= most && isFit(value);
        if (!isThere && !failure)
            failure = bad(found == values.end() ? "'" + key + "' is missing"
                                                : "'" + key + "' has no value that it may have");
        return isThere ? value : std::string{};
    };
    take("txtvers", 1, [](const std::string& value) { return value == "1"; });
    ServerRecord record;
    record.identity = take("id", kMaxIdentity, [](const auto& value) { return isWordOf(value, "-_"); });
    record.version = take("version", kMaxVersion, [](const auto& value) { return isWordOf(value, ".-+~_"); });
    record.isTls = take("tls", 1, [](const auto& value) { return value == "0" || value == "1"; }) == "1";
    record.path = take("path", kMaxPath,
                       [](const auto& value) { return value.front() == '/' && isWordOf(value, "/-._~"); });
    if (failure) return *failure;
    return record;
}

std::string shownName(std::string_view name) {
    const std::string text = toValidUtf8(name);
    std::string shown;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        if (byte < 0x20 || byte == 0x7F) continue;
        if (byte == 0xC2 && next < 0xA0) {  // U+0080 to U+009F: controls as well
            ++i;
            continue;
        }
        shown += text[i];
    }
    return shown;
}

}  // namespace ninja3cx::discovery
