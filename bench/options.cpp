#include "bench/options.hpp"

#include <algorithm>

namespace ninja3cx::bench {

Result<Options> parseOptions(const std::vector<std::string>& arguments,
                             const std::vector<std::string>& known) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        const std::string& name = arguments[i];
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            std::string all;
            for (const auto& one : known) all += " " + one;
            return Error{ErrorKind::Rejected, "unknown option '" + name + "'; known:" + all};
        }
        if (i + 1 == arguments.size()) return Error{ErrorKind::Rejected, "option " + name + " needs a value"};
        const std::string& value = arguments[i + 1];
        const bool isNumber = value.find_first_not_of("0123456789") == std::string::npos && !value.empty();
        if ((name == "--count" || name == "--workers") && (!isNumber || value.size() > 4))
            return Error{ErrorKind::Rejected, "option " + name + " needs a number, not '" + value + "'"};
        options[name] = value;
    }
    return options;
}

std::string optionOr(const Options& options, const std::string& name, const std::string& fallback) {
    const auto found = options.find(name);
    return found == options.end() ? fallback : found->second;
}

}  // namespace ninja3cx::bench
