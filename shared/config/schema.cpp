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
        if (auto entries = each(schema, value, path); !entries) return entries.error();
        auto checked = schema.check(value, path);
        if (checked) return {};
        // "pbx.extensions[2]: must be a string": the deepest place the message names has its own line.
        const std::string& detail = checked.error().detail;
        const std::string close =
            value.is_string() ? nearest(value.get_string(), schema.choices) : std::string{};
        return at(detail.substr(0, detail.find(": ")),
                  detail + (close.empty() ? "" : "; did you mean '" + close + "'?"));
    }
    /// The keys of each entry of a list or map; what else is wrong with it shows when it is decoded.
    Result<void> each(const Schema& schema, const boost::json::value& value, const std::string& path) const {
        if (schema.element.empty()) return {};
        const auto entry = [&](const boost::json::value& item, const std::string& itemPath) -> Result<void> {
            if (!item.is_object()) return {};
            return group(schema.element.front(), item, itemPath);
        };
        if (value.is_array()) {
            for (std::size_t i = 0; i < value.get_array().size(); ++i)
                if (auto fits = entry(value.get_array()[i], path + "[" + std::to_string(i) + "]"); !fits)
                    return fits.error();
        } else if (value.is_object()) {
            for (const auto& [name, item] : value.get_object())
                if (auto fits = entry(item, join(path, name)); !fits) return fits.error();
        }
        return {};
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
            if (full.starts_with(suggestion)) suggestion.clear();  // the list that this is in
        }
        std::string help = "; did you mean '" + suggestion + "'?";
        if (suggestion.empty()) {
            help = path.empty() ? "; known are " : "; known here are ";
            for (const std::string& name : siblings) help += (name == siblings.front() ? "" : ", ") + name;
        }
        return at(full, "'" + full + "' is no known key" + help);
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
