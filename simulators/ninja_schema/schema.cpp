#include "simulators/ninja_schema/schema.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace ninja3cx::simulators {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::array<std::string_view, 15> kKeywords{
    "type",      "properties", "required", "additionalProperties", "items",    "enum", "format", "minLength",
    "maxLength", "minimum",    "maximum",  "uniqueItems",          "nullable", "$ref", "note"};
constexpr std::array<std::string_view, 6> kTypes{"object", "array", "string", "integer", "number", "boolean"};
constexpr std::array<std::string_view, 5> kFormats{"int32", "int64", "double", "uuid", "binary"};
/// References may lead to references, never in a circle.
constexpr int kMostReferences = 8;

template <std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N>& known) {
    return std::find(known.begin(), known.end(), text) != known.end();
}

std::string_view textAt(const object& type, std::string_view keyword) {
    const value* found = type.if_contains(keyword);
    return found && found->is_string() ? std::string_view{found->get_string()} : std::string_view{};
}

bool flagAt(const object& type, std::string_view keyword) {
    const value* found = type.if_contains(keyword);
    return found && found->is_bool() && found->get_bool();
}

std::optional<std::int64_t> numberAt(const object& type, std::string_view keyword) {
    const value* found = type.if_contains(keyword);
    return found && found->is_int64() ? std::optional{found->get_int64()} : std::nullopt;
}

std::string join(const std::string& path, std::string_view name) {
    return path.empty() ? std::string{name} : path + "." + std::string{name};
}

/// As Java counts them: a character beyond the basic plane is two.
std::int64_t utf16Units(std::string_view text) {
    std::int64_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
    }
    return units;
}

bool isUuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool isHex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? c != '-' : !isHex) return false;
    }
    return true;
}

std::string listed(const array& names) {
    std::string text;
    for (const value& name : names)
        if (name.is_string()) text += (text.empty() ? "" : ", ") + std::string{name.get_string()};
    return text;
}

/// What a value is called in a refusal.
std::string shown(const value& given) {
    std::string text = boost::json::serialize(given);
    if (text.size() <= 40) return text;
    std::size_t end = 40;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // no half characters
    return text.substr(0, end) + "…";
}

/// One walk through a value.
class Walk {
public:
    Walk(const Schema& schema, Extras extras) : schema_(schema), extras_(extras) {}

    void check(const value& typeOrName, const value& given, const std::string& path) {
        if (found_.size() >= Schema::kMostViolations) return;
        const object& type = schema_.resolved(typeOrName);
        const std::string_view kind = textAt(type, "type");
        if (given.is_null()) {
            if (!kind.empty() && !flagAt(type, "nullable")) add(path, "must not be null");
            return;
        }
        if (kind == "object")
            checkObject(type, given, path);
        else if (kind == "array")
            checkArray(type, given, path);
        else if (kind == "string")
            checkString(type, given, path);
        else if (kind == "integer" || kind == "number")
            checkNumber(type, given, path, kind == "integer");
        else if (kind == "boolean" && !given.is_bool())
            add(path, "must be true or false, not " + shown(given));
    }

    std::vector<Violation> found() && { return std::move(found_); }

private:
    void add(const std::string& path, std::string expected) {
        if (found_.size() < Schema::kMostViolations) found_.push_back({path, std::move(expected)});
    }

    void checkObject(const object& type, const value& given, const std::string& path) {
        if (!given.is_object()) return add(path, "must be an object, not " + shown(given));
        const object& fields = given.get_object();
        if (const value* required = type.if_contains("required"))
            for (const value& name : required->get_array())
                if (!fields.contains(name.get_string()))
                    add(join(path, name.get_string()), "must not be null");
        const value* properties = type.if_contains("properties");
        const value* additional = type.if_contains("additionalProperties");
        for (const auto& [name, field] : fields) {
            const value* property = properties ? properties->get_object().if_contains(name) : nullptr;
            if (property)
                check(*property, field, join(path, name));
            else if (additional && additional->is_object())
                check(*additional, field, join(path, name));
            else if (!additional && extras_ == Extras::Refused)
                add(join(path, name),
                    "is no known property (Unrecognized field \"" + std::string{name} + "\")");
        }
    }

    void checkArray(const object& type, const value& given, const std::string& path) {
        if (!given.is_array()) return add(path, "must be an array, not " + shown(given));
        const array& items = given.get_array();
        if (const value* item = type.if_contains("items"))
            for (std::size_t i = 0; i < items.size(); ++i)
                check(*item, items[i], path + "[" + std::to_string(i) + "]");
        if (!flagAt(type, "uniqueItems")) return;
        for (std::size_t i = 1; i < items.size(); ++i)
            if (std::find(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(i), items[i]) !=
                items.begin() + static_cast<std::ptrdiff_t>(i))
                return add(path + "[" + std::to_string(i) + "]", "must not be there twice");
    }

    void checkString(const object& type, const value& given, const std::string& path) {
        if (!given.is_string()) return add(path, "must be a string, not " + shown(given));
        const std::string_view text{given.get_string()};
        if (const value* allowed = type.if_contains("enum"))
            if (std::find(allowed->get_array().begin(), allowed->get_array().end(), given) ==
                allowed->get_array().end())
                add(path, "must be one of " + listed(allowed->get_array()) + ", not " + shown(given));
        const auto least = numberAt(type, "minLength");
        const auto most = numberAt(type, "maxLength");
        const std::int64_t size = utf16Units(text);
        if (most && (size < least.value_or(0) || size > *most))
            add(path, "size must be between " + std::to_string(least.value_or(0)) + " and " +
                          std::to_string(*most) + ", not " + std::to_string(size));
        else if (least && size < *least)
            add(path, "size must be at least " + std::to_string(*least));
        if (textAt(type, "format") == "uuid" && !isUuid(text))
            add(path, "must be a UUID, not " + shown(given));
    }

    void checkNumber(const object& type, const value& given, const std::string& path, bool isWhole) {
        if (!given.is_number()) return add(path, "must be a number, not " + shown(given));
        if (!isWhole) return;
        if (!given.is_int64()) return add(path, "must be a whole number, not " + shown(given));
        const std::int64_t number = given.get_int64();
        if (textAt(type, "format") == "int32" && !std::in_range<std::int32_t>(number))
            return add(path, "must fit into 32 bits, not " + shown(given));
        if (const auto least = numberAt(type, "minimum"); least && number < *least)
            add(path, "must be at least " + std::to_string(*least));
        if (const auto most = numberAt(type, "maximum"); most && number > *most)
            add(path, "must be at most " + std::to_string(*most));
    }

    const Schema& schema_;
    const Extras extras_;
    std::vector<Violation> found_;
};

Error misspelt(const std::string& place, const std::string& what) {
    return {ErrorKind::BadMessage, place + ": " + what};
}

}  // namespace

std::string textOf(const Violation& violation) {
    return (violation.path.empty() ? "the body" : violation.path) + " " + violation.expected;
}

Result<Schema> Schema::make(object types) {
    Schema schema{std::move(types)};
    for (const auto& [name, type] : schema.types_)
        if (auto checked = schema.checkType(type, std::string{name}); !checked) return checked.error();
    return schema;
}

Result<void> Schema::checkType(const value& type, const std::string& place) const {
    if (!type.is_object()) return misspelt(place, "a type must be an object");
    for (const auto& [keyword, value] : type.get_object()) {
        if (!isOneOf(keyword, kKeywords)) return misspelt(place, "unknown keyword " + std::string{keyword});
        const bool isText = keyword == "type" || keyword == "format" || keyword == "$ref";
        if (isText && !value.is_string()) return misspelt(place, std::string{keyword} + " must be a string");
        const bool isList = keyword == "required" || keyword == "enum";
        if (isList && !value.is_array()) return misspelt(place, std::string{keyword} + " must be an array");
        if (isList)
            for (const auto& name : value.get_array())
                if (!name.is_string()) return misspelt(place, std::string{keyword} + " must hold strings");
        const bool isNumber =
            keyword == "minLength" || keyword == "maxLength" || keyword == "minimum" || keyword == "maximum";
        if (isNumber && !value.is_int64())
            return misspelt(place, std::string{keyword} + " must be a whole number");
    }
    const object& fields = type.get_object();
    if (const auto name = textAt(fields, "$ref"); !name.empty()) {
        std::string_view next = name;
        for (int i = 0; !next.empty(); ++i) {
            const value* target = types_.if_contains(next);
            if (!target || !target->is_object() || i == kMostReferences)
                return misspelt(place, "no type " + std::string{name});
            next = textAt(target->get_object(), "$ref");
        }
    }
    if (const auto kind = textAt(fields, "type"); !kind.empty() && !isOneOf(kind, kTypes))
        return misspelt(place, "unknown type " + std::string{kind});
    if (const auto format = textAt(fields, "format"); !format.empty() && !isOneOf(format, kFormats))
        return misspelt(place, "unknown format " + std::string{format});
    if (const value* properties = fields.if_contains("properties")) {
        if (!properties->is_object()) return misspelt(place, "properties must be an object");
        for (const auto& [name, property] : properties->get_object())
            if (auto checked = checkType(property, join(place, name)); !checked) return checked;
    }
    if (const value* required = fields.if_contains("required"))
        for (const value& name : required->get_array())
            if (const value* properties = fields.if_contains("properties");
                !properties || !properties->get_object().contains(name.get_string()))
                return misspelt(place, "requires the unknown property " + std::string{name.get_string()});
    if (const value* items = fields.if_contains("items"))
        if (auto checked = checkType(*items, place + "[]"); !checked) return checked;
    if (const value* additional = fields.if_contains("additionalProperties")) {
        if (additional->is_object()) return checkType(*additional, place + ".*");
        if (!additional->is_bool() || !additional->get_bool())
            return misspelt(place, "additionalProperties must be true or a type");
    }
    return {};
}

const object& Schema::resolved(const value& type) const {
    const object* found = &type.get_object();
    while (const value* name = found->if_contains("$ref"))
        found = &types_.at(name->get_string()).get_object();
    return *found;
}

std::vector<Violation> Schema::violations(const value& type, const value& given, const std::string& path,
                                          Extras extras) const {
    Walk walk{*this, extras};
    walk.check(type, given, path);
    return std::move(walk).found();
}

}  // namespace ninja3cx::simulators
