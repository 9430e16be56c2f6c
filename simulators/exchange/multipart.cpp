#include "simulators/exchange/multipart.hpp"

#include "simulators/exchange/exchange.hpp"

namespace ninja3cx::simulators {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// The parameter `name` of a header such as `form-data; name="x"`; a ';' inside quotes does not separate.
std::string parameter(std::string_view header, std::string_view name) {
    std::size_t at = 0;
    while (at < header.size()) {
        bool isQuoted = false;
        std::size_t end = at;
        while (end < header.size() && (isQuoted || header[end] != ';')) {
            if (header[end] == '"') isQuoted = !isQuoted;
            ++end;
        }
        const std::string_view piece = trimmed(header.substr(at, end - at));
        const std::size_t equals = piece.find('=');
        if (equals != std::string_view::npos && equalIgnoringCase(piece.substr(0, equals), name)) {
            std::string_view value = trimmed(piece.substr(equals + 1));
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
                value = value.substr(1, value.size() - 2);
            return std::string{value};
        }
        at = end + 1;
    }
    return {};
}

Error broken(const std::string& what) {
    return {ErrorKind::BadMessage, "multipart body: " + what};
}

Result<Part> parsePart(std::string_view text) {
    Part part;
    while (true) {
        const std::size_t end = text.find("\r\n");
        if (end == std::string_view::npos) return broken("a part has no end of headers");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 2);
        if (line.empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return broken("a header without a colon");
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (equalIgnoringCase(name, "Content-Disposition")) {
            part.name = parameter(value, "name");
            part.fileName = parameter(value, "filename");
        } else if (equalIgnoringCase(name, "Content-Type")) {
            part.contentType = std::string{value};
        }
    }
    if (part.name.empty()) return broken("a part has no name");
    part.body = std::string{text};
    return part;
}

}  // namespace

Result<std::vector<Part>> parseMultipart(std::string_view contentType, std::string_view body) {
    const std::string boundary = parameter(contentType, "boundary");
    if (boundary.empty()) return broken("the content type names no boundary");
    const std::string opening = "--" + boundary;
    const std::string separator = "\r\n" + opening;
    if (!body.starts_with(opening)) return broken("does not begin with its boundary");
    body.remove_prefix(opening.size());
    std::vector<Part> parts;
    while (!body.starts_with("--")) {
        if (!body.starts_with("\r\n")) return broken("no line end after a boundary");
        body.remove_prefix(2);
        const std::size_t end = body.find(separator);
        if (end == std::string_view::npos) return broken("the last boundary is missing");
        auto part = parsePart(body.substr(0, end));
        if (!part) return part.error();
        parts.push_back(std::move(*part));
        body.remove_prefix(end + separator.size());
    }
    return parts;
}

}  // namespace ninja3cx::simulators
