#include "shared/config/layer.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace ninja3cx::config {
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxFileBytes = 4U << 20;

boost::json::parse_options options() {
    boost::json::parse_options wanted;
    wanted.allow_comments = true;
    wanted.allow_trailing_commas = true;
    wanted.max_depth = kMaxDepth;
    return wanted;
}

std::size_t lineAt(std::string_view text, std::size_t offset) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

/// Walks a text that the JSON parser has accepted and notes the line of every key.
class LineScanner {
public:
    LineScanner(std::string name, std::string_view text) : name_(std::move(name)), text_(text) {}

    Result<Origins> scan() {
        value("", 0);
        if (duplicate_) return *duplicate_;
        return std::move(origins_);
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void step() {
        if (at_ >= text_.size()) return;
        if (text_[at_] == '\n') ++line_;
        ++at_;
    }
    void blanks() {
        while (at_ < text_.size()) {
            if (text_.substr(at_, 2) == "//") {
                while (at_ < text_.size() && peek() != '\n') step();
            } else if (text_.substr(at_, 2) == "/*") {
                step();
                step();
                while (at_ < text_.size() && text_.substr(at_, 2) != "*/") step();
                step();
                step();
            } else if (std::string_view{" \t\r\n"}.find(peek()) != std::string_view::npos) {
                step();
            } else {
                return;
            }
        }
    }
    /// The string at the cursor, its escapes resolved.
    std::string string() {
        const std::size_t begin = at_;
        step();
        while (at_ < text_.size() && peek() != '"') {
            if (peek() == '\\') step();
            step();
        }
        step();
        boost::system::error_code failure;
        const auto parsed = boost::json::parse(text_.substr(begin, at_ - begin), failure);
        return !failure && parsed.is_string() ? std::string{parsed.get_string()} : std::string{};
    }
    void value(const std::string& path, std::size_t depth) {
        blanks();
        if (depth > kMaxDepth || duplicate_) return;
        if (peek() == '{') {
            members(path, depth);
        } else if (peek() == '[') {
            items(path, depth);
        } else if (peek() == '"') {
            string();
        } else {
            while (at_ < text_.size() &&
                   std::string_view{",]} \t\r\n/"}.find(peek()) == std::string_view::npos)
                step();
        }
    }
    void members(const std::string& path, std::size_t depth) {
        step();
        for (blanks(); peek() == '"' && !duplicate_; blanks()) {
            const std::size_t line = line_;
            const std::string key = string();
            const std::string inner = path.empty() ? key : path + "." + key;
            if (!origins_.emplace(inner, name_ + ":" + std::to_string(line)).second)
                duplicate_ = Error{ErrorKind::BadMessage, name_ + ":" + std::to_string(line) + ": '" + inner +
                                                              "' is there twice; keep one"};
            blanks();
            step();  // the colon
            value(inner, depth + 1);
            blanks();
            if (peek() == ',') step();
        }
        step();
    }
    void items(const std::string& path, std::size_t depth) {
        step();
        std::size_t index = 0;
        for (blanks(); at_ < text_.size() && peek() != ']' && !duplicate_; blanks()) {
            const std::string inner = path + "[" + std::to_string(index++) + "]";
            origins_.emplace(inner, name_ + ":" + std::to_string(line_));
            const std::size_t before = at_;
            value(inner, depth + 1);
            blanks();
            if (peek() == ',') step();
            if (at_ == before) return;
        }
        step();
    }

    std::string name_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    Origins origins_;
    std::optional<Error> duplicate_;
};

void merge(boost::json::value& lower, const boost::json::value& upper) {
    if (!lower.is_object() || !upper.is_object()) {
        lower = upper;
        return;
    }
    for (const auto& [key, value] : upper.get_object()) merge(lower.get_object()[key], value);
}

}  // namespace

Result<Layer> parseLayer(const std::string& name, std::string_view text) {
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    boost::json::stream_parser parser{{}, options()};
    boost::system::error_code failure;
    const std::size_t read = parser.write(text.data(), text.size(), failure);
    if (!failure) parser.finish(failure);
    if (failure)
        return Error{ErrorKind::BadMessage, name + ":" + std::to_string(lineAt(text, read)) +
                                                ": no valid JSON here: " + failure.message()};
    Layer layer{name, parser.release(), {}};
    if (!layer.tree.is_object())
        return Error{ErrorKind::BadMessage,
                     name + ":1: must be a JSON object, as in { \"server\": { \"port\": 3000 } }"};
    auto origins = LineScanner{name, text}.scan();
    if (!origins) return origins.error();
    layer.origins = std::move(*origins);
    return layer;
}

Result<Layer> readLayer(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream)
        return Error{ErrorKind::Io, file.string() + ": cannot be read; check the path and its permissions"};
    std::string text;
    text.resize(kMaxFileBytes + 1);
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > kMaxFileBytes)
        return Error{ErrorKind::BadMessage,
                     file.string() + ": larger than 4 MiB; this is no configuration file"};
    return parseLayer(file.string(), text);
}

void overlay(Layer& lower, const Layer& upper) {
    merge(lower.tree, upper.tree);
    for (const auto& [path, origin] : upper.origins) lower.origins[path] = origin;
}

std::string originOf(const Layer& layer, std::string path) {
    while (!path.empty()) {
        if (const auto found = layer.origins.find(path); found != layer.origins.end()) return found->second;
        const std::size_t cut = path.find_last_of(".[");
        path = cut == std::string::npos ? std::string{} : path.substr(0, cut);
    }
    return layer.name;
}

}  // namespace ninja3cx::config
