#include "simulators/pbx/desktop_setup.hpp"

#include "simulators/exchange/exchange.hpp"
#include "simulators/pbx/checks.hpp"

#include <string_view>

namespace ninja3cx::simulators {
namespace {

constexpr std::size_t kLongestSocketPath = 107;

bool isOnThisMachine(std::string_view url) {
    for (const std::string_view start : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (url.starts_with(start) && url.size() > start.size() &&
            (url[start.size()] == ':' || url[start.size()] == '/'))
            return true;
    return false;
}

std::string replaced(std::string text, std::string_view from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string encoded(const std::string& value, bool plusAsSpace) {
    const std::string text = percentEncode(value);
    return plusAsSpace ? replaced(text, "%2B", "+") : text;
}

}  // namespace

std::optional<Error> problemOf(const std::string& place, const ContactUrl& hook, const Site& site) {
    if (auto e = unlessExtension(place + "extension", hook.extension, site)) return e;
    if (!isOnThisMachine(hook.url))
        return wrong(place + "url: must begin with http://127.0.0.1, http://localhost or http://[::1]");
    if (hook.times.value_or(1) < 1 || hook.times.value_or(1) > 2)
        return wrong(place + "times: must be 1 or 2");
    return std::nullopt;
}

std::optional<Error> problemOf(const std::string& place, const SoftphonePipe& pipe, const Site& site) {
    if (auto e = unlessExtension(place + "extension", pipe.extension, site)) return e;
    if (!pipe.path.starts_with('/') || pipe.path.size() > kLongestSocketPath)
        return wrong(place + "path: must be the full path of a Unix socket, at most 107 characters");
    return std::nullopt;
}

std::string contactUrlOf(const ContactUrl& hook, const std::string& number, const std::string& name) {
    const std::string withName = replaced(hook.url, "%CallerDisplayName%", encoded(name, hook.plusAsSpace));
    return replaced(withName, "%CallerNumber%", encoded(number, hook.plusAsSpace));
}

}  // namespace ninja3cx::simulators
