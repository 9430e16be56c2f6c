#include "bench/options.hpp"

#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/limits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ninja3cx::bench {
namespace {

constexpr double kHighest = 1e6;

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Result<Options> parseOptions(const std::vector<std::string>& arguments, const std::vector<std::string>& known,
                             const std::vector<std::string>& flags) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& name = arguments[i];
        if (contains(flags, name)) {
            options[name] = "yes";
            continue;
        }
        if (!contains(known, name)) {
            std::string all;
            for (const auto& one : known) all += " " + one;
            for (const auto& one : flags) all += " " + one;
            return Error{ErrorKind::Rejected, "unknown option '" + name + "'; known:" + all};
        }
        if (i + 1 == arguments.size()) return Error{ErrorKind::Rejected, "option " + name + " needs a value"};
        options[name] = arguments[++i];
    }
    return options;
}

std::string optionOr(const Options& options, const std::string& name, const std::string& fallback) {
    const auto found = options.find(name);
    return found == options.end() ? fallback : found->second;
}

Result<bool> yesOr(const Options& options, const std::string& name, bool fallback) {
    const std::string value = optionOr(options, name, fallback ? "yes" : "no");
    if (value != "yes" && value != "no")
        return Error{ErrorKind::Rejected, "option " + name + " is yes or no, not '" + value + "'"};
    return value == "yes";
}

Result<double> numberOr(const Options& options, const std::string& name, double fallback) {
    const auto found = options.find(name);
    if (found == options.end()) return fallback;
    const std::string& text = found->second;
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || !(value > 0) || value > kHighest)
        return Error{ErrorKind::Rejected,
                     "option " + name + " needs a number above 0, a million at most, not '" + text + "'"};
    return value;
}

Result<std::size_t> countOr(const Options& options, const std::string& name, std::size_t fallback) {
    const auto value = numberOr(options, name, static_cast<double>(fallback));
    if (!value) return value.error();
    if (*value != std::floor(*value))
        return Error{ErrorKind::Rejected, "option " + name + " needs a whole number"};
    return static_cast<std::size_t>(*value);
}

Result<std::size_t> workersOr(const Options& options, std::size_t fallback) {
    const auto workers = countOr(options, "--workers", std::min<std::size_t>(fallback, kMostWorkers));
    if (!workers) return workers.error();
    if (*workers > kMostWorkers)
        return Error{ErrorKind::Rejected, "option --workers: " + std::to_string(*workers) +
                                              " is outside 1 to " + std::to_string(kMostWorkers)};
    return *workers;
}

Result<std::string> policyOf(const Options& options) {
    const std::string policy = optionOr(options, "--policy", "ours");
    if (policy != "ours" && policy != "naive" && policy != "stream")
        return Error{ErrorKind::Rejected, "option --policy is ours, naive or stream, not '" + policy + "'"};
    if (!options.contains("--compare")) {
        for (const std::string other : {"naive", "stream"})
            if (policy != other && options.contains("--" + other + "-seconds"))
                return Error{ErrorKind::Rejected,
                             "option --" + other + "-seconds needs --policy " + other + " or --compare"};
        return policy;
    }
    if (options.contains("--policy"))
        return Error{ErrorKind::Rejected, "--compare measures every policy: leave out --policy"};
    return std::string{"all"};
}

Result<std::string> languageOr(const Options& options, const std::string& fallback) {
    std::string language = optionOr(options, "--language", fallback);
    if (auto known = transcription::checkLanguage(language); !known)
        return inContext("option --language", known.error());
    return language;
}

}  // namespace ninja3cx::bench
