#include "server/config/ninja_address.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace ninja3cx::config {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRegions{std::pair{"us"sv, "app"sv}, std::pair{"us2"sv, "us2"sv},
                              std::pair{"eu"sv, "eu"sv},  std::pair{"ca"sv, "ca"sv},
                              std::pair{"oc"sv, "oc"sv},  std::pair{"fed"sv, "fed"sv}};
constexpr std::string_view kPath = "/api/v2";

/// The client's secret travels there.
bool isLoopbackHost(std::string_view host) {
    const bool isNumber = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "[::1]" || (isNumber && host.starts_with("127."));
}

Error wrong(std::string what) {
    return Error{ErrorKind::BadMessage, std::move(what)};
}

}  // namespace

std::string ninjaRegions() {
    std::string names;
    for (const auto& [name, host] : kRegions) names += (names.empty() ? "" : ", ") + std::string{name};
    return names;
}

Result<std::string> ninjaAddress(const std::string& written) {
    for (const auto& [name, host] : kRegions)
        if (written == name) return "https://" + std::string{host} + ".ninjarmm.com" + std::string{kPath};
    const std::size_t colon = written.find("://");
    const std::string scheme = written.substr(0, std::min(colon, written.size()));
    if (colon == std::string::npos || (scheme != "https" && scheme != "http"))
        return wrong("must begin with https:// (the host on which you log in), or be a region: " +
                     ninjaRegions());
    const std::string_view rest = std::string_view{written}.substr(colon + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view authority = rest.substr(0, slash);
    std::string_view path = rest.substr(slash);
    while (path.ends_with('/')) path.remove_suffix(1);
    const bool isOdd =
        rest.find_first_of("?#@\\") != std::string_view::npos ||
        std::ranges::any_of(rest, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
    const std::size_t port = authority.ends_with(']') ? std::string_view::npos : authority.rfind(':');
    const std::string_view host = authority.substr(0, port);
    if (host.empty() || isOdd)
        return wrong("must be https://HOST" + std::string{kPath} + ", without a user, '?' or '#'");
    if (!path.empty() && path != "/v2" && path != kPath)
        return wrong("has the path '" + std::string{path} + "' and needs " + std::string{kPath});
    if (scheme == "http" && !isLoopbackHost(host))
        return wrong(
            "must begin with https://: the client's secret is sent there (http:// is for a "
            "simulator on this computer)");
    return scheme + "://" + std::string{authority} + std::string{path.empty() ? kPath : path};
}

}  // namespace ninja3cx::config
