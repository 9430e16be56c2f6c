#include "simulators/exchange/exchange.hpp"

#include "simulators/exchange/multipart.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ninja3cx::simulators {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int hexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<std::string> Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (equalIgnoringCase(key, name)) return value;
    return std::nullopt;
}

Reply jsonReply(int status, const boost::json::value& body) {
    Reply reply;
    reply.status = status;
    reply.headers = {{"Content-Type", "application/json"}};
    reply.body = boost::json::serialize(body);
    return reply;
}

Reply htmlReply(int status, std::string page) {
    Reply reply;
    reply.status = status;
    reply.headers = {{"Content-Type", "text/html; charset=utf-8"}};
    reply.body = std::move(page);
    return reply;
}

std::optional<std::vector<std::string>> matchPath(std::string_view pattern, std::string_view path) {
    std::vector<std::string> values;
    while (true) {
        const std::size_t patternEnd = std::min(pattern.find('/', 1), pattern.size());
        const std::size_t pathEnd = std::min(path.find('/', 1), path.size());
        const std::string_view wanted = pattern.substr(0, patternEnd);
        const std::string_view given = path.substr(0, pathEnd);
        if (wanted.size() > 2 && wanted[1] == '{') {
            if (given.size() < 2) return std::nullopt;
            values.emplace_back(given.substr(1));
        } else if (wanted != given) {
            return std::nullopt;
        }
        pattern.remove_prefix(patternEnd);
        path.remove_prefix(pathEnd);
        if (pattern.empty() || path.empty()) break;
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return values;
}

bool hasContentType(const Request& request, std::string_view type) {
    const std::string given = request.header("Content-Type").value_or("");
    const std::string_view withoutParameters = std::string_view{given}.substr(0, given.find(';'));
    const std::size_t last = withoutParameters.find_last_not_of(" \t");
    return last != std::string_view::npos && equalIgnoringCase(withoutParameters.substr(0, last + 1), type);
}

std::optional<std::int64_t> toInteger(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool equalIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string lowerCase(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

std::string percentDecode(std::string_view text, bool plusIsSpace) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 &&
            hexValue(text[i + 2]) >= 0) {
            out.push_back(static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2])));
            i += 2;
        } else {
            out.push_back(plusIsSpace && text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

std::string percentEncode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool isPlain = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' ||
                             c == '.' || c == '_' || c == '~';
        if (isPlain) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back(kHexDigits[byte >> 4U]);
            out.push_back(kHexDigits[byte & 15U]);
        }
    }
    return out;
}

std::map<std::string, std::string> decodeForm(std::string_view text) {
    std::map<std::string, std::string> fields;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view field = text.substr(0, end);
        const std::size_t equals = std::min(field.find('='), field.size());
        const std::string_view value = equals < field.size() ? field.substr(equals + 1) : std::string_view{};
        if (!field.empty()) fields[percentDecode(field.substr(0, equals), true)] = percentDecode(value, true);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return fields;
}

std::map<std::string, std::string> formOf(const Request& request) {
    if (hasContentType(request, "application/x-www-form-urlencoded")) return decodeForm(request.body);
    std::map<std::string, std::string> fields;
    if (hasContentType(request, "multipart/form-data")) {
        if (auto parts = parseMultipart(*request.header("Content-Type"), request.body))
            for (Part& part : *parts) fields[part.name] = std::move(part.body);
    }
    return fields;
}

std::string base64Url(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k <= count; ++k) out.push_back(kBase64Url[group >> (18U - 6U * k) & 63U]);
    }
    return out;
}

std::optional<std::string> decodeBase64(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string out;
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const char plain = c == '+' ? '-' : c == '/' ? '_' : c;
        const std::size_t value = kBase64Url.find(plain);
        if (value == std::string_view::npos) return std::nullopt;
        group = group << 6U | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>(group >> bits & 255U));
        }
    }
    return out;
}

}  // namespace ninja3cx::simulators
