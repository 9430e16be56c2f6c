#pragma once

#include "shared/core/clock.hpp"
#include "simulators/exchange/exchange.hpp"
#include "simulators/ninja_one/options.hpp"

#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

namespace ninja3cx::simulators {

/// What a bearer token may do.
struct Grant {
    int technicianId = 0;  // 0: a machine, no user
    std::set<std::string> scopes;

    bool isUser() const { return technicianId != 0; }
};

/// OAuth 2.0 of the simulated NinjaOne: authorisation page, token endpoint, judgement of bearer tokens.
class TokenDesk {
public:
    TokenDesk(const Clock& clock, const NinjaOneOptions& options);

    /// `GET /ws/oauth/authorize`: a page with one button; its link carries the code back.
    Reply authorize(const Request& request);
    /// `POST /ws/oauth/token`.
    Reply token(const Request& request);

    /// Who the request's bearer token stands for, or the refusal.
    std::optional<Reply> refusal(const Request& request) const;
    Grant grantOf(const Request& request) const;  // of a request that `refusal` let pass

    /// Every access token handed out so far is dead from now on.
    void expireAccessTokens();
    boost::json::object state() const;

private:
    struct Access {
        Grant grant;
        SteadyTime expires;
    };
    struct Refresh {
        Grant grant;
        std::optional<SteadyTime> expires;
    };
    struct Code {
        std::string redirectUri;
        Grant grant;
        SteadyTime expires;
    };
    std::string makeToken(const std::string& prefix);
    Reply grantTokens(const Grant& grant, std::optional<std::string> newRefreshToken);
    std::string scopeText(const Grant& grant) const;

    const Clock& clock_;
    const NinjaOneOptions& options_;
    std::mt19937_64 random_;
    std::map<std::string, Access> access_;
    std::map<std::string, Refresh> refresh_;
    std::map<std::string, Code> codes_;
    std::int64_t issued_ = 0;
    std::int64_t refreshes_ = 0;
    std::int64_t machines_ = 0;
    std::int64_t refused_ = 0;
};

}  // namespace ninja3cx::simulators
