#include "simulators/tests/open_api.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace ninja3cx::simulators::testing {
namespace {

using boost::json::object;
using boost::json::value;

/// "/a/{ticketId}" and "/a/{id}" are one path.
std::string withoutNames(std::string_view path) {
    std::string out;
    bool isName = false;
    for (const char c : path) {
        if (c == '}') isName = false;
        if (!isName) out.push_back(c);
        if (c == '{') isName = true;
    }
    return out;
}

std::string lowerCased(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

std::string textAt(const object& type, std::string_view key) {
    const value* found = type.if_contains(key);
    return found ? boost::json::serialize(*found) : "none";
}

std::set<std::string> namesAt(const object& type, std::string_view key) {
    std::set<std::string> names;
    if (const value* found = type.if_contains(key)) {
        if (found->is_array())
            for (const value& name : found->get_array()) names.emplace(name.get_string());
        if (found->is_object())
            for (const auto& [name, ignored] : found->get_object()) names.emplace(name);
    }
    return names;
}

std::string joined(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

class Comparison {
public:
    Comparison(const NinjaApi& api, const object& document) : api_(api), document_(document) {
        for (const auto& [path, methods] : document.at("paths").get_object())
            if (std::string_view{path}.starts_with("/v2/"))
                paths_[withoutNames(std::string_view{path}.substr(3))] = &methods.get_object();
    }

    std::vector<std::string> run() && {
        for (const auto& [name, operation] : api_.operations()) {
            const std::string_view whole{name};
            const std::size_t space = whole.find(' ');
            const std::string_view path = whole.substr(space + 1);
            if (path.starts_with("/ws/oauth/")) continue;  // the document describes no OAuth
            place_ = std::string{name};
            const auto methods = paths_.find(withoutNames(path));
            const value* theirs = methods == paths_.end()
                                      ? nullptr
                                      : methods->second->if_contains(lowerCased(whole.substr(0, space)));
            if (theirs)
                operationOf(operation.get_object(), theirs->get_object());
            else
                differs("", "is no operation of the document");
        }
        return std::move(found_);
    }

private:
    void differs(const std::string& where, const std::string& what) {
        found_.push_back(place_ + (where.empty() ? "" : " " + where) + ": " + what);
    }

    const object& theirType(const value& type) const {
        const object* found = &type.get_object();
        while (const value* name = found->if_contains("$ref")) {
            const std::string_view path{name->get_string()};
            found =
                &document_.at("components").at("schemas").at(path.substr(path.rfind('/') + 1)).get_object();
        }
        return *found;
    }

    void operationOf(const object& ours, const object& theirs) {
        parameters(ours, theirs, "path");
        parameters(ours, theirs, "query");
        const value* body = theirs.if_contains("requestBody");
        const object none;
        const object& content = body ? body->at("content").get_object() : none;
        media(ours, "json", content, "application/json");
        media(ours, "multipart", content, "multipart/form-data");
        const value* theirRequired = body ? body->get_object().if_contains("required") : nullptr;
        if (theirRequired && theirRequired->get_bool() && !ours.contains("requiresBody"))
            differs("", "needs a body");
        if (const value* answer = ours.if_contains("answer")) answerOf(*answer, theirs);
    }

    void parameters(const object& ours, const object& theirs, std::string_view kind) {
        const value* mine = ours.if_contains(kind);
        std::set<std::string> left = namesAt(ours, kind);
        if (const value* all = theirs.if_contains("parameters")) {
            for (const value& parameter : all->get_array()) {
                if (parameter.at("in").get_string() != kind) continue;
                const std::string name{parameter.at("name").get_string()};
                const std::string where = std::string{kind} + "." + name;
                if (left.erase(name) == 0)
                    differs(where, "is missing");
                else
                    same(mine->at(name), parameter.at("schema"), where);
            }
        }
        for (const std::string& name : left)
            differs(std::string{kind} + "." + name, "is not in the document");
    }

    void media(const object& ours, const char* key, const object& content, const char* type) {
        const value* mine = ours.if_contains(key);
        const value* other = content.if_contains(type);
        if ((mine == nullptr) != (other == nullptr))
            return differs(key, mine ? "is not in the document" : "is missing");
        if (!mine) return;
        if (std::string_view{key} == "json") return same(*mine, other->at("schema"), "body");
        const object& theirs = theirType(other->at("schema"));
        if (namesAt(ours, key) != namesAt(theirs, "properties"))
            return differs(key, "the document has the parts " + joined(namesAt(theirs, "properties")));
        for (const auto& [name, type_] : mine->get_object())
            same(type_, theirs.at("properties").at(name), "parts." + std::string{name});
    }

    /// Types of requests: equal in everything that decides.
    void same(const value& ours, const value& theirs, const std::string& where) {
        const object& mine = api_.schema().resolved(ours);
        const object& other = theirType(theirs);
        for (const char* key :
             {"type", "format", "minLength", "maxLength", "minimum", "maximum", "uniqueItems", "nullable"})
            if (textAt(mine, key) != textAt(other, key))
                differs(where, std::string{key} + " is " + textAt(mine, key) + ", in the document " +
                                   textAt(other, key));
        for (const char* key : {"enum", "required", "properties"})
            if (namesAt(mine, key) != namesAt(other, key))
                differs(where, std::string{key} + " has " + joined(namesAt(mine, key)) +
                                   ", in the document " + joined(namesAt(other, key)));
        for (const std::string& name : namesAt(mine, "properties"))
            if (namesAt(other, "properties").contains(name))
                same(mine.at("properties").at(name), other.at("properties").at(name), where + "." + name);
        for (const char* key : {"items", "additionalProperties"}) {
            const value* a = mine.if_contains(key);
            const value* b = other.if_contains(key);
            if ((a == nullptr) != (b == nullptr))
                differs(where, std::string{key} + (a ? " is not in the document" : " is missing"));
            else if (a && a->is_object() && b->is_object())
                same(*a, *b, where + "[]");
        }
    }

    void answerOf(const value& ours, const object& theirs) {
        const object& responses = theirs.at("responses").get_object();
        const value* response = responses.if_contains("200");
        if (!response) response = responses.if_contains("default");
        const value* content = response ? response->get_object().if_contains("content") : nullptr;
        const value* json = content ? content->get_object().if_contains("application/json") : nullptr;
        const value* schema = json ? json->get_object().if_contains("schema") : nullptr;
        if (schema)
            within(ours, *schema, "answer");
        else
            differs("answer", "is not in the document");
    }

    /// Types of answers: nothing that the document does not promise.
    void within(const value& ours, const value& theirs, const std::string& where) {
        const object& mine = api_.schema().resolved(ours);
        const object& other = theirType(theirs);
        if (!mine.contains("type")) return;  // anything
        for (const char* key : {"type", "format"})
            if (textAt(mine, key) != textAt(other, key))
                differs(where, std::string{key} + " is " + textAt(mine, key) + ", in the document " +
                                   textAt(other, key));
        if (mine.contains("enum") && namesAt(mine, "enum") != namesAt(other, "enum"))
            differs(where, "enum has " + joined(namesAt(mine, "enum")) + ", in the document " +
                               joined(namesAt(other, "enum")));
        for (const std::string& name : namesAt(mine, "properties")) {
            if (namesAt(other, "properties").contains(name))
                within(mine.at("properties").at(name), other.at("properties").at(name), where + "." + name);
            else
                differs(where + "." + name, "is not in the document");
        }
        const value* a = mine.if_contains("items");
        const value* b = other.if_contains("items");
        if (a && b) within(*a, *b, where + "[]");
    }

    const NinjaApi& api_;
    const object& document_;
    std::map<std::string, const object*> paths_;
    std::string place_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> differences(const NinjaApi& api, const boost::json::value& openApi) {
    return Comparison{api, openApi.get_object()}.run();
}

}  // namespace ninja3cx::simulators::testing
