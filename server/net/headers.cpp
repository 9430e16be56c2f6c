#include "server/net/http.hpp"
#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::net {

void Headers::set(std::string name, std::string value) {
    std::erase_if(fields_, [&](const auto& field) { return isSameWord(field.first, name); });
    add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string> Headers::get(std::string_view name) const {
    const auto field = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const auto& each) { return isSameWord(each.first, name); });
    if (field == fields_.end()) return std::nullopt;
    return field->second;
}

HttpResponse jsonResponse(int status, std::string json) {
    HttpResponse response;
    response.status = status;
    response.headers.set("Content-Type", "application/json; charset=utf-8");
    response.headers.set("Cache-Control", "no-store");
    response.body = std::move(json);
    return response;
}

}  // namespace ninja3cx::net
