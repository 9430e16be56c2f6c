#include "simulators/ninja_one/token_desk.hpp"

#include "shared/core/html.hpp"

#include <array>
#include <cstdio>
#include <sstream>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;

Reply oauthError(int status, const char* error, const char* description) {
    return jsonReply(status, {{"error", error}, {"error_description", description}});
}

Reply gatewayError(int status, const char* error, const char* description, int code) {
    return jsonReply(status, {{"error", error}, {"error_description", description}, {"error_code", code}});
}

std::set<std::string> scopesOf(const std::string& text) {
    std::istringstream words{text};
    std::set<std::string> scopes;
    for (std::string word; words >> word;) scopes.insert(word);
    return scopes;
}

std::string valueOf(const std::map<std::string, std::string>& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string{} : found->second;
}

/// A code may only go to a page on this machine.
bool isLoopback(const std::string& uri) {
    for (const char* allowed :
         {"http://localhost:", "http://localhost/", "http://127.0.0.1:", "http://127.0.0.1/"})
        if (uri.starts_with(allowed)) return true;
    return false;
}

const std::set<std::string> kAllScopes{"monitoring", "management", "offline_access"};

}  // namespace

TokenDesk::TokenDesk(const Clock& clock, const NinjaOneOptions& options)
    : clock_(clock), options_(options), random_(options.seed) {
    refresh_[options.refreshToken] = {{1, kAllScopes}, std::nullopt};
}

std::string TokenDesk::makeToken(const std::string& prefix) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(random_()));
    return prefix + "-" + std::to_string(issued_ + 1) + "-" + text.data();
}

std::string TokenDesk::scopeText(const Grant& grant) const {
    std::string text;
    for (const char* scope : {"monitoring", "management", "control", "offline_access"})
        if (grant.scopes.contains(scope)) text += (text.empty() ? "" : " ") + std::string{scope};
    return text;
}

Reply TokenDesk::authorize(const Request& request) {
    const std::string redirect = valueOf(request.query, "redirect_uri");
    if (valueOf(request.query, "client_id") != options_.clientId)
        return jsonReply(404, {{"resultCode", "Client app not exist"}, {"incidentId", "SIM-AUTHORIZE"}});
    if (valueOf(request.query, "response_type") != "code" || !isLoopback(redirect))
        return oauthError(400, "invalid_request",
                          "response_type must be code and redirect_uri on this machine");
    const std::string code = makeToken("CODE");
    codes_[code] = {redirect, {1, scopesOf(valueOf(request.query, "scope"))}, clock_.steady() + 5min};
    const std::string target = redirect + (redirect.find('?') == std::string::npos ? "?" : "&") +
                               "code=" + percentEncode(code) +
                               "&state=" + percentEncode(valueOf(request.query, "state"));
    if (valueOf(request.query, "approve") == "1") {
        Reply reply;
        reply.status = 302;
        reply.headers = {{"Location", target}};
        return reply;
    }
    return htmlReply(200,
                     "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>NinjaOne "
                     "simulator</title></head>"
                     "<body><h1>NinjaOne simulator</h1><p>Let this application work with tickets?</p>"
                     "<p><a id=\"allow\" href=\"" +
                         escapedHtml(target) + "\">Allow</a></p></body></html>");
}

Reply TokenDesk::token(const Request& request) {
    ++refused_;  // taken back by grantTokens
    auto fields = formOf(request);
    if (const auto basic = request.header("Authorization"); basic && basic->starts_with("Basic ")) {
        const std::string pair = decodeBase64(std::string_view{*basic}.substr(6)).value_or("");
        const std::size_t colon = std::min(pair.find(':'), pair.size());
        fields["client_id"] = pair.substr(0, colon);
        fields["client_secret"] = colon < pair.size() ? pair.substr(colon + 1) : "";
    }
    if (valueOf(fields, "client_id") != options_.clientId)
        return jsonReply(404, {{"resultCode", "Client app not exist"}, {"incidentId", "SIM-TOKEN"}});
    if (valueOf(fields, "client_secret") != options_.clientSecret)
        return oauthError(401, "invalid_client", "wrong client secret");

    const std::string kind = valueOf(fields, "grant_type");
    if (kind == "client_credentials") {
        Grant grant{0, scopesOf(valueOf(fields, "scope"))};
        grant.scopes.erase("offline_access");
        if (grant.scopes.empty()) return oauthError(400, "invalid_scope", "scope is missing");
        ++machines_;
        return grantTokens(grant, std::nullopt);
    }
    if (kind == "authorization_code") {
        const auto found = codes_.find(valueOf(fields, "code"));
        if (found == codes_.end() || found->second.expires <= clock_.steady() ||
            found->second.redirectUri != valueOf(fields, "redirect_uri"))
            return oauthError(400, "invalid_grant",
                              "the code is unknown, used, too old or for another redirect_uri");
        const Grant grant = found->second.grant;
        codes_.erase(found);
        const bool isRefreshable = grant.scopes.contains("offline_access");
        return grantTokens(grant, isRefreshable ? std::optional{makeToken("RT")} : std::nullopt);
    }
    if (kind == "refresh_token") {
        const auto found = refresh_.find(valueOf(fields, "refresh_token"));
        if (found == refresh_.end() || (found->second.expires && *found->second.expires <= clock_.steady()))
            return oauthError(400, "invalid_token", "the refresh token is unknown, replaced or too old");
        const Grant grant = found->second.grant;
        ++refreshes_;
        if (options_.rotation == Rotation::Static) return grantTokens(grant, std::nullopt);
        if (options_.rotation == Rotation::Grace)
            found->second.expires = clock_.steady() + 60s;
        else
            refresh_.erase(found);
        return grantTokens(grant, makeToken("RT"));
    }
    return oauthError(400, "unsupported_grant_type", "not a grant of this simulator");
}

Reply TokenDesk::grantTokens(const Grant& grant, std::optional<std::string> newRefreshToken) {
    --refused_;
    const std::string token = makeToken("AT");
    ++issued_;
    std::erase_if(access_, [&](const auto& entry) { return entry.second.expires <= clock_.steady(); });
    access_[token] = {grant, clock_.steady() + std::chrono::seconds{options_.accessTokenS}};
    boost::json::object body{{"access_token", token},
                             {"token_type", "Bearer"},
                             {"expires_in", options_.accessTokenS},
                             {"scope", scopeText(grant)}};
    if (newRefreshToken) {
        body["refresh_token"] = *newRefreshToken;
        refresh_[*newRefreshToken] = {grant, std::nullopt};
    }
    return jsonReply(200, body);
}

std::optional<Reply> TokenDesk::refusal(const Request& request) const {
    const auto header = request.header("Authorization");
    if (!header) return gatewayError(400, "missing_header", "Authorization header is missing", 2);
    if (!header->starts_with("Bearer ") || header->size() == 7)
        return gatewayError(400, "invalid_header", "Authorization header is malformed", 1);
    const auto found = access_.find(header->substr(7));
    if (found == access_.end() || found->second.expires <= clock_.steady())
        return gatewayError(401, "not_authenticated", "Invalid credentials", 10);
    return std::nullopt;
}

Grant TokenDesk::grantOf(const Request& request) const {
    const auto found = access_.find(request.header("Authorization").value_or("").substr(7));
    return found == access_.end() ? Grant{} : found->second.grant;
}

void TokenDesk::expireAccessTokens() {
    access_.clear();
}

boost::json::object TokenDesk::state() const {
    return {{"issued", issued_},   {"refreshes", refreshes_},        {"machine", machines_},
            {"refused", refused_}, {"accessTokens", access_.size()}, {"refreshTokens", refresh_.size()}};
}

}  // namespace ninja3cx::simulators
