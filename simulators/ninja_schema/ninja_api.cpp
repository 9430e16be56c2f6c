#include "simulators/ninja_schema/ninja_api.hpp"

#include "shared/json/codec.hpp"
#include "simulators/exchange/multipart.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::simulators {

extern const std::string_view kNinjaApiJson;  // ninja_api.json

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr int kBadRequest = 400;
constexpr int kNotFound = 404;
constexpr int kUnsupportedMediaType = 415;

constexpr std::array<std::string_view, 9> kOperationKeys{
    "path", "query", "requiredQuery", "json", "form", "multipart", "requiredParts", "requiresBody", "answer"};

const object& objectAt(const object& operation, std::string_view key) {
    static const object kNothing;
    const value* found = operation.if_contains(key);
    return found ? found->get_object() : kNothing;
}
bool holds(const object& operation, std::string_view list, std::string_view name) {
    const value* found = operation.if_contains(list);
    return found && std::any_of(found->get_array().begin(), found->get_array().end(),
                                [&](const value& item) { return item.get_string() == name; });
}

bool isOauth(std::string_view pattern) {
    return pattern.starts_with("/ws/oauth/");
}

/// As the operations write it: below the API's prefix, or OAuth by its long name.
std::optional<std::string> pathOfOperation(const std::string& path) {
    if (path.starts_with("/oauth/")) return "/ws" + path;
    if (isOauth(path)) return path;
    for (const std::string_view prefix : {"/api/v2", "/v2"}) {
        const std::string rest = path.starts_with(prefix) ? path.substr(prefix.size()) : "";
        if (rest.starts_with('/') && !isOauth(rest)) return rest;
    }
    return std::nullopt;
}

/// "ticketId" of "/ticketing/ticket/{ticketId}".
std::vector<std::string> namesIn(std::string_view pattern) {
    std::vector<std::string> names;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
         open = pattern.find('{', open + 1))
        names.emplace_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
    return names;
}

/// A parameter's text as the value that its type means; left as a string where it is none of that type.
value fromText(const object& type, const std::string& text) {
    const value* kind = type.if_contains("type");
    if (kind && kind->get_string() == "integer")
        if (const auto number = toInteger(text)) return *number;
    if (kind && kind->get_string() == "boolean" && (text == "true" || text == "false")) return text == "true";
    return value(boost::json::string_view{text});
}

/// The examination of one request against its operation.
class Examination {
public:
    Examination(const Schema& schema, const object& operation, const Request& request, Verdict& verdict)
        : schema_(schema), operation_(operation), request_(request), verdict_(verdict) {}

    void parameters(std::string_view pattern, const std::vector<std::string>& values) {
        const object& types = objectAt(operation_, "path");
        const std::vector<std::string> names = namesIn(pattern);
        for (std::size_t i = 0; i < names.size(); ++i)
            parameter(types.at(names[i]), values[i], "path." + names[i]);
        const object& query = objectAt(operation_, "query");
        for (const auto& [name, text] : request_.query) {
            if (const value* type = query.if_contains(name))
                parameter(*type, text, "query." + name);
            else
                refuse("query." + name, "is no known parameter");
        }
        if (const value* required = operation_.if_contains("requiredQuery"))
            for (const value& name : required->get_array())
                if (!request_.query.contains(std::string{name.get_string()}))
                    refuse("query." + std::string{name.get_string()}, "must be there");
    }

    void authorization(std::string_view pattern) {
        const auto header = request_.header("Authorization");
        const bool isBearer = header && header->starts_with("Bearer ") && header->size() > 7;
        if (!isOauth(pattern) && !isBearer) refuse("Authorization", "must be 'Bearer …'");
    }

    void body() {
        if (const value* type = operation_.if_contains("json"))
            jsonBody(*type);
        else if (operation_.contains("form"))
            formBody(objectAt(operation_, "form"));
        else if (operation_.contains("multipart"))
            multipartBody(objectAt(operation_, "multipart"));
        else if (!request_.body.empty())
            refuse("", "must be empty");
    }

private:
    void refuse(std::string path, std::string expected, int status = kBadRequest) {
        verdict_.violations.push_back({std::move(path), std::move(expected)});
        // The media type is looked at before anything inside the body.
        if (verdict_.status == 0 || status == kUnsupportedMediaType) verdict_.status = status;
    }
    void check(const value& type, const value& given, const std::string& path) {
        for (Violation& violation : schema_.violations(type, given, path, Extras::Refused))
            refuse(std::move(violation.path), std::move(violation.expected));
    }
    void parameter(const value& type, const std::string& text, const std::string& place) {
        check(type, fromText(schema_.resolved(type), text), place);
    }
    bool isOfType(std::string_view type) {
        if (hasContentType(request_, type)) return true;
        refuse("Content-Type", "must be " + std::string{type}, kUnsupportedMediaType);
        return false;
    }

    void jsonBody(const value& type) {
        if (request_.body.empty() && !operation_.contains("requiresBody")) return;
        if (!isOfType("application/json")) return;
        if (const auto parsed = json::parse(request_.body))
            check(type, *parsed, "");
        else
            refuse("", "must be JSON: " + parsed.error().detail);
    }

    void formBody(const object& byGrant) {
        if (!isOfType("application/x-www-form-urlencoded")) return;
        auto fields = decodeForm(request_.body);
        const std::string basic = request_.header("Authorization").value_or("");
        if (basic.starts_with("Basic ")) {
            const std::string client = decodeBase64(std::string_view{basic}.substr(6)).value_or("");
            const std::size_t colon = std::min(client.find(':'), client.size());
            fields["client_id"] = client.substr(0, colon);
            fields["client_secret"] = client.substr(std::min(colon + 1, client.size()));
        }
        const value* type = byGrant.if_contains(fields["grant_type"]);
        if (!type) return refuse("grant_type", "must be a grant that NinjaOne knows");
        object given;
        for (const auto& [name, text] : fields) given[name] = text;
        check(*type, given, "");
    }

    void multipartBody(const object& types) {
        if (!isOfType("multipart/form-data")) return;
        const auto parts = parseMultipart(*request_.header("Content-Type"), request_.body);
        if (!parts) return refuse("", parts.error().detail);
        for (std::size_t i = 0; i < parts->size(); ++i) {
            const Part& part = (*parts)[i];
            const value* type = types.if_contains(part.name);
            if (!type)
                refuse("parts." + part.name, "is no known part");
            else if (schema_.resolved(*type).at("type").get_string() == "array")
                filePart(part);
            else if (std::any_of(parts->begin(), parts->begin() + static_cast<std::ptrdiff_t>(i),
                                 [&](const Part& before) { return before.name == part.name; }))
                refuse("parts." + part.name, "must not be there twice");
            else
                jsonPart(*type, part);
        }
        for (const auto& [name, type] : types)
            if (holds(operation_, "requiredParts", name) &&
                std::none_of(parts->begin(), parts->end(),
                             [&](const Part& part) { return part.name == name; }))
                refuse("parts." + std::string{name}, "must be there");
    }
    void filePart(const Part& part) {
        if (part.fileName.empty()) refuse("parts." + part.name, "must have a file name");
    }
    void jsonPart(const value& type, const Part& part) {
        Request alone;
        alone.headers = {{"Content-Type", part.contentType}};
        if (!hasContentType(alone, "application/json"))
            return refuse("parts." + part.name, "must be of the type application/json",
                          kUnsupportedMediaType);
        if (const auto parsed = json::parse(part.body))
            check(type, *parsed, part.name);
        else
            refuse("parts." + part.name, "must be JSON: " + parsed.error().detail);
    }

    const Schema& schema_;
    const object& operation_;
    const Request& request_;
    Verdict& verdict_;
};

Error misspelt(std::string_view operation, const std::string& what) {
    return {ErrorKind::BadMessage, std::string{operation} + ": " + what};
}

}  // namespace

std::string textOf(const Verdict& verdict) {
    std::string text;
    for (const Violation& violation : verdict.violations)
        text += (text.empty() ? "" : "; ") + textOf(violation);
    return text;
}

const NinjaApi& NinjaApi::builtIn() {
    static const NinjaApi api = parse(kNinjaApiJson).value();
    return api;
}

Result<NinjaApi> NinjaApi::parse(std::string_view text) {
    auto file = json::parse(text);
    if (!file) return file.error();
    const object* whole = file->if_object();
    const value* operations = whole ? whole->if_contains("operations") : nullptr;
    const value* types = whole ? whole->if_contains("types") : nullptr;
    if (!operations || !operations->is_object() || !types || !types->is_object())
        return Error{ErrorKind::BadMessage, "operations and types must be objects"};
    auto schema = Schema::make(types->get_object());
    if (!schema) return inContext("types", schema.error());
    NinjaApi api{operations->get_object(), std::move(*schema)};
    if (auto checked = api.checkOperations(); !checked) return checked.error();
    return api;
}

Result<void> NinjaApi::checkOperations() const {
    for (const auto& [name, operation] : operations_) {
        if (std::string_view{name}.find(" /") == std::string_view::npos || !operation.is_object())
            return misspelt(name, "an operation is an object named 'METHOD /path'");
        for (const auto& [key, part] : operation.get_object()) {
            if (std::find(kOperationKeys.begin(), kOperationKeys.end(), std::string_view{key}) ==
                kOperationKeys.end())
                return misspelt(name, "unknown key " + std::string{key});
            const std::string place = std::string{name} + " " + std::string{key};
            if (key == "requiredQuery" || key == "requiredParts") {
                if (!part.is_array()) return misspelt(place, "must be an array");
                for (const value& item : part.get_array())
                    if (!item.is_string()) return misspelt(place, "must hold strings");
            } else if (key == "json" || key == "answer") {
                if (auto checked = schema_.checkType(part, place); !checked) return checked;
            } else if (key != "requiresBody") {
                if (!part.is_object()) return misspelt(place, "must be an object");
                for (const auto& [field, type] : part.get_object())
                    if (auto checked = schema_.checkType(type, place + "." + std::string{field}); !checked)
                        return checked;
            }
        }
        for (const std::string& parameter : namesIn(name))
            if (!objectAt(operation.get_object(), "path").contains(parameter))
                return misspelt(name, "the type of " + parameter + " is missing");
    }
    return {};
}

Verdict NinjaApi::check(const Request& request) const {
    Verdict verdict;
    const auto path = pathOfOperation(request.path);
    const std::string start = request.method + " ";
    for (const auto& [name, operation] : operations_) {
        if (!path || !std::string_view{name}.starts_with(start)) continue;
        const std::string_view pattern = std::string_view{name}.substr(start.size());
        const auto values = matchPath(pattern, *path);
        if (!values) continue;
        verdict.operation = std::string{name};
        Examination examination{schema_, operation.get_object(), request, verdict};
        examination.parameters(pattern, *values);
        examination.authorization(pattern);
        examination.body();
        return verdict;
    }
    verdict.status = kNotFound;
    verdict.violations.push_back({request.method + " " + request.path, "is no operation that NinjaOne has"});
    return verdict;
}

std::vector<Violation> NinjaApi::answerViolations(const std::string& operation, const value& body) const {
    const value* found = operations_.if_contains(operation);
    const value* answer = found ? found->get_object().if_contains("answer") : nullptr;
    if (!answer) return {};
    return schema_.violations(*answer, body, "", Extras::Ignored);
}

}  // namespace ninja3cx::simulators
