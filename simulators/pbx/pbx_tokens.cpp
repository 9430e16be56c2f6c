#include "simulators/pbx/pbx_tokens.hpp"

namespace ninja3cx::simulators {

std::string PbxTokens::mint() {
    ++issued_;
    const std::int64_t issuedAt = toEpochMs(clock_.now()) / 1000;
    const boost::json::value header{{"alg", "HS256"}, {"typ", "JWT"}};
    const boost::json::value payload{{"sub", site_.clientId},
                                     {"jti", issued_},
                                     {"iat", issuedAt},
                                     {"exp", issuedAt + profile_.tokenLifeS}};
    return base64Url(boost::json::serialize(header)) + "." + base64Url(boost::json::serialize(payload)) +
           "." + base64Url("signature of nobody");
}

void PbxTokens::supersede() {
    if (profile_.singleToken) alive_.clear();
    ++superseded_;
}

Reply PbxTokens::token(const Request& request) {
    const auto fields = formOf(request);
    const auto is = [&](const char* name, const std::string& wanted) {
        const auto found = fields.find(name);
        return found != fields.end() && found->second == wanted;
    };
    const auto refuse = [&](int status, const char* error) {
        ++refused_;
        return jsonReply(
            status, {{"error", error}, {"error_description", "see the API client in the admin console"}});
    };
    if (!is("grant_type", "client_credentials")) return refuse(400, "unsupported_grant_type");
    if (!is("client_id", site_.clientId) || !is("client_secret", site_.clientSecret))
        return refuse(401, "invalid_client");
    if (profile_.singleToken) alive_.clear();
    const std::string token = mint();
    alive_[token] = clock_.steady() + std::chrono::seconds{profile_.tokenLifeS};
    Reply reply = jsonReply(200, {{"token_type", "Bearer"},
                                  {"expires_in", profile_.expiresIn == "minutes" ? profile_.tokenLifeS / 60
                                                                                 : profile_.tokenLifeS},
                                  {"access_token", token},
                                  {"refresh_token", nullptr}});
    return reply;
}

bool PbxTokens::isAlive(const Request& request) const {
    std::string token = request.header("Authorization").value_or("");
    const auto inQuery = request.query.find("access_token");
    if (token.starts_with("Bearer "))
        token.erase(0, 7);
    else if (inQuery != request.query.end() &&
             request.path.find("Pbx.DownloadRecording") != std::string::npos)
        token = inQuery->second;
    else
        return false;
    const auto found = alive_.find(token);
    return found != alive_.end() && found->second > clock_.steady();
}

boost::json::object PbxTokens::state() const {
    return {
        {"issued", issued_}, {"refused", refused_}, {"superseded", superseded_}, {"alive", alive_.size()}};
}

}  // namespace ninja3cx::simulators
