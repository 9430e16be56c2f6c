#include "server/ticketing/login_refusal.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

constexpr std::size_t kMaxCode = 60;
constexpr std::size_t kMaxWhy = 300;

using Remedy = std::pair<std::string_view, std::string_view>;
constexpr std::array<Remedy, 6> kRemedies{{
    {"access_denied",
     "run 'ninja login' again and agree on NinjaOne's page, as a technician who may use ticketing"},
    {"invalid_scope",
     "in NinjaOne allow the client app the scopes Monitoring and Management and the grant Refresh Token"},
    {"unauthorized_client",
     "in NinjaOne allow the client app the grants Authorization Code and Refresh Token"},
    {"invalid_grant",
     "run 'ninja login' again and agree at once: the code that the browser brings works once, for a few "
     "minutes and for the redirect URI it was asked with"},
    {"invalid_client", "check NINJA_CLIENT_ID and NINJA_CLIENT_SECRET"},
    {"server_error", "run 'ninja login' again in a few minutes"},
}};

bool isControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

}  // namespace

std::string plainLine(std::string_view text, std::size_t maxBytes) {
    std::string line = toValidUtf8(text);
    std::ranges::replace_if(line, isControl, ' ');
    // The controls of Latin-1, U+0080 to U+009F, which some terminals obey as well.
    for (std::size_t at = line.find('\xC2'); at != std::string::npos; at = line.find('\xC2', at + 1))
        if (static_cast<unsigned char>(line[at + 1]) < 0xA0) line.replace(at, 2, "  ");
    return std::string{trimmed(cutUtf8(line, maxBytes))};
}

Error loginRefused(std::string_view code, std::string_view description) {
    const std::string why = plainLine(description, kMaxWhy);
    std::string detail = "NinjaOne refused the login: " + plainLine(code, kMaxCode);
    if (!why.empty()) detail += ": " + why;
    const auto known = std::ranges::find(kRemedies, code, &Remedy::first);
    return Error{ErrorKind::Rejected,
                 detail + "; " +
                     std::string{known == kRemedies.end()
                                     ? "check the client id, its grants and the redirect URI in NinjaOne"
                                     : known->second}};
}

}  // namespace ninja3cx::ticketing
