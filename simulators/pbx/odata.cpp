#include "simulators/pbx/odata.hpp"

#include <algorithm>
#include <set>
#include <sstream>

namespace ninja3cx::simulators {
namespace {

std::string option(const Request& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

std::string textOf(const boost::json::value& row, const std::string& field) {
    const boost::json::value* value = row.get_object().if_contains(field);
    if (!value) return {};
    return value->is_string() ? std::string{value->get_string()} : boost::json::serialize(*value);
}

bool isBefore(const boost::json::value& a, const boost::json::value& b, const std::string& field) {
    const auto* x = a.get_object().if_contains(field);
    const auto* y = b.get_object().if_contains(field);
    if (x && y && x->is_int64() && y->is_int64()) return x->get_int64() < y->get_int64();
    return textOf(a, field) < textOf(b, field);
}

}  // namespace

Reply odataError(int status, const std::string& message) {
    return jsonReply(
        status,
        {{"error",
          {{"code", ""}, {"message", message}, {"details", boost::json::array{}}, {"target", nullptr}}}});
}

Reply odataReply(const Request& request, const std::string& entity, boost::json::array rows) {
    if (const std::string filter = option(request, "$filter"); !filter.empty()) {
        std::istringstream words{filter};
        std::string field, operation, value, more;
        words >> field >> operation >> value;
        if (operation != "eq" || value.empty() || words >> more)
            return odataError(400, "this simulator filters by 'Field eq value' only");
        if (value.size() > 1 && value.front() == '\'' && value.back() == '\'')
            value = value.substr(1, value.size() - 2);
        boost::json::array kept;
        for (const auto& row : rows)
            if (textOf(row, field) == value) kept.push_back(row);
        rows = std::move(kept);
    }
    const auto total = static_cast<std::int64_t>(rows.size());
    if (const std::string order = option(request, "$orderby"); !order.empty()) {
        const std::string field = order.substr(0, order.find(' '));
        std::stable_sort(rows.begin(), rows.end(),
                         [&](const auto& a, const auto& b) { return isBefore(a, b, field); });
        if (order.ends_with(" desc")) std::reverse(rows.begin(), rows.end());
    }
    const std::int64_t skip =
        std::clamp<std::int64_t>(toInteger(option(request, "$skip")).value_or(0), 0, total);
    const std::int64_t top =
        std::clamp<std::int64_t>(toInteger(option(request, "$top")).value_or(total), 0, total - skip);
    std::set<std::string> columns;
    std::istringstream names{option(request, "$select")};
    for (std::string name; std::getline(names, name, ',');) columns.insert(name);
    boost::json::array page;
    for (auto row = rows.begin() + skip; row != rows.begin() + skip + top; ++row) {
        boost::json::object kept;
        for (const auto& [key, value] : row->get_object())
            if (columns.empty() || columns.contains(std::string{key})) kept[key] = value;
        page.push_back(std::move(kept));
    }
    boost::json::object body{{"@odata.context", "/xapi/v1/$metadata#" + entity}};
    if (option(request, "$count") == "true") body["@odata.count"] = total;
    body["value"] = std::move(page);
    return jsonReply(200, body);
}

}  // namespace ninja3cx::simulators
