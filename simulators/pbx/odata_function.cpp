#include "simulators/pbx/odata_function.hpp"

#include <ctime>

namespace ninja3cx::simulators {

std::optional<ODataFunction> parseODataFunction(std::string_view text) {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos || !text.ends_with(')')) return std::nullopt;
    ODataFunction function{std::string{text.substr(0, open)}, {}};
    std::string_view rest = text.substr(open + 1, text.size() - open - 2);
    while (!rest.empty()) {
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string name{rest.substr(0, equals)};
        rest.remove_prefix(equals + 1);
        const bool isQuoted = rest.starts_with('\'');
        if (isQuoted) rest.remove_prefix(1);
        const std::size_t end = rest.find(isQuoted ? '\'' : ',');
        if (isQuoted && end == std::string_view::npos) return std::nullopt;
        function.values[name] = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + (isQuoted ? 1 : 0));
        if (rest.starts_with(','))
            rest.remove_prefix(1);
        else if (!rest.empty())
            return std::nullopt;
    }
    return function;
}

std::optional<SystemTime> parseUtcSecond(const std::string& text) {
    std::tm parts{};
    const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (!end || *end != '\0') return std::nullopt;
    return SystemTime{std::chrono::seconds{timegm(&parts)}};
}

}  // namespace ninja3cx::simulators
