#include "shared/config/environment.hpp"

#include <boost/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

extern char** environ;

namespace ninja3cx::config {
namespace {

bool isNameCharacter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}
std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// `text` after the "=", without quotes or a trailing comment; nothing if a quote is left open.
std::optional<std::string> unquoted(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || (text.front() != '"' && text.front() != '\''))
        return std::string{trimmed(text.substr(0, text.find(" #")))};
    const char quote = text.front();
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == quote) return value;
        if (text[i] == '\\' && quote == '"' && i + 1 < text.size()) ++i;
        value.push_back(text[i]);
    }
    return std::nullopt;
}

boost::json::array commaSeparated(std::string_view text) {
    boost::json::array items;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        if (const auto item = trimmed(text.substr(0, comma)); !item.empty())
            items.emplace_back(boost::json::string_view{item});
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    return items;
}

Result<boost::json::value> fromText(Kind kind, const std::string& text) {
    switch (kind) {
        case Kind::Text:
            return boost::json::value(boost::json::string_view{text});
        case Kind::Truth:
            if (text == "true" || text == "1" || text == "yes" || text == "on")
                return boost::json::value(true);
            if (text == "false" || text == "0" || text == "no" || text == "off")
                return boost::json::value(false);
            return Error{ErrorKind::BadMessage, "must be true or false"};
        case Kind::List:
            if (!trimmed(text).starts_with('[')) return boost::json::value(commaSeparated(text));
            break;
        default:
            break;
    }
    boost::system::error_code failure;
    auto value = boost::json::parse(text, failure);
    if (failure)
        return Error{ErrorKind::BadMessage, kind == Kind::Number ? "must be a number" : "must be JSON"};
    return value;
}

void put(boost::json::value& tree, std::string_view path, boost::json::value value) {
    boost::json::value* at = &tree;
    while (true) {
        const std::size_t dot = path.find('.');
        at = &at->get_object()[path.substr(0, dot)];
        if (dot == std::string_view::npos) break;
        if (!at->is_object()) *at = boost::json::object{};
        path = path.substr(dot + 1);
    }
    *at = std::move(value);
}

const Schema* find(const Schema& schema, std::string_view path) {
    const Schema* at = &schema;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const auto member =
            std::find_if(at->members.begin(), at->members.end(),
                         [&](const Schema& candidate) { return candidate.name == path.substr(0, dot); });
        if (member == at->members.end()) return nullptr;
        at = &*member;
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
    return at;
}

}  // namespace

Environment processEnvironment() {
    Environment all;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text{*entry};
        if (const std::size_t equals = text.find('='); equals != std::string_view::npos)
            all.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return all;
}

Result<Environment> parseDotEnv(const std::string& name, std::string_view text) {
    Environment all;
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = text.find('\n');
        std::string_view entry = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (entry.empty() || entry.front() == '#') continue;
        if (entry.starts_with("export ")) entry = trimmed(entry.substr(7));
        const std::size_t equals = entry.find('=');
        const std::string_view key = trimmed(entry.substr(0, equals));
        const auto value =
            equals == std::string_view::npos ? std::nullopt : unquoted(entry.substr(equals + 1));
        if (!value || key.empty() || !std::all_of(key.begin(), key.end(), isNameCharacter))
            return Error{ErrorKind::BadMessage,
                         name + ":" + std::to_string(line) + ": must be NAME=value, # comment or empty"};
        all[std::string{key}] = *value;
    }
    return all;
}

Result<Environment> readDotEnv(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return Error{ErrorKind::Io, file.string() + ": cannot be read; check its permissions"};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    return parseDotEnv(file.string(), text);
}

std::string variableFor(const std::string& path) {
    std::string name;
    for (char c : path) {
        if (c == '.') {
            name.push_back('_');
        } else if (c >= 'A' && c <= 'Z') {
            name.push_back('_');
            name.push_back(c);
        } else {
            name.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    return name;
}

Result<Layer> environmentLayer(const Schema& schema, const Environment& environment) {
    Layer layer{"environment", boost::json::object{}, {}};
    for (const std::string& path : keysOf(schema)) {
        const std::string variable = variableFor(path);
        const auto set = environment.find(variable);
        const Schema* key = find(schema, path);
        if (set == environment.end() || !key) continue;
        const std::string origin = "environment variable " + variable;
        auto value = fromText(key->kind, set->second);
        if (!value) return Error{ErrorKind::BadMessage, origin + ": " + value.error().detail};
        layer.origins[path] = origin;
        put(layer.tree, path, std::move(*value));
    }
    return layer;
}

}  // namespace ninja3cx::config
