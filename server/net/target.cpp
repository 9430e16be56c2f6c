#include "server/net/target.hpp"

#include "server/net/http.hpp"
#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::net {
namespace {

int hexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool isUnreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// "http://host/path", the form that proxies send, without scheme and host.
std::string_view withoutOrigin(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        const auto slash = target.find('/', scheme.size());
        return slash == std::string_view::npos ? std::string_view{"/"} : target.substr(slash);
    }
    return target;
}

}  // namespace

Result<std::string> percentDecode(std::string_view text, bool plusIsSpace) {
    std::string decoded;
    decoded.reserve(text.size());
    while (!text.empty()) {
        if (text.front() != '%') {
            decoded += plusIsSpace && text.front() == '+' ? ' ' : text.front();
            text.remove_prefix(1);
            continue;
        }
        const int high = text.size() < 3 ? -1 : hexValue(text[1]);
        const int low = text.size() < 3 ? -1 : hexValue(text[2]);
        if (high < 0 || low < 0) return Error{ErrorKind::BadMessage, "a broken percent-encoding"};
        decoded += static_cast<char>(high * 16 + low);
        text.remove_prefix(3);
    }
    if (!isUtf8(decoded)) return Error{ErrorKind::BadMessage, "an address that is not UTF-8"};
    return decoded;
}

Result<std::map<std::string, std::string>> parseFields(std::string_view text) {
    std::map<std::string, std::string> fields;
    for (const auto pair : split(text, '&')) {
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        auto name = percentDecode(pair.substr(0, equals), true);
        if (!name) return name.error();
        auto value = percentDecode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
        if (!value) return value.error();
        fields.insert_or_assign(std::move(*name), std::move(*value));
    }
    return fields;
}

Result<Target> parseTarget(std::string_view text) {
    text = withoutOrigin(text);
    text = text.substr(0, text.find('#'));
    const auto question = text.find('?');
    const auto path = text.substr(0, question);
    if (!path.starts_with('/'))
        return Error{ErrorKind::BadMessage, "a path that does not start with a slash"};
    Target target;
    for (const auto part : split(path.substr(1), '/')) {
        auto segment = percentDecode(part, false);
        if (!segment) return segment.error();
        if (std::any_of(segment->begin(), segment->end(), isControl))
            return Error{ErrorKind::BadMessage, "a control character in a path"};
        target.path += '/' + *segment;
        target.segments.push_back(std::move(*segment));
    }
    for (const auto part : split(target.path, '/'))
        if (part == "." || part == "..") return Error{ErrorKind::BadMessage, "a path with dot segments"};
    if (question != std::string_view::npos) {
        auto query = parseFields(text.substr(question + 1));
        if (!query) return query.error();
        target.query = std::move(*query);
    }
    return target;
}

std::string percentEncode(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += kDigits[byte >> 4];
        encoded += kDigits[byte & 0x0f];
    }
    return encoded;
}

std::string formEncode(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string body;
    for (const auto& [name, value] : fields) {
        if (!body.empty()) body += '&';
        body += percentEncode(name) + '=' + percentEncode(value);
    }
    return body;
}

std::map<std::string, std::string> formDecode(std::string_view body) {
    auto fields = parseFields(body);
    return fields ? std::move(*fields) : std::map<std::string, std::string>{};
}

}  // namespace ninja3cx::net
