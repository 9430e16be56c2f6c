#include "shared/config/schema.hpp"

#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::config {
namespace {

std::string join(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
}

void collect(const Schema& schema, const std::string& path, std::vector<std::string>& into) {
    if (schema.kind != Kind::Group) into.push_back(path);
    for (const Schema& member : schema.members) collect(member, join(path, member.name), into);
}

class Checker {
public:
    Checker(const Schema& root, const std::vector<Secret>& secrets, const Layer& layer)
        : root_(root), secrets_(secrets), layer_(layer) {}

    Result<void> group(const Schema& schema, const boost::json::value& value, const std::string& path) const {
        if (!value.is_object()) return at(path, "'" + path + "' must be an object: { … }");
        for (const auto& [name, inner] : value.get_object()) {
            const std::string key{name};
            const std::string innerPath = join(path, key);
            const auto known = std::find_if(schema.members.begin(), schema.members.end(),
                                            [&](const Schema& member) { return member.name == key; });
            if (known == schema.members.end()) return unknown(schema, path, key);
            auto checked =
                known->kind == Kind::Group ? group(*known, inner, innerPath) : leaf(*known, inner, innerPath);
            if (!checked) return checked.error();
        }
        return {};
    }

private:
    Error at(const std::string& path, const std::string& what) const {
        return Error{ErrorKind::BadMessage, originOf(layer_, path) + ": " + what};
    }
    Result<void> leaf(const Schema& schema, const boost::json::value& value, const std::string& path) const {
        auto checked = schema.check(value, path);
        if (checked) return {};
        // "pbx.extensions[2]: must be a string": the deepest place the message names has its own line.
        const std::string& detail = checked.error().detail;
        return at(detail.substr(0, detail.find(": ")), detail);
    }
    Error unknown(const Schema& schema, const std::string& path, const std::string& key) const {
        const std::string full = join(path, key);
        for (const Secret& secret : secrets_)
            if (secret.path == full)
                return at(full, "'" + full + "' is a secret and may not stand in a file; remove it and set " +
                                    secret.variable + " in the environment (or in server/.env, mode 600)");
        std::vector<std::string> siblings;
        for (const Schema& member : schema.members) siblings.push_back(member.name);
        std::string suggestion = nearest(key, siblings);
        if (!suggestion.empty()) {
            suggestion = join(path, suggestion);
        } else {
            const std::vector<std::string> all = keysOf(root_);
            const auto sameName = std::find_if(all.begin(), all.end(), [&](const std::string& candidate) {
                return candidate.ends_with("." + key);
            });
            suggestion = sameName != all.end() ? *sameName : nearest(full, all);
        }
        return at(full, "'" + full + "' is no known key" +
                            (suggestion.empty() ? std::string{"; docs/CONFIGURATION.md lists all"}
                                                : "; did you mean '" + suggestion + "'?"));
    }

    const Schema& root_;
    const std::vector<Secret>& secrets_;
    const Layer& layer_;
};

}  // namespace

Result<void> checkLayer(const Schema& schema, const std::vector<Secret>& secrets, const Layer& layer) {
    return Checker{schema, secrets, layer}.group(schema, layer.tree, "");
}

std::vector<std::string> keysOf(const Schema& schema) {
    std::vector<std::string> keys;
    collect(schema, "", keys);
    return keys;
}

}  // namespace ninja3cx::config
