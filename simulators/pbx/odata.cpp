#include "simulators/pbx/odata.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <vector>

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

/// One `Field operation value` of a $filter.
struct Condition {
    std::string field, operation, value;

    bool holdsFor(const boost::json::value& row) const {
        const std::string text = textOf(row, field);
        const auto x = toInteger(text);
        const auto y = toInteger(value);
        const int order = x && y ? (*x < *y ? -1 : *x > *y ? 1 : 0) : inTime(text).compare(inTime(value));
        if (operation == "eq") return order == 0;
        if (operation == "ne") return order != 0;
        if (operation == "gt") return order > 0;
        if (operation == "ge") return order >= 0;
        if (operation == "lt") return order < 0;
        return order <= 0;
    }

private:
    /// Without its Z a time compares as text, with fractions or not.
    static std::string inTime(const std::string& text) {
        return text.ends_with('Z') ? text.substr(0, text.size() - 1) : text;
    }
};

/// Words at spaces; those in quotes may have some.
std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    bool isQuoted = false;
    for (const char c : text + " ") {
        if (c == '\'') isQuoted = !isQuoted;
        if (c != ' ' || isQuoted) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

std::optional<std::vector<Condition>> parseFilter(const std::string& text) {
    static const std::set<std::string> kOperations{"eq", "ne", "gt", "ge", "lt", "le"};
    const auto words = wordsOf(text);
    std::vector<Condition> conditions;
    for (std::size_t i = 0; i + 3 <= words.size(); i += 4) {
        Condition condition{words[i], words[i + 1], words[i + 2]};
        if (!kOperations.contains(condition.operation)) return std::nullopt;
        std::string& value = condition.value;
        if (value.size() > 1 && value.front() == '\'' && value.back() == '\'')
            value = value.substr(1, value.size() - 2);
        conditions.push_back(std::move(condition));
        if (i + 3 == words.size()) return conditions;
        if (words[i + 3] != "and") return std::nullopt;
    }
    return std::nullopt;
}

boost::json::array pageOf(const Request& request, boost::json::array rows) {
    const auto total = static_cast<std::int64_t>(rows.size());
    const std::int64_t skip =
        std::clamp<std::int64_t>(toInteger(option(request, "$skip")).value_or(0), 0, total);
    const std::int64_t top =
        std::clamp<std::int64_t>(toInteger(option(request, "$top")).value_or(total), 0, total - skip);
    return boost::json::array(rows.begin() + skip, rows.begin() + skip + top);
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

Reply odataReply(const Request& request, const std::string& entity, boost::json::array rows, Paging paging) {
    if (const std::string order = option(request, "$orderby"); !order.empty()) {
        const std::string field = order.substr(0, order.find(' '));
        std::stable_sort(rows.begin(), rows.end(),
                         [&](const auto& a, const auto& b) { return isBefore(a, b, field); });
        if (order.ends_with(" desc")) std::reverse(rows.begin(), rows.end());
    }
    if (paging == Paging::BeforeFilter) rows = pageOf(request, std::move(rows));
    if (const std::string filter = option(request, "$filter"); !filter.empty()) {
        const auto conditions = parseFilter(filter);
        if (!conditions)
            return odataError(400,
                              "this simulator filters by 'Field eq value' and the like, joined by 'and'");
        boost::json::array kept;
        for (const auto& row : rows)
            if (std::all_of(conditions->begin(), conditions->end(),
                            [&](const Condition& condition) { return condition.holdsFor(row); }))
                kept.push_back(row);
        rows = std::move(kept);
    }
    const auto total = static_cast<std::int64_t>(rows.size());
    if (paging == Paging::AfterFilter) rows = pageOf(request, std::move(rows));
    std::set<std::string> columns;
    std::istringstream names{option(request, "$select")};
    for (std::string name; std::getline(names, name, ',');) columns.insert(name);
    boost::json::array page;
    for (const auto& row : rows) {
        boost::json::object kept;
        for (const auto& [key, value] : row.get_object())
            if (columns.empty() || columns.contains(std::string{key})) kept[key] = value;
        page.push_back(std::move(kept));
    }
    boost::json::object body{{"@odata.context", "/xapi/v1/$metadata#" + entity}};
    if (option(request, "$count") == "true") body["@odata.count"] = total;
    body["value"] = std::move(page);
    return jsonReply(200, body);
}

}  // namespace ninja3cx::simulators
